"""Logging: ids and codes, never persons; card bytes only at TRAFFIC, shortened by the channel."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

TRAFFIC = 5


_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
_CARDS = "workstation.cardreader"


def trace_cards() -> None:
    """Let the card room log each command and answer, shortened: for finding out what a card or reader does."""
    logging.addLevelName(TRAFFIC, "TRAFFIC")
    logging.getLogger(_CARDS).setLevel(TRAFFIC)


def to_terminal() -> None:
    """Log to standard error, for commands that have no store to log beside."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_FORM))
    logging.getLogger().addHandler(handler)


def start(folder: Path, level: int = logging.INFO) -> None:
    """Log to `folder`/station.log, at most 2 x 1 MB, readable by the owner only."""
    logging.addLevelName(TRAFFIC, "TRAFFIC")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "station.log"
    descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    os.close(descriptor)
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(handler)
    # The HTTP library logs full addresses at INFO, which may carry cursors and codes.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.getLogger("httpcore2").setLevel(logging.WARNING)
