"""The shelf of proposals: what waits for a second person, and what became of it."""

from __future__ import annotations

from sqlalchemy import Connection, Select, insert, select, update

from wire.codec import decode, encode
from workstation.domain.approval import Proposal, ProposalState
from workstation.domain.failures import Failure, Refused
from workstation.storage.seals import Seals
from workstation.storage.tables import proposals
from workstation.storage.times import stamp

_SEALED = select(proposals.c.case, proposals.c.sealed)


class ProposalShelf:
    """See services.ports.Proposals."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._db = connection
        self._seals = seals

    def add(self, proposal: Proposal) -> None:
        """Keep a new one."""
        row = {"id": proposal.id, "case": proposal.case, "proposed_at": stamp(proposal.proposed_at)}
        self._db.execute(insert(proposals).values(**row, **self._columns(proposal)))

    def save(self, proposal: Proposal) -> None:
        """Write what became of one. Raises Refused(CASE_UNKNOWN)."""
        done = self._db.execute(
            update(proposals).where(proposals.c.id == proposal.id).values(**self._columns(proposal))
        )
        if done.rowcount != 1:
            raise Refused(Failure.CASE_UNKNOWN)

    def get(self, id: str) -> Proposal:  # noqa: A002 - the port's name
        """Return one. Raises Refused(CASE_UNKNOWN)."""
        found = self._open(_SEALED.where(proposals.c.id == id))
        if not found:
            raise Refused(Failure.CASE_UNKNOWN)
        return found[0]

    def open(self) -> tuple[Proposal, ...]:
        """Return what can be signed, newest first."""
        at = proposals.c
        query = _SEALED.where(at.state == ProposalState.OPEN.value)
        return self._open(query.order_by(at.proposed_at.desc(), at.id.desc()))

    def of_case(self, case: str) -> tuple[Proposal, ...]:
        """Return all of a case, oldest first."""
        at = proposals.c
        return self._open(_SEALED.where(at.case == case).order_by(at.proposed_at, at.id))

    def _columns(self, proposal: Proposal) -> dict[str, object]:
        return {
            "state": proposal.state.value,
            "sealed": self._seals.seal(proposal.case, encode(proposal)),
        }

    def _open(self, query: Select[tuple[str, bytes]]) -> tuple[Proposal, ...]:
        return tuple(
            decode(Proposal, self._seals.open(row.case, row.sealed)) for row in self._db.execute(query).all()
        )
