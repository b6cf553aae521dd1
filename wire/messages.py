"""The messages between workstation and hall: frozen values without behaviour.

Times are aware datetimes in UTC; hashes are lowercase hex SHA-256; keys and signatures are base64url
without padding. See docs/wire.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wire.agency import Agency
from wire.epoch import HeardBefore
from wire.standing import CaseStanding

WIRE_VERSION = 1
MAX_BATCH = 100
MAX_BODY_BYTES = 1_000_000


# -- algorithms --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Algorithms:
    """A set of algorithms by name (wire/algorithms.py); the defaults are what there was before sets had names."""

    name: str = "standard"
    signature: str = "ed25519"
    digest: str = "sha-256"
    cipher: str = "aes-256-gcm"


# -- enrolment ---------------------------------------------------------------------------------------
class Role(StrEnum):
    """What a person may do (domain.md 3.5). A community agent receives and forwards, never accepts."""

    CLERK = "clerk"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"  # reads what was done, changes nothing
    AUTHOR = "author"  # catalogue author
    ADMIN = "admin"  # station administrator: reader, printer, diagnosis, never a person's data


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """An account as the hall gives it to an enrolled station for sign-in without network."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password_hash: str  # argon2id, PHC string; the hall never keeps the password
    window: str  # two digits
    person: str = ""  # the hall's id of the human being: the same for every account that one ever has
    card_key: str | None = (
        None  # Ed25519 public key of the operator card; with one, a password alone does not do
    )


@dataclass(frozen=True, slots=True)
class StaffPolicy:
    """What a station may do with a staff list while it does not hear the hall.

    `offline_approvals` are the kinds of proposal that a second person may sign without the hall.
    """

    sign_in_days: int = 5  # how long the list is good for sign-in
    warn_days: int = 2  # how many days before its end the station warns
    offline_approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everybody who may sign in at a station, as of `issued_at`; signed like a VerificationReply.

    `number` grows with every change of the station's staff; a station takes none before the one it holds.
    """

    station: str
    number: int
    issued_at: datetime
    policy: StaffPolicy
    accounts: tuple[StaffAccount, ...]
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A station asks to be known. `code` is the hall's one-time code."""

    code: str
    public_key: str  # Ed25519, raw 32 bytes, base64url
    proof: str  # signature of the device key over the code's UTF-8 bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The hall's answer to a good enrolment."""

    device: str
    incarnation: int
    epoch: str
    station: str  # six characters, first part of every receipt number
    station_name: str
    level: str  # street or community: a community station receives and forwards only
    hall_key: str  # Ed25519 public key of the hall
    staff: tuple[StaffAccount, ...]  # none before somebody has confirmed the device
    algorithms: Algorithms = Algorithms()  # what the hall has chosen; nothing else is believed afterwards
    confirmed: bool = (
        True  # False: an administrator compares the fingerprints first (wire/devices.DeviceState)
    )
    lane: str = ""  # of the receipt numbers (wire/numbers.py); "" from a hall of before there were lanes


# -- push --------------------------------------------------------------------------------------------
class EventKind(StrEnum):
    """Steps told to the hall, one message each; the Guangdong table names are in docs/wire.md."""

    CASE_RECEIVED = "case_received"  # 收件, SB
    CASE_ACCEPTED = "case_accepted"  # 受理, SL
    SLIP_PRINTED = "slip_printed"
    RESULT_COLLECTED = "result_collected"  # 领取登记, LQDJ
    VERIFICATION_DISPUTED = "verification_disputed"  # 异议: the citizen says that a reply is wrong
    PAPERS_CHANGED = "papers_changed"  # after the acceptance: an owed answer came, or the paper was brought
    CASE_NOT_ACCEPTED = "case_not_accepted"  # 不予受理, SL
    CASE_VOIDED = "case_voided"  # 作废: received by mistake
    CASE_REOPENED = "case_reopened"  # 恢复办理
    # Between offices, and to whoever the result is for (wire/forwarding.py, wire/delivery.py).
    CASE_FORWARDED = "case_forwarded"  # 转报: another office accepts
    PAPERS_TAKEN = "papers_taken"  # 物料流转: the other office has the papers
    DELIVERY_ORDERED = "delivery_ordered"  # 出件: how the result will reach its receiver
    DELIVERY_RECALLED = "delivery_recalled"
    # What these say stands in wire/corrections.py.
    CORRECTION_ASKED = "correction_asked"  # 补正告知, BJGZ: the clock stands still
    CORRECTION_ANSWERED = "correction_answered"  # 补正受理, BJSL: it goes on
    CASE_RETURNED = "case_returned"  # 退件, BJ
    CASE_WITHDRAWN = "case_withdrawn"  # 撤回, BJ: the whole case, or some of its items
    RECEIPT_AMENDED = "receipt_amended"  # 更正: the same number in a new version
    EVALUATION_GIVEN = "evaluation_given"  # 好差评, sealed (wire/evaluation.py)
    SLIP_VOIDED = "slip_voided"  # a sheet counts no more
    SLIP_SETTLED = "slip_settled"  # 出纸: what became of a sheet (wire/sheets.py)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as it waits in the outbox and travels. `body` is the canonical JSON of the kind's body.

    `sha256` is over the body's UTF-8 bytes; `prev` is the sha256 of the envelope before it by `seq`
    (64 zeros for the first), so that the hall can prove that nothing is missing.
    """

    id: str  # UUIDv7
    seq: int  # from 1, gapless per device and incarnation
    subject: str  # case id
    kind: EventKind
    at: datetime
    actor: str  # login of the person at the counter
    body: str
    sha256: str
    prev: str
    digest: str = "sha-256"  # what made `sha256` and `prev`


class PushStatus(StrEnum):
    """What became of one envelope."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class PushRequest:
    """A batch, at most MAX_BATCH envelopes and MAX_BODY_BYTES, in order of `seq`."""

    device: str
    incarnation: int
    epoch: str
    items: tuple[Envelope, ...]
    before: tuple[HeardBefore, ...] = ()  # of these events, what the hall signed before it was restored


@dataclass(frozen=True, slots=True)
class HallReceipt:
    """The hall's signed word that it holds an event: only with it may the outbox forget.

    `signature` is over the canonical JSON of {event, sha256, received_at, hall} and, where it is named, `algorithm`. Where there
    is a `path`, it is over the root to which that leads from there (wire/tree.py): the hall signs once for a whole batch, and
    each receipt still proves its event by itself, offline.
    """

    event: str
    sha256: str
    received_at: datetime
    hall: str  # hall key id
    signature: str
    algorithm: str = ""  # of the signature; "" is Ed25519 before it had a name
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PushResult:
    """One answer per envelope. `code` says why for every status but applied and duplicate; `standing` is what the hall
    has instead, with a conflict."""

    id: str
    status: PushStatus
    code: str | None = None
    receipt: HallReceipt | None = None
    standing: CaseStanding | None = None


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """Answers in the order of the batch."""

    epoch: str
    results: tuple[PushResult, ...]


# -- bodies of events ----------------------------------------------------------------------------------
class Origin(StrEnum):
    """Where an answer came from; the order is the precedence, strongest first."""

    CARD = "card"
    VERIFICATION = "verification"
    E_LICENCE = "e_licence"
    EARLIER_CASE = "earlier_case"
    TYPED = "typed"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class AnswerOnWire:
    """One answer. `value` is the canonical text of the element's kind."""

    value: str
    origin: Origin


class MaterialHow(StrEnum):
    """How a paper was satisfied (domain.md 3.5 CaseMaterial)."""

    REPLACED_BY_CARD = "replaced_by_card"
    REPLACED_BY_VERIFICATION = "replaced_by_verification"
    ORIGINAL_SEEN = "original_seen"
    SCANNED = "scanned"
    TOLERATED = "tolerated"  # 容缺: to be brought by a day, two persons said so
    COMMITTED = "committed"  # 告知承诺: the applicant's signed promise stands for it
    PENDING = "pending"  # a register owes its answer by a day and is asked again by itself
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class MaterialOnWire:
    """One paper of a case; `evidence` is the reply number, or the serial of the signed promise; `blobs` are sha256 of
    scans; `until` is the last day by which what stands open must be there."""

    material: str
    how: MaterialHow
    evidence: str | None = None
    blobs: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SubCaseOrder:
    """One item of a case and what must be decided before it starts."""

    item: str
    item_version: str
    department: str
    after: tuple[str, ...]
    situation: str = (
        ""  # 情形: its code (事项情形编码), the author's id where the department has none, "" without one
    )


@dataclass(frozen=True, slots=True)
class Party:
    """A person in a role. `id_type` is GA/T 2000.156 (111 = resident identity number)."""

    name: str
    id_type: str
    id_no: str


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """The citizen was told who asks what, why and for how long (PIPL art. 17) before the first look-up.

    `version` is that of the text; `consents` are the rules for which consent is the basis and was given (art. 13 (1) 1).
    """

    version: str
    at: datetime
    clerk: str
    consents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReceived:
    """收件: the counter holds the papers. This is not acceptance."""

    receipt_no: str
    station: str
    window: str
    clerk: str
    received_at: datetime
    catalogue: str
    bundle: str | None
    sub_cases: tuple[SubCaseOrder, ...]
    applicant: Party
    answers: Mapping[str, AnswerOnWire]
    materials: tuple[MaterialOnWire, ...]
    verifications: tuple[str, ...]  # evidence numbers
    offline: bool
    agent: Party | None = None
    notice: NoticeGiven | None = None
    agency: Agency | None = None  # the agent's power of attorney


@dataclass(frozen=True, slots=True)
class Approval:
    """What the second person signed: the hash of exactly what was shown, and how they proved who they are.

    `shown` is the canonical JSON of the frozen view, `sha256` its hash. `credential` is "password" (the station
    vouches that it was typed) or "card" (`signature` is Ed25519 by the account's card over `wire.approval.text_of`).
    """

    proposal: str
    kind: str  # refuse, tolerate, void, reopen
    shown: str
    sha256: str
    proposer: str  # login
    proposed_at: datetime
    approver: str  # login
    approved_at: datetime
    credential: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A secondary paper to be brought by a day (容缺), not after the promised one, and who said so."""

    material: str
    until: date
    approval: Approval


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """受理: the clock runs and a decision is owed. `promised` maps item id to the promised date.

    `materials` and `verifications` are as they stand now: papers may come between receipt and acceptance.
    """

    receipt_no: str
    clerk: str
    accepted_at: datetime
    promised: Mapping[str, date]
    materials: tuple[MaterialOnWire, ...] = ()
    verifications: tuple[str, ...] = ()
    tolerances: tuple[Tolerance, ...] = ()  # one for each paper that stands as TOLERATED


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """Body of case_not_accepted and case_voided: two persons said so. `reason` is a code, `text` the clerk's words."""

    receipt_no: str
    clerk: str  # who proposed it
    closed_at: datetime
    reason: str
    text: str
    competent_body: str  # where to go instead, "" when nobody else is competent
    approval: Approval


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """Body of case_reopened: a case that was refused or voided is received again, under its old number."""

    receipt_no: str
    clerk: str  # who proposed it
    reopened_at: datetime
    reason: str
    text: str
    approval: Approval


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A sheet left the printer: serial, kind and whether it is a reprint (补打 n, 0 = first)."""

    receipt_no: str
    slip: str
    serial: str
    reprint: int
    clerk: str
    printed_at: datetime
    version: str = ""  # of the template
    content: str = ""  # the beginning of the SHA-256 of what stands on it, as in its code (wire/slips.py)
    provisional: bool = False  # 临时收件


@dataclass(frozen=True, slots=True)
class SlipVoided:
    """A sheet counts no more: another one stands for it, or what it says is no longer so."""

    receipt_no: str
    slip: str
    serial: str
    reason: str  # replaced, corrected, returned, mistaken
    replaced_by: str  # serial, "" when nothing stands for it
    clerk: str
    voided_at: datetime


@dataclass(frozen=True, slots=True)
class VerificationDisputed:
    """异议: a reply that the citizen says is wrong. `query` is the look-up's id, which the hall knows; it goes on to the
    department that gave the reply. `sheet` is the serial of the printed 异议单."""

    dispute: str  # UUIDv7
    query: str
    evidence_no: str
    item: str
    rule: str
    citizen: Party
    said: str  # what the citizen says, at most 500 characters
    sheet: str
    clerk: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class PapersChanged:
    """How the papers of an accepted case stand now: all of them, as in CaseAccepted."""

    receipt_no: str
    clerk: str  # "station" when an answer came by itself
    changed_at: datetime
    materials: tuple[MaterialOnWire, ...]


# -- changes -----------------------------------------------------------------------------------------
class ChangeKind(StrEnum):
    """What the hall tells its stations."""

    CASE_REGISTERED = "case_registered"
    SUB_CASE_MOVED = "sub_case_moved"
    CASE_CONCLUDED = "case_concluded"
    DISPUTE_ANSWERED = "dispute_answered"
    PROCEDURE_BEGUN = "procedure_begun"  # 特别程序: the clock of a sub-case stands still (wire/procedures.py)
    PROCEDURE_ENDED = "procedure_ended"
    CASE_STANDS = "case_stands"  # only in a snapshot: everything at once (wire/snapshot.py)
    PAPERS_COMPLETE = "papers_complete"  # body: wire/uploads.PapersComplete
    DATES_TOLD = "dates_told"  # the hall's own dates of a case (wire/dates.py)
    EXTENDED = "extended"  # 延长审批: a sub-case's limits are longer
    # Bodies: wire/forwarding.py, wire/delivery.py.
    CASE_FORWARDED = "case_forwarded"
    PAPERS_TAKEN = "papers_taken"
    ACCEPTED_THERE = "accepted_there"
    ENDED_THERE = "ended_there"
    DELIVERY_MOVED = "delivery_moved"
    RESULT_COLLECTED = "result_collected"
    CASE_DEEMED_ACCEPTED = "case_deemed_accepted"  # 视为受理; body: wire/corrections.DeemedAccepted


class SubCaseState(StrEnum):
    """Where a sub-case is. WAITING means: for the result of another item."""

    WAITING = "waiting"
    DISPATCHED = "dispatched"
    IN_REVIEW = "in_review"
    DECIDED = "decided"


class ResultCode(StrEnum):
    """How a sub-case ended, our own code (national lists disagree: domain.md 3.2)."""

    GRANTED = "granted"
    DENIED = "denied"
    VOIDED = "voided"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Result:
    """A department's decision on one item. `licence_no` is the e-licence number where one was issued; `basis` is the clause
    of law under which it was denied."""

    code: ResultCode
    text: str  # the department's words, Chinese
    department: str
    decided_by: str
    decided_at: datetime
    licence_name: str | None = None
    licence_no: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CodedResult:
    """A decision as a department's own system writes it: `code` is one of the list named by `codes` ("A", "B"), which
    the hall's table knows. Otherwise like Result."""

    codes: str
    code: str
    text: str
    department: str
    decided_by: str
    decided_at: datetime
    licence_name: str | None = None
    licence_no: str | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CaseRegistered:
    """The hall knows the case and gave it its number (办件编号)."""

    receipt_no: str
    project_no: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class SubCaseMoved:
    """A sub-case changed its state; `result` is set when DECIDED."""

    item: str
    state: SubCaseState
    at: datetime
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class CaseConcluded:
    """All sub-cases are decided. `seal` is the hall's signed token for the QR code (wire/seal.py)."""

    project_no: str
    concluded_at: datetime
    seal: str


class Verdict(StrEnum):
    """What a department says of a dispute."""

    UPHELD = "upheld"  # 维持: the reply was right
    CORRECTED = "corrected"  # 更正: the register was wrong and has been mended; whoever asks again hears so


@dataclass(frozen=True, slots=True)
class DisputeAnswered:
    """A department has looked at a dispute. `text` is its own words."""

    dispute: str
    verdict: Verdict
    text: str
    department: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change feed. `body` is the canonical JSON of the kind's body."""

    subject: str  # case id
    rev: int  # per case, from 1
    kind: ChangeKind
    body: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of the feed; the cursor is opaque and is stored with the changes it follows. Signed like a VerificationReply.

    `station` and `after`, the cursor that was asked for, keep an old page and another station's from passing for this one.
    """

    epoch: str
    items: tuple[Change, ...]
    cursor: str
    more: bool
    station: str = ""
    after: str = ""
    hall: str = ""  # hall key id
    signature: str = ""
    algorithm: str = ""


# -- verification --------------------------------------------------------------------------------------
class Outcome(StrEnum):
    """What an internal check said. NO_RECORD never means "single" (domain.md 4.1)."""

    MATCH = "match"
    NO_MATCH = "no_match"
    RECORD_FOUND = "record_found"
    NO_RECORD = "no_record"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"
    DENIED = "denied"
    EXPIRED = "expired"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class VerificationQuery:
    """A look-up with its reason: no case, item or purpose, no answer."""

    id: str  # UUIDv7
    case: str
    item: str
    rule: str  # VerificationRule.id
    service: str
    purpose: str
    legal_basis: str
    replaces: str  # material id
    clerk: str
    sponsor: Party  # the represented person
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerificationReply:
    """The department's answer through the hall, minimal facts only, signed by the hall.

    `signature` is over the canonical JSON of every other field; `algorithm` names it, "" is Ed25519 before it had a name.
    """

    query: str
    service: str
    outcome: Outcome
    facts: Mapping[str, str]
    source: str  # the department's name
    evidence_no: str
    replied_at: datetime
    valid_until: datetime  # of PENDING: until when the register owes its answer
    signature: str
    algorithm: str = ""
    retry_at: datetime | None = None  # of UNAVAILABLE: before this the hall does not ask the register again


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something odd about look-ups that an auditor must see. Names the clerk and the case, never the person asked about."""

    id: str
    at: datetime
    station: str
    clerk: str  # login
    kind: str  # self, relative, volume, limit
    case: str
    service: str
    count: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """The alarms of a station, newest first."""

    items: tuple[Alarm, ...]


# -- catalogue -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CatalogueManifest:
    """What the hall publishes: a release by number and hash, signed like a VerificationReply.

    Numbers only grow: a station that has seen one takes none before it. A version names one content for ever, because
    cases are pinned to it.
    """

    number: int
    version: str
    sha256: str
    size: int  # bytes
    issued_at: datetime
    signature: str
    algorithm: str = ""


# -- card keys -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CardRandoms:
    """The two numbers of one authentication, 16 hex digits each: session factor and text to be enciphered."""

    factor: str
    original: str


@dataclass(frozen=True, slots=True)
class CardChallenge:
    """Asks the key server for the cryptograms of one card (cards.md 2.4). Names the card, never its holder."""

    region: str  # six digits
    historical: str  # 26 hex digits of the answer to reset
    cipher: str  # wire.card_keys.CardCipher
    identification_code: str  # 32 hex digits
    internal: CardRandoms
    external: CardRandoms | None  # only for cards whose holder's data need it (3.0)


@dataclass(frozen=True, slots=True)
class CardCryptograms:
    """What a genuine card answers to `internal`, and what it takes for `external`: 16 hex digits each."""

    internal: str
    external: str | None


# -- electronic social security card -------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ElectronicCardQuery:
    """Asks whose electronic card a token is (cards.md 2.6). The token is opaque and lives for about a minute:
    it is passed on once and kept nowhere, neither here nor in the hall."""

    id: str
    token: str = field(repr=False)
    clerk: str


@dataclass(frozen=True, slots=True)
class ElectronicCardReply:
    """Whose card it is, as its platform says; signed by the hall like a VerificationReply."""

    query: str
    name: str
    id_no: str
    source: str  # the platform's name
    evidence_no: str
    replied_at: datetime
    valid_until: date | None  # of the card
    signature: str
    algorithm: str = ""


# -- audit ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AuditHead:
    """A station shows the head of its audit chain: the newest entry, and the one the hall countersigned last.

    `old_seq` is 0 and `old_hash` 64 zeros before the first stamp.
    """

    device: str
    incarnation: int
    seq: int
    hash: str
    old_seq: int
    old_hash: str


@dataclass(frozen=True, slots=True)
class AuditStamp:
    """The hall's word that a device's chain had this entry at this place; signed like a VerificationReply."""

    device: str
    incarnation: int
    seq: int
    hash: str
    at: datetime
    hall: str  # hall key id
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class AuditStamps:
    """Every stamp of one device that the hall has given, in order of `seq`."""

    stamps: tuple[AuditStamp, ...]


# -- recovery of a store's key -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The key to which stations wrap the key of their store; signed like a VerificationReply."""

    public: str  # X25519, raw 32 bytes
    hall: str  # hall key id
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryWrap:
    """A store's key, sealed for the hall's recovery key (wire.recovery), and how its disk proves itself later."""

    device: str
    recovery_key: str  # key id of the public key it was sealed for
    sealed: str
    proof_sha256: str  # of the secret in the station's key.json


@dataclass(frozen=True, slots=True)
class RecoveryRequest:
    """A station that lost its key asks for it, with the one-time code of its administrator."""

    device: str
    code_sha256: str
    proof: str  # the secret in key.json


@dataclass(frozen=True, slots=True)
class RecoveryGrant:
    """The store's key, sealed under the one-time code (wire.recovery)."""

    device: str
    sealed: str


# -- troubles ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Trouble:
    """The body of every answer that is not 2xx. `code` is from a closed list in docs/wire.md."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    server_time: datetime | None = None


# -- slip check ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SlipCheck:
    """What the hall says of a code read from a slip."""

    genuine: bool
    reason: str | None  # why not: malformed, signature, unknown_case, superseded
    project_no: str | None
    results: tuple[tuple[str, ResultCode], ...] = ()
    serial_known: bool = False
    # Of a code of wire/slips.py; "" where the code is of before these.
    state: str = ""  # genuine, provisional, voided, replaced
    slip: str = ""  # document code
    serial: str = ""
    receipt_no: str = ""
    replaced_by: str = ""  # serial
