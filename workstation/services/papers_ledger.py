"""The ledger of papers saved: what citizens did not have to bring on a day at this station, per item and paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from catalogue.model import Catalogue, Text
from workstation.domain.case import Case
from workstation.domain.counter_time import today_at
from workstation.services.ports import Catalogues, Unit
from workstation.services.print_document import item_name
from workstation.services.views import SavedDay, SavedRow

MOST_CASES = 2000  # more than a station receives in a day
_CARD = Text("社会保障卡", "Social security card")


def saved_on(day: date, catalogues: Catalogues, unit: Unit) -> SavedDay:
    """Count the papers saved of the cases that were received on a day (counter time)."""
    found = [case for case in unit.cases.since(day, MOST_CASES) if today_at(case.received_at) == day]
    counted: Counter[tuple[Text, Text, Text]] = Counter()
    for case in found:
        counted.update(_lines(case, catalogues.of(case.catalogue)))
    rows = tuple(SavedRow(*key, count) for key, count in counted.most_common())
    # A paper that two items of a case share is one paper, counted with the first of them.
    saving = sum(bool(case.papers_saved) for case in found)
    return SavedDay(day, sum(len(case.papers_saved) for case in found), saving, rows)


def _lines(case: Case, catalogue: Catalogue) -> Iterable[tuple[Text, Text, Text]]:
    for saved in case.papers_saved:
        for sub in case.sub_cases:
            item = catalogue.items.get(sub.item)
            paper = next((m for m in item.materials if m.id == saved.material), None) if item else None
            if item is None or paper is None:
                continue
            rule = next((r for r in item.verifications if r.id == saved.by), None)
            by = (
                _CARD if saved.by == "card" else rule.department if rule else Text(saved.source, saved.source)
            )
            yield item_name(sub.item, catalogue), paper.name, by
            break
