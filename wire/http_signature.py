"""Signed requests: RFC 9421 with the device's Ed25519 key, RFC 9530 digest over the body."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wire.keys import fits

_COVERED = ("@method", "@authority", "@target-uri")
_ADDED = frozenset({"content-digest", "signature-input", "signature"})
WINDOW_S = 300
NONCE_BYTES = 16  # 128 bits
_NONCE_LETTERS = 22  # of base64url that 128 bits need
_ALGORITHM = "ed25519"
# Exactly what `sign_request` writes, for an address that needs no normalizing (RFC 9421 2.2.2, 2.2.3).
_INPUT = re.compile(
    r'(?P<label>[a-z][a-z0-9]*)=(?P<params>\("@method" "@authority" "@target-uri" "content-digest"\)'
    r';created=(?P<created>[1-9][0-9]{0,14});keyid="(?P<keyid>[A-Za-z0-9_-]+)";alg="ed25519"'
    r';expires=(?P<expires>[1-9][0-9]{0,14});nonce="(?P<nonce>[A-Za-z0-9_-]+)")'
)
_SIGNATURE = re.compile(r"(?P<label>[a-z][a-z0-9]*)=:(?P<signature>[A-Za-z0-9+/]{86}==):")
_URL = re.compile(r"https?://(?P<authority>[a-z0-9.-]+(:[1-9][0-9]{3,4})?)/[A-Za-z0-9/_.=&?-]*")


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
    said = _at_once(method, url, headers, body, find_key)
    if said is not None:
        _hold_time(said, now, window_s)
        return _once(said, seen)
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
    return _once(signed.parameters, seen)


def _once(said: Mapping[str, object], seen: Callable[[str, str], bool]) -> str:
    # Last of all: a request that is refused for another reason must not use up its nonce.
    key_id = str(said["keyid"])
    if seen(key_id, str(said["nonce"])):
        raise BadSignature("replayed")
    return key_id


def _at_once(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    find_key: Callable[[str], bytes | None],
) -> Mapping[str, object] | None:
    """Return what a signature says that is exactly as `sign_request` writes it and fits; None for everything else.

    A quarter of the library's time, for what every station sends. It only ever says yes: what it does not know, and what does
    not fit, is judged by the library, which names the reason. tests/unit/test_wire_signatures.py holds the two together.
    """
    said = _INPUT.fullmatch(headers.get("signature-input", ""))
    made = _SIGNATURE.fullmatch(headers.get("signature", ""))
    place = _URL.fullmatch(url)
    digest = headers.get("content-digest", "")
    lower = all(name == name.lower() for name in headers)
    if said is None or made is None or place is None or not lower or not method.isupper():
        return None
    if said["label"] != made["label"] or digest != _digest(body):
        return None
    public = find_key(said["keyid"])
    text = (
        f'"@method": {method}\n"@authority": {place["authority"]}\n"@target-uri": {url}\n'
        f'"content-digest": {digest}\n"@signature-params": {said["params"]}'
    )
    if public is None or not fits(public, text.encode(), base64.b64decode(made["signature"])):
        return None
    numbers = {"created": int(said["created"]), "expires": int(said["expires"])}
    return {"keyid": said["keyid"], "nonce": said["nonce"], "alg": _ALGORITHM, **numbers}


def _digest(body: bytes) -> str:
    """Return Content-Digest as RFC 9530 writes it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


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
