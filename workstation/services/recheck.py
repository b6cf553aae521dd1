"""Asks again by itself what departments owe: for cases that wait with a deadline, and for received ones whose answers expired.

Carried beside the queue (`sync/engine`), in its own transactions. A register is asked with the query that a person at the
counter made for this case; nothing is asked for a case that is over.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from catalogue.model import Basis, Catalogue
from wire.keys import new_id
from wire.lifecycle import BEFORE_ACCEPTANCE, FINISHED
from wire.messages import MaterialHow, MaterialOnWire, VerificationQuery
from workstation.domain.case import ENDED_EARLY, Case, PaperSaved
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.verification import ASK_AGAIN, OWED, Check, CheckDone
from workstation.forms.queries import params_of, wanted_checks
from workstation.services.hold_acceptance import form_of
from workstation.services.late_papers import tell_papers
from workstation.services.ports import Catalogues, Clock, Hall, OpenUnit, Unit
from workstation.services.receive_case import brought_up
from workstation.services.verify_status import ask, take, told_of

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=30)
LONGEST_APART = timedelta(minutes=30)
# Whoever has no word after five working days counts as accepted (Administrative Licence Law art. 32): a case that lies
# about longer asks nobody any more by itself.
EXPIRED_FOR = timedelta(days=7)


class Recheck:
    """Implements sync.engine.Carrier: one question a call, so that nothing else waits long."""

    def __init__(
        self,
        *,
        hall: Hall,
        open_unit: OpenUnit,
        catalogues: Catalogues,
        clock: Clock,
        every: timedelta = LOOK_EVERY,
    ) -> None:
        self._hall = hall
        self._open_unit = open_unit
        self._catalogues = catalogues
        self._clock = clock
        self._every = every
        self._next: datetime | None = None
        self._round: list[tuple[str, VerificationQuery]] = []

    def carry(self) -> bool:
        """Ask one question of the round; True while there are more. Raises Refused for what a person must see to."""
        now = self._clock()
        if not self._round:
            if self._next is not None and now < self._next:
                return False
            self._next = now + self._every
            self._round = self._owed(now)
        if not self._round:
            return False
        case, query = self._round.pop(0)
        try:
            check = ask(replace(query, id=new_id()), hall=self._hall, clock=self._clock)
        except Refused as refusal:
            if refusal.failure is Failure.DEVICE_REVOKED:
                raise
            # This hall does not take the question now (a limit of look-ups, a clerk who left), or its answer is not to be
            # believed: the next one goes on, the deadline says when the paper has to come.
            log.warning("re-check of %s: %s", case, refusal.failure.value)
            return bool(self._round)
        if check.by_hall:
            self._settle(case, check, self._clock())
        else:
            self._round = []  # the hall is away: a round of questions would all end the same
        return bool(self._round)

    def _owed(self, now: datetime) -> list[tuple[str, VerificationQuery]]:
        """Look what is to be asked in this round, and let go of what is over."""
        owed: list[tuple[str, VerificationQuery]] = []
        with self._open_unit() as unit:
            for name in unit.station.waiting():
                case = unit.cases.get(name)
                if case.status in ENDED_EARLY:
                    unit.station.wait_for(name, waits=False)
                    continue
                lapsed = [each for each in case.pending if each.until < today_at(now)]
                if lapsed:
                    case = self._lapse(case, now, unit)
                asked = [each.query for each in case.pending if each.is_due(now, self._every, LONGEST_APART)]
                asked += self._expired(case, now, unit)
                asked = [query for query in asked if self._has_reason(case, query, now, unit)]
                owed += [(name, query) for query in asked]
                if not case.pending and case.status not in BEFORE_ACCEPTANCE:
                    unit.station.wait_for(name, waits=False)
            unit.commit()
        return owed

    def _expired(self, case: Case, now: datetime, unit: Unit) -> list[VerificationQuery]:
        """A received case that waits for its acceptance: what was answered and holds no more is asked anew."""
        draft = unit.drafts.get(case.id)
        if draft is None or case.status not in BEFORE_ACCEPTANCE or now - case.received_at > EXPIRED_FOR:
            return []
        open_already = {each.query.rule for each in case.pending}
        return [
            check.query
            for check in draft.checks
            if check.query.rule not in open_already
            and check.outcome not in OWED
            and check.aged(now).outcome in ASK_AGAIN
        ]

    def _has_reason(self, case: Case, query: VerificationQuery, now: datetime, unit: Unit) -> bool:
        """Say whether every reason that the look-up was made with still stands (forms/queries.ready_checks)."""
        catalogue = self._catalogues.of(case.catalogue)
        # Once the departments have decided, nobody has a reason to ask any more.
        if case.status in FINISHED or any(sub.item not in catalogue.items for sub in case.sub_cases):
            return False
        form = form_of(case, catalogue)
        check = next((c for c in form.checks if c.rule.id == query.rule), None)
        draft = unit.drafts.get(case.id) if case.status in BEFORE_ACCEPTANCE else None
        notice = case.notice if draft is None else draft.notice
        if check is None or notice is None:
            return False
        if check.rule.basis is Basis.CONSENT and check.rule.id not in notice.consents:
            return False
        if draft is None:
            return True
        values = {key: answer.value for key, answer in draft.answers.items()}
        wanted = wanted_checks(form, draft, today_at(now))
        return check in wanted and params_of(check, values) == dict(query.params)

    def _lapse(self, case: Case, now: datetime, unit: Unit) -> Case:
        """The last day is over without an answer: the paper has to come, and the case says so."""
        gone = {each.material for each in case.pending if each.until < today_at(now)}
        left = tuple(each for each in case.pending if each.material not in gone)
        materials = tuple(
            replace(m, how=MaterialHow.MISSING) if m.material in gone and m.how is MaterialHow.PENDING else m
            for m in case.materials
        )
        case = replace(case, pending=left, materials=materials)
        unit.cases.save(case)
        tell_papers(case, "station", now, unit)
        for material in sorted(gone):
            unit.audit.note(
                at=now, actor="station", deed=Deed.ASKED_AGAIN, case=case.id, note=f"{material} lapsed"
            )
        return case

    def _settle(self, name: str, check: Check, at: datetime) -> None:
        """Put an answer into the case, and into its draft while it is not accepted yet, with its trace, in one commit."""
        with self._open_unit() as unit:
            case = unit.cases.get(name)
            catalogue = self._catalogues.of(case.catalogue)
            draft = unit.drafts.get(name)
            if draft is not None and case.status in BEFORE_ACCEPTANCE:
                form = form_of(case, catalogue)
                draft = take(form, draft, check)
                unit.drafts.save(draft)
                case = brought_up(_tried(case, check, at), draft, form, at)
            else:
                case = answered(case, check, catalogue, at)
            before = unit.cases.get(name).materials
            unit.cases.save(case)
            if case.materials != before:
                tell_papers(case, "station", at, unit)
            note = told_of(check)
            unit.audit.note(at=at, actor="station", deed=Deed.ASKED_AGAIN, case=name, note=note)
            unit.commit()


def answered(case: Case, check: Check, catalogue: Catalogue, at: datetime) -> Case:
    """Return an accepted case after an answer to what it waited for: the paper is saved, or has to come after all."""
    case = _tried(case, check, at)
    others = tuple(done for done in case.checks if done.rule != check.query.rule)
    case = replace(case, checks=(*others, CheckDone.of(check)))
    if check.outcome in OWED:
        return case
    left = tuple(each for each in case.pending if each.query.rule != check.query.rule)
    rule = next((c.rule for c in form_of(case, catalogue).checks if c.rule.id == check.query.rule), None)
    met = rule is not None and check.outcome.value in rule.satisfied_by and bool(check.reply.evidence_no)
    gone = {each.material for each in case.pending if each.query.rule == check.query.rule}
    how = MaterialHow.REPLACED_BY_VERIFICATION if met else MaterialHow.MISSING
    saved = tuple(
        PaperSaved(material, check.query.rule, check.reply.source, check.reply.evidence_no)
        for material in sorted(gone)
        if met
    )
    materials = tuple(_now(m, how, check) if m.material in gone else m for m in case.materials)
    return replace(case, pending=left, materials=materials, papers_saved=(*case.papers_saved, *saved))


def _now(material: MaterialOnWire, how: MaterialHow, check: Check) -> MaterialOnWire:
    return replace(material, how=how, evidence=check.reply.evidence_no or None, until=None)


def _tried(case: Case, check: Check, at: datetime) -> Case:
    pending = tuple(
        replace(each, tries=each.tries + 1, tried_at=at) if each.query.rule == check.query.rule else each
        for each in case.pending
    )
    return replace(case, pending=pending)
