"""先看再打: a look takes nothing, what was seen is what is printed, and paper and languages are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.decided import decide
from tests.fakes.press import RealPress
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Fate, SpoolState, VoidReason
from workstation.domain.slip import Language, PaperWish, SlipKind
from workstation.services.counter import Counter
from workstation.services.print_views import Draft

FIN = SlipKind.RESULT
BOTH_ON_A5 = PaperWish("a5", Language.BOTH)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return whole.open_up("supervisor")


def changed(desk: Counter, draft: Draft) -> bool:
    with pytest.raises(Refused) as refused:
        desk.print_draft(draft)
    return refused.value.failure is Failure.SHEET_CHANGED


def test_a_look_takes_no_serial_counts_nowhere_and_tells_nobody(desk: Counter, whole: WholeDesk) -> None:
    (case,) = decide(whole, 1)
    with whole.unit() as unit:
        before = unit.outbox.state()
    first = desk.draft_slip(case, FIN)
    again = desk.draft_slip(case, FIN, BOTH_ON_A5)
    assert first.serial == again.serial
    assert first.sha256 != again.sha256
    assert desk.ledger(case) == ()
    with whole.unit() as unit:
        assert unit.outbox.state() == before
        assert unit.cases.get(case).prints == {}
    assert desk.print_slip(case, FIN).reprint == 0


def test_what_was_looked_at_is_printed_to_the_byte(tmp_path: Path) -> None:
    whole = WholeDesk(tmp_path)
    whole.press = RealPress()
    desk = whole.open_up("supervisor")
    (case,) = decide(whole, 1)
    draft = desk.draft_slip(case, FIN, BOTH_ON_A5)
    shown = desk.draw_draft(draft)
    assert (shown.png[:4], shown.pages, shown.sha256) == (b"\x89PNG", 2, draft.sha256)
    whole.clock.at += timedelta(minutes=3)
    sheet = desk.print_draft(draft)
    assert whole.press.sheets[sheet.serial] == draft.pdf
    (entry,) = desk.ledger(case)
    assert (entry.serial, entry.sha256) == (draft.serial, draft.sha256)
    whole.close()


def test_another_sheet_meanwhile_or_half_an_hour_asks_for_another_look(
    desk: Counter, whole: WholeDesk
) -> None:
    one, other = decide(whole, 2)
    draft = desk.draft_slip(one, FIN)
    desk.print_slip(other, FIN)  # takes the serial that stood on the draft
    assert changed(desk, draft)
    draft = desk.draft_slip(one, FIN)
    assert changed(desk, replace(draft, wish=BOTH_ON_A5))
    whole.clock.at += timedelta(minutes=31)
    assert changed(desk, draft)
    assert desk.ledger(one) == ()


def test_paper_and_languages_are_remembered_by_kind_once_printed(desk: Counter, whole: WholeDesk) -> None:
    one, other = decide(whole, 2)
    desk.draft_slip(one, FIN, BOTH_ON_A5)  # a look alone is no wish
    assert desk.draft_slip(one, FIN).wish == PaperWish()
    desk.print_draft(desk.draft_slip(one, FIN, BOTH_ON_A5))
    assert desk.draft_slip(other, FIN).wish == BOTH_ON_A5
    serial = desk.print_slip(other, FIN).serial
    slip = whole.press.slips[serial]
    assert (slip.paper, slip.language) == ("a5", Language.BOTH)
    again = whole.press.slips[desk.reprint_sheet(serial, VoidReason.SPOILT).serial]
    assert (again.paper, again.language, again.reprint) == ("a5", Language.BOTH, 1)


def test_sheets_wait_for_a_look_where_the_station_wants_it_so(desk: Counter, whole: WholeDesk) -> None:
    assert not desk.looks_first()
    desk.look_first(on=True)
    (case,) = decide(whole, 1)
    sheet = desk.print_slip(case, FIN)
    assert sheet.held
    assert whole.press.handed == []
    (held,) = desk.open_sheets()
    assert (held.serial, held.state, held.reason, held.fate) == (sheet.serial, SpoolState.MADE, "", Fate.OPEN)
    assert desk.send_again(sheet.serial).trouble is None
    assert whole.press.handed == [(sheet.serial, "")]
    # One that was looked at is not held a second time.
    assert not desk.print_draft(desk.draft_slip(case, FIN)).held
    desk.look_first(on=False)
    assert not desk.print_slip(case, FIN).held
