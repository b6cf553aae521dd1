"""Whose card is at the desk: the papers that it stands for."""

from __future__ import annotations

from catalogue.model import Material
from workstation.domain.visit import Visit

_CARD = "card:"  # in replaced_by: the card of this subject


def replaced_by_card(material: Material, visit: Visit) -> bool:
    """Say whether the card at the desk is that of somebody whose card stands for the paper."""
    return any(
        _card_is_of(by.removeprefix(_CARD), visit) for by in material.replaced_by if by.startswith(_CARD)
    )


def _card_is_of(subject: str, visit: Visit) -> bool:
    answer = visit.answers.get(f"{subject}.id_no")
    who = visit.identity
    # Nothing typed by hand replaces a paper: the original is what it was typed from.
    return who is not None and not who.typed and answer is not None and answer.value == who.id_no
