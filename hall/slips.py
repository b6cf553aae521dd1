"""Says of a code read from a slip whether it is genuine and still the hall's word."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hall.database import hall_key
from hall.tables import cases, slips
from wire import seal
from wire.codec import Malformed
from wire.keys import public_of
from wire.messages import ResultCode, SlipCheck


def check_slip(db: Connection, code: str) -> SlipCheck:
    """Check a result slip's code: form, signature, case, and that the case's seal is still this one."""
    try:
        read = seal.read(code)
    except Malformed:
        return SlipCheck(False, "malformed", None)
    if not seal.genuine(code, public_of(hall_key(db))):
        return SlipCheck(False, "signature", None)
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
    printed = select(slips.c.serial).where(slips.c.serial == read.serial, slips.c.case == row.id)
    return SlipCheck(True, None, number, pairs, serial_known=db.execute(printed).first() is not None)
