"""What the same person gave before: offered by name, taken over with consent, never of somebody else and never silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from catalogue.model import EARLIER
from tests.fakes.card_reader import FATHER, MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.scans import attach, pdf, png
from wire.messages import MaterialHow, Origin
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity
from workstation.services.counter import Counter
from workstation.services.views import FieldView, VisitView

ADDRESS = "广州市越秀区测试路1号101房"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    """The mother has been here once, for the registration of births."""
    desk = whole.open_up()
    _sit_down(whole, MOTHER)
    desk.choose("birth-plan-registration")
    for key, typed in {
        "child.order": "第一孩",
        "contact.address": ADDRESS,
        "contact.phone": "13800000000",
    }.items():
        desk.answer(key, typed)
    desk.receive()
    desk.drop_visit()
    whole.clock.at += timedelta(days=30)
    return desk


def _sit_down(whole: WholeDesk, who: Identity) -> VisitView:
    whole.cards.take_out()
    whole.cards.put_in(who)
    return whole.desk.take_person(whole.desk.read_card())


def _field(view: VisitView, key: str) -> FieldView:
    return next(f for s in view.sections for f in s.fields if f.key == key)


def test_what_was_given_before_is_offered_by_name_and_not_filled(whole: WholeDesk, desk: Counter) -> None:
    _sit_down(whole, MOTHER)
    view = desk.choose("senior-card-first")
    assert view.earlier is not None
    assert {name.zh for name in view.earlier.data} == {"居住地址", "联系电话"}
    assert _field(view, "contact.phone").value == ""
    assert "13800000000" not in repr(view)


def test_with_consent_it_is_taken_over_and_says_where_it_is_from(whole: WholeDesk, desk: Counter) -> None:
    _sit_down(whole, MOTHER)
    desk.choose("senior-card-first")
    view = desk.reuse()
    phone = _field(view, "contact.phone")
    assert (phone.value, phone.origin) == ("13800000000", Origin.EARLIER_CASE)
    assert phone.shown != phone.value  # masked, as everything that came by itself
    assert view.earlier is None
    with whole.unit() as unit:
        consents = [entry for entry in unit.audit.entries() if entry.deed is Deed.REUSED]
    assert len(consents) == 1
    assert consents[0].note.startswith("440104")


def test_it_can_be_changed_freely(whole: WholeDesk, desk: Counter) -> None:
    _sit_down(whole, MOTHER)
    desk.choose("senior-card-first")
    desk.reuse()
    view = desk.answer("contact.phone", "13900000000")
    assert _field(view, "contact.phone").origin is Origin.TYPED


def test_nothing_of_somebody_else_is_offered(whole: WholeDesk, desk: Counter) -> None:
    _sit_down(whole, FATHER)
    assert desk.choose("senior-card-first").earlier is None
    with pytest.raises(Refused) as refused:
        desk.reuse()
    assert refused.value.failure is Failure.STEP_NOT_ALLOWED


def test_who_was_typed_in_is_offered_nothing(whole: WholeDesk, desk: Counter) -> None:
    whole.cards.take_out()
    desk.type_person(MOTHER.name, MOTHER.id_no)
    assert desk.choose("senior-card-first").earlier is None


def test_what_is_too_old_is_not_offered(whole: WholeDesk, desk: Counter) -> None:
    whole.clock.at += timedelta(days=800)
    _sit_down(whole, MOTHER)
    assert desk.choose("birth-plan-registration").earlier is None


def test_a_datum_that_a_check_will_fill_is_not_offered(whole: WholeDesk, desk: Counter) -> None:
    _sit_down(whole, MOTHER)
    desk.choose("senior-card-first")
    desk.reuse()
    view = desk.answer("applicant.residence_ground", "持有效居住证")
    assert view.earlier is None  # the permit's number comes from its register


def test_a_scan_is_used_again_while_its_grade_allows(whole: WholeDesk, desk: Counter, tmp_path: Path) -> None:
    _sit_down(whole, MOTHER)
    desk.choose("senior-card-first")
    scan = tmp_path / "photo.png"
    scan.write_bytes(png())
    desk.reuse()
    desk.answer("applicant.card_type", "2")
    attach(desk, "photo_small", scan)
    whole.check_all()
    desk.receive()
    desk.drop_visit()
    whole.clock.at += timedelta(days=100)
    _sit_down(whole, MOTHER)
    view = desk.choose("senior-card-first")
    assert view.earlier is not None
    assert [name.zh for name in view.earlier.papers] == ["小一寸白底照片（近三个月）"]
    taken = desk.reuse()
    [photo] = [m for m in taken.materials if m.id == "photo_small"]
    assert (photo.how, photo.scans) == (MaterialHow.SCANNED, 1)
    # Grade B is good for a year.
    desk.drop_visit()
    whole.clock.at += timedelta(days=300)
    _sit_down(whole, MOTHER)
    later = desk.choose("senior-card-first")
    assert later.earlier is not None
    assert later.earlier.papers == ()


def test_a_scan_is_offered_only_where_the_item_takes_an_earlier_one(
    whole: WholeDesk, desk: Counter, tmp_path: Path
) -> None:
    _sit_down(whole, MOTHER)
    desk.choose("senior-card-first")
    for key, typed in {"applicant.card_type": "2", "applicant.household_address": ADDRESS}.items():
        desk.answer(key, typed)
    desk.reuse()
    scan = tmp_path / "photo.pdf"
    scan.write_bytes(pdf())
    attach(desk, "photo_small", scan)
    desk.receive()
    desk.drop_visit()
    _sit_down(whole, MOTHER)
    offered = desk.choose("senior-card-first").earlier
    assert offered is not None
    assert [name.zh for name in offered.papers] == ["小一寸白底照片（近三个月）"]
    desk.drop_visit()
    base = whole.catalogues.current()
    item = base.items["senior-card-first"]
    strict = tuple(
        replace(m, replaced_by=tuple(by for by in m.replaced_by if by != EARLIER)) for m in item.materials
    )
    items = {**base.items, item.id: replace(item, materials=strict)}
    whole.catalogues.publish(replace(base, items=items, version="strict"))
    _sit_down(whole, MOTHER)
    offered = desk.choose("senior-card-first").earlier
    assert offered is None or offered.papers == ()
