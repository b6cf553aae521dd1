"""Speaks with a card: chains 61xx and 6Cxx, keeps within fixed caps, writes a shortened trace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from workstation.cardreader.apdu import (
    LARGEST_ANSWER,
    SECRET,
    Command,
    Ins,
    Response,
    Sw,
    parse_response,
)
from workstation.cardreader.unreadable import Unreadable
from workstation.logs import TRAFFIC

MOST_ROUNDS = 256  # GET RESPONSE and repeated commands for one command
SESSION_S = 30.0

_WITH_DATA = frozenset({0x90, 0x62, 0x63})  # first status bytes: done, done with a warning

Transmit = Callable[[bytes], bytes]  # raises what the transport raises

log = logging.getLogger(__name__)


class Channel:
    """One card session. Whatever the card answers, `send` ends: with a response, or with Unreadable."""

    def __init__(
        self, transmit: Transmit, *, t0: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._transmit = transmit
        self._t0 = t0
        self._clock = clock
        self._ends = clock() + SESSION_S
        self._traced = log.isEnabledFor(TRAFFIC)

    def send(self, command: Command) -> Response:
        """Send a command and gather its whole answer. Raises Unreadable when the card exceeds a cap."""
        gathered = b""
        asked = command
        for _ in range(MOST_ROUNDS + 1):
            response = self._exchange(asked)
            high, low = response.sw >> 8, response.sw & 0xFF
            # Only a command that asks for data is sent again with the right length: a card that says so to a PIN would
            # have it shown, and counted, twice.
            if high == Sw.WRONG_LE and not response.data and asked.le is not None:
                asked = Command(asked.ins, asked.p1, asked.p2, asked.data, low, asked.cla)
                continue
            gathered += response.data
            if len(gathered) > LARGEST_ANSWER:
                raise Unreadable("answer too long")
            if high != Sw.MORE_DATA:
                # An error carries no data: bytes before one mean that the answer was torn.
                if gathered and high not in _WITH_DATA:
                    raise Unreadable("answer torn")
                return Response(gathered, response.sw)
            asked = Command(Ins.GET_RESPONSE, 0x00, 0x00, le=low)
        raise Unreadable("answer without end")

    def _exchange(self, command: Command) -> Response:
        if self._clock() > self._ends:
            raise Unreadable("session too long")
        raw = command.encode(t0=self._t0)
        if self._traced:
            log.log(TRAFFIC, "> %s", shorten_command(raw))
        answer = self._transmit(raw)
        if self._traced:
            log.log(TRAFFIC, "< %s", shorten(answer))
        return parse_response(answer)


def shorten(raw: bytes) -> str:
    """Show of an answer its tag and length and its status word, and of a short one only the status word.

    A byte more of a record would be the holder's family name.
    """
    if len(raw) <= 2:
        return raw.hex()
    if len(raw) <= 12:
        return f"…{raw[-2:].hex()} ({len(raw)})"
    return f"{raw[:2].hex()}…{raw[-2:].hex()} ({len(raw)})"


def shorten_command(raw: bytes) -> str:
    """Show a command's head, and how long it is."""
    if len(raw) > 1 and raw[1] in SECRET:
        return f"{raw[:4].hex()}… ({len(raw)})"
    return raw.hex() if len(raw) <= 7 else f"{raw[:5].hex()}… ({len(raw)})"
