"""转报: a case that one office has received and another one accepts (收受分离, domain.md 1.2 通办, 5.6, 5.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wire.messages import CaseReceived, Outcome


@dataclass(frozen=True, slots=True)
class PaperMoved:
    """A paper that travels with a case: how many originals and copies."""

    material: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class CheckTold:
    """What the receiving office keeps of a check: outcome and evidence. The hall looks at its own look-ups all the same."""

    rule: str
    query: str
    outcome: Outcome
    source: str
    evidence_no: str
    replied_at: datetime
    valid_until: datetime
    by_hall: bool


@dataclass(frozen=True, slots=True)
class CaseForwarded:
    """Body of case_forwarded: the receiving office hands the case and its papers to the one that accepts.

    `sheet` is the serial of the transfer sheet (物料流转凭证) that travels with them.
    """

    receipt_no: str
    clerk: str
    clerk_name: str
    forwarded_at: datetime
    to_station: str
    sheet: str
    papers: tuple[PaperMoved, ...]
    checks: tuple[CheckTold, ...] = ()


@dataclass(frozen=True, slots=True)
class PapersTaken:
    """Body of papers_taken: the accepting office holds the papers, and says what of the sheet was not there."""

    receipt_no: str
    clerk: str
    clerk_name: str
    taken_at: datetime
    sheet: str
    missing: tuple[str, ...] = ()  # material ids
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CaseCameIn:
    """Change case_forwarded, told to the accepting office: the whole case, with what was mended of it, as it was handed over."""

    received: CaseReceived
    forwarded: CaseForwarded
    project_no: str
    from_name: str  # the office's
    taken: PapersTaken | None = None  # only in a snapshot
    version: int = 1  # of the receipt: the next 更正 counts from it
    corrected: bool = False  # a 补正 was asked and answered before: it is asked once


@dataclass(frozen=True, slots=True)
class TakenThere:
    """Change papers_taken, told to the receiving office."""

    station_name: str
    taken: PapersTaken


@dataclass(frozen=True, slots=True)
class AcceptedThere:
    """Change accepted_there: the other office has accepted; the clock runs, and these days are promised."""

    station: str
    station_name: str
    clerk_name: str
    accepted_at: datetime
    promised: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class EndedThere:
    """Change ended_there: the other office has refused or voided the case (`state` not_accepted, voided), or taken it up
    again (received)."""

    station: str
    station_name: str
    state: str
    at: datetime
    reason: str
    text: str
    competent_body: str
