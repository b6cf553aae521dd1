"""The code of a sheet: its facts under the device's key, with the hall's mandate where the hall knows of the sheet's case."""

from __future__ import annotations

from dataclasses import replace

from wire.codec import digest, encode
from wire.keys import public_of, unb64
from wire.slips import CONTENT_HEX, SlipFacts, make_code, read_mandate
from workstation.domain.slip import Slip
from workstation.services.ports import Unit

MANDATE_FACT = "slip_mandate"


def content_of(slip: Slip) -> str:
    """Return the digest of all that stands on a sheet but its code: who changes a word has another one."""
    return digest(encode(replace(slip, code="", specimen=False)))[:CONTENT_HEX]


def facts_of(slip: Slip) -> SlipFacts:
    """Return what the code of a sheet says."""
    return SlipFacts(
        serial=slip.serial,
        kind=slip.kind.value,
        version=slip.template,
        receipt_no=slip.receipt_no,
        content=content_of(slip),
        reprint=slip.reprint,
        provisional=slip.provisional,
        issued_at=slip.issued_at,
    )


def code_of(slip: Slip, unit: Unit) -> str:
    """Sign a sheet. One that is provisional bears the station's word alone: the hall knows nothing of its case yet."""
    key = unit.station.device_key()
    mandate = "" if slip.provisional else _mandate(slip, key, unit)
    return make_code(facts_of(slip), key, mandate)


def _mandate(slip: Slip, device_key: bytes, unit: Unit) -> str:
    """The mandate that holds for this key at the time of the sheet, "" where there is none."""
    token, enrolment = unit.station.fact(MANDATE_FACT), unit.station.enrolment()
    if not token or enrolment is None:
        return ""
    said = read_mandate(token, unb64(enrolment.hall_key), enrolment.algorithms.signature)
    if said is None or said.key != public_of(device_key):
        return ""
    return token if said.since <= slip.issued_at <= said.until else ""
