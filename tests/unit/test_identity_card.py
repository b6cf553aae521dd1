"""Identity cards over the SAM protocol: frames and text blocks from any bytes, whole reads over a pseudo-terminal."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.people import AT
from tests.fakes.sam_module import CITIZEN, FIND, PHOTO, READ, SELECT, SamModule, block, frame
from tests.fakes.terminals import on_a_terminal
from workstation.cardreader import cli
from workstation.cardreader.identity_card.document import DocumentKind, IdentityDocument
from workstation.cardreader.identity_card.frame import LONGEST, PREAMBLE, Frames
from workstation.cardreader.identity_card.holder import holder_of
from workstation.cardreader.identity_card.sam import read_document
from workstation.cardreader.identity_card.text_block import parse_text_block
from workstation.cardreader.serial_port import SerialPort
from workstation.cardreader.unreadable import Unreadable
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardWarning


# -- frames ----------------------------------------------------------------------------------------------
def test_the_commands_are_those_of_the_reference() -> None:
    assert [each.hex().upper() for each in (FIND, SELECT, READ)] == [
        "AAAAAA966900032001" + "22",
        "AAAAAA966900032002" + "21",
        "AAAAAA966900033001" + "32",
    ]


def test_the_answers_of_the_reference_are_frames() -> None:
    found = Frames().feed(bytes.fromhex("AAAAAA9669000800009F0000000097"))
    assert found == [bytes.fromhex("00009F00000000")]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.binary(min_size=3, max_size=60), max_size=4),
    st.binary(max_size=30).filter(lambda noise: 0xAA not in noise),
    st.integers(1, 9),
)
def test_frames_come_whole_out_of_noise_and_pieces(contents: list[bytes], noise: bytes, piece: int) -> None:
    stream = noise + noise.join(frame(content) for content in contents) + noise
    frames, found = Frames(), []
    for at in range(0, len(stream), piece):
        found += frames.feed(stream[at : at + piece])
    assert found == contents


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=20))
def test_any_bytes_are_frames_or_noise(pieces: list[bytes]) -> None:
    frames = Frames()
    for piece in pieces:
        for content in frames.feed(PREAMBLE[:3] + piece):
            assert 3 <= len(content) <= LONGEST


def test_a_wrong_check_is_skipped_and_the_good_frame_behind_it_is_taken() -> None:
    good = frame(b"\x00\x00\x90")
    assert Frames().feed(good[:-1] + b"\x00" + good) == [b"\x00\x00\x90"]


def test_a_lying_length_does_not_swallow_what_follows() -> None:
    good = frame(b"\x00\x00\x90")
    assert Frames().feed(PREAMBLE + b"\xff\xff" + good) == [b"\x00\x00\x90"]


def test_noise_without_end_takes_no_room_and_the_frame_behind_it_is_found() -> None:
    frames = Frames()
    for _ in range(1000):
        assert frames.feed(PREAMBLE + b"\x09\x00" + bytes(1000)) == []
    assert len(frames._unread) <= 2 * LONGEST
    frames.feed(bytes(LONGEST))
    assert frames.feed(frame(b"\x00\x00\x90")) == [b"\x00\x00\x90"]


# -- text blocks -----------------------------------------------------------------------------------------
def test_a_citizens_card_is_read_to_the_field() -> None:
    assert parse_text_block(CITIZEN, PHOTO) == IdentityDocument(
        kind=DocumentKind.CITIZEN,
        name="测试一",
        latin_name=None,
        sex="2",
        ethnicity="01",
        nationality=None,
        birth_date=date(1899, 1, 1),
        address="广州市越秀区测试路1号",
        number="44010018990101002X",
        issuer="测试市公安局",
        valid_from=date(2020, 1, 1),
        valid_until=None,
        long_term=True,
        pass_number=None,
        photo=PHOTO,
    )


def test_a_permit_has_its_pass_number() -> None:
    found = parse_text_block(
        block(
            {0: "测试", 30: "1", 36: "18990101", 52: "测试路", 122: "810000189901010010", 188: "20200101",
             204: "20250101", 220: "H00000000", 248: "J"}
        )
    )  # fmt: skip
    assert (found.kind, found.pass_number, found.valid_until) == (
        DocumentKind.HMT_PERMIT,
        "H00000000",
        date(2025, 1, 1),
    )
    assert found.ethnicity is None


def test_a_foreigner_of_2023_has_a_long_latin_name_in_two_places() -> None:
    found = parse_text_block(
        block({0: "测试", 30: "2", 36: "18990101", 52: "TEST, " + "A" * 29, 122: "944156189901010016", 188: "20240101",
               204: "20290101", 220: "BBBB", 242: "UTO", 248: "Y"})
    )  # fmt: skip
    assert (found.kind, found.nationality) == (DocumentKind.FOREIGNER_2023, "UTO")
    assert found.latin_name == "TEST, " + "A" * 29 + "BBBB"
    assert found.address is None


def test_a_foreigner_of_2017_has_other_places() -> None:
    found = parse_text_block(
        block({0: "TEST, PERSON", 120: "1", 122: "UTO440000000001", 152: "UTO", 158: "测试", 188: "20180101",
               204: "20280101", 220: "18990101", 240: "1500", 248: "I"})
    )  # fmt: skip
    assert (found.name, found.latin_name, found.number) == ("测试", "TEST, PERSON", "UTO440000000001")
    assert (found.sex, found.birth_date, found.issuer) == ("1", date(1899, 1, 1), "1500")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        CITIZEN[:-1],
        block({}),
        block({0: "测试", 122: "44 01"}),
        block({0: "测试", 122: "44010018990101002X", 248: "Q"}),
        block({0: "测\u202e试", 122: "44010018990101002X"}),
        b"\x00\xd8" * 128,
    ],
)
def test_what_is_no_document_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_text_block(raw)


@pytest.mark.parametrize(
    ("name", "shown", "plain"),
    [
        ("测\U00020087", "测\U00020087", True),
        ("测\ue816", "测\U00020087", True),  # where tables older than Unicode 3.1 keep it
        ("测\ue5f0", "测\ue5f0", False),  # a character of some maker's fonts
        ("测\U000323b0", "测\U000323b0", True),  # younger than the Unicode table of Python 3.11
    ],
)
def test_a_rare_name_is_read_and_what_nobody_else_can_read_is_told(
    name: str, shown: str, plain: bool
) -> None:
    found = holder_of(parse_text_block(block({0: name, 122: "44010018990101002X"})), reader="port", at=AT)
    assert found.name == shown
    assert found.document is not None
    assert (CardWarning.NAME_CHARACTERS in found.document.warnings) is not plain


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=256, max_size=256))
def test_any_block_is_a_document_or_unreadable(raw: bytes) -> None:
    with suppress(Unreadable):
        assert parse_text_block(raw).name.encode()


def test_a_document_does_not_show_its_photo() -> None:
    assert "photo" not in repr(parse_text_block(CITIZEN, PHOTO))


# -- whole reads -----------------------------------------------------------------------------------------
@on_a_terminal
def test_a_document_is_read_over_the_serial_port() -> None:
    with SamModule() as module, SerialPort(module.name) as port:
        for _ in range(2):  # a second read finds the card anew
            found = read_document(port)
            assert (found.number, found.photo) == ("44010018990101002X", PHOTO)
    assert module.heard == [FIND, SELECT, READ] * 2


STATUS = {
    "no card": ({"find": frame(bytes.fromhex("000080"))}, Failure.CARD_MISSING),
    "left": ({"select": frame(bytes.fromhex("000080"))}, Failure.CARD_REMOVED),
    "select": ({"select": frame(bytes.fromhex("000081"))}, Failure.CARD_UNREADABLE),
    "read": ({"read": frame(bytes.fromhex("000041"))}, Failure.CARD_UNREADABLE),
    "short": ({"read": frame(bytes.fromhex("000090"))}, Failure.CARD_UNREADABLE),
    "lying lengths": (
        {"read": frame(bytes.fromhex("00009001000400") + CITIZEN)},
        Failure.CARD_UNREADABLE,
    ),
    "silent": ({"find": b""}, Failure.ID_READER_SILENT),
    "torn": ({"read": frame(bytes.fromhex("000090"))[:-2]}, Failure.ID_READER_SILENT),
    "wrong check": ({"find": frame(b"\x00\x00\x9f")[:-1] + b"\x01"}, Failure.ID_READER_SILENT),
    "noise": ({"find": PREAMBLE + b"\x09\x00" + bytes(3000)}, Failure.ID_READER_SILENT),
}


@on_a_terminal
@pytest.mark.parametrize(("faults", "failure"), STATUS.values(), ids=list(STATUS))
def test_every_trouble_of_the_module_is_told(faults: dict[str, bytes], failure: Failure) -> None:
    with SamModule(faults=faults) as module, SerialPort(module.name) as port:
        with pytest.raises(Refused) as refused:
            read_document(port, answer_s=0.3)
        assert refused.value.failure is failure


def test_a_port_that_is_not_there_is_silent() -> None:
    with pytest.raises(Refused) as refused:
        SerialPort("/dev/no-such-port")
    assert refused.value.failure is Failure.ID_READER_SILENT


@on_a_terminal
def test_the_command_line_reads_masked(capfd: pytest.CaptureFixture[str]) -> None:
    with SamModule() as module:
        assert cli.read_document(True, port=module.name) == cli.DONE
    shown = json.loads(capfd.readouterr().out)
    assert (shown["name"], shown["number"], shown["birth_date"]) == ("测**", "440***********002X", "1899")
    assert (shown["kind"], shown["long_term"]) == ("citizen", True)
    assert cli.read_document(True, port="/dev/no-such-port") == cli.REFUSED
    assert json.loads(capfd.readouterr().out)["failure"] == "id_reader_silent"
