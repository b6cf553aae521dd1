"""The words for several things in a row."""

from __future__ import annotations

from collections.abc import Iterable

from workstation.ui.language import translate


def listed(things: Iterable[str]) -> str:
    """Join names as the language does: 公安、医保 or "Public security, Medical insurance"."""
    return translate("List", "、").join(things)
