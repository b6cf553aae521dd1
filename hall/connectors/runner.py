"""The life of a connector's process: read, hand over, note what became of it, rest when the other side wants rest."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from hall.connectors import shelf
from hall.connectors.exporter import Became, Delivery, Exporter
from hall.connectors.included import Included, with_more
from hall.database import now
from wire.department_feed import DepartmentEvent
from wire.keys import new_id

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
SOME = 3  # so many different events fail and none gets through: it is no longer the events


class Runner:
    """Carries one connector's events until told to stop; any number of processes of one name are one at work."""

    def __init__(
        self,
        engine: Engine,
        name: str,
        exporter: Exporter,
        included: Included,
        lease_s: float = 30.0,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """`lease_s` is how long another process of the same name waits after this one was killed."""
        self._engine = engine
        self._name = name
        self._exporter = exporter
        self._included = included
        self._lease = timedelta(seconds=lease_s)
        self._clock = clock
        self._holder = new_id()
        self._failures = 0

    def run(self, stopped: Callable[[], bool], pause: Callable[[float], None] = time.sleep) -> None:
        """Work until `stopped`; a pause never outlasts the hold."""
        while not stopped():
            pause(min(self.turn(), self._lease.total_seconds() / 4))
        with self._engine.begin() as db:
            shelf.let_go(db, self._name, self._holder)

    def turn(self) -> float:
        """Do one round; return how many seconds to rest before the next."""
        with self._engine.begin() as db:
            if not shelf.hold(db, self._name, self._holder, self._clock(), self._lease):
                return LOOK_EVERY_S
            found = shelf.fill(db, self._name, self._clock())
            events = shelf.due(db, self._name, self._clock(), self._exporter.most)
            outgoing = [with_more(db, event, self._included) for event in events]
        if not outgoing:
            return 0.0 if found else LOOK_EVERY_S
        told = self._exporter.deliver(outgoing)
        with self._engine.begin() as db:
            shelf.settle(db, self._name, told, self._clock())
            rest = self._rest(told)
            if rest is None:
                shelf.note_trouble(db, self._name, "", self._clock())
                return 0.0
            shelf.note_trouble(db, self._name, rest.code, self._clock())
        _say(self._name, outgoing, told)
        return rest.pause_s

    def _rest(self, told: Sequence[Delivery]) -> Delivery | None:
        """Return why and how long nothing goes out, None when things do or only single events have trouble."""
        away = next((each for each in told if each.became is Became.AWAY), None)
        passed = any(each.became is Became.DELIVERED for each in told)
        failed = [each for each in told if each.became is Became.AGAIN]
        if passed and away is None:
            self._failures = 0
            return None
        if away is None and failed:
            self._failures += len(failed)
            away = failed[0] if self._failures >= SOME else None
        elif away is not None:
            self._failures += 1
        if away is None:
            return None
        return replace(away, pause_s=max(away.pause_s, shelf.backoff_s(self._failures)))


def _say(name: str, events: Sequence[DepartmentEvent], told: Sequence[Delivery]) -> None:
    cases = {event.id: event.case for event in events}
    for each in told:
        if each.became is not Became.DELIVERED:
            log.info("%s: %s of %s: %s %s", name, each.event, cases[each.event], each.became, each.code)
