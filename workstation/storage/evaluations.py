"""The shelf of evaluations: who was asked when, and that it is over. What was said is sealed in the outbox and not here."""

from __future__ import annotations

from sqlalchemy import Connection, Row, insert, select, update

from wire.evaluation import Stage
from workstation.domain.evaluation import EvaluationAsked, Sitting
from workstation.storage.tables import evaluations
from workstation.storage.times import read, stamp


class EvaluationShelf:
    """See services.ports.Evaluations."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, invitation: EvaluationAsked) -> None:
        """Keep a new one; a second one of the same sitting breaks the key of the table."""
        row = {
            "visit": invitation.visit,
            "case": invitation.case,
            "sitting": invitation.sitting.value,
            "stage": invitation.stage.value,
            "nth": invitation.nth,
            "clerk": invitation.clerk,
            "window": invitation.window,
            "invited_at": stamp(invitation.invited_at),
        }
        self._db.execute(insert(evaluations).values(row))

    def get(self, visit: str) -> EvaluationAsked | None:
        """Return one."""
        row = self._db.execute(select(evaluations).where(evaluations.c.visit == visit)).first()
        return _invitation(row) if row is not None else None

    def of_case(self, case: str) -> tuple[EvaluationAsked, ...]:
        """Return those of a case, the first first."""
        query = select(evaluations).where(evaluations.c.case == case).order_by(evaluations.c.nth)
        return tuple(_invitation(row) for row in self._db.execute(query).all())

    def open(self) -> tuple[EvaluationAsked, ...]:
        """Return those that are not over, the first first."""
        query = select(evaluations).where(evaluations.c.ended_at.is_(None)).order_by(evaluations.c.invited_at)
        return tuple(_invitation(row) for row in self._db.execute(query).all())

    def save(self, invitation: EvaluationAsked) -> None:
        """Write down that one is over; nothing else of it changes."""
        ended = stamp(invitation.ended_at) if invitation.ended_at is not None else None
        mine = evaluations.c.visit == invitation.visit
        self._db.execute(update(evaluations).where(mine).values(ended_at=ended))


def _invitation(row: Row[tuple[object, ...]]) -> EvaluationAsked:
    invited = read(row.invited_at)
    if invited is None:
        raise AssertionError(row.visit)
    return EvaluationAsked(
        visit=row.visit,
        case=row.case,
        sitting=Sitting(row.sitting),
        stage=Stage(row.stage),
        nth=row.nth,
        clerk=row.clerk,
        window=row.window,
        invited_at=invited,
        ended_at=read(row.ended_at),
    )
