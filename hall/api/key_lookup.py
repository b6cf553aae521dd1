"""Finds whose key signed a request, for a library that takes any trouble of the look-up for a wrong signature."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hall.database import now
from hall.devices import Known, device_of
from hall.engines import reading


class KeyMemory:
    """Whose keys this process has seen. A key's id is the hash of the key and a key stays with its device, but for a database that
    was taken back under the process (`look_again`); whether the device may come in is never remembered: whoever uses this
    asks that with its own statement."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._known: dict[str, Known] = {}

    def get(self, key: str) -> Known | None:
        """Return who has a key, None for one that was not seen yet."""
        return self._known.get(key)

    def keep(self, known: Known) -> None:
        """Remember a key; beyond what fits all are forgotten and looked up anew."""
        if len(self._known) >= self._most:
            self._known = {}
        self._known[known.key] = known

    def forget(self, key: str) -> None:
        """Look a key up anew when it comes next."""
        self._known.pop(key, None)


def look_again(engine: Engine, memory: KeyMemory, known: Known) -> Known | None:
    """Return whose a key is now, where that is another device or station than was remembered; None when it is as it was, or nobody's.

    A database that was taken back has forgotten what this process has seen: the same key may have been enrolled since (044).
    Raises SQLAlchemyError.
    """
    memory.forget(known.key)
    lookup = KeyLookup(engine, memory)
    lookup(known.key)
    found = lookup.found
    same = found is None or (found.device, found.station) == (known.device, known.station)
    return None if same else found


class KeyLookup:
    """One look-up of one request. `found` is who has the key; `trouble` is why the database could not say."""

    def __init__(self, engine: Engine, memory: KeyMemory | None = None) -> None:
        self._engine, self._memory = engine, memory
        self.found: Known | None = None
        self.trouble: SQLAlchemyError | None = None

    def __call__(self, key: str) -> bytes | None:
        """Return the public key of a key's id, None when nobody here has it. Raises SQLAlchemyError."""
        if "\x00" in key:
            return None  # which PostgreSQL has no text for
        self.found = self._memory.get(key) if self._memory else None
        if self.found:
            return self.found.public
        try:
            with reading(self._engine) as db:
                self.found = device_of(db, key, now())
        except SQLAlchemyError as error:
            # A station that hears of a wrong signature gives up and calls for a person; one that hears 503 comes again.
            self.trouble = error
            raise
        if self._memory and self.found and self.found.confirmed and not self.found.revoked:
            self._memory.keep(self.found)
        return self.found.public if self.found else None
