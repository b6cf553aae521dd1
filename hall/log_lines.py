"""The hall's log: a JSON object a line, ids and codes, never a person and never what was sent."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

ANSWERS = "hall.answers"
# Made once: json.dumps makes an encoder for each call that asks for anything but the usual.
_LINE = json.JSONEncoder(ensure_ascii=False)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: `at`, `level`, `logger`, `say`, and what the record carries as `fields`.

    Of an error only its kind and place: its text may hold values.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "say": record.getMessage(),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line |= fields
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "place": place_of(error)}
        return _LINE.encode(line)


def place_of(error: BaseException) -> str:
    """Return where an error was raised: function and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace is not None else "nowhere"


def log_to_stderr() -> None:
    """Let everything that the process logs go to standard error in this form, the web server's own lines too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    # No line says which thread or process wrote it (Python's Logging HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
