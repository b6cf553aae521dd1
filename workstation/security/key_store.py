"""The key of the store: in the OS keyring, or wrapped by a passphrase. Never beside the data in clear."""

from __future__ import annotations

import os
from pathlib import Path

from wire.algorithms import AES_256_GCM
from wire.keys import b64, unb64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.security.keyring_door import Door
from workstation.security.passphrase import KEY_BYTES, PassphraseKeys
from workstation.services.ports import KeyPlace


def open_keys(
    folder: Path, *, allow_keyring: bool, door: Door | None = None, cipher: str = AES_256_GCM
) -> PassphraseKeys | KeyringKeys:
    """Return the keys of a data folder: where the key was kept before, else the keyring when a secure one answers.

    `cipher` wraps a key that a passphrase is still to make (wire.algorithms).
    """
    file, door = KeyFile(folder / "key.json"), door or Door()
    before = file.read()
    if before is None and allow_keyring and door.get("probe").ok:
        return KeyringKeys(file, door)
    # A key that went into the keyring is there, also when the keyring is silent today.
    if before is not None and before.get("place") == KeyPlace.KEYRING.value:
        return KeyringKeys(file, door)
    return PassphraseKeys(file, cipher)


class KeyringKeys:
    """The key in the OS keyring; see services.ports.Keys. The file says only under which account."""

    def __init__(self, file: KeyFile, door: Door) -> None:
        self._file = file
        self._door = door

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.KEYRING

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return self._file.read() is not None

    def create(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - the keyring asks for its own
        """Make and keep a key. Raises Refused(STORE_KEY_WRONG) when the keyring does not take it."""
        key, account = os.urandom(KEY_BYTES), os.urandom(8).hex()
        if self._door.put(account, b64(key)).secret != b64(key):
            raise Refused(Failure.STORE_KEY_WRONG, cause="keyring_refused")
        self._file.write({"place": KeyPlace.KEYRING.value, "account": account})
        return key

    def open(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - see create
        """Return the key. Raises Refused(STORE_KEY_WRONG, cause) when the keyring is silent or has lost it."""
        told = self._door.get(str((self._file.read() or {}).get("account")))
        if not told.ok or told.secret is None:
            raise Refused(Failure.STORE_KEY_WRONG, cause="keyring_lost" if told.ok else "keyring_silent")
        return unb64(told.secret)
