"""What a document kind is made of, as values: variables with types, and blocks in their order (resources/documents)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalogue.model import Text
from workstation.domain.slip import SlipKind
from workstation.printing.formats import Paper


class Type(StrEnum):
    """What a variable may hold."""

    TEXT = "text"  # str
    WORDS = "words"  # Text: Chinese and English
    NUMBER = "number"  # int
    DATE = "date"  # date
    MOMENT = "moment"  # datetime with a zone; printed in Beijing time
    FLAG = "flag"  # bool
    CODE = "code"  # str, one code of a list in codes.yaml
    TEXTS = "texts"  # tuple of str
    NAMES = "names"  # tuple of Text
    TABLE = "table"  # tuple of rows with columns of their own types


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a template. `codes` is the list of a CODE, `columns` are those of a TABLE."""

    name: str
    type: Type
    required: bool = False
    codes: str = ""
    columns: Mapping[str, Variable] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when a variable holds something, or one of some codes; `negated` turns it round."""

    name: str
    codes: tuple[str, ...] = ()
    negated: bool = False


When = tuple[Condition, ...]  # all of them


@dataclass(frozen=True, slots=True)
class Choice:
    """A text with {places}, used when its conditions hold."""

    text: Text
    when: When = ()


Phrase = tuple[Choice, ...]  # the first that fits is said


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The numbers, persons and times of the case."""

    when: When = ()


@dataclass(frozen=True, slots=True)
class FactLine:
    """A label and its value; left out when the value is empty. A `wide` one has the line for itself."""

    label: Text
    value: Phrase
    wide: bool = False
    when: When = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A grid of labels and values."""

    facts: tuple[FactLine, ...]
    when: When = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading."""

    title: Phrase
    when: When = ()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column with its share of the width in percent."""

    head: Text
    share: int
    value: Phrase


@dataclass(frozen=True, slots=True)
class Table:
    """A row for each row of a variable that meets `rows`."""

    of: str
    columns: tuple[TableColumn, ...]
    rows: When = ()
    when: When = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered paragraph for each row (or text) of a variable that meets `rows`."""

    of: str
    text: Phrase
    rows: When = ()
    when: When = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Sentences one below the other; `numbered` ones hang behind their number. Each has conditions of its own."""

    texts: tuple[tuple[Phrase, When], ...]
    numbered: bool = False
    when: When = ()


@dataclass(frozen=True, slots=True)
class Big:
    """One text large and centred: a pick-up code, the number of a ticket."""

    text: Phrase
    when: When = ()


Block = CaseFacts | Facts | Section | Table | Listing | Paragraphs | Big


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends a sheet and stays together: the code with sentences beside it, places for signatures and the stamp."""

    notes: tuple[tuple[Phrase, When], ...]
    signers: tuple[Text, ...]
    stamp: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One document kind. `copies` says for whom each copy is; one without words is a single sheet."""

    kind: SlipKind
    file: str
    version: str
    title: Text
    papers: tuple[Paper, ...]
    copies: tuple[Text, ...]
    variables: Mapping[str, Variable]
    blocks: tuple[Block, ...]
    closing: Closing


Codes = Mapping[str, Mapping[str, Text]]  # list -> code -> words
