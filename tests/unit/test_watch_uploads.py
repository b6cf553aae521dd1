"""What a person sees of scans on their way, and the two switches: how far, why not, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.cases import NOW, a_case
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD
from wire.codec import encode
from wire.messages import Change, ChangeKind
from wire.uploads import PapersComplete
from workstation.domain.uploads import METERED_LIMIT, UploadState
from workstation.services.counter import Counter
from workstation.services.receive_change import apply
from workstation.services.views import UploadsView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    with whole.unit() as unit:
        names = (unit.blobs.put(b"small"), unit.blobs.put(b"l" * (METERED_LIMIT + 1)))
        unit.cases.add(a_case(1, blobs=names))
        unit.blobs.put(b"of a draft, which sends nothing")
        unit.commit()
    return desk


def states(view: UploadsView) -> list[UploadState]:
    return [each.state for each in view.items]


def test_scans_of_cases_are_listed_the_next_to_go_first(desk: Counter) -> None:
    view = desk.uploads()
    assert [each.size for each in view.items] == [5, METERED_LIMIT + 1]
    assert {each.receipt_no for each in view.items} == {a_case(1).receipt_no}
    assert states(view) == [UploadState.WAITING] * 2


def test_progress_is_the_halls_word_and_what_is_there_is_gone_from_the_list(
    whole: WholeDesk, desk: Counter
) -> None:
    small, large = desk.uploads().items
    with whole.unit() as unit:
        unit.blobs.sent(small.sha256)
        unit.blobs.moved(large.sha256, "/v1/uploads/x", 1234)
        unit.commit()
    (left,) = desk.uploads().items
    assert (left.sent, left.state) == (1234, UploadState.SENDING)


def test_both_switches_hold_what_they_say_and_survive_a_restart(whole: WholeDesk, desk: Counter) -> None:
    assert states(desk.meter_uploads(metered=True)) == [UploadState.WAITING, UploadState.METERED]
    assert states(desk.pause_uploads(paused=True)) == [UploadState.PAUSED] * 2
    again = whole.new_desk()
    again.unlock("a long passphrase")
    again.sign_in("clerk", PASSWORD)
    view = again.uploads()
    assert (view.paused, view.metered) == (True, True)
    again.pause_uploads(paused=False)
    assert states(again.meter_uploads(metered=False)) == [UploadState.WAITING] * 2


def test_what_was_set_aside_says_why_and_can_be_tried_again(whole: WholeDesk, desk: Counter) -> None:
    small, large = desk.uploads().items
    with whole.unit() as unit:
        unit.blobs.set_aside(small.sha256, "scan_lost")
        unit.blobs.set_aside(large.sha256, "too_large")
        unit.commit()
    view = desk.uploads()
    assert [(each.state, each.trouble) for each in view.items] == [
        (UploadState.LOST, "scan_lost"),
        (UploadState.REFUSED, "too_large"),
    ]
    assert states(desk.retry_uploads()) == [UploadState.WAITING] * 2


def test_the_halls_word_that_all_papers_are_there_stands_on_the_case(whole: WholeDesk, desk: Counter) -> None:
    case = a_case(1)
    said = Change(case.id, 1, ChangeKind.PAPERS_COMPLETE, encode(PapersComplete(2, NOW)))
    with whole.unit() as unit:
        kept = unit.cases.get(case.id)
        unit.cases.save(replace(apply(kept, said), rev=1))
        unit.commit()
    view = desk.case(case.id)
    assert (view.scans, view.papers_at) == (2, NOW)
