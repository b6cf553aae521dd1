"""One transaction over all shelves: durable when commit returns, rolled back otherwise."""

from __future__ import annotations

from types import TracebackType
from typing import Any

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

    def __init__(
        self,
        connections: Connections,
        pool: KeyPool,
        store_key: bytes,
        scans: ScanFiles,
        search_keys: dict[tuple[int, int], bytes],
        mark: NumberMark | None = None,
        counted: Counted | None = None,
        heard: Heard | None = None,
        *,
        reading: bool = False,
    ) -> None:
        """`reading` takes no lock and waits for nobody: such a unit sees one moment of the store and cannot commit."""
        self._connections = connections
        self._pool = pool
        self._store_key = store_key
        self._scans = scans
        self._search_keys = search_keys
        self._mark = mark
        self._counted = counted or Counted()
        self._heard = heard or Heard()
        self._reading = reading
        self._taken: dict[str, int] = {}
        self._connection: Connection | None = None

    def commit(self) -> None:
        """Make it durable; what follows is a new transaction. Raises Refused(STORE_FULL | STORE_BUSY)."""
        if self._connection is None:
            raise AssertionError("unit is not open")
        if self._reading:
            raise AssertionError("who only looks writes nothing")
        if self._mark is not None and self._taken:
            self._mark.keep(self._taken)
            self._taken.clear()
        with told():
            commit(self._connection)

    def __enter__(self) -> SqlUnit:
        """Open the transaction."""
        with told():
            db = self._connections.take()
            try:
                driver: Any = db.connection.dbapi_connection
                driver.execute("BEGIN" if self._reading else "BEGIN IMMEDIATE")
            except BaseException:
                self._connections.give_back(db)
                raise
        self._connection = db
        seals = Seals(db, self._pool, self._store_key)
        terms = Terms(db, seals, self._search_keys)
        self.cases = CaseShelf(db, seals, terms)
        self.drafts = DraftShelf(db, seals)
        self.outbox = OutboxShelf(db, seals)
        self.audit = AuditShelf(db)
        self.prints = PrintShelf(db)
        self.sheets = SheetShelf(db, seals)
        station = StationShelf(db, seals, self._mark, self._heard)
        self.station, self._taken = station, station.taken
        self.blobs = BlobShelf(db, seals, self._scans)
        self.proposals = ProposalShelf(db, seals)
        self.purges = PurgeShelf(db, seals, terms)
        self.evaluations = EvaluationShelf(db)
        self.calendars = CalendarShelf(db)
        self.lists = ListShelf(db, self._counted)
        self.handovers = HandoverShelf(db, seals)
        self.tickets = TicketShelf(db)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and tell the store's troubles in our words."""
        if self._connection is not None:
            self._connections.give_back(self._connection)
            self._connection = None
        refusal = refusal_of(error) if isinstance(error, STORE_ERRORS) else None
        if refusal is not None:
            raise refusal from error
