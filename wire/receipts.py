"""Receipts by the dozen: the key is read once, and one signature stands for all receipts of a batch (wire/tree.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from json.encoder import encode_basestring as quoted

from wire.algorithms import ED25519, offered
from wire.codec import time_text
from wire.keys import b64, key_id, signer
from wire.messages import HallReceipt
from wire.signed import hash_beside, receipt_text, root_text
from wire.tree import Way, grow


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

    def write_all(self, events: Sequence[tuple[str, str]], received_at: datetime) -> list[str]:
        """Make it for events and their hashes, signed once, each good by itself; return each as its canonical JSON.

        No receipt is made a value on the way: a batch has a hundred, and they are kept and sent as they are written here.
        tests/unit/test_wire_tree.py holds them to `sign` and to wire.codec.encode.
        """
        begin = f'{{"algorithm":{quoted(self._algorithm)},"event":'
        hall, then = f',"hall":"{self._hall}"', f',"received_at":"{time_text(received_at)}","sha256":'
        named = [(begin + quoted(event) + hall, then + quoted(sha256)) for event, sha256 in events]
        signature, ways = self._over([f"{one}{other}}}".encode() for one, other in named])
        end = f',"signature":"{signature}"}}'
        return [
            f'{one},"path":[{_listed(way)}]{other}{end}'
            for (one, other), way in zip(named, ways, strict=True)
        ]

    def _over(self, texts: Sequence[bytes]) -> tuple[str, Sequence[Way]]:
        """Return the signature that stands for all of these, and the way of each to what was signed."""
        if len(texts) == 1:
            return b64(self._sign(texts[0])), [()]
        if not texts:
            return "", []
        root, ways = grow(texts, self._hash)
        return b64(self._sign(root_text(self._hall, self._algorithm, root))), ways


def _listed(way: Way) -> str:
    # A step is a letter and base64url: nothing in it needs another way of writing.
    return '"' + '","'.join(way) + '"' if way else ""
