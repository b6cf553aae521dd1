"""What becomes of events between the outbox and the hall, fault by fault."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from tests.fakes.hall import Answer, HallSimulator, running_hall, trouble
from tests.fakes.store import FakeStore
from wire.keys import new_private, public_of
from wire.messages import MAX_BODY_BYTES, EventKind, PushAnswer, PushResult
from wire.signed import receipt_is_genuine, sign_receipt
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import OutboxState, Waiting
from workstation.sync.client import Device, HallClient
from workstation.sync.epochs import Epochs
from workstation.sync.limits import Limits
from workstation.sync.outgoing import Outgoing


@dataclass
class Counter:
    """An outbox in memory, the real client, and a simulated hall."""

    hall: HallSimulator
    client: HallClient
    store: FakeStore = field(default_factory=FakeStore)
    released: list[str] = field(default_factory=list)
    at: datetime = NOW

    def __post_init__(self) -> None:
        self.outgoing = Outgoing(
            client=self.client,
            enrolment=an_enrolment(),
            epochs=Epochs(
                client=self.client, epoch="e1", take=lambda said: said.epoch, begin_snapshot=_never
            ),
            limits=Limits(self.client, lambda: self.at),
            open_unit=self.store.unit,
            release=self._release,
            clock=lambda: self.at,
        )

    def queue(self, *events: str, body: str = "{}", kind: EventKind = EventKind.CASE_RECEIVED) -> None:
        """Put envelopes named "<case>.<n>" into the outbox."""
        with self.store.unit() as unit:
            for event in events:
                case = event.partition(".")[0]
                unit.outbox.add(id=event, subject=case, kind=kind, at=NOW, actor="clerk", body=body)
            unit.commit()

    def carry(self) -> None:
        """Carry all there is."""
        while self.outgoing.carry():
            pass

    def refusal(self) -> Refused:
        with pytest.raises(Refused) as caught:
            self.carry()
        return caught.value

    def rows(self, state: OutboxState) -> list[str]:
        return [event for event, row in self.store.kept.outbox.items() if row.state is state]

    def row(self, event: str) -> Waiting:
        return self.store.kept.outbox[event]

    def _release(self, subjects: tuple[str, ...]) -> None:
        self.released += subjects
        assert not self.store.busy  # Never inside the transaction that settles events.


def _never() -> None:
    raise AssertionError


@pytest.fixture
def counter() -> Iterator[Counter]:
    with running_hall() as hall:
        client = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
        yield Counter(hall, client)
        client.close()


def sizes(counter: Counter) -> list[int]:
    return [len(batch.items) for batch in counter.hall.batches]


def test_events_reach_the_hall_in_order_and_are_kept_with_its_receipt(counter: Counter) -> None:
    counter.queue("a.1", "b.1", "a.2")
    counter.carry()
    assert list(counter.hall.held) == ["a.1", "b.1", "a.2"]
    assert counter.rows(OutboxState.ACKED) == ["a.1", "b.1", "a.2"]
    for event, receipt in counter.store.kept.receipts.items():
        assert receipt.event == event
        assert receipt_is_genuine(receipt, public_of(HALL_KEY))
    assert counter.released == ["a", "b"]


def test_nothing_is_asked_of_the_hall_when_nothing_waits(counter: Counter) -> None:
    counter.carry()
    assert counter.hall.requests == []


def test_a_reply_that_is_lost_after_the_commit_makes_no_second_case(counter: Counter) -> None:
    counter.queue("a.1")
    counter.hall.drop_replies = 1
    assert counter.refusal().failure is Failure.HALL_UNREACHABLE
    assert list(counter.hall.held) == ["a.1"]
    assert counter.rows(OutboxState.PENDING) == ["a.1"]
    counter.carry()
    assert counter.rows(OutboxState.ACKED) == ["a.1"]
    assert len(counter.hall.batches) == 2
    assert counter.hall.batches[0] == counter.hall.batches[1]


def test_a_busy_hall_gets_half_as_much_until_it_takes_it_again(counter: Counter) -> None:
    counter.queue(*(f"c{n}.1" for n in range(100)))
    counter.hall.troubles = [trouble(503, "busy")] * 2
    assert counter.refusal().failure is Failure.HALL_BUSY
    assert counter.refusal().failure is Failure.HALL_BUSY
    assert counter.rows(OutboxState.ACKED) == []
    counter.carry()
    assert sizes(counter) == [25, 50, 25]
    assert len(counter.rows(OutboxState.ACKED)) == 100


def test_batches_stay_within_the_halls_limits(counter: Counter) -> None:
    counter.queue(*(f"c{n}.1" for n in range(250)))
    counter.carry()
    assert sizes(counter) == [100, 100, 50]
    counter.hall.largest_bytes = MAX_BODY_BYTES
    # Quotes double when a body travels inside another text.
    counter.queue(*(f"d{n}.1" for n in range(25)), body='{"' + '""' * 40_000 + '"}')
    counter.carry()
    assert sizes(counter)[3:] == [6, 6, 6, 6, 1]
    assert "413" not in str(counter.hall.requests)
    assert len(counter.rows(OutboxState.ACKED)) == 275


def test_an_event_too_large_for_the_hall_is_parked_alone(counter: Counter) -> None:
    counter.queue("a.1", "b.1", "a.2", "c.1")
    counter.queue("large.1", body='"' + "x" * 5000 + '"')
    counter.queue("d.1", "large.2")
    counter.hall.largest_bytes = 5000
    counter.carry()
    assert counter.rows(OutboxState.ACKED) == ["a.1", "b.1", "a.2", "c.1", "d.1"]
    assert counter.rows(OutboxState.PARKED) == ["large.1"]
    assert counter.row("large.1").trouble == "too_large"
    assert counter.rows(OutboxState.PENDING) == ["large.2"]


def test_an_event_on_which_the_hall_breaks_delays_only_its_own_case(counter: Counter) -> None:
    counter.queue("a.1", "bad.1", "b.1", "bad.2", "c.1")
    counter.hall.breaks_on = {"bad.1"}
    for _ in range(6):
        try:
            counter.carry()
        except Refused:
            continue
    assert counter.rows(OutboxState.ACKED) == ["a.1", "b.1", "c.1"]
    assert (counter.row("bad.1").tries, counter.row("bad.1").trouble) == (1, "hall_broke")
    counter.hall.breaks_on = set()
    counter.at += timedelta(minutes=2)
    counter.carry()
    assert len(counter.rows(OutboxState.ACKED)) == 5


def test_a_batch_the_hall_cannot_read_is_narrowed_down_to_the_one(counter: Counter) -> None:
    counter.queue(*(f"c{n}.1" for n in range(8)))
    counter.hall.troubles = [trouble(422, "malformed")] * 4  # 8, 4, 2, 1
    refused = counter.refusal()
    assert (refused.failure, refused.details["code"]) == (Failure.HALL_REFUSED, "malformed")
    assert (counter.row("c0.1").tries, counter.row("c0.1").state) == (1, OutboxState.PENDING)
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == ["c0.1"]


def test_a_stranger_at_the_door_uses_up_no_trouble_that_was_meant_for_the_station(counter: Counter) -> None:
    """Ports are given again: the station of another test, or of another program, may look for its own hall here."""
    stranger = Device(an_enrolment(), new_private())
    client = HallClient(counter.hall.url, stranger, lambda: NOW)
    counter.queue("a.1")
    counter.hall.troubles = [trouble(503, "busy")]
    with pytest.raises(Refused) as told:
        client.epoch()
    assert told.value.details["code"] == "unknown_key"
    client.close()
    assert counter.refusal().failure is Failure.HALL_BUSY
    assert counter.hall.requests == ["POST /v1/push"]


def test_a_hall_of_before_holds_up_nothing_by_a_kind_that_it_cannot_read(counter: Counter) -> None:
    counter.hall.unread = {EventKind.SLIP_SETTLED}
    counter.queue("a.1")
    counter.queue("s1.1", "s2.1", kind=EventKind.SLIP_SETTLED)
    counter.queue("a.2", "b.1")
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == ["s1.1", "s2.1"]
    asked = len(counter.hall.requests)
    counter.carry()  # neither is tried again before its time
    assert len(counter.hall.requests) == asked
    counter.at += timedelta(minutes=61)
    counter.carry()
    assert counter.row("s1.1").trouble == counter.row("s2.1").trouble == "kind_unknown"
    counter.hall.unread = set()  # the hall is of today
    counter.at += timedelta(minutes=61)
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == []


def test_a_rejected_event_is_parked_and_the_others_go_on(counter: Counter) -> None:
    counter.queue("a.1", "bad.1", "b.1", "bad.2")
    counter.hall.rejects = {"bad.1": "malformed"}
    counter.carry()
    assert counter.rows(OutboxState.ACKED) == ["a.1", "b.1", "bad.2"]
    assert counter.rows(OutboxState.PARKED) == ["bad.1"]
    assert counter.row("bad.1").trouble == "malformed"
    counter.queue("bad.3", "c.1")
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == ["bad.3"]
    assert "c.1" in counter.hall.held


def test_a_deferred_event_waits_for_its_time(counter: Counter) -> None:
    counter.queue("a.1", "b.1")
    counter.hall.defers = {"a.1"}
    counter.carry()
    assert counter.rows(OutboxState.ACKED) == ["b.1"]
    row = counter.row("a.1")
    assert (row.tries, row.trouble) == (1, "gap")
    assert row.next_at is not None
    assert NOW < row.next_at <= NOW + timedelta(seconds=60)
    counter.hall.defers = set()
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == ["a.1"]
    counter.at += timedelta(seconds=60)
    counter.carry()
    assert counter.rows(OutboxState.PENDING) == []


def _without_receipt(found: list[PushResult]) -> list[PushResult]:
    return [replace(r, receipt=None) if r.id == "a.1" else r for r in found]


def _for_another_body(found: list[PushResult]) -> list[PushResult]:
    receipt = sign_receipt("a.1", "0" * 64, NOW, HALL_KEY)
    return [replace(r, receipt=receipt) if r.id == "a.1" else r for r in found]


def _of_another_event(found: list[PushResult]) -> list[PushResult]:
    return [replace(r, receipt=found[1].receipt) if r.id == "a.1" else r for r in found]


@pytest.mark.parametrize("lie", ["forged", "none", "another body", "another event"])
def test_only_the_halls_signed_word_about_just_this_event_lets_the_outbox_forget(
    counter: Counter, lie: str
) -> None:
    counter.queue("a.1", "b.1")
    lies = {"none": _without_receipt, "another body": _for_another_body, "another event": _of_another_event}
    if lie == "forged":
        counter.hall.forges = {"a.1"}
    else:
        counter.hall.changes_results = lies[lie]
    assert counter.refusal().failure is Failure.HALL_ANSWER_UNTRUSTED
    assert counter.rows(OutboxState.PENDING) == ["a.1"]
    assert counter.row("a.1").trouble == "hall_answer_untrusted"
    assert counter.rows(OutboxState.ACKED) == ["b.1"]
    assert list(counter.store.kept.receipts) == ["b.1"]


def test_answers_to_other_events_settle_nothing(counter: Counter) -> None:
    counter.queue("a.1", "b.1")
    counter.hall.changes_results = lambda found: found[::-1]
    assert counter.refusal().failure is Failure.HALL_ANSWER_UNTRUSTED
    assert counter.rows(OutboxState.PENDING) == ["a.1", "b.1"]


def test_a_restored_hall_is_told_nothing_and_believed_nothing(counter: Counter) -> None:
    counter.queue("a.1")
    counter.hall.epoch = "e2"
    refused = counter.refusal()
    assert (refused.failure, refused.details["code"]) == (Failure.HALL_REFUSED, "epoch_changed")
    assert counter.rows(OutboxState.PENDING) == ["a.1"]
    assert counter.hall.batches[0].epoch == "e1"


def test_trouble_that_is_not_an_events_writes_nothing_on_events(counter: Counter) -> None:
    counter.queue("a.1")
    for answer in (trouble(403, "device_revoked"), trouble(503, "busy"), Answer(drop=True)):
        counter.hall.troubles = [answer]
        counter.refusal()
    assert counter.row("a.1") == Waiting(counter.row("a.1").envelope, OutboxState.PENDING, 0, None, "")


def test_a_store_that_is_full_settles_nothing(counter: Counter) -> None:
    counter.queue("a.1")
    counter.store.refuse_commits = Failure.STORE_FULL
    assert counter.refusal().failure is Failure.STORE_FULL
    counter.store.refuse_commits = None
    counter.carry()
    assert counter.rows(OutboxState.ACKED) == ["a.1"]


def test_the_next_batch_is_on_its_way_while_this_one_is_written_down_and_never_of_the_same_case(
    counter: Counter,
) -> None:
    with ThreadPoolExecutor(1) as ahead:
        counter.outgoing._ahead = ahead
        counter.hall.rejects = {"c005.1": "malformed"}
        counter.queue(*(f"c{n:03}.1" for n in range(250)), "c005.2", "c001.2")
        assert counter.outgoing.carry()
        assert sizes(counter)[0] == 100
        flying = counter.outgoing._flying
        assert flying is not None
        assert not {w.envelope.subject for w in flying.due} & {f"c{n:03}" for n in range(100)}
        counter.carry()
    assert counter.rows(OutboxState.PARKED) == ["c005.1"]
    assert counter.rows(OutboxState.PENDING) == ["c005.2"]  # behind the one that a person has to look at
    assert len(counter.rows(OutboxState.ACKED)) == 250
    assert list(counter.hall.held).index("c001.1") < list(counter.hall.held).index("c001.2")


def test_a_batch_sent_ahead_whose_reply_is_lost_is_sent_again(counter: Counter) -> None:
    with ThreadPoolExecutor(1) as ahead:
        counter.outgoing._ahead = ahead
        counter.queue(*(f"c{n:03}.1" for n in range(200)))
        assert counter.outgoing.carry()
        flying = counter.outgoing._flying
        assert flying is not None
        flying.answer.result()
        lost: Future[PushAnswer] = Future()
        lost.set_exception(Refused(Failure.HALL_UNREACHABLE))
        counter.outgoing._flying = replace(flying, answer=lost)
        assert counter.refusal().failure is Failure.HALL_UNREACHABLE
        assert len(counter.rows(OutboxState.PENDING)) == 100
        counter.carry()
    assert len(counter.rows(OutboxState.ACKED)) == 200
