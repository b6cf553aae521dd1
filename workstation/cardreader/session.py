"""One card session from the daemon to an Identity: choose the card, hold it, read it, say what went wrong."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime

from workstation.cardreader.channel import Channel, Transmit
from workstation.cardreader.pcsc import Connection, Context, PcscError, Slot
from workstation.cardreader.psam import NoPsam, Psam, is_psam
from workstation.cardreader.reader import PLAIN, Wish, read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.diagnosis import Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity

# Drivers notice a pulled card by polling, every 400 ms at the slowest (pcsc.md 1).
_SETTLE_S = 0.7


class Sessions:
    """Card sessions over one line to the daemon, which stays open between them as long as it works."""

    def __init__(self, *, psam: bool = False) -> None:
        """With `psam` the card in a second slot that is one proves cards, unless a read brings other keys."""
        self._context: Context | None = None
        self._psam = psam

    def read_card(
        self,
        at: datetime,
        wish: Wish = PLAIN,
        reader: str | None = None,
        steps: list[Step] | None = None,
    ) -> Identity:
        """Read the first card found in any reader, or the one in `reader`; note each step's time in `steps`.

        Blocks for ever when the card hangs: only for the worker.
        Raises Refused(CARD_* | READER_MISSING | CARD_SERVICE_DOWN).
        """
        try:
            context, slots = self._look()
            slots = tuple(slot for slot in slots if reader in {None, slot.reader})
            with ExitStack() as open_cards:
                if self._psam and wish.keys is None:
                    slots, wish = _with_psam(context, slots, wish, open_cards)
                slot = _choose(slots)
                began = time.perf_counter()
                connection = context.connect(slot.reader)
                open_cards.callback(connection.close)
                transmit: Transmit = connection.transmit
                if steps is not None:
                    steps.append(Step("connect", _ms_since(began)))
                    transmit = _timed(transmit, steps)
                return _read(context, connection, transmit, slot, at, wish)
        except PcscError as error:
            raise _refusal(error) from error

    def close(self) -> None:
        """Close the line."""
        context, self._context = self._context, None
        if context is not None:
            context.release()

    def _look(self) -> tuple[Context, tuple[Slot, ...]]:
        if self._context is not None:
            try:
                return self._context, self._context.look(self._context.readers())
            except PcscError:
                # A line that was left open is dead once the daemon was restarted: only a fresh one can tell.
                self.close()
        self._context = Context()
        return self._context, self._context.look(self._context.readers())


def _with_psam(
    context: Context, slots: tuple[Slot, ...], wish: Wish, open_cards: ExitStack
) -> tuple[tuple[Slot, ...], Wish]:
    """Find the PSAM among the cards and take its slot away. Raises PcscError."""
    for slot in slots:
        if not slot.present or slot.mute:
            continue
        connection = context.connect(slot.reader)
        channel = Channel(connection.transmit, t0=connection.t0)
        if is_psam(channel):
            open_cards.callback(connection.close)
            left = tuple(other for other in slots if other is not slot)
            return left, replace(wish, keys=Psam(channel))
        connection.close()
    return slots, replace(wish, keys=NoPsam())


def _timed(transmit: Transmit, steps: list[Step]) -> Transmit:
    def timed(command: bytes) -> bytes:
        began = time.perf_counter()
        try:
            return transmit(command)
        finally:
            # The head of a command names files and records, never a person; a PIN would be behind it.
            steps.append(Step(command[:4].hex().upper(), _ms_since(began)))

    return timed


def _ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def _read(
    context: Context, connection: Connection, transmit: Transmit, slot: Slot, at: datetime, wish: Wish
) -> Identity:
    try:
        connection.begin()
        channel = Channel(transmit, t0=connection.t0)
        return read_identity(channel, slot.atr, read_atr=connection.atr, reader=slot.reader, at=at, wish=wish)
    except (Unreadable, PcscError) as error:
        refusal = _refusal(error)
        # A card pulled while it speaks shows first as a torn, empty or failed answer, and only later as gone.
        if refusal.failure is Failure.CARD_UNREADABLE and _leaves(context, slot):
            raise Refused(Failure.CARD_REMOVED) from error
        raise refusal from error


def _choose(slots: tuple[Slot, ...]) -> Slot:
    if not slots:
        raise Refused(Failure.READER_MISSING)
    for slot in slots:
        if slot.present and not slot.mute:
            return slot
    raise Refused(Failure.CARD_MUTE if any(slot.mute for slot in slots) else Failure.CARD_MISSING)


def _leaves(context: Context, slot: Slot) -> bool:
    """Wait a moment and say whether the card that was in the slot is gone or was put in anew."""
    raw = slot.raw
    ends = time.monotonic() + _SETTLE_S
    while (left := ends - time.monotonic()) > 0:
        for seen in context.wait({slot.reader: raw}, int(left * 1000) + 1):
            if not seen.present or seen.events != slot.events:
                return True
            raw = seen.raw
    return False


def _refusal(error: PcscError | Unreadable) -> Refused:
    if isinstance(error, Unreadable):
        return Refused(Failure.CARD_UNREADABLE, at=error.what)
    return Refused(error.failure, pcsc=f"0x{error.code:08X}")
