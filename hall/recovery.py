"""The way back to a lost store: stations' keys are kept sealed, and given back once, under a one-time code."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from hall.database import fact, hall_key, now, stamp
from hall.tables import devices, recoveries, recovery_wraps
from hall.upsert import upsert
from wire.codec import decode, encode
from wire.keys import b64, key_id, public_of, unb64
from wire.messages import RecoveryGrant, RecoveryKey, RecoveryRequest, RecoveryWrap
from wire.recovery import code_digest, new_recovery_code, recovery_public, seal_under_code, unwrap_at_hall
from wire.signed import sign_reply

CODE_LIFE = timedelta(hours=24)
MOST_FAILURES = 5


class RecoveryRefused(Exception):
    """No key is given; which of code, device and proof was wrong is not told."""


def recovery_key(db: Connection) -> RecoveryKey:
    """Return the public key that stations seal for, signed."""
    private = hall_key(db)
    public = recovery_public(unb64(fact(db, "recovery_key")))
    return sign_reply(RecoveryKey(b64(public), key_id(public_of(private)), ""), private)


def keep_wrap(db: Connection, device: str, wrap: RecoveryWrap) -> None:
    """Keep a station's wrap in place of an older one. Raises RecoveryRefused for one that this hall could not open."""
    public = recovery_public(unb64(fact(db, "recovery_key")))
    if wrap.device != device or wrap.recovery_key != key_id(public):
        raise RecoveryRefused
    try:
        opened = unwrap_at_hall(unb64(fact(db, "recovery_key")), device, wrap.sealed)
    except ValueError:
        raise RecoveryRefused from None
    if len(opened) != 32:
        raise RecoveryRefused
    kept = {"device": device, "wrap": encode(wrap), "at": stamp(now())}
    upsert(db, recovery_wraps, kept, ["device"], ["wrap", "at"])


def new_recovery(db: Connection, device: str) -> tuple[str, RecoveryGrant]:
    """Make a one-time code for a device, good for a day; an older one of it is void.

    Returns the code and the grant, for a station that has no network. Raises RecoveryRefused for a device that was shut
    out or whose key is not here.
    """
    row = db.execute(
        select(recovery_wraps.c.wrap, devices.c.revoked_at)
        .join(devices, devices.c.id == recovery_wraps.c.device)
        .where(recovery_wraps.c.device == device)
    ).first()
    if row is None or row.revoked_at:
        raise RecoveryRefused
    key = unwrap_at_hall(unb64(fact(db, "recovery_key")), device, decode(RecoveryWrap, row.wrap).sealed)
    code = new_recovery_code()
    sealed = seal_under_code(code, device, key)
    db.execute(delete(recoveries).where(recoveries.c.device == device, recoveries.c.used_at.is_(None)))
    at = now()
    db.execute(
        insert(recoveries).values(
            digest=code_digest(code),
            device=device,
            sealed=sealed,
            made_at=stamp(at),
            expires_at=stamp(at + CODE_LIFE),
            failures=0,
        )
    )
    return code, RecoveryGrant(device, sealed)


def grant(db: Connection, wanted: RecoveryRequest) -> RecoveryGrant | None:
    """Give a key back, once: for the right code, and only to the disk that proves itself. None when it is refused.

    A wrong try counts in this transaction, so the caller must commit it; after five the code is void.
    """
    open_ones = select(recoveries).where(
        recoveries.c.device == wanted.device,
        recoveries.c.used_at.is_(None),
        recoveries.c.expires_at > stamp(now()),
        recoveries.c.failures < MOST_FAILURES,
    )
    row = db.execute(open_ones.with_for_update()).first()
    wrap = db.scalar(select(recovery_wraps.c.wrap).where(recovery_wraps.c.device == wanted.device))
    # A code may be older than the loss of the machine: who was shut out meanwhile gets nothing.
    shut_out = db.scalar(select(devices.c.revoked_at).where(devices.c.id == wanted.device))
    if row is None or wrap is None or shut_out:
        return None
    proven = hmac.compare_digest(
        hashlib.sha256(wanted.proof.encode()).hexdigest(), decode(RecoveryWrap, wrap).proof_sha256
    )
    mine = recoveries.c.digest == row.digest
    if not proven or not hmac.compare_digest(row.digest, wanted.code_sha256):
        db.execute(update(recoveries).where(mine).values(failures=recoveries.c.failures + 1))
        return None
    db.execute(update(recoveries).where(mine).values(used_at=stamp(now()), sealed=""))
    return RecoveryGrant(wanted.device, row.sealed)
