"""What is shown of sheets and batches: masked, with the case's own numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalogue.model import Text
from workstation.domain.case import Case
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_name
from workstation.domain.sheet import Batch, Fate, Sheet, SpoolState, counts, latest_of, may_exist
from workstation.services.ports import Catalogues, Unit
from workstation.services.print_document import title_of
from workstation.services.print_views import BatchView, PlaceView, SheetView, WaitingResult


class SheetsShown:
    """One look at the store: cases are read once."""

    def __init__(self, unit: Unit, catalogues: Catalogues) -> None:
        self._unit = unit
        self._catalogues = catalogues
        self._cases: dict[str, Case | None] = {}

    def sheets(self, found: Iterable[Sheet]) -> tuple[SheetView, ...]:
        """Show some sheets in their order."""
        return tuple(self.sheet(each) for each in found)

    def sheet(self, sheet: Sheet) -> SheetView:
        """Show one."""
        case, spool = self._case(sheet.case), sheet.spool
        return SheetView(
            serial=sheet.serial,
            case=sheet.case,
            receipt_no=case.receipt_no if case else "",
            applicant=mask_name(case.applicant.name) if case else "",
            kind=sheet.kind,
            reprint=sheet.reprint,
            made_at=sheet.made_at,
            clerk=sheet.clerk,
            printer=spool.printer,
            job=spool.job,
            state=spool.state,
            reason=spool.reason,
            fate=sheet.fate,
            why=sheet.why,
            handed_at=spool.handed_at,
            ended_at=spool.ended_at,
            settled_by=sheet.settled_by,
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
        cases = [case for each in found if (case := self._case(each)) is not None]
        return tuple(
            WaitingResult(
                case=case.id,
                receipt_no=case.receipt_no,
                applicant=mask_name(case.applicant.name),
                title=title_of(case, self._catalogues.of(case.catalogue)),
                decided_at=max(
                    (sub.result.decided_at for sub in case.sub_cases if sub.result is not None), default=None
                ),
            )
            for case in cases
        )

    def _place(self, place: int, case: str, sheet: Sheet | None, voided: int) -> PlaceView:
        found = self._case(case)
        title = title_of(found, self._catalogues.of(found.catalogue)) if found else Text("", "")
        return PlaceView(
            place=place,
            case=case,
            receipt_no=found.receipt_no if found else "",
            applicant=mask_name(found.applicant.name) if found else "",
            title=title,
            sheet=self.sheet(sheet) if sheet else None,
            voided=voided,
        )

    def _case(self, case: str) -> Case | None:
        if case not in self._cases:
            try:
                self._cases[case] = self._unit.cases.get(case)
            except Refused as refused:
                if refused.failure is not Failure.CASE_UNKNOWN:
                    raise
                self._cases[case] = None  # before the receipt, or purged
        return self._cases[case]
