"""A line of the item search."""

from __future__ import annotations

from catalogue.model import Catalogue
from workstation.services.views import ItemHit


def show_item(found: str, catalogue: Catalogue) -> ItemHit:
    """Show a bundle or an item by its id."""
    bundle = catalogue.bundles.get(found)
    items = [catalogue.items[m.item] for m in bundle.members] if bundle else [catalogue.items[found]]
    offered = bundle or items[0]
    return ItemHit(
        id=found,
        is_bundle=bundle is not None,
        name=offered.name,
        departments=tuple(dict.fromkeys(item.department_name for item in items)),
        members=tuple(item.name for item in items) if bundle else (),
        check_locally=offered.check_locally,
    )
