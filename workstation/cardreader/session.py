"""One card session from the daemon to an Identity: choose the card, hold it, read it, say what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime

from workstation.cardreader.channel import Channel, Transmit
from workstation.cardreader.operator_card import Proven, prove
from workstation.cardreader.pcsc import Connection, Context, PcscError, Slot
from workstation.cardreader.psam import NoPsam, Psam, is_psam
from workstation.cardreader.reader import PLAIN, Wish, read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.diagnosis import Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity
from workstation.services.ports import CardKeys

# Drivers notice a pulled card by polling, every 400 ms at the slowest (pcsc.md 1).
_SETTLE_S = 0.7


class Sessions:
    """Card sessions over one line to the daemon, which stays open between them as long as it works."""

    def __init__(self, *, psam_reader: str | None = None, operator_reader: str | None = None) -> None:
        """The PSAM in `psam_reader` proves cards, unless a read brings other keys; `operator_reader` is no citizen's."""
        self._context: Context | None = None
        self._psam_reader = psam_reader
        self._operator_reader = operator_reader

    def read_card(
        self,
        at: datetime,
        wish: Wish = PLAIN,
        reader: str | None = None,
        steps: list[Step] | None = None,
        using: Callable[[str], object] = lambda _: None,
    ) -> Identity:
        """Read the first card found in any reader, or the one in `reader`; note each step's time in `steps`.

        `using` hears which reader it is before anything is said to the card.

        Blocks for ever when the card hangs: only for the worker.
        Raises Refused(CARD_* | READER_MISSING | CARD_SERVICE_DOWN).
        """
        try:
            context, slots = self._look()
            with ExitStack() as open_cards:
                if self._psam_reader is not None and wish.keys is None:
                    wish = replace(wish, keys=_psam(context, self._psam_reader, open_cards))
                slot = _choose(
                    tuple(
                        slot
                        for slot in slots
                        if slot.reader not in {self._psam_reader, self._operator_reader}
                        and reader in {None, slot.reader}
                    )
                )
                using(slot.reader)
                began = time.perf_counter()
                connection = context.connect(slot.reader)
                # What PIN or keys have opened would stay open to the next program until the card loses its power.
                open_cards.callback(connection.close, reset=wish.pin is not None or wish.keys is not None)
                transmit: Transmit = connection.transmit
                if steps is not None:
                    steps.append(Step("connect", _ms_since(began)))
                    transmit = _timed(transmit, steps)
                return _read(context, connection, transmit, slot, at, wish)
        except PcscError as error:
            raise _refusal(error) from error

    def prove(self, challenge: bytes) -> Proven:
        """Let the operator's card sign. Blocks like read_card.

        Raises Refused(OPERATOR_CARD_REFUSED | CARD_* | READER_MISSING | CARD_SERVICE_DOWN).
        """
        try:
            context, slots = self._look()
            slot = _choose(tuple(slot for slot in slots if slot.reader == self._operator_reader))
            connection = context.connect(slot.reader)
            try:
                connection.begin()
                return prove(Channel(connection.transmit, t0=connection.t0), challenge)
            finally:
                connection.close(reset=True)
        except (PcscError, Unreadable) as error:
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


def _psam(context: Context, reader: str, open_cards: ExitStack) -> CardKeys:
    """Open the PSAM; one that is not there or answers as something else leaves the keys unavailable."""
    try:
        connection = context.connect(reader)
        open_cards.callback(connection.close)
        channel = Channel(connection.transmit, t0=connection.t0)
        return Psam(channel) if is_psam(channel) else NoPsam()
    except (PcscError, Unreadable):
        return NoPsam()


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
