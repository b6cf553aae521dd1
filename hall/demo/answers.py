"""What the simulated registers know of whom. They know more than they may tell: the hall must not pass it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from hall.demo.people import COMPANY, COMPANY_CLOSED, HOUSEHOLDS, KIN, LISTED, MARRIAGES, births

Params = Mapping[str, str]
Known = tuple[str, dict[str, str]]  # outcome, facts


def _marriage(params: Params) -> Known:
    date = MARRIAGES.get((params["man_id"], params["woman_id"]))
    return ("record_found", {"record_date": date, "registry": "测试登记处"}) if date else ("no_record", {})


def _couple(params: Params) -> Known:
    ends = (params["id_no"], params["spouse_id"])
    date = MARRIAGES.get(ends) or MARRIAGES.get((ends[1], ends[0]))
    return ("record_found", {"record_date": date}) if date else ("no_record", {})


def _single(params: Params) -> Known:
    for (man, woman), date in MARRIAGES.items():
        if params["id_no"] in (man, woman):
            spouse = woman if params["id_no"] == man else man
            told = {"record_type": "IA", "record_date": date}
            hidden = {"spouse_id": spouse, "history": "模拟，不得外传", "registry": "测试登记处"}
            return "record_found", told | hidden
    return "no_record", {}


def _household(params: Params) -> Known:
    known = HOUSEHOLDS.get(params["id_no"])
    if known is None:
        return "no_record", {}
    facts = {"household_no": known["household_no"], "address": known["address"], "members": "3"}
    return ("match", facts) if known["name"] == params["name"] else ("no_match", {})


def _birth(params: Params) -> Known:
    known = births(datetime.now(UTC).date()).get(params["certificate_no"])
    if known is None:
        return "no_record", {}
    return ("match", known) if known["mother_id"] == params["mother_id"] else ("no_match", {})


def _kinship(params: Params) -> Known:
    kin = {params["id_no"], params["relative_id"]} in KIN
    return ("match", {}) if kin else ("no_record", {})


def _enterprise(params: Params) -> Known:
    names = {number: name for name, number in (COMPANY, COMPANY_CLOSED)}
    name = names.get(params["credit_code"])
    if name is None:
        return "no_record", {}
    if name != params["name"]:
        return "no_match", {}
    closed = params["credit_code"] == COMPANY_CLOSED[1]
    return ("expired" if closed else "match"), {"owners": "模拟，不得外传"}


def _listed(known: Mapping[str, tuple[str, dict[str, str]]], outcome: str) -> Callable[[Params], Known]:
    """Make a register that knows some people by number."""

    def ask(params: Params) -> Known:
        found = known.get(params["id_no"])
        if found is None:
            return "no_record", {}
        name, facts = found
        return (outcome, facts) if name == params["name"] else ("no_match", {})

    return ask


REGISTERS: Mapping[str, Callable[[Params], Known]] = {
    "marriage.pair": _marriage,
    "marriage.couple": _couple,
    "marriage.single": _single,
    "household.check": _household,
    "birth_certificate.check": _birth,
    "kinship.check": _kinship,
    "enterprise.check": _enterprise,
    **{service: _listed(known, outcome) for service, (known, outcome) in LISTED.items()},
}
