"""Stations get known: one-time codes, device keys, the accounts of their people."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from hall.algorithms import agreed_algorithms
from hall.database import fact, hall_key, now, stamp
from hall.devices import add_key, device_of
from hall.epoch import INCARNATION_SERIES
from hall.lanes import give_lane
from hall.staffing import accounts_of
from hall.tables import device_keys, devices, enrol_codes, numbers, stations
from wire.keys import b64, fits, key_id, public_of, unb64
from wire.messages import Enrolment, EnrolRequest

CODE_BYTES = 8  # 64 bits
CODE_LIFE = timedelta(hours=24)
GENESIS = "0" * 64


class CodeRefused(Exception):
    """A code that is unknown, used, too old or not proven; which of them is not told."""


def add_station(db: Connection, code: str, name: str, level: str) -> None:
    """Make a station known by its six-character code."""
    if len(code) != 6 or not code.isalnum():
        raise ValueError("a station code has six letters or digits")
    if db.execute(select(stations).where(stations.c.code == code)).first() is None:
        db.execute(insert(stations).values(code=code, name=name, level=level))


def new_code(
    db: Connection, station: str, code: str | None = None, *, confirmed_by: str | None = None
) -> str:
    """Make a one-time code for a station, kept only as its hash; `code` is for a demo that knows it before.

    With `confirmed_by` whoever enrols with it is let in at once under that name: a demo has nobody to compare fingerprints.
    """
    kept = {"station": station, "expires_at": stamp(now() + CODE_LIFE), "confirmed_by": confirmed_by}
    code = code or secrets.token_hex(CODE_BYTES)
    db.execute(insert(enrol_codes).values(digest=_digest(code), **kept))
    return code


def enrol(db: Connection, request: EnrolRequest) -> Enrolment:
    """Trade a code for a place at the hall. Raises CodeRefused, LanesUsedUp."""
    try:
        public, proof = unb64(request.public_key), unb64(request.proof)
    except ValueError:
        raise CodeRefused from None
    known = select(enrol_codes).where(enrol_codes.c.digest == _digest(request.code))
    row = db.execute(known.with_for_update()).first()  # used once, by however many at the same time
    if (
        row is None
        or row.used_at
        or row.expires_at < stamp(now())
        or not fits(public, request.code.encode(), proof)
    ):
        raise CodeRefused
    at = stamp(now())
    # Two at once may have read it unused: only one of them finds it so when it writes.
    unused = (enrol_codes.c.digest == row.digest) & enrol_codes.c.used_at.is_(None)
    if not db.execute(update(enrol_codes).where(unused).values(used_at=at)).rowcount:
        raise CodeRefused
    device, incarnation, confirmed = _place(db, row.station, public, row.confirmed_by)
    place = db.execute(select(stations).where(stations.c.code == row.station)).one()
    return Enrolment(
        device=device,
        incarnation=incarnation,
        epoch=fact(db, "epoch"),
        station=place.code,
        station_name=place.name,
        level=place.level,
        hall_key=b64(public_of(hall_key(db))),
        # Names and password hashes are for whoever a person has let in: a stolen code alone gets none of them.
        staff=accounts_of(db, row.station) if confirmed else (),
        algorithms=agreed_algorithms(db),
        confirmed=confirmed,
        lane=give_lane(db, device, f"enrolment {incarnation}"),
    )


def _place(db: Connection, station: str, public: bytes, confirmed_by: str | None) -> tuple[str, int, bool]:
    """Give a device its place: a new one, or the next incarnation of one that is known (a disk that was copied or put back).
    Return its id, its incarnation, and whether a person has confirmed it.

    The next one counts its events from 1 again; whatever still speaks for the one before is refused.
    """
    at = stamp(now())
    known = device_of(db, key_id(public), now())
    if known is None:
        device = key_id(public)
        if db.scalar(select(device_keys.c.id).where(device_keys.c.id == device)) is not None:
            raise CodeRefused  # a key that was changed: whoever still holds it has no part in the device
        first = _incarnation_after(db, 0)
        place = {"id": device, "station": station, "incarnation": first, "public_key": b64(public)}
        let_in = {"confirmed_at": at if confirmed_by else None, "confirmed_by": confirmed_by}
        db.execute(insert(devices).values(**place, **let_in, last_seq=0, last_sha256=GENESIS, enrolled_at=at))
        add_key(db, device, public, now())
        return device, first, bool(confirmed_by)
    if known.revoked or known.station != station:
        raise CodeRefused
    before = select(devices.c.incarnation).where(devices.c.id == known.device).with_for_update()
    following = _incarnation_after(db, db.execute(before).scalar_one())
    anew = {"incarnation": following, "last_seq": 0, "last_sha256": GENESIS}
    db.execute(update(devices).where(devices.c.id == known.device).values(anew))
    return known.device, following, known.confirmed


def _incarnation_after(db: Connection, before: int) -> int:
    """Return the next incarnation of a device; a hall that was restored gives none that it may have given and forgotten."""
    begun = select(numbers.c.last).where(numbers.c.series == INCARNATION_SERIES)
    return max(before, db.scalar(begun) or 0) + 1


def _digest(code: str) -> str:
    # A code has 64 random bits: a plain hash is enough, there is nothing to guess from it.
    return hashlib.sha256(code.strip().encode()).hexdigest()
