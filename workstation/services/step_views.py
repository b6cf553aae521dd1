"""What the panels for the steps after the receipt show: codes and masked values, no sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.model import Text
from wire.corrections import CorrectionGap
from wire.messages import MaterialHow


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper of the case that a correction may ask for; `missing` ones have to be asked for."""

    id: str
    name: Text
    how: MaterialHow
    missing: bool
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class CorrectionOptions:
    """For 补正告知: the papers, until when they may be mended, and the last day on which this may be asked at all.

    For 补正已收: the gaps that were asked for, each with the name of its paper.
    """

    papers: tuple[PaperView, ...]
    until: date
    last_day: date | None
    gaps: tuple[tuple[CorrectionGap, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawView:
    """An item that may be withdrawn, and what it waits for."""

    item: str
    name: Text
    after: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AmendView:
    """Something that may be mended. `value` is masked; `risky` needs a second person."""

    name: str
    label: Text
    value: str
    risky: bool


@dataclass(frozen=True, slots=True)
class StepOptions:
    """What may be done with a case now, by the table of steps and the rights of whoever sits here."""

    may_ask: bool
    may_take: bool
    correction: CorrectionOptions
    items: tuple[WithdrawView, ...]  # () when nothing may be withdrawn
    fields: tuple[AmendView, ...]  # () when nothing may be mended


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction on the case page."""

    asked_on: date
    until: date
    answered_on: date | None
    gaps: tuple[tuple[Text, str], ...]  # paper and the code of its defect
    running_out: bool  # it is nearly over, or over
