"""A poll from its request to its answer: who signed, whether they may come in and what is new, in one go on one thread."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from fastapi import Request
from psycopg import Error as DriverError
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.api.asking import Told, body_of, unpacked, who_signed
from hall.api.key_lookup import KeyMemory, look_again
from hall.api.parts import HallParts
from hall.availability import is_away
from hall.devices import Known
from hall.engines import reading
from hall.feed import MAX_PAGE, CursorGone
from hall.polls import page
from hall.standing import ShutOut
from hall.straight_line import straight_line
from hall.upsert import Speaks
from wire.codec import encode
from wire.messages import ChangePage

# Polls under way at once in a process: each holds a connection of the pool (hall/engines.py), for one statement.
POLLS = 8
_NUMBER = TypeAdapter(int)


class Polls:
    """Answers polls on threads of its own: nearly every request of a station is one, and nearly all of them bring nothing."""

    def __init__(self, parts: HallParts) -> None:
        self._engine, self._keys = parts.engine, KeyMemory()
        self._threads = ThreadPoolExecutor(POLLS, thread_name_prefix="poll")
        self._away_at = -math.inf  # when one of them last found that the database is away (monotonic)

    async def answer(self, request: Request) -> str:
        """Return the page that is asked for as it goes over the wire. Raises Told."""
        cursor, limit = _asked(request)
        body = await body_of(request)
        came, loop = time.monotonic(), asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._in_turn, came, request, body, cursor, limit)

    def _in_turn(self, came: float, request: Request, body: bytes, cursor: str, limit: int) -> str:
        """Answer a poll when a thread is free. Whoever came before another one found the database away is told that too: eight at
        a time would wait for the patience of all before them."""
        if came < self._away_at:
            raise NoConnection("the database was away when this poll's turn came")
        try:
            return self._page(request, body, cursor, limit)
        except (DBAPIError, NoConnection) as error:
            if is_away(error):
                self._away_at = time.monotonic()
            raise

    def _page(self, request: Request, body: bytes, cursor: str, limit: int) -> str:
        known = who_signed(request, self._engine, body, self._keys)
        unpacked(request, body)
        try:
            return self._told(known, cursor, limit)
        except ShutOut as out:
            raise Told(401 if out.code == "device_unknown" else 403, out.code) from out
        except CursorGone as gone:
            raise Told(410, "cursor_gone") from gone
        except ValueError as error:
            raise Told(422, "malformed") from error

    def _told(self, known: Known, cursor: str, limit: int) -> str:
        try:
            return encode(self._read(lambda db: page(db, known.station, cursor, limit, known.key)))
        except ShutOut as out:
            anew = look_again(self._engine, self._keys, known) if out.code == "device_unknown" else None
            if anew is None:
                raise
        return encode(self._read(lambda db: page(db, anew.station, cursor, limit, anew.key)))

    def _read(self, look: Callable[[Speaks], ChangePage]) -> ChangePage:
        """Look at the database: on PostgreSQL straight to the driver, which plans the statement once a connection."""
        if self._engine.dialect.name == "postgresql":
            with suppress(DriverError), straight_line(self._engine) as line:
                return look(line)
        with reading(self._engine) as db:
            return look(db)


def _asked(request: Request) -> tuple[str, int]:
    """Return the cursor and how many changes are asked for at most. Raises Told(422)."""
    asked = request.query_params
    try:
        return asked.get("cursor", ""), _NUMBER.validate_python(asked.get("limit", MAX_PAGE))
    except ValidationError:
        raise Told(422, "malformed") from None
