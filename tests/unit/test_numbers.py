"""Receipt numbers: whatever stations, devices, restarts, copies and put-back stores there are, no number is given twice."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from hall.database import open_database
from hall.enrolment import add_station, enrol, new_code
from hall.epoch import renew_epoch
from hall.lanes import LanesUsedUp, block_for, give_lane
from hall.tables import devices, number_lanes
from tests.fakes.cases import DEVICE_KEY, HALL_KEY, NOW, an_enrolment
from tests.fakes.store import FakeStore
from wire.keys import b64, new_id, new_private, public_of, sign
from wire.messages import EnrolRequest
from wire.numbers import LANES, BlockWanted, NumberBlock
from wire.signed import sign_reply
from workstation.domain.failures import Failure, Refused
from workstation.domain.numbers import MOST_IN_LANE, is_receipt_number, receipt_number
from workstation.storage.database import Store, open_store
from workstation.storage.number_mark import NumberMark
from workstation.sync.numbers import NumberPuller

KEY = bytes(range(32))
DAY = date(2026, 11, 25)


# -- the number ------------------------------------------------------------------------------------------
def test_a_number_keeps_its_form_with_a_lane_and_its_check_character() -> None:
    number = receipt_number("440104", DAY, "01", 1, "A0")
    assert number[:18] == "44010426112501A001"
    assert len(number) == 19
    assert is_receipt_number(number)
    assert receipt_number("440104", DAY, "01", MOST_IN_LANE, "ZZ")[14:18] == "ZZZZ"


def test_no_two_numbers_of_a_lane_are_the_same_and_none_is_one_of_before_there_were_lanes() -> None:
    made = [
        receipt_number("440104", DAY, "01", seq, lane)
        for lane in ("A0", "A1")
        for seq in range(1, MOST_IN_LANE + 1)
    ]
    assert len(set(made)) == len(made)
    before = {receipt_number("440104", DAY, "01", seq) for seq in range(1, 10_000)}
    assert not before & set(made)
    assert all(lane[0].isalpha() for lane in LANES)


def test_a_full_lane_gives_no_number() -> None:
    for seq, lane in ((MOST_IN_LANE + 1, "A0"), (0, "A0"), (10_000, "")):
        with pytest.raises(Refused) as caught:
            receipt_number("440104", DAY, "01", seq, lane)
        assert caught.value.failure is Failure.NUMBERS_MISSING


# -- stations, devices, restarts, copies, put-back stores -------------------------------------------------
@dataclass
class Desk:
    """One device's folder on one machine, and copies of its store as they were before."""

    folder: Path
    machine: Path
    copies: list[Path]

    def open(self) -> Store:
        store = open_store(self.folder / "station.db", KEY)
        store._shared = replace(store._shared, mark=NumberMark(self.folder / "station.mark", self.machine))
        return store


class Office:
    """Desks of two stations around one real hall database. `online` says whether lanes can be fetched."""

    def __init__(self, folder: Path, mark: Callable[[Path, Path], NumberMark] = NumberMark) -> None:
        self.folder = folder
        self.mark = mark
        self.hall: Engine = open_database(folder / "hall.db")
        with self.hall.begin() as db:
            for code in ("440104", "440105"):
                add_station(db, code, "站", "street")
        self.desks: list[Desk] = []
        self.given: list[str] = []
        self.refused = 0

    def new_desk(self, station: str) -> None:
        at = self.folder / f"desk{len(self.desks)}"
        at.mkdir()
        machine = at / "machine-id"
        machine.write_text(new_id())
        desk = Desk(at, machine, [])
        private = new_private()
        with self.hall.begin() as db:
            code = new_code(db, station)
            me = enrol(db, EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode()))))
        store = self.open(desk)
        with store.unit() as unit:
            unit.station.enrol("http://hall", me, private)
            unit.commit()
        store.close()
        self.desks.append(desk)

    def open(self, desk: Desk) -> Store:
        store = open_store(desk.folder / "station.db", KEY)
        store._shared = replace(store._shared, mark=self.mark(desk.folder / "station.mark", desk.machine))
        return store

    def work(self, desk: Desk, count: int, *, crash: bool) -> None:
        """A counter that opens, gives numbers, perhaps drops one unit, and closes."""
        store = self.open(desk)
        try:
            for n in range(count):
                with store.unit() as unit:
                    me = unit.station.enrolment()
                    assert me is not None
                    lane = unit.station.lane()
                    seq = unit.station.next_number(f"receipt:{DAY:%Y%m%d}:01:{lane}")
                    number = receipt_number(me.station, DAY, "01", seq, lane)
                    if crash and n == 1:
                        continue  # the unit is rolled back: its number was never given
                    unit.commit()
                self.given.append(number)
        except Refused as refused:
            if refused.failure is not Failure.NUMBERS_MISSING:
                raise
            self.refused += 1
        finally:
            store.close()

    def copy(self, desk: Desk) -> None:
        """Somebody keeps a copy of the store's own files."""
        at = desk.folder / f"copy{len(desk.copies)}"
        at.mkdir()
        for name in ("station.db", "station.keys"):
            if (desk.folder / name).exists():
                shutil.copy(desk.folder / name, at / name)
        desk.copies.append(at)

    def put_back(self, desk: Desk, copy: Path) -> None:
        """... and puts it back over the newer one."""
        for name in ("station.db-wal", "station.db-shm"):
            (desk.folder / name).unlink(missing_ok=True)
        for name in ("station.db", "station.keys"):
            if (copy / name).exists():
                shutil.copy(copy / name, desk.folder / name)

    def clone(self, desk: Desk) -> None:
        """The whole folder turns up on another machine."""
        at = self.folder / f"desk{len(self.desks)}"
        shutil.copytree(desk.folder, at)
        (at / "machine-id").write_text(new_id())
        self.desks.append(Desk(at, at / "machine-id", []))

    def fetch(self, desk: Desk) -> None:
        """The hall is heard: a desk that may not count gets a lane of its own."""
        store = self.open(desk)
        with store.unit() as unit:
            me = unit.station.enrolment()
        assert me is not None
        NumberPuller(RealHall(self.hall, me.device), me, store.unit, lambda: datetime.now(UTC)).carry()
        store.close()


@dataclass
class RealHall:
    """The hall's own function, without the line."""

    engine: Engine
    device: str

    def number_block(self, wanted: BlockWanted) -> NumberBlock:
        with self.engine.begin() as db:
            return block_for(db, self.device, wanted.want)


def a_year(office: Office, chance: random.Random, steps: int) -> None:
    for station in ("440104", "440104", "440105"):
        office.new_desk(station)
    for _ in range(steps):
        desk = chance.choice(office.desks)
        match chance.choice(("work", "work", "work", "crash", "copy", "back", "back", "clone", "fetch")):
            case "copy":
                office.copy(desk)
            case "back" if desk.copies:
                office.put_back(desk, chance.choice(desk.copies))
            case "clone" if len(office.desks) < 6:
                office.clone(desk)
            case "fetch":
                office.fetch(desk)
            case what:
                office.work(desk, chance.randint(1, 4), crash=what == "crash")
    office.hall.dispose()


@pytest.mark.parametrize("seed", range(3))
def test_no_number_is_given_twice_whatever_is_restarted_copied_cloned_or_put_back(
    tmp_path: Path, seed: int
) -> None:
    office = Office(tmp_path)
    a_year(office, random.Random(seed), 60)
    assert len(office.given) > 40
    assert len(set(office.given)) == len(office.given)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 140))
def test_no_number_is_given_twice_in_many_more_years(tmp_path: Path, seed: int) -> None:
    office = Office(tmp_path)
    a_year(office, random.Random(seed), 150)
    assert len(set(office.given)) == len(office.given)


class NoMark(NumberMark):
    """The control: how far numbers were taken is only what the store says."""

    def last(self, series: str) -> int:
        return 0


class AnyMachine(NumberMark):
    """The control: a copy on another machine counts on."""

    def stands_for(self, id_: str) -> bool:
        return True


@pytest.mark.parametrize("broken", [NoMark, AnyMachine])
def test_without_the_mark_or_the_machine_the_same_years_give_numbers_twice(
    tmp_path: Path, broken: Callable[[Path, Path], NumberMark]
) -> None:
    doubled = 0
    for seed in range(4):
        (tmp_path / str(seed)).mkdir()
        office = Office(tmp_path / str(seed), broken)
        a_year(office, random.Random(seed), 60)
        doubled += len(office.given) - len(set(office.given))
        if doubled:
            return
    pytest.fail("the control found nothing")


def test_a_desk_without_its_mark_gives_no_number_until_the_hall_gives_it_a_lane(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.new_desk("440104")
    desk = office.desks[0]
    office.work(desk, 2, crash=False)
    (desk.folder / "station.mark").unlink()
    office.work(desk, 1, crash=False)
    assert office.refused == 1
    office.fetch(desk)
    office.work(desk, 1, crash=False)
    assert [number[14:16] for number in office.given] == ["A0", "A0", "A1"]
    office.hall.dispose()


# -- the hall ---------------------------------------------------------------------------------------------
@pytest.fixture
def hall(tmp_path: Path) -> Engine:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        add_station(db, "440104", "站", "street")
        for device in ("d1", "d2"):
            db.execute(
                devices.insert().values(
                    id=device, station="440104", incarnation=1, public_key="k", last_seq=0, last_sha256=""
                )
            )
    return engine


def test_the_same_wish_is_one_lane_and_another_device_gets_another(hall: Engine) -> None:
    with hall.begin() as db:
        assert give_lane(db, "d1", "w1") == give_lane(db, "d1", "w1") == "A0"
        assert give_lane(db, "d2", "w1") == "A1"
        assert give_lane(db, "d1", "w2") == "A2"  # the device says that it lost count
    hall.dispose()


def test_a_restored_hall_gives_no_lane_that_it_may_have_given_after_its_backup(hall: Engine) -> None:
    with hall.begin() as db:
        give_lane(db, "d1", "w1")
        forgotten = db.begin_nested()  # what comes now is in no backup
        counting_on = give_lane(db, "d1", "w2")
        forgotten.rollback()
        renew_epoch(db)
        assert give_lane(db, "d2", "w1") != counting_on
    hall.dispose()


def test_a_lane_is_given_again_only_after_it_has_rested(
    hall: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hall.lanes.LANES", ("A0", "A1"))
    with hall.begin() as db:
        give_lane(db, "d1", "w1")
        give_lane(db, "d1", "w2")
        with pytest.raises(LanesUsedUp):
            give_lane(db, "d1", "w3")
        db.execute(
            update(number_lanes).where(number_lanes.c.lane == "A0").values(ended_at="2020-01-01T00:00:00Z")
        )
        assert give_lane(db, "d1", "w3") == "A0"
        assert db.scalar(select(number_lanes.c.want).where(number_lanes.c.lane == "A0")) == "w3"
    hall.dispose()


# -- the station believes only its own hall -----------------------------------------------------------------
@pytest.mark.parametrize("lie", ["signature", "station", "device", "want", "lane"])
def test_a_block_that_is_not_the_halls_for_this_wish_is_not_taken(lie: str) -> None:
    store = FakeStore()
    with store.unit() as unit:
        unit.station.enrol("http://hall", an_enrolment(HALL_KEY, DEVICE_KEY), DEVICE_KEY)
        unit.commit()
    me = an_enrolment(HALL_KEY, DEVICE_KEY)

    class Hall:
        def number_block(self, wanted: BlockWanted) -> NumberBlock:
            honest = NumberBlock(me.station, me.device, 1, "A0", wanted.want, NOW, "")
            said = {
                "station": replace(honest, station="999999"),
                "device": replace(honest, device="x"),
                "want": replace(honest, want="other"),
                "lane": replace(honest, lane="00"),
            }.get(lie, honest)
            return sign_reply(said, HALL_KEY if lie != "signature" else new_private())

    with pytest.raises(Refused) as caught:
        NumberPuller(Hall(), me, store.unit, lambda: NOW).carry()
    assert caught.value.failure is Failure.HALL_ANSWER_UNTRUSTED
    with store.unit() as unit:
        assert unit.station.lane() == ""


def test_a_wish_whose_answer_was_lost_is_asked_again_under_its_name() -> None:
    store, asked = FakeStore(), []
    me = an_enrolment(HALL_KEY, DEVICE_KEY)
    with store.unit() as unit:
        unit.station.enrol("http://hall", me, DEVICE_KEY)
        unit.commit()
    now = NOW

    class Hall:
        def number_block(self, wanted: BlockWanted) -> NumberBlock:
            asked.append(wanted.want)
            if len(asked) == 1:
                raise Refused(Failure.HALL_UNREACHABLE)
            return sign_reply(NumberBlock(me.station, me.device, 1, "B7", wanted.want, NOW, ""), HALL_KEY)

    puller = NumberPuller(Hall(), me, store.unit, lambda: now)
    with pytest.raises(Refused):
        puller.carry()
    now += timedelta(seconds=10)
    puller.carry()
    now += timedelta(seconds=10)
    puller.carry()
    assert len(asked) == 2
    assert asked[0] == asked[1]
    with store.unit() as unit:
        assert unit.station.lane() == "B7"
