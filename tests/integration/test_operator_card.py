"""The operator's own card in the second slot of a real card service: signs, locks when it goes, is no citizen's card."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.card_table import PATIENCE_S, CardTable, Seen
from tests.fakes.counter import WholeDesk
from tests.fakes.staff import PASSWORD, STAFF
from wire.approval import signed_by_card, text_of
from wire.keys import b64, fits, public_of
from wire.messages import StaffList, StaffPolicy
from workstation.cardreader.monitor import Monitor
from workstation.cardreader.station import CardStation, open_card_reader, open_operator_reader
from workstation.cardreader.virtual.card_file import CARDS, load_card
from workstation.domain.failures import Failure, Refused
from workstation.services.operator_slot import OperatorSlot
from workstation.services.ports import CardPresence, OperatorCards
from workstation.services.views import StationStep

READER = "Virtual Reader 00 01"
_DEMO = load_card(Path("operator-demo.json")).operator
assert _DEMO is not None
KEY = b64(public_of(_DEMO))
ROOT = Path(__file__).resolve().parents[2]


class OperatorHand:
    """Puts the operator's card into the second slot and takes it out."""

    def __init__(self, port: int) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "workstation.cardreader.virtual", "--port", str(port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def order(self, line: str) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(line + "\n")
        self._program.stdin.flush()
        answer = self._program.stdout.readline()
        assert answer.startswith("ok "), answer

    def close(self) -> None:
        self._program.communicate()


class Told:
    """Waits for what the slot tells."""

    def __init__(self, slot: OperatorSlot) -> None:
        self.gone, self.came = threading.Event(), threading.Event()
        slot.listen(self.gone.set, self.came.set)


@pytest.fixture(scope="module")
def table() -> Iterator[CardTable]:
    with CardTable() as made:
        yield made


@pytest.fixture
def hand(table: CardTable) -> Iterator[OperatorHand]:
    made = OperatorHand(table.daemon.port + 1)
    yield made
    made.order("remove")
    made.close()
    # The daemon polls its readers: the next test must not see this one's card.
    seen = Seen()
    watch = Monitor(seen, only=READER)
    watch.start()
    seen.wait_for(CardPresence.EMPTY)
    watch.stop()


@pytest.fixture
def slot() -> OperatorSlot:
    return OperatorSlot()


@pytest.fixture
def citizens() -> Seen:
    return Seen()


@pytest.fixture
def station(table: CardTable, citizens: Seen) -> Iterator[CardStation]:
    made = open_card_reader(timeout_s=20, on_presence=citizens, operator_reader=READER)
    citizens.wait_for(CardPresence.EMPTY)
    yield made
    made.close()


@pytest.fixture
def cards(station: CardStation, slot: OperatorSlot) -> Iterator[OperatorCards]:
    made = open_operator_reader(station, READER, slot.see)
    yield made
    made.close()


def put_in(hand: OperatorHand, slot: OperatorSlot, card: str = "operator-demo.json") -> Told:
    told = Told(slot)
    hand.order(f"insert {CARDS / card}")
    assert told.came.wait(PATIENCE_S)
    return told


def test_the_card_signs_with_the_key_it_shows(
    hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot
) -> None:
    put_in(hand, slot)
    for challenge in (b"one", b"x" * 255):
        proof = cards.prove(challenge)
        assert b64(proof.key) == KEY
        assert fits(proof.key, challenge, proof.signature)
        assert not fits(proof.key, challenge + b"!", proof.signature)
    with pytest.raises(Refused) as refused:
        cards.prove(b"x" * 256)
    assert refused.value.failure is Failure.OPERATOR_CARD_REFUSED


def test_no_card_and_a_citizens_card_prove_nobody(
    hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot
) -> None:
    with pytest.raises(Refused) as refused:
        cards.prove(b"x")
    assert refused.value.failure is Failure.OPERATOR_CARD_MISSING
    put_in(hand, slot, "mother-2.0.json")
    with pytest.raises(Refused) as refused:
        cards.prove(b"x")
    assert refused.value.failure is Failure.OPERATOR_CARD_REFUSED


def test_the_operators_card_is_no_citizens(
    hand: OperatorHand, station: CardStation, cards: OperatorCards, slot: OperatorSlot, citizens: Seen
) -> None:
    put_in(hand, slot)
    assert citizens.all == [CardPresence.EMPTY]
    with pytest.raises(Refused) as refused:
        station.read()
    assert refused.value.failure is Failure.CARD_MISSING
    assert cards.present()


def test_taken_out_is_told_at_once(hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot) -> None:
    told = put_in(hand, slot)
    hand.order("remove")
    assert told.gone.wait(PATIENCE_S)
    assert not cards.present()


def test_a_killed_card_service_counts_as_taken_out(
    table: CardTable, hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot
) -> None:
    told = put_in(hand, slot)
    table.daemon.restart()
    assert told.gone.wait(PATIENCE_S)


# -- at the desk -------------------------------------------------------------------------------------------
def desk_with_card(tmp_path: Path, cards: OperatorCards, slot: OperatorSlot) -> WholeDesk:
    whole = WholeDesk(tmp_path)
    whole.operator_cards, whole.operator_slot = cards, slot
    whole.open_up("agent")
    bound = tuple(replace(each, card_key=KEY if each.login == "clerk" else None) for each in STAFF)
    with whole.unit() as unit:
        unit.station.take_staff(StaffList("440104", 1, whole.clock(), StaffPolicy(), bound, ""))
        unit.commit()
    whole.desk.sign_out()
    return whole


def test_an_account_with_a_card_needs_password_and_card_and_comes_back_by_either(
    tmp_path: Path, hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot
) -> None:
    whole = desk_with_card(tmp_path, cards, slot)
    desk = whole.desk
    with pytest.raises(Refused) as refused:
        desk.sign_in("clerk", PASSWORD)
    assert refused.value.failure is Failure.OPERATOR_CARD_MISSING
    other = put_in(hand, slot, "operator-other.json")
    with pytest.raises(Refused) as refused:
        desk.sign_in("clerk", PASSWORD)
    assert refused.value.failure is Failure.OPERATOR_CARD_REFUSED
    hand.order("remove")
    assert other.gone.wait(PATIENCE_S)
    told = put_in(hand, slot)
    with pytest.raises(Refused) as refused:
        desk.sign_in("clerk", "wrong")
    assert refused.value.failure is Failure.SIGN_IN_REFUSED
    assert desk.sign_in("clerk", PASSWORD).card_resumes
    hand.order("remove")
    assert told.gone.wait(PATIENCE_S)
    desk.lock("card")
    with pytest.raises(Refused) as refused:
        desk.resume_work("")
    assert refused.value.failure is Failure.OPERATOR_CARD_MISSING
    assert desk.resume_work(PASSWORD).step is StationStep.OPEN
    desk.lock("asked")
    put_in(hand, slot)
    assert desk.resume_work("").step is StationStep.OPEN
    whole.close()


def test_a_card_signs_an_approval_that_the_hall_can_check(
    hand: OperatorHand, cards: OperatorCards, slot: OperatorSlot, tmp_path: Path
) -> None:
    put_in(hand, slot)
    at = WholeDesk(tmp_path).clock()
    said = cards.prove(text_of("a" * 64, "clerk", at))
    assert signed_by_card(KEY, "a" * 64, "clerk", at, b64(said.signature))
    assert not signed_by_card(KEY, "b" * 64, "clerk", at, b64(said.signature))
    assert not signed_by_card(KEY, "a" * 64, "supervisor", at, b64(said.signature))
