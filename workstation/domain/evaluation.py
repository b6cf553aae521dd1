"""好差评 at the station: that a citizen was asked, and that it is over. What was said is nowhere here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wire.evaluation import Stage

HALL_KEY_FACT = (
    "recovery_key"  # the hall's public key as the station keeps it; what is sealed for it only the hall opens
)


class Sitting(StrEnum):
    """What is rated once: all that was done at the counter in one visit, or the handing out of a result."""

    COUNTER = "counter"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class EvaluationAsked:
    """A citizen was asked once for one sitting. `visit` is a random id: the hall knows by it that nothing came twice, and
    cannot tell from it whose visit it was. `clerk` is the login of who is rated, `nth` counts those of the case."""

    visit: str
    case: str
    sitting: Sitting
    stage: Stage
    nth: int
    clerk: str
    window: str
    invited_at: datetime
    ended_at: datetime | None = None


def sitting_of(stage: Stage) -> Sitting:
    """Return what a stage belongs to: receipt and acceptance are one visit."""
    return Sitting.RESULT if stage is Stage.RESULT else Sitting.COUNTER
