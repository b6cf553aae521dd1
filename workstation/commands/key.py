"""The store's key for a command: from the keyring, from a file with the passphrase, or asked at the terminal."""

from __future__ import annotations

import getpass
from pathlib import Path

from workstation.domain.failures import Failure, Refused
from workstation.security.key_store import open_keys
from workstation.services.ports import KeyPlace
from workstation.settings import Settings


def store_key(settings: Settings, passphrase_file: Path | None) -> bytes:
    """Return the key of the store that is there. Raises Refused(STORE_KEY_WRONG | KEYRING_* | STORE_DAMAGED)."""
    if not settings.store.exists():
        raise Refused(Failure.STORE_DAMAGED, cause="no store here")
    keys = open_keys(settings.data, allow_keyring=settings.keyring)
    if keys.place() is KeyPlace.KEYRING:
        return keys.open(None)
    return keys.open(_passphrase(passphrase_file))


def _passphrase(file: Path | None) -> str:
    if file is None:
        return getpass.getpass("passphrase of the store: ")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise Refused(Failure.STORE_KEY_WRONG, cause=type(error).__name__) from error
