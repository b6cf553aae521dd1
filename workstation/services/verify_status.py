"""Look-ups inside the administration: each with its case, item, purpose, clerk and the paper it replaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wire.keys import new_id
from wire.messages import Outcome, Party, VerificationQuery, VerificationReply
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import DocumentKind, Identity
from workstation.domain.verification import Check
from workstation.domain.visit import Visit
from workstation.forms.model import Form, FormCheck
from workstation.forms.prefill import from_check, put
from workstation.forms.queries import params_of, ready_checks
from workstation.services.ports import Clock, Hall

# GA/T 2000.156. The residence permit of Hong Kong, Macau and Taiwan people has no stable code there (domain.md 1.2).
RESIDENT_ID, FOREIGNER_ID, OTHER = "111", "553", "990"
_ID_TYPES = {DocumentKind.FOREIGNER_CARD: FOREIGNER_ID, DocumentKind.HMT_PERMIT: OTHER}
_RETRY = frozenset({Outcome.UNAVAILABLE, Outcome.PENDING})


def queries(form: Form, visit: Visit, clerk: Clerk, today: date) -> tuple[VerificationQuery, ...]:
    """The look-ups that can be asked now: all their values stand, and no answer to just these is there."""
    if visit.identity is None:
        return ()
    values = {key: answer.value for key, answer in visit.answers.items()}
    settled = replace(visit, checks=tuple(c for c in visit.checks if c.outcome not in _RETRY))
    sponsor = party_of(visit.identity)
    return tuple(
        _query(check, params_of(check, values), visit, clerk, sponsor)
        for check in ready_checks(form, settled, today)
    )


def ask(query: VerificationQuery, *, hall: Hall, clock: Clock) -> Check:
    """Ask one register. An unreachable hall is an answer too: UNAVAILABLE opens the paper path.

    Raises Refused for what is not a matter of reaching the hall: untrusted answers, a revoked device.
    """
    try:
        return Check(query, hall.verify(query))
    except Refused as refusal:
        if refusal.failure not in {Failure.HALL_UNREACHABLE, Failure.HALL_BUSY}:
            raise
        now = clock()
        return Check(
            query,
            VerificationReply(
                query=query.id,
                service=query.service,
                outcome=Outcome.UNAVAILABLE,
                facts={},
                source="",
                evidence_no="",
                replied_at=now,
                valid_until=now + timedelta(0),
                signature="",
            ),
        )


def take(form: Form, visit: Visit, check: Check) -> Visit:
    """Put an answer into the visit in place of an older one of the same rule, and fill what it fills.

    An answer about values that have changed meanwhile is dropped: it speaks of somebody else.
    """
    wanted = {c.rule.id: c for c in form.checks}.get(check.query.rule)
    values = {key: answer.value for key, answer in visit.answers.items()}
    if (
        wanted is None
        or check.query.case != visit.case
        or params_of(wanted, values) != dict(check.query.params)
    ):
        return visit
    others = tuple(c for c in visit.checks if c.query.rule != check.query.rule)
    # What a person overruled with a reason stays theirs.
    filled = {
        k: v
        for k, v in from_check(form, check).items()
        if not (k in visit.answers and visit.answers[k].reason)
    }
    return replace(visit, checks=(*others, check), answers=put(visit.answers, filled))


def party_of(identity: Identity) -> Party:
    """The card holder as a party of the case."""
    shown = identity.document.kind if identity.document else None
    kind = _ID_TYPES.get(shown, RESIDENT_ID) if shown else RESIDENT_ID
    return Party(identity.name, kind, identity.id_no)


def _query(
    check: FormCheck, params: dict[str, str], visit: Visit, clerk: Clerk, sponsor: Party
) -> VerificationQuery:
    rule = check.rule
    return VerificationQuery(
        id=new_id(),
        case=visit.case,
        item=check.used_by[0],
        rule=rule.id,
        service=rule.service,
        purpose=rule.purpose.zh,
        legal_basis=rule.legal_basis,
        replaces=rule.fallback,
        clerk=clerk.login,
        sponsor=sponsor,
        params=params,
    )
