"""Simulated partners: a courier and a bee box (蜜蜂箱), each an outermost edge behind HTTP. No real one is like this one.

Each status that is asked moves an order on by one step, so that a demo shows the whole way in a few seconds. POST
/partners/control {"order" or "partner", "mode"} changes that: hold stays where it is, go on moves again, expire lets nobody come to the box,
collect lets the receiver come now, lose makes the partner refuse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

from fastapi import APIRouter, Request, Response

from hall.zone import HALL_ZONE
from wire.carriers import CarrierAnswer, CarrierOrder, CarrierQuestion
from wire.codec import Malformed, decode, encode
from wire.delivery import DeliveryState, Handover

T = TypeVar("T", CarrierOrder, CarrierQuestion)

_NAMES = {"courier": "模拟快递", "locker": "模拟蜜蜂箱"}
_BOXES = {"s": "A", "m": "B", "l": "C"}
_ASKS_IN_THE_BOX = 3  # how often somebody asks before the receiver comes


@dataclass
class _Parcel:
    order: CarrierOrder
    number: str
    code: str
    state: DeliveryState = DeliveryState.ON_THE_WAY
    asked: int = 0
    mode: str = "go"
    taken_by: str = ""
    custody: list[Handover] = field(default_factory=list)


class Partner:
    """One partner with its parcels."""

    def __init__(self, kind: str) -> None:
        self.kind, self.name = kind, _NAMES[kind]
        self.parcels: dict[str, _Parcel] = {}
        self.mode = "go"
        self._numbers = count(1)

    def take(self, order: CarrierOrder) -> CarrierAnswer | None:
        """Take an order once, however often it is told; None refuses."""
        if self.mode == "lose":
            return None
        parcel = self.parcels.get(order.order)
        if parcel is None:
            number = next(self._numbers)
            parcel = _Parcel(
                order, f"SIM{self.kind[:1].upper()}{number:08d}", f"{734211 + number * 7919:06d}"[-6:]
            )
            parcel.custody.append(_step(order.from_office, f"{self.name}揽收员", order.from_office))
            self.parcels[order.order] = parcel
        return self._said(parcel)

    def look(self, order: str) -> CarrierAnswer | None:
        """Say where an order is, and let it move."""
        parcel = self.parcels.get(order)
        if parcel is None:
            return None
        parcel.asked += 1
        if "hold" not in (parcel.mode, self.mode):
            self._move(parcel)
        return self._said(parcel)

    def recall(self, order: str) -> CarrierAnswer | None:
        """Turn an order round, unless somebody has it already."""
        parcel = self.parcels.get(order)
        if parcel is not None and parcel.state not in (DeliveryState.DELIVERED, DeliveryState.RETURNED):
            parcel.state = DeliveryState.RECALLED
        return self._said(parcel) if parcel is not None else None

    def _move(self, parcel: _Parcel) -> None:
        carrier, place = f"{self.name}派送员", self._place(parcel)
        if parcel.state is DeliveryState.ON_THE_WAY and self.kind == "courier":
            self._deliver(parcel, carrier, parcel.order.address)
        elif parcel.state is DeliveryState.ON_THE_WAY:
            parcel.state = DeliveryState.IN_THE_BOX
            parcel.custody.append(_step(carrier, place, place))
            parcel.asked = 0
        elif parcel.state is DeliveryState.IN_THE_BOX:
            if parcel.mode == "expire" or _is_over(parcel.order):
                parcel.state = DeliveryState.EXPIRED
            elif parcel.mode == "collect" or parcel.asked >= _ASKS_IN_THE_BOX:
                self._deliver(parcel, place, place)
        elif parcel.state in (DeliveryState.EXPIRED, DeliveryState.RECALLED):
            parcel.state = DeliveryState.RETURNED
            parcel.custody.append(_step(carrier, parcel.order.from_office, parcel.order.from_office))

    def _deliver(self, parcel: _Parcel, giver: str, place: str) -> None:
        parcel.state, parcel.taken_by = DeliveryState.DELIVERED, parcel.order.receiver
        parcel.custody.append(_step(giver, parcel.order.receiver, place))

    def _place(self, parcel: _Parcel) -> str:
        if self.kind == "courier":
            return ""
        return f"演示街道 24 小时自助区 {_BOXES.get(parcel.order.size, 'A')}{int(parcel.number[4:]):02d} 号箱"

    def _said(self, parcel: _Parcel) -> CarrierAnswer:
        there = parcel.state is DeliveryState.IN_THE_BOX
        return CarrierAnswer(
            parcel.order.order,
            self.name,
            parcel.state,
            parcel.custody[-1].at,
            parcel.number,
            self._place(parcel),
            parcel.code if there else "",
            parcel.taken_by,
            tuple(parcel.custody),
        )


def _is_over(order: CarrierOrder) -> bool:
    return order.last_day is not None and order.last_day < datetime.now(HALL_ZONE).date()


def make_router() -> APIRouter:
    """Build both partners at /partners/courier and /partners/locker."""
    router = APIRouter(prefix="/partners")
    partners = {kind: Partner(kind) for kind in _NAMES}

    @router.post("/{kind}/orders")
    async def order(kind: str, request: Request) -> Response:
        told = await _read(CarrierOrder, request)
        return _answer(partners[kind].take(told) if told and kind in partners else None)

    @router.post("/{kind}/orders/status")
    async def status(kind: str, request: Request) -> Response:
        asked = await _read(CarrierQuestion, request)
        return _answer(partners[kind].look(asked.order) if asked and kind in partners else None)

    @router.post("/{kind}/orders/recall")
    async def recall(kind: str, request: Request) -> Response:
        asked = await _read(CarrierQuestion, request)
        return _answer(partners[kind].recall(asked.order) if asked and kind in partners else None)

    @router.post("/control")
    async def control(wanted: dict[str, str]) -> dict[str, str]:
        for partner in partners.values():
            if wanted.get("partner") == partner.kind:
                partner.mode = wanted["mode"]
            parcel = partner.parcels.get(wanted.get("order", ""))
            if parcel is not None:
                parcel.mode = wanted["mode"]
        return {"mode": wanted["mode"]}

    return router


async def _read(kind: type[T], request: Request) -> T | None:
    try:
        return decode(kind, await request.body())
    except Malformed:
        return None


def _answer(said: CarrierAnswer | None) -> Response:
    if said is None:
        return Response(status_code=404)
    return Response(encode(said), media_type="application/json")


def _step(giver: str, taker: str, place: str) -> Handover:
    return Handover(datetime.now(UTC), giver, taker, place)
