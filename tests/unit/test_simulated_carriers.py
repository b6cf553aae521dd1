"""The simulated partners keep custody in one chain, whatever becomes of an order."""

from __future__ import annotations

from datetime import date, timedelta

from hall.demo.carriers import Partner
from wire.carriers import CarrierOrder
from wire.delivery import DeliveryState

_FAR = date.today() + timedelta(days=30)  # noqa: DTZ011 - the simulator looks at the day of its own machine


def an_order(last_day: date = _FAR) -> CarrierOrder:
    return CarrierOrder("o", "BAG1", "演示街道", "测试老人", "138", "", "s", last_day)


def walk(partner: Partner, until: DeliveryState, most: int = 12) -> list[DeliveryState]:
    seen = []
    for _ in range(most):
        answer = partner.look("o")
        assert answer is not None
        seen.append(answer.state)
        if answer.state is until:
            return seen
    raise AssertionError(seen)


def test_an_order_told_twice_is_one() -> None:
    partner = Partner("locker")
    first, second = partner.take(an_order()), partner.take(an_order())
    assert first is not None
    assert second is not None
    assert first.number == second.number
    assert partner.look("nobody's") is None


def test_what_nobody_fetches_goes_back_and_the_chain_ends_where_it_began() -> None:
    partner = Partner("locker")
    partner.take(an_order(date.today() - timedelta(days=1)))  # noqa: DTZ011 - as above
    assert DeliveryState.EXPIRED in walk(partner, DeliveryState.RETURNED)
    answer = partner.look("o")
    assert answer is not None
    assert answer.custody[0].giver == answer.custody[-1].taker == "演示街道"
    assert answer.code == ""


def test_a_code_is_there_only_while_the_box_is() -> None:
    partner = Partner("locker")
    taken = partner.take(an_order())
    assert taken is not None
    assert taken.code == ""
    walk(partner, DeliveryState.IN_THE_BOX)
    there = partner.look("o")
    assert there is not None
    assert len(there.code) == 6
    walk(partner, DeliveryState.DELIVERED)
    over = partner.look("o")
    assert over is not None
    assert (over.code, over.taken_by) == ("", "测试老人")
    assert partner.recall("o") == over  # what somebody has is not called back
