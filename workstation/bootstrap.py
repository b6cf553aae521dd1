"""Builds every object once and joins the rooms: the only file that sees all of them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from catalogue.model import Catalogue, Offer
    from catalogue.search import Index
    from deadlines.working_days import WorkingDays
    from wire.calendar import WorkingDayTable
    from wire.invitation import Invitation
    from wire.messages import Enrolment, RecoveryGrant, RecoveryRequest, StaffList
    from wire.staleness import StalenessPolicy
    from workstation.domain.audit import AuditLimits
    from workstation.services.counter import Counter
    from workstation.services.credentials import StaffNews
    from workstation.services.ports import Catalogues, Courier, Hall, OpenUnit, Sign, TableFile
    from workstation.services.rooms import DeskRooms, Line, Sticks, Store
    from workstation.services.views import Link
    from workstation.services.working_days import National
    from workstation.settings import Settings
    from workstation.sync.client import HallClient, HallEnroller
    from workstation.sync.engine import Engine
    from workstation.sync.releases import ReleaseShelf
    from workstation.ui.window import MainWindow


STAMPS = "audit-stamps.jsonl"  # beside the store, see sync.audit_heads


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


def run(settings: Settings) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    # Only the ui is loaded before the first paint; load_counter brings the rest while the person types. Nothing of it
    # is garbage, so nobody looks for any until the window stands.
    gc.disable()
    from workstation.ui import app  # noqa: PLC0415

    return app.run(
        load_desk=lambda: load_counter(settings),
        initial=_initial(settings),
        language=settings.language,
        reveal_s=settings.reveal_s,
        evaluation_s=settings.evaluation_s,
        idle=(settings.idle_lock_s, settings.idle_warning_s),
    )


@contextmanager
def window(settings: Settings) -> Iterator[MainWindow]:
    """Open the window without its own event loop, for journeys; everything ends with the block."""
    from workstation.ui import app  # noqa: PLC0415 - see run

    opened = app.build(
        load_desk=lambda: load_counter(settings),
        initial=_initial(settings),
        language=settings.language,
        reveal_s=settings.reveal_s,
        evaluation_s=settings.evaluation_s,
        idle=(settings.idle_lock_s, settings.idle_warning_s),
    )
    try:
        yield opened
    finally:
        opened.close_down()


def load_counter(settings: Settings) -> Counter:
    """Join the rooms. Only what the gate needs is loaded here; the rest comes with prepare() or unlock()."""
    from workstation import logs  # noqa: PLC0415 - see run, for all of these
    from workstation.security.key_file import KeyFile  # noqa: PLC0415
    from workstation.security.key_recovery import KeyRecovery  # noqa: PLC0415
    from workstation.security.key_store import open_keys  # noqa: PLC0415
    from workstation.security.passwords import Argon2Passwords  # noqa: PLC0415
    from workstation.services.counter import Counter  # noqa: PLC0415
    from workstation.services.credentials import StaffNews  # noqa: PLC0415
    from workstation.services.rooms import Rooms  # noqa: PLC0415

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    logs.start(settings.log.parent)
    if settings.card_trace:
        logs.trace_cards()
    releases = _LateReleases(settings.data / "catalogue")
    news = StaffNews()
    in_hand = _KeyInHand()
    recovery = KeyRecovery(KeyFile(settings.data / "key.json"))

    def open_store(key: bytes) -> Store:
        opened = _open_store(settings.store, in_hand.take(key))
        in_hand.store = opened
        return opened

    def open_line(unit: OpenUnit, url: str, enrolment: Enrolment, device_key: bytes) -> Line:
        trust = _Trust(
            settings.data / STAMPS,
            in_hand.wrap,
            lambda: recovery.remember(enrolment.device, url).proof,
            in_hand.opened,
            settings.hall_ca,
            settings.hall_roots,
            settings.key_days,
        )
        return _open_line(
            unit,
            url,
            enrolment,
            device_key,
            releases,
            news,
            settings.recheck_s,
            trust,
            settings.scan_bytes_per_s,
        )

    return Counter(
        Rooms(
            keys=open_keys(settings.data, allow_keyring=settings.keyring, cipher=settings.key_cipher),
            open_store=open_store,
            enroller=_LateEnroller(settings.hall_roots),
            open_line=open_line,
            recovery=recovery,
            ask_recovery=lambda url, asked: _ask_recovery(settings, url, asked),
            audit_limits=_audit_limits(settings),
            passwords=Argon2Passwords(),
            clock=now,
            hall_url=settings.hall_url,
            prepare=_prepare,
            load_desk=lambda: _load_desk(settings, releases),
            staff_news=news,
        )
    )


def _prepare() -> None:
    """Load the heavy code; a second time it costs nothing."""
    from catalogue import load, search  # noqa: F401, PLC0415 - only loaded here
    from workstation.cardreader import station  # noqa: F401, PLC0415
    from workstation.printing import spooler  # noqa: F401, PLC0415
    from workstation.services import receive_change  # noqa: F401, PLC0415
    from workstation.storage import database  # noqa: F401, PLC0415
    from workstation.sync import client, engine  # noqa: F401, PLC0415


def _load_desk(settings: Settings, releases: Catalogues) -> DeskRooms:
    from catalogue.card_uses import load_card_uses  # noqa: PLC0415 - see run, for all of these
    from catalogue.model import Limit  # noqa: PLC0415
    from catalogue.notice import load_notice  # noqa: PLC0415
    from workstation import resources  # noqa: PLC0415
    from workstation.cardreader import bundle  # noqa: PLC0415 - see run, for all of these
    from workstation.cardreader.station import (  # noqa: PLC0415 - see run, for all of these
        open_card_reader,
        open_operator_reader,
    )
    from workstation.printing.spooler import open_press  # noqa: PLC0415
    from workstation.services.in_reader import InReader  # noqa: PLC0415
    from workstation.services.operator_slot import OperatorSlot  # noqa: PLC0415
    from workstation.services.rooms import DeskRooms  # noqa: PLC0415

    scanner = None
    if settings.scanner is not None:
        from workstation.cardreader.scanner import Scanner  # noqa: PLC0415 - few stations have one

        scanner = Scanner(settings.scanner)
        scanner.start()
    in_reader, slot = InReader(), OperatorSlot()
    cards = open_card_reader(
        timeout_s=settings.card_timeout_s,
        on_presence=in_reader.see,
        psam_reader=settings.psam_reader,
        id_reader=settings.id_reader,
        book=settings.diagnosis,
        operator_reader=settings.operator_reader,
    )
    own = settings.operator_reader
    return DeskRooms(
        cards=cards,
        operator_cards=open_operator_reader(cards, own, slot.see) if own is not None else None,
        operator_slot=slot,
        in_reader=in_reader,
        press=open_press(
            folder=settings.prints, queue=settings.queue, server=settings.print_server, roll=settings.roll
        ),
        catalogues=releases,
        national=_national(settings.calendar),
        write_tables=_write_tables,
        write_file=_write_file,
        keep_diagnosis=lambda found: str(bundle.keep(settings.diagnosis, found, cards.reads(), settings.log)),
        ask_hall_for_card_keys=settings.card_keys == "hall",
        scanner=scanner,
        notice=load_notice(resources.notice_file()),
        card_uses=load_card_uses(resources.card_uses_file()),
        correction=Limit(settings.correction_days, "day"),
    )


def _write_tables(out: Path, file: TableFile) -> None:
    from workstation.exporting.table_files import write_tables  # noqa: PLC0415 - see run

    write_tables(out, file)


def _write_file(out: Path, content: bytes) -> None:
    from workstation.exporting.whole_files import write_file  # noqa: PLC0415 - see run

    write_file(out, content)


def _open_store(path: Path, key: bytes) -> Store:
    from workstation.storage.database import open_store  # noqa: PLC0415 - see run

    return open_store(path, key)


class _KeyInHand:
    """The store while it is open, and its key, for sealing that to the hall's recovery key and nothing else."""

    def __init__(self) -> None:
        self._key = b""
        self.store: Store | None = None

    def opened(self) -> Store:
        if self.store is None:
            raise AssertionError("the line is opened after the store")
        return self.store

    def take(self, key: bytes) -> bytes:
        self._key = key
        return key

    def wrap(self, public: bytes, device: str) -> str:
        from wire.recovery import wrap_for_hall  # noqa: PLC0415 - see run

        return wrap_for_hall(public, device, self._key)


@dataclass(frozen=True, slots=True)
class _Trust:
    """What the carriers of stamps, wraps and keys need: where stamps and the hall's certificates are kept beside the
    store, the seal, the proof, who vouches for the hall, how old a device key gets."""

    stamps: Path
    wrap: Callable[[bytes, str], str]
    proof: Callable[[], str]
    store: Callable[[], Store]
    hall_ca: Path
    roots: str
    key_days: float


def _ask_recovery(settings: Settings, hall_url: str, request: RecoveryRequest) -> RecoveryGrant:
    from workstation.sync.client import ask_for_recovery  # noqa: PLC0415 - see run
    from workstation.sync.secure_line import hall_context  # noqa: PLC0415

    pem = settings.hall_ca.read_text(encoding="ascii") if settings.hall_ca.is_file() else ""
    return ask_for_recovery(hall_url, request, hall_context(pem, settings.hall_roots))


def _audit_limits(settings: Settings) -> AuditLimits:
    from workstation.domain.audit import AuditLimits  # noqa: PLC0415 - see run

    stop = timedelta(hours=settings.audit_stop_hours) if settings.audit_stop_hours else None
    return AuditLimits(timedelta(hours=settings.audit_warn_hours), stop)


class _LateEnroller:
    """Loads the HTTP client only when a station is enrolled, once in its life."""

    def __init__(self, roots: str) -> None:
        self._roots = roots

    def meet(self, invitation: Invitation) -> str:
        return self._real().meet(invitation)

    def enrol(
        self, hall_url: str, code: str, public_key: bytes, sign: Sign, ca: str = "", device: str = ""
    ) -> Enrolment:
        return self._real().enrol(hall_url, code, public_key, sign, ca, device)

    def confirmed_staff(
        self, hall_url: str, enrolment: Enrolment, private: bytes, ca: str
    ) -> StaffList | None:
        return self._real().confirmed_staff(hall_url, enrolment, private, ca)

    def _real(self) -> HallEnroller:
        from workstation.sync.client import HallEnroller  # noqa: PLC0415 - see run

        return HallEnroller(now, self._roots)


@dataclass(frozen=True, slots=True)
class _Line:
    """The way to the hall: look-ups go straight, events by the engine."""

    client: HallClient
    engine: Engine
    sticks: Sticks

    @property
    def hall(self) -> Hall:
        return self.client

    @property
    def courier(self) -> Courier:
        return self.engine

    def link(self) -> tuple[Link, datetime | None]:
        state = self.engine.state()
        return state.link, state.heard_at

    def copied(self) -> bool:
        return self.engine.state().copied

    def clock_behind_s(self) -> int:
        return self.client.time.behind_s()

    def trouble(self) -> str:
        return self.engine.state().trouble

    def close(self) -> None:
        self.engine.stop()
        self.client.close()


class _LateReleases:
    """The catalogue's releases, loaded when the first thing is wanted of them: the gate needs none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelf: ReleaseShelf | None = None

    @property
    def shelf(self) -> ReleaseShelf:
        # Wanted first when the store is opened, on the desk's thread.
        if self._shelf is None:
            from workstation.sync.releases import ReleaseShelf  # noqa: PLC0415 - see run

            self._shelf = ReleaseShelf(self._folder, _shipped_catalogue)
        return self._shelf

    def current(self) -> Catalogue:
        return self.shelf.current()

    def of(self, version: str) -> Catalogue:
        return self.shelf.of(version)

    def find(self, text: str) -> list[Offer]:
        return self.shelf.find(text)


def releases_of(settings: Settings) -> Catalogues:
    """The releases of the catalogue that a station holds, for a command."""
    return _LateReleases(settings.data / "catalogue")


def _shipped_catalogue() -> tuple[Catalogue, Index]:
    from catalogue.load import load_catalogue  # noqa: PLC0415 - see run, for all of these
    from catalogue.search import make_index  # noqa: PLC0415
    from workstation import resources  # noqa: PLC0415

    catalogue = load_catalogue(resources.catalogue_dir())
    return catalogue, make_index(catalogue)


def _open_line(
    open_unit: OpenUnit,
    hall_url: str,
    enrolment: Enrolment,
    device_key: bytes,
    releases: _LateReleases,
    news: StaffNews,
    recheck_s: float,
    trust: _Trust,
    scan_bytes_per_s: int,
) -> Line:
    from wire.keys import unb64  # noqa: PLC0415 - see run, for all of these
    from workstation.services.alone import take_policy  # noqa: PLC0415
    from workstation.services.enrol_station import CA_FACT  # noqa: PLC0415
    from workstation.services.heal import takes  # noqa: PLC0415
    from workstation.services.index_cases import CaseIndex  # noqa: PLC0415
    from workstation.services.purge import DailyPurge  # noqa: PLC0415
    from workstation.services.recheck import Recheck  # noqa: PLC0415
    from workstation.services.return_lapsed import ReturnLapsed  # noqa: PLC0415
    from workstation.services.set_calendar import take_calendar  # noqa: PLC0415
    from workstation.services.shut_out import hear_link  # noqa: PLC0415
    from workstation.services.take_staff import take_staff  # noqa: PLC0415
    from workstation.sync.audit_heads import AuditHeads  # noqa: PLC0415
    from workstation.sync.authority import AuthorityPuller  # noqa: PLC0415
    from workstation.sync.calendar import CalendarPuller  # noqa: PLC0415
    from workstation.sync.client import Device, HallClient  # noqa: PLC0415
    from workstation.sync.engine import Engine, SyncState  # noqa: PLC0415
    from workstation.sync.hall_time import HallTime  # noqa: PLC0415
    from workstation.sync.key_rotation import KeyChange  # noqa: PLC0415
    from workstation.sync.mandates import MandatePuller  # noqa: PLC0415
    from workstation.sync.numbers import NumberPuller  # noqa: PLC0415
    from workstation.sync.recovery_wrap import RecoveryWraps  # noqa: PLC0415
    from workstation.sync.releases import ReleasePuller  # noqa: PLC0415
    from workstation.sync.secure_line import hall_context  # noqa: PLC0415
    from workstation.sync.staff import StaffPuller  # noqa: PLC0415
    from workstation.sync.staleness import LimitsPuller  # noqa: PLC0415

    look = trust.store().look

    def take_list(staff: StaffList) -> bool:
        return take_staff(staff, open_unit=open_unit, clock=now, look=look)

    def heard() -> None:
        news.count += 1

    def take_limits(policy: StalenessPolicy) -> bool:
        return take_policy(policy, open_unit=open_unit, clock=now)

    def take_days(table: WorkingDayTable) -> bool:
        return take_calendar(table, open_unit=open_unit, clock=now)

    def hear_state(state: SyncState) -> None:
        if hear_link(state.link, state.trouble, open_unit=open_unit, clock=now):
            heard()

    device = Device(enrolment, device_key)
    with open_unit() as unit:
        context = hall_context(unit.station.fact(CA_FACT), trust.roots)
    releases.shelf.trust(unb64(enrolment.hall_key), enrolment.algorithms.signature)
    # A client each: a long look-up must not hold up the queue, nor the queue a waiting citizen.
    hall_time = HallTime(now)
    carried, asking = (HallClient(hall_url, device, now, time=hall_time, context=context) for _ in range(2))
    recheck = Recheck(
        hall=carried,
        open_unit=open_unit,
        catalogues=releases,
        clock=now,
        every=timedelta(seconds=recheck_s),
    )
    look = trust.store().look
    key_change = KeyChange(
        holders=(carried, asking),
        device=enrolment.device,
        open_unit=open_unit,
        look=look,
        clock=now,
        days=trust.key_days,
    )
    engine = Engine(
        client=carried,
        beside=(
            key_change,
            AuthorityPuller(
                client=carried, open_unit=open_unit, context=context, beside=trust.hall_ca, clock=now
            ),
            CaseIndex(open_unit, look),
            ReturnLapsed(open_unit=open_unit, clock=now),
            StaffPuller(carried, enrolment, take_list, heard, now),
            DailyPurge(trust.store, releases, now),
            AuditHeads(
                client=carried,
                enrolment=enrolment,
                open_unit=open_unit,
                look=look,
                clock=now,
                beside=trust.stamps,
            ),
            RecoveryWraps(
                client=carried,
                enrolment=enrolment,
                open_unit=open_unit,
                wrap=trust.wrap,
                proof=trust.proof,
                clock=now,
            ),
            ReleasePuller(carried, releases.shelf, now),
            NumberPuller(carried, enrolment, open_unit, now, look),
            LimitsPuller(carried, enrolment, take_limits, now),
            CalendarPuller(carried, enrolment, take_days, now),
            MandatePuller(carried, enrolment, open_unit, lambda: key_change.public, now),
            recheck,
        ),
        enrolment=enrolment,
        open_unit=open_unit,
        look=look,
        take=takes(open_unit, now),
        clock=now,
        on_state=hear_state,
        scan_bytes_per_s=scan_bytes_per_s,
        heal=key_change.heal,
    )
    engine.start()
    return _Line(asking, engine, sticks_of(open_unit))


def sticks_of(open_unit: OpenUnit) -> Sticks:
    """The queue of an enrolled station on a stick; also for a command."""
    from workstation.services.heal import takes  # noqa: PLC0415 - see run
    from workstation.sync.stick import HallSticks  # noqa: PLC0415

    def enrolment() -> Enrolment:
        with open_unit() as unit:
            found = unit.station.enrolment()
        if found is None:
            raise AssertionError("sticks are of an enrolled station")
        return found

    take = takes(open_unit, now)
    return HallSticks(
        enrolment=enrolment,
        open_unit=open_unit,
        take_page=take.page,
        release=lambda subject: take.release((subject,)),
        clock=now,
    )


def _national(extra: Path | None) -> National:
    """The table that came along, longer by a file where one was given; read when it is first wanted."""

    @cache
    def national() -> WorkingDays:
        from deadlines.national import national_days  # noqa: PLC0415 - loads 30 ms of tables

        return _longer(national_days(), extra) if extra is not None else national_days()

    return national


def _longer(table: WorkingDays, file: Path) -> WorkingDays:
    import json  # noqa: PLC0415 - see run

    from deadlines.working_days import named, with_more  # noqa: PLC0415

    return named(with_more(table, json.loads(file.read_text(encoding="utf-8"))), "file", 1)


def _initial(settings: Settings) -> dict[str, str]:
    return {"hall_url": settings.hall_url, "code": settings.enrol_code}
