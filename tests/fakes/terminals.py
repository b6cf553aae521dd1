"""Pseudo-terminals, which a bare root may not have."""

from __future__ import annotations

import os

import pytest


def _has_terminals() -> bool:
    try:
        for end in os.openpty():
            os.close(end)
    except OSError:
        return False
    return True


on_a_terminal = pytest.mark.skipif(
    not _has_terminals(), reason="no pseudo-terminals in this root (/dev/ptmx)"
)
