"""好差评: what a citizen says of a visit, and how it is sealed for the hall before anybody at the counter can read it.

Grades are those of GB/T 39046-2020 annex A (1 非常满意 … 5 非常不满意), which run against the stars that people know
(domain.md 0, 3.2, 8). A sealed opinion is always as long as any other: its size tells neither grade nor silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wire.codec import Malformed, decode, encode
from wire.keys import unb64
from wire.recovery import open_sealed, seal_for

_INFO = "one-window evaluation 1 "
_PLAIN_BYTES = 6_144  # what is sealed, filled up with zeros
_AROUND_BYTES = 48  # HPKE adds a key of 32 bytes and a tag of 16
SEALED_CHARS = (_PLAIN_BYTES + _AROUND_BYTES) * 8 // 6  # base64url without padding
MOST_TAGS = 6
MOST_INK = 4_800  # characters of Opinion.ink


class Grade(StrEnum):
    """The five grades; whatever a list calls them, inside they have these names."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class Stage(StrEnum):
    """What had been done when the citizen was asked."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    RESULT = "result"


class Tag(StrEnum):
    """What the citizen may tick beside a grade."""

    QUICK = "quick"
    CLEAR = "clear"
    KIND = "kind"
    ONE_VISIT = "one_visit"
    SLOW = "slow"
    UNCLEAR = "unclear"
    UNKIND = "unkind"
    MORE_PAPERS = "more_papers"  # than the guide names
    SENT_AWAY = "sent_away"  # to come again, or elsewhere
    OTHER = "other"


PRAISE = (Tag.QUICK, Tag.CLEAR, Tag.KIND, Tag.ONE_VISIT)
COMPLAINT = (Tag.SLOW, Tag.UNCLEAR, Tag.UNKIND, Tag.MORE_PAPERS, Tag.SENT_AWAY, Tag.OTHER)
BAD = frozenset({Grade.DISSATISFIED, Grade.VERY_DISSATISFIED})  # 差评: the lowest two (domain.md 8)
_CODES: Mapping[Grade, int] = {grade: number for number, grade in enumerate(Grade, start=1)}


def code_of(grade: Grade) -> int:
    """Return the code of GB/T 39046: 1 非常满意 … 5 非常不满意."""
    return _CODES[grade]


def grade_of_code(code: int) -> Grade:
    """Return the grade of a code of GB/T 39046. Raises ValueError."""
    return _graded(code)


def stars_of(grade: Grade) -> int:
    """Return the stars: five for 非常满意, one for 非常不满意."""
    return 6 - _CODES[grade]


def grade_of_stars(stars: int) -> Grade:
    """Return the grade of one to five stars. Raises ValueError."""
    return _graded(6 - stars)


def _graded(code: int) -> Grade:
    for grade, number in _CODES.items():
        if number == code:
            return grade
    raise ValueError(code)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the citizen said; without a grade nothing was. `ink` are handwritten words: strokes parted by ";", each of
    points "x,y" of 0 to 999 parted by blanks. `case` and `receipt_no` stand only where the citizen wants to be called
    back; without them nobody can tell who it was."""

    grade: Grade | None
    tags: tuple[Tag, ...] = ()
    ink: str = ""
    case: str = ""
    receipt_no: str = ""

    @property
    def anonymous(self) -> bool:
        """Say whether nothing in it leads to the citizen."""
        return not self.case


NOTHING_SAID = Opinion(None)


@dataclass(frozen=True, slots=True)
class EvaluationGiven:
    """Body of evaluation_given, one for each visit: whatever the citizen said, skipping too. `visit` is a random id that
    leads to no case, `clerk` the login of who is rated, `key` names the hall's key that `sealed` is for, `nth` counts the
    evaluations of the case."""

    visit: str
    stage: Stage
    nth: int
    clerk: str
    window: str
    key: str
    sealed: str


def seal_opinion(public: bytes, visit: str, opinion: Opinion) -> str:
    """Seal an opinion for the hall; bound to its visit. Returns SEALED_CHARS characters, whatever was said.

    Raises ValueError for one that is too long.
    """
    said = encode(opinion).encode()
    if len(said) + 2 > _PLAIN_BYTES:
        raise ValueError("opinion")
    plain = (len(said).to_bytes(2, "big") + said).ljust(_PLAIN_BYTES, b"\x00")
    return seal_for(public, _INFO + visit, plain)


def open_opinion(private: bytes, visit: str, sealed: str) -> Opinion:
    """Open one at the hall. Raises BoxBroken for another key or visit, Malformed for what is none."""
    plain = open_sealed(private, _INFO + visit, sealed)
    length = int.from_bytes(plain[:2], "big")
    if len(plain) != _PLAIN_BYTES or length + 2 > len(plain):
        raise Malformed("opinion")
    opinion = decode(Opinion, plain[2 : 2 + length])
    if len(opinion.tags) > MOST_TAGS or len(opinion.ink) > MOST_INK:
        raise Malformed("opinion")
    return opinion


def looks_sealed(text: str) -> bool:
    """Say whether a text has the form of a sealed opinion: nothing that can be read passes for one."""
    try:
        return len(text) == SEALED_CHARS and len(unb64(text)) == _PLAIN_BYTES + _AROUND_BYTES
    except ValueError:
        return False
