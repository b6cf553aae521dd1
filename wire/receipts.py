"""Receipts by the dozen: the key is read once, and one signature stands for all receipts of a batch (wire/tree.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wire.algorithms import ED25519, offered
from wire.keys import b64, key_id, signer
from wire.messages import HallReceipt
from wire.signed import hash_beside, receipt_text, root_text
from wire.tree import grow


class ReceiptSigner:
    """The hall's pen for one key and one algorithm."""

    def __init__(self, private: bytes, algorithm: str) -> None:
        """Raises NotOffered when nobody here can sign so."""
        scheme = offered().signature(algorithm)
        self._algorithm = algorithm
        self._hall = key_id(scheme.public_of(private))
        self._sign = signer(private) if algorithm == ED25519 else lambda data: scheme.sign(private, data)
        self._hash = hash_beside(algorithm)

    def sign(self, event: str, sha256: str, received_at: datetime) -> HallReceipt:
        """Make the hall's signed word that it holds an event."""
        unsigned = HallReceipt(event, sha256, received_at, self._hall, "", self._algorithm)
        return replace(unsigned, signature=b64(self._sign(receipt_text(unsigned))))

    def sign_all(self, events: Sequence[tuple[str, str]], received_at: datetime) -> list[HallReceipt]:
        """Make it for events and their hashes: signed once, each good by itself."""
        if len(events) == 1:
            return [self.sign(*events[0], received_at)]
        hall, name = self._hall, self._algorithm
        unsigned = [HallReceipt(event, sha256, received_at, hall, "", name) for event, sha256 in events]
        if not unsigned:
            return []
        root, ways = grow([receipt_text(each) for each in unsigned], self._hash)
        signature = b64(self._sign(root_text(hall, name, root)))
        return [
            HallReceipt(each.event, each.sha256, received_at, hall, signature, name, way)
            for each, way in zip(unsigned, ways, strict=True)
        ]
