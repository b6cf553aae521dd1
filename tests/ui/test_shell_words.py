"""Every code has its words, in both languages, in the tone of the house; docs/failures.md tells of every refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from catalogue.model import Text
from wire.messages import MaterialHow, Origin, Outcome, ResultCode, Role, SubCaseState, Verdict
from workstation.domain.approval import ProposalKind, Reason
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure
from workstation.domain.identity import CardStatus, CardWarning
from workstation.domain.slip import SlipKind
from workstation.forms.model import Problem
from workstation.services.ports import CardPresence, KeyPlace
from workstation.services.views import Link
from workstation.ui import language, text
from workstation.ui.capture import Capture
from workstation.ui.words.times import age, minute

PAGE = Path(__file__).parents[2] / "docs" / "failures.md"
DOORS: list[tuple[type[Enum], Callable[[Any], str]]] = [
    (Failure, text.failure),
    (Failure, text.remedy),
    (Problem, text.problem),
    (Outcome, text.outcome),
    (Outcome, text.outcome_next),
    (Verdict, text.verdict),
    (MaterialHow, text.material_how),
    (Origin, text.origin),
    (CaseStatus, text.status),
    (SubCaseState, text.sub_case),
    (ResultCode, text.result),
    (SlipKind, text.slip),
    (ProposalKind, text.proposal_kind),
    (ProposalKind, text.proposal_effect),
    (Reason, text.reason),
    (Role, text.role),
    (Link, text.link),
    (Link, text.link_detail),
    (CardPresence, text.presence),
    (CardPresence, text.presence_detail),
    (CardStatus, text.card_status),
    (CardWarning, text.card_warning),
    (KeyPlace, text.key_place),
    (Capture, text.capture),
]
# A test a door, not a code: a thousand tests of a window's were a tenth of all that this folder costs.
EACH_DOOR = pytest.mark.parametrize(("kind", "door"), DOORS, ids=[door.__name__ for _, door in DOORS])


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    language.install(qapp, "en")
    yield
    language.install(qapp, "zh")


@EACH_DOOR
def test_every_code_has_plain_chinese_words(
    qapp: QApplication, kind: type[Enum], door: Callable[[Any], str]
) -> None:
    said = {code: door(code) for code in kind}
    assert [each for each in said.items() if not re.search(r"[\u4e00-\u9fff]", each[1])] == []
    assert [each for each in said.items() if re.search(r"[!！{}]|(?<![申提])请(?!求)", each[1])] == []


@EACH_DOOR
def test_every_code_has_english_words(english: None, kind: type[Enum], door: Callable[[Any], str]) -> None:
    said = {code: door(code) for code in kind}
    assert [each for each in said.items() if not re.search(r"[A-Za-z]", each[1])] == []
    assert [each for each in said.items() if re.search(r"[!{}\u4e00-\u9fff]", each[1])] == []


def test_no_record_never_says_unmarried(qtbot: QtBot) -> None:
    assert text.outcome(Outcome.NO_RECORD) == "未查到登记记录（不等于没有）"


def test_receipt_and_acceptance_are_different_words(qtbot: QtBot) -> None:
    assert text.status(CaseStatus.RECEIVED) != text.status(CaseStatus.ACCEPTED)


def test_details_stand_in_the_sentence_and_a_missing_one_breaks_nothing(qtbot: QtBot) -> None:
    assert "12" in text.failure(Failure.PASSPHRASE_WEAK, {"least": "12"})
    assert "…" in text.failure(Failure.PASSPHRASE_WEAK, {"other": "x"})


def test_catalogue_texts_follow_the_language(qapp: QApplication, english: None) -> None:
    assert text.said(Text("受理", "Intake")) == "Intake"
    assert text.said(Text("只有中文", "")) == "只有中文"
    language.install(qapp, "zh")
    assert text.said(Text("受理", "Intake")) == "受理"


def test_ages_are_told_in_one_unit(qtbot: QtBot) -> None:
    now = datetime(2026, 1, 5, 9, tzinfo=UTC)
    told = [age(now - timedelta(seconds=s), now) for s in (-5, 3, 59, 60, 3599, 3600, 86400)]
    assert told == ["刚刚", "刚刚", "59 秒前", "1 分钟前", "59 分钟前", "1 小时前", "1 天前"]


def test_times_are_beijing_time_whatever_the_machine_thinks() -> None:
    assert minute(datetime(2026, 1, 5, 1, 30, tzinfo=UTC)) == "2026-01-05 09:30"


def test_every_failure_is_explained_with_what_the_window_says(qtbot: QtBot) -> None:
    parts = re.split(r"^## (\w+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    explained = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(explained) == [code.value for code in Failure]
    for code in Failure:
        told = explained[code.value].replace("{", "").replace("}", "")
        assert re.search(r"\*\*Cause:\*\* \S.{20}", told), code
        assert re.search(r"\*\*Remedy:\*\* \S.{10}", told), code
        places = (
            "seconds",
            "least",
            "longest",
            "most",
            "count",
            "day",
            "character",
            "limit_mb",
            "left",
            "minutes",
            "names",
            "days",
            "hours",
            "was",
            "now",
            "limit",
            "width",
            "height",
            "file",
            "place",
            "cause",
            "what",
            "office",
            "who",
            "when",
            "where",
            "last",
            "count",
            "until",
        )
        named = {place: place for place in places}
        assert text.failure(code, named) in told, code
        assert text.remedy(code, named) in told, code
