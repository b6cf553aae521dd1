"""Receipts by the dozen: the key is read once, and each receipt is signed like wire.signed.sign_receipt does."""

from __future__ import annotations

from datetime import datetime
from json.encoder import encode_basestring as quoted

from wire.algorithms import ED25519, offered
from wire.codec import time_text
from wire.keys import b64, key_id, signer
from wire.messages import HallReceipt
from wire.signed import receipt_text


class ReceiptSigner:
    """The hall's pen for one key and one algorithm."""

    def __init__(self, private: bytes, algorithm: str) -> None:
        """Raises NotOffered when nobody here can sign so."""
        scheme = offered().signature(algorithm)
        self._algorithm = algorithm
        self._hall = key_id(scheme.public_of(private))
        self._sign = signer(private) if algorithm == ED25519 else lambda data: scheme.sign(private, data)

    def sign(self, event: str, sha256: str, received_at: datetime) -> HallReceipt:
        """Make the hall's signed word that it holds an event."""
        signature = b64(self._sign(self._text(event, sha256, received_at)))
        return HallReceipt(event, sha256, received_at, self._hall, signature, self._algorithm)

    def _text(self, event: str, sha256: str, received_at: datetime) -> bytes:
        """Write what is signed at once: canonical JSON has the names in this order."""
        if not self._algorithm:
            return receipt_text(HallReceipt(event, sha256, received_at, self._hall, "", ""))
        said = (
            f'{{"algorithm":"{self._algorithm}","event":{quoted(event)},"hall":"{self._hall}",'
            f'"received_at":"{time_text(received_at)}","sha256":{quoted(sha256)}}}'
        )
        return said.encode()
