"""What the ui shows: frozen values, masked already; codes instead of sentences, catalogue texts in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from catalogue.compare import Difference
from catalogue.model import Kind, Limit, Text
from wire.evaluation import Stage
from wire.lifecycle import steps_from
from wire.messages import EventKind, MaterialHow, Origin, Outcome, ResultCode, Role, SubCaseState, Verdict
from wire.reviews import EvaluationSums, ReviewOrder
from workstation.domain.approval import ProposalKind, Reason
from workstation.domain.audit import Standing
from workstation.domain.case import CaseFlag, CaseStatus, Step
from workstation.domain.clerk import Deed
from workstation.domain.diagnosis import ReaderDay
from workstation.domain.extension import Extension
from workstation.domain.failures import Failure
from workstation.domain.finding import FindBy
from workstation.domain.identity import CardStatus, CardWarning, DocumentKind
from workstation.domain.procedure import Procedure
from workstation.domain.slip import SlipKind
from workstation.domain.staleness import FRESH, Staleness
from workstation.domain.uploads import UploadState
from workstation.forms.model import GapPlace, Problem
from workstation.services.date_views import NO_DATES, NO_ITEM_DATES, CaseDatesView, ItemDatesView
from workstation.services.office_views import AgencyView, DeliveryView, OfficesView
from workstation.services.ports import CardPresence, KeyPlace
from workstation.services.step_views import CorrectionView


class StationStep(StrEnum):
    """What stands between the person and the desk."""

    NEW_KEY = "new_key"  # no store yet: choose a passphrase (or the keyring does it)
    UNLOCK = "unlock"  # a store is there: give its passphrase
    ENROL = "enrol"  # the store is open, the hall does not know this station yet
    SIGN_IN = "sign_in"
    OPEN = "open"  # somebody is signed in
    LOCKED = "locked"  # somebody is signed in and away: only they go on, or another person signs in
    CONFIRM = "confirm"  # enrolled: the hall's administrator compares the fingerprint first
    SHUT_OUT = "shut_out"  # the hall has revoked this device: nobody signs in any more


@dataclass(frozen=True, slots=True)
class StationView:
    """The top strip and the gate pages."""

    step: StationStep
    key_place: KeyPlace
    station: str = ""
    station_name: str = ""
    hall_url: str = ""
    fingerprint: str = ""  # of the device key, short
    clerk: str = ""
    window: str = ""
    roles: tuple[Role, ...] = ()
    login: str = ""
    card_resumes: bool = False  # the person's operator card unlocks too


class Link(StrEnum):
    """Whether the hall answers."""

    UNKNOWN = "unknown"
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"  # revoked, or the clock is wrong


@dataclass(frozen=True, slots=True)
class LinkView:
    """Three facts: link, age of the data, queue with the age of its oldest entry."""

    link: Link
    heard_at: datetime | None
    queued: int
    parked: int
    oldest: datetime | None
    staff_days_left: int | None = None  # told when the list of accounts gets too old for sign-in soon
    audit: Standing = Standing.GOOD  # how the audit chain stands with the hall
    copied: bool = False  # the hall takes nothing: this is a copy of the station's disk
    clock_behind_s: int = 0  # this machine's clock, behind the hall's; negative when it is ahead
    alone: Staleness = FRESH  # how long the station goes on without the hall
    trouble: str = ""  # code of why the hall does not answer or refuses, "" else
    scans: int = 0  # that a case names and the hall has not

    @property
    def unknown(self) -> bool:
        """Whether the hall has no such device: it was restored to before the enrolment."""
        return self.trouble == "device_unknown"


@dataclass(frozen=True, slots=True)
class PersonView:
    """The person strip, masked."""

    name: str
    id_no: str
    sex: str | None  # GB/T 2261.1 code
    birth_date: str  # masked: the year only
    card_no: str
    card_version: str
    valid_until: date | None
    card_status: CardStatus
    authenticated: bool
    pin_opens_more: bool  # the holder's PIN would tell where the holder lives
    warnings: tuple[CardWarning, ...]
    document: DocumentKind | None = None  # None: a social security card
    long_term: bool = False  # a document without an end


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of the form. `value` is what stands in the editor (clear: the clerk asks the person for it);
    `shown` is the masked text, which stands there instead until the clerk asks to see it. The editor shows what is
    being typed in clear, and for a moment after."""

    key: str
    label: Text
    kind: Kind
    options: tuple[tuple[str, Text], ...]
    value: str
    shown: str
    required: bool
    origin: Origin | None
    origin_name: Text | None  # the department or card that gave it
    used_by: tuple[Text, ...]
    problem: Problem | None  # of a value that is there; an empty field is a gap, not a problem
    max_length: int
    guarded: bool = False  # a change needs a reason
    awaited: bool = False  # a check that was not answered yet would fill it: nobody should type it meanwhile


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the form."""

    id: str
    title: Text
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """A verification chip. `outcome` is None until it was answered; `ready` says that it can be asked now."""

    rule: str
    title: Text
    department: Text
    replaces: Text
    ready: bool
    outcome: Outcome | None
    satisfied: bool
    evidence_no: str
    replied_at: datetime | None
    facts: tuple[tuple[str, str], ...]  # minimal facts, codes
    no_record: Text | None = None  # the register's own sentence for NO_RECORD
    needs_notice: bool = False  # the citizen was not told yet
    needs_consent: bool = False  # consent is the basis, and it was not given yet
    consent_is_basis: bool = False
    may_defer: bool = False  # a department owes the answer: the case may go on with a deadline
    until: date | None = None  # left open until this day
    may_dispute: bool = False
    disputed: bool = False
    verdict: Verdict | None = None  # of the department, on the last dispute
    material: str = ""  # id of the paper


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What the citizen is told before the first look-up. `parts` are (heading, body), filled with this visit's checks."""

    version: str
    title: Text
    short: Text
    parts: tuple[tuple[Text, Text], ...]
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class CardUseView:
    """Something the card in hand proves now; `saves` are the papers of this form that it saves."""

    name: Text
    department: Text
    saves: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CardProofView:
    """这张卡现在能证明: the live uses that work for this card; `planned` only says how many will come."""

    uses: tuple[CardUseView, ...]
    planned: int
    why_not: str = ""  # code: nothing is proven by a card that is "expired", "typed" or "no_card"


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A line of the checklist."""

    id: str
    name: Text
    required: bool
    how: MaterialHow
    replaced_by: Text | None  # department or card, when replaced
    evidence_no: str
    scans: int
    used_by: tuple[Text, ...]
    originals: int = 1
    copies: int = 0
    tolerable: bool = False
    commitment: bool = False
    promise: str = ""  # serial of the printed promise, signed or not
    until: date | None = None  # by when what stands open must be there


@dataclass(frozen=True, slots=True)
class GapView:
    """A line of the gap summary, which jumps to its place."""

    place: GapPlace
    key: str
    label: Text
    problem: Problem
    field: str = ""  # of a condition: the first field it looks at that was typed


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A date to promise: what an acceptance today would mean."""

    item: Text
    due: date | None  # None: no limit, or the calendar has ended
    after: tuple[Text, ...]
    due_at: datetime | None = None  # of a limit in hours or minutes
    legal: date | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """What a receipt and an acceptance today would mean for the whole matter; `ended` is the first day that is missing where
    the table of working days ends too soon."""

    today: date
    due: date | None  # the last of all items
    notice_on: date | None  # the fifth working day: after it silence counts as acceptance
    joint_on: date | None = None  # of several departments together, by law
    ended: date | None = None
    received: bool = False  # the five days run already


@dataclass(frozen=True, slots=True)
class RouteView:
    """An item that another window owns: received here for it, or not at all."""

    item: Text
    windows: tuple[Text, ...]
    received_here: bool
    id: str = ""  # of the item
    reasons: tuple[Text, ...] = ()  # why there
    printable: bool = False  # the table of offices knows where that is


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What the person gave before and could be taken over: names only, with the day of the newest case."""

    data: tuple[Text, ...]
    papers: tuple[Text, ...]
    newest: datetime


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """One thing that a newer release would change in a draft. `label` names the datum, paper or check, where there is one."""

    item: Text
    difference: Difference
    label: Text | None


@dataclass(frozen=True, slots=True)
class MemberView:
    """An optional member of the bundle: whether it is in, and whether the answers allow it at all."""

    item: str
    name: Text
    wanted: bool
    possible: bool


@dataclass(frozen=True, slots=True)
class VisitView:
    """The whole intake page."""

    case: str
    opened_at: datetime
    person: PersonView | None
    title: Text | None  # chosen bundle or item
    items: tuple[Text, ...]
    sections: tuple[SectionView, ...]
    checks: tuple[CheckView, ...]
    materials: tuple[MaterialView, ...]
    gaps: tuple[GapView, ...]
    promises: tuple[PromiseView, ...]
    fields_total: int
    fields_filled: int
    typed: int
    prefilled: int
    papers_saved: int
    saved_at: datetime | None
    receipt_no: str | None
    status: CaseStatus | None
    may_receive: bool
    may_accept: bool
    wrong_card: bool  # the card in the reader is not this person's: receive, accept and print are held
    optional: tuple[MemberView, ...] = ()
    situations: tuple[Text, ...] = ()  # where the answers have led in the items' question trees
    routes: tuple[RouteView, ...] = ()
    earlier: EarlierView | None = None
    release_changes: tuple[ReleaseChange, ...] = ()  # what a newer release would change in this draft
    provisional: bool = False  # received, and the hall has not confirmed the number yet
    notice: NoticeView | None = None  # None while nothing is to be asked
    card: CardProofView | None = None
    agency: AgencyView | None = None  # 代办: who is here for the person
    agency_allowed: bool = False  # every item may be filed by an agent
    relations: tuple[tuple[str, Text], ...] = ()  # that an agent may have to the person, by code
    receives_only: bool = False  # this station hands on whatever it receives
    what_if: WhatIfView | None = None  # what an acceptance today would mean


@dataclass(frozen=True, slots=True)
class DisputeView:
    """An 异议 and what became of it."""

    check: Text
    said: str
    at: datetime
    verdict: Verdict | None
    answer: str


@dataclass(frozen=True, slots=True)
class SavedRow:
    """One line of the day's ledger of papers saved: item, paper, what replaced it, how often."""

    item: Text
    paper: Text
    by: Text
    count: int


@dataclass(frozen=True, slots=True)
class SavedDay:
    """The ledger of one day at this station; `cases` are those that saved at least one paper."""

    day: date
    papers: int
    cases: int
    rows: tuple[SavedRow, ...]


@dataclass(frozen=True, slots=True)
class SubCaseView:
    """One item of a case."""

    item: Text
    department: Text
    state: SubCaseState
    promised_on: date | None
    result: ResultCode | None
    result_text: str
    licence: str
    decided_at: datetime | None
    procedures: tuple[Procedure, ...] = ()
    extensions: tuple[Extension, ...] = ()
    dates: ItemDatesView = NO_ITEM_DATES


@dataclass(frozen=True, slots=True)
class OverruledView:
    """The hall's word was taken: when and by whom, over which steps, why, and what the hall has by whom."""

    at: datetime
    clerk: str
    steps: tuple[EventKind, ...]
    code: str
    state: str
    by: str
    where: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A line of the work list, and the case page."""

    case: str
    receipt_no: str
    project_no: str | None
    title: Text
    applicant: str  # masked
    status: CaseStatus
    provisional: bool  # the hall has not confirmed it yet
    received_at: datetime
    accepted_at: datetime | None
    sub_cases: tuple[SubCaseView, ...]
    papers_saved: int
    printable: tuple[SlipKind, ...]
    result_prints: int
    received_by: str = ""  # login of who took it
    papers: tuple[tuple[Text, MaterialHow], ...] = ()
    waiting: tuple[tuple[Text, date], ...] = ()  # checks whose answers departments owe, and until when
    scans: int = 0  # that the case names
    papers_at: datetime | None = None  # when the last of them was at the hall
    lapsed: bool = False  # accepted, and a paper that was to be answered for is missing after all
    disputes: tuple[DisputeView, ...] = ()
    overruled: tuple[OverruledView, ...] = ()  # where the hall's word was taken over this station's
    due_on: date | None = None  # by when the next thing is owed, None when nothing is
    to_replace: bool = False  # the citizen holds a provisional slip, and the number is there
    dates: CaseDatesView = NO_DATES
    offices: OfficesView | None = None  # who receives, accepts and decides
    agency: AgencyView | None = None  # 代办
    delivery: DeliveryView | None = None  # 出件, once there is a result
    relations: tuple[tuple[str, Text], ...] = ()  # that an agent may have to the applicant, by code
    flags: tuple[CaseFlag, ...] = ()  # 容缺, 告知承诺, 代办, 通办, 离线收件
    corrections: tuple[CorrectionView, ...] = ()  # 补正, the first first
    version: int = 1  # of the receipt; from 2 on it was mended (更正)
    deemed_on: date | None = None  # 视为受理: the fifth working day, which passed in silence
    scanned: tuple[tuple[Text, str], ...] = ()  # name of the paper and SHA-256 of each of its scans

    @property
    def steps(self) -> tuple[Step, ...]:
        """What the table of steps has from here (wire/lifecycle.py)."""
        return steps_from(self.status)


@dataclass(frozen=True, slots=True)
class ProposalOptions:
    """What may be proposed for a case now; papers that may come later with the last day for each."""

    kinds: tuple[ProposalKind, ...]
    papers: tuple[tuple[str, Text, date], ...]


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What waits for a second person, side by side: the case as it stood, and what is proposed for it."""

    id: str
    sha256: str  # of exactly what is shown; signing names it
    kind: ProposalKind
    case: str
    receipt_no: str
    title: Text
    items: tuple[Text, ...]
    applicant: str  # masked
    applicant_id: str  # masked
    status: CaseStatus
    papers: tuple[tuple[Text, MaterialHow], ...]
    reason: Reason
    text: str
    competent_body: str
    material: Text | None
    until: date | None
    proposer: str
    proposed_at: datetime
    changed: bool  # case or draft is not what was shown any more: it cannot be signed
    mine: bool
    may_sign: bool  # the signed-in person may be the second one
    changes: tuple[
        tuple[Text, str, str], ...
    ] = ()  # of a 更正: what, what stands there, what shall stand there


@dataclass(frozen=True, slots=True)
class PrintView:
    """What came out of the printer; with `trouble` the sheet is in the ledger and did not come out, `held` waits for a look."""

    serial: str
    kind: SlipKind
    reprint: int
    path: str
    case: str
    trouble: Failure | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class ReaderView:
    """Reader health for the strip and the station page."""

    presence: CardPresence
    today: tuple[ReaderDay, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditView:
    """How the audit chain stands with the hall. `exposed` entries are signed by nobody yet: the hall must trust this
    machine for them, and nobody else can prove that they were not changed."""

    standing: Standing
    trouble: str  # the hall's code when it refused, "" else
    entries: int
    exposed: int
    exposed_since: datetime | None  # when the oldest of them was written
    stamped_seq: int
    stamped_at: datetime | None
    actors: tuple[str, ...]  # logins, to choose from


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One deed as an auditor reads it: no person but who did it."""

    seq: int
    at: datetime
    actor: str
    deed: Deed
    case: str
    note: str
    asked: Text | None  # of a look-up: what was asked
    why: Text | None  # of a look-up: its purpose


@dataclass(frozen=True, slots=True)
class PurgeView:
    """What a purge did, or would do: ids, kinds and numbers, no persons."""

    at: datetime
    cases: tuple[str, ...]
    counts: Mapping[str, int]
    rule: str
    kept_unsent: int  # due, and kept because the hall does not have all of it
    number: int = 0  # of the report, 0 for a dry run


@dataclass(frozen=True, slots=True)
class FoundView:
    """What a search found, the last that came in first."""

    by: FindBy | None  # what was typed was taken for; None: too little to look for anybody
    cases: tuple[CaseView, ...]
    more: bool  # there are more than are shown
    left: int  # cases, at most, that cannot be found yet: the index is being made beside the counter


@dataclass(frozen=True, slots=True)
class UploadView:
    """A scan on its way: `size` and `sent` in bytes; `receipt_no` of a case that names it; `trouble` is a code."""

    sha256: str
    size: int
    sent: int
    state: UploadState
    trouble: str
    case: str
    receipt_no: str


@dataclass(frozen=True, slots=True)
class UploadsView:
    """The lane of scans: its two switches, and what waits in it, the next to go first (at most 100)."""

    paused: bool
    metered: bool
    metered_limit: int  # bytes; larger ones wait while `metered`
    items: tuple[UploadView, ...]


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What the citizen's window needs: whose visit, and `key`, the hall's public key (base64url) that the answer is sealed
    for before it leaves the window."""

    visit: str
    case: str
    receipt_no: str
    stage: Stage
    window: str
    centre: str
    key: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A bad review as a supervisor sees it; `names` are people by login."""

    order: ReviewOrder
    names: Mapping[str, str]
    mine: bool


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """What waits, and the sums of the station."""

    items: tuple[ReviewView, ...]
    sums: EvaluationSums
