"""Who may sit down: the lock after five failures, the age of the list of staff, clocks that are set back, lists that are held back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD, STAFF, account
from tests.fakes.store import FakeStore
from wire.keys import new_private, public_of
from wire.messages import Role, StaffAccount, StaffList, StaffPolicy
from wire.signed import reply_is_genuine, sign_reply
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.security.passwords import Argon2Passwords
from workstation.services.credentials import Given, check_password, days_left
from workstation.services.ports import OpenUnit
from workstation.services.take_staff import take_staff
from workstation.services.views import StationStep
from workstation.storage.database import open_store
from workstation.sync.staff import LOOK_EVERY, StaffPuller

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def staff_list(number: int = 1, at: datetime = NOW, people: tuple[StaffAccount, ...] = STAFF) -> StaffList:
    return StaffList("440104", number, at, StaffPolicy(), people, "")


@pytest.fixture
def open_unit() -> OpenUnit:
    store = FakeStore()
    enrol(store.unit)
    return store.unit


def enrol(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.station.enrol("http://hall", an_enrolment(HALL_KEY, DEVICE_KEY), DEVICE_KEY)
        unit.station.take_staff(staff_list())
        unit.station.saw_time(NOW)
        unit.commit()


def attempt(
    open_unit: OpenUnit, at: datetime, password: str = PASSWORD, login: str = "clerk"
) -> Failure | None:
    try:
        check_password(Given(login, password), open_unit=open_unit, passwords=Argon2Passwords(), now=at)
    except Refused as refused:
        return refused.failure
    return None


# -- the lock after five failures ------------------------------------------------------------------------
def test_lock_after_five_failures_holds_whatever_the_clock_says(open_unit: OpenUnit) -> None:
    for second in range(5):
        assert attempt(open_unit, NOW + timedelta(seconds=second), "wrong") is Failure.SIGN_IN_REFUSED
    at = NOW + timedelta(seconds=5)
    assert attempt(open_unit, at) is Failure.SIGN_IN_LOCKED
    assert attempt(open_unit, at - timedelta(minutes=5)) is Failure.SIGN_IN_LOCKED  # a little back
    assert attempt(open_unit, at - DAY) is Failure.CLOCK_SET_BACK  # far back
    assert attempt(open_unit, at + timedelta(minutes=16)) is None


def test_one_more_failure_after_the_lock_locks_again(open_unit: OpenUnit) -> None:
    for _ in range(5):
        attempt(open_unit, NOW, "wrong")
    later = NOW + timedelta(minutes=16)
    assert attempt(open_unit, later, "wrong") is Failure.SIGN_IN_REFUSED
    assert attempt(open_unit, later + timedelta(minutes=1)) is Failure.SIGN_IN_LOCKED


def test_the_lock_survives_a_restart(tmp_path: Path) -> None:
    for restart in range(5):
        store = open_store(tmp_path / "station.db", bytes(32))
        if not restart:
            enrol(store.unit)
        assert attempt(store.unit, NOW, "wrong") is Failure.SIGN_IN_REFUSED
        store.close()
    store = open_store(tmp_path / "station.db", bytes(32))
    assert attempt(store.unit, NOW) is Failure.SIGN_IN_LOCKED
    store.close()


def test_failures_of_one_lock_nobody_else(open_unit: OpenUnit) -> None:
    for _ in range(5):
        attempt(open_unit, NOW, "wrong")
    assert attempt(open_unit, NOW, login="supervisor") is None


# -- the age of the list ---------------------------------------------------------------------------------
def test_a_list_that_is_too_old_lets_nobody_in_and_warns_before(open_unit: OpenUnit) -> None:
    left = []
    for days in range(7):
        with open_unit() as unit:
            left.append(days_left(unit, NOW + days * DAY))
    assert left == [5, 4, 3, 2, 1, 0, -1]
    assert attempt(open_unit, NOW + 5 * DAY - HOUR) is None
    assert attempt(open_unit, NOW + 5 * DAY + HOUR) is Failure.STAFF_LIST_OLD


def test_a_clock_that_is_set_back_makes_no_list_younger(open_unit: OpenUnit) -> None:
    attempt(open_unit, NOW + 4 * DAY)
    assert attempt(open_unit, NOW) is Failure.CLOCK_SET_BACK


def test_the_halls_time_mends_a_clock_that_ran_ahead(open_unit: OpenUnit) -> None:
    assert attempt(open_unit, NOW + 4 * DAY) is None
    assert attempt(open_unit, NOW + HOUR) is Failure.CLOCK_SET_BACK
    take_staff(staff_list(1, NOW + HOUR), open_unit=open_unit, clock=lambda: NOW + HOUR)
    assert attempt(open_unit, NOW + HOUR) is None


def test_the_same_list_heard_again_is_fresh_again(open_unit: OpenUnit) -> None:
    assert not take_staff(staff_list(1, NOW + 4 * DAY), open_unit=open_unit, clock=lambda: NOW + 4 * DAY)
    assert attempt(open_unit, NOW + 8 * DAY) is None


# -- lists that are held back, forged, for another station ---------------------------------------------------
def test_an_older_list_is_refused_and_noted(open_unit: OpenUnit) -> None:
    fewer = staff_list(2, NOW + HOUR, STAFF[1:])
    assert take_staff(fewer, open_unit=open_unit, clock=lambda: NOW + HOUR)
    rolled_back = staff_list(1, NOW + 2 * HOUR)
    assert not take_staff(rolled_back, open_unit=open_unit, clock=lambda: NOW + 2 * HOUR)
    replayed = replace(fewer, issued_at=NOW)
    assert not take_staff(replayed, open_unit=open_unit, clock=lambda: NOW + 2 * HOUR)
    with open_unit() as unit:
        assert unit.station.account("clerk") is None
        assert unit.station.staff_list() == fewer
        notes = [e.note for e in unit.audit.entries() if e.deed is Deed.STAFF_TAKEN]
    assert notes == ["number 2", "refused 1"]


class Source:
    def __init__(self, said: StaffList) -> None:
        self.said = said
        self.asked = 0

    def staff_list(self) -> StaffList:
        self.asked += 1
        return self.said


def puller(
    said: StaffList, taken: list[StaffList], clock: list[datetime]
) -> tuple[StaffPuller, Source, list[int]]:
    source, told = Source(said), [0]

    def take(staff: StaffList) -> bool:
        taken.append(staff)
        return True

    def tell() -> None:
        told[0] += 1

    made = StaffPuller(source, an_enrolment(HALL_KEY, DEVICE_KEY), take, tell, lambda: clock[0])
    return made, source, told


def test_a_list_is_believed_only_when_the_hall_signed_it_for_this_station() -> None:
    taken: list[StaffList] = []
    good = sign_reply(staff_list(), HALL_KEY)
    assert reply_is_genuine(good, public_of(HALL_KEY))
    for bad in (
        staff_list(),
        sign_reply(staff_list(), new_private()),
        replace(good, accounts=good.accounts[:1]),
        replace(good, policy=StaffPolicy(sign_in_days=99)),
        sign_reply(replace(staff_list(), station="440199"), HALL_KEY),
    ):
        with pytest.raises(Refused) as refused:
            puller(bad, taken, [NOW])[0].carry()
        assert refused.value.failure is Failure.HALL_ANSWER_UNTRUSTED
    assert taken == []
    made, _, told = puller(good, taken, [NOW])
    made.carry()
    assert (taken, told) == ([good], [1])


def test_the_puller_looks_now_and_then_and_a_clock_set_back_does_not_stop_it() -> None:
    clock = [NOW]
    made, source, _ = puller(sign_reply(staff_list(), HALL_KEY), [], clock)
    for at, asked in ((NOW, 1), (NOW + LOOK_EVERY / 2, 1), (NOW + LOOK_EVERY, 2), (NOW - DAY, 3)):
        clock[0] = at
        made.carry()
        assert source.asked == asked


# -- at the desk -------------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> WholeDesk:
    made = WholeDesk(tmp_path)
    made.open_up()
    return made


def change(whole: WholeDesk, people: tuple[StaffAccount, ...]) -> None:
    """The carrier brings a list while somebody works."""
    with whole.unit() as unit:
        held = unit.station.staff_list()
    assert held is not None
    newer = replace(held, number=held.number + 1, accounts=people)
    if take_staff(newer, open_unit=whole.unit, clock=whole.clock):
        whole.staff_news.count += 1


def test_a_removed_account_is_signed_out_at_once_and_leaves_nothing(whole: WholeDesk) -> None:
    whole.desk.choose("newborn")
    change(whole, STAFF[1:])
    with pytest.raises(Refused) as refused:
        whole.desk.cases()
    assert refused.value.failure is Failure.STEP_NOT_ALLOWED
    assert whole.desk.station().step is StationStep.SIGN_IN
    with pytest.raises(Refused) as refused:
        whole.desk.sign_in("clerk", PASSWORD)
    assert refused.value.failure is Failure.SIGN_IN_REFUSED
    whole.close()


def test_a_removed_account_does_not_come_back_to_a_locked_desk(whole: WholeDesk) -> None:
    whole.desk.lock("asked")
    change(whole, STAFF[1:])
    with pytest.raises(Refused):
        whole.desk.resume_work(PASSWORD)
    assert whole.desk.station().step is StationStep.SIGN_IN
    whole.close()


def test_a_login_that_now_belongs_to_somebody_else_is_signed_out(whole: WholeDesk) -> None:
    change(whole, (replace(account("clerk"), person="p-new"), *STAFF[1:]))
    assert whole.desk.station().step is StationStep.SIGN_IN
    whole.close()


def test_a_changed_role_holds_from_the_next_verb_on(whole: WholeDesk) -> None:
    whole.desk.choose("newborn")
    change(whole, (replace(account("clerk"), roles=(Role.AUDITOR,)), *STAFF[1:]))
    with pytest.raises(Refused) as refused:
        whole.desk.answer("child.name", "测小宝")
    assert refused.value.failure is Failure.ROLE_MISSING
    whole.close()


def test_the_strip_hears_of_a_list_that_ends_soon(whole: WholeDesk) -> None:
    assert whole.desk.link().staff_days_left is None
    whole.clock.at += 3 * DAY + HOUR
    assert whole.desk.link().staff_days_left == 1
    whole.clock.at += DAY
    assert whole.desk.link().staff_days_left == 0
    whole.close()
