"""What every store promises the services: held against the fake and against real SQLCipher."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, a_case, a_receipt, a_visit, an_enrolment
from tests.fakes.chain import stamp_of
from tests.fakes.proposals import a_proposal
from tests.fakes.staff import STAFF
from tests.fakes.store import FakeStore
from wire.calendar import WorkingDayTable
from wire.codec import digest
from wire.evaluation import Stage
from wire.messages import Change, ChangeKind, Party, StaffList, StaffPolicy
from wire.numbers import NumberBlock
from wire.signed import sign_receipt
from wire.standing import CaseStanding, FieldDiffers
from workstation.domain.approval import ProposalState
from workstation.domain.audit import GENESIS, AuditFilter
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.evaluation import EvaluationAsked, Sitting
from workstation.domain.failures import Failure, Refused
from workstation.domain.finding import wanted
from workstation.domain.outbox import BROKE_OFTEN, HALL_BROKE, OutboxState, QueueState, Waiting
from workstation.domain.queue import Matter, Ticket, TicketState
from workstation.domain.sheet import Batch, BatchState, Fate, Sheet, Spool, SpoolState
from workstation.domain.slip import Print, SlipKind
from workstation.domain.uploads import Upload
from workstation.services.ports import OpenUnit, Unit
from workstation.storage.database import open_store


@pytest.fixture(params=["fake", "real"])
def open_unit(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenUnit]:
    if request.param == "fake":
        yield FakeStore().unit
        return
    store = open_store(tmp_path / "station.db", bytes(32), busy_ms=50)
    try:
        yield store.unit
    finally:
        store.close()


def put(unit: Unit, event: str, subject: str) -> Waiting:
    return unit.outbox.add(
        id=event, subject=subject, kind="case_received", at=NOW, actor="clerk", body=f'{{"of":"{event}"}}'
    )


def queue(open_unit: OpenUnit, *events: str) -> list[Waiting]:
    """Commit envelopes named "<subject>.<n>"."""
    with open_unit() as unit:
        waiting = [put(unit, event, event.partition(".")[0]) for event in events]
        unit.commit()
    return waiting


def due(open_unit: OpenUnit, limit: int = 100, after: timedelta = timedelta()) -> list[str]:
    with open_unit() as unit:
        return [waiting.envelope.id for waiting in unit.outbox.due(NOW + after, limit)]


# -- the audit chain: what an auditor looks for, and the hall's stamps ---------------------------------
def noted(open_unit: OpenUnit) -> None:
    """Six entries of two people on three days about two cases."""
    with open_unit() as unit:
        unit.cases.add(a_case(1))
        for n, (actor, deed, case) in enumerate(
            [
                ("clerk", Deed.SIGNED_IN, ""),
                ("clerk", Deed.RECEIVED, "case-0001"),
                ("agent", Deed.REVEALED, "case-0001"),
                ("clerk", Deed.RECEIVED, "case-0002"),
                ("agent", Deed.PRINTED, "case-0002"),
                ("clerk", Deed.SIGNED_OUT, ""),
            ]
        ):
            note = f"R-{case}" if deed is Deed.RECEIVED else ""
            unit.audit.note(at=NOW + timedelta(hours=12 * n), actor=actor, deed=deed, case=case, note=note)
        unit.commit()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), (6, 5, 4, 3, 2, 1)),
        (AuditFilter(actor="agent"), (5, 3)),
        (AuditFilter(deeds=(Deed.RECEIVED,)), (4, 2)),
        (AuditFilter(case="case-0002"), (5, 4)),
        (AuditFilter(case=a_case(1).receipt_no), (3, 2)),
        (
            AuditFilter(case="R-case-0002"),
            (5, 4),
        ),  # by the number it had, though the case is not here any more
        (AuditFilter(since=NOW + timedelta(hours=12), until=NOW + timedelta(hours=36)), (3, 2)),
        (AuditFilter(since=NOW + timedelta(hours=12), actor="clerk", deeds=(Deed.RECEIVED,)), (4, 2)),
        (AuditFilter(actor="nobody"), ()),
    ],
    ids=lambda each: str(each)[-40:],
)
def test_an_auditor_finds_entries_newest_first(
    open_unit: OpenUnit, wanted: AuditFilter, found: tuple[int, ...]
) -> None:
    noted(open_unit)
    with open_unit() as unit:
        assert unit.audit.search(wanted) == found
        assert tuple(entry.seq for entry in unit.audit.lines(found)) == found
        assert unit.audit.actors() == ("agent", "clerk")


def test_the_newest_stamp_is_given_back_and_one_of_the_same_entry_takes_its_place(
    open_unit: OpenUnit,
) -> None:
    noted(open_unit)
    with open_unit() as unit:
        assert unit.audit.stamp() is None
        head, third = unit.audit.head(), unit.audit.entry(3)
        assert head is not None
        assert third is not None
        for stamp in (stamp_of(third), stamp_of(head), stamp_of(head, at=NOW + timedelta(days=9))):
            unit.audit.keep_stamp(stamp)
        unit.commit()
    with open_unit() as unit:
        assert unit.audit.stamps() == (stamp_of(third), stamp_of(head, at=NOW + timedelta(days=9)))
        assert unit.audit.stamp() == unit.audit.stamps()[-1]
        assert unit.audit.entry(7) is None


def test_what_the_station_remembers_is_given_back(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert unit.station.fact("audit_trouble") == ""
        unit.station.remember("audit_trouble", "one")
        unit.station.remember("audit_trouble", "two")
        unit.commit()
    with open_unit() as unit:
        assert unit.station.fact("audit_trouble") == "two"


def test_a_purged_case_is_gone_with_steps_sheets_and_scans_that_nobody_else_names(
    open_unit: OpenUnit,
) -> None:
    queue(open_unit, "case-0001.1")
    with open_unit() as unit:
        kept, lost = unit.blobs.put(b"kept"), unit.blobs.put(b"lost")
        unit.cases.add(a_case(1, blobs=(kept, lost)))
        unit.cases.add(a_case(2, blobs=(kept,)))
        unit.prints.add(Print("S1", "case-0001", SlipKind.RECEIPT, 0, "1", "clerk", NOW, "0" * 64, "S1.pdf"))
        assert unit.purges.unsent("case-0001")
        step = unit.outbox.due(NOW, 1)[0].envelope
        unit.outbox.acked(step.id, a_receipt(step.id, step.sha256))
        assert unit.purges.unsent("case-0001")  # its scans
        unit.blobs.sent(kept)
        unit.blobs.sent(lost)
        assert not unit.purges.unsent("case-0001")
        assert {k: v for k, v in unit.purges.purge("case-0001").items() if v} == {
            "cases": 1,
            "sheets": 1,
            "steps": 1,
        }
        assert unit.purges.orphans() == 1
        unit.commit()
    with open_unit() as unit:
        assert [case.id for case in unit.cases.latest(9)] == ["case-0002"]
        assert unit.blobs.get(kept) == b"kept"
        with pytest.raises(KeyError):
            unit.blobs.get(lost)
        assert unit.prints.of_case("case-0001") == ()
        # The chain of steps goes on: the hall sees no gap.
        assert put(unit, "case-0002.1", "case-0002").envelope.prev == step.sha256


def test_reports_of_purges_are_kept_newest_first(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert [unit.purges.keep_report(NOW, "{}"), unit.purges.keep_report(NOW, '{"n":2}')] == [1, 2]
        unit.commit()
    with open_unit() as unit:
        assert unit.purges.reports() == ((2, NOW, '{"n":2}'), (1, NOW, "{}"))


def test_concluded_cases_come_longest_concluded_first_and_in_parts(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for n in (1, 2, 3):
            unit.cases.add(replace(a_case(n), concluded_at=NOW - timedelta(days=n)))
        unit.cases.add(a_case(4))
        unit.commit()
    with open_unit() as unit:
        before = NOW - timedelta(hours=36)
        assert [c.id for c in unit.cases.ended_before(NOW, 9)] == ["case-0003", "case-0002", "case-0001"]
        assert [c.id for c in unit.cases.ended_before(before, 9)] == ["case-0003", "case-0002"]
        assert [c.id for c in unit.cases.ended_before(NOW, 1, 1)] == ["case-0002"]


# -- the transaction ---------------------------------------------------------------------------------
WRITES: dict[str, Callable[[Unit], object]] = {
    "case": lambda unit: unit.cases.add(a_case()),
    "draft": lambda unit: unit.drafts.save(a_visit()),
    "envelope": lambda unit: put(unit, "a.1", "a"),
    "audit": lambda unit: unit.audit.note(at=NOW, actor="clerk", deed=Deed.SIGNED_IN),
    "blob": lambda unit: unit.blobs.put(b"scan"),
    "enrolment": lambda unit: unit.station.enrol("http://hall", an_enrolment(), DEVICE_KEY),
    "number": lambda unit: unit.station.next_number("receipt"),
    "cursor": lambda unit: unit.station.move_cursor("7"),
    "waiting": lambda unit: unit.station.wait_for("a", waits=True),
    "held": lambda unit: unit.station.hold(Change("a", 1, ChangeKind.CASE_REGISTERED, "{}")),
}


def everything(open_unit: OpenUnit) -> list[object]:
    with open_unit() as unit:
        return [
            unit.cases.latest(9),
            unit.cases.count(),
            unit.drafts.all(),
            unit.outbox.due(NOW, 9),
            unit.outbox.state(),
            unit.audit.entries(),
            unit.station.enrolment(),
            unit.station.hall_url(),
            unit.station.account("clerk"),
            unit.station.next_number("receipt"),
            unit.station.cursor(),
            unit.station.waiting(),
            unit.station.held_changes(),
            "blob" if has_blob(unit) else "no blob",
        ]


def has_blob(unit: Unit) -> bool:
    try:
        return unit.blobs.get(digest("scan")) == b"scan"
    except KeyError:
        return False


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_is_not_committed_never_was(open_unit: OpenUnit, write: Callable[[Unit], object]) -> None:
    before = everything(open_unit)
    with open_unit() as unit:
        write(unit)
    with pytest.raises(ZeroDivisionError), open_unit() as unit:
        write(unit)
        _ = 1 / 0
    assert everything(open_unit) == before


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_is_committed_stays(open_unit: OpenUnit, write: Callable[[Unit], object]) -> None:
    before = everything(open_unit)
    with open_unit() as unit:
        write(unit)
        unit.commit()
    assert everything(open_unit) != before


def test_writes_after_a_commit_need_their_own(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.cases.add(a_case(1))
        unit.commit()
        unit.cases.add(a_case(2))
    with open_unit() as unit:
        assert unit.cases.latest(9) == (a_case(1),)


def test_a_second_writer_is_told_that_the_store_is_busy(open_unit: OpenUnit) -> None:
    with open_unit() as first:
        first.cases.add(a_case())
        with pytest.raises(Refused) as caught, open_unit():
            pass
        first.commit()
    assert caught.value.failure is Failure.STORE_BUSY
    with open_unit() as unit:
        assert unit.cases.count() == 1


# -- cases and drafts --------------------------------------------------------------------------------
def test_a_case_comes_back_as_it_was(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.cases.add(a_case())
        unit.commit()
    with open_unit() as unit:
        assert unit.cases.get("case-0001") == a_case()
        assert unit.cases.by_receipt(a_case().receipt_no) == a_case()
        assert unit.cases.by_receipt("none") is None


def test_a_saved_case_replaces_what_stood_there(open_unit: OpenUnit) -> None:
    accepted = replace(a_case(), status=CaseStatus.ACCEPTED, rev=3, prints={"RCP": 1})
    with open_unit() as unit:
        unit.cases.add(a_case())
        unit.cases.save(accepted)
        assert unit.cases.get(accepted.id) == accepted
        assert unit.cases.latest(9, [CaseStatus.RECEIVED]) == ()
        assert unit.cases.latest(9, [CaseStatus.ACCEPTED]) == (accepted,)


def test_a_case_that_is_not_here_is_refused(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for call in (lambda: unit.cases.get("case-0001"), lambda: unit.cases.save(a_case())):
            with pytest.raises(Refused) as caught:
                call()
            assert caught.value.failure is Failure.CASE_UNKNOWN


def test_no_receipt_number_stands_for_two_cases(open_unit: OpenUnit) -> None:
    twin = replace(a_case(2), receipt_no=a_case(1).receipt_no)
    with pytest.raises((ValueError, dbapi2.IntegrityError)), open_unit() as unit:
        unit.cases.add(a_case(1))
        unit.cases.add(twin)


def test_the_newest_cases_come_first(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for n in (2, 4, 1, 3):
            unit.cases.add(a_case(n, status=CaseStatus.DECIDED if n == 2 else CaseStatus.RECEIVED))
        assert [case.id[-1] for case in unit.cases.latest(3)] == ["4", "3", "2"]
        assert [case.id[-1] for case in unit.cases.latest(9, [CaseStatus.RECEIVED])] == ["4", "3", "1"]
        assert [case.id[-1] for case in unit.cases.latest(9, [CaseStatus.DECIDED])] == ["2"]
        assert unit.cases.count() == 4


def test_a_draft_comes_back_as_it_was_last_saved(open_unit: OpenUnit) -> None:
    longer = replace(a_visit(1), receipt_no="4401042611230000001")
    with open_unit() as unit:
        unit.drafts.save(a_visit(1))
        unit.drafts.save(a_visit(2))
        assert unit.drafts.all() == (a_visit(2), a_visit(1))
        unit.drafts.save(longer)
        unit.commit()
    with open_unit() as unit:
        assert unit.drafts.all() == (longer, a_visit(2))
        unit.drafts.drop("case-0001")
        unit.drafts.drop("never-there")
        assert unit.drafts.all() == (a_visit(2),)


# -- outbox ------------------------------------------------------------------------------------------
def test_envelopes_are_numbered_without_gaps_and_chained(open_unit: OpenUnit) -> None:
    queue(open_unit, "a.1")
    with open_unit() as unit:
        put(unit, "lost", "a")  # Rolled back: its number must not be missing afterwards.
    queue(open_unit, "b.1", "a.2")
    with open_unit() as unit:
        envelopes = [waiting.envelope for waiting in unit.outbox.due(NOW, 9)]
    assert [e.seq for e in envelopes] == [1, 2, 3]
    assert [e.prev for e in envelopes] == [GENESIS, envelopes[0].sha256, envelopes[1].sha256]
    assert all(e.sha256 == digest(e.body) for e in envelopes)


def test_due_envelopes_come_in_order_and_not_more_than_asked(open_unit: OpenUnit) -> None:
    queued = queue(open_unit, "a.1", "b.1", "a.2")
    assert due(open_unit) == ["a.1", "b.1", "a.2"]
    assert due(open_unit, limit=2) == ["a.1", "b.1"]
    with open_unit() as unit:
        assert list(unit.outbox.due(NOW, 9)) == queued
        assert [w.envelope.id for w in unit.outbox.due(NOW, 9, ("a",))] == ["b.1"]
        assert unit.outbox.due(NOW, 9, {"a", "b"}) == ()


def test_a_failed_envelope_waits_and_keeps_only_its_own_case_waiting(open_unit: OpenUnit) -> None:
    queue(open_unit, "a.1", "a.2", "b.1")
    with open_unit() as unit:
        unit.outbox.failed("a.1", "hall_busy", NOW + timedelta(seconds=10))
        unit.commit()
    assert due(open_unit) == ["b.1"]
    assert due(open_unit, after=timedelta(seconds=10)) == ["a.1", "a.2", "b.1"]
    with open_unit() as unit:
        first = unit.outbox.due(NOW + timedelta(seconds=10), 1)[0]
    assert (first.tries, first.trouble, first.next_at) == (1, "hall_busy", NOW + timedelta(seconds=10))


def test_a_parked_envelope_blocks_only_its_own_case(open_unit: OpenUnit) -> None:
    queue(open_unit, "a.1", "b.1", "a.2", "b.2")
    with open_unit() as unit:
        unit.outbox.parked("a.1", "malformed")
        unit.commit()
    assert due(open_unit, after=timedelta(days=30)) == ["b.1", "b.2"]
    with open_unit() as unit:
        assert unit.outbox.state() == QueueState(pending=3, parked=1, oldest=NOW)


def test_an_acknowledged_envelope_keeps_the_halls_signed_word(open_unit: OpenUnit) -> None:
    sha256 = queue(open_unit, "a.1", "a.2")[0].envelope.sha256
    receipt = a_receipt("a.1", sha256)
    with open_unit() as unit:
        assert unit.outbox.receipt("a.1") is None
        unit.outbox.acked("a.1", receipt)
        unit.commit()
    assert due(open_unit) == ["a.2"]
    with open_unit() as unit:
        assert unit.outbox.receipt("a.1") == receipt
        assert unit.outbox.has_unsent("a")
        unit.outbox.acked("a.2", a_receipt("a.2", sha256))
        assert not unit.outbox.has_unsent("a")
        assert unit.outbox.state() == QueueState(0, 0, None)


@pytest.mark.parametrize("late", ["failed", "parked"])
def test_a_late_trouble_takes_nothing_back_from_what_is_acknowledged(open_unit: OpenUnit, late: str) -> None:
    sha256 = queue(open_unit, "a.1")[0].envelope.sha256
    with open_unit() as unit:
        unit.outbox.acked("a.1", a_receipt("a.1", sha256))
        if late == "failed":
            unit.outbox.failed("a.1", "hall_busy", NOW)
        else:
            unit.outbox.parked("a.1", "malformed")
        assert unit.outbox.state() == QueueState(0, 0, None)
        assert unit.outbox.receipt("a.1") == a_receipt("a.1", sha256)


def test_a_word_about_an_unknown_envelope_is_an_error(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        with pytest.raises(KeyError):
            unit.outbox.acked("a.1", a_receipt("a.1", "0" * 64))
        with pytest.raises(KeyError):
            unit.outbox.parked("a.1", "malformed")


def test_a_queued_envelope_is_pending_and_untried(open_unit: OpenUnit) -> None:
    waiting = queue(open_unit, "a.1")[0]
    assert (waiting.state, waiting.tries, waiting.next_at, waiting.trouble) == (
        OutboxState.PENDING,
        0,
        None,
        "",
    )


def test_what_breaks_the_hall_again_and_again_is_told_once_others_are_through(open_unit: OpenUnit) -> None:
    sha256 = queue(open_unit, "z.1", "a.1", "b.1", "a.2")[0].envelope.sha256
    with open_unit() as unit:
        unit.outbox.acked("z.1", a_receipt("z.1", sha256))
        for _ in range(BROKE_OFTEN):
            unit.outbox.failed("a.1", HALL_BROKE, NOW)
            unit.outbox.failed("a.2", "gap", NOW)
        assert unit.outbox.stuck_items() == ()  # nothing that came later got through
        unit.outbox.acked("b.1", a_receipt("b.1", sha256))
        assert [each.envelope.id for each in unit.outbox.stuck_items()] == ["a.1"]
        assert unit.outbox.state() == QueueState(pending=2, parked=1, oldest=NOW)
        assert [each.envelope.id for each in unit.outbox.waiting_items()] == ["a.1", "a.2"]
        unit.outbox.retry("a.1")
        assert unit.outbox.stuck_items() == ()
        assert unit.outbox.state() == QueueState(pending=2, parked=0, oldest=NOW)


# -- healing -----------------------------------------------------------------------------------------
def test_a_person_sees_what_is_parked_with_its_reason_and_lets_it_go_again(open_unit: OpenUnit) -> None:
    queue(open_unit, "a.1", "a.2", "b.1")
    held = CaseStanding("accepted", 3, "440105", "02", "other", NOW, (FieldDiffers("state", "a", "b"),))
    with open_unit() as unit:
        unit.outbox.failed("b.1", "hall_busy", NOW + timedelta(seconds=10))
        unit.outbox.parked("a.1", "case_known", held)
        unit.commit()
    with open_unit() as unit:
        (parked,) = unit.outbox.parked_items()
        assert (parked.envelope.id, parked.trouble, parked.standing) == ("a.1", "case_known", held)
        assert [each.envelope.id for each in unit.outbox.waiting_items()] == ["a.2", "b.1"]
        assert unit.outbox.waiting_items()[1].next_at == NOW + timedelta(seconds=10)
        unit.outbox.retry("a.1")
        unit.outbox.retry("b.1")
        unit.commit()
    assert due(open_unit) == ["a.1", "a.2", "b.1"]
    with open_unit() as unit:
        again = unit.outbox.due(NOW, 1)[0]
        assert (again.tries, again.trouble, again.standing) == (0, "", None)
        with pytest.raises(KeyError):
            unit.outbox.retry("never")


def test_what_a_restored_hall_had_signed_goes_again_and_both_words_are_kept(open_unit: OpenUnit) -> None:
    first, second = (w.envelope for w in queue(open_unit, "a.1", "b.1"))
    before, late = (
        a_receipt("a.1", first.sha256),
        sign_receipt("a.1", first.sha256, NOW + timedelta(1), HALL_KEY),
    )
    with open_unit() as unit:
        unit.outbox.all_acked({"a.1": before, "b.1": a_receipt("b.1", second.sha256)})
        unit.commit()
    with open_unit() as unit:
        assert unit.outbox.send_again(NOW + timedelta(seconds=1), "e1") == 0
        assert unit.outbox.send_again(NOW, "e1") == 2
        unit.commit()
    with open_unit() as unit:
        waiting = unit.outbox.due(NOW, 9)
        assert [(w.envelope, w.again) for w in waiting] == [(first, True), (second, True)]
        assert unit.outbox.has_unsent("a")
        assert unit.outbox.receipt("a.1") == before
        unit.outbox.acked("a.1", late)
        unit.commit()
    with open_unit() as unit:
        assert unit.outbox.receipt("a.1") == late
        assert unit.outbox.earlier_receipts("a.1") == (("e1", before),)
        assert due_of(unit) == ["b.1"]


def test_a_station_enrolled_anew_counts_from_one_with_the_same_events(open_unit: OpenUnit) -> None:
    old = [w.envelope for w in queue(open_unit, "a.1", "a.2", "b.1")]
    with open_unit() as unit:
        unit.station.enrol("http://hall", an_enrolment(), bytes(32))
        unit.outbox.acked("a.1", a_receipt("a.1", old[0].sha256))
        unit.outbox.parked("b.1", "seq_reused")
        unit.commit()
    with open_unit() as unit:
        unit.station.enrol("http://hall", replace(an_enrolment(), incarnation=2), bytes(32))
        assert unit.outbox.number_anew() == 2
        unit.outbox.retry("b.1")
        unit.commit()
    with open_unit() as unit:
        new = [w.envelope for w in unit.outbox.due(NOW, 9)]
        assert new == [replace(old[1], seq=1, prev=GENESIS), replace(old[2], seq=2, prev=old[1].sha256)]
        assert put(unit, "c.1", "c").envelope.seq == 3


def test_an_incarnation_that_a_restored_hall_gives_again_is_counted_from_one_again(
    open_unit: OpenUnit,
) -> None:
    """The hall has forgotten it: places behind those of before would be a gap there, and after ten thousand no place at all."""
    me = replace(an_enrolment(), incarnation=2)
    with open_unit() as unit:
        unit.station.enrol("http://hall", me, bytes(32))
        unit.commit()
    signed, kept, later = (w.envelope for w in queue(open_unit, "a.1", "a.2", "b.1"))
    with open_unit() as unit:
        unit.outbox.acked("a.1", a_receipt("a.1", signed.sha256))
        unit.commit()
    with open_unit() as unit:
        unit.station.renew(me)
        assert unit.outbox.number_anew() == 2
        new = [w.envelope for w in unit.outbox.due(NOW, 9)]
        assert new == [replace(kept, seq=1, prev=GENESIS), replace(later, seq=2, prev=kept.sha256)]
        assert put(unit, "c.1", "c").envelope.seq == 3


def test_a_case_is_not_let_go_while_the_hall_may_still_forget_it(open_unit: OpenUnit) -> None:
    sha256 = queue(open_unit, "a.1")[0].envelope.sha256
    with open_unit() as unit:
        unit.outbox.acked("a.1", a_receipt("a.1", sha256))
        unit.commit()
    with open_unit() as unit:
        assert not unit.purges.unsent("a")
        assert unit.purges.unsent("a", NOW - timedelta(seconds=1))
        assert not unit.purges.unsent("a", NOW)


def due_of(unit: Unit) -> list[str]:
    return [w.envelope.id for w in unit.outbox.due(NOW, 9)]


# -- audit, prints, blobs ----------------------------------------------------------------------------
def test_the_audit_chain_grows_and_is_intact(open_unit: OpenUnit) -> None:
    for n in range(3):
        with open_unit() as unit:
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.LOOKED_UP, case=f"case-{n}", note="rule")
            unit.commit()
    with open_unit() as unit:
        entries = unit.audit.entries()
    assert [e.seq for e in entries] == [1, 2, 3]
    assert [e.prev for e in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert all(e.intact() for e in entries)
    assert entries[1].case == "case-1"


def test_prints_are_kept_with_their_case(open_unit: OpenUnit) -> None:
    sheet = Print("S1", "case-0001", SlipKind.RECEIPT, 0, "1", "clerk", NOW, "0" * 64, "S1.pdf")
    again = replace(sheet, serial="S2", reprint=1)
    with open_unit() as unit:
        unit.cases.add(a_case())
        unit.prints.add(sheet)
        unit.prints.add(again)
        assert unit.prints.of_case("case-0001") == (sheet, again)
        assert unit.prints.of_case("case-0002") == ()
        assert unit.prints.find(again.serial) == again
        assert unit.prints.find("nowhere") is None
        void = replace(sheet, voided="replaced", replaced_by=again.serial)
        unit.prints.change(void)
        assert unit.prints.of_case("case-0001") == (void, again)


def test_a_serial_stands_on_one_sheet_only(open_unit: OpenUnit) -> None:
    sheet = Print("S1", "case-0001", SlipKind.RECEIPT, 0, "1", "clerk", NOW, "0" * 64, "S1.pdf")
    with pytest.raises((ValueError, IntegrityError)), open_unit() as unit:
        unit.cases.add(a_case())
        unit.prints.add(sheet)
        unit.prints.add(sheet)


def test_a_scan_comes_back_by_its_hash(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        sha256 = unit.blobs.put(b"scan\x00")
        assert unit.blobs.put(b"scan\x00") == sha256
        assert unit.blobs.get(sha256) == b"scan\x00"
        with pytest.raises(KeyError):
            unit.blobs.get("0" * 64)


def test_only_scans_of_cases_wait_for_the_hall_the_smallest_first(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        large, small, drafted = (unit.blobs.put(b"x" * n) for n in (900, 3, 1))
        assert unit.blobs.unsent(9) == ()
        unit.cases.add(a_case(1, blobs=(large,)))
        unit.cases.add(a_case(2))
        unit.cases.save(a_case(2, blobs=(small,)))  # A scan may come between receipt and acceptance.
        assert unit.blobs.unsent(9) == (small, large)
        assert unit.blobs.unsent(1) == (small,)
        unit.blobs.sent(small)
        unit.cases.save(a_case(2, blobs=(small,)))
        assert unit.blobs.unsent(9) == (large,)
        assert unit.blobs.get(drafted) == b"x"


def test_scans_that_were_set_aside_hide_none_that_could_go(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        large, small = (unit.blobs.put(b"x" * n) for n in (900, 3))
        unit.cases.add(a_case(1, blobs=(large, small)))
        unit.blobs.set_aside(small, "hall_broke")
        assert unit.blobs.unsent(1) == (large,)
        assert unit.blobs.unsent(9) == (large, small)


def test_how_far_a_scan_is_is_kept_set_aside_and_offered_again(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        scan = unit.blobs.put(b"x" * 30)
        unit.cases.add(a_case(1, blobs=(scan,)))
        unit.cases.add(a_case(2, blobs=(scan,)))
        unit.commit()
    with open_unit() as unit:
        assert unit.blobs.uploads(9) == (Upload(scan, 30, "case-0001"),)
        unit.blobs.moved(scan, "/v1/uploads/x", 20)
        unit.blobs.set_aside(scan, "too_large")
        unit.commit()
    with open_unit() as unit:
        aside = Upload(scan, 30, "case-0001", "/v1/uploads/x", 20, "too_large")
        assert unit.blobs.uploads(9) == (aside,)
        unit.blobs.try_again()
        assert unit.blobs.uploads(9) == (replace(aside, trouble=""),)
        unit.blobs.sent(scan)
        assert unit.blobs.uploads(9) == ()
        # A hall that was restored may have lost it.
        assert unit.blobs.send_again() == 1
        assert unit.blobs.uploads(9) == (Upload(scan, 30, "case-0001"),)
        unit.commit()


# -- station -----------------------------------------------------------------------------------------
def test_the_enrolment_is_kept_with_the_device_key(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert unit.station.enrolment() is None
        assert unit.station.hall_url() == ""
        with pytest.raises(Refused) as caught:
            unit.station.device_key()
        unit.station.enrol("http://hall", an_enrolment(), DEVICE_KEY)
        unit.commit()
    assert caught.value.failure is Failure.STATION_NOT_ENROLLED
    with open_unit() as unit:
        assert unit.station.enrolment() == an_enrolment()
        assert unit.station.hall_url() == "http://hall"
        assert unit.station.device_key() == DEVICE_KEY
        assert unit.station.account("clerk") == an_enrolment().staff[0]
        assert unit.station.account("nobody") is None


def test_failed_sign_ins_are_counted_until_one_works(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.station.enrol("http://hall", an_enrolment(), DEVICE_KEY)
        unit.station.sign_in_failed("nobody", NOW)
        assert unit.station.failed_sign_ins("nobody") == (0, None)
        assert unit.station.failed_sign_ins("clerk") == (0, None)
        unit.station.sign_in_failed("clerk", NOW)
        unit.station.sign_in_failed("clerk", NOW + timedelta(seconds=5))
        assert unit.station.failed_sign_ins("clerk") == (2, NOW + timedelta(seconds=5))
        unit.station.sign_in_worked("clerk")
        assert unit.station.failed_sign_ins("clerk") == (0, None)


def test_numbers_count_from_one_in_each_series(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert [unit.station.next_number("receipt") for _ in range(3)] == [1, 2, 3]
        assert unit.station.next_number("slip") == 1
        unit.commit()
    with open_unit() as unit:
        assert unit.station.next_number("receipt") == 4


def test_the_cursor_starts_empty_and_moves(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert unit.station.cursor() == ""
        unit.station.move_cursor("e1.5")
        unit.station.move_cursor("e1.9")
        assert unit.station.cursor() == "e1.9"


def test_held_changes_are_released_once_in_order(open_unit: OpenUnit) -> None:
    first, second, third = (Change("a", rev, ChangeKind.SUB_CASE_MOVED, "{}") for rev in (2, 10, 3))
    other = Change("b", 1, ChangeKind.SUB_CASE_MOVED, "{}")
    with open_unit() as unit:
        for change in (second, first, other, third, first):
            unit.station.hold(change)
        assert unit.station.held_changes() == (first, third, second, other)
        assert unit.station.release("a") == (first, third, second)
        assert unit.station.release("a") == ()
        assert unit.station.held_changes() == (other,)


def test_cases_of_a_person_come_newest_first_and_nobody_elses(open_unit: OpenUnit) -> None:
    mine = [a_case(n) for n in (1, 2, 3)]
    person = mine[0].applicant.id_no
    other = replace(a_case(4), applicant=replace(mine[0].applicant, id_no="440100189901010011"))
    with open_unit() as unit:
        for case in (*mine, other):
            unit.cases.add(case)
        unit.commit()
    with open_unit() as unit:
        found = unit.cases.of_person(person, 2)
        assert [case.id for case in found] == [case.id for case in unit.cases.latest(9) if case != other][:2]
        assert unit.cases.of_person("nobody", 9) == ()


def test_cases_since_a_day_at_the_counter_are_those_received_then_or_later(open_unit: OpenUnit) -> None:
    midnight = datetime(2026, 11, 23, 16, tzinfo=UTC)  # the 24th begins at the counter
    before, after = (
        replace(a_case(n), received_at=midnight + timedelta(seconds=s)) for n, s in ((1, -1), (2, 0))
    )
    with open_unit() as unit:
        unit.cases.add(before)
        unit.cases.add(after)
        assert unit.cases.since(date(2026, 11, 24), 9) == (after,)
        assert unit.cases.since(date(2026, 11, 23), 9) == (after, before)
        assert unit.cases.since(date(2026, 11, 23), 1) == (after,)
        assert unit.cases.since(date(2026, 11, 25), 9) == ()


def test_one_draft_is_found_by_its_case(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.drafts.save(a_visit(1))
        assert unit.drafts.get(a_visit(1).case) == a_visit(1)
        assert unit.drafts.get("never-there") is None


def test_what_waits_is_remembered_until_it_waits_no_more(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for case in ("a", "b", "a"):
            unit.station.wait_for(case, waits=True)
        unit.commit()
    with open_unit() as unit:
        assert sorted(unit.station.waiting()) == ["a", "b"]
        unit.station.wait_for("a", waits=False)
        unit.station.wait_for("never-there", waits=False)
        assert unit.station.waiting() == ("b",)
    with open_unit() as unit:
        assert len(unit.station.waiting()) == 2  # rolled back with its unit


# -- staff ---------------------------------------------------------------------------------------------
def test_a_list_of_staff_takes_the_place_of_all_accounts_and_keeps_failures_of_who_stays(
    open_unit: OpenUnit,
) -> None:
    with open_unit() as unit:
        assert unit.station.staff_list() is None
        unit.station.enrol("http://hall", an_enrolment(bytes(32), DEVICE_KEY), DEVICE_KEY)
        unit.station.take_staff(StaffList("440104", 1, NOW, StaffPolicy(), STAFF, ""))
        for login in ("clerk", "agent"):
            unit.station.sign_in_failed(login, NOW)
        fewer = StaffList("440104", 2, NOW, StaffPolicy(), STAFF[:1], "")
        unit.station.take_staff(fewer)
        assert unit.station.staff_list() == fewer
        assert unit.station.account("clerk") == STAFF[0]
        assert unit.station.account("agent") is None
        assert unit.station.failed_sign_ins("clerk") == (1, NOW)
        unit.station.take_staff(StaffList("440104", 3, NOW, StaffPolicy(), STAFF, ""))
        assert unit.station.failed_sign_ins("agent") == (0, None)


def test_the_latest_time_is_what_was_written_last(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        assert unit.station.latest_time() is None
        unit.station.saw_time(NOW)
        unit.station.saw_time(NOW - timedelta(days=1))
        assert unit.station.latest_time() == NOW - timedelta(days=1)


# -- proposals -----------------------------------------------------------------------------------------
def test_open_proposals_come_newest_first_and_ended_ones_not(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.cases.add(replace(a_case(1), id="a"))
        unit.cases.add(replace(a_case(2), id="b"))
        made = [a_proposal("p1", "a"), a_proposal("p2", "b", 5), a_proposal("p3", "a", 9)]
        for each in made:
            unit.proposals.add(each)
        assert [p.id for p in unit.proposals.open()] == ["p3", "p2", "p1"]
        unit.proposals.save(replace(made[2], state=ProposalState.DECLINED))
        assert [p.id for p in unit.proposals.open()] == ["p2", "p1"]
        assert [p.id for p in unit.proposals.of_case("a")] == ["p1", "p3"]
        assert unit.proposals.get("p2") == made[1]
        for call in (lambda: unit.proposals.get("none"), lambda: unit.proposals.save(a_proposal("n", "a"))):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.failure is Failure.CASE_UNKNOWN


# -- evaluations ---------------------------------------------------------------------------------------
def an_asking(visit: str, case: str, sitting: Sitting = Sitting.COUNTER, nth: int = 1) -> EvaluationAsked:
    stage = Stage.RESULT if sitting is Sitting.RESULT else Stage.RECEIPT
    return EvaluationAsked(visit, case, sitting, stage, nth, "clerk", "01", NOW + timedelta(minutes=nth))


def test_a_sitting_is_asked_about_once_and_its_end_is_all_that_changes(open_unit: OpenUnit) -> None:
    first, result = an_asking("v1", "a"), an_asking("v2", "a", Sitting.RESULT, 2)
    with open_unit() as unit:
        for each in (result, first, an_asking("v3", "b")):
            unit.evaluations.add(each)
        unit.commit()
    with open_unit() as unit:
        assert unit.evaluations.of_case("a") == (first, result)
        assert unit.evaluations.get("none") is None
        unit.evaluations.save(replace(first, ended_at=NOW, clerk="somebody else"))
        unit.commit()
    with open_unit() as unit:
        assert unit.evaluations.get("v1") == replace(first, ended_at=NOW)
        assert [each.visit for each in unit.evaluations.open()] == ["v3", "v2"]
    with open_unit() as unit, pytest.raises((ValueError, IntegrityError)):
        unit.evaluations.add(an_asking("v4", "a"))


# -- finding cases -------------------------------------------------------------------------------------
def test_cases_are_found_by_name_initials_and_numbers_the_last_that_came_in_first(
    open_unit: OpenUnit,
) -> None:
    with open_unit() as unit:
        for n, name in enumerate(("欧阳三", "测试一", "欧阳·三"), 1):
            unit.cases.add(replace(a_case(n), applicant=Party(name, "111", f"44010018990101{n:04d}")))
        unit.commit()
    with open_unit() as unit:
        while unit.cases.make_findable(2):
            pass
        unit.commit()
    with open_unit() as unit:
        for typed, found in (
            ("欧阳", ["case-0003", "case-0001"]),
            ("阳三", ["case-0003", "case-0001"]),
            ("oys", ["case-0003", "case-0001"]),
            ("csy", ["case-0002"]),
            ("010002", ["case-0002"]),
            (a_case(3).receipt_no, ["case-0003"]),
            ("没有", []),
        ):
            looked_for = wanted(typed)
            assert looked_for is not None
            whole = unit.cases.find(looked_for, 9, 9)
            assert ([case.id for case in whole.cases], whole.places) == (found, ()), typed
            first = unit.cases.find(looked_for, 1, 1)
            assert ([case.id for case in first.cases], first.places) == (found[:1], ()), typed
            part = unit.cases.find(looked_for, 9, 1)
            rest = unit.cases.fitting(part.places, looked_for)
            assert [case.id for case in (*part.cases, *rest)] == found, typed
            assert len(part.cases) == min(len(found), 1)


def test_what_does_not_fit_any_more_is_no_part_of_what_was_found(open_unit: OpenUnit) -> None:
    named, other = wanted("测试一"), wanted("欧阳三")
    assert named is not None
    assert other is not None
    with open_unit() as unit:
        for n in (1, 2, 3):
            unit.cases.add(replace(a_case(n), applicant=Party("测试一", "111", f"44010018990101{n:04d}")))
        unit.cases.make_findable(9)
        first = unit.cases.find(named, 9, 1)
        assert ([case.id for case in first.cases], len(first.places)) == (["case-0003"], 2)
        renamed = replace(a_case(2), applicant=Party("欧阳三", "111", "440100189901010002"))
        unit.cases.save(renamed)
        # Before it is written down anew the index still has the old name, beside a case that has another one.
        unit.commit()
    with open_unit() as unit:
        assert [case.id for case in unit.cases.fitting(first.places, named)] == ["case-0001"]
        assert [case.id for case in unit.cases.find(named, 9, 2).cases] == ["case-0003", "case-0001"]
        assert unit.cases.fitting(first.places, other) == (renamed,)


def test_the_list_goes_on_behind_a_case_also_among_those_of_one_moment(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for n in range(1, 8):
            unit.cases.add(replace(a_case(n), received_at=NOW + timedelta(hours=n // 3)))
        unit.commit()
    with open_unit() as unit:
        whole = unit.cases.latest(99)
        assert [case.id for case in whole] == [f"case-{n:04d}" for n in range(7, 0, -1)]
        for at, last in enumerate(whole):
            assert unit.cases.latest(2, after=last) == whole[at + 1 : at + 3]
        assert unit.cases.latest(9, (CaseStatus.ACCEPTED,), whole[0]) == ()


def test_what_was_found_is_gone_with_the_purge(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for n in (1, 2):
            unit.cases.add(a_case(n))
        unit.cases.make_findable(9)
        unit.purges.purge("case-0001")
        unit.cases.make_findable(9)
        unit.commit()
    looked_for = wanted(a_case(1).applicant.name)
    assert looked_for is not None
    with open_unit() as unit:
        assert [case.id for case in unit.cases.find(looked_for, 9, 9).cases] == ["case-0002"]


def test_what_is_set_aside_goes_nowhere_and_is_given_back_once(open_unit: OpenUnit) -> None:
    queue(open_unit, "a.1", "a.2", "b.1")
    with open_unit() as unit:
        unit.outbox.parked("a.1", "case_known")
        unit.commit()
    with open_unit() as unit:
        assert [each.envelope.id for each in unit.outbox.set_aside("a")] == ["a.1", "a.2"]
        assert unit.outbox.set_aside("a") == ()
        unit.commit()
    assert due(open_unit, after=timedelta(days=9)) == ["b.1"]
    with open_unit() as unit:
        assert unit.outbox.state() == QueueState(1, 0, NOW)
        assert not unit.outbox.has_unsent("a")
        assert not unit.purges.unsent("a")


def test_a_lane_is_of_one_device_and_one_incarnation(open_unit: OpenUnit) -> None:
    me = an_enrolment()
    with open_unit() as unit:
        unit.station.enrol("http://hall", me, DEVICE_KEY)
        assert unit.station.lane() == ""
        unit.station.take_block(NumberBlock(me.station, me.device, 1, "A7", "w", NOW, ""))
        assert unit.station.lane() == "A7"
        unit.station.enrol("http://hall", replace(me, incarnation=2), DEVICE_KEY)
        with pytest.raises(Refused) as caught:
            unit.station.lane()
        assert caught.value.failure is Failure.NUMBERS_MISSING


# -- tables of working days ------------------------------------------------------------------------------
def test_tables_are_kept_for_ever_and_the_newest_of_each_owner_is_found(open_unit: OpenUnit) -> None:
    def table(version: str, number: int) -> WorkingDayTable:
        days = (date(2026, 10, 1),)
        since, until = date(2026, 1, 1), date(2026, 12, 31)
        return WorkingDayTable(version, number, NOW, "x", "r", "s", since, until, days, ())

    with open_unit() as unit:
        assert unit.calendars.newest(own=False) is None
        for version, number, own in (("hall-1", 1, False), ("hall-2", 2, False), ("440104-1", 1, True)):
            unit.calendars.add(table(version, number), own=own)
        unit.calendars.add(table("hall-1", 9), own=False)  # the same version again changes nothing
        unit.commit()
    with open_unit() as unit:
        newest, mine = unit.calendars.newest(own=False), unit.calendars.newest(own=True)
        assert newest is not None
        assert mine is not None
        assert (newest.version, mine.version) == ("hall-2", "440104-1")
        assert unit.calendars.get("hall-1") == table("hall-1", 1)
        assert unit.calendars.get("none") is None
        assert [(kept.version, own) for kept, own in unit.calendars.all()] == [
            ("hall-2", False),
            ("hall-1", False),
            ("440104-1", True),
        ]


# -- sheets ----------------------------------------------------------------------------------------------
def a_sheet(serial: str, case: str = "case-0001", **but: object) -> Sheet:
    """A result slip as the ledger has it; its PDF is its serial."""
    digest_of = hashlib.sha256(serial.encode()).hexdigest()
    made = Sheet(serial, case, SlipKind.RESULT, 0, "clerk", NOW, digest_of)
    return replace(made, **but)  # type: ignore[arg-type]


def keep(open_unit: OpenUnit, *sheets: Sheet) -> None:
    with open_unit() as unit:
        for sheet in sheets:
            unit.sheets.add(sheet, sheet.serial.encode())
        unit.commit()


def serials(sheets: tuple[Sheet, ...]) -> list[str]:
    return [sheet.serial for sheet in sheets]


def test_a_sheet_comes_back_as_it_went_in_with_its_bytes(open_unit: OpenUnit) -> None:
    sheet = a_sheet("S1", batch="b", place=3)
    keep(open_unit, sheet)
    spool = Spool("office", 17, SpoolState.STOPPED, "media-jam", began=True, handed_at=NOW)
    with open_unit() as unit:
        assert unit.sheets.get("S1") == sheet
        assert unit.sheets.pdf("S1") == b"S1"
        unit.sheets.save(replace(sheet, spool=spool))
        unit.commit()
    with open_unit() as unit:
        assert unit.sheets.get("S1").spool == spool
        for call in (lambda: unit.sheets.get("S2"), lambda: unit.sheets.save(a_sheet("S2"))):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.failure is Failure.SHEET_UNKNOWN


def test_sheets_are_found_by_what_is_still_to_do_with_them(open_unit: OpenUnit) -> None:
    queued = Spool("office", 1, SpoolState.QUEUED)
    keep(
        open_unit,
        a_sheet("S1", made_at=NOW + timedelta(minutes=2)),
        a_sheet("S2", spool=queued, batch="b"),
        a_sheet("S3", spool=queued, fate=Fate.VOID),
        a_sheet("S4", case="case-0002", fate=Fate.OUT, batch="b", made_at=NOW + timedelta(minutes=1)),
    )
    with open_unit() as unit:
        assert serials(unit.sheets.open(10)) == ["S2", "S1"]
        assert serials(unit.sheets.open(1)) == ["S2"]
        assert serials(unit.sheets.under_way(10)) == ["S2"]
        assert serials(unit.sheets.of_case("case-0001")) == ["S2", "S3", "S1"]
        assert serials(unit.sheets.of_batch("b")) == ["S2", "S4"]
        assert serials(unit.sheets.latest(3)) == ["S1", "S4", "S3"]


def test_a_decided_case_wants_its_slip_until_one_is_open_or_out(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        for n in range(1, 6):
            unit.cases.add(a_case(n, status=CaseStatus.DECIDED if n < 5 else CaseStatus.ACCEPTED))
        unit.commit()
    keep(
        open_unit,
        a_sheet("S1", "case-0001", fate=Fate.OUT),
        a_sheet("S2", "case-0002", fate=Fate.VOID),
        a_sheet("S3", "case-0003"),
        a_sheet("S4", "case-0004", kind=SlipKind.RECEIPT),
    )
    with open_unit() as unit:
        assert unit.sheets.slips_wanted(SlipKind.RESULT.value, 10) == ("case-0002", "case-0004")
        assert unit.sheets.slips_wanted(SlipKind.RESULT.value, 1) == ("case-0002",)


def test_there_is_one_open_batch_and_it_is_kept_as_it_moves(open_unit: OpenUnit) -> None:
    batch = Batch("b1", ("case-0001", "case-0002"), "supervisor", NOW, "office")
    with open_unit() as unit:
        assert unit.sheets.open_batch() is None
        unit.sheets.keep_batch(batch)
        unit.commit()
    with open_unit() as unit:
        assert unit.sheets.open_batch() == batch
        halted = replace(batch, state=BatchState.HALTED, reason="media-jam")
        unit.sheets.keep_batch(halted)
        assert unit.sheets.open_batch() == unit.sheets.batch("b1") == halted
        unit.sheets.keep_batch(replace(halted, state=BatchState.DONE))
        assert unit.sheets.open_batch() is None
        with pytest.raises(Refused) as refused:
            unit.sheets.batch("b2")
        assert refused.value.failure is Failure.BATCH_UNKNOWN


def test_a_purged_case_takes_its_sheets_along(open_unit: OpenUnit) -> None:
    with open_unit() as unit:
        unit.cases.add(a_case(1))
        unit.cases.add(a_case(2))
        unit.commit()
    keep(open_unit, a_sheet("S1"), a_sheet("S2", "case-0002"))
    with open_unit() as unit:
        unit.purges.purge("case-0001")
        unit.commit()
    with open_unit() as unit:
        assert unit.sheets.of_case("case-0001") == ()
        assert unit.sheets.pdf("S2") == b"S2"


def test_a_discarded_draft_takes_what_stood_on_its_sheets_and_leaves_their_serials(
    open_unit: OpenUnit,
) -> None:
    with open_unit() as unit:
        unit.drafts.save(a_visit(1))
        unit.sheets.add(a_sheet("S1"), b"S1")
        unit.commit()
    with open_unit() as unit:
        unit.drafts.drop("case-0001")
        unit.commit()
    with open_unit() as unit:
        assert unit.sheets.get("S1").serial == "S1"
        with pytest.raises(Refused) as refused:
            unit.sheets.pdf("S1")
        assert refused.value.failure is Failure.SHEET_UNKNOWN


def test_tickets_are_kept_by_day_in_their_order_and_forgotten(open_unit: OpenUnit) -> None:
    day = date(2026, 11, 23)
    first, second = (Ticket(f"t{n}", day, Matter.APPLY, n, NOW) for n in (1, 2))
    other = Ticket("t0", day - timedelta(days=1), Matter.ASK, 1, NOW)
    with open_unit() as unit:
        for ticket in (second, first, other):
            unit.tickets.add(ticket)
        unit.commit()
    with open_unit() as unit:
        unit.tickets.save(replace(first, state=TicketState.CALLED, calls=1))
        assert [each.id for each in unit.tickets.of_day(day)] == ["t1", "t2"]
        assert unit.tickets.get("t1").state is TicketState.CALLED
        for call in (lambda: unit.tickets.get("none"), lambda: unit.tickets.save(replace(first, id="none"))):
            with pytest.raises(Refused) as refused:
                call()
            assert refused.value.failure is Failure.TICKET_UNKNOWN
        assert unit.tickets.drop_before(day) == 1
        assert unit.tickets.of_day(other.day) == ()
        assert unit.tickets.of_day(day) != ()


def test_a_sheet_without_case_that_nobody_accounts_for_is_found_once_it_is_old(open_unit: OpenUnit) -> None:
    keep(
        open_unit,
        a_sheet("S1", ""),
        a_sheet("S2", "", fate=Fate.OUT),
        a_sheet("S3"),
        a_sheet("S4", "case-0002"),
    )
    with open_unit() as unit:
        unit.cases.add(a_case(1))
        unit.drafts.save(a_visit(2))
        unit.commit()
    made = a_sheet("S1").made_at
    with open_unit() as unit:
        assert serials(unit.sheets.forsaken(made + timedelta(days=1), 10)) == ["S1"]
        assert unit.sheets.forsaken(made, 10) == ()
        unit.drafts.drop("case-0002")
        assert serials(unit.sheets.forsaken(made + timedelta(days=1), 10)) == ["S1", "S4"]
        assert serials(unit.sheets.forsaken(made + timedelta(days=1), 1)) == ["S1"]
        assert unit.sheets.find("S5") is None
        assert unit.sheets.find("S4") == unit.sheets.get("S4")


def test_a_sheet_of_no_case_is_kept_until_it_is_settled_and_the_purge_comes_by(open_unit: OpenUnit) -> None:
    keep(open_unit, a_sheet("S1", ""), a_sheet("S2", "", fate=Fate.OUT))
    with open_unit() as unit:
        assert (unit.sheets.pdf("S1"), unit.sheets.pdf("S2")) == (b"S1", b"S2")
        unit.purges.orphans()
        unit.commit()
    with open_unit() as unit:
        assert unit.sheets.pdf("S1") == b"S1"
        with pytest.raises(Refused):
            unit.sheets.pdf("S2")
