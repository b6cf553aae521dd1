"""The words for several things in a row."""

from __future__ import annotations

from collections.abc import Iterable

from workstation.ui.language import current, translate


def listed(things: Iterable[str]) -> str:
    """Join names as the language does: 公安、医保 or "Public security, Medical insurance"."""
    return translate("List", "、").join(things)


def sentences(said: Iterable[str]) -> str:
    """Put whole sentences behind each other: English has a blank between them, Chinese has none."""
    return ("" if current() == "zh" else " ").join(each.strip() for each in said if each)
