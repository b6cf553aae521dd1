"""Of a decided case: how its result may go out, where it is, who has it; masked."""

from __future__ import annotations

from datetime import date

from catalogue.model import Catalogue
from wire.agency import Power, empowered
from wire.delivery import Way
from workstation.domain.case import Case, Step
from workstation.domain.delivery import OVER, WAYS, Order
from workstation.domain.identity import mask_name, mask_phone, mask_text
from workstation.services.hand_out import open_order, ways_of
from workstation.services.office_views import DeliveryView, HandedOutView, OrderView


def show_delivery(case: Case, catalogue: Catalogue, today: date) -> DeliveryView | None:
    """Make what 出件 shows; None before the decision."""
    out = case.handed_out
    if out is None and not case.may(Step.DELIVER) and not case.orders:
        return None
    order = open_order(case)
    away = order is not None and order.way is not Way.COUNTER
    said = {key: answer.value for key, answer in case.answers.items()}
    agency = case.agency
    may_collect = agency is not None and empowered(agency, Power.COLLECT, today)
    return DeliveryView(
        ways=ways_of(case, catalogue) if out is None and not away else (),
        phone=mask_phone(said.get("contact.phone", "")),
        address=mask_text(said.get("delivery.address", "") or said.get("contact.address", "")),
        order=_order(order) if order is not None else None,
        earlier=tuple(_order(each) for each in case.orders if each.state in OVER),
        handed_out=HandedOutView(
            out.way, mask_name(out.receiver.name), out.at, out.by, out.sheet, agent=out.agency is not None
        )
        if out is not None
        else None,
        may_hand_out=out is None and not away and case.may(Step.DELIVER),
        may_recall=away,
        agent=mask_name(agency.agent.name) if agency is not None and may_collect else "",
        wish=WAYS.get(said.get("delivery.mode", "")),
    )


def _order(order: Order) -> OrderView:
    return OrderView(
        order.way,
        order.state,
        mask_name(order.receiver),
        mask_phone(order.phone),
        order.ordered_at,
        order.partner,
        order.number,
        order.place,
        order.code,
        order.last_day,
        order.custody,
        order.trouble,
    )
