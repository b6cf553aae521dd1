"""A hall simulator over real HTTP, for the faults that a real hall shows only by accident.

It takes events exactly once by their id, signs receipts, serves prepared pages, keeps scans; and on demand drops its
reply after the commit, answers with a trouble, rejects, defers, forges, waits, or speaks for another hall.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from tests.fakes.served import DROPPED, Answer, Asked, served
from tests.fakes.tus_hall import TusHall
from wire.codec import decode, encode
from wire.epoch import EpochAnnouncement
from wire.http_signature import BadSignature, check_request
from wire.keys import new_private, public_of
from wire.limits import HallLimits
from wire.messages import (
    MAX_BATCH,
    MAX_BODY_BYTES,
    ChangePage,
    EnrolRequest,
    Envelope,
    EventKind,
    Outcome,
    PushAnswer,
    PushRequest,
    PushResult,
    PushStatus,
    Trouble,
    VerificationQuery,
    VerificationReply,
)
from wire.packing import ZSTD, unpack
from wire.signed import sign_receipt, sign_reply
from wire.snapshot import SnapshotPage

__all__ = ["Answer", "HallSimulator", "running_hall", "trouble"]


def trouble(status: int, code: str, **headers: str) -> Answer:
    """A trouble as the hall tells it."""
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(status, encode(Trouble(code)).encode(), told)


@dataclass
class HallSimulator:
    """What the hall holds and how it misbehaves. `troubles` are used up one a request, before anything is taken."""

    url: str = ""
    epoch: str = "e1"
    key: bytes = HALL_KEY
    held: dict[str, Envelope] = field(default_factory=dict)
    batches: list[PushRequest] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    packed: list[str] = field(default_factory=list)  # paths of what came packed
    scans: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, ChangePage] = field(default_factory=dict)  # by the cursor they follow
    troubles: list[Answer] = field(default_factory=list)
    unread: set[EventKind] = field(default_factory=set)  # kinds of after its time
    always: Answer | None = None  # every request is answered so
    drop_replies: int = 0  # so many requests are taken and get no answer
    largest_bytes: int = 10**9
    breaks_on: set[str] = field(default_factory=set)  # events on which the hall fails with 500
    rejects: dict[str, str] = field(default_factory=dict)  # event id -> code
    defers: set[str] = field(default_factory=set)
    forges: set[str] = field(default_factory=set)  # events whose receipts another key signs
    changes_results: Callable[[list[PushResult]], list[PushResult]] = field(default=list)
    changes_reply: Callable[[VerificationReply], VerificationReply] = field(default=replace)
    changes_page: Callable[[ChangePage], ChangePage] = field(default=replace)
    snapshots: dict[str, SnapshotPage] = field(default_factory=dict)  # by the page that is asked for
    since: datetime = NOW  # of the epoch
    clock: datetime = NOW  # a request that is signed with another time is refused, and told this one
    batch: int = MAX_BATCH
    body_bytes: int = MAX_BODY_BYTES
    packings: tuple[str, ...] = ()
    scans_may_go: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    tus: TusHall = field(init=False)

    def __post_init__(self) -> None:
        """Scans that are whole are the simulator's to show."""
        self.tus = TusHall(self.scans)

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        method, path, headers, body = asked.method, asked.path, asked.headers, asked.body
        if an_enrolment().device not in headers.get("Signature-Input", an_enrolment().device):
            return trouble(
                401, "unknown_key"
            )  # it knocks where its own hall was, and uses up no trouble of ours
        with self.lock:
            self.requests.append(f"{method} {urlsplit(path).path}")
            if self.always is not None:
                return self.always
            if self.troubles:
                return self.troubles.pop(0)
        if path == "/v1/enrol":
            return self._enrol(body)
        if path.startswith("/v1/uploads"):
            return self._spoken(method, path, headers, body)
        signer = {an_enrolment().device: public_of(DEVICE_KEY)}
        try:
            check_request(
                method=method,
                url=f"http://{headers['Host']}{path}",
                headers=headers,
                body=body,
                find_key=signer.get,
                now=self.clock,
            )
        except BadSignature as bad:
            at = self.clock if bad.code == "skewed" else None
            return Answer(401, encode(Trouble(bad.code, {}, at)).encode())
        if headers.get("Content-Encoding") == ZSTD:
            self.packed.append(path)
            body = unpack(body, 10**7)
        return self._or_drop(self._route(method, path, body))

    def _spoken(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        self.scans_may_go.wait(60)
        return self._or_drop(Answer(*self.tus.speak(method, path, headers, body)))

    def _or_drop(self, said: Answer) -> Answer:
        if self.drop_replies:
            self.drop_replies -= 1
            return DROPPED
        return said

    def _route(self, method: str, path: str, body: bytes) -> Answer:
        if path == "/v1/epoch":
            said = EpochAnnouncement(self.epoch, self.since, an_enrolment().hall_key, "")
            return Answer(200, encode(sign_reply(said, self.key)).encode())
        if path.startswith("/v1/snapshot"):
            page = self.snapshots[parse_qs(urlsplit(path).query).get("page", [""])[0]]
            return Answer(200, encode(sign_reply(page, self.key)).encode())
        if path == "/v1/limits":
            told = HallLimits(self.batch, self.body_bytes, 10_000_000, 200, self.packings, NOW)
            return Answer(200, encode(told).encode())
        if path == "/v1/upload-tickets":
            self.tus.largest_bytes = self.largest_bytes
            return Answer(*self.tus.ticket(body))
        if method == "GET":
            return self._page(parse_qs(urlsplit(path).query).get("cursor", [""])[0])
        return self._push(body) if path == "/v1/push" else self._verify(body)

    def _push(self, body: bytes) -> Answer:
        if len(body) > self.largest_bytes:
            return trouble(413, "too_large")
        request = decode(PushRequest, body)
        if any(envelope.kind in self.unread for envelope in request.items):
            return trouble(422, "malformed")
        if any(envelope.id in self.breaks_on for envelope in request.items):
            return Answer(500, b"Internal Server Error")
        with self.lock:
            self.batches.append(request)
            results = [self._take(envelope) for envelope in request.items]
        return Answer(200, encode(PushAnswer(self.epoch, tuple(self.changes_results(results)))).encode())

    def _take(self, envelope: Envelope) -> PushResult:
        if envelope.id in self.rejects:
            return PushResult(envelope.id, PushStatus.REJECTED, self.rejects[envelope.id])
        if envelope.id in self.defers:
            return PushResult(envelope.id, PushStatus.DEFERRED, "gap")
        key = new_private() if envelope.id in self.forges else self.key
        receipt = sign_receipt(envelope.id, envelope.sha256, NOW, key)
        status = PushStatus.DUPLICATE if envelope.id in self.held else PushStatus.APPLIED
        self.held[envelope.id] = envelope
        return PushResult(envelope.id, status, None, receipt)

    def _page(self, cursor: str) -> Answer:
        page = self.pages.get(cursor, ChangePage(self.epoch, (), cursor, more=False))
        signed = sign_reply(replace(page, station=an_enrolment().station, after=cursor), self.key)
        return Answer(200, encode(self.changes_page(signed)).encode())

    def _verify(self, body: bytes) -> Answer:
        query = decode(VerificationQuery, body)
        reply = VerificationReply(
            query.id, query.service, Outcome.MATCH, {"household_no": "1"}, "公安部门", "E1", NOW, NOW, ""
        )
        return Answer(200, encode(self.changes_reply(sign_reply(reply, self.key))).encode())

    def _enrol(self, body: bytes) -> Answer:
        if decode(EnrolRequest, body).code != "code":
            return trouble(403, "enrol_code")
        return Answer(200, encode(replace(an_enrolment(), epoch=self.epoch)).encode())


@contextmanager
def running_hall() -> Iterator[HallSimulator]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    hall = HallSimulator()
    hall.scans_may_go.set()
    with served(hall.answer) as hall.url:
        try:
            yield hall
        finally:
            hall.scans_may_go.set()
