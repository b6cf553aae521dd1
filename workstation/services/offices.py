"""Which office is which: our own, the one that accepts what we only receive, the one a visitor has to go to (domain.md 5.6, 5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue.model import Catalogue, Office, Route, ServiceItem

COMMUNITY = "6"


def own_office(catalogue: Catalogue, station: str) -> Office | None:
    """Return our own office, None where the catalogue's table does not have it."""
    return catalogue.offices.get(station)


def accepting_office(
    catalogue: Catalogue, station: str, items: Iterable[ServiceItem], subject: str
) -> Office | None:
    """Return the office that accepts what this station has received of such an applicant (服务对象): the next one up whose
    level every item is taken at.

    None where this station accepts it itself, or where nobody above is known to.
    """
    taken = list(items)
    own = own_office(catalogue, station)
    if own is None or (own.level != COMMUNITY and all(_takes(item, own.level, subject) for item in taken)):
        return None
    for office in _above(catalogue, own):
        if office.level != COMMUNITY and all(_takes(item, office.level, subject) for item in taken):
            return office
    return None


def office_for(catalogue: Catalogue, station: str, level: str) -> Office | None:
    """Return the nearest office of a level on the way up from this station, and below it the first that hands on to it."""
    own = own_office(catalogue, station)
    if own is None:
        return None
    near = (own, *_above(catalogue, own), *(o for o in catalogue.offices.values() if o.parent == own.code))
    return next((office for office in near if office.level == level), None)


def routes_of(item: ServiceItem, subject: str) -> tuple[Route, ...]:
    """Return where an item is taken for this kind of applicant (服务对象); for a kind that the table does not name, every
    row counts."""
    fitting = tuple(route for route in item.routing if route.subject == subject)
    return fitting or item.routing


def _takes(item: ServiceItem, level: str, subject: str) -> bool:
    return not item.routing or any(route.level == level for route in routes_of(item, subject))


def _above(catalogue: Catalogue, office: Office) -> Iterator[Office]:
    # Parents stand on a higher level each (catalogue/load.py), so that the way up ends.
    while office.parent in catalogue.offices:
        office = catalogue.offices[office.parent]
        yield office
