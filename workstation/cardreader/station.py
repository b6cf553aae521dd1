"""The card readers of this counter: monitor and worker together, as the services need them (ports.CardReader)."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from workstation.cardreader.day_book import DayBook
from workstation.cardreader.diagnosis import diagnose
from workstation.cardreader.monitor import Monitor, OnPresence
from workstation.cardreader.operator_card import Proven
from workstation.cardreader.operator_station import OperatorStation
from workstation.cardreader.worker_process import CardWorker, command
from workstation.domain.diagnosis import Diagnosis, ReadDone
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse, Identity
from workstation.services.ports import CardKeys, CardPin, CardPresence


class CardStation:
    """Implements ports.CardReader."""

    def __init__(self, monitor: Monitor, worker: CardWorker, book: DayBook | None = None) -> None:
        self._monitor = monitor
        self._worker = worker
        self._book = book or DayBook()

    def read(
        self,
        *,
        told: Callable[[Glimpse], object] = lambda _: None,
        keys: CardKeys | None = None,
        pin: CardPin | None = None,
        reader: str | None = None,
    ) -> Identity:
        """Read a card (see ports.CardReader). Besides Refused, WorkerBroken tells of a bug."""
        began = time.perf_counter()
        # The last one counts: without a card the read goes on to the module for identity cards.
        used: list[str] = []
        try:
            identity = self._worker.read(told=told, keys=keys, pin=pin, reader=reader, using=used.append)
        except Refused as refused:
            # A refusal is its reader's, or else a reader that fails would have no day at all.
            self._note(used[-1] if used else "", began, refused.failure)
            raise
        self._note(identity.reader, began, None)
        return identity

    def reads(self) -> tuple[ReadDone, ...]:
        """See ports.CardReader."""
        return self._book.reads()

    def diagnose(self) -> Diagnosis:
        """See ports.CardReader."""
        return diagnose(self._worker)

    def _note(self, reader: str, began: float, failure: Failure | None) -> None:
        took = (time.perf_counter() - began) * 1000
        self._book.note(ReadDone(datetime.now(UTC), reader, took, failure))

    def presence(self) -> CardPresence:
        """Say what the monitor saw last, without any card I/O."""
        return self._monitor.presence()

    def prove(self, challenge: bytes) -> Proven:
        """Have the operator's card sign (see ports.OperatorCards)."""
        return self._worker.prove(challenge)

    def close(self) -> None:
        """End thread and process; a read under way is refused. Not from within `on_presence`."""
        self._worker.close()
        self._monitor.stop()


def open_operator_reader(station: CardStation, reader: str, on_presence: OnPresence) -> OperatorStation:
    """Start to watch the reader of the operator's own card, whose process is that of the citizens' cards."""
    return OperatorStation(Monitor(on_presence, only=reader), station.prove)


def open_card_reader(
    *,
    timeout_s: float,
    on_presence: OnPresence = lambda _: None,
    psam_reader: str | None = None,
    id_reader: str | None = None,
    book: Path | None = None,
    operator_reader: str | None = None,
) -> CardStation:
    """Start to watch the readers and warm the worker up, without waiting for either.

    `timeout_s` is when a hung card is given up. `on_presence` is called from the monitor's thread. The PSAM
    in `psam_reader` proves cards; that slot is nobody else's and its card is no citizen's. `id_reader` is the
    serial port of a SAM module for identity cards. `book` is the folder that keeps the day's reads.
    """
    monitor = Monitor(on_presence, ignored=psam_reader, operator=operator_reader)
    worker = CardWorker(timeout_s, command(psam_reader, id_reader, operator_reader))
    monitor.start()
    return CardStation(monitor, worker, DayBook(book))
