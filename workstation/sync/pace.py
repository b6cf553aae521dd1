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


QUICK_S, QUIET_S = 1.0, 30.0


def idle_after(quiet_s: float) -> float:
    """How long to sleep between two looks for news when nothing has moved at this station for so long.

    Right after a filing its answers are near, and a person waits: a second. Later a third of the time that was waited already,
    half a minute at most: two thousand stations that looked every second would be all that a hall hears (022-scale.md).
    """
    longest = min(QUIET_S, max(QUICK_S, quiet_s / 3))
    return longest * random.uniform(0.75, 1.0)  # noqa: S311 - no secret hangs on it
