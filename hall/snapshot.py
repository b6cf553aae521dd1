"""A station's cases as they stand, page by page, for a station whose place in the feed is gone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, or_, select

from hall.algorithms import agreed_algorithms
from hall.case_standing import state_of
from hall.database import fact, hall_key
from hall.dates import extensions_of, told_of
from hall.deemed import deemed_of
from hall.feed import CursorGone, newest_cursor
from hall.forwarding import came_in
from hall.procedures import procedures_of
from hall.tables import cases, disputes, sub_cases
from wire.codec import decode, encode
from wire.keys import key_id, public_of
from wire.messages import Change, ChangeKind, DisputeAnswered, Result, SubCaseState
from wire.signed import sign_reply
from wire.snapshot import CaseStands, ProcedureStands, SnapshotPage, SubCaseStands

PAGE = 100


def snapshot(db: Connection, station: str, page: str, limit: int = PAGE) -> SnapshotPage:
    """Return the page that was asked for, "" for the first. Raises CursorGone for a page of another epoch, ValueError for
    one that is none.

    The place in the feed is taken before the first case is read and travels in the name of every page, so that whatever
    happens meanwhile is told by the feed afterwards; a station that is interrupted asks for the same page again.
    """
    epoch = fact(db, "epoch")
    cursor, after = newest_cursor(db, station), ""
    if page:
        told_epoch, cursor, after = page.split("~")
        if told_epoch != epoch:
            raise CursorGone
    mine = or_(cases.c.station == station, cases.c.accepting == station)
    query = select(cases).where(mine, cases.c.id > after).order_by(cases.c.id)
    rows = db.execute(query.limit(limit + 1)).all()
    shown = rows[:limit]
    following = f"{epoch}~{cursor}~{shown[-1].id}" if len(rows) > limit else ""
    stand = [(row, encode(_stands(db, row, station))) for row in shown]
    items = tuple(Change(row.id, row.rev, ChangeKind.CASE_STANDS, body) for row, body in stand)
    private = hall_key(db)
    said = SnapshotPage(epoch, station, page, items, following, cursor, key_id(public_of(private)), "")
    return sign_reply(said, private, agreed_algorithms(db).signature)


def _stands(db: Connection, row: Row[tuple[object, ...]], station: str) -> CaseStands:
    subs = select(sub_cases).where(sub_cases.c.case == row.id).order_by(sub_cases.c.id)
    said = select(disputes.c.answer).where(disputes.c.case == row.id, disputes.c.verdict != "")
    return CaseStands(
        receipt_no=str(row.receipt_no),
        project_no=str(row.project_no),
        state=state_of(row),
        sub_cases=tuple(
            SubCaseStands(
                sub.item,
                SubCaseState(sub.state),
                decode(Result, sub.result) if sub.result else None,
                tuple(ProcedureStands(*each) for each in procedures_of(db, sub.id)),
                extensions_of(db, sub.id),
            )
            for sub in db.execute(subs)
        ),
        concluded_at=_time(row.concluded_at),
        seal=str(row.seal) if row.seal else None,
        disputes=tuple(decode(DisputeAnswered, answer) for answer in db.scalars(said)),
        papers_at=_time(row.papers_at),
        deemed=deemed_of(db, str(row.id)),
        dates=told_of(db, str(row.id)),
        came_in=came_in(db, row, station),
    )


def _time(written: object) -> datetime | None:
    return datetime.fromisoformat(str(written)) if written else None
