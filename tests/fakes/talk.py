"""One scripted talk: what was said so far, and the view that the fake desk shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from catalogue.model import Kind, Limit, Offer, Text
from tests.fakes import newborn
from tests.fakes.newborn import ASKS, LOOKS, MEMBERS, NOW, SECTIONS, SHEETS, Ask, Look
from wire.messages import MaterialHow, Origin, Outcome, Party, VerificationQuery
from workstation.domain.case import CaseStatus
from workstation.domain.identity import Identity, mask_date, mask_id, mask_name, mask_text
from workstation.domain.verification import DISPUTABLE, OWED, Check
from workstation.forms.model import GapPlace, Problem
from workstation.services.show_visit import show_person
from workstation.services.views import (
    CardProofView,
    CardUseView,
    CheckView,
    FieldView,
    GapView,
    MaterialView,
    NoticeView,
    PersonView,
    PromiseView,
    SectionView,
    VisitView,
    WhatIfView,
)

SATISFIED = (Outcome.MATCH, Outcome.RECORD_FOUND)
_CARD = Text("社会保障卡", "Social security card")
NO_RECORD = Text("未查到登记记录（不等于未婚）", "No record found (this does not mean unmarried)")


@dataclass(slots=True)
class Talk:
    """The state of one visit; `opened` says that there is one."""

    case: str
    outcomes: dict[str, Outcome]
    opened: bool = False
    person: Identity | None = None
    wrong_card: bool = False
    chosen: Offer | None = None
    values: dict[str, tuple[str, Origin]] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    scans: dict[str, int] = field(default_factory=dict)
    receipt_no: str | None = None
    status: CaseStatus | None = None
    notified: bool = True
    wants_consent: set[str] = field(default_factory=set)
    left_open: set[str] = field(default_factory=set)
    disputed: set[str] = field(default_factory=set)
    promisable: set[str] = field(default_factory=set)
    promised: dict[str, bool] = field(default_factory=dict)  # paper -> signed

    def prefill(self) -> None:
        if self.chosen is None:
            return
        for key, ask in ASKS.items():
            if ask.card and self.person is not None:
                self.values.setdefault(key, (str(getattr(self.person, ask.card)), Origin.CARD))
            elif ask.default:
                self.values.setdefault(key, (ask.default, Origin.DEFAULT))

    def looks(self) -> Iterable[Look]:
        return LOOKS if self.chosen is not None else ()

    def askable(self, look: Look) -> bool:
        """Say whether the check can be asked: also again, when the register was down."""
        good = all(
            key in self.values and _problem(ASKS[key], self.values[key][0]) is None for key in look.needs
        )
        asked = self.checks.get(look.rule)
        down = asked is not None and asked.outcome is Outcome.UNAVAILABLE
        return good and (asked is None or down or not asked.answers(self.query(look)))

    def ready(self, look: Look) -> bool:
        """Say whether the check can be asked and was never answered for these values."""
        asked = self.checks.get(look.rule)
        return (
            self.notified
            and look.rule not in self.wants_consent
            and self.askable(look)
            and (asked is None or not asked.answers(self.query(look)))
        )

    def query(self, look: Look) -> VerificationQuery:
        party = Party("测试一", "111", "44010018990101002X")
        params = {key: self.values[key][0] for key in look.needs if key in self.values}
        return VerificationQuery(
            f"q-{look.rule}",
            self.case,
            "birth_entry",
            look.rule,
            look.service,
            "",
            "",
            look.material,
            "c1",
            party,
            params,
        )

    def field_of(self, ask: Ask) -> FieldView:
        value, origin = self.values.get(ask.key, ("", None))
        names = {Origin.CARD: _CARD, Origin.VERIFICATION: Text("公安", "Public security")}
        return FieldView(
            ask.key,
            ask.label,
            ask.kind,
            ask.options,
            value,
            _mask(ask.kind, value) if ask.masked else value,
            ask.required,
            origin,
            names.get(origin) if origin is not None else None,
            tuple(MEMBERS[i] for i in ask.used_by),
            _problem(ask, value) if value else None,
            50,
            guarded=origin in (Origin.CARD, Origin.VERIFICATION),
        )

    def sections(self) -> tuple[SectionView, ...]:
        if self.chosen is None:
            return ()
        return tuple(SectionView(i, title, tuple(map(self.field_of, asks))) for i, title, asks in SECTIONS)

    def check_of(self, look: Look) -> CheckView:
        sheet = next(sheet for sheet in SHEETS if sheet.id == look.material)
        got = self.checks.get(look.rule)
        outcome = got.outcome if got else None
        return CheckView(
            look.rule,
            look.title,
            look.department,
            sheet.name,
            self.ready(look),
            outcome,
            outcome in SATISFIED,
            got.reply.evidence_no if got else "",
            got.reply.replied_at if got else None,
            (),
            no_record=NO_RECORD if look.rule == "marriage" else None,
            needs_consent=look.rule in self.wants_consent,
            may_defer=outcome in OWED and look.rule not in self.left_open,
            until=date(2026, 1, 8) if look.rule in self.left_open else None,
            may_dispute=outcome in DISPUTABLE and look.rule not in self.disputed,
            disputed=look.rule in self.disputed,
            material=look.material,
        )

    def materials(self) -> tuple[MaterialView, ...]:
        shown = []
        for sheet in SHEETS if self.chosen is not None else ():
            how, by, evidence = sheet.how, _CARD if sheet.how is MaterialHow.REPLACED_BY_CARD else None, ""
            for look in LOOKS:
                check = self.checks.get(look.rule)
                if look.material == sheet.id and check is not None and check.outcome in SATISFIED:
                    how, by, evidence = (
                        MaterialHow.REPLACED_BY_VERIFICATION,
                        look.department,
                        check.reply.evidence_no,
                    )
            scans = self.scans.get(sheet.id, 0)
            if how is MaterialHow.MISSING and sheet.id in self.seen:
                how = MaterialHow.ORIGINAL_SEEN
            elif how is MaterialHow.MISSING and scans:
                how = MaterialHow.SCANNED
            elif how is MaterialHow.MISSING and self.promised.get(sheet.id):
                how = MaterialHow.COMMITTED
            elif (
                how is MaterialHow.MISSING
                and {x.rule for x in LOOKS if x.material == sheet.id} & self.left_open
            ):
                how = MaterialHow.PENDING
            shown.append(
                MaterialView(
                    sheet.id,
                    sheet.name,
                    sheet.required,
                    how,
                    by,
                    evidence,
                    scans,
                    MEMBERS[:1],
                    commitment=sheet.id in self.promisable,
                    promise="440104260105COM00017" if sheet.id in self.promised else "",
                    until=date(2026, 1, 8) if how is MaterialHow.PENDING else None,
                )
            )
        return tuple(shown)

    def gaps(self) -> tuple[GapView, ...]:
        fields = [field for section in self.sections() for field in section.fields]
        gaps = [
            GapView(GapPlace.FORM, field.key, field.label, field.problem or Problem.MISSING)
            for field in fields
            if field.problem is not None or (field.required and not field.value)
        ]
        missing = {paper.id for paper in self.materials() if paper.how is MaterialHow.MISSING}
        for look in self.looks():
            check = self.check_of(look)
            if not check.satisfied and look.material in missing:
                asked = Problem.CHECK_NOT_ASKED if check.outcome is None else Problem.CHECK_NEGATIVE
                problem = Problem.CHECK_UNAVAILABLE if check.outcome is Outcome.UNAVAILABLE else asked
                gaps.append(GapView(GapPlace.CHECKS, look.rule, look.title, problem))
        gaps.extend(
            GapView(GapPlace.MATERIALS, paper.id, paper.name, Problem.PAPER_MISSING)
            for paper in self.materials()
            if paper.required and paper.id in missing
        )
        return tuple(gaps)

    def person_view(self) -> PersonView | None:
        return show_person(self.person, newborn.TODAY) if self.person else None

    def what_if(self) -> WhatIfView | None:
        if self.chosen is None:
            return None
        received = self.status is CaseStatus.RECEIVED
        return WhatIfView(
            newborn.TODAY, date(2026, 1, 15), date(2026, 1, 12), date(2026, 3, 17), received=received
        )

    def view(self) -> VisitView:
        sections, materials, gaps = self.sections(), self.materials(), self.gaps()
        fields = [field for section in sections for field in section.fields]
        filled = [field for field in fields if field.value]
        ready = self.chosen is not None and self.person is not None and not self.wrong_card
        promises = (
            PromiseView(MEMBERS[0], date(2026, 1, 12), (), None, date(2026, 2, 2), Limit(5, "workday")),
            PromiseView(MEMBERS[1], date(2026, 1, 15), MEMBERS[:1], limit=Limit(3, "workday")),
            PromiseView(MEMBERS[2], date(2026, 1, 15), MEMBERS[:1], limit=Limit(3, "workday")),
        )
        return VisitView(
            self.case,
            NOW,
            self.person_view(),
            self.chosen.name if self.chosen else None,
            (self.chosen.members or (self.chosen.name,)) if self.chosen else (),
            sections,
            tuple(self.check_of(look) for look in self.looks()),
            materials,
            gaps,
            promises if self.chosen else (),
            len(fields),
            len(filled),
            sum(field.origin is Origin.TYPED for field in filled),
            sum(field.origin is not Origin.TYPED for field in filled),
            sum(
                paper.how in (MaterialHow.REPLACED_BY_CARD, MaterialHow.REPLACED_BY_VERIFICATION)
                for paper in materials
            ),
            NOW if self.opened else None,
            self.receipt_no,
            self.status,
            ready and self.receipt_no is None and all(gap.place is not GapPlace.FORM for gap in gaps),
            ready and self.status is CaseStatus.RECEIVED and not gaps,
            self.wrong_card,
            what_if=self.what_if(),
            notice=NoticeView(
                "2026-1",
                Text("部门核验告知", "Notice of look-ups"),
                Text(
                    "将向民政、公安查询婚姻登记、户籍；只用于办这件事",
                    "Civil affairs and police will be asked",
                ),
                ((Text("谁在查", "Who"), Text("测试街政务服务中心", "The centre")),),
                NOW if self.notified else None,
            )
            if self.chosen
            else None,
            card=CardProofView((CardUseView(Text("身份凭证", "Identity"), Text("人社", "HR"), ()),), 82)
            if self.person
            else None,
        )


def canonical(ask: Ask, typed: str) -> str:
    text = typed.strip()
    if ask.kind is Kind.CODE:
        return next((code for code, label in ask.options if text in (code, label.zh)), text)
    if ask.kind is Kind.DATE and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text.upper() if ask.kind in (Kind.CITIZEN_ID, Kind.BIRTH_CERTIFICATE_NO) else text


def _problem(ask: Ask, value: str) -> Problem | None:
    if ask.kind is Kind.CITIZEN_ID:
        if len(value) != 18 or not value[:17].isdigit():
            return Problem.ID_LENGTH
        total = sum(int(c) * (1 << (17 - i)) for i, c in enumerate(value[:17]))
        return None if "10X98765432"[total % 11] == value[-1] else Problem.ID_CHECK
    if ask.kind is Kind.CODE and value not in dict(ask.options):
        return Problem.CODE_UNKNOWN
    if ask.kind is Kind.DATE and (len(value) != 10 or value[4] != "-"):
        return Problem.DATE_FORM
    if ask.kind is Kind.PHONE and not (value.isdigit() and len(value) == 11):
        return Problem.PHONE_FORM
    if ask.kind is Kind.BIRTH_CERTIFICATE_NO and not (len(value) == 10 and value[1:].isdigit()):
        return Problem.CERTIFICATE_FORM
    return None


def _mask(kind: Kind, value: str) -> str:
    if kind is Kind.NAME:
        return mask_name(value)
    if kind is Kind.DATE:
        return mask_date(value)
    return mask_text(value) if kind is Kind.ADDRESS else mask_id(value)
