"""One look at card service, readers and drivers (python -m workstation.cardreader.look), in a process of its own.

A card service that stands still holds every call for ever; whoever wants to know ends this process instead.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from workstation.domain.diagnosis import ReaderFacts
from workstation.domain.failures import Failure
from workstation.services.ports import CardPresence

OK = "ok"
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "workstation.cardreader.look")


def look(patience_s: float) -> tuple[str, tuple[ReaderFacts, ...]] | None:
    """Return "ok" or the code of a Failure, and the readers; None when there was no answer in time."""
    try:
        done = subprocess.run(
            _COMMAND,
            cwd=_ROOT,
            stdout=subprocess.PIPE,
            timeout=patience_s,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        # What a driver does to the native library must not take the window with it.
        return Failure.CARD_SERVICE_DOWN.value, ()
    told = json.loads(done.stdout)
    return told["service"], tuple(ReaderFacts(**reader) for reader in told["readers"])


def see() -> tuple[str, tuple[ReaderFacts, ...]]:
    """Look, without any limit. The drivers are asked through connections of their own, which no card can hold up."""
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


def main() -> int:
    """Run the process."""
    service, readers = see()
    told = {"service": service, "readers": [asdict(reader) for reader in readers]}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
