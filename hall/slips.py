"""Says of a code read from a slip whether it is genuine and still the hall's word."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, literal, select, update

from hall.algorithms import agreed_algorithms
from hall.cases import StepRefused, case_of
from hall.database import hall_key
from hall.slip_fates import fate_of
from hall.tables import cases, device_keys, devices, slips
from wire import seal
from wire import slips as slip_codes
from wire.codec import Malformed, decode, encode
from wire.keys import public_of, unb64
from wire.messages import ResultCode, SlipCheck, SlipPrinted, SlipVoided
from wire.sheets import Fate


def check_slip(db: Connection, code: str) -> SlipCheck:
    """Check a slip's code: form, signature, case, what was told of the sheet since, and that a result slip carries the
    case's newest seal."""
    if code.strip().startswith(f"{slip_codes.PREFIX}."):
        return _check_sheet(db, code)
    try:
        read = seal.read(code)
    except Malformed:
        return SlipCheck(False, "malformed", None)
    if not seal.genuine(code, public_of(hall_key(db)), agreed_algorithms(db).signature):
        return _check_station_slip(db, code, read)
    return _check_result(db, code, read)


def _check_result(db: Connection, code: str, read: seal.Seal) -> SlipCheck:
    number = str(read.payload.get("project_no", ""))
    row = db.execute(select(cases.c.id, cases.c.seal).where(cases.c.project_no == number)).first()
    if row is None:
        return SlipCheck(False, "unknown_case", None)
    if row.seal != code.rsplit(f".{read.serial}", 1)[0] if read.serial else row.seal != code:
        return SlipCheck(False, "superseded", number)
    void = _void(db, read.serial, row.id)
    if void is not None:
        return _voided(number, read.serial or "", void)
    results = read.payload.get("results")
    pairs = (
        tuple((str(item), ResultCode(result)) for item, result in results)
        if isinstance(results, list)
        else ()
    )
    known = _printed(db, row.id, read.serial)
    return SlipCheck(True, None, number, pairs, serial_known=known, serial=read.serial or "")


def void_slip(db: Connection, case: str, station: str, told: SlipVoided) -> None:
    """Note that a sheet counts no more; the first word stays. Raises StepRefused for a sheet that is not the case's."""
    case_of(db, case, station)
    mine = (slips.c.serial == told.serial) & (slips.c.case == case)
    if db.execute(select(slips.c.serial).where(mine)).first() is None:
        raise StepRefused("case_unknown")
    db.execute(update(slips).where(mine & slips.c.voided.is_(None)).values(voided=encode(told)))


def void_old_sheet(db: Connection, case: str, serial: str, clerk: str, at: datetime) -> None:
    """Note that a sheet says what has been mended since (更正); one that the hall was not told of is passed over."""
    mine = (slips.c.serial == serial) & (slips.c.case == case) & slips.c.voided.is_(None)
    body = db.scalar(select(slips.c.body).where(mine))
    if body is not None:
        said = decode(SlipPrinted, str(body))
        told = SlipVoided(said.receipt_no, said.slip, serial, "corrected", "", clerk, at)
        db.execute(update(slips).where(mine).values(voided=encode(told)))


def _check_sheet(db: Connection, text: str) -> SlipCheck:
    """Check a code of wire/slips.py: one of the station's keys has signed it, and it is what the hall was told."""
    try:
        code = slip_codes.read_code(text)
    except Malformed:
        return SlipCheck(False, "malformed", None)
    facts = code.facts
    row = db.execute(
        select(slips.c.case, slips.c.body, cases.c.project_no, cases.c.receipt_no)
        .join(cases, cases.c.id == slips.c.case)
        .where(slips.c.serial == facts.serial)
    ).first()
    if not _signed_here(db, code):
        return SlipCheck(False, "signature", None)
    if row is None:
        return _not_told_yet(db, facts)
    told = decode(SlipPrinted, str(row.body))
    if told.content and (told.content, told.slip, told.reprint) != (facts.content, facts.kind, facts.reprint):
        return SlipCheck(False, "altered", row.project_no, slip=facts.kind, serial=facts.serial)
    void = _void(db, facts.serial, row.case)
    if void is not None:
        return _voided(row.project_no, facts.serial, void)
    return SlipCheck(
        genuine=True,
        reason=None,
        project_no=row.project_no,
        serial_known=True,
        state=_state(facts),
        slip=facts.kind,
        serial=facts.serial,
        receipt_no=str(row.receipt_no),
    )


def _not_told_yet(db: Connection, facts: slip_codes.SlipFacts) -> SlipCheck:
    """A sheet that is signed: its station's queue is on its way, or it has no case. That it jammed waits for no step of a case, and
    may be here first."""
    gone = _jammed(db, facts.serial)
    if gone is not None:
        return _voided(None, facts.serial, gone)
    return SlipCheck(True, None, None, state=_state(facts), slip=facts.kind, serial=facts.serial)


def _signed_here(db: Connection, code: slip_codes.SlipCode) -> bool:
    """Say whether hall and device, or a device that is known here by itself, have signed. A key that was revoked since
    vouches for what it had signed before; its mandate tells until when at most."""
    agreed = agreed_algorithms(db).signature
    if code.mandate:
        return slip_codes.vouched(code, public_of(hall_key(db)), agreed) is not None
    # A serial begins with its station: only the keys of its devices are tried.
    of_station = literal(code.facts.serial).startswith(devices.c.station)
    keys = (
        select(device_keys.c.public_key).join(devices, devices.c.id == device_keys.c.device).where(of_station)
    )
    return any(code.signed_by(unb64(key), agreed) for key in db.scalars(keys))


def _state(facts: slip_codes.SlipFacts) -> str:
    return "provisional" if facts.provisional else "genuine"


def _void(db: Connection, serial: str | None, case: str) -> SlipVoided | None:
    """What was told of a sheet that counts no more: by a step of its case, or by whoever saw it jam."""
    if not serial:
        return None
    body = db.scalar(select(slips.c.voided).where(slips.c.serial == serial, slips.c.case == case))
    return decode(SlipVoided, str(body)) if body else _jammed(db, serial, case)


def _jammed(db: Connection, serial: str, case: str | None = None) -> SlipVoided | None:
    """What whoever saw it jam has told; without a case, of a sheet that is not here yet."""
    fate = fate_of(db, serial, case)
    if fate is None or fate.fate is not Fate.VOID:
        return None
    return SlipVoided(fate.receipt_no, fate.slip, serial, fate.why, "", fate.clerk, fate.settled_at)


def _voided(project_no: str | None, serial: str, told: SlipVoided) -> SlipCheck:
    state = "replaced" if told.replaced_by else "voided"
    return SlipCheck(
        genuine=False,
        reason=state,
        project_no=project_no,
        serial_known=True,
        state=state,
        slip=told.slip,
        serial=serial,
        receipt_no=told.receipt_no,
        replaced_by=told.replaced_by,
    )


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
    void = _void(db, read.serial, case.id)
    if void is not None:
        return _voided(case.project_no, read.serial or "", void)
    known = _printed(db, case.id, read.serial)
    return SlipCheck(True, None, case.project_no, serial_known=known, serial=read.serial or "")


def _printed(db: Connection, case: str, serial: str | None) -> bool:
    return (
        db.execute(select(slips.c.serial).where(slips.c.serial == serial, slips.c.case == case)).first()
        is not None
    )
