"""Builds every object once and joins the rooms: the only file that sees all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from workstation import logs

if TYPE_CHECKING:
    from pathlib import Path

    from wire.messages import ChangePage, Enrolment
    from workstation.domain.deadline import IsWorkday
    from workstation.services.counter import Counter
    from workstation.services.ports import Courier, Hall, OpenUnit
    from workstation.services.rooms import Line
    from workstation.services.views import Link
    from workstation.settings import Settings
    from workstation.sync.client import HallClient
    from workstation.sync.engine import Engine
    from workstation.ui.window import MainWindow


def now() -> datetime:
    """Return the time, UTC."""
    return datetime.now(UTC)


def run(settings: Settings) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    # Only the ui is loaded before the first paint; load_counter brings the rest while the person types.
    from workstation.ui import app  # noqa: PLC0415

    logs.start(settings.data / "logs")
    return app.run(
        load_desk=lambda: load_counter(settings), initial=_initial(settings), language=settings.language
    )


@contextmanager
def window(settings: Settings) -> Iterator[MainWindow]:
    """Open the window without its own event loop, for journeys; everything ends with the block."""
    from workstation.ui import app  # noqa: PLC0415 - see run

    logs.start(settings.data / "logs")
    opened = app.build(
        load_desk=lambda: load_counter(settings), initial=_initial(settings), language=settings.language
    )
    try:
        yield opened
    finally:
        opened.close_down()


def load_counter(settings: Settings) -> Counter:
    """Load the heavy rooms and join them. Takes a few hundred milliseconds: never on the UI thread."""
    from catalogue.load import load_catalogue  # noqa: PLC0415 - see run, for all of these
    from catalogue.search import Search  # noqa: PLC0415
    from workstation import resources  # noqa: PLC0415
    from workstation.cardreader.station import open_card_reader  # noqa: PLC0415
    from workstation.printing.spooler import open_press  # noqa: PLC0415
    from workstation.security.key_store import open_keys  # noqa: PLC0415
    from workstation.security.passwords import Argon2Passwords  # noqa: PLC0415
    from workstation.services.counter import Counter  # noqa: PLC0415
    from workstation.services.in_reader import InReader  # noqa: PLC0415
    from workstation.services.rooms import Rooms  # noqa: PLC0415
    from workstation.storage.database import open_store  # noqa: PLC0415
    from workstation.sync.client import HallEnroller  # noqa: PLC0415

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    in_reader = InReader()
    catalogue = load_catalogue(resources.catalogue_dir())
    return Counter(
        Rooms(
            keys=open_keys(settings.data, allow_keyring=settings.keyring),
            open_store=lambda key: open_store(settings.store, key),
            enroller=HallEnroller(),
            open_line=_open_line,
            cards=open_card_reader(timeout_s=settings.card_timeout_s, on_presence=in_reader.see),
            in_reader=in_reader,
            press=open_press(folder=settings.prints, queue=settings.queue),
            passwords=Argon2Passwords(),
            catalogue=catalogue,
            finder=Search(catalogue),
            clock=now,
            is_workday=_working_days(settings.calendar),
            hall_url=settings.hall_url,
        )
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """The way to the hall: look-ups go straight, events by the engine."""

    client: HallClient
    engine: Engine

    @property
    def hall(self) -> Hall:
        return self.client

    @property
    def courier(self) -> Courier:
        return self.engine

    def link(self) -> tuple[Link, datetime | None]:
        state = self.engine.state()
        return state.link, state.heard_at

    def close(self) -> None:
        self.engine.stop()
        self.client.close()


def _open_line(open_unit: OpenUnit, hall_url: str, enrolment: Enrolment, device_key: bytes) -> Line:
    from workstation.services.receive_change import receive_changes, release_held  # noqa: PLC0415 - see run
    from workstation.sync.client import Device, HallClient  # noqa: PLC0415
    from workstation.sync.engine import Engine  # noqa: PLC0415

    def take_page(page: ChangePage) -> None:
        receive_changes(page, open_unit=open_unit, clock=now)

    def release(subject: str) -> None:
        release_held(subject, open_unit=open_unit, clock=now)

    device = Device(enrolment, device_key)
    engine = Engine(
        # A client each: a long look-up must not hold up the queue, nor the queue a waiting citizen.
        client=HallClient(hall_url, device, now),
        enrolment=enrolment,
        open_unit=open_unit,
        take_page=take_page,
        release=release,
        clock=now,
    )
    engine.start()
    return _Line(HallClient(hall_url, device, now), engine)


def _working_days(table: Path | None) -> IsWorkday:
    from workstation.domain.deadline import WorkingDays, chinese_workday, first_known  # noqa: PLC0415 - see run

    if table is None:
        return chinese_workday
    said = json.loads(table.read_text(encoding="utf-8"))
    days: Callable[[str], frozenset[date]] = lambda key: frozenset(map(date.fromisoformat, said[key]))  # noqa: E731
    added = WorkingDays(said["source"], date.fromisoformat(said["until"]), days("off"), days("work"))
    return first_known(chinese_workday, added.is_workday)


def _initial(settings: Settings) -> dict[str, str]:
    return {"hall_url": settings.hall_url, "code": settings.enrol_code}
