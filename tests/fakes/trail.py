"""An audit chain of any length without a store: what stands at a place follows from its number."""

from __future__ import annotations

from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from wire.messages import Alarm
from workstation.domain.audit import Standing
from workstation.domain.clerk import Deed
from workstation.services.views import AuditLine, AuditView

_DEEDS = (
    (Deed.SIGNED_IN, "window 01"),
    (Deed.CARD_READ, ""),
    (Deed.VERIFIED, "record_found E20260105000017"),
    (Deed.REVEALED, "person"),
    (Deed.RECEIVED, "4401042601050100017K"),
    (Deed.PRINTED, "440104260105RCP0017K 0"),
)
_CLERKS = ("clerk", "agent", "supervisor")


def line(seq: int) -> AuditLine:
    """The entry at a place; one a minute."""
    deed, note = _DEEDS[seq % len(_DEEDS)]
    looked = deed is Deed.VERIFIED
    return AuditLine(
        seq=seq,
        at=NOW + timedelta(minutes=seq - 600),
        actor=_CLERKS[seq // 40 % len(_CLERKS)],
        deed=deed,
        case="" if deed is Deed.SIGNED_IN else f"019ac000-0000-7000-8000-{seq // 6:012d}",
        note=note,
        asked=Text("父母婚姻登记", "Parents' marriage record") if looked else None,
        why=Text("办理出生登记，核验父母婚姻关系", "Birth registration: parents' marriage")
        if looked
        else None,
    )


def state(entries: int, exposed: int = 3, standing: Standing = Standing.GOOD, trouble: str = "") -> AuditView:
    """A chain of so many entries."""
    stamped = entries - exposed
    return AuditView(
        standing,
        trouble,
        entries,
        exposed,
        NOW,
        stamped,
        NOW - timedelta(minutes=2),
        ("agent", "clerk", "supervisor"),
    )


ALARMS = (
    Alarm("a1", NOW, "440104", "clerk", "self", "019ac000-0000-7000-8000-000000000007", "household.check", 1),
    Alarm("a2", NOW - timedelta(hours=2), "440104", "agent", "volume", "", "marriage.pair", 41),
)
