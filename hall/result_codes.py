"""What departments mean by the digits of their result lists: two norms give the same digit different meanings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from wire.messages import CodedResult, Result, ResultCode

ResultLists = Mapping[str, Mapping[str, ResultCode]]  # list, their code -> ours


class CodeUnknown(Exception):
    """A list or a code that this hall's table does not have: to guess would be to decide."""


def read_result_lists(path: Path) -> ResultLists:
    """Read the lists of a hall's table of codes. Raises OSError, ValueError for what is none."""
    lists = json.loads(path.read_text(encoding="utf-8")).get("results", {})
    return {name: {code: ResultCode(ours) for code, ours in codes.items()} for name, codes in lists.items()}


def in_our_code(told: CodedResult, lists: ResultLists) -> Result:
    """Translate a department's decision (domain.md 3.2, 办结结果). Raises CodeUnknown."""
    code = lists.get(told.codes, {}).get(told.code)
    if code is None:
        raise CodeUnknown(told.codes, told.code)
    return Result(
        code,
        told.text,
        told.department,
        told.decided_by,
        told.decided_at,
        told.licence_name,
        told.licence_no,
        told.basis,
    )
