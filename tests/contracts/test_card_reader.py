"""What every card reader promises the services: held against the fake and against real daemon and virtual card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.fakes.card_reader import FATHER, MOTHER, FakeCardReader
from tests.fakes.card_table import CardTable, Seen
from workstation.cardreader.station import CardStation, open_card_reader
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse
from workstation.services.ports import CardPresence, CardReader


class Counter(Protocol):
    """A reader with the hand that puts cards into it."""

    @property
    def reader(self) -> CardReader: ...
    @property
    def seen(self) -> Seen: ...
    def mother(self) -> None: ...
    def father(self) -> None: ...
    def bank_card(self) -> None: ...
    def take_out(self) -> None: ...
    def stop_service(self) -> None: ...
    def start_service(self) -> None: ...
    def close(self) -> None: ...


class FakeCounter:
    def __init__(self) -> None:
        self.seen = Seen()
        self.reader = FakeCardReader(self.seen)

    def mother(self) -> None:
        self.reader.put_in(MOTHER)

    def father(self) -> None:
        self.reader.put_in(FATHER)

    def bank_card(self) -> None:
        self.reader.put_in(Failure.CARD_FOREIGN)

    def take_out(self) -> None:
        self.reader.take_out()

    def stop_service(self) -> None:
        self.reader.see(CardPresence.SERVICE_DOWN)

    def start_service(self) -> None:
        self.reader.see(CardPresence.EMPTY)

    def close(self) -> None:
        self.reader.close()


class RealCounter:
    def __init__(self, table: CardTable) -> None:
        self._table = table
        self.seen = Seen()
        self.reader: CardStation = open_card_reader(timeout_s=10, on_presence=self.seen)

    def mother(self) -> None:
        self._table.put_in("mother-2.0.json")

    def father(self) -> None:
        self._table.put_in("father-2.0.json")

    def bank_card(self) -> None:
        self._table.put_in("bank-only.json")

    def take_out(self) -> None:
        self._table.take_out()

    def stop_service(self) -> None:
        self._table.daemon.kill()

    def start_service(self) -> None:
        self._table.daemon.restart()

    def close(self) -> None:
        self.reader.close()


@pytest.fixture(params=["fake", "real"])
def counter(request: pytest.FixtureRequest) -> Iterator[Counter]:
    if request.param == "fake":
        yield FakeCounter()
        return
    with CardTable() as table:
        real = RealCounter(table)
        try:
            yield real
        finally:
            real.close()


def test_reading_without_a_card_is_refused_as_missing(counter: Counter) -> None:
    counter.seen.wait_for(CardPresence.EMPTY)
    assert _refusal(counter) is Failure.CARD_MISSING
    assert counter.reader.presence() is CardPresence.EMPTY


def test_each_card_gives_its_own_holder(counter: Counter) -> None:
    counter.mother()
    counter.seen.wait_for(CardPresence.PRESENT)
    mother = counter.reader.read()
    counter.take_out()
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.father()
    counter.seen.wait_for(CardPresence.PRESENT)
    father = counter.reader.read()
    assert (mother.name, mother.id_no, mother.card) == (MOTHER.name, MOTHER.id_no, MOTHER.card)
    assert (father.name, father.id_no, father.card) == (FATHER.name, FATHER.id_no, FATHER.card)
    assert not mother.same_person(father)


def test_reads_are_counted_and_a_diagnosis_names_no_person(counter: Counter) -> None:
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.mother()
    counter.seen.wait_for(CardPresence.PRESENT)
    told: list[Glimpse] = []
    holder = counter.reader.read(told=told.append)
    assert told == [Glimpse(holder.name, holder.id_no)]
    assert [(read.reader, read.failure) for read in counter.reader.reads()] == [(holder.reader, None)]
    found = counter.reader.diagnose()
    assert (found.service, found.read) == ("ok", "ok")
    assert found.steps
    assert holder.id_no not in repr(found)
    assert holder.name not in repr(found)


def test_a_reader_of_another_name_is_missing(counter: Counter) -> None:
    counter.mother()
    counter.seen.wait_for(CardPresence.PRESENT)
    with pytest.raises(Refused) as caught:
        counter.reader.read(reader="no such reader")
    assert caught.value.failure is Failure.READER_MISSING


def test_a_card_is_told_when_it_comes_and_when_it_goes(counter: Counter) -> None:
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.mother()
    counter.seen.wait_for(CardPresence.PRESENT)
    assert counter.reader.presence() is CardPresence.PRESENT
    counter.take_out()
    counter.seen.wait_for(CardPresence.EMPTY)
    assert counter.seen.all == [CardPresence.EMPTY, CardPresence.PRESENT, CardPresence.EMPTY]


def test_a_bank_card_is_refused_as_foreign(counter: Counter) -> None:
    counter.bank_card()
    counter.seen.wait_for(CardPresence.PRESENT)
    assert _refusal(counter) is Failure.CARD_FOREIGN


def test_a_dead_card_service_is_told_and_the_reader_works_again_when_it_is_back(counter: Counter) -> None:
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.stop_service()
    counter.seen.wait_for(CardPresence.SERVICE_DOWN)
    assert _refusal(counter) is Failure.CARD_SERVICE_DOWN
    counter.start_service()
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.mother()
    counter.seen.wait_for(CardPresence.PRESENT)
    assert counter.reader.read().id_no == MOTHER.id_no


def test_a_closed_reader_is_no_reader(counter: Counter) -> None:
    counter.seen.wait_for(CardPresence.EMPTY)
    counter.close()
    assert _refusal(counter) is Failure.READER_MISSING


def _refusal(counter: Counter) -> Failure:
    with pytest.raises(Refused) as caught:
        counter.reader.read()
    return caught.value.failure
