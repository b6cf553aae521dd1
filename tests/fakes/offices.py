"""A whole desk as one office of several: at a community station, with a case that came in, or with a result to hand out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalogue.model import Office, Route, Text
from tests.fakes.counter import WholeDesk
from wire.agency import Power
from wire.codec import encode
from wire.messages import (
    CaseConcluded,
    CaseRegistered,
    Change,
    ChangeKind,
    ChangePage,
    HallReceipt,
    Result,
    ResultCode,
    SubCaseMoved,
    SubCaseState,
)
from workstation.domain.forwarding import Forwarding
from workstation.services.take_agency import AgencyTold

STREET, DISTRICT = "440109", "440100"
AGENT = ("测试代办", "440100189502020028")
POWER = AgencyTold(*AGENT, "13900000000", "2", tuple(Power), date(2026, 12, 31))


def at_a_community(whole: WholeDesk) -> None:
    """Publish a table of offices in which this station is a community's, below a street."""
    catalogue = whole.catalogues.current()
    words = Text("演示", "demo")
    offices = {
        "440104": Office("440104", "6", STREET, words, words, words, ""),
        STREET: Office(STREET, "5", "", Text("演示街道", "Demo street"), words, words, ""),
    }
    whole.catalogues.publish(replace(catalogue, version="community", offices=offices))


def elsewhere(whole: WholeDesk, item: str) -> None:
    """Publish a catalogue in which an item is taken by the district alone."""
    catalogue = whole.catalogues.current()
    route = Route(
        "4", "1", Text("区政务中心", "District centre"), Text("要现场核查", "A site visit is needed")
    )
    moved = replace(catalogue.items[item], routing=(route,), city_wide=None)
    whole.catalogues.publish(replace(catalogue, version="elsewhere", items={**catalogue.items, item: moved}))


def came_in(whole: WholeDesk, case: str) -> None:
    """Let a case of this desk be one that another office has handed to it."""
    with whole.unit() as unit:
        found = unit.cases.get(case)
        handed = Forwarding(
            "44010C", "演示社区", "440104", "演示街道", "TRN1", (), "代办员", found.received_at
        )
        unit.cases.save(replace(found, station="44010C", forwarding=handed))
        unit.commit()


def send_all(whole: WholeDesk) -> None:
    """Let the hall have signed for all that waits."""
    with whole.unit() as unit:
        for waiting in unit.outbox.due(whole.clock.at, 99):
            envelope = waiting.envelope
            receipt = HallReceipt(envelope.id, envelope.sha256, whole.clock.at, "h", "s")
            unit.outbox.acked(envelope.id, receipt)
        unit.commit()


def body(said: object) -> str:
    """Write what a change says as it travels."""
    return encode(said)


def decide(whole: WholeDesk, case: str) -> None:
    """Let the hall tell that every item of an accepted case is granted."""
    send_all(whole)
    with whole.unit() as unit:
        found = unit.cases.get(case)
    at = whole.clock.at
    result = Result(ResultCode.GRANTED, "准予", "部门", "r", at, "证照", "1.2.156")
    told: list[tuple[ChangeKind, object]] = [
        (ChangeKind.CASE_REGISTERED, CaseRegistered(found.receipt_no, "P1", at))
    ]
    told += [
        (ChangeKind.SUB_CASE_MOVED, SubCaseMoved(sub.item, SubCaseState.DECIDED, at, result))
        for sub in found.sub_cases
    ]
    told.append((ChangeKind.CASE_CONCLUDED, CaseConcluded("P1", at, "YC1.e30.AA")))
    changes = tuple(Change(case, n, kind, encode(said)) for n, (kind, said) in enumerate(told, 1))
    whole.take_page(ChangePage("epoch", changes, f"epoch.{len(changes)}", more=False))
