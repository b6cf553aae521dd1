"""`main.py purge`: destroys what is kept no longer, or says what would go; reports name cases and numbers, no persons."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from wire.codec import encode
from workstation import bootstrap
from workstation.commands.key import store_key
from workstation.domain.failures import Refused
from workstation.services.purge import purge
from workstation.services.views import PurgeView
from workstation.settings import Settings
from workstation.storage.database import Store, open_store


def run(settings: Settings, passphrase_file: Path | None, *, now: bool, reports: bool, as_json: bool) -> int:
    """Purge, or say what would be purged; 0 when that worked, 2 when the store cannot be opened."""
    try:
        store = open_store(settings.store, store_key(settings, passphrase_file))
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 2
    try:
        if reports:
            sys.stdout.write(_reports(store))
            return 0
        view = purge(store, bootstrap.releases_of(settings), bootstrap.now, actor="station", dry_run=not now)
    except Refused as refused:
        sys.stderr.write(f"{refused.failure.value}\n")
        return 2
    finally:
        store.close()
    sys.stdout.write(encode(view) + "\n" if as_json else _in_words(view, now=now))
    return 0


def _reports(store: Store) -> str:
    with store.unit() as unit:
        kept = unit.purges.reports()
    return "".join(
        json.dumps({**json.loads(body), "number": number}, ensure_ascii=False) + "\n"
        for number, _, body in kept
    )


def _in_words(view: PurgeView, *, now: bool) -> str:
    did = "purged" if now else "would be purged"
    lines = [
        f"{did}: "
        + (", ".join(f"{count} {kind}" for kind, count in sorted(view.counts.items())) or "nothing")
    ]
    lines += [f"  {case}" for case in view.cases]
    if view.kept_unsent:
        lines.append(f"kept though due: {view.kept_unsent} cases that the hall does not have whole")
    lines.append(f"rule: {view.rule}")
    if view.number:
        lines.append(f"report {view.number}")
    return "\n".join(lines) + "\n"
