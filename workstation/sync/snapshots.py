"""The cases as the hall has them, page by page, when our place in its feed is gone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from wire.snapshot import SnapshotPage
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import BEGIN, SNAPSHOT
from workstation.services.ports import Unit
from workstation.sync.client import HallClient
from workstation.sync.epochs import EPOCH_CHANGED, Epochs


class Snapshots:
    """Fetches what is under way; what was interrupted goes on with the page it stood at. Implements sync.engine.Carrier."""

    def __init__(
        self,
        *,
        client: HallClient,
        epochs: Epochs,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        take: Callable[[SnapshotPage], None],
    ) -> None:
        """`take` applies a page and keeps the name of the next one in one transaction."""
        self._client = client
        self._epochs = epochs
        self._open_unit = open_unit
        self._take = take

    def carry(self) -> bool:
        """Take one page; True when there is another. Raises Refused; the page comes again then."""
        with self._open_unit() as unit:
            wanted = unit.station.fact(SNAPSHOT)
        if not wanted:
            return False
        page = self._client.snapshot("" if wanted == BEGIN else wanted)
        if page.epoch != self._epochs.epoch:
            raise Refused(Failure.HALL_REFUSED, code=EPOCH_CHANGED)
        self._take(page)
        return bool(page.following)
