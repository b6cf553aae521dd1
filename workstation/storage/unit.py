"""One transaction over all shelves: durable when commit returns, rolled back otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple

from sqlalchemy import Connection

from workstation.services.ports import (
    Audit,
    Blobs,
    Calendars,
    Cases,
    Drafts,
    Evaluations,
    Handovers,
    Lists,
    Outbox,
    Prints,
    Proposals,
    Purges,
    Sheets,
    Station,
    Tickets,
)
from workstation.storage.audit import AuditShelf
from workstation.storage.blobs import BlobShelf
from workstation.storage.calendars import CalendarShelf
from workstation.storage.cases import CaseShelf
from workstation.storage.connections import Connections
from workstation.storage.drafts import DraftShelf
from workstation.storage.evaluations import EvaluationShelf
from workstation.storage.handovers import HandoverShelf
from workstation.storage.key_pool import KeyPool
from workstation.storage.number_mark import NumberMark
from workstation.storage.outbox import OutboxShelf
from workstation.storage.prints import PrintShelf
from workstation.storage.proposals import ProposalShelf
from workstation.storage.purges import PurgeShelf
from workstation.storage.raw import commit
from workstation.storage.scan_files import ScanFiles
from workstation.storage.seals import Seals
from workstation.storage.sheets import SheetShelf
from workstation.storage.station import Heard, StationShelf
from workstation.storage.terms import Terms
from workstation.storage.tickets import TicketShelf
from workstation.storage.troubles import STORE_ERRORS, refusal_of, told
from workstation.storage.work_lists import Counted, ListShelf


@dataclass(frozen=True, slots=True)
class Shared:
    """What all units of a store share; `search_keys`, `counted` and `heard` are remembered as long as it is open."""

    connections: Connections
    pool: KeyPool
    store_key: bytes
    scans: ScanFiles
    mark: NumberMark | None
    search_keys: dict[tuple[int, int], bytes] = field(default_factory=dict)
    counted: Counted = field(default_factory=Counted)
    heard: Heard = field(default_factory=Heard)


class _Ground(NamedTuple):
    """What the shelves of one open unit stand on."""

    db: Connection
    seals: Seals
    terms: Terms
    shared: Shared


_SHELVES: Mapping[str, Callable[[_Ground], object]] = {
    "cases": lambda on: CaseShelf(on.db, on.seals, on.terms),
    "drafts": lambda on: DraftShelf(on.db, on.seals),
    "outbox": lambda on: OutboxShelf(on.db, on.seals),
    "audit": lambda on: AuditShelf(on.db),
    "prints": lambda on: PrintShelf(on.db),
    "sheets": lambda on: SheetShelf(on.db, on.seals),
    "blobs": lambda on: BlobShelf(on.db, on.seals, on.shared.scans),
    "station": lambda on: StationShelf(on.db, on.seals, on.shared.mark, on.shared.heard),
    "proposals": lambda on: ProposalShelf(on.db, on.seals),
    "purges": lambda on: PurgeShelf(on.db, on.seals, on.terms),
    "evaluations": lambda on: EvaluationShelf(on.db),
    "calendars": lambda on: CalendarShelf(on.db),
    "lists": lambda on: ListShelf(on.db, on.shared.counted),
    "handovers": lambda on: HandoverShelf(on.db, on.seals),
    "tickets": lambda on: TicketShelf(on.db),
}


class SqlUnit:
    """See services.ports.Unit. The write lock is taken at the start (BEGIN IMMEDIATE), so a unit never
    has to be repeated because somebody else wrote in between; one that only reads takes none (Store.look).
    """

    cases: Cases
    drafts: Drafts
    outbox: Outbox
    audit: Audit
    prints: Prints
    sheets: Sheets
    blobs: Blobs
    station: Station
    proposals: Proposals
    purges: Purges
    evaluations: Evaluations
    calendars: Calendars
    lists: Lists
    handovers: Handovers
    tickets: Tickets

    def __init__(self, shared: Shared, *, reading: bool = False) -> None:
        """`reading` takes no lock and waits for nobody: such a unit sees one moment of the store and cannot commit."""
        self._shared = shared
        self._reading = reading
        self._ground: _Ground | None = None

    def commit(self) -> None:
        """Make it durable; what follows is a new transaction. Raises Refused(STORE_FULL | STORE_BUSY)."""
        if self._ground is None:
            raise AssertionError("unit is not open")
        if self._reading:
            raise AssertionError("who only looks writes nothing")
        station = vars(self).get("station")
        if self._shared.mark is not None and station is not None and station.taken:
            self._shared.mark.keep(station.taken)
            station.taken.clear()
        with told():
            commit(self._ground.db)

    def __enter__(self) -> SqlUnit:
        """Open the transaction."""
        with told():
            db = self._shared.connections.take()
            try:
                driver: Any = db.connection.dbapi_connection
                driver.execute("BEGIN" if self._reading else "BEGIN IMMEDIATE")
            except BaseException:
                self._shared.connections.give_back(db)
                raise
        seals = Seals(db, self._shared.pool, self._shared.store_key)
        self._ground = _Ground(db, seals, Terms(db, seals, self._shared.search_keys), self._shared)
        return self

    def __getattr__(self, name: str) -> Any:
        """Build a shelf when it is first asked for: a filing needs three of the fourteen."""
        build, ground = _SHELVES.get(name), vars(self).get("_ground")
        if build is None or ground is None:
            raise AttributeError(name)
        shelf = build(ground)
        setattr(self, name, shelf)
        return shelf

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and tell the store's troubles in our words."""
        if self._ground is not None:
            self._shared.connections.give_back(self._ground.db)
            # The connection is another unit's from here on: nobody finds a shelf of this one any more.
            shared, reading = self._shared, self._reading
            vars(self).clear()
            self._shared, self._reading, self._ground = shared, reading, None
        refusal = refusal_of(error) if isinstance(error, STORE_ERRORS) else None
        if refusal is not None:
            raise refusal from error
