"""A card that lies as it likes, played by hypothesis: whatever it says, the reader ends in a value or a known refusal.

The lies: answers cut, filled up, replaced, chained without end, bits turned, another person's card in the middle of a
read, the line lost. What holds is written in `read_lies`, `_judge` and `every_read_ends`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.fakes.card_reader import MOTHER, card_of
from tests.fuzz import seeded
from workstation.cardreader import files
from workstation.cardreader.apdu import Ins
from workstation.cardreader.channel import MOST_ROUNDS, Channel
from workstation.cardreader.reader import Wish, read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import CardData, load_card
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Identity
from workstation.services.ports import CardPin

NAMES = ("mother-2.0.json", "father-2.0.json", "residence-2.0.json", "senior-1.0.json")
CARDS: dict[str, CardData] = {name: load_card(Path(name)) for name in NAMES}
PIN = "123456"
# A read asks for some twenty records; each may be chained up to the cap.
MOST_COMMANDS = 40
ALLOWED = {
    Failure.CARD_FOREIGN,
    Failure.CARD_BLOCKED,
    Failure.CARD_LOCKED_FIELDS,
    Failure.CARD_CHANGED,
    Failure.CARD_PIN_WRONG,
    Failure.CARD_PIN_LAST_TRY,
    Failure.CARD_PIN_BLOCKED,
}

Lie = Callable[[bytes], bytes]


class LineLost(Exception):
    """The card was pulled: what the transport raises goes through as it is."""


def _lost(_: bytes) -> bytes:
    raise LineLost


def _turned(at: int) -> Lie:
    def turned(answer: bytes) -> bytes:
        if not answer:
            return answer
        changed = bytearray(answer)
        changed[at % len(changed)] ^= 1 << at % 8
        return bytes(changed)

    return turned


STATUS_LIES: st.SearchStrategy[Lie] = st.one_of(
    st.integers(0, 40).map(lambda n: lambda answer: answer[:n]),
    st.sampled_from(["61FF", "6100", "6C00", "6C05", "6983", "6982", "6A82", "6A83", "6A81", "9303", "63C1", "63C0", "6283"])
    .map(bytes.fromhex)
    .map(lambda status: lambda _: status),
    st.just(_lost),
)  # fmt: skip
DATA_LIES: st.SearchStrategy[Lie] = st.one_of(
    st.integers(0, 400).map(_turned),
    st.integers(0, 40).map(lambda n: lambda answer: answer[:-2][:n] + answer[-2:]),
    st.integers(0, 255).map(lambda n: lambda answer: answer[:1] + bytes((n,)) + answer[2:]),
    st.binary(max_size=300).map(lambda more: lambda answer: answer[:-2] + more + answer[-2:]),
    st.binary(max_size=300).map(lambda other: lambda _: other),
    st.sampled_from([b"\xff" * 34 + b"\x90\x00", bytes(34) + b"\x90\x00"]).map(lambda o: lambda _: o),
)


@dataclass
class Plan:
    """The lies of one read, by the number of the command they answer; `forges` when bytes of the data are changed."""

    lies: dict[int, Lie] = field(default_factory=dict)
    swap: tuple[int, str] | None = None
    pin_state: bytes | None = None
    forges: bool = False

    def __bool__(self) -> bool:
        return bool(self.lies or self.swap or self.pin_state)


_AT = st.integers(0, 45)
_SWAP = st.none() | st.tuples(st.integers(1, 45), st.sampled_from(NAMES))
_PIN_STATE = st.none() | st.integers(0, 15).map(lambda left: bytes((0x63, 0xC0 | left)))
PLANS = st.builds(Plan, st.dictionaries(_AT, STATUS_LIES, max_size=2), _SWAP, _PIN_STATE) | st.builds(
    Plan,
    st.dictionaries(_AT, STATUS_LIES | DATA_LIES, min_size=1, max_size=4),
    _SWAP,
    _PIN_STATE,
    st.just(True),
)


class LyingCard(RuleBasedStateMachine):
    """One reader and one card at a time; after every lie the card may go on honestly and must be read again."""

    def __init__(self) -> None:
        super().__init__()
        self.card = VirtualCard(CARDS[NAMES[0]])
        self.holder = NAMES[0]
        self.longest = 0

    @initialize(name=st.sampled_from(NAMES))
    def begin(self, name: str) -> None:
        self.put_in(name)

    @rule(name=st.sampled_from(NAMES))
    def put_in(self, name: str) -> None:
        self.holder = name
        self.card = VirtualCard(CARDS[name])

    @rule()
    def read_honestly(self) -> None:
        found = self._read(Plan(), Wish())
        assert isinstance(found, Identity)
        assert found == _honest(self.holder)

    @rule(plan=PLANS, with_pin=st.booleans(), last_try=st.booleans())
    def read_lies(self, plan: Plan, with_pin: bool, last_try: bool) -> None:
        was = self.holder
        found = self._read(plan, Wish(pin=CardPin(PIN, last_try)) if with_pin else Wish())
        if isinstance(found, Identity):
            self._judge(found, None if plan.forges else was)
        else:
            assert plan or with_pin
            assert found is None or found in ALLOWED

    @rule(left=st.integers(0, 3), last_try=st.booleans())
    def read_behind_the_pin(self, left: int, last_try: bool) -> None:
        """A card that says what it likes of its PIN."""
        self.put_in("residence-2.0.json")
        plan = Plan(pin_state=bytes((0x63, 0xC0 | left)))
        found = self._read(plan, Wish(pin=CardPin(PIN, last_try)))
        if left == 0:
            assert found is Failure.CARD_PIN_BLOCKED
        elif left == 1 and not last_try:
            assert found is Failure.CARD_PIN_LAST_TRY
        else:
            assert isinstance(found, Identity)

    def _read(self, plan: Plan, wish: Wish) -> Identity | Failure | None:
        """Return what was read, or the refusal, or None for an unreadable card or a lost line."""
        first = CARDS[self.holder].atr
        sent = 0
        told: list[bytes] = []  # the states of the PIN that the card told
        shown: list[int] = []  # what it had told last when the PIN was shown

        def transmit(command: bytes) -> bytes:
            nonlocal sent
            at, sent = sent, sent + 1
            if plan.swap is not None and plan.swap[0] == at:
                self.holder = plan.swap[1]
                self.card.become(CARDS[self.holder])
            asks_state = command[1] == Ins.VERIFY and command[4] == 0
            if command[1] == Ins.VERIFY and not asks_state:
                shown.append(told[-1][-1] & 0x0F)
            answer = self.card.answer(command)
            answer = plan.lies[at](answer) if at in plan.lies else answer
            if asks_state:
                answer = plan.pin_state or answer
                told.append(answer)
            return answer

        self.card.reset()
        try:
            return read_identity(
                Channel(transmit),
                first,
                read_atr=lambda: CARDS[self.holder].atr,
                reader=MOTHER.reader,
                at=MOTHER.read_at,
                wish=wish,
            )
        except Refused as refused:
            return refused.failure
        except (Unreadable, LineLost):
            return None
        finally:
            self.longest = max(self.longest, sent)
            # The PIN is shown once at the most, and the last try never by surprise.
            assert len(shown) <= 1
            assert 1 not in shown or (wish.pin is not None and wish.pin.last_try)

    def _judge(self, found: Identity, was: str | None) -> None:
        assert found.id_no.isascii()
        assert found.id_no.isalnum()
        found.name.encode()
        assert len(found.name) <= 50
        if was is not None:
            # Never a mixture: name, number and card are those of one person, who sat here from the beginning. A card
            # that denies a record it has may lose a field by that, and nothing else.
            honest = _honest(was)
            assert (found.name, found.id_no) == (honest.name, honest.id_no)
            assert card_of(found).identification_code == card_of(honest).identification_code

    @invariant()
    def every_read_ends(self) -> None:
        assert self.longest <= MOST_COMMANDS * (MOST_ROUNDS + 1)


def _honest(name: str) -> Identity:
    card = VirtualCard(CARDS[name])
    atr = CARDS[name].atr
    return read_identity(
        Channel(card.answer), atr, read_atr=lambda: atr, reader=MOTHER.reader, at=MOTHER.read_at
    )


STEADY = settings(max_examples=150, stateful_step_count=25, deadline=None)


def test_whatever_a_card_says_the_read_ends_in_a_value_or_a_known_refusal() -> None:
    run_state_machine_as_test(LyingCard, settings=STEADY)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_whatever_a_card_says_for_long() -> None:
    run_state_machine_as_test(
        LyingCard, settings=settings(max_examples=20_000, stateful_step_count=40, deadline=None)
    )


def test_the_lying_card_finds_a_seeded_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a parser as they are often written. The fuzzer must find the same one (tests/fuzz)."""
    monkeypatch.setattr(files, "parse_record", seeded.trusting)
    with pytest.raises(IndexError):
        run_state_machine_as_test(LyingCard, settings=settings(STEADY, phases=[Phase.generate]))
