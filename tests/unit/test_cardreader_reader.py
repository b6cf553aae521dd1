"""The reader over our virtual card and over cards that lie, without any daemon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.card import COMMANDS
from tests.fakes.card_reader import MOTHER, card_of
from workstation.cardreader.apdu import Command, Ins, read_tagged_record
from workstation.cardreader.channel import MOST_ROUNDS, SESSION_S, Channel, shorten, shorten_command
from workstation.cardreader.reader import read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import Application, CardData, Record, load_card
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardWarning, Identity
from workstation.logs import TRAFFIC

MOTHER_CARD = load_card(Path("mother-2.0.json"))
ATR = MOTHER_CARD.atr


def read(answer: Callable[[bytes], bytes], atr: bytes = ATR, atr_after: bytes | None = None) -> Identity:
    return read_identity(
        Channel(answer),
        atr,
        read_atr=lambda: atr if atr_after is None else atr_after,
        reader=MOTHER.reader,
        at=MOTHER.read_at,
    )


def changed(ef05: Mapping[int, bytes | None] = {}, ef06: Mapping[int, bytes | None] = {}) -> CardData:
    """Return the mother's card with other values by tag; None takes the record away."""
    ((aid, app),) = MOTHER_CARD.applications.items()
    files = {0xEF05: _records(app, 0xEF05, ef05), 0xEF06: _records(app, 0xEF06, ef06)}
    return CardData(ATR, {aid: Application(app.fci, files)})


def _records(app: Application, fid: int, other: Mapping[int, bytes | None]) -> tuple[Record, ...]:
    found = []
    for record in app.files[fid]:
        value = other.get(record.tag, record.value)
        if value is not None:
            found.append(Record(record.tag, value))
    return tuple(found)


def read_changed(
    ef05: Mapping[int, bytes | None] = {},
    ef06: Mapping[int, bytes | None] = {},
) -> Identity:
    return read(VirtualCard(changed(ef05, ef06)).answer)


def test_mother_card_is_read_exactly() -> None:
    assert read(VirtualCard(MOTHER_CARD).answer) == MOTHER


def test_the_bench_sends_what_the_reader_sends() -> None:
    sent: list[str] = []
    card = VirtualCard(MOTHER_CARD)

    def listen(command: bytes) -> bytes:
        sent.append(command.hex().upper())
        return card.answer(command)

    read(listen)
    assert tuple(sent) == COMMANDS


def test_a_name_that_straddles_two_records_is_joined_before_it_is_decoded() -> None:
    name = "测试" * 8
    raw = b"A" + name.encode("gbk")  # the odd letter makes a character straddle byte 30
    identity = read_changed(ef06={0x09: raw[:30], 0x4E: raw[30:].ljust(20, b"\0")})
    assert identity.name == "A" + name


def test_version_1_cards_have_no_name_extension_to_read() -> None:
    identity = read_changed(ef05={0x03: b"1.00"}, ef06={0x4E: "毒".encode("gbk").ljust(20, b"\0")})
    assert (card_of(identity).version, identity.name) == ("1.0", "测试一")


def test_an_empty_version_is_1_0() -> None:
    assert card_of(read_changed(ef05={0x03: bytes(4)})).version == "1.0"
    assert card_of(read_changed(ef05={0x03: None})).version == "1.0"


def test_version_3_cards_lock_the_holder_without_asking_for_it() -> None:
    asked: list[bytes] = []
    card = VirtualCard(changed(ef05={0x03: b"3.00"}))

    def listen(command: bytes) -> bytes:
        asked.append(command)
        return card.answer(command)

    with pytest.raises(Refused) as caught:
        read(listen)
    assert caught.value.failure is Failure.CARD_LOCKED_FIELDS
    assert bytes.fromhex("00A4020002EF06") not in asked


def test_an_unknown_version_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_changed(ef05={0x03: b"9.99"})


def test_unset_fields_are_none() -> None:
    identity = read_changed(
        ef05={0x05: b"\xff" * 4, 0x06: b"\xff" * 4, 0x07: bytes(9)},
        ef06={0x0A: b"\xff", 0x0B: b"\xff", 0x0C: b"\xff" * 3, 0x0D: b"\xff" * 4, 0x4E: None},
    )
    assert (identity.sex, identity.ethnicity, identity.birth_place, identity.birth_date) == (None,) * 4
    assert (card_of(identity).number, card_of(identity).issued_on, card_of(identity).valid_until) == (
        None,
    ) * 3
    assert card_of(identity).warnings == ()


@pytest.mark.parametrize(
    ("ef05", "ef06", "warning"),
    [
        ({0x07: b"A00000012"}, {}, CardWarning.NUMBER_CHECK),
        ({0x07: b"\x01\x02345678 "}, {}, CardWarning.NUMBER_CHECK),
        ({0x01: bytes.fromhex("639900D15600000500000001FFFFFFFF")}, {}, CardWarning.REGION_MISMATCH),
        ({0x01: bytes.fromhex("440100D15600000500000009FFFFFFFF")}, {}, CardWarning.SERIAL_MISMATCH),
        ({0x06: b"2012"}, {}, CardWarning.DATE_UNREADABLE),
        ({}, {0x0D: bytes.fromhex("18990230")}, CardWarning.DATE_UNREADABLE),
        ({}, {0x08: b"440100189902290019"}, CardWarning.ID_CHECK),
        # The number says another day than the date of birth; and the card ended before it was issued.
        ({}, {0x0D: bytes.fromhex("29990101")}, CardWarning.ID_CHECK),
        ({0x05: bytes.fromhex("20360301")}, {}, CardWarning.DATE_UNREADABLE),
        # Half a character, and one that only the fonts of its maker can show.
        ({}, {0x09: bytes.fromhex("B2E2CA").ljust(30, b"\0")}, CardWarning.NAME_CHARACTERS),
        ({}, {0x09: bytes.fromhex("B2E2AAA1").ljust(30, b"\0")}, CardWarning.NAME_CHARACTERS),
    ],
)
def test_oddities_warn_and_never_reject(
    ef05: Mapping[int, bytes], ef06: Mapping[int, bytes], warning: CardWarning
) -> None:
    assert card_of(read_changed(ef05, ef06)).warnings == (warning,)


def test_a_name_with_rare_characters_that_everybody_shares_is_no_oddity() -> None:
    identity = read_changed(ef06={0x09: bytes.fromhex("B2E2FE51A6D9").ljust(30, b"\0")})
    assert (identity.name, card_of(identity).warnings) == ("测\U00020087\ufe10", ())


def test_two_unreadable_dates_are_one_warning() -> None:
    assert card_of(read_changed(ef05={0x05: b"2012", 0x06: b"2012"})).warnings == (
        CardWarning.DATE_UNREADABLE,
    )


def test_an_ascii_date_is_read() -> None:
    assert card_of(read_changed(ef05={0x06: b"20350301"})).valid_until == date(2035, 3, 1)


@pytest.mark.parametrize("tag", [0x08, 0x09])
@pytest.mark.parametrize("value", [None, b"", bytes(18), b"\xff" * 18])
def test_a_card_without_number_or_name_is_unreadable(tag: int, value: bytes | None) -> None:
    with pytest.raises(Unreadable):
        read_changed(ef06={tag: value})


def test_a_number_that_is_not_plain_letters_and_digits_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_changed(ef06={0x08: "４４０１００１８９".encode("gbk")})


def test_a_malformed_identification_code_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        read_changed(ef05={0x01: bytes.fromhex("44AB00D15600000500000001FFFFFFFF")})
    with pytest.raises(Unreadable):
        read_changed(ef05={0x01: bytes.fromhex("440100")})


def test_a_card_that_turns_into_another_is_caught_by_its_number() -> None:
    card = VirtualCard(MOTHER_CARD)
    last = len(COMMANDS)
    count = 0

    def turning(command: bytes) -> bytes:
        nonlocal count
        count += 1
        if count == last:
            card.become(load_card(Path("father-2.0.json")))
        return card.answer(command)

    with pytest.raises(Refused) as caught:
        read(turning)
    assert caught.value.failure is Failure.CARD_CHANGED


def test_a_card_that_turns_into_another_is_caught_by_its_answer_to_reset() -> None:
    other = load_card(Path("father-2.0.json")).atr
    with pytest.raises(Refused) as caught:
        read(VirtualCard(MOTHER_CARD).answer, atr_after=other)
    assert caught.value.failure is Failure.CARD_CHANGED


@pytest.mark.parametrize(
    ("sw", "failure"),
    [
        ("6A82", Failure.CARD_FOREIGN),
        ("6D00", Failure.CARD_FOREIGN),
        ("9303", Failure.CARD_BLOCKED),
        ("6283", Failure.CARD_BLOCKED),
        ("6A81", Failure.CARD_BLOCKED),
    ],
)
def test_what_selecting_answers_says_what_the_card_is(sw: str, failure: Failure) -> None:
    with pytest.raises(Refused) as caught:
        read(lambda _: bytes.fromhex(sw))
    assert caught.value.failure is failure


def test_a_card_that_answers_with_another_name_is_foreign() -> None:
    with pytest.raises(Refused) as caught:
        read(lambda _: bytes.fromhex("6F0784054142434445" + "9000"))
    assert caught.value.failure is Failure.CARD_FOREIGN


def test_a_protected_holder_file_is_locked() -> None:
    card = VirtualCard(MOTHER_CARD)

    def locked(command: bytes) -> bytes:
        return b"\x69\x82" if command[:3] == b"\x00\xb2\x08" else card.answer(command)

    with pytest.raises(Refused) as caught:
        read(locked)
    assert caught.value.failure is Failure.CARD_LOCKED_FIELDS


def test_a_torn_answer_is_unreadable_and_never_a_verdict_on_the_card() -> None:
    fci = VirtualCard(MOTHER_CARD)

    def torn(command: bytes) -> bytes:
        whole = fci.answer(command)
        return whole[: len(whole) // 2] if command[1] == Ins.GET_RESPONSE else whole

    with pytest.raises(Unreadable):
        read(torn)


@pytest.mark.parametrize("answer", ["6100", "6110", "6C00", "6C10", "616100"])
def test_a_card_that_answers_without_end_is_given_up(answer: str) -> None:
    sent = 0

    def endless(_: bytes) -> bytes:
        nonlocal sent
        sent += 1
        return bytes.fromhex(answer)

    with pytest.raises(Unreadable):
        Channel(endless).send(read_tagged_record(8, 18))
    assert sent <= MOST_ROUNDS + 1


def test_an_answer_beyond_64_kib_is_given_up() -> None:
    with pytest.raises(Unreadable, match="too long"):
        Channel(lambda _: bytes(40_000) + b"\x61\xff").send(read_tagged_record(8, 18))


def test_a_session_ends_after_its_time() -> None:
    now = 100.0
    channel = Channel(lambda _: b"\x90\x00", clock=lambda: now)
    channel.send(read_tagged_record(8, 18))
    now += SESSION_S + 0.001
    with pytest.raises(Unreadable, match="session"):
        channel.send(read_tagged_record(8, 18))


def test_61xx_and_6cxx_are_followed() -> None:
    sent: list[str] = []
    answers = iter(("6C04", "AABB6102", "CCDD9000"))

    def card(command: bytes) -> bytes:
        sent.append(command.hex().upper())
        return bytes.fromhex(next(answers))

    response = Channel(card).send(read_tagged_record(8, 18))
    assert sent == ["00B2080014", "00B2080004", "00C0000002"]
    assert (response.data.hex(), response.sw) == ("aabbccdd", 0x9000)


def test_selecting_sends_le_only_where_the_protocol_has_room() -> None:
    command = Command(Ins.SELECT, 4, 0, b"abc", le=0)
    assert command.encode(t0=True).hex() == "00a4040003616263"
    assert command.encode(t0=False).hex() == "00a404000361626300"


def test_the_trace_shows_no_holder(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(TRAFFIC, "workstation.cardreader.channel"):
        read(VirtualCard(MOTHER_CARD).answer)
    assert "> 00b2080014" in caplog.text
    for secret in (
        MOTHER.id_no,
        MOTHER.id_no.encode().hex()[:20],
        MOTHER.name[:1].encode("gbk").hex(),
        "18990101",
    ):
        assert secret.lower() not in caplog.text.lower()


@pytest.mark.parametrize("ins", [Ins.VERIFY, Ins.CHANGE_PIN, Ins.CHANGE_PIN_OWN])
def test_the_trace_never_shows_a_pin(ins: int) -> None:
    command = Command(ins, 0, 0, bytes.fromhex("123456")).encode(t0=True)
    assert shorten_command(command) == f"00{ins:02x}0000… (8)"


def test_the_trace_never_shows_a_short_record_whole() -> None:
    assert shorten(bytes.fromhex("0D04189901019000")) == "…9000 (8)"


@settings(max_examples=150, deadline=None)
@given(answers=st.lists(st.binary(max_size=300), min_size=1, max_size=30), atr=st.binary(max_size=40))
def test_a_lying_card_ends_in_a_value_or_a_known_refusal(answers: list[bytes], atr: bytes) -> None:
    def lying(_: bytes) -> bytes:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    for first_atr in (ATR, atr):
        with suppress(Refused, Unreadable):
            read(lying, first_atr)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_card_with_any_content_ends_in_a_value_or_a_known_refusal(data: st.DataObject) -> None:
    content = st.dictionaries(st.integers(1, 0x4E), st.binary(max_size=60), max_size=6)
    with suppress(Refused, Unreadable):
        identity = read_changed(data.draw(content), data.draw(content))
        assert identity.id_no
        assert identity.name


def test_a_foreign_card_file_is_foreign() -> None:
    with pytest.raises(Refused) as caught:
        read(VirtualCard(load_card(Path("bank-only.json"))).answer)
    assert caught.value.failure is Failure.CARD_FOREIGN


def test_the_virtual_card_forgets_its_selection_on_reset() -> None:
    card = VirtualCard(MOTHER_CARD)
    card.answer(bytes.fromhex("00A404000F7378312E73682EC9E7BBE1B1A3D5CF"))
    card.answer(bytes.fromhex("00A4020002EF06"))
    assert card.answer(bytes.fromhex("00B20A0003")) == bytes.fromhex("0A01329000")
    card.reset()
    assert card.answer(bytes.fromhex("00B20A0003")) == bytes.fromhex("6986")


@pytest.mark.parametrize("tag", [0x08, 0x09, 0x0B, 0x0C])
def test_a_field_longer_than_its_standard_is_unreadable(tag: int) -> None:
    with pytest.raises(Unreadable, match="length"):
        read_changed(ef06={tag: b"\x11" * 200})


def test_a_longer_field_that_is_only_filled_up_is_read() -> None:
    assert read_changed(ef06={0x08: b"44010018990101002X".ljust(40, b"\0")}).id_no == MOTHER.id_no


def test_a_name_that_only_goes_on_is_no_name() -> None:
    with pytest.raises(Unreadable, match="09"):
        read_changed(ef06={0x09: b"\0" * 30, 0x4E: "李四".encode("gbk")})


def test_the_filling_between_the_parts_of_a_name_is_left_out() -> None:
    joined = read_changed(
        ef06={0x09: "买买提".encode("gbk") + b"\0" * 10, 0x4E: "江".encode("gbk") + b"\0" * 18}
    )
    assert joined.name == "买买提江"


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u2800", "\u0301", "张\uffff三"])
def test_a_name_that_shows_nothing_is_told(name: str) -> None:
    read_back = read_changed(ef06={0x09: name.encode("gb18030")})
    assert read_back.card is not None
    assert CardWarning.NAME_CHARACTERS in read_back.card.warnings
