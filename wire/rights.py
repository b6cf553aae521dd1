"""One table of who may do what to which kind of data: role x action x field. What is not listed is denied.

Pure data, read by the workstation (domain/clerk.py) and again by the hall (hall/who_may.py): a station that was tampered
with gains nothing by leaving its own check out. Sources: domain.md 3.5, 3.6, 4.2, 5.6; GB/T 22239-2019 8.1.4.2 (access control,
least privilege, separated administrators).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from wire.messages import EventKind, Role


class Action(StrEnum):
    """What a right is given for. The values are those of the workstation's deeds."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    LOCKED = "locked"
    RESUMED = "resumed"
    DIAGNOSED = "diagnosed"  # of the card readers
    CARD_READ = "card_read"
    PERSON_TYPED = "person_typed"
    REUSED = "reused"
    REVEALED = "revealed"
    VISIT_OPENED = "visit_opened"
    VISIT_DROPPED = "visit_dropped"
    VERIFIED = "verified"
    CHANGED_TRUSTED_VALUE = "changed_trusted_value"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    PRINTED = "printed"  # result slips
    LOOKED_UP = "looked_up"
    NOTICE_GIVEN = "notice_given"
    CONSENTED = "consented"
    DISPUTED = "disputed"
    PROMISE_PRINTED = "promise_printed"
    COMMITTED = "committed"
    LEFT_PENDING = "left_pending"
    PAPER_BROUGHT = "paper_brought"
    # Of the next four the first person needs the right to propose it, the second APPROVED.
    NOT_ACCEPTED = "not_accepted"
    TOLERATED = "tolerated"
    VOIDED = "voided"
    REOPENED = "reopened"
    PROPOSAL_ENDED = "proposal_ended"  # one's own, taken back
    APPROVED = "approved"
    DECLINED = "declined"
    AUDIT_READ = "audit_read"
    AUDIT_EXPORTED = "audit_exported"
    STEP_RETRIED = "step_retried"
    STEP_SET_ASIDE = "step_set_aside"
    STICK_WRITTEN = "stick_written"
    STICK_READ = "stick_read"
    CALENDAR_SET = "calendar_set"  # the station's own table of working days
    CALENDAR_SIGNED = "calendar_signed"  # by the second person
    # Second persons, other offices, and whoever the result is for.
    AGENCY_TAKEN = "agency_taken"  # a power of attorney was seen
    FORWARDED = "forwarded"
    PAPERS_TAKEN = "papers_taken"
    ROUTE_PRINTED = "route_printed"  # where to go instead
    DELIVERY_ORDERED = "delivery_ordered"
    DELIVERY_RECALLED = "delivery_recalled"
    HANDED_OUT = "handed_out"
    # Steps of a case after its receipt (wire/lifecycle.py).
    CORRECTION_ASKED = "correction_asked"
    CORRECTION_TAKEN = "correction_taken"
    WITHDRAWN = "withdrawn"
    AMENDED = "amended"
    RETURNED = "returned"  # proposed; the second person needs APPROVED
    EVALUATION_INVITED = "evaluation_invited"  # 好差评: the citizen is asked, by the product
    REVIEWS_READ = "reviews_read"  # bad reviews that wait, and sums
    REVIEW_HANDLED = "review_handled"
    # Lists and supervision
    BOARD_SEEN = "board_seen"  # numbers of all counters
    REPORT_EXPORTED = "report_exported"
    SHIFT_HANDED_OVER = "shift_handed_over"
    SHIFT_SIGNED = "shift_signed"  # by the second person
    SHIFT_TAKEN = "shift_taken"  # by the next shift
    SHEET_SETTLED = "sheet_settled"  # what became of a printed sheet
    SCAN_SEEN = "scan_seen"  # a scan of a case was opened
    QUEUE_MOVED = "queue_moved"  # 取号叫号


class Field(StrEnum):
    """A kind of data that an action touches; WHOLE where the action makes no difference between kinds."""

    WHOLE = "whole"
    NAME = "name"
    ID_NO = "id_no"
    PHONE = "phone"
    ADDRESS = "address"
    ACCOUNT = "account"
    HEALTH = "health"
    OTHER = "other"


_WHOLE = frozenset({Field.WHOLE})
_MASKED = frozenset({Field.WHOLE, Field.NAME, Field.ID_NO})  # what a list shows, masked
_ALL = frozenset(Field)
_Row = Mapping[Action, frozenset[Field]]

_ANYBODY: _Row = {
    Action.SIGNED_IN: _WHOLE,
    Action.SIGNED_OUT: _WHOLE,
    Action.LOCKED: _WHOLE,
    Action.RESUMED: _WHOLE,
}
_AT_THE_COUNTER: _Row = {
    Action.DIAGNOSED: _WHOLE,
    Action.CARD_READ: _WHOLE,
    Action.PERSON_TYPED: _WHOLE,
    Action.REUSED: _WHOLE,
    Action.VISIT_OPENED: _WHOLE,
    Action.VISIT_DROPPED: _WHOLE,
    Action.VERIFIED: _WHOLE,
    Action.CHANGED_TRUSTED_VALUE: _WHOLE,
    Action.RECEIVED: _WHOLE,
    Action.LOOKED_UP: _MASKED,
    Action.NOTICE_GIVEN: _WHOLE,
    Action.CONSENTED: _WHOLE,
    Action.DISPUTED: _WHOLE,
    Action.PROMISE_PRINTED: _WHOLE,
    Action.COMMITTED: _WHOLE,
    Action.LEFT_PENDING: _WHOLE,
    Action.PAPER_BROUGHT: _WHOLE,
    Action.PROPOSAL_ENDED: _WHOLE,
    Action.STEP_RETRIED: _WHOLE,
    Action.STEP_SET_ASIDE: _WHOLE,
    Action.STICK_WRITTEN: _WHOLE,
    Action.STICK_READ: _WHOLE,
    Action.AGENCY_TAKEN: _WHOLE,
    Action.ROUTE_PRINTED: _WHOLE,
    Action.DELIVERY_ORDERED: _WHOLE,
    Action.DELIVERY_RECALLED: _WHOLE,
    Action.HANDED_OUT: _WHOLE,
    Action.CORRECTION_TAKEN: _WHOLE,
    Action.WITHDRAWN: _WHOLE,
    Action.AMENDED: _WHOLE,
    Action.EVALUATION_INVITED: _WHOLE,
    Action.SHIFT_HANDED_OVER: _WHOLE,
    Action.SHIFT_SIGNED: _WHOLE,
    Action.SHIFT_TAKEN: _WHOLE,
    Action.SHEET_SETTLED: _WHOLE,
    Action.SCAN_SEEN: _WHOLE,
    Action.QUEUE_MOVED: _WHOLE,
}
RIGHTS: Mapping[Role, _Row] = {
    Role.CLERK: {
        **_ANYBODY,
        **_AT_THE_COUNTER,
        Action.REVEALED: _ALL,
        Action.ACCEPTED: _WHOLE,
        Action.NOT_ACCEPTED: _WHOLE,
        Action.TOLERATED: _WHOLE,
        Action.VOIDED: _WHOLE,
        Action.REOPENED: _WHOLE,
        Action.FORWARDED: _WHOLE,
        Action.PAPERS_TAKEN: _WHOLE,
        Action.CORRECTION_ASKED: _WHOLE,
        Action.RETURNED: _WHOLE,
    },
    # A community agent receives and forwards, never accepts (domain.md 5.6), and so neither refuses nor tolerates.
    Role.AGENT: {
        **_ANYBODY,
        **_AT_THE_COUNTER,
        Action.REVEALED: _ALL - {Field.HEALTH, Field.ACCOUNT},
        Action.VOIDED: _WHOLE,
        Action.FORWARDED: _WHOLE,
    },
    Role.SUPERVISOR: {
        **_ANYBODY,
        Action.DIAGNOSED: _WHOLE,
        Action.LOOKED_UP: _MASKED,
        Action.REVEALED: frozenset({Field.WHOLE, Field.NAME, Field.ID_NO}),
        Action.PRINTED: _WHOLE,
        Action.NOT_ACCEPTED: _WHOLE,
        Action.TOLERATED: _WHOLE,
        Action.VOIDED: _WHOLE,
        Action.REOPENED: _WHOLE,
        Action.PROPOSAL_ENDED: _WHOLE,
        Action.APPROVED: _WHOLE,
        Action.DECLINED: _WHOLE,
        Action.STEP_RETRIED: _WHOLE,
        Action.STEP_SET_ASIDE: _WHOLE,
        Action.STICK_WRITTEN: _WHOLE,
        Action.STICK_READ: _WHOLE,
        Action.CALENDAR_SET: _WHOLE,
        Action.CALENDAR_SIGNED: _WHOLE,
        Action.RETURNED: _WHOLE,
        Action.EVALUATION_INVITED: _WHOLE,
        Action.REVIEWS_READ: _WHOLE,
        Action.REVIEW_HANDLED: _WHOLE,
        Action.BOARD_SEEN: _WHOLE,
        Action.REPORT_EXPORTED: _WHOLE,
        Action.SHIFT_HANDED_OVER: _WHOLE,
        Action.SHIFT_SIGNED: _WHOLE,
        Action.SHIFT_TAKEN: _WHOLE,
        Action.SHEET_SETTLED: _WHOLE,
    },
    # Reads what was done and changes nothing; opens no case and sees no person.
    Role.AUDITOR: {
        **_ANYBODY,
        Action.AUDIT_READ: _WHOLE,
        Action.AUDIT_EXPORTED: _WHOLE,
        Action.BOARD_SEEN: _WHOLE,
    },
    Role.AUTHOR: _ANYBODY,
    Role.ADMIN: {**_ANYBODY, Action.DIAGNOSED: _WHOLE},
}

# Which right the actor of an event needs. What stands here not, no actor may send.
EVENT_ACTIONS: Mapping[EventKind, Action] = {
    EventKind.CASE_RECEIVED: Action.RECEIVED,
    EventKind.CASE_ACCEPTED: Action.ACCEPTED,
    EventKind.CASE_NOT_ACCEPTED: Action.APPROVED,
    EventKind.CASE_VOIDED: Action.APPROVED,
    EventKind.CASE_REOPENED: Action.APPROVED,
    EventKind.RESULT_COLLECTED: Action.HANDED_OUT,
    EventKind.VERIFICATION_DISPUTED: Action.DISPUTED,
    EventKind.PAPERS_CHANGED: Action.PAPER_BROUGHT,
    EventKind.CASE_FORWARDED: Action.FORWARDED,
    EventKind.PAPERS_TAKEN: Action.PAPERS_TAKEN,
    EventKind.DELIVERY_ORDERED: Action.DELIVERY_ORDERED,
    EventKind.DELIVERY_RECALLED: Action.DELIVERY_RECALLED,
    EventKind.CORRECTION_ASKED: Action.CORRECTION_ASKED,
    EventKind.CORRECTION_ANSWERED: Action.CORRECTION_TAKEN,
    EventKind.CASE_RETURNED: Action.APPROVED,
    EventKind.CASE_WITHDRAWN: Action.WITHDRAWN,
    EventKind.RECEIPT_AMENDED: Action.AMENDED,
    EventKind.EVALUATION_GIVEN: Action.EVALUATION_INVITED,
    EventKind.SLIP_SETTLED: Action.SHEET_SETTLED,
}
# What a station does by itself, and what it may tell so: a register that was asked again has answered, a citizen has spoken.
STATION_ITSELF = "station"
BY_ITSELF = frozenset({EventKind.PAPERS_CHANGED, EventKind.EVALUATION_GIVEN})
# A printed sheet is told by whoever may print its kind (document codes of domain.md 2).
SLIP_ACTIONS: Mapping[str, Action] = {
    "RCP": Action.RECEIVED,
    "ACC": Action.ACCEPTED,
    "REF": Action.NOT_ACCEPTED,
    "FIN": Action.PRINTED,
    "VER": Action.VERIFIED,
    "COM": Action.PROMISE_PRINTED,
    "DIS": Action.DISPUTED,
    "COR": Action.CORRECTION_ASKED,
    "COK": Action.CORRECTION_TAKEN,
    "RET": Action.LOOKED_UP,
    "GAP": Action.VISIT_OPENED,
    "TOL": Action.ACCEPTED,
    "TLP": Action.ACCEPTED,
    "SPX": Action.ACCEPTED,
    "EXT": Action.ACCEPTED,
    "TRN": Action.FORWARDED,
    "DEC": Action.PRINTED,
    "DEN": Action.PRINTED,
    "DLV": Action.HANDED_OUT,
    "PCK": Action.DELIVERY_ORDERED,
    "PAY": Action.RECEIVED,
    "POA": Action.AGENCY_TAKEN,
    "PRX": Action.RECEIVED,
    "WAY": Action.ROUTE_PRINTED,
    "TKT": Action.QUEUE_MOVED,
    "SHF": Action.SHIFT_HANDED_OVER,
}
# A community station receives and forwards whoever sits there, also a clerk who is on loan (domain.md 3.5, 5.6).
STREET_ONLY = frozenset(
    {
        Action.ACCEPTED,
        Action.NOT_ACCEPTED,
        Action.TOLERATED,
        Action.CORRECTION_ASKED,
        Action.RETURNED,
        Action.PAPERS_TAKEN,
    }
)


def allowed(roles: Iterable[Role], action: str, field: Field = Field.WHOLE, *, level: str = "street") -> bool:
    """Say whether one of the roles may do the action to this kind of data at a station of this level."""
    if level == "community" and action in STREET_ONLY:
        return False
    # A member of a StrEnum equals its text, so a deed's value finds its row.
    return any(field in fields for role in roles for known, fields in RIGHTS[role].items() if known == action)
