"""The hall's own old receipt is for a body: it lets no station, no case, no kind and no number pass that it was not given for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from deadlines.national import national_days
from hall.acceptance import Gate
from hall.amended import as_it_stands
from hall.database import HALL_ZONE, fact, hall_key, next_number, open_database
from hall.deemed import deem, deemed_of
from hall.demo.seed import seed
from hall.enrolment import CodeRefused, add_station, enrol, new_code
from hall.epoch import renew_epoch
from hall.intake import take_batch
from hall.tables import cases, devices, sub_cases
from tests.fakes.counter import shipped_catalogue
from tests.fakes.device import ALL_SEEN, BUNDLE, Device
from wire.algorithms import STANDARD
from wire.codec import decode
from wire.corrections import (
    Amendment,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    CorrectionGap,
    Defect,
    GapAnswer,
    ReceiptAmended,
)
from wire.epoch import HeardBefore
from wire.keys import b64, new_private, public_of, sign
from wire.messages import (
    Approval,
    CaseClosed,
    CaseReceived,
    CaseReopened,
    Enrolment,
    EnrolRequest,
    Envelope,
    EventKind,
    PushRequest,
    PushResult,
    PushStatus,
)
from wire.signed import sign_receipt

NOW = datetime.now(UTC)


class Hall:
    """A hall that was restored: it holds nothing, and a station shows it its own word."""

    def __init__(self, folder: Path, place: str) -> None:
        self.engine: Engine = open_database(place)
        self.gate = Gate(shipped_catalogue(), folder / "releases")
        with self.engine.begin() as db:
            seed(db, code="democode", token="token")
            add_station(db, "440105", "别站", "street")
            for station in ("440104", "440105"):
                at = {"station": station, "incarnation": 1, "public_key": "k", "last_seq": 0}
                db.execute(devices.insert().values(id=f"d{station}", last_sha256="0" * 64, **at))
            self.key, self.epoch = hall_key(db), fact(db, "epoch")

    def device(self, station: str) -> Device:
        me = Enrolment(f"d{station}", 1, self.epoch, station, "站", "street", "", (), STANDARD)
        return Device("", enrolment=me)

    def push(self, station: str, *items: Envelope, number: str = "") -> tuple[PushResult, ...]:
        """Push with the hall's genuine receipt for each event's body."""
        words = [sign_receipt(each.id, each.sha256, NOW, self.key) for each in items]
        before = tuple(
            HeardBefore(w.event, w.sha256, w.received_at, w.hall, w.signature, w.algorithm, number)
            for w in words
        )
        request = PushRequest(f"d{station}", 1, self.epoch, items, before)
        return take_batch(self.engine, f"d{station}", request, self.gate).results

    def closed(self, case: str) -> tuple[str | None, str | None]:
        with self.engine.begin() as db:
            row = db.execute(select(cases.c.closed, cases.c.accepted).where(cases.c.id == case)).one()
        return row.closed, row.accepted


@pytest.fixture
def hall(tmp_path: Path, hall_place: str) -> Iterator[Hall]:
    made = Hall(tmp_path, hall_place)
    yield made
    made.engine.dispose()


def _voided(device: Device, case: str, kind: EventKind = EventKind.CASE_VOIDED) -> Envelope:
    approval = Approval("p1", "void", "{}", "", "clerk", NOW, "supervisor", NOW, "password")
    body = CaseClosed(f"R-{case}", "clerk", NOW, "mistake", "录错", "", approval)
    return device.envelope(kind, body, case, "supervisor")


def test_a_receipt_of_another_station_registers_nothing(hall: Hall) -> None:
    theirs, mine = hall.device("440104"), hall.device("440105")
    stolen = mine.received("c", station=theirs.me.station)
    (told,) = hall.push("440105", stolen)
    assert (told.status, told.code) == (PushStatus.CONFLICT, "other_station")


def test_a_receipt_for_one_case_moves_no_other(hall: Hall) -> None:
    device = hall.device("440104")
    first, second = device.received("a"), device.received("b")
    moved = replace(device.accepted("a"), subject="b")
    assert [each.code for each in hall.push("440104", first, second, moved)] == [None, None, "case_unknown"]
    assert hall.closed("b") == (None, None)


def test_a_step_of_a_case_that_is_not_here_is_not_said_to_be_applied(hall: Hall) -> None:
    device = hall.device("440104")
    (told,) = hall.push("440104", _voided(device, "gone"))
    assert (told.status, told.code, told.receipt) == (PushStatus.CONFLICT, "case_unknown", None)


def test_a_receipt_for_one_kind_is_none_for_another(hall: Hall) -> None:
    device = hall.device("440104")
    received = device.received("a")
    other = _voided(device, "a", EventKind.CASE_NOT_ACCEPTED)
    assert [each.code for each in hall.push("440104", received, other)] == [None, "approval_other"]
    assert hall.closed("a") == (None, None)
    (told,) = hall.push("440104", _voided(device, "a"))
    assert told.status is PushStatus.APPLIED
    assert hall.closed("a") == ("case_voided", None)


def test_what_people_who_are_gone_had_done_is_not_judged_anew(hall: Hall) -> None:
    device, gone = hall.device("440104"), "hired-after-the-backup"
    gap = CorrectionGap("marriage_certificate", Defect.MISSING, "没有", "户口登记条例", "补交原件")
    asked = CorrectionAsked("R-a", gone, NOW, NOW.date() + timedelta(days=9), (gap,))
    answered = CorrectionAnswered("R-a", gone, NOW, (GapAnswer(gap.subject, "brought"),), ALL_SEEN)
    approval = Approval("p2", "amend", "{}", "", gone, NOW, "signer-after-the-backup", NOW, "password")
    changes = (Amendment("applicant.name", "旧名", "新名"),)
    amended = ReceiptAmended("R-a", gone, NOW, 2, "写错了", changes, (), approval)
    steps = (
        device.received("a"),
        device.envelope(EventKind.CORRECTION_ASKED, asked, "a", gone),
        device.envelope(EventKind.CORRECTION_ANSWERED, answered, "a", gone),
        device.envelope(EventKind.RECEIPT_AMENDED, amended, "a", gone),
        device.envelope(
            EventKind.CASE_WITHDRAWN,
            CaseWithdrawn("R-a", gone, NOW, tuple(sub.item for sub in BUNDLE), "不办了", "applicant"),
            "a",
            gone,
        ),
    )
    assert [(each.status, each.code) for each in hall.push("440104", *steps)] == [
        (PushStatus.APPLIED, None)
    ] * len(steps)
    assert hall.closed("a")[0] == "case_withdrawn"
    with hall.engine.begin() as db:
        received = decode(CaseReceived, db.execute(select(cases.c.body)).scalar_one())
        assert as_it_stands(db, "a", received).applicant.name == "新名"
    # Without the hall's receipt none of them is anybody.
    other = hall.device("440105")
    fresh = replace(asked, receipt_no="R-b")
    request = PushRequest(
        "d440105",
        1,
        hall.epoch,
        (other.received("b"), other.envelope(EventKind.CORRECTION_ASKED, fresh, "b", gone)),
    )
    told = take_batch(hall.engine, "d440105", request, hall.gate).results
    assert told[1].code == "actor"


def test_what_was_mended_last_counts_and_not_what_a_clock_that_was_set_back_calls_the_latest(
    hall: Hall,
) -> None:
    device = hall.device("440104")
    phones = ("19900000001", "19900000002", "19900000003")
    days = (
        timedelta(0),
        -timedelta(days=1),
        timedelta(0),
    )  # in the middle the counter's clock was a day behind
    steps = [device.received("a")]
    steps += [
        device.envelope(
            EventKind.RECEIPT_AMENDED,
            ReceiptAmended(
                "R-a", "clerk", NOW + day, n + 2, "写错了", (Amendment("answer.phone", "", phone),), ()
            ),
            "a",
        )
        for n, (phone, day) in enumerate(zip(phones, days, strict=True))
    ]
    for sent, step in enumerate(steps):
        (told,) = hall.push("440104", step)
        assert told.status is PushStatus.APPLIED
        with hall.engine.begin() as db:
            received = decode(CaseReceived, db.execute(select(cases.c.body)).scalar_one())
            now = as_it_stands(db, "a", received).answers.get("phone")
        assert (now.value if now else "") == (phones[sent - 1] if sent else "")


def test_a_receipt_for_one_case_mends_and_corrects_no_other(hall: Hall) -> None:
    device = hall.device("440104")
    amended = ReceiptAmended("R-a", "clerk", NOW, 2, "写错了", (Amendment("answer.x", "1", "2"),), ())
    steps = (
        device.received("a"),
        device.received("b"),
        device.envelope(EventKind.RECEIPT_AMENDED, amended, "b"),
    )
    assert [each.code for each in hall.push("440104", *steps)] == [None, None, "case_unknown"]


def test_a_restored_hall_that_counted_too_soon_takes_the_acceptance_it_had_signed(hall: Hall) -> None:
    device = hall.device("440104")
    long_ago = datetime(2026, 11, 2, 2, tzinfo=UTC)
    (told,) = hall.push("440104", device.received("a", received_at=long_ago))
    assert told.status is PushStatus.APPLIED
    with hall.engine.begin() as db:
        assert deem(db, national_days(), hall.gate.release, NOW) == ("a",)
    (told,) = hall.push("440104", device.accepted("a"))
    assert (told.status, told.code) == (PushStatus.APPLIED, None)
    assert '"clerk":"clerk"' in (hall.closed("a")[1] or "")


@pytest.mark.parametrize("state", ["in_review", "decided"])
def test_also_where_a_department_has_begun_meanwhile(hall: Hall, state: str) -> None:
    """What the hall had signed for is worth no less than a late acceptance that it never saw (hall/late_acceptance.py)."""
    device = hall.device("440104")
    long_ago = datetime(2026, 11, 2, 2, tzinfo=UTC)
    hall.push("440104", device.received("a", received_at=long_ago))
    with hall.engine.begin() as db:
        assert deem(db, national_days(), hall.gate.release, NOW) == ("a",)
        db.execute(update(sub_cases).where(sub_cases.c.case == "a").values(state=state))
        db.execute(update(cases).where(cases.c.id == "a").values(status=state))
    (told,) = hall.push("440104", device.accepted("a"))
    begun = state == "in_review"
    assert told.code == (None if begun else "accepted_already")
    assert ('"clerk":"clerk"' in (hall.closed("a")[1] or "")) is begun
    with hall.engine.begin() as db:
        assert (deemed_of(db, "a") is None) is begun


def test_a_case_that_was_reopened_before_the_restore_is_never_accepted_by_silence(hall: Hall) -> None:
    device = hall.device("440104")
    long_ago = datetime(2026, 11, 2, 2, tzinfo=UTC)
    approval = Approval("p3", "reopen", "{}", "", "clerk", NOW, "supervisor", NOW, "password")
    body = CaseReopened("R-a", "clerk", NOW, "mistake", "录错", approval)
    steps = (
        device.received("a", received_at=long_ago),
        _voided(device, "a"),
        device.envelope(EventKind.CASE_REOPENED, body, "a", "supervisor"),
    )
    assert {each.status for each in hall.push("440104", *steps)} == {PushStatus.APPLIED}
    with hall.engine.begin() as db:
        assert deem(db, national_days(), hall.gate.release, NOW) == ()


def test_a_number_that_a_station_makes_up_does_not_use_up_the_numbers_of_the_day(hall: Hall) -> None:
    device = hall.device("440104")
    today = f"{datetime.now(HALL_ZONE):%Y%m%d}"
    for case, day in (("a", today), ("b", "29991231")):
        (told,) = hall.push("440104", device.received(case), number=f"440104{day}999999")
        assert told.status is PushStatus.APPLIED
        with hall.engine.begin() as db:
            assert next_number(db, f"project:{day}") < 1000


def test_a_code_that_was_used_after_the_backup_is_not_good_once_more(hall: Hall) -> None:
    private = new_private()
    with hall.engine.begin() as db:
        code = new_code(db, "440104")
        proof = b64(sign(private, code.encode()))
        renew_epoch(db)
        with pytest.raises(CodeRefused):
            enrol(db, EnrolRequest(code, b64(public_of(private)), proof))
