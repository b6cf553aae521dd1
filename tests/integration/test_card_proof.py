"""Proof on the real parts: real pcscd with two readers, the killable card process, the hall's key server over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.card_keys import simulated_cards
from tests.fakes.card_reader import MOTHER, card_of
from tests.fakes.card_table import CardTable, Seen
from tests.until import until
from wire.messages import CardChallenge, CardCryptograms
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPin, CardPresence

_ROOT = Path(__file__).resolve().parents[2]
PATIENT_S = 20.0


@pytest.fixture
def station(table: CardTable, seen: Seen) -> Iterator[CardStation]:
    opened = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    yield opened
    opened.close()


class Keys:
    """The demo hall's key server; `down` makes it unreachable."""

    down = False

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        return simulated_cards().cryptograms(challenge)


def put_in(table: CardTable, seen: Seen, card: str) -> None:
    table.put_in(card)
    seen.wait_for(CardPresence.PRESENT)


def test_a_3_0_card_is_opened_by_keys_that_the_card_process_does_not_have(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    put_in(table, seen, "holder-3.0.json")
    with pytest.raises(Refused) as shut:
        station.read()
    assert shut.value.failure is Failure.CARD_LOCKED_FIELDS
    found = station.read(keys=Keys())
    assert (found.name, card_of(found).authenticated) == ("测试四", True)


def test_a_hall_that_is_down_shuts_a_3_0_card_and_only_warns_of_a_2_0_card(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    keys = Keys()
    keys.down = True
    put_in(table, seen, "holder-3.0.json")
    with pytest.raises(Refused) as shut:
        station.read(keys=keys)
    assert shut.value.failure is Failure.CARD_KEYS_UNAVAILABLE
    assert shut.value.details["cause"] == "hall_unreachable"
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    put_in(table, seen, "mother-2.0.json")
    assert not card_of(station.read(keys=keys)).authenticated
    keys.down = False
    assert card_of(station.read(keys=keys)).authenticated


def test_a_forged_card_is_refused_and_the_next_one_is_read(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    put_in(table, seen, "forged-2.0.json")
    with pytest.raises(Refused) as forged:
        station.read(keys=Keys())
    assert forged.value.failure is Failure.CARD_NOT_GENUINE
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    put_in(table, seen, "mother-2.0.json")
    assert station.read(keys=Keys()).id_no == MOTHER.id_no


def test_the_pin_goes_through_the_card_process_and_into_no_log(
    table: CardTable, seen: Seen, station: CardStation, caplog: pytest.LogCaptureFixture
) -> None:
    put_in(table, seen, "residence-2.0.json")
    with caplog.at_level(1, "workstation.cardreader"):
        found = station.read(pin=CardPin("123456"))
    assert found.residence is not None
    assert found.residence.phone == "13800000000"
    with pytest.raises(Refused) as wrong:
        station.read(pin=CardPin("654321"))
    assert (wrong.value.failure, wrong.value.details) == (Failure.CARD_PIN_WRONG, {"left": "2"})
    assert "123456" not in caplog.text
    assert "13800000000" not in caplog.text


def wait_for_cards(count: int) -> None:
    """The driver looks every 400 ms or so whether a card has come or gone."""
    from workstation.cardreader.pcsc import Context

    context = Context()
    until(lambda: sum(slot.present for slot in context.look(context.readers())) == count)
    context.release()


def test_the_psam_in_the_second_slot_proves_cards(table: CardTable, seen: Seen) -> None:
    wait_for_cards(0)  # that of the test before may not have been missed yet
    program = [sys.executable, "-m", "workstation.cardreader.virtual", "--port", str(table.daemon.port + 1)]
    with subprocess.Popen(
        [*program, "psam.json"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as slot:
        assert slot.stdout is not None
        assert slot.stdin is not None
        assert slot.stdout.readline().startswith("ok")
        table.put_in("mother-2.0.json")
        wait_for_cards(2)
        station = open_card_reader(timeout_s=PATIENT_S, on_presence=seen, psam_reader="Virtual Reader 00 01")
        try:
            found = station.read()
            assert (found.id_no, card_of(found).authenticated) == (MOTHER.id_no, True)
            slot.stdin.close()  # the PSAM is pulled out
            slot.wait()
            wait_for_cards(1)
            assert not card_of(station.read()).authenticated
            table.take_out()
            seen.wait_for(CardPresence.EMPTY)
        finally:
            station.close()


def test_the_slot_of_a_psam_is_never_taken_for_a_citizens_card(table: CardTable, seen: Seen) -> None:
    wait_for_cards(0)
    station = open_card_reader(timeout_s=PATIENT_S, on_presence=seen, psam_reader="Virtual Reader 00 00")
    seen.wait_for(CardPresence.EMPTY)
    table.put_in("mother-2.0.json")
    wait_for_cards(1)
    with pytest.raises(Refused) as empty:
        station.read()
    station.close()
    assert empty.value.failure is Failure.CARD_MISSING
    assert seen.all == [CardPresence.EMPTY]


def test_the_command_line_takes_the_pin_from_a_file_and_masks_what_it_opens(
    table: CardTable, seen: Seen, station: CardStation, tmp_path: Path
) -> None:
    put_in(table, seen, "residence-2.0.json")
    pin = tmp_path / "pin"
    pin.write_text("123456\n")

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "main.py", "card", "read", "--json", *more]
        return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)

    shown = json.loads(run("--pin-file", str(pin)).stdout)
    assert (shown["residence_phone"], shown["residence_address"]) == ("138****0000", "广州*********")
    pin.write_text("12")
    bad = run("--pin-file", str(pin))
    assert (bad.returncode, bad.stdout) == (2, "")
    assert "no PIN" in bad.stderr
    other = run("--reader", "no such reader")
    assert (other.returncode, json.loads(other.stdout)["failure"]) == (1, "reader_missing")


def test_any_card_file_can_be_put_in_by_the_command_line(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    del station  # it only watches
    command = [sys.executable, "main.py", "card", "simulate", "--port", str(table.daemon.port)]
    with subprocess.Popen(
        [*command, "senior-1.0.json"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as card:
        assert card.stdout is not None
        assert "senior-1.0.json is in the reader" in card.stdout.readline()
        seen.wait_for(CardPresence.PRESENT)
        card.communicate("")
        assert card.returncode == 0
    seen.wait_for(CardPresence.EMPTY)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["no-such-card.json"], 1, "FileNotFoundError"),
        (["--port", "9", "mother-2.0.json"], 1, "no reader on port 9"),
        ([], 2, "mother-2.0.json"),
    ],
)
def test_a_card_that_cannot_be_simulated_says_why(arguments: list[str], code: int, words: str) -> None:
    command = [sys.executable, "main.py", "card", "simulate", *arguments]
    said = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == code
    assert words in said.stderr
