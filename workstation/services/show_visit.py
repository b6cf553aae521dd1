"""The visit as the intake page shows it: masked, in the order of the talk, codes instead of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.card_uses import CardUse
from catalogue.compare import Difference, changes
from catalogue.model import Basis, Catalogue, CodeList, Condition, Element, Kind, Privacy, ServiceItem, Text
from catalogue.notice import Notice
from deadlines.working_days import WorkingDays
from wire.lifecycle import ACCEPTABLE
from wire.messages import MaterialHow, Origin
from workstation.domain.answers import Answer
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.counter_time import today_at
from workstation.domain.identity import (
    CardStatus,
    DocumentKind,
    Identity,
    mask_date,
    mask_id,
    mask_name,
    mask_phone,
    mask_text,
)
from workstation.domain.verification import DISPUTABLE
from workstation.domain.visit import Visit
from workstation.forms.gaps import asked_of, gaps, paper_state, progress
from workstation.forms.model import Form, FormCheck, FormField, FormMaterial, Gap, GapPlace, Problem
from workstation.forms.queries import ready_checks, wanted_checks
from workstation.forms.values import field_problem
from workstation.forms.visible import is_required, rule_of, situations_in, visible_fields, wanted_materials
from workstation.services.fill_form import is_guarded
from workstation.services.offices import office_for
from workstation.services.receive_case import bundle_of, evidence_of, members_in, sub_cases, values_of
from workstation.services.reuse import earlier_data, earlier_papers
from workstation.services.routing import NATURAL_PERSON, received_elsewhere, taken_for_owner
from workstation.services.show_notice import show_card_proof, show_notice
from workstation.services.show_offices import relations_of, show_agency
from workstation.services.verify_status import aged
from workstation.services.views import (
    CheckView,
    EarlierView,
    FieldView,
    GapView,
    MaterialView,
    MemberView,
    PersonView,
    ReleaseChange,
    RouteView,
    SectionView,
    VisitView,
)
from workstation.services.what_if import WhatIf

CARD = Text("社会保障卡", "Social security card")
_DOCUMENTS = {
    DocumentKind.IDENTITY_CARD: Text("居民身份证", "Identity card"),
    DocumentKind.HMT_PERMIT: Text("港澳台居民居住证", "Residence permit"),
    DocumentKind.FOREIGNER_CARD: Text("外国人永久居留身份证", "Permanent residence card"),
    DocumentKind.ELECTRONIC_CARD: Text("电子社保卡", "Electronic card"),
}
_REPLACED = frozenset({MaterialHow.REPLACED_BY_CARD, MaterialHow.REPLACED_BY_VERIFICATION})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the view of a visit is made of."""

    catalogue: Catalogue  # the release the visit was started under
    current: Catalogue
    clerk: Clerk
    table: WorkingDays
    now: datetime
    saved_at: datetime | None
    status: CaseStatus | None
    wrong_card: bool
    provisional: bool = False
    earlier: tuple[Case, ...] = ()  # of the same person
    level: str = ""  # of the station
    notice: Notice | None = None
    centre: str = ""
    card_uses: tuple[CardUse, ...] = ()
    station: str = ""  # its code
    subject: str = NATURAL_PERSON  # 服务对象 of whoever is here
    case: Case | None = None  # once it is received


def show_visit(visit: Visit, form: Form | None, scene: Scene) -> VisitView:
    """Make the whole page."""
    today = today_at(scene.now)
    visit = aged(visit, scene.now)
    open_gaps = gaps(scene.catalogue, form, bundle_of(scene.catalogue, visit), visit, today) if form else ()
    materials = _materials(visit, form, today) if form else ()
    counted = progress(form, visit.answers, today) if form else None
    promised = WhatIf(
        sub_cases(visit, scene.catalogue) if form else (), scene.catalogue, scene.table, scene.now, scene.case
    )
    may_receive, may_accept = _steps(visit, open_gaps, materials, scene)
    return VisitView(
        case=visit.case,
        opened_at=visit.opened_at,
        person=show_person(visit.identity, today) if visit.identity else None,
        title=_title(visit, scene.catalogue),
        items=tuple(scene.catalogue.items[item].name for item in visit.items),
        sections=_sections(visit, form, scene.catalogue, today) if form else (),
        checks=_checks(visit, form, today) if form else (),
        materials=materials,
        gaps=tuple(_gap(gap, form, scene.catalogue, visit) for gap in open_gaps) if form else (),
        promises=promised.promises(),
        what_if=promised.whole() if form else None,
        fields_total=counted.total if counted else 0,
        fields_filled=counted.filled if counted else 0,
        typed=counted.typed if counted else 0,
        prefilled=counted.prefilled if counted else 0,
        papers_saved=sum(m.how in _REPLACED for m in materials),
        saved_at=scene.saved_at,
        receipt_no=visit.receipt_no,
        status=scene.status,
        may_receive=may_receive,
        may_accept=may_accept,
        wrong_card=scene.wrong_card,
        agency=show_agency(visit.agency, scene.catalogue, today) if visit.agency else None,
        agency_allowed=bool(visit.items) and all(scene.catalogue.items[item].proxy for item in visit.items),
        relations=relations_of(scene.catalogue),
        receives_only=scene.level == "community",
        situations=_situations(visit, form, today) if form else (),
        routes=_routes(form, scene) if form else (),
        earlier=_earlier(visit, form, scene, today) if form else None,
        release_changes=_release_changes(visit, scene),
        optional=_optional(visit, scene.catalogue, today),
        provisional=scene.provisional,
        notice=show_notice(visit, form, scene.notice, scene.centre, today) if form else None,
        card=show_card_proof(visit, form, scene.card_uses, today),
    )


def show_person(identity: Identity, today: date) -> PersonView:
    """Mask the holder and say what can be said of the card or document."""
    card, document = identity.card, identity.document
    shown = card or document
    return PersonView(
        name=mask_name(identity.name),
        id_no=mask_id(identity.id_no),
        sex=identity.sex,
        birth_date=f"{identity.birth_date.year}" if identity.birth_date else "",
        card_no=mask_id(card.number) if card and card.number else "",
        card_version=card.version if card else "",
        valid_until=shown.valid_until if shown else None,
        card_status=shown.status(today) if shown else CardStatus.NO_DATE,
        authenticated=card.authenticated if card else not identity.typed,
        pin_opens_more=card is not None and not card.version.startswith("1") and identity.residence is None,
        warnings=shown.warnings if shown else (),
        document=document.kind if document else None,
        long_term=document is not None and document.long_term,
    )


def show_field(field: FormField, visit: Visit, form: Form, catalogue: Catalogue, today: date) -> FieldView:
    """Show one field; what is personal shows masked, also what was typed, until it is asked for."""
    element = field.element
    answer = visit.answers.get(element.key)
    value = answer.value if answer else ""
    names = {item.id: item.name for item in form.items}
    lists = catalogue.code_lists
    return FieldView(
        key=element.key,
        label=element.label,
        kind=element.kind,
        options=_options(field, lists),
        value=value,
        shown=masked(element, value),
        required=is_required(form, field, values_of(visit), today),
        origin=answer.origin if answer else None,
        origin_name=_origin_name(answer, form),
        used_by=tuple(names[item] for item in field.used_by),
        problem=field_problem(field, value, lists, today) if value else None,
        max_length=field.max_length,
        guarded=answer is not None and is_guarded(answer),
        awaited=not value and _awaited(element.key, visit, form, today),
    )


def _situations(visit: Visit, form: Form, today: date) -> tuple[Text, ...]:
    found = situations_in(form, values_of(visit), today)
    return tuple(dict.fromkeys(situation.name for situation in found.values()))


def _options(field: FormField, lists: Mapping[str, CodeList]) -> tuple[tuple[str, Text], ...]:
    if not field.element.code_list:
        return ()
    entries = lists[field.element.code_list].entries
    return entries if field.choices is None else tuple(e for e in entries if e[0] in field.choices)


def _awaited(key: str, visit: Visit, form: Form, today: date) -> bool:
    answered = {check.query.rule for check in visit.checks}
    wanted = wanted_checks(form, visit, today)
    return any(key in check.rule.fills for check in wanted if check.rule.id not in answered)


def masked(element: Element, value: str) -> str:
    """Mask a value by its kind; what is not personal stays."""
    if not value or element.privacy is Privacy.NONE:
        return value
    by_kind = {
        Kind.NAME: mask_name,
        Kind.CITIZEN_ID: mask_id,
        Kind.PHONE: mask_phone,
        Kind.DATE: mask_date,
        Kind.BANK_ACCOUNT: mask_id,
        Kind.BIRTH_CERTIFICATE_NO: mask_id,
        Kind.ADDRESS: mask_text,
        Kind.TEXT: mask_text,
    }
    mask = by_kind.get(element.kind)
    return mask(value) if mask else value


def _title(visit: Visit, catalogue: Catalogue) -> Text | None:
    bundle = bundle_of(catalogue, visit)
    if bundle:
        return bundle.name
    return catalogue.items[visit.items[0]].name if visit.items else None


def _routes(form: Form, scene: Scene) -> tuple[RouteView, ...]:
    return tuple(
        RouteView(
            item.name,
            tuple(route.window for route in windows),
            taken_for_owner(item),
            item.id,
            tuple(route.reason for route in windows if route.reason is not None),
            printable=any(office_for(scene.catalogue, scene.station, route.level) for route in windows),
        )
        for item in form.items
        if (windows := received_elsewhere(item, scene.level, scene.subject))
    )


def _earlier(visit: Visit, form: Form, scene: Scene, today: date) -> EarlierView | None:
    if visit.receipt_no is not None or not scene.earlier:
        return None
    data = earlier_data(form, visit, scene.earlier, today)
    papers = earlier_papers(form, visit, scene.earlier, today)
    if not data and not papers:
        return None
    newest = max(each.case.received_at for each in (*data, *papers))
    labels = [e.label for e in data]
    named = (_of_section(e.key, form) if labels.count(e.label) > 1 else e.label for e in data)
    return EarlierView(tuple(named), tuple(e.label for e in papers), newest)


def _release_changes(visit: Visit, scene: Scene) -> tuple[ReleaseChange, ...]:
    """Say what a newer release would change in a draft, item by item; what was received stays as it is."""
    if visit.receipt_no is not None or scene.current.version == scene.catalogue.version:
        return ()
    told: list[ReleaseChange] = []
    for name in visit.items:
        old, new = scene.catalogue.items[name], scene.current.items.get(name)
        if new is None:
            told.append(ReleaseChange(old.name, Difference("-", "item", name), old.name))
        else:
            told += (
                ReleaseChange(old.name, each, _label(each, old, new, scene)) for each in changes(old, new)
            )
    return tuple(told)


def _label(difference: Difference, old: ServiceItem, new: ServiceItem, scene: Scene) -> Text | None:
    """Name what a difference speaks of, by the release that has it."""
    labels: dict[str, Text] = {}
    for item, catalogue in ((old, scene.catalogue), (new, scene.current)):
        labels |= {f"field {f.element}": catalogue.elements[f.element].label for f in item.fields}
        labels |= {f"paper {m.id}": m.name for m in item.materials}
        labels |= {f"check {v.id}": v.title for v in item.verifications}
        labels |= {f"scenario {s.id}": s.name for s in item.scenarios}
    return labels.get(f"{difference.what} {difference.name}")


def _optional(visit: Visit, catalogue: Catalogue, today: date) -> tuple[MemberView, ...]:
    bundle = bundle_of(catalogue, visit)
    if bundle is None:
        return ()
    all_in = members_in(bundle, replace(visit, left_out=()), today)
    return tuple(
        MemberView(
            member.item,
            catalogue.items[member.item].name,
            wanted=member.item in visit.items,
            possible=member.item in all_in,
        )
        for member in bundle.members
        if member.optional
    )


def _steps(
    visit: Visit, open_gaps: tuple[Gap, ...], materials: tuple[MaterialView, ...], scene: Scene
) -> tuple[bool, bool]:
    if scene.wrong_card or visit.identity is None or not visit.items:
        return False, False
    form_open = any(g.place in {GapPlace.FORM, GapPlace.CONDITIONS} for g in open_gaps)
    something = any(m.how is not MaterialHow.MISSING for m in materials)
    may_receive = visit.receipt_no is None and not form_open and something and scene.clerk.may(Deed.RECEIVED)
    may_accept = scene.status in ACCEPTABLE and not open_gaps and scene.clerk.may(Deed.ACCEPTED)
    return may_receive, may_accept


def _sections(visit: Visit, form: Form, catalogue: Catalogue, today: date) -> tuple[SectionView, ...]:
    visible = {field.element.key for field in visible_fields(form, values_of(visit), today)}
    made = (
        SectionView(
            section.id,
            section.title,
            tuple(
                show_field(field, visit, form, catalogue, today)
                for field in fields
                if field.element.key in visible
            ),
        )
        for section, fields in form.sections
    )
    return tuple(section for section in made if section.fields)


def _origin_name(answer: Answer | None, form: Form) -> Text | None:
    if answer is None:
        return None
    if answer.origin is Origin.CARD:
        return next((name for kind, name in _DOCUMENTS.items() if kind.value == answer.source), CARD)
    if answer.origin in {Origin.VERIFICATION, Origin.E_LICENCE}:
        return next((c.rule.department for c in form.checks if c.rule.id == answer.source), None)
    return None


def _checks(visit: Visit, form: Form, today: date) -> tuple[CheckView, ...]:
    ready = {check.rule.id for check in ready_checks(form, visit, today)}
    papers = {entry.material.id: entry for entry in form.materials}
    wanted = wanted_checks(form, visit, today)
    return tuple(
        _check(check, visit, form, check.rule.id in ready, papers[check.rule.fallback]) for check in wanted
    )


def _check(check: FormCheck, visit: Visit, form: Form, ready: bool, paper: FormMaterial) -> CheckView:
    rule = check.rule
    asked = next((c for c in visit.checks if c.query.rule == rule.id), None)
    counts = asked_of(check, visit, values_of(visit))
    consented = visit.notice is not None and rule.id in visit.notice.consents
    disputes = [d for d in visit.disputes if d.rule == rule.id]
    how = paper_state(form, paper, visit)
    kept = visit.papers.get(rule.fallback)
    # Facts that fill the form are shown there, masked; here only what stands nowhere else.
    filled = set(rule.fills.values())
    return CheckView(
        rule=rule.id,
        title=rule.title,
        department=rule.department,
        replaces=paper.material.name,
        ready=ready,
        outcome=asked.outcome if asked else None,
        satisfied=counts.met,
        evidence_no=asked.reply.evidence_no if asked else "",
        replied_at=asked.reply.replied_at if asked else None,
        facts=tuple((k, v) for k, v in sorted(asked.reply.facts.items()) if k not in filled) if asked else (),
        no_record=rule.no_record,
        needs_notice=visit.notice is None and counts.outcome is None,
        needs_consent=rule.basis is Basis.CONSENT and not consented and counts.outcome is None,
        consent_is_basis=rule.basis is Basis.CONSENT,
        may_defer=counts.owed and how is not MaterialHow.PENDING,
        until=kept.until if kept and how is MaterialHow.PENDING else None,
        may_dispute=counts.outcome in DISPUTABLE and counts.by_hall and not counts.disputed,
        disputed=counts.disputed,
        verdict=disputes[-1].verdict if disputes else None,
        material=rule.fallback,
    )


def _materials(visit: Visit, form: Form, today: date) -> tuple[MaterialView, ...]:
    # What will want the clerk's hand comes first. The order never depends on an answer: no row may jump.
    rules = {check.rule.id for check in form.checks}
    shown = [
        (not rules.isdisjoint(entry.material.replaced_by), _material(entry, visit, form))
        for entry in wanted_materials(form, values_of(visit), today)
    ]
    shown.sort(
        key=lambda each: (each[0] or each[1].how is MaterialHow.REPLACED_BY_CARD, not each[1].required)
    )
    return tuple(view for _, view in shown)


def _material(entry: FormMaterial, visit: Visit, form: Form) -> MaterialView:
    names = {item.id: item.name for item in form.items}
    how = paper_state(form, entry, visit)
    paper = visit.papers.get(entry.material.id)
    return MaterialView(
        id=entry.material.id,
        name=entry.material.name,
        required=entry.material.required,
        how=how,
        replaced_by=_replacement(entry, visit, form, how),
        evidence_no=evidence_of(form, entry, visit),
        scans=len(paper.scans) if paper else 0,
        used_by=tuple(names[item] for item in entry.used_by),
        originals=entry.material.originals,
        copies=entry.material.copies,
        tolerable=entry.material.tolerable,
        commitment=entry.material.commitment,
        promise=paper.sheet if paper else "",
        until=paper.until if paper and how in {MaterialHow.PENDING, MaterialHow.TOLERATED} else None,
    )


def _replacement(entry: FormMaterial, visit: Visit, form: Form, how: MaterialHow) -> Text | None:
    if how is MaterialHow.REPLACED_BY_CARD:
        shown = visit.identity.document if visit.identity else None
        return _DOCUMENTS.get(shown.kind, CARD) if shown else CARD
    if how is MaterialHow.REPLACED_BY_VERIFICATION:
        return next((c.rule.department for c in form.checks if c.rule.id in entry.material.replaced_by), None)
    return None


def _gap(gap: Gap, form: Form, catalogue: Catalogue, visit: Visit) -> GapView:
    label = _gap_label(gap, form, catalogue)
    field = _typed_for(gap, form, catalogue, visit) if gap.place is GapPlace.CONDITIONS else ""
    return GapView(gap.place, gap.key, label, gap.problem, field)


def _typed_for(gap: Gap, form: Form, catalogue: Catalogue, visit: Visit) -> str:
    """Return what a clerk typed that the condition looks at: there it can be mended."""
    looked_at = rule_of(_condition(gap, catalogue).expression).keys
    typed = {key for key, answer in visit.answers.items() if answer.origin is Origin.TYPED}
    keys = [field.element.key for _, fields in form.sections for field in fields]
    return next((key for key in keys if key in looked_at & typed), "")


def _condition(gap: Gap, catalogue: Catalogue) -> Condition:
    owner, _, index = gap.key.rpartition(":")
    return (catalogue.bundles.get(owner) or catalogue.items[owner]).conditions[int(index)]


def _gap_label(gap: Gap, form: Form, catalogue: Catalogue) -> Text:
    if gap.place is GapPlace.FORM:
        shown = _of_section(gap.key, form)
        return _against_each_other(shown, gap.key, form) if gap.problem is Problem.CONFLICT else shown
    if gap.place is GapPlace.CHECKS:
        return _first(c.rule.title for c in form.checks if c.rule.id == gap.key)
    if gap.place is GapPlace.MATERIALS:
        return _first(m.material.name for m in form.materials if m.material.id == gap.key)
    return _condition(gap, catalogue).fail


def _of_section(key: str, form: Form) -> Text:
    """Name a datum. "Name" alone could be anybody's: the section says whose."""
    label = form.field(key).element.label
    section = next(s.title for s, fields in form.sections if any(f.element.key == key for f in fields))
    return Text(f"{section.zh} · {label.zh}", f"{section.en} · {label.en}")


def _against_each_other(label: Text, key: str, form: Form) -> Text:
    """Name the items that leave nothing of a datum together: one of them has to be done on its own."""
    names = [item.name for item in form.items if any(f.element == key and f.choices for f in item.fields)]
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    return Text(f"{label.zh}（{zh}）", f"{label.en} ({en})")


def _first(texts: Iterable[Text]) -> Text:
    return next(iter(texts))
