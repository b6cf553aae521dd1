"""The simulated registers over HTTP; POST /control {"register": "marriage", "mode": "down"} makes one fail.

The modes are those of hall/demo/faults.py; "up" is none of them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count

from fastapi import FastAPI, Request, Response

from hall.demo import carriers, electronic_cards
from hall.demo.answers import REGISTERS
from hall.demo.faults import Faults
from hall.demo.reviewer import Reviewer
from wire.codec import Malformed, decode
from wire.departments import RegisterQuestion

log = logging.getLogger(__name__)


@contextmanager
def _beside(reviewer: Reviewer | None) -> Iterator[None]:
    if reviewer is None:
        yield
        return
    work = asyncio.create_task(reviewer.work())
    work.add_done_callback(_told)
    yield
    work.cancel()


def _told(work: asyncio.Task[None]) -> None:
    """Nobody waits for the reviewer's end: without this it would end without a word, and every case wait for ever."""
    if not work.cancelled() and (error := work.exception()):
        log.critical("the reviewer has ended", exc_info=error)


def make_app(reviewer: Reviewer | None) -> FastAPI:
    """Build the registers; the reviewer works beside them while they run."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        with _beside(reviewer):
            yield

    app = FastAPI(title="simulated departments", docs_url=None, redoc_url=None, lifespan=running)
    app.include_router(electronic_cards.make_router())
    app.include_router(carriers.make_router())
    faults = Faults()
    numbers = count(1)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/control")
    async def control(wanted: dict[str, str]) -> dict[str, str]:
        faults.set(wanted)
        return faults.modes

    @app.get("/asked")
    async def asked() -> dict[str, int]:
        """Say how often each service was asked, every try counted."""
        return faults.asked

    @app.post("/registers/{service}")
    async def ask(service: str, request: Request) -> Response:
        instead = await faults.line(service)
        if instead is not None:
            return instead
        try:
            question = decode(RegisterQuestion, await request.body())
        except Malformed:
            return Response(status_code=422)
        if service not in REGISTERS or question.service != service or not question.grant:
            return Response(status_code=403)
        outcome, facts = REGISTERS[service](question.params)
        return faults.answer(question, outcome, facts, f"SIM{next(numbers):08d}")

    return app
