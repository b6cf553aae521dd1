"""Where fuzzing starts: what real-looking cards say, so that it need not invent a whole card first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.fakes.card_reader import MOTHER
from tests.fakes.sam_module import CITIZEN, frame
from workstation.cardreader.channel import Channel
from workstation.cardreader.messages import Order, encode, encode_request
from workstation.cardreader.reader import read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import CARDS, Faults, load_card
from workstation.domain.failures import Refused


def seeds(target: str, *, honest: bool = False) -> Iterator[bytes]:
    """Give starting inputs for a target; `honest` leaves out the cards that lie, so that a lie has to be found."""
    if target == "messages":
        yield encode(MOTHER)
        yield encode_request(Order())
        return
    if target == "text_block":
        yield CITIZEN
        return
    if target == "sam_frame":
        yield frame(b"\x00\x00\x9f")
        # A whole document: found, selected, read.
        read = b"\x00\x00\x90" + bytes((1, 0, 0, 4)) + CITIZEN + b"WLT!"
        yield frame(bytes.fromhex("00009F00000000")) + frame(b"\x00\x00\x90" + bytes(8)) + frame(read)
        yield b"SSC:0123456789\r\n"
        return
    for path in sorted(CARDS.glob("*.json")):
        if not honest or load_card(path).faults == Faults():
            yield from _of_card(target, path)


def _of_card(target: str, path: Path) -> Iterator[bytes]:
    data = load_card(path)
    said = _heard(path)
    if target == "atr":
        yield data.atr
    elif target == "read":
        conversation = b"".join(bytes((len(part),)) + part for part in (data.atr, *said) if len(part) < 256)
        for wishes in range(4):
            yield bytes((wishes | 4,)) + conversation
    elif target == "fci":
        yield from (part[:-2] for part in said if part[:1] == b"\x6f")
    elif target == "record":
        yield from (part[:1] + part[:-2] for part in said if len(part) > 2)
    elif target == "field":
        yield from (part[2:-2] for part in said if len(part) > 4)


def _heard(path: Path) -> list[bytes]:
    """What a card answers to a plain read."""
    data = load_card(path)
    card = VirtualCard(data)
    said: list[bytes] = []

    def listen(command: bytes) -> bytes:
        answer = card.answer(command)
        said.append(answer)
        return answer

    with suppress(Refused, Unreadable):
        read_identity(
            Channel(listen), data.atr, read_atr=lambda: data.atr, reader="corpus", at=MOTHER.read_at
        )
    return said
