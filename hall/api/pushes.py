"""A push from its request to its answer: small ones of several stations go together, every other one by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from fastapi import Request

from hall.acceptance import Gate
from hall.api.asking import AROUND_BYTES, body_of, decoded, let_in, unpacked, who_signed
from hall.api.key_lookup import KeyMemory, look_again
from hall.api.parts import HallParts
from hall.at_once import AtOnce
from hall.availability import is_away
from hall.company import Company
from hall.intake import Intake
from hall.new_cases import SMALL, Push, Taken
from wire.messages import PushRequest

# Pushes under way at once in a process: each holds a connection of the pool (hall/engines.py), and others want some too.
PUSHES = 16
# What a packed batch of a few events has at most: whoever sends more has enough to do for a thread of its own.
SMALL_BYTES = 8_192


@dataclass(frozen=True, slots=True)
class _Come:
    """A push as it came: nothing of it has been looked at."""

    request: Request
    body: bytes


class Pushes:
    """Takes pushes on threads of its own: all of a push in one go there, for each change of threads costs a small one more
    than its signature."""

    def __init__(self, parts: HallParts) -> None:
        self._parts = parts
        self._limit = parts.settings.intake.body_bytes + AROUND_BYTES
        gate = Gate(parts.catalogue, parts.releases)
        self._intake = Intake(parts.engine, gate, most=parts.settings.intake.batch, straight=True)
        self._keys, self._batches = KeyMemory(), AtOnce(PushRequest)
        # Not the framework's threads: of what it does for each change of threads a push needs nothing.
        self._threads = ThreadPoolExecutor(PUSHES, thread_name_prefix="push")
        self._company: Company[_Come, str | Push | _Come] = Company(self._together, self._threads)

    async def answer(self, request: Request) -> str:
        """Return the answer to a push as it goes over the wire. Raises Told, PushRefused."""
        come = _Come(request, await body_of(request, self._limit))
        if self._intake.new_cases is None or len(come.body) > SMALL_BYTES:
            return await self._on_a_thread(lambda: self._alone(self._ready(come), straight=True))
        told = await self._company.go(come)
        if isinstance(told, str):
            return told
        if isinstance(told, _Come):
            return await self._on_a_thread(lambda: self._alone(self._ready(come), straight=True))
        # One that is small has been that way already.
        straight = len(told.request.items) > SMALL
        return await self._on_a_thread(lambda: self._alone(told, straight=straight))

    async def _on_a_thread(self, work: Callable[[], str]) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _together(
        self, come: Sequence[_Come], hand_on: Callable[[], None]
    ) -> Sequence[str | Push | _Come | Exception]:
        """Answer those that are small and well; give back as a push what has to go by itself, and why another one is refused.
        Where the database is away, those behind come back as they came: nobody is to wait for the patience of all before."""
        ready: list[Push | _Come | Exception] = []
        away = False
        for each in come:
            tried = each if away else self._tried(each)
            away = away or (isinstance(tried, Exception) and is_away(tried))
            ready.append(tried)
        small = [each for each in ready if isinstance(each, Push) and len(each.request.items) <= SMALL]
        new_cases = self._intake.new_cases
        taken = new_cases.take_together(small, hand_on) if new_cases is not None and small else ()
        told = {id(push): self._told(push, each) for push, each in zip(small, taken, strict=True) if each}
        return [told.get(id(each), each) for each in ready]

    def _tried(self, come: _Come) -> Push | Exception:
        try:
            return self._ready(come)
        except Exception as error:  # noqa: BLE001 - it is raised where the push came, and at nobody else's cost
            return error

    def _ready(self, come: _Come) -> Push:
        engine = self._parts.engine
        known = who_signed(come.request, engine, come.body, self._keys)
        caller = let_in(known)
        batch = decoded(self._batches, unpacked(come.request, come.body, self._limit))
        if batch.device != caller.device:
            caller = let_in(look_again(engine, self._keys, known) or known)
        return self._intake.read(caller.device, batch, known.key)

    def _alone(self, push: Push, *, straight: bool) -> str:
        return self._told(push, self._intake.take_push(push, straight=straight))

    def _told(self, push: Push, taken: Taken) -> str:
        self._parts.meters.pushed(push.request, taken.results)
        return taken.text
