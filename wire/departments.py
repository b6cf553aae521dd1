"""What the hall and a department's register say to each other: the question with its reasons, the answer bound to it.

An answer echoes the question's id and the digest of its parameters, so that it can be no answer about somebody else
and no older one; where the hall holds the department's key, the department signs all of it (Ed25519).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from wire.algorithms import ED25519, signature_fits
from wire.codec import digest, encode
from wire.keys import b64, sign, unb64
from wire.messages import Party


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """One look-up as it reaches a department: `id` is the hall's own and good for this asking alone.

    `ticket` is the number under which the register promised to answer later, "" when it did not.
    """

    id: str
    service: str
    params: Mapping[str, str] = field(repr=False)
    grant: str  # number of the approval under which the hall asks
    station: str
    clerk: str
    case: str
    item: str
    replaces: str  # the paper that is not asked for
    purpose: str
    legal_basis: str
    sponsor: Party = field(repr=False)  # the represented person
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register says. `signature` is over the canonical JSON of every other field; `algorithm` names it, "" is Ed25519
    before it had a name.

    `outcome` is a text and no Outcome: a register may invent one, and the hall must see that it did. `due` is the
    deadline of an answer that comes later.
    """

    question: str
    params_sha256: str
    outcome: str
    facts: Mapping[str, str] = field(repr=False)
    reply_no: str
    due: datetime | None = None
    signature: str = ""
    algorithm: str = ""


def params_digest(params: Mapping[str, str]) -> str:
    """Return SHA-256 over the canonical JSON of the parameters, lowercase hex."""
    return digest(encode(params))


def sign_answer(answer: RegisterAnswer, private: bytes) -> RegisterAnswer:
    """Return the answer with the department's signature, the algorithm's name under it."""
    named = replace(answer, algorithm=ED25519)
    return replace(named, signature=b64(sign(private, _text(named))))


def answer_is_genuine(answer: RegisterAnswer, public: bytes, agreed: str = ED25519) -> bool:
    """Say whether the key signed just this answer, with the algorithm agreed with the department."""
    try:
        return signature_fits(answer.algorithm, agreed, public, _text(answer), unb64(answer.signature))
    except ValueError:
        return False


def _text(answer: RegisterAnswer) -> bytes:
    said = {part.name: getattr(answer, part.name) for part in fields(answer)} | {"signature": ""}
    # Whoever signed before there were names signed no name.
    return encode(said if answer.algorithm else {n: v for n, v in said.items() if n != "algorithm"}).encode()
