"""Scans to the hall, on a lane of their own: events never wait for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager

from workstation.domain.failures import Refused
from workstation.services.ports import Unit
from workstation.sync.client import HallClient

log = logging.getLogger(__name__)

_OF_CONTENT = frozenset({"too_large", "malformed", "hash"})
_LOOK_AT = 100  # more than will ever be set aside in one run


class Scans:
    """Uploads what cases name; one thread at a time."""

    def __init__(self, *, client: HallClient, open_unit: Callable[[], AbstractContextManager[Unit]]) -> None:
        self._client = client
        self._open_unit = open_unit
        self._set_aside: set[str] = set()  # until the next start, when the hall may have grown

    def carry(self) -> bool:
        """Upload one scan; True when there may be more. Raises Refused; the scan stays unsent then."""
        with self._open_unit() as unit:
            waiting = [s for s in unit.blobs.unsent(_LOOK_AT) if s not in self._set_aside]
            content = unit.blobs.get(waiting[0]) if waiting else b""
        if not waiting:
            return False
        try:
            self._client.put_blob(waiting[0], content)
        except Refused as refusal:
            if refusal.details.get("code") not in _OF_CONTENT:
                raise
            log.warning("scan %s set aside: %s", waiting[0], refusal.details["code"])
            self._set_aside.add(waiting[0])
            return True
        with self._open_unit() as unit:
            unit.blobs.sent(waiting[0])
            unit.commit()
        return True
