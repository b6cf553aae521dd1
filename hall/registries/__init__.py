"""Adapters to the departments' registers: what may be asked, what may be answered, and what of it may leave the hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wire.messages import Outcome


@dataclass(frozen=True, slots=True)
class Register:
    """One service of a department. Facts that are not listed never leave the hall (domain.md 4.1).

    `says` are the outcomes that this register can have; any other is a lie or a fault, and answered CONFLICT.
    PENDING and CONFLICT are open to every register.
    """

    service: str
    prefix: str  # of the evidence numbers, as clerks say it: HY 婚姻, HJ 户籍, CS 出生
    source: str  # the department as the slip names it
    asks: frozenset[str]
    says: frozenset[Outcome]
    tells: frozenset[str]


# What no service tells a counter, whatever a department may send (domain.md 4.1).
NEVER_TOLD = frozenset(
    [
        "spouse_name",
        "spouse_id",
        "history",
        "registry",
        "diagnosis",
        "income",
        "base",
        "cause",
        "employer",
        "members",
        "owners",
        "guardian",
        "school",
        "plate",
        "since",
    ]
)
_PERSON = frozenset({Outcome.MATCH, Outcome.NO_MATCH, Outcome.NO_RECORD})
_PAPER = _PERSON | {Outcome.EXPIRED}
_RECORD = frozenset({Outcome.RECORD_FOUND, Outcome.NO_RECORD})
_RECORD_OF_NAMED = _RECORD | {Outcome.NO_MATCH}


def _register(
    service: str, prefix: str, source: str, asks: str, says: frozenset[Outcome], tells: str = ""
) -> Register:
    return Register(
        service,
        prefix,
        source,
        frozenset(asks.split()),
        says | {Outcome.CONFLICT, Outcome.PENDING},
        frozenset(tells.split()),
    )


_NAMED = "name id_no"
REGISTERS: Mapping[str, Register] = {
    register.service: register
    for register in (
        # Of a marriage only that these two have a record, and of when: never place or history.
        _register(
            "marriage.pair",
            "HY",
            "民政部门",
            "man_name man_id woman_name woman_id",
            _RECORD,
            "record_date",
        ),
        _register(
            "marriage.couple", "HY", "民政部门", f"{_NAMED} spouse_name spouse_id", _RECORD, "record_date"
        ),
        # Of one person alone: kind and day of the last record. With whom is nobody's business here.
        _register("marriage.single", "HY", "民政部门", _NAMED, _RECORD, "record_type record_date"),
        _register("household.check", "HJ", "公安部门", _NAMED, _PERSON, "household_no address"),
        _register(
            "birth_certificate.check",
            "CS",
            "卫生健康部门",
            "certificate_no mother_id",
            _PERSON,
            "child_sex child_birth_date birth_place",
        ),
        # Alive or not, and nothing else of the person.
        _register("population.check", "RK", "公安部门", _NAMED, _PERSON),
        _register("population.death", "SW", "卫生健康部门", _NAMED, _RECORD_OF_NAMED, "record_date"),
        _register("kinship.check", "QS", "公安部门", f"{_NAMED} relative_name relative_id", _PERSON),
        _register("cremation.check", "HH", "民政部门", _NAMED, _RECORD_OF_NAMED, "record_date"),
        _register("residence_permit.check", "JZ", "公安部门", _NAMED, _PAPER, "permit_no valid_until"),
        # Category and level decide the subsidy; the diagnosis never leaves the federation (domain.md 4.1).
        _register("disability.check", "CJ", "残联", _NAMED, _PAPER, "certificate_no category level"),
        # The kind of hardship, never an income figure.
        _register("low_income.check", "DB", "民政部门", _NAMED, _PAPER, "kind"),
        # Whether somebody belongs to them, never as what or why.
        _register("preferential.check", "YF", "退役军人事务部门", _NAMED, _PAPER),
        _register("family_planning.check", "SY", "卫生健康部门", _NAMED, _PERSON),
        _register("card_account.check", "ZH", "人社部门", _NAMED, _PERSON, "account"),
        _register("social_insurance.status", "SB", "人社部门", _NAMED, _PERSON),
        _register("social_insurance.employer", "SB", "人社部门", _NAMED, _PERSON),
        _register("medical_insurance.months", "YB", "医保部门", _NAMED, _PERSON, "months"),
        _register(
            "real_estate.check", "BD", "规划和自然资源部门", _NAMED, _RECORD_OF_NAMED, "certificate_no"
        ),
        _register("school_record.check", "XJ", "教育部门", _NAMED, _PERSON),
        _register("employment.check", "JY", "人社部门", _NAMED, _PERSON, "record_no"),
        # Whether there is a car or a quota, never which.
        _register("vehicle.check", "CL", "公安部门", _NAMED, _RECORD_OF_NAMED),
        _register("car_quota.check", "ZB", "交通运输部门", _NAMED, _RECORD_OF_NAMED),
        _register("driving_licence.check", "JS", "公安部门", _NAMED, _PAPER, "licence_class"),
        # Whether the company is on the register under this name; neither owners nor capital.
        _register("enterprise.check", "QY", "市场监管部门", "name credit_code", _PAPER),
    )
}
