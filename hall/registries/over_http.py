"""Asks a department's register over HTTP within one budget of time; trouble is an outcome, never a guess."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hall.registries import Register
from hall.registries.belief import Codes, Said, Untrusted, believe
from hall.registries.breaker import Breaker, BreakerState
from hall.registries.line import Line, NoAnswer
from hall.settings import Pace
from wire.codec import Malformed, decode, encode
from wire.departments import RegisterAnswer, RegisterQuestion
from wire.messages import Outcome

log = logging.getLogger(__name__)

NO_CODES: Codes = {}
CIRCUIT_OPEN = "circuit_open"  # not asked at all
# Hears of a service, how its circuit stands now, and when it is tried again.
Moved = Callable[[str, BreakerState, datetime | None], object]


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
    """All registers behind one address, as an exchange platform offers them. Safe to use from several threads."""

    def __init__(
        self,
        url: str,
        codes: Codes = NO_CODES,
        pace: Pace | None = None,
        *,
        moved: Moved = lambda *_: None,
    ) -> None:
        """`codes` says how these departments write what has a code here (resources/hall/codes.json).

        `moved` hears when the circuit of a register opens or closes.
        """
        self._codes = codes
        self._pace = pace or Pace()
        self._moved = moved
        self._breakers: dict[str, Breaker] = {}
        self._line = Line(url, self._pace)

    def ask(self, register: Register, question: RegisterQuestion, key: bytes | None = None) -> Said:
        """Ask one register. Unreachable, slow, broken, forged and not asked because of all that: UNAVAILABLE.

        The whole of it, retries included, takes no longer than the budget of the pace. `key` is the department's.
        """
        breaker = self._breaker(register.service)
        closed = breaker.admit()
        if closed is not None:
            later = datetime.now(UTC) + timedelta(seconds=closed.retry_in_s)
            return Said(Outcome.UNAVAILABLE, trouble=CIRCUIT_OPEN, retry_at=later)
        answered = False
        try:
            answer = self._answer(question)
            now = datetime.now(UTC)
            said = believe(register, question, answer, key=key, codes=self._codes, now=now)
            answered = True
        except NoAnswer as no:
            log.info("%s gave no answer: %s", register.service, no.code)
            said = Said(Outcome.UNAVAILABLE, trouble=no.code)
        except Untrusted as untrusted:
            log.warning("%s gave an answer that is not to be trusted: %s", register.service, untrusted)
            said = Said(Outcome.UNAVAILABLE, trouble=f"untrusted.{untrusted}")
        finally:
            # Also when a bug of ours ends it: a probe that is never over would shut the register out for ever.
            retry_at = self._tell(register.service, breaker, answered=answered)
        return said if answered or retry_at is None else _with_retry(said, retry_at)

    def _tell(self, service: str, breaker: Breaker, *, answered: bool) -> datetime | None:
        if answered:
            if breaker.worked():
                self._moved(service, BreakerState.CLOSED, None)
            return None
        rest = breaker.failed()
        if rest is None:
            return None
        retry_at = datetime.now(UTC) + timedelta(seconds=rest)
        self._moved(service, BreakerState.OPEN, retry_at)
        return retry_at

    def _breaker(self, service: str) -> Breaker:
        # setdefault is one step: two threads that meet here get the same breaker.
        found = self._breakers.get(service)
        return found or self._breakers.setdefault(
            service, Breaker(self._pace.breaker_after, self._pace.breaker_rest_s, time.monotonic)
        )

    def _answer(self, question: RegisterQuestion) -> RegisterAnswer:
        said = self._line.post(f"/registers/{question.service}", encode(question).encode())
        try:
            return decode(RegisterAnswer, said)
        except Malformed:
            raise NoAnswer("malformed", again=False) from None

    def close(self) -> None:
        """Let go of the connections."""
        self._line.close()


def _with_retry(said: Said, retry_at: datetime) -> Said:
    return Said(said.outcome, trouble=said.trouble, retry_at=retry_at)
