"""The values of a catalogue: data elements, service items, bundles and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both interface languages; `zh` is the source and never empty."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text for "en", else the Chinese source."""
        return self.en if language == "en" and self.en else self.zh


class Kind(StrEnum):
    """How a data element is written and checked."""

    NAME = "name"  # 1-50 code points, U+00B7 as the only dot
    CITIZEN_ID = "citizen_id"  # 18 characters, GB 11643
    CREDIT_CODE = "credit_code"  # unified social credit code, 18 characters, GB 32100
    BIRTH_CERTIFICATE_NO = "birth_certificate_no"  # one letter and nine digits
    DATE = "date"  # ISO 8601 inside, typed as digits
    CODE = "code"  # a value of the element's code list
    DIVISION = "division"  # six digits, GB/T 2260
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    TEXT = "text"
    BANK_ACCOUNT = "bank_account"
    MONEY = "money"  # an amount with at most two decimals, canonical "12.50"
    PHOTO = "photo"  # SHA-256 of a picture in the sealed store


# A name, a number or an account says who gets what: two persons look before it is mended (domain.md 3.6).
MENDED_BY_TWO = frozenset(
    {Kind.NAME, Kind.CITIZEN_ID, Kind.BIRTH_CERTIFICATE_NO, Kind.CREDIT_CODE, Kind.BANK_ACCOUNT}
)


class Privacy(StrEnum):
    """Personal-data class of an element: drives masking, encryption and retention."""

    NONE = "none"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class CodeList:
    """One code list, for example GB/T 2261.1; `entries` keeps the order of the standard."""

    id: str
    source: str
    entries: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """A datum of the dictionary, asked once however many items need it.

    `key` is "<subject>.<element>", for example "child.name": the merge of forms is by this key.
    """

    key: str
    label: Text
    kind: Kind
    section: str
    privacy: Privacy = Privacy.PERSONAL
    code_list: str | None = None
    source: str = ""  # the standard it is taken from
    max_length: int = 50  # code points
    card_field: str | None = None  # Identity attribute that fills it when `subject` holds the card


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form in the order of the talk."""

    id: str
    title: Text


DELIVERY = "delivery.mode"  # the element whose choices are an item's `delivery`
EARLIER = "earlier"  # in replaced_by: a scan of an earlier case, with the person's consent


class Mode(StrEnum):
    """What happens to a paper at the counter."""

    INSPECT = "inspect"  # 核验退还: looked at and handed back
    KEEP = "keep"  # 收取: kept, goes with the case


@dataclass(frozen=True, slots=True)
class Material:
    """A paper an item asks for. `replaced_by` names "card:<subject>" (the card at the
    desk is that person's) or verification ids of the same item. `originals` and `copies` count sheets."""

    id: str  # shared over items: the same id is the same paper
    name: Text
    required: bool = True
    mode: Mode = Mode.INSPECT
    replaced_by: tuple[str, ...] = ()
    when: str | None = None  # CEL over the answers; absent means always
    originals: int = 1
    copies: int = 0
    grade: str = "A"  # 可信等级 A-D of what is kept for reuse (domain.md 5.3)
    tolerable: bool = False  # 容缺: may be handed in later
    commitment: bool = False  # 告知承诺: a promise may stand in its place


class Basis(StrEnum):
    """Why a register may be asked: PIPL art. 13 (1) item 3 (statutory duty) or item 1 (consent)."""

    STATUTORY = "statutory"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class VerificationRule:
    """A check inside the administration that replaces a paper.

    `query` maps the parameter of the register's service to the element key it is taken from;
    `fills` maps an element key to the fact of the answer that fills it; `satisfied_by` lists outcomes
    that meet the rule.
    """

    id: str  # shared over items: the same id and query is asked once per case
    service: str  # for example "marriage.pair"
    title: Text
    purpose: Text
    legal_basis: str
    query: Mapping[str, str]
    satisfied_by: tuple[str, ...]
    fills: Mapping[str, str]
    fallback: str  # material id of the paper path
    department: Text
    licence: bool = False  # an electronic licence is looked at, not a register
    no_record: Text | None = None  # what is said when the register knows nothing; None: the general sentence
    basis: Basis = Basis.STATUTORY


@dataclass(frozen=True, slots=True)
class Field:
    """One element an item needs. `default` is a literal; `when` is CEL over the answers."""

    element: str
    required: bool = True
    when: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()  # of the element's code list; empty: all of it
    max_length: int | None = None  # code points, where the item takes fewer than the element


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation (情形) that decides which fields and papers are asked: named, coded, and told by an expression."""

    id: str
    code: str  # 事项情形编码, "" when the department has none
    name: Text
    when: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The answers of a question that lead to a situation, named by its id."""

    codes: tuple[str, ...]
    scenario: str


@dataclass(frozen=True, slots=True)
class Question:
    """A step of an item's question tree: the element asked, under which answers before it, and where each leads."""

    element: str
    when: str  # "" for the first one
    branches: tuple[Branch, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Route:
    """Where an item is taken: level and kind of the applicant (domain.md 3.2), and the window that does it."""

    level: str  # 行使层级: 3 city, 4 district, 5 street, 6 community
    subject: str  # 服务对象: 1 natural person, 2 enterprise, ...
    window: Text
    reason: Text | None = None  # why there, said to whoever came to another level


@dataclass(frozen=True, slots=True)
class Office:
    """A place with windows. `code` is that of its station at the hall, `parent` the office that accepts what it only
    receives, and where whoever needs a higher level is sent; "" for the highest."""

    code: str
    level: str  # 行使层级
    parent: str
    name: Text
    address: Text
    hours: Text
    phone: str


@dataclass(frozen=True, slots=True)
class CityWide:
    """通办: how far an item is taken outside its own place, and how."""

    scope: str  # city, province, country
    mode: str  # online, receive_for_owner, joint


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. `unit` is one of workday, day, hour, minute, month (GB/T 39046 neighbours: domain.md 1.1)."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of acceptance: CEL that must be true, and what to tell when it is not."""

    expression: str
    fail: Text


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One service item (事项)."""

    id: str
    version: str
    name: Text
    aliases: tuple[str, ...]
    department: str  # department id, the queue at the hall
    department_name: Text
    task_type: str  # GB/T 39046 annex A 事项类型
    level: str  # 行使层级
    promised: Limit
    legal: Limit | None
    fields: tuple[Field, ...]
    materials: tuple[Material, ...]
    verifications: tuple[VerificationRule, ...]
    conditions: tuple[Condition, ...]
    result_name: Text  # what the citizen gets
    channels: tuple[str, ...]
    source: str
    check_locally: bool
    card_subjects: tuple[str, ...] = ()  # empty: whoever holds the card is the applicant
    theme: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)  # catalog, task, handle, local: never parsed
    subjects: tuple[str, ...] = ("1",)  # 服务对象
    handling: str = "2"  # 办件类型: 1 at once, 2 promised
    questions: tuple[Question, ...] = ()  # the question tree, in the order of the talk
    scenarios: tuple[Scenario, ...] = ()
    correction: Limit | None = None
    routing: tuple[Route, ...] = ()  # empty: wherever somebody asks
    city_wide: CityWide | None = None
    proxy: bool = True
    offline: bool = True  # may be received while the hall does not answer
    risk: str = (
        "normal"  # high: nothing that binds the hall is done for it by a station that is alone for hours
    )
    delivery: tuple[str, ...] = ("1", "2")  # codes of the list "delivery"
    notices: tuple[str, ...] = ("RCP", "ACC", "FIN")
    effective_from: date | None = None
    effective_to: date | None = None
    locker_originals: bool = False  # originals of the citizen's may lie in a box (蜜蜂箱)
    retention: Limit | None = (
        None  # how long a station keeps a concluded case of it; None: the station's own rule
    )

    def in_force(self, day: date) -> bool:
        """Say whether the item is offered on a day."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Member:
    """An item in a bundle; it starts when the results of `after` have arrived.

    An optional one may be left out by hand, and is in from the start unless `preset` is false; one with `when` is in
    only while that holds.
    """

    item: str
    after: tuple[str, ...] = ()
    optional: bool = False
    when: str | None = None
    preset: bool = True


@dataclass(frozen=True, slots=True)
class Bundle:
    """A life event (一件事): several items handled as one joint case."""

    id: str
    version: str
    name: Text
    aliases: tuple[str, ...]
    theme: str
    members: tuple[Member, ...]
    conditions: tuple[Condition, ...]
    card_subjects: tuple[
        str, ...
    ]  # who of the form may hold the card at the desk, first match wins: ("mother", "father")
    source: str
    check_locally: bool
    questions: tuple[str, ...] = ()  # elements that decide which members are in, asked whatever is
    order: int = 100  # where it stands when everything is listed: the most frequent first


@dataclass(frozen=True, slots=True)
class Offer:
    """A bundle or an item as a search lists it, without its rules."""

    id: str
    is_bundle: bool
    name: Text
    departments: tuple[Text, ...]
    members: tuple[Text, ...]  # of a bundle
    check_locally: bool
    effective_from: str = ""  # ISO dates, "" for no end
    effective_to: str = ""
    city_wide: CityWide | None = None  # 通办, of an item

    def in_force(self, day: date) -> bool:
        """Say whether it is offered on a day."""
        said = day.isoformat()
        return self.effective_from <= said and (not self.effective_to or said <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything one hall offers. `version` is the release the cases are pinned to."""

    version: str
    elements: Mapping[str, Element]
    sections: tuple[Section, ...]
    code_lists: Mapping[str, CodeList]
    items: Mapping[str, ServiceItem]
    bundles: Mapping[str, Bundle]
    offices: Mapping[str, Office] = field(
        default_factory=dict
    )  # by code; none in a catalogue of before there were any
