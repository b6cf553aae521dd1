"""Who sits at the counter and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wire.messages import Role


class Deed(StrEnum):
    """Everything that leaves a trace in the audit log, and the right it needs."""

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


@dataclass(frozen=True, slots=True)
class Clerk:
    """A signed-in person."""

    login: str
    name: str
    roles: tuple[Role, ...]
    window: str

    def may(self, deed: Deed) -> bool:
        """Say whether one of the person's roles allows the deed; what is not listed is denied."""
        return any(deed in RIGHTS[role] for role in self.roles)


_EVERYBODY = frozenset({Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.LOOKED_UP})
_AT_THE_COUNTER = frozenset(
    {
        Deed.CARD_READ,
        Deed.PERSON_TYPED,
        Deed.REUSED,
        Deed.REVEALED,
        Deed.VISIT_OPENED,
        Deed.VISIT_DROPPED,
        Deed.VERIFIED,
        Deed.CHANGED_TRUSTED_VALUE,
        Deed.RECEIVED,
        Deed.NOTICE_GIVEN,
        Deed.CONSENTED,
        Deed.DISPUTED,
        Deed.PROMISE_PRINTED,
        Deed.COMMITTED,
        Deed.LEFT_PENDING,
        Deed.PAPER_BROUGHT,
    }
)
RIGHTS: dict[Role, frozenset[Deed]] = {
    Role.CLERK: _EVERYBODY | _AT_THE_COUNTER | {Deed.ACCEPTED},
    # A community agent receives and forwards, never accepts (domain.md 5.6).
    Role.AGENT: _EVERYBODY | _AT_THE_COUNTER,
    Role.SUPERVISOR: _EVERYBODY | {Deed.REVEALED, Deed.PRINTED},
    Role.AUDITOR: frozenset({Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.AUDIT_READ, Deed.AUDIT_EXPORTED}),
    Role.AUTHOR: frozenset({Deed.SIGNED_IN, Deed.SIGNED_OUT}),
    Role.ADMIN: frozenset({Deed.SIGNED_IN, Deed.SIGNED_OUT}),
}
