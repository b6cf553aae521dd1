"""Says of a code read from a slip whether it is genuine and still the hall's word."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hall.algorithms import agreed_algorithms
from hall.database import hall_key
from hall.tables import cases, device_keys, devices, slips
from wire import seal
from wire.codec import Malformed
from wire.keys import public_of, unb64
from wire.messages import ResultCode, SlipCheck


def check_slip(db: Connection, code: str) -> SlipCheck:
    """Check a slip's code: form, signature, case, and that a result slip carries the case's newest seal."""
    try:
        read = seal.read(code)
    except Malformed:
        return SlipCheck(False, "malformed", None)
    if not seal.genuine(code, public_of(hall_key(db)), agreed_algorithms(db).signature):
        return _check_station_slip(db, code, read)
    number = str(read.payload.get("project_no", ""))
    row = db.execute(select(cases.c.id, cases.c.seal).where(cases.c.project_no == number)).first()
    if row is None:
        return SlipCheck(False, "unknown_case", None)
    if row.seal != code.rsplit(f".{read.serial}", 1)[0] if read.serial else row.seal != code:
        return SlipCheck(False, "superseded", number)
    results = read.payload.get("results")
    pairs = (
        tuple((str(item), ResultCode(result)) for item, result in results)
        if isinstance(results, list)
        else ()
    )
    return SlipCheck(True, None, number, pairs, serial_known=_printed(db, row.id, read.serial))


def _check_station_slip(db: Connection, code: str, read: seal.Seal) -> SlipCheck:
    """Check a receipt or an acceptance: before the decision only the station's own key vouches for a sheet."""
    # A sheet of before the receipt has no number yet and names the case itself.
    receipt_no, name = (str(read.payload.get(key, "")) for key in ("receipt_no", "case"))
    this_one = cases.c.receipt_no == receipt_no if receipt_no else cases.c.id == name
    found = select(cases.c.id, cases.c.project_no, cases.c.station, cases.c.accepting)
    case = db.execute(found.where(this_one)).first()
    if case is None:
        return SlipCheck(False, "signature", None)
    # Every key that a device of the station ever had: a sheet outlives the key that sealed it.
    mine = select(device_keys.c.public_key).join(devices, devices.c.id == device_keys.c.device)
    keys = mine.where(devices.c.station.in_([case.station, case.accepting]))
    if not any(seal.genuine(code, unb64(key)) for key in db.scalars(keys)):
        return SlipCheck(False, "signature", None)
    if _voided(db, case.id, read.serial):
        return SlipCheck(False, "superseded", case.project_no, serial_known=True)
    return SlipCheck(True, None, case.project_no, serial_known=_printed(db, case.id, read.serial))


def _voided(db: Connection, case: str, serial: str | None) -> bool:
    """Say whether a later version of the receipt stands in the place of this sheet (更正)."""
    mine = (slips.c.serial == serial) & (slips.c.case == case) & slips.c.voided_at.is_not(None)
    return db.execute(select(slips.c.serial).where(mine)).first() is not None


def _printed(db: Connection, case: str, serial: str | None) -> bool:
    return (
        db.execute(select(slips.c.serial).where(slips.c.serial == serial, slips.c.case == case)).first()
        is not None
    )
