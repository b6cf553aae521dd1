"""What the hall counts while it serves, for Prometheus: codes, kinds and templates of addresses, never an id, never a person.

With several server processes each writes its figures to files of a folder (PROMETHEUS_MULTIPROC_DIR), and the one that
supervises them adds them up. What is counted from the database is counted when somebody asks, once for all.
"""

from __future__ import annotations

import logging
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import QueuePool

from hall.vitals import Alarm, Vitals
from wire.messages import PushRequest, PushResult, PushStatus

log = logging.getLogger(__name__)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)


class Meters:
    """The figures of one server process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "hall_request_seconds",
            "time of answers",
            ["method", "route", "status"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        # What the library would look up under its lock each time; templates of addresses are few.
        self._answers: dict[tuple[str, str, int], Histogram] = {}
        self._refusals = Counter(
            "hall_refusals", "answers that are not 2xx, by code", ["route", "code"], registry=self.registry
        )
        self._pushed = Counter(
            "hall_push_results", "what became of events", ["status", "code"], registry=self.registry
        )
        self._events = Counter("hall_events", "events that were taken", ["kind"], registry=self.registry)
        self._pool = Gauge(
            "hall_database_connections",
            "connections that are in use",
            registry=self.registry,
            multiprocess_mode="livesum",
        )

    def answered(self, method: str, route: str, status: int, code: str, seconds: float) -> None:
        """Count an answer; `route` is the template of its address."""
        answers = self._answers.get((method, route, status))
        if answers is None:
            answers = self._answers[method, route, status] = self._requests.labels(method, route, str(status))
        answers.observe(seconds)
        if code:
            self._refusals.labels(route, code).inc()

    def pushed(self, request: PushRequest, results: Iterable[PushResult]) -> None:
        """Count what became of a batch."""
        # Each count is a lock and a write into a shared file: a batch is counted at once.
        pairs = list(zip(request.items, results, strict=True))
        taken = Tally(envelope.kind for envelope, result in pairs if result.status is PushStatus.APPLIED)
        for (status, code), count in Tally((result.status, result.code) for _, result in pairs).items():
            self._pushed.labels(status.value, code or "").inc(count)
        for kind, count in taken.items():
            self._events.labels(kind.value).inc(count)

    def connections(self, engine: Engine) -> None:
        """Note how many connections are in use now."""
        if isinstance(engine.pool, QueuePool):
            self._pool.set(engine.pool.checkedout())


class State(Collector):
    """What is counted from the database when somebody asks."""

    def __init__(self, look: Callable[[], Vitals], alarms: Callable[[], Iterable[Alarm]]) -> None:
        self._look, self._alarms = look, alarms

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; `hall_up` is 0 when the database gives none."""
        up = GaugeMetricFamily("hall_up", "whether the database answers")
        try:
            found, alarms = self._look(), tuple(self._alarms())
        except (DBAPIError, NoConnection) as error:
            log.warning("no figures: %s", type(error).__name__)
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from _figures(found)
        told = GaugeMetricFamily(
            "hall_alarm", "what somebody should look at, as `check` says", labels=["code"]
        )
        for each in alarms:
            told.add_metric([each.code], 1)
        yield told

    def describe(self) -> Iterable[Metric]:
        """Say nothing: asking once for a start would be asking the database."""
        return ()


def serve_metrics(port: int, own: CollectorRegistry | None, folder: Path | None, state: State) -> None:
    """Answer at 127.0.0.1:`port`/metrics in a thread: the figures of this process (`own`) or of all that write to `folder`.

    Raises OSError when the port is taken.
    """
    registry = own or CollectorRegistry()
    if folder is not None:
        # Its constructor registers it.
        MultiProcessCollector(registry, str(folder))  # type: ignore[no-untyped-call]
    registry.register(state)
    start_http_server(port, "127.0.0.1", registry)


def worker_ended(pid: int, folder: Path) -> None:
    """Forget the gauges of a server process that is no more; its counts stay."""
    mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]


def _figures(found: Vitals) -> Iterator[Metric]:
    yield _one("hall_feed_age_seconds", "how long stations have not been told what is new", found.feed_age_s)
    tasks = GaugeMetricFamily("hall_queue_tasks", "open sub-cases", labels=["department"])
    oldest = GaugeMetricFamily("hall_queue_oldest_seconds", "age of the oldest", labels=["department"])
    for department, queue in found.queues.items():
        tasks.add_metric([department], queue.open)
        oldest.add_metric([department], queue.oldest_s)
    yield tasks
    yield oldest
    yield _one("hall_disputes_open", "disputes without an answer", found.disputes_open)
    circuits = GaugeMetricFamily("hall_register_circuit_open", "registers left alone now", labels=["service"])
    for service in found.circuits_open:
        circuits.add_metric([service], 1)
    yield circuits
    devices = GaugeMetricFamily("hall_devices", "devices of stations", labels=["state"])
    for state, count in found.devices.items():
        devices.add_metric([state], count)
    yield devices
    yield _one(
        "hall_scans_waiting", "scans that cases name and stations have not brought", found.scans_waiting
    )
    yield _one("hall_uploads_open", "uploads that were begun and not ended", found.uploads_open)
    yield _one(
        "hall_salvage_waiting", "events of shut out devices that a person decides on", found.salvage_waiting
    )
    yield _one("hall_parcels_parked", "deliveries of connectors that a person looks at", found.parcels_parked)
    yield _one("hall_disk_free_bytes", "room for database and scans", found.free_bytes)
    yield _one(
        "hall_standing_writer_pid",
        "process that may write to the SQLite file and stands still",
        found.standing_writer,
    )


def _one(name: str, about: str, value: float) -> Metric:
    made = GaugeMetricFamily(name, about)
    made.add_metric([], value)
    return made
