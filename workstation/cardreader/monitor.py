"""Watches the readers in a thread of its own: tells at once when a card, a reader or the card service comes or goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from workstation.services.ports import CardPresence

if TYPE_CHECKING:
    from workstation.cardreader.pcsc import Context, Slot

# The wait ends by itself when something happens; the limit only finds a reader that came between listing and
# waiting, because the PnP pseudo-reader compares counts at the start of the call (pcsc.md 8).
_WAIT_MS = 1000
_BACK_OFF_S = 0.25
_CANCEL_EVERY_S = 0.02
_GIVE_UP_S = 3.0  # for a card service that stands still; the thread ends with it or with the program

OnPresence = Callable[[CardPresence], None]


class Monitor:
    """Calls `on_presence` from its own thread: once at the start and at every change from then on.

    A card that is swapped faster than the readers are polled is told as EMPTY and PRESENT.
    """

    def __init__(
        self,
        on_presence: OnPresence,
        *,
        ignored: str | None = None,
        operator: str | None = None,
        only: str | None = None,
    ) -> None:
        """Watch every reader but `ignored`, the slot of a PSAM, and `operator`; or `only` that one."""
        self._on_presence = on_presence
        self._ignored = {ignored, operator}
        self._only = only
        self._stopping = threading.Event()
        self._context: Context | None = None
        self._context_lock = threading.Lock()
        self._told: CardPresence | None = None
        self._card: tuple[str, int] | None = None  # reader and event count of the card that was told
        self._thread = threading.Thread(target=self.run, name="card-monitor", daemon=True)

    def start(self) -> None:
        """Begin to watch. Once only."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it, but not for a card service that stands still: that would hold the window.

        Does nothing when it never started. Not from within `on_presence`.
        """
        self._stopping.set()
        if not self._thread.is_alive():
            return
        # From a thread of its own: a service that stands still holds whoever speaks to it.
        cancels = threading.Thread(target=self._cancel, name="card-monitor-end", daemon=True)
        cancels.start()
        self._thread.join(_GIVE_UP_S)
        if not self._thread.is_alive():
            cancels.join(_GIVE_UP_S)

    def _cancel(self) -> None:
        while self._thread.is_alive():
            # A cancel that comes before the wait has begun is lost: repeat it.
            with self._context_lock:
                if self._context is not None:
                    self._context.cancel()
            self._thread.join(_CANCEL_EVERY_S)

    def presence(self) -> CardPresence:
        """Say what was seen last; SERVICE_DOWN before the first look."""
        return self._told or CardPresence.SERVICE_DOWN

    def run(self) -> None:
        """Watch in this thread until another one calls `stop`; `start` does it in a thread of its own."""
        # Imported here: it loads the native library, which nobody should wait for at the start of the program.
        from workstation.cardreader.pcsc import Context, PcscError  # noqa: PLC0415

        while not self._stopping.is_set():
            try:
                context = Context()
                self._hold(context)
                try:
                    self._watch(context)
                finally:
                    self._hold(None)
                    context.release()
            except PcscError:
                # Whatever the code, the cure is a fresh context (pcsc.md 7).
                self._tell(CardPresence.SERVICE_DOWN, None)
                self._stopping.wait(_BACK_OFF_S)

    def _watches(self, reader: str) -> bool:
        return reader not in self._ignored and self._only in {None, reader}

    def _hold(self, context: Context | None) -> None:
        with self._context_lock:
            self._context = context

    def _watch(self, context: Context) -> None:
        known: dict[str, Slot] = {}
        while not self._stopping.is_set():
            names = tuple(name for name in context.readers() if self._watches(name))
            known = {name: slot for name, slot in known.items() if name in names}
            if len(known) < len(names):
                known = {slot.reader: slot for slot in context.look(names)}
            self._judge([known[name] for name in names if name in known])
            states = {name: known[name].raw if name in known else 0 for name in names}
            for slot in context.wait(states, _WAIT_MS):
                known[slot.reader] = slot

    def _judge(self, slots: list[Slot]) -> None:
        card = next((slot for slot in slots if slot.present and not slot.mute), None)
        if card is not None:
            self._tell(CardPresence.PRESENT, (card.reader, card.events))
        elif any(slot.mute for slot in slots):
            self._tell(CardPresence.MUTE, None)
        else:
            self._tell(CardPresence.EMPTY if slots else CardPresence.NO_READER, None)

    def _tell(self, presence: CardPresence, card: tuple[str, int] | None) -> None:
        swapped = self._told is CardPresence.PRESENT is presence and card != self._card
        if swapped:
            self._told = CardPresence.EMPTY
            self._on_presence(CardPresence.EMPTY)
        self._card = card
        if presence is not self._told:
            self._told = presence
            self._on_presence(presence)
