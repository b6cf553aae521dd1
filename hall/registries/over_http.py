"""Asks a department's register over HTTP; trouble is an outcome, never a guess."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx2

from hall.registries import Register
from wire.messages import Outcome

log = logging.getLogger(__name__)

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


Codes = Mapping[str, Mapping[str, Mapping[str, str]]]  # service, fact, their word -> our code
NO_CODES: Codes = {}


def read_codes(path: Path) -> Codes:
    """Read a hall's table of codes. Raises OSError, ValueError for what is none."""
    services = json.loads(path.read_text(encoding="utf-8"))["services"]
    for facts in services.values():
        for words in facts.values():
            if not all(isinstance(code, str) for code in words.values()):
                raise ValueError("codes are texts")
    table: Codes = services
    return table


class Departments:
    """All registers behind one address, as an exchange platform offers them."""

    def __init__(self, url: str, codes: Codes = NO_CODES) -> None:
        """`codes` says how these departments write what has a code here (resources/hall/codes.json)."""
        self._codes = codes
        self._http = httpx2.Client(base_url=url, timeout=TIMEOUT_S, trust_env=False)

    def ask(self, register: Register, params: Mapping[str, str]) -> Said:
        """Ask one register. Unreachable, slow, broken or babbling all mean UNAVAILABLE."""
        try:
            answer = self._http.post(f"/registers/{register.service}", json=dict(params))
            answer.raise_for_status()
            said = answer.json()
            outcome = Outcome(said["outcome"])
            told = {str(k): str(v) for k, v in said["facts"].items() if k in register.tells}
            facts = self._in_our_codes(register.service, told)
            number = str(said["reply_no"])
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError):
            return UNAVAILABLE
        if outcome not in _MAY_SAY:
            return UNAVAILABLE
        return Said(outcome, facts if outcome in {Outcome.MATCH, Outcome.RECORD_FOUND} else {}, number)

    def _in_our_codes(self, service: str, told: Mapping[str, str]) -> dict[str, str]:
        """Translate what has a code; a word that nobody has listed is left out, for a guess would look like a finding."""
        facts = {}
        for fact, word in told.items():
            known = self._codes.get(service, {}).get(fact)
            if known is None:
                facts[fact] = word
            elif word in known:
                facts[fact] = known[word]
            else:
                log.warning("%s says a word for %s that is in no table", service, fact)
        return facts

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()
