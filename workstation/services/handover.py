"""日结交接班: the figures of a shift, the signatures of both, the sheet, the next shift's word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import chain

from wire.keys import new_id
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import COUNTER_ZONE, today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.handover import Handover, ShiftFigures, content, take
from workstation.domain.slip import SlipKind, Variables
from workstation.domain.two_persons import hold_two
from workstation.domain.work_lists import ListKind, ListWanted
from workstation.services.ports import Unit
from workstation.services.print_document import Desk, Document, print_document
from workstation.services.second_person import SecondPerson
from workstation.services.views import PrintView

SHOWN = 12  # of the newest handovers


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A handover as it is shown: names in the place of logins."""

    handover: Handover
    first: str
    second: str
    taken_by: str
    may_take: bool  # the signed-in person may be the next shift


@dataclass(frozen=True, slots=True)
class ShiftView:
    """The shift that runs, and those before it, the newest first. `seen` is the hash of what is shown, without a remark."""

    since: datetime
    at: datetime
    figures: ShiftFigures
    before: tuple[HandoverView, ...]


class HandOver(SecondPerson):
    """What two shifts do with each other."""

    def shift(self) -> ShiftView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return self._shift(unit)

    def hand_over(
        self, seen: ShiftView, remark: str, login: str, password: str
    ) -> tuple[ShiftView, PrintView]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHIFT_HANDED_OVER)
        words, second = remark.strip(), login.strip()
        sha256 = content(seen.since, seen.figures, words, clerk.login)
        if second == clerk.login:
            raise Refused(Failure.SAME_PERSON)
        signature = self._sign(sha256, second, password)
        with self._gate.open_unit() as unit:
            account = unit.station.account(second)
            if account is None:
                raise Refused(Failure.SIGN_IN_REFUSED)
            hold_two(clerk, account, self._gate.enrolment.level, Deed.SHIFT_SIGNED)
            self._hold_seen(seen, unit)
            at = signature.at
            made = Handover(
                id=new_id(),
                station=self._gate.enrolment.station,
                window=clerk.window,
                since=seen.since,
                at=at,
                figures=seen.figures,
                remark=words,
                first=clerk.login,
                first_person=clerk.person,
                second=second,
                credential=signature.credential,
                sha256=sha256,
                signature=signature.value,
            )
            enrolment = self._gate.enrolment
            printed = print_document(
                Document(SlipKind.SHIFT, _variables(made, clerk.name, account.name)),
                None,
                catalogue=self._rooms.catalogues.current(),
                desk=Desk(enrolment.station, enrolment.station_name, clerk, self._rooms.press),
                at=at,
                unit=unit,
            )
            for actor, deed in ((clerk.login, Deed.SHIFT_HANDED_OVER), (second, Deed.SHIFT_SIGNED)):
                end = unit.audit.note(at=at, actor=actor, deed=deed, note=f"{made.id} {sha256[:16]}")
            unit.handovers.add(replace(made, serial=printed.slip.serial, place=end.seq))
            unit.commit()
            view = self._shift(unit)
        return view, self._to_press(printed, "")

    def take_shift(self, handover: str) -> ShiftView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.SHIFT_TAKEN)
        with self._gate.open_unit() as unit:
            found = unit.handovers.get(handover)
            unit.handovers.save(take(found, clerk, self._now()))
            unit.audit.note(
                at=self._now(),
                actor=clerk.login,
                deed=Deed.SHIFT_TAKEN,
                note=f"{found.id} {found.sha256[:16]}",
            )
            unit.commit()
            return self._shift(unit)

    def _hold_seen(self, seen: ShiftView, unit: Unit) -> None:
        """What is signed is what was shown, and it is still so."""
        now = self._shift(unit)
        if (now.since, now.figures) != (seen.since, seen.figures):
            raise Refused(Failure.DAY_CLOSE_CHANGED)
        if now.figures.idle() and now.before and today_at(now.before[0].handover.at) == today_at(now.at):
            raise Refused(Failure.DAY_CLOSED_ALREADY)

    def _shift(self, unit: Unit) -> ShiftView:
        now = self._now()
        before = unit.handovers.latest(SHOWN)
        # A shift begins where the one before ended; the first of a station with the day.
        since = before[0].at if before else datetime.combine(today_at(now), time(), COUNTER_ZONE)
        figures = self._figures(since, before[0].place if before else 0, now, unit)
        return ShiftView(since, now, figures, tuple(self._shown(h, unit) for h in before))

    def _figures(self, since: datetime, place: int, now: datetime, unit: Unit) -> ShiftFigures:
        # By their places in the chain: what was done in the very moment of a handover is in one shift, not in both.
        done, today = unit.audit.counts(since, place), today_at(now)
        queue, drafts = unit.outbox.state(), unit.drafts.all()
        day = f"{self._gate.enrolment.station}{today:%y%m%d}"
        lane = unit.station.lane()
        taken = unit.station.last_number(f"slip:{today:%Y%m%d}{lane and ':' + lane}")
        held = sum(entry.serial.startswith(day) for entry in chain.from_iterable(d.prints for d in drafts))
        kept = unit.prints.count(day, lane)

        def many(*deeds: Deed) -> int:
            return sum(done.get(deed, 0) for deed in deeds)

        return ShiftFigures(
            received=many(Deed.RECEIVED),
            accepted=many(Deed.ACCEPTED),
            corrections=many(Deed.CORRECTION_ASKED),
            refused=many(Deed.NOT_ACCEPTED, Deed.RETURNED),
            withdrawn=many(Deed.WITHDRAWN),
            voided=many(Deed.VOIDED),
            printed=many(Deed.PRINTED),
            open=unit.lists.count(ListWanted(ListKind.OPEN), today),
            drafts=len(drafts),
            proposed=unit.lists.count(ListWanted(ListKind.TO_SIGN), today),
            unsent=queue.pending,
            parked=queue.parked,
            unaccounted=max(taken - kept - held, 0),
        )

    def _shown(self, made: Handover, unit: Unit) -> HandoverView:
        def name(login: str) -> str:
            account = unit.station.account(login) if login else None
            return account.name if account is not None else login

        clerk = self._gate.clerk
        able = clerk.may(Deed.SHIFT_TAKEN) and clerk.person not in {"", made.first_person}
        return HandoverView(
            made,
            name(made.first),
            name(made.second),
            name(made.taken_by),
            may_take=able and made.taken_at is None and clerk.login != made.first,
        )


def _variables(made: Handover, first: str, second: str) -> Variables:
    figures = made.figures
    said: Variables = {
        "since": made.since,
        "until": made.at,
        "first": first,
        "second": second,
        "received": figures.received,
        "accepted": figures.accepted,
        "corrections": figures.corrections,
        "refused": figures.refused,
        "withdrawn": figures.withdrawn,
        "voided": figures.voided,
        "printed": figures.printed,
        "open": figures.open,
        "drafts": figures.drafts,
        "proposed": figures.proposed,
        "unsent": figures.unsent,
        "parked": figures.parked,
        "unaccounted": figures.unaccounted,
        "fingerprint": made.sha256[:16],
    }
    return {**said, "remark": made.remark} if made.remark else said
