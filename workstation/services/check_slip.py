"""Is this sheet genuine: its code read offline, by the hall's public key and our own ledger, and by the hall when it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wire import seal
from wire.codec import Malformed
from wire.keys import public_of, unb64
from wire.messages import Enrolment, SlipCheck
from wire.sheets import OnPaper, PaperOfSlip
from wire.slips import PREFIX, SlipCode, read_code, vouched
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import is_open
from workstation.domain.slip import Print
from workstation.services.ports import Unit


class SlipState(StrEnum):
    """What is known of a sheet."""

    GENUINE = "genuine"
    PROVISIONAL = "provisional"  # genuine, and made without the hall
    REPLACED = "replaced"  # genuine, and another sheet stands for it
    VOIDED = "voided"  # genuine, and counts no more
    ALTERED = "altered"  # the code is not what was signed, or not what the ledger has
    FOREIGN = "foreign"  # whoever signed it is not known here; the hall may know
    UNREADABLE = "unreadable"  # no code of ours


@dataclass(frozen=True, slots=True)
class SlipStanding:
    """A sheet with what its code says; "" and None where it says nothing that can be believed."""

    state: SlipState
    serial: str = ""
    kind: str = ""  # document code
    receipt_no: str = ""
    version: str = ""
    issued_at: datetime | None = None
    reprint: int = 0
    replaced_by: str = ""
    here: bool = False  # in our own ledger
    case: str = ""
    by_hall: bool = False  # the hall's signature was checked, or the hall has answered
    asked_hall: bool = False
    paper: OnPaper = OnPaper.UNKNOWN  # whether it came out: by our own ledger, then by the hall
    reprints: int = 0  # 补打 of its kind for its case, by the hall


def check_slip(text: str, unit: Unit) -> SlipStanding:
    """Judge a code without network. Raises Refused(STATION_NOT_ENROLLED) while there is no hall's key to judge by."""
    enrolment = unit.station.enrolment()
    if enrolment is None:
        raise Refused(Failure.STATION_NOT_ENROLLED)
    code = "".join(text.split())
    entry = unit.prints.find(code)
    if (
        entry is not None
    ):  # a serial, typed from the paper: what the ledger has, and nothing of the paper is proven
        typed = SlipStanding(SlipState.GENUINE, serial=code, issued_at=entry.printed_at)
        return _in_ledger(typed, entry, unit)
    try:
        if code.startswith(f"{PREFIX}."):
            return _of_sheet(read_code(code), enrolment, unit)
        return _of_seal(code, enrolment, unit)
    except Malformed:
        return SlipStanding(SlipState.UNREADABLE)


def with_halls_word(
    standing: SlipStanding, heard: SlipCheck, paper: PaperOfSlip | None = None
) -> SlipStanding:
    """Put what the hall says in the place of what was judged offline: it knows what was voided elsewhere."""
    known = replace(standing, asked_hall=True)
    if paper is not None and paper.state is not OnPaper.UNKNOWN:
        # What was said here and is still on its way counts before what the hall has not heard.
        unheard = paper.state is OnPaper.UNCONFIRMED and standing.paper is not OnPaper.UNKNOWN
        on_paper = standing.paper if unheard else paper.state
        known = replace(known, paper=on_paper, reprints=paper.reprints)
    if heard.reason in ("altered", "signature"):
        return replace(known, state=SlipState.ALTERED)
    if heard.reason == "malformed":
        return replace(known, state=SlipState.UNREADABLE)
    if heard.reason == "superseded":
        return replace(known, state=SlipState.REPLACED, by_hall=True)
    if heard.reason == "unknown_case":
        return known
    state = SlipState(heard.state) if heard.state else SlipState.GENUINE
    return replace(
        known,
        state=state,
        by_hall=True,
        replaced_by=heard.replaced_by or known.replaced_by,
        receipt_no=heard.receipt_no or known.receipt_no,
        kind=heard.slip or known.kind,
    )


def _of_sheet(code: SlipCode, enrolment: Enrolment, unit: Unit) -> SlipStanding:
    facts, agreed = code.facts, enrolment.algorithms.signature
    said = SlipStanding(
        SlipState.ALTERED,
        serial=facts.serial,
        kind=facts.kind,
        receipt_no=facts.receipt_no,
        version=facts.version,
        issued_at=facts.issued_at,
        reprint=facts.reprint,
    )
    if code.mandate:
        if vouched(code, unb64(enrolment.hall_key), agreed) is None:
            return said
        said = replace(said, by_hall=True)
    elif not code.signed_by(public_of(unit.station.device_key()), agreed):
        # Our own sheet with a wrong signature was altered; another device's only the hall can judge.
        return said if unit.prints.find(facts.serial) else replace(said, state=SlipState.FOREIGN)
    state = SlipState.PROVISIONAL if facts.provisional else SlipState.GENUINE
    entry = unit.prints.find(facts.serial)
    if entry is None:
        return replace(said, state=state)
    if entry.content and (entry.content, entry.kind.value, entry.reprint) != (
        facts.content,
        facts.kind,
        facts.reprint,
    ):
        return replace(said, here=True, case=entry.case)
    return _in_ledger(replace(said, state=state), entry, unit)


def _of_seal(text: str, enrolment: Enrolment, unit: Unit) -> SlipStanding:
    """A result slip bears the hall's own seal over the results; its serial stands outside (docs/decisions/005-seal.md)."""
    read = seal.read(text)
    agreed = enrolment.algorithms.signature
    by_hall = seal.genuine(text, unb64(enrolment.hall_key), agreed)
    said = SlipStanding(
        SlipState.GENUINE,
        serial=read.serial or "",
        receipt_no=str(read.payload.get("receipt_no", "")),
        by_hall=by_hall,
    )
    if not by_hall and not seal.genuine(text, public_of(unit.station.device_key()), agreed):
        return replace(said, state=SlipState.ALTERED)
    entry = unit.prints.find(said.serial)
    return _in_ledger(said, entry, unit) if entry else said


def _in_ledger(said: SlipStanding, entry: Print, unit: Unit) -> SlipStanding:
    known = replace(
        said,
        here=True,
        case=entry.case,
        kind=entry.kind.value,
        reprint=entry.reprint,
        paper=_on_paper(entry, unit),
    )
    if entry.voided:
        state = SlipState.REPLACED if entry.replaced_by else SlipState.VOIDED
        return replace(known, state=state, replaced_by=entry.replaced_by)
    return replace(known, state=SlipState.VOIDED) if known.paper is OnPaper.VOID else known


def _on_paper(entry: Print, unit: Unit) -> OnPaper:
    sheet = unit.sheets.find(entry.serial)
    if sheet is None:
        return OnPaper.UNKNOWN  # of before sheets were followed
    return OnPaper.UNCONFIRMED if is_open(sheet) else OnPaper(sheet.fate.value)
