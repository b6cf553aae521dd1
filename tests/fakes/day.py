"""A day's people and what they say at the counter: twenty who cannot exist, with names that occur nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.model import Kind
from tests.fakes.card_reader import MOTHER, card_of
from wire.messages import MaterialHow
from workstation.domain.identity import Identity
from workstation.services.desk import DeskApi
from workstation.services.views import FieldView, VisitView

# Rare characters of three planes, a dot, and plain ones: each writes its bytes differently.
_FAMILY = "测试金丝雀样例演示"
_RARE = ("㐀", "䶮", "龘", "\U00020000", "\U0002a700", "阿·", "〇", "喆", "堃", "囍")
# What a day is made of: most items, a bundle, and every kind of datum that must be masked.
ITEMS = (
    "birth-plan-registration",
    "household-cancellation",
    "housing-fund-settlement",
    "after-death",
    "disability-subsidies",
    "medical-account-settlement",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody born before 1900 who never lived."""

    name: str
    id_no: str
    phone: str
    account: str
    address: str

    def secrets(self) -> tuple[str, ...]:
        """Return what nobody may find where it does not belong."""
        return (self.name, self.id_no, self.phone, self.account, self.address)


def citizens(count: int = 20) -> tuple[Citizen, ...]:
    """Make the people of a day."""
    return tuple(_citizen(n) for n in range(count))


def identity(citizen: Citizen, at: datetime) -> Identity:
    """Return what a card would say of a citizen."""
    n = int(citizen.id_no[14:17])
    card = replace(card_of(MOTHER), number=f"T{n:08d}", identification_code=f"440100D156000005{n:016d}")
    born = date(int(citizen.id_no[6:10]), int(citizen.id_no[10:12]), int(citizen.id_no[12:14]))
    return replace(
        MOTHER, name=citizen.name, id_no=citizen.id_no, sex="2", birth_date=born, card=card, read_at=at
    )


def born(citizen: Citizen) -> str:
    """Return the day of birth as a form writes it."""
    return f"{citizen.id_no[6:10]}-{citizen.id_no[10:12]}-{citizen.id_no[12:14]}"


def fill(desk: DeskApi, citizen: Citizen, kin: Citizen, item: str, at: datetime) -> VisitView:
    """Say everything that an item asks, and lay every paper on the desk; kin are the other people of the form."""
    desk.take_person(identity(citizen, at))
    view = desk.choose(item)
    for _ in range(4):  # An answer may bring further questions.
        empty = [f for s in view.sections for f in s.fields if not f.value and f.kind is not Kind.PHOTO]
        for field in empty:
            who = citizen if field.key.split(".")[0] in ("applicant", "mother", "payment", "contact") else kin
            view = desk.answer(field.key, said(field, who, at.date()))
        if not empty:
            break
    view = desk.acknowledge_notice()
    for query in desk.ready_queries():
        view = desk.take_check(desk.ask(query))
    for paper in view.materials:
        if paper.how is MaterialHow.MISSING:
            view = desk.see_original(paper.id, seen=True)
    return view


def said(field: FieldView, who: Citizen, today: date) -> str:
    """Return what a person would answer."""
    if field.options and field.kind is not Kind.ADDRESS:
        return field.options[0][0]
    return {
        Kind.NAME: who.name,
        Kind.CITIZEN_ID: who.id_no,
        Kind.PHONE: who.phone,
        Kind.BANK_ACCOUNT: who.account,
        Kind.ADDRESS: who.address,
        Kind.DATE: f"{today.year}-01-05",
        Kind.MONEY: "1000.00",
        Kind.POSTCODE: "510030",
        Kind.DIVISION: "440104",
        Kind.BIRTH_CERTIFICATE_NO: f"Y{who.phone[2:]}",
    }.get(field.kind, who.account[:12])


def _citizen(n: int) -> Citizen:
    family, given = _FAMILY[n % 9], _RARE[n % 10]
    number = f"440104{1880 + n % 20}{n % 12 + 1:02d}{n % 28 + 1:02d}{n + 601:03d}"
    check = "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, number, strict=True)) % 11]
    return Citizen(
        name=f"{family}{given}雀丝{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'子丑寅卯'[n // 10]}",
        id_no=number + check,
        phone=f"1990000{n + 1200:04d}",
        account=f"62179900000{n + 50120:08d}",
        address=f"广州市测试区金丝雀路{n + 301}号之{'一二三四五六七八九十'[n % 10]}",
    )
