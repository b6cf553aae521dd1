"""The rows that envelopes and the cases they register leave behind, column by column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from hall.at_once import written
from hall.board import window_of
from hall.bulk import Column, Rows
from hall.database import HALL_ZONE, stamp
from hall.numbers import NumberBlocks
from hall.tables import cases, feed, inbox, places, sub_cases
from wire.codec import time_text
from wire.messages import CaseReceived, Envelope, SubCaseState
from wire.written import registered_change


def chain_rows(
    device: Mapping[str, str | int], items: Sequence[Envelope], answers: Sequence[str]
) -> list[Rows]:
    """Return what is kept of envelopes for ever, with their answers, and their places in the chain of a device (its id and
    incarnation)."""
    place: dict[str, Column] = {
        "event": [each.id for each in items],
        "seq": [each.seq for each in items],
        "sha256": [each.sha256 for each in items],
    }
    kept: dict[str, Column] = {"envelope": [written(each) for each in items], "result": answers}
    return [
        Rows(inbox, device, {**place, **kept}),
        Rows(places, device, {**place, "prev": [each.prev for each in items]}),
    ]


def case_rows(
    station: str, items: Sequence[Envelope], told: Sequence[CaseReceived], bodies: Column
) -> list[Rows]:
    """Return new cases without their numbers, and their sub-cases; the bodies as they came: the receipts are for just these."""
    case: dict[str, Column] = {
        "id": [each.subject for each in items],
        "receipt_no": [received.receipt_no for received in told],
        "body": bodies,
        "window": [window_of(received) for received in told],
        "received_at": [stamp(received.received_at) for received in told],
    }
    subs = [
        (each.subject, order)
        for each, received in zip(items, told, strict=True)
        for order in received.sub_cases
    ]
    sub_case: dict[str, Column] = {
        "case": [subject for subject, _ in subs],
        "item": [order.item for _, order in subs],
        "department": [order.department for _, order in subs],
        "after": [_list(order.after) for _, order in subs],
    }
    return [
        Rows(cases, {"station": station, "rev": 1}, case),
        Rows(sub_cases, {"state": SubCaseState.WAITING.value}, sub_case),
    ]


def numbered(
    made: Sequence[Rows],
    told: Sequence[CaseReceived],
    at: datetime,
    blocks: NumberBlocks,
    db: Connection | None,
) -> list[Rows]:
    """Return the same with project numbers, and what the feed tells of them; `db` is for blocks of SQLite."""
    case, subs = made
    station, day = case.same["station"], f"{at.astimezone(HALL_ZONE):%Y%m%d}"
    numbers = [f"{station}{day}{number:06d}" for number in blocks.take(db, f"project:{day}", len(told))]
    when = time_text(at)
    changes = [
        registered_change(subject, received.receipt_no, number, when)
        for subject, received, number in zip(map(str, case.each["id"]), told, numbers, strict=True)
    ]
    return [
        Rows(case.table, case.same, {**case.each, "project_no": numbers}),
        subs,
        Rows(feed, {"station": station, "at": stamp(at)}, {"change": changes}),
    ]


@lru_cache(maxsize=64)
def _list(items: tuple[str, ...]) -> str:
    """Write which items come before: the same few lists for all cases of a bundle. Few are kept, for a station says how long each is."""
    return json.dumps(items)
