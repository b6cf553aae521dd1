"""What the hall did not take for want of somebody goes again by itself with the next list of staff: an opinion, a step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import NOW, an_enrolment
from tests.fakes.staff import STAFF
from wire.messages import StaffList, StaffPolicy
from workstation.domain.clerk import Deed
from workstation.services.take_staff import take_staff
from workstation.storage.database import Store, open_store

TROUBLES = {"a": "evaluation_clerk", "b": "actor", "c": "accepted_already", "d": "evaluation_sealed"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "station.db", bytes(range(32)))) as made:
        with made.unit() as unit:
            unit.station.enrol("http://hall", an_enrolment(), bytes(32))
            unit.station.take_staff(listed(3))
            for case, trouble in TROUBLES.items():
                kind = "evaluation_given" if trouble.startswith("evaluation") else "case_accepted"
                unit.outbox.add(id=f"e-{case}", subject=case, kind=kind, at=NOW, actor="clerk", body="{}")
                unit.outbox.parked(f"e-{case}", trouble)
            unit.commit()
        yield made


def listed(number: int, *, without: str = "clerk") -> StaffList:
    people = tuple(each for each in STAFF if each.login != without)
    return StaffList("440104", number, NOW + timedelta(minutes=number), StaffPolicy(), people, "")


def take(store: Store, staff: StaffList) -> tuple[list[str], list[str]]:
    """Return what is to be sent now and what waits for a person."""
    take_staff(staff, open_unit=store.unit, clock=lambda: NOW)
    with store.unit() as unit:
        due = [each.envelope.subject for each in unit.outbox.due(NOW, 9)]
        return due, [each.envelope.subject for each in unit.outbox.parked_items()]


def test_a_list_that_brings_somebody_back_sends_what_waited_for_them(store: Store) -> None:
    assert take(store, listed(4, without="nobody")) == (["a", "b"], ["c", "d"])
    with store.unit() as unit:
        noted = [(e.actor, e.case) for e in unit.audit.entries() if e.deed is Deed.STEP_RETRIED]
    assert noted == [("station", "a"), ("station", "b")]


def test_a_list_that_is_only_younger_or_too_old_sends_nothing(store: Store) -> None:
    nothing: tuple[list[str], list[str]] = ([], ["a", "b", "c", "d"])
    assert take(store, replace(listed(3), issued_at=NOW + timedelta(hours=1))) == nothing
    assert take(store, listed(2, without="nobody")) == nothing
