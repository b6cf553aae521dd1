"""Receipts by the dozen: the key is read once, and each receipt is signed like wire.signed.sign_receipt does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from wire.algorithms import ED25519, offered
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
        unsigned = HallReceipt(event, sha256, received_at, self._hall, "", self._algorithm)
        return replace(unsigned, signature=b64(self._sign(receipt_text(unsigned))))
