"""What departments' own systems fetch and decide, with a token."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection

from hall import cases
from hall.api.asking import Told, as_json, body_of, decoded, from_db, hold_rate
from hall.api.parts import HallParts
from hall.database import now
from hall.department_feed import page
from hall.engines import reading
from hall.extensions import grant_extension
from hall.feed import CursorGone
from hall.procedures import begin_procedure, end_procedure
from hall.rates import Asks
from hall.result_codes import CodeUnknown, in_our_code
from hall.tasks import department_of, open_task, open_tasks
from wire.dates import GrantExtension
from wire.department_feed import DepartmentPage, TakeTask
from wire.messages import CodedResult, Result
from wire.procedures import BeginProcedure, EndProcedure

MOST_WAIT_S = 25.0  # below the patience of every proxy
LOOK_EVERY_S = 0.4
TaskNo = Annotated[int, Path(ge=0, lt=2**63)]
# What is wrong with a step itself, and not with where the task is.
_INCOMPLETE = frozenset({"reason", "basis", "licence", "procedure_words", "procedure_days"}) | {
    "extension_words",
    "extension_days",
}


def routes_of(parts: HallParts) -> APIRouter:
    """Return where departments work."""
    routes = APIRouter()
    _add_reading(routes, parts)
    _add_steps(routes, parts)
    return routes


def _add_reading(routes: APIRouter, parts: HallParts) -> None:
    @routes.get("/v1/departments/{department}/feed")
    async def feed(
        request: Request, department: str, cursor: str = "", limit: int = 100, wait: float = 0.0
    ) -> Response:
        """Tell what is new; with `wait`, as soon as something is, for so many seconds at most."""
        await from_db(parts, lambda db: _hold_token(request, department, lambda t: department_of(db, t)))
        return as_json(await _news(request, parts, department, cursor, limit, wait))

    @routes.get("/v1/departments/{department}/tasks")
    def tasks(request: Request, department: str) -> Response:
        """List the queue of a department."""
        with reading(parts.engine) as db:
            _hold_token(request, department, lambda token: department_of(db, token))
            return as_json(open_tasks(db, department, parts.catalogue))

    @routes.get("/v1/departments/{department}/tasks/{task}")
    def one(request: Request, department: str, task: TaskNo) -> Response:
        """Show one open task."""
        with reading(parts.engine) as db:
            _hold_token(request, department, lambda token: department_of(db, token))
            found = open_task(db, department, task, parts.catalogue)
        if found is None:
            raise Told(404, "task_unknown")
        return as_json(found)


def _add_steps(routes: APIRouter, parts: HallParts) -> None:
    async def step(request: Request, department: str, work: Callable[[Connection], None]) -> Response:
        def settle() -> None:
            with parts.engine.begin() as db:
                _hold_token(request, department, lambda token: department_of(db, token))
                work(db)

        try:
            await run_in_threadpool(settle)
        except cases.StepRefused as refused:
            raise Told(422 if refused.code in _INCOMPLETE else 409, refused.code) from refused
        return Response(status_code=204)

    @routes.post("/v1/departments/{department}/tasks/{task}/take")
    async def take(request: Request, department: str, task: TaskNo) -> Response:
        """Say who has begun with a task."""
        taken = decoded(TakeTask, await body_of(request))
        return await step(
            request, department, lambda db: cases.take_task(db, task, department, taken.by, now())
        )

    @routes.post("/v1/departments/{department}/tasks/{task}/decide")
    async def decide(request: Request, department: str, task: TaskNo, coded: bool = False) -> Response:
        """Take a decision; the body is a Result, or a CodedResult where `coded` says so."""
        body = await body_of(request)
        result = _translated(decoded(CodedResult, body), parts) if coded else decoded(Result, body)
        return await step(request, department, lambda db: cases.decide(db, task, department, result, now()))

    @routes.put("/v1/departments/{department}/tasks/{task}/procedures/{procedure}")
    async def begin(request: Request, department: str, task: TaskNo, procedure: UUID) -> Response:
        """Stop the clock of a task; the caller chooses the id, so that the same request twice is one procedure."""
        wanted = decoded(BeginProcedure, await body_of(request))
        return await step(
            request,
            department,
            lambda db: begin_procedure(db, task, department, str(procedure), wanted, now()),
        )

    @routes.post("/v1/departments/{department}/tasks/{task}/procedures/{procedure}/end")
    async def end(request: Request, department: str, task: TaskNo, procedure: UUID) -> Response:
        """Let the clock of a task run again."""
        wanted = decoded(EndProcedure, await body_of(request))
        return await step(
            request,
            department,
            lambda db: end_procedure(db, task, department, str(procedure), wanted, now()),
        )

    @routes.put("/v1/departments/{department}/tasks/{task}/extensions/{extension}")
    async def extend(request: Request, department: str, task: TaskNo, extension: UUID) -> Response:
        """Make the limits of a task longer; the caller chooses the id, so that the same request twice is one extension."""
        wanted = decoded(GrantExtension, await body_of(request))
        return await step(
            request,
            department,
            lambda db: grant_extension(db, task, department, str(extension), wanted, now()),
        )


async def _news(
    request: Request, parts: HallParts, department: str, cursor: str, limit: int, wait: float
) -> DepartmentPage:
    ends = time.monotonic() + min(max(0.0, wait), MOST_WAIT_S)  # in this order nan is nothing
    while True:
        try:
            found = await from_db(parts, lambda db: page(db, department, cursor, limit))
        except CursorGone as gone:
            raise Told(410, "cursor_gone") from gone
        except ValueError as error:
            raise Told(422, "malformed") from error
        left = ends - time.monotonic()
        # Whoever has gone is not waited for: a hall that is told to end would wait too.
        if found.items or left <= 0 or await request.is_disconnected():
            return found
        await asyncio.sleep(min(LOOK_EVERY_S, left))


def _hold_token(request: Request, department: str, owner: Callable[[str], str | None]) -> None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or owner(token) != department:
        raise Told(401, "token")
    hold_rate(request, Asks.DEPARTMENT, department)


def _translated(told: CodedResult, parts: HallParts) -> Result:
    try:
        return in_our_code(told, parts.result_lists)
    except CodeUnknown as unknown:
        raise Told(422, "code_unknown") from unknown
