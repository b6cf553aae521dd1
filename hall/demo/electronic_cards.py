"""The simulated platform of electronic social security cards: gives a phone its token, and says once whose it was."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response

from hall.demo.people import FATHER, MOTHER

LIVES_S = 60.0
SOURCE = "人社部门"
_HOLDERS = {number: name for name, number in (MOTHER, FATHER)}


@dataclass(frozen=True, slots=True)
class _Token:
    id_no: str
    until: float


def make_router() -> APIRouter:
    """Build the platform: POST /electronic-cards/issue {"id_no": ...} is the phone, POST /electronic-cards/check the counter."""
    router = APIRouter(prefix="/electronic-cards")
    tokens: dict[str, _Token] = {}

    @router.post("/issue", response_model=None)
    async def issue(wanted: dict[str, str]) -> dict[str, str] | Response:
        """Show a code on the phone of a synthetic person."""
        if wanted.get("id_no") not in _HOLDERS:
            return Response(status_code=404)
        token = secrets.token_urlsafe(24)
        tokens[token] = _Token(wanted["id_no"], time.monotonic() + LIVES_S)
        return {"token": token}

    @router.post("/check", response_model=None)
    async def check(asked: dict[str, str]) -> dict[str, Any] | Response:
        """Say whose a token is; it is good once."""
        found = tokens.pop(asked.get("token", ""), None)
        if found is None or time.monotonic() > found.until:
            return Response(status_code=403)
        return {
            "name": _HOLDERS[found.id_no],
            "id_no": found.id_no,
            "valid_until": "2035-03-01",
            "source": SOURCE,
        }

    return router
