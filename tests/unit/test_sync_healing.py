"""What heals a station, fault by fault, against a simulated hall: epochs, snapshots, limits, clocks, storms."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, a_case, an_enrolment
from tests.fakes.hall import Answer, HallSimulator, running_hall, trouble
from tests.fakes.store import FakeStore
from wire.codec import encode
from wire.epoch import ConcludedBefore, EpochAnnouncement
from wire.keys import new_private
from wire.messages import Change, ChangeKind, ChangePage, Result, ResultCode, SubCaseState
from wire.signed import sign_reply
from wire.snapshot import CaseStands, SnapshotPage, SubCaseStands
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import OutboxState
from workstation.services.heal import BEGIN, SNAPSHOT, WRAPPED_FACT, take_epoch, takes
from workstation.services.receive_change import apply, receive_changes
from workstation.sync.client import Device, HallClient
from workstation.sync.engine import Engine
from workstation.sync.epochs import Epochs
from workstation.sync.hall_time import HallTime
from workstation.sync.limits import Limits
from workstation.sync.outgoing import Outgoing
from workstation.sync.pace import LONGEST_S
from workstation.sync.rest import Rest
from workstation.sync.snapshots import Snapshots

ME = an_enrolment()


class Station:
    """A store in memory, the real client and carriers, a simulated hall; one turn at a time."""

    def __init__(self, hall: HallSimulator) -> None:
        self.hall = hall
        self.at = NOW
        self.store = FakeStore()
        with self.store.unit() as unit:
            unit.station.enrol(hall.url, ME, DEVICE_KEY)
            unit.commit()
        self.time = HallTime(lambda: self.at, self._seconds)
        self.client = HallClient(hall.url, Device(ME, DEVICE_KEY), lambda: self.at, time=self.time)
        done = takes(self.store.unit, lambda: self.at)
        self.epochs = Epochs(
            client=self.client, epoch="e1", take=done.epoch, begin_snapshot=done.begin_snapshot
        )
        self.limits = Limits(self.client, lambda: self.at)
        self.outgoing = Outgoing(
            client=self.client,
            enrolment=ME,
            epochs=self.epochs,
            limits=self.limits,
            open_unit=self.store.unit,
            release=done.release,
            clock=lambda: self.at,
        )
        self.snapshots = Snapshots(
            client=self.client, epochs=self.epochs, open_unit=self.store.unit, take=done.snapshot
        )

    def _seconds(self) -> float:
        return self.at.timestamp()

    def file(self, *cases: str) -> None:
        with self.store.unit() as unit:
            for case in cases:
                unit.outbox.add(
                    id=f"{case}.e", subject=case, kind="case_received", at=NOW, actor="clerk", body="{}"
                )
            unit.commit()

    def push(self) -> None:
        while self.outgoing.carry():
            pass

    def keep(self, *cases: Case) -> None:
        with self.store.unit() as unit:
            for case in cases:
                unit.cases.add(case)
            unit.commit()

    def fact(self, name: str) -> str:
        with self.store.unit() as unit:
            return unit.station.fact(name)


@pytest.fixture
def station() -> Iterator[Station]:
    with running_hall() as hall:
        made = Station(hall)
        yield made
        made.client.close()


def caught(work: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as found:
        work()
    return found.value


# -- epochs ------------------------------------------------------------------------------------------
def _announced(epoch: str, since: datetime, key: bytes = HALL_KEY) -> EpochAnnouncement:
    return sign_reply(EpochAnnouncement(epoch, since, "h", ""), key)


def _take(station: Station, said: EpochAnnouncement) -> str:
    return take_epoch(said, open_unit=station.store.unit, clock=lambda: NOW)


def test_an_old_announcement_is_kept_by_somebody_and_not_believed(station: Station) -> None:
    assert _take(station, _announced("e1", NOW)) == "e1"
    assert _take(station, _announced("e2", NOW + timedelta(days=1))) == "e2"
    for since in (NOW, NOW + timedelta(days=1)):
        refused = caught(lambda since=since: _take(station, _announced("e1", since)))  # type: ignore[misc]
        assert refused.failure is Failure.HALL_ANSWER_UNTRUSTED
    with station.store.unit() as unit:
        enrolment = unit.station.enrolment()
    assert enrolment is not None
    assert enrolment.epoch == "e2"


def test_a_restored_hall_is_owed_the_wrap_of_the_stores_key_again(station: Station) -> None:
    with station.store.unit() as unit:
        unit.station.remember(WRAPPED_FACT, "given")
        unit.commit()
    _take(station, _announced("e1", NOW))
    assert station.fact(WRAPPED_FACT) == "given"
    _take(station, _announced("e2", NOW + timedelta(days=1)))
    assert station.fact(WRAPPED_FACT) == ""


def test_a_new_epoch_queues_what_was_signed_and_keeps_what_was_not(station: Station) -> None:
    station.epochs.carry()
    station.file("a", "b")
    station.push()
    station.file("mine")
    with station.store.unit() as unit:
        unit.station.hold(Change("mine", 9, ChangeKind.CASE_REGISTERED, "{}"))
        unit.commit()
    station.hall.held.clear()
    station.hall.epoch, station.hall.since = "e2", NOW + timedelta(seconds=1)
    station.hall.troubles = [trouble(409, "epoch_changed")]
    assert station.epochs.heal(caught(station.push))
    rows = station.store.kept.outbox
    assert {event: (row.state, row.again) for event, row in rows.items()} == {
        "a.e": (OutboxState.PENDING, True),
        "b.e": (OutboxState.PENDING, True),
        "mine.e": (OutboxState.PENDING, False),
    }
    assert station.store.kept.held == {}  # told by a hall that is no more
    assert station.fact(SNAPSHOT) == BEGIN
    station.push()
    assert list(station.hall.held) == ["a.e", "b.e", "mine.e"]
    batch = station.hall.batches[-1]
    assert [each.event for each in batch.before] == ["a.e", "b.e"]
    assert Deed.HALL_RESTORED in [entry.deed for entry in station.store.kept.audit.values()]


def test_a_sealed_conclusion_is_shown_with_what_goes_again_of_its_case(station: Station) -> None:
    result = Result(ResultCode.GRANTED, "准予", "公安", "r", NOW)
    whole = a_case(1)
    subs = tuple(replace(sub, result=result) for sub in whole.sub_cases)
    station.keep(replace(whole, status=CaseStatus.DECIDED, seal="YC1.e30.AA", sub_cases=subs), a_case(2))
    with station.store.unit() as unit:
        for case in (whole.id, a_case(2).id):
            for kind in ("case_received", "case_accepted", "papers_changed", "result_collected"):
                unit.outbox.add(
                    id=f"{case}.{kind}", subject=case, kind=kind, at=NOW, actor="clerk", body="{}"
                )
        unit.commit()
    station.epochs.carry()
    station.push()
    station.file("mine")
    station.hall.epoch, station.hall.since = "e2", NOW + timedelta(seconds=1)
    station.hall.troubles = [trouble(409, "epoch_changed")]
    assert station.epochs.heal(caught(station.push))
    station.push()
    shown = {each.event: each.concluded for batch in station.hall.batches for each in batch.before}
    ends = ConcludedBefore("YC1.e30.AA", {sub.item: encode(result) for sub in subs})
    with_it = {f"{whole.id}.case_accepted", f"{whole.id}.result_collected"}
    assert {event: said for event, said in shown.items() if said is not None} == dict.fromkeys(with_it, ends)
    assert len(shown) == 8


def test_a_hall_that_says_another_epoch_and_announces_the_old_one_is_not_acted_on(station: Station) -> None:
    station.epochs.carry()
    station.hall.troubles = [trouble(409, "epoch_changed")]
    station.file("a")
    refused = caught(station.push)
    assert caught(lambda: station.epochs.heal(refused)).failure is Failure.HALL_ANSWER_UNTRUSTED
    assert station.fact(SNAPSHOT) == ""


# -- snapshots ---------------------------------------------------------------------------------------
def _stands(n: int, state: SubCaseState = SubCaseState.DISPATCHED) -> Change:
    case = a_case(n)
    subs = (SubCaseStands("birth-registration", state),)
    body = encode(CaseStands(case.receipt_no, f"P{n}", "accepted", subs))
    return Change(case.id, 3, ChangeKind.CASE_STANDS, body)


def _page(name: str, following: str, *items: Change) -> SnapshotPage:
    return SnapshotPage("e1", ME.station, name, items, following, "e1.9", "h", "")


def _three_pages(station: Station) -> None:
    station.hall.snapshots = {
        "": _page("", "two", _stands(1)),
        "two": _page("two", "three", _stands(2)),
        "three": _page("three", "", _stands(3)),
    }
    station.keep(*(replace(a_case(n), status=CaseStatus.ACCEPTED) for n in (1, 2, 3)))
    with station.store.unit() as unit:
        unit.station.remember(SNAPSHOT, BEGIN)
        unit.commit()


@pytest.mark.parametrize("broken", [1, 2, 3])
@pytest.mark.parametrize("how", ["reply lost", "disk full"])
def test_a_snapshot_that_is_interrupted_goes_on_with_its_page(
    station: Station, broken: int, how: str
) -> None:
    _three_pages(station)
    for _ in range(broken - 1):
        assert station.snapshots.carry()
    before = station.store.kept.cases
    if how == "reply lost":
        station.hall.drop_replies = 1
    else:
        station.store.refuse_commits = Failure.STORE_FULL
    caught(station.snapshots.carry)
    assert station.store.kept.cases == before
    assert station.store.kept.cursor == {}
    station.store.refuse_commits = None
    while station.snapshots.carry():
        pass
    assert station.fact(SNAPSHOT) == ""
    assert station.store.kept.cursor == {"": "e1.9"}
    taken = station.store.kept.cases.values()
    assert [(case.project_no, case.rev, case.status) for case in taken] == [
        (f"P{n}", 3, CaseStatus.DISPATCHED) for n in (1, 2, 3)
    ]
    asked = station.hall.requests.count("GET /v1/snapshot")
    assert asked == 4


def test_a_snapshot_is_never_applied_over_unsent_work(station: Station) -> None:
    _three_pages(station)
    station.file("case-0002")
    while station.snapshots.carry():
        pass
    assert station.store.kept.cases["case-0002"].project_no is None
    station.push()
    assert station.store.kept.cases["case-0002"].project_no == "P2"


def test_a_receipt_number_the_hall_knows_is_not_given_again(station: Station) -> None:
    from workstation.domain.numbers import receipt_number

    number = receipt_number("440104", NOW.date(), "01", 41)
    body = encode(CaseStands(number, "P", "received", ()))
    station.hall.snapshots = {"": _page("", "", Change("gone", 1, ChangeKind.CASE_STANDS, body))}
    with station.store.unit() as unit:
        unit.station.remember(SNAPSHOT, BEGIN)
        unit.commit()
    station.snapshots.carry()
    with station.store.unit() as unit:
        assert unit.station.next_number("receipt:20261123:01") == 42


def test_revs_count_within_an_epoch(station: Station) -> None:
    station.keep(replace(a_case(1), rev=7, rev_epoch="e1"))

    def told(epoch: str, rev: int, state: SubCaseState) -> None:
        change = replace(_stands(1, state), rev=rev)
        receive_changes(
            ChangePage(epoch, (change,), "c", more=False), open_unit=station.store.unit, clock=lambda: NOW
        )

    told("e1", 6, SubCaseState.DECIDED)
    assert station.store.kept.cases["case-0001"].rev == 7
    told("e2", 2, SubCaseState.IN_REVIEW)
    case = station.store.kept.cases["case-0001"]
    assert (case.rev, case.rev_epoch, case.sub_cases[0].state) == (2, "e2", SubCaseState.IN_REVIEW)


def test_what_a_hall_has_sealed_is_not_taken_back_by_a_hall_that_forgot_it(station: Station) -> None:
    sealed = replace(a_case(1), status=CaseStatus.DECIDED, seal="YC1.x.y", concluded_at=NOW, project_no="P0")
    station.keep(sealed)
    assert apply(sealed, _stands(1)) == sealed
    page = ChangePage("e2", (_stands(1),), "c", more=False)
    receive_changes(page, open_unit=station.store.unit, clock=lambda: NOW)
    assert station.store.kept.cases["case-0001"].status is CaseStatus.DECIDED
    assert [entry.deed for entry in station.store.kept.audit.values()] == [Deed.HALL_BEHIND]


# -- the feed is believed on the hall's signature only -------------------------------------------------
@pytest.mark.parametrize(
    "lie",
    [
        lambda page: replace(page, signature=""),
        lambda page: sign_reply(page, new_private()),
        lambda page: replace(page, items=(_stands(1),)),
        lambda page: sign_reply(replace(page, station="440199"), HALL_KEY),
        lambda page: sign_reply(replace(page, after="older"), HALL_KEY),
    ],
    ids=["unsigned", "another hall", "changed", "another station's", "replayed"],
)
def test_a_page_the_hall_did_not_sign_for_this_question_is_untrusted(
    station: Station, lie: Callable[[ChangePage], ChangePage]
) -> None:
    station.client.changes("")
    station.hall.changes_page = lie
    assert caught(lambda: station.client.changes("")).failure is Failure.HALL_ANSWER_UNTRUSTED


# -- limits, packing, clock ----------------------------------------------------------------------------
def test_the_halls_limits_are_kept_and_asked_again_when_they_shrink(station: Station) -> None:
    station.hall.batch, station.hall.body_bytes = 7, 10_000
    station.limits.carry()
    station.file(*(f"c{n}" for n in range(30)))
    station.push()
    assert max(len(batch.items) for batch in station.hall.batches) == 7
    station.hall.batch = 3
    station.hall.troubles = [trouble(413, "too_large")]
    station.file(*(f"d{n}" for n in range(9)))
    station.push()
    station.limits.carry()
    station.file(*(f"f{n}" for n in range(9)))
    before = len(station.hall.batches)
    station.push()
    assert {len(batch.items) for batch in station.hall.batches[before:]} == {3}


def test_what_is_sent_is_packed_once_the_hall_has_said_that_it_unpacks(station: Station) -> None:
    station.file(*(f"c{n}" for n in range(10)))
    station.push()
    assert station.hall.packed == []
    station.hall.packings = ("zstd",)
    station.limits.carry()
    station.file(*(f"d{n}" for n in range(10)))
    station.push()
    assert station.hall.packed == ["/v1/push"]
    assert len(station.hall.held) == 20


def test_a_packed_answer_that_does_not_end_is_untrusted(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wire.packing import pack
    from workstation.sync import client as client_module

    monkeypatch.setattr(client_module, "MOST_BYTES", 1_000_000)
    bomb = Answer(200, pack(b" " * 5_000_000), (("Content-Encoding", "zstd"),))
    station.hall.always = bomb
    assert caught(lambda: station.client.changes("")).failure is Failure.HALL_ANSWER_UNTRUSTED


def test_a_wrong_clock_is_corrected_for_signatures_and_for_nothing_else(station: Station) -> None:
    station.at = NOW - timedelta(days=1)
    station.file("a")
    station.push()
    assert list(station.hall.held) == ["a.e"]
    assert station.time.behind_s() == 86_400
    assert station.hall.held["a.e"].at == NOW  # what the event says of itself is nobody's to change
    assert station.hall.requests.count("POST /v1/push") == 2
    station.at += timedelta(minutes=10)  # an hour passes for both
    station.hall.clock += timedelta(minutes=10)
    station.file("b")
    station.push()
    assert station.hall.requests.count("POST /v1/push") == 3


def test_a_hall_that_tells_no_time_corrects_nothing(station: Station) -> None:
    station.hall.always = trouble(401, "skewed")
    station.file("a")
    assert caught(station.push).failure is Failure.CLOCK_SKEWED
    assert station.time.behind_s() == 0


# -- storms and pauses ---------------------------------------------------------------------------------
def test_a_storm_of_troubles_loses_and_doubles_nothing(station: Station) -> None:
    chance = random.Random(6)
    cases = [f"c{n:03}" for n in range(150)]
    station.file(*cases)
    storm = [
        trouble(413, "too_large"),
        Answer(429, b"", (("Retry-After", "7"),)),
        trouble(503, "busy"),
        Answer(502, b"<html>"),
        Answer(drop=True),
    ]
    station.hall.troubles = [chance.choice(storm) for _ in range(60)]
    for _ in range(200):
        try:
            station.push()
        except Refused:
            station.at += timedelta(seconds=61)
            station.hall.clock = station.at
    with (
        station.store.unit() as unit
    ):  # the one thing that no repetition mends, one event too large, is a person's
        for waiting in unit.outbox.parked_items():
            assert waiting.trouble == "too_large"
            unit.outbox.retry(waiting.envelope.id)
        unit.commit()
    station.push()
    assert sorted(station.hall.held) == sorted(f"{case}.e" for case in cases)
    assert {row.state for row in station.store.kept.outbox.values()} == {OutboxState.ACKED}


def test_a_pause_outlives_the_program_and_is_never_longer_than_a_minute() -> None:
    store = FakeStore()
    at = [NOW]
    Rest(store.unit, lambda: at[0]).keep(40.0)
    at[0] += timedelta(seconds=10)
    again = Rest(store.unit, lambda: at[0])
    assert again.left() == 30.0
    at[0] -= timedelta(days=3)  # the clock was set back
    assert again.left() == LONGEST_S
    again.keep(0.0)
    assert Rest(store.unit, lambda: at[0]).left() == 0.0


def test_an_engine_started_in_a_pause_leaves_the_hall_alone(station: Station) -> None:
    Rest(station.store.unit, lambda: station.at).keep(50.0)
    engine = Engine(
        client=station.client,
        enrolment=ME,
        open_unit=station.store.unit,
        take=takes(station.store.unit, lambda: station.at),
        clock=lambda: station.at,
    )
    engine.start()
    engine.stop()
    assert [request for request in station.hall.requests if "push" in request or "epoch" in request] == []
