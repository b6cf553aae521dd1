"""Document kinds as data: what a file may name, what a sheet may bring, and one way to print any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.fakes.documents import CONTENT, MATERIALS
from tests.fakes.press import a_slip, documents
from tests.unit.test_audit_first import received
from wire.messages import MaterialHow, Outcome, ResultCode
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind, Variables
from workstation.printing.documents import Documents
from workstation.printing.filling import fill
from workstation.printing.layout import lay_out
from workstation.services.print_document import Document

RECEIPT = (resources.documents_dir() / "RCP.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(SlipKind))
def test_every_kind_has_its_file_and_its_everyday_content_fits(kind: SlipKind) -> None:
    template = documents().template(kind)
    assert (template.kind, template.file) == (kind, f"{kind.value}.yaml")
    fill(a_slip(kind), template, documents().codes)


def test_the_codes_of_the_paper_are_those_of_the_wire() -> None:
    codes = documents().codes
    assert set(codes["handled"]) == set(MaterialHow)
    assert set(codes["result"]) == set(ResultCode)
    assert set(codes["outcome"]) == set(Outcome)


# -- the loader ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"{name}（{department}）"', '"{name}（{nobody}）"', "blocks[3]"),
        ("codes: handled", "codes: nowhere", "variables.materials.columns.how.codes"),
        ("how=replaced_by_card", "how=replaced_by_magic", "value[2].when"),
        ("  - list: items", "  - list: things", "blocks[3].list"),
        ("share: 38", "share: 39", "blocks[5].columns"),
        ("type: date}", "type: day}", "until.type"),
        ("  - case: {}", "  - poem: {}", "blocks[0]"),
        ("version: ", "wersion: ", "wersion"),
        ("papers: [a4, a5]", "papers: [a3]", "papers"),
        ("{#items}", "{items}", "blocks[2]"),
        ("kind: RCP", "kind: ACC", "kind"),
        ("  items:", "  applicant: {type: text}\n  items:", "variables.applicant"),
        ("when: materials", "when: paper", "blocks[4].when"),
    ],
)
def test_a_file_that_names_what_is_not_there_is_refused_with_file_place_and_cause(
    old: str, new: str, place: str, tmp_path: Path
) -> None:
    assert old in RECEIPT
    (tmp_path / "RCP.yaml").write_text(RECEIPT.replace(old, new, 1), encoding="utf-8")
    codes = (resources.documents_dir() / "codes.yaml").read_text(encoding="utf-8")
    (tmp_path / "codes.yaml").write_text(codes, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        Documents(tmp_path).template(SlipKind.RECEIPT)
    assert refused.value.failure is Failure.DOCUMENT_BROKEN
    assert refused.value.details["file"] == "RCP.yaml"
    assert place in refused.value.details["place"]
    assert refused.value.details["cause"]


# -- a sheet -------------------------------------------------------------------------------------------
def _without(variables: Variables, name: str) -> Variables:
    return {key: value for key, value in variables.items() if key != name}


@pytest.mark.parametrize(
    ("change", "place", "cause"),
    [
        (lambda v: {**v, "wish": "x"}, "variables.wish", "unknown"),
        (lambda v: _without(v, "until"), "variables.until", "missing"),
        (lambda v: {**v, "gaps": ()}, "variables.gaps", "missing"),
        (lambda v: {**v, "until": "2026-12-23"}, "variables.until", "not date"),
        (lambda v: {**v, "until": datetime(2026, 12, 23)}, "variables.until", "not date"),  # noqa: DTZ001
        (lambda v: {**v, "filed_at": datetime(2026, 12, 23)}, "variables.filed_at", "not moment"),  # noqa: DTZ001
        (lambda v: {**v, "filed_at": date(2026, 12, 23)}, "variables.filed_at", "not moment"),
        (lambda v: {**v, "phone": 12345}, "variables.phone", "not text"),
        (lambda v: {**v, "gaps": ({"defect": "x", "remedy": "y"},)}, "variables.gaps[0].material", "missing"),
        (lambda v: {**v, "gaps": ({**v["gaps"][0], "fee": "x"},)}, "variables.gaps[0].fee", "unknown"),
    ],
)
def test_a_sheet_that_brings_what_its_kind_does_not_take_is_refused(
    change: Callable[[Variables], Variables], place: str, cause: str
) -> None:
    slip = replace(a_slip(SlipKind.CORRECTION), variables=change(CONTENT[SlipKind.CORRECTION]))
    with pytest.raises(Refused) as refused:
        fill(slip, documents().template(SlipKind.CORRECTION), documents().codes)
    assert refused.value.details == {"file": "COR.yaml", "place": place, "cause": cause}


def test_an_unknown_code_is_refused_too() -> None:
    slip = a_slip(SlipKind.RECEIPT)
    wrong = replace(slip, variables={**slip.variables, "materials": ({**MATERIALS[0], "how": "by_magic"},)})
    with pytest.raises(Refused) as refused:
        lay_out(wrong, documents().template(SlipKind.RECEIPT), documents().codes, _NoFonts())
    assert refused.value.details["cause"] == "not code"


class _NoFonts:
    def width(self, text: str, size: float) -> float:
        raise AssertionError(text)

    def unwritten(self, text: str) -> str:
        raise AssertionError(text)


# -- printing any of them ------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def test_any_kind_is_printed_for_a_case_and_counted(whole: WholeDesk) -> None:
    desk = received(whole)
    shown = desk.visit()
    assert shown is not None
    for kind in SlipKind:
        with whole.unit() as unit:
            case = unit.cases.get(shown.case)
            printed = desk._print_document(Document(kind, CONTENT[kind]), case, unit)
            unit.commit()
        assert printed.slip.receipt_no == case.receipt_no
        assert printed.slip.reprint == case.prints.get(kind.value, 0)
    with whole.unit() as unit:
        entries = {entry.kind for entry in unit.prints.of_case(shown.case)}
    assert entries == set(SlipKind)


def test_a_sheet_for_somebody_who_only_asks_has_no_case_and_stands_in_the_ledger(whole: WholeDesk) -> None:
    desk = whole.open_up()
    kind = SlipKind.ONE_TIME_NOTICE
    with whole.unit() as unit:
        printed = desk._print_document(Document(kind, CONTENT[kind]), None, unit)
        unit.commit()
    with whole.unit() as unit:
        entry = unit.prints.find(printed.slip.serial)
        assert unit.outbox.due(whole.clock.at, 9) == ()
    assert entry is not None
    assert (entry.case, entry.kind, entry.template) == ("", kind, "1")
    assert not printed.slip.has_case
