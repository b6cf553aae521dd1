"""Whose turn it is to write: SQLite has one writer, and whoever waits for it here sleeps in the kernel and not by the clock."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any

# A file of its own beside the database: SQLite's locks on its files are lost when anybody of the process closes them.
BESIDE = "-turn"
# How long a thread waits for others of its process before it asks SQLite itself, which says `database is locked` when it is.
PATIENCE_S = 10.0
# Rows between two checkpoints, about four megabytes of a hall's log.
CHECKPOINT = 2_000


class Turns:
    """The turns at one file: of the threads of this process, and of all processes that open it the same way."""

    def __init__(self, file: Path) -> None:
        self._door = f"{file}{BESIDE}"
        self._here = Lock()
        self.written = 0  # rows since the log was brought into the file, counted by whoever has the turn

    def take(self) -> int | None:
        """Wait for a turn, and return what gives it back: for threads of this process with patience, for another process as long
        as it holds the turn. None when there is none to be had: SQLite then says why."""
        if not self._here.acquire(timeout=PATIENCE_S):
            return None
        try:
            return self._enter()
        except OSError:
            self._here.release()
            return None

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
            fcntl.flock(turn, fcntl.LOCK_EX)
        except OSError:
            os.close(turn)
            raise
        return turn


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
        """Wait until nobody else writes; the turn ends with the transaction that is begun next, or with the connection."""
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
