"""A locked desk: nobody but its own person goes on, exactly where they were, and nobody else sees anything of it.

A machine plays persons at one desk over the real store; mutants show that it would notice a missing guard.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD, STAFF
from wire.messages import StaffList, StaffPolicy
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.gate import Gate
from workstation.services.intake import Intake
from workstation.services.views import StationStep, StationView, VisitView

PEOPLE = ("clerk", "agent")
_HASHER = PasswordHasher(time_cost=1, memory_cost=64)
# Each has a password of their own, so that one's does not open the other's.
OWN = tuple(
    replace(each, password_hash=_HASHER.hash(f"of-{each.login}")) for each in STAFF if each.login in PEOPLE
)
VERBS: tuple[Callable[[Any], object], ...] = (
    lambda d: d.visit(),
    lambda d: d.drafts(),
    lambda d: d.cases(),
    lambda d: d.reveal_person(),
    lambda d: d.answer("child.name", "测试"),
    lambda d: d.choose("newborn"),
    lambda d: d.receive(),
    lambda d: d.proposals(),
    lambda d: d.ready_queries(),
)


class Desk(RuleBasedStateMachine):
    """Persons come, type, go away, come back, and sit down at each other's desk."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lock-"))
        self.whole = WholeDesk(self.folder)
        self.desk = self.whole.open_up("clerk")
        with self.whole.unit() as unit:
            unit.station.take_staff(StaffList("440104", 1, self.whole.clock(), StaffPolicy(), OWN, ""))
            unit.commit()
        self.sits: str | None = "clerk"
        self.locked = False
        self.typed: dict[str, str] = {}  # case -> the name last typed into it
        self.owner: dict[str, str] = {}  # case -> who opened it
        self.at: VisitView | None = None  # what the person had before them when they left

    def teardown(self) -> None:
        self.whole.close()
        shutil.rmtree(self.folder)

    # -- rules ---------------------------------------------------------------------------------------------
    @rule()
    def choose(self) -> None:
        if self.sits and not self.locked:
            view = self.desk.choose("newborn")
            self.owner.setdefault(view.case, self.sits)
            assert self.owner[view.case] == self.sits, "one person's visit went on under another's hands"

    @rule(name=st.sampled_from(("测小宝", "测大宝", "测中宝")))
    def type(self, name: str) -> None:
        if self.sits and not self.locked and self.desk.visit() is not None:
            view = self.desk.answer("child.name", name)
            self.typed[view.case] = name

    @rule(why=st.sampled_from(("asked", "idle", "card", "suspended")))
    def lock(self, why: str) -> None:
        if self.sits and not self.locked:
            self.at = self.desk.visit()
            assert self.desk.lock(why).step is StationStep.LOCKED
            self.locked = True

    @rule(password=st.sampled_from(("of-clerk", "of-agent", PASSWORD, "x")))
    def come_back(self, password: str) -> None:
        if not self.locked or self.sits is None:
            return
        try:
            self.desk.resume_work(password)
        except Refused as refused:
            if password == f"of-{self.sits}":
                raise AssertionError("the right password did not open the desk") from refused
            self.whole.clock.at += _LOCK  # five wrong ones in a row are another test's business
            return
        assert password == f"of-{self.sits}", "somebody else's password opened the desk"
        self.locked = False
        assert _as_shown(self.desk.visit()) == _as_shown(self.at), "not where they were"

    @rule(login=st.sampled_from(PEOPLE))
    def sign_in(self, login: str) -> None:
        if self.sits and not self.locked:
            return
        before, at = self.sits, self.at
        assert self.desk.sign_in(login, f"of-{login}").login == login
        same = before == login
        self.sits, self.locked = login, False
        if same:
            assert _as_shown(self.desk.visit()) == _as_shown(at), "not where they were"
        else:
            assert self.desk.visit() is None, "another person's work lay open"

    @rule()
    def sign_out(self) -> None:
        if self.sits:
            self.desk.sign_out()
            self.sits, self.locked, self.at = None, False, None

    @rule()
    def take_up_again(self) -> None:
        if self.sits and not self.locked:
            left = self.desk.drafts()
            if left:
                self.desk.resume(left[0].case)

    # -- what always holds ---------------------------------------------------------------------------------
    @invariant()
    def a_locked_desk_does_nothing(self) -> None:
        if not self.locked:
            return
        for verb in VERBS:
            try:
                verb(self.desk)
            except Refused as refused:
                if refused.failure is Failure.SEAT_LOCKED:
                    continue
                raise
            raise AssertionError("a verb worked at a locked desk")
        assert not self.desk._visit, "what is under way lies open"

    @invariant()
    def nobody_sees_anothers_work_and_nothing_is_lost(self) -> None:
        if self.sits is None or self.locked:
            return
        drafts = {view.case: view for view in self.desk.drafts()}
        mine = {case for case, owner in self.owner.items() if owner == self.sits}
        assert set(drafts) == mine, "the drafts are not just one's own"
        for case in set(self.owner) - mine:
            try:
                self.desk.resume(case)
            except Refused:
                continue
            raise AssertionError("another person's draft was opened")
        for case in mine & set(self.typed):
            assert _name(drafts[case]) == self.typed[case], "what was typed is lost"


def _as_shown(view: VisitView | None) -> VisitView | None:
    return replace(view, saved_at=None) if view is not None else None


def _name(view: VisitView) -> str:
    fields = {field.key: field.value for section in view.sections for field in section.fields}
    return fields["child.name"]


_LOCK = timedelta(minutes=16)


def play(examples: int) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_only_its_own_person_goes_on_at_a_locked_desk() -> None:
    play(8)


@pytest.mark.long
def test_only_its_own_person_goes_on_however_long_it_is_tried() -> None:
    play(300)


# -- mutants -------------------------------------------------------------------------------------------------
def _who_is_away(gate: Gate) -> Any:
    return gate._clerk


def _lock_only(self: Intake, why: str) -> StationView:
    return self._gate.lock(why)


def _come_back_without_asking(self: Gate, password: str) -> StationView:
    return self._come_back(self._away(), "password")


def _forgets_to_clear(self: Intake, login: str, password: str) -> StationView:
    view = self._gate.sign_in(login, password)
    self._visit, self._form, self._saved_at = self._resting
    return view


def _everybodys_drafts(self: Intake) -> tuple[VisitView, ...]:
    from workstation.services.show_visit import show_visit

    self._gate.may(Deed.VISIT_OPENED)
    with self._gate.open_unit() as unit:
        return tuple(show_visit(v, self._form_of(v), self._scene(unit, v)) for v in unit.drafts.all())


def _forgets_the_work(self: Intake, password: str) -> StationView:
    return self._gate.resume(password)


Path_ = tuple[Callable[[Desk], object], ...]
LEFT: Path_ = (lambda m: m.choose(), lambda m: m.type(name="测小宝"), lambda m: m.lock(why="asked"))
BACK: Path_ = (lambda m: m.come_back(password="of-clerk"),)
WRONG: Path_ = (lambda m: m.come_back(password="of-agent"),)
OTHER: Path_ = (lambda m: m.sign_in(login="agent"),)
MUTANTS: dict[str, tuple[type, str, Any, Path_]] = {
    "verbs work at a locked desk": (Gate, "clerk", property(_who_is_away), LEFT),
    "the work stays open behind the lock": (Intake, "lock", _lock_only, LEFT),
    "any password opens the desk": (Gate, "resume", _come_back_without_asking, (*LEFT, *WRONG)),
    "the next person finds the work open": (Intake, "sign_in", _forgets_to_clear, (*LEFT, *OTHER)),
    "drafts of everybody are offered": (Intake, "drafts", _everybodys_drafts, (*LEFT, *OTHER)),
    "coming back finds an empty desk": (Intake, "resume_work", _forgets_the_work, (*LEFT, *BACK)),
}


def walk(path: Path_) -> None:
    machine = Desk()
    try:
        for step in path:
            step(machine)
            machine.a_locked_desk_does_nothing()
            machine.nobody_sees_anothers_work_and_nothing_is_lost()
    finally:
        machine.teardown()


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_machine_notices_a_missing_guard(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, instead, path = MUTANTS[mutant]
    walk(path)
    monkeypatch.setattr(owner, name, instead)
    with pytest.raises(AssertionError):
        walk(path)


def test_lock_and_coming_back_are_in_the_audit_chain_with_their_cause(tmp_path: Path) -> None:
    whole = WholeDesk(tmp_path)
    desk = whole.open_up()
    desk.lock("idle")
    desk.lock("card")  # locked already: nothing happens twice
    desk.resume_work(PASSWORD)
    desk.lock("asked")
    desk.sign_in("supervisor", PASSWORD)
    with whole.unit() as unit:
        noted = [(e.actor, e.deed, e.note) for e in unit.audit.entries()[2:]]
    whole.close()
    assert noted == [
        ("clerk", Deed.LOCKED, "idle"),
        ("clerk", Deed.RESUMED, "password"),
        ("clerk", Deed.LOCKED, "asked"),
        ("supervisor", Deed.SIGNED_IN, "window 00 password"),
        ("clerk", Deed.SIGNED_OUT, "somebody else signed in"),
    ]
