"""The operator's card has gone when its reader does not see it any more, whatever the cause."""

from __future__ import annotations

import pytest

from workstation.services.operator_slot import OperatorSlot
from workstation.services.ports import CardPresence


@pytest.mark.parametrize(
    "cause", [presence for presence in CardPresence if presence is not CardPresence.PRESENT]
)
def test_every_way_of_losing_the_card_is_told_once(cause: CardPresence) -> None:
    slot, told = OperatorSlot(), list[str]()
    slot.listen(lambda: told.append("gone"), lambda: told.append("came"))
    slot.see(cause)
    assert told == []  # It was not there before.
    slot.see(CardPresence.PRESENT)
    slot.see(CardPresence.PRESENT)
    slot.see(cause)
    slot.see(cause)
    assert told == ["came", "gone"]
    assert not slot.there
