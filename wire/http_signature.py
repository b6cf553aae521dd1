"""Signed requests: RFC 9421 with the device's Ed25519 key, RFC 9530 digest over the body."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_COVERED = ("@method", "@authority", "@target-uri")
_ADDED = frozenset({"content-digest", "signature-input", "signature"})
WINDOW_S = 300
NONCE_BYTES = 16  # 128 bits
_NONCE_LETTERS = 22  # of base64url that 128 bits need
_ALGORITHM = "ed25519"


class BadSignature(Exception):
    """A request that is not to be trusted.

    `code` is one of missing, unknown_key, digest, signature, skewed, expired, replayed.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    headers: dict[str, str]


def sign_request(
    *,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    private: bytes,
    key_id: str,
    now: datetime,
) -> dict[str, str]:
    """Return the headers to add: Content-Digest, Signature-Input, Signature. The body is always covered.

    The signature is good for WINDOW_S seconds and carries a nonce of 128 bits: no two requests are the same.
    """
    from http_message_signatures import HTTPMessageSigner, algorithms  # noqa: PLC0415 - 30 ms, off the first paint

    message = _Request(method, url, dict(headers))
    keys: Any = _Keys(private=private)
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    signer.sign(
        message,
        key_id=key_id,
        created=now,
        expires=now + timedelta(seconds=WINDOW_S),
        nonce=secrets.token_urlsafe(NONCE_BYTES),
        covered_component_ids=_COVERED,
        body=body,
    )
    return {name: value for name, value in message.headers.items() if name.lower() in _ADDED}


def check_request(
    *,
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    find_key: Callable[[str], bytes | None],
    now: datetime,
    window_s: int = WINDOW_S,
    seen: Callable[[str, str], bool] = lambda _key, _nonce: False,
) -> str:
    """Return the id of the key that signed just this request, body included.

    `seen` is told key id and nonce of a request that is good so far and says whether they came before. Raises BadSignature
    for whatever is missing of _COVERED, the digest, created, expires, nonce, keyid and alg as well.
    """
    from http_message_signatures import InvalidSignature, algorithms  # noqa: PLC0415 - see sign_request
    from http_message_signatures.exceptions import HTTPMessageSignaturesException  # noqa: PLC0415

    if not {"signature", "signature-input", "content-digest"} <= {name.lower() for name in headers}:
        raise BadSignature("missing")
    verifier = _verifier(algorithms.ED25519, _Keys(find=find_key))
    message = _Request(method, url, dict(headers))
    try:
        results = verifier.verify(message, require_components=(*_COVERED, "content-digest"))
        if len(results) != 1:
            raise BadSignature("signature")
        signed = results[0]
    except _UnknownKey:
        raise BadSignature("unknown_key") from None
    except (InvalidSignature, HTTPMessageSignaturesException) as error:
        raise BadSignature(
            "unknown_key" if isinstance(error.__cause__, _UnknownKey) else "signature"
        ) from error
    _hold_time(signed.parameters, now, window_s)
    try:
        verifier.verify_body(message, results, body)
    except (InvalidSignature, HTTPMessageSignaturesException) as error:
        raise BadSignature("digest") from error
    key_id = str(signed.parameters["keyid"])
    # Last of all: a request that is refused for another reason must not use up its nonce.
    if seen(key_id, str(signed.parameters["nonce"])):
        raise BadSignature("replayed")
    return key_id


def _hold_time(said: Mapping[str, object], now: datetime, window_s: int) -> None:
    """Refuse a signature that does not say when, until when, by what and which one it is (RFC 9421 2.3)."""
    created, expires, nonce = said.get("created"), said.get("expires"), said.get("nonce")
    if said.get("alg") != _ALGORITHM or not said.get("keyid"):
        raise BadSignature("missing")
    if not isinstance(nonce, str) or len(nonce) < _NONCE_LETTERS:
        raise BadSignature("missing")
    if not isinstance(created, int) or not isinstance(expires, int):
        raise BadSignature("missing")
    if abs(now.timestamp() - created) > window_s:
        raise BadSignature("skewed")
    if expires < now.timestamp() or expires > created + window_s:
        raise BadSignature("expired")


class _UnknownKey(Exception):
    """Nobody here has this key."""


class _Keys:
    """Resolves keys for the library, from one private key or a look-up of public ones."""

    def __init__(self, *, private: bytes = b"", find: Callable[[str], bytes | None] | None = None) -> None:
        self._private, self._find = private, find

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:  # noqa: ARG002 - there is one key only
        return Ed25519PrivateKey.from_private_bytes(self._private)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        raw = self._find(key_id) if self._find else None
        if raw is None:
            raise _UnknownKey(key_id)
        return Ed25519PublicKey.from_public_bytes(raw)


def _verifier(algorithm: Any, keys: Any) -> Any:
    from http_message_signatures import HTTPMessageVerifier  # noqa: PLC0415 - see sign_request

    verifier: Any = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=keys)
    # The library reads the machine's clock; ours is the caller's, so its own window is opened wide.
    verifier.max_clock_skew = timedelta(days=36500 // 2)
    return verifier
