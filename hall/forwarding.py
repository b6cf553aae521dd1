"""转报 at the hall: one office receives, another accepts; each hears what the other does (收受分离, domain.md 5.6, 5.7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from hall.amended import amended_as, as_it_stands, corrected_as
from hall.cases import StepRefused, case_of
from hall.database import stamp
from hall.feed import tell
from hall.staffing import account_of
from hall.steps import hold_step, status_of
from hall.tables import cases, forwardings, stations
from wire.codec import decode, encode
from wire.forwarding import AcceptedThere, CaseCameIn, CaseForwarded, EndedThere, PapersTaken, TakenThere
from wire.lifecycle import CaseStatus, Step
from wire.messages import (
    CaseAccepted,
    CaseClosed,
    CaseReceived,
    ChangeKind,
    EventKind,
)

_ENDED = {EventKind.CASE_NOT_ACCEPTED: "not_accepted", EventKind.CASE_VOIDED: "voided"}


def forward(db: Connection, case: str, station: str, told: CaseForwarded, at: datetime) -> None:
    """Hand a received case to another office: from now on that one takes the steps, and hears of the case.

    Raises what hold_step raises once it is accepted or closed, StepRefused(forwarded) the second time,
    StepRefused(office_unknown) for an office that is not there, is this one, or may not accept either.
    """
    row = case_of(db, case, station)
    if row.accepting is not None:
        raise StepRefused("forwarded")
    hold_step(row, Step.FORWARD)
    if row.receipt_no != told.receipt_no:
        raise StepRefused("case_unknown")
    level = db.scalar(select(stations.c.level).where(stations.c.code == told.to_station))
    if told.to_station == station or level is None or level == "community":
        raise StepRefused("office_unknown")
    db.execute(
        insert(forwardings).values(case=case, to_station=told.to_station, body=encode(told), at=stamp(at))
    )
    db.execute(update(cases).where(cases.c.id == case).values(accepting=told.to_station))
    received = corrected_as(db, case, as_it_stands(db, case, decode(CaseReceived, str(row.body))))
    corrected = status_of(row) is CaseStatus.CORRECTION_RECEIVED
    came_in = CaseCameIn(
        received,
        told,
        str(row.project_no),
        name_of(db, station),
        version=int(str(row.version)),
        corrected=corrected,
    )
    tell(db, case, ChangeKind.CASE_FORWARDED, came_in, only=told.to_station)


def take_papers(db: Connection, case: str, station: str, told: PapersTaken) -> None:
    """The accepting office holds the papers. Raises StepRefused(not_forwarded | papers_taken)."""
    row = case_of(db, case, station)
    if row.accepting != station:
        raise StepRefused("not_forwarded")
    hold_step(row, Step.TAKE_PAPERS)
    held = db.execute(select(forwardings).where(forwardings.c.case == case)).one()
    if held.taken is not None:
        raise StepRefused("papers_taken")
    db.execute(update(forwardings).where(forwardings.c.case == case).values(taken=encode(told)))
    said = TakenThere(name_of(db, station), told)
    tell(db, case, ChangeKind.PAPERS_TAKEN, said, only=str(row.station))


def hold_taken(db: Connection, case: str) -> None:
    """A case that came in from elsewhere is accepted on papers that lie here. Raises StepRefused(papers_not_taken)."""
    held = db.execute(select(forwardings.c.taken).where(forwardings.c.case == case)).first()
    if held is not None and held.taken is None:
        raise StepRefused("papers_not_taken")


def tell_acceptance(db: Connection, case: str, station: str, accepted: CaseAccepted) -> None:
    """Tell the office that received a case that another one has accepted it; nobody where it is the same."""
    row = _of(db, case)
    if row is None or row.accepting is None:
        return
    clerk = account_of(db, station, accepted.clerk).name
    said = AcceptedThere(station, name_of(db, station), clerk, accepted.accepted_at, accepted.promised)
    tell(db, case, ChangeKind.ACCEPTED_THERE, said, only=str(row.station))


def tell_end(db: Connection, case: str, station: str, kind: EventKind, closed: CaseClosed) -> None:
    """Tell the office that received a case that another one has ended it."""
    row = _of(db, case)
    if row is None or row.accepting is None:
        return
    said = EndedThere(
        station,
        name_of(db, station),
        _ENDED[kind],
        closed.closed_at,
        closed.reason,
        closed.text,
        closed.competent_body,
    )
    tell(db, case, ChangeKind.ENDED_THERE, said, only=str(row.station))


def tell_reopened(db: Connection, case: str, station: str, at: datetime) -> None:
    """Tell the office that received a case that another one has taken it up again."""
    row = _of(db, case)
    if row is None or row.accepting is None:
        return
    said = EndedThere(station, name_of(db, station), "received", at, "", "", "")
    tell(db, case, ChangeKind.ENDED_THERE, said, only=str(row.station))


def came_in(db: Connection, row: Row[tuple[object, ...]], station: str) -> CaseCameIn | None:
    """Return how a case came to a station that did not receive it, None for its own: what a snapshot needs to make it."""
    if row.station == station:
        return None
    held = db.execute(select(forwardings).where(forwardings.c.case == row.id)).one()
    received = amended_as(db, str(row.id), decode(CaseReceived, str(row.body)))
    return CaseCameIn(
        corrected_as(db, str(row.id), received),
        decode(CaseForwarded, held.body),
        str(row.project_no),
        name_of(db, str(row.station)),
        decode(PapersTaken, held.taken) if held.taken else None,
        version=int(str(row.version)),
        corrected=status_of(row) is CaseStatus.CORRECTION_RECEIVED,
    )


def name_of(db: Connection, station: str) -> str:
    """Name an office; its code where it has gone."""
    return db.scalar(select(stations.c.name).where(stations.c.code == station)) or station


def _of(db: Connection, case: str) -> Row[Any, Any] | None:
    return db.execute(select(cases.c.station, cases.c.accepting).where(cases.c.id == case)).first()
