"""A seat at the counter: what every verb of the desk leans on - gate, clock, line to the hall, press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from workstation.domain.audit import Standing, standing
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.diagnosis import Diagnosis, reader_days
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import PaperWish, SlipKind
from workstation.domain.staleness import Staleness
from workstation.services.alone import hold_alone, staleness_of
from workstation.services.credentials import days_left, policy_of
from workstation.services.gate import Gate
from workstation.services.in_reader import InReader
from workstation.services.keep_sheet import hand_over
from workstation.services.paper_wishes import looks_first
from workstation.services.ports import CardPresence, Unit
from workstation.services.print_document import Desk, Document, Printed, print_document
from workstation.services.print_slip import print_slip
from workstation.services.rooms import DeskRooms, Rooms, Sticks
from workstation.services.show_case import Here, show_case
from workstation.services.show_dates import ShowDates
from workstation.services.views import (
    CaseView,
    Link,
    LinkView,
    PrintView,
    ReaderView,
    StationStep,
    StationView,
)
from workstation.services.working_days import Tables


class Seat:
    """The part of the desk that is there whatever the person does."""

    def __init__(self, rooms: Rooms) -> None:
        self._gate = Gate(rooms)
        self._outer = rooms
        self._loaded: DeskRooms | None = None

    def station(self) -> StationView:
        """See DeskApi."""
        return self._gate.view()

    def prepare(self) -> None:
        """See DeskApi. (net)"""
        self._outer.prepare()

    def prepare_paper(self) -> None:
        """See DeskApi. (net)"""
        self._rooms.press.prepare()

    def unlock(self, passphrase: str) -> StationView:
        """See DeskApi."""
        view = self._gate.unlock(passphrase)
        if self._loaded is None:
            self._loaded = self._outer.load_desk()
        return view

    def recover(self, code: str, grant_file: str, passphrase: str) -> StationView:
        """See DeskApi."""
        view = self._gate.recover(code, grant_file, passphrase)
        if self._loaded is None:
            self._loaded = self._outer.load_desk()
        return view

    def enrol(self, hall_url: str, code: str) -> StationView:
        """See DeskApi."""
        return self._gate.enrol(hall_url, code)

    def ask_confirmed(self) -> StationView:
        """See DeskApi."""
        return self._gate.ask_confirmed()

    def enrol_again(self, code: str) -> StationView:
        """See DeskApi."""
        return self._gate.enrol_again(code)

    def sign_in(self, login: str, password: str) -> StationView:
        """See DeskApi."""
        return self._gate.sign_in(login, password, self._rooms.operator_cards)

    def lock(self, why: str) -> StationView:
        """See DeskApi."""
        return self._gate.lock(why)

    def resume_work(self, password: str) -> StationView:
        """See DeskApi."""
        return (
            self._gate.resume(password) if password else self._gate.resume_by_card(self._rooms.operator_cards)
        )

    def watch_card(self, gone: Callable[[], object], came: Callable[[], object]) -> None:
        """See DeskApi."""
        self._rooms.operator_slot.listen(gone, came)

    def close(self) -> None:
        """Stop what runs beside the desk."""
        self._gate.close()
        if self._loaded is not None:
            self._loaded.cards.close()
            if self._loaded.operator_cards is not None:
                self._loaded.operator_cards.close()
            if self._loaded.scanner is not None:
                self._loaded.scanner.close()

    def link(self) -> LinkView:
        """See DeskApi."""
        line = self._gate.line
        if line is None:
            return LinkView(Link.UNKNOWN, None, 0, 0, None)
        state, heard = line.link()
        with self._gate.open_unit() as unit:
            queue = unit.outbox.state()
            scans = len(unit.blobs.unsent(1000))
            left = days_left(unit, self._now())
            near = left is not None and left < policy_of(unit).warn_days
            audit = self._chain_standing(unit)
            alone = self._alone(unit)
        return LinkView(
            state,
            heard,
            queue.pending,
            queue.parked,
            queue.oldest,
            staff_days_left=left if near else None,
            audit=audit,
            copied=line.copied(),
            clock_behind_s=line.clock_behind_s(),
            alone=alone,
            trouble=line.trouble(),
            scans=scans,
        )

    def reader(self) -> ReaderView:
        """See DeskApi."""
        cards = self._rooms.cards
        return ReaderView(cards.presence(), reader_days(cards.reads(), today_at(self._now())))

    def listen(
        self, told: Callable[[CardPresence], object], scanned: Callable[[str], object] = lambda _: None
    ) -> None:
        """See DeskApi."""
        self._in_reader.listen(told)
        if self._rooms.scanner is not None:
            self._rooms.scanner.listen(scanned)

    def diagnose(self) -> tuple[Diagnosis, str]:
        """See DeskApi. (net)"""
        self._gate.may(Deed.DIAGNOSED)
        found = self._rooms.cards.diagnose()
        return found, self._rooms.keep_diagnosis(found)

    @property
    def _rooms(self) -> DeskRooms:
        if self._loaded is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.UNLOCK.value)
        return self._loaded

    @property
    def _in_reader(self) -> InReader:
        return self._rooms.in_reader

    def _now(self) -> datetime:
        return self._outer.clock()

    def _online(self) -> bool:
        return self._gate.line is not None and self._gate.line.link()[0] is Link.UP

    def _chain_standing(self, unit: Unit) -> Standing:
        head, stamp = unit.audit.head(), unit.audit.stamp()
        stamped = stamp.seq if stamp is not None else 0
        oldest = unit.audit.entry(stamped + 1)
        waited = self._now() - oldest.at if oldest is not None else timedelta()
        exposed = head.seq - stamped if head is not None else 0
        return standing(exposed, waited, chain_trouble(unit), self._outer.audit_limits)

    def _hold_unstamped(self) -> None:
        """Raise Refused(AUDIT_STOPPED) when the settings say that nothing is filed without the hall's stamp."""
        limit = self._outer.audit_limits.stop
        if limit is None:
            return
        with self._gate.open_unit() as unit:
            found = self._chain_standing(unit)
        if found in {Standing.STOPPED, Standing.REFUSED}:
            raise Refused(Failure.AUDIT_STOPPED, hours=f"{limit.total_seconds() / 3600:g}")

    def _wake(self) -> None:
        if self._gate.line is not None:
            self._gate.line.courier.wake()

    def _hurry(self) -> None:
        """A person wants it now: no wait that trouble has made stands in the way."""
        if self._gate.line is not None:
            self._gate.line.courier.hurry()

    def _sticks(self) -> Sticks:
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.sticks

    def _alone(self, unit: Unit) -> Staleness:
        return staleness_of(unit, self._now())

    def _hold_alone(self, deed: Deed, case: str) -> None:
        """Raise Refused(STATION_STALE) when what binds the hall has to wait for it."""
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            items = [sub.item for sub in found.sub_cases]
            hold_alone(unit, deed, items, self._rooms.catalogues.of(found.catalogue), self._now())

    def _tables(self, unit: Unit) -> Tables:
        return Tables(unit.calendars, self._rooms.national)

    def _note(self, deed: Deed, case: str, note: str) -> None:
        clerk = self._gate.may(deed)
        with self._gate.open_unit() as unit:
            unit.audit.note(at=self._now(), actor=clerk.login, deed=deed, case=case, note=note)
            unit.commit()

    def _case_view(self, case: Case) -> CaseView:
        return self._case_views((case,))[0]

    def _case_views(self, cases: tuple[Case, ...]) -> tuple[CaseView, ...]:
        """Cases as the lists show them, with the names of who took them; whoever has left stays a login."""
        with self._gate.open_unit() as unit:
            known = {login: unit.station.account(login) for login in {case.clerk for case in cases}}
            names = {login: account.name for login, account in known.items() if account is not None}
            dates = ShowDates(self._tables(unit), self._now())
            place = self._gate.enrolment
            here = Here(place.station, place.station_name, today_at(self._now()), place.level)
            return tuple(
                show_case(
                    case,
                    self._rooms.catalogues.of(case.catalogue),
                    dates,
                    names.get(case.clerk, ""),
                    here,
                )
                for case in cases
            )

    def _hold_wrong_card(self, id_no: str) -> None:
        if self._in_reader.is_other(id_no):
            raise Refused(Failure.CARD_OF_ANOTHER_PERSON)

    def _print(
        self,
        case: Case,
        kind: SlipKind,
        unit: Unit,
        wish: PaperWish | None = None,
        issued_at: datetime | None = None,
    ) -> Printed:
        return print_slip(
            case,
            kind,
            centre=self._gate.enrolment.station_name,
            clerk=self._gate.clerk,
            catalogue=self._rooms.catalogues.of(case.catalogue),
            press=self._rooms.press,
            at=self._now(),
            unit=unit,
            wish=wish,
            issued_at=issued_at,
        )

    def _print_document(self, document: Document, case: Case | None, unit: Unit) -> Printed:
        """Any kind: the verb has asked for the right, commits, and hands the sheet to _to_press."""
        return print_document(
            document,
            case,
            catalogue=self._rooms.catalogues.of(case.catalogue) if case else self._rooms.catalogues.current(),
            desk=self._paper_desk(),
            at=self._now(),
            unit=unit,
        )

    def _paper_desk(self) -> Desk:
        enrolment = self._gate.enrolment
        return Desk(enrolment.station, enrolment.station_name, self._gate.clerk, self._rooms.press)

    def _to_press(self, printed: Printed, case: str, *, looked: bool = False) -> PrintView:
        """Hand a committed sheet over, unless this station looks first and nobody has."""
        slip = printed.slip
        with self._gate.open_unit() as unit:
            held = not looked and looks_first(unit)
        if held:
            return PrintView(slip.serial, slip.kind, slip.reprint, "", case, held=True)
        # The deed is done and sealed; a jammed printer must not look as if it were not.
        sheet, trouble = hand_over(
            slip.serial, press=self._rooms.press, open_unit=self._gate.open_unit, clock=self._now
        )
        where = self._rooms.press.where(slip.serial, sheet.spool)
        failure = trouble.failure if trouble is not None else None
        return PrintView(slip.serial, slip.kind, slip.reprint, where, case, trouble=failure)


def chain_trouble(unit: Unit) -> str:
    """Return the code of what is wrong between chain and hall: what it refused, or a stamp that fits no entry; "" else."""
    refused = unit.station.fact("audit_trouble").partition(" ")[0]
    stamp = unit.audit.stamp()
    there = unit.audit.entry(stamp.seq) if stamp is not None else None
    if not refused and stamp is not None and (there is None or there.hash != stamp.hash):
        return "audit_forked"
    return refused
