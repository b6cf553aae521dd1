"""The description of the API as a file, made without a hall that serves."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from catalogue.model import Catalogue
from hall.api.parts import HallParts
from hall.blobs import open_room
from hall.database import open_database
from hall.registries.over_http import Departments
from hall.settings import Settings
from hall.verification import Broker
from hall.web import make_app


@contextmanager
def parts_alone(folder: Path, catalogue: Catalogue) -> Iterator[HallParts]:
    """Yield the parts of a new hall in a folder, with registers that nobody answers for."""
    settings = Settings()
    engine = open_database(folder / "hall.db")
    registers = Departments("http://127.0.0.1:9")
    broker = Broker(engine, catalogue, registers, settings.limits)
    try:
        yield HallParts(
            engine, catalogue, broker, open_room(folder / "blobs"), folder / "releases", settings=settings
        )
    finally:
        broker.close()
        engine.dispose()


def published() -> str:
    """Return the document as it stands in docs/openapi.json: keys in order, two spaces, a line break at its end."""
    empty = Catalogue("", {}, (), {}, {}, {})
    with tempfile.TemporaryDirectory() as folder, parts_alone(Path(folder), empty) as parts:
        document = make_app(parts).openapi()
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
