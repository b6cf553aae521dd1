"""A store in memory that keeps the promises of the encrypted one: nothing stays without commit, one writer at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType

from tests.fakes.lists import FakeLists
from tests.fakes.shelves import (
    FakeAudit,
    FakeBlobs,
    FakeCalendars,
    FakeCases,
    FakeDrafts,
    FakeEvaluations,
    FakeHandovers,
    FakeOutbox,
    FakePrints,
    FakeProposals,
    FakePurges,
    FakeSheets,
    FakeStation,
    FakeTickets,
    Shelves,
)
from workstation.domain.failures import Failure, Refused
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


@dataclass(slots=True)
class FakeStore:
    """`kept` is what was committed. `refuse_commits` makes every commit fail so, as a full disk would."""

    kept: Shelves = field(default_factory=Shelves)
    refuse_commits: Failure | None = None
    commits: int = 0
    busy: bool = False

    def unit(self) -> FakeUnit:
        """One transaction; pass this method where ports.OpenUnit is asked for."""
        return FakeUnit(self)

    def look(self) -> FakeUnit:
        """One that reads; pass this method where ports.Look is asked for."""
        return FakeUnit(self, reading=True)

    def scrub(self) -> int:
        """Nothing is sealed here."""
        return 0

    def export_audit(self, out: Path, at: datetime) -> int:
        """Write the bare entries."""
        out.write_text("".join(f"{entry}\n" for entry in self.kept.audit.values()), encoding="utf-8")
        return len(self.kept.audit)

    def lose(self, sha256: str) -> None:
        """Somebody deletes the file of a scan."""
        self.kept.lost_blobs[sha256] = True

    def close(self) -> None:
        """Nothing to let go of."""


class FakeUnit:
    """See services.ports.Unit."""

    cases: Cases
    drafts: Drafts
    outbox: Outbox
    audit: Audit
    prints: Prints
    sheets: Sheets
    blobs: Blobs
    station: Station
    proposals: Proposals
    calendars: Calendars
    purges: Purges
    evaluations: Evaluations
    lists: Lists
    handovers: Handovers
    tickets: Tickets

    def __init__(self, store: FakeStore, *, reading: bool = False) -> None:
        self._store = store
        self._reading = reading
        self._work = Shelves()

    def commit(self) -> None:
        if self._reading:
            raise AssertionError("who only looks writes nothing")
        if self._store.refuse_commits is not None:
            raise Refused(self._store.refuse_commits)
        self._store.kept = self._work.copy()
        self._store.commits += 1

    def __enter__(self) -> FakeUnit:
        if not self._reading:
            if self._store.busy:
                raise Refused(Failure.STORE_BUSY)
            self._store.busy = True
        work = self._work = self._store.kept.copy()
        self.cases = FakeCases(work)
        self.drafts = FakeDrafts(work)
        self.outbox = FakeOutbox(work)
        self.audit = FakeAudit(work)
        self.prints = FakePrints(work)
        self.sheets = FakeSheets(work)
        self.blobs = FakeBlobs(work)
        self.station = FakeStation(work)
        self.proposals = FakeProposals(work)
        self.calendars = FakeCalendars(work)
        self.purges = FakePurges(work)
        self.evaluations = FakeEvaluations(work)
        self.lists = FakeLists(work)
        self.handovers = FakeHandovers(work)
        self.tickets = FakeTickets(work)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._reading:
            self._store.busy = False
