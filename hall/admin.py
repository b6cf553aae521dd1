"""The hall's side for whoever runs it: figures at a port of the machine itself, for one server process or for several."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sqlalchemy import Engine

from hall.metrics import Meters, State, serve_metrics, worker_ended
from hall.settings import Watch
from hall.vitals import alarms, vitals

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus_client keeps what several processes count


class Admin:
    """Figures of a hall at 127.0.0.1:`port`/metrics; with port 0 there are none."""

    def __init__(
        self, engine: Engine, files: Path, limits: Watch, certificate: Path | None, port: int
    ) -> None:
        self._state = State(
            lambda: vitals(engine, files), lambda: alarms(engine, files, limits, None, certificate)
        )
        self._port = port
        self._folder: Path | None = None

    def open_alone(self, meters: Meters) -> None:
        """Serve the figures of this process. Raises OSError when the port is taken."""
        if self._port:
            serve_metrics(self._port, meters.registry, None, self._state)

    def open_for_workers(self) -> None:
        """Serve what all workers count together; they are to be started after this. Raises OSError."""
        if self._port:
            self._folder = Path(tempfile.mkdtemp(prefix="hall-figures-"))
            os.environ[_FOLDER] = str(self._folder)
            serve_metrics(self._port, None, self._folder, self._state)

    def worker_ended(self, process: int) -> None:
        """Forget what a worker had in use."""
        if self._folder is not None:
            worker_ended(process, self._folder)
