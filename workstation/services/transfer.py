"""传输: what waits for the hall and why, what needs a person, and the stick for when there is no line."""

from __future__ import annotations

from datetime import datetime

from catalogue.model import Catalogue, Text
from wire.messages import Envelope
from wire.standing import CaseStanding
from workstation.domain.case import Case
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_name
from workstation.domain.needs_fixing import ACTS, Act, advice_for
from workstation.domain.outbox import REST_UNTIL, Waiting
from workstation.services.ports import Catalogues, Unit
from workstation.services.receive_change import release_held
from workstation.services.seat import Seat
from workstation.services.take_halls_word import take_halls_word
from workstation.services.transfer_views import (
    DifferView,
    ParkedView,
    SideView,
    StepView,
    StickRead,
    StickWritten,
    TransferView,
)

SHOWN = 200


class Transfer(Seat):
    """What a person at the counter can see and do of the queue."""

    def transfer(self) -> TransferView:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        stick, link, trouble = line.sticks.state(), line.link()[0], line.trouble()
        with self._gate.open_unit() as unit:
            waiting, parked = unit.outbox.waiting_items(SHOWN), _for_a_person(unit, SHOWN)
            shown = _Shown(unit, self._rooms.catalogues)
            held = {each.envelope.subject for each in parked}
            # What is still tried stands in both lists, and is behind nothing.
            first = {each.envelope.id for each in parked}
            steps = tuple(
                shown.step(each, behind=each.envelope.subject in held and each.envelope.id not in first)
                for each in waiting
            )
            rest = unit.station.fact(REST_UNTIL)
            return TransferView(
                waiting=steps,
                waiting_total=unit.outbox.state().pending,
                parked=tuple(shown.parked(each, waiting) for each in parked),
                stick=stick,
                link=link,
                trouble=trouble,
                next_at=datetime.fromisoformat(rest) if rest else None,
            )

    def try_now(self) -> TransferView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.STEP_RETRIED)
        with self._gate.open_unit() as unit:
            late = [each for each in unit.outbox.waiting_items(10_000) if each.next_at is not None]
            for each in late:
                unit.outbox.retry(each.envelope.id)
            note = f"all {len(late)}"
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.STEP_RETRIED, note=note)
            unit.commit()
        self._hurry()
        return self.transfer()

    def retry_step(self, event: str) -> TransferView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.STEP_RETRIED)
        with self._gate.open_unit() as unit:
            parked = next((w for w in _for_a_person(unit, 10_000) if w.envelope.id == event), None)
            if parked is None:
                raise Refused(Failure.STEP_SETTLED)
            unit.outbox.retry(event)
            note = f"{event} {parked.envelope.kind.value} {parked.trouble}"
            unit.audit.note(
                at=self._now(),
                actor=clerk.login,
                deed=Deed.STEP_RETRIED,
                case=parked.envelope.subject,
                note=note,
            )
            unit.commit()
        self._hurry()
        return self.transfer()

    def take_halls_word(self, event: str) -> TransferView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.STEP_SET_ASIDE)
        with self._gate.open_unit() as unit:
            case = take_halls_word(event, clerk=clerk, at=self._now(), unit=unit)
            unit.commit()
        # What the hall told of the case meanwhile waited for these steps.
        release_held(case, open_unit=self._gate.open_unit, clock=self._now)
        self._case_changed(case)
        return self.transfer()

    def write_stick(self, folder: str) -> StickWritten:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.STICK_WRITTEN)
        return self._sticks().write(folder, clerk.login)

    def read_stick(self, path: str) -> StickRead:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.STICK_READ)
        return self._sticks().read(path, clerk.login)

    def _case_changed(self, case: str) -> None:
        """A visit that is under way must not go on with what it was before."""


def _for_a_person(unit: Unit, limit: int) -> tuple[Waiting, ...]:
    """What the hall has refused, and what it breaks on while others get through."""
    return (*unit.outbox.parked_items(limit), *unit.outbox.stuck_items(limit))


class _Shown:
    """Makes the lines of one look at the store."""

    def __init__(self, unit: Unit, catalogues: Catalogues) -> None:
        self._unit = unit
        self._catalogues = catalogues
        self._cases: dict[str, Case | None] = {}
        enrolment = unit.station.enrolment()
        self._station = enrolment.station_name if enrolment else ""
        self._code = enrolment.station if enrolment else ""

    def step(self, waiting: Waiting, *, behind: bool = False) -> StepView:
        envelope = waiting.envelope
        case = self._case(envelope.subject)
        return StepView(
            event=envelope.id,
            case=envelope.subject,
            receipt_no=case.receipt_no if case else "",
            applicant=mask_name(case.applicant.name) if case else "",
            kind=envelope.kind,
            by=self._name(envelope.actor),
            queued_at=envelope.at,
            tries=waiting.tries,
            trouble=waiting.trouble,
            next_at=waiting.next_at,
            behind=behind,
            again=waiting.again,
        )

    def parked(self, waiting: Waiting, others: tuple[Waiting, ...]) -> ParkedView:
        advice = advice_for(waiting.trouble)
        standing = waiting.standing
        acts = ACTS[advice]
        if self._case(waiting.envelope.subject) is None:
            acts = tuple(act for act in acts if act is not Act.OPEN_CASE)
        return ParkedView(
            step=self.step(waiting),
            advice=advice,
            acts=acts,
            here=self._here(waiting.envelope),
            hall=self._hall(standing) if standing is not None else None,
            differs=self._differs(waiting.envelope.subject, standing) if standing is not None else (),
            waiting_behind=sum(
                each.envelope.subject == waiting.envelope.subject and each.envelope.id != waiting.envelope.id
                for each in others
            ),
        )

    def _here(self, envelope: Envelope) -> SideView:
        case = self._case(envelope.subject)
        state = case.status.value if case else ""
        return SideView(
            state, self._name(envelope.actor), self._station, case.window if case else "", envelope.at
        )

    def _hall(self, standing: CaseStanding) -> SideView:
        same = standing.station in {"", self._code}
        clerk = self._name(standing.clerk) if same else standing.clerk
        where = self._station if standing.station == self._code else standing.station
        return SideView(standing.state, clerk, where, standing.window, standing.at)

    def _differs(self, subject: str, standing: CaseStanding) -> tuple[DifferView, ...]:
        case = self._case(subject)
        catalogue = self._catalogues.of(case.catalogue if case else "")
        return tuple(
            DifferView(
                each.name,
                _masked(each.name, each.sent),
                _masked(each.name, each.held),
                _called(each.name, case, catalogue),
            )
            for each in standing.differs
        )

    def _case(self, case: str) -> Case | None:
        if case not in self._cases:
            try:
                self._cases[case] = self._unit.cases.get(case)
            except Refused as refused:
                if refused.failure is not Failure.CASE_UNKNOWN:
                    raise
                self._cases[case] = None
        return self._cases[case]

    def _name(self, login: str) -> str:
        account = self._unit.station.account(login) if login else None
        return account.name if account is not None else login


def _called(name: str, case: Case | None, catalogue: Catalogue) -> Text | None:
    """Find the catalogue's name of a paper, an item or a datum."""
    kind, _, which = name.partition(".")
    items = (
        [catalogue.items[sub.item] for sub in case.sub_cases if sub.item in catalogue.items] if case else []
    )
    if kind == "material":
        return next((m.name for item in items for m in item.materials if m.id == which), None)
    if kind == "answer":
        return catalogue.elements[which].label if which in catalogue.elements else None
    return catalogue.items[which].name if kind == "item" and which in catalogue.items else None


def _masked(name: str, value: str) -> str:
    """What a citizen has answered stays covered here as everywhere: only that it differs is told."""
    if name.startswith("answer.") and value:
        return value[:1] + "*" * min(len(value) - 1, 6)
    return value
