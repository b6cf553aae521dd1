"""Scripted cases that two offices share, for the work lists of the fake desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from wire.delivery import DeliveryState, Handover, Way
from workstation.services.forward_case import Takeover
from workstation.services.office_views import (
    DeliveryView,
    HandedOutView,
    HandoverView,
    OfficeStep,
    OfficesView,
    OrderView,
)

STREET, COMMUNITY = "演示街道政务服务中心", "演示社区公共服务站"
PAPERS = (
    ("photo_small", Text("小一寸白底照片", "Photo")),
    ("agent_authorisation", Text("授权委托书", "Power")),
)
_RECEIVING = OfficeStep(COMMUNITY, NOW - timedelta(hours=3), "演示代办员")


def own() -> OfficesView:
    """Received at a community station and not handed on yet."""
    return OfficesView(
        _RECEIVING, OfficeStep(COMMUNITY, None), (), None, Text(STREET, "Street centre"), steps_here=False
    )


def forwarded(*, came_in: bool = False) -> OfficesView:
    """On its way; with `came_in` this office is the one that accepts."""
    handover = HandoverView(
        from_name=COMMUNITY,
        to_name=STREET,
        sheet="44010C2605030TRN00018",
        handed_by="演示代办员",
        handed_at=NOW - timedelta(hours=2),
        taken_by="",
        taken_at=None,
        papers=PAPERS,
        missing=(),
        remark="",
        came_in=came_in,
    )
    accepting = OfficeStep(STREET, None)
    deciding = (OfficeStep("民政部门", None),)
    return OfficesView(_RECEIVING, accepting, deciding, handover, None, steps_here=False)


def taken(found: Takeover) -> OfficesView:
    """The papers lie here."""
    before = forwarded(came_in=True)
    if before.handover is None:
        raise AssertionError
    names = dict(PAPERS)
    missing = tuple(names[each] for each in found.missing)
    handover = replace(
        before.handover, taken_by="演示窗口员", taken_at=NOW, missing=missing, remark=found.remark
    )
    return replace(before, handover=handover, steps_here=True)


def ready() -> DeliveryView:
    """Decided: the result lies at the window."""
    return DeliveryView(
        ways=tuple(Way),
        phone="138****0000",
        address="广州*******",
        order=None,
        earlier=(),
        handed_out=None,
        may_hand_out=True,
        may_recall=False,
        agent="李*",
        wish=Way.LOCKER,
    )


def ordered(way: Way) -> DeliveryView:
    """At the window with a code, or with a partner."""
    window = way is Way.COUNTER
    custody = (
        Handover(NOW - timedelta(hours=2), STREET, "模拟蜜蜂箱揽收员", STREET),
        Handover(NOW - timedelta(hours=1), "模拟蜜蜂箱派送员", "A03 号箱", "A03 号箱"),
    )
    order = OrderView(
        way,
        DeliveryState.AT_THE_WINDOW if window else DeliveryState.IN_THE_BOX,
        "测**",
        "138****0000",
        NOW - timedelta(hours=2),
        "" if window else "模拟蜜蜂箱",
        "" if window else "SIML00000003",
        "" if window else "演示街道 24 小时自助区 A03 号箱",
        "734211",
        NOW.date() + timedelta(days=3),
        () if window else custody,
        "",
    )
    return replace(ready(), ways=(), order=order, may_hand_out=window, may_recall=not window)


def handed_out() -> DeliveryView:
    """In somebody's hands."""
    out = HandedOutView(Way.COUNTER, "测**", NOW, "演示窗口员", "440104260503DLV00018", agent=False)
    return replace(ready(), ways=(), handed_out=out, may_hand_out=False)
