"""Which window takes an item (domain.md 5.6, 5.7): whether this station does, takes it for another, or sends the citizen on."""

from __future__ import annotations

from catalogue.model import Route, ServiceItem
from workstation.services.identify import is_body
from workstation.services.offices import routes_of

# What the hall calls a station, in the codes of 行使层级.
LEVELS = {"province": "2", "city": "3", "district": "4", "street": "5", "community": "6"}
NATURAL_PERSON, BODY = "1", "2"  # 服务对象 (GB/T 39046 annex A)


def subject_of(id_no: str) -> str:
    """Return the kind of applicant that a number tells: a body by its credit code, else a natural person."""
    return BODY if is_body(id_no) else NATURAL_PERSON


def received_elsewhere(
    item: ServiceItem, station_level: str, subject: str = NATURAL_PERSON
) -> tuple[Route, ...]:
    """Return the windows that take the item for this kind of applicant when this station's level is none of them; () when
    it is, or nobody says."""
    own = LEVELS.get(station_level, "")
    rows = routes_of(item, subject)
    if any(route.level == own for route in rows):
        return ()
    return rows


def taken_for_owner(item: ServiceItem) -> bool:
    """Say whether a window may receive the item for the one that owns it (异地代收, 通办)."""
    return item.city_wide is not None and item.city_wide.mode in {"receive_for_owner", "joint"}
