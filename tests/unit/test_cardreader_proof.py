"""Proof of cards, 3.0 cards and the PIN, over virtual cards whose keys are derived from public test roots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hall.card_keys import KeysRefused, SoftwareKeyServer, simulated_cards
from tests.fakes.card_reader import MOTHER, card_of
from wire.card_keys import CardCipher, card_key, cryptogram
from wire.messages import CardChallenge, CardCryptograms
from workstation.cardreader.apdu import (
    Ins,
    Response,
    Sw,
    external_authenticate,
    get_challenge,
    internal_authenticate,
    read_tagged_record,
    select_file,
    select_folder,
    select_name,
    verify_pin,
)
from workstation.cardreader.atr import parse_atr
from workstation.cardreader.channel import Channel
from workstation.cardreader.profiles import social_security as ss
from workstation.cardreader.psam import Psam, is_psam
from workstation.cardreader.reader import Wish, read_identity
from workstation.cardreader.unreadable import Unreadable
from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import CARDS, load_card
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import CardWarning, Glimpse, Identity, Residence
from workstation.services.ports import CardKeys, CardPin

PIN = CardPin("123456")


class HallKeys:
    """The demo hall's key server, asked directly; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[CardChallenge] = []

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        self.asked.append(challenge)
        return simulated_cards().cryptograms(challenge)


class HallDown:
    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        del challenge
        raise Refused(Failure.CARD_KEYS_UNAVAILABLE, cause="hall_unreachable")


class WrongKeys:
    """A key server of another province: right in form, wrong in every cryptogram."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        roots = {CardCipher.TRIPLE_DES: b"\xee" * 16, CardCipher.SM4: b"\xee" * 16}
        return SoftwareKeyServer(roots).cryptograms(challenge)


class HalfKeys:
    """Knows the key that proves the card, and not the one that opens it."""

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        return replace(simulated_cards().cryptograms(challenge), external="00" * 8)


def psam(name: str = "psam.json") -> CardKeys:
    channel = Channel(VirtualCard(load_card(Path(name))).answer)
    assert is_psam(channel)
    return Psam(channel)


def read(name: str, wish: Wish, card: VirtualCard | None = None) -> Identity:
    data = load_card(Path(name))
    channel = Channel((card or VirtualCard(data)).answer)
    return read_identity(
        channel, data.atr, read_atr=lambda: data.atr, reader=MOTHER.reader, at=MOTHER.read_at, wish=wish
    )


def failure(name: str, wish: Wish, card: VirtualCard | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        read(name, wish, card)
    return refused.value


# -- proof -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("keys", [HallKeys, psam], ids=["hall", "psam"])
def test_a_genuine_card_is_proven_and_read_as_before(keys: Callable[[], CardKeys]) -> None:
    proven = read("mother-2.0.json", Wish(keys=keys()))
    assert proven == replace(MOTHER, card=replace(card_of(MOTHER), authenticated=True))


def test_without_keys_a_card_is_read_and_never_called_proven() -> None:
    assert not card_of(read("mother-2.0.json", Wish())).authenticated


@pytest.mark.parametrize("keys", [HallKeys, psam], ids=["hall", "psam"])
def test_a_copied_card_is_not_genuine(keys: Callable[[], CardKeys]) -> None:
    assert failure("forged-2.0.json", Wish(keys=keys())).failure is Failure.CARD_NOT_GENUINE


def test_a_card_without_the_key_is_not_genuine() -> None:
    data = replace(load_card(Path("mother-2.0.json")), keys={})
    found = failure("mother-2.0.json", Wish(keys=HallKeys()), VirtualCard(data))
    assert found.failure is Failure.CARD_NOT_GENUINE


def test_the_card_is_proven_by_numbers_it_did_not_choose_and_that_never_come_again() -> None:
    keys = HallKeys()
    for _ in range(2):
        read("mother-2.0.json", Wish(keys=keys))
    first, second = keys.asked
    assert first.internal != second.internal
    assert len(first.internal.factor) == len(first.internal.original) == 16
    assert first.external is None
    assert (first.region, first.cipher) == ("440100", "3des")


def test_a_challenge_names_the_card_and_not_its_holder() -> None:
    keys = HallKeys()
    read("holder-3.0.json", Wish(keys=keys))
    assert "测试" not in repr(keys.asked)
    assert "18980405" not in repr(keys.asked)


def test_when_nobody_can_compute_a_free_card_is_read_with_a_warning() -> None:
    found = read("mother-2.0.json", Wish(keys=HallDown()))
    assert found.id_no == MOTHER.id_no
    assert not card_of(found).authenticated
    assert CardWarning.KEYS_UNAVAILABLE in card_of(found).warnings


def test_a_psam_that_fails_says_nothing_about_the_citizens_card() -> None:
    torn = Channel(lambda _: b"")
    found = read("mother-2.0.json", Wish(keys=Psam(torn)))
    assert CardWarning.KEYS_UNAVAILABLE in card_of(found).warnings


# -- 3.0 -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("keys", [HallKeys, lambda: psam("psam-sm4.json")], ids=["hall", "psam"])
def test_a_3_0_card_opens_by_external_authentication(keys: Callable[[], CardKeys]) -> None:
    found = read("holder-3.0.json", Wish(keys=keys()))
    assert (found.name, found.id_no, card_of(found).version) == ("测试四", "440100189804050011", "3.0")
    assert card_of(found).authenticated


def test_a_3_0_card_stays_shut_without_keys() -> None:
    assert failure("holder-3.0.json", Wish()).failure is Failure.CARD_LOCKED_FIELDS
    assert failure("holder-3.0.json", Wish(keys=HallDown())).failure is Failure.CARD_KEYS_UNAVAILABLE
    # A PSAM of another algorithm makes cryptograms that no SM4 card answers with.
    with pytest.raises(Refused):
        read("holder-3.0.json", Wish(keys=psam()))


def test_wrong_keys_cost_the_card_none_of_its_tries() -> None:
    card = VirtualCard(load_card(Path("holder-3.0.json")))
    for _ in range(5):
        assert failure("holder-3.0.json", Wish(keys=WrongKeys()), card).failure is Failure.CARD_NOT_GENUINE
    assert card_of(read("holder-3.0.json", Wish(keys=HallKeys()), card)).authenticated


def test_a_refused_key_is_told_with_what_the_card_said() -> None:
    refused = failure("holder-3.0.json", Wish(keys=HalfKeys()))
    assert refused.failure is Failure.CARD_KEYS_UNAVAILABLE
    assert refused.details["sw"] == "63C2"


def test_the_key_server_refuses_what_it_cannot_compute() -> None:
    keys = HallKeys()
    read("mother-2.0.json", Wish(keys=keys))
    for changes in ({"cipher": "ssf33"}, {"cipher": "rot13"}, {"historical": "00"}, {"region": "x"}):
        with pytest.raises(KeysRefused):
            simulated_cards().cryptograms(replace(keys.asked[0], **changes))  # type: ignore[arg-type]


# -- PIN -------------------------------------------------------------------------------------------------
def test_the_pin_opens_where_the_holder_lives_and_nothing_else_is_read() -> None:
    sent: list[bytes] = []
    card = VirtualCard(load_card(Path("residence-2.0.json")))
    data = load_card(Path("residence-2.0.json"))

    def listen(command: bytes) -> bytes:
        sent.append(command)
        return card.answer(command)

    found = read_identity(
        Channel(listen),
        data.atr,
        read_atr=lambda: data.atr,
        reader=MOTHER.reader,
        at=MOTHER.read_at,
        wish=Wish(pin=PIN),
    )
    assert found.residence == Residence(
        "广州市海珠区测试街2号", "440105", "13800000000", "测试二", "13800000001"
    )
    assert bytes.fromhex("00A4020002EF08") not in sent  # marital status is asked of nobody


def test_a_wrong_pin_tells_what_is_left_and_the_last_try_is_kept() -> None:
    card = VirtualCard(load_card(Path("residence-2.0.json")))
    wrong = Wish(pin=CardPin("654321"))
    first = failure("residence-2.0.json", wrong, card)
    assert (first.failure, first.details["left"]) == (Failure.CARD_PIN_WRONG, "2")
    card.reset()
    assert failure("residence-2.0.json", wrong, card).details["left"] == "1"
    card.reset()
    # From now on nothing is tried any more, neither wrong nor right, unless it is wished for.
    for wish in (wrong, Wish(pin=PIN)):
        assert failure("residence-2.0.json", wish, card).failure is Failure.CARD_PIN_LAST_TRY
        card.reset()
    assert read("residence-2.0.json", Wish(pin=CardPin("123456", last_try=True)), card).residence is not None


def test_a_blocked_pin_is_told_and_the_card_is_still_read_without_it() -> None:
    card = VirtualCard(load_card(Path("residence-2.0.json")))
    for _ in range(3):
        card.reset()
        failure("residence-2.0.json", Wish(pin=CardPin("654321", last_try=True)), card)
    card.reset()
    assert failure("residence-2.0.json", Wish(pin=PIN), card).failure is Failure.CARD_PIN_BLOCKED
    card.reset()
    assert read("residence-2.0.json", Wish(), card).id_no == MOTHER.id_no


def test_a_1_0_card_is_never_asked_for_what_means_something_else_there() -> None:
    data = load_card(Path("tag-trap-1.0.json"))
    card = VirtualCard(data)
    sent: list[bytes] = []

    def listen(command: bytes) -> bytes:
        sent.append(command)
        return card.answer(command)

    found = read_identity(
        Channel(listen),
        data.atr,
        read_atr=lambda: data.atr,
        reader="r",
        at=MOTHER.read_at,
        wish=Wish(pin=PIN),
    )
    assert (card_of(found).version, found.residence) == ("1.0", None)
    assert select_folder(0xDF01).encode(t0=True) not in sent
    assert Ins.VERIFY not in {command[1] for command in sent}
    # The control: the same card as a 2.0 card is asked.
    assert read("residence-2.0.json", Wish(pin=PIN)).residence is not None


def test_a_card_without_the_folder_has_no_residence() -> None:
    assert read("mother-2.0.json", Wish(pin=PIN)).residence is None


@pytest.mark.parametrize("digits", ["", "123", "12345a", "1" * 17, "１２３４５６"])
def test_what_is_no_pin_never_reaches_a_card(digits: str) -> None:
    with pytest.raises(ValueError, match="not a PIN"):
        read("residence-2.0.json", Wish(pin=CardPin(digits)))


def test_a_pin_stands_in_no_representation() -> None:
    assert "123456" not in repr(PIN)


# -- staged ----------------------------------------------------------------------------------------------
def test_name_and_number_are_told_before_the_rest_is_read() -> None:
    data = load_card(Path("mother-2.0.json"))
    card = VirtualCard(data)
    heard: list[Glimpse | bytes] = []

    def listen(command: bytes) -> bytes:
        heard.append(command)
        return card.answer(command)

    read_identity(
        Channel(listen),
        data.atr,
        read_atr=lambda: data.atr,
        reader="r",
        at=MOTHER.read_at,
        wish=Wish(told=heard.append),
    )
    at = heard.index(Glimpse(MOTHER.name, MOTHER.id_no))
    assert at == 9  # ten commands: select, its answer, EF05 with two records, EF06 with three
    assert len(heard) - at > 9


# -- the virtual card keeps the standard -----------------------------------------------------------------
def speak(name: str) -> Channel:
    channel = Channel(VirtualCard(load_card(Path(name))).answer)
    channel.send(select_name(ss.SSSE.name))
    return channel


def test_a_challenge_is_good_for_one_authentication() -> None:
    channel = speak("holder-3.0.json")
    assert channel.send(external_authenticate(0x0A, bytes(8), bytes(8))).sw == 0x6985
    channel.send(get_challenge())
    assert channel.send(external_authenticate(0x0A, bytes(8), bytes(8))).sw == 0x63C2
    assert channel.send(external_authenticate(0x0A, bytes(8), bytes(8))).sw == 0x6985


def test_a_key_locks_after_its_tries() -> None:
    channel = speak("holder-3.0.json")
    said = []
    for _ in range(4):
        channel.send(get_challenge())
        said.append(channel.send(external_authenticate(0x0A, bytes(8), bytes(8))).sw)
    assert said == [0x63C2, 0x63C1, 0x63C0, 0x6983]


def test_the_reference_vector_comes_out_of_the_card() -> None:
    data = load_card(Path("mother-2.0.json"))
    channel = Channel(VirtualCard(data).answer)
    channel.send(select_name(ss.SSSE.name))
    factor, original = bytes.fromhex("1122334455667788"), bytes.fromhex("8877665544332211")
    assert channel.send(internal_authenticate(factor, original)).data.hex().upper() == "3EE89CA9186356A0"


def test_asking_for_the_state_of_a_pin_costs_no_try() -> None:
    channel = speak("residence-2.0.json")
    assert [channel.send(verify_pin("")).sw for _ in range(5)] == [0x63C3] * 5
    assert channel.send(verify_pin("654321")).sw == 0x63C2
    assert channel.send(verify_pin("")).sw == 0x63C2


def _name(channel: Channel) -> Response:
    """Ask for the holder's name, as anybody may who has a reader."""
    assert channel.send(select_file(0xEF06)).sw == Sw.OK
    return channel.send(read_tagged_record(0x09, 30))


def _authenticate(channel: Channel, root: bytes) -> int:
    factor = channel.send(get_challenge()).data
    historical = parse_atr(load_card(Path("holder-3.0.json")).atr).historical
    key = card_key(CardCipher.SM4, root, "440100", historical)
    return channel.send(
        external_authenticate(0x0A, cryptogram(CardCipher.SM4, key, factor, bytes(8)), bytes(8))
    ).sw


def test_a_3_0_card_answers_for_its_holder_only_after_a_right_external_authentication() -> None:
    channel = speak("holder-3.0.json")
    assert _name(channel) == Response(b"", Sw.SECURITY_NOT_MET)
    assert _authenticate(channel, bytes(16)) == 0x63C2  # the standard: what is left of three tries
    assert _name(channel) == Response(b"", Sw.SECURITY_NOT_MET)
    assert _authenticate(channel, bytes(range(16))) == Sw.OK
    assert _name(channel).data[2:].startswith("测试四".encode("gbk"))
    assert _authenticate(channel, bytes(16)) == 0x63C2  # a right one gives the tries back


def test_selecting_anew_shuts_what_a_key_had_opened() -> None:
    channel = speak("holder-3.0.json")
    assert _authenticate(channel, bytes(range(16))) == Sw.OK
    assert _name(channel).sw == Sw.OK
    channel.send(select_name(ss.SSSE.name))
    assert _name(channel).sw == Sw.SECURITY_NOT_MET


# -- every card of the box -------------------------------------------------------------------------------
ENDS: dict[str, Failure | type[Unreadable] | str] = {
    "mother-2.0.json": "测试一",
    "father-2.0.json": "测试二",
    "senior-1.0.json": "测试三",
    "tag-trap-1.0.json": "测试一",
    "residence-2.0.json": "测试一",
    "forged-2.0.json": "测试一",
    "slow.json": "测试一",
    "mute.json": "测试一",  # its ATR is spoiled on the wire only
    "hung.json": "测试一",  # likewise: these faults live on the wire
    "torn.json": "测试一",
    "changing.json": "测试一",
    "ascii-dates.json": "测试一",
    "unset-fields.json": "测试一",
    "straddling-name.json": "a测" + "试" * 18,
    "rare-characters.json": "测\U00020087䶮",
    "holder-3.0.json": Failure.CARD_LOCKED_FIELDS,
    "bank-only.json": Failure.CARD_FOREIGN,
    "operator-demo.json": Failure.CARD_FOREIGN,
    "operator-other.json": Failure.CARD_FOREIGN,
    "transport.json": Failure.CARD_FOREIGN,
    "psam.json": Failure.CARD_FOREIGN,
    "psam-sm4.json": Failure.CARD_FOREIGN,
    "blocked-application.json": Failure.CARD_BLOCKED,
    "blocked-card.json": Failure.CARD_BLOCKED,
    "lying-long.json": Unreadable,
    "lying-short.json": Unreadable,
    "endless-61.json": Unreadable,
    "endless-6c.json": Unreadable,
}


def test_every_card_of_the_box_has_a_known_end() -> None:
    assert set(ENDS) == {path.name for path in CARDS.glob("*.json")}


@pytest.mark.parametrize(("name", "end"), ENDS.items(), ids=str)
def test_each_card_ends_as_it_should(name: str, end: Failure | type[Unreadable] | str) -> None:
    if isinstance(end, Failure):
        assert failure(name, Wish()).failure is end
    elif isinstance(end, str):
        assert read(name, Wish()).name == end
    else:
        with pytest.raises(end):
            read(name, Wish())


def test_unset_fields_are_unknown_and_ascii_dates_are_dates() -> None:
    unset = read("unset-fields.json", Wish())
    assert (unset.sex, unset.ethnicity, unset.birth_place, unset.birth_date) == (None, None, None, None)
    assert (card_of(unset).number, card_of(unset).issued_on, card_of(unset).valid_until) == (None, None, None)
    written = read("ascii-dates.json", Wish())
    assert written.birth_date == MOTHER.birth_date
    assert card_of(written).issued_on == card_of(MOTHER).issued_on


def test_a_card_that_asks_for_another_length_is_not_shown_the_pin_twice() -> None:
    """Found by the lying card: 6Cxx to VERIFY had the command sent again, and a second try counted."""
    card = VirtualCard(load_card(Path("residence-2.0.json")))
    shown = 0

    def lying(command: bytes) -> bytes:
        nonlocal shown
        if command[1] == Ins.VERIFY and command[4] > 0:
            shown += 1
            return b"\x6c\x05"
        return card.answer(command)

    with pytest.raises(Unreadable):
        read_identity(
            Channel(lying),
            load_card(Path("residence-2.0.json")).atr,
            read_atr=lambda: load_card(Path("residence-2.0.json")).atr,
            reader=MOTHER.reader,
            at=MOTHER.read_at,
            wish=Wish(pin=CardPin("123456")),
        )
    assert shown == 1
