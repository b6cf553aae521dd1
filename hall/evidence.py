"""What the hall itself has answered, by look-up: the only evidence that counts when a station accepts a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from hall.database import stamp
from hall.tables import disputes, evidence
from wire.codec import digest, encode
from wire.messages import Outcome, Verdict, VerificationQuery


def keep(
    db: Connection,
    station: str,
    query: VerificationQuery,
    outcome: Outcome,
    number: str,
    at: datetime,
    valid_until: datetime,
) -> None:
    """Remember a look-up that was answered: for which case and rule, with which outcome and number; nothing of whom."""
    db.execute(
        insert(evidence).values(
            query=query.id,
            station=station,
            case=query.case,
            rule=query.rule,
            service=query.service,
            outcome=outcome.value,
            number=number,
            about=about_of(query.params),
            at=stamp(at),
            valid_until=stamp(valid_until),
        )
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule needs of a look-up: which outcomes meet it, about which values (`about_of`), and holding at which time."""

    rule: str
    satisfied_by: tuple[str, ...]
    about: str
    at: datetime

    def is_met_by(self, row: Row[tuple[object, ...]]) -> bool:
        """Say whether a kept answer is of this rule and these values, meets the rule, and held at the time."""
        same = row.rule == self.rule and row.about == self.about
        return same and row.outcome in self.satisfied_by and row.valid_until >= stamp(self.at)


def about_of(params: Mapping[str, str]) -> str:
    """Name the parameters of a look-up without keeping them."""
    return digest(encode(dict(params)))


def proves(db: Connection, case: str, number: str, wanted: Iterable[Wanted]) -> bool:
    """Say whether a reply number is of this case, of one of the rules and about the values of the form, with an outcome
    that meets that rule, and no dispute about it stands."""
    row = db.execute(select(evidence).where(evidence.c.number == number, evidence.c.case == case)).first()
    if not number or row is None or _is_disputed(db, row.query):
        return False
    return any(each.is_met_by(row) for each in wanted)


def met(db: Connection, case: str, wanted: Wanted) -> bool:
    """Say whether the newest answer of a rule for this case meets it, and nobody disputes it."""
    row = _newest(db, case, wanted)
    if row is None or not row.number or _is_disputed(db, row.query):
        return False
    return wanted.is_met_by(row)


def owed(db: Connection, case: str, wanted: Wanted) -> bool:
    """Say whether the register was asked for this case and owes its answer."""
    row = _newest(db, case, wanted)
    return row is not None and row.outcome in {Outcome.UNAVAILABLE.value, Outcome.PENDING.value}


def _newest(db: Connection, case: str, wanted: Wanted) -> Row[tuple[object, ...]] | None:
    found = select(evidence).where(
        evidence.c.case == case, evidence.c.rule == wanted.rule, evidence.c.about == wanted.about
    )
    return db.execute(found.order_by(evidence.c.at.desc(), evidence.c.query.desc())).first()


def _is_disputed(db: Connection, query: object) -> bool:
    found = select(disputes.c.id).where(
        disputes.c.query == str(query), disputes.c.verdict != Verdict.UPHELD.value
    )
    return db.execute(found).first() is not None
