"""The key of the store: in the OS keyring, or wrapped by a passphrase. Never beside the data in clear."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from wire.keys import b64, unb64
from workstation.domain.failures import Failure, Refused
from workstation.security.keyring_door import ask
from workstation.services.ports import KeyPlace

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
MIN_PASSPHRASE = 10
# argon2id as RFC 9106 4 recommends where 2 GiB are too much: 64 MiB, three passes.
_MEMORY_KIB, _PASSES, _LANES = 65536, 3, 4


def open_keys(folder: Path, *, allow_keyring: bool) -> PassphraseKeys | KeyringKeys:
    """Return the keys of a data folder: where the key was kept before, else the keyring when it is secure."""
    wrapped = folder / "key.json"
    if not wrapped.exists() and allow_keyring:
        in_keyring = KeyringKeys(str(folder.resolve()))
        if in_keyring.usable():
            return in_keyring
    return PassphraseKeys(wrapped)


class KeyringKeys:
    """The key in the OS keyring; see services.ports.Keys."""

    def __init__(self, account: str) -> None:
        self._account = account

    def usable(self) -> bool:
        """Say whether a secure keyring answers in time."""
        return ask("get", self._account).ok

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.KEYRING

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return ask("get", self._account).secret is not None

    def create(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - the keyring asks for its own
        """Make and keep a key. Raises Refused(STORE_KEY_WRONG) when the keyring does not take it."""
        key = os.urandom(KEY_BYTES)
        kept = ask("set", self._account, b64(key))
        if kept.secret != b64(key):
            raise Refused(Failure.STORE_KEY_WRONG)
        return key

    def open(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - see create
        """Return the key. Raises Refused(STORE_KEY_WRONG) when the keyring does not give it."""
        secret = ask("get", self._account).secret
        if secret is None:
            raise Refused(Failure.STORE_KEY_WRONG)
        return unb64(secret)


class PassphraseKeys:
    """The key wrapped by a passphrase (argon2id, AES-256-GCM) in a file; see services.ports.Keys."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.PASSPHRASE

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return self._path.exists()

    def create(self, passphrase: str | None) -> bytes:
        """Make a key and write it wrapped, whole or not at all. Raises Refused(PASSPHRASE_WEAK)."""
        if passphrase is None or len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < 4:
            raise Refused(Failure.PASSPHRASE_WEAK, least=str(MIN_PASSPHRASE))
        key, salt, nonce = os.urandom(KEY_BYTES), os.urandom(16), os.urandom(12)
        wrapped = _cipher(passphrase, salt, _MEMORY_KIB, _PASSES, _LANES).encrypt(
            nonce, key, b"one-window key 1"
        )
        said = {
            "kdf": "argon2id",
            "memory_kib": _MEMORY_KIB,
            "passes": _PASSES,
            "lanes": _LANES,
            "salt": b64(salt),
            "cipher": "AES-256-GCM",
            "nonce": b64(nonce),
            "wrapped": b64(wrapped),
        }
        _write_whole(self._path, json.dumps(said).encode())
        return key

    def open(self, passphrase: str | None) -> bytes:
        """Return the key. Raises Refused(STORE_KEY_WRONG) for another passphrase or a damaged file."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see _cipher

        try:
            said = json.loads(self._path.read_bytes())
            cipher = _cipher(
                passphrase or "", unb64(said["salt"]), said["memory_kib"], said["passes"], said["lanes"]
            )
            return cipher.decrypt(unb64(said["nonce"]), unb64(said["wrapped"]), b"one-window key 1")
        except (InvalidTag, ValueError, KeyError, TypeError):
            raise Refused(Failure.STORE_KEY_WRONG) from None


def _cipher(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> AESGCM:
    # Both libraries load only here: a start must not wait for them.
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    secret = hash_secret_raw(passphrase.encode(), salt, passes, memory_kib, lanes, KEY_BYTES, Type.ID)
    return AESGCM(secret)


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
