"""The outer rooms as the desk gets them from bootstrap: one value, so that the desk builds nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from catalogue.card_uses import CardUse
from catalogue.model import Limit
from catalogue.notice import Notice
from wire.messages import Enrolment
from workstation.domain.audit import AuditLimits
from workstation.domain.diagnosis import Diagnosis
from workstation.services.credentials import StaffNews
from workstation.services.in_reader import InReader
from workstation.services.operator_slot import OperatorSlot
from workstation.services.ports import (
    AskRecovery,
    CardReader,
    Catalogues,
    Clock,
    CodeScanner,
    Courier,
    Enroller,
    Hall,
    Keys,
    OpenUnit,
    OperatorCards,
    Passwords,
    Press,
    Recovery,
    Unit,
    WriteFile,
    WriteTables,
)
from workstation.services.transfer_views import StickRead, StickView, StickWritten
from workstation.services.views import Link
from workstation.services.working_days import National


class Store(Protocol):
    """An opened encrypted store."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Return a transaction, to be opened by `with`."""
        ...

    def look(self) -> AbstractContextManager[Unit]:
        """Return a transaction that reads, to be opened by `with`: it holds nobody up and cannot commit."""
        ...

    def scrub(self) -> int:
        """Destroy the keys of what was purged or discarded, and empty the log; return how many."""
        ...

    def export_audit(self, out: Path, at: datetime) -> int:
        """Write the audit chain to a file and return how many entries; writes nothing to the store."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Sticks(Protocol):
    """The queue on a stick, for a station without network."""

    def state(self) -> StickView:
        """Say what sticks have taken and not brought back."""
        ...

    def write(self, folder: str, login: str) -> StickWritten:
        """Write everything that waits into files of this folder (audited).

        Raises Refused(STICK_KEY_MISSING | STICK_NOT_WRITTEN).
        """
        ...

    def read(self, path: str, login: str) -> StickRead:
        """Take the hall's receipts from a file (audited). Raises Refused(STICK_DAMAGED | STICK_FOREIGN | STICK_OTHER_EPOCH)."""
        ...


class Line(Protocol):
    """The way to the hall, open once the station is enrolled: asks registers, and carries the queue."""

    @property
    def sticks(self) -> Sticks: ...  # noqa: D102
    def trouble(self) -> str:
        """Return the code of why the hall does not answer or refuses, "" when it does."""
        ...

    @property
    def hall(self) -> Hall: ...  # noqa: D102
    @property
    def courier(self) -> Courier: ...  # noqa: D102
    def link(self) -> tuple[Link, datetime | None]:
        """Return the state of the link and when the hall was last heard."""
        ...

    def copied(self) -> bool:
        """Say whether the hall takes nothing more because another copy of this station's disk speaks to it."""
        ...

    def clock_behind_s(self) -> int:
        """Return by how much this machine's clock is behind the hall's, 0 while the hall has not complained."""
        ...

    def close(self) -> None:
        """Stop carrying; what waits stays in the outbox."""
        ...


@dataclass(frozen=True, slots=True)
class DeskRooms:
    """What the desk needs once the store is open; loading them takes a moment."""

    cards: CardReader
    in_reader: InReader
    press: Press
    catalogues: Catalogues
    national: National  # the table of working days that came along
    keep_diagnosis: Callable[[Diagnosis], str]  # returns where it was kept
    write_tables: WriteTables  # reports, for other people's programs
    write_file: WriteFile  # sheets, for the same
    ask_hall_for_card_keys: bool = False
    scanner: CodeScanner | None = None
    notice: Notice | None = (
        None  # what the citizen is told before the first look-up; without it nobody is asked
    )
    card_uses: tuple[CardUse, ...] = ()
    operator_cards: OperatorCards | None = None  # the reader of the operator's own card
    operator_slot: OperatorSlot = field(default_factory=OperatorSlot)
    correction: Limit = field(
        default_factory=lambda: Limit(30, "day")
    )  # how long a correction may take where an item says nothing


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the gate needs, light enough for the first picture, and the way to the rest.

    `prepare` loads the code of everything heavy and may run in any thread, as soon as somebody is there.
    """

    keys: Keys
    open_store: Callable[[bytes], Store]
    enroller: Enroller
    open_line: Callable[[OpenUnit, str, Enrolment, bytes], Line]  # store, hall address, station, device key
    passwords: Passwords
    clock: Clock
    hall_url: str  # offered on the enrolment page
    prepare: Callable[[], None]
    load_desk: Callable[[], DeskRooms]
    staff_news: StaffNews = field(default_factory=StaffNews)
    recovery: Recovery | None = None
    ask_recovery: AskRecovery | None = None
    audit_limits: AuditLimits = field(default_factory=AuditLimits)
