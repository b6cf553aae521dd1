"""The hall's signature over what it said: replies of registers and platforms, and receipts for events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from wire.codec import encode
from wire.keys import b64, fits, key_id, public_of, sign, unb64
from wire.messages import CatalogueManifest, ElectronicCardReply, HallReceipt, StaffList, VerificationReply

Signed = VerificationReply | ElectronicCardReply | CatalogueManifest | StaffList
Reply = TypeVar("Reply", VerificationReply, ElectronicCardReply, CatalogueManifest, StaffList)


def sign_reply(reply: Reply, private: bytes) -> Reply:
    """Return the reply with the signature over all its other fields."""
    return replace(reply, signature=b64(sign(private, _reply_text(reply))))


def reply_is_genuine(reply: Signed, public: bytes) -> bool:
    """Say whether the key signed just this reply."""
    return _fits(public, _reply_text(reply), reply.signature)


def sign_receipt(event: str, sha256: str, received_at: datetime, private: bytes) -> HallReceipt:
    """Make the hall's signed word that it holds an event."""
    hall = key_id(public_of(private))
    unsigned = HallReceipt(event, sha256, received_at, hall, "")
    return replace(unsigned, signature=b64(sign(private, _receipt_text(unsigned))))


def receipt_is_genuine(receipt: HallReceipt, public: bytes) -> bool:
    """Say whether the key signed just this receipt."""
    return receipt.hall == key_id(public) and _fits(public, _receipt_text(receipt), receipt.signature)


def _reply_text(reply: Signed) -> bytes:
    return encode(replace(reply, signature="")).encode()


def _receipt_text(receipt: HallReceipt) -> bytes:
    said = {
        "event": receipt.event,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at,
        "hall": receipt.hall,
    }
    return encode(said).encode()


def _fits(public: bytes, text: bytes, signature: str) -> bool:
    try:
        return fits(public, text, unb64(signature))
    except ValueError:
        return False
