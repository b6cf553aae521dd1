"""Which set of algorithms this hall has chosen: once, for all its stations."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hall.database import fact, keep
from hall.tables import meta
from wire.algorithms import SETS, STANDARD, Offered
from wire.messages import Algorithms

_FACT = "algorithms"


class SetRefused(Exception):
    """The hall cannot start with this set; `reason` and the remedy are for the operator."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason = reason


def choose_algorithms(db: Connection, name: str, offered: Offered) -> Algorithms:
    """Keep the choice. Raises SetRefused when a name of the set has no provider here, or another set was chosen before."""
    missing = offered.missing(SETS[name])
    if missing:
        raise SetRefused(
            f"algorithm_unavailable: the set {name!r} needs {', '.join(missing)}, and no provider here offers it",
            "serve with --algorithms standard, or add a provider to wire/algorithms.py",
        )
    keep(db, _FACT, name)
    if fact(db, _FACT) != name:
        raise SetRefused(
            f"algorithm_changed: this hall has enrolled stations with the set {fact(db, _FACT)!r}",
            "what was signed would not be believed any more: begin a new hall for another set",
        )
    return SETS[name]


def agreed_algorithms(db: Connection) -> Algorithms:
    """Return the set; halls of before there was a choice have the standard one."""
    name = db.scalar(select(meta.c.value).where(meta.c.name == _FACT))
    return SETS[str(name)] if name is not None else STANDARD
