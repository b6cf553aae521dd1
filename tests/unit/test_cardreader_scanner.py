"""A code scanner at a serial port, played by a pseudo-terminal; and the identity card that the card process reads."""

from __future__ import annotations

import os
import queue
import time
import tty
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.people import AT
from tests.fakes.sam_module import SamModule, block, frame
from tests.fakes.terminals import on_a_terminal
from workstation.cardreader.identity_card.holder import holder_of
from workstation.cardreader.identity_card.text_block import parse_text_block
from workstation.cardreader.scanner import LONGEST_CODE, Codes, Scanner
from workstation.cardreader.serial_port import SerialPort
from workstation.cardreader.worker_process import CardWorker, command
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardStatus, CardWarning, DocumentKind

_PATIENT_S = 10.0


# -- codes -----------------------------------------------------------------------------------------------
@given(
    st.lists(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1), max_size=4),
    st.sampled_from(["\r", "\n", "\r\n"]),
    st.integers(1, 7),
)
def test_codes_come_whole_out_of_pieces(codes: list[str], end: str, piece: int) -> None:
    stream = "".join(code + end for code in codes).encode()
    taken, found = Codes(), []
    for at in range(0, len(stream), piece):
        found += taken.feed(stream[at : at + piece])
    assert found == codes


@given(st.lists(st.binary(max_size=100), max_size=20))
def test_any_bytes_give_plain_codes_or_nothing(pieces: list[bytes]) -> None:
    taken = Codes()
    for piece in pieces:
        for code in taken.feed(piece):
            assert code.isascii()
            assert code.isprintable()
            assert 0 < len(code) <= LONGEST_CODE


def test_a_code_without_end_takes_no_room_and_the_next_one_is_whole() -> None:
    taken = Codes()
    assert taken.feed(b"A" * 100_000) == []
    assert len(taken._unread) <= LONGEST_CODE
    assert taken.feed(b"\r\nB\r\n") == ["B"]


@on_a_terminal
def test_a_scanner_hands_its_codes_over_and_comes_back_after_it_was_pulled(tmp_path: Path) -> None:
    came: queue.Queue[str] = queue.Queue()
    plug = tmp_path / "scanner"
    master, slave = _plugged_in(plug)
    scanner = Scanner(str(plug))
    scanner.listen(came.put)
    scanner.start()
    try:
        _say_until_heard(master, b"TOKEN-1\r\n", came)
        os.close(slave)
        os.close(master)
        plug.unlink()
        master, slave = _plugged_in(plug)
        _say_until_heard(master, b"TOKEN-2\r\n", came)
    finally:
        scanner.close()
        os.close(slave)
        os.close(master)


def _plugged_in(plug: Path) -> tuple[int, int]:
    master, slave = os.openpty()
    tty.setraw(slave)
    plug.symlink_to(os.ttyname(slave))
    return master, slave


def _say_until_heard(master: int, code: bytes, came: queue.Queue[str]) -> None:
    """Scan again until it is heard: a scanner that was just plugged in is not listened to at once."""
    ends = time.monotonic() + _PATIENT_S
    while time.monotonic() < ends:
        os.write(master, code)
        try:
            heard = came.get(timeout=0.2)
        except queue.Empty:
            continue
        if heard.encode() == code.strip():
            return
    raise AssertionError("the code was not heard")


# -- identity cards at the desk --------------------------------------------------------------------------
@on_a_terminal
def test_without_a_card_in_a_reader_the_identity_card_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", "/nowhere/pcscd.comm")
    with SamModule() as module:
        worker = CardWorker(_PATIENT_S, command(None, module.name))
        try:
            found = worker.read()
        finally:
            worker.close()
    assert (found.name, found.id_no, found.card) == ("测试一", "44010018990101002X", None)
    assert found.document is not None
    assert (found.document.kind, found.document.status(AT.date())) == (
        DocumentKind.IDENTITY_CARD,
        CardStatus.IN_DATE,
    )
    assert found.residence is not None
    assert found.residence.address == "广州市越秀区测试路1号"


@on_a_terminal
def test_a_module_without_a_card_is_an_empty_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", "/nowhere/pcscd.comm")
    with SamModule(faults={"find": frame(bytes.fromhex("000080"))}) as module:
        worker = CardWorker(_PATIENT_S, command(None, module.name))
        try:
            with pytest.raises(Refused) as refused:
                worker.read()
        finally:
            worker.close()
    assert refused.value.failure is Failure.CARD_MISSING


def test_a_module_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", "/nowhere/pcscd.comm")
    worker = CardWorker(_PATIENT_S, command(None, "/dev/no-such-port"))
    try:
        with pytest.raises(Refused) as refused:
            worker.read()
    finally:
        worker.close()
    assert refused.value.failure is Failure.ID_READER_SILENT


@pytest.mark.parametrize(
    ("places", "kind", "warnings"),
    [
        ({0: "测试", 122: "810000189901010010", 248: "J"}, DocumentKind.HMT_PERMIT, (CardWarning.ID_CHECK,)),
        ({0: "测试", 122: "944156189901010016", 248: "Y"}, DocumentKind.FOREIGNER_CARD, (CardWarning.ID_CHECK,)),
        ({0: "TEST", 122: "UTO440199010101", 248: "I"}, DocumentKind.FOREIGNER_CARD, ()),
    ],
)  # fmt: skip
def test_each_relative_is_named_and_an_odd_number_is_told(
    places: dict[int, str], kind: DocumentKind, warnings: tuple[CardWarning, ...]
) -> None:
    found = holder_of(parse_text_block(block(places)), reader="port", at=AT)
    assert found.document is not None
    assert (found.document.kind, found.document.status(AT.date())) == (kind, CardStatus.NO_DATE)
    assert found.document.warnings == warnings
    assert found.residence is None


@on_a_terminal
def test_a_serial_reader_that_was_pulled_is_silent_and_no_bug() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    with SerialPort(os.ttyname(slave)) as port:
        os.close(slave)
        os.close(master)
        with pytest.raises(Refused) as refused:
            port.write(b"x")
    assert refused.value.failure is Failure.ID_READER_SILENT
