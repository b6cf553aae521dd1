"""How this station wants its paper, remembered in the store: paper and languages of each kind, and whether one looks first."""

from __future__ import annotations

from wire.codec import decode, encode
from workstation.domain.slip import PaperWish, SlipKind
from workstation.services.ports import Unit

LOOK_FIRST_FACT = "paper_look_first"


def wish_for(kind: SlipKind, unit: Unit) -> PaperWish:
    """Return what was chosen last for a kind; the kind's first paper, in Chinese, while nobody has chosen."""
    kept = unit.station.fact(_fact(kind))
    return decode(PaperWish, kept) if kept else PaperWish()


def keep_wish(kind: SlipKind, wish: PaperWish, unit: Unit) -> None:
    """Remember a choice for the next sheets of the kind; the caller commits."""
    if wish != wish_for(kind, unit):
        unit.station.remember(_fact(kind), encode(wish))


def looks_first(unit: Unit) -> bool:
    """Say whether sheets wait for a look before they go to a printer. Nobody is asked unless somebody has wished it so."""
    return unit.station.fact(LOOK_FIRST_FACT) == "yes"


def _fact(kind: SlipKind) -> str:
    return f"paper_wish:{kind.value}"
