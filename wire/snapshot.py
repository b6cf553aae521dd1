"""The cases of a station as the hall has them, page by page: for a station whose place in the feed is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire.corrections import DeemedAccepted
from wire.dates import DatesTold, Extended
from wire.forwarding import CaseCameIn
from wire.messages import Change, DisputeAnswered, Result, SubCaseState
from wire.procedures import ProcedureBegun, ProcedureEnded


@dataclass(frozen=True, slots=True)
class ProcedureStands:
    """A procedure of an item; while `ended` is not set, the clock stands still."""

    begun: ProcedureBegun
    ended: ProcedureEnded | None = None


@dataclass(frozen=True, slots=True)
class SubCaseStands:
    """Where an item of a case is; `result` is set when it is decided."""

    item: str
    state: SubCaseState
    result: Result | None = None
    procedures: tuple[ProcedureStands, ...] = ()
    extensions: tuple[Extended, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStands:
    """Body of a `case_stands` change: everything that the feed has told of a case so far.

    `state` is a word of wire.lifecycle.told_as.
    """

    receipt_no: str
    project_no: str
    state: str
    sub_cases: tuple[SubCaseStands, ...]
    concluded_at: datetime | None = None
    seal: str | None = None
    disputes: tuple[DisputeAnswered, ...] = ()
    papers_at: datetime | None = None  # when the last of its scans was there, None while one is missing
    deemed: DeemedAccepted | None = None  # 视为受理
    dates: DatesTold | None = None  # None for a case whose dates the hall never computed
    came_in: CaseCameIn | None = None  # of a case that another office has received


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """Some cases in order of their ids; signed like a VerificationReply.

    `page` is what was asked for, `following` the next one, "" after the last. The feed goes on at `cursor`, which was taken
    before the first page: what it tells twice is known by its rev.
    """

    epoch: str
    station: str
    page: str
    items: tuple[Change, ...]
    following: str
    cursor: str
    hall: str
    signature: str
    algorithm: str = ""
