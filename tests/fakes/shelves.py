"""The shelves of the store in memory: plain dictionaries of the frozen values that were put in."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import islice

from wire.calendar import WorkingDayTable
from wire.codec import digest
from wire.messages import (
    AuditStamp,
    Change,
    Enrolment,
    Envelope,
    EventKind,
    HallReceipt,
    StaffAccount,
    StaffList,
)
from wire.numbers import NumberBlock
from wire.standing import CaseStanding
from workstation.domain.approval import Proposal, ProposalState
from workstation.domain.audit import GENESIS, AuditEntry, AuditFilter
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.evaluation import EvaluationAsked
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import Found, Wanted, matches
from workstation.domain.handover import Handover
from workstation.domain.outbox import BROKE_OFTEN, HALL_BROKE, OutboxState, QueueState, Waiting
from workstation.domain.queue import Ticket
from workstation.domain.sheet import Batch, BatchState, Fate, Sheet, is_under_way
from workstation.domain.slip import Print
from workstation.domain.uploads import Upload
from workstation.domain.visit import Visit
from workstation.domain.work_lists import SavedFilter


@dataclass(slots=True)
class Shelves:
    """Everything in the store."""

    cases: dict[str, Case] = field(default_factory=dict)
    drafts: dict[str, Visit] = field(default_factory=dict)  # the newest last
    outbox: dict[str, Waiting] = field(default_factory=dict)  # in order of seq
    receipts: dict[str, HallReceipt] = field(default_factory=dict)
    audit: dict[int, AuditEntry] = field(default_factory=dict)
    prints: dict[str, Print] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    sheet_pdfs: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    sent_blobs: dict[str, bool] = field(default_factory=dict)
    lost_blobs: dict[str, bool] = field(default_factory=dict)
    uploads: dict[str, tuple[str, int, str]] = field(
        default_factory=dict
    )  # sha256 -> address, taken, trouble
    numbers: dict[str, int] = field(default_factory=dict)
    enrolled: dict[str, tuple[str, Enrolment, bytes]] = field(default_factory=dict)  # "" -> all three
    failures: dict[str, tuple[int, datetime | None]] = field(default_factory=dict)
    cursor: dict[str, str] = field(default_factory=dict)  # "" -> the cursor
    held: dict[tuple[str, int], Change] = field(default_factory=dict)
    stamps: dict[int, AuditStamp] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    reports: dict[int, tuple[datetime, str]] = field(default_factory=dict)
    waiting: dict[str, None] = field(default_factory=dict)  # cases, in order
    staff: dict[str, StaffList] = field(default_factory=dict)  # "" -> the list
    latest: dict[str, datetime] = field(default_factory=dict)  # "" -> the latest time seen
    proposals: dict[str, Proposal] = field(default_factory=dict)
    evaluations: dict[str, EvaluationAsked] = field(default_factory=dict)
    filters: dict[tuple[str, str], SavedFilter] = field(default_factory=dict)  # (login, name)
    handovers: dict[str, Handover] = field(default_factory=dict)  # the newest last
    tickets: dict[str, Ticket] = field(default_factory=dict)
    earlier: dict[tuple[str, str], HallReceipt] = field(
        default_factory=dict
    )  # (event, epoch) -> the hall's word then

    calendars: dict[str, tuple[WorkingDayTable, bool]] = field(default_factory=dict)

    def copy(self) -> Shelves:
        """Copies are one level deep: the values are frozen."""
        return Shelves(*(dict(getattr(self, f.name)) for f in fields(self)))


class FakeCalendars:
    """See services.ports.Calendars."""

    def __init__(self, work: Shelves) -> None:
        self._kept = work.calendars

    def add(self, table: WorkingDayTable, *, own: bool) -> None:
        self._kept.setdefault(table.version, (table, own))

    def get(self, version: str) -> WorkingDayTable | None:
        found = self._kept.get(version)
        return found[0] if found else None

    def newest(self, *, own: bool) -> WorkingDayTable | None:
        return next((table for table, mine in self.all() if mine is own), None)

    def all(self) -> tuple[tuple[WorkingDayTable, bool], ...]:
        return tuple(sorted(self._kept.values(), key=lambda each: (each[1], -each[0].number)))


class FakeCases:
    """See services.ports.Cases."""

    def __init__(self, work: Shelves) -> None:
        self._cases = work.cases
        self._prints = work.prints

    def add(self, case: Case) -> None:
        taken = {kept.receipt_no for kept in self._cases.values()}
        if case.id in self._cases or case.receipt_no in taken:
            raise ValueError(case.id)
        self._cases[case.id] = case

    def save(self, case: Case) -> None:
        self.get(case.id)
        self._cases[case.id] = case

    def get(self, case: str) -> Case:
        if case not in self._cases:
            raise Refused(Failure.CASE_UNKNOWN)
        return self._cases[case]

    def by_receipt(self, receipt_no: str) -> Case | None:
        return next((case for case in self._cases.values() if case.receipt_no == receipt_no), None)

    def latest(
        self, limit: int, status: Sequence[CaseStatus] = (), after: Case | None = None
    ) -> tuple[Case, ...]:
        wanted = [case for case in self._cases.values() if not status or case.status in status]
        if after is not None:
            wanted = [c for c in wanted if (c.received_at, c.id) < (after.received_at, after.id)]
        return tuple(sorted(wanted, key=lambda case: (case.received_at, case.id), reverse=True)[:limit])

    def find(self, wanted: Wanted, limit: int, at_once: int) -> Found:
        fit = [n for n, case in reversed([*enumerate(self._cases.values())]) if matches(case, wanted)][:limit]
        return Found(self.fitting(fit[:at_once], wanted), tuple(fit[at_once:]))

    def fitting(self, places: Sequence[int], wanted: Wanted) -> tuple[Case, ...]:
        there = dict(enumerate(self._cases.values()))
        found = [there[place] for place in sorted(places, reverse=True) if place in there]
        return tuple(case for case in found if matches(case, wanted))

    def make_findable(self, limit: int) -> int:
        return 0

    def hidden(self) -> int:
        return 0

    def since(self, day: date, limit: int) -> tuple[Case, ...]:
        return tuple(c for c in self.latest(len(self._cases)) if today_at(c.received_at) >= day)[:limit]

    def of_person(self, id_no: str, limit: int) -> tuple[Case, ...]:
        theirs = [case for case in self.latest(len(self._cases)) if case.applicant.id_no == id_no]
        return tuple(theirs[:limit])

    def at(self, places: Sequence[int]) -> tuple[Case, ...]:
        there = list(self._cases.values())
        return tuple(there[place - 1] for place in places if 0 < place <= len(there))

    def by_slip(self, serial: str) -> Case | None:
        entry = self._prints.get(serial)
        return self._cases.get(entry.case) if entry is not None else None

    def make_listable(self, limit: int) -> int:
        return 0

    def is_written_down(self) -> bool:
        return True

    def count(self) -> int:
        return len(self._cases)

    def ended_before(self, at: datetime, limit: int, skip: int = 0) -> tuple[Case, ...]:
        ended = [(c.ended_at, c.id, c) for c in self._cases.values() if c.ended_at is not None]
        found = [case for when, _, case in sorted(ended, key=lambda each: each[:2]) if when < at]
        return tuple(found[skip : skip + limit])


class FakeDrafts:
    """See services.ports.Drafts."""

    def __init__(self, work: Shelves) -> None:
        self._drafts = work.drafts
        self._work = work

    def save(self, visit: Visit) -> None:
        self._drafts.pop(visit.case, None)
        self._drafts[visit.case] = visit

    def drop(self, case: str) -> None:
        dropped = self._drafts.pop(case, None)
        told = any(waiting.envelope.subject == case for waiting in self._work.outbox.values())
        if dropped is not None and case not in self._work.cases and not told:
            for sheet in self._work.sheets.values():
                if sheet.case == case:
                    self._work.sheet_pdfs.pop(sheet.serial, None)

    def get(self, case: str) -> Visit | None:
        return self._drafts.get(case)

    def all(self) -> tuple[Visit, ...]:
        return tuple(reversed(self._drafts.values()))


class FakeOutbox:
    """See services.ports.Outbox."""

    def __init__(self, work: Shelves) -> None:
        self._rows = work.outbox
        self._receipts = work.receipts
        self._earlier = work.earlier
        self._sent = work.sent_blobs

    def add(self, *, id: str, subject: str, kind: str, at: datetime, actor: str, body: str) -> Waiting:  # noqa: A002 - the port's own word
        if id in self._rows:
            raise ValueError(id)
        last = next(reversed(self._rows.values())).envelope if self._rows else None
        seq, prev = (last.seq + 1, last.sha256) if last else (1, GENESIS)
        envelope = Envelope(id, seq, subject, EventKind(kind), at, actor, body, digest(body), prev)
        self._rows[id] = Waiting(envelope, OutboxState.PENDING, 0, None, "")
        return self._rows[id]

    def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> tuple[Waiting, ...]:
        held = set(but) | {
            row.envelope.subject for row in self._rows.values() if row.state is OutboxState.PARKED
        }
        found = []
        for row in self._rows.values():
            if row.state is not OutboxState.PENDING or row.envelope.subject in held:
                continue
            if row.next_at is not None and row.next_at > now:
                held.add(row.envelope.subject)
                continue
            found.append(row)
        return tuple(islice(found, limit))

    def acked(self, event: str, receipt: HallReceipt) -> None:
        if self._rows[event].state is not OutboxState.ACKED:
            self._receipts[event] = receipt
        self._change(event, replace(self._rows[event], state=OutboxState.ACKED, trouble="", next_at=None))

    def failed(self, event: str, trouble: str, next_at: datetime) -> None:
        row = self._rows[event]
        self._change(event, replace(row, tries=row.tries + 1, trouble=trouble, next_at=next_at))

    def parked(self, event: str, trouble: str, standing: CaseStanding | None = None) -> None:
        row = replace(self._rows[event], trouble=trouble, standing=standing, next_at=None)
        self._change(event, replace(row, tries=row.tries + 1, state=OutboxState.PARKED))

    def all_acked(self, receipts: Mapping[str, HallReceipt]) -> None:
        for event, receipt in receipts.items():
            self.acked(event, receipt)

    def retry(self, event: str) -> None:
        fresh = replace(self._rows[event], state=OutboxState.PENDING, tries=0, trouble="")
        self._change(event, replace(fresh, next_at=None, standing=None))

    def parked_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        return tuple(islice((row for row in self._rows.values() if row.state is OutboxState.PARKED), limit))

    def stuck_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        rows = list(self._rows.values())
        signed = max((n for n, row in enumerate(rows) if row.state is OutboxState.ACKED), default=0)
        often = (
            row
            for row in rows[:signed]
            if row.state is OutboxState.PENDING and row.trouble == HALL_BROKE and row.tries >= BROKE_OFTEN
        )
        return tuple(islice(often, limit))

    def waiting_items(self, limit: int = 200) -> tuple[Waiting, ...]:
        return tuple(self._pending()[:limit])

    def set_aside(self, subject: str) -> tuple[Waiting, ...]:
        open_ones = (OutboxState.PENDING, OutboxState.PARKED)
        mine = [
            row for row in self._rows.values() if row.envelope.subject == subject and row.state in open_ones
        ]
        for row in mine:
            self._rows[row.envelope.id] = replace(row, state=OutboxState.SET_ASIDE, next_at=None)
        return tuple(mine)

    def send_again(self, since: datetime, epoch: str) -> int:
        count = 0
        for event, row in self._rows.items():
            known = self._receipts.get(event)
            fits = row.state is OutboxState.ACKED and row.envelope.body
            if known is None or not fits or known.received_at < since:
                continue
            self._earlier.setdefault((event, epoch), known)
            pending = replace(row, state=OutboxState.PENDING, tries=0, trouble="", next_at=None)
            self._rows[event] = replace(pending, again=True)
            count += 1
        for sha256 in list(self._sent) if count else ():
            del self._sent[sha256]
        return count

    def number_anew(self) -> int:
        number, prev = 0, GENESIS
        for event, row in self._rows.items():
            if row.state is not OutboxState.ACKED:
                number += 1
                self._rows[event] = replace(row, envelope=replace(row.envelope, seq=number, prev=prev))
                prev = row.envelope.sha256
        return number

    def earlier_receipts(self, event: str) -> tuple[tuple[str, HallReceipt], ...]:
        return tuple((epoch, word) for (each, epoch), word in sorted(self._earlier.items()) if each == event)

    def has_unsent(self, subject: str) -> bool:
        return any(row.envelope.subject == subject for row in self._pending())

    def state(self) -> QueueState:
        pending = self._pending()
        parked = sum(row.state is OutboxState.PARKED for row in self._rows.values())
        parked += len(self.stuck_items(len(pending)))
        return QueueState(len(pending), parked, min((row.envelope.at for row in pending), default=None))

    def receipt(self, event: str) -> HallReceipt | None:
        return self._receipts.get(event)

    def _pending(self) -> list[Waiting]:
        return [row for row in self._rows.values() if row.state is OutboxState.PENDING]

    def _change(self, event: str, row: Waiting) -> None:
        if self._rows[event].state is not OutboxState.ACKED:
            self._rows[event] = row


class FakeAudit:
    """See services.ports.Audit."""

    def __init__(self, work: Shelves) -> None:
        self._entries = work.audit
        self._stamps = work.stamps
        self._cases = work.cases

    def note(self, *, at: datetime, actor: str, deed: str, case: str = "", note: str = "") -> AuditEntry:
        before = self._entries.get(len(self._entries))
        entry = AuditEntry.following(before, at=at, actor=actor, deed=Deed(deed), case=case, note=note)
        self._entries[entry.seq] = entry
        return entry

    def entries(self) -> tuple[AuditEntry, ...]:
        return tuple(self._entries.values())

    def counts(self, since: datetime, after: int) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for entry in self._entries.values():
            if entry.at >= since and entry.seq > after:
                found[entry.deed.value] = found.get(entry.deed.value, 0) + 1
        return found

    def head(self) -> AuditEntry | None:
        return self._entries.get(len(self._entries))

    def entry(self, seq: int) -> AuditEntry | None:
        return self._entries.get(seq)

    def search(self, wanted: AuditFilter) -> tuple[int, ...]:
        cases = {wanted.case} | {c.id for c in self._cases.values() if c.receipt_no == wanted.case}
        noted = [e for e in self._entries.values() if e.deed is Deed.RECEIVED and e.note == wanted.case]
        cases |= {entry.case for entry in noted if wanted.case}
        return tuple(
            seq
            for seq, entry in reversed(self._entries.items())
            if (wanted.since is None or entry.at >= wanted.since)
            and (wanted.until is None or entry.at < wanted.until)
            and wanted.actor in {"", entry.actor}
            and (not wanted.deeds or entry.deed in wanted.deeds)
            and (not wanted.case or entry.case in cases)
        )

    def lines(self, seqs: Sequence[int]) -> tuple[AuditEntry, ...]:
        return tuple(self._entries[seq] for seq in seqs if seq in self._entries)

    def actors(self) -> tuple[str, ...]:
        return tuple(sorted({entry.actor for entry in self._entries.values()}))

    def stamp(self) -> AuditStamp | None:
        return self._stamps[max(self._stamps)] if self._stamps else None

    def stamps(self) -> tuple[AuditStamp, ...]:
        return tuple(self._stamps[seq] for seq in sorted(self._stamps))

    def keep_stamp(self, stamp: AuditStamp) -> None:
        self._stamps[stamp.seq] = stamp


class FakePrints:
    """See services.ports.Prints."""

    def __init__(self, work: Shelves) -> None:
        self._prints = work.prints

    def add(self, entry: Print) -> None:
        if entry.serial in self._prints:
            raise ValueError(entry.serial)
        self._prints[entry.serial] = entry

    def count(self, day: str, lane: str) -> int:
        return sum(s.startswith(day) and s[len(day) + 3 :].startswith(lane) for s in self._prints)

    def of_case(self, case: str) -> tuple[Print, ...]:
        return tuple(self._prints[serial] for serial in self._prints if self._prints[serial].case == case)

    def find(self, serial: str) -> Print | None:
        return self._prints.get(serial)

    def change(self, entry: Print) -> None:
        self._prints[entry.serial] = entry


class FakeSheets:
    """See services.ports.Sheets."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def add(self, sheet: Sheet, pdf: bytes) -> None:
        if sheet.serial in self._work.sheets:
            raise ValueError(sheet.serial)
        self._work.sheets[sheet.serial] = sheet
        self._work.sheet_pdfs[sheet.serial] = pdf

    def save(self, sheet: Sheet) -> None:
        self.get(sheet.serial)
        self._work.sheets[sheet.serial] = sheet

    def get(self, serial: str) -> Sheet:
        if serial not in self._work.sheets:
            raise Refused(Failure.SHEET_UNKNOWN)
        return self._work.sheets[serial]

    def find(self, serial: str) -> Sheet | None:
        return self._work.sheets.get(serial)

    def pdf(self, serial: str) -> bytes:
        sheet, pdf = self.get(serial), self._work.sheet_pdfs.get(serial)
        if pdf is None:
            raise Refused(Failure.SHEET_UNKNOWN)
        if hashlib.sha256(pdf).hexdigest() != sheet.sha256:
            raise Refused(Failure.STORE_DAMAGED)
        return pdf

    def open(self, limit: int) -> tuple[Sheet, ...]:
        return tuple(islice((each for each in self._in_order() if each.fate is Fate.OPEN), limit))

    def forsaken(self, before: datetime, limit: int) -> tuple[Sheet, ...]:
        kept = {*self._work.cases, *self._work.drafts}
        old = (each for each in self._in_order() if each.fate is Fate.OPEN and each.made_at < before)
        return tuple(islice((each for each in old if each.case not in kept), limit))

    def under_way(self, limit: int) -> tuple[Sheet, ...]:
        return tuple(islice((each for each in self._in_order() if is_under_way(each)), limit))

    def of_case(self, case: str) -> tuple[Sheet, ...]:
        return tuple(each for each in self._in_order() if each.case == case)

    def of_batch(self, batch: str) -> tuple[Sheet, ...]:
        return tuple(each for each in self._in_order() if each.batch == batch)

    def latest(self, limit: int) -> tuple[Sheet, ...]:
        return tuple(reversed(self._in_order()))[:limit]

    def slips_wanted(self, kind: str, limit: int) -> tuple[str, ...]:
        good = {
            each.case
            for each in self._work.sheets.values()
            if each.kind.value == kind and each.fate is not Fate.VOID
        }
        cases = sorted(self._work.cases.values(), key=lambda case: (case.received_at, case.id))
        wanted = (case.id for case in cases if case.status is CaseStatus.DECIDED and case.id not in good)
        return tuple(islice(wanted, limit))

    def keep_batch(self, batch: Batch) -> None:
        self._work.batches[batch.id] = batch

    def batch(self, id: str) -> Batch:  # noqa: A002 - the port's name
        if id not in self._work.batches:
            raise Refused(Failure.BATCH_UNKNOWN)
        return self._work.batches[id]

    def open_batch(self) -> Batch | None:
        going = {BatchState.RUNNING, BatchState.HALTED}
        return next((each for each in self._work.batches.values() if each.state in going), None)

    def _in_order(self) -> list[Sheet]:
        return sorted(self._work.sheets.values(), key=lambda each: (each.made_at, each.serial))


class FakeBlobs:
    """See services.ports.Blobs."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def put(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self._work.blobs[sha256] = content
        return sha256

    def get(self, sha256: str) -> bytes:
        if sha256 in self._work.lost_blobs:
            raise Refused(Failure.SCAN_LOST)
        return self._work.blobs[sha256]

    def unsent(self, limit: int) -> tuple[str, ...]:
        return tuple(upload.sha256 for upload in self.uploads(limit))

    def uploads(self, limit: int) -> tuple[Upload, ...]:
        named: dict[str, str] = {}
        for case in self._work.cases.values():
            for sha in (sha for m in case.materials for sha in m.blobs):
                named[sha] = min(case.id, named.get(sha, case.id))
        waiting = [sha for sha in named if sha in self._work.blobs and sha not in self._work.sent_blobs]
        aside = {sha for sha, (_, _, trouble) in self._work.uploads.items() if trouble}
        waiting.sort(key=lambda sha: (sha in aside, len(self._work.blobs[sha]), sha))
        return tuple(
            Upload(sha, len(self._work.blobs[sha]), named[sha], *self._work.uploads.get(sha, ("", 0, "")))
            for sha in waiting[:limit]
        )

    def moved(self, sha256: str, address: str, taken: int) -> None:
        trouble = self._work.uploads.get(sha256, ("", 0, ""))[2]
        self._work.uploads[sha256] = (address, taken, trouble)

    def set_aside(self, sha256: str, trouble: str) -> None:
        address, taken, _ = self._work.uploads.get(sha256, ("", 0, ""))
        self._work.uploads[sha256] = (address, taken, trouble)

    def send_again(self) -> int:
        count = len(self._work.sent_blobs)
        for sha256 in list(self._work.sent_blobs):
            del self._work.sent_blobs[sha256]
            self._work.uploads[sha256] = ("", 0, "")
        return count

    def try_again(self) -> None:
        for sha256, (address, taken, _) in list(self._work.uploads.items()):
            self._work.uploads[sha256] = (address, taken, "")

    def sent(self, sha256: str) -> None:
        self._work.sent_blobs[sha256] = True


class FakeStation:
    """See services.ports.Station."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def enrolment(self) -> Enrolment | None:
        return self._work.enrolled[""][1] if self._work.enrolled else None

    def hall_url(self) -> str:
        return self._work.enrolled[""][0] if self._work.enrolled else ""

    def enrol(self, hall_url: str, enrolment: Enrolment, device_key: bytes) -> None:
        self._work.enrolled[""] = (hall_url, enrolment, device_key)

    def renew(self, enrolment: Enrolment) -> None:
        url, before, key = self._work.enrolled[""]
        self._work.enrolled[""] = (url, enrolment, key)
        if enrolment.lane and before.incarnation != enrolment.incarnation:
            self._work.facts["number_lane"] = f"{enrolment.device} {enrolment.incarnation} {enrolment.lane}"

    def drop_held(self) -> None:
        self._work.held.clear()

    def device_key(self) -> bytes:
        if not self._work.enrolled:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return self._work.enrolled[""][2]

    def change_key(self, device_key: bytes) -> None:
        url, enrolment, _ = self._work.enrolled[""]
        self._work.enrolled[""] = (url, enrolment, device_key)

    def account(self, login: str) -> StaffAccount | None:
        enrolment, newest = self.enrolment(), self.staff_list()
        staff = newest.accounts if newest else enrolment.staff if enrolment else ()
        return next((account for account in staff if account.login == login), None)

    def staff_list(self) -> StaffList | None:
        return self._work.staff.get("")

    def take_staff(self, staff: StaffList) -> None:
        self._work.staff[""] = staff
        kept = {account.login for account in staff.accounts}
        for login in set(self._work.failures) - kept:
            del self._work.failures[login]

    def hear_staff(self, staff: StaffList) -> bool:
        return False  # nothing is remembered here but what was committed

    def latest_time(self) -> datetime | None:
        return self._work.latest.get("")

    def saw_time(self, at: datetime) -> None:
        self._work.latest[""] = at

    def failed_sign_ins(self, login: str) -> tuple[int, datetime | None]:
        return self._work.failures.get(login, (0, None))

    def sign_in_failed(self, login: str, at: datetime) -> None:
        if self.account(login) is not None:
            self._work.failures[login] = (self.failed_sign_ins(login)[0] + 1, at)

    def sign_in_worked(self, login: str) -> None:
        self._work.failures.pop(login, None)

    def next_number(self, series: str) -> int:
        self._work.numbers[series] = self._work.numbers.get(series, 0) + 1
        return self._work.numbers[series]

    def last_number(self, series: str) -> int:
        return self._work.numbers.get(series, 0)

    def saw_number(self, series: str, number: int) -> None:
        self._work.numbers[series] = max(self._work.numbers.get(series, 0), number)

    def lane(self) -> str:
        held = self._work.facts.get("number_lane", "")
        if not held:
            return ""
        device, incarnation, lane = held.split(" ")
        known = self.enrolment()
        if known is None or (known.device, str(known.incarnation)) != (device, incarnation):
            raise Refused(Failure.NUMBERS_MISSING)
        return lane

    def take_block(self, block: NumberBlock) -> None:
        self._work.facts["number_lane"] = f"{block.device} {block.incarnation} {block.lane}"

    def cursor(self) -> str:
        return self._work.cursor.get("", "")

    def move_cursor(self, cursor: str) -> None:
        self._work.cursor[""] = cursor

    def fact(self, name: str) -> str:
        return self._work.facts.get(name, "")

    def remember(self, name: str, value: str) -> None:
        self._work.facts[name] = value

    def held_changes(self) -> tuple[Change, ...]:
        return tuple(self._work.held[key] for key in sorted(self._work.held))

    def hold(self, change: Change) -> None:
        self._work.held.setdefault((change.subject, change.rev), change)

    def release(self, subject: str) -> tuple[Change, ...]:
        keys = sorted(key for key in self._work.held if key[0] == subject)
        return tuple(self._work.held.pop(key) for key in keys)

    def wait_for(self, case: str, *, waits: bool) -> None:
        self._work.waiting.pop(case, None) if not waits else self._work.waiting.setdefault(case, None)

    def waiting(self) -> tuple[str, ...]:
        return tuple(self._work.waiting)


class FakeProposals:
    """See services.ports.Proposals."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def add(self, proposal: Proposal) -> None:
        if proposal.id in self._work.proposals or proposal.case not in self._work.cases:
            raise ValueError(proposal.id)
        self._work.proposals[proposal.id] = proposal

    def save(self, proposal: Proposal) -> None:
        self.get(proposal.id)
        self._work.proposals[proposal.id] = proposal

    def get(self, id: str) -> Proposal:  # noqa: A002 - the port's name
        if id not in self._work.proposals:
            raise Refused(Failure.CASE_UNKNOWN)
        return self._work.proposals[id]

    def open(self) -> tuple[Proposal, ...]:
        waiting = [p for p in self._work.proposals.values() if p.state is ProposalState.OPEN]
        return tuple(sorted(waiting, key=lambda p: (p.proposed_at, p.id), reverse=True))

    def of_case(self, case: str) -> tuple[Proposal, ...]:
        return tuple(
            sorted(
                (p for p in self._work.proposals.values() if p.case == case),
                key=lambda p: (p.proposed_at, p.id),
            )
        )


class FakeEvaluations:
    """See services.ports.Evaluations."""

    def __init__(self, work: Shelves) -> None:
        self._kept = work.evaluations

    def add(self, invitation: EvaluationAsked) -> None:
        same = {(each.case, each.sitting) for each in self._kept.values()}
        if invitation.visit in self._kept or (invitation.case, invitation.sitting) in same:
            raise ValueError(invitation.visit)
        self._kept[invitation.visit] = invitation

    def get(self, visit: str) -> EvaluationAsked | None:
        return self._kept.get(visit)

    def of_case(self, case: str) -> tuple[EvaluationAsked, ...]:
        return tuple(sorted((e for e in self._kept.values() if e.case == case), key=lambda e: e.nth))

    def open(self) -> tuple[EvaluationAsked, ...]:
        left = (each for each in self._kept.values() if each.ended_at is None)
        return tuple(sorted(left, key=lambda each: each.invited_at))

    def save(self, invitation: EvaluationAsked) -> None:
        known = self._kept[invitation.visit]
        self._kept[invitation.visit] = replace(known, ended_at=invitation.ended_at)


class FakePurges:
    """See services.ports.Purges."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def unsent(self, case: str, by: datetime | None = None) -> bool:
        steps = [w for w in self._work.outbox.values() if w.envelope.subject == case]
        words = self._work.receipts
        late = any(by and w.envelope.id in words and words[w.envelope.id].received_at > by for w in steps)
        held = any(subject == case for subject, _ in self._work.held)
        scans = _scans(self._work.cases[case]) if case in self._work.cases else set()
        waiting = scans & set(self._work.blobs) - set(self._work.sent_blobs)
        return (
            late
            or held
            or bool(waiting)
            or any(w.state in (OutboxState.PENDING, OutboxState.PARKED) for w in steps)
        )

    def purge(self, case: str) -> dict[str, int]:
        work = self._work
        sheets = [serial for serial, sheet in work.prints.items() if sheet.case == case]
        steps = [w for w in work.outbox.values() if w.envelope.subject == case]
        for waiting in steps:
            blank = replace(waiting.envelope, body="")
            work.outbox[waiting.envelope.id] = replace(waiting, envelope=blank)
        for serial in sheets:
            del work.prints[serial]
        for serial in [each.serial for each in work.sheets.values() if each.case == case]:
            del work.sheets[serial]
            work.sheet_pdfs.pop(serial, None)
        wishes = [proposal.id for proposal in work.proposals.values() if proposal.case == case]
        for wish in wishes:
            del work.proposals[wish]
        asked = [each.visit for each in work.evaluations.values() if each.case == case]
        for visit in asked:
            del work.evaluations[visit]
        del work.cases[case]
        drafts = int(work.drafts.pop(case, None) is not None)
        return {
            "steps": len(steps),
            "proposals": len(wishes),
            "sheets": len(sheets),
            "drafts": drafts,
            "evaluations": len(asked),
            "cases": 1,
        }

    def orphans(self, by: datetime | None = None) -> int:
        for sheet in self._work.sheets.values():
            if not sheet.case and sheet.fate is not Fate.OPEN:
                self._work.sheet_pdfs.pop(sheet.serial, None)
        return self._drop(set(self._work.blobs) - self._named())

    def remarks(self, by: datetime) -> int:
        old = [each for each in self._work.handovers.values() if each.at < by and each.remark]
        self._work.handovers |= {each.id: replace(each, remark="") for each in old}
        return len(old)

    def keep_report(self, at: datetime, body: str) -> int:
        number = len(self._work.reports) + 1
        self._work.reports[number] = (at, body)
        return number

    def reports(self) -> tuple[tuple[int, datetime, str], ...]:
        return tuple((n, *self._work.reports[n]) for n in sorted(self._work.reports, reverse=True))

    def _drop(self, scans: set[str]) -> int:
        there = scans & set(self._work.blobs)
        for sha256 in there:
            del self._work.blobs[sha256]
        return len(there)

    def _named(self) -> set[str]:
        drafted = {
            scan.sha256
            for visit in self._work.drafts.values()
            for paper in visit.papers.values()
            for scan in paper.scans
        }
        return drafted.union(*(_scans(case) for case in self._work.cases.values()))


def _scans(case: Case) -> set[str]:
    return {sha256 for material in case.materials for sha256 in material.blobs}


class FakeTickets:
    """See services.ports.Tickets."""

    def __init__(self, work: Shelves) -> None:
        self._work = work

    def add(self, ticket: Ticket) -> None:
        self._work.tickets[ticket.id] = ticket

    def save(self, ticket: Ticket) -> None:
        self.get(ticket.id)
        self._work.tickets[ticket.id] = ticket

    def get(self, ticket: str) -> Ticket:
        if ticket not in self._work.tickets:
            raise Refused(Failure.TICKET_UNKNOWN)
        return self._work.tickets[ticket]

    def of_day(self, day: date) -> tuple[Ticket, ...]:
        found = (each for each in self._work.tickets.values() if each.day == day)
        return tuple(sorted(found, key=lambda each: each.id))

    def drop_before(self, day: date) -> int:
        old = [each.id for each in self._work.tickets.values() if each.day < day]
        for ticket in old:
            del self._work.tickets[ticket]
        return len(old)


class FakeHandovers:
    """See services.ports.Handovers."""

    def __init__(self, work: Shelves) -> None:
        self._kept = work.handovers

    def add(self, handover: Handover) -> None:
        self._kept[handover.id] = handover

    def save(self, handover: Handover) -> None:
        self.get(handover.id)
        self._kept[handover.id] = handover

    def get(self, handover: str) -> Handover:
        if handover not in self._kept:
            raise Refused(Failure.DAY_CLOSE_UNKNOWN)
        return self._kept[handover]

    def latest(self, limit: int) -> tuple[Handover, ...]:
        return tuple(reversed(self._kept.values()))[:limit]
