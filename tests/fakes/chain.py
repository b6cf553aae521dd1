"""A real encrypted store with an audit chain and stamps of a hall, for those who tamper with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from wire.keys import key_id, public_of
from wire.messages import AuditStamp
from wire.signed import sign_reply
from workstation.domain.audit import AuditEntry
from workstation.domain.clerk import Deed
from workstation.services.verify_audit import Verdict, verify
from workstation.storage.audit_reader import reading
from workstation.storage.database import Store, open_store

KEY = bytes(range(32))
ME = an_enrolment()


def stamp_of(entry: AuditEntry, **changes: Any) -> AuditStamp:
    """The hall's stamp on an entry."""
    hall = key_id(public_of(HALL_KEY))
    plain = AuditStamp(ME.device, ME.incarnation, entry.seq, entry.hash, entry.at, hall, "")
    return sign_reply(replace(plain, **changes), HALL_KEY)


class Chain:
    """A store whose chain has `length` entries, every tenth stamped and the last one too."""

    def __init__(self, folder: Path, length: int = 40) -> None:
        self.path = folder / "station.db"
        self.store: Store = open_store(self.path, KEY)
        with self.store.unit() as unit:
            unit.station.enrol("http://127.0.0.1:1", ME, DEVICE_KEY)
            unit.commit()
        self.grow(length)

    @classmethod
    def opened(cls, folder: Path) -> Chain:
        """The chain whose files are there already."""
        made = cls.__new__(cls)
        made.path = folder / "station.db"
        made.store = open_store(made.path, KEY)
        return made

    def grow(self, count: int) -> None:
        """Write more entries, and stamp as the hall would."""
        with self.store.unit() as unit:
            for n in range(count):
                entry = unit.audit.note(
                    at=NOW + timedelta(seconds=n),
                    actor="clerk",
                    deed=Deed.RECEIVED,
                    case=f"c{n}",
                    note=f"R{n}",
                )
                if entry.seq % 10 == 0 or n == count - 1:
                    unit.audit.keep_stamp(stamp_of(entry))
            unit.commit()

    def entries(self) -> tuple[AuditEntry, ...]:
        """The chain as it stands."""
        with self.store.unit() as unit:
            return unit.audit.entries()

    def by_hand(self) -> Connection:
        """A connection of somebody who has the key and has taken the guards away."""
        connection = self.store._engine.connect()
        for guard in ("audit_no_update", "audit_no_delete", "audit_in_order"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
        return connection

    def check(self, *outside: str) -> Verdict:
        """Read it as `main.py audit verify` does."""
        with reading(self.path, KEY) as chain:
            return verify(chain.rows(), chain.witness(outside))

    def told(self, *outside: str) -> list[tuple[str, int, int]]:
        """What the check names."""
        return [(f.kind.value, f.first, f.last) for f in self.check(*outside).findings]
