"""The hand that puts a virtual card into the reader and takes it out."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from demo.service import LEASH


class CardRefused(Exception):
    """The virtual card did not do what it was told; the text is its answer."""


class CardHand:
    """Runs the virtual card program on a reader's port and tells it what to do."""

    def __init__(self, python: Path, port: int, env: Mapping[str, str]) -> None:
        """Start the program; it ends with `close`, or with the thread that made it."""
        self._process = subprocess.Popen(
            [*LEASH, str(python), "-m", "workstation.cardreader.virtual", "--port", str(port)],
            cwd=Path(__file__).resolve().parent.parent,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    def insert(self, card: Path | str) -> None:
        """Put the card of that file, or of that name among the program's own, into the reader."""
        self._tell(f"insert {card}")

    def remove(self) -> None:
        """Take the card out."""
        self._tell("remove")

    def close(self) -> None:
        """Take the card out and end the program."""
        with self._process:  # Closes its input, which ends it, and waits.
            pass

    def _tell(self, command: str) -> None:
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("the card's program was started without pipes")
        try:
            self._process.stdin.write(command + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise CardRefused("the virtual card's program has ended") from error
        answer = self._process.stdout.readline().strip()
        if not answer.startswith("ok"):
            raise CardRefused(answer or "the virtual card's program has ended")
