"""Which hall this is: believed on its signed word only, and healed when it is not what it was."""

from __future__ import annotations

import logging
from collections.abc import Callable

from wire.epoch import EpochAnnouncement
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import HallClient

log = logging.getLogger(__name__)

EPOCH_CHANGED = "epoch_changed"
CURSOR_GONE = "cursor_gone"


class Epochs:
    """The hall's epoch as it is believed now; implements sync.engine.Carrier."""

    def __init__(
        self,
        *,
        client: HallClient,
        epoch: str,
        take: Callable[[EpochAnnouncement], str],
        begin_snapshot: Callable[[], None],
    ) -> None:
        """`take` keeps an announcement and all that follows from it in one transaction and returns the epoch believed then."""
        self._client = client
        self.epoch = epoch
        self._take = take
        self._begin_snapshot = begin_snapshot
        self._heard = False

    def carry(self) -> bool:
        """Hear the announcement once a day on: a later one is measured against it. Never True."""
        if not self._heard:
            try:
                self.epoch = self._take(self._client.epoch())
            except Refused as refusal:
                # A hall of before there were announcements is believed as it was at the enrolment.
                if refusal.details.get("status") != "404":
                    raise
            self._heard = True
        return False

    def heal(self, refusal: Refused) -> bool:
        """Say whether it was healed, so that it may be tried again at once. Raises Refused when the hall cannot be believed."""
        code = refusal.details.get("code")
        if code not in (EPOCH_CHANGED, CURSOR_GONE):
            return False
        before = self.epoch
        self.epoch = self._take(self._client.epoch())
        if self.epoch != before:
            return True  # a snapshot has begun with it
        if code == CURSOR_GONE:
            log.warning("the place in the feed is gone")
            self._begin_snapshot()
            return True
        # It speaks of another epoch and announces the one we know: neither can be acted on.
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED, code=EPOCH_CHANGED)
