"""The desk: all the ui ever gets. Methods marked (net) may wait for card or network and touch no state;
all others run one after the other on the desk thread and take no longer than one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from catalogue.model import Offer
from wire.board import HallBoard
from wire.corrections import Amendment, CorrectionGap, GapAnswer
from wire.evaluation import Grade, Stage
from wire.messages import Alarm, SlipCheck, VerificationQuery
from wire.reviews import ReviewStep
from wire.sheets import PaperOfSlip
from workstation.domain.approval import Wish
from workstation.domain.audit import AuditFilter
from workstation.domain.diagnosis import Diagnosis
from workstation.domain.identity import Glimpse, Identity
from workstation.domain.queue import Matter, TicketAct
from workstation.domain.report import Span
from workstation.domain.sheet import VoidReason
from workstation.domain.slip import PaperWish, SlipKind
from workstation.domain.verification import Check
from workstation.domain.work_lists import ListKind, ListWanted, SavedFilter, Start
from workstation.services.board import LocalBoard
from workstation.services.calendar_views import CalendarView, CalendarWish
from workstation.services.check_slip import SlipStanding
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.handover import ShiftView
from workstation.services.list_views import ListCounts, ListHead, ListPage
from workstation.services.ports import CardPin, CardPresence, TableFile
from workstation.services.print_views import BatchView, Draft, Preview, PrinterView, PrintWork, SheetView
from workstation.services.queueing import QueueView
from workstation.services.read_scan import ReadScan
from workstation.services.report import ReportView
from workstation.services.see_scans import ScanPage
from workstation.services.step_views import StepOptions
from workstation.services.take_agency import AgencyTold
from workstation.services.transfer_views import StickRead, StickWritten, TransferView
from workstation.services.views import (
    AuditLine,
    AuditView,
    CaseView,
    FieldView,
    FoundView,
    InvitationView,
    LinkView,
    PrintView,
    ProposalOptions,
    ProposalView,
    ReaderView,
    ReviewsView,
    SavedDay,
    StationView,
    UploadsView,
    VisitView,
)


class DeskApi(Protocol):
    """What a person at the counter can do. Every method may raise Refused."""

    # -- the gate ------------------------------------------------------------------------------------
    def station(self) -> StationView:
        """What stands between the person and the desk."""
        ...

    def prepare(self) -> None:
        """(net) Load what comes after the gate, while the person is still typing. Only saves time."""
        ...

    def prepare_paper(self) -> None:
        """(net) Load what the first sheet needs, while the first citizen is still on the way. Only saves time."""
        ...

    def unlock(self, passphrase: str) -> StationView:
        """Make or open the encrypted store. Slow (argon2id, about a second): the ui shows progress."""
        ...

    def recover(self, code: str, grant_file: str, passphrase: str) -> StationView:
        """Open a store whose key was lost, with a one-time code of the hall, or code and file without network.

        `passphrase` is the new one where no keyring keeps the key. Slow like unlock; may wait for the network.
        Raises Refused(RECOVERY_MISSING | RECOVERY_REFUSED | PASSPHRASE_WEAK | KEYRING_LOCKED | HALL_*).
        """
        ...

    def enrol(self, hall_url: str, code: str) -> StationView:
        """Make this station known to the hall. May wait for the network."""
        ...

    def ask_confirmed(self) -> StationView:
        """Ask the hall whether somebody has compared this device's fingerprint. May wait for the network."""
        ...

    def enrol_again(self, code: str) -> StationView:
        """Give a station whose disk was copied or put back a new place at its hall, by a one-time code of the hall. Store
        and queue stay. May wait for the network; for whoever has the code.
        """
        ...

    def sign_in(self, login: str, password: str) -> StationView: ...
    def sign_out(self) -> StationView: ...
    def lock(self, why: str) -> StationView:
        """Hold everything until its own person comes back; `why` is a code: asked, idle, card, suspended."""
        ...

    def resume_work(self, password: str) -> StationView:
        """The same person goes on where they were, by password or, with "", by operator card.

        Raises Refused(SIGN_IN_REFUSED | SIGN_IN_LOCKED | OPERATOR_CARD_*). Somebody else uses `sign_in`.
        """
        ...

    def watch_card(self, gone: Callable[[], object], came: Callable[[], object]) -> None:
        """From another thread, tell when the operator's own card leaves its reader, for whatever cause, or comes."""
        ...

    # -- strip ---------------------------------------------------------------------------------------
    def link(self) -> LinkView: ...
    def reader(self) -> ReaderView: ...
    def listen(self, told: Callable[[CardPresence], object], scanned: Callable[[str], object] = ...) -> None:
        """From another thread, tell `told` whenever a card or a reader comes or goes, and `scanned` each code that a
        scanner reads."""
        ...

    def diagnose(self) -> tuple[Diagnosis, str]:
        """(net) Look at card service, readers and one timed read; kept as a file that names no person, its path with it."""
        ...

    # -- intake --------------------------------------------------------------------------------------
    def read_card(self, told: Callable[[Glimpse], object] = ..., pin: CardPin | None = None) -> Identity:
        """(net) Read the card in the reader; `told` hears name and number first, in the caller's thread.

        With the holder's PIN also where the holder lives.
        """
        ...

    def take_person(self, identity: Identity) -> VisitView:
        """Put the person just read into the visit under way, or open one. A card of another person is held, not taken;
        once nothing is left to do for the visit it opens the next one."""
        ...

    def check_code(self, token: str) -> Identity:
        """(net) Ask whose electronic card a scanned code is; the code is passed on once and kept nowhere.

        Raises Refused(QR_* | HALL_*).
        """
        ...

    def type_person(self, name: str, number: str) -> VisitView:
        """Take the person the clerk typed from an original, the last resort; marked as typed.

        Raises Refused(PERSON_NOT_VALID | CARD_OF_ANOTHER_PERSON).
        """
        ...

    def drafts(self) -> tuple[VisitView, ...]:
        """Visits left over, newest first: offered after sign-in."""
        ...

    def resume(self, case: str) -> VisitView: ...
    def visit(self) -> VisitView | None: ...
    def drop_visit(self) -> None:
        """Put the visit away: its draft stays when an item was chosen, and can be resumed."""
        ...

    def discard_draft(self, case: str) -> None:
        """Throw a draft of one's own away (audited). Raises Refused(NO_VISIT) for one that was received or is gone."""
        ...

    def search(self, text: str) -> tuple[Offer, ...]:
        """Find items and bundles by name, alias, department, pinyin or initials; best first; "" lists from the beginning."""
        ...

    def choose(self, id: str) -> VisitView:  # noqa: A002
        """Choose a bundle or an item: the form is made and prefilled."""
        ...

    def reuse(self) -> VisitView:
        """Take over what the person gave before and agrees to (audited as consent). Raises Refused(STEP_NOT_ALLOWED)."""
        ...

    def adopt_release(self) -> VisitView:
        """Go on with the draft under the newest release of the catalogue: the form is made anew, answers are kept.

        Raises Refused(ITEM_NOT_IN_FORCE) when the release does not have the item any more.
        """
        ...

    def set_member(self, item: str, wanted: bool) -> VisitView:
        """Leave an optional member of the bundle out, or take it in again. Raises Refused(STEP_NOT_ALLOWED)."""
        ...

    def answer(self, key: str, typed: str, reason: str = "") -> VisitView:
        """Commit one field: tidied, checked, sealed in the draft. A card or verified value needs a reason
        (Refused(REASON_MISSING)) to be overruled. "" empties the field."""
        ...

    def reveal(self, key: str) -> FieldView:
        """Show a masked value (audited)."""
        ...

    def reveal_person(self) -> tuple[str, str]:
        """Show name and number of the person strip (audited)."""
        ...

    def ready_queries(self) -> tuple[VerificationQuery, ...]:
        """The look-ups that can be asked now."""
        ...

    def ask(self, query: VerificationQuery) -> Check:
        """(net) Ask one register through the hall. An unreachable hall gives a Check with UNAVAILABLE."""
        ...

    def take_check(self, check: Check) -> VisitView:
        """Put the answer into the visit, fill what it fills."""
        ...

    def see_original(self, material: str, seen: bool) -> VisitView:
        """Mark a paper as seen in original (or take the mark back)."""
        ...

    def read_scan(self, case: str, path: str) -> ReadScan:
        """(net) Read a file (PDF, PNG, JPEG, TIFF, WebP) in the capped process: drawn anew, nothing but pixels is left.

        `case` is the visit under way: what was read for another one is not taken (Refused(NO_VISIT)).
        Raises Refused(SCAN_UNREADABLE | SCAN_TOO_LARGE | SCAN_TOO_MUCH).
        """
        ...

    def attach_scan(self, material: str, scan: ReadScan) -> VisitView:
        """Put what was read for a paper into the sealed store. Raises Refused(STORE_FULL)."""
        ...

    def attach_photo(self, key: str, scan: ReadScan) -> VisitView:
        """Put a picture into the sealed store as the value of a photo. Raises Refused(SCAN_*, PHOTO_UNFIT)."""
        ...

    def receive(self) -> tuple[VisitView, PrintView]:
        """收件: case, envelope, audit entry and the draft's end in one transaction; then the receipt slip."""
        ...

    def accept(self) -> tuple[VisitView, PrintView]:
        """受理, of the case just received. Raises Refused(GAPS_LEFT | ROLE_MISSING | CALENDAR_ENDED)."""
        ...

    # -- verification --------------------------------------------------------------------------------
    def acknowledge_notice(self) -> VisitView:
        """Note that the citizen was told who asks what and why; before it no register is asked. Once a visit."""
        ...

    def consent(self, rule: str, given: bool) -> VisitView:
        """Note consent to one look-up whose basis is consent. Raises Refused(NOTICE_MISSING | STEP_NOT_ALLOWED)."""
        ...

    def leave_pending(self, rule: str) -> VisitView:
        """Let the case go on while a department owes its answer; the station asks again by itself until the last day.

        Raises Refused(NOT_DEFERRABLE | CALENDAR_ENDED).
        """
        ...

    def dispute(self, rule: str, said: str) -> tuple[VisitView, PrintView]:
        """异议: mark a reply as disputed, print the sheet and tell the hall; the paper decides.

        Raises Refused(NOT_DISPUTABLE | REASON_MISSING).
        """
        ...

    def print_promise(self, material: str) -> tuple[VisitView, PrintView]:
        """Print the 告知承诺书 for a paper that allows one. Raises Refused(COMMITMENT_NOT_ALLOWED)."""
        ...

    def sign_promise(self, material: str, signed: bool) -> VisitView:
        """Mark the printed promise as signed before the clerk, or take the mark back. Raises as print_promise()."""
        ...

    def print_checks(self) -> tuple[VisitView, PrintView]:
        """核验结果单 of the visit: outcomes, sources, numbers and times, nothing of what was found."""
        ...

    def print_gaps(self) -> tuple[VisitView, PrintView]:
        """一次性告知单 before the receipt: what is there and what is still to be brought (audited). Raises Refused(NO_ITEM)."""
        ...

    def bring_papers(self, case: str) -> CaseView:
        """Of an accepted case: the originals of what was not confirmed in time were seen after all (audited).

        Raises Refused(STEP_NOT_ALLOWED).
        """
        ...

    def saved_today(self) -> SavedDay:
        """The ledger of papers saved today at this station."""
        ...

    def take_agency(self, told: AgencyTold) -> VisitView:
        """代办: note the power of attorney of whoever is here for the person; it fills the form's agent.

        Raises Refused(NO_PERSON | NO_ITEM | PROXY_NOT_ALLOWED | AGENCY_NOT_VALID).
        """
        ...

    def print_power(self, told: AgencyTold) -> tuple[VisitView, PrintView]:
        """Print the 授权委托书 for principal and agent to sign; nothing is taken yet. Raises as take_agency()."""
        ...

    def print_route(self, item: str) -> PrintView:
        """Print where an item is taken that this station does not take: address, hours, why, what to bring.

        Raises Refused(NO_ITEM | OFFICE_UNKNOWN).
        """
        ...

    def drop_agency(self) -> VisitView:
        """The person is here after all, or acts alone."""
        ...

    # -- cases and results ---------------------------------------------------------------------------
    def cases(self) -> tuple[CaseView, ...]: ...
    def results(self) -> tuple[CaseView, ...]:
        """Decided cases, for 出件."""
        ...

    def list_head(self, wanted: ListWanted, known: ListHead | None = None) -> ListHead:
        """How many cases stand in a work list now; `known` itself while nothing has changed since."""
        ...

    def list_page(self, wanted: ListWanted, start: Start, limit: int) -> ListPage:
        """Some rows of a work list, at most a hundred."""
        ...

    def list_row(self, wanted: ListWanted, case: str) -> int | None:
        """In which row of a list a case stands; None for one that is not in it."""
        ...

    def list_counts(self, kinds: Sequence[ListKind], known: ListCounts | None = None) -> ListCounts:
        """How many cases stand in some lists; `known` itself, of the same lists, while nothing has changed since."""
        ...

    def filters(self) -> tuple[SavedFilter, ...]:
        """One's own saved filters, by name."""
        ...

    def keep_filter(self, saved: SavedFilter) -> tuple[SavedFilter, ...]:
        """Keep conditions under a name; one of the same name goes. Raises Refused(FILTER_NAME | FILTERS_FULL)."""
        ...

    def drop_filter(self, name: str) -> tuple[SavedFilter, ...]: ...
    def case(self, case: str) -> CaseView: ...
    def find_cases(self, typed: str) -> FoundView:
        """Look for cases of this station by part of a name, its initials, the end of an id number or a case number
        (audited: who looked by what and how many were found, never the words). Rules: domain.finding.wanted.
        It opens what one screen shows."""
        ...

    def found_rest(self, typed: str, places: Sequence[int]) -> tuple[CaseView, ...]:
        """Open the rest of what find_cases has found, and traced, for these words; what does not fit any more is left out."""
        ...

    def accept_case(self, case: str) -> tuple[CaseView, PrintView]:
        """受理 from the work list, for a case that an agent or an earlier visit received. Raises as accept()."""
        ...

    # -- after the receipt -----------------------------------------------------------------------------
    def step_options(self, case: str) -> StepOptions:
        """What may be done with a case now, by the table of steps (wire/lifecycle.py)."""
        ...

    def ask_correction(self, case: str, gaps: tuple[CorrectionGap, ...]) -> tuple[CaseView, PrintView | None]:
        """补正告知: ask once for all that has to be mended; the clock stands still, the notice is printed.

        Raises Refused(STEP_NOT_ALLOWED | CORRECTION_LATE | CORRECTION_INCOMPLETE). Pressed twice it is one deed, without a
        second sheet; so are the next three.
        """
        ...

    def take_correction(self, case: str, answers: tuple[GapAnswer, ...]) -> tuple[CaseView, PrintView | None]:
        """补正已收: every gap is answered, the clock goes on. Raises Refused(STEP_NOT_ALLOWED | CORRECTION_UNANSWERED)."""
        ...

    def withdraw_case(
        self, case: str, items: tuple[str, ...], text: str, signed_by: str
    ) -> tuple[CaseView, PrintView | None]:
        """撤回, by the applicant's or the agent's signed request: some items, or all of them for the case.

        Raises Refused(STEP_NOT_ALLOWED | REQUEST_UNSIGNED).
        """
        ...

    def amend_receipt(
        self, case: str, changes: tuple[Amendment, ...], text: str
    ) -> tuple[CaseView, PrintView | None]:
        """更正 of what one person may mend alone: the same number in a new version, old sheets hold no more.

        Raises Refused(STEP_NOT_ALLOWED | NOTHING_AMENDED | SECOND_PERSON_NEEDED): the last is proposed (ProposalKind.AMEND).
        """
        ...

    def forward(self, case: str) -> tuple[CaseView, PrintView | None]:
        """转报: hand a received case and its papers to the office that accepts it, with the sheet that travels along. Twice
        is once, and prints nothing more.

        Raises Refused(OFFICE_UNKNOWN) where no office above takes it.
        """
        ...

    def take_papers(self, case: str, found: Takeover) -> CaseView:
        """Take over the papers of a case that came in, and say which are missing. Twice is once.

        Raises Refused(STEP_NOT_ALLOWED).
        """
        ...

    def print_proxy(self, case: str) -> PrintView:
        """代办受理单, and once the matter is over 办结（终止）单 with what came back."""
        ...

    # -- handing out ---------------------------------------------------------------------------------
    def order_delivery(self, case: str, wish: DeliveryWish) -> tuple[CaseView, PrintView | None]:
        """出件: make a result ready at the window, with its pick-up slip, or order a courier or a locker.

        Raises Refused(NOT_DECIDED | HANDED_OUT_ALREADY | WAY_NOT_OFFERED | DELIVERY_INCOMPLETE | RESULT_AWAY).
        """
        ...

    def print_pick_up(self, case: str) -> PrintView:
        """取件凭证 with the code, of the window or of the box. Raises Refused(STEP_NOT_ALLOWED) while there is none."""
        ...

    def recall_delivery(self, case: str, reason: str) -> CaseView:
        """Call back what is on its way or in a box. Twice is once. Raises Refused(NOTHING_TO_RECALL)."""
        ...

    def hand_out(self, case: str, taken: Taken) -> tuple[CaseView, PrintView | None]:
        """Put the result into its receiver's hands: once, with the 送达回证. The same receiver twice is one deed.

        Raises Refused(HANDED_OUT_ALREADY | NOT_DECIDED | RESULT_AWAY | RECEIVER_NOT_ENTITLED | PERSON_NOT_VALID |
        AGENCY_NOT_VALID).
        """
        ...

    def print_service_return(self, case: str) -> PrintView:
        """送达回证 of what was handed out, here or by a partner. Raises Refused(STEP_NOT_ALLOWED)."""
        ...

    # -- two persons ---------------------------------------------------------------------------------
    def proposals(self) -> tuple[ProposalView, ...]:
        """What waits for a second person, newest first."""
        ...

    def proposal_options(self, case: str) -> ProposalOptions: ...
    def propose(self, case: str, wish: Wish) -> ProposalView:
        """Seal a wish over the case as it stands. Raises Refused(REASON_NEEDED | NOT_TOLERABLE | STEP_NOT_ALLOWED)."""
        ...

    def approve(
        self, proposal: str, seen: str, login: str, password: str
    ) -> tuple[CaseView, PrintView | None]:
        """Sign `seen`, the hash of what the screen shows, as the second person, and do the deed in one transaction.

        With "" for the password the operator card signs. A refusal gives its notice. Raises Refused(SAME_PERSON |
        PROPOSAL_CHANGED | APPROVAL_NEEDS_HALL | SIGN_IN_* | OPERATOR_CARD_*).
        """
        ...

    def decline(self, proposal: str) -> tuple[ProposalView, ...]:
        """Send a proposal back."""
        ...

    def withdraw(self, proposal: str) -> tuple[ProposalView, ...]:
        """Take one's own proposal back."""
        ...

    # -- supervision ---------------------------------------------------------------------------------
    def hall_board(self) -> HallBoard:
        """(net) How much stands at each counter of the hall, as the hall counts it. Raises Refused(ROLE_MISSING | HALL_*)."""
        ...

    def see_scan(self, case: str, sha256: str, page: int = 1) -> ScanPage:
        """(net) Draw one page of a scan that a case names (audited with the first). What another office has scanned of a case
        that it handed to this one comes from the hall, and is kept sealed with the case.

        Raises Refused(ROLE_MISSING | CASE_UNKNOWN | SCAN_UNKNOWN | SCAN_LOST | SCAN_COMING | SCAN_UNREADABLE | HALL_*).
        """
        ...

    def local_board(self) -> LocalBoard:
        """The same for this workstation alone, and when the hall was last heard."""
        ...

    def report(self, span: Span) -> ReportView:
        """(net) Cases received in a span of days, by day, item, clerk and window. Raises Refused(REPORT_SPAN)."""
        ...

    def export_report(self, file: TableFile, path: str, span: Span) -> str:
        """(net) Write what is shown of a report to a file (audited); return its path. Raises Refused(REPORT_EXPORT_FAILED)."""
        ...

    def shift(self) -> ShiftView:
        """The figures of the shift that runs, and the handovers before it."""
        ...

    def hand_over(
        self, seen: ShiftView, remark: str, login: str, password: str
    ) -> tuple[ShiftView, PrintView]:
        """日结交班: the signed-in person and a second one sign the figures that are shown, in one transaction with the sheet.

        With "" for the password the operator card signs. Raises Refused(SAME_PERSON | DAY_CLOSE_CHANGED |
        DAY_CLOSED_ALREADY | SIGN_IN_* | OPERATOR_CARD_*).
        """
        ...

    def take_shift(self, handover: str) -> ShiftView:
        """接班确认, by somebody else than who handed over. Raises Refused(SAME_PERSON | DAY_CLOSE_UNKNOWN)."""
        ...

    # -- audit ---------------------------------------------------------------------------------------
    def audit_state(self) -> AuditView:
        """How the chain stands with the hall, and how much of it the hall has not signed."""
        ...

    def audit_search(self, wanted: AuditFilter) -> tuple[int, ...]:
        """The places of the entries that fit, newest first (audited). Raises Refused(ROLE_MISSING)."""
        ...

    def audit_lines(self, seqs: Sequence[int]) -> tuple[AuditLine, ...]:
        """A screenful of entries by their places."""
        ...

    def audit_export(self, path: str) -> tuple[str, int]:
        """(net) Write the whole chain with the hall's stamps to a file (audited); its path and how many entries.

        Raises Refused(AUDIT_EXPORT_FAILED).
        """
        ...

    def alarms(self) -> tuple[Alarm, ...]:
        """(net) What was odd about look-ups at this station, as the hall saw it."""
        ...

    def print_slip(self, case: str, kind: SlipKind) -> PrintView:
        """Print a slip; the second print of the same kind is marked 补打 1, and so on."""
        ...

    def check_slip(
        self, code: str, heard: SlipCheck | None = None, paper: PaperOfSlip | None = None
    ) -> SlipStanding:
        """Judge a code that was scanned from a sheet or typed, without network; with what the hall said, by that (audited)."""
        ...

    def ask_slip(self, code: str) -> SlipCheck:
        """(net) Ask the hall about a code. Raises Refused(HALL_UNREACHABLE | STATION_NOT_ENROLLED)."""
        ...

    def ask_paper(self, code: str) -> PaperOfSlip:
        """(net) Ask the hall whether a sheet came out, and how often it was printed again. Raises as ask_slip(); from a hall
        of before too."""
        ...

    # -- transfers -----------------------------------------------------------------------------------
    def transfer(self) -> TransferView:
        """What waits for the hall, what needs a person, and what sticks have taken; oldest first, at most 200 of each."""
        ...

    def try_now(self) -> TransferView:
        """Let everything go at once that waits for its next try (audited)."""
        ...

    def retry_step(self, event: str) -> TransferView:
        """Send a parked step once more (audited). Raises Refused(STEP_SETTLED)."""
        ...

    def take_halls_word(self, event: str) -> TransferView:
        """Set the unsent steps of a parked step's case aside, with a record of each (audited): the case stands as the hall
        has it. Raises Refused(STEP_SETTLED)."""
        ...

    def write_stick(self, folder: str) -> StickWritten:
        """(net) Write all that waits into sealed files (audited). It goes over the line as well, should that come back.

        Raises Refused(STICK_KEY_MISSING | STICK_NOT_WRITTEN).
        """
        ...

    def read_stick(self, path: str) -> StickRead:
        """(net) Take the hall's receipts from a file (audited). Raises Refused(STICK_DAMAGED | STICK_FOREIGN |
        STICK_OTHER_EPOCH)."""
        ...

    # -- printing ------------------------------------------------------------------------------------
    def print_work(self) -> PrintWork:
        """What waits for a result slip, the batch under way, and the sheets nobody has accounted for."""
        ...

    def open_sheets(self) -> tuple[SheetView, ...]:
        """Of the twenty newest sheets the person's own that nobody has accounted for, without those of a batch; oldest first."""
        ...

    def ledger(self, case: str) -> tuple[SheetView, ...]:
        """Every sheet of a case with what became of it, oldest first."""
        ...

    def printers(self) -> tuple[PrinterView, ...]:
        """(net) What can be printed on, this station's own first; () where sheets go into a folder.

        Raises Refused(PRINT_SERVICE_DOWN | PRINTER_FAILED).
        """
        ...

    def follow_prints(self) -> tuple[SheetView, ...]:
        """(net) Ask the print service after every sheet under way and write down what is new; the sheets that changed."""
        ...

    def confirm_sheets(self, serials: Sequence[str]) -> PrintWork:
        """The person has these in hand, whole (audited). Raises Refused(SHEET_NOT_OUT) for one the printer has not done
        with, Refused(SHEET_SETTLED)."""
        ...

    def void_sheet(self, serial: str, why: VoidReason) -> PrintWork:
        """Declare a sheet void (audited); one under way is taken back first. Raises Refused(SHEET_SETTLED | PRINT_*)."""
        ...

    def send_again(self, serial: str, printer: str = "") -> PrintView:
        """Hand a sheet over again, to another printer perhaps, as it is: only one that is surely on no paper.

        Raises Refused(SHEET_MAY_EXIST | SHEET_SETTLED | PRINT_*).
        """
        ...

    def reprint_sheet(self, serial: str, why: VoidReason, printer: str = "") -> PrintView:
        """Declare a sheet void and print another with the next number, 补打 n (audited). Raises as print_slip()."""
        ...

    def draft_slip(self, case: str, kind: SlipKind, wish: PaperWish | None = None) -> Draft:
        """Lay a slip out for a look at it (audited): it takes no serial and counts nowhere. Raises as print_slip()."""
        ...

    def draw_draft(self, draft: Draft, page: int = 1) -> Preview:
        """(net) Draw a page of it. Raises Refused(PREVIEW_FAILED)."""
        ...

    def print_draft(self, draft: Draft) -> PrintView:
        """Print the very bytes that were looked at, and remember paper and languages for the kind.

        Raises as print_slip(), Refused(SHEET_CHANGED) when the sheet would be another one by now.
        """
        ...

    def looks_first(self) -> bool:
        """Say whether this station's sheets wait for a look before they go to a printer."""
        ...

    def look_first(self, *, on: bool) -> bool:
        """Let sheets wait for a look from now on, or not; `preview` shows and `send_again` prints them."""
        ...

    def preview(self, serial: str, page: int = 1) -> Preview:
        """(net) Draw a page of the archived bytes, the ones that a printer gets (audited).

        Raises Refused(SHEET_UNKNOWN | PREVIEW_FAILED).
        """
        ...

    def save_sheet(self, serial: str, path: str) -> str:
        """Write a copy of a sheet as .ofd (GB/T 33190-2016) or .pdf (audited); return its path. The right is that of printing it.

        Raises Refused(SHEET_UNKNOWN | SHEET_SETTLED | SHEET_NOT_SAVED), SHEET_SETTLED for a void one.
        """
        ...

    def start_batch(self, cases: Sequence[str], printer: str = "") -> BatchView:
        """Begin a batch of result slips of waiting cases, in their order (audited); `print_next` prints.

        Raises Refused(BATCH_OPEN | BATCH_EMPTY).
        """
        ...

    def print_next(self, batch: str) -> BatchView:
        """Make and hand over the next sheet of a running batch, if the printer has room for one."""
        ...

    def stop_batch(self, batch: str) -> BatchView:
        """Print no further sheet (audited)."""
        ...

    def resume_batch(self, batch: str, place: int = 0, printer: str | None = None) -> BatchView:
        """Go on after a halt (audited): from a place on, whatever may exist on paper is void and printed anew with its
        number; completed sheets before it came out. 0 leaves it to what the printer said. Raises Refused(PRINT_*)."""
        ...

    def redo_places(self, batch: str, places: Sequence[int]) -> BatchView:
        """Declare single sheets of a batch spoilt and print them anew with their numbers (audited)."""
        ...

    def confirm_batch(self, batch: str) -> BatchView:
        """Every sheet of it is in hand (audited). Raises Refused(SHEET_NOT_OUT) with the place of one that is not done."""
        ...

    def end_batch(self, batch: str) -> BatchView:
        """End a batch early (audited): what was printed came out, the rest is void and waits in the list again."""
        ...

    # -- the queue -----------------------------------------------------------------------------------
    def queue(self) -> QueueView:
        """取号叫号: today's queue at this workstation."""
        ...

    def take_ticket(self, matter: Matter) -> tuple[QueueView, PrintView]:
        """Take the next number of a letter for somebody and print it (audited)."""
        ...

    def call_next(self) -> QueueView:
        """Call whoever waits longest (audited); the one at the window is served with that. Raises Refused(QUEUE_EMPTY)."""
        ...

    def move_ticket(self, ticket: str, act: TicketAct) -> QueueView:
        """Call again, miss, serve or let go (audited). Raises Refused(TICKET_UNKNOWN | TICKET_ELSEWHERE)."""
        ...

    # -- uploads -------------------------------------------------------------------------------------
    def uploads(self) -> UploadsView:
        """The scans of cases that the hall has not, the next to go first, with how far each is."""
        ...

    def pause_uploads(self, paused: bool) -> UploadsView:
        """Stop sending scans after the part under way, or go on; events are never held up by it. Survives a restart."""
        ...

    def meter_uploads(self, metered: bool) -> UploadsView:
        """Say that the line is paid by volume, or that it is not: then only small scans go by themselves."""
        ...

    def retry_uploads(self) -> UploadsView:
        """Try again what the hall did not take."""
        ...

    # -- the table of working days ---------------------------------------------------------------------
    def calendar(self) -> CalendarView:
        """工作日表: what dates are computed by, and its versions."""
        ...

    def set_calendar(self, wish: CalendarWish, login: str, password: str) -> CalendarView:
        """Make a new version of the station's own table (audited, both). `login` is another supervisor, who signs with their
        own password, or with "" by their operator card.

        Raises Refused(ROLE_MISSING | CALENDAR_REASON | CALENDAR_FROM_HALL | CALENDAR_WRONG | SAME_PERSON | SIGN_IN_* |
        OPERATOR_CARD_*).
        """
        ...

    # -- evaluation ----------------------------------------------------------------------------------
    def invite_evaluation(self, case: str, stage: Stage) -> InvitationView | None:
        """Ask the citizen once for a visit (audited); None when that was done before. The one that is still open is given
        again. Raises Refused(EVALUATION_KEY_MISSING | STEP_NOT_ALLOWED)."""
        ...

    def end_evaluation(self, visit: str, sealed: str) -> None:
        """Take what the citizen's window has sealed (wire.evaluation.seal_opinion), a skip as well, and queue it for the hall
        (audited: that it is over). The first word counts. A locked desk takes it too; no verb gives it back."""
        ...

    def reviews(self) -> ReviewsView:
        """(net) The bad reviews of this station and the sums, as the hall tells them (audited)."""
        ...

    def handle_review(
        self, order: str, step: ReviewStep, text: str, grade: Grade | None = None
    ) -> ReviewsView:
        """(net) Take a step of a bad review (audited). `grade` is what the citizen says of the handling, with REGRADED only.

        Raises Refused(OWN_REVIEW | REVIEW_SETTLED | REVIEW_INCOMPLETE | HALL_*).
        """
        ...
