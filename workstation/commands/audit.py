"""`main.py audit`: checks the chain against itself and the hall, and writes it out; the window may run meanwhile."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from wire.codec import encode
from workstation import bootstrap
from workstation.commands.key import store_key
from workstation.domain.failures import Refused
from workstation.services.enrol_station import CA_FACT
from workstation.services.export_audit import export as write_out
from workstation.services.verify_audit import Finding, Tamper, Verdict
from workstation.services.verify_audit import verify as check
from workstation.settings import Settings
from workstation.storage.audit_reader import ChainReader, reading
from workstation.sync.client import Device, HallClient
from workstation.sync.secure_line import hall_context

CHANGED, NOT_OPENED = 1, 2
_MOST_TOLD = 200
_SAID = {
    Tamper.FLIPPED: "changed: not what was written",
    Tamper.DROPPED: "dropped: missing between its neighbours",
    Tamper.INSERTED: "inserted: was not written here by the workstation",
    Tamper.REORDERED: "reordered: another entry stands in its place",
    Tamper.TRUNCATED: "truncated: the end of the chain is missing",
    Tamper.ROLLED_BACK: "rolled back: the hall has stamped another chain than this older one",
    Tamper.WRONG_STAMP: "wrong stamp: signed by the hall, but not for this entry",
    Tamper.EDITED_STAMP: "edited stamp: the hall has not signed it",
    Tamper.REWRITTEN: "rewritten: whole in itself, and not what the hall has stamped",
}


def verify(
    settings: Settings, passphrase_file: Path | None, *, stamps: Path | None, offline: bool, as_json: bool
) -> int:
    """Say whether the chain is what was written; 0 when it is, 1 when it was changed, 2 when it cannot be read."""
    try:
        key = store_key(settings, passphrase_file)
        with reading(settings.store, key) as chain:
            asked, hall = ("not asked", ()) if offline else _from_hall(chain, settings.hall_roots)
        # The hall is asked first: a window at work goes on meanwhile, and its chain only grows.
        outside = (
            *hall,
            *_lines(settings.data / bootstrap.STAMPS),
            *(_lines(stamps, must=True) if stamps else ()),
        )
        with reading(settings.store, key) as chain:
            verdict = check(chain.rows(), chain.witness(tuple(dict.fromkeys(outside))))
    except Refused as refused:
        return _not_opened(refused)
    except OSError as error:
        sys.stderr.write(f"cannot read the stamps: {type(error).__name__}\n")
        return NOT_OPENED
    sys.stdout.write(_as_json(verdict, asked) if as_json else _in_words(verdict, asked))
    return CHANGED if verdict.findings else 0


def export(settings: Settings, passphrase_file: Path | None, out: Path) -> int:
    """Write the chain to a file; 0 when it is there."""
    try:
        with reading(settings.store, store_key(settings, passphrase_file)) as chain:
            count = write_out(out, chain.enrolment(), chain.rows(), chain.stamps(), bootstrap.now())
    except Refused as refused:
        return _not_opened(refused)
    sys.stdout.write(f"{count} entries: {out}\n")
    return 0


def _from_hall(chain: ChainReader, roots: str) -> tuple[str, tuple[str, ...]]:
    """Return what became of asking the hall, and its stamps as texts."""
    enrolment, url = chain.enrolment(), chain.fact("hall_url")
    if enrolment is None or not url:
        return "station not enrolled", ()
    context = hall_context(chain.fact(CA_FACT), roots)
    client = HallClient(url, Device(enrolment, chain.device_key()), bootstrap.now, context=context)
    try:
        return "asked", tuple(encode(stamp) for stamp in client.audit_stamps())
    except Refused as refused:
        return f"not reached: {refused.failure.value}", ()
    finally:
        client.close()


def _lines(path: Path, *, must: bool = False) -> tuple[str, ...]:
    if not must and not path.exists():
        return ()
    said = path.read_text(encoding="utf-8", errors="replace")
    return tuple(line for line in said.splitlines() if line.strip())


def _not_opened(refused: Refused) -> int:
    cause = refused.details.get("cause", "")
    sys.stderr.write(f"{refused.failure.value}{f': {cause}' if cause else ''}\n")
    return NOT_OPENED


def _as_json(verdict: Verdict, asked: str) -> str:
    stamp = verdict.stamped
    told = {
        "ok": not verdict.findings,
        "entries": verdict.entries,
        "head": verdict.head,
        "stamped": {"seq": stamp.seq, "at": stamp.at.isoformat()} if stamp else None,
        "exposed": verdict.exposed,
        "hall": asked,
        "findings": [{"kind": f.kind.value, "first": f.first, "last": f.last} for f in verdict.findings],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _in_words(verdict: Verdict, asked: str) -> str:
    stamp = verdict.stamped
    lines = [
        f"entries {verdict.entries}, head {verdict.head[:16]}",
        f"stamped by the hall up to {stamp.seq}, {stamp.at:%Y-%m-%d %H:%M:%S} UTC"
        if stamp
        else "no stamp of the hall fits",
        f"entries that only this machine vouches for: {verdict.exposed}",
        f"hall: {asked}",
        *(f"{_places(finding)} {_SAID[finding.kind]}" for finding in verdict.findings[:_MOST_TOLD]),
    ]
    if len(verdict.findings) > _MOST_TOLD:
        lines.append(f"and {len(verdict.findings) - _MOST_TOLD} more")
    lines.append("changed" if verdict.findings else "intact")
    return "\n".join(lines) + "\n"


def _places(finding: Finding) -> str:
    return f"{finding.first}:" if finding.first == finding.last else f"{finding.first}-{finding.last}:"
