"""Cards for scripts: list the readers, read a card, watch what comes and goes. Masked unless told otherwise."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from workstation.cardreader.identity_card import sam
from workstation.cardreader.identity_card.document import IdentityDocument
from workstation.cardreader.look import OK, look
from workstation.cardreader.monitor import Monitor
from workstation.cardreader.pin import LONGEST, SHORTEST, is_pin
from workstation.cardreader.serial_port import SerialPort
from workstation.cardreader.worker_process import CardWorker, command
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Card, Identity, Residence, mask_id, mask_name, mask_phone, mask_text
from workstation.services.ports import CardPin, CardPresence

DONE, REFUSED, MISUSED = 0, 1, 2
_PATIENCE_S = 5.0  # with a card service that stands still
_MASKS = {"address": mask_text, "phone": mask_phone, "contact": mask_name, "contact_phone": mask_phone}


def list_readers(as_json: bool, *, reader: str | None = None) -> int:
    """Print each reader with what it sees, or only `reader`; return the exit code.

    1 when the card service is down or stands still, or when there is no such reader.
    """
    service, found = look(_PATIENCE_S) or (Failure.CARD_SERVICE_DOWN.value, ())
    if service != OK:
        return _refused(Refused(Failure(service)), as_json)
    wanted = [facts for facts in found if reader in {None, facts.name}]
    if reader is not None and not wanted:
        return _refused(Refused(Failure.READER_MISSING), as_json)
    for facts in wanted:
        line = {"reader": facts.name, "presence": facts.presence, "atr": facts.atr}
        _say(json.dumps(line, ensure_ascii=False) if as_json else "\t".join(line.values()))
    return DONE


def read(
    as_json: bool,
    *,
    timeout_s: float = 8.0,
    reveal: bool = False,
    reader: str | None = None,
    pin_file: Path | None = None,
    psam_reader: str | None = None,
) -> int:
    """Read the first card found, or that in `reader`, and print it; return the exit code.

    1 with the failure's code when it was refused, 2 when `pin_file` holds no PIN. The PIN comes from a file, so that it
    stands in no list of processes and no history.
    """
    pin = None
    if pin_file is not None:
        try:
            digits = pin_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            sys.stderr.write(f"{pin_file}: {type(error).__name__}\n")
            return MISUSED
        if not is_pin(digits):
            sys.stderr.write(f"{pin_file}: no PIN of {SHORTEST} to {LONGEST} digits\n")
            return MISUSED
        pin = CardPin(digits)
    worker = CardWorker(timeout_s, command(psam_reader))
    try:
        identity = worker.read(reader=reader, pin=pin)
    except Refused as refused:
        return _refused(refused, as_json)
    finally:
        worker.close()
    assert identity.card is not None  # noqa: S101 - this worker reads no other documents; this tells mypy
    fields = _fields(identity, identity.card, reveal=reveal)
    if as_json:
        _say(json.dumps(fields, ensure_ascii=False))
    else:
        for name, value in fields.items():
            _say(
                f"{name}\t{' '.join(value) if isinstance(value, list) else value if value is not None else '-'}"
            )
    return DONE


def read_document(as_json: bool, *, port: str, reveal: bool = False) -> int:
    """Read the identity card on the SAM module at a serial port and print it; return the exit code as read() does.

    The photo is neither printed nor kept.
    """
    try:
        with SerialPort(port) as opened:
            document = sam.read_document(opened)
    except Refused as refused:
        return _refused(refused, as_json)
    shown = _document(document, reveal=reveal)
    if as_json:
        _say(json.dumps(shown, ensure_ascii=False))
    else:
        for name, value in shown.items():
            _say(f"{name}\t{value if value is not None else '-'}")
    return DONE


def _document(document: IdentityDocument, *, reveal: bool) -> dict[str, object]:
    def masked(value: str | None, mask: Callable[[str], str]) -> str | None:
        return value if reveal or value is None else mask(value)

    born = document.birth_date
    return {
        "kind": document.kind.value,
        "name": masked(document.name, mask_name),
        "latin_name": masked(document.latin_name, mask_name),
        "number": masked(document.number, mask_id),
        "sex": document.sex,
        "ethnicity": document.ethnicity,
        "nationality": document.nationality,
        "birth_date": None if born is None else born.isoformat() if reveal else f"{born.year}",
        "address": masked(document.address, mask_text),
        "issuer": document.issuer,
        "valid_from": document.valid_from.isoformat() if document.valid_from else None,
        "valid_until": document.valid_until.isoformat() if document.valid_until else None,
        "long_term": document.long_term,
        "pass_number": masked(document.pass_number, mask_id),
    }


def watch(as_json: bool = False, *, reader: str | None = None) -> int:
    """Print one line whenever the presence changes, until interrupted; return the exit code.

    With `reader` only that one is watched; while it is not there, there is no reader.
    """

    def tell(presence: CardPresence) -> None:
        line = {"at": datetime.now(UTC).isoformat(), "presence": presence.value}
        _say(json.dumps(line) if as_json else presence.value)

    with contextlib.suppress(KeyboardInterrupt):
        Monitor(tell, only=reader).run()
    return DONE


def _fields(identity: Identity, card: Card, *, reveal: bool) -> dict[str, object]:
    birth = identity.birth_date
    shown_birth = birth.isoformat() if birth and reveal else f"{birth.year}" if birth else None
    number = card.number if reveal or card.number is None else mask_id(card.number)
    return {
        "name": identity.name if reveal else mask_name(identity.name),
        "id_no": identity.id_no if reveal else mask_id(identity.id_no),
        "sex": identity.sex,
        "ethnicity": identity.ethnicity,
        "birth_place": identity.birth_place,
        "birth_date": shown_birth,
        "card_number": number,
        "region": card.region,
        "version": card.version,
        "issued_on": card.issued_on.isoformat() if card.issued_on else None,
        "valid_until": card.valid_until.isoformat() if card.valid_until else None,
        "authenticated": card.authenticated,
        "warnings": [warning.value for warning in card.warnings],
        "reader": identity.reader,
        **_residence(identity.residence, reveal=reveal),
    }


def _residence(residence: Residence | None, *, reveal: bool) -> dict[str, object]:
    if residence is None:
        return {}
    shown = asdict(residence)
    if not reveal:
        for name, mask in _MASKS.items():
            shown[name] = mask(shown[name]) if shown[name] else None
    return {f"residence_{name}": value for name, value in shown.items()}


def _refused(refused: Refused, as_json: bool) -> int:
    details = dict(refused.details)
    if as_json:
        _say(json.dumps({"failure": refused.failure.value, "details": details}, ensure_ascii=False))
    else:
        sys.stderr.write(f"{refused.failure.value} {details or ''}".rstrip() + "\n")
    return REFUSED


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
