"""The hall's word that a device may sign slips: short, so that a device that is lost or revoked ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from hall.algorithms import agreed_algorithms
from hall.database import hall_key
from hall.tables import device_keys
from wire.keys import unb64
from wire.slips import MandateFacts, SlipMandate, make_mandate

# Twice as long as a station may go on alone (wire/staleness.RESTRICT): what it may still print, it may still sign.
LASTS = timedelta(days=10)
# The clocks of hall and device agree to a minute or so (http_signature): a sheet printed at once must not be too early.
_BEFORE = timedelta(minutes=10)


def mandate_for(db: Connection, device: str, station: str, at: datetime) -> SlipMandate:
    """Sign that the device's newest key may sign slips; one that is being replaced gets its last mandate before that."""
    newest = select(device_keys.c.public_key).where(device_keys.c.device == device)
    public = db.scalar(newest.order_by(device_keys.c.made_at.desc(), device_keys.c.id).limit(1))
    facts = MandateFacts(station, unb64(str(public)), at - _BEFORE, at + LASTS)
    return make_mandate(facts, hall_key(db), agreed_algorithms(db).signature)
