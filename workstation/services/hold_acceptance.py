"""The gate on acceptance for a case as it lies in the store, whichever way it came here: intake page or work list."""

from __future__ import annotations

from datetime import datetime

from catalogue.model import Catalogue
from wire.messages import MaterialHow, MaterialOnWire, Outcome, ResultCode
from workstation.domain.case import Case, SubCase
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.verification import DISPUTABLE, CheckDone, is_disputed
from workstation.forms.acceptance import Asked, Bar, Standing, bars
from workstation.forms.merge import merge
from workstation.forms.model import Form, FormMaterial
from workstation.forms.queries import checks_of_papers
from workstation.forms.visible import wanted_materials


def hold_acceptance(case: Case, catalogue: Catalogue, at: datetime) -> None:
    """Raise Refused(GAPS_LEFT) while a required paper is missing, Refused(RULE_UNMET) while a check is unmet and its paper
    does not stand in its own right (forms/acceptance.py has the table)."""
    found = bars_of(case, catalogue, at)
    missing = [key for key, bar in found if bar is Bar.MISSING]
    if missing:
        raise Refused(Failure.GAPS_LEFT, count=str(len(missing)))
    if found:
        raise Refused(Failure.RULE_UNMET, what=", ".join(key for key, _ in found))


def bars_of(case: Case, catalogue: Catalogue, at: datetime) -> tuple[tuple[str, Bar], ...]:
    """Return what stands against accepting a case. An item that the catalogue does not have bars it: nothing is known of
    what it asks."""
    unknown = [sub.item for sub in case.undecided if sub.item not in catalogue.items]
    if unknown:
        return tuple((item, Bar.RULE_UNMET) for item in unknown)
    form = form_of(case, catalogue)
    values = {key: answer.value for key, answer in case.answers.items()}
    today = today_at(at)
    kept = {material.material: material for material in case.materials}
    papers = [
        _standing(entry, kept.get(entry.material.id)) for entry in wanted_materials(form, values, today)
    ]
    rules = {check.rule.id: check.rule for check in checks_of_papers(form, values, today)}
    done = {check.rule: check for check in case.checks}
    asked = {
        name: Asked(rule) if name not in done else _asked(Asked(rule), done[name], case, at)
        for name, rule in rules.items()
    }
    return bars(papers, asked, today)


def _standing(entry: FormMaterial, kept: MaterialOnWire | None) -> Standing:
    if kept is None:
        return Standing(entry.material, MaterialHow.MISSING)
    # The case says COMMITTED and ORIGINAL_SEEN only of what somebody is named for (forms/gaps.standing).
    return Standing(
        entry.material,
        kept.how,
        scans=len(kept.blobs),
        witnessed=True,
        sheet=(kept.evidence or "") if kept.how is MaterialHow.COMMITTED else "",
        until=kept.until,
    )


def _asked(asked: Asked, done: CheckDone, case: Case, at: datetime) -> Asked:
    over = done.outcome in DISPUTABLE and at > done.valid_until
    return Asked(
        asked.rule,
        Outcome.EXPIRED if over else done.outcome,
        done.evidence_no,
        is_disputed(done.query, case.disputes),
        done.by_hall,
    )


def form_of(case: Case, catalogue: Catalogue) -> Form:
    """Return the form of a case. Raises KeyError for an item that the catalogue does not have."""
    return merge(catalogue, [sub.item for sub in case.sub_cases if not _is_withdrawn(sub)])


def _is_withdrawn(sub: SubCase) -> bool:
    """What the applicant took back asks for nothing any more."""
    return sub.result is not None and sub.result.code is ResultCode.WITHDRAWN
