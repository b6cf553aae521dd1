"""The addresses below /desk/<department>: who comes in, what is shown, what is done."""

from __future__ import annotations

import hmac
import re
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import FileResponse, Response
from sqlalchemy import Engine

from catalogue.model import Catalogue
from hall import cases
from hall.api.asking import address_of, door_of
from hall.blobs import BlobRoom
from hall.database import now
from hall.dates import extensions_of, joint_of
from hall.department_names import department_name
from hall.desk.lights import light_of, lights_of
from hall.desk.rendering import (
    PAGES,
    SESSION,
    Renderer,
    language_of,
    set_session,
    to_queue,
    to_task,
)
from hall.desk.scans import ShownScans
from hall.desk.sessions import LONGEST, Reviewer, Sessions
from hall.disputes import DisputeRefused, answer, open_disputes
from hall.engines import reading
from hall.extensions import grant_extension
from hall.procedures import begin_procedure, end_procedure
from hall.rates import Asks
from hall.scans_shown import ScanRefused, hold_scan
from hall.tasks import Task, evidence_of, names_of, open_task, open_tasks
from wire.dates import GrantExtension
from wire.keys import new_id
from wire.messages import Result, ResultCode, Verdict
from wire.procedures import BeginProcedure, DayUnit, EndProcedure, ProcedureKind

A_PAGE = 50
TaskNo = Annotated[int, Path(ge=0, lt=2**63)]
Typed = Annotated[str, Form()]
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,50}")
_DECISIONS = (ResultCode.GRANTED, ResultCode.DENIED, ResultCode.RETURNED, ResultCode.FORWARDED)
_FILES = {"desk.css": "text/css", "desk.js": "text/javascript"}
_TYPED = "code text basis licence_name licence_no kind days unit reason notice_no approver outcome"
_TYPED += " more_days more_reason more_notice_no more_approver"
_EMPTY = dict.fromkeys(_TYPED.split(), "")
# Somebody else has gone on with it meanwhile: no fault of what was typed.
_OVERTAKEN = frozenset({"not_open", "task_unknown", "other_department"})


class SignInFirst(Exception):
    """Nobody is signed in here, or the form is not of this session."""

    def __init__(self, department: str) -> None:
        super().__init__(department)
        self.department = department


class Desk:
    """What all pages are made of."""

    def __init__(self, engine: Engine, catalogue: Catalogue, room: BlobRoom) -> None:
        self.engine = engine
        self.scans = ShownScans(room)
        self.catalogue = catalogue
        self.sessions = Sessions(engine)
        self.pages = Renderer()

    def visitor(self, request: Request, department: str, mark: str | None = None) -> Reviewer:
        """Return who is there; with `mark`, only when the form carries that of the session. Raises SignInFirst."""
        who = self.sessions.reviewer(department, request.cookies.get(SESSION, ""))
        if who is None or (mark is not None and not hmac.compare_digest(mark.encode(), who.mark.encode())):
            raise SignInFirst(department)
        return who

    def task(self, request: Request, department: str, task: int) -> Task | None:
        """Return an open task of the department in the browser's language."""
        with reading(self.engine) as db:
            return open_task(db, department, task, self.catalogue, language_of(request))

    def task_page(
        self,
        request: Request,
        who: Reviewer,
        task: int,
        *problems: str,
        typed: dict[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        """Show a task with its forms; a task that is gone leads to the list."""
        found = self.task(request, who.department, task)
        if found is None:
            return to_queue(who.department, "gone")
        with reading(self.engine) as db:
            evidence = evidence_of(db, found.case, found.item)
            light = light_of(db, found, now())
            whole = joint_of(db, found.case, now())
            extended = extensions_of(db, task)
            names = names_of(db, who.department)
        return self.pages.html(
            request,
            "task.html",
            who.department,
            who=who,
            status=status,
            problems=problems,
            task=found,
            light=light,
            joint=whole.due if whole is not None else None,
            extensions=extended,
            evidence=evidence,
            names=names,
            mine=found.taken_by == who.login,
            typed={**_EMPTY, **(typed or {})},
            decisions=_DECISIONS,
            kinds=tuple(ProcedureKind),
            procedure=new_id(),
            extension=new_id(),
        )


def make_router(engine: Engine, catalogue: Catalogue, room: BlobRoom) -> APIRouter:
    """Build the pages under /desk/<department>; `room` is where scans are."""
    desk = Desk(engine, catalogue, room)
    router = APIRouter(prefix="/desk", include_in_schema=False)
    _add_files(router)
    _add_door(router, desk)
    _add_disputes(router, desk)
    _add_tasks(router, desk)
    _add_procedures(router, desk)
    _add_extensions(router, desk)
    return router


async def to_sign_in(request: Request, error: Exception) -> Response:
    """Answer SignInFirst: whoever only looks is shown the door, whoever sent a form is led to it."""
    if not isinstance(error, SignInFirst):
        raise error
    if request.method != "GET":
        return to_queue(error.department)
    return Renderer().html(request, "sign_in.html", error.department, wrong=False, slow=False)


def _add_files(router: APIRouter) -> None:
    @router.get("/files/{name}")
    def file(name: str) -> Response:
        if name not in _FILES:
            return Response(status_code=404)
        headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
        return FileResponse(PAGES / name, media_type=_FILES[name], headers=headers)


def _add_door(router: APIRouter, desk: Desk) -> None:
    @router.post("/{department}/sign-in")
    def sign_in(request: Request, department: str, login: Typed, password: Typed) -> Response:
        wait_s = door_of(request).rates.wait_s(Asks.SIGN_IN, address_of(request))
        if wait_s:
            slow = desk.pages.html(request, "sign_in.html", department, status=429, wrong=False, slow=True)
            slow.headers["Retry-After"] = str(wait_s)
            return slow
        token = desk.sessions.sign_in(department, login, password)
        if token is None:
            return desk.pages.html(request, "sign_in.html", department, status=403, wrong=True, slow=False)
        answer = to_queue(department)
        set_session(request, answer, department, token, int(LONGEST.total_seconds()))
        return answer

    @router.post("/{department}/sign-out")
    def sign_out(request: Request, department: str, mark: Typed) -> Response:
        desk.visitor(request, department, mark)
        desk.sessions.sign_out(request.cookies.get(SESSION, ""))
        answer = to_queue(department, "signed_out")
        answer.delete_cookie(SESSION, path=f"/desk/{department}")
        return answer

    @router.get("/{department}")
    def queue(request: Request, department: str, q: str = "", after: str = "") -> Response:
        who = desk.visitor(request, department)
        # A name that somebody typed is not looked for and not shown again: it would stand in the address.
        search = q.strip() if _NUMBER.fullmatch(q.strip()) else ""
        behind = int(after) if after.isdecimal() and len(after) < 19 else 0
        with reading(desk.engine) as db:
            found = open_tasks(
                db,
                department,
                desk.catalogue,
                language=language_of(request),
                search=search,
                after=behind,
                limit=A_PAGE + 1,
            )
            disputes = open_disputes(db, department)
            names = names_of(db, department)
            shown = found[:A_PAGE]
            lights = lights_of(db, shown, now())
        return desk.pages.html(
            request,
            "queue.html",
            department,
            who=who,
            tasks=tuple((task, lights[task.id]) for task in shown),
            disputes=disputes,
            names=names,
            search=search,
            after=behind,
            more=shown[-1].id if len(found) > A_PAGE else None,
        )


def _add_disputes(router: APIRouter, desk: Desk) -> None:
    def page(request: Request, who: Reviewer, dispute: str, *problems: str, text: str = "") -> Response:
        with reading(desk.engine) as db:
            open_ = open_disputes(db, who.department)
        found = next((each for each in open_ if each.id == dispute), None)
        if found is None:
            return to_queue(who.department, "gone")
        status = 422 if problems else 200
        return desk.pages.html(
            request,
            "dispute.html",
            who.department,
            who=who,
            status=status,
            problems=problems,
            dispute=found,
            text=text,
        )

    @router.get("/{department}/disputes/{dispute}")
    def show(request: Request, department: str, dispute: str) -> Response:
        return page(request, desk.visitor(request, department), dispute)

    @router.post("/{department}/disputes/{dispute}")
    def settle(
        request: Request,
        department: str,
        dispute: str,
        mark: Typed,
        verdict: Annotated[Verdict, Form()],
        text: Typed = "",
    ) -> Response:
        who = desk.visitor(request, department, mark)
        if not text.strip():
            return page(request, who, dispute, "words", text=text)
        # Somebody else answered meanwhile: the queue shows what is still open.
        with suppress(DisputeRefused), desk.engine.begin() as db:
            answer(db, dispute, department, verdict, text, department_name(department), now())
            return to_queue(department, "answered")
        return to_queue(department, "gone")


def _add_tasks(router: APIRouter, desk: Desk) -> None:
    @router.get("/{department}/{task}")
    def show(request: Request, department: str, task: TaskNo) -> Response:
        return desk.task_page(request, desk.visitor(request, department), task)

    @router.get("/{department}/{task}/scans/{sha256}")
    def scan(request: Request, department: str, task: TaskNo, sha256: str) -> Response:
        who = desk.visitor(request, department)
        try:
            with reading(desk.engine) as db:
                hold_scan(db, department, task, sha256, desk.catalogue)
            return desk.scans.page(sha256)
        except ScanRefused as refused:
            return desk.task_page(request, who, task, refused.code, status=refused.status)

    @router.post("/{department}/{task}/take")
    def take(request: Request, department: str, task: TaskNo, mark: Typed) -> Response:
        who = desk.visitor(request, department, mark)
        try:
            with desk.engine.begin() as db:
                cases.take_task(db, task, department, who.login, now())
        except cases.StepRefused:
            return to_queue(department, "gone")
        return to_task(department, task, "taken")

    @router.post("/{department}/{task}/decide")
    def decide(
        request: Request,
        department: str,
        task: TaskNo,
        mark: Typed,
        code: Annotated[ResultCode, Form()],
        text: Typed = "",
        basis: Typed = "",
        licence_name: Typed = "",
        licence_no: Typed = "",
        confirmed: Typed = "",
    ) -> Response:
        who = desk.visitor(request, department, mark)
        typed = {
            "code": code.value,
            "text": text.strip(),
            "basis": basis.strip(),
            "licence_name": licence_name.strip(),
            "licence_no": licence_no.strip(),
        }
        return _decide(desk, request, who, task, typed, confirmed)


def _decide(
    desk: Desk, request: Request, who: Reviewer, task: int, typed: dict[str, str], confirmed: str
) -> Response:
    """Show what is missing, then what will be sent, and send it when that was confirmed (WCAG 3.3.4)."""
    found = desk.task(request, who.department, task)
    if found is None:
        return to_queue(who.department, "gone")
    if confirmed == "no":
        return desk.task_page(request, who, task, typed=typed)
    result = _result(who, typed)
    problem = "not_taken" if found.taken_by != who.login else _incomplete(result)
    if problem:
        return desk.task_page(request, who, task, problem, typed=typed, status=422)
    if confirmed != "yes":
        return desk.pages.html(request, "confirm.html", who.department, who=who, task=found, typed=typed)
    return _send(desk, request, who, task, result, typed)


def _send(
    desk: Desk, request: Request, who: Reviewer, task: int, result: Result, typed: dict[str, str]
) -> Response:
    try:
        with desk.engine.begin() as db:
            cases.decide(db, task, who.department, result, now())
    except cases.StepRefused as refused:
        if refused.code in _OVERTAKEN:
            return to_queue(who.department, "gone")
        return desk.task_page(request, who, task, refused.code, typed=typed, status=409)
    return to_queue(who.department, "decided")


def _add_procedures(router: APIRouter, desk: Desk) -> None:
    @router.post("/{department}/{task}/procedures/{procedure}")
    def begin(
        request: Request,
        department: str,
        task: TaskNo,
        procedure: UUID,
        mark: Typed,
        kind: Annotated[ProcedureKind, Form()],
        unit: Annotated[DayUnit, Form()],
        days: Typed = "",
        reason: Typed = "",
        notice_no: Typed = "",
        approver: Typed = "",
    ) -> Response:
        who = desk.visitor(request, department, mark)
        count = int(days) if days.isdecimal() and len(days) < 6 else 0
        wanted = BeginProcedure(kind, count, unit, reason, notice_no, approver, who.login)
        typed = {
            "kind": kind.value,
            "unit": unit.value,
            "days": days,
            "reason": reason,
            "notice_no": notice_no,
            "approver": approver,
        }
        try:
            with desk.engine.begin() as db:
                begin_procedure(db, task, department, str(procedure), wanted, now())
        except cases.StepRefused as refused:
            if refused.code in _OVERTAKEN:
                return to_queue(department, "gone")
            return desk.task_page(request, who, task, refused.code, typed=typed, status=422)
        return to_task(department, task, "begun")

    @router.post("/{department}/{task}/procedures/{procedure}/end")
    def end(
        request: Request, department: str, task: TaskNo, procedure: UUID, mark: Typed, outcome: Typed = ""
    ) -> Response:
        who = desk.visitor(request, department, mark)
        try:
            with desk.engine.begin() as db:
                end_procedure(db, task, department, str(procedure), EndProcedure(outcome, who.login), now())
        except cases.StepRefused as refused:
            return desk.task_page(request, who, task, refused.code, typed={"outcome": outcome}, status=422)
        return to_task(department, task, "ended")


def _add_extensions(router: APIRouter, desk: Desk) -> None:
    @router.post("/{department}/{task}/extensions/{extension}")
    def extend(
        request: Request,
        department: str,
        task: TaskNo,
        extension: UUID,
        mark: Typed,
        more_days: Typed = "",
        more_reason: Typed = "",
        more_notice_no: Typed = "",
        more_approver: Typed = "",
    ) -> Response:
        who = desk.visitor(request, department, mark)
        count = int(more_days) if more_days.isdecimal() and len(more_days) < 6 else 0
        wanted = GrantExtension(count, more_reason, more_notice_no, more_approver, who.login)
        typed = {
            "more_days": more_days,
            "more_reason": more_reason,
            "more_notice_no": more_notice_no,
            "more_approver": more_approver,
        }
        try:
            with desk.engine.begin() as db:
                grant_extension(db, task, department, str(extension), wanted, now())
        except cases.StepRefused as refused:
            if refused.code in _OVERTAKEN:
                return to_queue(department, "gone")
            return desk.task_page(request, who, task, refused.code, typed=typed, status=422)
        return to_task(department, task, "extended")


def _result(who: Reviewer, typed: dict[str, str]) -> Result:
    code = ResultCode(typed["code"])
    words = typed["text"] or ("准予办理" if code is ResultCode.GRANTED else "")
    return Result(
        code,
        words,
        department_name(who.department),
        who.name,
        now(),
        typed["licence_name"] or None,
        typed["licence_no"] or None,
        typed["basis"],
    )


def _incomplete(result: Result) -> str:
    try:
        cases.hold_reasons(result)
    except cases.StepRefused as refused:
        return refused.code
    return ""
