"""What a slip takes from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from catalogue.load import load_catalogue
from catalogue.model import ServiceItem
from tests.fakes.cases import a_case
from workstation import resources
from workstation.services.print_slip import _papers


class _NeverWalked(dict[str, ServiceItem]):
    """A city's items: one may be asked for, all of them take minutes."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("walked over the whole catalogue")

    values = items = __iter__  # type: ignore[assignment]


def test_a_slip_reads_only_the_items_of_its_case() -> None:
    plain = load_catalogue(resources.catalogue_dir())
    case = a_case()
    assert _papers(case, replace(plain, items=_NeverWalked(plain.items))) == _papers(case, plain)
