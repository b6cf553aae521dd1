"""A purge is real: what was destroyed is in no page, log or copy any more, for whoever has the store's key too."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from catalogue.broken import CatalogueBroken
from catalogue.load import build, load_catalogue, read_sources
from catalogue.model import Catalogue, Limit
from tests.fakes.cases import a_case, a_receipt, a_visit
from tests.fakes.counter import CATALOGUE, FakeCatalogues
from wire.codec import Malformed, encode
from wire.messages import (
    AnswerOnWire,
    Change,
    ChangeKind,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Party,
    Result,
    ResultCode,
)
from workstation.domain.answers import Answer
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.sheet import Fate, Sheet
from workstation.domain.slip import Print, SlipKind
from workstation.services.ports import Unit
from workstation.services.purge import KEPT_FOR, SENT_AGAIN, DailyPurge, kept_until, purge
from workstation.storage.database import Store, open_store

KEY = bytes(range(32))
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=KEPT_FOR.n + 5)
CANARIES = (
    "测试金丝雀",
    "44010018990101002X",
    "13800000000",
    "广州市测试区金丝雀路一号",
    "canary@example.invalid",
)
SCAN = b"%PDF-1.7 " + "扫描金丝雀".encode() + b" scanned-canary-paper"
WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
NEEDLES = [c.encode(w) for c in (*CANARIES, "扫描金丝雀", "scanned-canary-paper") for w in WRITINGS]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(CATALOGUE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "live" / "station.db", KEY)) as opened:
        yield opened


def concluded(n: int, at: datetime = LONG_AGO, blobs: tuple[str, ...] = ()) -> Case:
    """A case that was decided, with somebody's data all over it."""
    case = a_case(n)
    result = Result(ResultCode.GRANTED, "准予", "公安", "reviewer", at)
    return replace(
        case,
        applicant=Party(CANARIES[0], "111", CANARIES[1]),
        answers={f"a{i}": AnswerOnWire(text, Origin.TYPED) for i, text in enumerate(CANARIES)},
        materials=(MaterialOnWire("household_book", MaterialHow.SCANNED, None, blobs),),
        sub_cases=tuple(replace(sub, result=result) for sub in case.sub_cases),
        status=CaseStatus.DECIDED,
        concluded_at=at,
        seal="YC1.x.y",
    )


def file(
    unit: Unit,
    n: int,
    at: datetime = LONG_AGO,
    *,
    scan: bytes = SCAN,
    sent: bool = True,
    signed: datetime | None = None,
) -> Case:
    """A case through its whole life: draft, case, step, sheet, scan, the hall's word."""
    sha256 = unit.blobs.put(scan)
    visit = replace(
        a_visit(n), answers={f"a{i}": Answer(text, Origin.TYPED, at) for i, text in enumerate(CANARIES)}
    )
    unit.drafts.save(visit)
    case = concluded(n, at, (sha256,))
    unit.cases.add(case)
    step = unit.outbox.add(
        id=f"e{n}", subject=case.id, kind="case_received", at=at, actor="clerk", body=encode(case)
    )
    unit.prints.add(Print(f"S{n}", case.id, SlipKind.RECEIPT, 0, "1", "clerk", at, "0" * 64, f"S{n}.pdf"))
    unit.audit.note(at=at, actor="clerk", deed=Deed.RECEIVED, case=case.id, note=case.receipt_no)
    unit.drafts.drop(case.id)
    if sent:
        unit.outbox.acked(
            step.envelope.id, a_receipt(step.envelope.id, step.envelope.sha256, at=signed or at)
        )
        unit.blobs.sent(sha256)
    return case


def plain_pages(folder: Path) -> bytes:
    """Everything that whoever has the store's key can see: the pages of file and log in clear, and the files as they are.

    The log's pages are decrypted by letting SQLCipher itself read the copied database through it, as a thief would.
    """
    seen = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    with closing(dbapi2.connect(str(folder / "station.db"))) as db:
        db.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        db.execute(f"ATTACH DATABASE '{folder / 'clear.db'}' AS clear KEY ''")
        db.execute("SELECT sqlcipher_export('clear')")
        db.execute("DETACH DATABASE clear")
    seen += (folder / "clear.db").read_bytes()
    with closing(sqlite3.connect(folder / "clear.db")) as clear:
        tables = [row[0] for row in clear.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in clear.execute(f'SELECT * FROM "{table}"'):
                seen += b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in row)
    return seen


def hits(content: bytes) -> int:
    return sum(needle in content for needle in NEEDLES)


def copied(store: Store, tmp_path: Path, name: str) -> Path:
    """The files of the store in use, as somebody would copy them."""
    return Path(shutil.copytree(tmp_path / "live", tmp_path / name))


def opened_with_key(folder: Path) -> str:
    """What the workstation itself can read of a copy."""
    with closing(open_store(folder / "station.db", KEY)) as store, store.unit() as unit:
        said = repr((unit.cases.latest(99), unit.drafts.all(), unit.outbox.due(NOW, 99)))
        for name in (sha for case in unit.cases.latest(99) for m in case.materials for sha in m.blobs):
            said += unit.blobs.get(name).decode(errors="replace")
    return said


def test_the_purge_leaves_nothing_in_file_log_and_copies(
    store: Store, tmp_path: Path, catalogue: Catalogue
) -> None:
    with store.unit() as unit:
        for n in range(1, 21):
            file(unit, n, scan=SCAN + str(n).encode())
        unit.commit()
    before = copied(store, tmp_path, "backup")
    view = purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    assert dict(view.counts) == {"cases": 20, "steps": 20, "sheets": 20, "scans": 20}
    with store.unit() as unit:
        assert unit.cases.count() == 0
    assert (tmp_path / "live" / "station.db-wal").stat().st_size == 0
    after = copied(store, tmp_path, "after")
    assert [path for path in (after / "scans").rglob("*") if path.is_file()] == []
    assert hits(plain_pages(after)) == 0
    # The backup of the pages from before has only boxes, and their secrets are written over: with the secrets of today
    # nobody opens them, not even with the store's key.
    shutil.copyfile(tmp_path / "live" / "station.keys", before / "station.keys")
    assert hits(plain_pages(copied_folder(before, tmp_path / "thief"))) == 0
    with pytest.raises(Refused) as caught:
        opened_with_key(before)
    assert caught.value.failure is Failure.STORE_DAMAGED


def copied_folder(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


def test_without_destroying_the_keys_they_are_found(store: Store, tmp_path: Path) -> None:
    """The control: the same search finds all of it as long as the keys are there."""
    with store.unit() as unit:
        file(unit, 1)
        unit.commit()
    said = opened_with_key(copied(store, tmp_path, "copy"))
    for canary in (*CANARIES, "扫描金丝雀", "scanned-canary-paper"):
        assert canary in said
    with store._engine.begin() as db:
        # A store that kept its bodies in clear would be found out by the scan of the pages.
        db.exec_driver_sql("INSERT INTO facts (name, value) VALUES ('planted', ?)", (CANARIES[0],))
    assert hits(plain_pages(copied(store, tmp_path, "planted"))) >= 1


def test_what_is_open_young_or_unsent_is_never_purged(store: Store, catalogue: Catalogue) -> None:
    with store.unit() as unit:
        file(unit, 1, sent=False)
        file(unit, 2, NOW - timedelta(days=KEPT_FOR.n - 1), scan=b"%PDF-2")
        unit.cases.add(a_case(3))
        unit.drafts.save(replace(a_visit(9), opened_at=LONG_AGO))
        waiting = file(unit, 4, scan=b"%PDF-4")
        unit.station.hold(Change(waiting.id, 9, ChangeKind.CASE_REGISTERED, "{}"))
        parked = file(unit, 5, scan=b"%PDF-5", sent=False)
        unit.outbox.parked("e5", "malformed")
        unsent_scan = file(unit, 6, scan=b"%PDF-6")
        unit.cases.save(
            replace(
                unsent_scan,
                materials=(MaterialOnWire("m", MaterialHow.SCANNED, None, (unit.blobs.put(b"%PDF-new"),)),),
            )
        )
        file(unit, 7, scan=b"%PDF-7", signed=NOW - SENT_AGAIN + timedelta(seconds=1))
        unit.commit()
    view = purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    assert (view.cases, view.kept_unsent) == ((), 5)
    with store.unit() as unit:
        assert unit.cases.count() == 7
        assert [visit.case for visit in unit.drafts.all()] == ["case-0009"]
        assert parked.id in {case.id for case in unit.cases.latest(9)}


@dataclass(frozen=True, slots=True)
class _LaterCase(Case):
    """As the next version of the program may write it."""

    held_until: str = "2999-01-01"


def test_what_a_later_version_wrote_is_not_destroyed_by_this_one(store: Store, catalogue: Catalogue) -> None:
    """It may say there why the case is kept."""
    with store.unit() as unit:
        case = file(unit, 1)
        unit.cases.save(_LaterCase(**{field.name: getattr(case, field.name) for field in fields(case)}))
        unit.commit()
    with pytest.raises(Malformed, match="held_until"):
        purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    with store.unit() as unit:
        assert unit.cases.count() == 1


def test_a_dry_run_says_what_would_go_and_touches_nothing(store: Store, catalogue: Catalogue) -> None:
    with store.unit() as unit:
        case = file(unit, 1)
        entries = len(unit.audit.entries())
        unit.commit()
    view = purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station", dry_run=True)
    assert view.cases == (case.id,)
    with store.unit() as unit:
        assert unit.cases.get(case.id) == case
        assert (len(unit.audit.entries()), unit.purges.reports()) == (entries, ())


def test_a_purge_leaves_a_report_and_entries_that_name_no_person(store: Store, catalogue: Catalogue) -> None:
    with store.unit() as unit:
        case = file(unit, 1)
        unit.commit()
    purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    with store.unit() as unit:
        ((number, at, body),) = unit.purges.reports()
        (entry,) = [e for e in unit.audit.entries() if e.deed is Deed.PURGED]
    assert (number, at) == (1, NOW)
    assert case.id in body
    assert entry.case == case.id
    assert entry.note == f"{case.receipt_no} P730D cases=1 sheets=1 steps=1"
    assert not any(canary in body + entry.note for canary in CANARIES)


def test_a_scan_stays_while_another_case_names_it(store: Store, catalogue: Catalogue) -> None:
    with store.unit() as unit:
        file(unit, 1)
        young = file(unit, 2, NOW - timedelta(days=3))
        unit.commit()
    view = purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    assert "scans" not in view.counts
    (sha256,) = young.materials[0].blobs
    with store.unit() as unit:
        assert unit.blobs.get(sha256) == SCAN


def test_a_discarded_draft_and_its_scan_are_destroyed_too(
    store: Store, tmp_path: Path, catalogue: Catalogue
) -> None:
    with store.unit() as unit:
        unit.drafts.save(a_visit(1))
        unit.blobs.put(SCAN)
        unit.commit()
    secrets = (tmp_path / "live" / "station.keys").read_bytes()
    with store.unit() as unit:
        unit.drafts.drop("case-0001")
        unit.commit()
    purge(store, FakeCatalogues(catalogue), lambda: NOW, actor="station")
    now = (tmp_path / "live" / "station.keys").read_bytes()
    assert now[:64] != secrets[:64]
    assert now[64:] == secrets[64:]


def test_a_purge_cut_off_before_the_keys_went_is_finished_at_the_next(
    store: Store, tmp_path: Path, catalogue: Catalogue
) -> None:
    with store.unit() as unit:
        case = file(unit, 1)
        unit.commit()
    secrets = (tmp_path / "live" / "station.keys").read_bytes()
    backup = copied(store, tmp_path, "backup")
    with store.unit() as unit:
        unit.purges.purge(case.id)
        unit.commit()
    assert (tmp_path / "live" / "station.keys").read_bytes() == secrets  # Here the power went.
    # Rows alone are no purge: as long as the secrets stand, an old copy of the pages still tells everything.
    assert CANARIES[0] in opened_with_key(copied_folder(backup, tmp_path / "thief"))
    assert store.scrub() == 1
    assert (tmp_path / "live" / "station.keys").read_bytes() != secrets


def test_a_store_without_its_secrets_is_told_at_the_door(store: Store, tmp_path: Path) -> None:
    with store.unit() as unit:
        file(unit, 1)
        unit.commit()
    thief = copied(store, tmp_path, "thief")
    (thief / "station.keys").unlink()
    with pytest.raises(Refused) as caught:
        open_store(thief / "station.db", KEY)
    assert caught.value.failure is Failure.STORE_DAMAGED


def test_the_longest_rule_of_a_cases_items_counts(catalogue: Catalogue) -> None:
    ended = datetime(2026, 1, 10, tzinfo=UTC)
    case = concluded(1, ended)
    item = catalogue.items["birth-registration"]
    short = replace(catalogue, items={item.id: replace(item, retention=Limit(30, "day"))})
    assert kept_until(case, catalogue) == (date(2026, 1, 10) + timedelta(days=730), "P730D")
    assert kept_until(case, short) == (date(2026, 2, 9), "P30D")
    two = replace(
        case, sub_cases=(*case.sub_cases, replace(case.sub_cases[0], item="gone from the catalogue"))
    )
    assert kept_until(two, short) == (date(2026, 1, 10) + timedelta(days=730), "P730D")
    assert kept_until(replace(case, seal=None), short) is None


def test_the_daily_purge_runs_at_the_start_and_when_the_day_changes(
    store: Store, catalogue: Catalogue
) -> None:
    at = [NOW]
    daily = DailyPurge(lambda: store, FakeCatalogues(catalogue), lambda: at[0])
    for n, moment in enumerate((NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)), start=1):
        at[0] = moment
        with store.unit() as unit:
            file(unit, n, scan=f"%PDF-{n}".encode())
            unit.commit()
        assert daily.carry() is False
    with store.unit() as unit:
        assert [number for number, _, _ in unit.purges.reports()] == [2, 1]
        assert unit.cases.count() == 0


def test_how_long_a_station_keeps_an_item_is_the_items_to_say() -> None:
    sources = read_sources(CATALOGUE)
    name, raw = next((n, r) for n, r in sources.items.items() if r["id"] == "birth-registration")
    said = build(replace(sources, items={name: {**raw, "retention": {"n": 6, "unit": "month"}}}, bundles={}))
    assert said.items["birth-registration"].retention == Limit(6, "month")
    assert build(sources).items["birth-registration"].retention is None
    with pytest.raises(CatalogueBroken):
        build(replace(sources, items={name: {**raw, "retention": {"n": -1, "unit": "month"}}}, bundles={}))


def test_a_photo_of_a_draft_or_case_is_no_orphan(store: Store) -> None:
    with store.unit() as unit:
        photo, lost = unit.blobs.put(b"\x89PNG photo"), unit.blobs.put(b"\x89PNG lost")
        unit.drafts.save(replace(a_visit(1), answers={"photo": Answer(photo, Origin.TYPED, NOW)}))
        assert unit.purges.orphans() == 1
        unit.cases.add(replace(a_case(1), answers={"photo": AnswerOnWire(photo, Origin.TYPED)}))
        unit.drafts.drop("case-0001")
        assert unit.purges.orphans() == 0
        assert unit.blobs.get(photo) == b"\x89PNG photo"
        with pytest.raises(KeyError):
            unit.blobs.get(lost)


def test_a_sheet_of_no_case_that_nobody_accounts_for_goes_after_a_month(
    store: Store, catalogue: Catalogue
) -> None:
    sheet = Sheet("S1", "", SlipKind.ONE_TIME_NOTICE, 0, "clerk", NOW, hashlib.sha256(b"S1").hexdigest())
    with store.unit() as unit:
        unit.sheets.add(sheet, b"S1")
        unit.commit()
    early = purge(store, FakeCatalogues(catalogue), lambda: NOW + timedelta(days=29), actor="station")
    assert early.counts == {}
    with store.unit() as unit:
        assert unit.sheets.pdf("S1") == b"S1"
    late = purge(store, FakeCatalogues(catalogue), lambda: NOW + timedelta(days=31), actor="station")
    assert late.counts == {"forgotten_sheets": 1}
    with store.unit() as unit:
        kept = unit.sheets.get("S1")
        assert (kept.fate, kept.why, kept.settled_by) == (Fate.VOID, "forgotten", "station")
        with pytest.raises(Refused):
            unit.sheets.pdf("S1")
        noted = [each for each in unit.audit.entries() if each.deed is Deed.SHEET_SETTLED]
    assert [each.note for each in noted] == ["S1 forgotten"]
