"""Synthetic cases, visits and an enrolment, for tests of what keeps and carries them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.fakes.people import MOTHER_ID, MOTHER_NAME, card, mother
from wire.keys import b64, key_id, public_of
from wire.messages import (
    AnswerOnWire,
    Enrolment,
    HallReceipt,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Party,
    Role,
    StaffAccount,
)
from wire.signed import sign_receipt
from workstation.domain.answers import Answer
from workstation.domain.case import Case, CaseStatus, PaperSaved, SubCase
from workstation.domain.identity import CardWarning
from workstation.domain.visit import Paper, Scan, Visit

NOW = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
HALL_KEY = bytes(range(32))  # test-only keys: no hall and no station has these
DEVICE_KEY = bytes(range(32, 64))
MOTHER = Party(MOTHER_NAME, "111", MOTHER_ID)


def a_case(n: int = 1, *, blobs: tuple[str, ...] = (), status: CaseStatus = CaseStatus.RECEIVED) -> Case:
    """The n-th case of the day; each later than the one before."""
    material = MaterialOnWire("household_book", MaterialHow.SCANNED, None, blobs)
    return Case(
        id=f"case-{n:04d}",
        receipt_no=f"440104261123{n:07d}",
        station="440104",
        window="01",
        clerk="clerk",
        bundle="newborn",
        catalogue="1",
        applicant=MOTHER,
        sub_cases=(
            SubCase("birth-registration", "1", "public_security", (), promised_on=date(2026, 11, 30)),
        ),
        answers={"mother.name": AnswerOnWire("测试一", Origin.CARD)},
        materials=(material,),
        papers_saved=(PaperSaved("id_card", "card", "", ""),),
        status=status,
        received_at=NOW + timedelta(minutes=n),
        offline=False,
    )


def a_visit(n: int = 1) -> Visit:
    """A visit with something of everything."""
    odd = replace(card(), issued_on=date(2020, 1, 1), warnings=(CardWarning.SERIAL_MISMATCH,))
    return Visit(
        case=f"case-{n:04d}",
        clerk="clerk",
        opened_at=NOW,
        identity=replace(mother(), card=odd, read_at=NOW),
        bundle="newborn",
        items=("birth-registration",),
        catalogue="1",
        answers={"mother.name": Answer(MOTHER.name, Origin.CARD, NOW)},
        papers={
            "household_book": Paper(MaterialHow.SCANNED, (Scan("0" * 64, "image/png", 3),), "clerk", NOW)
        },
    )


def an_enrolment(hall_key: bytes = HALL_KEY, device_key: bytes = DEVICE_KEY) -> Enrolment:
    """A station with one clerk whose password nobody knows."""
    return Enrolment(
        device=key_id(public_of(device_key)),
        incarnation=1,
        epoch="e1",
        station="440104",
        station_name="测试街道政务服务中心",
        level="street",
        hall_key=b64(public_of(hall_key)),
        staff=(StaffAccount("clerk", "窗口甲", (Role.CLERK,), "$argon2id$none", "01"),),
    )


def a_receipt(event: str, sha256: str, hall_key: bytes = HALL_KEY, at: datetime = NOW) -> HallReceipt:
    """The hall's signed word for an event."""
    return sign_receipt(event, sha256, at, hall_key)
