"""How the chain stands with the hall at the counter: a warning in time, a stop only where the settings say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import a_receipt
from tests.fakes.counter import WholeDesk
from tests.fakes.people import AT
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import filled
from wire.messages import Alarm, AuditStamp
from workstation.domain.audit import AuditFilter, AuditLimits, Standing
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter

DAY = timedelta(days=1)


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def limited(whole: WholeDesk, stop: timedelta | None) -> Counter:
    whole.audit_limits = AuditLimits(warn=DAY, stop=stop)
    whole.desk = whole.new_desk()
    return filled(whole)


def hear(whole: WholeDesk) -> None:
    """The hall's list of staff, signed just now, and its receipts for what waited."""
    with whole.unit() as unit:
        for waiting in unit.outbox.waiting_items():
            unit.outbox.acked(waiting.envelope.id, a_receipt(waiting.envelope.id, waiting.envelope.sha256))
        staff = unit.station.staff_list()
        assert staff is not None
        unit.station.take_staff(replace(staff, issued_at=whole.clock.at))
        unit.commit()


def stamp(whole: WholeDesk, **changes: str) -> None:
    """The hall's stamp on the newest entry, as sync.audit_heads keeps it."""
    with whole.unit() as unit:
        head = unit.audit.head()
        assert head is not None
        unit.audit.keep_stamp(
            AuditStamp("device", 1, head.seq, changes.get("hash", head.hash), whole.clock.at, "hall", "s")
        )
        unit.commit()


def refusal(desk: Counter) -> Failure:
    with pytest.raises(Refused) as caught:
        desk.receive()
    return caught.value.failure


def test_unstamped_entries_warn_after_the_first_limit_and_stop_nothing_by_themselves(
    whole: WholeDesk,
) -> None:
    desk = limited(whole, None)
    assert desk.link().audit is Standing.GOOD
    whole.clock.at = AT + DAY - timedelta(seconds=1)
    assert desk.link().audit is Standing.GOOD
    whole.clock.at = AT + DAY
    assert desk.link().audit is Standing.LATE
    whole.clock.at = AT + 30 * DAY
    assert desk.link().audit is Standing.LATE
    desk.receive()


def test_the_counter_stops_filing_only_as_the_settings_say_and_goes_on_once_stamped(whole: WholeDesk) -> None:
    desk = limited(whole, 2 * DAY)
    whole.clock.at = AT + 2 * DAY - timedelta(seconds=1)
    assert desk.link().audit is Standing.LATE
    whole.clock.at = AT + 2 * DAY
    assert desk.link().audit is Standing.STOPPED
    assert refusal(desk) is Failure.AUDIT_STOPPED
    stamp(whole)
    assert desk.link().audit is Standing.GOOD
    desk.receive()
    stamp(whole)
    whole.clock.at = AT + 9 * DAY
    # A quiet counter is no danger: nothing waits for a stamp.
    assert desk.link().audit is Standing.GOOD
    hear(whole)  # otherwise it is the hall's long silence that stops it (services/alone.py)
    whole.check_all()  # what registers said nine days ago proves nothing today
    desk.accept()
    whole.clock.at = AT + 12 * DAY
    assert desk.link().audit is Standing.STOPPED


def test_a_stopped_counter_accepts_nothing_either(whole: WholeDesk) -> None:
    desk = limited(whole, 2 * DAY)
    desk.receive()
    whole.clock.at = AT + 2 * DAY
    with pytest.raises(Refused) as caught:
        desk.accept()
    assert caught.value.failure is Failure.AUDIT_STOPPED


def test_a_stamp_that_fits_no_entry_is_seen_without_the_hall(whole: WholeDesk) -> None:
    desk = limited(whole, None)
    stamp(whole, hash="0" * 64)
    assert desk.link().audit is Standing.REFUSED


@pytest.mark.parametrize(("stop", "goes_on"), [(None, True), (2 * DAY, False)])
def test_a_chain_that_the_hall_refuses_is_shown_and_stops_only_as_the_settings_say(
    whole: WholeDesk, stop: timedelta | None, goes_on: bool
) -> None:
    desk = limited(whole, stop)
    with whole.unit() as unit:
        unit.station.remember("audit_trouble", "audit_rolled_back 17")
        unit.commit()
    assert desk.link().audit is Standing.REFUSED
    if goes_on:
        desk.receive()
    else:
        assert refusal(desk) is Failure.AUDIT_STOPPED


def test_an_auditor_sees_who_asked_what_and_why_and_their_looks_are_written_down_too(
    whole: WholeDesk,
) -> None:
    desk = filled(whole)
    desk.receive()
    whole.hall.noticed = (Alarm("a", AT, "440104", "clerk", "self", "c", "household.check", 1),)
    desk.sign_out()
    desk.sign_in("auditor", PASSWORD)
    found = desk.audit_search(AuditFilter(actor="clerk", deeds=(Deed.VERIFIED,)))
    lines = desk.audit_lines(found)
    assert all(line.asked is not None and line.asked.zh != line.asked.en for line in lines)
    assert all(line.why is not None and line.why.zh for line in lines)
    assert all(line.actor == "clerk" and line.case for line in lines)
    state = desk.audit_state()
    assert (state.exposed, state.entries) == (state.entries, len(desk.audit_search(AuditFilter())) - 1)
    (looked,) = desk.audit_lines(
        desk.audit_search(AuditFilter(actor="auditor", deeds=(Deed.AUDIT_READ,)))[-1:]
    )
    assert looked.note == "actor=clerk deeds=verified"
    assert [alarm.kind for alarm in desk.alarms()] == ["self"]


def test_what_was_revealed_is_named_as_on_the_form(whole: WholeDesk) -> None:
    desk = filled(whole)
    desk.reveal("mother.id_no")
    desk.sign_out()
    desk.sign_in("auditor", PASSWORD)
    (line,) = desk.audit_lines(desk.audit_search(AuditFilter(deeds=(Deed.REVEALED,))))
    assert line.note == ""
    assert line.asked is not None
    assert line.asked.zh != line.asked.en


def test_what_an_auditor_types_by_mistake_is_not_written_down(whole: WholeDesk) -> None:
    desk = whole.open_up("auditor")
    for typed in ("测试一", "44010018990101002X", "a name"):
        desk.audit_search(AuditFilter(case=typed))
    (*_, last) = desk.audit_lines(desk.audit_search(AuditFilter(deeds=(Deed.AUDIT_READ,))))
    notes = {line.note for line in desk.audit_lines(desk.audit_search(AuditFilter(deeds=(Deed.AUDIT_READ,))))}
    assert last.note == "case=?"
    assert notes == {"case=?", "deeds=audit_read"}


@pytest.mark.parametrize("login", ["clerk", "agent", "supervisor"])
def test_nobody_else_reads_the_trail(whole: WholeDesk, login: str) -> None:
    desk = whole.open_up(login)
    for look in (
        desk.audit_state,
        lambda: desk.audit_search(AuditFilter()),
        lambda: desk.audit_lines((1,)),
        lambda: desk.audit_export("x"),
        desk.alarms,
    ):
        with pytest.raises(Refused) as caught:
            look()
        assert caught.value.failure is Failure.ROLE_MISSING


def test_an_auditor_opens_and_changes_no_case(whole: WholeDesk) -> None:
    desk = whole.open_up("auditor")
    for deed in (
        desk.cases,
        lambda: desk.case("c"),
        lambda: desk.choose("newborn"),
        desk.receive,
        lambda: desk.accept_case("c"),
        lambda: desk.type_person("测试一", "44010018990101002X"),
        lambda: desk.search(""),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert caught.value.failure is Failure.ROLE_MISSING
