"""The one error of a catalogue."""

from __future__ import annotations


class CatalogueBroken(Exception):
    """A catalogue that cannot be used: which file, where in it, and why."""

    def __init__(self, file: str, place: str, cause: str) -> None:
        super().__init__(f"{file}: {place}: {cause}")
        self.file, self.place, self.cause = file, place, cause
