"""The social security card's own environment SSSE: EF05 (card) and EF06 (holder), cards.md 1.5, V2 tables 3, 9-14."""

from __future__ import annotations

from typing import Final

from workstation.cardreader import values
from workstation.cardreader.profiles.tree import Application, Coding, ElementaryFile, Field, Folder

CN, AN = Coding.CN, Coding.AN


def _bytes(raw: bytes) -> bytes:
    return raw


# EF05, the card. Category (02) and initialising office (04) are not needed at a counter, so they are not read.
IDENTIFICATION_CODE: Final = Field(0x01, CN, 16, _bytes)
VERSION: Final = Field(0x03, AN, 4, values.text)
ISSUED: Final = Field(0x05, CN, 4, values.day)
VALID_UNTIL: Final = Field(0x06, CN, 4, values.day)
CARD_NUMBER: Final = Field(0x07, AN, 9, values.ascii_text)

# EF06, the holder.
ID_NUMBER: Final = Field(0x08, AN, 18, values.ascii_text)
NAME: Final = Field(0x09, AN, 30, values.text, continued_by=0x4E)
NAME_CONTINUED: Final = Field(0x4E, AN, 20, _bytes, since=2)
SEX: Final = Field(0x0A, AN, 1, values.sex)
ETHNICITY: Final = Field(0x0B, CN, 1, values.code)
BIRTH_PLACE: Final = Field(0x0C, CN, 3, values.code)
BIRTH_DATE: Final = Field(0x0D, CN, 4, values.day)

# These two come first: they decide what else the card has and whose keys it was made with.
CARD_KIND: Final = (VERSION, IDENTIFICATION_CODE)
CARD_REST: Final = (CARD_NUMBER, ISSUED, VALID_UNTIL)
EF05: Final = ElementaryFile(0xEF05, (*CARD_KIND, *CARD_REST), free_until=3)
# Name and number come first: they are what the clerk waits for.
HOLDER_FIRST: Final = (ID_NUMBER, NAME, NAME_CONTINUED)
HOLDER_REST: Final = (SEX, ETHNICITY, BIRTH_PLACE, BIRTH_DATE)
# From 3.0 on EF06 opens only after an external authentication with RKSSSE (SC16 10.2).
EF06: Final = ElementaryFile(0xEF06, (*HOLDER_FIRST, *HOLDER_REST), free_until=2)
SSSE: Final = Application("sx1.sh.社会保障".encode("gbk"), (EF05, EF06))

# DF01 behind the holder's PIN (V2 tables 4, 9, 16-21). Only where to reach the holder is read: marital status (EF08),
# employer and the rest are there too, and no counter needs them from a card. On a 1.0 card the same tags mean other
# things (annex C), so it is never entered there.
LIVING_ADDRESS: Final = Field(0x23, AN, 80, values.text)
LIVING_REGION: Final = Field(0x24, CN, 3, values.code)
PHONE: Final = Field(0x28, AN, 15, values.text)
CONTACT: Final = Field(0x2C, AN, 50, values.text)
CONTACT_PHONE: Final = Field(0x2D, AN, 15, values.text)
RESIDENCE: Final = ElementaryFile(
    0xEF06, (LIVING_ADDRESS, LIVING_REGION, PHONE, CONTACT, CONTACT_PHONE), free_until=0
)
DF01: Final = Folder(0xDF01, (RESIDENCE,))


def version_of(told: str | None) -> str:
    """Judge the version by its first three characters; empty means 1.0 (SC16 10.2)."""
    return told[:3] if told else "1.0"
