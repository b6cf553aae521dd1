"""Decides whether a run was right: a pure function of what the stations know and of what the hall's database holds.

lost: what was acknowledged is not there, or is another; doubled: it is there more than once; gap: a chain has a hole or a place
of another; receipt: what the hall signed does not fit what it holds; told: `applied` was said twice of one event; feed: a change
is missing, doubled or out of order; refused: a good event was; waiting: a station could not get rid of what it has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.torture.held import Held, Row
from tests.torture.station import Account, Heard
from wire.codec import decode, digest
from wire.department_feed import DepartmentEvent, TaskNews
from wire.messages import CaseReceived, Change, Envelope, EventKind, PushResult, PushStatus
from wire.signed import receipt_is_genuine

_GENESIS = "0" * 64
_WELL = (PushStatus.APPLIED, PushStatus.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Something that must not be. `what` says which ids."""

    check: str
    what: str


@dataclass(frozen=True)
class _Index:
    held: Held

    @cached_property
    def inbox(self) -> dict[str, list[Row]]:
        return _by(self.held.inbox, "event")

    @cached_property
    def places(self) -> dict[str, list[Row]]:
        return _by(self.held.places, "event")

    @cached_property
    def chains(self) -> dict[str, list[Row]]:
        return _by(sorted(self.held.places, key=lambda row: int(row["seq"])), "device")

    @cached_property
    def cases(self) -> dict[str, list[Row]]:
        return _by(self.held.cases, "id")


def judge(accounts: Sequence[Account], held: Held) -> list[Anomaly]:
    """Return everything that must not be."""
    index = _Index(held)
    checks = (_acknowledged, _receipts, _told, _chain, _steps, _seen)
    found = [anomaly for account in accounts for each in checks for anomaly in each(account, index)]
    return [*found, *_cases(accounts, index), *_feed(index), *_dispatched(held)]


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def _signed_for(account: Account) -> dict[str, list[Heard]]:
    """Return what was heard of each event that the hall gave a receipt for."""
    found: dict[str, list[Heard]] = defaultdict(list)
    for heard in account.heard:
        if heard.receipt is not None:
            found[heard.event].append(heard)
    return found


def _acknowledged(account: Account, index: _Index) -> Iterator[Anomaly]:
    signed = _signed_for(account)
    for envelope in account.sent:
        if envelope.id not in signed:
            continue
        for name, rows in (("inbox", index.inbox), ("places", index.places)):
            found = rows.get(envelope.id, [])
            if len(found) != 1:
                yield Anomaly("doubled" if found else "lost", f"{envelope.id}: {len(found)} rows in {name}")
            for row in found:
                there = row["device"], row["seq"], row["sha256"]
                if there != (account.device, envelope.seq, envelope.sha256):
                    yield Anomaly("lost", f"{envelope.id}: another stands for it in {name}")
        for row in index.inbox.get(envelope.id, []):
            kept = decode(Envelope, row["envelope"])
            if kept != envelope or digest(kept.body) != envelope.sha256:
                yield Anomaly("lost", f"{envelope.id}: the inbox has other words")
    for event in sorted({heard.event for heard in account.heard} - {each.id for each in account.sent}):
        yield Anomaly("receipt", f"{event}: nobody sent it to {account.station}")


def _receipts(account: Account, index: _Index) -> Iterator[Anomaly]:
    sent = {each.id: each for each in account.sent}
    for event, heard in _signed_for(account).items():
        receipts = {each.receipt for each in heard}
        kept = {decode(PushResult, row["result"]).receipt for row in index.inbox.get(event, [])}
        if len(receipts) > 1 or not receipts <= kept:
            yield Anomaly("receipt", f"{event}: {len(receipts)} receipts, none of which or not each is kept")
        for receipt in receipts:
            fits = receipt is not None and receipt.event == event and event in sent
            if receipt is None or not fits or receipt.sha256 != sent[event].sha256:
                yield Anomaly("receipt", f"{event}: a receipt for something else")
            elif not receipt_is_genuine(receipt, index.held.public, index.held.signature):
                yield Anomaly("receipt", f"{event}: not signed by the hall")


def _told(account: Account, _: _Index) -> Iterator[Anomaly]:
    applied = Counter(heard.event for heard in account.heard if heard.status is PushStatus.APPLIED)
    for event, count in applied.items():
        if count > 1:
            yield Anomaly("told", f"{event}: applied {count} times")
    for heard in account.heard:
        if heard.status not in _WELL or heard.receipt is None:
            yield Anomaly("refused", f"{heard.event}: {heard.status.value} {heard.code}")
    if account.settled < len(account.sent):
        yield Anomaly("waiting", f"{account.station}: {len(account.sent) - account.settled} events")


def _chain(account: Account, index: _Index) -> Iterator[Anomaly]:
    chain = index.chains.get(account.device, [])
    prev = _GENESIS
    for place, (row, seq) in enumerate(zip(chain, range(1, len(chain) + 1), strict=True)):
        if row["seq"] != seq:
            yield Anomaly("gap", f"{account.station}: {row['seq']} stands at {seq}")
            break
        if row["prev"] != prev:
            yield Anomaly("gap", f"{account.station}: the chain is broken at {seq}")
        if place >= len(account.sent) or row["event"] != account.sent[place].id:
            yield Anomaly("gap", f"{account.station}: {seq} is another event's")
        prev = row["sha256"]
    (device,) = (row for row in index.held.devices if row["id"] == account.device)
    if (device["last_seq"], device["last_sha256"]) != (len(chain), prev):
        yield Anomaly("gap", f"{account.station}: its head is {device['last_seq']}, its chain {len(chain)}")
    last = max((each.seq for each in account.sent if each.id in _signed_for(account)), default=0)
    if len(chain) < last:
        yield Anomaly("lost", f"{account.station}: signed for up to {last}, holds {len(chain)}")


def _steps(account: Account, index: _Index) -> Iterator[Anomaly]:
    """What a later step of a case wrote is there once."""
    signed = _signed_for(account)
    sheets = Counter(row["case"] for row in index.held.slips)
    for envelope in account.sent:
        if envelope.id not in signed:
            continue
        if envelope.kind is EventKind.SLIP_PRINTED and sheets[envelope.subject] != 1:
            count = sheets[envelope.subject]
            yield Anomaly("doubled" if count else "lost", f"{envelope.subject}: {count} sheets")
        accepted = [row["accepted"] for row in index.cases.get(envelope.subject, [])]
        if envelope.kind is EventKind.CASE_ACCEPTED and accepted != [envelope.body]:
            yield Anomaly("lost", f"{envelope.subject}: its acceptance")


def _cases(accounts: Sequence[Account], index: _Index) -> Iterator[Anomaly]:
    registered: Counter[str] = Counter()
    for row in index.held.inbox:
        envelope = decode(Envelope, row["envelope"])
        if envelope.kind is EventKind.CASE_RECEIVED:
            registered[envelope.subject] += 1
    parts = Counter(row["case"] for row in index.held.sub_cases)
    known: set[str] = set()
    for account in accounts:
        signed = _signed_for(account)
        for envelope in account.sent:
            if envelope.kind is not EventKind.CASE_RECEIVED:
                continue
            known.add(envelope.subject)
            if envelope.id not in signed:
                continue
            yield from _case(decode(CaseReceived, envelope.body), envelope, index, registered, parts)
    for name in ("id", "receipt_no", "project_no"):
        for value, count in Counter(row[name] for row in index.held.cases).items():
            if count > 1:
                yield Anomaly("doubled", f"{name} {value}: {count} cases")
    for case in sorted({row["id"] for row in index.held.cases} - known):
        yield Anomaly("doubled", f"{case}: a case that nobody received")


def _case(
    said: CaseReceived, envelope: Envelope, index: _Index, registered: Counter[str], parts: Counter[str]
) -> Iterator[Anomaly]:
    case = envelope.subject
    found = index.cases.get(case, [])
    if [row["receipt_no"] for row in found] != [said.receipt_no]:
        yield Anomaly("doubled" if len(found) > 1 else "lost", f"{case}: {len(found)} cases")
    if registered[case] > 1:
        yield Anomaly("doubled", f"{case}: registered by {registered[case]} events")
    if found and parts[case] != len(said.sub_cases):
        yield Anomaly("doubled", f"{case}: {parts[case]} items of {len(said.sub_cases)}")


def _feed(index: _Index) -> Iterator[Anomaly]:
    """Each change of a case stands in the feed once, in the order in which it is read."""
    told: dict[str, list[int]] = defaultdict(list)
    for row in _in_order(index.held.feed):
        change = decode(Change, row["change"])
        told[change.subject].append(change.rev)
    for row in index.held.cases:
        if told[row["id"]] != list(range(1, row["rev"] + 1)):
            yield Anomaly("feed", f"{row['id']}: told {told[row['id']]}, stands at {row['rev']}")
    for case in sorted(set(told) - set(index.cases)):
        yield Anomaly("feed", f"{case}: told of and not there")


def _seen(account: Account, index: _Index) -> Iterator[Anomaly]:
    """What a station was given by its cursor, through all faults, is the feed: nothing left out, twice, or otherwise."""
    mine = [row for row in _in_order(index.held.feed) if row["station"] == account.station]
    told = [decode(Change, row["change"]) for row in mine]
    if list(account.seen) == told:
        return
    seen, there = Counter(map(_name, account.seen)), Counter(map(_name, told))
    missed, more = there - seen, seen - there
    where = "in another order" if not missed and not more else f"missed {len(missed)}, {len(more)} too many"
    yield Anomaly("feed", f"{account.station}: {where}")


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["xid"], row["seq"]))


def _name(change: Change) -> tuple[str, int]:
    return change.subject, change.rev


def _dispatched(held: Held) -> Iterator[Anomaly]:
    """A department is told once of each task that it gets."""
    events = [decode(DepartmentEvent, row["body"]) for row in held.department_feed]
    told = Counter(event.task for event in events if event.kind is TaskNews.TASK_DISPATCHED)
    for task, count in told.items():
        if count > 1:
            yield Anomaly("doubled", f"task {task}: dispatched {count} times")
    for row in held.sub_cases:
        if row["dispatched_at"] is not None and row["id"] not in told:
            yield Anomaly("lost", f"task {row['id']}: no department was told")
