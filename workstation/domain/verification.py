"""An internal check that replaces a paper: what it said, how long that holds, and what the citizen says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from wire.messages import Outcome, Verdict, VerificationQuery, VerificationReply

# Nobody has answered yet: asked again, by hand or by itself, and may be left open with a deadline.
OWED = frozenset({Outcome.UNAVAILABLE, Outcome.PENDING})
# What no longer says anything: asked again too, but never left open, for it can be had at once.
ASK_AGAIN = OWED | {Outcome.EXPIRED}
# What a citizen can say is wrong: a register has spoken of the citizen.
DISPUTABLE = frozenset(
    {Outcome.MATCH, Outcome.NO_MATCH, Outcome.RECORD_FOUND, Outcome.NO_RECORD, Outcome.CONFLICT}
)


@dataclass(frozen=True, slots=True)
class Check:
    """One asked verification with its answer, kept with the case as evidence."""

    query: VerificationQuery
    reply: VerificationReply

    def answers(self, query: VerificationQuery) -> bool:
        """Say whether this check was asked with the same parameters: a changed number asks again."""
        return (self.query.rule, self.query.service, dict(self.query.params)) == (
            query.rule,
            query.service,
            dict(query.params),
        )

    @property
    def outcome(self) -> Outcome:
        """What the register said."""
        return self.reply.outcome

    @property
    def by_hall(self) -> bool:
        """Say whether the hall was reached: an answer the station made for itself has no signature."""
        return bool(self.reply.signature)

    def aged(self, at: datetime) -> Check:
        """Return the check as it counts at a time: what was answered and is past its date counts as EXPIRED."""
        if self.outcome not in DISPUTABLE or at <= self.reply.valid_until:
            return self
        return replace(self, reply=replace(self.reply, outcome=Outcome.EXPIRED, facts={}))


@dataclass(frozen=True, slots=True)
class Dispute:
    """异议: what the citizen says of a reply. It outlives the reply, and goes to the department that gave it."""

    id: str
    rule: str
    query: str  # the look-up it is about: an answer to another one is not disputed by it
    evidence_no: str
    said: str
    clerk: str
    at: datetime
    sheet: str  # serial of the printed 异议单
    verdict: Verdict | None = None
    answer: str = ""  # the department's words


@dataclass(frozen=True, slots=True)
class CheckDone:
    """What a case keeps of a check: outcome and evidence, neither facts nor whom it was about."""

    rule: str
    query: str
    outcome: Outcome
    source: str
    evidence_no: str
    replied_at: datetime
    valid_until: datetime
    by_hall: bool = True

    @staticmethod
    def of(check: Check) -> CheckDone:
        """Keep what may be kept."""
        reply = check.reply
        return CheckDone(
            check.query.rule,
            check.query.id,
            reply.outcome,
            reply.source,
            reply.evidence_no,
            reply.replied_at,
            reply.valid_until,
            check.by_hall,
        )


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """An answer that a department owes a case: asked again until it comes or the last day is over."""

    query: VerificationQuery
    material: str
    until: date
    tries: int = 0  # how often the station has asked again
    tried_at: datetime | None = None

    def is_due(self, now: datetime, first: timedelta, longest: timedelta) -> bool:
        """Say whether to ask again: after `first`, then at twice the distance each time, at most `longest`.

        A register that is down for hours is not hammered, and a clerk's look-ups stay few.
        """
        if self.tried_at is None:
            return True
        return now >= self.tried_at + min(first * (1 << min(self.tries, 16)), longest)


def is_disputed(query: str, disputes: Iterable[Dispute]) -> bool:
    """Say whether the reply to a look-up is disputed and the department has not upheld it."""
    return any(d.query == query and d.verdict is not Verdict.UPHELD for d in disputes)
