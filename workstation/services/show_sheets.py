"""What is shown of sheets and batches: masked, with the case's own numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalogue.model import Text
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_name
from workstation.domain.sheet import Batch, Fate, Sheet, SpoolState, counts, latest_of, may_exist
from workstation.services.ports import Catalogues, Unit
from workstation.services.print_document import title_of
from workstation.services.print_views import BatchView, PlaceView, SheetView, WaitingResult


@dataclass(frozen=True, slots=True)
class CaseNames:
    """How a case is called in a list of paper."""

    receipt_no: str = ""
    applicant: str = ""  # masked
    title: Text = field(default_factory=lambda: Text("", ""))
    decided_at: datetime | None = None


class SheetsShown:
    """One look at the store: a case is opened once. `names` carries that on from look to look, while a batch runs."""

    def __init__(self, unit: Unit, catalogues: Catalogues, names: dict[str, CaseNames] | None = None) -> None:
        self._unit = unit
        self._catalogues = catalogues
        self._names: dict[str, CaseNames] = {} if names is None else names
        self._staff: dict[str, str] = {}

    def sheets(self, found: Iterable[Sheet]) -> tuple[SheetView, ...]:
        """Show some sheets in their order."""
        return tuple(self.sheet(each) for each in found)

    def sheet(self, sheet: Sheet) -> SheetView:
        """Show one."""
        case, spool = self._named(sheet.case), sheet.spool
        return SheetView(
            serial=sheet.serial,
            case=sheet.case,
            receipt_no=case.receipt_no,
            applicant=case.applicant,
            kind=sheet.kind,
            reprint=sheet.reprint,
            made_at=sheet.made_at,
            clerk=self._person(sheet.clerk),
            printer=spool.printer,
            job=spool.job,
            state=spool.state,
            reason=spool.reason,
            fate=sheet.fate,
            why=sheet.why,
            handed_at=spool.handed_at,
            ended_at=spool.ended_at,
            settled_by=self._person(sheet.settled_by),
            settled_at=sheet.settled_at,
            may_exist=may_exist(sheet),
            counts=counts(sheet),
            sha256=sheet.sha256,
            batch=sheet.batch,
            place=sheet.place,
        )

    def batch(self, batch: Batch) -> BatchView:
        """Show a batch with all its places."""
        sheets = self._unit.sheets.of_batch(batch.id)
        newest = latest_of(sheets)
        voided: Mapping[int, int] = {
            place: sum(each.place == place and each.fate is Fate.VOID for each in sheets)
            for place in range(1, len(batch.cases) + 1)
        }
        places = tuple(
            self._place(place, case, newest.get(place), voided[place])
            for place, case in enumerate(batch.cases, 1)
        )
        good = [each for each in newest.values() if each.fate is not Fate.VOID]
        done = {each.place for each in good if each.spool.state is SpoolState.COMPLETED}
        return BatchView(
            id=batch.id,
            state=batch.state,
            reason=batch.reason,
            printer=batch.printer,
            started_at=batch.started_at,
            places=places,
            done=len(done),
            out=sum(counts(each) for each in good),
            halted_at=next((each.place for each in places if each.place not in done), 0),
        )

    def waiting(self, found: Iterable[str]) -> tuple[WaitingResult, ...]:
        """Show the cases whose result slips wait."""
        named = ((each, self._named(each)) for each in found)
        return tuple(
            WaitingResult(case, names.receipt_no, names.applicant, names.title, names.decided_at)
            for case, names in named
        )

    def _place(self, place: int, case: str, sheet: Sheet | None, voided: int) -> PlaceView:
        names = self._named(case)
        return PlaceView(
            place=place,
            case=case,
            receipt_no=names.receipt_no,
            applicant=names.applicant,
            title=names.title,
            sheet=self.sheet(sheet) if sheet else None,
            voided=voided,
        )

    def _person(self, login: str) -> str:
        """Return how the owner of an account is called; the login of one that is no more, or that nobody ever had."""
        if login and login not in self._staff:
            account = self._unit.station.account(login)
            self._staff[login] = account.name if account is not None else login
        return self._staff.get(login, "")

    def _named(self, case: str) -> CaseNames:
        known = self._names.get(case)
        if known is None:
            known = self._names[case] = self._read(case)
        return known

    def _read(self, case: str) -> CaseNames:
        try:
            found = self._unit.cases.get(case)
        except Refused as refused:
            if refused.failure is not Failure.CASE_UNKNOWN:
                raise
            return CaseNames()  # before the receipt, or purged
        decided = (sub.result.decided_at for sub in found.sub_cases if sub.result is not None)
        return CaseNames(
            found.receipt_no,
            mask_name(found.applicant.name),
            title_of(found, self._catalogues.of(found.catalogue)),
            max(decided, default=None),
        )
