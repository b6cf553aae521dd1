"""Reports: cases of a span of days counted by each of domain.report.By, and what was shown written to a file.

Bodies are opened in small portions, each in a transaction of its own, so that nobody at the counter waits for a month.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalogue.model import Catalogue, Text
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.report import By, Span, Tally, tally, tally_item
from workstation.domain.work_lists import Place
from workstation.services.ports import TableFile
from workstation.services.print_document import item_name
from workstation.services.print_slip import department_name
from workstation.services.routing import LEVELS
from workstation.services.seat import Seat

_AT_ONCE = 200  # cases opened in one transaction: about thirty milliseconds
_A_NUMBER = re.compile(r"(?<!\d)(\d{15}|\d{17}[\dXx])(?!\d)")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line: `key` is a date, a login, a window, the id of an item or a department, the code of an office or a level; `name`
    says it in words where it has some."""

    key: str
    name: Text
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as it is shown and exported."""

    span: Span
    at: datetime
    total: Tally
    rows: Mapping[By, tuple[ReportRow, ...]]


class Reporting(Seat):
    """What is counted of a station."""

    def report(self, span: Span) -> ReportView:
        """See DeskApi. (net)"""
        self._gate.may(Deed.LOOKED_UP)
        span.hold()
        now = self._now()
        sums: dict[By, dict[str, Tally]] = {by: defaultdict(Tally) for by in By}
        names: dict[By, dict[str, Text]] = {by: {} for by in By}
        total = Tally()
        for case in self._received(span):
            catalogue = self._rooms.catalogues.of(case.catalogue)
            one = tally(case, today_at(now), len(case.papers_saved))
            total += one
            for by, key in (
                (By.DAY, today_at(case.received_at).isoformat()),
                (By.CLERK, case.clerk),
                (By.WINDOW, case.window),
                (By.OFFICE, case.station),
                (By.LEVEL, self._level_of(case, catalogue)),
            ):
                sums[by][key] += one
            names[By.OFFICE][case.station] = self._office_name(case, catalogue)
            for sub in case.sub_cases:
                names[By.ITEM][sub.item] = item_name(sub.item, catalogue)
                names[By.OWNER][sub.department] = department_name(sub, catalogue)
                saved = sum(_owner(case, each.material, catalogue) == sub.item for each in case.papers_saved)
                counted = tally_item(case, sub, today_at(now), saved)
                sums[By.ITEM][sub.item] += counted
                sums[By.OWNER][sub.department] += counted
        names[By.CLERK] = self._names_of(sums[By.CLERK])
        rows = {by: tuple(_rows(found, names[by])) for by, found in sums.items()}
        return ReportView(span, now, total, rows)

    def export_report(self, file: TableFile, path: str, span: Span) -> str:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.REPORT_EXPORTED)
        span.hold()
        hold_no_numbers(file)
        out = Path(path).expanduser()
        form = "xlsx" if out.suffix.lower() == ".xlsx" else "csv"
        note = f"{form} {span.since.isoformat()} {span.until.isoformat()}"
        with self._gate.open_unit() as unit:
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.REPORT_EXPORTED, note=note)
            unit.commit()
        try:
            self._rooms.write_tables(out, file)
        except OSError as error:
            raise Refused(Failure.REPORT_EXPORT_FAILED, cause=type(error).__name__) from error
        return str(out)

    def _level_of(self, case: Case, catalogue: Catalogue) -> str:
        """Return the code of the level of the office that received a case, "" where nobody says."""
        office, here = catalogue.offices.get(case.station), self._gate.enrolment
        if office is not None:
            return office.level
        return LEVELS.get(here.level, "") if case.station == here.station else ""

    def _office_name(self, case: Case, catalogue: Catalogue) -> Text:
        office, here = catalogue.offices.get(case.station), self._gate.enrolment
        if office is not None:
            return office.name
        name = here.station_name if case.station == here.station else case.station
        return Text(name, name)

    def _received(self, span: Span) -> Iterator[Case]:
        after: Place | None = None
        while True:
            with self._gate.open_unit() as unit:
                places = unit.lists.received(span.since, span.until, after, _AT_ONCE)
                found = unit.cases.at([each.place for each in places])
            yield from found
            if len(places) < _AT_ONCE:
                return
            after = places[-1]

    def _names_of(self, logins: Mapping[str, Tally]) -> dict[str, Text]:
        with self._gate.open_unit() as unit:
            known = {login: unit.station.account(login) for login in logins}
        return {
            login: Text(account.name, account.name) for login, account in known.items() if account is not None
        }


def hold_no_numbers(file: TableFile) -> None:
    """Raise ValueError for a cell that could be a citizen's number: nothing of a report may be one."""
    for table in file.tables:
        for row in (table.heads, *table.rows):
            if any(isinstance(cell, str) and _A_NUMBER.search(cell) for cell in row):
                raise ValueError("a citizen's number in a report")


def _owner(case: Case, material: str, catalogue: Catalogue) -> str:
    """A paper that two items share is one paper, counted with the first of them."""
    for sub in case.sub_cases:
        item = catalogue.items.get(sub.item)
        if item is not None and any(m.id == material for m in item.materials):
            return sub.item
    return ""


def _rows(found: Mapping[str, Tally], names: Mapping[str, Text]) -> Iterator[ReportRow]:
    for key in sorted(found):
        yield ReportRow(key, names.get(key, Text(key, key)), found[key])
