"""The days off by law: those of the lunar calendar are held to the moon itself, and to two notices of the State Council."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import radians, sin

import pytest

from deadlines.course import ZONE
from deadlines.festivals import KNOWN, days_off, lunar
from tests.data.deadlines.table import working_days


def new_moon(near: date) -> datetime:
    """The new moon nearest to a day, to some minutes: J. Meeus, Astronomical Algorithms, 2nd ed., ch. 49, its largest terms."""
    k = round((near - date(2000, 1, 6)).days / 29.530588861)
    t = k / 1236.85
    e = 1 - 0.002516 * t
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    node = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2
    for size, angle in (
        (-0.40720, moon),
        (0.17241 * e, sun),
        (0.01608, 2 * moon),
        (0.01039, 2 * node),
        (0.00739 * e, moon - sun),
        (-0.00514 * e, moon + sun),
        (0.00208 * e * e, 2 * sun),
        (-0.00111, moon - 2 * node),
        (-0.00057, moon + 2 * node),
        (0.00056 * e, 2 * moon + sun),
        (-0.00042, 3 * moon),
        (0.00042 * e, sun + 2 * node),
        (0.00038 * e, sun - 2 * node),
    ):
        day += size * sin(angle)
    clock_ahead = timedelta(seconds=75)  # of dynamical time before that of the earth, in these decades
    return datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=day - 2451545.0) - clock_ahead


@pytest.mark.parametrize("year", KNOWN)
def test_the_days_of_the_moon_are_counted_from_a_new_moon(year: int) -> None:
    spring, dragon_boat, mid_autumn = lunar(year)
    for day, nth in ((spring, 1), (dragon_boat, 5), (mid_autumn, 15)):
        first = day - timedelta(days=nth - 1)
        assert new_moon(first).astimezone(ZONE).date() == first
    # 雨水 lies in the first month and 夏至 in the fifth, 秋分 in the eighth (GB/T 33661-2017, months have the name of their 中气).
    assert spring <= date(year, 2, 20) < spring + timedelta(days=30)
    assert dragon_boat - timedelta(days=4) <= date(year, 6, 21) < dragon_boat + timedelta(days=26)
    assert mid_autumn - timedelta(days=14) <= date(year, 9, 23) < mid_autumn + timedelta(days=16)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_state_council_has_the_same_days_off(year: int) -> None:
    assert not [day for day in days_off(year) if day in working_days()]
    assert [day for day in days_off(year) if day.month == 4] == [date(year, 4, 4 if year == 2025 else 5)]


def test_beyond_what_is_known_only_fixed_days_are_held() -> None:
    assert date(2051, 10, 1) in days_off(2051)
    assert len(days_off(2051)) == 6
