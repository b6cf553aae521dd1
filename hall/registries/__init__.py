"""Adapters to the departments' registers: what may be asked, and what of the answer may leave the hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """One service of a department. Facts that are not listed never leave the hall (domain.md 4.1)."""

    service: str
    prefix: str  # of the evidence numbers, as clerks say it: HY 婚姻, HJ 户籍, CS 出生
    source: str  # the department as the slip names it
    asks: frozenset[str]
    tells: frozenset[str]


def _register(service: str, prefix: str, source: str, asks: str, tells: str) -> Register:
    return Register(service, prefix, source, frozenset(asks.split()), frozenset(tells.split()))


REGISTERS: Mapping[str, Register] = {
    register.service: register
    for register in (
        # Of a marriage only that these two have a record, and of when: never place or history.
        _register("marriage.pair", "HY", "民政部门", "man_name man_id woman_name woman_id", "record_date"),
        _register("household.check", "HJ", "公安部门", "name id_no", "household_no address"),
        _register(
            "birth_certificate.check",
            "CS",
            "卫生健康部门",
            "certificate_no mother_id",
            "child_sex child_birth_date birth_place",
        ),
        _register("marriage.couple", "HY", "民政部门", "name id_no spouse_name spouse_id", "record_date"),
        # Alive or not, and nothing else of the person.
        _register("population.check", "RK", "公安部门", "name id_no", ""),
        _register("population.death", "SW", "卫生健康部门", "name id_no", "record_date"),
        _register("kinship.check", "QS", "公安部门", "name id_no relative_name relative_id", ""),
        _register("cremation.check", "HH", "民政部门", "name id_no", "record_date"),
        _register("residence_permit.check", "JZ", "公安部门", "name id_no", "permit_no valid_until"),
        # Category and level decide the subsidy; the diagnosis never leaves the federation (domain.md 4.1).
        _register("disability.check", "CJ", "残联", "name id_no", "certificate_no category level"),
        # The kind of hardship, never an income figure.
        _register("low_income.check", "DB", "民政部门", "name id_no", "kind"),
        _register("card_account.check", "ZH", "人社部门", "name id_no", "account"),
        _register("social_insurance.status", "SB", "人社部门", "name id_no", ""),
        _register("social_insurance.employer", "SB", "人社部门", "name id_no", ""),
        _register("medical_insurance.months", "YB", "医保部门", "name id_no", "months"),
        _register("real_estate.check", "BD", "规划和自然资源部门", "name id_no", "certificate_no"),
        _register("school_record.check", "XJ", "教育部门", "name id_no", ""),
        _register("employment.check", "JY", "人社部门", "name id_no", "record_no"),
        # Whether there is a car or a quota, never which.
        _register("vehicle.check", "CL", "公安部门", "name id_no", ""),
        _register("car_quota.check", "ZB", "交通运输部门", "name id_no", ""),
        _register("driving_licence.check", "JS", "公安部门", "name id_no", "licence_class"),
    )
}
