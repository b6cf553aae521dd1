"""Batches of new cases and nothing else, on PostgreSQL: what a hall hears most goes straight to the driver, small ones together.

This way only ever says yes: a batch that is more than new cases, that is to be refused, or that meets an error is left to
hall/intake.py, which begins again with it. So all that can go wrong is judged in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psycopg import Error as DriverError
from sqlalchemy import Engine

from hall.bulk import Move, Rows, insert_all, insert_together
from hall.standing import Read, look_at_all
from hall.straight_line import straight_line
from wire.codec import decode
from wire.messages import CaseReceived, PushAnswer, PushRequest, PushResult

# Events of a batch that may go together with others: a longer one has enough to do for a transaction of its own.
SMALL = 8
# What each event of a batch says, None for one that says nothing or is no new case.
Told = Sequence[CaseReceived | None]


@dataclass(frozen=True, slots=True)
class Push:
    """A batch with what it says, and the key that signed."""

    request: PushRequest
    key: str
    told: Told


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch, event by event, and the answer as it goes over the wire: most of it was written for the inbox
    already. The receipts are in `text` alone."""

    results: tuple[PushResult, ...]
    text: str

    @property
    def answer(self) -> PushAnswer:
        """The answer as a value, receipts and all."""
        return decode(PushAnswer, self.text)


@dataclass(frozen=True, slots=True)
class Plain:
    """A batch of new cases and nothing else that was judged by what was read: what is to be written, and what to answer."""

    rows: Sequence[Rows]
    move: Move
    taken: Taken


Judge = Callable[[PushRequest, Told, Read], Plain | None]


class NewCases:
    """Takes batches of new cases from several threads; None for every other one."""

    def __init__(self, engine: Engine, judge: Judge) -> None:
        """`judge` needs no database; it says None for whatever is to go the other way."""
        self._engine, self._judge = engine, judge

    def take(self, push: Push) -> Taken | None:
        """Take one batch in a transaction of its own; None too when somebody else holds its device: who goes the other way waits there."""
        return self.take_together([push])[0]

    def take_together(
        self, pushes: Sequence[Push], hand_on: Callable[[], None] = lambda: None
    ) -> Sequence[Taken | None]:
        """Take batches of several devices in one transaction, and let nobody wait for a device that somebody else holds. Where
        one of them stops the others, None is said of all: each finds out by itself what it was. `hand_on` is called when
        nothing is left but to commit: the disk and the next ones' rows need not wait for each other. Raises OperationalError
        when there is no connection to be had."""
        asked: dict[str, tuple[PushRequest, str]] = {}
        for each in pushes:
            asked.setdefault(each.request.device, (each.request, each.key))
        try:
            with straight_line(self._engine) as line:
                reads = dict(look_at_all(line, asked))
                # What was read of a device was read for its first batch and that one's key: the next one of it finds nothing.
                judged = [self._judged(each, reads.pop(each.request.device, ())) for each in pushes]
                plain = [each for each in judged if each is not None]
                if len(plain) == 1:
                    insert_all(line, plain[0].rows, plain[0].move)
                elif plain:
                    insert_together(line, [each.rows for each in plain], [each.move for each in plain])
                hand_on()
        except DriverError:
            return [None] * len(pushes)
        return [None if each is None else each.taken for each in judged]

    def _judged(self, push: Push, read: Read) -> Plain | None:
        """Judge one of several; whatever comes up comes up again where it goes by itself, and at nobody else's cost."""
        try:
            return self._judge(push.request, push.told, read) if read else None
        except Exception:  # noqa: BLE001 - it is raised where the batch goes by itself
            return None
