"""Renders the reviewer's pages, with the headers that keep other sites and scripts out."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hall.database import HALL_ZONE
from hall.department_names import department_name
from hall.desk.sessions import Reviewer
from hall.desk.words import WORDS, said

if TYPE_CHECKING:
    from jinja2 import Environment

PAGES = Path(__file__).parent / "pages"
SESSION, LANGUAGE = "desk", "desk_language"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_DONE = frozenset(key.removeprefix("done_") for key in WORDS if key.startswith("done_"))


class Renderer:
    """Turns a template and values into an answer, in the language of the browser's cookie."""

    @cached_property
    def _jinja(self) -> Environment:
        # Loaded with the first page: most of a province's server processes never show one.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape  # noqa: PLC0415

        made = Environment(
            loader=FileSystemLoader(PAGES),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["minute"] = _minute
        return made

    def html(
        self,
        request: Request,
        name: str,
        department: str,
        *,
        who: Reviewer | None = None,
        status: int = 200,
        problems: tuple[str, ...] = (),
        **values: object,
    ) -> Response:
        """Render a page. `problems` are codes: each is told in a summary that leads to its field."""
        language = language_of(request)
        done = request.query_params.get("done", "")
        shown = self._jinja.get_template(name).render(
            t=partial(_words, language),
            language=language,
            department=department,
            department_name=department_name(department, language),
            who=who,
            done=done if done in _DONE else "",
            problems=tuple(_told(code) for code in problems),
            path=request.url.path if request.method == "GET" else f"/desk/{department}",
            **values,
        )
        answer = HTMLResponse(shown, status_code=status, headers=_HEADERS)
        if request.query_params.get("lang") in {"zh", "en"}:
            answer.set_cookie(LANGUAGE, language, httponly=True, samesite="strict", path="/desk")
        return answer


def language_of(request: Request) -> str:
    """Return "en" where the browser was told so, else "zh"."""
    wanted = request.query_params.get("lang") or request.cookies.get(LANGUAGE, "")
    return "en" if wanted == "en" else "zh"


def to_queue(department: str, done: str = "") -> Response:
    """Send the browser to the list, which says what was done."""
    return _to(f"/desk/{department}", done)


def to_task(department: str, task: int, done: str = "") -> Response:
    """Send the browser back to the task."""
    return _to(f"/desk/{department}/{task}", done)


def set_session(request: Request, answer: Response, department: str, token: str, seconds: int) -> None:
    """Give the browser its token: for this department's pages only, out of reach of scripts and other sites."""
    answer.set_cookie(
        SESSION,
        token,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path=f"/desk/{department}",
    )


def _to(path: str, done: str) -> Response:
    query = f"?done={done}" if done else ""
    return RedirectResponse(path + query, status_code=303, headers={"Cache-Control": "no-store"})


def _words(language: str, key: str, *values: object) -> str:
    return said(key, language, *values)


def _told(code: str) -> tuple[str, str]:
    """Return the key of the words, and the field that a problem is about."""
    key = f"problem_{code}"
    fields = {
        "reason": "text",
        "basis": "basis",
        "licence": "licence_no",
        "not_taken": "take",
        "words": "text",
    }
    fields |= dict.fromkeys(("scan_unknown", "scan_coming", "scan_unreadable", "room_down"), "papers")
    fields |= {"procedure_days": "days", "procedure_words": "procedure", "procedure_open": "procedure"}
    fields |= {"extension_days": "more_days", "extension_words": "extension", "extension_late": "extension"}
    return (key if key in WORDS else "problem_other", fields.get(code, "main"))


def _minute(at: datetime) -> str:
    return at.astimezone(HALL_ZONE).strftime("%Y-%m-%d %H:%M")
