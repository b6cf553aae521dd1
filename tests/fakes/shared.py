"""Scripted cases that two offices share, for the work lists of the fake desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from workstation.services.forward_case import Takeover
from workstation.services.office_views import HandoverView, OfficeStep, OfficesView

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
