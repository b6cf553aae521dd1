"""The devices of stations: who is behind a key, who was confirmed by a person, who is shut out, and keys that change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, keep, now, stamp
from hall.tables import device_keys, devices, meta
from wire.devices import CaBundle, DeviceState, KeyRotated, KeyRotation, rotation_key
from wire.keys import b64, key_id, unb64
from wire.signed import sign_reply

OVERLAP = timedelta(hours=1)  # a request that was signed before the new key was kept must still arrive
CA_BUNDLE, CA_ISSUED, PUBLIC_URL = "ca_bundle", "ca_issued_at", "public_url"


class DeviceUnknown(Exception):
    """No device has this id."""


class RotationRefused(Exception):
    """The new key is not proven, or another device has it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A device by one of its keys; `public` is that key's raw 32 bytes."""

    device: str
    station: str
    key: str
    public: bytes
    confirmed: bool
    revoked: bool


def device_of(db: Connection, key: str, at: datetime) -> Known | None:
    """Return the device that may sign with a key at a time, None for a key that nobody has or whose time is over."""
    query = (
        select(
            device_keys.c.public_key,
            device_keys.c.until,
            devices.c.id,
            devices.c.station,
            devices.c.confirmed_at,
            devices.c.revoked_at,
        )
        .join(devices, devices.c.id == device_keys.c.device)
        .where(device_keys.c.id == key)
    )
    # PostgreSQL has no NUL in its texts, and would answer with a fault of its own.
    row = None if "\x00" in key else db.execute(query).first()
    if row is None or (row.until is not None and row.until < stamp(at)):
        return None
    return Known(
        row.id, row.station, key, unb64(row.public_key), bool(row.confirmed_at), bool(row.revoked_at)
    )


def add_key(db: Connection, device: str, public: bytes, at: datetime) -> str:
    """Keep a key of a device; return its id."""
    key = key_id(public)
    db.execute(
        insert(device_keys).values(
            id=key, device=device, public_key=b64(public), made_at=stamp(at), until=None
        )
    )
    return key


def confirm(db: Connection, device: str, by: str) -> None:
    """Let a device in: somebody has compared the fingerprints. Once is enough. Raises DeviceUnknown."""
    _hold(db, device)
    waiting = (devices.c.id == device) & devices.c.confirmed_at.is_(None)
    db.execute(update(devices).where(waiting).values(confirmed_at=stamp(now()), confirmed_by=by))


def revoke(db: Connection, device: str) -> None:
    """Shut a device out, from its next request on; the first time stays. Raises DeviceUnknown."""
    _hold(db, device)
    inside = (devices.c.id == device) & devices.c.revoked_at.is_(None)
    db.execute(update(devices).where(inside).values(revoked_at=stamp(now())))


def state_of(db: Connection, known: Known) -> DeviceState:
    """Tell a device about itself, signed."""
    unsigned = DeviceState(known.device, known.station, known.key, known.confirmed, "")
    return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)


def rotate(db: Connection, known: Known, asked: KeyRotation) -> KeyRotated:
    """Take a new key that an old one asks for; the same one asked for again gets the same answer.

    The others of the device end with the overlap. Raises RotationRefused.
    """
    public = rotation_key(known.device, asked)
    if public is None:
        raise RotationRefused
    at = now()
    new = key_id(public)
    # One change of a device's key at a time; who comes second sees what the first has written.
    db.execute(select(devices.c.id).where(devices.c.id == known.device).with_for_update())
    holder = db.scalar(select(device_keys.c.device).where(device_keys.c.id == new))
    if holder is None and _has_ended(db, known.key):
        # Its successor is at work: a copy of the old key must not make another one.
        raise RotationRefused
    if holder is None:
        add_key(db, known.device, public, at)
        others = (device_keys.c.device == known.device) & (device_keys.c.id != new)
        running = others & (device_keys.c.until.is_(None) | (device_keys.c.until > stamp(at + OVERLAP)))
        db.execute(update(device_keys).where(running).values(until=stamp(at + OVERLAP)))
    elif holder != known.device or known.key == new or _has_ended(db, new):
        raise RotationRefused
    until = db.scalar(select(device_keys.c.until).where(device_keys.c.id == known.key))
    unsigned = KeyRotated(known.device, new, datetime.fromisoformat(str(until)), "")
    return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)


def _has_ended(db: Connection, key: str) -> bool:
    """Say whether a newer key has taken this one's place: nobody goes back to it."""
    return db.scalar(select(device_keys.c.until).where(device_keys.c.id == key)) is not None


def list_devices(db: Connection) -> list[dict[str, str]]:
    """Return each device: id, station, state, fingerprint of its newest key in fours, times; no person is in it."""
    return [
        {
            "device": row.id,
            "station": row.station,
            "state": "revoked" if row.revoked_at else "confirmed" if row.confirmed_at else "pending",
            "fingerprint": in_fours(_newest_key(db, row.id)),
            "enrolled_at": row.enrolled_at or "",
            "confirmed_by": row.confirmed_by or "",
            "revoked_at": row.revoked_at or "",
        }
        for row in db.execute(select(devices).order_by(devices.c.station, devices.c.enrolled_at))
    ]


def _newest_key(db: Connection, device: str) -> str:
    newest = select(device_keys.c.id).where(device_keys.c.device == device)
    return str(db.scalar(newest.order_by(device_keys.c.made_at.desc()).limit(1)) or device)


def in_fours(fingerprint: str) -> str:
    """Write a fingerprint as both sides show it: four groups of four."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def keys_of(db: Connection, device: str) -> dict[str, bytes]:
    """Return every key that a device ever had, by id."""
    rows = db.execute(
        select(device_keys.c.id, device_keys.c.public_key).where(device_keys.c.device == device)
    )
    return {row.id: unb64(row.public_key) for row in rows}


def keep_address(db: Connection, ca_pem: str, public_url: str) -> None:
    """Remember what invitations carry: the certificates of the hall's authority and where stations find it."""
    for name, value in ((CA_BUNDLE, ca_pem), (PUBLIC_URL, public_url)):
        keep(db, name, "")
        changed = db.execute(
            update(meta).where(meta.c.name == name, meta.c.value != value).values(value=value)
        ).rowcount
        if name == CA_BUNDLE and changed:
            keep(db, CA_ISSUED, "")
            db.execute(update(meta).where(meta.c.name == CA_ISSUED).values(value=stamp(now())))


def address(db: Connection) -> tuple[str, str]:
    """Return the certificates and the address that were remembered, "" each where there are none."""
    rows = db.execute(select(meta.c.name, meta.c.value).where(meta.c.name.in_((CA_BUNDLE, PUBLIC_URL))))
    said: dict[str, str] = {row.name: row.value for row in rows}
    return said.get(CA_BUNDLE, ""), said.get(PUBLIC_URL, "")


def ca_bundle(db: Connection) -> CaBundle | None:
    """Return the certificates of the hall's authority, signed; None where its TLS has another one."""
    pem, _ = address(db)
    if not pem:
        return None
    unsigned = CaBundle(pem, datetime.fromisoformat(fact(db, CA_ISSUED)), "")
    return sign_reply(unsigned, hall_key(db), agreed_algorithms(db).signature)


def _hold(db: Connection, device: str) -> None:
    if db.scalar(select(devices.c.id).where(devices.c.id == device)) is None:
        raise DeviceUnknown(device)
