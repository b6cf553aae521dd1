"""The one form: whatever is chosen, each datum is asked once, nothing is lost, and order decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.load import load_catalogue
from catalogue.model import Catalogue, Condition, Element, Field, Kind, Material, Text
from tests.fakes.card_reader import FATHER, MOTHER
from wire.messages import (
    MaterialHow,
    NoticeGiven,
    Origin,
    Outcome,
    Party,
    VerificationQuery,
    VerificationReply,
)
from workstation import resources
from workstation.domain.answers import PRECEDENCE, Answer
from workstation.domain.verification import Check
from workstation.domain.visit import Paper, Visit
from workstation.forms.gaps import gaps, paper_state, progress
from workstation.forms.merge import merge
from workstation.forms.model import Form, GapPlace, Problem
from workstation.forms.prefill import card_subject, from_card, from_check, put
from workstation.forms.queries import ready_checks
from workstation.forms.values import canonical, citizen_id_problem, problem_of
from workstation.forms.visible import situations_in, visible_fields, wanted_materials
from workstation.services.fill_form import is_guarded
from workstation.services.receive_case import situation_on_wire

CATALOGUE = load_catalogue(resources.catalogue_dir())
ITEMS = sorted(CATALOGUE.items)
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
chosen = st.lists(st.sampled_from(ITEMS), min_size=1, unique=True)


def keys(form: Form) -> list[str]:
    return [field.element.key for _, fields in form.sections for field in fields]


# -- merge -----------------------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None)
@given(chosen)
def test_nothing_is_asked_twice_and_everything_is_asked(items: list[str]) -> None:
    form = merge(CATALOGUE, items)
    asked = keys(form)
    assert len(asked) == len(set(asked))
    assert set(asked) == {field.element for item in items for field in CATALOGUE.items[item].fields}
    papers = [entry.material.id for entry in form.materials]
    assert len(papers) == len(set(papers))
    assert set(papers) == {m.id for item in items for m in CATALOGUE.items[item].materials}
    checks = [check.rule.id for check in form.checks]
    assert len(checks) == len(set(checks))
    assert set(checks) == {rule.id for item in items for rule in CATALOGUE.items[item].verifications}


@settings(max_examples=60, deadline=None)
@given(chosen, st.randoms())
def test_the_order_in_which_items_are_chosen_decides_nothing(items: list[str], chance: object) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = merge(CATALOGUE, items), merge(CATALOGUE, shuffled)
    assert keys(one) == keys(other)
    assert [section.id for section, _ in one.sections] == [section.id for section, _ in other.sections]
    assert [entry.material for entry in one.materials] == [entry.material for entry in other.materials]
    assert [check.rule for check in one.checks] == [check.rule for check in other.checks]
    for key in keys(one):
        a, b = one.field(key), other.field(key)
        assert (set(a.used_by), set(a.required_by), a.when, a.default) == (
            set(b.used_by),
            set(b.required_by),
            b.when,
            b.default,
        )


@settings(max_examples=60, deadline=None)
@given(chosen)
def test_what_any_item_requires_the_form_requires(items: list[str]) -> None:
    form = merge(CATALOGUE, items)
    for item in items:
        for field in CATALOGUE.items[item].fields:
            assert (item in form.field(field.element).required_by) == field.required
            assert item in form.field(field.element).used_by


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ITEMS), min_size=2, unique=True))
def test_dropping_an_item_drops_exactly_its_own_fields(items: list[str]) -> None:
    whole, rest = merge(CATALOGUE, items), merge(CATALOGUE, items[1:])
    others = {field.element for item in items[1:] for field in CATALOGUE.items[item].fields}
    assert set(keys(whole)) - set(keys(rest)) == set(keys(whole)) - others
    assert [key for key in keys(whole) if key in others] == keys(rest)


def test_the_sections_come_in_the_order_of_the_talk() -> None:
    form = merge(CATALOGUE, ITEMS)
    order = [section.id for section in CATALOGUE.sections]
    shown = [section.id for section, _ in form.sections]
    assert shown == [section for section in order if section in shown]


def test_the_same_items_twice_are_the_same_form() -> None:
    assert merge(CATALOGUE, ["birth-registration"] * 2) == merge(CATALOGUE, ["birth-registration"])


# -- visibility ------------------------------------------------------------------------------------------
def test_a_field_shows_only_while_its_condition_holds() -> None:
    form = merge(CATALOGUE, ["birth-registration"])

    def shown(values: dict[str, str]) -> set[str]:
        return {field.element.key for field in visible_fields(form, values, TODAY)}

    by_post = shown({"delivery.mode": "2"}) - shown({"delivery.mode": "1"})
    assert by_post == {"delivery.address", "delivery.postcode"}
    assert wanted_materials(form, {}, TODAY)


# -- values ----------------------------------------------------------------------------------------------
def element(kind: Kind, **more: object) -> Element:
    made: dict[str, object] = {"key": "child.x", "label": Text("甲", "a"), "kind": kind, "section": "child"}
    return Element(**{**made, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "value", "problem"),
    [
        (Kind.CITIZEN_ID, "440100 18990101 002x", "44010018990101002X", None),
        (Kind.CITIZEN_ID, "４４０１００１８９９０１０１００２Ｘ", "44010018990101002X", None),
        (Kind.CITIZEN_ID, "440100189901010021", "440100189901010021", Problem.ID_CHECK),
        (Kind.CITIZEN_ID, "440100189902290019", "440100189902290019", Problem.ID_DATE),
        (Kind.CITIZEN_ID, "4401", "4401", Problem.ID_LENGTH),
        (Kind.DATE, "20260105", "2026-01-05", None),
        (Kind.DATE, "2026年1月5日", "2026-01-05", None),
        (Kind.DATE, "2026-1-5", "2026-01-05", None),
        (Kind.DATE, "20260230", "2026-02-30", Problem.DATE_IMPOSSIBLE),
        (Kind.DATE, "昨天", "昨天", Problem.DATE_FORM),
        (Kind.PHONE, "138 0000-0000", "13800000000", None),
        (Kind.PHONE, "020-38000000", "02038000000", None),
        (Kind.PHONE, "1380000", "1380000", Problem.PHONE_FORM),
        (Kind.NAME, " 阿依古丽•买买提 ", "阿依古丽·买买提", None),
        (Kind.NAME, "测〇", "测〇", None),
        (Kind.NAME, "测试1", "测试1", Problem.CHARACTERS),
        (Kind.NAME, "测\u202e试", "测\u202e试", Problem.CHARACTERS),
        (Kind.BIRTH_CERTIFICATE_NO, "t440000123", "T440000123", None),
        (Kind.BIRTH_CERTIFICATE_NO, "TT44000012", "TT44000012", Problem.CERTIFICATE_FORM),
        (Kind.DIVISION, "440104", "440104", None),
        (Kind.DIVISION, "4401", "4401", Problem.DIVISION_FORM),
        (Kind.POSTCODE, "51003", "51003", Problem.NUMBER_FORM),
        (Kind.BANK_ACCOUNT, "6222 0000 0000 0000", "6222000000000000", None),
        (Kind.BANK_ACCOUNT, "12ab", "12AB", Problem.ACCOUNT_FORM),
        (Kind.PHOTO, "holiday.jpg", "holiday.jpg", Problem.PHOTO_FORM),
        (Kind.ADDRESS, "x" * 51, "x" * 51, Problem.TOO_LONG),
    ],
)
def test_what_is_typed_is_tidied_and_judged(
    kind: Kind, typed: str, value: str, problem: Problem | None
) -> None:
    made = element(kind)
    assert canonical(made, typed, {}) == value
    assert problem_of(made, value, {}, TODAY) is problem


def test_a_birth_that_lies_ahead_is_a_mistake_and_another_date_is_not() -> None:
    ahead = "2026-11-24"
    born, other = element(Kind.DATE, key="child.birth_date"), element(Kind.DATE, key="insurance.start")
    assert problem_of(born, ahead, {}, TODAY) is Problem.DATE_FUTURE
    assert problem_of(other, ahead, {}, TODAY) is None


def test_a_code_is_taken_by_code_or_label_in_either_language() -> None:
    made = element(Kind.CODE, code_list="sex")
    for typed in ("2", "女", "female", "Female", "２"):
        assert canonical(made, typed, CATALOGUE.code_lists) == "2"
    assert problem_of(made, "7", CATALOGUE.code_lists, TODAY) is Problem.CODE_UNKNOWN


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(list(Kind)), st.text(max_size=40))
def test_tidying_twice_changes_nothing_and_judging_never_fails(kind: Kind, typed: str) -> None:
    made = element(kind, code_list="sex" if kind is Kind.CODE else None)
    once = canonical(made, typed, CATALOGUE.code_lists)
    assert canonical(made, once, CATALOGUE.code_lists) == once
    if once:
        found = problem_of(made, once, CATALOGUE.code_lists, TODAY)
        assert found is None or isinstance(found, Problem)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**17 - 1))
def test_one_wrong_digit_of_an_identity_number_is_always_seen(body: int) -> None:
    """GB 11643 is ISO 7064 MOD 11-2: it finds every single error."""
    number = f"{body:017d}"
    fitting = [c for c in "0123456789X" if citizen_id_problem(number + c) is not Problem.ID_CHECK]
    assert len(fitting) in (1, 11)  # 11: the date does not exist, so the check is never reached


# -- prefill ---------------------------------------------------------------------------------------------
def test_the_card_fills_the_subject_that_fits_its_holder() -> None:
    assert card_subject(("mother", "father"), MOTHER) == "mother"
    assert card_subject(("mother", "father"), FATHER) == "father"
    assert card_subject((), FATHER) == "applicant"
    filled = from_card(CATALOGUE, ("mother", "father"), FATHER, AT)
    assert filled["father.id_no"] == Answer(FATHER.id_no, Origin.CARD, AT, source="card")
    assert not any(key.startswith("mother.") for key in filled)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PRECEDENCE), st.sampled_from(PRECEDENCE))
def test_a_weaker_origin_never_overwrites_a_stronger_one(first: Origin, second: Origin) -> None:
    joined = put({"a.b": Answer("1", first, AT)}, {"a.b": Answer("2", second, AT)})
    weaker = PRECEDENCE.index(second) > PRECEDENCE.index(first)
    assert joined["a.b"].value == ("1" if weaker else "2")


def test_card_outranks_verification_outranks_typing() -> None:
    order = [
        Origin.CARD,
        Origin.VERIFICATION,
        Origin.E_LICENCE,
        Origin.EARLIER_CASE,
        Origin.TYPED,
        Origin.DEFAULT,
    ]
    assert list(PRECEDENCE) == order


# -- gaps ------------------------------------------------------------------------------------------------
def visit(**more: object) -> Visit:
    made: dict[str, object] = {
        "case": "c",
        "clerk": "clerk",
        "opened_at": AT,
        "items": ("birth-registration",),
        "identity": MOTHER,
        "notice": NoticeGiven("1", AT, "clerk"),
    }
    return Visit(**{**made, **more})  # type: ignore[arg-type]


def test_an_empty_form_lacks_just_what_is_required_and_visible() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    found = [gap.key for gap in gaps(CATALOGUE, form, None, visit(), TODAY) if gap.place is GapPlace.FORM]
    wanted = [f.element.key for f in visible_fields(form, {}, TODAY) if f.required_by]
    assert found == wanted


def test_a_bad_value_is_a_gap_with_its_problem() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    bad = visit(answers={"father.id_no": Answer("440100189901010021", Origin.TYPED, AT)})
    found = {gap.key: gap.problem for gap in gaps(CATALOGUE, form, None, bad, TODAY)}
    assert found["father.id_no"] is Problem.ID_CHECK


def test_the_holders_card_replaces_the_holders_identity_card_only() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    here = visit(identity=MOTHER, answers=from_card(CATALOGUE, ("mother", "father"), MOTHER, AT))
    states = {entry.material.id: paper_state(form, entry, here) for entry in form.materials}
    assert states["id_mother"] is MaterialHow.REPLACED_BY_CARD
    assert states["id_father"] is MaterialHow.MISSING


def test_whoever_has_seen_the_paper_needs_no_register() -> None:
    form = merge(CATALOGUE, ["birth-registration"])

    def open_checks(here: Visit) -> set[str]:
        found = gaps(CATALOGUE, form, None, here, TODAY)
        return {gap.key for gap in found if gap.place is GapPlace.CHECKS}

    seen = visit(papers={"marriage_certificate": Paper(MaterialHow.ORIGINAL_SEEN, (), "clerk", AT)})
    assert open_checks(visit()) - open_checks(seen) == {"marriage"}


def test_a_check_is_ready_only_when_all_it_asks_stands_and_is_sound() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    couple = {
        "mother.name": MOTHER.name,
        "mother.id_no": MOTHER.id_no,
        "father.name": FATHER.name,
        "father.id_no": FATHER.id_no,
    }

    def ready(values: dict[str, str]) -> set[str]:
        answers = {key: Answer(value, Origin.TYPED, AT) for key, value in values.items()}
        return {check.rule.id for check in ready_checks(form, visit(answers=answers), AT.date())}

    assert "marriage" in ready(couple)
    assert "marriage" not in ready({**couple, "father.id_no": "440100189901010021"})
    assert "marriage" not in ready({key: value for key, value in couple.items() if key != "father.name"})


def test_a_certificate_number_that_cannot_be_one_is_not_sent() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    values = {"mother.id_no": MOTHER.id_no, "child.birth_certificate_no": "Y4401"}
    for number, ready in (("Y4401", False), ("Y440100001", True)):
        values["child.birth_certificate_no"] = number
        answers = {key: Answer(value, Origin.TYPED, AT) for key, value in values.items()}
        found = {check.rule.id for check in ready_checks(form, visit(answers=answers), AT.date())}
        assert ("birth_certificate" in found) is ready


def test_progress_tells_typed_from_prefilled() -> None:
    form = merge(CATALOGUE, ["birth-registration"])
    answers = {
        "mother.name": Answer("测试一", Origin.CARD, AT),
        "father.name": Answer("测试二", Origin.TYPED, AT),
    }
    counted = progress(form, answers, TODAY)
    assert (counted.filled, counted.typed, counted.prefilled) == (2, 1, 1)
    assert counted.total == len(visible_fields(form, {}, TODAY))


def test_a_shared_paper_asks_the_most_sheets_and_grants_the_least_ease() -> None:
    base = next(iter(CATALOGUE.items.values()))
    paper = Material("p", Text("证明", "Proof"))
    kinds = (
        replace(paper, originals=2, grade="A", tolerable=True, commitment=True),
        replace(paper, originals=1, copies=3, grade="C", tolerable=True),
    )
    items = {
        f"i{n}": replace(base, id=f"i{n}", materials=(kind,), verifications=())
        for n, kind in enumerate(kinds)
    }
    merged = merge(replace(CATALOGUE, items=items), list(items)).materials[0].material
    assert (merged.originals, merged.copies, merged.grade) == (2, 3, "C")
    assert (merged.tolerable, merged.commitment) == (True, False)


def test_items_that_narrow_a_datum_leave_what_both_take_and_say_when_nothing_is_left() -> None:
    base = CATALOGUE.items["senior-card-first"]

    def narrowed(**choices: tuple[str, ...]) -> Catalogue:
        items = {
            name: replace(base, id=name, fields=(Field("delivery.mode", choices=given, max_length=1),))
            for name, given in choices.items()
        }
        return replace(CATALOGUE, items=items)

    agreeing = narrowed(a=("1", "2"), b=("2", "3"))
    field = merge(agreeing, ["a", "b"]).field("delivery.mode")
    assert (field.choices, field.max_length) == (("2",), 1)
    assert merge(agreeing, ["b", "a"]).field("delivery.mode").choices == ("2",)
    contrary = narrowed(a=("1",), b=("2",))
    form = merge(contrary, ["a", "b"])
    found = gaps(contrary, form, None, Visit("c", "clerk", AT), AT.date())
    assert (GapPlace.FORM, "delivery.mode", Problem.CONFLICT) in {(g.place, g.key, g.problem) for g in found}


@pytest.mark.parametrize(
    ("typed", "value", "problem"),
    [
        ("1200", "1200.00", None),
        ("１，２００．５ 元", "1200.50", None),
        ("¥0.05", "0.05", None),
        ("1200.555", "1200.555", Problem.AMOUNT_FORM),
        ("很多", "很多", Problem.AMOUNT_FORM),
        ("-5", "-5", Problem.AMOUNT_FORM),
    ],
)
def test_an_amount_is_written_one_way(typed: str, value: str, problem: Problem | None) -> None:
    element = CATALOGUE.elements["work.base"]
    assert element.kind is Kind.MONEY
    found = canonical(element, typed, CATALOGUE.code_lists)
    assert found == value
    assert canonical(element, found, CATALOGUE.code_lists) == found
    assert problem_of(element, found, CATALOGUE.code_lists, AT.date()) is problem


@pytest.mark.parametrize(
    ("typed", "value"),
    [("越秀区", "440104"), ("440104", "440104"), ("440102", "440102"), ("110101", "110101")],
)
def test_a_place_is_typed_by_name_or_number_and_an_unknown_one_is_no_mistake(typed: str, value: str) -> None:
    element = CATALOGUE.elements["child.birth_place"]
    assert canonical(element, typed, CATALOGUE.code_lists) == value
    assert problem_of(element, value, CATALOGUE.code_lists, AT.date()) is None


def test_what_an_electronic_licence_fills_says_so_and_needs_a_reason_to_be_changed() -> None:
    form = merge(CATALOGUE, ["senior-card-first"])
    rule = next(check.rule for check in form.checks if check.rule.id == "residence_permit")
    assert rule.licence
    query = VerificationQuery("q", "c", "senior-card-first", rule.id, rule.service, "p", "l", rule.fallback, "clerk",
                              Party("测试二", "111", FATHER.id_no), {})  # fmt: skip
    reply = VerificationReply(
        "q", rule.service, Outcome.MATCH, {"permit_no": "4401"}, "公安部门", "JZ1", AT, AT, ""
    )
    filled = from_check(form, Check(query, reply))["applicant.permit_no"]
    assert (filled.value, filled.origin) == ("4401", Origin.E_LICENCE)
    assert is_guarded(filled)


def test_a_register_is_asked_only_while_the_paper_it_replaces_is_wanted() -> None:
    """No look-up without a reason: whoever has a household here needs no residence permit (domain.md 4.2)."""
    form = merge(CATALOGUE, ["senior-card-first"])

    def ready(ground: str) -> set[str]:
        said = {
            "applicant.name": "测试二",
            "applicant.id_no": FATHER.id_no,
            "applicant.residence_ground": ground,
        }
        answers = {key: Answer(value, Origin.TYPED, AT) for key, value in said.items()}
        return {check.rule.id for check in ready_checks(form, visit(answers=answers), AT.date())}

    assert ready("1") == {"household_applicant"}
    assert ready("2") == {"residence_permit"}


def test_a_question_tree_asks_the_next_question_only_where_an_answer_leads_to_it() -> None:
    form = merge(CATALOGUE, ["residence-registration"])

    def asked(**said: str) -> set[str]:
        values = {f"stay.{name}": value for name, value in said.items()}
        return {f.element.key for f in visible_fields(form, values, TODAY)} & {
            "stay.wants_permit",
            "stay.ground",
        }

    def papers(**said: str) -> set[str]:
        values = {f"stay.{name}": value for name, value in said.items()}
        return {entry.material.id for entry in wanted_materials(form, values, TODAY)}

    assert asked() == {"stay.wants_permit"}
    assert asked(wants_permit="0") == {"stay.wants_permit"}
    assert asked(wants_permit="1") == {"stay.wants_permit", "stay.ground"}
    proofs = {"dwelling_proof", "job_proof", "school_proof"}
    assert papers(wants_permit="1", ground="1") & proofs == {"job_proof"}
    # What stood behind another answer counts no more once the way does not lead there.
    assert papers(wants_permit="0", ground="1") & proofs == set()


def test_a_picture_in_the_form_is_the_paper_that_asks_for_one() -> None:
    form = merge(CATALOGUE, ["senior-card-first"])
    entry = next(entry for entry in form.materials if entry.material.id == "photo_small")
    picture = {"applicant.photo": Answer("ab" * 32, Origin.TYPED, AT)}
    assert paper_state(form, entry, visit()) is MaterialHow.MISSING
    assert paper_state(form, entry, visit(answers=picture)) is MaterialHow.SCANNED


def test_a_card_that_stands_for_a_paper_leaves_the_register_in_peace() -> None:
    """The mother's card or an electronic licence will do: with the card at the desk nobody is looked up."""
    form = merge(CATALOGUE, ["birth-plan-registration"])
    said = {
        key: Answer(value, Origin.TYPED, AT)
        for key, value in {"mother.name": MOTHER.name, "mother.id_no": MOTHER.id_no}.items()
    }
    by_father = visit(identity=FATHER, answers=said, items=("birth-plan-registration",))
    by_mother = visit(identity=MOTHER, answers=said, items=("birth-plan-registration",))
    assert [check.rule.id for check in ready_checks(form, by_father, TODAY)] == ["mother_licence"]
    assert ready_checks(form, by_mother, TODAY) == ()
    assert not [g for g in gaps(CATALOGUE, form, None, by_mother, TODAY) if g.place is GapPlace.CHECKS]


def test_the_situation_is_the_last_one_that_the_answers_led_to() -> None:
    form = merge(CATALOGUE, ["residence-registration", "car-quota"])

    def led(**said: str) -> list[str]:
        values = {key.replace("__", "."): value for key, value in said.items()}
        return [one.name.zh for one in situations_in(form, values, TODAY).values()]

    assert led() == []
    assert led(stay__wants_permit="0") == ["只做居住登记"]
    assert led(stay__wants_permit="1") == ["登记并申领居住证"]
    assert led(stay__wants_permit="1", stay__ground="2", vehicle__group="01") == ["凭稳定住所", "本市户籍"]


def test_how_a_result_is_handed_out_is_what_every_item_can_do() -> None:
    def offered(*items: str) -> tuple[str, ...] | None:
        return merge(CATALOGUE, items).field("delivery.mode").choices

    assert offered("senior-card-first") == ("1", "2", "3")  # a locker too
    assert offered("senior-card-first", "residence-registration") == ("1", "2")


def test_a_datum_is_required_only_while_an_item_that_requires_it_wants_it() -> None:
    base = CATALOGUE.items["senior-card-first"]
    strict = replace(base, id="strict", fields=(Field("contact.phone", when="delivery.mode == '2'"),))
    mild = replace(base, id="mild", fields=(Field("contact.phone", required=False), Field("delivery.mode")))
    both = replace(CATALOGUE, items={"strict": strict, "mild": mild})
    form = merge(both, ["strict", "mild"])

    def missing(mode: str) -> set[str]:
        said = {"delivery.mode": Answer(mode, Origin.TYPED, AT)}
        found = gaps(both, form, None, visit(answers=said), TODAY)
        return {gap.key for gap in found if gap.place is GapPlace.FORM}

    assert missing("1") == set()
    assert missing("2") == {"contact.phone"}


def test_a_rule_that_breaks_on_what_was_typed_asks_for_more_and_passes_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The paper stays wanted and the condition stays open; the log names the rule and not what was typed."""
    item = replace(
        CATALOGUE.items["sole-trader-registration"],
        conditions=(Condition("int(business.name) > 0", Text("号码", "Number")),),
    )
    wanted = replace(item.materials[0], when="int(business.name) > 0")
    catalogue = replace(CATALOGUE, items={item.id: replace(item, materials=(wanted,), verifications=())})
    form = merge(catalogue, [item.id])
    answers = {"business.name": Answer("a secret", Origin.TYPED, AT)}
    found = gaps(catalogue, form, None, visit(answers=answers, items=(item.id,)), AT.date())
    assert {(GapPlace.MATERIALS, wanted.id), (GapPlace.CONDITIONS, f"{item.id}:0")} <= {
        (gap.place, gap.key) for gap in found
    }
    assert "int(business.name) > 0" in caplog.text
    assert "a secret" not in caplog.text


def test_the_situation_travels_with_the_case_by_its_code_or_else_its_id() -> None:
    item = CATALOGUE.items["senior-card-first"]
    coded = replace(item, scenarios=tuple(replace(s, code=f"SX-{s.id}") for s in item.scenarios))
    for known, told in ((item, "resident"), (coded, "SX-resident")):
        form = merge(replace(CATALOGUE, items={item.id: known}), [item.id])
        found = situations_in(form, {"applicant.residence_ground": "2"}, TODAY)
        assert situation_on_wire(found.get(item.id)) == told
    assert situation_on_wire(None) == ""
