"""The days off by law in a year (全国年节及纪念日放假办法 as of 2025), those of the lunar calendar among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# 正月初一, 五月初五, 八月十五 by GB/T 33661-2017. Facts that do not change: a library for these few would be one more to trust
# (docs/decisions/034); a test holds each of them to the new moon.
_LUNAR: Mapping[int, str] = {
    2025: "01-29 05-31 10-06",
    2026: "02-17 06-19 09-25",
    2027: "02-06 06-09 09-15",
    2028: "01-26 05-28 10-03",
    2029: "02-13 06-16 09-22",
    2030: "02-03 06-05 09-12",
    2031: "01-23 06-24 10-01",
    2032: "02-11 06-12 09-19",
    2033: "01-31 06-01 09-08",
    2034: "02-19 06-20 09-27",
    2035: "02-08 06-10 09-16",
    2036: "01-28 05-30 10-04",
    2037: "02-15 06-18 09-24",
    2038: "02-04 06-07 09-13",
    2039: "01-24 05-27 10-02",
    2040: "02-12 06-14 09-20",
    2041: "02-01 06-03 09-10",
    2042: "01-22 06-22 09-28",
    2043: "02-10 06-11 09-17",
    2044: "01-30 05-31 10-05",
    2045: "02-17 06-19 09-25",
    2046: "02-06 06-08 09-15",
    2047: "01-26 05-29 10-04",
    2048: "02-14 06-15 09-22",
    2049: "02-02 06-04 09-11",
    2050: "01-23 06-23 09-30",
}
KNOWN = range(min(_LUNAR), max(_LUNAR) + 1)


def days_off(year: int) -> tuple[date, ...]:
    """Return the days on which nobody works whatever the year's notice says, in order; weekends are not left out.

    Outside of KNOWN only those of fixed date: what is not known is not held against a table.
    """
    fixed = [date(year, month, day) for month, day in _FIXED]
    if year not in KNOWN:
        return tuple(fixed)
    spring, dragon_boat, mid_autumn = lunar(year)
    # 除夕 to 初三.
    around = [spring + n * _ONE_DAY for n in range(-1, 3)]
    return tuple(sorted({*fixed, *around, qingming(year), dragon_boat, mid_autumn}))


def lunar(year: int) -> tuple[date, date, date]:
    """Return 春节, 端午 and 中秋. Raises KeyError outside of KNOWN."""
    spring, dragon_boat, mid_autumn = (date.fromisoformat(f"{year}-{day}") for day in _LUNAR[year].split())
    return spring, dragon_boat, mid_autumn


def qingming(year: int) -> date:
    """Return 清明, the sun at 15 degrees: the 4th or 5th of April in this century."""
    past = year - 2000
    return date(year, 4, int(past * 0.2422 + 4.81) - past // 4)
