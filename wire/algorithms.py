"""Algorithms as data: two sets of names, and who offers what stands behind a name.

The names stand in enrolment, envelopes, receipts, replies, seals and wrapped keys. A set is agreed at enrolment; whatever
then carries another name, or one that nobody here offers, is refused. The national set (国密) needs SM2 for signatures,
which the library in use does not offer: its digest and cipher work, the set as a whole does not start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from wire import keys
from wire.messages import Algorithms

ED25519 = "ed25519"  # RFC 8032
SM2 = "sm2-sm3"  # GB/T 32918.2-2016, GB/T 35276
SHA_256 = "sha-256"  # FIPS 180-4
SM3 = "sm3"  # GB/T 32905-2016
AES_256_GCM = "aes-256-gcm"  # NIST SP 800-38D
SM4_GCM = "sm4-gcm"  # GB/T 32907-2016, RFC 8998

STANDARD = Algorithms("standard", ED25519, SHA_256, AES_256_GCM)
NATIONAL = Algorithms("guomi", SM2, SM3, SM4_GCM)
SETS: Mapping[str, Algorithms] = {STANDARD.name: STANDARD, NATIONAL.name: NATIONAL}

NONCE_BYTES = 12
Digest = Callable[[bytes], bytes]


class NotOffered(ValueError):
    """A name that no provider here stands behind: unknown, or known and missing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotOpened(ValueError):
    """A sealed text that does not fit its key, its nonce or what it is bound to."""


class SignatureScheme(Protocol):
    """Keys and signatures as raw bytes."""

    def new_private(self) -> bytes:
        """Return a fresh private key."""
        ...

    def public_of(self, private: bytes) -> bytes:
        """Return the public key."""
        ...

    def sign(self, private: bytes, data: bytes) -> bytes:
        """Sign."""
        ...

    def fits(self, public: bytes, data: bytes, signature: bytes) -> bool:
        """Say whether the signature is of this key over this data."""
        ...


class Cipher(Protocol):
    """Authenticated encryption with a 12-byte nonce; the 16-byte tag follows the text."""

    @property
    def key_bytes(self) -> int:
        """Return how long a key is."""
        ...

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        """Encipher; `bound` is not enciphered but must be the same when opened."""
        ...

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        """Decipher. Raises NotOpened."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """What one library offers, by name. A library with SM2 is one more of these, handed to `Offered`."""

    name: str
    signatures: Mapping[str, SignatureScheme]
    digests: Mapping[str, Digest]
    ciphers: Mapping[str, Cipher]


class Offered:
    """All providers together; the first that has a name gives it."""

    def __init__(self, *providers: Provider) -> None:
        self._providers = providers

    def signature(self, name: str) -> SignatureScheme:
        """Return the scheme. Raises NotOffered."""
        found = next((p.signatures[name] for p in self._providers if name in p.signatures), None)
        if found is None:
            raise NotOffered(name)
        return found

    def digest(self, name: str) -> Digest:
        """Return the digest. Raises NotOffered."""
        found = next((p.digests[name] for p in self._providers if name in p.digests), None)
        if found is None:
            raise NotOffered(name)
        return found

    def cipher(self, name: str) -> Cipher:
        """Return the cipher. Raises NotOffered."""
        found = next((p.ciphers[name] for p in self._providers if name in p.ciphers), None)
        if found is None:
            raise NotOffered(name)
        return found

    def missing(self, wanted: Algorithms) -> tuple[str, ...]:
        """Return the names of a set that nobody here stands behind."""
        asked: tuple[tuple[Callable[[str], object], str], ...] = (
            (self.signature, wanted.signature),
            (self.digest, wanted.digest),
            (self.cipher, wanted.cipher),
        )
        found = []
        for ask, name in asked:
            try:
                ask(name)
            except NotOffered:
                found.append(name)
        return tuple(found)


def offered() -> Offered:
    """Return what this installation offers. SM2 is in none of it: `cryptography` has no SM2."""
    return Offered(
        Provider("hashlib", {}, {SHA_256: lambda data: hashlib.sha256(data).digest()}, {}),
        Provider(
            "cryptography",
            {ED25519: _Ed25519()},
            {SM3: _sm3},
            {AES_256_GCM: _Gcm("AES", 32), SM4_GCM: _Gcm("SM4", 16)},
        ),
    )


def signature_fits(
    name: str, agreed: str, public: bytes, data: bytes, signature: bytes, among: Offered | None = None
) -> bool:
    """Say whether the agreed algorithm, and no other, made this signature. "" is how Ed25519 was named before names."""
    if (name or ED25519) != agreed:
        return False
    try:
        return (among or offered()).signature(agreed).fits(public, data, signature)
    except NotOffered:
        return False


class _Ed25519:
    def new_private(self) -> bytes:
        return keys.new_private()

    def public_of(self, private: bytes) -> bytes:
        return keys.public_of(private)

    def sign(self, private: bytes, data: bytes) -> bytes:
        return keys.sign(private, data)

    def fits(self, public: bytes, data: bytes, signature: bytes) -> bool:
        return keys.fits(public, data, signature)


def _sm3(data: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - see keys.new_private

    working = hashes.Hash(hashes.SM3())
    working.update(data)
    return working.finalize()


@dataclass(frozen=True, slots=True)
class _Gcm:
    """Galois/Counter Mode over a block cipher of 16-byte blocks (NIST SP 800-38D; with SM4: RFC 8998 2)."""

    block: str
    key_bytes: int

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher as Working  # noqa: PLC0415 - see keys.new_private
        from cryptography.hazmat.primitives.ciphers import algorithms, modes  # noqa: PLC0415

        self._measure(key, nonce)
        working = Working(getattr(algorithms, self.block)(key), modes.GCM(nonce)).encryptor()
        working.authenticate_additional_data(bound)
        return working.update(plain) + working.finalize() + working.tag

    def open(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - see keys.new_private
        from cryptography.hazmat.primitives.ciphers import Cipher as Working  # noqa: PLC0415
        from cryptography.hazmat.primitives.ciphers import algorithms, modes  # noqa: PLC0415

        self._measure(key, nonce)
        if len(sealed) < 16:
            raise NotOpened
        mode = modes.GCM(nonce, sealed[-16:])
        working = Working(getattr(algorithms, self.block)(key), mode).decryptor()
        working.authenticate_additional_data(bound)
        try:
            return working.update(sealed[:-16]) + working.finalize()
        except InvalidTag:
            raise NotOpened from None

    def _measure(self, key: bytes, nonce: bytes) -> None:
        if len(key) != self.key_bytes or len(nonce) != NONCE_BYTES:
            raise NotOpened
