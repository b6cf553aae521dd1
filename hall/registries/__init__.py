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
    )
}
