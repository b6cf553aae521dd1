"""An internal check that replaces a paper, and what it said."""

from __future__ import annotations

from dataclasses import dataclass

from wire.messages import Outcome, VerificationQuery, VerificationReply


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
