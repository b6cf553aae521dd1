"""Looks at card service, readers and one read with the time of each step; says nothing of the holder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from workstation.cardreader.look import OK, look
from workstation.cardreader.worker_process import CardWorker
from workstation.domain.diagnosis import Diagnosis, Step
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence

NOTHING: Mapping[str, str] = {}
_SOCKET = "/run/pcscd/pcscd.comm"
_PATIENCE_S = 5.0


def diagnose(worker: CardWorker) -> Diagnosis:
    """Look at everything once. Blocks up to the worker's time limit when a card hangs, and some seconds when the card
    service stands still.
    """
    seen = look(_PATIENCE_S)
    service, readers = seen or (Failure.CARD_SERVICE_DOWN.value, ())
    steps: list[Step] = []
    read, details, took = "", NOTHING, None
    if any(reader.presence == CardPresence.PRESENT for reader in readers):
        read, details, took = _read(worker, steps)
    return Diagnosis(
        taken_at=datetime.now(UTC),
        service=service,
        socket=_socket() if seen else f"{_socket()}, no answer in {_PATIENCE_S:g} s",
        session=session_type(os.environ),
        readers=readers,
        read=read,
        read_details=tuple(sorted(details.items())),
        read_ms=took,
        steps=tuple(steps),
    )


def session_type(environment: Mapping[str, str]) -> str:
    """Name the kind of session: over a remote desktop the readers are often those of another machine."""
    if environment.get("XRDP_SESSION") or environment.get("SSH_CONNECTION"):
        return "remote"
    return environment.get("XDG_SESSION_TYPE") or ("x11" if environment.get("DISPLAY") else "none")


def _read(worker: CardWorker, steps: list[Step]) -> tuple[str, Mapping[str, str], float | None]:
    began = time.perf_counter()
    try:
        worker.read(timed=steps.extend)
    except Refused as refused:
        return refused.failure.value, refused.details, None
    return OK, NOTHING, (time.perf_counter() - began) * 1000


def _socket() -> str:
    path = Path(os.environ.get("PCSCLITE_CSOCK_NAME", _SOCKET))
    if not path.exists():
        return f"{path}: missing"
    return f"{path}: {'ok' if os.access(path, os.W_OK) else 'no permission'}"
