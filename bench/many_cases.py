"""A store of many synthetic cases for `bench store`: made once into var/, the bodies sealed and the index made by the
product's own code.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

KEY = bytes(range(32))  # of these synthetic stores only
MADE_BY = 5  # another number makes them anew: what is made, or how it is kept, has changed
COMMON = "张伟"  # three in a hundred are called so
PER_DAY = 1400
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚钟姜崔谭陆范汪石"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文建国红梅志新春海玉林秀云波宁辉鹏宇浩凯飞鑫晨欣雨佳怡子轩梓涵思琪嘉诚"
_FIRST_DAY = datetime(2024, 11, 25, 0, 30, tzinfo=UTC)
_NAME, _NUMBER, _ID, _RECEIPT, _PROJECT, _AT = (
    "@NAME@",
    "@NUMBER@",
    "@ID@",
    "@RECEIPT@",
    "@PROJECT@",
    "2001-01-01T",
)
_CHUNK = 20_000
_MADE = Path(__file__).resolve().parent.parent / "var" / "bench-store"


@dataclass(frozen=True, slots=True)
class Person:
    """The n-th case's applicant and numbers; the same for every store."""

    name: str
    number: str
    receipt: str
    project: str
    at: datetime


def person(n: int) -> Person:
    """Return who stands in the n-th case, from 1."""
    dice = random.Random(n)
    if dice.random() < 0.03:
        name = COMMON
    else:
        given = dice.choice(_GIVEN) + (dice.choice(_GIVEN) if dice.random() < 0.8 else "")
        name = dice.choice(_SURNAMES) + given
    # Births of the century before last: numbers that nobody can hold.
    born = f"18{dice.randrange(100):02d}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"
    number = f"440104{born}{dice.randrange(1000):03d}{dice.choice('0123456789X')}"
    day, of_day = divmod(n - 1, PER_DAY)
    at = _FIRST_DAY + timedelta(days=day, seconds=20 * of_day)
    window = of_day % 20 + 1
    last = f"{window:02d}{of_day // 20 + 1:04d}"
    check = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 36]
    return Person(name, number, f"440104{at:%y%m%d}{last}{check}", f"P44{at:%Y%m%d}{n % 10_000_000:07d}", at)


def store_of(count: int) -> Path:
    """Return the path of a store with so many cases; makes it when it is not there, and says so on stderr."""
    folder = _MADE / f"{MADE_BY}-{count}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        began = time.perf_counter()
        _make(folder / "station.db", count)
        size = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
        told = f"a store of {count} cases: {time.perf_counter() - began:.0f} s, {size:.0f} MB"
        print(told, file=sys.stderr, flush=True)
        (folder / "made").write_text(told + "\n", encoding="ascii")
    return folder / "station.db"


def there(count: int) -> bool:
    """Say whether the store was made before."""
    return (_MADE / f"{MADE_BY}-{count}" / "made").exists()


def bare(path: Path) -> Any:
    """Open a store by SQLCipher's own driver, as hard as the product does; nothing of the product stands between."""
    db = dbapi2.connect(str(path), isolation_level=None)
    db.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


def _make(path: Path, count: int) -> None:
    from workstation.storage.database import open_store, pool_path  # noqa: PLC0415 - as bench/verify

    open_store(path, KEY).close()
    with pool_path(path).open("wb") as pool:
        pool.write(os.urandom(32 * (count + 4096)))
    db = bare(path)
    db.execute("PRAGMA synchronous=OFF")  # Only while it is made: a store that was cut off is made anew.
    body = _template()
    secrets = pool_path(path).read_bytes()
    for start in range(1, count + 1, _CHUNK):
        last = min(start + _CHUNK, count + 1)
        db.execute("BEGIN")
        rows = list(_rows(body, secrets, start, last))
        db.executemany(
            "INSERT INTO cases (id, receipt_no, status, received_at, person, sealed, project_no, slot, clerk, listed) "
            "VALUES (?, ?, 'dispatched', ?, ?, ?, ?, ?, 'clerk', 1)",
            rows,
        )
        db.executemany("INSERT INTO case_keys (owner, slot) VALUES (?, ?)", ((r[0], r[-1]) for r in rows))
        db.execute("COMMIT")
    db.close()
    _index(path)


def _rows(body: str, secrets: bytes, start: int, last: int) -> Iterator[tuple[object, ...]]:
    from wire.box import Lock, derive  # noqa: PLC0415 - as above
    from workstation.storage.times import stamp  # noqa: PLC0415

    for n in range(start, last):
        who = person(n)
        case = f"{0x019300000000 + n * 20000:012x}"
        case = f"{case[:8]}-{case[8:]}-7{n % 4096:03x}-8{n % 4096:03x}-{n:012x}"
        said = (
            body.replace(_NAME, who.name)
            .replace(_NUMBER, who.number)
            .replace(_ID, case)
            .replace(_RECEIPT, who.receipt)
            .replace(_PROJECT, who.project)
            .replace(_AT, f"{who.at:%Y-%m-%d}T")
        )
        key = derive(KEY, "case", secrets[(n - 1) * 32 : n * 32], case.encode())
        found_by = derive(KEY, "person", who.number.encode()).hex()
        yield (
            case,
            who.receipt,
            stamp(who.at),
            found_by,
            Lock(key).seal_body(said.encode(), case),
            who.project,
            n,
        )


def _index(path: Path) -> None:
    from workstation.storage.database import open_store  # noqa: PLC0415 - as above

    store = open_store(path, KEY)
    left = 1
    while left:
        with store.unit() as unit:
            left = unit.cases.make_findable(4096)
            unit.commit()
    store.scrub()
    store.close()


def a_case(who: Person, case: str) -> Any:
    """Return a case of the size that counters file: a bundle of three items, sixteen answers."""
    from wire.messages import AnswerOnWire, MaterialHow, MaterialOnWire, Origin, Party  # noqa: PLC0415 - as above
    from workstation.domain.case import Case, CaseStatus, SubCase  # noqa: PLC0415

    items = ("birth-registration", "medical-insurance", "social-security-card")
    return Case(
        id=case,
        receipt_no=who.receipt,
        station="440104",
        window="01",
        clerk="clerk",
        bundle="newborn",
        catalogue="1",
        applicant=Party(who.name, "111", who.number),
        sub_cases=tuple(SubCase(item, "1", "public_security", ()) for item in items),
        answers={f"field.number_{n}": AnswerOnWire(f"测试内容{n}", Origin.TYPED) for n in range(16)},
        materials=tuple(MaterialOnWire(f"paper_{n}", MaterialHow.ORIGINAL_SEEN, None, ()) for n in range(3)),
        papers_saved=(),
        status=CaseStatus.RECEIVED,
        received_at=who.at,
        offline=False,
    )


def _template() -> str:
    from workstation.domain.case import CaseStatus  # noqa: PLC0415 - as above
    from workstation.storage.bodies import body_of  # noqa: PLC0415

    who = Person(_NAME, _NUMBER, _RECEIPT, _PROJECT, datetime(2001, 1, 1, 1, tzinfo=UTC))
    return body_of(replace(a_case(who, _ID), project_no=_PROJECT, status=CaseStatus.DISPATCHED)).decode()


def spread(count: int, some: int) -> Sequence[int]:
    """Return some numbers of cases, from the whole store."""
    return random.Random(count).sample(range(1, count + 1), some)
