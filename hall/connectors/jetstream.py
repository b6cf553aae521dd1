"""Publishes events into a NATS JetStream stream, each under its own id, so that the stream keeps it once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from faststream.nats import JStream, NatsBroker
from nats.errors import Error, MaxPayloadError
from nats.js.errors import APIError

from hall.connectors.exporter import Became, Delivery
from wire.codec import encode
from wire.department_feed import DepartmentEvent

MESSAGE_ID = "Nats-Msg-Id"  # what JetStream knows a message again by


@dataclass(frozen=True, slots=True)
class StreamPlan:
    """Which stream, and how long it knows a message again."""

    name: str
    prefix: str  # subjects are <prefix>.<department>.<kind>
    window_s: float = 3600.0
    budget_s: float = 5.0


class JetStreamExporter:
    """Connects when something is to be delivered, makes the stream if there is none, and believes acknowledgements only."""

    def __init__(self, url: str, plan: StreamPlan) -> None:
        self._url = url
        self._plan = plan
        self._runner = asyncio.Runner()
        self._broker: NatsBroker | None = None

    @property
    def most(self) -> int:
        """Many at once: acknowledgements come back together."""
        return 100

    def deliver(self, events: Sequence[DepartmentEvent]) -> Sequence[Delivery]:
        """Publish; an event counts as delivered when the stream has acknowledged it, as new or as known."""
        return self._runner.run(self._deliver(events))

    def close(self) -> None:
        """Let go of the connection."""
        self._runner.run(self._leave())
        self._runner.close()

    async def _deliver(self, events: Sequence[DepartmentEvent]) -> list[Delivery]:
        try:
            async with asyncio.timeout(self._plan.budget_s):
                broker = self._broker or await self._arrive()
        except (TimeoutError, OSError, Error) as error:
            await self._leave()
            return [_away(event, error) for event in events]
        told = await asyncio.gather(*(self._publish(broker, event) for event in events))
        if any(each.became is Became.AWAY for each in told):
            await self._leave()  # The next turn connects anew: nothing half open is kept.
        return told

    async def _publish(self, broker: NatsBroker, event: DepartmentEvent) -> Delivery:
        try:
            acknowledged = await broker.publish(
                encode(event).encode(),
                f"{self._plan.prefix}.{event.department}.{event.kind}",
                headers={MESSAGE_ID: event.id, "content-type": "application/json"},
                stream=self._plan.name,
                timeout=self._plan.budget_s,
            )
        except MaxPayloadError:
            return Delivery(event.id, Became.REFUSED, "too_large")
        except APIError as error:
            return Delivery(event.id, Became.AWAY, f"stream.{error.err_code}")
        except (TimeoutError, OSError, Error) as error:
            return _away(event, error)
        if acknowledged is None or acknowledged.stream != self._plan.name:
            return Delivery(event.id, Became.AWAY, "stream.other")
        return Delivery(event.id, Became.DELIVERED)

    async def _arrive(self) -> NatsBroker:
        # The connector does the waiting and the trying again; a client that does the same beside it only hides trouble.
        broker = NatsBroker(
            self._url,
            allow_reconnect=False,
            connect_timeout=2,
            logger=None,
            error_cb=_quiet,
            graceful_timeout=1.0,
        )
        stream = JStream(self._plan.name, duplicate_window=self._plan.window_s)
        broker.publisher(f"{self._plan.prefix}.>", stream=stream)  # what `start` makes the stream for
        self._broker = broker
        await broker.start()
        return broker

    async def _leave(self) -> None:
        broker, self._broker = self._broker, None
        if broker is None:
            return
        try:
            async with asyncio.timeout(2):
                await broker.stop()
        except (TimeoutError, OSError, Error) as error:
            logging.getLogger(__name__).info("left without goodbye: %s", type(error).__name__)


async def _quiet(_: Exception) -> None:
    """The client tells every broken line; the connector notes it itself."""


def _away(event: DepartmentEvent, error: Exception) -> Delivery:
    return Delivery(event.id, Became.AWAY, f"link.{type(error).__name__}")
