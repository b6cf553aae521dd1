"""The one error of a catalogue."""

from __future__ import annotations


class CatalogueBroken(Exception):
    """A catalogue that cannot be used: which file, where in it, and why. `line` is 0 where no file has it."""

    def __init__(self, file: str, place: str, cause: str, line: int = 0) -> None:
        where = f"{file}:{line}" if line else file
        super().__init__(f"{where}: {place}: {cause}")
        self.file, self.place, self.cause, self.line = file, place, cause, line
