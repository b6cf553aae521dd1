"""Sticks of stations without network: opened with the hall's recovery key, taken as batches over the line are, answered in a file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from hall.acceptance import Gate
from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, now
from hall.devices import device_of, keys_of
from hall.feed import CursorGone
from hall.intake import PushRefused, take_batch
from hall.polls import page
from hall.tables import devices
from wire.keys import unb64
from wire.messages import Change, ChangePage, PushResult
from wire.parcel import Parcel, parcel_is_genuine
from wire.signed import sign_reply
from wire.stick import (
    StickContent,
    StickHeader,
    StickReceipts,
    content_is_genuine,
    pack_receipts,
    unpack,
)

log = logging.getLogger(__name__)

MOST_CHANGES = 2_000
KeepScan = Callable[[str, str, bytes], bool]  # station, sha256, content: whether it was taken
Quarantine = Callable[[Parcel], None]


class StickRefused(Exception):
    """A file that is not taken at all: nobody's, somebody else's, or of several sticks. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Part:
    header: StickHeader
    content: StickContent
    scans: dict[str, bytes]


def take_stick(
    engine: Engine,
    files: Iterable[bytes],
    gate: Gate,
    keep_scan: KeepScan,
    quarantine: Quarantine | None = None,
) -> bytes:
    """Take the parts of one stick that are there and return the file of receipts for its station.

    The same file twice does nothing twice: events are known by their ids. `quarantine` is given the parcels of a device
    that was shut out; without one they are refused. Raises StickBroken for a file that is damaged or was sealed for another
    hall, StickRefused(device_unknown | device_pending | key_retired | signature | mixed).
    """
    with engine.begin() as db:
        private = unb64(fact(db, "recovery_key"))
        parts = [_Part(*unpack(data, private)) for data in files]
        first = _one_stick(parts)
        revoked = _hold_device(db, parts)
    results: list[PushResult] = []
    code = "device_revoked" if revoked else ""
    for part in sorted(parts, key=lambda each: each.header.part):
        for parcel in part.content.parcels:
            if not code:
                code = _push(engine, parcel, gate, results)
            elif revoked and quarantine is not None:
                quarantine(parcel)
    kept = [] if code else _keep(parts, keep_scan)
    log.info(
        "stick %s of device %s: %s results, %s scans, %s",
        first.header.export,
        first.header.device,
        len(results),
        len(kept),
        code or "taken",
    )
    with engine.begin() as db:
        return _receipts(db, parts, code, tuple(results), tuple(kept))


def _one_stick(parts: list[_Part]) -> _Part:
    if not parts or len({part.header.export for part in parts}) != 1:
        raise StickRefused("mixed")
    if len({part.content.reply_key for part in parts}) != 1:
        raise StickRefused("signature")
    return parts[0]


def _hold_device(db: Connection, parts: list[_Part]) -> bool:
    """Say whether the device was shut out. Raises StickRefused unless it is ours and made every part and parcel.

    What opens no line opens no stick: a device that nobody has confirmed, a key whose successor is at work.
    """
    header = parts[0].header
    row = db.execute(select(devices).where(devices.c.id == header.device)).first()
    if row is None or row.station != header.station:
        raise StickRefused("device_unknown")
    if not row.confirmed_at:
        raise StickRefused("device_pending")
    keys = keys_of(db, header.device)
    for part in parts:
        public = keys.get(part.content.signer)
        mine = part.header.device == header.device and public is not None
        if not mine or public is None or not content_is_genuine(part.content, public):
            raise StickRefused("signature")
        if not all(_is_of(parcel, part.header, keys) for parcel in part.content.parcels):
            raise StickRefused("signature")
        signers = {part.content.signer, *(parcel.key for parcel in part.content.parcels)}
        if not row.revoked_at and any(device_of(db, key, now()) is None for key in signers):
            raise StickRefused("key_retired")
    return bool(row.revoked_at)


def _is_of(parcel: Parcel, header: StickHeader, keys: Mapping[str, bytes]) -> bool:
    said = (parcel.device, parcel.incarnation, parcel.epoch)
    public = keys.get(parcel.key)
    mine = said == (header.device, header.incarnation, header.epoch)
    return mine and public is not None and parcel_is_genuine(parcel, public)


def _push(engine: Engine, parcel: Parcel, gate: Gate, results: list[PushResult]) -> str:
    """Take one parcel as if it had come over the line; return why it was not taken, "" when it was."""
    try:
        results += take_batch(engine, parcel.device, parcel.request, gate).results
    except PushRefused as refused:
        return refused.code
    return ""


def _keep(parts: list[_Part], keep_scan: KeepScan) -> list[str]:
    kept: list[str] = []
    for part in parts:
        for sha256, content in part.scans.items():
            if keep_scan(part.header.station, sha256, content):
                kept.append(sha256)
    return kept


def _receipts(
    db: Connection, parts: list[_Part], code: str, results: tuple[PushResult, ...], scans: tuple[str, ...]
) -> bytes:
    header, content = parts[0].header, parts[0].content
    unsigned = StickReceipts(
        export=header.export,
        device=header.device,
        station=header.station,
        epoch=fact(db, "epoch"),
        made_at=now(),
        parts=tuple(sorted(part.header.part for part in parts)),
        of=header.parts,
        code=code,
        results=results,
        scans=scans,
        after=content.cursor,
        # What is new is told to whom the hall still trusts.
        changes=None if code else _news(db, header.station, content.cursor),
        signature="",
    )
    signed = sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)
    return pack_receipts(signed, unb64(content.reply_key))


def _news(db: Connection, station: str, cursor: str) -> ChangePage | None:
    """What the station has not heard, as it would be told over the line; None for a place in another epoch's feed."""
    items: list[Change] = []
    try:
        while True:
            told = page(db, station, cursor, 200)
            items += told.items
            moved, cursor = told.cursor != cursor, told.cursor
            if not told.more or not moved or len(items) >= MOST_CHANGES:
                return ChangePage(told.epoch, tuple(items), cursor, told.more)
    except (CursorGone, ValueError):
        return None
