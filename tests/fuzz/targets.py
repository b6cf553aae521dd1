"""What is fuzzed: each takes any bytes and may only return, or refuse in the one way its parser promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime

from tests.fakes.card_reader import card_of
from wire.messages import CardChallenge, CardCryptograms
from workstation.cardreader import values
from workstation.cardreader.atr import parse_atr
from workstation.cardreader.channel import Channel
from workstation.cardreader.fci import parse_fci
from workstation.cardreader.identity_card.frame import LONGEST, Frames
from workstation.cardreader.identity_card.sam import read_document
from workstation.cardreader.identity_card.text_block import parse_text_block
from workstation.cardreader.messages import BadMessage, decode, decode_request
from workstation.cardreader.reader import Wish, read_identity
from workstation.cardreader.record import parse_record
from workstation.cardreader.scanner import LONGEST_CODE, Codes
from workstation.cardreader.tlv import parse_tlv
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity
from workstation.services.ports import CardPin

Target = Callable[[bytes], None]
AT = datetime(2026, 11, 23, tzinfo=UTC)


def atr(data: bytes) -> None:
    """The answer to reset: historical bytes come out of it, never more than there are."""
    with suppress(Unreadable):
        found = parse_atr(data)
        assert found.historical in data
        assert len(found.historical) <= 15


def fci(data: bytes) -> None:
    """SELECT's answer, and the data objects below it."""
    with suppress(Unreadable):
        parse_tlv(data)
    with suppress(Unreadable):
        found = parse_fci(data)
        assert found.name is None or found.name in data
        found.cipher_in("440100")


def record(data: bytes) -> None:
    """One record by its tag."""
    with suppress(Unreadable):
        found = parse_record(data[1:], data[0] if data else 0)
        assert found in data


def field(data: bytes) -> None:
    """Every decoder over the same bytes. Text must be writable as UTF-8: it is stored and printed."""
    for decoder in (values.text, values.ascii_text, values.digits, values.code, values.sex):
        with suppress(Unreadable):
            shown = decoder(data)
            assert shown is None or shown.encode("utf-8")
    with suppress(Unreadable):
        values.day(data)


def messages(data: bytes) -> None:
    """What the card process says, and what it is told."""
    with suppress(BadMessage):
        decode(data)
    with suppress(BadMessage):
        decode_request(data)


class _AnyKeys:
    """Answers every challenge alike, so that a card that guesses is let through as far as it gets."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        del challenge
        return CardCryptograms("00" * 8, "00" * 8)


def read(data: bytes) -> None:
    """A whole read: the first byte chooses keys and PIN, then come ATR and answers, each behind its length.

    When the answers are used up the card says that it has no such record, so that every read ends.
    """
    answers = _cut(data[1:])
    first = data[0] if data else 0
    found_atr = next(answers, b"")
    wish = Wish(
        keys=_AnyKeys() if first & 1 else None, pin=CardPin("123456", last_try=True) if first & 2 else None
    )
    channel = Channel(lambda _: next(answers, b"\x6a\x83"), t0=bool(first & 4))
    with suppress(Refused, Unreadable):
        identity = read_identity(
            channel, found_atr, read_atr=lambda: found_atr, reader="fuzz", at=AT, wish=wish
        )
        assert isinstance(identity, Identity)
        assert not card_of(identity).authenticated or first & 1
        identity.name.encode("utf-8")


class _Line:
    """A serial port that gives what it has in pieces, and then nothing more."""

    def __init__(self, data: bytes) -> None:
        self._pieces = iter([data[at : at + 97] for at in range(0, len(data), 97)])

    def write(self, data: bytes) -> None:
        del data

    def read(self) -> bytes:
        piece = next(self._pieces, None)
        if piece is None:
            raise Refused(Failure.ID_READER_SILENT)
        return piece


def sam_frame(data: bytes) -> None:
    """What comes from a serial port, in pieces: frames of a module, a whole document, codes of a scanner."""
    frames = Frames()
    for at in range(0, len(data), 7):
        for content in frames.feed(data[at : at + 7]):
            assert 3 <= len(content) <= LONGEST
    with suppress(Refused):
        read_document(_Line(data)).name.encode("utf-8")
    for code in Codes().feed(data):
        assert code.isascii()
        assert 0 < len(code) <= LONGEST_CODE


def text_block(data: bytes) -> None:
    """The text of an identity card: filled up or cut to its length, so that the fuzzer need not find that first."""
    with suppress(Unreadable):
        parse_text_block(data[:256].ljust(256, b"\0")).name.encode("utf-8")


def _cut(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        length = data[at]
        yield data[at + 1 : at + 1 + length]
        at += 1 + length


TARGETS: dict[str, Target] = {
    "atr": atr,
    "fci": fci,
    "record": record,
    "field": field,
    "messages": messages,
    "read": read,
    "sam_frame": sam_frame,
    "text_block": text_block,
}
