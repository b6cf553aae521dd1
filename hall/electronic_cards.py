"""Electronic social security cards: a token from a phone goes to the configured verifier, and nowhere else.

The token's form is not public and none of our business (cards.md 2.6): it is neither parsed nor kept nor logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import httpx2
from sqlalchemy import Engine, insert

from hall import lookup_log
from hall.algorithms import agreed_algorithms
from hall.database import HALL_ZONE, hall_key, next_number, now, stamp
from hall.tables import lookups
from wire.messages import ElectronicCardQuery, ElectronicCardReply, Outcome
from wire.signed import sign_reply

LONGEST_TOKEN = 1024
_TIMEOUT_S = 2.0
_QUERY_PURPOSE = "01"  # 身份查询, the business type of iCheckESSCard


class TokenRefused(Exception):
    """The verifier knows no such token, or knows it no more."""


class VerifierDown(Exception):
    """The verifier gave no answer that holds."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose card it is."""

    name: str
    id_no: str
    valid_until: date | None
    source: str


class Verifier(Protocol):
    """Whoever can say whose token it is."""

    def check(self, token: str) -> Holder:
        """Ask once. Raises TokenRefused or VerifierDown."""
        ...


class VerifierOverHttp:
    """Implements Verifier for a platform with our own small interface: POST {token, business} -> holder.

    The national platform's SDK differs (iInitParms, iCheckESSCard) and would stand here in its own adapter.
    """

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(
            base_url=url, timeout=_TIMEOUT_S, trust_env=False, verify=url.startswith("https:")
        )

    def check(self, token: str) -> Holder:
        """See Verifier."""
        try:
            answer = self._http.post("/check", json={"token": token, "business": _QUERY_PURPOSE})
            if answer.status_code == httpx2.codes.FORBIDDEN:
                raise TokenRefused
            answer.raise_for_status()
            said = answer.json()
            until = said.get("valid_until")
            return Holder(
                name=_text(said["name"]),
                id_no=_text(said["id_no"]),
                valid_until=date.fromisoformat(until) if until is not None else None,
                source=_text(said["source"]),
            )
        except (httpx2.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            # Only the kind of the trouble: its text may quote what was sent.
            raise VerifierDown(type(error).__name__) from None

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()


class ElectronicCards:
    """Answers stations: asks the verifier and signs what it said."""

    def __init__(self, engine: Engine, verifier: Verifier) -> None:
        self._engine = engine
        self._verifier = verifier

    def answer(self, station: str, query: ElectronicCardQuery) -> ElectronicCardReply:
        """Say whose card it is. Raises TokenRefused, VerifierDown."""
        if not query.token.strip() or len(query.token) > LONGEST_TOKEN:
            raise TokenRefused
        self._begin(station, query)
        try:
            holder = self._verifier.check(query.token)
        except (TokenRefused, VerifierDown) as trouble:
            refused = isinstance(trouble, TokenRefused)
            with self._engine.begin() as db:
                lookup_log.end(db, query.id, Outcome.DENIED if refused else Outcome.UNAVAILABLE, {})
            raise
        at = now()
        with self._engine.begin() as db:
            day = f"{at.astimezone(HALL_ZONE):%Y%m%d}"
            evidence = f"DK{day}{next_number(db, f'electronic:{day}'):06d}"
            lookup_log.end(db, query.id, Outcome.MATCH, {"evidence_no": evidence})
            unsigned = ElectronicCardReply(
                query=query.id,
                name=holder.name,
                id_no=holder.id_no,
                source=holder.source,
                evidence_no=evidence,
                replied_at=at,
                valid_until=holder.valid_until,
                signature="",
            )
            return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)

    def _begin(self, station: str, query: ElectronicCardQuery) -> None:
        """Write down who asks before anybody is asked, as for every look-up. Raises TokenRefused for an id of before."""
        with self._engine.begin() as db:
            if not query.id.strip() or lookup_log.known(db, query.id):
                raise TokenRefused
            db.execute(
                insert(lookups).values(
                    query=query.id,
                    station=station,
                    clerk=query.clerk,
                    case="",  # who it is comes before what they came for
                    item="",
                    service="electronic_card",
                    purpose="办事人身份核验",
                    outcome=lookup_log.ASKED,
                    evidence_no="",
                    at=stamp(now()),
                )
            )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("no text")
    return value.strip()
