"""Asks a department's register over HTTP within one budget of time; trouble is an outcome, never a guess."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import SystemRandom

import httpx2

from hall.registries import Register
from hall.registries.belief import Codes, Said, Untrusted, believe
from hall.registries.breaker import Breaker, BreakerState
from hall.settings import Pace
from wire.codec import Malformed, decode, encode
from wire.departments import RegisterAnswer, RegisterQuestion
from wire.messages import Outcome

log = logging.getLogger(__name__)

MOST_BYTES = 64_000
_FIRST_PAUSE_S = 0.05
_JSON = {"Content-Type": "application/json"}
NO_CODES: Codes = {}
Moved = Callable[
    [str, BreakerState, datetime | None], object
]  # service, how it stands now, when it is tried again


def read_codes(path: Path) -> Codes:
    """Read a hall's table of codes. Raises OSError, ValueError for what is none."""
    services = json.loads(path.read_text(encoding="utf-8"))["services"]
    for facts in services.values():
        for words in facts.values():
            if not all(isinstance(code, str) for code in words.values()):
                raise ValueError("codes are texts")
    table: Codes = services
    return table


class _NoAnswer(Exception):
    """Nothing came that could be read; `again` says whether another try may help."""

    def __init__(self, code: str, *, again: bool) -> None:
        super().__init__(code)
        self.code, self.again = code, again


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
        self._dice = SystemRandom()
        self._breakers: dict[str, Breaker] = {}
        self._http = httpx2.Client(base_url=url, trust_env=False)

    def ask(self, register: Register, question: RegisterQuestion, key: bytes | None = None) -> Said:
        """Ask one register. Unreachable, slow, broken, forged and not asked because of all that: UNAVAILABLE.

        The whole of it, retries included, takes no longer than the budget of the pace. `key` is the department's.
        """
        breaker = self._breaker(register.service)
        closed = breaker.admit()
        if closed is not None:
            later = datetime.now(UTC) + timedelta(seconds=closed.retry_in_s)
            return Said(Outcome.UNAVAILABLE, trouble="circuit_open", retry_at=later)
        answered = False
        try:
            answer = self._within_budget(register.service, encode(question).encode())
            now = datetime.now(UTC)
            said = believe(register, question, answer, key=key, codes=self._codes, now=now)
            answered = True
        except _NoAnswer as no:
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

    def _within_budget(self, service: str, body: bytes) -> RegisterAnswer:
        ends = time.monotonic() + self._pace.budget_s
        tries = 0
        while True:
            try:
                return self._once(service, body, ends)
            except _NoAnswer as no:
                tries += 1
                # Full jitter: stations that were cut off together do not come back together.
                pause = self._dice.uniform(0, _FIRST_PAUSE_S * 2**tries)
                if not no.again or tries >= self._pace.tries or time.monotonic() + pause >= ends:
                    raise
                time.sleep(pause)

    def _once(self, service: str, body: bytes, ends: float) -> RegisterAnswer:
        left = ends - time.monotonic()
        if left <= 0:
            raise _NoAnswer("timeout", again=False)
        path = f"/registers/{service}"
        read = bytearray()
        try:
            with self._http.stream("POST", path, content=body, headers=_JSON, timeout=left) as answer:
                if answer.status_code != httpx2.codes.OK:
                    busy = answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR
                    raise _NoAnswer(f"status.{answer.status_code}", again=busy)
                for part in answer.iter_bytes():
                    read += part
                    # The library's limit is for each read: a register that trickles would never meet it.
                    if time.monotonic() > ends:
                        raise _NoAnswer("timeout", again=False)
                    if len(read) > MOST_BYTES:
                        raise _NoAnswer("too_large", again=False)
            return decode(RegisterAnswer, bytes(read))
        except httpx2.TimeoutException:
            raise _NoAnswer("timeout", again=False) from None
        except httpx2.HTTPError as error:
            raise _NoAnswer(f"link.{type(error).__name__}", again=True) from None
        except Malformed:
            raise _NoAnswer("malformed", again=False) from None

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()


def _with_retry(said: Said, retry_at: datetime) -> Said:
    return Said(said.outcome, trouble=said.trouble, retry_at=retry_at)
