"""Two offices and one real hall: a community station receives and forwards, the street accepts, and a result goes out once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from tests.fakes.scans import a_png, attach
from tests.until import until
from wire.agency import Power
from wire.delivery import DeliveryState, Way
from wire.messages import MaterialHow
from workstation import bootstrap
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.forms.model import GapPlace
from workstation.services.counter import Counter
from workstation.services.forward_case import Takeover
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.take_agency import AgencyTold
from workstation.services.views import CaseView, Link, PrintView
from workstation.settings import Settings

# Twenty seconds of two desks and a hall; each half by itself is held by tests/unit/test_handing_out.py and
# tests/integration/test_offices_at_the_hall.py in the usual run.
pytestmark = pytest.mark.long
PASSPHRASE = "a long passphrase"
PRINCIPAL = ("测试老人", "440100189001010016")
AGENT = ("测试代办", "440100189502020028")
STRANGER = ("测试路人", "440100189901010011")
FORM = {
    "applicant.household_address": "广州市越秀区测试路2号",
    "applicant.card_type": "2",
    "contact.address": "广州市越秀区测试路2号",
    "contact.phone": "13800000001",
}
COMPANY = {
    "business.name": "测试外资有限公司",
    "business.scope": "软件开发",
    "business.capital": "100",
    "business.premises": "广州市越秀区测试路2号",
    "business.representative": "测试老人",
    "business.representative_id": "440100189001010016",
    "business.investor": "Test Holdings Ltd",
    "business.investor_country": "新加坡",
    "contact.phone": "13800000001",
}
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


@dataclass
class Offices:
    """The demo, and a desk at each office."""

    demo: Demo
    community: Counter
    street: Counter
    district: Counter

    def control(self, **wanted: str) -> None:
        address = f"{self.demo.departments.url}/partners/control"
        httpx2.post(address, json=wanted, trust_env=False).raise_for_status()


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    folder = tmp_path_factory.mktemp("offices")
    days = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
    with Demo(folder / "demo", Path(sys.executable), with_card=False) as demo:
        desks = []
        for place, login, code in (
            ("community", "agent", demo.community_code),
            ("street", "clerk", demo.enrol_code),
            ("district", "district", demo.district_code),
        ):
            settings = Settings(
                data=folder / place,
                prints=folder / f"{place}-prints",
                hall_url=demo.hall_url,
                keyring=False,
                calendar=days,
            )
            desk = bootstrap.load_counter(settings)
            desk.unlock(PASSPHRASE)
            desk.enrol(demo.hall_url, code)
            desk.sign_in(login, f"demo-{login}")
            desks.append(desk)
        for desk in desks:
            until(lambda desk=desk: desk.link().link is Link.UP)  # type: ignore[misc]
        yield Offices(demo, *desks)
        for desk in desks:
            desk.close()


def _filed(desk: Counter, *, agent: bool = True, powers: tuple[Power, ...] = tuple(Power)) -> CaseView:
    desk.drop_visit()
    desk.type_person(*PRINCIPAL)
    desk.choose("senior-card-first")
    if agent:
        desk.take_agency(AgencyTold(*AGENT, "13900000000", "2", powers, TOMORROW))
    for key, typed in FORM.items():
        desk.answer(key, typed)
    shown = desk.visit()
    assert shown is not None
    for gap in shown.gaps:
        if gap.place is GapPlace.MATERIALS:
            desk.see_original(gap.key, seen=True)
    view, _ = desk.receive()
    return desk.case(view.case)


def _decided(offices: Offices, **how: object) -> CaseView:
    """Filed and accepted at the street, decided by the department."""
    case = _filed(offices.street, **how)  # type: ignore[arg-type]
    offices.street.accept()
    until(lambda: offices.street.case(case.case).status is CaseStatus.DECIDED)
    return offices.street.case(case.case)


def _there(desk: Counter, case: str) -> bool:
    return case in {each.case for each in desk.cases()}


def _text(sheet: PrintView | None) -> str:
    assert sheet is not None
    said = subprocess.run(
        ["pdftotext", "-layout", sheet.path, "-"], capture_output=True, text=True, check=True
    )
    return said.stdout


def test_a_case_goes_from_the_community_to_the_street_and_its_result_comes_back(offices: Offices) -> None:
    home, street = offices.community, offices.street
    case = _filed(home).case
    with pytest.raises(Refused) as refused:
        home.accept_case(case)
    assert refused.value.failure is Failure.ROLE_MISSING
    forwarded, sheet = home.forward(case)
    assert "物料流转凭证" in _text(sheet).replace(" ", "")
    again, none = home.forward(case)  # a double press is one deed
    assert (none, again.offices) == (None, forwarded.offices)
    until(lambda: _there(street, case))
    with pytest.raises(Refused) as refused:
        street.accept_case(case)
    assert refused.value.failure is Failure.PAPERS_ON_THE_WAY
    street.take_papers(case, Takeover(remark="齐"))
    street.take_papers(case, Takeover(remark="再按一次"))
    street.accept_case(case)
    until(lambda: street.case(case).status is CaseStatus.DECIDED)
    until(lambda: home.case(case).status is CaseStatus.DECIDED)
    assert home.link().parked == street.link().parked == 0
    here = home.case(case)
    assert here.offices is not None
    assert here.offices.receiving.name == "演示社区公共服务站"
    assert here.offices.accepting.name == "演示街道政务服务中心"
    assert here.offices.handover is not None
    assert here.offices.handover.remark == "齐"
    assert here.agency is not None
    assert here.accepted_at == street.case(case).accepted_at
    times = (
        here.offices.receiving.at,
        here.offices.handover.handed_at,
        here.offices.handover.taken_at,
        here.offices.accepting.at,
        here.offices.deciding[0].at,
    )
    assert list(times) == sorted(times)  # type: ignore[type-var]
    assert "老年人优待卡" in _text(home.print_proxy(case))


def test_a_street_receives_for_its_district_which_opens_the_scans_and_accepts(
    offices: Offices, tmp_path: Path
) -> None:
    street, district = offices.street, offices.district
    street.drop_visit()
    street.type_person(*PRINCIPAL)
    view = street.choose("foreign-company-registration")
    assert [route.windows[0].zh for route in view.routes] == ["区政务中心企业开办专窗"]
    for key, typed in COMPANY.items():
        street.answer(key, typed)
    attach(street, "articles", a_png(tmp_path / "articles.png"))
    shown = street.visit()
    assert shown is not None
    for gap in shown.gaps:
        if gap.place is GapPlace.MATERIALS:
            street.see_original(gap.key, seen=True)
    case = street.receive()[0].case
    with pytest.raises(Refused) as refused:
        street.accept()
    assert refused.value.failure is Failure.ACCEPTED_ELSEWHERE
    assert refused.value.details["office"] == "演示区政务服务中心"
    forwarded, _ = street.forward(case)
    assert forwarded.offices is not None
    assert forwarded.offices.handover is not None
    assert forwarded.offices.handover.to_name == "演示区政务服务中心"
    until(lambda: _there(district, case))
    until(lambda: not street.uploads().items)
    ((name, sha256),) = district.case(case).scanned
    assert name.zh == "公司章程"
    assert district.see_scan(case, sha256).pages == 1
    district.take_papers(case, Takeover())
    district.accept_case(case)
    until(lambda: street.case(case).accepted_at is not None)
    until(lambda: district.case(case).status is CaseStatus.DECIDED)
    until(lambda: street.case(case).status is CaseStatus.DECIDED)
    assert street.link().parked == district.link().parked == 0


def test_whoever_is_in_the_wrong_place_goes_with_a_paper(offices: Offices) -> None:
    home = offices.community
    home.drop_visit()
    said = _text(home.print_route("company-registration")).replace(" ", "")
    assert "演示区政务服务中心" in said
    assert "测试区政务大道8号" in said
    assert "周一至周五9:00" in said
    with pytest.raises(Refused) as refused:
        home.print_route("senior-card-first")  # taken here
    assert refused.value.failure is Failure.OFFICE_UNKNOWN


def test_principal_and_agent_sign_a_printed_power(offices: Offices) -> None:
    home = offices.community
    home.drop_visit()
    home.type_person(*PRINCIPAL)
    home.choose("senior-card-first")
    view, sheet = home.print_power(AgencyTold(*AGENT, "13900000000", "2", tuple(Power), TOMORROW))
    assert view.agency is None  # nothing is taken before it is signed
    said = _text(sheet).replace(" ", "")
    assert PRINCIPAL[0] in said
    assert AGENT[1] in said


def test_the_office_that_handed_a_case_on_takes_no_more_steps(offices: Offices) -> None:
    home = offices.community
    case = _filed(home).case
    home.forward(case)
    until(lambda: _there(offices.street, case))
    from tests.unit.test_second_person import VOID

    with pytest.raises(Refused) as refused:
        home.propose(case, VOID)
    assert refused.value.failure is Failure.CASE_ELSEWHERE


def test_a_paper_that_is_not_in_the_bag_is_missing(offices: Offices) -> None:
    case = _filed(offices.community).case
    offices.community.forward(case)
    until(lambda: _there(offices.street, case))
    held = offices.street.take_papers(case, Takeover(("photo_small",), "照片没有"))
    assert (MaterialHow.MISSING, "小一寸白底照片（近三个月）") in [
        (how, name.zh) for name, how in held.papers
    ]
    with pytest.raises(Refused) as refused:
        offices.street.accept_case(case)
    assert refused.value.failure is Failure.GAPS_LEFT
    until(lambda: _missing(offices.community.case(case)))


def _missing(case: CaseView) -> bool:
    assert case.offices is not None
    assert case.offices.handover is not None
    return bool(case.offices.handover.missing)


def test_a_result_is_handed_out_once_to_its_applicant_and_both_offices_know(offices: Offices) -> None:
    street = offices.street
    case = _decided(offices, agent=False).case
    with pytest.raises(Refused) as refused:
        street.hand_out(case, Taken(name=STRANGER[0], id_no=STRANGER[1]))
    assert refused.value.failure is Failure.RECEIVER_NOT_ENTITLED
    ready, slip = street.order_delivery(case, DeliveryWish(Way.COUNTER))
    assert ready.status is CaseStatus.READY_FOR_PICKUP
    assert ready.delivery is not None
    assert ready.delivery.order is not None
    assert ready.delivery.order.code in _text(slip)
    _, none = street.order_delivery(case, DeliveryWish(Way.COUNTER))
    assert none is None
    done, sheet = street.hand_out(case, Taken(name=PRINCIPAL[0], id_no=PRINCIPAL[1]))
    assert done.status is CaseStatus.DELIVERED
    assert "送达回证" in _text(sheet).replace(" ", "")
    _, none = street.hand_out(case, Taken(name=PRINCIPAL[0], id_no=PRINCIPAL[1]))
    assert none is None
    with pytest.raises(Refused) as refused:
        street.hand_out(case, Taken(name=AGENT[0], id_no=AGENT[1]))
    assert refused.value.failure is Failure.HANDED_OUT_ALREADY
    until(lambda: street.link().queued == 0)
    assert street.link().parked == 0


def test_an_agent_collects_only_with_the_power_to(offices: Offices) -> None:
    street = offices.street
    case = _decided(offices, powers=(Power.SUBMIT,)).case
    taken = Taken(name=AGENT[0], id_no=AGENT[1])
    with pytest.raises(Refused) as refused:
        street.hand_out(case, taken)
    assert refused.value.failure is Failure.RECEIVER_NOT_ENTITLED
    power = AgencyTold(*AGENT, "13900000000", "2", (Power.COLLECT,), TOMORROW)
    done, sheet = street.hand_out(case, Taken(name=AGENT[0], id_no=AGENT[1], agency=power))
    assert done.delivery is not None
    assert done.delivery.handed_out is not None
    assert done.delivery.handed_out.agent
    assert "委托代理人领取" in _text(sheet).replace(" ", "")
    until(lambda: street.link().queued == 0)
    assert street.link().parked == 0


def test_a_bee_box_gives_a_code_keeps_custody_and_hands_out(offices: Offices) -> None:
    street = offices.street
    case = _decided(offices, agent=False).case
    with pytest.raises(Refused) as refused:
        street.order_delivery(case, DeliveryWish(Way.LOCKER, originals=True))
    assert refused.value.failure is Failure.WAY_NOT_OFFERED
    offices.control(partner="locker", mode="go")
    street.order_delivery(case, DeliveryWish(Way.LOCKER, size="m"))
    until(lambda: _state(street, case) is DeliveryState.IN_THE_BOX)
    with pytest.raises(Refused) as refused:
        street.hand_out(case, Taken(name=PRINCIPAL[0], id_no=PRINCIPAL[1]))
    assert refused.value.failure is Failure.RESULT_AWAY
    view = street.case(case).delivery
    assert view is not None
    assert view.order is not None
    assert view.order.code in _text(street.print_pick_up(case))
    until(lambda: street.case(case).status is CaseStatus.DELIVERED, 30)
    view = street.case(case).delivery
    assert view is not None
    assert view.handed_out is not None
    assert view.handed_out.way is Way.LOCKER
    chain = view.earlier[-1].custody
    assert [each.taker for each in chain][-1] == PRINCIPAL[0]
    assert all(a.taker == b.giver or "派送" in b.giver for a, b in pairwise(chain))


def test_what_is_recalled_comes_back_and_is_handed_out_at_the_window(offices: Offices) -> None:
    street = offices.street
    case = _decided(offices, agent=False).case
    offices.control(partner="locker", mode="hold")
    street.order_delivery(case, DeliveryWish(Way.LOCKER))
    until(lambda: _state(street, case) is DeliveryState.ON_THE_WAY)
    street.recall_delivery(case, "办事人改到窗口领取")
    offices.control(partner="locker", mode="go")
    until(lambda: _last(street, case) is DeliveryState.RETURNED, 30)
    done, _ = street.hand_out(case, Taken(name=PRINCIPAL[0], id_no=PRINCIPAL[1]))
    assert done.status is CaseStatus.DELIVERED
    until(lambda: street.link().queued == 0)
    assert street.link().parked == 0


def test_a_courier_delivers_and_the_other_office_hears_who_has_it(offices: Offices) -> None:
    home, street = offices.community, offices.street
    case = _filed(home).case
    home.forward(case)
    until(lambda: _there(street, case))
    street.take_papers(case, Takeover())
    street.accept_case(case)
    until(lambda: street.case(case).status is CaseStatus.DECIDED)
    street.order_delivery(case, DeliveryWish(Way.COURIER))
    until(lambda: street.case(case).status is CaseStatus.DELIVERED, 30)
    until(lambda: home.case(case).status is CaseStatus.DELIVERED)
    told = home.case(case).delivery
    assert told is not None
    assert told.handed_out is not None
    assert told.handed_out.by == "演示街道政务服务中心"
    with pytest.raises(Refused) as refused:
        home.hand_out(case, Taken(name=PRINCIPAL[0], id_no=PRINCIPAL[1]))
    assert refused.value.failure is Failure.HANDED_OUT_ALREADY
    assert "送达回证" in _text(street.print_service_return(case)).replace(" ", "")


def _state(desk: Counter, case: str) -> DeliveryState | None:
    view = desk.case(case).delivery
    return view.order.state if view is not None and view.order is not None else None


def _last(desk: Counter, case: str) -> DeliveryState | None:
    view = desk.case(case).delivery
    return view.earlier[-1].state if view is not None and view.earlier else None
