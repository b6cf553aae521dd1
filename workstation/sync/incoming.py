"""What the hall tells its stations: page by page, in order, each handed on whole with its cursor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from wire.messages import ChangePage
from workstation.domain.failures import Failure, Refused
from workstation.services.heal import SNAPSHOT
from workstation.services.ports import Unit
from workstation.sync.client import HallClient
from workstation.sync.epochs import EPOCH_CHANGED, Epochs


class Incoming:
    """Reads the change feed; one thread at a time."""

    def __init__(
        self,
        *,
        client: HallClient,
        epochs: Epochs,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        take_page: Callable[[ChangePage], None],
    ) -> None:
        """`take_page` applies a page with its cursor in one transaction."""
        self._client = client
        self._epochs = epochs
        self._open_unit = open_unit
        self._take_page = take_page

    def carry(self) -> bool:
        """Fetch one page; True when there is more. Raises Refused; the cursor stays where it was then."""
        with self._open_unit() as unit:
            cursor, snapshot = unit.station.cursor(), unit.station.fact(SNAPSHOT)
        if snapshot:
            return False  # its last page brings the cursor
        page = self._client.changes(cursor)
        if page.epoch != self._epochs.epoch:
            # The hall was restored: before its feed is applied it must have all that it has signed for.
            raise Refused(Failure.HALL_REFUSED, code=EPOCH_CHANGED)
        if page.cursor == cursor and not page.items:
            return False
        self._take_page(page)
        # A page that moves nothing would be fetched for ever.
        return page.more and page.cursor != cursor
