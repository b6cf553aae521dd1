"""What station and hall say about the device itself: is it confirmed, a new key for the old one, the hall's authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire.keys import b64, fits, key_id, public_of, sign, unb64

# The new key signs this purpose, the device and its own public key: a proof for one device is none for another.
ROTATION = "one-window key rotation 1"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """The hall's word to a device about itself; signed like a VerificationReply.

    `key` is the key id that signed the request; `confirmed` says whether an administrator compared the fingerprints.
    """

    device: str
    station: str
    key: str
    confirmed: bool
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class KeyRotation:
    """A device asks for a new key; the request is signed by a key that the hall knows, `proof` by the new one."""

    public_key: str  # Ed25519, raw 32 bytes, base64url
    proof: str


@dataclass(frozen=True, slots=True)
class KeyRotated:
    """The hall takes the new key from now on, and the ones of before until `old_until`; signed like a VerificationReply."""

    device: str
    key: str
    old_until: datetime
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class CaBundle:
    """The certificates that the hall's TLS may be verified against, PEM; signed like a VerificationReply.

    While the authority changes there are two. A station takes none with an earlier time than the one it holds.
    """

    pem: str
    issued_at: datetime
    signature: str
    algorithm: str = ""


def ask_rotation(device: str, private: bytes) -> KeyRotation:
    """Ask for a new key, given the new private key."""
    public = public_of(private)
    return KeyRotation(b64(public), b64(sign(private, _rotation_text(device, public))))


def rotation_key(device: str, asked: KeyRotation) -> bytes | None:
    """Return the new public key when its holder has proven it for this device, else None."""
    try:
        public, proof = unb64(asked.public_key), unb64(asked.proof)
    except ValueError:
        return None
    return public if len(public) == 32 and fits(public, _rotation_text(device, public), proof) else None


def _rotation_text(device: str, public: bytes) -> bytes:
    return f"{ROTATION}\n{device}\n{key_id(public)}\n{b64(public)}".encode()
