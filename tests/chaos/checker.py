"""Decides whether a run was right: a pure function of its history and of what everybody holds at the end.

The letters are those of reliability.md A4: (a) every acknowledged filing exactly once at the hall, (b) business numbers
unique, (c) a station reads what it wrote, (d) the status of a case goes forward only, (e) an approval follows the content it
signed, (f) after heal and quiescence every store equals the hall and every queue is empty, (g) chains verify and every anchor
of the hall is on them, (h) nothing is purged that the hall had not signed for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.chaos.history import Event

Said = Mapping[str, Any]
# Where a case may go from where it is, in any number of steps; back to `received` only by a reopening.
_RANK = {
    "received": 0,
    "correction_required": 1,
    "correction_received": 2,
    "accepted": 3,
    "dispatched": 4,
    "decided": 5,
    "delivered": 6,
}
_OPEN = frozenset({"received", "correction_required", "correction_received"})
_CLOSED = {"case_not_accepted": "not_accepted", "case_voided": "voided", "case_withdrawn": "withdrawn"}
_SERIALS = ("receive", "accept", "number")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that must not be. `check` is the letter, `what` says which ids."""

    check: str
    what: str


@dataclass(frozen=True, slots=True)
class Final:
    """What everybody holds when nothing moves any more; see tests/chaos/final.py. `late` are stations that did not converge."""

    hall: Said
    stations: Mapping[str, Said]
    late: tuple[str, ...] = ()


def check(history: Sequence[Event], final: Final) -> list[Anomaly]:
    """Return everything that must not be."""
    checks = (_once, _unique, _reads, _forward, _approved, _equal, _anchored, _purged)
    return [anomaly for each in checks for anomaly in each(history, final)]


def _ok(history: Iterable[Event], *ops: str) -> Iterator[Event]:
    return (e for e in history if e.phase == "ok" and e.op in ops)


# -- a ----------------------------------------------------------------------------------------------------
def _once(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    held: dict[str, list[Said]] = defaultdict(list)
    for case in final.hall["cases"]:
        held[case["receipt_no"]].append(case)
    taken = Counter(
        e["subject"]
        for e in final.hall["inbox"]
        if e["kind"] == "case_received" and e["result"] in {"applied", "duplicate"}
    )
    for event in _ok(history, "receive"):
        case, number = event.said["case"], event.said["receipt_no"]
        found = held.get(number, [])
        if len(found) != 1 or found[0]["id"] != case:
            yield Anomaly("a", f"{event.process}: {number} ({case}) is {len(found)} times at the hall")
        elif taken[case] != 1:
            yield Anomaly("a", f"{event.process}: {case} was registered by {taken[case]} events")
    for number, found in held.items():
        if len(found) > 1:
            yield Anomaly("a", f"the hall has {number} {len(found)} times")
    places = Counter((e["device"], e["sha256"]) for e in final.hall["inbox"] if e["result"] == "applied")
    for (device, sha256), count in places.items():
        if count > 1:
            yield Anomaly("a", f"{device}: the event with the body {sha256[:12]} was applied {count} times")


# -- b ----------------------------------------------------------------------------------------------------
def _unique(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    receipts = [e.said["receipt_no"] for e in _ok(history, "receive")]
    serials = [e.said["serial"] for e in _ok(history, *_SERIALS) if e.said.get("serial")]
    projects = [case["project_no"] for case in final.hall["cases"]]
    for name, numbers in (("receipt", receipts), ("serial", serials), ("project", projects)):
        for number, count in Counter(numbers).items():
            if count > 1:
                yield Anomaly("b", f"{name} number {number} was given {count} times")


# -- c ----------------------------------------------------------------------------------------------------
def _reads(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    """What a station has said yes to it must show from then on, across its own death too, until it purged it."""
    written: dict[str, dict[str, Event]] = defaultdict(dict)
    asked: dict[int, Event] = {}
    for event in history:
        mine = written[event.process]
        if event.phase == "invoke":
            asked[event.call] = event
        elif event.phase == "ok" and event.op == "receive":
            mine[event.said["case"]] = event
        elif event.op == "purge" and event.phase != "info":
            gone = event.said.get("cases") if event.phase == "ok" else list(mine)  # nobody knows which
            for case in gone or ():
                mine.pop(case, None)
        elif event.op == "query" and event.said["case"] in mine:
            wrote = mine[event.said["case"]]
            if event.phase == "fail" and event.said["code"] == "case_unknown":
                yield Anomaly("c", f"{event.process} does not find {event.said['case']}, which it received")
            elif event.phase == "ok" and event.said["receipt_no"] != wrote.said["receipt_no"]:
                yield Anomaly("c", f"{event.process} shows {event.said['case']} under another number")
    for process, mine in written.items():
        station = final.stations.get(process)
        if station is not None:
            here = {case["id"] for case in station["cases"]} | set(station["purged"])
            for case in sorted(set(mine) - here):
                yield Anomaly("c", f"{process} has lost {case}, which it received")


# -- d ----------------------------------------------------------------------------------------------------
def _forward(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    """As a station saw them, one after the other; a reopening that may have happened lets a closed case be received again."""
    last: dict[tuple[str, str], str] = {}
    reopened: set[tuple[str, str]] = set()
    for event in history:
        place = event.process, str(event.said.get("case", ""))
        if event.op == "reopen" and event.phase in {"ok", "unknown"}:
            reopened.add(place)
        status = event.said.get("status") if event.phase == "ok" else None
        if status is None:
            continue
        before = last.get(place)
        if before is not None and not _may_follow(before, status, reopened=place in reopened):
            yield Anomaly("d", f"{event.process}: {place[1]} went from {before} back to {status}")
        last[place] = status
        reopened.discard(place)
    for case in final.hall["cases"]:
        if case["closed"] and (case["accepted"] or case["concluded"]):
            yield Anomaly("d", f"the hall has {case['id']} {case['closed']} and accepted")


def _may_follow(before: str, after: str, *, reopened: bool) -> bool:
    if before == after:
        return True
    if before in _RANK and after in _RANK:
        return _RANK[before] < _RANK[after] or (before == "received" and reopened)
    if after in _RANK:
        return reopened  # out of a closing: by two persons only, and then on from there
    # Into a closing: before the acceptance, or by way of it.
    return before in _OPEN or (before not in _RANK and reopened)


# -- e ----------------------------------------------------------------------------------------------------
def _approved(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    """What was signed is what the hall holds: by two persons under the hash that they were shown, until two others undo it;
    by the applicant for good."""
    kept = {approval["sha256"]: approval["case"] for approval in final.hall["approvals"]}
    cases = {case["id"]: case for case in final.hall["cases"]}
    decided: dict[str, str] = {}
    unsure: set[str] = set()
    for event in history:
        if event.op not in {"close", "reopen", "withdraw"}:
            continue
        case = event.said.get("case", "")
        if event.phase == "ok":
            if event.op != "withdraw" and kept.get(event.said["sha256"]) != case:
                yield Anomaly("e", f"{case}: the hall has no approval {event.said['sha256'][:12]}")
            decided[case] = event.said["status"]
            unsure.discard(case)
        elif event.phase == "unknown":
            unsure.add(case)
    for case, status in decided.items():
        there = cases.get(case)
        if there is None or case in unsure:
            continue  # (a) tells of a case that is not there
        closed = _CLOSED.get(there["closed"] or "")
        if status != "received" and closed != status:
            yield Anomaly(
                "e", f"{case}: it was signed that it is {status}, the hall has {closed or 'it open'}"
            )
        if status == "received" and closed is not None:
            yield Anomaly("e", f"{case}: two persons reopened it, the hall has it {closed}")
    signed = {approval["case"] for approval in final.hall["approvals"]}
    signed |= {e["subject"] for e in final.hall["inbox"] if e["kind"] == "case_withdrawn"}
    for case in cases.values():
        if case["closed"] and case["id"] not in signed:
            yield Anomaly("e", f"{case['id']} is {case['closed']} and nobody signed for it")


# -- f ----------------------------------------------------------------------------------------------------
def _equal(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    for late in final.late:
        yield Anomaly("f", f"{late} did not converge in time")
    hall = {case["id"]: case for case in final.hall["cases"]}
    for name, station in final.stations.items():
        waiting = Counter(row["state"] for row in station["outbox"] if not row["acked"])
        for state, count in waiting.items():
            troubles = sorted({row["trouble"] for row in station["outbox"] if row["state"] == state})
            yield Anomaly("f", f"{name}: {count} events are {state} ({', '.join(troubles)})")
        mine = {case["id"] for case in station["cases"]}
        theirs = {case["id"] for case in hall.values() if case["station"] == station["station"]}
        for case in sorted(theirs - mine - set(station["purged"])):
            yield Anomaly("f", f"{name}: the hall has {case}, the station has not")
        for case in station["cases"]:
            yield from _same(name, case, hall.get(case["id"]))
    yield from _complete(final)


def _same(name: str, here: Said, there: Said | None) -> Iterator[Anomaly]:
    if there is None:
        yield Anomaly("f", f"{name}: the station has {here['id']}, the hall has not")
        return
    for what in ("receipt_no", "project_no"):
        if here[what] != there[what]:
            yield Anomaly(
                "f", f"{name}: {what} of {here['id']} is {here[what]} here and {there[what]} at the hall"
            )
    if there["accepted"] and here["papers"] != there["papers"]:
        yield Anomaly("f", f"{name}: the papers of {here['id']} stand otherwise at the hall")
    for what in ("version", "amended", "scans"):
        if here[what] != there[what]:
            yield Anomaly(
                "f", f"{name}: {what} of {here['id']}: {here[what]} here, {there[what]} at the hall"
            )
    status = status_of(there)
    if here["status"] not in status:
        yield Anomaly("f", f"{name}: {here['id']} is {here['status']} here and {status[0]} at the hall")


def _complete(final: Final) -> Iterator[Anomaly]:
    """Each scan that a case names is at the hall, whole, and the hall says that all of them are."""
    given = {(station, sha256) for station, sha256 in final.hall["scans"]}
    for case in final.hall["cases"]:
        for sha256 in case["scans"]:
            kept = final.hall["kept"].get(sha256)
            if (case["station"], sha256) not in given or kept is None:
                yield Anomaly("f", f"the hall lacks a scan of {case['id']}: {sha256[:12]}")
            elif kept != sha256:
                yield Anomaly("f", f"the hall keeps other bytes as a scan of {case['id']}: {sha256[:12]}")
        if bool(case["scans"]) != case["complete"]:
            yield Anomaly(
                "f",
                f"the hall says of {case['id']} with {len(case['scans'])} scans: complete {case['complete']}",
            )


def status_of(case: Said) -> tuple[str, ...]:
    """Return what a station may call a case that stands so at the hall."""
    if case["closed"]:
        return (_CLOSED[case["closed"]],)
    if case["concluded"]:
        return ("decided", "delivered")
    if not case["accepted"]:
        return (case["status"],)
    return ("dispatched",) if any(state != "waiting" for state in case["states"]) else ("accepted",)


# -- g ----------------------------------------------------------------------------------------------------
def _anchored(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    by_device = {station["device"]: (name, station) for name, station in final.stations.items()}
    for name, station in final.stations.items():
        for seq in station["broken"]:
            yield Anomaly("g", f"{name}: the audit chain breaks at {seq}")
        for seq, digest, genuine in station["stamps"]:
            if not genuine:
                yield Anomaly("g", f"{name}: the stamp on {seq} is not the hall's")
            elif station["audit"].get(str(seq)) != digest:
                yield Anomaly("g", f"{name}: the stamp on {seq} is for another entry")
        for row in station["outbox"]:
            if row["acked"] and not row["signed"]:
                yield Anomaly("g", f"{name}: {row['event']} counts as taken and no receipt fits it")
    for device, _, seq, digest in final.hall["stamps"]:
        if device in by_device and by_device[device][1]["audit"].get(str(seq)) != digest:
            yield Anomaly("g", f"{by_device[device][0]}: the hall stamped another entry at {seq}")
    held = {row["event"]: row["sha256"] for row in final.hall["inbox"]}
    for name, station in final.stations.items():
        for row in station["outbox"]:
            if row["signed"] and held.get(row["event"]) != row["sha256"]:
                yield Anomaly("g", f"{name}: the hall signed for {row['event']} and does not hold it")


# -- h ----------------------------------------------------------------------------------------------------
def _purged(history: Sequence[Event], final: Final) -> Iterator[Anomaly]:
    hall = {case["id"]: case for case in final.hall["cases"]}
    for name, station in final.stations.items():
        signed: dict[str, list[bool]] = defaultdict(list)
        for row in station["outbox"]:
            signed[row["subject"]].append(row["signed"])
        for case in station["purged"]:
            if not signed[case] or not all(signed[case]):
                yield Anomaly("h", f"{name}: {case} was purged before the hall had signed for all of it")
            there = hall.get(case)
            if there is None:
                yield Anomaly("h", f"{name}: {case} was purged and the hall has not got it")
            elif not (there["concluded"] or there["closed"]):
                yield Anomaly("h", f"{name}: {case} was purged and is open at the hall")
