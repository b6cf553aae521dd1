"""A sheet counts no more: noted in the ledger, told to the hall, kept in the audit chain. Part of the deed that makes it so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from wire.codec import encode
from wire.keys import new_id
from wire.messages import EventKind, SlipVoided
from workstation.domain.clerk import Deed
from workstation.domain.slip import Print
from workstation.services.ports import Unit


class VoidReason(StrEnum):
    """Why a sheet counts no more."""

    REPLACED = "replaced"  # a sheet with the hall's number stands for the provisional one
    CORRECTED = "corrected"  # what it says was corrected
    RETURNED = "returned"  # the case went back
    MISTAKEN = "mistaken"  # printed by mistake, or taken back at the counter


def void_slip(
    entry: Print, reason: VoidReason, *, replaced_by: str = "", clerk: str, at: datetime, unit: Unit
) -> Print:
    """Void a sheet of a case; the caller commits. A sheet that is void already stays as it is."""
    if entry.voided:
        return entry
    void = replace(entry, voided=reason.value, replaced_by=replaced_by)
    unit.prints.change(void)
    case = unit.cases.get(entry.case)
    told = SlipVoided(
        receipt_no=case.receipt_no,
        slip=entry.kind.value,
        serial=entry.serial,
        reason=reason.value,
        replaced_by=replaced_by,
        clerk=clerk,
        voided_at=at,
    )
    unit.outbox.add(
        id=new_id(),
        subject=entry.case,
        kind=EventKind.SLIP_VOIDED,
        at=at,
        actor=clerk,
        body=encode(told),
    )
    unit.audit.note(
        at=at,
        actor=clerk,
        deed=Deed.SLIP_VOIDED,
        case=entry.case,
        note=f"{entry.serial} {reason.value} {replaced_by}".strip(),
    )
    return void
