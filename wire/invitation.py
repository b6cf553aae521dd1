"""What an administrator hands to a new station: the hall's address, a one-time code, and what its authority is known by."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

# 128 bits of SHA-256: a second certificate with these digits is out of reach, and they can still be read aloud.
FINGERPRINT_DIGITS = 32
_FINGERPRINT = re.compile(f"[0-9a-f]{{{FINGERPRINT_DIGITS}}}")
_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----\s*(.*?)\s*-----END CERTIFICATE-----", re.DOTALL)
# What goes to these addresses never leaves the machine.
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Invitation:
    """`ca` is "" where the hall's TLS has an authority that the machine trusts anyway, or where no line leaves it."""

    url: str
    code: str
    ca: str = ""


def write_invitation(invitation: Invitation) -> str:
    """Return the invitation as one line without spaces, fit for a QR code: URL#code-fingerprint."""
    code = f"{invitation.code}-{invitation.ca}" if invitation.ca else invitation.code
    return f"{invitation.url}#{code}"


def read_invitation(url: str, code: str) -> Invitation:
    """Read what was typed into the two lines of the enrolment page: the whole invitation may stand in either."""
    url, code = url.strip(), "".join(code.split())
    for text in (code, url):
        if "#" in text and "://" in text:
            url, _, code = text.partition("#")
            break
    bare, dash, ca = code.rpartition("-")
    if dash and _FINGERPRINT.fullmatch(ca.lower()):
        return Invitation(url.rstrip("/"), bare, ca.lower())
    return Invitation(url.rstrip("/"), code)


def certificates(pem: str) -> tuple[bytes, ...]:
    """Return the certificates of a PEM bundle (RFC 7468), DER each. Raises ValueError for one that is torn, or for none."""
    try:
        found = tuple(base64.b64decode("".join(body.split()), validate=True) for body in _BLOCK.findall(pem))
    except binascii.Error as error:
        raise ValueError("a certificate is torn") from error
    if not found:
        raise ValueError("no certificate")
    return found


def to_pem(der: bytes) -> str:
    """Return one certificate as PEM (RFC 7468)."""
    body = base64.b64encode(der).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


def fingerprint(der: bytes) -> str:
    """Name a certificate: the first 32 hex digits of SHA-256 over its DER."""
    return hashlib.sha256(der).hexdigest()[:FINGERPRINT_DIGITS]


def known_by(pem: str, ca: str) -> str:
    """Return the certificate of a bundle that a fingerprint names, as PEM alone, "" when it has none such."""
    return next((to_pem(der) for der in certificates(pem) if fingerprint(der) == ca), "")
