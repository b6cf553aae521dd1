"""What the hall itself has answered, by look-up: the only evidence that counts when a station accepts a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select

from hall.database import HALL_ZONE, fact
from hall.tables import disputes, lookups
from hall.watch import keyed
from wire.codec import encode
from wire.messages import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule needs of a look-up: which outcomes meet it, and about which values (`about_of`)."""

    rule: str
    satisfied_by: tuple[str, ...]
    about: str
    at: datetime  # of the acceptance: an answer holds to the end of its day

    def is_met_by(self, row: Row[tuple[object, ...]]) -> bool:
        """Say whether a kept answer is of this rule and these values, meets the rule, and held at the time."""
        same = row.rule == self.rule and row.about == self.about
        day = datetime.fromisoformat(str(row.at)).astimezone(HALL_ZONE).date()
        return same and row.outcome in self.satisfied_by and self.at.astimezone(HALL_ZONE).date() <= day


def about_of(db: Connection, params: Mapping[str, str]) -> str:
    """Name the parameters of a look-up as its log does, without keeping them: a keyed hash."""
    return keyed(fact(db, "watch_key"), encode(dict(params)))


def proves(db: Connection, case: str, number: str, wanted: Iterable[Wanted]) -> bool:
    """Say whether a reply number is of this case, of one of the rules and about the values of the form, with an outcome
    that meets that rule, and no dispute about it stands."""
    row = db.execute(select(lookups).where(lookups.c.evidence_no == number, lookups.c.case == case)).first()
    if not number or row is None or _is_disputed(db, row.query):
        return False
    return any(each.is_met_by(row) for each in wanted)


def met(db: Connection, case: str, wanted: Wanted) -> bool:
    """Say whether the newest answer of a rule for this case meets it, and nobody disputes it."""
    row = _newest(db, case, wanted)
    if row is None or not row.evidence_no or _is_disputed(db, row.query):
        return False
    return wanted.is_met_by(row)


def owed(db: Connection, case: str, wanted: Wanted) -> bool:
    """Say whether the register was asked for this case and owes its answer."""
    row = _newest(db, case, wanted)
    return row is not None and row.outcome in {Outcome.UNAVAILABLE.value, Outcome.PENDING.value}


def _newest(db: Connection, case: str, wanted: Wanted) -> Row[tuple[object, ...]] | None:
    found = select(lookups).where(
        lookups.c.case == case, lookups.c.rule == wanted.rule, lookups.c.about == wanted.about
    )
    return db.execute(found.order_by(lookups.c.at.desc(), lookups.c.query.desc())).first()


def _is_disputed(db: Connection, query: object) -> bool:
    found = select(disputes.c.id).where(
        disputes.c.query == str(query), disputes.c.verdict != Verdict.UPHELD.value
    )
    return db.execute(found).first() is not None
