"""One transaction over all shelves: durable when commit returns, rolled back otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Generic, NamedTuple, TypeVar

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
from workstation.storage.connections import Connections, Link
from workstation.storage.drafts import DraftShelf
from workstation.storage.ends import Ends
from workstation.storage.evaluations import EvaluationShelf
from workstation.storage.handovers import HandoverShelf
from workstation.storage.key_pool import KeyPool
from workstation.storage.number_mark import NumberMark
from workstation.storage.outbox import OutboxShelf
from workstation.storage.prints import PrintShelf
from workstation.storage.proposals import ProposalShelf
from workstation.storage.purges import PurgeShelf
from workstation.storage.scan_files import ScanFiles
from workstation.storage.seals import Seals, StoreKey
from workstation.storage.sheets import SheetShelf
from workstation.storage.station import Heard, StationShelf
from workstation.storage.terms import Terms
from workstation.storage.tickets import TicketShelf
from workstation.storage.troubles import STORE_ERRORS, refusal_of, told
from workstation.storage.work_lists import Counted, ListShelf

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all units of a store share; `search_keys`, `counted`, `heard` and `ends` are remembered as long as it is open."""

    connections: Connections
    pool: KeyPool
    store_key: StoreKey
    scans: ScanFiles
    mark: NumberMark | None
    search_keys: dict[tuple[int, int], bytes] = field(default_factory=dict)
    counted: Counted = field(default_factory=Counted)
    heard: Heard = field(default_factory=Heard)
    ends: Ends = field(default_factory=Ends)


class _Ground(NamedTuple):
    """What the shelves of one open unit stand on."""

    link: Link
    db: Connection
    seals: Seals
    shared: Shared

    def terms(self) -> Terms:
        """Return the index."""
        return Terms(self.db, self.seals, self.shared.search_keys)


class _Shelf(Generic[S]):
    """A shelf of a unit, built when it is first asked for: a filing needs three of the fourteen."""

    def __init__(self, build: Callable[[_Ground], S]) -> None:
        self._build = build
        self._name = ""

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, unit: SqlUnit, _owner: type) -> S:
        ground = unit.ground
        if ground is None:
            raise AttributeError(self._name)
        # From here on the unit's own attribute is found before this one.
        shelf = vars(unit)[self._name] = self._build(ground)
        return shelf


class SqlUnit:
    """See services.ports.Unit. The write lock is taken at the start (BEGIN IMMEDIATE), so a unit never
    has to be repeated because somebody else wrote in between; one that only reads takes none (Store.look).
    """

    cases = _Shelf[Cases](lambda on: CaseShelf(on.link, on.seals, on.terms()))
    drafts = _Shelf[Drafts](lambda on: DraftShelf(on.db, on.seals))
    outbox = _Shelf[Outbox](lambda on: OutboxShelf(on.link, on.seals, on.shared.ends))
    audit = _Shelf[Audit](lambda on: AuditShelf(on.link, on.shared.ends))
    prints = _Shelf[Prints](lambda on: PrintShelf(on.db))
    sheets = _Shelf[Sheets](lambda on: SheetShelf(on.db, on.seals))
    blobs = _Shelf[Blobs](lambda on: BlobShelf(on.db, on.seals, on.shared.scans))
    station = _Shelf[Station](lambda on: StationShelf(on.db, on.seals, on.shared.mark, on.shared.heard))
    proposals = _Shelf[Proposals](lambda on: ProposalShelf(on.db, on.seals))
    purges = _Shelf[Purges](lambda on: PurgeShelf(on.db, on.seals, on.terms()))
    evaluations = _Shelf[Evaluations](lambda on: EvaluationShelf(on.db))
    calendars = _Shelf[Calendars](lambda on: CalendarShelf(on.db))
    lists = _Shelf[Lists](lambda on: ListShelf(on.db, on.shared.counted))
    handovers = _Shelf[Handovers](lambda on: HandoverShelf(on.db, on.seals))
    tickets = _Shelf[Tickets](lambda on: TicketShelf(on.db))

    def __init__(self, shared: Shared, *, reading: bool = False) -> None:
        """`reading` takes no lock and waits for nobody: such a unit sees one moment of the store and cannot commit."""
        self._shared = shared
        self._reading = reading
        self.ground: _Ground | None = None

    def commit(self) -> None:
        """Make it durable; what follows is a new transaction. Raises Refused(STORE_FULL | STORE_BUSY)."""
        if self.ground is None:
            raise AssertionError("unit is not open")
        if self._reading:
            raise AssertionError("who only looks writes nothing")
        used = vars(self)
        station = used.get("station")
        if self._shared.mark is not None and station is not None and station.taken:
            self._shared.mark.keep(station.taken)
            station.taken.clear()
        try:
            self.ground.link.commit()
        except STORE_ERRORS:
            with told():
                raise
        for name in ("outbox", "audit"):
            if name in used:
                used[name].settled()

    def __enter__(self) -> SqlUnit:
        """Open the transaction."""
        shared = self._shared
        try:
            link = shared.connections.begin("BEGIN" if self._reading else "BEGIN IMMEDIATE")
        except STORE_ERRORS:
            with told():
                raise
        self.ground = _Ground(link, link.db, Seals(link.db, shared.pool, shared.store_key), shared)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and tell the store's troubles in our words."""
        if self.ground is not None:
            self._shared.connections.give_back(self.ground.link)
            # The connection is another unit's from here on: nobody finds a shelf of this one any more.
            shared, reading = self._shared, self._reading
            vars(self).clear()
            self._shared, self._reading, self.ground = shared, reading, None
        if isinstance(error, STORE_ERRORS) and (refusal := refusal_of(error)) is not None:
            raise refusal from error
