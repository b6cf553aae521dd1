"""A hall that takes what stations send, on its own SQLite under the shim; says which receipts it has given.

python -m tests.crash.hall_work ROOT BATCHES, with the environment of tests.crash.shim; ways as in station_work.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from catalogue.load import load_catalogue
from hall import database, engines
from hall.acceptance import Gate
from hall.database import open_database
from hall.demo.seed import STATION, seed
from hall.enrolment import enrol, new_code
from hall.intake import take_batch
from tests.crash.shim import Shim
from tests.crash.station_work import Way
from tests.fakes.counter import CATALOGUE
from tests.fakes.device import Device
from wire.codec import encode
from wire.keys import b64, public_of, sign
from wire.messages import EnrolRequest, Envelope, PushRequest, PushStatus

Say = Callable[[str], None]


def work(folder: Path, say: Say, batches: int, gate: Gate, *, early: bool = False) -> None:
    """Open a hall, enrol two stations and take batches of theirs."""
    chance = random.Random(3)
    engine = open_database(folder / "hall.db")
    with engine.begin() as db:
        seed(db, code="crash", token=None)
        epoch = database.fact(db, "epoch")
    devices = [_enrolled(engine) for _ in range(2)]
    say(json.dumps({"what": "open", "epoch": epoch, "devices": [device.me.device for device in devices]}))
    for n in range(batches):
        device = devices[n % 2]
        items = _events(device, f"{n:04d}", chance.randint(1, 4))
        request = PushRequest(device.me.device, device.me.incarnation, epoch, items)
        with _told_early(engine, say, items if early else ()):
            answer = take_batch(engine, device.me.device, request, gate)
        given = [r.id for r in answer.results if r.status is PushStatus.APPLIED]
        assert given, answer
        _tell(say, items, given)
    engine.dispose()
    say(json.dumps({"what": "closed"}))


def _enrolled(engine: Engine) -> Device:
    device = Device("http://hall")
    with engine.begin() as db:
        code = new_code(db, STATION, confirmed_by="test")
        proof = b64(sign(device.private, code.encode()))
        device.enrolment = enrol(db, EnrolRequest(code, b64(public_of(device.private)), proof))
    return device


def _events(device: Device, name: str, cases: int) -> tuple[Envelope, ...]:
    """Some cases received, each second one accepted at once."""
    found: list[Envelope] = []
    for n in range(cases):
        case = f"case-{name}-{n}"
        found.append(device.received(case))
        if n % 2:
            found.append(device.accepted(case))
    return tuple(found)


def _tell(say: Say, items: tuple[Envelope, ...], given: list[str]) -> None:
    told = [[e.id, e.subject, e.kind.value, encode(e)] for e in items if e.id in given]
    say(json.dumps({"what": "given", "events": told}))


@contextmanager
def _told_early(engine: Engine, say: Say, items: tuple[Envelope, ...]) -> Iterator[None]:
    """The seeded bug: receipts are given before the commit that backs them."""
    if not items:
        yield
        return

    def before(_connection: Any) -> None:
        _tell(say, items, [item.id for item in items])

    event.listen(engine, "commit", before)
    try:
        yield
    finally:
        event.remove(engine, "commit", before)


@contextmanager
def _synchronous(level: str) -> Iterator[None]:
    real = engines._on_sqlite

    def on_connect(connection: Any, _record: object) -> None:
        real(connection, _record)
        connection.execute(f"PRAGMA synchronous={level}")

    engines._on_sqlite = on_connect
    try:
        yield
    finally:
        engines._on_sqlite = real


def main(root: Path, batches: int) -> None:
    """Work in every way."""
    shim = Shim()
    gate = Gate(load_catalogue(CATALOGUE), root)
    for way in Way:
        folder = root / way.value
        folder.mkdir()

        def say(text: str, folder: Path = folder) -> None:
            shim.say(folder, text)

        level = way.value if way in {Way.NORMAL, Way.OFF} else "FULL"
        with _synchronous(level):
            work(folder, say, batches if way is Way.RIGHT else min(batches, 12), gate, early=way is Way.EARLY)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
