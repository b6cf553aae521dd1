"""Bundles whose members are chosen: by answers, by hand, each with its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.model import Field
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from wire.codec import decode
from wire.messages import CaseReceived
from workstation.domain.failures import Failure, Refused
from workstation.forms.model import Problem
from workstation.services.counter import Counter
from workstation.services.views import VisitView


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    return desk


def _names(view: VisitView) -> set[str]:
    return {name.zh for name in view.items}


def _keys(view: VisitView) -> set[str]:
    return {f.key for s in view.sections for f in s.fields}


def test_answers_choose_the_members(desk: Counter) -> None:
    view = desk.choose("after-death")
    assert {"驾驶证注销", "公积金账户销户提取", "养老待遇终止和丧葬抚恤申领"} <= _names(view)
    view = desk.answer("deceased.had_licence", "否")
    assert "驾驶证注销" not in _names(view)
    view = desk.answer("deceased.retired", "否")
    assert "养老待遇终止和丧葬抚恤申领" not in _names(view)
    # The question stays: whoever answered it may have been wrong.
    assert {"deceased.retired", "deceased.had_licence"} <= _keys(view)
    view = desk.answer("deceased.retired", "是")
    assert "养老待遇终止和丧葬抚恤申领" in _names(view)


def test_an_optional_member_is_left_out_by_hand_and_taken_in_again(desk: Counter) -> None:
    before = desk.choose("after-death")
    options = {member.item: member for member in before.optional}
    assert options["housing-fund-settlement"].wanted
    without = desk.set_member("housing-fund-settlement", wanted=False)
    assert "公积金账户销户提取" not in _names(without)
    again = desk.set_member("housing-fund-settlement", wanted=True)
    assert _names(again) == _names(before)
    with pytest.raises(Refused) as refused:
        desk.set_member("household-cancellation", wanted=False)
    assert refused.value.failure is Failure.STEP_NOT_ALLOWED


def test_what_was_typed_for_a_member_left_out_is_kept(desk: Counter) -> None:
    desk.choose("after-death")
    desk.answer("payment.holder", "测试一")
    for item in ("housing-fund-settlement",):
        desk.set_member(item, wanted=False)
    view = desk.set_member("housing-fund-settlement", wanted=True)
    assert next(f.value for s in view.sections for f in s.fields if f.key == "payment.holder") == "测试一"


def test_the_senior_card_joins_the_bundle_only_with_the_age(desk: Counter) -> None:
    view = desk.choose("disability")
    # The holder of the card was born in 1899: the card is offered, and taken in.
    assert "广州市老年人优待卡首次申领" in _names(view)
    young = desk.answer("applicant.birth_date", "20200101", "测试")
    assert "广州市老年人优待卡首次申领" not in _names(young)
    assert not {m.item: m for m in young.optional}["senior-card-first"].possible


def test_a_member_starts_when_what_it_waits_for_is_there_and_a_withdrawn_one_holds_nobody_up(
    whole: WholeDesk, desk: Counter
) -> None:
    desk.choose("after-death")
    for key, typed in {
        "deceased.name": "测试五",
        "deceased.id_no": "440100189001010016",
        "deceased.death_date": "20261101",
        "deceased.relation": "子女",
        "deceased.retired": "否",
        "deceased.had_licence": "否",
        "deceased.had_fund": "否",
        "contact.phone": "13800000000",
        "payment.account": "6212000000000000000",
        "payment.holder": "测试一",
    }.items():
        desk.answer(key, typed)
    desk.set_member("allowance-stop", wanted=False)
    ready = desk.see_original("death_certificate", seen=True)
    assert [gap for gap in ready.gaps if gap.place.value == "form"] == []
    whole.hall.down = False
    desk.receive()
    with whole.unit() as unit:
        body = decode(CaseReceived, unit.outbox.due(whole.clock.at, 9)[0].envelope.body)
    assert {order.item: order.after for order in body.sub_cases} == {
        "household-cancellation": (),
        "medical-account-settlement": ("household-cancellation",),
    }


def test_a_member_that_is_only_offered_is_in_when_it_is_taken(desk: Counter) -> None:
    view = desk.choose("newborn")
    assert _names(view) == {"出生登记", "城乡居民医保参保（新生儿）", "社保卡申领（新生儿）"}
    assert [m.wanted for m in view.optional] == [False] * 5
    more = desk.set_member("medical-insurance-payment", wanted=True)
    assert "城乡居民医保缴费登记" in _names(more)
    assert {p.item.zh: [a.zh for a in p.after] for p in more.promises}["城乡居民医保缴费登记"] == [
        "城乡居民医保参保（新生儿）"
    ]


def test_items_that_contradict_each_other_are_named(whole: WholeDesk, desk: Counter) -> None:
    base = whole.catalogues.current()
    items = dict(base.items)
    for name, bank in (("medical-insurance-newborn", "102"), ("social-security-card-newborn", "105")):
        kept = tuple(f for f in items[name].fields if f.element != "card.bank")
        items[name] = replace(items[name], fields=(*kept, Field("card.bank", choices=(bank,))))
    whole.catalogues.publish(replace(base, items=items, version="contrary"))
    told = [gap.label.zh for gap in desk.choose("newborn").gaps if gap.problem is Problem.CONFLICT]
    assert told == ["参保与社保卡 · 服务银行（城乡居民医保参保（新生儿）、社保卡申领（新生儿））"]


def test_the_form_says_which_situation_the_answers_led_to(desk: Counter) -> None:
    assert [name.zh for name in desk.choose("senior-card-first").situations] == ["本市户籍"]
    assert [name.zh for name in desk.answer("applicant.residence_ground", "2").situations] == ["持有效居住证"]
