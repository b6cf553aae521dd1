"""The broker: no look-up without its reasons, a person who may ask, a rule and a grant; the answer is minimal, signed, dated."""

from __future__ import annotations

import time as clock
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time
from threading import Lock
from typing import Protocol

from sqlalchemy import Connection, Engine

from catalogue.model import Catalogue, VerificationRule
from hall import lookup_log
from hall.algorithms import agreed_algorithms
from hall.database import HALL_ZONE, begin_unsynced, fact, hall_key, next_number, now, stamp, sync
from hall.grants import NoGrant, find_grant
from hall.lookup_log import Person
from hall.registries import REGISTERS, Register
from hall.registries.belief import Said
from hall.settings import Limits
from hall.watch import Watch, keyed
from wire.codec import encode
from wire.departments import RegisterQuestion
from wire.keys import new_id
from wire.messages import Outcome, VerificationQuery, VerificationReply
from wire.rights import Action, allowed
from wire.signed import sign_reply

_SOON_S = 0.05
_SAID_NOTHING = frozenset({Outcome.DENIED, Outcome.UNAVAILABLE})


class Registers(Protocol):
    """Whoever asks the departments: hall.registries.over_http.Departments."""

    def ask(self, register: Register, question: RegisterQuestion, key: bytes | None = None) -> Said:
        """Ask one register; trouble is an outcome."""
        ...


class LookupRefused(Exception):
    """A look-up that is not even denied: `code` is purpose, actor, role, lookup_limit or query_reused."""

    def __init__(self, status: int, code: str, **details: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.details: Mapping[str, str] = details


@dataclass(frozen=True, slots=True)
class _Leave:
    """What a look-up was found to be before the register is asked."""

    person: Person
    register: Register | None
    grant: str = ""
    denied: str = ""  # why, "" when it may be asked
    key: bytes | None = None
    promise: lookup_log.Promise | None = None
    params: str = field(default="", repr=False)  # keyed hash
    evidence: str = ""  # taken before the register is asked: no two answers have one number, whatever happens


class Broker:
    """Asks registers for stations. Safe to use from several threads."""

    def __init__(
        self, engine: Engine, catalogue: Catalogue, departments: Registers, limits: Limits | None = None
    ) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._departments = departments
        with engine.begin() as db:
            self._private = hall_key(db)
            self._agreed = agreed_algorithms(db).signature
            self._watch_key = fact(db, "watch_key")
        self._watch = Watch(limits or Limits(), self._watch_key)
        # The disk and the register take their time beside each other.
        self._syncing = ThreadPoolExecutor(4, thread_name_prefix="sync")
        self._soon = Lock()  # held while a sync is planned

    def answer(self, station: str, query: VerificationQuery) -> VerificationReply:
        """Answer a query of a station. Raises LookupRefused; what is not granted is answered DENIED.

        The look-up stands in the log before the register is asked, so that no crash can lose who asked, and is on the
        disk before an answer leaves; what came of it follows within a moment (docs/decisions/010-broker.md). The register is asked outside any transaction: a slow one must not hold the
        hall's writers.
        """
        _check_reasons(query)
        with begin_unsynced(self._engine) as db:
            leave = self._leave(db, station, query, now())
        # Only now: the alarm of a limit must be committed.
        if isinstance(leave, LookupRefused):
            raise leave
        on_disk = self._syncing.submit(sync, self._engine)
        began = clock.monotonic()
        said = self._ask(station, query, leave)
        took_ms = None if leave.denied else round((clock.monotonic() - began) * 1000)
        at = now()
        evidence = "" if said.outcome in _SAID_NOTHING else leave.evidence
        with begin_unsynced(self._engine) as db:
            _settle(db, query, leave, said, evidence, took_ms)
            self._watch.after(db, station, query, leave.person, said.address, at)
        on_disk.result()
        self._sync_soon()
        return sign_reply(_reply(query, leave.register, said, evidence, at), self._private, self._agreed)

    def close(self) -> None:
        """End the threads."""
        self._syncing.shutdown()

    def _sync_soon(self) -> None:
        """Bring what came of look-ups to the disk behind their answers: one sync for all of a moment, nobody waits for it."""
        if self._soon.acquire(blocking=False):
            self._syncing.submit(self._sync_later)

    def _sync_later(self) -> None:
        clock.sleep(_SOON_S)
        self._soon.release()
        sync(self._engine)

    def _leave(
        self, db: Connection, station: str, query: VerificationQuery, at: datetime
    ) -> _Leave | LookupRefused:
        person = lookup_log.person(db, station, query.clerk)
        if person is None:
            return LookupRefused(403, "actor")
        if not allowed(person.roles, Action.VERIFIED):
            return LookupRefused(403, "role")
        if not lookup_log.may_ask_for(db, station, query):
            # Another station's case, one that is over, or one without the item gives no reason.
            return LookupRefused(403, "purpose", missing="case")
        if lookup_log.known(db, query.id):
            # A second sending of the same request would be a second look-up under the reasons of the first.
            return LookupRefused(409, "query_reused")
        over = self._watch.before(db, station, query, person, at)
        if over is not None:
            return LookupRefused(403, "lookup_limit", limit=str(over.limit), period=over.period)
        leave = self._granted(db, query, person, at)
        lookup_log.begin(db, station, query, leave.grant, leave.evidence, leave.params, at)
        return leave

    def _granted(self, db: Connection, query: VerificationQuery, person: Person, at: datetime) -> _Leave:
        register = REGISTERS.get(query.service)
        if register is None or not self._listed(query, register):
            return _Leave(person, register, denied="rule")
        grant = find_grant(db, query.item, query.service, at)
        if isinstance(grant, NoGrant):
            return _Leave(person, register, denied=grant.value)
        params = keyed(self._watch_key, encode(query.params))
        promise = lookup_log.promised(db, query, params)
        key = lookup_log.key_of(db, query.service)
        evidence = _evidence(db, register, at)
        return _Leave(person, register, grant, key=key, promise=promise, params=params, evidence=evidence)

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
            ticket=leave.promise.ticket if leave.promise else "",
        )
        said = self._departments.ask(leave.register, question, leave.key)
        if said.outcome is Outcome.PENDING and leave.promise and stamp(now()) >= leave.promise.due:
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


def _settle(
    db: Connection, query: VerificationQuery, leave: _Leave, said: Said, evidence: str, took_ms: int | None
) -> None:
    told = {"evidence_no": evidence, "reply_no": said.reply_no, "trouble": said.trouble, "took_ms": took_ms}
    lookup_log.end(db, query.id, said.outcome, told)
    if said.outcome is Outcome.PENDING and said.due is not None:
        lookup_log.promise(db, query, leave.params, said.reply_no, said.due)
    elif leave.promise is not None and said.outcome not in _SAID_NOTHING:
        lookup_log.kept_promise(db, query, leave.params)


def _evidence(db: Connection, register: Register, at: datetime) -> str:
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
