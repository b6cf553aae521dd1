"""The words in which a card profile is written: application, elementary file, field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Coding(StrEnum):
    """How a field is written on the card (V2, clause 7)."""

    CN = "cn"  # BCD, left aligned, filled with F
    AN = "an"  # text, left aligned, filled with zero bytes


@dataclass(frozen=True, slots=True)
class Field(Generic[T_co]):
    """One record of a file. `length` is the declared length of the value in bytes; `since` the first card
    version (major number) that has it; `continued_by` names the tag whose bytes are joined behind."""

    tag: int
    coding: Coding
    length: int
    decode: Callable[[bytes], T_co]
    since: int = 1
    continued_by: int | None = None


@dataclass(frozen=True, slots=True)
class ElementaryFile:
    """A file of records. `free_until` is the last card version (major number) that lets anybody read it."""

    fid: int
    fields: tuple[Field[object], ...]
    free_until: int


@dataclass(frozen=True, slots=True)
class Folder:
    """An application below another one, selected by file id. What it holds opens by the holder's PIN."""

    fid: int
    files: tuple[ElementaryFile, ...]
    since: int = 2


@dataclass(frozen=True, slots=True)
class Application:
    """An application selected by name."""

    name: bytes
    files: tuple[ElementaryFile, ...]
