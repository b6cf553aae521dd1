"""What an identity card says of its holder. The photo stays as it came: only a licensed library may open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class DocumentKind(Enum):
    """The four documents, by the flag in their text block."""

    CITIZEN = "citizen"
    HMT_PERMIT = "hmt_permit"  # 港澳台居民居住证, flag J
    FOREIGNER_2023 = "foreigner_2023"  # flag Y
    FOREIGNER_2017 = "foreigner_2017"  # flag I


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """One document; what a kind does not have is None. `valid_until` is None for long-term validity."""

    kind: DocumentKind
    name: str
    latin_name: str | None
    sex: str | None  # GB/T 2261.1
    ethnicity: str | None  # GB 3304
    nationality: str | None  # ISO 3166 alpha-3
    birth_date: date | None
    address: str | None
    number: str
    issuer: str | None
    valid_from: date | None
    valid_until: date | None
    long_term: bool
    pass_number: str | None
    photo: bytes = field(repr=False)
