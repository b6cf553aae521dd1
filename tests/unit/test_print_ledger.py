"""Each sheet is accounted for: followed to its end, confirmed by a person, void, or printed anew with its number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.decided import decide
from tests.fakes.press import RealPress
from tests.fakes.staff import PASSWORD
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import BatchState, Fate, SpoolState, VoidReason
from workstation.domain.slip import SlipKind
from workstation.services.counter import Counter
from workstation.services.print_views import BatchView, SheetView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up("supervisor")


def printed(desk: Counter, whole: WholeDesk) -> SheetView:
    """One result slip, handed over."""
    (case,) = decide(whole, 1)
    desk.print_slip(case, SlipKind.RESULT)
    return desk.ledger(case)[-1]


def held(desk: Counter, case: str) -> SheetView:
    """One result slip that waits for a look."""
    desk.look_first(on=True)
    assert desk.print_slip(case, SlipKind.RESULT).held
    desk.look_first(on=False)
    return desk.ledger(case)[-1]


def refusal_of(call: object) -> Failure:
    with pytest.raises(Refused) as refused:
        call()  # type: ignore[operator]
    return refused.value.failure


# -- one sheet -------------------------------------------------------------------------------------------
def test_what_was_handed_over_is_not_printed_and_what_is_printed_is_not_out(
    desk: Counter, whole: WholeDesk
) -> None:
    whole.press.state = SpoolState.QUEUED
    sheet = printed(desk, whole)
    assert (sheet.state, sheet.fate, sheet.counts) == (SpoolState.QUEUED, Fate.OPEN, False)
    assert refusal_of(lambda: desk.confirm_sheets((sheet.serial,))) is Failure.SHEET_NOT_OUT
    whole.press.say(sheet.serial, SpoolState.COMPLETED)
    (changed,) = desk.follow_prints()
    assert (changed.state, changed.counts) == (SpoolState.COMPLETED, False)
    desk.confirm_sheets((sheet.serial,))
    (out,) = desk.ledger(sheet.case)
    assert (out.fate, out.counts, out.settled_by) == (
        Fate.OUT,
        True,
        "演示supervisor",
    )  # as people call them, not as they sign in
    assert refusal_of(lambda: desk.confirm_sheets((sheet.serial,))) is Failure.SHEET_SETTLED


def test_nothing_new_is_no_change_and_a_silent_service_is_told(desk: Counter, whole: WholeDesk) -> None:
    whole.press.state = SpoolState.PRINTING
    sheet = printed(desk, whole)
    assert desk.follow_prints() == ()
    whole.press.silent = True
    (changed,) = desk.follow_prints()
    assert (changed.serial, changed.state, changed.reason) == (
        sheet.serial,
        SpoolState.PRINTING,
        "print_service_down",
    )


def test_a_sheet_no_printer_took_is_sent_again_as_it_is(desk: Counter, whole: WholeDesk) -> None:
    whole.press.refuses = Failure.PRINTER_GONE
    (case,) = decide(whole, 1)
    sheet = desk.print_slip(case, SlipKind.RESULT)
    assert (sheet.trouble, sheet.path) == (Failure.PRINTER_GONE, "")
    (kept,) = desk.ledger(case)
    assert (kept.state, kept.reason, kept.may_exist) == (SpoolState.MADE, "printer_gone", False)
    whole.press.refuses = None
    again = desk.send_again(sheet.serial, "hall")
    assert (again.serial, again.reprint, again.trouble) == (sheet.serial, 0, None)
    assert whole.press.handed == [(sheet.serial, "hall")]


def test_what_may_be_on_paper_is_never_sent_again_but_printed_anew_with_its_number(
    desk: Counter, whole: WholeDesk
) -> None:
    sheet = printed(desk, whole)
    assert refusal_of(lambda: desk.send_again(sheet.serial)) is Failure.SHEET_MAY_EXIST
    anew = desk.reprint_sheet(sheet.serial, VoidReason.JAMMED)
    assert (anew.reprint, anew.serial == sheet.serial) == (1, False)
    first, second = desk.ledger(sheet.case)
    assert (first.fate, first.why, second.fate) == (Fate.VOID, "jammed", Fate.OPEN)


def test_a_sheet_in_a_stopped_queue_is_taken_back_before_another_printer_gets_it(
    desk: Counter, whole: WholeDesk
) -> None:
    whole.press.state = SpoolState.QUEUED
    sheet = printed(desk, whole)
    whole.press.say(sheet.serial, SpoolState.STOPPED, reason="paused", began=False)
    desk.follow_prints()
    again = desk.send_again(sheet.serial, "hall")
    assert again.trouble is None
    assert whole.press.handed == [(sheet.serial, ""), (sheet.serial, "hall")]
    (now,) = desk.ledger(sheet.case)
    assert (now.printer, now.reprint) == ("hall", 0)


def test_a_job_that_prints_while_it_is_taken_back_counts_as_on_paper(desk: Counter, whole: WholeDesk) -> None:
    whole.press.state = SpoolState.QUEUED
    sheet = printed(desk, whole)
    whole.press.say(sheet.serial, SpoolState.COMPLETED)  # not followed yet: the ledger still says queued
    assert refusal_of(lambda: desk.send_again(sheet.serial)) is Failure.SHEET_MAY_EXIST
    assert len(whole.press.handed) == 1


def test_a_sheet_that_was_handed_over_before_a_crash_is_found_and_not_printed_twice(
    desk: Counter, whole: WholeDesk
) -> None:
    (case,) = decide(whole, 1)
    sheet = held(desk, case)
    # The print service took it, and the station went down before it heard so.
    whole.press.put(sheet.serial, b"the same")
    desk.send_again(sheet.serial)
    assert len(whole.press.handed) == 1
    (found,) = desk.ledger(case)
    assert (found.state, found.job) == (SpoolState.COMPLETED, 1)


def test_a_void_sheet_is_settled_for_good(desk: Counter, whole: WholeDesk) -> None:
    sheet = printed(desk, whole)
    desk.void_sheet(sheet.serial, VoidReason.SPOILT)
    for call in (
        lambda: desk.void_sheet(sheet.serial, VoidReason.SPOILT),
        lambda: desk.confirm_sheets((sheet.serial,)),
        lambda: desk.send_again(sheet.serial),
    ):
        assert refusal_of(call) is Failure.SHEET_SETTLED


def test_previewed_printed_and_archived_are_the_same_bytes(tmp_path: Path) -> None:
    whole = WholeDesk(tmp_path)
    whole.press = RealPress()
    desk = whole.open_up("supervisor")
    (case,) = decide(whole, 1)
    sheet = held(desk, case)
    assert whole.press.handed == []
    preview = desk.preview(sheet.serial)
    assert preview.png.startswith(b"\x89PNG")
    assert (preview.page, preview.pages) == (1, 1)
    desk.send_again(sheet.serial)
    with whole.unit() as unit:
        archived = unit.sheets.pdf(sheet.serial)
    assert whole.press.sheets[sheet.serial] == archived
    assert hashlib.sha256(archived).hexdigest() == sheet.sha256 == preview.sha256
    whole.close()


def test_the_archive_tells_when_it_was_changed(desk: Counter, whole: WholeDesk) -> None:
    sheet = printed(desk, whole)
    other = desk.print_slip(sheet.case, SlipKind.RESULT)  # under the same key: only the hash tells them apart
    with whole.stores[-1]._engine.begin() as db:
        raw = db.connection.cursor()
        raw.execute(
            "UPDATE sheets SET sealed = (SELECT sealed FROM sheets WHERE serial = ?)", (other.serial,)
        )
        raw.close()
    assert refusal_of(lambda: desk.preview(sheet.serial)) is Failure.STORE_DAMAGED


# -- a batch ---------------------------------------------------------------------------------------------
def run(desk: Counter, batch: str) -> BatchView:
    """Print as the window does until nothing moves."""
    view = desk.print_next(batch)
    for _ in range(200):
        before = view
        desk.follow_prints()
        view = desk.print_next(batch)
        if view == before:
            break
    return view


def test_the_slips_are_printed_in_order_and_confirmed_at_once(desk: Counter, whole: WholeDesk) -> None:
    cases = decide(whole, 8)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    view = run(desk, batch.id)
    assert (view.done, view.out) == (8, 0)
    done = desk.confirm_batch(batch.id)
    assert (done.state, done.out) == (BatchState.DONE, 8)
    assert [place.case for place in done.places] == list(cases)
    assert len({serial for serial, _ in whole.press.handed}) == len(whole.press.handed) == 8
    work = desk.print_work()
    assert (work.waiting, work.batch, work.open) == ((), None, ())


def test_a_jam_goes_on_with_a_numbered_reprint(desk: Counter, whole: WholeDesk) -> None:
    decide(whole, 8)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    whole.press.state = SpoolState.QUEUED
    view = batch
    for n in range(1, 5):
        view = desk.print_next(batch.id)
        sheet = view.places[n - 1].sheet
        assert sheet is not None
        whole.press.say(sheet.serial, SpoolState.COMPLETED)
        desk.follow_prints()
    desk.print_next(batch.id)
    view = desk.print_next(batch.id)  # the next stands behind it already
    jammed, behind = (view.places[at].sheet for at in (4, 5))
    assert jammed is not None
    assert behind is not None
    whole.press.say(jammed.serial, SpoolState.STOPPED, reason="media-jam")
    whole.press.say(behind.serial, SpoolState.STOPPED, reason="media-jam", began=False)
    desk.follow_prints()
    view = desk.print_next(batch.id)
    assert (view.state, view.reason, view.done, view.halted_at) == (BatchState.HALTED, "media-jam", 4, 5)
    assert len(whole.press.handed) == 6  # nothing more goes to a printer that does not print

    desk = _after_a_crash(whole)
    whole.press.state = SpoolState.COMPLETED
    view = desk.resume_batch(batch.id, 5)
    assert view.out == 4
    view = run(desk, batch.id)
    done = desk.confirm_batch(batch.id)
    assert (done.state, done.out) == (BatchState.DONE, 8)
    anew = done.places[4]
    assert anew.sheet is not None
    assert (anew.sheet.reprint, anew.voided, anew.sheet.serial != jammed.serial) == (1, 1, True)
    # What stood behind the jam was never on paper: the same sheet, without a number.
    assert done.places[5].sheet is not None
    assert (done.places[5].sheet.serial, done.places[5].sheet.reprint) == (behind.serial, 0)
    assert [place.place for place in done.places if place.sheet and place.sheet.reprint] == [5]


def _after_a_crash(whole: WholeDesk) -> Counter:
    """The process is gone; another one opens the same store."""
    whole.stores[-1].close()
    whole.desk = whole.new_desk()
    whole.desk.unlock("a long passphrase")
    whole.desk.sign_in("supervisor", PASSWORD)
    return whole.desk


def test_a_batch_stops_between_sheets_and_goes_on(desk: Counter, whole: WholeDesk) -> None:
    decide(whole, 3)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    desk.print_next(batch.id)
    assert desk.stop_batch(batch.id).state is BatchState.HALTED
    desk.print_next(batch.id)
    assert len(whole.press.handed) == 1
    assert refusal_of(lambda: desk.start_batch(())) is Failure.BATCH_OPEN
    assert refusal_of(lambda: desk.confirm_batch(batch.id)) is Failure.SHEET_NOT_OUT
    desk.resume_batch(batch.id)
    run(desk, batch.id)
    assert desk.confirm_batch(batch.id).out == 3


def test_a_batch_that_is_ended_gives_the_rest_back_to_the_list(desk: Counter, whole: WholeDesk) -> None:
    cases = decide(whole, 3)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    desk.print_next(batch.id)
    desk.stop_batch(batch.id)
    ended = desk.end_batch(batch.id)
    assert (ended.state, ended.out) == (BatchState.ENDED, 1)
    assert [each.case for each in desk.print_work().waiting] == list(cases[1:])
    assert refusal_of(lambda: desk.resume_batch(batch.id)) is Failure.BATCH_UNKNOWN


@pytest.mark.parametrize(
    "failure", [Failure.PRINT_SERVICE_DOWN, Failure.PRINTER_GONE, Failure.PRINT_SPOOL_FULL]
)
def test_a_printer_that_takes_nothing_halts_the_batch_and_nothing_counts(
    desk: Counter, whole: WholeDesk, failure: Failure
) -> None:
    decide(whole, 2)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    whole.press.refuses = failure
    view = run(desk, batch.id)
    assert (view.state, view.reason, view.done, view.out) == (BatchState.HALTED, failure.value, 0, 0)
    whole.press.refuses = None
    desk.resume_batch(batch.id)
    run(desk, batch.id)
    done = desk.confirm_batch(batch.id)
    assert done.out == 2
    assert [place.sheet.reprint for place in done.places if place.sheet] == [0, 0]


def test_a_spoilt_sheet_of_a_batch_is_printed_anew_alone(desk: Counter, whole: WholeDesk) -> None:
    decide(whole, 3)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    run(desk, batch.id)
    desk.redo_places(batch.id, (2,))
    run(desk, batch.id)
    done = desk.confirm_batch(batch.id)
    assert [place.sheet.reprint for place in done.places if place.sheet] == [0, 1, 0]
    assert len(whole.press.handed) == 4


def test_the_printer_never_has_more_than_two_of_a_batch(desk: Counter, whole: WholeDesk) -> None:
    decide(whole, 5)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    whole.press.state = SpoolState.QUEUED
    for _ in range(5):
        desk.print_next(batch.id)
    assert len(whole.press.handed) == 2
    whole.press.say(whole.press.handed[0][0], SpoolState.COMPLETED)
    desk.follow_prints()
    for _ in range(5):
        desk.print_next(batch.id)
    assert len(whole.press.handed) == 3


def test_a_reprint_from_the_ledger_keeps_its_place_in_the_batch(desk: Counter, whole: WholeDesk) -> None:
    decide(whole, 2)
    batch = desk.start_batch([each.case for each in desk.print_work().waiting])
    view = run(desk, batch.id)
    assert view.places[0].sheet is not None
    desk.reprint_sheet(view.places[0].sheet.serial, VoidReason.SPOILT)
    run(desk, batch.id)
    done = desk.confirm_batch(batch.id)
    assert [place.sheet.reprint for place in done.places if place.sheet] == [1, 0]
    assert len(whole.press.handed) == 3


def test_only_chosen_and_waiting_cases_come_into_a_batch(desk: Counter, whole: WholeDesk) -> None:
    first, second, third = decide(whole, 3)
    desk.print_slip(second, SlipKind.RESULT)
    assert [each.case for each in desk.print_work().waiting] == [first, third]
    assert refusal_of(lambda: desk.start_batch((second, "none"))) is Failure.BATCH_EMPTY
    batch = desk.start_batch((third, second))
    assert [place.case for place in batch.places] == [third]


def test_a_clerk_prints_no_results_but_accounts_for_receipts(whole: WholeDesk) -> None:
    desk = whole.open_up()
    decide(whole, 1)
    assert desk.print_work().waiting == ()
    assert refusal_of(lambda: desk.start_batch(("case-0001",))) is Failure.ROLE_MISSING
    receipt = desk.print_slip("case-0001", SlipKind.RECEIPT)
    desk.confirm_sheets((receipt.serial,))
    assert desk.ledger("case-0001")[0].counts
