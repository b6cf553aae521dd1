"""收受分离 at the desk: who received a case, who accepts it, and when its papers changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wire.forwarding import PaperMoved


@dataclass(frozen=True, slots=True)
class Forwarding:
    """How a case went from the office that received it to the one that accepts it.

    `handed_by` and `taken_by` are names of people; `taken_at` is None while the papers are on their way; `missing` are the
    papers of the sheet that were not there.
    """

    from_station: str
    from_name: str
    to_station: str
    to_name: str
    sheet: str  # serial of the 物料流转凭证
    papers: tuple[PaperMoved, ...]
    handed_by: str
    handed_at: datetime
    taken_by: str = ""
    taken_at: datetime | None = None
    missing: tuple[str, ...] = ()
    remark: str = ""

    def is_from(self, station: str) -> bool:
        """Say whether this station has handed the case on: what is done with it is done elsewhere."""
        return self.from_station == station
