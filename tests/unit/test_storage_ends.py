"""The ends of the chains are remembered by each program; what others have written since, and what was rolled back, counts too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes.cases import NOW
from wire.messages import Algorithms, Enrolment
from workstation.domain.audit import GENESIS
from workstation.domain.clerk import Deed
from workstation.services.ports import Unit
from workstation.storage.database import Store, open_store

HERE = Enrolment("device", 1, "e1", "440104", "测试街道政务服务中心", "street", "hall key", ())


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """The desk, and another program of the same station."""
    one, other = (open_store(tmp_path / "station.db", bytes(32)) for _ in range(2))
    try:
        with one.unit() as unit:
            unit.station.enrol("http://127.0.0.1:1", HERE, bytes(32))
            unit.commit()
        yield one, other
    finally:
        one.close()
        other.close()


def append(unit: Unit, event: str) -> None:
    unit.outbox.add(id=event, subject="c", kind="case_received", at=NOW, actor="clerk", body=f'"{event}"')
    unit.audit.note(at=NOW, actor="clerk", deed=Deed.RECEIVED, case="c", note=event)


def file(store: Store, *events: str) -> None:
    with store.unit() as unit:
        for event in events:
            append(unit, event)
        unit.commit()


def chained(store: Store) -> list[str]:
    """Return the events in order; fail where a chain has a gap, or does not hang together."""
    with store.unit() as unit:
        entries = unit.audit.entries()
        envelopes = [waiting.envelope for waiting in unit.outbox.due(NOW, 1000)]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.intact() for entry in entries)
    assert [entry.prev for entry in entries] == [GENESIS, *(entry.hash for entry in entries[:-1])]
    assert [envelope.seq for envelope in envelopes] == list(range(1, len(envelopes) + 1))
    assert envelopes[0].prev == GENESIS
    assert all(after.prev == before.sha256 for before, after in pairwise(envelopes))
    assert [entry.note for entry in entries] == [envelope.id for envelope in envelopes]
    return [envelope.id for envelope in envelopes]


def test_programs_that_write_in_turns_leave_no_gap(both: tuple[Store, Store]) -> None:
    one, other = both
    for turn in range(3):
        file(one, f"a{turn}", f"b{turn}")
        file(one, f"c{turn}")
        file(other, f"d{turn}")
    assert chained(one) == [f"{name}{turn}" for turn in range(3) for name in "abcd"]


def test_what_is_remembered_is_what_was_committed(both: tuple[Store, Store]) -> None:
    """Without it everything here would pass too, each time with a look-up."""
    one, _ = both
    ends = one._shared.ends
    file(one, "a", "b")
    with one.unit() as unit:
        last, (*_, newest) = unit.audit.head(), unit.outbox.due(NOW, 9)
        append(unit, "never")
    assert last is not None
    assert ends.audit == (last.seq, last.hash)
    assert ends.outbox == ("1 sha-256", 1, "sha-256", 2, newest.envelope.seq, newest.envelope.sha256)


def test_nothing_goes_on_from_what_was_rolled_back(both: tuple[Store, Store]) -> None:
    one, other = both
    file(one, "a")
    with one.unit() as unit:
        append(unit, "never")
    file(other, "b")  # at the place of what was rolled back
    file(one, "c")
    assert chained(one) == ["a", "b", "c"]


def test_a_unit_goes_on_from_its_own_before_and_after_its_commit(both: tuple[Store, Store]) -> None:
    one, other = both
    with one.unit() as unit:
        append(unit, "a")
        append(unit, "b")
        unit.commit()
        file(other, "c")
        append(unit, "d")
        append(unit, "e")
        unit.commit()
    assert chained(other) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("sent_before", [True, False])
def test_an_incarnation_that_another_program_agreed_on_counts_from_one(
    both: tuple[Store, Store], *, sent_before: bool
) -> None:
    one, other = both
    file(one, "a", "b")
    with other.unit() as unit:
        unit.station.renew(replace(HERE, incarnation=2))
        if sent_before:  # under the places of before: only what is new is numbered
            unit.outbox.set_aside("c")
        unit.outbox.number_anew()
        unit.commit()
    file(one, "c")
    with one.unit() as unit:
        envelopes = [waiting.envelope for waiting in unit.outbox.due(NOW, 9)]
    numbered = ["c"] if sent_before else ["a", "b", "c"]
    assert [envelope.id for envelope in envelopes] == numbered
    assert [envelope.seq for envelope in envelopes] == list(range(1, len(numbered) + 1))
    assert [envelope.prev for envelope in envelopes] == [GENESIS, *(e.sha256 for e in envelopes[:-1])]


def test_places_that_another_program_gave_away_are_not_given_twice(both: tuple[Store, Store]) -> None:
    one, other = both
    file(one, "a")
    with other.unit() as unit:
        unit.station.renew(replace(HERE, incarnation=2))
        unit.commit()
    file(one, "b")  # the first of the second incarnation
    with other.unit() as unit:
        # "a" comes before it, and the newest place in the table is that of "b" once more.
        assert unit.outbox.number_anew() == 2
        unit.commit()
    file(one, "c")
    with one.unit() as unit:
        placed = sorted((w.envelope.seq, w.envelope.id, w.envelope.prev) for w in unit.outbox.due(NOW, 9))
        hashes = {w.envelope.id: w.envelope.sha256 for w in unit.outbox.due(NOW, 9)}
    assert placed == [(1, "a", GENESIS), (2, "b", hashes["a"]), (3, "c", hashes["b"])]


@pytest.mark.parametrize("by_itself", [True, False])
def test_nothing_goes_on_from_what_left_an_incarnation_that_comes_back(
    both: tuple[Store, Store], *, by_itself: bool
) -> None:
    """A restored hall may give out an incarnation that it gave out before."""
    one, other = both
    file(one, "a", "b")
    with (one if by_itself else other).unit() as unit:
        unit.station.renew(replace(HERE, incarnation=2))
        assert unit.outbox.number_anew() == 2
        unit.outbox.set_aside("c")  # they stay in the second
        unit.station.renew(HERE)
        assert unit.outbox.number_anew() == 0
        unit.commit()
    file(one, "c", "d")
    with one.unit() as unit:
        envelopes = [waiting.envelope for waiting in unit.outbox.due(NOW, 9)]
    assert [(envelope.id, envelope.seq) for envelope in envelopes] == [("c", 1), ("d", 2)]
    assert [envelope.prev for envelope in envelopes] == [GENESIS, envelopes[0].sha256]


def test_a_digest_that_another_program_agreed_on_is_used_from_then_on(both: tuple[Store, Store]) -> None:
    one, other = both
    file(one, "a")
    with other.unit() as unit:
        unit.station.renew(replace(HERE, algorithms=replace(Algorithms(), digest="sm3")))
        unit.commit()
    file(one, "b")
    with one.unit() as unit:
        assert [waiting.envelope.digest for waiting in unit.outbox.due(NOW, 9)] == ["sha-256", "sm3"]
