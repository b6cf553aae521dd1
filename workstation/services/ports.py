"""What the verbs need from the outer rooms. Each Protocol has a fake in tests/fakes and a contract in tests/contracts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Protocol

from catalogue.model import Catalogue, Offer
from wire.board import HallBoard
from wire.calendar import WorkingDayTable
from wire.invitation import Invitation
from wire.messages import (
    Alarm,
    AuditStamp,
    CardChallenge,
    CardCryptograms,
    Change,
    ElectronicCardQuery,
    ElectronicCardReply,
    Enrolment,
    HallReceipt,
    RecoveryGrant,
    RecoveryRequest,
    SlipCheck,
    StaffAccount,
    StaffList,
    VerificationQuery,
    VerificationReply,
)
from wire.numbers import NumberBlock
from wire.reviews import ReviewAct, Reviews
from wire.sheets import PaperOfSlip
from wire.standing import CaseStanding
from workstation.domain.approval import Proposal
from workstation.domain.audit import AuditEntry, AuditFilter
from workstation.domain.case import Case, CaseStatus
from workstation.domain.diagnosis import Diagnosis, ReadDone
from workstation.domain.evaluation import EvaluationAsked
from workstation.domain.finding import Found, Wanted
from workstation.domain.handover import Handover
from workstation.domain.identity import Glimpse, Identity
from workstation.domain.outbox import QueueState, Waiting
from workstation.domain.queue import Ticket
from workstation.domain.sheet import Batch, Sheet, Spool
from workstation.domain.slip import Print, Slip, SlipKind
from workstation.domain.uploads import Upload
from workstation.domain.visit import Visit
from workstation.domain.work_lists import ListWanted, Place, SavedFilter, Start
from workstation.services.print_views import PrinterView

Clock = Callable[[], datetime]  # aware, UTC
Sign = Callable[[bytes], bytes]  # the device key, Ed25519


# -- card --------------------------------------------------------------------------------------------
class CardPresence(StrEnum):
    """What the reader sees."""

    SERVICE_DOWN = "service_down"
    NO_READER = "no_reader"
    EMPTY = "empty"
    MUTE = "mute"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class CardPin:
    """What the holder typed. `last_try` allows it to be shown to the card even when no other try is left."""

    digits: str = field(repr=False)
    last_try: bool = False


class CardKeys(Protocol):
    """Somebody who holds the keys of cards: a PSAM in a second slot, or the hall's key server."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """Compute both cryptograms. Raises Refused; whatever it says, the keys count as unavailable."""
        ...


class CardReader(Protocol):
    """Reads whoever's card is in a reader. All calls may block up to the reader's time limit: never in the UI thread."""

    def read(
        self,
        *,
        told: Callable[[Glimpse], object] = ...,
        keys: CardKeys | None = None,
        pin: CardPin | None = None,
        reader: str | None = None,
    ) -> Identity:
        """Read EF05 and EF06 of the first card found, or of the one in `reader`; re-read the number at the end.

        Without a card in any reader, the identity card on the SAM module is read, where the station has one.

        `told` hears name and number as soon as they are read, in the caller's thread. `keys` prove the card and
        open the holder's data of a 3.0 card; without them a station that has a PSAM uses that. `pin` opens where
        the holder lives (DF01).

        Raises Refused(CARD_* | READER_MISSING | CARD_SERVICE_DOWN | ID_READER_SILENT).
        """
        ...

    def reads(self) -> tuple[ReadDone, ...]:
        """Return the latest reads of this counter, oldest first: today's at least, names of readers and no person."""
        ...

    def diagnose(self) -> Diagnosis:
        """Look at service, readers and one read of the card that is there, with times; names no person."""
        ...

    def presence(self) -> CardPresence:
        """Say what the monitor saw last, without any card I/O."""
        ...

    def close(self) -> None:
        """End the monitor and the worker."""
        ...


class Catalogues(Protocol):
    """The releases of the catalogue that the station holds. May be asked from any thread."""

    def current(self) -> Catalogue:
        """Return the newest good release: what new visits are started under."""
        ...

    def of(self, version: str) -> Catalogue:
        """Return the release of a draft or case; the current one when the station does not hold that."""
        ...

    def find(self, text: str) -> list[Offer]:
        """Find items and bundles of the current release, best first; "" lists from the beginning."""
        ...


@dataclass(frozen=True, slots=True)
class CardProof:
    """What an operator card said: its public key and its signature over the challenge, both raw."""

    key: bytes
    signature: bytes


class OperatorCards(Protocol):
    """The reader of the operator's own card, where the station has one. Blocking."""

    def prove(self, challenge: bytes) -> CardProof:
        """Let the card sign. Raises Refused(OPERATOR_CARD_MISSING | CARD_* | READER_MISSING)."""
        ...

    def present(self) -> bool:
        """Say whether a card is in the operator's reader, without card I/O."""
        ...

    def close(self) -> None:
        """End what watches the reader."""
        ...


class CodeScanner(Protocol):
    """Reads codes, of phones for example. It keeps none of them."""

    def listen(self, told: Callable[[str], object]) -> None:
        """Tell `told` each code from now on, in the scanner's thread; it replaces who listened before."""
        ...

    def close(self) -> None:
        """End the thread."""
        ...


# -- hall --------------------------------------------------------------------------------------------
class Hall(Protocol):
    """The central hall, over the network. Blocking: never in the UI thread."""

    def verify(self, query: VerificationQuery) -> VerificationReply:
        """Ask a register through the hall and check the hall's signature over the reply.

        Raises Refused(HALL_UNREACHABLE | HALL_BUSY | HALL_REFUSED | HALL_ANSWER_UNTRUSTED | DEVICE_REVOKED | CLOCK_SKEWED),
        and Refused(CLERK_UNKNOWN | ROLE_MISSING | LOOKUP_LIMIT) when the hall lets this person not ask.
        A register that is down is an answer (Outcome.UNAVAILABLE), not a refusal.
        """
        ...

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """See CardKeys: the hall's key server."""
        ...

    def electronic_card(self, query: ElectronicCardQuery) -> ElectronicCardReply:
        """Ask whose electronic card a token is, and check the hall's signature over the reply.

        Raises Refused(QR_VERIFIER_MISSING | QR_REFUSED | QR_VERIFIER_DOWN) and what `verify` raises.
        """
        ...

    def check_slip(self, code: str) -> SlipCheck:
        """Ask what the hall says of a slip's code. Raises what `verify` raises."""
        ...

    def paper_of_slip(self, code: str) -> PaperOfSlip:
        """Ask what became of the sheet that a code is from. Raises what `verify` raises, from a hall of before too."""
        ...

    def alarms(self, auditor: str) -> tuple[Alarm, ...]:
        """Return what an auditor of this station should look at, newest first; `auditor` is the login of who reads it.

        Raises Refused(ROLE_MISSING) unless the hall knows that person as an auditor here, and what `verify` raises.
        """
        ...

    def reviews(self, supervisor: str) -> Reviews:
        """Return the bad reviews that a supervisor of this station may see, and its sums.

        Raises Refused(ROLE_MISSING) unless the hall knows that person as a supervisor here, and what `verify` raises.
        """
        ...

    def act_on_review(self, act: ReviewAct) -> Reviews:
        """Take a step; what stands then is told.

        Raises Refused(OWN_REVIEW | REVIEW_SETTLED | REVIEW_INCOMPLETE), and what `reviews` raises.
        """
        ...

    def shared_scan(self, case: str, sha256: str, clerk: str) -> bytes:
        """Return a scan that another office has given, of a case that it handed on to this station, as it was given;
        `clerk` is the login of who looks. Whoever asks holds it to its hash.

        Raises Refused(SCAN_UNKNOWN | SCAN_COMING), and what `verify` raises.
        """
        ...

    def board(self, asker: str) -> HallBoard:
        """Return how much stands at each counter of the hall; `asker` is the login of who looks.

        Raises Refused(ROLE_MISSING) unless the hall lets that person see it, and what `verify` raises.
        """
        ...


class Enroller(Protocol):
    """Makes the station known to a hall, once."""

    def meet(self, invitation: Invitation) -> str:
        """Return the certificate (PEM) that the invitation's fingerprint names, "" where none is needed; says nothing secret.

        Raises Refused(HALL_INSECURE | HALL_FINGERPRINT_MISSING | HALL_FINGERPRINT_OTHER | HALL_UNREACHABLE).
        """
        ...

    def enrol(
        self, hall_url: str, code: str, public_key: bytes, sign: Sign, ca: str = "", device: str = ""
    ) -> Enrolment:
        """Trade a one-time code for the station's identity, with a hall that `ca` vouches for.

        `device` is who the station is already, "" for one that is new. A hall that does not know the key, also one that has
        forgotten it, makes a device of it, whose id is that of the key.
        Raises Refused(ENROL_CODE_REFUSED | HALL_*), HALL_ANSWER_UNTRUSTED for an answer about another device.
        """
        ...

    def confirmed_staff(
        self, hall_url: str, enrolment: Enrolment, private: bytes, ca: str
    ) -> StaffList | None:
        """Ask whether a person at the hall has confirmed the device; its staff, signed by the hall, or None while it waits.

        Raises Refused(DEVICE_REVOKED | HALL_*).
        """
        ...


AskRecovery = Callable[[str, RecoveryRequest], RecoveryGrant]
"""(hall address, request): raises Refused(RECOVERY_REFUSED | HALL_*)."""


class Courier(Protocol):
    """The sync engine as the services see it."""

    def wake(self) -> None:
        """Something new waits in the outbox: push soon."""
        ...

    def hurry(self) -> None:
        """A person wants it now: try at once, whatever trouble there was."""
        ...


# -- store -------------------------------------------------------------------------------------------
class Cases(Protocol):
    """The shelf of cases. Pages are to be looked at: what is to be saved or destroyed comes from `get`, `by_receipt` or
    `by_slip`, which refuse a case that a later version wrote."""

    def add(self, case: Case) -> None: ...
    def save(self, case: Case) -> None: ...
    def get(self, case: str) -> Case:
        """Raise Refused(CASE_UNKNOWN)."""
        ...

    def by_receipt(self, receipt_no: str) -> Case | None: ...
    def latest(
        self, limit: int, status: Sequence[CaseStatus] = (), after: Case | None = None
    ) -> tuple[Case, ...]:
        """Newest first by received_at, or those behind a case in that order; an empty status means all."""
        ...

    def find(self, wanted: Wanted, limit: int, at_once: int) -> Found:
        """Return those that `domain.finding.matches`, the last that came in first, `at_once` of them opened; see
        make_findable. Among the places of the others may be one that does not fit after all."""
        ...

    def fitting(self, places: Sequence[int], wanted: Wanted) -> tuple[Case, ...]:
        """Return those at places that `find` has told which fit; one that is gone, or does not, is left out."""
        ...

    def make_findable(self, limit: int) -> int:
        """Write at most `limit` more cases into the index by which `find` finds, those too that a purge has written anew
        under another key; return how many are left, at most."""
        ...

    def hidden(self) -> int:
        """Return how many cases `find` does not find yet, at most."""
        ...

    def since(self, day: date, limit: int) -> tuple[Case, ...]:
        """Received on a day at the counter or later, newest first."""
        ...

    def of_person(self, id_no: str, limit: int) -> tuple[Case, ...]:
        """Cases of an applicant, newest first by received_at."""
        ...

    def at(self, places: Sequence[int]) -> tuple[Case, ...]:
        """Return the cases at places of the store, in the order asked for; see Lists."""
        ...

    def by_slip(self, serial: str) -> Case | None:
        """Return the case of a printed sheet."""
        ...

    def make_listable(self, limit: int) -> int:
        """Write the columns of the work lists for at most `limit` more cases of before them; return how many are left,
        at most `limit` + 1."""
        ...

    def is_written_down(self) -> bool:
        """Say whether make_findable and make_listable have nothing to do."""
        ...

    def count(self) -> int: ...
    def ended_before(self, at: datetime, limit: int, skip: int = 0) -> tuple[Case, ...]:
        """Return concluded cases, the longest concluded first."""
        ...


class Drafts(Protocol):
    """The shelf of visits under way: each saved whole, after every committed field."""

    def save(self, visit: Visit) -> None: ...
    def drop(self, case: str) -> None: ...
    def get(self, case: str) -> Visit | None: ...
    def all(self) -> tuple[Visit, ...]:
        """Newest first."""
        ...


class Outbox(Protocol):
    """The shelf of envelopes, gapless by seq."""

    def add(self, *, id: str, subject: str, kind: str, at: datetime, actor: str, body: str) -> Waiting:  # noqa: A002
        """Give the next seq and prev, and queue it."""
        ...

    def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> tuple[Waiting, ...]:
        """Pending envelopes whose time has come, in order of seq; of each subject nothing behind a parked one, and nothing
        at all of the subjects `but`."""
        ...

    def acked(self, event: str, receipt: HallReceipt) -> None: ...
    def failed(self, event: str, trouble: str, next_at: datetime) -> None: ...
    def parked(self, event: str, trouble: str, standing: CaseStanding | None = None) -> None:
        """Put aside for a person; `standing` is what the hall has instead."""
        ...

    def has_unsent(self, subject: str) -> bool: ...
    def state(self) -> QueueState: ...
    def receipt(self, event: str) -> HallReceipt | None: ...
    def all_acked(self, receipts: Mapping[str, HallReceipt]) -> None:
        """Keep the hall's signed word beside each event."""
        ...

    def retry(self, event: str) -> None:
        """Let an event go now that was parked, or that waits for its next try. Raises KeyError."""
        ...

    def parked_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        """What a person must look at, oldest first; `trouble` says why, `standing` what the hall has instead."""
        ...

    def stuck_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        """What is still tried and has broken the hall BROKE_OFTEN times while it signed for what was queued later, oldest
        first; each is among the waiting ones too."""
        ...

    def waiting_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        """What goes by itself, oldest first; `next_at` says when, where it has to wait."""
        ...

    def set_aside(self, subject: str) -> tuple[Waiting, ...]:
        """Keep back for good what the hall has not signed of a case; return it, oldest first. It is never deleted so."""
        ...

    def send_again(self, since: datetime, epoch: str) -> int:
        """Queue everything once more that the hall signed since then, with its scans; return how many events.

        For a hall that was restored: what it signed stays readable as its word of `epoch`.
        """
        ...

    def number_anew(self) -> int:
        """Give places in the station's present incarnation, from 1, to what the hall has not signed for; ids and bodies
        stay. Return how many."""
        ...

    def earlier_receipts(self, event: str) -> tuple[tuple[str, HallReceipt], ...]:
        """What the hall signed for an event in epochs before: (epoch, receipt)."""
        ...


class Audit(Protocol):
    """The append-only chain."""

    def note(self, *, at: datetime, actor: str, deed: str, case: str = "", note: str = "") -> AuditEntry: ...
    def entries(self) -> tuple[AuditEntry, ...]: ...
    def head(self) -> AuditEntry | None: ...
    def counts(self, since: datetime, after: int) -> Mapping[str, int]:
        """Return how often each deed was noted since a time, behind a place."""
        ...

    def entry(self, seq: int) -> AuditEntry | None: ...
    def search(self, wanted: AuditFilter) -> tuple[int, ...]:
        """Return the places of what fits, newest first."""
        ...

    def lines(self, seqs: Sequence[int]) -> tuple[AuditEntry, ...]:
        """Return entries by their places, in the order asked for."""
        ...

    def actors(self) -> tuple[str, ...]: ...
    def stamp(self) -> AuditStamp | None:
        """Return the hall's newest stamp."""
        ...

    def stamps(self) -> tuple[AuditStamp, ...]: ...
    def keep_stamp(self, stamp: AuditStamp) -> None: ...


class Proposals(Protocol):
    """What waits for a second person, and what became of it."""

    def add(self, proposal: Proposal) -> None: ...
    def save(self, proposal: Proposal) -> None: ...
    def get(self, id: str) -> Proposal:  # noqa: A002
        """Raise Refused(CASE_UNKNOWN)."""
        ...

    def open(self) -> tuple[Proposal, ...]:
        """Newest first."""
        ...

    def of_case(self, case: str) -> tuple[Proposal, ...]:
        """Oldest first."""
        ...


class Prints(Protocol):
    """The print ledger."""

    def add(self, entry: Print) -> None: ...
    def count(self, day: str, lane: str) -> int:
        """Return how many sheets of a lane stand under a day: `day` is how their serials begin, station and date."""
        ...

    def of_case(self, case: str) -> tuple[Print, ...]: ...
    def find(self, serial: str) -> Print | None: ...
    def change(self, entry: Print) -> None:
        """Put a sheet in the place of what was noted of it: it counts no more, for example."""
        ...


class Sheets(Protocol):
    """The sheets themselves: how far each is, what a person said of it, and its PDF, sealed with its case."""

    def add(self, sheet: Sheet, pdf: bytes) -> None: ...
    def save(self, sheet: Sheet) -> None:
        """Raise Refused(SHEET_UNKNOWN)."""
        ...

    def get(self, serial: str) -> Sheet:
        """Raise Refused(SHEET_UNKNOWN)."""
        ...

    def find(self, serial: str) -> Sheet | None: ...

    def pdf(self, serial: str) -> bytes:
        """Return the archived bytes. Raises Refused(SHEET_UNKNOWN), Refused(STORE_DAMAGED) when they are not those of the
        ledger's hash."""
        ...

    def open(self, limit: int) -> tuple[Sheet, ...]:
        """Those nobody has said anything of yet, oldest first."""
        ...

    def forsaken(self, before: datetime, limit: int) -> tuple[Sheet, ...]:
        """Those made before, of no case or of a draft that was thrown away, that nobody has said anything of; oldest first."""
        ...

    def under_way(self, limit: int) -> tuple[Sheet, ...]:
        """Those that the print service is to be asked about, oldest first."""
        ...

    def of_case(self, case: str) -> tuple[Sheet, ...]:
        """Oldest first."""
        ...

    def of_batch(self, batch: str) -> tuple[Sheet, ...]:
        """Oldest first."""
        ...

    def latest(self, limit: int) -> tuple[Sheet, ...]:
        """Newest first."""
        ...

    def slips_wanted(self, kind: str, limit: int) -> tuple[str, ...]:
        """Cases that are decided and have no sheet of this kind that is open or out, the one decided first first."""
        ...

    def keep_batch(self, batch: Batch) -> None:
        """Write a new batch, or what became of one."""
        ...

    def batch(self, id: str) -> Batch:  # noqa: A002
        """Raise Refused(BATCH_UNKNOWN)."""
        ...

    def open_batch(self) -> Batch | None:
        """Return the batch that is neither done nor ended; there is one at most."""
        ...


class Tickets(Protocol):
    """Queue tickets: numbers and times of a day, no citizen."""

    def add(self, ticket: Ticket) -> None: ...
    def save(self, ticket: Ticket) -> None:
        """Raise Refused(TICKET_UNKNOWN)."""
        ...

    def get(self, ticket: str) -> Ticket:
        """Raise Refused(TICKET_UNKNOWN)."""
        ...

    def of_day(self, day: date) -> tuple[Ticket, ...]:
        """In the order in which they were taken."""
        ...

    def drop_before(self, day: date) -> int:
        """Forget those of days before; return how many."""
        ...


class Blobs(Protocol):
    """Scans, sealed beside the store, by sha256."""

    def put(self, content: bytes) -> str:
        """Raise Refused(STORE_FULL | STORE_DAMAGED) when the disk does not take it."""
        ...

    def get(self, sha256: str) -> bytes:
        """Raise KeyError for a scan that was never here, Refused(SCAN_LOST) when its file is gone or damaged."""
        ...

    def uploads(self, limit: int) -> tuple[Upload, ...]:
        """The scans of `unsent` with how far each is."""
        ...

    def moved(self, sha256: str, address: str, taken: int) -> None:
        """Remember where the hall takes a scan ("" when nowhere yet) and how many of its bytes it holds."""
        ...

    def set_aside(self, sha256: str, trouble: str) -> None: ...
    def try_again(self) -> None:
        """Take back every set_aside."""
        ...

    def send_again(self) -> int:
        """Offer every scan of a case once more, for a hall that was restored: one that it has costs a ticket. Return how many."""
        ...

    def unsent(self, limit: int) -> tuple[str, ...]:
        """Scans that a case names and the hall has not, the smallest first; those of mere drafts stay here."""
        ...

    def sent(self, sha256: str) -> None: ...


class Station(Protocol):
    """What the station knows of itself, and its accounts."""

    def enrolment(self) -> Enrolment | None: ...
    def hall_url(self) -> str: ...
    def enrol(self, hall_url: str, enrolment: Enrolment, device_key: bytes) -> None:
        """Keep everything; `device_key` is the raw private key, at rest only inside the encrypted store."""
        ...

    def renew(self, enrolment: Enrolment) -> None:
        """Put what the hall says now in the place of what it said: another epoch, another incarnation."""
        ...

    def drop_held(self) -> None:
        """Forget the changes that wait: they are of an epoch that is over."""
        ...

    def device_key(self) -> bytes: ...
    def change_key(self, device_key: bytes) -> None:
        """Put a new private key in the place of the one in use."""
        ...

    def account(self, login: str) -> StaffAccount | None: ...
    def staff_list(self) -> StaffList | None:
        """The list that the hall gave last; None before enrolment."""
        ...

    def take_staff(self, staff: StaffList) -> None:
        """Put the accounts of a list in the place of all others; failures in a row of those that stay are kept."""
        ...

    def hear_staff(self, staff: StaffList) -> bool:
        """The hall says the list that is held once more, as of now, and its time was seen: remembered while the program runs.

        False where that is not enough: what is written down is an hour behind, or ahead, and has to be written again.
        """
        ...

    def latest_time(self) -> datetime | None:
        """The latest time that the station has seen: a clock that is set back is found by it."""
        ...

    def saw_time(self, at: datetime) -> None:
        """Remember a time, whatever stood there before."""
        ...

    def failed_sign_ins(self, login: str) -> tuple[int, datetime | None]:
        """Return (failures in a row, time of the last)."""
        ...

    def sign_in_failed(self, login: str, at: datetime) -> None: ...
    def sign_in_worked(self, login: str) -> None: ...
    def next_number(self, series: str) -> int:
        """Take the next number of a series ("receipt:20261123:01", "slip:…"), from 1, never given twice."""
        ...

    def last_number(self, series: str) -> int:
        """Return the last number that was taken of a series, 0 for none."""
        ...

    def saw_number(self, series: str, number: int) -> None:
        """Give no number of a series up to this one any more: it was given before this store was put back."""
        ...

    def lane(self) -> str:
        """Return the lane of the receipt numbers, "" where the hall gives none.

        Raises Refused(NUMBERS_MISSING) for a store on another machine, without its mark, or of another incarnation.
        """
        ...

    def take_block(self, block: NumberBlock) -> None:
        """Count in this lane from now on."""
        ...

    def cursor(self) -> str:
        """Return the feed cursor, "" at the start."""
        ...

    def move_cursor(self, cursor: str) -> None: ...
    def held_changes(self) -> tuple[Change, ...]:
        """Changes that came while their case had unsent events: applied once these are sent."""
        ...

    def fact(self, name: str) -> str:
        """Return something small that the station remembers, "" when it does not."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep something small: ids, codes and times, never a person."""
        ...

    def hold(self, change: Change) -> None: ...
    def release(self, subject: str) -> tuple[Change, ...]:
        """Take the held changes of a case, in order of rev."""
        ...

    def wait_for(self, case: str, *, waits: bool) -> None:
        """Remember that a case waits for answers of registers, or that it does so no more."""
        ...

    def waiting(self) -> tuple[str, ...]:
        """Return the cases that wait, the first first."""
        ...


class Purges(Protocol):
    """Lets go of what is kept no longer, for good, and keeps the reports of it."""

    def unsent(self, case: str, by: datetime | None = None) -> bool:
        """Say whether something of the case is not at the hall yet, a step or a scan; with `by`, not since that time."""
        ...

    def purge(self, case: str) -> Mapping[str, int]:
        """Destroy a case with its steps, sheets and draft; return how many of each kind. Its scans become orphans."""
        ...

    def orphans(self, by: datetime | None = None) -> int:
        """Destroy scans that no case and no draft names, and steps of discarded drafts that the hall signed until `by`;
        return how many scans."""
        ...

    def remarks(self, by: datetime) -> int:
        """Destroy what one shift wrote to the next until `by`; return how many remarks."""
        ...

    def keep_report(self, at: datetime, body: str) -> int: ...
    def reports(self) -> tuple[tuple[int, datetime, str], ...]:
        """Return number, time and canonical JSON of each report, newest first."""
        ...


class Evaluations(Protocol):
    """That citizens were asked what they think of a visit, and that it is over; never what they said."""

    def add(self, invitation: EvaluationAsked) -> None:
        """Keep a new one; there is one for each sitting of a case."""
        ...

    def get(self, visit: str) -> EvaluationAsked | None: ...
    def of_case(self, case: str) -> tuple[EvaluationAsked, ...]:
        """In order of nth."""
        ...

    def open(self) -> tuple[EvaluationAsked, ...]:
        """Those that are not over, the first first."""
        ...

    def save(self, invitation: EvaluationAsked) -> None:
        """Write down that one is over."""


class Calendars(Protocol):
    """Tables of working days: none is ever forgotten, old cases are computed by theirs."""

    def add(self, table: WorkingDayTable, *, own: bool) -> None: ...
    def get(self, version: str) -> WorkingDayTable | None: ...
    def newest(self, *, own: bool) -> WorkingDayTable | None:
        """Return the hall's newest, or the station's own."""
        ...

    def all(self) -> tuple[tuple[WorkingDayTable, bool], ...]:
        """Return each with whether it is the station's own, the hall's first, the newest first."""
        ...


class Lists(Protocol):
    """The work lists (domain/work_lists.py): places by page, counts, and clerks' filters."""

    def places(self, wanted: ListWanted, today: date, start: Start, limit: int) -> tuple[Place, ...]:
        """Return where the rows of a page stand, in the order of the list; `Cases.at` opens them."""
        ...

    def received(self, since: date, until: date, after: Place | None, limit: int) -> tuple[Place, ...]:
        """Return where the cases of a span of days of receipt stand, the first first, behind a place."""
        ...

    def count(self, wanted: ListWanted, today: date) -> int: ...
    def before(self, wanted: ListWanted, today: date, case: str) -> int | None:
        """Return how many rows of a list stand before a case; None for one that is not in it."""
        ...

    def moment(self) -> int:
        """Return a number that is another one after whatever may change a list."""
        ...

    def filters(self, login: str) -> tuple[SavedFilter, ...]:
        """By name."""
        ...

    def keep_filter(self, login: str, saved: SavedFilter) -> None:
        """Keep a filter; one of the same name goes."""
        ...

    def drop_filter(self, login: str, name: str) -> None: ...


class Handovers(Protocol):
    """Shifts that were handed over."""

    def add(self, handover: Handover) -> None: ...
    def save(self, handover: Handover) -> None:
        """Raise Refused(DAY_CLOSE_UNKNOWN)."""
        ...

    def get(self, handover: str) -> Handover:
        """Raise Refused(DAY_CLOSE_UNKNOWN)."""
        ...

    def latest(self, limit: int) -> tuple[Handover, ...]:
        """Newest first."""
        ...


class Unit(Protocol):
    """One transaction over all shelves: BEGIN IMMEDIATE, durable when commit returns, rolled back otherwise."""

    cases: Cases
    drafts: Drafts
    outbox: Outbox
    audit: Audit
    prints: Prints
    sheets: Sheets
    blobs: Blobs
    station: Station
    proposals: Proposals
    purges: Purges
    evaluations: Evaluations
    calendars: Calendars
    lists: Lists
    handovers: Handovers
    tickets: Tickets

    def commit(self) -> None:
        """Make it durable. Raises Refused(STORE_FULL | STORE_BUSY)."""
        ...

    def __enter__(self) -> Unit: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


OpenUnit = Callable[[], AbstractContextManager[Unit]]
Look = Callable[[], AbstractContextManager[Unit]]  # one that reads: it holds nobody up and cannot commit


# -- key ---------------------------------------------------------------------------------------------
class KeyPlace(StrEnum):
    """Where the key of the store is kept; the screen says which."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


class Keys(Protocol):
    """The key of the store: in the OS keyring, or wrapped by a passphrase (argon2id). Never beside the data in clear."""

    def place(self) -> KeyPlace:
        """Say where the key is or will be. May take up to its time limit when a keyring does not answer."""
        ...

    def exists(self) -> bool:
        """Say whether a key was made before."""
        ...

    def create(self, passphrase: str | None) -> bytes:
        """Make and keep a 32-byte key. `passphrase` is needed for PASSPHRASE. Raises Refused(PASSPHRASE_WEAK)."""
        ...

    def open(self, passphrase: str | None) -> bytes:
        """Return the key. Raises Refused(STORE_KEY_WRONG)."""
        ...


@dataclass(frozen=True, slots=True)
class RecoveryNote:
    """What a station knows of itself while its store is shut: who it is, where its hall is, and its proof."""

    device: str
    hall_url: str
    proof: str = field(repr=False)


class Recovery(Protocol):
    """The way back when the key was lost: what stands in clear beside the store, and keeping a key anew."""

    def note(self) -> RecoveryNote | None:
        """Return who this disk is, None before the hall was given a wrap."""
        ...

    def remember(self, device: str, hall_url: str) -> RecoveryNote:
        """Write down who this disk is, with a proof of its own, unless it stands there."""
        ...

    def check(self, passphrase: str | None) -> None:
        """Raise Refused(PASSPHRASE_WEAK | KEYRING_LOCKED) when `keep` would: the one-time code is not to be wasted."""
        ...

    def keep(self, key: bytes, passphrase: str | None) -> Keys:
        """Keep a key that was recovered: in the keyring when it was there and one answers, else by the passphrase."""
        ...


class Passwords(Protocol):
    """Checks a password against an argon2id hash, in constant time."""

    def fits(self, password: str, password_hash: str) -> bool: ...


# -- tables in files ---------------------------------------------------------------------------------
Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title; every row has as many cells as there are heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """What goes into one file, in the words of the interface."""

    title: str
    tables: tuple[Table, ...]


WriteTables = Callable[[Path, TableFile], None]
"""Writes .xlsx, or CSV under any other name; no cell can become a formula. Raises OSError."""

WriteFile = Callable[[Path, bytes], None]
"""Writes a whole file or none, readable by its owner only. Raises OSError."""


# -- paper -------------------------------------------------------------------------------------------
class Printers(Protocol):
    """Where finished sheets are printed: a queue of a print service, or a folder."""

    def put(self, serial: str, pdf: bytes, printer: str = "", /) -> Spool:
        """Hand a sheet over, to a printer by its name or to this station's own; the answer says how it stands.

        Raises Refused(PRINT_SERVICE_DOWN | PRINTER_GONE | PRINTER_PAUSED | PRINT_SPOOL_FULL | PRINTER_FAILED): nothing of
        it can be on paper then.
        """
        ...

    def look(self, spool: Spool, /) -> Spool:
        """Say how a job stands now. May wait for the print service. Raises Refused(PRINT_SERVICE_DOWN | PRINTER_FAILED)."""
        ...

    def find(self, serial: str, printer: str = "", /) -> Spool | None:
        """Find what was handed over under a serial, before a crash perhaps. Raises as look()."""
        ...

    def take_back(self, spool: Spool, /) -> Spool:
        """Cancel a job where that is still possible, and say how it stands then. Raises as look()."""
        ...

    def printers(self) -> tuple[PrinterView, ...]:
        """List what can be printed on; () where sheets go into a folder. Raises as look()."""
        ...

    def where(self, serial: str, spool: Spool, /) -> str:
        """Say where a sheet went: its file, or for a queue <queue>/<job>; "" where nothing has it."""
        ...


class Press(Printers, Protocol):
    """Makes the sheet and hands it on: one PDF is preview, print and archive."""

    def prepare(self) -> None:
        """Load what the first sheet needs; only saves time. May run beside the desk."""
        ...

    def version(self, kind: SlipKind) -> str:
        """The version of a kind's template. Raises Refused(DOCUMENT_BROKEN)."""
        ...

    def papers(self, kind: SlipKind) -> tuple[str, ...]:
        """What a kind may be printed on here, its first one first. Raises Refused(DOCUMENT_BROKEN)."""
        ...

    def make(self, slip: Slip) -> bytes:
        """Render a slip as PDF. Raises Refused(GLYPH_MISSING | DOCUMENT_BROKEN) before anything is printed."""
        ...

    def as_ofd(self, pdf: bytes) -> bytes:
        """Return the same sheet as OFD (GB/T 33190-2016), from what `make` returned once.

        Raises Refused(SHEET_NOT_SAVED) for what this press cannot read.
        """
        ...
