"""The key of the store wrapped by a passphrase: argon2id, then AES-256-GCM."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

from wire.keys import b64, unb64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.services.ports import KeyPlace

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
LEAST_CHARACTERS = 10
_LEAST_DIFFERENT = 4  # "1111111111" and "1212121212" are no secrets
_BOUND_TO = b"one-window key 1"


class PassphraseKeys:
    """See services.ports.Keys."""

    def __init__(self, file: KeyFile) -> None:
        self._file = file

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.PASSPHRASE

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return self._file.read() is not None

    def create(self, passphrase: str | None) -> bytes:
        """Make a key and write it wrapped. Raises Refused(PASSPHRASE_WEAK)."""
        key = os.urandom(KEY_BYTES)
        self._file.write(wrap(key, passphrase))
        return key

    def open(self, passphrase: str | None) -> bytes:
        """Return the key. Raises Refused(STORE_KEY_WRONG) for another passphrase or a damaged file."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see _cipher

        said = self._file.read() or {}
        try:
            salt, nonce, wrapped = (unb64(str(said[name])) for name in ("salt", "nonce", "wrapped"))
            return _cipher(_normal(passphrase), salt).decrypt(nonce, wrapped, _BOUND_TO)
        except (InvalidTag, ValueError, KeyError):
            raise Refused(Failure.STORE_KEY_WRONG) from None


def check_strength(passphrase: str | None) -> str:
    """Return the passphrase as it is used. Raises Refused(PASSPHRASE_WEAK)."""
    said = _normal(passphrase)
    if len(said) < LEAST_CHARACTERS or len(set(said)) < _LEAST_DIFFERENT:
        raise Refused(Failure.PASSPHRASE_WEAK, least=str(LEAST_CHARACTERS))
    return said


def wrap(key: bytes, passphrase: str | None) -> dict[str, object]:
    """Wrap a key and return what the key file says of it. Raises Refused(PASSPHRASE_WEAK)."""
    said = check_strength(passphrase)
    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = _cipher(said, salt).encrypt(nonce, key, _BOUND_TO)
    return {
        "place": KeyPlace.PASSPHRASE.value,
        "kdf": "argon2id-64MiB-3-4",
        "salt": b64(salt),
        "cipher": "AES-256-GCM",
        "nonce": b64(nonce),
        "wrapped": b64(wrapped),
    }


def _normal(passphrase: str | None) -> str:
    # The same word typed by another input method may be composed otherwise.
    return unicodedata.normalize("NFC", passphrase or "")


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    # Both libraries load only here: a start must not wait for them.
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    if len(salt) < 16:
        raise ValueError("salt")
    secret = hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=3,  # argon2id as RFC 9106 4 recommends where 2 GiB are too much
        memory_cost=65536,  # KiB
        parallelism=4,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    return AESGCM(secret)
