"""The queue as files on a stick, sealed for the hall, and its receipts back: checked as they are over the line."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wire.codec import decode, encode
from wire.keys import b64, key_id, new_id, unb64
from wire.messages import (
    MAX_BATCH,
    MAX_BODY_BYTES,
    ChangePage,
    Enrolment,
    PushRequest,
    PushResult,
    PushStatus,
)
from wire.parcel import Parcel, sign_parcel
from wire.signed import receipt_is_genuine, reply_is_genuine
from wire.stick import (
    MOST_BYTES,
    PART_BYTES,
    ScanOnStick,
    StickBroken,
    StickContent,
    StickHeader,
    StickReceipts,
    pack,
    read_receipts_header,
    sign_content,
    unpack_receipts,
)
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
from workstation.services.ports import Unit
from workstation.services.transfer_views import StickRead, StickView, StickWritten
from workstation.sync.recovery_wrap import RECOVERY_KEY_FACT

log = logging.getLogger(__name__)

STICKS_FACT, READ_FACT = "sticks", "stick_read_at"
MOST_PARTS = 16  # half a gigabyte: what does not fit waits for the line or the next stick
_KEPT = 20  # written sticks of which receipts may still come
_ALL = 100_000
_HELD = frozenset({PushStatus.APPLIED, PushStatus.DUPLICATE})


@dataclass(frozen=True, slots=True)
class WrittenStick:
    """What the station remembers of a stick: with `reply_key` the receipts open."""

    export: str
    at: datetime
    parts: int
    reply_key: str


@dataclass(frozen=True, slots=True)
class _Load:
    """What goes into one file."""

    parcels: tuple[Parcel, ...]
    scans: tuple[bytes, ...]


class HallSticks:
    """Implements services.rooms.Sticks."""

    def __init__(
        self,
        *,
        enrolment: Callable[[], Enrolment],
        open_unit: Callable[[], AbstractContextManager[Unit]],
        take_page: Callable[[ChangePage], None],
        release: Callable[[str], None],
        clock: Callable[[], datetime],
        part_bytes: int = PART_BYTES,
    ) -> None:
        """`take_page` and `release` as the engine has them; `enrolment` as it stands now, since epochs change."""
        self._enrolment = enrolment
        self._open_unit = open_unit
        self._take_page = take_page
        self._release = release
        self._clock = clock
        self._part_bytes = part_bytes

    def state(self) -> StickView:
        """See services.rooms.Sticks."""
        with self._open_unit() as unit:
            written, read = _written(unit), unit.station.fact(READ_FACT)
            ready = bool(unit.station.fact(RECOVERY_KEY_FACT))
            last = written[-1] if written else None
            waiting = unit.outbox.waiting_items(_ALL) if last else ()
        on_it = sum(each.envelope.at <= last.at for each in waiting) if last else 0
        return StickView(
            last.at if last else None,
            last.parts if last else 0,
            on_it,
            datetime.fromisoformat(read) if read else None,
            ready,
        )

    # -- writing -----------------------------------------------------------------------------------------
    def write(self, folder: str, login: str) -> StickWritten:
        """See services.rooms.Sticks. The entry in the chain comes first: what cannot be written down does not leave."""
        who, at = self._enrolment(), self._clock()
        with self._open_unit() as unit:
            public = unit.station.fact(RECOVERY_KEY_FACT)
            if not public:
                raise Refused(Failure.STICK_KEY_MISSING)
            # What waits for its next try goes too; behind a parked step nothing does, here as over the line.
            due = unit.outbox.due(datetime.max.replace(tzinfo=UTC), _ALL)
            private = unit.station.device_key()  # as it is now: keys are changed now and then
            loads, left_out = self._loads(unit, _parcels(due, who, private, at))
            cursor = unit.station.cursor()
            made = WrittenStick(new_id(), at, len(loads), b64(secrets.token_bytes(32)))
            steps, scans = len(due), sum(len(load.scans) for load in loads)
            unit.station.remember(STICKS_FACT, encode((*_written(unit), made)[-_KEPT:]))
            note = f"{made.export} parts={len(loads)} steps={steps} scans={scans}"
            unit.audit.note(at=at, actor=login, deed=Deed.STICK_WRITTEN, note=note)
            unit.commit()
        files = tuple(
            _write(
                Path(folder).expanduser() / _name(who, made, part),
                self._file(who, made, part, load, cursor, public, private),
            )
            for part, load in enumerate(loads, 1)
        )
        log.info("stick %s: %s steps, %s scans, %s parts", made.export, steps, scans, len(files))
        return StickWritten(files, steps, scans, left_out)

    def _loads(self, unit: Unit, parcels: list[Parcel]) -> tuple[list[_Load], int]:
        """Share everything out over files; there is always one, so that the hall can answer."""
        loads: list[_Load] = []
        room, left_out = 0, 0
        for parcel in parcels:
            size = len(encode(parcel).encode())
            if not loads or size > room:
                loads.append(_Load((), ()))
                room = self._part_bytes
            loads[-1] = _Load((*loads[-1].parcels, parcel), ())
            room -= size
        loads = loads or [_Load((), ())]
        for sha256 in unit.blobs.unsent(_ALL):
            content = unit.blobs.get(sha256)
            if len(content) > room:
                if len(loads) >= MOST_PARTS:
                    left_out += 1
                    continue
                loads.append(_Load((), ()))
                room = self._part_bytes
            loads[-1] = _Load(loads[-1].parcels, (*loads[-1].scans, content))
            room -= len(content)
        return loads, left_out

    def _file(
        self,
        who: Enrolment,
        made: WrittenStick,
        part: int,
        load: _Load,
        cursor: str,
        public: str,
        private: bytes,
    ) -> bytes:
        scans = tuple(ScanOnStick(hashlib.sha256(body).hexdigest(), len(body)) for body in load.scans)
        content = StickContent(made.export, load.parcels, scans, cursor, made.reply_key)
        key = unb64(public)
        header = StickHeader(
            export=made.export,
            device=who.device,
            station=who.station,
            incarnation=who.incarnation,
            epoch=who.epoch,
            part=part,
            parts=made.parts,
            created=made.at,
            key=key_id(key),
            size=0,
            sha256="",
        )
        return pack(header, sign_content(content, private), load.scans, key)

    # -- reading -----------------------------------------------------------------------------------------
    def read(self, path: str, login: str) -> StickRead:
        """See services.rooms.Sticks."""
        who = self._enrolment()
        receipts = self._opened(path, who)
        counts = {"settled": 0, "known": 0, "parked": 0, "waiting": 0}
        touched: list[str] = []
        with self._open_unit() as unit:
            here = {
                each.envelope.id: each
                for each in (*unit.outbox.waiting_items(_ALL), *unit.outbox.parked_items(_ALL))
            }
            unsent = set(unit.blobs.unsent(_ALL))
            for result in receipts.results:
                waiting = here.get(result.id)
                if waiting is None:
                    counts["known"] += 1
                    continue
                counts[self._settle(unit, who, waiting, result)] += 1
                touched.append(waiting.envelope.subject)
            scans = [sha256 for sha256 in receipts.scans if sha256 in unsent]
            for sha256 in scans:
                unit.blobs.sent(sha256)
            news = receipts.changes if receipts.after == unit.station.cursor() else None
            unit.station.remember(READ_FACT, self._clock().isoformat())
            note = (
                f"{receipts.export} {' '.join(f'{k}={v}' for k, v in counts.items())} {receipts.code}".strip()
            )
            unit.audit.note(at=self._clock(), actor=login, deed=Deed.STICK_READ, note=note)
            unit.commit()
        for subject in dict.fromkeys(touched):
            self._release(subject)
        if news is not None:
            self._take_page(news)
        missing = tuple(part for part in range(1, receipts.of + 1) if part not in receipts.parts)
        return StickRead(
            counts["settled"],
            counts["known"],
            counts["parked"],
            counts["waiting"],
            len(scans),
            len(news.items) if news is not None else 0,
            missing,
            receipts.code,
        )

    def _opened(self, path: str, who: Enrolment) -> StickReceipts:
        """Raise Refused for what is damaged, of another station or stick, of another hall, or of another epoch."""
        try:
            file = Path(path).expanduser()
            if file.stat().st_size > MOST_BYTES:
                raise Refused(Failure.STICK_FOREIGN)
            data = file.read_bytes()
            header, _ = read_receipts_header(data)
            with self._open_unit() as unit:
                mine = next((each for each in _written(unit) if each.export == header.export), None)
            if mine is None or header.device != who.device:
                raise Refused(Failure.STICK_FOREIGN)
            receipts = unpack_receipts(data, unb64(mine.reply_key))
        except StickBroken as broken:
            failure = Failure.STICK_FOREIGN if broken.code == "foreign" else Failure.STICK_DAMAGED
            raise Refused(failure) from broken
        except OSError as error:
            raise Refused(Failure.STICK_DAMAGED, cause=type(error).__name__) from error
        if not reply_is_genuine(receipts, unb64(who.hall_key), who.algorithms.signature):
            raise Refused(Failure.STICK_FOREIGN)
        if receipts.epoch != who.epoch:
            raise Refused(Failure.STICK_OTHER_EPOCH)
        return receipts

    def _settle(self, unit: Unit, who: Enrolment, waiting: Waiting, result: PushResult) -> str:
        """Write down what became of a step, as it would have been over the line; return under what it counts."""
        envelope, receipt = waiting.envelope, result.receipt
        if result.status in _HELD:
            fits = receipt is not None and (receipt.event, receipt.sha256) == (envelope.id, envelope.sha256)
            if receipt is None or not fits:
                return "waiting"
            if not receipt_is_genuine(receipt, unb64(who.hall_key), who.algorithms.signature):
                return "waiting"
            unit.outbox.acked(envelope.id, receipt)
            return "settled"
        if result.status is PushStatus.DEFERRED:
            return "waiting"
        unit.outbox.parked(envelope.id, result.code or result.status.value, result.standing)
        return "parked"


def _written(unit: Unit) -> tuple[WrittenStick, ...]:
    text = unit.station.fact(STICKS_FACT)
    return decode(tuple[WrittenStick, ...], text) if text else ()


def _parcels(due: tuple[Waiting, ...], who: Enrolment, private: bytes, at: datetime) -> list[Parcel]:
    """Cut the queue into batches as the line would carry them."""
    batches: list[list[Waiting]] = []
    room = 0
    for waiting in due:
        size = len(encode(waiting.envelope).encode()) + 1
        if not batches or size > room or len(batches[-1]) == MAX_BATCH:
            batches.append([])
            room = MAX_BODY_BYTES
        batches[-1].append(waiting)
        room -= size
    return [
        sign_parcel(
            PushRequest(who.device, who.incarnation, who.epoch, tuple(each.envelope for each in batch)),
            private,
            at,
        )
        for batch in batches
    ]


def _name(who: Enrolment, made: WrittenStick, part: int) -> str:
    """Ids and a time, no person."""
    return f"yichuang-{who.station}-{made.at:%Y%m%d-%H%M}-{made.export[-6:]}-{part}of{made.parts}.stick"


def _write(path: Path, content: bytes) -> str:
    """Write a file whole or not at all. Raises Refused(STICK_NOT_WRITTEN)."""
    beside = path.with_suffix(".part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise Refused(Failure.STICK_NOT_WRITTEN, cause=type(error).__name__) from error
    return str(path)
