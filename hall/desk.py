"""The reviewer's page of a department: a plain list, a plain decision, all by keyboard."""

from __future__ import annotations

import hashlib
import hmac
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape
from sqlalchemy import Engine, select

from catalogue.model import Catalogue
from hall import cases
from hall.database import fact, now
from hall.disputes import DisputeRefused, Open, answer, open_disputes
from hall.tables import reviewers
from hall.tasks import Task, open_tasks
from wire.messages import MaterialHow, Outcome, Result, ResultCode, Verdict

SESSION_S = 3600
MAX_FAILURES, LOCK_S = 5, 900.0  # as at the counter
COOKIE = "desk"
NAMES = {
    "civil_affairs": "民政",
    "public_security": "公安",
    "health": "卫生健康",
    "medical_insurance": "医保",
    "human_resources": "人社",
    "disabled_federation": "残联",
    "market_regulation": "市场监管",
    "transport": "交通运输",
    "education": "教育",
    "taxation": "税务",
    "housing_fund": "公积金",
    "natural_resources": "规划和自然资源",
    "veterans": "退役军人事务",
    "data_centre": "政务数据中心",
}
_HOW = {
    MaterialHow.REPLACED_BY_CARD.value: "社保卡替代",
    MaterialHow.REPLACED_BY_VERIFICATION.value: "部门核验替代",
    MaterialHow.ORIGINAL_SEEN.value: "窗口已看原件",
    MaterialHow.SCANNED.value: "已扫描",
    MaterialHow.TOLERATED.value: "容缺，限期补交",
    MaterialHow.COMMITTED.value: "告知承诺",
    MaterialHow.PENDING.value: "等待部门答复",
    MaterialHow.MISSING.value: "未提交",
}


# What the register said, for whoever keeps it.
_OUTCOMES = {
    Outcome.MATCH.value: "一致",
    Outcome.NO_MATCH.value: "不一致",
    Outcome.RECORD_FOUND.value: "有登记记录",
    Outcome.NO_RECORD.value: "未查到登记记录",
    Outcome.CONFLICT.value: "登记之间有矛盾",
}


class Pages:
    """Renders the pages and checks who is there; a session is a signed cookie, there is nothing to store."""

    def __init__(self, engine: Engine, catalogue: Catalogue) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._jinja = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "pages"),
            autoescape=select_autoescape(default=True),
        )
        with engine.connect() as db:
            self._secret = fact(db, "session_secret").encode()
        self._failed: dict[tuple[str, str], list[float]] = {}  # of known reviewers; a restart forgets them

    def sign_in(self, department: str, login: str, password: str) -> str | None:
        """Return a cookie for the right password; after five wrong ones in a row none for a quarter of an hour."""
        began, who = time.monotonic(), (department, login)
        recent = [at for at in self._failed.get(who, ()) if at > began - LOCK_S]
        with self._engine.connect() as db:
            query = select(reviewers.c.password_hash)
            known = db.scalar(query.where(reviewers.c.department == department, reviewers.c.login == login))
        try:
            # An unknown login costs the same time as a wrong password.
            PasswordHasher().verify(known or PasswordHasher().hash("nobody"), password)
        except VerificationError:
            if known:
                self._failed[who] = [*recent, began][-MAX_FAILURES:]
            return None
        if len(recent) >= MAX_FAILURES:
            return None
        self._failed.pop(who, None)
        said = f"{department}|{quote(login)}|{int(time.time()) + SESSION_S}"
        return f"{said}|{self._mark(said)}" if known else None

    def reviewer(self, request: Request, department: str) -> str | None:
        """Return who is signed in for this department."""
        said, _, mark = request.cookies.get(COOKIE, "").rpartition("|")
        if not said or not hmac.compare_digest(mark, self._mark(said)):
            return None
        place, login, until = said.split("|")
        return login if place == department and int(until) > time.time() else None

    def form_mark(self, request: Request) -> str:
        """Return the mark that a form must carry, so that no other site can post in a reviewer's name."""
        return self._mark("form|" + request.cookies.get(COOKIE, ""))

    def tasks(self, department: str) -> tuple[Task, ...]:
        """Return the queue."""
        with self._engine.begin() as db:
            return open_tasks(db, department, self._catalogue)

    def disputes(self, department: str) -> tuple[Open, ...]:
        """Return what citizens say is wrong in the department's register."""
        with self._engine.begin() as db:
            return open_disputes(db, department)

    def answer(self, dispute: str, department: str, verdict: Verdict, text: str) -> None:
        """Take the department's word on a dispute. Raises DisputeRefused."""
        with self._engine.begin() as db:
            answer(db, dispute, department, verdict, text, NAMES.get(department, department), now())

    def decide(self, task: int, department: str, result: Result) -> None:
        """Take the decision. Raises StepRefused."""
        with self._engine.begin() as db:
            cases.decide(db, task, department, result, now())

    def html(self, name: str, department: str, status: int = 200, **values: object) -> HTMLResponse:
        """Render a page."""
        shown = self._jinja.get_template(name).render(
            department=department,
            department_name=NAMES.get(department, department),
            how=_HOW,
            outcomes=_OUTCOMES,
            **values,
        )
        return HTMLResponse(shown, status_code=status, headers={"Cache-Control": "no-store"})

    def _mark(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()


def make_router(engine: Engine, catalogue: Catalogue) -> APIRouter:  # noqa: C901 - four small pages in one place
    """Build the pages under /desk/<department>."""
    pages = Pages(engine, catalogue)
    router = APIRouter(prefix="/desk", include_in_schema=False)

    @router.get("/{department}")
    def queue(request: Request, department: str) -> Response:
        if pages.reviewer(request, department) is None:
            return pages.html("sign_in.html", department, wrong=False)
        waiting, said_wrong = pages.tasks(department), pages.disputes(department)
        return pages.html("queue.html", department, tasks=waiting, disputes=said_wrong)

    @router.post("/{department}/sign-in")
    def sign_in(department: str, login: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
        cookie = pages.sign_in(department, login, password)
        if cookie is None:
            return pages.html("sign_in.html", department, status=403, wrong=True)
        answer = RedirectResponse(f"/desk/{department}", status_code=303)
        answer.set_cookie(COOKIE, cookie, max_age=SESSION_S, httponly=True, samesite="strict", path="/desk")
        return answer

    @router.get("/{department}/disputes/{dispute}")
    def dispute(request: Request, department: str, dispute: str) -> Response:
        return _dispute_page(pages, request, department, dispute)

    @router.post("/{department}/disputes/{dispute}")
    def answer_dispute(
        request: Request,
        department: str,
        dispute: str,
        mark: Annotated[str, Form()],
        verdict: Annotated[Verdict, Form()],
        text: Annotated[str, Form()] = "",
    ) -> Response:
        signed_in = pages.reviewer(request, department) is not None
        if not signed_in or not hmac.compare_digest(mark, pages.form_mark(request)):
            return RedirectResponse(f"/desk/{department}", status_code=303)
        if not text.strip():
            return _dispute_page(pages, request, department, dispute, "必须写明核实情况")
        with suppress(
            DisputeRefused
        ):  # Somebody else answered meanwhile: the queue shows what is still open.
            pages.answer(dispute, department, verdict, text)
        return RedirectResponse(f"/desk/{department}", status_code=303)

    @router.get("/{department}/{task}")
    def detail(request: Request, department: str, task: int) -> Response:
        found = _find(pages, request, department, task)
        if found is None:
            return RedirectResponse(f"/desk/{department}", status_code=303)
        return pages.html("task.html", department, task=found, mark=pages.form_mark(request), problem="")

    @router.post("/{department}/{task}")
    def decide(
        request: Request,
        department: str,
        task: int,
        mark: Annotated[str, Form()],
        code: Annotated[ResultCode, Form()],
        text: Annotated[str, Form()] = "",
        licence_no: Annotated[str, Form()] = "",
    ) -> Response:
        reviewer = pages.reviewer(request, department)
        found = _find(pages, request, department, task)
        if reviewer is None or found is None or not hmac.compare_digest(mark, pages.form_mark(request)):
            return RedirectResponse(f"/desk/{department}", status_code=303)
        if code is not ResultCode.GRANTED and not text.strip():
            problem = "不同意时必须写明理由"
            return pages.html(
                "task.html",
                department,
                status=422,
                task=found,
                mark=pages.form_mark(request),
                problem=problem,
            )
        words = text.strip() or "准予办理"
        result = Result(
            code, words, NAMES.get(department, department), reviewer, now(), None, licence_no.strip() or None
        )
        try:
            pages.decide(task, department, result)
        except cases.StepRefused:
            # Somebody else decided meanwhile: the queue shows what is still open.
            return RedirectResponse(f"/desk/{department}", status_code=303)
        return RedirectResponse(f"/desk/{department}", status_code=303)

    return router


def _dispute_page(
    pages: Pages, request: Request, department: str, dispute: str, problem: str = ""
) -> Response:
    if pages.reviewer(request, department) is None:
        return RedirectResponse(f"/desk/{department}", status_code=303)
    found = next((each for each in pages.disputes(department) if each.id == dispute), None)
    if found is None:
        return RedirectResponse(f"/desk/{department}", status_code=303)
    mark = pages.form_mark(request)
    status = 422 if problem else 200
    return pages.html("dispute.html", department, status, dispute=found, mark=mark, problem=problem)


def _find(pages: Pages, request: Request, department: str, task: int) -> Task | None:
    if pages.reviewer(request, department) is None:
        return None
    return next((t for t in pages.tasks(department) if t.id == task), None)
