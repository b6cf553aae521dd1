"""The page where anybody checks a sheet that they hold: genuine or not, came out or not, how often printed again. No person on it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine

from hall.desk.rendering import Renderer, language_of
from hall.desk.words import SLIP_KINDS
from hall.engines import reading
from hall.slip_fates import paper_of
from hall.slips import check_slip
from wire.messages import SlipCheck

_LONGEST = 4000


def make_router(engine: Engine) -> APIRouter:
    """Build /slips; the code may stand in the address, so that a scanner leads here."""
    router = APIRouter(include_in_schema=False)
    pages = Renderer()

    @router.get("/slips")
    def slip(request: Request, code: str = "") -> Response:
        """Say what a code is worth; without one, ask for it."""
        if not code.strip():
            return pages.html(request, "slips.html", "", verdict="", code="")
        with reading(engine) as db:  # nobody who asks holds the one writer of SQLite
            check = check_slip(db, code.strip()[:_LONGEST])
            paper = paper_of(db, check)
        kind = SLIP_KINDS.get(check.slip or paper.slip)
        return pages.html(
            request,
            "slips.html",
            "",
            verdict=_verdict(check),
            code=code.strip()[:_LONGEST],
            good=check.genuine,
            check=check,
            paper=paper,
            kind=kind[language_of(request) == "en"] if kind else "",
        )

    return router


def _verdict(check: SlipCheck) -> str:
    if check.genuine:
        return "provisional" if check.state == "provisional" else "genuine"
    return {"voided": "voided", "replaced": "replaced", "superseded": "replaced"}.get(
        check.reason or "", "false"
    )
