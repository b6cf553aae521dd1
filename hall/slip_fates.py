"""出纸: what persons at the counters said became of their sheets, and what is told of it to whoever holds one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from hall.cases import StepRefused
from hall.database import stamp
from hall.tables import slip_fates, slips
from hall.upsert import insert_or_ignore
from wire.codec import decode, encode
from wire.messages import Envelope, SlipCheck, SlipPrinted
from wire.sheets import OnPaper, PaperOfSlip, SlipSettled

LONGEST_WORD = 60  # letters of a serial, a case or a reason


def settle_slip(db: Connection, station: str, envelope: Envelope, told: SlipSettled, at: datetime) -> None:
    """Keep what became of a sheet; the first word stays. It may come before the sheet itself was told.

    Raises StepRefused(other_station) for a serial that is not this station's, words for one that is none.
    """
    if envelope.subject != told.serial or max(map(len, (told.serial, told.case, told.why))) > LONGEST_WORD:
        raise StepRefused("words")
    if not told.serial.startswith(station):
        raise StepRefused("other_station")
    row = {"serial": told.serial, "case": told.case, "body": encode(told), "told_at": stamp(at)}
    insert_or_ignore(db, slip_fates, row)


def fate_of(db: Connection, serial: str, case: str | None) -> SlipSettled | None:
    """Return what was said of a sheet of this case (None: of whichever), None while nobody has said anything."""
    mine = slip_fates.c.serial == serial
    if case is not None:
        mine &= slip_fates.c.case == case
    body = db.scalar(select(slip_fates.c.body).where(mine))
    return decode(SlipSettled, str(body)) if body else None


def paper_of(db: Connection, checked: SlipCheck) -> PaperOfSlip:
    """Say what became of a sheet whose code was checked: only who holds one of ours learns something."""
    row = db.execute(select(slips.c.case, slips.c.body).where(slips.c.serial == checked.serial)).first()
    if not checked.serial_known or row is None:
        return PaperOfSlip(OnPaper.UNKNOWN)
    printed = decode(SlipPrinted, str(row.body))
    of_case = db.scalars(select(slips.c.body).where(slips.c.case == row.case))
    same = [
        each.reprint for each in (decode(SlipPrinted, body) for body in of_case) if each.slip == printed.slip
    ]
    told = fate_of(db, printed.serial, str(row.case))
    return PaperOfSlip(
        state=OnPaper(told.fate.value) if told else OnPaper.UNCONFIRMED,
        serial=printed.serial,
        slip=printed.slip,
        reprint=printed.reprint,
        reprints=max(same),
        why=told.why if told else "",
        settled_at=told.settled_at if told else None,
    )
