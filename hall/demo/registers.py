"""The simulated registers over HTTP; POST /control {"register": "marriage", "mode": "down"} makes one fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from fastapi import FastAPI, Response

from hall.demo import electronic_cards
from hall.demo.people import HOUSEHOLDS, KIN, LISTED, MARRIAGES, births
from hall.demo.reviewer import Reviewer

Params = Mapping[str, str]
Said = tuple[str, dict[str, str]]
SLOW_S = 10.0


def make_app(reviewer: Reviewer | None) -> FastAPI:
    """Build the registers; the reviewer works beside them while they run."""

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        work = asyncio.create_task(reviewer.work()) if reviewer else None
        yield
        if work:
            work.cancel()

    app = FastAPI(title="simulated departments", docs_url=None, redoc_url=None, lifespan=running)
    app.include_router(electronic_cards.make_router())
    modes: dict[str, str] = {}
    numbers = count(1)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/control")
    async def control(wanted: dict[str, str]) -> dict[str, str]:
        modes[wanted["register"]] = wanted["mode"]
        return modes

    @app.post("/registers/{service}", response_model=None)
    async def ask(service: str, params: dict[str, str]) -> dict[str, Any] | Response:
        mode = modes.get(service.partition(".")[0], "up")
        if mode == "down":
            return Response(status_code=503)
        if mode == "slow":
            await asyncio.sleep(SLOW_S)
        if mode == "babbling":
            return Response("<html>维护中</html>", media_type="text/html")
        outcome, facts = _REGISTERS[service](params)
        if mode == "empty":
            outcome, facts = "no_record", {}
        return {"outcome": outcome, "facts": facts, "reply_no": f"SIM{next(numbers):08d}"}

    return app


def _marriage(params: Params) -> Said:
    date = MARRIAGES.get((params["man_id"], params["woman_id"]))
    # A real register knows more than it may tell; the hall must not pass it on.
    return ("record_found", {"record_date": date, "registry": "测试登记处"}) if date else ("no_record", {})


def _household(params: Params) -> Said:
    known = HOUSEHOLDS.get(params["id_no"])
    if known is None:
        return "no_record", {}
    facts = {"household_no": known["household_no"], "address": known["address"], "members": "3"}
    return ("match", facts) if known["name"] == params["name"] else ("no_match", {})


def _birth(params: Params) -> Said:
    known = births(datetime.now(UTC).date()).get(params["certificate_no"])
    if known is None:
        return "no_record", {}
    return ("match", known) if known["mother_id"] == params["mother_id"] else ("no_match", {})


def _couple(params: Params) -> Said:
    ends = (params["id_no"], params["spouse_id"])
    date = MARRIAGES.get(ends) or MARRIAGES.get((ends[1], ends[0]))
    return ("record_found", {"record_date": date}) if date else ("no_record", {})


def _kinship(params: Params) -> Said:
    kin = {params["id_no"], params["relative_id"]} in KIN
    return ("match", {}) if kin else ("no_record", {})


def _listed(known: Mapping[str, tuple[str, dict[str, str]]], outcome: str) -> Callable[[Params], Said]:
    """Make a register that knows some people by number; what it says more than may be told stays in the hall."""

    def ask(params: Params) -> Said:
        found = known.get(params["id_no"])
        if found is None:
            return "no_record", {}
        name, facts = found
        return (outcome, facts) if name == params["name"] else ("no_match", {})

    return ask


_REGISTERS: Mapping[str, Callable[[Params], Said]] = {
    "marriage.pair": _marriage,
    "household.check": _household,
    "birth_certificate.check": _birth,
    "marriage.couple": _couple,
    "kinship.check": _kinship,
    **{service: _listed(known, outcome) for service, (known, outcome) in LISTED.items()},
}
