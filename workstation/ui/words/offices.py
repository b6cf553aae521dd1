"""The words of second persons and other offices: powers, who does what with a case, and what of a paper is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from catalogue.model import CityWide
from wire.agency import Power
from wire.delivery import DeliveryState, Way
from workstation.services.office_views import (
    AgencyView,
    DeliveryView,
    HandoverView,
    OfficeStep,
    OfficesView,
    OrderView,
)
from workstation.ui.language import QT_TRANSLATE_NOOP, said, translate
from workstation.ui.words.breaks import breakable
from workstation.ui.words.lists import listed
from workstation.ui.words.times import minute


def power(code: Power) -> str:
    """Say what an agent may do."""
    return translate("Power", _POWERS[code])


def agency_trouble(what: str) -> str:
    """Say what of a power of attorney is not as it has to be."""
    return translate("AgencyTrouble", _TROUBLES[what]) if what in _TROUBLES else what


def agency(view: AgencyView) -> str:
    """Say in a line who acts for the applicant, and how far."""
    powers = listed(power(each) for each in view.powers)
    line = translate("Agency", "{0}（{1}，{2}）：{3}，至 {4}").format(
        view.name, said(view.relation), view.id_no, powers, view.until.isoformat()
    )
    return line + translate("Agency", "，已过期") if view.over else line


def office_facts(offices: OfficesView) -> list[tuple[str, str]]:
    """Name the receiving, accepting and deciding body, each with its time, and where the papers are."""
    facts = [
        (translate("Offices", "收件单位"), _step(offices.receiving)),
        (translate("Offices", "受理单位"), _step(offices.accepting)),
    ]
    for at, step in enumerate(offices.deciding):
        facts.append((translate("Offices", "决定单位") if at == 0 else "", _step(step)))
    if offices.handover is not None:
        facts.append((translate("Offices", "物料流转"), handover(offices.handover)))
    return facts


def handover(view: HandoverView) -> str:
    """Say from whom to whom the papers went, when, and what was not there."""
    words = translate("Offices", "{0} {1} 交出（{2}）").format(
        view.from_name, minute(view.handed_at), view.handed_by
    )
    if view.taken_at is None:
        return words + translate("Offices", "，{0} 还没有接收").format(view.to_name)
    words += translate("Offices", "；{0} {1} 接收（{2}）").format(
        view.to_name, minute(view.taken_at), view.taken_by
    )
    if view.missing:
        words += translate("Offices", "；缺 {0}").format(listed(said(name) for name in view.missing))
    return words + (translate("Offices", "；{0}").format(view.remark) if view.remark else "")


def city_wide(wide: CityWide) -> str:
    """Say how far an item is taken outside its own place, and how (通办)."""
    scope, mode = translate("Scope", _SCOPES[wide.scope]), translate("Mode", _MODES[wide.mode])
    return translate("CityWide", "{0}（{1}）").format(scope, mode)


def way(code: Way) -> str:
    """Name a way of handing out."""
    return translate("Way", _WAYS[code])


def box_size(code: str) -> str:
    """Name the size of a box."""
    return translate("BoxSize", _SIZES[code])


def delivery_facts(view: DeliveryView) -> list[tuple[str, str]]:
    """Say where a result is, who has carried it, and in whose hands it ended."""
    facts: list[tuple[str, str]] = []
    for order in (*view.earlier, *((view.order,) if view.order is not None else ())):
        facts += _order(order)
    out = view.handed_out
    if out is not None:
        who = translate("Delivery", "{0}（代领）").format(out.receiver) if out.agent else out.receiver
        facts.append((translate("Delivery", "领取人"), who))
        facts.append((translate("Delivery", "交付"), f"{minute(out.at)} · {way(out.way)} · {out.by}"))
        if out.sheet:
            facts.append((translate("Delivery", "送达回证"), breakable(out.sheet)))
    return facts


def _order(order: OrderView) -> list[tuple[str, str]]:
    state = translate("DeliveryState", _STATES[order.state])
    facts = [(way(order.way), state + (f"（{order.trouble}）" if order.trouble else ""))]
    if order.number:
        facts.append((translate("Delivery", "单号"), f"{order.partner} {breakable(order.number)}"))
    if order.place:
        facts.append((translate("Delivery", "位置"), order.place))
    if order.code:
        facts.append((translate("Delivery", "取件码"), order.code))
    if order.last_day is not None and order.code:
        facts.append((translate("Delivery", "取件期限"), order.last_day.isoformat()))
    if order.custody:
        lines = (f"{minute(each.at)} {each.giver} → {each.taker}" for each in order.custody)
        facts.append((translate("Delivery", "交接"), "\n".join(lines)))
    return facts


def _step(step: OfficeStep) -> str:
    when = minute(step.at) if step.at is not None else translate("Offices", "还没到这一步")
    return " · ".join(part for part in (step.name, when, step.by if step.at is not None else "") if part)


# fmt: off
_POWERS: Mapping[Power, str] = {
    Power.SUBMIT: QT_TRANSLATE_NOOP("Power", "代为申请"),
    Power.CORRECT: QT_TRANSLATE_NOOP("Power", "代为补正"),
    Power.SIGN: QT_TRANSLATE_NOOP("Power", "代签文书"),
    Power.COLLECT: QT_TRANSLATE_NOOP("Power", "代领结果"),
}

_SCOPES: Mapping[str, str] = {
    "city": QT_TRANSLATE_NOOP("Scope", "全市通办"),
    "province": QT_TRANSLATE_NOOP("Scope", "全省通办"),
    "country": QT_TRANSLATE_NOOP("Scope", "跨省通办"),
}

_MODES: Mapping[str, str] = {
    "online": QT_TRANSLATE_NOOP("Mode", "全程网办"),
    "receive_for_owner": QT_TRANSLATE_NOOP("Mode", "异地代收代办"),
    "joint": QT_TRANSLATE_NOOP("Mode", "多地联办"),
}

_WAYS: Mapping[Way, str] = {
    Way.COUNTER: QT_TRANSLATE_NOOP("Way", "窗口领取"),
    Way.COURIER: QT_TRANSLATE_NOOP("Way", "邮寄"),
    Way.LOCKER: QT_TRANSLATE_NOOP("Way", "蜜蜂箱"),
}

_SIZES: Mapping[str, str] = {
    "s": QT_TRANSLATE_NOOP("BoxSize", "小格"),
    "m": QT_TRANSLATE_NOOP("BoxSize", "中格"),
    "l": QT_TRANSLATE_NOOP("BoxSize", "大格"),
}

_STATES: Mapping[DeliveryState, str] = {
    DeliveryState.ORDERED: QT_TRANSLATE_NOOP("DeliveryState", "已下单，等对方回音"),
    DeliveryState.ON_THE_WAY: QT_TRANSLATE_NOOP("DeliveryState", "已揽收，在路上"),
    DeliveryState.IN_THE_BOX: QT_TRANSLATE_NOOP("DeliveryState", "已入柜，等取件"),
    DeliveryState.DELIVERED: QT_TRANSLATE_NOOP("DeliveryState", "已交付"),
    DeliveryState.EXPIRED: QT_TRANSLATE_NOOP("DeliveryState", "逾期没有取，正在退回"),
    DeliveryState.RECALLED: QT_TRANSLATE_NOOP("DeliveryState", "已召回，正在退回"),
    DeliveryState.RETURNED: QT_TRANSLATE_NOOP("DeliveryState", "已退回窗口"),
    DeliveryState.FAILED: QT_TRANSLATE_NOOP("DeliveryState", "对方没有接单"),
    DeliveryState.AT_THE_WINDOW: QT_TRANSLATE_NOOP("DeliveryState", "在窗口等取件"),
}

_TROUBLES: Mapping[str, str] = {
    "name": QT_TRANSLATE_NOOP("AgencyTrouble", "姓名没有写好"),
    "id_no": QT_TRANSLATE_NOOP("AgencyTrouble", "证件号码不对"),
    "same_person": QT_TRANSLATE_NOOP("AgencyTrouble", "和申请人是同一个人"),
    "phone": QT_TRANSLATE_NOOP("AgencyTrouble", "电话要 7 到 15 位数字"),
    "relation": QT_TRANSLATE_NOOP("AgencyTrouble", "还没有选和申请人的关系"),
    "powers": QT_TRANSLATE_NOOP("AgencyTrouble", "委托的事情不够办这一步"),
    "address": QT_TRANSLATE_NOOP("AgencyTrouble", "还没有地址"),
    "size": QT_TRANSLATE_NOOP("AgencyTrouble", "还没有选箱格"),
    "until": QT_TRANSLATE_NOOP("AgencyTrouble", "期限要在今天之后、一年以内"),
}
# fmt: on
