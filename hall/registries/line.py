"""The line to the departments: one question posted within one budget of time, whatever the other side does with it."""

from __future__ import annotations

import asyncio
import threading
import time
from secrets import SystemRandom

import httpx2

from hall.settings import Pace

MOST_BYTES = 64_000
_FIRST_PAUSE_S = 0.05
# Nothing is unpacked here: a small answer could become a very large one.
_HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "identity"}


class NoAnswer(Exception):
    """Nothing came that could be read. `code` says why; `again` whether another try may help."""

    def __init__(self, code: str, *, again: bool) -> None:
        super().__init__(code)
        self.code, self.again = code, again


class Line:
    """Asks from an event loop in a thread of its own: only so is a time limit one for the whole, from the first byte of a
    connection to the last of an answer, and not for each read. Safe to use from several threads.
    """

    def __init__(self, url: str, pace: Pace) -> None:
        self._pace = pace
        self._dice = SystemRandom()
        # Whom to believe is wanted of a platform under TLS alone: reading it takes as long as a hundred answers.
        secure = url.startswith("https:")
        self._http = httpx2.AsyncClient(
            base_url=url, trust_env=False, headers=_HEADERS, timeout=None, verify=secure
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="departments", daemon=True)
        self._thread.start()

    def post(self, path: str, body: bytes) -> bytes:
        """Return what is answered with 200, at most MOST_BYTES. Raises NoAnswer, never later than the budget."""
        return asyncio.run_coroutine_threadsafe(self._within_budget(path, body), self._loop).result()

    def close(self) -> None:
        """Let go of the connections and end the thread."""
        asyncio.run_coroutine_threadsafe(self._http.aclose(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _within_budget(self, path: str, body: bytes) -> bytes:
        ends = time.monotonic() + self._pace.budget_s
        tries = 0
        try:
            async with asyncio.timeout(self._pace.budget_s):
                while True:
                    try:
                        return await self._once(path, body)
                    except NoAnswer as no:
                        tries += 1
                        # Full jitter: those who were cut off together do not come back together.
                        pause = self._dice.uniform(0, _FIRST_PAUSE_S * 2**tries)
                        if not no.again or tries >= self._pace.tries or time.monotonic() + pause >= ends:
                            raise
                        await asyncio.sleep(pause)
        except TimeoutError:
            raise NoAnswer("timeout", again=False) from None

    async def _once(self, path: str, body: bytes) -> bytes:
        read = bytearray()
        try:
            async with self._http.stream("POST", path, content=body) as answer:
                if answer.status_code != httpx2.codes.OK:
                    busy = answer.status_code >= httpx2.codes.INTERNAL_SERVER_ERROR
                    raise NoAnswer(f"status.{answer.status_code}", again=busy)
                async for part in answer.aiter_raw():
                    read += part
                    if len(read) > MOST_BYTES:
                        raise NoAnswer("too_large", again=False)
        except httpx2.HTTPError as error:
            raise NoAnswer(f"link.{type(error).__name__}", again=True) from None
        return bytes(read)
