"""Look-ups inside the administration: each with its case, item, purpose, clerk and the paper it replaces.

No register is asked but by a query that `queries` made: only there is it known that every reason stands.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from wire.keys import new_id
from wire.messages import MaterialHow, Outcome, Party, Verdict, VerificationQuery, VerificationReply
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import DocumentKind, Identity
from workstation.domain.verification import ASK_AGAIN, Check
from workstation.domain.visit import Paper, Visit
from workstation.forms.gaps import asked_of
from workstation.forms.model import Form, FormCheck
from workstation.forms.prefill import from_check, put
from workstation.forms.queries import params_of, ready_checks
from workstation.services.ports import Clock, Hall

# GA/T 2000.156. The residence permit of Hong Kong, Macau and Taiwan people has no stable code there (domain.md 1.2).
RESIDENT_ID, FOREIGNER_ID, OTHER = "111", "553", "990"
_ID_TYPES = {DocumentKind.FOREIGNER_CARD: FOREIGNER_ID, DocumentKind.HMT_PERMIT: OTHER}


def queries(form: Form, visit: Visit, clerk: Clerk, today: date) -> tuple[VerificationQuery, ...]:
    """The look-ups that can be asked now: all their reasons and values stand, and no answer to just these is there.

    `visit` is aged already (see `aged`): what has expired is asked again, and what a department says it has mended.
    """
    if visit.identity is None:
        return ()
    values = {key: answer.value for key, answer in visit.answers.items()}
    settled = replace(visit, checks=tuple(c for c in visit.checks if not _asked_again(c, visit)))
    sponsor = party_of(visit.identity)
    return tuple(
        _query(check, params_of(check, values), visit, clerk, sponsor)
        for check in ready_checks(form, settled, today)
    )


def aged(visit: Visit, at: datetime) -> Visit:
    """Return the visit as its checks count at a time. For looking and deciding: what is kept stays as it was said."""
    checks = tuple(check.aged(at) for check in visit.checks)
    return visit if checks == visit.checks else replace(visit, checks=checks)


def of_rule(visit: Visit, rule: str) -> Check | None:
    """Return the answered check of a rule."""
    return next((check for check in visit.checks if check.query.rule == rule), None)


def _asked_again(check: Check, visit: Visit) -> bool:
    mended = any(d.query == check.query.id and d.verdict is Verdict.CORRECTED for d in visit.disputes)
    return mended or check.outcome in ASK_AGAIN


def leave_pending(visit: Visit, form: Form, rule: str, until: date) -> Visit:
    """Let the case go on while a department owes its answer: the paper stands as PENDING until a day.

    Raises Refused(NOT_DEFERRABLE) when nobody owes anything: a register that has spoken has spoken, and one that the hall
    was never asked about cannot owe.
    """
    values = {key: answer.value for key, answer in visit.answers.items()}
    check = next((c for c in form.checks if c.rule.id == rule), None)
    if check is None or not asked_of(check, visit, values).owed:
        raise Refused(Failure.NOT_DEFERRABLE)
    old = visit.papers.get(check.rule.fallback)
    paper = Paper(MaterialHow.PENDING, old.scans if old else (), until=until)
    return replace(visit, papers={**visit.papers, check.rule.fallback: paper})


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


def asks_of(query: VerificationQuery) -> str:
    """Say in the audit chain what is going to be asked and why: rule, item, purpose."""
    return f"{query.rule} {query.item} {query.purpose}"


def told_of(check: Check) -> str:
    """Say in the audit chain what was asked and why: rule, outcome, evidence number, item, purpose.

    The purpose stands in the chain itself: what the catalogue says of it may change.
    """
    query = check.query
    return f"{query.rule} {check.outcome.value} {check.reply.evidence_no or '-'} {query.item} {query.purpose}"
