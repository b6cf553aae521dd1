"""Whose turn it is to write: SQLite has one writer, and whoever waits for it here sleeps in the kernel and not by the clock."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from pathlib import Path
from threading import Lock
from typing import Any

from hall.turn_holder import TurnHeld, standing_holder

# A file of its own beside the database: SQLite's locks on its files are lost when anybody of the process closes them.
BESIDE = "-turn"
# How long a thread waits for others of its process, and how often it looks whether whoever has the turn stands still.
PATIENCE_S, _LOOK_S = 10.0, 0.5
# Rows between two checkpoints, about four megabytes of a hall's log.
CHECKPOINT = 2_000


class Turns:
    """The turns at one file: of the threads of this process, and of all processes that open it the same way."""

    def __init__(self, file: Path) -> None:
        self._door = file.with_name(file.name + BESIDE)
        self._here = Lock()
        self.written = 0  # rows since the log was brought into the file, counted by whoever has the turn

    def take(self) -> int | None:
        """Wait for a turn, and return what gives it back; None when there is none to be had: SQLite then says why. Raises TurnHeld.

        Threads of this process are waited for with patience. Another process is waited for as long as it is at work: the
        kernel's lock knows no patience, so nobody asks for it while the one who has it stands still.
        """
        self.wait_at(self._here)
        try:
            return self._enter()
        except OSError:
            self._here.release()
            return None
        except BaseException:  # whatever it was: who comes next is not to wait for it
            self._here.release()
            raise

    def wait_at(self, lock: Lock) -> None:
        """Acquire a lock of this process that somebody may have who waits for the turn. Raises TurnHeld when that takes too long, and at
        once when whoever has the turn stands still."""
        until = time.monotonic() + PATIENCE_S
        while not lock.acquire(timeout=_LOOK_S):
            standing = self.standing_holder()
            if standing is not None or time.monotonic() > until:
                raise TurnHeld(standing)

    def standing_holder(self) -> int | None:
        """Return the process that has the turn and was stopped, None when there is none."""
        return standing_holder(self._door)

    def give_back(self, turn: int) -> None:
        """Let the next one write."""
        try:
            os.close(turn)
        finally:
            self._here.release()

    def _enter(self) -> int:
        # To read is enough for a lock, so a command of another account does not shut the hall out.
        turn = os.open(self._door, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._lock(turn)
        except BaseException:
            os.close(turn)
            raise
        return turn

    def _lock(self, turn: int) -> None:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            standing = self.standing_holder()
            if standing is not None:
                raise TurnHeld(standing) from None
            fcntl.flock(turn, fcntl.LOCK_EX)


class InTurn(sqlite3.Connection):
    """A connection that writes in its turn.

    SQLite asks for its lock again and again, and sleeps longer each time: what is given back meanwhile is nobody's. A turn is
    waited for without the interpreter, and ends with its process, however that ends. What keeps the file is SQLite's own
    lock as before, and a writer who knows nothing of turns (a tool, a backup) is waited for as before.
    """

    def __init__(self, turns: Turns, database: str, *given: Any, **named: Any) -> None:
        super().__init__(database, *given, **named)
        self._turns = turns
        self._turn: int | None = None
        self._counted = 0  # rows that it had written when it was asked last

    def take_turn(self) -> None:
        """Wait until nobody else writes; the turn ends with the transaction that is begun next, or with the connection. Raises TurnHeld."""
        if self._turn is None:
            self._turn = self._turns.take()

    def commit(self) -> None:
        """Commit, and give the turn back."""
        super().commit()
        if self._turn is not None:
            self._turns.written += self.total_changes - self._counted
            self._counted = self.total_changes
        self._end_turn()

    def rollback(self) -> None:
        """Undo what was not committed, and give the turn back."""
        try:
            super().rollback()
        finally:
            self._end_turn()

    def close(self) -> None:
        """Close the connection."""
        try:
            super().close()
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            self._turns.give_back(turn)
