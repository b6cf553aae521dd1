"""好差评: the citizen is asked once a visit, and whatever comes goes to the hall sealed. No verb here tells or takes a grade."""

from __future__ import annotations

from dataclasses import replace

from wire.codec import encode
from wire.evaluation import NOTHING_SAID, EvaluationGiven, Stage, looks_sealed, seal_opinion
from wire.keys import key_id, new_id, unb64
from wire.messages import EventKind
from wire.rights import STATION_ITSELF
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.evaluation import HALL_KEY_FACT, EvaluationAsked, sitting_of
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.services.seat import Seat
from workstation.services.views import InvitationView


class Evaluating(Seat):
    """What the citizen's side needs of the desk."""

    def invite_evaluation(self, case: str, stage: Stage) -> InvitationView | None:
        """See DeskApi."""
        clerk = self._gate.may(Deed.EVALUATION_INVITED)
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if not _fits(found, stage):
                raise Refused(Failure.STEP_NOT_ALLOWED, status=found.status.value)
            earlier = unit.evaluations.of_case(case)
            mine = next((each for each in earlier if each.sitting is sitting_of(stage)), None)
            if mine is not None:
                return self._invited(mine, found, unit) if mine.ended_at is None else None
            made = EvaluationAsked(
                visit=new_id(),
                case=case,
                sitting=sitting_of(stage),
                stage=stage,
                nth=len(earlier) + 1,
                clerk=clerk.login,
                window=clerk.window,
                invited_at=at,
            )
            shown = self._invited(made, found, unit)
            for left in unit.evaluations.open():  # whoever sat here before has gone
                self._end_asking(left, seal_opinion(unb64(shown.key), left.visit, NOTHING_SAID), unit)
            unit.evaluations.add(made)
            note = f"{made.visit} {stage.value}"
            unit.audit.note(at=at, actor=clerk.login, deed=Deed.EVALUATION_INVITED, case=case, note=note)
            unit.commit()
        return shown

    def end_evaluation(self, visit: str, sealed: str) -> None:
        """See DeskApi. Whoever sits at the counter has no part in it: it needs no right and no unlocked desk."""
        if not looks_sealed(sealed):
            raise Refused(Failure.STEP_NOT_ALLOWED, status="evaluation")
        with self._gate.open_unit() as unit:
            found = unit.evaluations.get(visit)
            if found is None or found.ended_at is not None:
                return  # the first word counts
            self._end_asking(found, sealed, unit)
            unit.commit()
        self._wake()

    def _end_asking(self, invitation: EvaluationAsked, sealed: str, unit: Unit) -> None:
        at = self._now()
        said = EvaluationGiven(
            visit=invitation.visit,
            stage=invitation.stage,
            nth=invitation.nth,
            clerk=invitation.clerk,
            window=invitation.window,
            key=key_id(unb64(unit.station.fact(HALL_KEY_FACT))),
            sealed=sealed,
        )
        # A subject of its own: it waits for no step of the case, and goes down with none.
        unit.outbox.add(
            id=new_id(),
            subject=invitation.visit,
            kind=EventKind.EVALUATION_GIVEN,
            at=at,
            actor=STATION_ITSELF,
            body=encode(said),
        )
        unit.evaluations.save(replace(invitation, ended_at=at))
        unit.audit.note(
            at=at,
            actor=STATION_ITSELF,
            deed=Deed.EVALUATION_ENDED,
            case=invitation.case,
            note=invitation.visit,
        )

    def _invited(self, invitation: EvaluationAsked, case: Case, unit: Unit) -> InvitationView:
        key = unit.station.fact(HALL_KEY_FACT)
        if not key:
            raise Refused(Failure.EVALUATION_KEY_MISSING)
        return InvitationView(
            visit=invitation.visit,
            case=case.id,
            receipt_no=case.receipt_no,
            stage=invitation.stage,
            window=invitation.window,
            centre=self._gate.enrolment.station_name,
            key=key,
        )


def _fits(case: Case, stage: Stage) -> bool:
    """Say whether that has been done of which the citizen is asked what they think."""
    if stage is Stage.RECEIPT:
        return case.status is not CaseStatus.VOIDED
    if stage is Stage.ACCEPTANCE:
        return case.accepted_at is not None or case.status is CaseStatus.NOT_ACCEPTED
    return case.concluded_at is not None
