"""Looks at card service, readers and one read with the time of each step; says nothing of the holder."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from workstation.cardreader.worker_process import CardWorker
from workstation.domain.diagnosis import Diagnosis, ReaderFacts, Step
from workstation.domain.failures import Refused
from workstation.services.ports import CardPresence

OK = "ok"
NOTHING: Mapping[str, str] = {}
_SOCKET = "/run/pcscd/pcscd.comm"


def diagnose(worker: CardWorker) -> Diagnosis:
    """Look at everything once. Blocks up to the worker's time limit when a card hangs.

    The readers' drivers are asked through connections of their own, which no card can hold up.
    """
    service, readers = _look()
    steps: list[Step] = []
    read, details, took = "", NOTHING, None
    if any(reader.presence == CardPresence.PRESENT for reader in readers):
        read, details, took = _read(worker, steps)
    return Diagnosis(
        taken_at=datetime.now(UTC),
        service=service,
        socket=_socket(),
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


def _look() -> tuple[str, tuple[ReaderFacts, ...]]:
    from workstation.cardreader.pcsc import Context, PcscError, Slot  # noqa: PLC0415 - loads the native library

    def facts(slot: Slot) -> ReaderFacts:
        sees = CardPresence.EMPTY
        if slot.present:
            sees = CardPresence.MUTE if slot.mute else CardPresence.PRESENT
        return ReaderFacts(slot.reader, context.driver(slot.reader), sees.value, slot.atr.hex().upper())

    try:
        context = Context()
    except PcscError as error:
        return error.failure.value, ()
    try:
        return OK, tuple(facts(slot) for slot in context.look(context.readers()))
    except PcscError as error:
        return error.failure.value, ()
    finally:
        context.release()


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
