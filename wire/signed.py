"""The hall's signature over what it said: replies of registers and platforms, and receipts for events."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import TypeVar

from wire.algorithms import ED25519, SETS, NotOffered, offered, signature_fits
from wire.backup import Backup
from wire.codec import encode, time_text
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
from wire.tree import Hash, root_of

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
    """Say whether the key signed just this receipt, by itself or with others, with the agreed algorithm."""
    if receipt.hall != key_id(public):
        return False
    text = receipt_text(receipt)
    if not receipt.path:
        return _fits(receipt.algorithm, agreed, public, text, receipt.signature)
    try:
        root = root_of(text, receipt.path, hash_beside(receipt.algorithm))
    except (ValueError, NotOffered):
        return False
    signed = root_text(receipt.hall, receipt.algorithm, root)
    return _fits_again(receipt.algorithm, agreed, public, signed, receipt.signature)


def root_text(hall: str, algorithm: str, root: bytes) -> bytes:
    """Return what is signed for many receipts at once: no receipt looks like it."""
    return encode({"algorithm": algorithm, "hall": hall, "root": b64(root)}).encode()


@lru_cache(maxsize=8)
def hash_beside(algorithm: str) -> Hash:
    """Return the digest of the set that a signature is of. Raises NotOffered."""
    named = (each.digest for each in SETS.values() if each.signature == (algorithm or ED25519))
    return offered().digest(next(named, ""))


@lru_cache(maxsize=64)
def _fits_again(name: str, agreed: str, public: bytes, text: bytes, signature: str) -> bool:
    """Say whether it fits; the same signature stands in each receipt of a batch."""
    return _fits(name, agreed, public, text, signature)


def _reply_text(reply: Signed) -> bytes:
    said = {field.name: getattr(reply, field.name) for field in fields(reply)} | {"signature": ""}
    return encode(_named(said)).encode()


def receipt_text(receipt: HallReceipt) -> bytes:
    """Return what is signed of a receipt, or leads to what is: canonical JSON has the names in this order.

    Whoever signed before there were names signed no name.
    """
    name = f'"algorithm":{quoted(receipt.algorithm)},' if receipt.algorithm else ""
    said = (
        f'{{{name}"event":{quoted(receipt.event)},"hall":{quoted(receipt.hall)},'
        f'"received_at":"{time_text(receipt.received_at)}","sha256":{quoted(receipt.sha256)}}}'
    )
    return said.encode()


def _named(said: dict[str, object]) -> dict[str, object]:
    """Whoever signed before there were names signed no name."""
    return said if said["algorithm"] else {name: value for name, value in said.items() if name != "algorithm"}


def _fits(name: str, agreed: str, public: bytes, text: bytes, signature: str) -> bool:
    try:
        return signature_fits(name, agreed, public, text, unb64(signature))
    except ValueError:
        return False
