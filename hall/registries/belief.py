"""What the hall believes of a register's answer: first whether it is one to this question, then whether it can be true."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hall.registries import Register
from hall.registries.facts import PAST, day_of, has_its_form
from wire.departments import RegisterAnswer, RegisterQuestion, answer_is_genuine, params_digest
from wire.messages import Outcome

log = logging.getLogger(__name__)

# A register may owe its answer for some days, not for ever.
LONGEST_OWED = timedelta(days=30)
_WITH_FACTS = frozenset({Outcome.MATCH, Outcome.RECORD_FOUND})

Codes = Mapping[str, Mapping[str, Mapping[str, str]]]  # service, fact, their word -> our code


class Untrusted(Exception):
    """An answer that is none to this question; the text says why: echo, signature, replayed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a register said, as far as it is believed: outcome, minimal facts, its own reply number.

    `trouble` says in a code why the outcome is not the register's own word. `address` is heard for the watch over
    clerks and goes nowhere.
    """

    outcome: Outcome
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    reply_no: str = ""
    trouble: str = ""
    due: datetime | None = None
    retry_at: datetime | None = None
    address: str = field(default="", repr=False)


def believe(
    register: Register,
    question: RegisterQuestion,
    answer: RegisterAnswer,
    *,
    key: bytes | None,
    codes: Codes,
    now: datetime,
) -> Said:
    """Check an answer and keep of it what may leave. Raises Untrusted.

    `key` is the department's public key, None where it has none. An answer that is to this question but cannot be
    true is CONFLICT without a fact: a guess would look like a finding.
    """
    if key is not None and not answer_is_genuine(answer, key):
        raise Untrusted("signature")
    if answer.question != question.id:
        raise Untrusted("replayed")
    if answer.params_sha256 != params_digest(question.params):
        raise Untrusted("echo")
    try:
        return _kept(register, question, answer, codes, now)
    except Impossible as impossible:
        log.warning("%s said what cannot be: %s", register.service, impossible)
        return Said(Outcome.CONFLICT, reply_no=answer.reply_no, trouble=str(impossible))


class Impossible(Exception):
    """The register is lying or broken; the text is a code."""


def _kept(
    register: Register, question: RegisterQuestion, answer: RegisterAnswer, codes: Codes, now: datetime
) -> Said:
    outcome = _outcome(register, answer, now)
    address = answer.facts.get("address", "")
    if outcome is Outcome.PENDING:
        return Said(outcome, reply_no=answer.reply_no, due=answer.due)
    told = {name: value for name, value in answer.facts.items() if name in register.tells}
    if outcome is Outcome.NO_RECORD and told:
        raise Impossible("facts_without_record")
    if outcome not in _WITH_FACTS:
        return Said(outcome, reply_no=answer.reply_no, address=address)
    for name, asked in question.params.items():
        if answer.facts.get(name, asked) != asked:
            raise Impossible("contradicts_query")
    facts = in_our_codes(register.service, told, codes)
    today = now.date()
    for name, value in facts.items():
        _check(name, value, today)
    until = day_of(facts.get("valid_until", ""))
    if until is not None and until < today:
        # The register's own date says that the paper is out of validity, whatever its outcome says.
        return Said(Outcome.EXPIRED, {}, answer.reply_no, address=address)
    return Said(outcome, facts, answer.reply_no, address=address)


def _outcome(register: Register, answer: RegisterAnswer, now: datetime) -> Outcome:
    if answer.outcome not in {outcome.value for outcome in register.says}:
        raise Impossible("outcome")
    outcome = Outcome(answer.outcome)
    owed = answer.due is not None and now < answer.due <= now + LONGEST_OWED
    if (outcome is Outcome.PENDING) != owed:
        raise Impossible("due")
    return outcome


def _check(name: str, value: str, today: date) -> None:
    if not has_its_form(name, value):
        raise Impossible(f"form.{name}")
    day = day_of(value) if name in PAST else None
    # A day of margin: the department's day begins eight hours before the hall's clock in UTC.
    if day is not None and day > today + timedelta(days=1):
        raise Impossible(f"future.{name}")


def in_our_codes(service: str, told: Mapping[str, str], codes: Codes) -> dict[str, str]:
    """Translate what has a code. A word that nobody has listed makes the answer one that cannot be used."""
    facts = {}
    for fact, word in told.items():
        known = codes.get(service, {}).get(fact)
        if known is not None and word not in known:
            raise Impossible(f"code.{fact}")
        facts[fact] = known[word] if known else word
    return facts
