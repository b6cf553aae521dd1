"""The shelf of proposals: what waits for a second person, and what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from wire.codec import decode, encode
from workstation.domain.approval import Proposal, ProposalState
from workstation.domain.failures import Failure, Refused
from workstation.storage.tables import proposals
from workstation.storage.times import stamp


class ProposalShelf:
    """See services.ports.Proposals."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, proposal: Proposal) -> None:
        """Keep a new one."""
        row = {"id": proposal.id, "case": proposal.case, "proposed_at": stamp(proposal.proposed_at)}
        self._db.execute(insert(proposals).values(**row, state=proposal.state.value, body=encode(proposal)))

    def save(self, proposal: Proposal) -> None:
        """Write what became of one. Raises Refused(CASE_UNKNOWN)."""
        done = self._db.execute(
            update(proposals)
            .where(proposals.c.id == proposal.id)
            .values(state=proposal.state.value, body=encode(proposal))
        )
        if done.rowcount != 1:
            raise Refused(Failure.CASE_UNKNOWN)

    def get(self, id: str) -> Proposal:  # noqa: A002 - the port's name
        """Return one. Raises Refused(CASE_UNKNOWN)."""
        body = self._db.scalar(select(proposals.c.body).where(proposals.c.id == id))
        if body is None:
            raise Refused(Failure.CASE_UNKNOWN)
        return decode(Proposal, body)

    def open(self) -> tuple[Proposal, ...]:
        """Return what can be signed, newest first."""
        at = proposals.c
        query = select(at.body).where(at.state == ProposalState.OPEN.value)
        newest = query.order_by(at.proposed_at.desc(), at.id.desc())
        return tuple(decode(Proposal, body) for body in self._db.scalars(newest))

    def of_case(self, case: str) -> tuple[Proposal, ...]:
        """Return all of a case, oldest first."""
        at = proposals.c
        query = select(at.body).where(at.case == case).order_by(at.proposed_at, at.id)
        return tuple(decode(Proposal, body) for body in self._db.scalars(query))
