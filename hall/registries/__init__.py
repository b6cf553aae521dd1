"""Adapters to the departments' registers: what may be asked, and what of the answer may leave the hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """One service of a department. Facts that are not listed never leave the hall (domain.md 4.1)."""

    service: str
    source: str  # the department as the slip names it
    asks: frozenset[str]
    tells: frozenset[str]


def _register(service: str, source: str, asks: str, tells: str) -> Register:
    return Register(service, source, frozenset(asks.split()), frozenset(tells.split()))


REGISTERS: Mapping[str, Register] = {
    register.service: register
    for register in (
        # Of a marriage only that these two have a record, and of when: never place or history.
        _register("marriage.pair", "民政部门", "man_name man_id woman_name woman_id", "record_date"),
        _register("household.check", "公安部门", "name id_no", "household_no address"),
        _register(
            "birth_certificate.check",
            "卫生健康部门",
            "certificate_no mother_id",
            "child_sex child_birth_date birth_place",
        ),
    )
}
