"""Changes from the hall: page by page, in order, nothing skipped and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, an_enrolment
from tests.fakes.hall import HallSimulator, running_hall
from tests.fakes.store import FakeStore
from wire.messages import Change, ChangeKind, ChangePage
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import Device, HallClient
from workstation.sync.epochs import Epochs
from workstation.sync.incoming import Incoming


class Reader:
    """A station's end of the feed."""

    def __init__(self, hall: HallSimulator, client: HallClient) -> None:
        self.hall = hall
        self.store = FakeStore()
        self.taken: list[ChangePage] = []
        self.refuse = False
        epochs = Epochs(client=client, epoch="e1", take=lambda said: said.epoch, begin_snapshot=lambda: None)
        self.incoming = Incoming(
            client=client, epochs=epochs, open_unit=self.store.unit, take_page=self._take
        )

    def _take(self, page: ChangePage) -> None:
        with self.store.unit() as unit:
            unit.station.move_cursor(page.cursor)
            if self.refuse:
                raise Refused(Failure.STORE_FULL)
            unit.commit()
        self.taken.append(page)

    def carry(self) -> None:
        while self.incoming.carry():
            pass


@pytest.fixture
def reader() -> Iterator[Reader]:
    with running_hall() as hall:
        client = HallClient(hall.url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
        yield Reader(hall, client)
        client.close()


def page(cursor: str, *revs: int, more: bool = False, epoch: str = "e1") -> ChangePage:
    items = tuple(Change("case-0001", rev, ChangeKind.SUB_CASE_MOVED, "{}") for rev in revs)
    return ChangePage(epoch, items, cursor, more)


def test_pages_come_in_order_until_there_are_no_more(reader: Reader) -> None:
    reader.hall.pages = {"": page("a", 1, 2, more=True), "a": page("b", 3, more=True), "b": page("c", 4)}
    reader.carry()
    assert [change.rev for taken in reader.taken for change in taken.items] == [1, 2, 3, 4]
    reader.carry()
    assert len(reader.taken) == 3
    assert reader.hall.requests == ["GET /v1/changes"] * 4


def test_a_page_that_could_not_be_kept_comes_again(reader: Reader) -> None:
    reader.hall.pages = {"": page("a", 1)}
    reader.refuse = True
    with pytest.raises(Refused):
        reader.carry()
    reader.refuse = False
    reader.carry()
    assert [taken.cursor for taken in reader.taken] == ["a"]


def test_an_empty_page_that_moves_the_cursor_is_kept(reader: Reader) -> None:
    reader.hall.pages = {"": page("a")}
    reader.carry()
    assert reader.store.kept.cursor == {"": "a"}


def test_the_feed_of_a_restored_hall_is_not_applied(reader: Reader) -> None:
    reader.hall.pages = {"": page("a", 1, epoch="e2")}
    with pytest.raises(Refused) as caught:
        reader.carry()
    assert (caught.value.failure, caught.value.details["code"]) == (Failure.HALL_REFUSED, "epoch_changed")
    assert reader.taken == []


def test_a_page_that_leads_nowhere_is_fetched_once_a_turn(reader: Reader) -> None:
    reader.hall.pages = {"": page("", 1, more=True)}
    reader.carry()
    assert len(reader.taken) == 1
