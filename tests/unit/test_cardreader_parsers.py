"""Any bytes from a card give a value or Unreadable, and known bytes the right value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from workstation.cardreader import values
from workstation.cardreader.apdu import parse_response
from workstation.cardreader.atr import parse_atr
from workstation.cardreader.fci import parse_fci
from workstation.cardreader.profiles.check_digits import card_number_fits, id_number_fits
from workstation.cardreader.record import parse_record
from workstation.cardreader.tlv import DEEPEST, parse_tlv
from workstation.cardreader.unreadable import Unreadable

SSSE = "7378312E73682EC9E7BBE1B1A3D5CF"
PARSERS: dict[str, Callable[[bytes], object]] = {
    "atr": parse_atr,
    "fci": parse_fci,
    "tlv": parse_tlv,
    "record": lambda raw: parse_record(raw, 0x08),
    "response": parse_response,
    "text": values.text,
    "ascii_text": values.ascii_text,
    "digits": values.digits,
    "code": values.code,
    "sex": values.sex,
    "day": values.day,
}
# Bytes that look enough like the real thing to get past the first check.
SHAPED = st.one_of(
    st.binary(max_size=80),
    st.builds(lambda t0, rest: bytes((0x3B, t0)) + rest, st.integers(0, 255), st.binary(max_size=40)),
    st.builds(lambda rest: bytes((0x6F, len(rest))) + rest, st.binary(max_size=80)),
    st.builds(lambda n, rest: bytes((0x08, n)) + rest, st.integers(0, 255), st.binary(max_size=40)),
)


def is_total(parser: Callable[[bytes], object], raw: bytes) -> bool:
    """Say whether the parser gives a value or Unreadable; anything else it raises is a bug."""
    try:
        parser(raw)
    except Unreadable:
        return True
    except Exception:  # noqa: BLE001 - what else it could be is the question
        return False
    return True


@pytest.mark.parametrize("name", PARSERS)
@given(raw=SHAPED)
def test_any_bytes_give_a_value_or_unreadable(name: str, raw: bytes) -> None:
    assert is_total(PARSERS[name], raw)


def test_the_harness_finds_a_parser_that_trusts_a_length() -> None:
    """Negative control: the same bytes catch a seeded bug."""
    found = find(SHAPED, lambda raw: not is_total(lambda r: r[1 + r[1]] if len(r) > 1 else b"", raw))
    assert len(found) > 1


def test_atr_of_a_social_security_card_tells_region_and_serial() -> None:
    atr = parse_atr(bytes.fromhex("3B6D00000081544C708684440100000001"))
    assert atr.region == "4401"
    assert atr.serial == bytes.fromhex("00000001")
    assert atr.protocols == (0,)
    assert atr.historical == bytes.fromhex("0081544C708684440100000001")


def test_atr_interface_bytes_are_followed_not_counted() -> None:
    # 3B 9D with TD1=80 TD2=1F TA3, as cards.md 1.1 allows: the history starts four bytes further.
    history = "0081544C708684440100000001"
    atr = parse_atr(bytes.fromhex("3BDD9600801F03" + history + "00"))
    assert atr.historical == bytes.fromhex(history)
    assert atr.protocols == (0, 15)


def test_atr_with_another_history_tells_no_region() -> None:
    atr = parse_atr(bytes.fromhex("3B65000023434D3133"))
    assert (atr.region, atr.serial) == (None, None)


@pytest.mark.parametrize(
    "raw", ["", "3B", "3B27", "3B6D0000", "FFFFFF", "3B80", "3BF0", "3B00" + "00" * 40, "3B8F8001804F"]
)
def test_short_or_torn_atr_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        parse_atr(bytes.fromhex(raw))


def test_fci_tells_the_name() -> None:
    assert parse_fci(bytes.fromhex(f"6F16840F{SSSE}A50388011E")).name == bytes.fromhex(SSSE)
    assert parse_fci(bytes.fromhex(f"6F1C840F{SSSE}A5098801159F0C03860103")).name == bytes.fromhex(SSSE)
    assert parse_fci(b"").name is None


@pytest.mark.parametrize(
    "raw", ["6F", "6F05", "6F83FFFFFF00", "8400", "6F8000", "1F", "1F818181818101", "6F03840500"]
)
def test_lying_tlv_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        parse_fci(bytes.fromhex(raw))


def test_a_tag_longer_than_three_bytes_is_unreadable() -> None:
    assert parse_tlv(bytes.fromhex("1F810100"))[0].tag == 0x1F8101
    with pytest.raises(Unreadable):
        parse_tlv(bytes.fromhex("1F81810100"))


def test_tlv_nested_deeper_than_the_cap_is_unreadable() -> None:
    raw = b""
    for _ in range(DEEPEST):
        raw = bytes((0x6F, len(raw))) + raw
    parse_tlv(raw)
    with pytest.raises(Unreadable, match="depth"):
        parse_tlv(bytes((0x6F, len(raw))) + raw)


def test_record_is_cut_by_its_own_length_and_may_be_filled_up() -> None:
    assert parse_record(bytes.fromhex("0A0132"), 0x0A) == b"2"
    assert parse_record(bytes.fromhex("0A01320000FF"), 0x0A) == b"2"


@pytest.mark.parametrize("raw", ["", "0A", "0B0132", "0A0232", "0AFF32", "0A013233"])
def test_record_of_another_tag_or_length_is_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        parse_record(bytes.fromhex(raw), 0x0A)


@pytest.mark.parametrize("size", [0, 1, 65_539])
def test_response_without_status_or_beyond_the_cap_is_unreadable(size: int) -> None:
    with pytest.raises(Unreadable):
        parse_response(bytes(size))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("B2E2CAD4D2BB" + "00" * 24, "测试一"),
        ("B2E2CAD4D2BB2020", "测试一"),
        ("00" * 30, None),
        ("FF" * 30, None),
        ("", None),
        ("8139EE39", "㐀"),  # a four-byte character of GB 18030
        ("B2E2CA", "测\ufffd"),  # half a character at the end
        ("B2E20AD2BB", "测\ufffd一"),  # a line feed inside a name
    ],
)
def test_text_is_gbk_without_its_filling(raw: str, shown: str | None) -> None:
    assert values.text(bytes.fromhex(raw)) == shown


# Two bytes that older decoders leave in the private use area, with the code points of GB 18030-2022 (as remembered).
REAL = {
    "A6D9": "\ufe10", "A6DA": "\ufe12", "A6DB": "\ufe11", "A6DC": "\ufe13", "A6DD": "\ufe14", "A6DE": "\ufe15",
    "A6DF": "\ufe16", "A6EC": "\ufe17", "A6ED": "\ufe18", "A6F3": "\ufe19", "A8BC": "\u1e3f",
    "FE59": "\u9fb4", "FE61": "\u9fb5", "FE66": "\u9fb6", "FE67": "\u9fb7", "FE6D": "\u9fb8", "FE7E": "\u9fb9",
    "FE90": "\u9fba", "FEA0": "\u9fbb", "FE51": "\U00020087", "FE52": "\U00020089", "FE53": "\U000200cc",
    "FE6C": "\U000215d7", "FE76": "\U0002298f", "FE91": "\U000241fe",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "character"), REAL.items())
def test_rare_characters_get_their_real_code_points(raw: str, character: str) -> None:
    assert values.text(bytes.fromhex("B2E2" + raw)) == "测" + character


def test_no_two_bytes_of_gbk_are_left_in_the_private_use_area_but_its_user_zones() -> None:
    """What stays private is the user-defined zones (AAA1-AFFE, F8A1-FEFE, A140-A7A0): fonts of their makers only."""
    left = set()
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            shown = bytes((lead, trail)).decode("gb18030", errors="replace")
            mapped = values.text(bytes((lead, trail)))
            if len(shown) == 1 and mapped is not None and 0xE000 <= ord(mapped[0]) <= 0xF8FF:
                user = (0xAA <= lead <= 0xAF or lead >= 0xF8) and trail >= 0xA1
                user = user or (0xA1 <= lead <= 0xA7 and trail <= 0xA0)
                if not user:
                    left.add(f"{lead:02X}{trail:02X}")
    # Unassigned places of the symbol rows, and of the last rows of GBK.
    assert all(code[:2] in {"A2", "A4", "A5", "A6", "A7", "A8", "A9", "D7"} for code in left), sorted(left)


def test_text_shows_no_bidi_override() -> None:
    assert values.text("测\u202e一".encode("gb18030")) == "测\ufffd一"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("20350301", date(2035, 3, 1)),
        ("3230333530333031", date(2035, 3, 1)),  # ASCII
        ("FFFFFFFF", None),
        ("00000000", None),
        ("3030303030303030", None),  # zeros in ASCII
        ("20202020", None),  # blanks, not the twentieth of a twentieth month
        ("", None),
    ],
)
def test_day_is_read_in_bcd_or_ascii(raw: str, found: date | None) -> None:
    assert values.day(bytes.fromhex(raw)) == found


@pytest.mark.parametrize("raw", ["32303132", "20350230", "2035", "2035030A", "2035FF01", "203503010F"])
def test_other_days_are_unreadable(raw: str) -> None:
    with pytest.raises(Unreadable):
        values.day(bytes.fromhex(raw))


@pytest.mark.parametrize(("raw", "found"), [("32", "2"), ("39", "9"), ("35", None), ("FF", None), ("", None)])
def test_sex_is_a_code_or_nothing(raw: str, found: str | None) -> None:
    assert values.sex(bytes.fromhex(raw)) == found


@pytest.mark.parametrize(
    ("raw", "found"), [("01", "01"), ("440104", "440104"), ("FF", None), ("EE", None), ("00", None)]
)
def test_code_is_decimal_or_nothing(raw: str, found: str | None) -> None:
    assert values.code(bytes.fromhex(raw)) == found


@pytest.mark.parametrize("number", ["D2143569X", "A00000011", "X00000019", "Z99999997"])
def test_published_card_numbers_fit(number: str) -> None:
    assert card_number_fits(number)
    assert not card_number_fits(number[:8] + ("0" if number[8] != "0" else "1"))
    assert not card_number_fits(number + "0")


@pytest.mark.parametrize("number", ["440100189901010011", "44010018990101002X"])
def test_valid_id_numbers_fit(number: str) -> None:
    assert id_number_fits(number)
    assert not id_number_fits(number[:17] + ("0" if number[17] != "0" else "1"))


@pytest.mark.parametrize("number", ["440100189902290019", "", "44010018990101002x", "４４010018990101002X"])
def test_other_id_numbers_do_not_fit(number: str) -> None:
    assert not id_number_fits(number)
