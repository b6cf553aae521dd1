"""A case as the work lists show it: masked, codes instead of sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalogue.model import Catalogue, Text
from wire.messages import EventKind, MaterialHow
from workstation.domain.case import Case, Overruled, SubCase
from workstation.domain.counter_time import today_at
from workstation.domain.identity import mask_name
from workstation.domain.slip import SlipKind
from workstation.domain.work_lists import due_on, to_replace
from workstation.services.date_views import NO_ITEM_DATES, ItemDatesView
from workstation.services.print_document import item_name, title_of
from workstation.services.print_slip import department_name, printable
from workstation.services.show_dates import ShowDates
from workstation.services.show_delivery import show_delivery
from workstation.services.show_offices import relations_of, show_agency, show_offices
from workstation.services.step_views import CorrectionView
from workstation.services.views import CaseView, DisputeView, OverruledView, SubCaseView


@dataclass(frozen=True, slots=True)
class Here:
    """The office of this desk: the code and the name of its station, and the day at its counter."""

    station: str
    name: str
    today: date
    level: str = ""


def show_case(
    case: Case,
    catalogue: Catalogue,
    dates: ShowDates,
    received_by: str = "",
    here: Here | None = None,
) -> CaseView:
    """Make the line of the list. `received_by` is the name of who took it; without one the login stands there. `here` is
    this office; without it nothing is said of who does what."""
    days = dates.items(case, catalogue)
    taken_by = case.forwarding.handed_by if case.forwarding is not None else received_by or case.clerk
    return CaseView(
        case=case.id,
        receipt_no=case.receipt_no,
        project_no=case.project_no,
        title=title_of(case, catalogue),
        applicant=mask_name(case.applicant.name),
        status=case.status,
        provisional=case.project_no is None,
        received_at=case.received_at,
        accepted_at=case.accepted_at,
        sub_cases=tuple(_sub(sub, catalogue, days.get(sub.item, NO_ITEM_DATES)) for sub in case.sub_cases),
        papers_saved=len(case.papers_saved),
        printable=printable(case),
        result_prints=case.prints.get(SlipKind.RESULT.value, 0),
        received_by=taken_by,
        papers=_papers(case, catalogue),
        waiting=_waiting(case, catalogue),
        lapsed=case.accepted_at is not None and any(m.how is MaterialHow.MISSING for m in case.materials),
        disputes=_disputes(case, catalogue),
        overruled=tuple(_overruled(each) for each in case.overruled),
        scans=len({sha256 for m in case.materials for sha256 in m.blobs}),
        papers_at=case.papers_at,
        due_on=due_on(case),
        to_replace=to_replace(case),
        dates=dates.case(case, days, catalogue),
        offices=show_offices(
            case, catalogue, here=here.station, here_name=here.name, clerk=taken_by, level=here.level
        )
        if here is not None
        else None,
        relations=relations_of(catalogue),
        delivery=show_delivery(case, catalogue, here.today) if here is not None else None,
        agency=show_agency(case.agency, catalogue, here.today) if case.agency and here is not None else None,
        flags=case.flags,
        corrections=_corrections(case, catalogue),
        version=case.version,
        deemed_on=case.deemed_on,
        scanned=_scanned(case, catalogue),
    )


def _corrections(case: Case, catalogue: Catalogue) -> tuple[CorrectionView, ...]:
    names = _names(case, catalogue)
    return tuple(
        CorrectionView(
            asked_on=today_at(each.asked_at),
            until=each.until,
            answered_on=today_at(each.answered_at) if each.answered_at else None,
            gaps=tuple(
                (names.get(gap.subject, Text(gap.subject, gap.subject)), gap.defect.value)
                for gap in each.gaps
            ),
            running_out=each.answered_at is None and each.reminded_at is not None,
        )
        for each in case.corrections
    )


def _overruled(said: Overruled) -> OverruledView:
    hall = said.standing
    return OverruledView(
        at=said.at,
        clerk=said.clerk,
        steps=tuple(EventKind(step) for step in said.steps),
        code=said.code,
        state=hall.state if hall is not None else "",
        by=hall.clerk if hall is not None else "",
        where=hall.window if hall is not None else "",
        since=hall.at if hall is not None else None,
    )


def _waiting(case: Case, catalogue: Catalogue) -> tuple[tuple[Text, date], ...]:
    titles = _titles(case, catalogue)
    return tuple(
        (titles.get(each.query.rule, Text(each.query.rule, each.query.rule)), each.until)
        for each in sorted(case.pending, key=lambda each: each.until)
    )


def _disputes(case: Case, catalogue: Catalogue) -> tuple[DisputeView, ...]:
    titles = _titles(case, catalogue)
    return tuple(
        DisputeView(titles.get(d.rule, Text(d.rule, d.rule)), d.said, d.at, d.verdict, d.answer)
        for d in case.disputes
    )


def _titles(case: Case, catalogue: Catalogue) -> dict[str, Text]:
    return {
        rule.id: rule.title
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for rule in catalogue.items[sub.item].verifications
    }


def _names(case: Case, catalogue: Catalogue) -> dict[str, Text]:
    return {
        material.id: material.name
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }


def _scanned(case: Case, catalogue: Catalogue) -> tuple[tuple[Text, str], ...]:
    """Name the scans of a case, in the order of its papers."""
    if not any(m.blobs for m in case.materials):
        return ()
    names = _names(case, catalogue)
    return tuple(
        (names.get(m.material, Text(m.material, m.material)), sha256)
        for m in case.materials
        for sha256 in m.blobs
    )


def _papers(case: Case, catalogue: Catalogue) -> tuple[tuple[Text, MaterialHow], ...]:
    """Name the papers of a case and how each was handled; what nobody gave comes first."""
    names = _names(case, catalogue)
    shown = [(names.get(m.material, Text(m.material, m.material)), m.how) for m in case.materials]
    return tuple(sorted(shown, key=lambda each: each[1] is not MaterialHow.MISSING))


def _sub(sub: SubCase, catalogue: Catalogue, days: ItemDatesView) -> SubCaseView:
    result = sub.result
    return SubCaseView(
        item=item_name(sub.item, catalogue),
        department=department_name(sub, catalogue),
        state=sub.state,
        promised_on=days.due_on or sub.promised_on,
        result=result.code if result else None,
        result_text=sub.result_words,
        licence=result.licence_no or "" if result else "",
        decided_at=result.decided_at if result else None,
        procedures=sub.procedures,
        extensions=sub.extensions,
        dates=days,
    )
