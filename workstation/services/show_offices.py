"""Of a case: who receives, accepts and decides, where its papers are, and who acts for the applicant."""

from __future__ import annotations

from datetime import date

from catalogue.model import Catalogue, Text
from wire.agency import Agency
from workstation.domain.case import Case
from workstation.domain.forwarding import Forwarding
from workstation.domain.identity import mask_id, mask_name
from workstation.services.forward_case import goes_to
from workstation.services.office_views import AgencyView, HandoverView, OfficeStep, OfficesView
from workstation.services.print_slip import department_name
from workstation.services.take_agency import RELATIONS


def show_agency(agency: Agency, catalogue: Catalogue, today: date) -> AgencyView:
    """Make the line of the agent, masked."""
    known = dict(relations_of(catalogue))
    relation = agency.agent.relation
    return AgencyView(
        mask_name(agency.agent.name),
        mask_id(agency.agent.id_no),
        known.get(relation, Text(relation, relation)),
        agency.powers,
        agency.until,
        agency.sheet,
        over=agency.until < today,
    )


def relations_of(catalogue: Catalogue) -> tuple[tuple[str, Text], ...]:
    """Return how an agent may stand to the applicant, by code."""
    return catalogue.code_lists[RELATIONS].entries if RELATIONS in catalogue.code_lists else ()


def show_offices(
    case: Case, catalogue: Catalogue, *, here: str, here_name: str, clerk: str, level: str = ""
) -> OfficesView:
    """Say who does what with a case. `here` is this station's code, `level` its level, `clerk` the name of who received
    it here."""
    handed, above = case.forwarding, goes_to(case, catalogue, here)
    receiving = handed.from_name if handed is not None else here_name
    accepting = handed.to_name if handed is not None else here_name
    return OfficesView(
        receiving=OfficeStep(receiving, case.received_at, handed.handed_by if handed else clerk),
        accepting=OfficeStep(accepting, case.accepted_at),
        deciding=tuple(
            OfficeStep(department_name(sub, catalogue).zh, sub.result.decided_at if sub.result else None)
            for sub in case.sub_cases
        ),
        handover=_handover(handed, case, catalogue, here) if handed is not None else None,
        community=level == "community",
        steps_here=level != "community" and above is None and _steps_here(handed, here),
        forward_to=above.name if above is not None else None,
    )


def _steps_here(handed: Forwarding | None, here: str) -> bool:
    return handed is None or (handed.to_station == here and handed.taken_at is not None)


def _handover(handed: Forwarding, case: Case, catalogue: Catalogue, here: str) -> HandoverView:
    names = {
        material.id: material.name
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }
    return HandoverView(
        from_name=handed.from_name,
        to_name=handed.to_name,
        sheet=handed.sheet,
        handed_by=handed.handed_by,
        handed_at=handed.handed_at,
        taken_by=handed.taken_by,
        taken_at=handed.taken_at,
        papers=tuple(
            (p.material, names.get(p.material, Text(p.material, p.material))) for p in handed.papers
        ),
        missing=tuple(names.get(each, Text(each, each)) for each in handed.missing),
        remark=handed.remark,
        came_in=handed.to_station == here,
    )
