"""Batches of new cases and nothing else, judged column by column: what each event is asked in turn by hall/intake.py is asked of
all of them at once, which takes a third of the time.

It only ever says yes. Whatever is not as stations send it day by day is judged by the other way, event by event, and told by
its words. tests/unit/test_plain_batch.py holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hall.bulk import Move, Rows
from hall.case_rows import case_rows, chain_rows, numbered
from hall.database import now
from hall.enrolment import GENESIS
from hall.keepable import LONGEST_NAME
from hall.new_cases import Plain, Taken, Told
from hall.numbers import NumberBlocks
from hall.standing import MOST_AHEAD, Read, Standing, stand
from hall.who_may import NotAllowed, hold_roles
from wire.codec import digest
from wire.messages import CaseReceived, Envelope, EventKind, PushRequest, PushResult, PushStatus
from wire.receipts import ReceiptSigner
from wire.rights import EVENT_ACTIONS
from wire.written import answer_of, applied_text

_ACTION = EVENT_ACTIONS[EventKind.CASE_RECEIVED]


@dataclass(frozen=True, slots=True)
class _New:
    """Envelopes with what each of them says, and their bodies in UTF-8."""

    items: Sequence[Envelope]
    told: Sequence[CaseReceived]
    bodies: Sequence[bytes]


class PlainBatches:
    """Judges batches by what was read, and makes their rows."""

    def __init__(self, numbers: NumberBlocks, pen: Callable[[Standing], ReceiptSigner]) -> None:
        self._numbers, self._pen = numbers, pen

    def judge(self, request: PushRequest, told: Told, read: Read) -> Plain | None:
        """Return what is to be written and answered; None for a batch that is anything else, or that is to be refused."""
        standing, at = stand(request.device, read), now()
        fits = (request.epoch, request.incarnation) == (standing.epoch, standing.incarnation)
        received = [each for each in told if each is not None]
        if not fits or request.before or standing.disputed or len(received) != len(request.items):
            return None
        new = _New(request.items, received, [each.body.encode() for each in request.items])
        plain = _go_on(new, standing) and _can_be_kept(new) and _are_theirs(new, standing, at)
        return self._made(standing, new, at) if plain else None

    def _made(self, standing: Standing, new: _New, at: datetime) -> Plain:
        items, last = new.items, new.items[-1]
        receipts = self._pen(standing).write_all([(each.id, each.sha256) for each in items], at)
        answers = [applied_text(each.id, receipt) for each, receipt in zip(items, receipts, strict=True)]
        device: dict[str, str | int] = {"device": standing.device, "incarnation": standing.incarnation}
        made = case_rows(standing.station, items, new.told, new.bodies)
        rows: list[Rows] = [
            *chain_rows(device, items, answers),
            *numbered(made, new.told, at, self._numbers, None),
        ]
        results = tuple([PushResult(each.id, PushStatus.APPLIED) for each in items])
        move = Move(standing.device, last.seq, last.sha256)
        return Plain(rows, move, Taken(results, answer_of(standing.epoch, answers)))


def _go_on(new: _New, standing: Standing) -> bool:
    """Say whether these come in a row, behind what the device has told, and are what was hashed. What lies between may come
    later."""
    hashes = [each.sha256 for each in new.items]
    first, last = new.items[0], standing.last_seq
    follows = first.seq == last + 1
    before = (standing.last_sha256 if last else GENESIS) if follows else first.prev
    algorithm = standing.algorithms.digest
    return (
        last < first.seq <= last + MOST_AHEAD
        and [each.seq for each in new.items] == list(range(first.seq, first.seq + len(new.items)))
        and [each.prev for each in new.items] == [before, *hashes[:-1]]
        and {each.digest for each in new.items} == {algorithm}
        and [digest(body, algorithm) for body in new.bodies] == hashes
    )


def _can_be_kept(new: _New) -> bool:
    """Say whether each is there once, has names that an index takes, times of UTC, items of its own, and no scans."""
    orders = [each.sub_cases for each in new.told]
    items = [[order.item for order in each] for each in orders]
    alone = (
        [each.id for each in new.items],
        [each.subject for each in new.items],
        [each.receipt_no for each in new.told],
    )
    names = {
        *(name for column in alone for name in column),
        *(each.actor for each in new.items),
        new.items[0].prev,
        *(item for each in items for item in each),
        *(order.department for each in orders for order in each),
    }
    times = [each.at.tzinfo for each in new.items] + [each.received_at.tzinfo for each in new.told]
    return (
        {len(set(column)) for column in alone} == {len(new.items)}
        and max(map(len, names)) <= LONGEST_NAME
        and "\x00" not in "".join(names)
        and times.count(UTC) == len(times)
        and all(items)
        and [len(set(each)) for each in items] == [len(each) for each in items]
        and not [paper for each in new.told for paper in each.materials if paper.blobs]
    )


def _are_theirs(new: _New, standing: Standing, at: datetime) -> bool:
    """Say whether the station and the people who received these are those who push them, and may."""
    people = {each.actor for each in new.items}
    # Who has one term that goes on might do it at any time.
    if all(map(standing.goes_on, people)):
        asked = [(actor, at) for actor in people]
    else:
        asked = [(each.actor, min(each.at, at)) for each in new.items]
    try:
        for actor, when in asked:
            hold_roles(standing.roles(actor, when) or (), _ACTION, standing.level)
    except NotAllowed:
        return False
    same = [each.clerk for each in new.told] == [each.actor for each in new.items]
    return same and {each.station for each in new.told} == {standing.station}
