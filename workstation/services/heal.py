"""The way back to a hall that is not what it was: restored from a backup, or so far ahead that our place in it is gone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from wire.codec import decode
from wire.epoch import EpochAnnouncement
from wire.messages import ChangePage
from wire.snapshot import CaseStands, SnapshotPage
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.numbers import receipt_series
from workstation.services.ports import Clock, OpenUnit
from workstation.services.purge import SENT_AGAIN
from workstation.services.receive_change import receive_changes, release_held, take_changes

log = logging.getLogger(__name__)

SINCE = "epoch_since"  # of the announcement that was believed last
WRAPPED_FACT = "recovery_wrap"  # what the hall holds of the store's key: key id and hash of the proof
SNAPSHOT = "snapshot"  # what is asked for next, "" when none is under way
BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Takes:
    """What is done with what the hall says, each in a transaction of its own. `release` is told the cases of which events
    were settled: changes may wait for that."""

    page: Callable[[ChangePage], None]
    epoch: Callable[[EpochAnnouncement], str]
    begin_snapshot: Callable[[], None]
    snapshot: Callable[[SnapshotPage], None]
    release: Callable[[tuple[str, ...]], None]


def takes(open_unit: OpenUnit, clock: Clock) -> Takes:
    """Return all of it for one store."""
    return Takes(
        page=partial(receive_changes, open_unit=open_unit, clock=clock),
        epoch=partial(take_epoch, open_unit=open_unit, clock=clock),
        begin_snapshot=partial(begin_snapshot, open_unit=open_unit),
        snapshot=partial(take_snapshot, open_unit=open_unit, clock=clock),
        release=lambda subjects: release_held(*subjects, open_unit=open_unit, clock=clock),
    )


def take_epoch(said: EpochAnnouncement, *, open_unit: OpenUnit, clock: Clock) -> str:
    """Take the hall's signed word on its epoch; return the epoch that is believed now.

    Another one means that the hall was restored: in one transaction everything it had signed for in the last thirty days is
    queued again, what it told is forgotten, a snapshot begins, and the wrap of the store's key is owed again. Our own unsent work stays where it is.
    Raises Refused(HALL_ANSWER_UNTRUSTED) for an announcement that is older than the one believed: somebody kept it.
    """
    with open_unit() as unit:
        enrolment = unit.station.enrolment()
        if enrolment is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        known = unit.station.fact(SINCE)
        same = said.epoch == enrolment.epoch
        if known and said.since <= datetime.fromisoformat(known) and not same:
            log.error("epoch %s announced since %s, %s is believed", said.epoch, said.since, known)
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED, code="epoch_old")
        if known and same:
            return said.epoch
        unit.station.remember(SINCE, said.since.isoformat())
        if not same:
            count = unit.outbox.send_again(clock() - SENT_AGAIN, enrolment.epoch)
            unit.blobs.send_again()
            unit.station.remember(WRAPPED_FACT, "")
            unit.station.renew(replace(enrolment, epoch=said.epoch))
            unit.station.drop_held()
            unit.station.move_cursor("")
            unit.station.remember(SNAPSHOT, BEGIN)
            note = f"{enrolment.epoch} {said.epoch} events={count}"
            unit.audit.note(at=clock(), actor="hall", deed=Deed.HALL_RESTORED, note=note)
            log.warning("hall restored: %s", note)
        unit.commit()
    return said.epoch


def begin_snapshot(*, open_unit: OpenUnit) -> None:
    """The place in the feed is gone: the cases are taken as they stand, from the first page on."""
    with open_unit() as unit:
        unit.station.remember(SNAPSHOT, BEGIN)
        unit.commit()


def take_snapshot(page: SnapshotPage, *, open_unit: OpenUnit, clock: Clock) -> None:
    """Take a page with the name of the next one in one transaction; after the last the feed goes on at its cursor.

    A receipt number that the hall knows is given to nobody else, also by a store that was put back to a time before it.
    """
    with open_unit() as unit:
        for change in page.items:
            series, number = receipt_series(decode(CaseStands, change.body).receipt_no)
            if series:
                unit.station.saw_number(series, number)
        take_changes(page.items, page.epoch, unit, clock())
        unit.station.remember(SNAPSHOT, page.following)
        if not page.following:
            unit.station.move_cursor(page.cursor)
            unit.audit.note(at=clock(), actor="hall", deed=Deed.SNAPSHOT_TAKEN, note=page.epoch)
        unit.commit()
