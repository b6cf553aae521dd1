"""The broker: no look-up without its reasons, a person who may ask, a rule and a grant; the answer is minimal, signed, dated."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from catalogue.model import Catalogue, VerificationRule
from hall.database import HALL_ZONE, hall_key, next_number, now, stamp
from hall.grants import NoGrant, find_grant
from hall.registries import REGISTERS, Register
from hall.registries.belief import Said
from hall.registries.over_http import Departments
from hall.settings import Limits
from hall.tables import lookups, owed, register_keys, staff
from hall.watch import Watch, keyed
from wire.codec import decode, encode
from wire.departments import RegisterQuestion
from wire.keys import new_id, unb64
from wire.messages import Outcome, Role, StaffAccount, VerificationQuery, VerificationReply
from wire.signed import sign_reply

# Who works on cases may ask; auditor, author and administrator have no citizen before them.
MAY_ASK = frozenset({Role.CLERK, Role.AGENT, Role.SUPERVISOR})
_SAID_NOTHING = frozenset({Outcome.DENIED, Outcome.UNAVAILABLE})
ASKED = "asked"  # stands in the log until there is an answer


class LookupRefused(Exception):
    """A look-up that is not even denied: `code` is purpose, clerk_unknown, role, lookup_limit or query_reused."""

    def __init__(self, status: int, code: str, **details: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.details: Mapping[str, str] = details


@dataclass(frozen=True, slots=True)
class _Leave:
    """What a look-up was found to be before the register is asked."""

    register: Register | None
    grant: str = ""
    denied: str = ""  # why, "" when it may be asked
    key: bytes | None = None
    ticket: str = ""
    owed_until: str = ""
    owed_key: str = field(default="", repr=False)


class Broker:
    """Asks registers for stations. Safe to use from several threads."""

    def __init__(
        self, engine: Engine, catalogue: Catalogue, departments: Departments, limits: Limits | None = None
    ) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._departments = departments
        self._watch = Watch(limits or Limits())

    def answer(self, station: str, query: VerificationQuery) -> VerificationReply:
        """Answer a query of a station. Raises LookupRefused; what is not granted is answered DENIED.

        The look-up stands in the log before the register is asked, so that no crash can lose who asked. The register
        is asked outside any transaction: a slow one must not hold the hall's writers.
        """
        _check_reasons(query)
        with self._engine.begin() as db:
            refused = self._refusal(db, station, query)
            if refused is None:
                leave = self._leave(db, query)
                _log(db, station, query, leave)
        if refused is not None:
            # Only now: the alarm of a limit must be committed.
            raise refused
        began = clock.monotonic()
        said = self._ask(station, query, leave)
        took_ms = round((clock.monotonic() - began) * 1000)
        at = now()
        with self._engine.begin() as db:
            evidence = _evidence(db, leave.register, said, at)
            _settle(db, query, leave, said, evidence, took_ms)
            self._watch.look(db, station, query, said.address, at)
            private = hall_key(db)
        return sign_reply(_reply(query, leave.register, said, evidence, at), private)

    def _refusal(self, db: Connection, station: str, query: VerificationQuery) -> LookupRefused | None:
        body = db.scalar(select(staff.c.body).where(staff.c.station == station, staff.c.login == query.clerk))
        if body is None:
            return LookupRefused(403, "clerk_unknown")
        if MAY_ASK.isdisjoint(decode(StaffAccount, body).roles):
            return LookupRefused(403, "role")
        if db.execute(select(lookups.c.query).where(lookups.c.query == query.id)).first() is not None:
            # A second sending of the same request would be a second look-up under the reasons of the first.
            return LookupRefused(409, "query_reused")
        over = self._watch.over_limit(db, station, query, now())
        if over is None:
            return None
        return LookupRefused(403, "lookup_limit", limit=str(over.limit), period=over.period)

    def _leave(self, db: Connection, query: VerificationQuery) -> _Leave:
        register = REGISTERS.get(query.service)
        if register is None or not self._listed(query, register):
            return _Leave(register, denied="rule")
        grant = find_grant(db, query.item, query.service, now())
        if isinstance(grant, NoGrant):
            return _Leave(register, denied=grant.value)
        public = db.scalar(select(register_keys.c.public_key).where(register_keys.c.service == query.service))
        owed_key = keyed(db, encode(query.params))
        promised = db.execute(select(owed).where(*_owed(query, owed_key))).first()
        return _Leave(
            register,
            grant,
            key=unb64(public) if public else None,
            ticket=promised.ticket if promised else "",
            owed_until=promised.due if promised else "",
            owed_key=owed_key,
        )

    def _listed(self, query: VerificationQuery, register: Register) -> bool:
        """Say whether the item's own rules list just this look-up (domain.md 0.6, 4.2)."""
        item = self._catalogue.items.get(query.item)
        rules: dict[str, VerificationRule] = {rule.id: rule for rule in item.verifications} if item else {}
        rule = rules.get(query.rule)
        if rule is None or rule.service != query.service or rule.fallback != query.replaces:
            return False
        return set(query.params) == set(rule.query) == register.asks and all(query.params.values())

    def _ask(self, station: str, query: VerificationQuery, leave: _Leave) -> Said:
        if leave.denied or leave.register is None:
            return Said(Outcome.DENIED, trouble=leave.denied)
        question = RegisterQuestion(
            id=new_id(),
            service=query.service,
            params=query.params,
            grant=leave.grant,
            station=station,
            clerk=query.clerk,
            case=query.case,
            item=query.item,
            replaces=query.replaces,
            purpose=query.purpose,
            legal_basis=query.legal_basis,
            sponsor=query.sponsor,
            ticket=leave.ticket,
        )
        said = self._departments.ask(leave.register, question, leave.key)
        if said.outcome is Outcome.PENDING and leave.owed_until and stamp(now()) >= leave.owed_until:
            # A register cannot put off its own deadline again and again: the paper path opens.
            return Said(Outcome.UNAVAILABLE, trouble="overdue")
        return said


def _check_reasons(query: VerificationQuery) -> None:
    """Raise LookupRefused(purpose) with the name of the first reason that is missing (domain.md 4.2)."""
    reasons = {
        "id": query.id,
        "case": query.case,
        "item": query.item,
        "rule": query.rule,
        "purpose": query.purpose,
        "legal_basis": query.legal_basis,
        "replaces": query.replaces,
        "clerk": query.clerk,
        "sponsor.name": query.sponsor.name,
        "sponsor.id_type": query.sponsor.id_type,
        "sponsor.id_no": query.sponsor.id_no,
    }
    for name, said in reasons.items():
        if not said.strip():
            raise LookupRefused(403, "purpose", missing=name)


def _log(db: Connection, station: str, query: VerificationQuery, leave: _Leave) -> None:
    db.execute(
        insert(lookups).values(
            query=query.id,
            station=station,
            clerk=query.clerk,
            case=query.case,
            item=query.item,
            rule=query.rule,
            service=query.service,
            replaces=query.replaces,
            purpose=query.purpose,
            legal_basis=query.legal_basis,
            grant_no=leave.grant,
            outcome=ASKED,
            evidence_no="",
            at=stamp(now()),
        )
    )


def _settle(
    db: Connection, query: VerificationQuery, leave: _Leave, said: Said, evidence: str, took_ms: int
) -> None:
    done = update(lookups).where(lookups.c.query == query.id)
    db.execute(
        done.values(
            outcome=said.outcome.value,
            evidence_no=evidence,
            reply_no=said.reply_no,
            trouble=said.trouble,
            took_ms=took_ms if not leave.denied else None,
        )
    )
    if said.outcome is Outcome.PENDING and said.due is not None:
        promise = upsert(owed).values(
            case=query.case,
            service=query.service,
            params=leave.owed_key,
            ticket=said.reply_no,
            due=stamp(said.due),
        )
        # The first promise counts: a new deadline does not move it.
        db.execute(promise.on_conflict_do_nothing())
    elif leave.ticket and said.outcome not in _SAID_NOTHING:
        db.execute(delete(owed).where(*_owed(query, leave.owed_key)))


def _owed(query: VerificationQuery, key: str) -> tuple[ColumnElement[bool], ...]:
    return owed.c.case == query.case, owed.c.service == query.service, owed.c.params == key


def _evidence(db: Connection, register: Register | None, said: Said, at: datetime) -> str:
    if register is None or said.outcome in _SAID_NOTHING:
        return ""
    day = f"{at.astimezone(HALL_ZONE):%Y%m%d}"
    return f"{register.prefix}{day}{next_number(db, f'reply:{day}'):06d}"


def _reply(
    query: VerificationQuery, register: Register | None, said: Said, evidence: str, at: datetime
) -> VerificationReply:
    return VerificationReply(
        query=query.id,
        service=query.service,
        outcome=said.outcome,
        facts=said.facts,
        source=register.source if register else "",
        evidence_no=evidence,
        replied_at=at,
        valid_until=said.due or _end_of_day(at),
        signature="",
        retry_at=said.retry_at,
    )


def _end_of_day(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(HALL_ZONE).date(), time(23, 59, 59), HALL_ZONE)
