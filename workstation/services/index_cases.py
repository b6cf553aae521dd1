"""Makes cases findable beside the counter: what was filed, what was changed, what a purge makes anew, and the days of the
work lists for cases of before them."""

from __future__ import annotations

from workstation.services.ports import Look, OpenUnit

_AT_ONCE = 50  # cases in one commit: about twenty milliseconds that somebody at the counter may wait
_SLICES = 10  # in one turn, so that what is carried beside goes on


class CaseIndex:
    """Implements sync.engine.Carrier. It needs no hall."""

    def __init__(self, open_unit: OpenUnit, look: Look | None = None) -> None:
        self._open_unit, self._look = open_unit, look or open_unit

    def carry(self) -> bool:
        """Write some more cases down; never True: the next turn goes on."""
        with self._look() as unit:
            if unit.cases.is_written_down():
                return False
        for _ in range(_SLICES):
            with self._open_unit() as unit:
                left = unit.cases.make_findable(_AT_ONCE) + unit.cases.make_listable(_AT_ONCE)
                unit.commit()
            if not left:
                break
        return False
