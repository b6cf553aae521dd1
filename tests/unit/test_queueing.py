"""取号叫号: numbers by letter and day, called in their order, one at the window, and no question about their paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD
from workstation.domain.failures import Failure, Refused
from workstation.domain.queue import Matter, TicketAct
from workstation.domain.sheet import Fate, SpoolState
from workstation.services.counter import Counter
from workstation.services.queueing import QueueView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up()


def take(desk: Counter, whole: WholeDesk, *matters: Matter) -> QueueView:
    """One a minute."""
    for matter in matters:
        whole.clock.at += timedelta(minutes=1)
        desk.take_ticket(matter)
    return desk.queue()


def names(view: QueueView) -> tuple[str, list[str], list[str]]:
    here = view.called.name if view.called else ""
    return here, [each.name for each in view.waiting], [each.name for each in view.missed]


def refusal(call: object) -> Failure:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.failure


def test_numbers_count_by_letter_and_begin_anew_each_day(desk: Counter, whole: WholeDesk) -> None:
    view = take(desk, whole, Matter.APPLY, Matter.COLLECT, Matter.APPLY, Matter.ASK)
    assert names(view)[1] == ["A001", "B001", "A002", "C001"]
    whole.clock.at += timedelta(days=1)
    assert names(desk.queue()) == ("", [], [])
    assert names(take(desk, whole, Matter.APPLY))[1] == ["A001"]


def test_the_ticket_says_number_matter_and_how_many_wait(desk: Counter, whole: WholeDesk) -> None:
    take(desk, whole, Matter.APPLY, Matter.APPLY)
    _, sheet = desk.take_ticket(Matter.ASK)
    slip = whole.press.slips[sheet.serial]
    assert dict(slip.variables) == {"number": "C001", "matter": "ask", "ahead": 2, "windows": "01"}
    assert (slip.applicant, slip.receipt_no) == ("", "")
    assert whole.press.handed[-1] == (sheet.serial, "")


def test_they_are_called_in_their_order_and_one_is_at_the_window(desk: Counter, whole: WholeDesk) -> None:
    take(desk, whole, Matter.COLLECT, Matter.APPLY, Matter.ASK)
    assert names(desk.call_next()) == ("B001", ["A001", "C001"], [])
    view = desk.call_next()  # whoever was there is served with that
    assert (names(view), view.served) == (("A001", ["C001"], []), 1)
    waits = view.waiting[0]
    assert view.oldest == waits.taken_at
    # Nobody is called before their turn, missed before they were called, or served twice.
    for act in (TicketAct.CALL, TicketAct.MISS, TicketAct.SERVE, TicketAct.RECALL):
        assert refusal(lambda act=act: desk.move_ticket(waits.id, act)) is Failure.TICKET_ELSEWHERE
    desk.call_next()
    assert refusal(desk.call_next) is Failure.QUEUE_EMPTY
    assert refusal(lambda: desk.move_ticket("none", TicketAct.MISS)) is Failure.TICKET_UNKNOWN


def test_a_missed_one_is_called_again_once_its_holder_is_there(desk: Counter, whole: WholeDesk) -> None:
    take(desk, whole, Matter.APPLY, Matter.APPLY, Matter.APPLY)
    first = desk.call_next().called
    assert first is not None
    assert desk.move_ticket(first.id, TicketAct.RECALL).called.calls == 2  # type: ignore[union-attr]
    assert names(desk.move_ticket(first.id, TicketAct.MISS)) == ("", ["A002", "A003"], ["A001"])
    desk.call_next()
    back = desk.move_ticket(first.id, TicketAct.RECALL)  # A002 is served with that
    assert (names(back), back.served) == (("A001", ["A003"], []), 1)
    gone = desk.move_ticket(back.waiting[0].id, TicketAct.LEAVE)
    assert names(gone) == ("A001", [], [])


def test_nobody_is_asked_about_the_paper_of_a_ticket(desk: Counter, whole: WholeDesk) -> None:
    _, sheet = desk.take_ticket(Matter.APPLY)
    assert desk.open_sheets() == desk.print_work().open == ()
    with whole.unit() as unit:
        assert unit.sheets.get(sheet.serial).spool.state is SpoolState.COMPLETED
    here = desk.call_next().called
    assert here is not None
    desk.move_ticket(here.id, TicketAct.SERVE)
    with whole.unit() as unit:
        # Whoever came with it had it on paper; the hall hears nothing of a ticket.
        assert unit.sheets.get(sheet.serial).fate is Fate.OUT
        assert unit.outbox.waiting_items() == ()


def test_a_supervisor_sees_how_many_wait_and_since_when(whole: WholeDesk) -> None:
    desk = whole.open_up()
    view = take(desk, whole, Matter.APPLY, Matter.ASK)
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    board = desk.local_board()
    assert (board.waiting, board.waits_since) == (2, view.oldest)
