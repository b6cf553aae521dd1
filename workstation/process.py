"""What this process leaves behind when it crashes, and who may look into it while it runs: nothing, and nobody."""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def close_off() -> bool:
    """Allow no core dump and no debugger of the same user; True when the system does both (Linux).

    The limit alone is not enough: a kernel that pipes its dumps to a program (core_pattern(5)) does not ask it.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - only here is there anything to call
    import resource  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return bool(ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
