"""Cards at a counter: cryptograms of the key server, electronic cards."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from hall.api.asking import Told, as_json, decoded, may, signed
from hall.api.parts import HallParts
from hall.card_keys import KeysRefused
from hall.electronic_cards import TokenRefused, VerifierDown
from wire.messages import CardChallenge, ElectronicCardQuery
from wire.rights import Action

log = logging.getLogger(__name__)


def routes_of(parts: HallParts) -> APIRouter:
    """Return where cards are proven."""
    routes = APIRouter()

    @routes.post("/v1/cards/cryptograms")
    async def cryptograms(request: Request) -> Response:
        """Compute for a card at a counter, which holds no key of its own (cards.md 2.4)."""
        caller, body = await signed(request, parts.engine)
        challenge = decoded(CardChallenge, body)
        if parts.card_keys is None:
            raise Told(404, "no_card_keys")
        try:
            answer = await run_in_threadpool(parts.card_keys.cryptograms, challenge)
        except KeysRefused as refused:
            log.info("card keys refused to station %s: %s", caller.station, refused)
            raise Told(422, "card_keys") from refused
        log.info("card keys given to station %s for region %s", caller.station, challenge.region)
        return as_json(answer)

    @routes.post("/v1/cards/electronic")
    async def electronic_card(request: Request) -> Response:
        """Say whose electronic card a token is (cards.md 2.6); the log never sees the token."""
        caller, body = await signed(request, parts.engine)
        query = decoded(ElectronicCardQuery, body)
        await may(parts.engine, caller, query.clerk, Action.CARD_READ)
        if parts.electronic_cards is None:
            raise Told(404, "no_card_verifier")
        try:
            reply = await run_in_threadpool(parts.electronic_cards.answer, caller.station, query)
        except TokenRefused as refused:
            log.info("electronic card refused to station %s", caller.station)
            raise Told(403, "card_token") from refused
        except VerifierDown as down:
            log.warning("verifier of electronic cards gave no answer: %s", down)
            raise Told(424, "card_verifier_down") from down
        log.info("electronic card confirmed to station %s: %s", caller.station, reply.evidence_no)
        return as_json(reply)

    return routes
