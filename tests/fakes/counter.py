"""A whole desk for tests: real catalogue, forms and encrypted store; cards, hall and press are fakes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from catalogue.card_uses import load_card_uses
from catalogue.load import load_catalogue
from catalogue.model import Catalogue, Offer
from catalogue.notice import load_notice
from catalogue.search import Search, make_index
from deadlines.national import national_days
from hall.card_keys import simulated_cards
from tests.fakes.card_reader import FakeCardReader
from tests.fakes.people import AT, FATHER_ID, MOTHER_ID
from tests.fakes.press import FakePress
from tests.fakes.staff import PASSWORD, STAFF
from wire.board import BoardRow, HallBoard
from wire.codec import encode
from wire.invitation import Invitation
from wire.keys import b64, key_id, new_private, public_of
from wire.messages import (
    Alarm,
    CardChallenge,
    CardCryptograms,
    ChangePage,
    ElectronicCardQuery,
    ElectronicCardReply,
    Enrolment,
    Outcome,
    Role,
    SlipCheck,
    StaffList,
    StaffPolicy,
    VerificationQuery,
    VerificationReply,
)
from wire.reviews import EvaluationSums, ReviewAct, ReviewDone, ReviewOrder, Reviews
from wire.sheets import OnPaper, PaperOfSlip
from wire.signed import sign_reply
from wire.staleness import Limits, StalenessPolicy
from workstation import resources
from workstation.domain.audit import AuditLimits
from workstation.domain.failures import Failure, Refused
from workstation.exporting.table_files import write_tables
from workstation.exporting.whole_files import write_file
from workstation.security.passwords import Argon2Passwords
from workstation.services.alone import POLICY_FACT
from workstation.services.counter import Counter
from workstation.services.credentials import StaffNews
from workstation.services.in_reader import InReader
from workstation.services.operator_slot import OperatorSlot
from workstation.services.ports import KeyPlace, OpenUnit, OperatorCards, Unit
from workstation.services.receive_change import receive_changes, release_held
from workstation.services.rooms import DeskRooms, Rooms, Sticks
from workstation.services.views import Link
from workstation.storage.database import Store, open_store
from workstation.sync.stick import HallSticks

CATALOGUE = Path(__file__).parents[2] / "resources" / "catalogue"


NO_SUMS = EvaluationSums(date(2026, 10, 24), 0, 0, {}, told=False, least=5)


class FakeKeys:
    """One key for any passphrase of ten characters."""

    def __init__(self) -> None:
        self.made = False

    def place(self) -> KeyPlace:
        return KeyPlace.PASSPHRASE

    def exists(self) -> bool:
        return self.made

    def create(self, passphrase: str | None) -> bytes:
        if passphrase is None or len(passphrase) < 10:
            raise Refused(Failure.PASSPHRASE_WEAK)
        self.made = True
        return bytes(32)

    def open(self, passphrase: str | None) -> bytes:
        return bytes(32) if passphrase else bytes(range(32))


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue that comes along, read once: it is frozen, and nobody can change it for another test."""
    return load_catalogue(CATALOGUE)


class FakeCatalogues:
    """Holds releases in memory; the last one published is current."""

    def __init__(self, first: Catalogue) -> None:
        self._held = [first]

    def publish(self, catalogue: Catalogue) -> None:
        self._held.append(catalogue)

    def current(self) -> Catalogue:
        return self._held[-1]

    def of(self, version: str) -> Catalogue:
        return next((held for held in self._held if held.version == version), self.current())

    def find(self, text: str) -> list[Offer]:
        return Search(make_index(self.current())).find(text)


@dataclass
class FakeHall:
    """Answers look-ups as the demo's registers would; `down` makes it unreachable, `outcomes` override by rule."""

    private: bytes = field(default_factory=new_private)
    down: bool = False
    confirms: bool = True  # whether an administrator has compared the fingerprints
    phones: dict[str, tuple[str, str]] = field(default_factory=dict)  # token -> whose electronic card
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    asked: list[VerificationQuery] = field(default_factory=list)
    woken: int = 0
    noticed: tuple[Alarm, ...] = ()
    orders: tuple[ReviewOrder, ...] = ()  # bad reviews that a supervisor sees
    supervisors: set[str] = field(default_factory=lambda: {Role.SUPERVISOR.value})
    slips: dict[str, SlipCheck] = field(default_factory=dict)  # what it says of codes
    papers: dict[str, PaperOfSlip] = field(default_factory=dict)
    refuses: Failure | None = None  # what it says to every look-up
    shared: dict[tuple[str, str], bytes] = field(
        default_factory=dict
    )  # scans of other offices, by case and hash
    looks: list[tuple[str, str, str]] = field(default_factory=list)  # at those
    made_sticks: Sticks | None = None
    clock: Callable[[], datetime] = lambda: AT

    def verify(self, query: VerificationQuery) -> VerificationReply:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if self.refuses is not None:
            raise Refused(self.refuses)
        self.asked.append(query)
        outcome, facts = _SAID.get(query.service, _nothing)(query)
        outcome = self.outcomes.get(query.rule, outcome)
        if outcome not in {Outcome.MATCH, Outcome.RECORD_FOUND}:
            facts = {}
        number = "" if outcome in {Outcome.UNAVAILABLE, Outcome.DENIED} else f"E{len(self.asked)}"
        now = self.clock()
        reply = VerificationReply(
            query.id, query.service, outcome, facts, "部门", number, now, now + timedelta(hours=8), ""
        )
        return sign_reply(reply, self.private)

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        return simulated_cards().cryptograms(challenge)

    def electronic_card(self, query: ElectronicCardQuery) -> ElectronicCardReply:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if query.token not in self.phones:
            raise Refused(Failure.QR_REFUSED)
        name, number = self.phones.pop(query.token)
        reply = ElectronicCardReply(
            query.id, name, number, "人社部门", "DK20260105000001", AT, date(2035, 3, 1), ""
        )
        return sign_reply(reply, self.private)

    def check_slip(self, code: str) -> SlipCheck:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        return self.slips.get(code, SlipCheck(False, "signature", None))

    def paper_of_slip(self, code: str) -> PaperOfSlip:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        return self.papers.get(code, PaperOfSlip(OnPaper.UNKNOWN))

    def shared_scan(self, case: str, sha256: str, clerk: str) -> bytes:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        self.looks.append((case, sha256, clerk))
        if (case, sha256) not in self.shared:
            raise Refused(Failure.SCAN_UNKNOWN)
        return self.shared[case, sha256]

    def board(self, asker: str) -> HallBoard:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if asker not in {Role.AUDITOR.value, Role.SUPERVISOR.value}:
            raise Refused(Failure.ROLE_MISSING)
        row = BoardRow("440104", "测试街道政务服务中心", "01", 3, 1, 1, 1, AT)
        return HallBoard("440104", asker, AT, AT.date(), (row,))

    def alarms(self, auditor: str) -> tuple[Alarm, ...]:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if auditor != Role.AUDITOR.value:
            raise Refused(Failure.ROLE_MISSING)
        return self.noticed

    def reviews(self, supervisor: str) -> Reviews:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if supervisor not in self.supervisors:
            raise Refused(Failure.ROLE_MISSING)
        return Reviews(self.orders, NO_SUMS)

    def act_on_review(self, act: ReviewAct) -> Reviews:
        found = {order.id: order for order in self.orders}
        if act.order not in found:
            raise Refused(Failure.REVIEW_SETTLED)
        done = ReviewDone(act.step, act.text, act.supervisor, self.clock())
        order = found[act.order]
        self.orders = tuple(
            replace(each, done=(*each.done, done)) if each is order else each for each in self.orders
        )
        return self.reviews(act.supervisor)

    def meet(self, invitation: Invitation) -> str:
        return ""

    def confirmed_staff(
        self, hall_url: str, enrolment: Enrolment, private: bytes, ca: str
    ) -> StaffList | None:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        return (
            StaffList(enrolment.station, 1, self.clock(), StaffPolicy(), STAFF, "") if self.confirms else None
        )

    def enrol(
        self,
        hall_url: str,
        code: str,
        public_key: bytes,
        sign: Callable[[bytes], bytes],
        ca: str = "",
        device: str = "",
    ) -> Enrolment:
        if self.down:
            raise Refused(Failure.HALL_UNREACHABLE)
        if code != "code":
            raise Refused(Failure.ENROL_CODE_REFUSED)
        hall_key = b64(public_of(self.private))
        made = Enrolment(
            device or key_id(public_key),
            1,
            "epoch",
            "440104",
            "测试中心",
            "street",
            hall_key,
            STAFF if self.confirms else (),
        )
        return replace(made, confirmed=self.confirms)

    def wake(self) -> None:
        self.woken += 1

    # -- services.rooms.Line ---------------------------------------------------------------------------
    @property
    def hall(self) -> FakeHall:
        return self

    @property
    def courier(self) -> FakeHall:
        return self

    def copied(self) -> bool:
        return False

    def clock_behind_s(self) -> int:
        return 0

    @property
    def sticks(self) -> Sticks:
        assert self.made_sticks is not None
        return self.made_sticks

    def trouble(self) -> str:
        return "hall_unreachable" if self.down else ""

    def hurry(self) -> None:
        self.woken += 1

    def link(self) -> tuple[Link, datetime | None]:
        return (Link.DOWN if self.down else Link.UP), AT

    def close(self) -> None:
        pass


def _household(query: VerificationQuery) -> tuple[Outcome, dict[str, str]]:
    facts = {"household_no": "4401" + query.params["id_no"][-4:], "address": "广州市越秀区测试路1号"}
    return Outcome.MATCH, facts


def _birth(query: VerificationQuery) -> tuple[Outcome, dict[str, str]]:
    return Outcome.MATCH, {"child_sex": "2", "child_birth_date": "2026-11-03", "birth_place": "440104"}


def _marriage(query: VerificationQuery) -> tuple[Outcome, dict[str, str]]:
    married = {query.params["man_id"], query.params["woman_id"]} == {FATHER_ID, MOTHER_ID}
    return (Outcome.RECORD_FOUND, {"record_date": "1920-05-20"}) if married else (Outcome.NO_RECORD, {})


def _nothing(_: VerificationQuery) -> tuple[Outcome, dict[str, str]]:
    """A register that knows nobody here."""
    return Outcome.NO_RECORD, {}


_SAID = {"household.check": _household, "birth_certificate.check": _birth, "marriage.pair": _marriage}


class Clock:
    """Stands still until moved."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at


class WholeDesk:
    """A counter with its fakes in reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.in_reader = InReader()
        self.cards = FakeCardReader(self.in_reader.see)
        self.hall = FakeHall()
        self.press = FakePress()
        self.keys = FakeKeys()
        self.clock = Clock()
        self.hall.clock = self.clock
        self.catalogues = FakeCatalogues(shipped_catalogue())
        self.stores: list[Store] = []
        self.operator_cards: OperatorCards | None = None
        self.operator_slot = OperatorSlot()
        self.staff_news = StaffNews()
        self.audit_limits = AuditLimits()
        self.desk = self.new_desk()

    def new_desk(self) -> Counter:
        """A process that starts: nothing in memory, everything else as it was."""
        return Counter(
            Rooms(
                keys=self.keys,
                open_store=self._open,
                enroller=self.hall,
                open_line=self._open_line,
                passwords=Argon2Passwords(),
                clock=self.clock,
                hall_url="http://hall",
                prepare=lambda: None,
                load_desk=self._load_desk,
                staff_news=self.staff_news,
                audit_limits=self.audit_limits,
            )
        )

    def _open_line(self, unit: OpenUnit, _url: str, enrolment: Enrolment, _private: bytes) -> FakeHall:
        """The fake hall, with real sticks."""
        self.hall.made_sticks = HallSticks(
            enrolment=lambda: enrolment,
            open_unit=unit,
            take_page=self.take_page,
            release=lambda subject: release_held(subject, open_unit=unit, clock=self.clock),
            clock=self.clock,
        )
        return self.hall

    def _load_desk(self) -> DeskRooms:
        return DeskRooms(
            cards=self.cards,
            in_reader=self.in_reader,
            press=self.press,
            catalogues=self.catalogues,
            national=national_days,
            keep_diagnosis=lambda _: str(self.folder / "diagnosis.json"),
            write_tables=write_tables,
            write_file=write_file,
            notice=load_notice(resources.notice_file()),
            card_uses=load_card_uses(resources.card_uses_file()),
            operator_cards=self.operator_cards,
            operator_slot=self.operator_slot,
        )

    def _open(self, key: bytes) -> Store:
        store = open_store(self.folder / "station.db", key)
        self.stores.append(store)
        return store

    def close(self) -> None:
        for store in self.stores:
            store.close()

    def unit(self) -> AbstractContextManager[Unit]:
        return self.stores[-1].unit()

    def take_page(self, page: ChangePage) -> None:
        receive_changes(page, open_unit=self.unit, clock=self.clock)

    def never_stale(self) -> None:
        """A hall that sets no limits for stations that are alone: for tests that let months pass."""
        none = Limits(0.0, 0, 0.0)
        with self.unit() as unit:
            unit.station.remember(POLICY_FACT, encode(StalenessPolicy(1, AT, none, none, none)))
            unit.commit()

    # -- usual moves -----------------------------------------------------------------------------------
    def open_up(self, login: str = "clerk") -> Counter:
        self.desk.unlock("a long passphrase")
        self.desk.enrol("http://hall", "code")
        self.desk.sign_in(login, PASSWORD)
        return self.desk

    def check_all(self) -> None:
        self.desk.acknowledge_notice()
        for query in self.desk.ready_queries():
            self.desk.take_check(self.desk.ask(query))
