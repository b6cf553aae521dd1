"""The card readers of this counter: monitor and worker together, as the services need them (ports.CardReader)."""

from __future__ import annotations

from collections.abc import Callable

from workstation.cardreader.monitor import Monitor, OnPresence
from workstation.cardreader.worker_process import COMMAND, CardWorker
from workstation.domain.identity import Glimpse, Identity
from workstation.services.ports import CardKeys, CardPin, CardPresence


class CardStation:
    """Implements ports.CardReader."""

    def __init__(self, monitor: Monitor, worker: CardWorker) -> None:
        self._monitor = monitor
        self._worker = worker

    def read(
        self,
        *,
        told: Callable[[Glimpse], object] = lambda _: None,
        keys: CardKeys | None = None,
        pin: CardPin | None = None,
        reader: str | None = None,
    ) -> Identity:
        """Read a card (see ports.CardReader). Besides Refused, WorkerBroken tells of a bug."""
        return self._worker.read(told=told, keys=keys, pin=pin, reader=reader)

    def presence(self) -> CardPresence:
        """Say what the monitor saw last, without any card I/O."""
        return self._monitor.presence()

    def close(self) -> None:
        """End thread and process; a read under way is refused. Not from within `on_presence`."""
        self._worker.close()
        self._monitor.stop()


def open_card_reader(
    *, timeout_s: float, on_presence: OnPresence = lambda _: None, psam: bool = False
) -> CardStation:
    """Start to watch the readers and warm the worker up, without waiting for either.

    `timeout_s` is when a hung card is given up. `on_presence` is called from the monitor's thread. With `psam`
    cards are proven by the PSAM in a second slot.
    """
    monitor = Monitor(on_presence)
    worker = CardWorker(timeout_s, [*COMMAND, "--psam"] if psam else COMMAND)
    monitor.start()
    return CardStation(monitor, worker)
