"""The State Council's holidays as chinesecalendar has them: the table there is before anybody has set one."""

from __future__ import annotations

from datetime import date

import chinese_calendar

from deadlines.working_days import WorkingDays


def national_days() -> WorkingDays:
    """Return the library's table: 2004 to the end of the last year it knows (1.11: 2026)."""
    off, work = chinese_calendar.holidays, chinese_calendar.workdays
    return WorkingDays(
        version=f"chinesecalendar {chinese_calendar.__version__}",
        source="国务院办公厅节假日安排（chinesecalendar）",
        since=date(min(off).year, 1, 1),
        until=date(max(off).year, 12, 31),
        off=frozenset(day for day in off if day.weekday() < 5),
        work=frozenset(day for day in work if day.weekday() >= 5),
    )
