"""The checks on a sheet: what was said in a sentence, by whom, when and under which number; never what was found."""

from __future__ import annotations

from collections.abc import Sequence

from wire.messages import Outcome
from workstation.domain.slip import SlipCheck
from workstation.printing import words
from workstation.printing.sheet import Column, Sheet

_COLUMNS = (
    Column(0.06, "序号"),
    Column(0.18, "核验事项"),
    Column(0.31, "核验结论"),
    Column(0.24, "答复部门及编号"),
    Column(0.21, "答复时间"),
)
_DISPUTED = "办事人有异议，已转部门"


def outcome_words(check: SlipCheck) -> str:
    """Say what a register answered; one that knows nothing says so in its own sentence."""
    outcome = Outcome(check.outcome)
    if outcome is Outcome.NO_RECORD and check.no_record is not None:
        return check.no_record.zh
    return words.OUTCOMES[outcome]


def check_table(sheet: Sheet, title: str, checks: Sequence[SlipCheck]) -> None:
    """List the checks."""
    sheet.section(f"{title} {len(checks)} 项")
    rows = []
    for number, check in enumerate(checks, start=1):
        said = outcome_words(check)
        if check.disputed:
            said += f"\n（{_DISPUTED}）"
        source = "\n".join(part for part in (check.source, check.evidence_no) if part) or words.NOTHING
        rows.append((str(number), check.title.zh, said, source, words.moment(check.at)))
    sheet.table(_COLUMNS, rows)
