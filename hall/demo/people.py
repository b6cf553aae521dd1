"""The synthetic people in the simulated registers: births before 1900, so that nobody living can hold the numbers."""

from __future__ import annotations

from datetime import date, timedelta

MOTHER = ("测试一", "44010018990101002X")
FATHER = ("测试二", "440100189901010011")
BORN_DAYS_AGO = 20

MARRIAGES: dict[tuple[str, str], str] = {(FATHER[1], MOTHER[1]): "1920-05-20"}
HOUSEHOLDS: dict[str, dict[str, str]] = {
    MOTHER[1]: {"name": MOTHER[0], "household_no": "440104000123", "address": "广州市越秀区测试路1号101房"},
    FATHER[1]: {"name": FATHER[0], "household_no": "440104000456", "address": "广州市越秀区演示街2号202房"},
}


def births(today: date) -> dict[str, dict[str, str]]:
    """Return the birth certificates by number; the newborn is always twenty days old."""
    return {
        "Y440100001": {
            "mother_id": MOTHER[1],
            "child_sex": "2",
            "child_birth_date": (today - timedelta(days=BORN_DAYS_AGO)).isoformat(),
            "birth_place": "440104",
        }
    }
