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
        key = os.urandom(KEY_BYTES)
        self._file.write(put_into_keyring(self._door, key))
        return key

    def open(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - see create
        """Return the key.

        Raises Refused(KEYRING_LOCKED) when no secure keyring answers, Refused(KEYRING_CHANGED) when another one answers
        than the key was given to, Refused(KEYRING_EMPTIED) when the same one has lost it, and STORE_KEY_WRONG.
        """
        said = self._file.read()
        if said is None:
            raise Refused(Failure.STORE_KEY_WRONG)
        # Files of before name no backend: then whichever answers counts as the same.
        kept_in = str(said.get("backend", ""))
        told = self._door.get(str(said.get("account")), kept_in)
        if not told.ok:
            raise Refused(Failure.KEYRING_LOCKED, backend=_short(kept_in))
        if told.secret is None:
            if kept_in and told.backend != kept_in:
                raise Refused(Failure.KEYRING_CHANGED, was=_short(kept_in), now=_short(told.backend))
            raise Refused(Failure.KEYRING_EMPTIED, backend=_short(told.backend))
        return unb64(told.secret)


def put_into_keyring(door: Door, key: bytes) -> dict[str, object]:
    """Give a key to the keyring and return what the key file says of it. Raises Refused(STORE_KEY_WRONG | KEYRING_LOCKED).

    The account is random and no user's name: renaming the user changes nothing.
    """
    account = os.urandom(8).hex()
    told = door.put(account, b64(key))
    if not told.ok:
        raise Refused(Failure.KEYRING_LOCKED, backend="")
    if told.secret != b64(key):
        raise Refused(Failure.STORE_KEY_WRONG, cause="keyring_refused")
    return {"place": KeyPlace.KEYRING.value, "account": account, "backend": told.backend}


def _short(backend: str) -> str:
    """Name a backend for a person: "keyring.backends.SecretService.Keyring" is SecretService."""
    return backend.removeprefix("keyring.backends.").rpartition(".")[0] or backend
