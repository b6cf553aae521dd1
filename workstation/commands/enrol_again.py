"""`main.py enrol-again`: gives a station whose disk was copied or put back a new place at its hall."""

from __future__ import annotations

import sys
from pathlib import Path

from workstation import bootstrap
from workstation.commands.key import store_key
from workstation.domain.failures import Refused
from workstation.services.enrol_station import enrol_again
from workstation.settings import Settings
from workstation.storage.database import open_store
from workstation.sync.client import HallEnroller


def run(settings: Settings, passphrase_file: Path | None, code: str) -> int:
    """Trade the hall's one-time code; 0 when that worked, 2 with the code of the trouble otherwise.

    For a station whose window is closed: a running one keeps its old place until it is started anew.
    """
    try:
        store = open_store(settings.store, store_key(settings, passphrase_file))
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 2
    try:
        given = enrol_again(code, enroller=HallEnroller(), open_unit=store.unit, clock=bootstrap.now)
        with store.unit() as unit:
            pending = unit.outbox.state().pending
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 2
    finally:
        store.close()
    sys.stdout.write(f"{given.device} incarnation {given.incarnation}, {pending} events wait\n")
    return 0
