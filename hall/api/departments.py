"""What departments' own systems fetch and decide, with a token."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall import cases
from hall.api.asking import Told, as_json, body_of, decoded
from hall.api.parts import HallParts
from hall.database import now
from hall.result_codes import CodeUnknown, in_our_code
from hall.tasks import department_of, open_tasks
from wire.messages import CodedResult, Result


def routes_of(parts: HallParts) -> APIRouter:
    """Return where departments work."""
    routes = APIRouter()

    @routes.get("/v1/departments/{department}/tasks")
    def tasks(request: Request, department: str) -> Response:
        """List the queue of a department."""
        with parts.engine.begin() as db:
            _hold_token(request, department, lambda token: department_of(db, token))
            return as_json(open_tasks(db, department, parts.catalogue))

    @routes.post("/v1/departments/{department}/tasks/{task}/decide")
    async def decide(request: Request, department: str, task: int, coded: bool = False) -> Response:
        """Take a decision; the body is a Result, or a CodedResult where `coded` says so."""
        body = await body_of(request)
        result = _translated(decoded(CodedResult, body), parts) if coded else decoded(Result, body)

        def settle() -> None:
            with parts.engine.begin() as db:
                _hold_token(request, department, lambda token: department_of(db, token))
                cases.decide(db, task, department, result, now())

        try:
            await run_in_threadpool(settle)
        except cases.StepRefused as refused:
            raise Told(409, refused.code) from refused
        return Response(status_code=204)

    return routes


def _hold_token(request: Request, department: str, owner: Callable[[str], str | None]) -> None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or owner(token) != department:
        raise Told(401, "token")


def _translated(told: CodedResult, parts: HallParts) -> Result:
    try:
        return in_our_code(told, parts.result_lists)
    except CodeUnknown as unknown:
        raise Told(422, "code_unknown") from unknown
