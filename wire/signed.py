"""The hall's signature over what it said: replies of registers and platforms, and receipts for events."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import TypeVar

from wire.algorithms import ED25519, offered, signature_fits
from wire.backup import Backup
from wire.board import HallBoard
from wire.calendar import WorkingDayTable
from wire.codec import encode
from wire.devices import CaBundle, DeviceState, KeyRotated
from wire.epoch import EpochAnnouncement
from wire.keys import b64, key_id, unb64
from wire.messages import (
    AuditStamp,
    CatalogueManifest,
    ChangePage,
    ElectronicCardReply,
    HallReceipt,
    RecoveryKey,
    StaffList,
    VerificationReply,
)
from wire.numbers import NumberBlock
from wire.snapshot import SnapshotPage
from wire.staleness import StalenessPolicy
from wire.stick import StickReceipts

Signed = (
    VerificationReply
    | ElectronicCardReply
    | CatalogueManifest
    | StaffList
    | AuditStamp
    | RecoveryKey
    | Backup
    | DeviceState
    | KeyRotated
    | CaBundle
    | ChangePage
    | SnapshotPage
    | EpochAnnouncement
    | NumberBlock
    | StalenessPolicy
    | StickReceipts
    | WorkingDayTable
    | HallBoard
)
Reply = TypeVar(
    "Reply",
    VerificationReply,
    ElectronicCardReply,
    CatalogueManifest,
    StaffList,
    AuditStamp,
    RecoveryKey,
    Backup,
    DeviceState,
    KeyRotated,
    CaBundle,
    ChangePage,
    SnapshotPage,
    EpochAnnouncement,
    NumberBlock,
    StalenessPolicy,
    StickReceipts,
    WorkingDayTable,
    HallBoard,
)


def sign_reply(reply: Reply, private: bytes, algorithm: str = ED25519) -> Reply:
    """Return the reply with the signature over all its other fields, the algorithm's name among them.

    Raises NotOffered when nobody here can sign so.
    """
    named = replace(reply, algorithm=algorithm)
    made = offered().signature(algorithm).sign(private, _reply_text(named))
    return replace(named, signature=b64(made))


def reply_is_genuine(reply: Signed, public: bytes, agreed: str = ED25519) -> bool:
    """Say whether the key signed just this reply, with the agreed algorithm."""
    return _fits(reply.algorithm, agreed, public, _reply_text(reply), reply.signature)


def sign_receipt(
    event: str, sha256: str, received_at: datetime, private: bytes, algorithm: str = ED25519
) -> HallReceipt:
    """Make the hall's signed word that it holds an event. Raises NotOffered when nobody here can sign so."""
    scheme = offered().signature(algorithm)
    hall = key_id(scheme.public_of(private))
    unsigned = HallReceipt(event, sha256, received_at, hall, "", algorithm)
    return replace(unsigned, signature=b64(scheme.sign(private, receipt_text(unsigned))))


def receipt_is_genuine(receipt: HallReceipt, public: bytes, agreed: str = ED25519) -> bool:
    """Say whether the key signed just this receipt, with the agreed algorithm."""
    fits = _fits(receipt.algorithm, agreed, public, receipt_text(receipt), receipt.signature)
    return receipt.hall == key_id(public) and fits


def _reply_text(reply: Signed) -> bytes:
    said = {field.name: getattr(reply, field.name) for field in fields(reply)} | {"signature": ""}
    return encode(_named(said)).encode()


def receipt_text(receipt: HallReceipt) -> bytes:
    """Return what is signed of a receipt."""
    said = {
        "event": receipt.event,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at,
        "hall": receipt.hall,
        "algorithm": receipt.algorithm,
    }
    return encode(_named(said)).encode()


def _named(said: dict[str, object]) -> dict[str, object]:
    """Whoever signed before there were names signed no name."""
    return said if said["algorithm"] else {name: value for name, value in said.items() if name != "algorithm"}


def _fits(name: str, agreed: str, public: bytes, text: bytes, signature: str) -> bool:
    try:
        return signature_fits(name, agreed, public, text, unb64(signature))
    except ValueError:
        return False
