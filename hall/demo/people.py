"""The synthetic people in the simulated registers: births before 1900, so that nobody living can hold the numbers."""

from __future__ import annotations

from datetime import date, timedelta

MOTHER = ("测试一", "44010018990101002X")
FATHER = ("测试二", "440100189901010011")
DECEASED = ("测试五", "440100189001010016")
# The demo's clerk and somebody of her family: who asks about them gives the auditor something to look at.
CLERK = ("测试六", "440100189301010026")
KIN_OF_CLERK = ("测试七", "440100189101010013")
CLERK_ADDRESS = "广州市越秀区窗口路8号301房"
RECORDS = (("clerk", CLERK, CLERK_ADDRESS),)  # login, person, where they live
PERMIT_LAPSED = ("测试八", "440100189401010015")
COMPANY = ("广州测试示例有限公司", "91440100MA5TETT005")
COMPANY_CLOSED = ("广州测试注销有限公司", "91440100MA5THMX009")
BORN_DAYS_AGO = 20

MARRIAGES: dict[tuple[str, str], str] = {(FATHER[1], MOTHER[1]): "1920-05-20"}
HOUSEHOLDS: dict[str, dict[str, str]] = {
    MOTHER[1]: {"name": MOTHER[0], "household_no": "440104000123", "address": "广州市越秀区测试路1号101房"},
    FATHER[1]: {"name": FATHER[0], "household_no": "440104000456", "address": "广州市越秀区演示街2号202房"},
    CLERK[1]: {"name": CLERK[0], "household_no": "440104000888", "address": CLERK_ADDRESS},
    KIN_OF_CLERK[1]: {
        "name": KIN_OF_CLERK[0],
        "household_no": "440104000888",
        "address": "广州市越秀区窗口路８号 301房",
    },
    DECEASED[1]: {"name": DECEASED[0], "household_no": "440104000789", "address": "广州市越秀区样例巷3号"},
}
KIN = ({MOTHER[1], DECEASED[1]}, {FATHER[1], DECEASED[1]})
# What each further register knows of whom, and how it says so. "diagnosis" and the like must never pass the hall.
_Known = dict[str, tuple[str, dict[str, str]]]


def _all(*people: tuple[str, str], **facts: str) -> _Known:
    return {number: (name, facts) for name, number in people}


LISTED: dict[str, tuple[_Known, str]] = {
    "population.check": (_all(MOTHER, FATHER), "match"),
    "population.death": (_all(DECEASED, record_date="2026-11-01", cause="模拟，不得外传"), "record_found"),
    "cremation.check": (_all(DECEASED, record_date="2026-11-03"), "record_found"),
    "residence_permit.check": (
        _all(FATHER, permit_no="4401000000000001", valid_until="2035-11-01")
        | _all(PERMIT_LAPSED, permit_no="4401000000000002", valid_until="2020-11-01"),
        "match",
    ),
    "disability.check": (
        _all(
            MOTHER,
            certificate_no="44010018990101002X42",
            category="肢体",
            level="二级",
            diagnosis="模拟，不得外传",
        ),
        "match",
    ),
    "low_income.check": (_all(MOTHER, kind="低保", income="模拟，不得外传"), "match"),
    "card_account.check": (_all(MOTHER, FATHER, account="6212000000000000000"), "match"),
    "social_insurance.status": (_all(FATHER, base="模拟，不得外传"), "match"),
    "social_insurance.employer": (_all(FATHER, employer="模拟，不得外传"), "match"),
    "medical_insurance.months": (_all(MOTHER, FATHER, months="30"), "match"),
    "real_estate.check": (_all(FATHER, certificate_no="粤0000广州市不动产权第0000000号"), "record_found"),
    "school_record.check": (_all(MOTHER, school="模拟，不得外传"), "match"),
    "employment.check": (_all(MOTHER, FATHER, record_no="JY0000000001"), "match"),
    "vehicle.check": (_all(MOTHER, plate="模拟，不得外传"), "record_found"),
    "car_quota.check": (_all(MOTHER, since="模拟，不得外传"), "record_found"),
    "preferential.check": (_all(FATHER, history="模拟，不得外传"), "match"),
    "family_planning.check": (_all(MOTHER, FATHER, cause="模拟，不得外传"), "match"),
    "driving_licence.check": (_all(MOTHER, FATHER, licence_class="C1"), "match"),
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
