"""PC/SC through pyscard's raw calls: the only file that knows the library. Every call may block; see each one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from smartcard import scard

from workstation.domain.failures import Failure

_PNP: Final = "\\\\?PnP?\\Notification"
_STATE_BITS: Final = 0xFFFF
_TIMEOUT, _CANCELLED, _UNKNOWN_READER, _NO_READERS = 0x8010000A, 0x80100002, 0x80100009, 0x8010002E

# Anything that is not listed means that the daemon or its handle is dead (pcsc.md 7): there are many such codes
# (NO_SERVICE, COMM_ERROR, SECURITY_VIOLATION, INVALID_HANDLE, …) and one cure, a fresh context.
_FAILURES: Final = {
    0x80100009: Failure.READER_MISSING,  # UNKNOWN_READER
    0x80100017: Failure.READER_MISSING,  # READER_UNAVAILABLE
    0x8010002E: Failure.READER_MISSING,  # NO_READERS_AVAILABLE
    0x80100011: Failure.READER_MISSING,  # INVALID_VALUE, of a reader unplugged under an open card
    0x8010000C: Failure.CARD_REMOVED,  # NO_SMARTCARD
    0x80100069: Failure.CARD_REMOVED,  # REMOVED_CARD
    0x80100068: Failure.CARD_CHANGED,  # RESET_CARD, by another program
    0x80100066: Failure.CARD_MUTE,  # UNRESPONSIVE_CARD
    0x80100067: Failure.CARD_MUTE,  # UNPOWERED_CARD
    0x8010000B: Failure.CARD_UNREADABLE,  # SHARING_VIOLATION
    0x8010000F: Failure.CARD_UNREADABLE,  # PROTO_MISMATCH
    0x80100010: Failure.CARD_UNREADABLE,  # NOT_READY
    0x80100015: Failure.CARD_UNREADABLE,  # INVALID_ATR
    0x80100016: Failure.CARD_UNREADABLE,  # NOT_TRANSACTED
    0x8010002F: Failure.CARD_UNREADABLE,  # COMM_DATA_LOST
    0x80100065: Failure.CARD_UNREADABLE,  # UNSUPPORTED_CARD
}


class PcscError(Exception):
    """A PC/SC call failed; `code` is its unsigned result."""

    def __init__(self, code: int) -> None:
        super().__init__(f"PC/SC 0x{code:08X}")
        self.code = code

    @property
    def failure(self) -> Failure:
        """What it means at the counter."""
        return _FAILURES.get(self.code, Failure.CARD_SERVICE_DOWN)


@dataclass(frozen=True, slots=True)
class Slot:
    """What one reader sees. `raw` is its state word, whose high half counts cards that came and went."""

    reader: str
    raw: int
    atr: bytes

    @property
    def present(self) -> bool:
        """Say whether there is a card."""
        return bool(self.raw & scard.SCARD_STATE_PRESENT)

    @property
    def mute(self) -> bool:
        """Say whether the card gave no usable answer to reset."""
        return self.present and bool(self.raw & scard.SCARD_STATE_MUTE)

    @property
    def events(self) -> int:
        """How often a card came or went since the daemon started, modulo 65536."""
        return self.raw >> 16 & _STATE_BITS


class Context:
    """A line to the daemon. One thread uses it; only `cancel` may come from another."""

    def __init__(self) -> None:
        """Open the line. Raises PcscError when there is no daemon."""
        result, self._handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        _check(result)

    def readers(self) -> tuple[str, ...]:
        """Name the readers. Raises PcscError."""
        result, names = scard.SCardListReaders(self._handle, [])
        if _unsigned(result) == _NO_READERS:
            return ()
        _check(result)
        return tuple(names)

    def look(self, readers: tuple[str, ...]) -> tuple[Slot, ...]:
        """Say what the readers see now. Raises PcscError."""
        return self._status(dict.fromkeys(readers, 0), 0) if readers else ()

    def wait(self, known: dict[str, int], timeout_ms: int) -> tuple[Slot, ...]:
        """Wait until a reader sees something else than its `known` state word, or until readers come or go.

        Empty when the time ran out, the wait was cancelled, or the set of readers changed. Raises PcscError.
        """
        return self._status({**known, _PNP: 0}, timeout_ms)

    def cancel(self) -> None:
        """End a wait of another thread. A cancel before the wait has begun is lost: repeat it."""
        scard.SCardCancel(self._handle)

    def release(self) -> None:
        """Close the line. The result does not matter: the daemon may be gone."""
        scard.SCardReleaseContext(self._handle)

    def connect(self, reader: str) -> Connection:
        """Open the card in a reader for this program's commands. Blocks while the card hangs. Raises PcscError."""
        result, handle, protocol = scard.SCardConnect(
            self._handle, reader, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        )
        _check(result)
        return Connection(handle, protocol)

    def driver(self, reader: str) -> str:
        """Name vendor and driver version as far as the driver tells, "" when it tells nothing.

        Speaks to the driver only (SHARE_DIRECT), so a card in the reader is not disturbed.
        """
        result, handle, _ = scard.SCardConnect(self._handle, reader, scard.SCARD_SHARE_DIRECT, 0)
        if result:
            return ""
        vendor, name = scard.SCardGetAttrib(handle, scard.SCARD_ATTR_VENDOR_NAME)
        number, version = scard.SCardGetAttrib(handle, scard.SCARD_ATTR_VENDOR_IFD_VERSION)
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
        told = [] if vendor else [bytes(name).rstrip(b"\0").decode("ascii", errors="replace")]
        # 0xMMmmbbbb: major, minor, build (PC/SC part 3, tag 0x0102).
        if not number and len(version) == 4:
            told.append(f"{version[3]}.{version[2]}.{version[1] << 8 | version[0]}")
        return " ".join(told)

    def _status(self, known: dict[str, int], timeout_ms: int) -> tuple[Slot, ...]:
        result, states = scard.SCardGetStatusChange(self._handle, timeout_ms, list(known.items()))
        if _unsigned(result) in {_TIMEOUT, _CANCELLED, _UNKNOWN_READER}:
            return ()
        _check(result)
        gone = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_IGNORE
        return tuple(
            Slot(name, state & ~scard.SCARD_STATE_CHANGED, bytes(atr))
            for name, state, atr in states
            if name != _PNP and not state & gone
        )


class Connection:
    """An open card."""

    def __init__(self, handle: int, protocol: int) -> None:
        self._handle = handle
        self._pci = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1
        self.t0 = protocol == scard.SCARD_PROTOCOL_T0

    def begin(self) -> None:
        """Keep other programs from the card until `close`. Blocks while they keep us off. Raises PcscError."""
        _check(scard.SCardBeginTransaction(self._handle))

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU and return the answer, which may be empty. Blocks while the card hangs: without
        end. Raises PcscError."""
        result, answer = scard.SCardTransmit(self._handle, self._pci, list(command))
        _check(result)
        return bytes(answer)

    def atr(self) -> bytes:
        """Ask the daemon for the answer to reset of the card that is in the reader now. Raises PcscError."""
        result, _reader, _state, _protocol, atr = scard.SCardStatus(self._handle)
        _check(result)
        return bytes(atr)

    def close(self, *, reset: bool = False) -> None:
        """Give the card back, with `reset` shut again. The results do not matter: card or daemon may be gone."""
        after = scard.SCARD_RESET_CARD if reset else scard.SCARD_LEAVE_CARD
        scard.SCardEndTransaction(self._handle, scard.SCARD_LEAVE_CARD)
        scard.SCardDisconnect(self._handle, after)


def _unsigned(result: int) -> int:
    return result & 0xFFFFFFFF


def _check(result: int) -> None:
    if result:
        raise PcscError(_unsigned(result))
