"""What keeps the window moving while the desk works beside it in the same interpreter."""

from __future__ import annotations

import gc
import sys

SWITCH_S = (
    0.001  # how long the window waits for the desk's thread to let it go on; Python's own five would be seen
)


def window_first() -> None:
    """Let the window have the interpreter soon whenever it wants it, once everything is loaded.

    What is loaded by now stays to the end: no search for garbage walks over it again, which would stand in the window's way
    for a fifth of a second whenever the desk has opened some thousand cases.
    """
    sys.setswitchinterval(SWITCH_S)
    gc.freeze()
