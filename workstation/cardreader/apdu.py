"""Commands and responses of ISO/IEC 7816-4, as far as a counter needs them to read."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.cardreader.unreadable import Unreadable

LARGEST_ANSWER = 65_536


class Ins:
    """Instruction bytes."""

    VERIFY = 0x20
    CHANGE_PIN = 0x24
    CHANGE_PIN_OWN = 0x5E
    EXTERNAL_AUTHENTICATE = 0x82
    GET_CHALLENGE = 0x84
    INTERNAL_AUTHENTICATE = 0x88
    SELECT = 0xA4
    READ_RECORD = 0xB2
    GET_RESPONSE = 0xC0


class Sw:
    """Status words (cards.md 1.3)."""

    OK = 0x9000
    FILE_INVALIDATED = 0x6283
    TRIES_LEFT = 0x63C0  # the last digit counts them
    PIN_BLOCKED = 0x6983
    SECURITY_NOT_MET = 0x6982
    CARD_LOCKED = 0x6A81
    NO_FILE = 0x6A82
    NO_RECORD = 0x6A83
    APPLICATION_BLOCKED = 0x9303
    MORE_DATA = 0x61  # first byte
    WRONG_LE = 0x6C  # first byte


# Their data holds a PIN, which no trace may show.
SECRET = frozenset({Ins.VERIFY, Ins.CHANGE_PIN, Ins.CHANGE_PIN_OWN})


@dataclass(frozen=True, slots=True)
class Command:
    """A short command APDU. `le` is None when no data is expected, 0 for "all there is"."""

    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None
    cla: int = 0x00

    def encode(self, *, t0: bool) -> bytes:
        """Return the bytes to send. T=0 has no room for Le behind data: the card answers 61xx instead."""
        head = bytes((self.cla, self.ins, self.p1, self.p2))
        if not self.data:
            return head + bytes((self.le or 0,))
        body = head + bytes((len(self.data),)) + self.data
        return body if t0 or self.le is None else body + bytes((self.le,))


@dataclass(frozen=True, slots=True)
class Response:
    """A response APDU: data and status word."""

    data: bytes
    sw: int


def parse_response(raw: bytes) -> Response:
    """Split any bytes into data and status word. Raises Unreadable when there is no status word or far too much."""
    if not 2 <= len(raw) <= LARGEST_ANSWER + 2:
        raise Unreadable("response length")
    return Response(raw[:-2], int.from_bytes(raw[-2:], "big"))


def select_name(name: bytes) -> Command:
    """SELECT an application by its name."""
    return Command(Ins.SELECT, 0x04, 0x00, name, le=0)


def select_folder(fid: int) -> Command:
    """SELECT an application below the current one by its file id."""
    return Command(Ins.SELECT, 0x00, 0x00, fid.to_bytes(2, "big"), le=0)


def select_file(fid: int) -> Command:
    """SELECT an elementary file of the current application."""
    return Command(Ins.SELECT, 0x02, 0x00, fid.to_bytes(2, "big"))


def read_tagged_record(tag: int, length: int) -> Command:
    """READ RECORD with identifier `tag` from the current file; `length` is that of the value."""
    return Command(Ins.READ_RECORD, tag, 0x00, le=length + 2)


def get_challenge() -> Command:
    """GET CHALLENGE: eight random bytes of the card, good for one authentication."""
    return Command(Ins.GET_CHALLENGE, 0x00, 0x00, le=8)


def internal_authenticate(factor: bytes, original: bytes) -> Command:
    """INTERNAL AUTHENTICATE: the card enciphers `original` under the session key that `factor` makes."""
    return Command(Ins.INTERNAL_AUTHENTICATE, 0x00, 0x00, factor + original, le=8)


def external_authenticate(key: int, cryptogram: bytes, original: bytes) -> Command:
    """EXTERNAL AUTHENTICATE with the key of that id: we show the card that we, or whom we asked, hold it."""
    return Command(Ins.EXTERNAL_AUTHENTICATE, 0x00, key, cryptogram + original)


def verify_pin(digits: str) -> Command:
    """VERIFY; without digits it only asks for the state and costs no try. The PIN is BCD, filled up with F."""
    padded = digits + "F" * (len(digits) % 2)
    return Command(Ins.VERIFY, 0x00, 0x00, bytes.fromhex(padded))
