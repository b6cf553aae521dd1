"""Builds every object once and joins the rooms: the only file that sees all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from workstation import logs
from workstation.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from wire.messages import ChangePage, Enrolment
    from workstation.domain.deadline import IsWorkday
    from workstation.services.counter import Counter
    from workstation.services.ports import CardPresence, Courier, Hall, OpenUnit
    from workstation.services.rooms import Line
    from workstation.services.views import Link
    from workstation.sync.engine import Engine, SyncState


def now() -> datetime:
    """The clock of the workstation, UTC."""
    return datetime.now(UTC)


def run(settings: Settings) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    # Only the ui is loaded before the first paint; load_counter brings the rest while the person types.
    from workstation.ui import app  # noqa: PLC0415

    logs.start(settings.data / "logs")
    return app.run(
        load_desk=lambda: load_counter(settings),
        initial={"hall_url": settings.hall_url, "code": settings.enrol_code},
        language=settings.language,
    )


def load_counter(settings: Settings) -> Counter:
    """Load the heavy rooms and join them. Takes a few hundred milliseconds: never on the UI thread."""
    from catalogue.load import load_catalogue  # noqa: PLC0415
    from catalogue.search import Search  # noqa: PLC0415
    from workstation import resources  # noqa: PLC0415
    from workstation.cardreader.station import open_card_reader  # noqa: PLC0415
    from workstation.printing.spooler import open_press  # noqa: PLC0415
    from workstation.security.key_store import open_keys  # noqa: PLC0415
    from workstation.security.passwords import Argon2Passwords  # noqa: PLC0415
    from workstation.services.counter import Counter  # noqa: PLC0415
    from workstation.services.rooms import Rooms  # noqa: PLC0415
    from workstation.storage.database import open_store  # noqa: PLC0415
    from workstation.sync.client import HallEnroller  # noqa: PLC0415

    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    catalogue = load_catalogue(resources.catalogue_dir())
    return Counter(
        Rooms(
            keys=open_keys(settings.data, allow_keyring=settings.keyring),
            open_store=lambda key: open_store(settings.store, key).unit,
            enroller=HallEnroller(clock=now),
            open_line=_open_line,
            cards=open_card_reader(timeout_s=settings.card_timeout_s),
            press=open_press(folder=settings.prints, queue=settings.queue),
            passwords=Argon2Passwords(),
            catalogue=catalogue,
            finder=Search(catalogue),
            clock=now,
            is_workday=_working_days(settings.calendar),
            hall_url=settings.hall_url,
        )
    )
