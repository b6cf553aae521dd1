"""The script of a visit like J1: what the newborn bundle asks, checks and wants on paper, for the fake desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from catalogue.model import Kind, Offer, Text
from wire.messages import MaterialHow, Outcome
from workstation.domain.identity import Card, Document, DocumentKind, Identity

NOW = datetime(2026, 1, 5, 1, 30, tzinfo=UTC)
TODAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of the script. `card` is the Identity attribute that fills it."""

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    options: tuple[tuple[str, Text], ...] = ()
    required: bool = True
    masked: bool = False
    card: str = ""
    default: str = ""
    used_by: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Look:
    """One check of the script."""

    rule: str
    service: str
    title: Text
    department: Text
    material: str
    needs: tuple[str, ...]
    outcome: Outcome
    fills: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of the script."""

    id: str
    name: Text
    required: bool = True
    how: MaterialHow = MaterialHow.MISSING


SEX = (("1", Text("男", "male")), ("2", Text("女", "female")))
ETHNICITY = (
    ("01", Text("汉族", "Han")),
    ("02", Text("蒙古族", "Mongol")),
    ("03", Text("回族", "Hui")),
    ("04", Text("藏族", "Tibetan")),
    ("08", Text("壮族", "Zhuang")),
    ("11", Text("满族", "Manchu")),
)
SETTLE = (("1", Text("随母落户", "with the mother")), ("2", Text("随父落户", "with the father")))
BANKS = (
    ("102", Text("工商银行", "ICBC")),
    ("103", Text("农业银行", "ABC")),
    ("104", Text("中国银行", "BOC")),
    ("105", Text("建设银行", "CCB")),
)
PICKUP = (("1", Text("窗口领取", "at the counter")), ("2", Text("邮寄", "by post")))

MEMBERS = (
    Text("出生登记", "Birth entry"),
    Text("城乡居民医保参保", "Residents' medical insurance"),
    Text("社会保障卡申领", "Social security card"),
)
DEPARTMENTS = (
    Text("公安", "Public security"),
    Text("医保", "Medical insurance"),
    Text("人社", "Human resources"),
)
BUNDLE = Offer(
    "newborn", True, Text("新生儿出生一件事", "Newborn, all in one"), DEPARTMENTS, MEMBERS, check_locally=True
)
ITEMS = (
    ("xsrcsyjs", BUNDLE),
    ("csdj", Offer("birth_entry", False, MEMBERS[0], DEPARTMENTS[:1], (), check_locally=True)),
    ("cxjmybcb", Offer("insurance", False, MEMBERS[1], DEPARTMENTS[1:2], (), check_locally=True)),
    ("shbzksl", Offer("card", False, MEMBERS[2], DEPARTMENTS[2:], (), check_locally=True)),
    (
        "lnryd",
        Offer(
            "senior_card",
            False,
            Text("老年人优待卡", "Senior card"),
            (Text("民政", "Civil affairs"),),
            (),
            check_locally=True,
        ),
    ),
)

SECTIONS = (
    (
        "mother",
        Text("母亲", "Mother"),
        (
            Ask("mother.name", Text("姓名", "Name"), Kind.NAME, masked=True, card="name", used_by=(0, 1, 2)),
            Ask(
                "mother.id_no",
                Text("公民身份号码", "Identity number"),
                Kind.CITIZEN_ID,
                masked=True,
                card="id_no",
                used_by=(0, 1, 2),
            ),
            Ask("mother.ethnicity", Text("民族", "Ethnicity"), Kind.CODE, ETHNICITY, card="ethnicity"),
            Ask("mother.phone", Text("联系电话", "Phone"), Kind.PHONE, masked=True, used_by=(0, 1, 2)),
        ),
    ),
    (
        "father",
        Text("父亲", "Father"),
        (
            Ask("father.name", Text("姓名", "Name"), Kind.NAME, masked=True, used_by=(0, 1)),
            Ask(
                "father.id_no",
                Text("公民身份号码", "Identity number"),
                Kind.CITIZEN_ID,
                masked=True,
                used_by=(0, 1),
            ),
            Ask("father.ethnicity", Text("民族", "Ethnicity"), Kind.CODE, ETHNICITY, required=False),
            Ask("father.phone", Text("联系电话", "Phone"), Kind.PHONE, masked=True, required=False),
        ),
    ),
    (
        "child",
        Text("新生儿", "Child"),
        (
            Ask(
                "child.birth_certificate_no",
                Text("出生医学证明编号", "Birth certificate no."),
                Kind.BIRTH_CERTIFICATE_NO,
                masked=True,
                used_by=(0, 1, 2),
            ),
            Ask("child.name", Text("姓名", "Name"), Kind.NAME, masked=True, used_by=(0, 1, 2)),
            Ask("child.sex", Text("性别", "Sex"), Kind.CODE, SEX, used_by=(0, 1, 2)),
            Ask(
                "child.birth_date",
                Text("出生日期", "Date of birth"),
                Kind.DATE,
                masked=True,
                used_by=(0, 1, 2),
            ),
            Ask("child.ethnicity", Text("民族", "Ethnicity"), Kind.CODE, ETHNICITY, default="01"),
            Ask("child.birth_place", Text("出生地", "Place of birth"), Kind.DIVISION),
        ),
    ),
    (
        "household",
        Text("落户", "Household"),
        (
            Ask("household.settle_with", Text("落户方式", "Settles with"), Kind.CODE, SETTLE),
            Ask("household.no", Text("户号", "Household no."), Kind.TEXT),
            Ask("household.head_name", Text("户主姓名", "Head of household"), Kind.NAME, masked=True),
            Ask(
                "household.address", Text("户籍地址", "Address"), Kind.ADDRESS, masked=True, used_by=(0, 1, 2)
            ),
        ),
    ),
    (
        "services",
        Text("参保与社保卡", "Insurance and card"),
        (
            Ask("insurance.start", Text("参保日期", "Insured from"), Kind.DATE, used_by=(1,)),
            Ask("card.bank", Text("服务银行", "Bank"), Kind.CODE, BANKS, used_by=(2,)),
            Ask("card.pickup", Text("领卡方式", "Pick-up"), Kind.CODE, PICKUP, default="1", used_by=(2,)),
            Ask(
                "card.account",
                Text("代扣账号", "Account"),
                Kind.BANK_ACCOUNT,
                masked=True,
                required=False,
                used_by=(1,),
            ),
            Ask(
                "card.address",
                Text("邮寄地址", "Postal address"),
                Kind.ADDRESS,
                masked=True,
                required=False,
                used_by=(2,),
            ),
            Ask("card.postcode", Text("邮政编码", "Postcode"), Kind.POSTCODE, required=False, used_by=(2,)),
        ),
    ),
)
ASKS = {ask.key: ask for _, _, asks in SECTIONS for ask in asks}

LOOKS = (
    Look(
        "marriage",
        "marriage.pair",
        Text("父母婚姻登记", "Parents' marriage record"),
        Text("民政", "Civil affairs"),
        "marriage_certificate",
        ("mother.name", "mother.id_no", "father.name", "father.id_no"),
        Outcome.RECORD_FOUND,
    ),
    Look(
        "household_mother",
        "household.check",
        Text("母亲户籍", "Mother's household"),
        Text("公安", "Public security"),
        "household_book",
        ("mother.name", "mother.id_no"),
        Outcome.MATCH,
        (
            ("household.no", "440104000123"),
            ("household.head_name", "测试一"),
            ("household.address", "广州市越秀区测试街1号101房"),
        ),
    ),
    Look(
        "household_father",
        "household.check",
        Text("父亲户籍", "Father's household"),
        Text("公安", "Public security"),
        "father_id",
        ("father.name", "father.id_no"),
        Outcome.MATCH,
        (("father.ethnicity", "01"),),
    ),
    Look(
        "birth_certificate",
        "birth_certificate.check",
        Text("出生医学证明", "Birth certificate"),
        Text("卫生健康", "Health"),
        "birth_certificate",
        ("child.birth_certificate_no", "mother.id_no"),
        Outcome.MATCH,
        (("child.sex", "1"), ("child.birth_date", "2026-01-02"), ("child.birth_place", "440104")),
    ),
)

SHEETS = (
    Sheet("mother_id", Text("母亲居民身份证", "Mother's identity card"), how=MaterialHow.REPLACED_BY_CARD),
    Sheet("father_id", Text("父亲居民身份证", "Father's identity card")),
    Sheet("household_book", Text("居民户口簿", "Household book")),
    Sheet("marriage_certificate", Text("结婚证", "Marriage certificate")),
    Sheet("birth_certificate", Text("出生医学证明", "Birth certificate")),
    Sheet("head_consent", Text("户主同意落户声明", "Consent of the head of household")),
)


def mother() -> Identity:
    """The holder of the demo card: nobody can be born in 1899."""
    card = Card(
        "A00000001",
        "0" * 32,
        "440100",
        "2.0",
        date(2020, 1, 1),
        date(2030, 1, 1),
        authenticated=False,
        warnings=(),
    )
    return Identity(
        "测试一", "44010018990101002X", "2", "01", "440100", date(1899, 1, 1), card, "reader 0", NOW
    )


def on_phone() -> Identity:
    """The same person with the electronic card on a phone."""
    document = Document(DocumentKind.ELECTRONIC_CARD, valid_until=date(2030, 1, 1), proof="DK20260105000001")
    return replace(
        mother(), ethnicity=None, birth_place=None, card=None, reader="electronic", document=document
    )


def stranger() -> Identity:
    """Somebody else, whose card is put in by mistake."""
    card = Card(
        "A00000002",
        "1" * 32,
        "440100",
        "2.0",
        date(2015, 1, 1),
        date(2025, 1, 1),
        authenticated=False,
        warnings=(),
    )
    return Identity(
        "测试二", "440100189901010011", "1", "01", "440100", date(1899, 1, 1), card, "reader 0", NOW
    )
