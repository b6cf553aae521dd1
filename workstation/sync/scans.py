"""Scans to the hall, on a lane of their own: the smallest first, piece by piece, going on where the line was cut."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from wire.uploads import UploadAsked, UploadTicket
from workstation.domain.failures import Failure, Refused
from workstation.domain.uploads import Upload, UploadState, state_of
from workstation.services.ports import Look, Unit
from workstation.services.watch_uploads import METERED, PAUSED
from workstation.sync.client import HallClient

log = logging.getLogger(__name__)

PIECE = 262_144  # bytes of one request: what a cut can cost at most
_LEAST_PIECE = 4_096
_LOOK_AT = 100  # more than will ever be set aside in one run
_OF_CONTENT = frozenset({"too_large", "malformed", "hash", "media", "size", "length"})
_TICKET_OVER = frozenset({"ticket", "ticket_over"})
# What a refused HEAD says: its answer has no body for a code (RFC 9110 9.3.2). Whoever asks for another ticket, or begins anew,
# is told the rest.
_OF_HEAD = {"401": "ticket", "404": "upload_unknown", "422": "upload_unknown"}
_EARLY = timedelta(seconds=30)  # a ticket is renewed a little before it is over
_TUS = {"Tus-Resumable": "1.0.0"}
_BYTES = {"Content-Type": "application/offset+octet-stream"}
_TRIES = 3  # of a scan on which the hall breaks, or for which its room does not answer; the others go on after that
_GOES = frozenset({UploadState.WAITING, UploadState.SENDING})
_Believed = tuple[str, int]  # epoch of the hall, and incarnation of this device


@dataclass(slots=True)
class _Turn:
    """The scan whose pieces are sent now, as far as the memory of this run goes."""

    sha256: str
    content: bytes
    ticket: UploadTicket
    address: str
    offset: int
    sure: bool  # the offset is the hall's word, and nothing went wrong since
    hall: _Believed  # when the ticket was asked for


class Scans:
    """Uploads what cases name; one thread at a time. A call of `carry` sends one piece."""

    def __init__(
        self,
        *,
        client: HallClient,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        look: Look | None = None,
        clock: Callable[[], datetime],
        bytes_per_s: int = 0,
        rest: Callable[[float], object] = time.sleep,
    ) -> None:
        """`bytes_per_s` is how much of the line scans may take, 0 for all of it; `rest` waits so many seconds."""
        self._client = client
        self._open_unit = open_unit
        self._look = look or open_unit
        self._clock = clock
        self._rate = bytes_per_s
        self._rest = rest
        self._turn: _Turn | None = None
        self._begun = False
        self._broke: Counter[str] = Counter()
        self._stood: Counter[str] = Counter()
        self._resting: set[str] = set()  # tried again when no other is left

    def carry(self) -> bool:
        """Send one piece of one scan; True when there may be more. Raises Refused; what was sent stays sent then."""
        upload = self._next()
        if upload is None:
            self._turn = None  # A scan in clear is held no longer than it is sent.
            return False
        try:
            self._send(upload)
        except Refused as refusal:
            code = refusal.details.get("code", "")
            if refusal.failure is Failure.SCAN_LOST:
                self._set_aside(upload, Failure.SCAN_LOST.value)
            elif code in _OF_CONTENT:
                self._set_aside(upload, code)
            elif code in _TICKET_OVER or code == "upload_unknown":
                self._begin_again(upload, forget=code == "upload_unknown")
            elif code == "offset":
                self._unsure()
            else:
                self._unsure()
                self._note_broken(upload, refusal)
                raise
        return True

    def _next(self) -> Upload | None:
        if not self._begun:
            # What was refused before this start is tried once more: the hall may have grown.
            with self._open_unit() as unit:
                unit.blobs.try_again()
                unit.commit()
            self._begun = True
        with self._look() as unit:
            paused, metered = bool(unit.station.fact(PAUSED)), bool(unit.station.fact(METERED))
            waiting = unit.blobs.uploads(_LOOK_AT)
        going = [each for each in waiting if state_of(each, paused=paused, metered=metered) in _GOES]
        if self._resting.issuperset(each.sha256 for each in going):
            self._resting.clear()
        return next((each for each in going if each.sha256 not in self._resting), None)

    def _send(self, upload: Upload) -> None:
        turn = self._turn_of(upload)
        if turn is None:
            return
        if not turn.sure:
            turn.offset = self._ask_offset(turn)
            turn.sure = True
            self._moved(turn)
        if turn.offset < upload.size:
            began = time.monotonic()
            piece = turn.content[turn.offset : turn.offset + self._piece()]
            self._give(turn, piece)
            self._moved(turn)
            if self._rate and turn.offset < upload.size:
                self._rest(max(0.0, len(piece) / self._rate - (time.monotonic() - began)))
        if turn.offset >= upload.size:
            self._is_there(upload, turn.hall)

    def _turn_of(self, upload: Upload) -> _Turn | None:
        """Return the turn of a scan, with a ticket that is good for a while; None when the hall has it already."""
        turn = self._turn if self._turn and self._turn.sha256 == upload.sha256 else None
        if turn is not None and self._clock() + _EARLY < turn.ticket.expires_at:
            return turn
        with self._look() as unit:
            hall = _believed(unit)
            content = turn.content if turn is not None else unit.blobs.get(upload.sha256)
        ticket = self._client.upload_ticket(UploadAsked(upload.sha256, upload.size))
        if ticket.there:
            self._is_there(upload, hall)
            return None
        if upload.size > ticket.largest:
            raise Refused(Failure.HALL_REFUSED, code="too_large")
        # The hall's word on how far it is counts for more than our own: it may have been restored. Every byte is not the scan
        # yet: a hall that went down behind the last one has to make it of them, and does when it is asked how far it is.
        sure = ticket.offset < upload.size
        turn = self._turn = _Turn(upload.sha256, content, ticket, ticket.upload, ticket.offset, sure, hall)
        self._moved(turn)
        return turn

    def _ask_offset(self, turn: _Turn) -> int:
        if not turn.address:
            return 0
        try:
            said = self._client.speak_tus("HEAD", turn.address, self._headers(turn))
        except Refused as refusal:
            status = refusal.details.get("status", "")
            if status not in _OF_HEAD:
                raise
            raise Refused(Failure.HALL_REFUSED, code=_OF_HEAD[status], status=status) from refusal
        return _offset_of(said, turn)

    def _give(self, turn: _Turn, piece: bytes) -> None:
        if turn.address:
            headers = {**self._headers(turn), **_BYTES, "Upload-Offset": str(turn.offset)}
            said = self._client.speak_tus("PATCH", turn.address, headers, piece)
        else:
            headers = {**self._headers(turn), **_BYTES, "Upload-Length": str(len(turn.content))}
            said = self._client.speak_tus("POST", turn.ticket.address, headers, piece)
            turn.address = said.get("location", "")
            if not turn.address.startswith("/"):
                raise Refused(
                    Failure.HALL_ANSWER_UNTRUSTED
                )  # The ticket is for this hall and no other place.
        turn.offset = _offset_of(said, turn)

    def _headers(self, turn: _Turn) -> dict[str, str]:
        return {**_TUS, "Authorization": f"Bearer {turn.ticket.ticket}"}

    def _piece(self) -> int:
        return max(_LEAST_PIECE, min(PIECE, self._rate)) if self._rate else PIECE

    def _moved(self, turn: _Turn) -> None:
        with self._open_unit() as unit:
            unit.blobs.moved(turn.sha256, turn.address, turn.offset)
            unit.commit()

    def _is_there(self, upload: Upload, hall: _Believed) -> None:
        """Remember that the hall has a scan: the hall that was asked. One that was restored meanwhile may have forgotten it, and
        every scan is asked for anew (services/heal.py): this one too then, at the next turn."""
        self._turn = None
        with self._open_unit() as unit:
            if _believed(unit) == hall:
                unit.blobs.sent(upload.sha256)
                unit.commit()

    def _note_broken(self, upload: Upload, refusal: Refused) -> None:
        """A scan on which the hall breaks again and again must not hold up the others for ever, nor one of which a part in the
        hall's room cannot be read: a room that is down as a whole is waited for all the same."""
        status, sha256 = refusal.details.get("status"), upload.sha256
        if status == "500":
            self._broke[sha256] += 1
            if self._broke[sha256] >= _TRIES:
                self._set_aside(upload, "hall_broke")
        if status == "503":
            self._stood[sha256] += 1
            if self._stood[sha256] >= _TRIES:
                del self._stood[sha256]
                self._resting.add(sha256)

    def _set_aside(self, upload: Upload, code: str) -> None:
        log.warning("scan %s set aside: %s", upload.sha256, code)
        self._turn = None
        with self._open_unit() as unit:
            unit.blobs.set_aside(upload.sha256, code)
            unit.commit()

    def _begin_again(self, upload: Upload, *, forget: bool) -> None:
        self._turn = None
        if forget:
            with self._open_unit() as unit:
                unit.blobs.moved(upload.sha256, "", 0)
                unit.commit()

    def _unsure(self) -> None:
        if self._turn is None:
            return
        if self._turn.address:
            self._turn.sure = False
        else:
            # The first request was cut: whether the hall has begun, the next ticket tells.
            self._turn = None


def _believed(unit: Unit) -> _Believed:
    enrolment = unit.station.enrolment()
    return (enrolment.epoch, enrolment.incarnation) if enrolment is not None else ("", 0)


def _offset_of(said: Mapping[str, str], turn: _Turn) -> int:
    text = said.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and int(text) <= len(turn.content)):
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    return int(text)
