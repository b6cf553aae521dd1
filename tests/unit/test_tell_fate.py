"""出纸 goes to the hall: beside the steps of the case, once for each sheet, and never before the hall knows of the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.decided import decide
from wire.codec import decode
from wire.messages import EventKind
from wire.sheets import Fate, OnPaper, PaperOfSlip, SlipSettled
from workstation.domain.sheet import VoidReason
from workstation.domain.slip import SlipKind
from workstation.services.counter import Counter


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up("supervisor")


def told(whole: WholeDesk) -> list[SlipSettled]:
    with whole.unit() as unit:
        waiting = unit.outbox.waiting_items()
    found = [each.envelope for each in waiting if each.envelope.kind is EventKind.SLIP_SETTLED]
    said = [decode(SlipSettled, each.body) for each in found]
    assert [each.subject for each in found] == [each.serial for each in said]
    assert [each.actor for each in found] == [each.clerk for each in said]
    return said


def test_a_sheet_is_told_when_a_person_has_said_what_became_of_it(desk: Counter, whole: WholeDesk) -> None:
    (case,) = decide(whole, 1)
    first = desk.print_slip(case, SlipKind.RESULT)
    assert told(whole) == []
    anew = desk.reprint_sheet(first.serial, VoidReason.JAMMED)
    desk.confirm_sheets((anew.serial,))
    void, out = told(whole)
    assert (void.serial, void.fate, void.why, void.reprint) == (first.serial, Fate.VOID, "jammed", 0)
    assert (out.serial, out.fate, out.why, out.reprint) == (anew.serial, Fate.OUT, "", 1)
    assert (out.case, out.slip, out.clerk) == (case, "FIN", "supervisor")


def test_a_batch_tells_of_each_of_its_sheets(desk: Counter, whole: WholeDesk) -> None:
    batch = desk.start_batch(decide(whole, 3))
    for _ in range(3):
        desk.print_next(batch.id)
    desk.confirm_batch(batch.id)
    assert [each.fate for each in told(whole)] == [Fate.OUT] * 3


def test_a_sheet_of_before_the_receipt_is_told_once_the_hall_knows_of_its_case(whole: WholeDesk) -> None:
    from tests.unit.test_audit_first import filled

    desk = filled(whole)
    _, sheet = desk.print_checks()
    desk.confirm_sheets((sheet.serial,))
    assert told(whole) == []
    desk.receive()
    (out,) = told(whole)
    assert (out.serial, out.fate, out.slip) == (sheet.serial, Fate.OUT, "VER")


def test_the_desk_says_of_its_own_sheet_whether_it_came_out(desk: Counter, whole: WholeDesk) -> None:
    (case,) = decide(whole, 1)
    serial = desk.print_slip(case, SlipKind.RESULT).serial
    assert desk.check_slip(serial).paper is OnPaper.UNCONFIRMED
    desk.confirm_sheets((serial,))
    assert desk.check_slip(serial).paper is OnPaper.OUT
    # The hall has not heard of it yet: what a person here said counts. What it has heard of another desk counts too.
    heard = whole.hall.check_slip(serial)
    late = PaperOfSlip(OnPaper.UNCONFIRMED, serial, "FIN", 0, 2)
    standing = desk.check_slip(serial, heard, late)
    assert (standing.paper, standing.reprints) == (OnPaper.OUT, 2)


def test_a_jammed_sheet_counts_no_more_wherever_it_turns_up(desk: Counter, whole: WholeDesk) -> None:
    (case,) = decide(whole, 1)
    serial = desk.print_slip(case, SlipKind.RESULT).serial
    desk.void_sheet(serial, VoidReason.SPOILT)
    standing = desk.check_slip(serial)
    assert (standing.state.value, standing.paper) == ("voided", OnPaper.VOID)
