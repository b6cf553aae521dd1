"""Level and window of an item: taken here, taken for its owner, or sent on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.model import CityWide, Route, Text
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from workstation.domain.failures import Failure, Refused

DISTRICT = Route("4", "1", Text("区政务中心", "District centre"))
STREET = Route("5", "1", Text("街道综合窗口", "Street counter"))
TYPED = {"child.order": "第一孩", "contact.address": "测试路1号", "contact.phone": "13800000000"}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def _offer(whole: WholeDesk, routing: tuple[Route, ...], city_wide: CityWide | None) -> None:
    catalogue = whole.catalogues.current()
    item = replace(catalogue.items["birth-plan-registration"], routing=routing, city_wide=city_wide)
    whole.catalogues.publish(replace(catalogue, version="r", items={**catalogue.items, item.id: item}))


@pytest.mark.parametrize(
    ("routing", "city_wide", "shown", "received"),
    [
        ((), None, (), True),
        ((STREET, DISTRICT), None, (), True),
        ((DISTRICT,), CityWide("city", "receive_for_owner"), ((("区政务中心",), True),), True),
        ((DISTRICT,), CityWide("city", "online"), ((("区政务中心",), False),), False),
        ((DISTRICT,), None, ((("区政务中心",), False),), False),
    ],
)
def test_a_street_counter_receives_what_is_its_own_or_what_it_takes_for_another(
    whole: WholeDesk,
    routing: tuple[Route, ...],
    city_wide: CityWide | None,
    shown: tuple[tuple[tuple[str, ...], bool], ...],
    received: bool,
) -> None:
    desk = whole.open_up()
    _offer(whole, routing, city_wide)
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    view = desk.choose("birth-plan-registration")
    assert tuple((tuple(w.zh for w in r.windows), r.received_here) for r in view.routes) == shown
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    if received:
        assert desk.receive()[0].receipt_no
        return
    with pytest.raises(Refused) as refused:
        desk.receive()
    assert refused.value.failure is Failure.WINDOW_ELSEWHERE
    assert desk.visit() is not None
