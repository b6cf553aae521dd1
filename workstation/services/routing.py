"""Which window takes an item (domain.md 5.6, 5.7): whether this station does, takes it for another, or sends the citizen on."""

from __future__ import annotations

from catalogue.model import Route, ServiceItem

# What the hall calls a station, in the codes of 行使层级.
LEVELS = {"street": "5", "community": "6"}


def received_elsewhere(item: ServiceItem, station_level: str) -> tuple[Route, ...]:
    """Return the windows that take the item when this station's level is none of them; () when it is, or nobody says."""
    own = LEVELS.get(station_level, "")
    if any(route.level == own for route in item.routing):
        return ()
    return item.routing


def taken_for_owner(item: ServiceItem) -> bool:
    """Say whether a window may receive the item for the one that owns it (异地代收, 通办)."""
    return item.city_wide is not None and item.city_wide.mode in {"receive_for_owner", "joint"}
