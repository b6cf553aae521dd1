"""The words for times: ages in one unit, days and minutes as the counter's clock shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workstation.domain.counter_time import COUNTER_ZONE
from workstation.ui.language import translate

CLOCK_WORTH_S = 60  # a clock that is wrong by less is nobody's trouble


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


def now() -> datetime:
    """Return this machine's time, UTC."""
    return datetime.now(UTC)


def minute(at: datetime) -> str:
    """Write a time as 2026-01-05 09:30 by the clock of this machine."""
    return f"{at.astimezone(COUNTER_ZONE):%Y-%m-%d %H:%M}"


def clock_words(behind_s: int) -> str:
    """Say how wrong this machine's clock is; requests are signed with the hall's time, what a clerk writes is not."""
    minutes = max(round(abs(behind_s) / 60), 1)
    if behind_s > 0:
        return translate("Clock", "本机时钟比大厅慢 {0} 分钟，校准一下").format(minutes)
    return translate("Clock", "本机时钟比大厅快 {0} 分钟，校准一下").format(minutes)


def clock_short(behind_s: int) -> str:
    """Say it in the few characters that the strip has."""
    minutes = max(round(abs(behind_s) / 60), 1)
    if behind_s > 0:
        return translate("Clock", "本机时钟慢 {0} 分钟").format(minutes)
    return translate("Clock", "本机时钟快 {0} 分钟").format(minutes)
