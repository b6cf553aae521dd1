"""Who sits at the counter and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalogue.model import Element, Kind, Privacy
from wire.messages import Role
from wire.rights import Field, allowed


class Deed(StrEnum):
    """Everything that leaves a trace in the audit log, and the right it needs (wire/rights.py)."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    ENROLLED = "enrolled"
    CARD_READ = "card_read"
    PERSON_TYPED = "person_typed"
    REUSED = "reused"  # what the person gave before, with consent
    REVEALED = "revealed"
    VISIT_OPENED = "visit_opened"
    VISIT_DROPPED = "visit_dropped"
    ASKED = "asked"  # a register is about to be asked
    VERIFIED = "verified"
    CHANGED_TRUSTED_VALUE = "changed_trusted_value"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CHANGE_TAKEN = "change_taken"
    PRINTED = "printed"
    LOOKED_UP = "looked_up"
    # audit and store
    PAPER_SEEN = "paper_seen"  # an original, or the mark taken back
    SCAN_TAKEN = "scan_taken"
    AUDIT_READ = "audit_read"
    AUDIT_EXPORTED = "audit_exported"
    AUDIT_REFUSED = "audit_refused"  # the hall did not countersign
    PURGED = "purged"
    KEY_WRAPPED = "key_wrapped"  # the hall holds a wrap of the store's key
    KEY_RECOVERED = "key_recovered"
    DEVICE_CONFIRMED = "device_confirmed"  # somebody at the hall has compared the fingerprints
    KEY_ROTATED = "key_rotated"  # a new device key is in use
    SHUT_OUT = "shut_out"  # the hall has revoked this device
    # verification at the desk
    NOTICE_GIVEN = "notice_given"  # the citizen was told before the first look-up
    CONSENTED = "consented"  # to one look-up whose basis is consent
    DISPUTED = "disputed"
    PROMISE_PRINTED = "promise_printed"  # 告知承诺书, not signed yet
    COMMITTED = "committed"  # the promise was signed before the clerk
    LEFT_PENDING = "left_pending"  # a department owes its answer by a day
    ASKED_AGAIN = "asked_again"  # by the station itself, for a case that waits
    PAPER_BROUGHT = (
        "paper_brought"  # after the acceptance, for an answer that did not come or did not confirm
    )
    LOCKED = "locked"
    RESUMED = "resumed"
    STAFF_TAKEN = "staff_taken"  # a new list of accounts came from the hall, or a bad one was refused
    DIAGNOSED = "diagnosed"
    # Two persons: the first proposes one of the next four, the second approves or declines it.
    PROPOSED = "proposed"
    APPROVED = "approved"
    DECLINED = "declined"
    PROPOSAL_ENDED = "proposal_ended"  # taken back, or the case changed under it
    NOT_ACCEPTED = "not_accepted"
    TOLERATED = "tolerated"
    VOIDED = "voided"
    REOPENED = "reopened"
    # Between station and hall.
    HALL_RESTORED = "hall_restored"  # another epoch: what the hall had signed is sent again
    HALL_BEHIND = "hall_behind"  # the hall knows less of a case than it has signed: its signature counts
    SNAPSHOT_TAKEN = "snapshot_taken"
    REENROLLED = "reenrolled"  # a disk that was copied or put back got a new place at the hall
    # What does not go by itself: steps sent again or set aside, sticks, limits of a station alone
    STEP_RETRIED = "step_retried"
    STEP_SET_ASIDE = "step_set_aside"  # the hall's word was taken instead
    STICK_WRITTEN = "stick_written"
    STICK_READ = "stick_read"
    LIMITS_TAKEN = "limits_taken"  # from the hall
    # The table of working days
    CALENDAR_SET = "calendar_set"  # by a supervisor, where the hall has none
    SCAN_SEEN = "scan_seen"  # a scan of a case was opened
    CALENDAR_SIGNED = "calendar_signed"  # by another supervisor
    CALENDAR_TAKEN = "calendar_taken"  # from the hall
    # Second persons, other offices, and whoever the result is for
    AGENCY_TAKEN = "agency_taken"  # a power of attorney was seen, or set aside
    FORWARDED = "forwarded"
    PAPERS_TAKEN = "papers_taken"
    ROUTE_PRINTED = "route_printed"
    DELIVERY_ORDERED = "delivery_ordered"
    DELIVERY_RECALLED = "delivery_recalled"
    HANDED_OUT = "handed_out"
    # Steps of a case after its receipt (wire/lifecycle.py)
    CORRECTION_ASKED = "correction_asked"  # 补正告知
    CORRECTION_TAKEN = "correction_taken"  # 补正已收
    WITHDRAWN = "withdrawn"  # by the applicant's signed request
    AMENDED = "amended"  # 更正, after the receipt
    RETURNED = "returned"  # 退件: proposed, by the timer or a person; a second person signs
    GAPS_TOLD = "gaps_told"  # 一次性告知单, before the receipt
    REMINDED = "reminded"  # that the limit of a correction comes near
    # 好差评: neither entry tells what was said, nor whether anything was
    EVALUATION_INVITED = "evaluation_invited"
    EVALUATION_ENDED = "evaluation_ended"
    REVIEWS_READ = "reviews_read"
    REVIEW_HANDLED = "review_handled"
    # Slips.
    SLIP_VOIDED = "slip_voided"  # it counts no more; part of the deed that made it so
    SLIP_CHECKED = "slip_checked"  # its code was read: genuine, altered, void
    # Lists and supervision
    BOARD_SEEN = "board_seen"
    REPORT_EXPORTED = "report_exported"
    SHIFT_HANDED_OVER = "shift_handed_over"
    SHIFT_SIGNED = "shift_signed"
    SHIFT_TAKEN = "shift_taken"
    # What became of paper
    SHEET_SETTLED = "sheet_settled"  # somebody said that a sheet came out, or that it is void
    SHEET_SAVED = "sheet_saved"  # a copy of an archived sheet went into a file, for other people's programs
    QUEUE_MOVED = "queue_moved"  # 取号叫号: a number was taken, called, missed, served, or left
    BATCH_MOVED = "batch_moved"  # a batch of result slips began, halted, went on or ended


NO_WINDOW = "00"  # of whoever sits at no window: supervisors, auditors, administrators


@dataclass(frozen=True, slots=True)
class Clerk:
    """A signed-in person. `person` is the hall's id of the human being, `level` that of the station."""

    login: str
    name: str
    roles: tuple[Role, ...]
    window: str
    person: str = ""
    level: str = "street"

    def may(self, deed: Deed, field: Field = Field.WHOLE) -> bool:
        """Say whether one of the person's roles allows the deed; what is not listed is denied."""
        return allowed(self.roles, deed.value, field, level=self.level)


def field_of(element: Element) -> Field:
    """Say which kind of data an element is, for the table of rights."""
    by_kind = {
        Kind.NAME: Field.NAME,
        Kind.CITIZEN_ID: Field.ID_NO,
        Kind.BIRTH_CERTIFICATE_NO: Field.ID_NO,
        Kind.CREDIT_CODE: Field.ID_NO,
        Kind.PHONE: Field.PHONE,
        Kind.ADDRESS: Field.ADDRESS,
        Kind.BANK_ACCOUNT: Field.ACCOUNT,
    }
    sensitive = element.privacy is Privacy.SENSITIVE
    return by_kind.get(element.kind, Field.HEALTH if sensitive else Field.OTHER)
