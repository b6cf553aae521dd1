"""A hall of several workers with one bug that was put in on purpose, so that a run can show that it would be found. Never in the
product.

python -m tests.torture.wrong_hall BUG serve ...
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Engine, event

from hall import new_cases
from hall.__main__ import main
from hall.straight_line import StraightLine, straight_line

# So long the commit takes to begin after the station was answered: a fault comes within two seconds of an answer.
LATE_S = 6.0


def ack_before_commit() -> None:
    """On PostgreSQL: a push of new cases is answered, and only then does its commit go on its way."""

    @contextmanager
    def answered_first(engine: Engine) -> Iterator[StraightLine]:
        with ExitStack() as held:
            yield held.enter_context(straight_line(engine))
            Thread(target=_close_late, args=(held.pop_all(),), daemon=True).start()

    new_cases.straight_line = answered_first  # type: ignore[attr-defined]


def _close_late(held: ExitStack) -> None:
    time.sleep(LATE_S)
    held.close()


def told_twice() -> None:
    """On either engine: each row of the feed is written twice."""

    def again(db: Connection, cursor: Any, sql: str, values: Any, _context: object, many: bool) -> None:
        if sql.startswith("INSERT INTO feed") and not many:
            cursor.execute(sql, values)

    event.listen(Engine, "before_cursor_execute", again)


BUGS: Mapping[str, Callable[[], None]] = {"ack_before_commit": ack_before_commit, "told_twice": told_twice}


def _wrong_too(start: Callable[..., Any], bug: str, command: Sequence[str], **options: Any) -> Any:
    """Start a process; a worker of the hall is to be as wrong as the hall is."""
    if list(command[1:3]) == ["-m", "hall"]:
        command = [command[0], "-m", "tests.torture.wrong_hall", bug, *command[3:]]
    return start(command, **options)


if __name__ == "__main__":
    wanted = sys.argv.pop(1)
    BUGS[wanted]()
    subprocess.Popen = partial(_wrong_too, subprocess.Popen, wanted)  # type: ignore[misc, assignment]
    sys.exit(main())
