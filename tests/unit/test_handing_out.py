"""代办 and 出件 at the real desk: who may act for whom, and a result that goes out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes import offices
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.people import AT, FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.unit.test_audit_first import decided, filled, in_a_community, received, taken_in
from wire.agency import Agency, Agent, Power, empowered
from wire.codec import decode
from wire.delivery import DeliveryMoved, DeliveryState, ResultCollected, Way
from wire.forwarding import CaseForwarded, PapersTaken
from wire.messages import CaseReceived, Change, ChangeKind, ChangePage, EventKind
from workstation.domain.case import CaseFlag, CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.views import CaseView

SELF = Taken(name=MOTHER_NAME, id_no=MOTHER_ID)
FATHER = Taken(name=FATHER_NAME, id_no=FATHER_ID)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def _case(desk: Counter) -> str:
    shown = desk.visit()
    assert shown is not None
    return shown.case


def told(whole: WholeDesk, kind: EventKind) -> list[str]:
    """The bodies of what is queued for the hall."""
    with whole.unit() as unit:
        waiting = unit.outbox.due(whole.clock.at, 999)
        return [each.envelope.body for each in waiting if each.envelope.kind is kind]


def refused(failure: Failure, desk: Counter, case: str, taken: Taken) -> None:
    with pytest.raises(Refused) as caught:
        desk.hand_out(case, taken)
    assert caught.value.failure is failure


# -- agents ----------------------------------------------------------------------------------------------
def test_agent_and_principal_are_both_told_and_kept(whole: WholeDesk) -> None:
    desk = filled(whole)
    view = desk.take_agency(offices.POWER)
    assert view.agency is not None
    assert "测试代办" not in view.agency.name
    case = _case(desk)
    desk.receive()
    (body,) = told(whole, EventKind.CASE_RECEIVED)
    said = decode(CaseReceived, body)
    assert said.applicant.name == MOTHER_NAME
    assert said.agent is not None
    assert said.agency is not None
    assert (said.agent.id_no, said.agency.agent.id_no) == (offices.AGENT[1], offices.AGENT[1])
    with whole.unit() as unit:
        kept = unit.cases.get(case)
    assert CaseFlag.PROXY in kept.flags
    assert kept.agency == said.agency


def test_the_power_that_was_printed_is_the_one_that_was_signed(whole: WholeDesk) -> None:
    desk = filled(whole)
    _, sheet = desk.print_power(offices.POWER)
    view = desk.take_agency(offices.POWER)
    assert view.agency is not None
    assert view.agency.sheet == sheet.serial


@pytest.mark.parametrize(
    ("what", "told_wrong"),
    [
        ("same_person", replace(offices.POWER, id_no=MOTHER_ID)),
        ("id_no", replace(offices.POWER, id_no="440100189502020029")),
        ("name", replace(offices.POWER, name=" ")),
        ("phone", replace(offices.POWER, phone="139")),
        ("relation", replace(offices.POWER, relation="99")),
        ("powers", replace(offices.POWER, powers=())),
        ("powers", replace(offices.POWER, powers=(Power.COLLECT,))),
        ("until", replace(offices.POWER, until=date(2026, 1, 1))),
        ("until", replace(offices.POWER, until=date(2030, 1, 1))),
    ],
)
def test_a_power_that_does_not_hold_is_not_taken(whole: WholeDesk, what: str, told_wrong: object) -> None:
    desk = filled(whole)
    with pytest.raises(Refused) as caught:
        desk.take_agency(told_wrong)  # type: ignore[arg-type]
    assert caught.value.failure is Failure.AGENCY_NOT_VALID
    assert caught.value.details["what"] == what


def test_an_item_that_wants_the_person_takes_no_agent(whole: WholeDesk) -> None:
    desk = whole.open_up()
    catalogue = whole.catalogues.current()
    item = replace(catalogue.items["senior-card-first"], proxy=False)
    whole.catalogues.publish(replace(catalogue, version="p", items={**catalogue.items, item.id: item}))
    desk.take_person(MOTHER)
    desk.choose(item.id)
    with pytest.raises(Refused) as caught:
        desk.take_agency(offices.POWER)
    assert caught.value.failure is Failure.PROXY_NOT_ALLOWED


def test_the_form_asks_nothing_of_the_agent_again(whole: WholeDesk) -> None:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("senior-card-first")
    view = desk.take_agency(offices.POWER)
    said = {field.key: field.value for section in view.sections for field in section.fields}
    assert said["agent.filing"] == "2"
    assert (said["agent.name"], said["agent.id_no"]) == offices.AGENT
    view = desk.drop_agency()
    assert "agent.name" not in {f.key for section in view.sections for f in section.fields}


def test_a_power_counts_for_its_days_and_powers() -> None:
    agent = Agent("代", "111", "1", "139", "2")
    at = offices.POWER.until
    power = Agency(agent, ("a",), (Power.SUBMIT,), at, at, "", "c", AT)
    assert empowered(power, Power.SUBMIT, at)
    assert empowered(power, Power.SUBMIT, at, "a")
    assert not empowered(power, Power.SUBMIT, at, "b")
    assert not empowered(power, Power.COLLECT, at)
    assert not empowered(power, Power.SUBMIT, at + timedelta(days=1))
    assert not empowered(power, Power.SUBMIT, at - timedelta(days=1))


# -- between offices -------------------------------------------------------------------------------------
def test_a_case_is_handed_on_once_with_its_sheet(whole: WholeDesk) -> None:
    desk = in_a_community(whole)
    case = _case(desk)
    view, sheet = desk.forward(case)
    again, none = desk.forward(case)
    assert sheet is not None
    assert none is None
    assert again.offices == view.offices
    (body,) = told(whole, EventKind.CASE_FORWARDED)
    said = decode(CaseForwarded, body)
    assert (said.to_station, said.sheet) == (offices.STREET, sheet.serial)
    assert {check.rule for check in said.checks} >= {"marriage"}
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is Failure.CASE_ELSEWHERE


def test_a_station_that_the_table_does_not_know_hands_nothing_on(whole: WholeDesk) -> None:
    desk = received(whole)
    with pytest.raises(Refused) as caught:
        desk.forward(_case(desk))
    assert caught.value.failure is Failure.OFFICE_UNKNOWN


def test_papers_are_taken_over_once_and_before_the_acceptance(whole: WholeDesk) -> None:
    desk = taken_in(whole)
    case = _case(desk)
    with pytest.raises(Refused) as caught:
        desk.accept_case(case)
    assert caught.value.failure is Failure.PAPERS_ON_THE_WAY
    desk.take_papers(case, Takeover(remark="齐"))
    desk.take_papers(case, Takeover(remark="又按一次"))
    (body,) = told(whole, EventKind.PAPERS_TAKEN)
    assert decode(PapersTaken, body).remark == "齐"
    assert desk.accept_case(case)[0].status is CaseStatus.ACCEPTED


# -- handing out -----------------------------------------------------------------------------------------
def test_nothing_is_handed_out_before_the_decision(whole: WholeDesk) -> None:
    desk = received(whole)
    refused(Failure.NOT_DECIDED, desk, _case(desk), SELF)


def test_a_result_is_handed_out_once_whoever_comes_after(whole: WholeDesk) -> None:
    desk = decided(whole)
    case = _case(desk)
    refused(Failure.RECEIVER_NOT_ENTITLED, desk, case, FATHER)
    refused(Failure.PERSON_NOT_VALID, desk, case, Taken(name=MOTHER_NAME, id_no="1"))
    view, sheet = desk.hand_out(case, SELF)
    assert view.status is CaseStatus.DELIVERED
    assert sheet is not None
    _, none = desk.hand_out(case, SELF)
    assert none is None
    refused(Failure.HANDED_OUT_ALREADY, desk, case, FATHER)
    (body,) = told(whole, EventKind.RESULT_COLLECTED)
    said = decode(ResultCollected, body)
    assert (said.sheet, said.receiver.id_no, said.agency) == (sheet.serial, MOTHER_ID, None)


def test_a_card_in_the_reader_proves_who_collects(whole: WholeDesk) -> None:
    desk = decided(whole)
    case = _case(desk)
    whole.cards.put_in(MOTHER)
    desk.hand_out(case, Taken(desk.read_card()))
    (body,) = told(whole, EventKind.RESULT_COLLECTED)
    assert decode(ResultCollected, body).receiver.proof == "card"


def test_the_power_of_the_receipt_lets_its_agent_collect_until_its_last_day(whole: WholeDesk) -> None:
    desk = filled(whole)
    desk.take_agency(offices.POWER)
    case = _case(desk)
    desk.receive()
    desk.accept()
    offices.decide(whole, case)
    agent = Taken(name=offices.AGENT[0], id_no=offices.AGENT[1])
    whole.never_stale()
    before = whole.clock.at
    whole.clock.at = before + timedelta(days=400)
    refused(Failure.RECEIVER_NOT_ENTITLED, desk, case, agent)
    whole.clock.at = before
    view, _ = desk.hand_out(case, agent)
    assert view.delivery is not None
    assert view.delivery.handed_out is not None
    assert view.delivery.handed_out.agent


def _ordered(whole: WholeDesk, way: Way = Way.COURIER) -> tuple[Counter, str, CaseView]:
    desk = decided(whole)
    case = _case(desk)
    view, _ = desk.order_delivery(case, DeliveryWish(way, address="广州市越秀区测试路1号"))
    return desk, case, view


def _moved(whole: WholeDesk, case: str, state: DeliveryState, rev: int, taken_by: str = "") -> None:
    with whole.unit() as unit:
        order = unit.cases.get(case).orders[-1].id
    offices.send_all(whole)
    said = DeliveryMoved(order, Way.COURIER, state, whole.clock.at, "快递", "K1", taken_by=taken_by)
    change = Change(case, rev, ChangeKind.DELIVERY_MOVED, offices.body(said))
    whole.take_page(ChangePage("epoch", (change,), f"epoch.{rev}", more=False))


def test_what_is_with_the_courier_is_not_handed_out_here_as_well(whole: WholeDesk) -> None:
    desk, case, view = _ordered(whole)
    assert view.status is CaseStatus.READY_FOR_PICKUP
    refused(Failure.RESULT_AWAY, desk, case, SELF)
    with pytest.raises(Refused) as caught:
        desk.order_delivery(case, DeliveryWish(Way.COUNTER))
    assert caught.value.failure is Failure.RESULT_AWAY
    _moved(whole, case, DeliveryState.DELIVERED, 90, taken_by=MOTHER_NAME)
    view = desk.case(case)
    assert view.status is CaseStatus.DELIVERED
    refused(Failure.HANDED_OUT_ALREADY, desk, case, SELF)


@pytest.mark.parametrize("state", [DeliveryState.RETURNED, DeliveryState.FAILED])
def test_what_came_back_or_was_not_taken_is_handed_out_at_the_window(
    whole: WholeDesk, state: DeliveryState
) -> None:
    desk, case, _ = _ordered(whole)
    desk.recall_delivery(case, "改到窗口")
    desk.recall_delivery(case, "又按一次")
    assert len(told(whole, EventKind.DELIVERY_RECALLED)) == 1
    _moved(whole, case, state, 90)
    assert desk.hand_out(case, SELF)[0].status is CaseStatus.DELIVERED


def test_a_way_that_the_items_do_not_offer_is_refused(whole: WholeDesk) -> None:
    desk = decided(whole)
    with pytest.raises(Refused) as caught:
        desk.order_delivery(_case(desk), DeliveryWish(Way.LOCKER))
    assert caught.value.failure is Failure.WAY_NOT_OFFERED


def test_ready_at_the_window_twice_is_one_deed_with_one_code(whole: WholeDesk) -> None:
    desk, case, view = _ordered(whole, Way.COUNTER)
    again, none = desk.order_delivery(case, DeliveryWish(Way.COUNTER))
    assert none is None
    assert view.delivery is not None
    assert again.delivery is not None
    assert view.delivery.order is not None
    assert view.delivery.order == again.delivery.order
    assert len(view.delivery.order.code) == 6
    assert len(told(whole, EventKind.DELIVERY_ORDERED)) == 1
    with pytest.raises(Refused) as caught:
        desk.recall_delivery(case, "")
    assert caught.value.failure is Failure.NOTHING_TO_RECALL
