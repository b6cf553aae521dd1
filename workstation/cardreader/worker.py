"""The card process (python -m workstation.cardreader.worker): reads when told to, and may be killed at any time.

Standard input carries requests, standard output one answer each (messages.py). It ends with its input.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import BinaryIO

from wire.messages import CardChallenge, CardCryptograms
from workstation import process
from workstation.cardreader.identity_card.holder import holder_of
from workstation.cardreader.identity_card.sam import read_document
from workstation.cardreader.messages import (
    LONGEST_LINE,
    BadMessage,
    LogLine,
    Message,
    Order,
    Prove,
    Request,
    Steps,
    Using,
    decode_request,
    encode,
)
from workstation.cardreader.reader import Wish
from workstation.cardreader.serial_port import SerialPort
from workstation.cardreader.session import Sessions
from workstation.domain.diagnosis import Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity

_LOGGED = "workstation.cardreader"
_NO_CARD = frozenset({Failure.CARD_MISSING, Failure.READER_MISSING, Failure.CARD_SERVICE_DOWN})


class _ToParent(logging.Handler):
    """Sends every log record up the pipe, so that the workstation has one log."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        _send(self._out, LogLine(record.levelno, record.name, record.getMessage()))


class _AskBack:
    """Implements ports.CardKeys: whoever gave the order answers."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests, self._answers = requests, answers

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """See ports.CardKeys."""
        _send(self._answers, challenge)
        match _next(self._requests):
            case CardCryptograms() as cryptograms:
                return cryptograms
            case Refused() as refused:
                raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause=refused.failure.value)
            case other:
                raise BadMessage(type(other).__name__)


def serve(
    requests: BinaryIO,
    answers: BinaryIO,
    *,
    psam_reader: str | None = None,
    id_reader: str | None = None,
    operator_reader: str | None = None,
) -> None:
    """Answer requests until they end. A bug ends the process with its traceback; the workstation sees that."""
    sessions = Sessions(psam_reader=psam_reader, operator_reader=operator_reader)
    ask_back = _AskBack(requests, answers)
    while (order := _next(requests)) is not None:
        if isinstance(order, Prove):
            _send(answers, _proven(sessions, order))
            continue
        if not isinstance(order, Order):
            raise BadMessage(type(order).__name__)
        wish = Wish(
            keys=ask_back if order.ask_keys else None,
            pin=order.pin,
            told=lambda glimpse: _send(answers, glimpse),
        )
        steps: list[Step] | None = [] if order.timed else None
        try:
            end: Message = _read(
                sessions, id_reader, order.reader, wish, steps, lambda name: _send(answers, Using(name))
            )
        except Refused as refused:
            end = refused
        if steps:
            _send(answers, Steps(tuple(steps)))
        _send(answers, end)
    sessions.close()


def _proven(sessions: Sessions, order: Prove) -> Message:
    try:
        return sessions.prove(order.challenge)
    except Refused as refused:
        return refused


def _read(
    sessions: Sessions,
    id_reader: str | None,
    reader: str | None,
    wish: Wish,
    steps: list[Step] | None,
    using: Callable[[str], object],
) -> Identity:
    """Read a card in a reader; without one the identity card, where the station has a module for it."""
    at = datetime.now(UTC)
    try:
        return sessions.read_card(at, wish, reader, steps, using)
    except Refused as refused:
        if id_reader is None or reader is not None or refused.failure not in _NO_CARD:
            raise
    using(id_reader)
    with SerialPort(id_reader) as port:
        return holder_of(read_document(port), reader=id_reader, at=at)


def _next(requests: BinaryIO) -> Request | None:
    line = requests.readline(LONGEST_LINE)
    return decode_request(line) if line else None


def _send(out: BinaryIO, message: Message) -> None:
    out.write(encode(message))
    out.flush()


def main() -> int:
    """Run the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", type=int, default=logging.INFO)
    parser.add_argument("--psam-reader", help="prove cards by the PSAM in this reader")
    parser.add_argument("--operator-reader", help="the operator's own card is in this reader")
    parser.add_argument("--id-reader", help="serial port of a SAM module for identity cards")
    options = parser.parse_args()
    # A core dump would hold a person's data.
    process.close_off()
    # Answers go where standard output was; whatever a library prints goes to standard error.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logger = logging.getLogger(_LOGGED)
    logger.setLevel(options.level)
    logger.addHandler(_ToParent(answers))
    logger.propagate = False
    with answers:
        serve(
            sys.stdin.buffer,
            answers,
            psam_reader=options.psam_reader,
            id_reader=options.id_reader,
            operator_reader=options.operator_reader,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
