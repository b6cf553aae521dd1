"""Tells a database that is away for a moment (a failover, a restart, too many at once, a writer that stands still) from a fault of
the hall's own."""

from __future__ import annotations

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError  # noqa: A004 - the pool's own

# PostgreSQL, appendix A. The primary became a standby: what was begun there can never be written.
READ_ONLY = "25006"
# Ends of a server or of its patience, after which the same request may go through: it shuts down, has crashed or
# starts up; it has no connection left; a row was waited for in vain; two steps met too often.
_COME_AGAIN = frozenset(
    {READ_ONLY, "25P03", "57P01", "57P02", "57P03", "53300", "53400", "55P03", "40001", "40P01"}
)
# Another one writes to a SQLite file, for longer than anybody should wait.
_WRITER_BUSY = "SQLITE_BUSY"
_CONNECTION = "08"  # the class of all that is wrong with a connection


def is_away(error: BaseException) -> bool:
    """Say whether the same request may go through a moment later: nothing of it was acknowledged, all of it may be sent
    again. A commit that broke off may have been kept; the event's id tells then (wire.md, duplicate)."""
    if isinstance(error, TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if not hasattr(error.orig, "sqlstate"):  # SQLite has no such states
        return str(getattr(error.orig, "sqlite_errorname", "")).startswith(_WRITER_BUSY)
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:
        # The server could say nothing any more, or was never reached.
        return error.connection_invalidated or isinstance(error, OperationalError)
    return state in _COME_AGAIN or state.startswith(_CONNECTION)


def leave_standbys(engine: Engine) -> None:
    """Throw away the pooled connections as soon as one of them leads to a server that only reads: it was the primary."""
    event.listen(engine, "handle_error", _leave)


def _leave(context: ExceptionContext) -> None:
    if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
        context.is_disconnect = True
