"""Asks those who carry results where they are: beside the pushes, each order when its time has come, with growing pauses.

With several server processes each takes what no other one holds. What a partner answers is written and told in one
transaction; what it does not answer is asked again.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from hall.database import now, stamp
from hall.delivery import NOT_ASKED, hold_order, take_word
from hall.forwarding import name_of
from hall.registries.line import Line, NoAnswer
from hall.settings import Pace
from hall.tables import deliveries
from wire.carriers import CarrierAnswer, CarrierOrder, CarrierQuestion
from wire.codec import Malformed, decode, encode
from wire.delivery import DeliveryMoved, DeliveryOrdered, DeliveryRecalled, DeliveryState, Way

log = logging.getLogger(__name__)

_TURN_S = 1.0
_AT_ONCE = 20
_HELD_S = 30  # how long one process may take over an order before another one takes it up
_FIRST_S, _LONGEST_S = 1, 900
_GIVE_UP = 8  # unanswered tries before the station hears that the partner does not take the order


class Carriers:
    """The partners behind one address: `<url>/courier` and `<url>/locker`."""

    def __init__(self, engine: Engine, url: str, pace: Pace, *, beside: bool = True) -> None:
        """`beside` asks in a thread of its own until `close`; without it nothing is asked but by `turn`."""
        self._engine = engine
        self._line = Line(url, pace) if url else None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="carriers", daemon=True)
        if beside:
            self._thread.start()

    def close(self) -> None:
        """Stop asking."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._line is not None:
            self._line.close()

    def turn(self, at: datetime) -> int:
        """Ask of every order whose time has come; return how many."""
        due = self._take(at)
        for each in due:
            self._ask(each, at)
        return len(due)

    def _work(self) -> None:
        while not self._ended.wait(_TURN_S):
            try:
                self.turn(now())
            except (DBAPIError, NoConnection):
                # The database is away or busy: what was taken is taken again once nobody holds it any more.
                log.exception("the partners could not be asked")

    def _take(self, at: datetime) -> list[str]:
        with self._engine.begin() as db:
            ripe = (
                select(deliveries.c.id)
                .where(deliveries.c.next_at != NOT_ASKED, deliveries.c.next_at <= stamp(at))
                .order_by(deliveries.c.next_at)
                .limit(_AT_ONCE)
                .with_for_update(skip_locked=True)
            )
            taken = list(db.scalars(ripe))
            if taken:
                held = stamp(at + timedelta(seconds=_HELD_S))
                db.execute(update(deliveries).where(deliveries.c.id.in_(taken)).values(next_at=held))
        return taken

    def _ask(self, order: str, at: datetime) -> None:
        with self._engine.begin() as db:
            row = db.execute(select(deliveries).where(deliveries.c.id == order)).one()
            office = name_of(db, row.station)
        told = decode(DeliveryOrdered, row.body)
        try:
            answer = self._say(told, office, row.number, row.recall)
        except (NoAnswer, Malformed) as none:
            self._unanswered(told, row.tries + 1, none, at)
            return
        moved = DeliveryMoved(
            order,
            told.way,
            answer.state,
            answer.at,
            answer.partner,
            answer.number,
            answer.place,
            answer.code,
            answer.taken_by,
            answer.custody,
        )
        with self._engine.begin() as db:
            hold_order(db, order)
            changed = answer.state.value != row.state
            pause = _FIRST_S if changed else min(_FIRST_S * 2 ** min(row.tries, 12), _LONGEST_S)
            soon = stamp(at + timedelta(seconds=pause))
            values = {"next_at": soon, "tries": 0 if changed else row.tries + 1}
            db.execute(update(deliveries).where(deliveries.c.id == order).values(**values))
            take_word(db, moved)

    def _say(self, told: DeliveryOrdered, office: str, number: str, recall: str | None) -> CarrierAnswer:
        if self._line is None:
            raise NoAnswer("no_partner", again=False)
        partner = "/courier" if told.way is Way.COURIER else "/locker"
        if not number:
            body = encode(
                CarrierOrder(
                    told.order,
                    told.order[-8:].upper(),
                    office,
                    told.receiver,
                    told.phone,
                    told.address,
                    told.size,
                    told.last_day,
                )
            )
            path = "/orders"
        elif recall is not None:
            body = encode(CarrierQuestion(told.order, decode(DeliveryRecalled, recall).reason))
            path = "/orders/recall"
        else:
            body, path = encode(CarrierQuestion(told.order)), "/orders/status"
        answer = decode(CarrierAnswer, self._line.post(partner + path, body.encode()))
        if answer.order != told.order:
            raise NoAnswer("other_order", again=False)
        if path == "/orders/recall":
            self._recalled(told.order)
        return answer

    def _recalled(self, order: str) -> None:
        """The partner has heard it; from now on its way back is asked."""
        with self._engine.begin() as db:
            db.execute(update(deliveries).where(deliveries.c.id == order).values(recall=None))

    def _unanswered(self, told: DeliveryOrdered, tries: int, none: Exception, at: datetime) -> None:
        code = none.code if isinstance(none, NoAnswer) else "malformed"
        log.warning("carrier of order %s: %s (%s tries)", told.order, code, tries)
        with self._engine.begin() as db:
            hold_order(db, told.order)
            again = stamp(at + timedelta(seconds=min(_FIRST_S * 2**tries, _LONGEST_S)))
            values = {"next_at": again, "tries": tries}
            db.execute(update(deliveries).where(deliveries.c.id == told.order).values(**values))
            known = db.scalar(select(deliveries.c.number).where(deliveries.c.id == told.order))
            # Only an order that nobody ever took is given up: what a partner has is asked for until it answers.
            if not known and (tries >= _GIVE_UP or code == "no_partner"):
                failed = DeliveryState.FAILED
                take_word(db, DeliveryMoved(told.order, told.way, failed, at, "", trouble=code))
