"""Asks a department's register over HTTP; trouble is an outcome, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import httpx2

from hall.registries import Register
from wire.messages import Outcome

# A clerk and a citizen are waiting: after this the paper path opens.
TIMEOUT_S = 2.0
_MAY_SAY = frozenset(
    {Outcome.MATCH, Outcome.NO_MATCH, Outcome.RECORD_FOUND, Outcome.NO_RECORD, Outcome.CONFLICT}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a register said: outcome, minimal facts, its own reply number."""

    outcome: Outcome
    facts: Mapping[str, str]
    reply_no: str


UNAVAILABLE = Said(Outcome.UNAVAILABLE, {}, "")


class Departments:
    """All registers behind one address, as an exchange platform offers them."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=url, timeout=TIMEOUT_S, trust_env=False)

    def ask(self, register: Register, params: Mapping[str, str]) -> Said:
        """Ask one register. Unreachable, slow, broken or babbling all mean UNAVAILABLE."""
        try:
            answer = self._http.post(f"/registers/{register.service}", json=dict(params))
            answer.raise_for_status()
            said = answer.json()
            outcome = Outcome(said["outcome"])
            facts = {str(k): str(v) for k, v in said["facts"].items() if k in register.tells}
            number = str(said["reply_no"])
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError):
            return UNAVAILABLE
        if outcome not in _MAY_SAY:
            return UNAVAILABLE
        return Said(outcome, facts if outcome in {Outcome.MATCH, Outcome.RECORD_FOUND} else {}, number)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()
