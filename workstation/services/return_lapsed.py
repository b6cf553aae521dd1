"""退件 proposed by the timer: a correction that nobody brought in time waits for a second person, after a reminder was noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from wire.keys import new_id
from wire.lifecycle import CaseStatus
from wire.rights import STATION_ITSELF
from workstation.domain import approval as rule
from workstation.domain.approval import ProposalKind, ProposalState, Reason, Wish
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.services.approve import draft_of
from workstation.services.ports import Clock, OpenUnit, Unit

LOOK_EVERY = timedelta(minutes=5)
REMIND_BEFORE = timedelta(days=3)  # natural days; the clerk rings the applicant while there is still time
MOST = 200


class ReturnLapsed:
    """Implements sync.engine.Carrier; carried beside the queue, in transactions of its own, with or without the hall."""

    def __init__(self, *, open_unit: OpenUnit, clock: Clock, every: timedelta = LOOK_EVERY) -> None:
        self._open_unit, self._clock, self._every = open_unit, clock, every
        self._next: datetime | None = None

    def carry(self) -> bool:
        """Look once in a while; there is never more to do at once."""
        now = self._clock()
        if self._next is None or now >= self._next:
            self._next = now + self._every
            with self._open_unit() as unit:
                look(unit, now)
                unit.commit()
        return False


def look(unit: Unit, now: datetime, most: int = MOST) -> tuple[str, ...]:
    """Note what is to be reminded of, propose what has passed; return the cases that were proposed.

    `most` is how many cases are held at once: behind the newest, whose limit runs, wait those whose limit has passed.
    """
    proposed: list[str] = []
    today = today_at(now)
    for seen in _waiting(unit, most):
        asked = seen.correction
        if asked is None or today < asked.until - REMIND_BEFORE:
            continue
        # What was only looked at is not saved: whatever is to be noted is opened by itself.
        case = unit.cases.get(seen.id)
        if asked.reminded_at is None:
            case = _reminded(case, now, unit)
        if today > asked.until and not _was_proposed(case, asked.asked_at, unit):
            unit.proposals.add(_proposal(case, now, unit))
            note = f"{ProposalKind.RETURN.value} {asked.until.isoformat()}"
            unit.audit.note(at=now, actor=STATION_ITSELF, deed=Deed.PROPOSED, case=case.id, note=note)
            proposed.append(case.id)
    return tuple(proposed)


def _waiting(unit: Unit, most: int) -> Iterator[Case]:
    page = unit.cases.latest(most, (CaseStatus.CORRECTION_REQUIRED,))
    while page:
        yield from page
        page = unit.cases.latest(most, (CaseStatus.CORRECTION_REQUIRED,), page[-1])


def _reminded(case: Case, now: datetime, unit: Unit) -> Case:
    asked = case.corrections[-1]
    reminded = replace(case, corrections=(*case.corrections[:-1], replace(asked, reminded_at=now)))
    unit.cases.save(reminded)
    note = asked.until.isoformat()
    unit.audit.note(at=now, actor=STATION_ITSELF, deed=Deed.REMINDED, case=case.id, note=note)
    return reminded


def _was_proposed(case: Case, since: datetime, unit: Unit) -> bool:
    """Say whether somebody has it in the tray, or has sent it back: then a person decides when it is proposed again."""
    return any(
        each.kind is ProposalKind.RETURN
        and each.proposed_at >= since
        and each.state is not ProposalState.STALE
        for each in unit.proposals.of_case(case.id)
    )


def _proposal(case: Case, now: datetime, unit: Unit) -> rule.Proposal:
    asked = case.corrections[-1]
    # The words of the notice are codes and dates here; the sheet says them in full.
    text = f"{asked.asked_at:%Y-%m-%d} → {asked.until.isoformat()}"
    wish = Wish(ProposalKind.RETURN, Reason.LIMIT_PASSED, text)
    return rule.by_station(wish, case, draft_of(unit, case.id), id=new_id(), at=now)
