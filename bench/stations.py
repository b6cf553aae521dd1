"""Simulated stations for the benches: the product's own client and wire code over real HTTP; only the store is simulated,
an outbox in memory."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wire.messages import Enrolment, Envelope, HallReceipt
    from workstation.sync.client import HallClient

GENESIS = "0" * 64
CLERK = "clerk"


@dataclass(slots=True)
class Push:
    """One answer to a push: when it was begun (monotonic), how long it took, how many events it settled, and the trouble's
    code ("" for none) with the HTTP status as text."""

    begun: float
    seconds: float
    acked: int
    trouble: str = ""
    status: str = ""


@dataclass(slots=True)
class Station:
    """One station with its device. `waiting` is the outbox, `acked` what the hall has signed for: event → content hash
    and case."""

    code: str
    private: bytes
    enrolment: Enrolment
    waiting: deque[Envelope] = field(default_factory=deque)
    acked: dict[str, tuple[str, str]] = field(default_factory=dict)
    cursor: str = ""
    seq: int = 0
    prev: str = GENESIS
    client: HallClient | None = None

    def connect(self, url: str) -> None:
        """Choose the hall's address; the connection comes with the first request and is kept as the product keeps it."""
        from workstation.sync.client import Device, HallClient  # noqa: PLC0415 - a bench is listed without the product

        self.client = HallClient(url, Device(self.enrolment, self.private), now)

    def file(self) -> None:
        """Receive a case: an envelope, chained to the one before it, waits in the outbox."""
        from wire.codec import digest, encode  # noqa: PLC0415
        from wire.keys import new_id  # noqa: PLC0415
        from wire.messages import Envelope, EventKind  # noqa: PLC0415

        self.seq += 1
        at = now()
        body = encode(_case(self.code, f"{self.code}{at:%y%m%d}01{self.seq:06d}", at))
        made = Envelope(
            new_id(), self.seq, new_id(), EventKind.CASE_RECEIVED, at, CLERK, body, digest(body), self.prev
        )
        self.prev = made.sha256
        self.waiting.append(made)

    def push(self, most: int = 100) -> Push:
        """Send what waits, up to `most` events, and forget only what the hall has signed for. Raises RuntimeError for an
        answer that the product would not believe, or that refuses a good event."""
        from wire.messages import PushRequest  # noqa: PLC0415
        from workstation.domain.failures import Refused  # noqa: PLC0415

        assert self.client is not None
        batch = tuple(self.waiting)[:most]
        who = self.enrolment
        begun = time.monotonic()
        try:
            answer = self.client.push(PushRequest(who.device, who.incarnation, who.epoch, batch))
        except Refused as refused:
            code = refused.details.get("code") or refused.failure.value
            return Push(begun, time.monotonic() - begun, 0, code, refused.details.get("status", ""))
        took = time.monotonic() - begun
        for envelope, result in zip(batch, answer.results, strict=True):
            if result.receipt is None or not self._is_genuine(envelope, result.receipt):
                raise RuntimeError(f"{self.code}: {result.status.value} {result.code}")
            self.acked[envelope.id] = envelope.sha256, envelope.subject
            self.waiting.popleft()
        return Push(begun, took, len(batch))

    def poll(self) -> Push:
        """Fetch what is new, to the end; `acked` counts the changes."""
        from workstation.domain.failures import Refused  # noqa: PLC0415

        assert self.client is not None
        begun, count, more = time.monotonic(), 0, True
        try:
            while more:
                page = self.client.changes(self.cursor)
                self.cursor, more, count = page.cursor, page.more, count + len(page.items)
        except Refused as refused:
            code = refused.details.get("code") or refused.failure.value
            return Push(begun, time.monotonic() - begun, 0, code, refused.details.get("status", ""))
        return Push(begun, time.monotonic() - begun, count)

    def _is_genuine(self, envelope: Envelope, receipt: HallReceipt) -> bool:
        from wire.keys import unb64  # noqa: PLC0415
        from wire.signed import receipt_is_genuine  # noqa: PLC0415

        hall = self.enrolment
        about = (receipt.event, receipt.sha256) == (envelope.id, envelope.sha256)
        return about and receipt_is_genuine(receipt, unb64(hall.hall_key), hall.algorithms.signature)


def now() -> datetime:
    """Tell the time of this machine, which is the hall's too."""
    return datetime.now(UTC)


def codes(count: int, first: str = "H") -> list[str]:
    """Return so many station codes, none of them a real one."""
    return [f"{first}{number:05d}" for number in range(count)]


def enrolled(
    engine: Any, wanted: Iterable[str], told: Callable[[int], None] = lambda _: None
) -> list[Station]:
    """Make stations, each with a clerk and a confirmed device, by the hall's own functions in bulk. A transaction holds
    a hundred of them."""
    made: list[Station] = []
    left = list(wanted)
    while left:
        some, left = left[:100], left[100:]
        with engine.begin() as db:
            made += [_enrol(db, code) for code in some]
        told(len(made))
    return made


def _enrol(db: Any, code: str) -> Station:
    from hall.enrolment import add_station, enrol, new_code  # noqa: PLC0415
    from hall.staffing import add_staff  # noqa: PLC0415
    from wire.keys import b64, new_private, public_of, sign  # noqa: PLC0415
    from wire.messages import EnrolRequest, Role, StaffAccount  # noqa: PLC0415

    add_station(db, code, "测试街道", "street")
    add_staff(db, code, StaffAccount(CLERK, "测试", (Role.CLERK,), "", "01", code))
    private = new_private()
    once = new_code(db, code, confirmed_by="bench")
    proof = b64(sign(private, once.encode()))
    return Station(code, private, enrol(db, EnrolRequest(once, b64(public_of(private)), proof)))


def _case(station: str, receipt_no: str, at: datetime) -> Any:
    """The newborn bundle: three items, 24 answers, six papers."""
    from wire.messages import (  # noqa: PLC0415
        AnswerOnWire,
        CaseReceived,
        MaterialHow,
        MaterialOnWire,
        NoticeGiven,
        Origin,
        Party,
        SubCaseOrder,
    )

    birth = ("birth-registration",)
    items = (
        SubCaseOrder("birth-registration", "1", "public_security", ()),
        SubCaseOrder("medical-insurance-newborn", "1", "medical_insurance", birth),
        SubCaseOrder("social-security-card-newborn", "1", "human_resources", birth),
    )
    papers = ("birth_certificate", "marriage_certificate", "household_book_mother", "household_book_father")
    return CaseReceived(
        receipt_no=receipt_no,
        station=station,
        window="01",
        clerk=CLERK,
        received_at=at,
        catalogue="",
        bundle="newborn",
        sub_cases=items,
        applicant=Party("测试一", "111", "44010018990101002X"),
        answers={f"child.field_{n:02}": AnswerOnWire(f"测试值{n:04}", Origin.TYPED) for n in range(24)},
        materials=tuple(
            MaterialOnWire(paper, MaterialHow.ORIGINAL_SEEN) for paper in (*papers, "id_mother", "id_father")
        ),
        verifications=(),
        offline=False,
        notice=NoticeGiven("2026.11", at, CLERK),
    )
