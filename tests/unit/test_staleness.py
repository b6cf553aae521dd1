"""A station alone: warned early, then held to what binds nobody, whatever its clock says; one table, read over every verb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hall.database import open_database
from hall.staleness import set_staleness, staleness
from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import filled, received
from tests.unit.test_role_matrix import VERBS
from tests.unit.test_second_person import REFUSE
from wire.keys import new_private
from wire.signed import sign_reply
from wire.staleness import HIGH_RISK, RESTRICT, WARN, Limits, StalenessPolicy
from workstation.domain.approval import ProposalKind
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.staleness import HOLDS, Alone, Cause, Stage, judge
from workstation.services.alone import policy_of, take_policy
from workstation.services.counter import Counter
from workstation.sync.staleness import LimitsPuller

HOUR = timedelta(hours=1)
POLICY = StalenessPolicy(1, NOW, WARN, HIGH_RISK, RESTRICT)
# The verbs of the desk that bind the hall; every other one goes on however long the station is alone.
HELD = {
    "accept",
    "accept_case",
    "propose",
    "propose tolerance",
    "propose void",
    "propose reopening",
    "approve",
}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


# -- the judgement --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("alone", "stage", "cause"),
    [
        (Alone(None, 0, None), Stage.FRESH, Cause.NONE),
        (Alone(1.9 * HOUR, 119, 23 * HOUR), Stage.FRESH, Cause.NONE),
        (Alone(2 * HOUR, 0, None), Stage.WARNED, Cause.SILENT),
        (Alone(4 * HOUR, 0, None), Stage.HIGH_RISK, Cause.SILENT),  # X-Road's 14,400 s
        (Alone(120 * HOUR, 0, None), Stage.RESTRICTED, Cause.SILENT),  # MOSIP's five days
        (Alone(HOUR, 120, HOUR), Stage.WARNED, Cause.PENDING),
        (Alone(HOUR, 200, HOUR), Stage.RESTRICTED, Cause.PENDING),  # MOSIP's hundred packets, two steps each
        (Alone(HOUR, 1, 120 * HOUR), Stage.RESTRICTED, Cause.OLDEST),
        (Alone(3 * HOUR, 200, HOUR), Stage.RESTRICTED, Cause.PENDING),  # the furthest counts
    ],
)
def test_whichever_limit_is_passed_first_makes_the_stage(alone: Alone, stage: Stage, cause: Cause) -> None:
    found = judge(alone, POLICY)
    assert (found.stage, found.cause) == (stage, cause)


def test_a_warning_names_where_the_next_stage_begins() -> None:
    assert judge(Alone(3 * HOUR, 0, None), POLICY).next_at == 4.0
    assert judge(Alone(130 * HOUR, 0, None), POLICY).next_at == 0.0


def test_a_limit_of_zero_is_none() -> None:
    none = Limits(0.0, 0, 0.0)
    assert (
        judge(
            Alone(9999 * HOUR, 9999, 9999 * HOUR), replace(POLICY, warn=none, high_risk=none, restrict=none)
        ).stage
        is Stage.FRESH
    )


def test_the_table_holds_high_risk_earlier_and_nothing_that_it_does_not_list() -> None:
    for deed in Deed:
        for alone in (
            Alone(None, 0, None),
            Alone(3 * HOUR, 0, None),
            Alone(5 * HOUR, 0, None),
            Alone(200 * HOUR, 0, None),
        ):
            stale = judge(alone, POLICY)
            listed = deed in HOLDS
            assert stale.holds(deed, high_risk=True) is (
                listed and stale.stage in {Stage.HIGH_RISK, Stage.RESTRICTED}
            )
            assert stale.holds(deed, high_risk=False) is (listed and stale.stage is Stage.RESTRICTED)


# -- every verb of the desk -------------------------------------------------------------------------------
def alone_for(whole: WholeDesk, hours: float) -> None:
    """The hall falls silent for so long, seen from the counter's own clock."""
    whole.hall.down = True
    whole.clock.at += timedelta(hours=hours)


def in_hand(whole: WholeDesk) -> tuple[Counter, str, str]:
    """A case that waits for its acceptance, and a proposal over it."""
    desk = received(whole)
    shown = desk.visit()
    assert shown is not None
    return desk, shown.case, desk.propose(shown.case, REFUSE).id


def test_a_station_alone_for_days_refuses_just_what_the_table_holds(whole: WholeDesk) -> None:
    desk, case, proposal = in_hand(whole)
    real: dict[str, Callable[[], object]] = {
        "accept_case": lambda: desk.accept_case(case),
        "approve": lambda: desk.approve(proposal, "", "supervisor", PASSWORD),
        "propose": lambda: desk.propose(case, REFUSE),
        "propose tolerance": lambda: desk.propose(case, replace(REFUSE, kind=ProposalKind.TOLERATE)),
        "propose void": lambda: desk.propose(case, replace(REFUSE, kind=ProposalKind.VOID)),
        "propose reopening": lambda: desk.propose(case, replace(REFUSE, kind=ProposalKind.REOPEN)),
    }
    with whole.unit() as unit:  # who may sign in is another question, with a limit of its own
        staff = unit.station.staff_list()
        assert staff is not None
        unit.station.take_staff(replace(staff, policy=replace(staff.policy, sign_in_days=99)))
        unit.commit()
    alone_for(whole, 121)
    desk.resume(case)
    # First those that are held: the others put the visit away.
    for verb in sorted(VERBS, key=lambda each: each not in HELD):
        found = None
        try:
            (real[verb] if verb in real else lambda verb=verb: VERBS[verb][1](desk))()
        except Refused as refused:
            found = refused.failure
        except (AttributeError, TypeError):
            pass  # What was asked of it here is nonsense on purpose.
        assert (found is Failure.STATION_STALE) is (verb in HELD), verb


def test_receiving_goes_on_and_the_slip_is_provisional(whole: WholeDesk) -> None:
    desk = filled(whole)
    whole.clock.at += timedelta(hours=121)  # the line is up all the while, and nothing gets through it
    view, _ = desk.receive()
    assert view.receipt_no is not None
    with whole.unit() as unit:
        assert unit.cases.get(view.case).offline
    assert desk.link().alone.stage is Stage.RESTRICTED


def test_a_clock_that_is_set_back_makes_nothing_fresher(whole: WholeDesk) -> None:
    desk, case, _ = in_hand(whole)
    alone_for(whole, 121)
    desk.try_now()  # any deed leaves its time in the chain
    whole.clock.at -= timedelta(hours=120)
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is Failure.STATION_STALE
    assert desk.link().alone.stage is Stage.RESTRICTED


def test_hearing_the_hall_ends_it(whole: WholeDesk) -> None:
    desk, case, _ = in_hand(whole)
    alone_for(whole, 121)
    assert desk.link().alone.stage is Stage.RESTRICTED
    with whole.unit() as unit:
        staff = unit.station.staff_list()
        assert staff is not None
        unit.station.take_staff(replace(staff, issued_at=whole.clock.at))
        for waiting in unit.outbox.waiting_items():
            unit.outbox.set_aside(waiting.envelope.subject)
        unit.commit()
    assert desk.link().alone.stage is Stage.FRESH
    whole.hall.down = False
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is not Failure.STATION_STALE


def test_an_item_of_high_risk_is_held_after_hours_and_the_others_after_days(whole: WholeDesk) -> None:
    desk, case, _ = in_hand(whole)
    alone_for(whole, 5)
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is Failure.HALL_UNREACHABLE
    catalogue = whole.catalogues.current()
    items = {key: replace(item, risk="high") for key, item in catalogue.items.items()}
    whole.catalogues._held = [replace(catalogue, items=items)]
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is Failure.STATION_STALE
    assert caught.value.details["stage"] == "high_risk"


def test_the_shipped_catalogue_marks_items_of_high_risk() -> None:
    from tests.fakes.counter import shipped_catalogue

    high = {item.id for item in shipped_catalogue().items.values() if item.risk == "high"}
    assert {"company-registration", "housing-fund-settlement"} <= high
    assert len(high) < len(shipped_catalogue().items)


# -- the hall's limits --------------------------------------------------------------------------------------
def test_limits_are_taken_when_the_hall_signed_them_and_never_older_ones(whole: WholeDesk) -> None:
    whole.open_up()
    me = an_enrolment(HALL_KEY, DEVICE_KEY)
    said = sign_reply(
        replace(
            POLICY,
            number=7,
            restrict=Limits(1.0, 0, 0.0),
            warn=Limits(0.0, 0, 0.0),
            high_risk=Limits(0.0, 0, 0.0),
        ),
        HALL_KEY,
    )

    class Hall:
        policy = said

        def staleness(self) -> StalenessPolicy:
            return self.policy

    hall = Hall()
    clock = [NOW]

    def take(policy: StalenessPolicy) -> bool:
        return take_policy(policy, open_unit=whole.unit, clock=whole.clock)

    def carry() -> None:
        clock[0] += timedelta(hours=1)
        LimitsPuller(hall, me, take, lambda: clock[0]).carry()

    carry()
    with whole.unit() as unit:
        assert policy_of(unit).number == 7
    hall.policy = sign_reply(replace(said, number=6), HALL_KEY)
    carry()
    with whole.unit() as unit:
        assert policy_of(unit) == said
    hall.policy = sign_reply(replace(said, number=9), new_private())
    with pytest.raises(Refused) as caught:
        carry()
    assert caught.value.failure is Failure.HALL_ANSWER_UNTRUSTED
    assert whole.desk.link().alone.stage is Stage.FRESH
    whole.clock.at += 2 * HOUR
    assert whole.desk.link().alone.stage is Stage.RESTRICTED


def test_a_hall_does_not_set_a_warning_that_comes_after_what_it_warns_of(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        first = staleness(db)
        assert (first.warn, first.restrict) == (WARN, RESTRICT)
        with pytest.raises(ValueError, match="before"):
            set_staleness(db, replace(first, warn=Limits(200.0, 10, 10.0)))
        changed = set_staleness(db, replace(first, restrict=Limits(72.0, 200, 120.0)))
        assert changed.number == first.number + 1
        assert staleness(db).restrict.silent_hours == 72.0
    engine.dispose()
