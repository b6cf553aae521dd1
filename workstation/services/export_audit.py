"""The audit chain as JSON Lines, with the hall's stamps: logins, ids and codes, no person who came to the counter."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from wire.messages import Enrolment
from workstation.domain.failures import Failure, Refused
from workstation.services.verify_audit import Row


def export(
    out: Path,
    enrolment: Enrolment | None,
    rows: Iterable[Row],
    stamps: Iterable[tuple[int, str]],
    at: datetime,
) -> int:
    """Write the chain and return how many entries. The first line says whose it is; each line has a `kind`.

    Written beside its place and moved there, readable by its owner only. Raises Refused(AUDIT_EXPORT_FAILED).
    """
    part = out.with_name(out.name + ".part")
    try:
        with os.fdopen(
            os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            head = {
                "kind": "chain",
                "form": 1,
                "station": enrolment.station if enrolment else "",
                "device": enrolment.device if enrolment else "",
                "incarnation": enrolment.incarnation if enrolment else 0,
                "hall_key": enrolment.hall_key if enrolment else "",
                "exported_at": at.isoformat(),
            }
            file.write(json.dumps(head, ensure_ascii=False) + "\n")
            count = 0
            # Entry and stamp stand as they are in the store, so that their hashes and signatures can be checked.
            for row in rows:
                file.write(f'{{"kind":"entry","entry":{row.entry}}}\n')
                count += 1
            for _, stamp in stamps:
                file.write(f'{{"kind":"stamp","stamp":{stamp}}}\n')
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise Refused(Failure.AUDIT_EXPORT_FAILED, cause=type(error).__name__) from error
    return count
