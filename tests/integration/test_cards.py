"""Cards on the real parts: pcscd, vpcd reader, virtual card program, card process and monitor."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bench.card import COMMANDS
from catalogue.load import load_catalogue
from demo.pcscd import Pcscd
from main import main
from tests.fakes.card_reader import MOTHER, card_of
from tests.fakes.card_table import CardTable, Seen
from tests.fakes.counter import CATALOGUE, FakeCatalogues
from workstation import bootstrap
from workstation.cardreader import cli, diagnosis, doctor, monitor
from workstation.cardreader.monitor import Monitor
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.logs import TRAFFIC
from workstation.services.ports import CardPresence
from workstation.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]
PATIENT_S = 20.0
HASTY_S = 4.0


@pytest.fixture
def station(table: CardTable, seen: Seen) -> Iterator[CardStation]:
    opened = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    yield opened
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    opened.close()


def refusal(station: CardStation) -> Failure:
    with pytest.raises(Refused) as caught:
        station.read()
    return caught.value.failure


def test_mother_card_is_read_exactly(table: CardTable, seen: Seen, station: CardStation) -> None:
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    for _ in range(3):
        identity = station.read()
        assert replace(identity, read_at=MOTHER.read_at) == MOTHER


def test_a_card_pulled_at_any_command_is_told_as_removed_and_the_next_read_works(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    for command in range(1, len(COMMANDS) + 1):
        table.put_in("mother-2.0.json", faults={"remove_at": command})
        seen.wait_for(CardPresence.PRESENT)
        assert refusal(station) is Failure.CARD_REMOVED, f"pulled at command {command}"
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
    # Beyond the last command nothing is pulled: the loop above covered the whole read.
    table.put_in("mother-2.0.json", faults={"remove_at": len(COMMANDS) + 1})
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


@pytest.mark.parametrize("command", [1, 2, 3, 5, 11, len(COMMANDS)])
def test_an_answer_torn_by_pulling_the_card_is_told_as_removed(
    table: CardTable, seen: Seen, station: CardStation, command: int
) -> None:
    table.put_in("mother-2.0.json", faults={"tear_at": command})
    seen.wait_for(CardPresence.PRESENT)
    assert refusal(station) is Failure.CARD_REMOVED


def test_a_card_that_becomes_another_one_while_it_is_read_is_refused(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    table.put_in("mother-2.0.json", turns_into="father-2.0.json", faults={"turn_at": len(COMMANDS)})
    seen.wait_for(CardPresence.PRESENT)
    assert refusal(station) is Failure.CARD_CHANGED


def test_a_mute_card_is_told_as_mute(table: CardTable, seen: Seen, station: CardStation) -> None:
    table.put_in("mother-2.0.json", faults={"mute": True})
    seen.wait_for(CardPresence.MUTE)
    assert refusal(station) is Failure.CARD_MUTE


def test_a_slow_card_is_read_all_the_same(table: CardTable, seen: Seen, station: CardStation) -> None:
    table.put_in("mother-2.0.json", faults={"slow_ms": 30})
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


def test_a_hung_card_is_given_up_and_the_next_card_is_read(table: CardTable, seen: Seen) -> None:
    station = open_card_reader(timeout_s=HASTY_S, on_presence=seen)
    try:
        table.put_in("mother-2.0.json", faults={"hang_at": 7})
        seen.wait_for(CardPresence.PRESENT)
        assert refusal(station) is Failure.CARD_HUNG
        assert refusal(station) is Failure.CARD_HUNG  # the daemon waits for the card until it is pulled
        assert station.presence() is CardPresence.PRESENT
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
        table.put_in("mother-2.0.json")
        seen.wait_for(CardPresence.PRESENT)
        assert station.read().id_no == MOTHER.id_no
    finally:
        station.close()


def test_closing_ends_a_read_of_a_hung_card(table: CardTable, seen: Seen) -> None:
    station = open_card_reader(timeout_s=PATIENT_S * 10, on_presence=seen)
    table.put_in("mother-2.0.json", faults={"hang_at": 7})
    seen.wait_for(CardPresence.PRESENT)
    ended: list[Failure] = []
    reading = threading.Thread(target=lambda: ended.append(refusal(station)))
    reading.start()
    station.close()
    reading.join()
    assert ended == [Failure.READER_MISSING]


def test_the_daemon_killed_and_restarted_is_survived_many_times(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    for _ in range(5):
        table.daemon.kill()
        seen.wait_for(CardPresence.SERVICE_DOWN)
        assert refusal(station) is Failure.CARD_SERVICE_DOWN
        table.daemon.restart()
        seen.wait_for(CardPresence.EMPTY)
        assert refusal(station) is Failure.CARD_MISSING
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


def test_the_daemon_killed_under_a_card_is_told_once_and_the_card_is_read_afterwards(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    station.read()
    table.daemon.kill()
    seen.wait_for(CardPresence.SERVICE_DOWN)
    table.daemon.restart()
    seen.wait_for(CardPresence.EMPTY)
    table.take_out()
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no
    # A daemon that has just come back may have no reader for a moment, and whoever looks then is told so.
    assert [presence for presence in seen.all if presence is not CardPresence.NO_READER] == [
        CardPresence.EMPTY,
        CardPresence.PRESENT,
        CardPresence.SERVICE_DOWN,
        CardPresence.EMPTY,
        CardPresence.PRESENT,
    ]


def test_a_station_without_reader_says_so_and_finds_one_that_comes_later(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    table.daemon.stop()
    seen.wait_for(CardPresence.SERVICE_DOWN)
    with Pcscd(table.folder, reader=False):
        seen.wait_for(CardPresence.NO_READER)
        assert refusal(station) is Failure.READER_MISSING
    table.daemon.start()
    seen.wait_for(CardPresence.EMPTY)
    assert refusal(station) is Failure.CARD_MISSING


def test_the_card_process_leaves_no_core_dump_and_ends_with_the_station(table: CardTable, seen: Seen) -> None:
    station = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
    try:
        assert refusal(station) is Failure.CARD_MISSING
        process = Path(f"/proc/{station._worker._process.pid}")
        limits = process.joinpath("limits").read_text(encoding="ascii")
        assert "Max core file size        0                    0" in limits
    finally:
        station.close()
    assert not process.exists()
    assert not [thread for thread in threading.enumerate() if thread.name == "card-monitor"]


def test_the_trace_of_the_card_process_comes_up_and_shows_no_holder(
    table: CardTable, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(TRAFFIC, "workstation.cardreader"):
        station = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
        try:
            table.put_in("mother-2.0.json")
            seen.wait_for(CardPresence.PRESENT)
            station.read()
        finally:
            station.close()
    assert {record.levelno for record in caplog.records} == {TRAFFIC}
    assert "> 00b2080014" in caplog.text
    for secret in (MOTHER.id_no.encode().hex()[:20], MOTHER.name.encode("gbk").hex()):
        assert secret not in caplog.text


def test_the_command_line_shows_the_trace_when_asked_and_no_holder_in_it(
    table: CardTable, seen: Seen, station: CardStation
) -> None:
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    for asked in ((), ("--card-trace",)):
        command = [sys.executable, "main.py", *asked, "card", "read"]
        read = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
        assert ("TRAFFIC workstation.cardreader.channel > 00b2080014" in read.stderr) is bool(asked)
        for secret in (MOTHER.id_no, MOTHER.id_no.encode().hex()[:20], MOTHER.name[:1].encode("gbk").hex()):
            assert secret not in read.stderr


def test_without_traffic_level_nothing_of_a_read_is_logged(
    table: CardTable, seen: Seen, station: CardStation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "workstation.cardreader"):
        table.put_in("mother-2.0.json")
        seen.wait_for(CardPresence.PRESENT)
        station.read()
    assert caplog.records == []


def test_the_command_line_reads_masked_and_lists_readers(
    table: CardTable, seen: Seen, station: CardStation, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.read(True) == cli.REFUSED
    assert json.loads(capfd.readouterr().out) == {"failure": "card_missing", "details": {}}
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert cli.read(True) == cli.DONE
    shown = json.loads(capfd.readouterr().out)
    assert (shown["name"], shown["id_no"], shown["birth_date"]) == ("测**", "440***********002X", "1899")
    assert card_of(MOTHER).number is not None
    assert shown["card_number"] != card_of(MOTHER).number
    assert cli.read(False, reveal=True) == cli.DONE
    assert f"id_no\t{MOTHER.id_no}" in capfd.readouterr().out
    assert cli.list_readers(True) == cli.DONE
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["presence"] for line in lines] == ["present", "empty"]


def test_the_doctor_times_each_step_of_a_read_and_names_no_person(
    table: CardTable, seen: Seen, station: CardStation, capfd: pytest.CaptureFixture[str]
) -> None:
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert doctor.run(as_json=True, timeout_s=PATIENT_S) == doctor.FINE
    shown = capfd.readouterr().out
    assert MOTHER.id_no not in shown
    assert MOTHER.name not in shown
    found = json.loads(shown)
    assert (found["service"], found["read"], found["failure"]) == ("ok", "ok", None)
    assert [step["name"] for step in found["steps"][:3]] == ["connect", "00A40400", "00C00000"]
    assert len(found["steps"]) == 1 + len(COMMANDS)
    assert found["readers"][0]["atr"].startswith("3B6D")
    assert found["readers"][0]["driver"] == ""  # vpcd tells neither vendor nor version
    kept = station.diagnose()
    assert kept.read == "ok"


def test_one_key_and_the_doctor_keep_the_same_redacted_bundle(
    table: CardTable, seen: Seen, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path, prints=tmp_path)
    table.put_in("mother-2.0.json")
    watch = Monitor(seen)
    watch.start()
    try:
        seen.wait_for(CardPresence.PRESENT)
        rooms = bootstrap._load_desk(settings, FakeCatalogues(load_catalogue(CATALOGUE)))
        rooms.cards.read()
        kept = json.loads(Path(rooms.keep_diagnosis(rooms.cards.diagnose())).read_text(encoding="utf-8"))
        rooms.cards.close()
        # The day outlives the window: doctor is another program.
        assert main(["--data", str(tmp_path), "doctor", "--json", "--keep"]) == doctor.FINE
        told = json.loads(capfd.readouterr().out)
        again = json.loads(Path(told["kept"]).read_text(encoding="utf-8"))
        table.take_out()
        seen.wait_for(CardPresence.EMPTY)
    finally:
        watch.stop()
    for found in (kept, told, again):
        (day,) = found["today"]
        assert (day["reader"], day["reads"], day["success_rate"]) == (MOTHER.reader, 1, 1.0)
    for found in (kept, again):
        assert found["readers"][0]["atr"] == "3B6D00000081544C7086844401********"
        assert MOTHER.id_no not in json.dumps(found)


def test_the_doctor_names_what_is_wrong_and_the_remedy(
    table: CardTable, seen: Seen, capfd: pytest.CaptureFixture[str]
) -> None:
    table.put_in("bank-only.json")
    seen_by_all = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
    seen.wait_for(CardPresence.PRESENT)
    seen_by_all.close()
    assert doctor.run(as_json=False, timeout_s=PATIENT_S) == doctor.SICK
    assert "card_foreign" in (shown := capfd.readouterr().out)
    assert "**Remedy:**" in shown
    table.daemon.kill()
    try:
        assert doctor.run(as_json=False, timeout_s=PATIENT_S) == doctor.SICK
        assert "card_service_down" in capfd.readouterr().out
    finally:
        table.daemon.start()


def test_a_card_service_that_stands_still_holds_neither_list_nor_doctor_nor_the_end_of_the_window(
    table: CardTable, seen: Seen, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "_PATIENCE_S", 1.0)
    monkeypatch.setattr(cli, "_PATIENCE_S", 1.0)
    monkeypatch.setattr(monitor, "_GIVE_UP_S", 0.5)
    station = open_card_reader(timeout_s=HASTY_S, on_presence=seen)
    seen.wait_for(CardPresence.EMPTY)
    table.daemon.freeze(on=True)
    try:
        assert cli.list_readers(False) == cli.REFUSED
        assert doctor.run(as_json=False, timeout_s=HASTY_S) == doctor.SICK
        assert refusal(station) is Failure.CARD_HUNG
        station.close()
    finally:
        table.daemon.freeze(on=False)
    said = capfd.readouterr().out
    assert "no answer in 1 s" in said
    assert "card_service_down" in said
    station._monitor._thread.join(PATIENT_S)
    assert not station._monitor._thread.is_alive()
    again = open_card_reader(timeout_s=PATIENT_S, on_presence=seen)
    try:
        assert refusal(again) is Failure.CARD_MISSING
    finally:
        again.close()


def test_reads_are_counted_with_reader_and_reason(table: CardTable, seen: Seen, station: CardStation) -> None:
    assert refusal(station) is Failure.CARD_MISSING
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    station.read()
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    table.put_in("bank-only.json")
    seen.wait_for(CardPresence.PRESENT)
    assert refusal(station) is Failure.CARD_FOREIGN
    missed, done, refused = station.reads()
    assert (missed.failure, done.failure, refused.failure) == (
        Failure.CARD_MISSING,
        None,
        Failure.CARD_FOREIGN,
    )
    # A refusal is counted for the reader that had the card: a reader that fails has a day, too.
    assert (missed.reader, done.reader, refused.reader) == ("", MOTHER.reader, MOTHER.reader)
    assert done.ms > 0


@pytest.mark.parametrize("atr", ["3B27", "3B6D0000008154"])
def test_a_card_with_a_torn_answer_to_reset_is_refused_and_the_next_one_is_read(
    table: CardTable, seen: Seen, station: CardStation, atr: str
) -> None:
    table.put_in("mother-2.0.json", atr=atr)
    seen.wait_for_any(CardPresence.PRESENT, CardPresence.MUTE)
    assert refusal(station) in {Failure.CARD_MUTE, Failure.CARD_UNREADABLE}
    table.take_out()
    seen.wait_for(CardPresence.EMPTY)
    table.put_in("mother-2.0.json")
    seen.wait_for(CardPresence.PRESENT)
    assert station.read().id_no == MOTHER.id_no


@contextmanager
def _watching(call: str) -> Iterator[subprocess.Popen[str]]:
    """The command line at work, interrupted at the end as in a terminal: who started the tests may have had interrupts ignored."""
    script = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    script += f"from workstation.cardreader import cli; sys.exit(cli.{call})"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=_ROOT, stdout=subprocess.PIPE, text=True
    ) as watch:
        try:
            yield watch
            watch.send_signal(signal.SIGINT)
            assert watch.wait(PATIENT_S) == cli.DONE
        finally:
            watch.kill()


def test_the_command_line_watches_until_it_is_interrupted(table: CardTable) -> None:
    with _watching("watch()") as watch:
        assert watch.stdout is not None
        assert watch.stdout.readline() == "empty\n"
        table.put_in("mother-2.0.json")
        assert watch.stdout.readline() == "present\n"
        table.take_out()
        assert watch.stdout.readline() == "empty\n"


def test_the_command_line_watches_one_reader_for_a_script(table: CardTable) -> None:
    with _watching(f"watch(True, reader={MOTHER.reader!r})") as watch:
        assert watch.stdout is not None
        assert json.loads(watch.stdout.readline())["presence"] == "empty"
        table.put_in("mother-2.0.json")
        told = json.loads(watch.stdout.readline())
        assert told["presence"] == "present"
        assert datetime.fromisoformat(told["at"]).tzinfo is not None
    table.take_out()


def test_the_command_line_lists_and_watches_no_reader_but_the_one_it_is_given(
    table: CardTable, seen: Seen, station: CardStation, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.list_readers(True, reader=MOTHER.reader) == cli.DONE
    (line,) = capfd.readouterr().out.splitlines()
    assert json.loads(line)["reader"] == MOTHER.reader
    assert cli.list_readers(True, reader="not there") == cli.REFUSED
    assert json.loads(capfd.readouterr().out)["failure"] == "reader_missing"
    only = Seen()
    monitor = Monitor(only, only="not there")
    monitor.start()
    try:
        only.wait_for(CardPresence.NO_READER)
    finally:
        monitor.stop()


def test_the_virtual_card_program_answers_every_command_by_one_line(table: CardTable) -> None:
    program = [sys.executable, "-m", "workstation.cardreader.virtual", "--port", str(table.daemon.port)]
    orders = [
        "insert nothing.json",
        "insert mother-2.0.json",
        "insert mother-2.0.json",
        "dance",
        "remove",
        "remove",
    ]
    ended = subprocess.run(
        program, cwd=_ROOT, input="\n".join(orders) + "\n", capture_output=True, text=True, check=True
    )
    words = [line.split()[0] for line in ended.stdout.splitlines()]
    assert words == ["error", "ok", "error", "error", "ok", "ok"]
    assert ended.stderr == ""
