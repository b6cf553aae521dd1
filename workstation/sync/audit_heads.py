"""The head of the audit chain to the hall, to be countersigned whenever it has moved."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from wire.codec import encode
from wire.messages import AuditHead, AuditStamp, Enrolment
from workstation.domain.audit import GENESIS, AuditEntry
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Look, Unit

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)  # an idle chain is stamped anew, so that the stamp's age says something
ASK_AGAIN = timedelta(minutes=10)  # after the hall has refused: nothing mends that but a person
TROUBLE_FACT = "audit_trouble"  # the hall's code, "" when it stamps


class Countersigner(Protocol):
    """The hall."""

    def stamp_head(self, head: AuditHead) -> AuditStamp:
        """See sync.client.HallClient."""
        ...


class AuditHeads:
    """Carries one head at a time; implements sync.engine.Carrier."""

    def __init__(
        self,
        *,
        client: Countersigner,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        look: Look | None = None,
        clock: Callable[[], datetime],
        beside: Path,
    ) -> None:
        """`beside` is a file outside the store that every stamp is written to as well: whoever puts an older store in
        its place must find and change that too."""
        self._client = client
        self._enrolment = enrolment
        self._open_unit = open_unit
        self._look = look or open_unit
        self._clock = clock
        self._beside = beside
        self._refused_at: datetime | None = None

    def carry(self) -> bool:
        """Have the head stamped when it has moved; never True. Raises Refused when the hall cannot be reached."""
        now = self._clock()
        if self._refused_at is not None and now - self._refused_at < ASK_AGAIN:
            return False
        with self._look() as unit:
            entry, stamp = unit.audit.head(), unit.audit.stamp()
        if entry is None:
            return False
        if stamp is not None and stamp.seq == entry.seq and now - stamp.at < AGAIN_AFTER:
            return False
        old = (stamp.seq, stamp.hash) if stamp is not None else (0, GENESIS)
        try:
            self._keep(self._stamped(entry, *old))
        except Refused as refusal:
            if refusal.failure is Failure.AUDIT_REFUSED:
                self._park(refusal, now)
            elif refusal.details.get("status") != "404":
                raise
            # A hall that stamps nothing holds up nothing else; the age of the last stamp tells of it.
            self._refused_at = now
        return False

    def _stamped(self, entry: AuditEntry, old_seq: int, old_hash: str) -> AuditStamp:
        who = self._enrolment
        head = AuditHead(who.device, who.incarnation, entry.seq, entry.hash, old_seq, old_hash)
        try:
            return self._client.stamp_head(head)
        except Refused as refusal:
            if refusal.details.get("code") != "audit_base":
                raise
            asked = refusal.details.get("seq", "")
        # The hall has stamped an entry of which the answer never came here: it is shown what stands there now.
        with self._look() as unit:
            there = unit.audit.entry(int(asked)) if asked.isdigit() and len(asked) < 16 else None
        if there is None:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return self._client.stamp_head(
            AuditHead(who.device, who.incarnation, entry.seq, entry.hash, there.seq, there.hash)
        )

    def _keep(self, stamp: AuditStamp) -> None:
        with self._open_unit() as unit:
            unit.audit.keep_stamp(stamp)
            unit.station.remember(TROUBLE_FACT, "")
            unit.commit()
        self._refused_at = None
        with self._beside.open("a", encoding="ascii") as file:
            file.write(encode(stamp) + "\n")

    def _park(self, refusal: Refused, now: datetime) -> None:
        """Write down that the hall does not stamp, once: the window shows it until a person has looked."""
        code, seq = refusal.details.get("code", ""), refusal.details.get("seq", "")
        log.error("audit chain refused: %s, last stamped %s", code, seq)
        with self._open_unit() as unit:
            said = f"{code} {seq}"
            if unit.station.fact(TROUBLE_FACT) != said:
                unit.station.remember(TROUBLE_FACT, said)
                unit.audit.note(at=now, actor="hall", deed=Deed.AUDIT_REFUSED, note=said)
                unit.commit()
