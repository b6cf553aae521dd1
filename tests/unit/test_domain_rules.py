"""Rules of the domain that need no room around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.codec import digest, encode
from wire.messages import Party, Role, SubCaseState
from workstation.domain.audit import GENESIS, AuditEntry
from workstation.domain.case import Case, CaseStatus, SubCase
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_date, mask_id, mask_name, mask_phone
from workstation.domain.numbers import check_character, is_receipt_number, receipt_number

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


# -- numbers -----------------------------------------------------------------------------------------
def test_receipt_number_carries_station_day_window_and_sequence() -> None:
    number = receipt_number("440104", date(2026, 11, 23), "01", 7)
    assert number.startswith("440104261123010007")
    assert is_receipt_number(number)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_a_receipt_number_is_seen(position: int, digit: str) -> None:
    number = receipt_number("440104", date(2026, 11, 23), "01", 7)
    wrong = number[:position] + digit + number[position + 1 :]
    assert is_receipt_number(wrong) == (wrong == number)


def test_two_swapped_neighbours_in_a_receipt_number_are_seen() -> None:
    number = receipt_number("440104", date(2026, 11, 23), "01", 7)
    for i in range(17):
        swapped = number[:i] + number[i + 1] + number[i] + number[i + 2 :]
        assert swapped == number or not is_receipt_number(swapped)


def test_check_character_is_iso_7064_mod_37_36() -> None:
    # The worked example of the standard's usage in ISO 7064 hybrid systems: A12425GABC1234002 -> M (GRid).
    assert check_character("A12425GABC1234002") == "M"


# -- masks -------------------------------------------------------------------------------------------
def test_masks_keep_only_what_the_house_rule_keeps() -> None:
    assert mask_name("测试一") == "测**"
    assert mask_name("测") == "测*"
    assert mask_id("44010018990101002X") == "440***********002X"
    assert mask_phone("13800001234") == "138****1234"
    assert mask_id("12345") == "*****"
    assert mask_id("Y990001203") == "******1203"
    assert mask_phone("83331234") == "****1234"
    assert mask_date("1899-01-01") == "1899-**-**"


# -- rights ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "deed", "allowed"),
    [
        (Role.CLERK, Deed.ACCEPTED, True),
        (Role.AGENT, Deed.RECEIVED, True),
        (Role.AGENT, Deed.ACCEPTED, False),
        (Role.CLERK, Deed.PRINTED, False),
        (Role.SUPERVISOR, Deed.PRINTED, True),
        (Role.SUPERVISOR, Deed.RECEIVED, False),
    ],
)
def test_a_role_allows_what_its_row_says_and_nothing_else(role: Role, deed: Deed, allowed: bool) -> None:
    assert Clerk("x", "x", (role,), "01").may(deed) is allowed


# -- audit -------------------------------------------------------------------------------------------
def test_audit_entries_chain_and_show_a_changed_field() -> None:
    first = AuditEntry.following(None, at=AT, actor="clerk", deed=Deed.SIGNED_IN, case="", note="")
    second = AuditEntry.following(first, at=AT, actor="clerk", deed=Deed.RECEIVED, case="c", note="n")
    assert (first.prev, second.prev, second.seq) == (GENESIS, first.hash, 2)
    assert first.intact()
    assert second.intact()
    for changed in (replace(second, actor="other"), replace(second, note="m"), replace(second, prev=GENESIS)):
        assert not changed.intact()


@given(
    actor=st.text(),
    note=st.text(),
    at=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])),
    deed=st.sampled_from(Deed),
)
def test_an_entry_is_written_and_hashed_as_canonical_json(
    actor: str, note: str, at: datetime, deed: Deed
) -> None:
    entry, text = AuditEntry.written_after(6, GENESIS, at=at, actor=actor, deed=deed, case="c", note=note)
    assert text == encode(entry)
    assert entry.hash == digest(encode([7, GENESIS, at.isoformat(), actor, deed.value, "c", note]))


# -- case --------------------------------------------------------------------------------------------
def _case() -> Case:
    sub = SubCase("birth-registration", "1", "public_security", ())
    return Case(
        id="c",
        receipt_no="r",
        station="440104",
        window="01",
        clerk="clerk",
        bundle=None,
        catalogue="1",
        applicant=Party("测试一", "111", "44010018990101002X"),
        sub_cases=(sub,),
        answers={},
        materials=(),
        papers_saved=(),
        status=CaseStatus.RECEIVED,
        received_at=AT,
        offline=False,
    )


def test_a_case_is_accepted_once() -> None:
    accepted = _case().accept(AT, {"birth-registration": date(2026, 11, 24)})
    assert accepted.status is CaseStatus.ACCEPTED
    assert accepted.sub_cases[0].promised_on == date(2026, 11, 24)
    assert accepted.sub_cases[0].state is SubCaseState.WAITING
    with pytest.raises(Refused) as refusal:
        accepted.accept(AT, {})
    assert refusal.value.failure is Failure.STEP_NOT_ALLOWED
