"""The carrier: one thread that pushes what waits and pulls what is new, for as long as the station is on."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from wire.keys import unb64
from wire.messages import (
    MAX_BATCH,
    MAX_BODY_BYTES,
    ChangePage,
    Enrolment,
    PushRequest,
    PushResult,
    PushStatus,
)
from wire.signed import receipt_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
from workstation.services.ports import Unit
from workstation.services.views import Link
from workstation.sync.client import HallClient

log = logging.getLogger(__name__)

IDLE_S = 1.0  # between two looks for news
MAX_BACKOFF_S = 60.0
_ACKED = frozenset({PushStatus.APPLIED, PushStatus.DUPLICATE})
# What no repetition mends: the link says so and a person has to act.
_HOPELESS = frozenset(
    {Failure.DEVICE_REVOKED, Failure.CLOCK_SKEWED, Failure.HALL_REFUSED, Failure.HALL_ANSWER_UNTRUSTED}
)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the engine last saw of the hall."""

    link: Link
    heard_at: datetime | None
    trouble: str


class Engine:
    """Implements services.ports.Courier."""

    def __init__(
        self,
        *,
        client: HallClient,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        take_page: Callable[[ChangePage], None],
        release: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        """`take_page` applies a page with its cursor in one transaction; `release` is told each case that has
        nothing unsent any more.
        """
        self._client = client
        self._enrolment = enrolment
        self._open_unit = open_unit
        self._take_page = take_page
        self._release = release
        self._clock = clock
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._batch = MAX_BATCH
        self._failures = 0
        self._state = SyncState(Link.UNKNOWN, None, "")

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def stop(self) -> None:
        """End after the request under way; what waits stays in the outbox."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        self._client.close()

    def wake(self) -> None:
        """Something new waits: do not sleep on."""
        self._wake.set()

    def state(self) -> SyncState:
        """Return what the engine last saw; a frozen value, safe from any thread."""
        return self._state

    def _run(self) -> None:
        while not self._stop.is_set():
            pause = self.round()
            # A backing-off engine is not woken by new work: forty new cases would be forty hammer blows.
            if self._failures == 0:
                self._wake.wait(pause)
                self._wake.clear()
            else:
                self._stop.wait(pause)

    def round(self) -> float:
        """Push all that is due, then pull all that is new; return the seconds until the next round."""
        try:
            while self._push() and not self._stop.is_set():
                pass
            while self._pull() and not self._stop.is_set():
                pass
        except Refused as refusal:
            return self._trouble(refusal)
        self._failures = 0
        self._state = SyncState(Link.UP, self._clock(), "")
        return IDLE_S

    # -- up ------------------------------------------------------------------------------------------
    def _push(self) -> bool:
        with self._open_unit() as unit:
            due = _within(unit.outbox.due(self._clock(), self._batch))
        if not due:
            return False
        who = self._enrolment
        try:
            answer = self._client.push(
                PushRequest(who.device, who.incarnation, who.epoch, tuple(w.envelope for w in due))
            )
        except Refused as refusal:
            self._batch = max(1, self._batch // 2)
            self._note_failure(due, refusal)
            raise
        self._batch = min(MAX_BATCH, self._batch * 2)
        return self._take_results(due, answer.results)

    def _take_results(self, due: tuple[Waiting, ...], results: tuple[PushResult, ...]) -> bool:
        if [r.id for r in results] != [w.envelope.id for w in due]:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        moved = False
        with self._open_unit() as unit:
            for waiting, result in zip(due, results, strict=True):
                moved |= self._take_result(unit, waiting, result)
            unit.commit()
        for subject in dict.fromkeys(w.envelope.subject for w in due):
            self._release(subject)
        return moved

    def _take_result(self, unit: Unit, waiting: Waiting, result: PushResult) -> bool:
        envelope, receipt = waiting.envelope, result.receipt
        if result.status in _ACKED:
            right = receipt and (receipt.event, receipt.sha256) == (envelope.id, envelope.sha256)
            # Only the hall's signed word about just this content lets the outbox forget.
            if not receipt or not right or not receipt_is_genuine(receipt, unb64(self._enrolment.hall_key)):
                raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
            unit.outbox.acked(envelope.id, receipt)
            return True
        if result.status is PushStatus.DEFERRED:
            unit.outbox.failed(envelope.id, result.code or "deferred", self._later(waiting.tries))
            return False
        log.warning("event %s parked: %s", envelope.id, result.code)
        unit.outbox.parked(envelope.id, result.code or result.status.value)
        return True

    def _note_failure(self, due: tuple[Waiting, ...], refusal: Refused) -> None:
        with self._open_unit() as unit:
            for waiting in due:
                # The whole engine backs off; each row only keeps its history, it may go as soon as the hall is back.
                unit.outbox.failed(waiting.envelope.id, refusal.failure.value, self._clock())
            unit.commit()

    # -- down ----------------------------------------------------------------------------------------
    def _pull(self) -> bool:
        with self._open_unit() as unit:
            cursor = unit.station.cursor()
        page = self._client.changes(cursor)
        if page.epoch != self._enrolment.epoch:
            # The hall was restored: applying its feed over ours could undo what citizens hold on paper.
            raise Refused(Failure.HALL_REFUSED, code="epoch_changed")
        if page.items or page.cursor != cursor:
            self._take_page(page)
        return page.more

    # -- trouble -------------------------------------------------------------------------------------
    def _trouble(self, refusal: Refused) -> float:
        self._failures += 1
        link = Link.REFUSED if refusal.failure in _HOPELESS else Link.DOWN
        code = refusal.details.get("code", refusal.failure.value)
        if self._state.trouble != code:
            log.warning("hall: %s", code)
        self._state = SyncState(link, self._state.heard_at, code)
        return _jittered(min(MAX_BACKOFF_S, IDLE_S * 2 ** min(self._failures - 1, 6)))

    def _later(self, tries: int) -> datetime:
        return self._clock() + timedelta(seconds=_jittered(min(MAX_BACKOFF_S, 2 ** min(tries, 6))))


def _jittered(seconds: float) -> float:
    # Ten thousand stations must not come back in the same second.
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 - no secret hangs on it


def _within(due: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Cut a batch to the size the hall takes; at least one goes, a too large one is told by the hall."""
    size, cut = 0, 0
    for waiting in due:
        size += len(waiting.envelope.body.encode()) + 500
        if cut and size > MAX_BODY_BYTES * 9 // 10:
            break
        cut += 1
    return due[:cut]
