"""The papers on a slip: how each was handled, and the ledger of those the citizen did not have to bring."""

from __future__ import annotations

from collections.abc import Sequence

from wire.messages import MaterialHow
from workstation.domain.slip import SlipPaper
from workstation.printing import words
from workstation.printing.sheet import Column, Sheet

_CARD = "社会保障卡"

_HANDLED = (
    Column(0.07, "序号"),
    Column(0.33, "材料"),
    Column(0.22, "处理方式"),
    Column(0.38, "核验来源及编号"),
)
_SAVED = (
    Column(0.07, "序号"),
    Column(0.33, "材料"),
    Column(0.30, "替代核验"),
    Column(0.30, "核验编号"),
)


def paper_table(sheet: Sheet, title: str, papers: Sequence[SlipPaper]) -> None:
    """List all papers with how each was handled."""
    if not papers:
        return
    sheet.section(f"{title} {len(papers)} 件")
    rows = [
        (str(number), paper.name.zh, words.HANDLED[MaterialHow(paper.how)], _evidence(paper))
        for number, paper in enumerate(papers, start=1)
    ]
    sheet.table(_HANDLED, rows)


def saved_table(sheet: Sheet, count: int, papers: Sequence[SlipPaper]) -> None:
    """List the papers saved, with the check that replaced each."""
    sheet.section(f"免交材料 {count} 件")
    rows = [
        (str(number), paper.name.zh, _source(paper), paper.evidence_no or words.NOTHING)
        for number, paper in enumerate(papers, start=1)
    ]
    sheet.table(_SAVED, rows)


def _source(paper: SlipPaper) -> str:
    return _CARD if paper.how == MaterialHow.REPLACED_BY_CARD else paper.source or words.NOTHING


def _evidence(paper: SlipPaper) -> str:
    if paper.until:
        return f"最迟 {words.day(paper.until)}"
    if MaterialHow(paper.how) is MaterialHow.COMMITTED and paper.evidence_no:
        return f"承诺书 {paper.evidence_no}"
    if MaterialHow(paper.how) not in words.SAVED:
        return words.NOTHING
    return " ".join(part for part in (_source(paper), paper.evidence_no) if part)
