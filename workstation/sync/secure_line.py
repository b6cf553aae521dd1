"""TLS to the hall: whom the station believes, and what a failed handshake means for the person at the counter."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from wire.invitation import LOOPBACK
from workstation.domain.failures import Failure, Refused

# What OpenSSL's verification says (X509_V_ERR_*, openssl-verification-options(1)).
_TIME = frozenset({9, 10})  # not yet valid, has expired: one of both clocks, as often as not
_NAME = frozenset({47, 48, 62, 64})  # outside the authority's names, host name mismatch, IP address mismatch
_OLD = ("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "WRONG_VERSION_NUMBER")
SYSTEM_ROOTS = "system"


def hall_context(pem: str, roots: str = "hall") -> ssl.SSLContext:
    """Return a context that believes the hall's own authority and nobody else, TLS 1.3 at least.

    With `roots` "system" a site's own root decides, as this machine trusts it; the hall's authority counts beside it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    if roots == SYSTEM_ROOTS:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    if pem:
        believe(context, pem)
    return context


def unverified_context() -> ssl.SSLContext:
    """Return a context that believes anybody: only to fetch certificates whose fingerprint a person brought along."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def believe(context: ssl.SSLContext, pem: str) -> None:
    """Believe these certificates too, from the next connection on; what is no certificate is passed over."""
    try:
        context.load_verify_locations(cadata=pem)
    except ssl.SSLError as error:
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED) from error


def hold_address(url: str) -> None:
    """Let nothing leave this machine in clear. Raises Refused(HALL_INSECURE)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return  # It is no address at all, and nothing will be sent.
    if parts.scheme == "http" and host and host not in LOOPBACK:
        raise Refused(Failure.HALL_INSECURE)


def tls_refusal(error: BaseException) -> Refused | None:
    """Say what a failed connection means when it was the handshake that failed, None for any other cause."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            code = str(cause.verify_code)
            if cause.verify_code in _TIME:
                return Refused(Failure.HALL_CERTIFICATE_EXPIRED, tls=code)
            if cause.verify_code in _NAME:
                return Refused(Failure.HALL_CERTIFICATE_NAME, tls=code)
            return Refused(Failure.HALL_CERTIFICATE_UNKNOWN, tls=code)
        if isinstance(cause, ssl.SSLError):
            reason = cause.reason or ""
            if any(word in reason for word in _OLD):
                return Refused(Failure.HALL_TLS_OLD, tls=reason.lower())
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    seen = 0
    while at is not None and seen < 16:
        yield at
        at, seen = at.__cause__ or at.__context__, seen + 1
