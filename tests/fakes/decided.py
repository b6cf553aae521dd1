"""Decided cases put straight into the store of a whole desk: result slips wait for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.fakes.cases import NOW, a_case
from tests.fakes.counter import WholeDesk
from wire.messages import Party, Result, ResultCode, SubCaseState
from workstation.domain.case import Case, CaseStatus


def a_decided_case(n: int) -> Case:
    """The n-th case, granted and sealed by the hall."""
    case = a_case(n, status=CaseStatus.DECIDED)
    at = NOW + timedelta(hours=n)
    result = Result(ResultCode.GRANTED, "准予登记", "公安部门", "r", at, "户口登记", f"1.2.156.{n}")
    sub = replace(case.sub_cases[0], state=SubCaseState.DECIDED, result=result)
    applicant = Party(f"测试{_digits(n)}", "111", case.applicant.id_no)
    return replace(
        case,
        applicant=applicant,
        sub_cases=(sub,),
        accepted_at=NOW + timedelta(minutes=n),
        project_no=f"440104-2026-{n:06d}",
        seal="YC1.e30.AA",
    )


def decide(whole: WholeDesk, count: int) -> tuple[str, ...]:
    """Put so many into the store; return their ids in the order they were received."""
    cases = [a_decided_case(n) for n in range(1, count + 1)]
    with whole.unit() as unit:
        for case in cases:
            unit.cases.add(case)
        unit.commit()
    return tuple(case.id for case in cases)


def _digits(n: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n))
