"""The station's store: filing a case durably, and finding one among a million, beside what SQLCipher alone takes."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench import many_cases
from bench.harness import Figure, figure, in_turns

if TYPE_CHECKING:
    from workstation.domain.case import Case
    from workstation.storage.database import Store

FEW, MANY = 10_000, 1_000_000
PAGE = 30  # services.worklist.FOUND_LENGTH
SCREEN = 12  # services.worklist.FOUND_AT_ONCE
_WARMING = 60  # filings before the first that counts
_NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `case_commit` (us of case, envelope and audit entry as one durable unit of the product; floor: the same three
    rows, ready made, by SQLCipher's own driver into tables with the same indexes, the same durability), beside
    `case_commit_cpu` (the same by the thread's processor time: what a disk that takes no time would leave), `case_commit_plain`
    (by the clock, against three bare tables with a key each), `first_page_ms` and `next_page_ms` (the
    list of cases; floor: a bare select of as many rows), a figure for each kind of search (ms, p50; floor: the
    same on ten thousand cases, so that `ratio` is its growth), `search_p99_ms` (the slowest kind of search on a million,
    to its last row; floor: a bare indexed select of a page there), `search_growth` (p50 of all kinds; floor: on ten
    thousand) and `search_whole_growth` (the same to the last row).

    A search is timed until its first screen of rows is there, as the clerk has it: the unit, the index for all thirty,
    opening what one screen shows with its answers, which the row of a result that may go out, or went out, shows (most
    of an old store), the durable audit entry; and again when the rows below that screen are open as well. The store of a
    million is made once into var/ (about seven minutes, 1.9 GB) with --long; without it, and without that store, a
    hundred thousand stand in for it, and stderr says so.
    """
    yield from _commits(401 if long else 201)
    many = MANY if long or many_cases.there(MANY) else MANY // 10
    if many != MANY:
        print(f"no store of {MANY} cases yet: measured on {many} (--long makes it)", file=sys.stderr)
    from workstation.storage.database import open_store  # noqa: PLC0415 - as bench/verify

    few_at, many_at = many_cases.store_of(FEW), many_cases.store_of(many)
    few, much = open_store(few_at, many_cases.KEY), open_store(many_at, many_cases.KEY)
    try:
        yield from _lists(much, many_cases.bare(many_at), 61 if long else 31)
        yield from _searches(
            _Stock(few, FEW), _Stock(much, many), many_cases.bare(many_at), 200 if long else 100
        )
    finally:
        few.close()
        much.close()


# -- filing ----------------------------------------------------------------------------------------------
def _commits(runs: int) -> Iterator[Figure]:
    from workstation.storage.database import open_store  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="yc-bench-", dir=_var()) as folder:
        store = open_store(Path(folder) / "station.db", many_cases.KEY)
        _enrol(store)
        filing = _Filing(store, many_cases.bare(Path(folder) / "station.db"), runs + _WARMING)
        alike, plain = _Bare(Path(folder) / "alike.db"), _Bare(Path(folder) / "plain.db")
        alike.take_schema(filing.beside)
        plain.make_plain()
        subjects = {
            "product": filing.file,
            "alike": lambda: alike.write(filing.last()),
            "plain": lambda: plain.write(filing.bodies()),
        }
        in_turns(subjects, _WARMING)
        taken = in_turns(subjects, runs)
        clock = {name: [each.clock for each in spent] for name, spent in taken.items()}
        cpu = {name: [each.cpu for each in spent] for name, spent in taken.items()}
        yield figure("case_commit", "us", subject=clock["product"], floor=clock["alike"])
        yield figure("case_commit_cpu", "us", subject=cpu["product"], floor=cpu["alike"])
        yield figure("case_commit_plain", "us", subject=clock["product"], floor=clock["plain"])
        store.close()


def _enrol(store: Store) -> None:
    from wire.messages import Enrolment, Role, StaffAccount  # noqa: PLC0415 - as above

    accounts = tuple(
        StaffAccount(f"clerk{n}", f"窗口{n}", (Role.CLERK,), "$argon2id$none", "01") for n in range(20)
    )
    known = Enrolment("device", 1, "e1", "440104", "测试街道政务服务中心", "street", "hall key", accounts)
    with store.unit() as unit:
        unit.station.enrol("http://127.0.0.1:1", known, bytes(32))
        unit.commit()


class _Spent(NamedTuple):
    """Microseconds of one commit, by the clock and of the processor."""

    clock: float
    cpu: float


class _Watch:
    """Begins to count when it is made."""

    def __init__(self) -> None:
        self._cpu, self._clock = time.thread_time_ns(), time.perf_counter_ns()

    def read(self) -> _Spent:
        clock, cpu = time.perf_counter_ns(), time.thread_time_ns()
        return _Spent((clock - self._clock) / 1e3, (cpu - self._cpu) / 1e3)


class _Filing:
    """Files one case after the other. Their keys are there, as at the counter, where the draft of the visit had them made."""

    def __init__(self, store: Store, beside: Any, count: int) -> None:
        from wire.codec import encode  # noqa: PLC0415 - as above
        from wire.keys import new_id  # noqa: PLC0415
        from workstation.domain.visit import Visit  # noqa: PLC0415

        self._store = store
        self.beside = beside  # another connection, which looks at what was written
        cases = [many_cases.a_case(many_cases.person(n), new_id()) for n in range(1, count + 1)]
        with store.unit() as unit:
            for case in cases:
                unit.drafts.save(Visit(case.id, "clerk", _NOW))
            unit.commit()
        self._next = iter([(case, encode(case), new_id()) for case in cases])

    def file(self) -> _Spent:
        """Return what one filing took."""
        from workstation.domain.clerk import Deed  # noqa: PLC0415 - as above

        case, body, event = next(self._next)
        watch = _Watch()
        with self._store.unit() as unit:
            unit.cases.add(case)
            unit.outbox.add(
                id=event, subject=case.id, kind="case_received", at=_NOW, actor="clerk", body=body
            )
            unit.audit.note(at=_NOW, actor="clerk", deed=Deed.RECEIVED, case=case.id, note=case.receipt_no)
            unit.commit()
        return watch.read()

    def last(self) -> Mapping[str, Sequence[object]]:
        """Return the three rows that the product has just written."""
        return {
            table: self.beside.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
            for table in ("cases", "outbox", "audit")
        }

    def bodies(self) -> Mapping[str, Sequence[object]]:
        """Return keys and bodies of the three rows."""
        rows = self.last()
        body = {
            name: next(v for v in row if isinstance(v, bytes))
            for name, row in rows.items()
            if name != "audit"
        }
        return {
            "cases": (rows["cases"][0], body["cases"]),
            "outbox": (rows["outbox"][1], body["outbox"]),
            "audit": rows["audit"][:2],
        }


class _Bare:
    """SQLCipher by its own driver."""

    def __init__(self, path: Path) -> None:
        self._db = many_cases.bare(path)
        self._into: dict[str, str] = {}

    def take_schema(self, of: Any) -> None:
        """Make the product's three tables with their indexes."""
        made = of.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('cases', 'outbox', 'audit') AND sql IS NOT NULL"
            " AND type <> 'trigger'"
        )
        for (sql,) in made.fetchall():
            self._db.execute(sql)

    def make_plain(self) -> None:
        """Make three tables of a key and a body."""
        for table in ("cases", "outbox", "audit"):
            self._db.execute(f"CREATE TABLE {table} (id PRIMARY KEY, body)")

    def write(self, rows: Mapping[str, Sequence[object]]) -> _Spent:
        """Return what one commit of the rows took."""
        for table, row in rows.items():
            self._into.setdefault(table, f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})")
        watch = _Watch()
        self._db.execute("BEGIN IMMEDIATE")
        for table, row in rows.items():
            self._db.execute(self._into[table], row)
        self._db.execute("COMMIT")
        return watch.read()


# -- lists -----------------------------------------------------------------------------------------------
def _lists(much: Store, bare: Any, runs: int) -> Iterator[Figure]:
    def page(store: Store, *, first: bool) -> float:
        with store.unit() as unit:
            last = None if first else unit.cases.latest(200)[-1]
            began = time.perf_counter()
            unit.cases.latest(PAGE, after=last)
            return (time.perf_counter() - began) * 1e3

    subjects = {
        "first": lambda: page(much, first=True),
        "next": lambda: page(much, first=False),
        "bare": lambda: _bare_page(bare),
    }
    in_turns(subjects, 3)
    taken = in_turns(subjects, runs)
    yield figure("first_page_ms", "ms", subject=taken["first"], floor=taken["bare"])
    yield figure("next_page_ms", "ms", subject=taken["next"], floor=taken["bare"])


def _bare_page(bare: Any, before: str = "9") -> float:
    began = time.perf_counter()
    bare.execute(
        "SELECT id, sealed FROM cases WHERE received_at < ? ORDER BY received_at DESC LIMIT ?", (before, PAGE)
    ).fetchall()
    return (time.perf_counter() - began) * 1e3


# -- searching -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Stock:
    store: Store
    count: int

    def wishes(self, kind: str, some: int) -> list[str]:
        """Return what clerks type of people who are there, from all over the store."""
        said = _KINDS[kind]
        return [said(many_cases.person(n)) for n in many_cases.spread(self.count, some)]

    def search(self, typed: str) -> tuple[float, float]:
        """Return the milliseconds of a search as services.worklist does it, with its durable audit entry: to the first
        screen, and to its last row."""
        from workstation.domain.clerk import Deed  # noqa: PLC0415 - as above
        from workstation.domain.finding import wanted  # noqa: PLC0415

        began = time.perf_counter()
        looked_for = wanted(typed)
        if looked_for is None:
            raise AssertionError(typed)
        with self.store.unit() as unit:
            if unit.cases.make_findable(20):
                unit.cases.hidden()
            found = unit.cases.find(looked_for, PAGE + 1, SCREEN)
            count = len(found.cases) + len(found.places)
            unit.audit.note(at=_NOW, actor="clerk", deed=Deed.LOOKED_UP, note=f"search {count}")
            unit.commit()
        _show(found.cases)
        screen = time.perf_counter()
        if rest := found.places[: PAGE - len(found.cases)]:
            with self.store.unit() as unit:
                _show(unit.cases.fitting(rest, looked_for))
        ended = time.perf_counter()
        if not found.cases:
            raise AssertionError("somebody who is there was not found")
        return (screen - began) * 1e3, (ended - began) * 1e3


def _show(cases: Sequence[Case]) -> None:
    for case in cases:
        case.answers.get("contact.phone")


def _letters(who: many_cases.Person) -> str:
    from catalogue.initials import readings  # noqa: PLC0415 - as above

    return readings(who.name)[0]


_KINDS: Mapping[str, Callable[[many_cases.Person], str]] = {
    "search_common_name_ms": lambda _: many_cases.COMMON,
    "search_two_characters_ms": lambda who: who.name[-2:],
    "search_whole_name_ms": lambda who: who.name,
    "search_initials_ms": _letters,
    "search_id_tail_4_ms": lambda who: who.number[-4:],
    "search_id_tail_6_ms": lambda who: who.number[-6:],
    "search_receipt_ms": lambda who: who.receipt,
    "search_receipt_tail_ms": lambda who: who.receipt[-5:],
    "search_project_ms": lambda who: who.project,
    "search_day_ms": lambda who: who.receipt[:12],
}


def _searches(few: _Stock, much: _Stock, bare: Any, some: int) -> Iterator[Figure]:
    pages = random.Random(1)
    days = [f"{many_cases.person(pages.randrange(1, much.count)).at:%Y-%m-%d}" for _ in range(some)]
    floor = [_bare_page(bare, day) for day in days]
    slowest: list[float] = [0.0]
    on_few: list[tuple[float, float]] = []
    on_many: list[tuple[float, float]] = []
    for kind in _KINDS:
        here, there = few.wishes(kind, some), much.wishes(kind, some)
        few.search(here[0])  # The keys of the books are read once in a process.
        much.search(there[0])
        for one, other in zip(here, there, strict=True):
            on_few.append(few.search(one))
            on_many.append(much.search(other))
        yield figure(kind, "ms", subject=_screens(on_many[-some:]), floor=_screens(on_few[-some:]))
        slowest = max(slowest, [_p99([whole for _, whole in on_many[-some:]])])
    yield figure("search_p99_ms", "ms", subject=slowest, floor=[_p99(floor)])
    yield figure("search_growth", "ms", subject=_screens(on_many), floor=_screens(on_few))
    whole_many, whole_few = ([whole for _, whole in taken] for taken in (on_many, on_few))
    yield figure("search_whole_growth", "ms", subject=whole_many, floor=whole_few)


def _screens(taken: Sequence[tuple[float, float]]) -> list[float]:
    return [screen for screen, _ in taken]


def _p99(spent: Sequence[float]) -> float:
    return statistics.quantiles(spent, n=100, method="inclusive")[98]


def _var() -> Path:
    # Not the temporary folder: it may be memory, which knows no waiting for the disk.
    folder = Path(__file__).resolve().parent.parent / "var"
    folder.mkdir(exist_ok=True)
    return folder
