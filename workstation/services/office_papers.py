"""What stands on the papers between offices and of handing out: TRN, POA, PRX, WAY, PCK, DLV (resources/documents)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from catalogue.model import Catalogue, Office, Route, ServiceItem, Text
from wire.agency import Agency
from wire.delivery import Way
from workstation.domain.case import Case, CaseStatus
from workstation.domain.clerk import Clerk
from workstation.domain.delivery import HandedOut, Order
from workstation.domain.forwarding import Forwarding
from workstation.domain.identity import Identity, mask_id
from workstation.domain.slip import Row, Variables
from workstation.services.forward_case import papers_moved
from workstation.services.print_document import item_name, title_of
from workstation.services.take_agency import RELATIONS

# What each way of the wire is called on a 送达回证; an agent at the counter has a name of its own there.
_WAYS = {Way.COUNTER: "counter", Way.COURIER: "courier", Way.LOCKER: "locker"}


def transfer_sheet(
    case: Case, catalogue: Catalogue, *, here_name: str, to: Office, clerk: Clerk, at: datetime
) -> Variables:
    """物料流转凭证, as it is when the papers leave: who takes them over signs on it."""
    names = material_names(case, catalogue)
    moved = papers_moved(case, catalogue)
    row: dict[str, object] = {
        "receipt_no": case.receipt_no,
        "title": title_of(case, catalogue),
        "pieces": sum(paper.originals + paper.copies for paper in moved),
    }
    contents = "、".join(names.get(p.material, Text(p.material, p.material)).zh for p in moved)
    if contents:
        row["contents"] = contents
    return {
        "from_body": here_name,
        "to_body": to.name.zh,
        "handed_by": clerk.name,
        "handed_at": at,
        "cases": (row,),
    }


def power_of_attorney(
    agency: Agency, identity: Identity, items: Iterable[str], catalogue: Catalogue, *, phone: str = ""
) -> Variables:
    """授权委托书, to be signed by principal and agent; `phone` is the principal's."""
    agent = agency.agent
    relations = dict(catalogue.code_lists[RELATIONS].entries) if RELATIONS in catalogue.code_lists else {}
    reached: Row = {"principal_phone": phone} if phone else {}
    return {
        **reached,  # type: ignore[dict-item]
        "principal": identity.name,
        "principal_id_type": agent.id_type,
        "principal_id": identity.id_no,
        "agent": agent.name,
        "agent_id_type": agent.id_type,
        "agent_id": agent.id_no,
        "agent_phone": agent.phone,
        "relation": relations[agent.relation].zh if agent.relation in relations else agent.relation,
        "items": tuple(item_name(item, catalogue) for item in items),
        "powers": tuple({"power": power.value} for power in agency.powers),
        "valid_from": agency.since,
        "valid_until": agency.until,
    }


def proxy_sheet(case: Case, catalogue: Catalogue, *, here: Office | str, clerk: Clerk) -> Variables:
    """代办受理单; once the result is back 办结单 with it, and 终止单 for what ended otherwise."""
    handed = case.forwarding
    said: dict[str, object] = {
        "stage": "finished" if case.ended_at is not None else "received",
        "station": here if isinstance(here, str) else here.name.zh,
        "agent": handed.handed_by if handed is not None else clerk.name,
        "took_at": case.received_at,
        "papers": _paper_rows(case, catalogue),
        "progress": _progress(case, handed),
    }
    if not isinstance(here, str) and here.phone:
        said["agent_phone"] = here.phone
    if handed is not None:
        said["target_window"] = handed.to_name
    if case.agency is not None and case.agency.sheet:
        said["attorney_no"] = case.agency.sheet
    results = [
        f"{item_name(sub.item, catalogue).zh}：{sub.result_words}" for sub in case.sub_cases if sub.result
    ]
    if results:
        said["result"] = "；".join(results)
    if case.ended_there is not None:
        said["ended_because"] = case.ended_there.text or case.ended_there.reason
    return {name: value for name, value in said.items() if value not in ("", ())}  # type: ignore[misc]


def where_to_go(item: ServiceItem, office: Office, route: Route, *, appointment: str = "") -> Variables:
    """办理去向告知单: where the item is taken, why, when, and what to bring."""
    bring: list[Row] = []
    for material in item.materials:
        row: dict[str, object] = {"material": material.name}
        maybe = not material.required or material.when is not None
        row["note"] = "maybe" if maybe else "original" if material.originals else "copy"
        bring.append(row)
    said: dict[str, object] = {
        "item": item.name,
        "reason": route.reason or route.window,
        "office": office.name.zh,
        "address": office.address.zh,
        "phone": office.phone,
        "hours": office.hours.zh,
        "appointment": appointment,
        "bring": tuple(bring),
    }
    return {name: value for name, value in said.items() if value not in ("", ())}  # type: ignore[misc]


def pick_up_slip(
    case: Case, order: Order, office: Office | None, centre: str, last_day: date, catalogue: Catalogue
) -> Variables:
    """取件凭证: the code, where, until when, and what to bring."""
    locker = order.way is Way.LOCKER
    place = order.place if locker and order.place else office.address.zh if office else centre
    said: dict[str, object] = {
        "pickup_code": order.code,
        "contents": tuple(name.zh for name in _result_names(case, catalogue)),
        "place": place if locker or office is None else f"{centre} {place}",
        "locker": f"{order.partner} {order.number}".strip() if locker else "",
        "hours": office.hours.zh if office and not locker else "",
        "last_day": last_day,
        "phone": office.phone if office else "",
    }
    return {name: value for name, value in said.items() if value not in ("", ())}  # type: ignore[misc]


def service_return(
    case: Case, out: HandedOut, order: Order | None, catalogue: Catalogue, *, place: str
) -> Variables:
    """送达回证: what was handed to whom, when, where and how; who took it for another, and by which power."""
    agency, receiver = out.agency, out.receiver
    relations = dict(catalogue.code_lists[RELATIONS].entries) if RELATIONS in catalogue.code_lists else {}
    said: dict[str, object] = {
        "contents": _contents(case, catalogue),
        "addressee": case.applicant.name,
        "way": "agent" if agency is not None and out.way is Way.COUNTER else _WAYS[out.way],
        "place": place,
        "delivered_at": out.at,
        "receiver": receiver.name,
        "receiver_id_type": receiver.id_type,
        "receiver_id": mask_id(receiver.id_no) if receiver.id_no else "",
        "delivered_by": out.by,
    }
    if agency is not None:
        code = agency.agent.relation
        said["relation"] = relations[code].zh if code in relations else code
        said["attorney_no"] = agency.sheet
    if order is not None and order.way is Way.COURIER:
        said["courier_no"] = f"{order.partner} {order.number}".strip()
    if order is not None and order.way is Way.LOCKER:
        said["locker"] = f"{order.place} {order.number}".strip()
    return {name: value for name, value in said.items() if value not in ("", ())}  # type: ignore[misc]


def material_names(case: Case, catalogue: Catalogue) -> dict[str, Text]:
    """Name the papers of a case."""
    return {
        material.id: material.name
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }


def _paper_rows(case: Case, catalogue: Catalogue) -> tuple[Row, ...]:
    names = material_names(case, catalogue)
    return tuple(
        {
            "name": names.get(paper.material, Text(paper.material, paper.material)),
            "pieces": paper.originals + paper.copies,
        }
        for paper in papers_moved(case, catalogue)
    )


def _progress(case: Case, handed: Forwarding | None) -> tuple[Row, ...]:
    steps: list[tuple[datetime | None, str]] = [(case.received_at, "received")]
    if handed is not None:
        steps.append((handed.handed_at, "forwarded"))
        steps.append((handed.taken_at, "papers_taken"))
    steps.append((case.accepted_at, "accepted"))
    if case.ended_there is not None:
        ended = "not_accepted" if case.status is CaseStatus.NOT_ACCEPTED else "ended"
        steps.append((case.ended_there.at, ended))
    steps.append((case.concluded_at, "concluded"))
    return tuple({"at": at, "what": what} for at, what in steps if at is not None)


def _result_names(case: Case, catalogue: Catalogue) -> tuple[Text, ...]:
    return tuple(
        catalogue.items[sub.item].result_name if sub.item in catalogue.items else Text(sub.item, sub.item)
        for sub in case.sub_cases
        if sub.result is not None
    )


def _contents(case: Case, catalogue: Catalogue) -> tuple[Row, ...]:
    rows: list[Row] = []
    for sub in case.sub_cases:
        if sub.result is None:
            continue
        name = catalogue.items[sub.item].result_name.zh if sub.item in catalogue.items else sub.item
        row: dict[str, object] = {"name": sub.result.licence_name or name, "pieces": 1}
        if sub.result.licence_no:
            row["number"] = sub.result.licence_no
        rows.append(row)
    return tuple(rows)
