"""What the hall tells its stations: page by page, in order, each handed on whole with its cursor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from wire.messages import ChangePage, Enrolment
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.sync.client import HallClient


class Incoming:
    """Reads the change feed; one thread at a time."""

    def __init__(
        self,
        *,
        client: HallClient,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        take_page: Callable[[ChangePage], None],
    ) -> None:
        """`take_page` applies a page with its cursor in one transaction."""
        self._client = client
        self._epoch = enrolment.epoch
        self._open_unit = open_unit
        self._take_page = take_page

    def carry(self) -> bool:
        """Fetch one page; True when there is more. Raises Refused; the cursor stays where it was then."""
        with self._open_unit() as unit:
            cursor = unit.station.cursor()
        page = self._client.changes(cursor)
        if page.epoch != self._epoch:
            # The hall was restored: applying its feed over ours could undo what citizens hold on paper.
            raise Refused(Failure.HALL_REFUSED, code="epoch_changed")
        if page.cursor == cursor and not page.items:
            return False
        self._take_page(page)
        # A page that moves nothing would be fetched for ever.
        return page.more and page.cursor != cursor
