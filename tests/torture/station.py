"""A station under torture: the product's own client and signing, an outbox in memory, and a journal of every word of the hall."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from bench.stations import Station as Enrolled
from tests.fakes.device import Device
from tests.torture.line import Line
from wire.keys import new_id, unb64
from wire.messages import (
    Change,
    Envelope,
    EventKind,
    HallReceipt,
    PushRequest,
    PushStatus,
    SlipPrinted,
)
from wire.signed import receipt_is_genuine
from workstation.domain.failures import Refused
from workstation.sync.client import Device as Signer
from workstation.sync.client import HallClient

_WELL = (PushStatus.APPLIED, PushStatus.DUPLICATE)
# Sizes of batches: by itself, small ones that may go together (hall/new_cases.SMALL is 8), long ones.
_SIZES = ((1, 1), (2, 8), (9, 60))


@dataclass(frozen=True, slots=True)
class Heard:
    """What the hall said of an event, as it came: once for each answer that arrived."""

    event: str
    status: PushStatus
    code: str | None
    receipt: HallReceipt | None


@dataclass(frozen=True, slots=True)
class Account:
    """What a station knows at the end: what it made, in the order of its chain, how much of that it believes to be kept, and
    what it heard."""

    device: str
    station: str
    sent: tuple[Envelope, ...]
    settled: int
    heard: tuple[Heard, ...]
    seen: tuple[Change, ...]


@dataclass
class Station:
    """One device at its line. `work` runs in a thread of its own; what others read of it is only ever added to."""

    maker: Device
    client: HallClient
    line: Line
    chance: Random
    sent: list[Envelope] = field(default_factory=list)
    settled: int = 0
    heard: list[Heard] = field(default_factory=list)
    seen: list[Change] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    busy: bool = False  # a push is under way
    refused: bool = False  # the hall would not have a good event: going on makes no sense
    _cursor: str = ""
    _open: list[str] = field(default_factory=list)  # cases that are not accepted yet

    @staticmethod
    def of(enrolled: Enrolled, line: Line, seed: str) -> Station:
        """Make the station of a device that the hall knows."""
        signer = Signer(enrolled.enrolment, enrolled.private)
        maker = Device("", enrolled.private, enrolled.enrolment)
        return Station(maker, HallClient(line.url, signer, lambda: datetime.now(UTC)), line, Random(seed))

    @property
    def account(self) -> Account:
        """What it knows now."""
        me = self.maker.me
        return Account(
            me.device, me.station, tuple(self.sent), self.settled, tuple(self.heard), tuple(self.seen)
        )

    @property
    def settles(self) -> bool:
        """Say whether something waits that the hall may still take."""
        return self.settled < len(self.sent) and not self.refused

    def work(self, over: threading.Event, until: Callable[[], bool]) -> None:
        """Make events and push them until it is `over`, then push what waits, as long as `until` allows."""
        self._ask_limits()
        while not over.is_set() and not self.refused:
            if len(self.sent) - self.settled < 80:
                self._make()
            self._push()
            if self.chance.random() < 0.15:
                self._push_again()
            if self.chance.random() < 0.3:
                self.poll()
            time.sleep(self.chance.uniform(0, 0.04))
        while self.settles and until():
            self._push()
        self.poll()

    def poll(self) -> None:
        """Fetch what is new, to the end."""
        more = True
        while more:
            try:
                page = self.client.changes(self._cursor, self.chance.choice((3, 200)))
            except Refused as refused:
                self._trouble("poll", refused)
                return
            self.did["poll"] += 1
            self.seen += page.items
            self._cursor, more = page.cursor, page.more

    def _ask_limits(self) -> None:
        """As the engine does when it begins: from then on batches are packed."""
        try:
            self.client.limits()
        except Refused as refused:
            self._trouble("limits", refused)

    # -- events ----------------------------------------------------------------------------------------
    def _make(self) -> None:
        """Receive some cases, or take steps of earlier ones."""
        if self._open and self.chance.random() < 0.35:
            for _ in range(min(self.chance.randint(1, 4), len(self._open))):
                self._step(self._open.pop(self.chance.randrange(len(self._open))))
            return
        for _ in range(self.chance.choice((1, 2, 5, 12, 40))):
            case = new_id()
            self.sent.append(self.maker.received(case))
            self._open.append(case)

    def _step(self, case: str) -> None:
        """Print a sheet of a case, accept it, or both."""
        what = self.chance.choice(("slip", "accept", "both"))
        if what != "accept":
            serial, at = f"S-{case}", datetime.now(UTC)
            body = SlipPrinted(f"R-{case}", "RCP", serial, 0, "clerk", at)
            self.sent.append(self.maker.envelope(EventKind.SLIP_PRINTED, body, case))
        if what != "slip":
            self.sent.append(self.maker.accepted(case))

    # -- pushes ----------------------------------------------------------------------------------------
    def _push(self) -> None:
        """Push a batch of what waits. After a dropped answer that is another cut of the same events, or the same one."""
        size = self.chance.randint(*self.chance.choice(_SIZES))
        batch = self.sent[self.settled : self.settled + size]
        if batch and self._say(batch):
            self.settled += len(batch)

    def _push_again(self) -> None:
        """Push what the hall has signed for already, as a copy of a request that was late."""
        if self.settled:
            first = self.chance.randrange(self.settled)
            self._say(self.sent[first : min(first + self.chance.randint(1, 12), self.settled)])
            self.did["again"] += 1

    def _say(self, batch: Sequence[Envelope]) -> bool:
        """Push a batch and write down what was heard; say whether the hall has all of it, by receipts that are to be believed."""
        me = self.maker.me
        new = all(each.kind is EventKind.CASE_RECEIVED for each in batch)
        self.did["steps" if not new else "small" if len(batch) <= 8 else "long"] += 1
        self.busy = True
        try:
            answer = self.client.push(PushRequest(me.device, me.incarnation, me.epoch, tuple(batch)))
        except Refused as refused:
            self._trouble("push", refused)
            return False
        finally:
            self.busy = False
        self.did["answered"] += 1
        for result in answer.results:
            self.heard.append(Heard(result.id, result.status, result.code, result.receipt))
        self.refused = any(result.status not in _WELL for result in answer.results)
        pairs = zip(batch, answer.results, strict=True)
        return all(self._believes(envelope, result.receipt) for envelope, result in pairs)

    def _believes(self, envelope: Envelope, receipt: HallReceipt | None) -> bool:
        if receipt is None or (receipt.event, receipt.sha256) != (envelope.id, envelope.sha256):
            return False
        return receipt_is_genuine(receipt, unb64(self.maker.me.hall_key), self.maker.me.algorithms.signature)

    def _trouble(self, what: str, refused: Refused) -> None:
        """Note why nothing came of it, and wait a little."""
        code = refused.details.get("code") or refused.details.get("cause") or refused.failure.value
        self.did[f"{what}:{code}"] += 1
        time.sleep(self.chance.uniform(0.02, 0.3))
