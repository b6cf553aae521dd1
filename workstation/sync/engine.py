"""The carrier: one thread for events and changes, one for scans, one for the rest, for as long as the station is on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from wire.messages import Enrolment
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import Takes
from workstation.services.ports import Look, Unit
from workstation.services.views import Link
from workstation.sync.client import HallClient
from workstation.sync.epochs import Epochs
from workstation.sync.incoming import Incoming
from workstation.sync.limits import Limits
from workstation.sync.outgoing import Outgoing
from workstation.sync.pace import idle_after, wait_after
from workstation.sync.rest import Rest
from workstation.sync.scans import Scans
from workstation.sync.snapshots import Snapshots

log = logging.getLogger(__name__)

IDLE_S = 1.0  # between two looks for news, at least
STOP_S = 3.0  # how long stopping waits for a request under way
# What no repetition mends: the link says so and a person has to act.
_FOR_A_PERSON = frozenset(
    {
        Failure.DEVICE_REVOKED,
        Failure.CLOCK_SKEWED,
        Failure.HALL_REFUSED,
        Failure.HALL_ANSWER_UNTRUSTED,
        Failure.HALL_INSECURE,
        Failure.HALL_CERTIFICATE_EXPIRED,
        Failure.HALL_CERTIFICATE_NAME,
        Failure.HALL_CERTIFICATE_UNKNOWN,
        Failure.HALL_TLS_OLD,
        Failure.DEVICE_PENDING,
        Failure.STATION_COPIED,
    }
)
_ENDS = frozenset({Failure.DEVICE_REVOKED, Failure.STATION_COPIED})


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the engine last saw of the hall; `trouble` is a code, "" when there is none."""

    link: Link
    heard_at: datetime | None
    trouble: str
    copied: bool = (
        False  # the hall has other events of this station: nothing is pushed before it is enrolled again
    )


class Carrier(Protocol):
    """Carries one kind of thing."""

    def carry(self) -> bool:
        """Carry one load; True when there may be more. Raises Refused."""
        ...


class Engine:
    """Implements services.ports.Courier."""

    def __init__(
        self,
        *,
        client: HallClient,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        look: Look | None = None,
        take: Takes,
        clock: Callable[[], datetime],
        on_state: Callable[[SyncState], None] = lambda _: None,
        beside: tuple[Carrier, ...] = (),
        scan_bytes_per_s: int = 0,
        heal: Callable[[Refused], bool] = lambda _: False,
    ) -> None:
        """`look` is what every turn reads by, so that a station at rest holds up nobody at the counter; `take.release` is told
        the cases of which events were settled; `beside` is carried without holding up events, nor held up
        by scans, which take `scan_bytes_per_s` of the line at most (0: all of it); `on_state` hears, on the engine's thread,
        each change of link or trouble; `heal` says of a trouble that is none of epochs that it is over."""
        look = look or open_unit
        self._client = client
        self._clock = clock
        self._on_state = on_state
        self._state = SyncState(Link.UNKNOWN, None, "")
        self._told = self._state.link, self._state.trouble
        self._stopping = threading.Event()
        self._ahead = ThreadPoolExecutor(1, "sync ahead")
        epochs = Epochs(
            client=client, epoch=enrolment.epoch, take=take.epoch, begin_snapshot=take.begin_snapshot
        )
        limits = Limits(client, clock)
        outgoing = self._outgoing = Outgoing(
            client=client,
            enrolment=enrolment,
            epochs=epochs,
            limits=limits,
            open_unit=open_unit,
            look=look,
            release=take.release,
            clock=clock,
            ahead=self._ahead,
        )
        snapshots = Snapshots(client=client, epochs=epochs, open_unit=look, take=take.snapshot)
        incoming = Incoming(client=client, epochs=epochs, open_unit=look, take_page=take.page)
        scans = Scans(
            client=client, open_unit=open_unit, look=look, clock=clock, bytes_per_s=scan_bytes_per_s
        )
        pause = Rest(open_unit, clock)

        def mended(refusal: Refused) -> bool:
            return epochs.heal(refusal) or heal(refusal)

        events = (epochs, limits, outgoing, snapshots, incoming)
        self._events = _Lane("events", events, self._stopping, self._tell, mended, pause)
        # What becomes of a scan says nothing of the link: the events' lane looks at it.
        self._scans = _Lane("scans", (scans,), self._stopping, lambda _: None)
        rest = _Lane("beside", beside, self._stopping, lambda _: None)
        self._lanes = (self._events, self._scans, *((rest,) if beside else ()))

    def start(self) -> None:
        """Begin to carry."""
        for lane in self._lanes:
            lane.start()

    def stop(self) -> None:
        """End after the requests under way; what waits stays in the outbox."""
        self._stopping.set()
        ended = [lane.end(STOP_S) for lane in self._lanes]
        # What is on its way still reaches the hall; its answer comes again as a duplicate.
        self._ahead.shutdown(wait=False, cancel_futures=True)
        # A request that hangs is given up with its thread; its connection must not be taken from under it.
        if all(ended) and not self._outgoing.flying:
            self._client.close()

    def wake(self) -> None:
        """Something new waits: do not sleep on."""
        for lane in self._lanes:
            lane.wake()

    def hurry(self) -> None:
        """A person wants it now: try at once, whatever trouble there was."""
        self._events.hurry()
        self._scans.hurry()

    def state(self) -> SyncState:
        """Return what the engine last saw; a frozen value, safe from any thread."""
        return self._state

    def _tell(self, trouble: Refused | None) -> None:
        before = self._state
        if trouble is None:
            now = SyncState(Link.UP, self._clock(), "")
        else:
            link = Link.REFUSED if trouble.failure in _FOR_A_PERSON else Link.DOWN
            code = trouble.details.get("code") or trouble.failure.value
            now = SyncState(link, before.heard_at, code, trouble.failure is Failure.STATION_COPIED)
        self._state = now
        if self._told != (now.link, now.trouble):
            log.info("hall: %s %s", now.link.value, now.trouble)
            self._on_state(now)
            self._told = now.link, now.trouble


class _Lane:
    """A thread that lets its carriers work, sleeps, and is woken."""

    def __init__(
        self,
        name: str,
        carriers: tuple[Carrier, ...],
        stopping: threading.Event,
        tell: Callable[[Refused | None], None],
        heal: Callable[[Refused], bool] = lambda _: False,
        rest: Rest | None = None,
    ) -> None:
        """`heal` says of a trouble that it is over; `rest` remembers beyond the end of the program how long to wait."""
        self._heal = heal
        self._rest = rest
        self._carriers = carriers
        self._stopping = stopping
        self._tell = tell
        self._woken = threading.Event()
        self._hurried = threading.Event()  # by a person, or to end
        self._failures = 0
        self._moved_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name=f"sync {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def hurry(self) -> None:
        self._hurried.set()
        self._woken.set()

    def end(self, wait_s: float) -> bool:
        """Say whether the thread has ended; `stopping` is set already."""
        self.hurry()
        if self._thread.ident is not None:
            self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._rest is not None:
            # Whoever starts a station again and again is no reason for the hall to be asked more often.
            self._stopping.wait(self._rest.left())
        while not self._stopping.is_set():
            pause = self._turn()
            if pause is None:
                return
            if self._failures:
                # New work does not cut this short: forty new cases would be forty blows on a hall that is down.
                self._hurried.wait(pause)
                self._hurried.clear()
            else:
                if self._woken.wait(pause):
                    self._moved_at = time.monotonic()
                self._woken.clear()

    def _turn(self) -> float | None:
        """Carry all there is; return the seconds until the next turn, None when there will be none."""
        trouble, asked_s = None, 0.0
        try:
            for carrier in self._carriers:
                while self._carry(carrier) and not self._stopping.is_set():
                    self._moved_at = time.monotonic()
        except Refused as refusal:
            trouble = refusal
            asked_s = float(refusal.details.get("retry_after", 0))
        except Exception:
            # A bug in one turn must not end the carrying for the day: it is told in full, and tried again later.
            log.exception("sync")
            trouble = Refused(Failure.HALL_REFUSED, code="bug")
        try:
            if not self._stopping.is_set():
                self._tell(trouble)
        except Refused as refusal:
            # Who listens writes it down, and the store is busy or full: the lane goes on, and tells it at the next turn.
            log.warning("the state was not told: %s", refusal.failure.value)
            trouble = refusal
        self._failures = self._failures + 1 if trouble else 0
        if trouble and trouble.failure in _ENDS:
            return (
                None  # A station that was shut out does not knock again before a person has started it anew.
            )
        quiet_s = time.monotonic() - self._moved_at
        pause = wait_after(self._failures, asked_s) if trouble else max(IDLE_S, idle_after(quiet_s))
        if self._rest is not None:
            self._rest.keep(pause if trouble else 0.0)
        return pause

    def _carry(self, carrier: Carrier) -> bool:
        try:
            return carrier.carry()
        except Refused as refusal:
            if not self._heal(refusal):
                raise
            return True
