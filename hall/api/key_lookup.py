"""Finds whose key signed a request, for a library that takes any trouble of the look-up for a wrong signature."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from hall.database import now
from hall.devices import Known, device_of
from hall.engines import reading


class KeyLookup:
    """One look-up of one request. `found` is who has the key; `trouble` is why the database could not say."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.found: Known | None = None
        self.trouble: SQLAlchemyError | None = None

    def __call__(self, key: str) -> bytes | None:
        """Return the public key of a key's id, None when nobody here has it. Raises SQLAlchemyError."""
        if "\x00" in key:
            return None  # which PostgreSQL has no text for
        try:
            with reading(self._engine) as db:
                self.found = device_of(db, key, now())
        except SQLAlchemyError as error:
            # A station that hears of a wrong signature gives up and calls for a person; one that hears 503 comes again.
            self.trouble = error
            raise
        return self.found.public if self.found else None
