"""The code of a slip: what hall and device signed, and that nothing of it can be changed."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.counter import WholeDesk
from tests.unit.test_audit_first import filled
from wire.codec import Malformed, decode
from wire.keys import new_private, public_of
from wire.messages import EventKind, SlipCheck, SlipPrinted, SlipVoided
from wire.slips import MandateFacts, SlipFacts, make_code, make_mandate, read_code, vouched
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.check_slip import SlipState
from workstation.services.counter import Counter
from workstation.services.slip_codes import MANDATE_FACT
from workstation.services.void_slip import VoidReason, void_slip

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
FACTS = SlipFacts("GZ0001261123RCP0001X", "RCP", "2", "GZ000126112301000K7", "ab" * 16, 0, False, AT)
HALL, DEVICE = new_private(), new_private()
MANDATE = make_mandate(
    MandateFacts("GZ0001", public_of(DEVICE), AT - timedelta(hours=1), AT + timedelta(days=9)), HALL
)


def trusted(text: str) -> bool:
    try:
        return vouched(read_code(text), public_of(HALL)) is not None
    except Malformed:
        return False


def test_hall_and_device_vouch_for_the_facts_without_network() -> None:
    code = read_code(make_code(FACTS, DEVICE, MANDATE.token))
    mandate = vouched(code, public_of(HALL))
    assert mandate is not None
    assert (mandate.station, mandate.key) == ("GZ0001", public_of(DEVICE))
    assert code.facts == FACTS


@pytest.mark.parametrize("part", range(1, 5), ids=["facts", "device", "mandate", "hall"])
def test_no_character_of_any_part_can_be_another_one(part: int) -> None:
    code = make_code(FACTS, DEVICE, MANDATE.token)
    parts = code.split(".")
    alphabet = string.ascii_uppercase + "234567"
    for at, character in enumerate(parts[part]):
        other = alphabet[(alphabet.index(character) + 1) % 32]
        changed = [*parts]
        changed[part] = parts[part][:at] + other + parts[part][at + 1 :]
        assert not trusted(".".join(changed)), (part, at)
    assert trusted(code)


def test_a_part_too_few_or_too_many_is_no_code() -> None:
    code = make_code(FACTS, DEVICE, MANDATE.token)
    for wrong in (
        code[:-90],
        code + ".x",
        "YC2." + code,
        code.replace("YC2", "YC9"),
        "",
        "YC2..",
        "YC2.e30.e30",
    ):
        assert not trusted(wrong)


def test_another_key_another_time_and_another_hall_are_refused() -> None:
    assert not trusted(make_code(FACTS, new_private(), MANDATE.token))
    for at in (AT - timedelta(days=1), AT + timedelta(days=10)):
        assert not trusted(make_code(replace(FACTS, issued_at=at), DEVICE, MANDATE.token))
    strange = make_mandate(MandateFacts("GZ0001", public_of(DEVICE), AT, AT + timedelta(1)), new_private())
    assert not trusted(make_code(FACTS, DEVICE, strange.token))
    other = replace(FACTS, serial=FACTS.serial.replace("GZ0001", "GZ0002"))
    assert not trusted(make_code(other, DEVICE, MANDATE.token))  # of another station
    assert not trusted(make_code(FACTS, DEVICE))  # the device's word alone is not the hall's


# -- at the desk ---------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    return filled(whole)


def give_mandate(whole: WholeDesk) -> None:
    with whole.unit() as unit:
        key = public_of(unit.station.device_key())
        enrolment = unit.station.enrolment()
        assert enrolment is not None
        facts = MandateFacts(
            enrolment.station, key, whole.clock() - timedelta(hours=1), whole.clock() + timedelta(days=9)
        )
        unit.station.remember(MANDATE_FACT, make_mandate(facts, whole.hall.private).token)
        unit.commit()


def code_of(whole: WholeDesk, serial: str) -> str:
    return whole.press.slips[serial].code


def test_a_slip_bears_the_halls_mandate_and_is_found_genuine_in_the_ledger(
    whole: WholeDesk, desk: Counter
) -> None:
    give_mandate(whole)
    view, sheet = desk.receive()
    code = code_of(whole, sheet.serial)
    said = desk.check_slip(code)
    assert (said.state, said.by_hall, said.here, said.case) == (SlipState.GENUINE, True, True, view.case)
    assert (said.serial, said.kind, said.receipt_no) == (sheet.serial, "RCP", view.receipt_no)
    assert (
        desk.check_slip("\n".join((code[:40], code[40:]))).state is SlipState.GENUINE
    )  # a scanner that wraps
    assert desk.check_slip(sheet.serial).state is SlipState.GENUINE  # typed
    assert desk.check_slip("http://elsewhere/").state is SlipState.UNREADABLE
    tampered = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    assert desk.check_slip(tampered).state in (SlipState.ALTERED, SlipState.UNREADABLE)


def test_what_the_hall_hears_of_a_sheet_is_what_its_code_says(whole: WholeDesk, desk: Counter) -> None:
    _, sheet = desk.receive()
    facts = read_code(code_of(whole, sheet.serial)).facts
    with whole.unit() as unit:
        told = [w.envelope for w in unit.outbox.due(whole.clock.at, 9)]
        printed = decode(SlipPrinted, told[1].body)
        entry = unit.prints.find(sheet.serial)
    assert entry is not None
    assert (printed.content, printed.version, printed.provisional) == (facts.content, facts.version, False)
    assert (entry.content, entry.template) == (facts.content, facts.version)


def test_a_sheet_whose_content_is_not_the_ledgers_is_altered(whole: WholeDesk, desk: Counter) -> None:
    give_mandate(whole)
    _, sheet = desk.receive()
    with whole.unit() as unit:
        key, token = unit.station.device_key(), unit.station.fact(MANDATE_FACT)
    facts = read_code(code_of(whole, sheet.serial)).facts
    forged = make_code(replace(facts, content="00" * 16), key, token)  # by whoever has the device's own key
    assert desk.check_slip(forged).state is SlipState.ALTERED
    assert desk.check_slip(make_code(replace(facts, kind="ACC"), key, token)).state is SlipState.ALTERED


def test_a_provisional_receipt_bears_no_mandate_and_is_replaced_by_the_next_print(
    whole: WholeDesk, desk: Counter
) -> None:
    give_mandate(whole)
    whole.hall.down = True
    view, first = desk.receive()
    code = read_code(code_of(whole, first.serial))
    assert (code.mandate, code.facts.provisional) == ("", True)
    assert desk.check_slip(code_of(whole, first.serial)).state is SlipState.PROVISIONAL
    assert whole.press.slips[first.serial].provisional
    whole.hall.down = False
    with whole.unit() as unit:
        unit.cases.save(replace(unit.cases.get(view.case), project_no="440104-2026-000123"))
        unit.commit()
    again = desk.print_slip(view.case, SlipKind.RECEIPT)
    assert again.reprint == 1
    said = desk.check_slip(code_of(whole, first.serial))
    assert (said.state, said.replaced_by) == (SlipState.REPLACED, again.serial)
    assert desk.check_slip(code_of(whole, again.serial)).state is SlipState.GENUINE
    with whole.unit() as unit:
        voids = [
            decode(SlipVoided, w.envelope.body)
            for w in unit.outbox.due(whole.clock.at, 20)
            if w.envelope.kind is EventKind.SLIP_VOIDED
        ]
    assert [(void.serial, void.replaced_by) for void in voids] == [(first.serial, again.serial)]
    desk.print_slip(view.case, SlipKind.RECEIPT)  # once is enough
    with whole.unit() as unit:
        kinds = [w.envelope.kind for w in unit.outbox.due(whole.clock.at, 20)]
    assert kinds.count(EventKind.SLIP_VOIDED) == 1


def test_a_voided_sheet_says_so(whole: WholeDesk, desk: Counter) -> None:
    _, sheet = desk.receive()
    with whole.unit() as unit:
        entry = unit.prints.find(sheet.serial)
        assert entry is not None
        void = void_slip(entry, VoidReason.CORRECTED, clerk="clerk", at=whole.clock(), unit=unit)
        assert void_slip(void, VoidReason.MISTAKEN, clerk="clerk", at=whole.clock(), unit=unit) == void
        unit.commit()
    assert desk.check_slip(code_of(whole, sheet.serial)).state is SlipState.VOIDED


def test_a_sheet_of_another_device_is_the_halls_to_judge(whole: WholeDesk, desk: Counter) -> None:
    code = make_code(replace(FACTS, serial="GZ0002261123RCP0001X"), new_private())
    assert desk.check_slip(code).state is SlipState.FOREIGN
    told = SlipCheck(True, None, "P", state="voided", slip="RCP", serial=FACTS.serial)
    said = desk.check_slip(code, replace(told, genuine=False, reason="voided"))
    assert (said.state, said.by_hall, said.asked_hall) == (SlipState.VOIDED, True, True)
    assert desk.check_slip(code, SlipCheck(False, "signature", None)).state is SlipState.ALTERED
    whole.hall.down = True
    with pytest.raises(Refused) as refused:
        desk.ask_slip(code)
    assert refused.value.failure is Failure.HALL_UNREACHABLE
