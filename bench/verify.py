"""Look-ups: five of a bundle beside the slowest register alone, and what the broker adds to a bare HTTP call."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import Figure, figure, in_turns
from demo.environment import Demo

if TYPE_CHECKING:
    from catalogue.model import Catalogue
    from wire.messages import VerificationQuery
    from workstation.sync.client import HallClient
    from workstation.ui.background import Background

BUNDLE = "disability"
# How long the five registers take, in seconds: what an exchange platform needs on a good day.
DELAYS_S = (0.40, 0.33, 0.27, 0.22, 0.18)
_PERSON = ("测试一", "44010018990101002X")
_NO_LIMITS = {"limits": {"per_hour": 1_000_000, "per_day": 1_000_000, "unusual_hour": 1_000_000}}
_HALL = Path(__file__).resolve().parent.parent / "resources"


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `bundle_of_five` (ms of five look-ups of a bundle, each at a register that takes its time; floor: the slowest
    of them alone, on the same way), `broker_overhead_ms` (what the broker takes longer than a bare HTTP call to the same
    register; floor: that call) and `station_overhead_ms` (the same for the whole way from the station's client).

    The way is the product's: threads of `ui.background`, `services.verify_status`, `sync.client`, a hall process,
    a process of simulated registers. Of an overhead `value` is the median of the differences, call by call.
    """
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder:
        settings = Path(folder) / "settings.json"
        settings.write_text(json.dumps(_NO_LIMITS), encoding="ascii")
        with (
            Demo(
                Path(folder), Path(sys.executable), with_card=False, review=False, settings=settings
            ) as demo,
            _desk(demo) as desk,
        ):
            runs = 40 if long else 12
            for query, seconds in zip(desk.queries, DELAYS_S, strict=True):
                demo.set_register(query.service, "delay", seconds=str(seconds))
            subjects = {"five": lambda: desk.ask(desk.queries), "slowest": lambda: desk.ask(desk.queries[:1])}
            in_turns(subjects, 1)
            taken = in_turns(subjects, runs)
            yield figure("bundle_of_five", "ms", subject=taken["five"], floor=taken["slowest"])
            for query in desk.queries:
                demo.set_register(query.service, "up")
            yield from _overheads(demo, desk, 400 if long else 150)


@dataclass
class _Desk:
    """A station as the window has it: its client and its threads."""

    client: HallClient
    background: Background
    queries: tuple[VerificationQuery, ...]
    catalogue: Catalogue

    def ask(self, queries: Sequence[VerificationQuery]) -> float:
        """Ask together and return ms until the last answer is in the window's thread."""
        from PySide6.QtCore import QEventLoop  # noqa: PLC0415 - the platform is chosen first

        from workstation.services import verify_status  # noqa: PLC0415

        waits, answers = QEventLoop(), list[object]()

        def came(answer: object) -> None:
            answers.append(answer)
            if len(answers) == len(queries):
                waits.quit()

        began = time.perf_counter()
        for query in queries:
            self.background.net(partial(verify_status.ask, anew(query), hall=self.client, clock=now), came)
        waits.exec()
        took = (time.perf_counter() - began) * 1000
        outcomes = {str(getattr(answer, "outcome", answer)) for answer in answers}
        if outcomes & {"denied", "unavailable"}:
            raise RuntimeError(f"not asked: {outcomes}")
        return took


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def anew(query: VerificationQuery) -> VerificationQuery:
    """Return the same question as a new one."""
    from wire.keys import new_id  # noqa: PLC0415 - see _desk

    return replace(query, id=new_id())


@contextmanager
def _desk(demo: Demo) -> Iterator[_Desk]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the platform is chosen first

    from catalogue.load import load_catalogue  # noqa: PLC0415
    from wire.keys import new_private, public_of, sign  # noqa: PLC0415
    from workstation.sync.client import Device, HallClient, HallEnroller  # noqa: PLC0415
    from workstation.ui.background import Background  # noqa: PLC0415

    application = QApplication.instance() or QApplication([])
    private = new_private()
    enrolment = HallEnroller().enrol(
        demo.hall_url, demo.enrol_code, public_of(private), lambda said: sign(private, said)
    )
    catalogue = load_catalogue(_HALL / "catalogue")
    client = HallClient(demo.hall_url, Device(enrolment, private), now)
    background = Background(application)
    try:
        yield _Desk(client, background, _queries(catalogue), catalogue)
    finally:
        background.close()
        client.close()


def _queries(catalogue: Catalogue) -> tuple[VerificationQuery, ...]:
    """Make five look-ups that items of the bundle list, each at a register of its own."""
    from wire.messages import Party, VerificationQuery  # noqa: PLC0415 - see _desk

    found: dict[str, VerificationQuery] = {}
    for member in catalogue.bundles[BUNDLE].members:
        for rule in catalogue.items[member.item].verifications:
            if rule.service not in found and set(rule.query) == {"name", "id_no"}:
                found[rule.service] = VerificationQuery(
                    id="",
                    case="bench",
                    item=member.item,
                    rule=rule.id,
                    service=rule.service,
                    purpose=rule.purpose.zh,
                    legal_basis=rule.legal_basis,
                    replaces=rule.fallback,
                    clerk="clerk",
                    sponsor=Party(_PERSON[0], "111", _PERSON[1]),
                    params={"name": _PERSON[0], "id_no": _PERSON[1]},
                )
    return tuple(found.values())[: len(DELAYS_S)]


def _overheads(demo: Demo, desk: _Desk, runs: int) -> Iterator[Figure]:
    import httpx2  # noqa: PLC0415 - see _desk

    from hall.database import open_database  # noqa: PLC0415
    from hall.registries.over_http import Departments, read_codes  # noqa: PLC0415
    from hall.settings import Limits  # noqa: PLC0415
    from hall.verification import Broker  # noqa: PLC0415
    from wire.codec import encode  # noqa: PLC0415
    from wire.departments import RegisterQuestion  # noqa: PLC0415

    query = desk.queries[0]
    bare = httpx2.Client(base_url=demo.departments.url, trust_env=False)
    body = encode(
        RegisterQuestion(
            "q",
            query.service,
            query.params,
            "SQ",
            "440104",
            "clerk",
            "c",
            query.item,
            "p",
            "p",
            "b",
            query.sponsor,
        )
    )
    engine = open_database(demo.root / "hall.db")
    departments = Departments(demo.departments.url, read_codes(_HALL / "hall" / "codes.json"))
    broker = Broker(engine, desk.catalogue, departments, Limits(10**6, 10**6, 10**6))

    def called() -> None:
        bare.post(f"/registers/{query.service}", content=body).raise_for_status()

    # Each beside the bare call alone: the broker here and the hall's own would else write to one database from two
    # processes, in turns, as no hall does.
    subjects = {
        "broker_overhead_ms": _timed(lambda: broker.answer("440104", anew(query))),
        "station_overhead_ms": _timed(lambda: desk.client.verify(anew(query))),
    }
    found = []
    try:
        for name, subject in subjects.items():
            pair = {"bare": _timed(called), "subject": subject}
            in_turns(pair, 10)
            taken = in_turns(pair, runs)
            found.append(_more(name, taken["subject"], taken["bare"]))
    finally:
        broker.close()
        departments.close()
        engine.dispose()
        bare.close()
    yield from found


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        began = time.perf_counter()
        work()
        return (time.perf_counter() - began) * 1000

    return run


def _more(name: str, subject: Sequence[float], floor: Sequence[float]) -> Figure:
    """Make a figure of how much longer the subject takes than the floor of the same round."""
    more = statistics.median(a - b for a, b in zip(subject, floor, strict=True))
    least = statistics.median(floor)
    return Figure(name, round(more, 4), "ms", round(least, 4), round(more / least, 3), len(floor))
