"""The broker: no look-up without case, item, purpose and grant; the answer is minimal, signed and dated."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import Engine, insert

from catalogue.model import Catalogue, VerificationRule
from hall.database import HALL_ZONE, hall_key, next_number, now, stamp
from hall.evidence import keep as keep_evidence
from hall.registries import REGISTERS, Register
from hall.registries.over_http import Departments, Said
from hall.tables import lookups
from wire.messages import Outcome, VerificationQuery, VerificationReply
from wire.signed import sign_reply


class PurposeMissing(Exception):
    """A look-up without its reasons."""


class Broker:
    """Asks registers for stations."""

    def __init__(self, engine: Engine, catalogue: Catalogue, departments: Departments) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._departments = departments

    def answer(self, station: str, query: VerificationQuery) -> VerificationReply:
        """Answer a query of a station. Raises PurposeMissing; what is not granted is answered DENIED.

        The department is asked outside any transaction: a slow register must not hold the hall's writers.
        """
        reasons = (
            query.case,
            query.item,
            query.rule,
            query.purpose,
            query.legal_basis,
            query.replaces,
            query.clerk,
        )
        if not all(part.strip() for part in reasons) or not query.sponsor.id_no:
            raise PurposeMissing
        register = REGISTERS.get(query.service)
        said = Said(Outcome.DENIED, {}, "")
        if register is not None and self._granted(query, register):
            said = self._departments.ask(register, query.params)
        at = now()
        with self._engine.begin() as db:
            evidence = ""
            if register is not None and said.outcome not in {Outcome.DENIED, Outcome.UNAVAILABLE}:
                day = f"{at.astimezone(HALL_ZONE):%Y%m%d}"
                evidence = f"{register.prefix}{day}{next_number(db, f'reply:{day}'):06d}"
            db.execute(
                insert(lookups).values(
                    query=query.id,
                    station=station,
                    clerk=query.clerk,
                    case=query.case,
                    item=query.item,
                    service=query.service,
                    purpose=query.purpose,
                    outcome=said.outcome.value,
                    evidence_no=evidence,
                    at=stamp(at),
                )
            )
            keep_evidence(db, station, query, said.outcome, evidence, at, _end_of_day(at))
            private = hall_key(db)
        reply = VerificationReply(
            query=query.id,
            service=query.service,
            outcome=said.outcome,
            facts=said.facts,
            source=register.source if register else "",
            evidence_no=evidence,
            replied_at=at,
            valid_until=_end_of_day(at),
            signature="",
        )
        return sign_reply(reply, private)

    def _granted(self, query: VerificationQuery, register: Register) -> bool:
        """Say whether the item's own rules list just this look-up (domain.md 0.6, 4.2)."""
        item = self._catalogue.items.get(query.item)
        rules: dict[str, VerificationRule] = {rule.id: rule for rule in item.verifications} if item else {}
        rule = rules.get(query.rule)
        if rule is None or rule.service != query.service or rule.fallback != query.replaces:
            return False
        return set(query.params) == set(rule.query) == register.asks and all(query.params.values())


def _end_of_day(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(HALL_ZONE).date(), time(23, 59, 59), HALL_ZONE)
