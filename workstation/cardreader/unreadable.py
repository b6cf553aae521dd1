"""The one error of every parser in this room."""

from __future__ import annotations


class Unreadable(ValueError):
    """Bytes from a card or daemon do not mean anything. `what` names the place, never the content."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
