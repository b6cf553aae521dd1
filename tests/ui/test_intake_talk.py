"""The talk between page and desk, with a background whose answers come when the test says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.desk import FakeDesk
from wire.messages import Outcome
from workstation.domain.failures import Failure, Refused
from workstation.services.views import VisitView
from workstation.ui.background import Background
from workstation.ui.intake.talk import Talk

Job = tuple[Callable[[], Any], Callable[[Any], object], Callable[[Refused], object]]


class HeldBackground:
    """Keeps every job until `run` or `run_net`."""

    def __init__(self) -> None:
        self.desk_jobs: list[Job] = []
        self.net_jobs: list[Job] = []

    def desk(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Refused], object]
    ) -> None:
        self.desk_jobs.append((work, done, failed))

    def net(
        self, work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Refused], object]
    ) -> None:
        self.net_jobs.append((work, done, failed))

    def post(self, call: Callable[[], object]) -> None:
        call()

    def run(self, jobs: list[Job], at: int = 0) -> None:
        work, done, failed = jobs.pop(at)
        try:
            made = work()
        except Refused as refused:
            failed(refused)
            return
        done(made)

    def run_desk(self) -> None:
        while self.desk_jobs:
            self.run(self.desk_jobs)

    def run_all(self) -> None:
        while self.desk_jobs or self.net_jobs:
            self.run_desk()
            if self.net_jobs:
                self.run(self.net_jobs)


@pytest.fixture
def held() -> HeldBackground:
    return HeldBackground()


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def talk(qtbot: QtBot, desk: FakeDesk, held: HeldBackground) -> Talk:
    return Talk(desk, cast("Background", held))


def to_form(talk: Talk, held: HeldBackground) -> VisitView:
    talk.read_card()
    held.run_all()
    talk.choose("newborn")
    held.run_all()
    assert talk.view is not None
    return talk.view


def heard(signal: Any) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    signal.connect(lambda *what: told.append(what))
    return told


def test_only_the_latest_search_is_shown(talk: Talk, held: HeldBackground) -> None:
    shown = heard(talk.hits)
    talk.search("l")
    talk.search("lnryd")
    held.run_desk()
    assert [[hit.id for hit in hits] for (hits,) in shown] == [["senior_card"]]


def test_name_revealed_too_late_is_not_shown(talk: Talk, held: HeldBackground) -> None:
    to_form(talk, held)
    shown = heard(talk.person_revealed)
    talk.reveal_person()
    talk.new()
    held.run_desk()
    assert shown == []


def test_value_revealed_too_late_is_not_shown(talk: Talk, held: HeldBackground) -> None:
    to_form(talk, held)
    shown = heard(talk.revealed)
    talk.reveal("mother.name")
    talk.new()
    held.run_desk()
    assert shown == []


def test_answer_taken_before_the_visit_was_put_away_does_not_bring_it_back(
    talk: Talk, held: HeldBackground
) -> None:
    to_form(talk, held)
    shown = heard(talk.changed)
    talk.answer("mother.phone", "13800000000", "")
    talk.new()
    held.run_desk()
    assert all(view is None for (view,) in shown)


def test_checks_are_asked_side_by_side(talk: Talk, held: HeldBackground) -> None:
    to_form(talk, held)
    for key, typed in (
        ("father.name", "测试二"),
        ("father.id_no", "440100189901010011"),
        ("child.birth_certificate_no", "T440000123"),
    ):
        talk.answer(key, typed, "")
    held.run_desk()
    assert len(held.net_jobs) == 3
    held.run(held.net_jobs, at=2)  # answers may come in any order
    held.run_all()
    assert talk.view is not None
    assert all(check.satisfied for check in talk.view.checks)


def test_changed_value_asks_again(talk: Talk, desk: FakeDesk, held: HeldBackground) -> None:
    desk.outcomes["birth_certificate"] = Outcome.NO_RECORD
    to_form(talk, held)
    for typed in ("T440000124", "T440000123"):
        talk.answer("child.birth_certificate_no", typed, "")
        held.run_all()
    assert [call for call in desk.calls if call == ("ask", "birth_certificate")] == [
        ("ask", "birth_certificate")
    ] * 2


def test_refused_check_is_told_and_can_be_asked_again(
    talk: Talk, desk: FakeDesk, held: HeldBackground
) -> None:
    told = heard(talk.refused)
    under_way = heard(talk.asking)
    desk.refuse["ask"] = Refused(Failure.DEVICE_REVOKED)
    to_form(talk, held)
    assert [refused.failure for (refused,) in told] == [Failure.DEVICE_REVOKED]
    assert under_way[-1] == (frozenset(),)
    del desk.refuse["ask"]
    talk.ask_all()
    held.run_all()
    assert talk.view is not None
    assert any(check.satisfied for check in talk.view.checks)
