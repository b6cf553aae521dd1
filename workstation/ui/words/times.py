"""The words for times: ages in one unit, days and minutes as the counter's clock shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workstation.domain.counter_time import COUNTER_ZONE
from workstation.ui.language import translate


def age(since: datetime, now: datetime | None = None) -> str:
    """Say how long ago `since` (aware) was; what lies in the future by a slow clock was just now."""
    passed = (now or datetime.now(UTC)) - since
    if passed < timedelta(seconds=10):
        return translate("Age", "刚刚")
    if passed < timedelta(minutes=1):
        return translate("Age", "{0} 秒前").format(int(passed.total_seconds()))
    if passed < timedelta(hours=1):
        return translate("Age", "{0} 分钟前").format(int(passed.total_seconds() // 60))
    if passed < timedelta(days=1):
        return translate("Age", "{0} 小时前").format(int(passed.total_seconds() // 3600))
    return translate("Age", "{0} 天前").format(passed.days)


def minute(at: datetime) -> str:
    """Write a time as 2026-01-05 09:30 by the clock of this machine."""
    return f"{at.astimezone(COUNTER_ZONE):%Y-%m-%d %H:%M}"
