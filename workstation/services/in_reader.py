"""Whose card is in the reader: known only by reading it after it was put in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from workstation.domain.identity import Identity
from workstation.services.ports import CardPresence


class InReader:
    """Joins what the monitor sees with what was read. `see` is called from the monitor's thread; each method
    reads or writes one reference, so no lock is needed.
    """

    def __init__(self) -> None:
        self._presence = CardPresence.EMPTY
        self._holder: bytes | None = None  # a mark of the holder's number, good in this process only
        self._salt = secrets.token_bytes(16)
        self._told: Callable[[CardPresence], object] = lambda _: None

    def listen(self, told: Callable[[CardPresence], object]) -> None:
        """Tell `told` of every change from now on, in the monitor's thread; it replaces who listened before."""
        self._told = told

    def see(self, presence: CardPresence) -> None:
        """The reader changed: whoever's card was in it, a new look is needed."""
        self._holder = None
        self._presence = presence
        self._told(presence)

    def read(self, identity: Identity) -> None:
        """A card was read. Only a mark of whose it is stays: it must outlive the clerk who read it and signs out, or
        the next one would print over another person's card."""
        self._holder = self._mark(identity.id_no)

    def is_other(self, id_no: str) -> bool:
        """Say whether the card in the reader is known to be another person's."""
        holder = self._holder
        return self._presence is CardPresence.PRESENT and holder is not None and holder != self._mark(id_no)

    def is_doubtful(self, id_no: str) -> bool:
        """Say whether a card is there that is another person's, or that nobody has read since it was put in."""
        unread = self._presence is CardPresence.PRESENT and self._holder is None
        return unread or self.is_other(id_no)

    def _mark(self, id_no: str) -> bytes:
        return hashlib.blake2b(id_no.encode(), key=self._salt).digest()
