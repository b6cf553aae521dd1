"""How long to wait after trouble: doubling, capped, and never in step with the other stations."""

from __future__ import annotations

import random

FIRST_S = 1.0
LONGEST_S = 60.0


def wait_after(failures: int, at_least_s: float = 0.0) -> float:
    """Return seconds to wait after so many failures in a row; `at_least_s` is what the hall asked for (Retry-After).

    Ten thousand stations must not come back in the same second, so half of it is chance.
    """
    longest = max(min(LONGEST_S, FIRST_S * 2.0 ** min(max(failures - 1, 0), 10)), min(at_least_s, LONGEST_S))
    return max(longest * random.uniform(0.5, 1.0), min(at_least_s, LONGEST_S))  # noqa: S311 - no secret hangs on it
