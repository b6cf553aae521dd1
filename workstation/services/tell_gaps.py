"""一次性告知单: what is there already and what is still to be brought, told at once; a sheet without a case (domain.md 1, step 6)."""

from __future__ import annotations

from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.messages import MaterialHow
from workstation.domain.counter_time import today_at
from workstation.domain.slip import Row, SlipKind, Variables
from workstation.domain.visit import Visit
from workstation.forms.gaps import paper_state
from workstation.forms.model import Form
from workstation.forms.visible import wanted_materials
from workstation.services.print_document import Document
from workstation.services.receive_case import values_of


def gap_notice(visit: Visit, form: Form, catalogue: Catalogue, at: datetime) -> Document:
    """Return the sheet for what was said so far: every paper that the answers make necessary, had or still to come."""
    entries = wanted_materials(form, values_of(visit), today_at(at))
    stands = [(entry, paper_state(form, entry, visit)) for entry in entries]
    have: tuple[Row, ...] = tuple(
        {"material": entry.material.name} for entry, how in stands if how is not MaterialHow.MISSING
    )
    needed: tuple[Row, ...] = tuple(
        {
            "material": entry.material.name,
            "originals": entry.material.originals,
            "copies": entry.material.copies,
        }
        for entry, how in stands
        if how is MaterialHow.MISSING and entry.material.required
    )
    bundle = catalogue.bundles.get(visit.bundle) if visit.bundle else None
    first = catalogue.items[visit.items[0]]
    said: Variables = {
        "item": bundle.name if bundle else first.name,
        "department": Text("、".join(_departments(form)), ", ".join(_departments(form, "en"))),
        "have": have,
        "needed": needed,
    }
    person = {"person": visit.identity.name} if visit.identity is not None else {}
    return Document(SlipKind.ONE_TIME_NOTICE, {**said, **person}, anew=True)


def _departments(form: Form, language: str = "zh") -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.department_name.in_language(language) for item in form.items))
