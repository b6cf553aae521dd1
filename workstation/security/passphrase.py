"""The key of the store wrapped by a passphrase: argon2id, then AES-256-GCM or SM4-GCM, by the name in the file."""

from __future__ import annotations

import os
import unicodedata

from wire.algorithms import AES_256_GCM, NONCE_BYTES, Cipher, NotOffered, offered
from wire.keys import b64, unb64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.services.ports import KeyPlace

KEY_BYTES = 32
LEAST_CHARACTERS = 10
_LEAST_DIFFERENT = 4  # "1111111111" and "1212121212" are no secrets
_KDF = "argon2id-64MiB-3-4"
# Files of before the cipher could be chosen say so in capitals, and bind nothing but this.
_FIRST_CIPHER, _FIRST_BOUND = "AES-256-GCM", b"one-window key 1"


class PassphraseKeys:
    """See services.ports.Keys."""

    def __init__(self, file: KeyFile, cipher: str = AES_256_GCM) -> None:
        """`cipher` is for a key still to be made; one that was made says itself how it is wrapped."""
        self._file = file
        self._cipher = cipher

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.PASSPHRASE

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return self._file.read() is not None

    def create(self, passphrase: str | None) -> bytes:
        """Make a key and write it wrapped. Raises Refused(PASSPHRASE_WEAK)."""
        key = os.urandom(KEY_BYTES)
        self._file.write(wrap(key, passphrase, self._cipher))
        return key

    def open(self, passphrase: str | None) -> bytes:
        """Return the key. Raises Refused(STORE_KEY_WRONG) for another passphrase or a damaged file,
        Refused(ALGORITHM_UNAVAILABLE) for a file wrapped by what nobody offers here."""
        said = self._file.read() or {}
        if "cipher" not in said:
            raise Refused(Failure.STORE_KEY_WRONG)
        name = str(said["cipher"])
        cipher = _cipher_named(name)
        try:
            salt, nonce, wrapped = (unb64(str(said[part])) for part in ("salt", "nonce", "wrapped"))
            return cipher.open(_secret(_normal(passphrase), salt, name), nonce, wrapped, _bound(name))
        except (ValueError, KeyError):
            raise Refused(Failure.STORE_KEY_WRONG) from None


def check_strength(passphrase: str | None) -> str:
    """Return the passphrase as it is used. Raises Refused(PASSPHRASE_WEAK)."""
    said = _normal(passphrase)
    if len(said) < LEAST_CHARACTERS or len(set(said)) < _LEAST_DIFFERENT:
        raise Refused(Failure.PASSPHRASE_WEAK, least=str(LEAST_CHARACTERS))
    return said


def wrap(key: bytes, passphrase: str | None, cipher: str = AES_256_GCM) -> dict[str, object]:
    """Wrap a key and return what the key file says of it. Raises Refused(PASSPHRASE_WEAK)."""
    said = check_strength(passphrase)
    salt, nonce = os.urandom(16), os.urandom(NONCE_BYTES)
    wrapped = _cipher_named(cipher).seal(_secret(said, salt, cipher), nonce, key, _bound(cipher))
    return {
        "place": KeyPlace.PASSPHRASE.value,
        "kdf": _KDF,
        "salt": b64(salt),
        "cipher": cipher,
        "nonce": b64(nonce),
        "wrapped": b64(wrapped),
    }


def _normal(passphrase: str | None) -> str:
    # The same word typed by another input method may be composed otherwise.
    return unicodedata.normalize("NFC", passphrase or "")


def _cipher_named(name: str) -> Cipher:
    try:
        return offered().cipher(AES_256_GCM if name == _FIRST_CIPHER else name)
    except NotOffered:
        raise Refused(Failure.ALGORITHM_UNAVAILABLE, names=name) from None


def _bound(name: str) -> bytes:
    """The names are sealed with the key: another name in the file opens nothing."""
    return _FIRST_BOUND if name == _FIRST_CIPHER else f"one-window key 2 {_KDF} {name}".encode()


def _secret(passphrase: str, salt: bytes, name: str) -> bytes:
    # The library loads only here: a start must not wait for it.
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415

    if len(salt) < 16:
        raise ValueError("salt")
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=3,  # argon2id as RFC 9106 4 recommends where 2 GiB are too much
        memory_cost=65536,  # KiB
        parallelism=4,
        hash_len=_cipher_named(name).key_bytes,
        type=Type.ID,
    )
