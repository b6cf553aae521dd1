"""What the fake desk shows of the queue: steps that wait, steps that need a person, scans on their way."""

from __future__ import annotations

from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from wire.messages import EventKind
from workstation.domain.needs_fixing import ACTS, advice_for
from workstation.domain.uploads import METERED_LIMIT, UploadState
from workstation.services.transfer_views import (
    DifferView,
    ParkedView,
    SideView,
    StepView,
    StickView,
    TransferView,
)
from workstation.services.views import UploadsView, UploadView

RECEIPTS = ("440104260105030A01H", "440104260105030A02F", "440104260105030A03D")


def step(
    number: int, kind: EventKind = EventKind.CASE_RECEIVED, trouble: str = "", tries: int = 0
) -> StepView:
    """One of them; those of the same remainder by three are of the same case."""
    at = NOW - timedelta(minutes=90 - number)
    return StepView(
        event=f"019bd6a0-0000-7000-8000-{number:012d}",
        case=f"w-{3 - number % 3}",
        receipt_no=RECEIPTS[number % 3],
        applicant="测**",
        kind=kind,
        by="窗口员一",
        queued_at=at,
        tries=tries,
        trouble=trouble,
        next_at=NOW + timedelta(seconds=40) if tries else None,
    )


def parked(number: int, code: str, *, with_word: bool = True) -> ParkedView:
    """An acceptance that the hall did not take."""
    kind = advice_for(code)
    made = step(number, EventKind.CASE_ACCEPTED, code, 1)
    hall = SideView("accepted", "窗口员二", "测试街政务服务中心", "05", NOW - timedelta(hours=2))
    differs = (
        DifferView("state", "accepted", "accepted"),
        DifferView("accepted_at", "2026-01-05 09:10", "2026-01-05 08:40"),
        DifferView(
            "material.marriage_certificate",
            "original_seen",
            "replaced_by_verification",
            Text("结婚证", "Marriage certificate"),
        ),
    )
    return ParkedView(
        step=made,
        advice=kind,
        acts=ACTS[kind],
        here=SideView("accepted", "窗口员一", "测试街政务服务中心", "03", made.queued_at),
        hall=hall if with_word else None,
        differs=differs if with_word else (),
        waiting_behind=2,
    )


def busy() -> TransferView:
    """A morning without the hall, and two steps that need a person."""
    kinds = (EventKind.CASE_RECEIVED, EventKind.SLIP_PRINTED, EventKind.CASE_ACCEPTED)
    waiting = tuple(
        step(n, kinds[n % 3], "hall_broke" if n == 4 else "", 3 if n == 4 else 0) for n in range(12)
    )
    return TransferView(
        waiting=waiting,
        waiting_total=12,
        parked=(parked(20, "accepted_already"), parked(21, "actor", with_word=False)),
        stick=StickView(NOW - timedelta(hours=3), 1, 5, None, ready=True),
    )


def quiet() -> TransferView:
    """Everything has arrived."""
    return TransferView((), 0, (), StickView(ready=True))


def scans() -> UploadsView:
    """Three scans, one of them large and under way."""
    return UploadsView(
        paused=False,
        metered=False,
        metered_limit=METERED_LIMIT,
        items=(
            UploadView("a" * 64, 240_000, 0, UploadState.WAITING, "", "w-3", RECEIPTS[0]),
            UploadView("b" * 64, 8_400_000, 5_100_000, UploadState.SENDING, "", "w-2", RECEIPTS[1]),
            UploadView("c" * 64, 9_900_000, 0, UploadState.REFUSED, "too_large", "w-1", RECEIPTS[2]),
        ),
    )
