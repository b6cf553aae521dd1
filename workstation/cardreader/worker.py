"""The card process (python -m workstation.cardreader.worker): reads when told to, and may be killed at any time.

Standard input carries requests, standard output one answer each (messages.py). It ends with its input.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import sys
from datetime import UTC, datetime
from typing import BinaryIO

from workstation.cardreader.messages import READ, LogLine, Message, encode
from workstation.cardreader.session import Sessions
from workstation.domain.failures import Refused

_LOGGED = "workstation.cardreader"


class _ToParent(logging.Handler):
    """Sends every log record up the pipe, so that the workstation has one log."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        _send(self._out, LogLine(record.levelno, record.name, record.getMessage()))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until they end. A bug ends the process with its traceback; the workstation sees that."""
    sessions = Sessions()
    while requests.readline(len(READ)) == READ:
        try:
            _send(answers, sessions.read_first_card(datetime.now(UTC)))
        except Refused as refused:
            _send(answers, refused)
    sessions.close()


def _send(out: BinaryIO, message: Message) -> None:
    out.write(encode(message))
    out.flush()


def main() -> int:
    """Run the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", type=int, default=logging.INFO)
    options = parser.parse_args()
    # A core dump would hold a person's data.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Answers go where standard output was; whatever a library prints goes to standard error.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logger = logging.getLogger(_LOGGED)
    logger.setLevel(options.level)
    logger.addHandler(_ToParent(answers))
    logger.propagate = False
    with answers:
        serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
