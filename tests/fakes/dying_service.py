"""A card service that can die: pyscard's raw calls over a virtual card, in place of the library in cardreader.pcsc."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from smartcard import scard

from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import load_card

READER = "Virtual Reader 00 00"
_TIMEOUT = -0x7FEFFFF6  # 0x8010000A, signed as pyscard gives it


class DyingService:
    """One reader with the mother's card in it. `dies_at` names the call that ends the daemon with `code`.

    A context that lived through the death answers every call with the code from then on, as libpcsclite does; a
    fresh one works at once, as after a restart.
    """

    SCARD_SCOPE_USER = scard.SCARD_SCOPE_USER
    SCARD_STATE_PRESENT = scard.SCARD_STATE_PRESENT
    SCARD_STATE_MUTE = scard.SCARD_STATE_MUTE
    SCARD_STATE_CHANGED = scard.SCARD_STATE_CHANGED
    SCARD_STATE_UNKNOWN = scard.SCARD_STATE_UNKNOWN
    SCARD_STATE_IGNORE = scard.SCARD_STATE_IGNORE
    SCARD_SHARE_SHARED = scard.SCARD_SHARE_SHARED
    SCARD_PROTOCOL_T0 = scard.SCARD_PROTOCOL_T0
    SCARD_PROTOCOL_T1 = scard.SCARD_PROTOCOL_T1
    SCARD_PCI_T0 = scard.SCARD_PCI_T0
    SCARD_PCI_T1 = scard.SCARD_PCI_T1
    SCARD_LEAVE_CARD = scard.SCARD_LEAVE_CARD
    SCARD_RESET_CARD = scard.SCARD_RESET_CARD

    def __init__(self, code: int, dies_at: str = "") -> None:
        self._code = code - (1 << 32) if code >= 1 << 31 else code  # a signed int, as pyscard's results are
        self.dies_at = dies_at
        self.opened = 0
        self.released = 0
        self._dead_until = 0  # contexts up to this number are dead
        self._card = load_card(Path("mother-2.0.json"))
        self._plays = VirtualCard(self._card)

    def _result(self, call: str, context: int) -> int:
        if call == self.dies_at:
            self.dies_at = ""
            self._dead_until = self.opened
        return self._code if context <= self._dead_until else 0

    def SCardEstablishContext(self, _scope: int) -> tuple[int, int]:  # noqa: N802 - the library's name
        if self.dies_at == "establish":
            self.dies_at = ""
            return self._code, 0
        self.opened += 1
        return 0, self.opened

    def SCardReleaseContext(self, context: int) -> int:  # noqa: N802
        self.released += 1
        return self._result("release", context)

    def SCardListReaders(self, context: int, _groups: list[str]) -> tuple[int, list[str]]:  # noqa: N802
        return self._result("list", context), [READER]

    def SCardGetStatusChange(  # noqa: N802
        self, context: int, timeout: int, states: Sequence[tuple[str, int]]
    ) -> tuple[int, list[tuple[str, int, list[int]]]]:
        result = self._result("wait" if timeout else "look", context)
        if result or timeout:
            # Nothing comes or goes here but the daemon itself.
            return result or _TIMEOUT, []
        return 0, [(name, scard.SCARD_STATE_PRESENT | 1 << 16, list(self._card.atr)) for name, _ in states]

    def SCardCancel(self, _context: int) -> int:  # noqa: N802
        return 0

    def SCardConnect(  # noqa: N802
        self, context: int, _reader: str, _share: int, _protocols: int
    ) -> tuple[int, int, int]:
        self._plays.reset()
        return self._result("connect", context), context, scard.SCARD_PROTOCOL_T0

    def SCardBeginTransaction(self, handle: int) -> int:  # noqa: N802
        return self._result("begin", handle)

    def SCardEndTransaction(self, handle: int, _after: int) -> int:  # noqa: N802
        return self._result("end", handle)

    def SCardDisconnect(self, handle: int, _after: int) -> int:  # noqa: N802
        return self._result("disconnect", handle)

    def SCardStatus(self, handle: int) -> tuple[int, str, int, int, list[int]]:  # noqa: N802
        return self._result("status", handle), READER, 0, scard.SCARD_PROTOCOL_T0, list(self._card.atr)

    def SCardTransmit(self, handle: int, _pci: object, command: list[int]) -> tuple[int, list[int]]:  # noqa: N802
        result = self._result("transmit", handle)
        return result, [] if result else list(self._plays.answer(bytes(command)))
