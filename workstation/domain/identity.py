"""Who is at the counter: what a card or another document says of its holder, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CardWarning(StrEnum):
    """Something odd about a card that is shown and never rejects it (cards.md 1.1, 1.5)."""

    NUMBER_CHECK = "number_check"  # card number's check character disagrees
    REGION_MISMATCH = "region_mismatch"  # ATR region and EF05 region differ
    SERIAL_MISMATCH = "serial_mismatch"
    ID_CHECK = "id_check"  # social security number is no valid GB 11643 number
    DATE_UNREADABLE = "date_unreadable"
    NAME_CHARACTERS = "name_characters"  # a part of the name has no code point that everybody shares
    KEYS_UNAVAILABLE = "keys_unavailable"  # nobody could be asked whether the card is genuine


class CardStatus(StrEnum):
    """What can be said of a card without asking anybody."""

    IN_DATE = "in_date"
    EXPIRED = "expired"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Card:
    """The card itself (EF05 and the answer to reset). `authenticated` is False without PSAM or HSM."""

    number: str | None
    identification_code: str  # 32 hex digits
    region: str  # six digits
    version: str  # "1.0", "2.0", "3.0" after the rule of SC16 10.2
    issued_on: date | None
    valid_until: date | None
    authenticated: bool
    warnings: tuple[CardWarning, ...]

    def status(self, today: date) -> CardStatus:
        """Say whether the card is in date."""
        if self.valid_until is None:
            return CardStatus.NO_DATE
        return CardStatus.IN_DATE if today <= self.valid_until else CardStatus.EXPIRED


class DocumentKind(StrEnum):
    """What a person showed when it was no social security card in a reader."""

    IDENTITY_CARD = "identity_card"  # 居民身份证
    HMT_PERMIT = "hmt_permit"  # 港澳台居民居住证
    FOREIGNER_CARD = "foreigner_card"  # 外国人永久居留身份证
    ELECTRONIC_CARD = "electronic_card"  # 电子社保卡, confirmed by its platform
    TYPED = "typed"  # nothing that a machine has read: the clerk typed it from an original


@dataclass(frozen=True, slots=True)
class Document:
    """The document itself. `proof` is the reply number of whoever confirmed it, "" when nobody was asked."""

    kind: DocumentKind
    valid_until: date | None = None
    long_term: bool = False
    proof: str = ""
    warnings: tuple[CardWarning, ...] = ()

    def status(self, today: date) -> CardStatus:
        """Say whether the document is in date."""
        if self.long_term:
            return CardStatus.IN_DATE
        if self.valid_until is None:
            return CardStatus.NO_DATE
        return CardStatus.IN_DATE if today <= self.valid_until else CardStatus.EXPIRED


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Name and number as soon as they are read: to be shown, never to be used. The read may still be refused."""

    name: str
    id_no: str


@dataclass(frozen=True, slots=True)
class Residence:
    """Where to reach the holder, from behind the PIN (DF01 EF06, cards.md 1.6). Unset fields are None."""

    address: str | None
    region: str | None
    phone: str | None
    contact: str | None
    contact_phone: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as read from a card (EF06) or another document. Codes: sex GB/T 2261.1, ethnicity GB 3304, place GB/T 2260.

    Either `card` or `document` is there.
    """

    name: str
    id_no: str
    sex: str | None
    ethnicity: str | None
    birth_place: str | None
    birth_date: date | None
    card: Card | None
    reader: str
    read_at: datetime
    residence: Residence | None = None  # only when the holder gave the PIN, or the document says it
    document: Document | None = None

    @property
    def typed(self) -> bool:
        """Say whether no machine has read who this is."""
        return self.document is not None and self.document.kind is DocumentKind.TYPED

    def same_person(self, other: Identity) -> bool:
        """Compare by number: names may be written differently on two cards."""
        return self.id_no == other.id_no


_LONG = 11  # from here on three and four leave enough in the dark


def mask_name(name: str) -> str:
    """Keep the family name: 测试一 becomes 测**. Lengths of one code point show nothing else."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else ""


def mask_id(number: str) -> str:
    """Keep the first three and the last four: 440***********1234 (domain.md 4.2); of a short number only the last four."""
    if len(number) <= 7:
        return "*" * len(number)
    first = number[:3] if len(number) >= _LONG else ""
    return first + "*" * (len(number) - len(first) - 4) + number[-4:]


def mask_phone(number: str) -> str:
    """Keep three and four: 138****1234; of a number without area code only the last four."""
    return mask_id(number)


def mask_date(day: str) -> str:
    """Keep the year of an ISO date: day and month beside a masked number would give most of the number away."""
    return f"{day[:4]}-**-**" if len(day) == 10 else "*" * len(day)


def mask_text(text: str) -> str:
    """Keep the first two characters of an address or another free text."""
    return text[:2] + "*" * max(0, len(text) - 2)
