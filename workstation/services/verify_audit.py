"""Reads an audit chain from end to end and names every place where somebody has changed it.

Works on what a reader gives row by row, so that a chain of any length fits into memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wire.codec import Malformed, decode
from wire.messages import AuditStamp
from wire.signed import reply_is_genuine
from workstation.domain.audit import GENESIS
from workstation.domain.clerk import Deed

_FIELDS = ("seq", "prev", "at", "actor", "deed", "case", "note", "hash")
_MOST_PLACES = 50  # of one kind: more are told as a number


class Tamper(StrEnum):
    """What was done to the chain."""

    FLIPPED = "flipped"  # the entry is not what was written
    DROPPED = "dropped"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"  # the end is missing
    ROLLED_BACK = "rolled_back"  # an older chain stands in the place of the one that was stamped
    WRONG_STAMP = "wrong_stamp"  # a genuine stamp that is not of this entry
    EDITED_STAMP = "edited_stamp"  # the hall has not signed this
    REWRITTEN = "rewritten"  # whole in itself, and not what the hall has stamped


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was done, and to which entries: `first` to `last`."""

    kind: Tamper
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the chain as it stands: its place, the entry's text, and the columns beside it."""

    place: int
    entry: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Witness:
    """What a chain is held against. `stored` are the stamps of the store by their places; `outside` come from elsewhere."""

    device: str
    incarnation: int
    hall_key: bytes | None  # None before the station is enrolled: nothing can be stamped then
    end_mark: str = ""  # "<seq> <hash>" of the newest entry
    stored: tuple[tuple[int, str], ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found; `exposed` entries are newer than the newest stamp that fits, so only the chain itself vouches for them."""

    entries: int
    head: str
    stamped: AuditStamp | None
    findings: tuple[Finding, ...]

    @property
    def exposed(self) -> int:
        """How many entries no stamp covers."""
        return self.entries - (self.stamped.seq if self.stamped is not None else 0)


def verify(rows: Iterable[Row], witness: Witness) -> Verdict:
    """Check a chain against itself, its end mark and the hall's stamps."""
    kept = [_Stamp.read(text, witness, place) for place, text in witness.stored]
    brought = [_Stamp.read(text, witness) for text in witness.outside]
    wanted = {s.stamp.seq for s in (*kept, *brought) if s.stamp is not None}
    walk = _Walk(wanted)
    for row in rows:
        walk.take(row)
    devices = {witness.device, *walk.devices}
    stored, outside = ([s.held_to(devices, witness.incarnation) for s in found] for found in (kept, brought))
    findings = [*walk.findings(), *_end(walk, witness.end_mark)]
    findings += [f for s in stored if (f := s.fault) is not None]
    findings += [f for s in outside if (f := s.fault) is not None]
    findings += _held_against(walk, stored, Tamper.TRUNCATED, Tamper.REWRITTEN)
    findings += _held_against(walk, outside, Tamper.ROLLED_BACK, Tamper.ROLLED_BACK)
    good = [s.stamp for s in (*stored, *outside) if s.stamp and walk.kept.get(s.stamp.seq) == s.stamp.hash]
    newest = max(good, key=lambda stamp: (stamp.seq, stamp.at), default=None)
    return Verdict(walk.last_own, walk.head, newest, tuple(_merged(findings)))


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A stamp as it was found: usable, or what is wrong with it."""

    stamp: AuditStamp | None
    fault: Finding | None = None

    @staticmethod
    def read(text: str, witness: Witness, place: int | None = None) -> _Stamp:
        try:
            stamp = decode(AuditStamp, text)
        except Malformed:
            return _Stamp(None, Finding(Tamper.EDITED_STAMP, place or 0, place or 0))
        at = place if place is not None else stamp.seq
        if witness.hall_key is None or not reply_is_genuine(stamp, witness.hall_key):
            return _Stamp(None, Finding(Tamper.EDITED_STAMP, at, at))
        if at != stamp.seq:
            return _Stamp(None, Finding(Tamper.WRONG_STAMP, at, at))
        return _Stamp(stamp)

    def held_to(self, devices: set[str], incarnation: int) -> _Stamp:
        """Return what is left of it: given to one of these devices, in its present incarnation or one of before. What the hall
        stamped before a station was enrolled again is stamped as ever."""
        stamp = self.stamp
        if stamp is None or (stamp.device in devices and stamp.incarnation <= incarnation):
            return self
        return _Stamp(None, Finding(Tamper.WRONG_STAMP, stamp.seq, stamp.seq))


@dataclass(slots=True)
class _Walk:
    """One pass over the rows: remembers hashes only where a stamp asks for them, and places only where they are wrong."""

    wanted: set[int]
    kept: dict[int, str] = field(default_factory=dict)
    devices: set[str] = field(default_factory=set)  # that the station has been, by its own word
    last_own: int = 0  # the newest entry by its own number
    head: str = GENESIS
    _next: int = 1
    _before: str | None = GENESIS  # hash of the entry before; None when it cannot be told
    _shift: int = 0
    _shifts: list[tuple[int, int, int]] = field(default_factory=list)  # place, shift before, shift from here
    _moved: dict[int, int] = field(default_factory=dict)  # place -> own number, where they differ
    _flipped: list[int] = field(default_factory=list)
    _missing: list[Finding] = field(default_factory=list)

    def take(self, row: Row) -> None:
        gap = row.place > self._next
        if gap:
            self._missing.append(Finding(Tamper.DROPPED, self._next, row.place - 1))
        self._next = row.place + 1
        entry = _intact(row)
        if entry is None:
            self._flipped.append(row.place)
            self._before = None
            self.last_own = max(self.last_own, row.place + self._shift)
            return
        own = int(str(entry["seq"]))
        shift = own - row.place
        if shift:
            self._moved[row.place] = own
        if shift != self._shift:
            self._shifts.append((row.place, self._shift, shift))
        elif self._before is not None and not gap and entry["prev"] != self._before:
            # Its hash fits its content, but the entry after it remembers another one.
            self._flipped.append(row.place - 1)
        self._shift, self._before = shift, str(entry["hash"])
        if own >= self.last_own:
            self.last_own, self.head = own, str(entry["hash"])
        if own in self.wanted:
            self.kept[own] = str(entry["hash"])
        if entry["deed"] in _ENROLMENTS:
            self.devices.add(str(entry["note"]).partition(" ")[0])

    def findings(self) -> Iterator[Finding]:
        """Say what the places tell: entries that changed places among themselves, or came in, or went."""
        yield from self._missing
        inserted: set[int] = set()
        if self._moved and set(self._moved) == set(self._moved.values()):
            yield from (Finding(Tamper.REORDERED, place, place) for place in self._moved)
        else:
            for place, before, now in self._shifts:
                if now > before:
                    yield Finding(Tamper.DROPPED, place + before, place + now - 1)
                else:
                    inserted |= set(range(place - (before - now), place))
            yield from (Finding(Tamper.INSERTED, place, place) for place in sorted(inserted))
        yield from (Finding(Tamper.FLIPPED, place, place) for place in self._flipped if place not in inserted)


def _intact(row: Row) -> Mapping[str, object] | None:
    """Return the entry when it is just what was written: canonical, its hash over all of it, its columns the same."""
    try:
        said = json.loads(row.entry)
    except ValueError:
        return None
    if not isinstance(said, dict) or set(said) != set(_FIELDS) or type(said["seq"]) is not int:
        return None
    if not all(type(said[name]) is str for name in _FIELDS[1:]):
        return None
    if json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) != row.entry:
        return None
    at = said["at"].replace("Z", "+00:00")  # as domain.audit hashes it
    body = [said["seq"], said["prev"], at, said["actor"], said["deed"], said["case"], said["note"]]
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != said["hash"]:
        return None
    beside = row.beside
    same = all(beside[name] == said[name] for name in ("actor", "deed", "case") if name in beside)
    # The column has a fixed number of digits, so that it sorts.
    return said if same and ("at" not in beside or _at_of(said["at"]) == beside["at"]) else None


def _at_of(text: str) -> str:
    return text if "." in text else text.replace("Z", ".000000Z")


def _end(walk: _Walk, mark: str) -> Iterator[Finding]:
    said, _, digest = mark.partition(" ")
    seq = int(said) if said.isdigit() else 0
    if seq > walk.last_own:
        yield Finding(Tamper.TRUNCATED, walk.last_own + 1, seq)
    elif seq < walk.last_own:
        yield Finding(Tamper.INSERTED, seq + 1, walk.last_own)
    elif digest != walk.head and walk.last_own:
        yield Finding(Tamper.FLIPPED, walk.last_own, walk.last_own)


def _held_against(walk: _Walk, stamps: list[_Stamp], short: Tamper, other: Tamper) -> Iterator[Finding]:
    good = 0
    genuine = sorted((s.stamp for s in stamps if s.stamp is not None), key=lambda stamp: stamp.seq)
    for stamp in genuine:
        found = walk.kept.get(stamp.seq)
        if stamp.seq > walk.last_own:
            yield Finding(short, walk.last_own + 1, stamp.seq)
        elif found is not None and found != stamp.hash:
            yield Finding(other, good + 1, stamp.seq)
        elif found is not None:
            good = stamp.seq


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Name each thing once, ranges that touch as one."""
    for kind in Tamper:
        open_: Finding | None = None
        for each in sorted((f for f in findings if f.kind is kind), key=lambda f: (f.first, f.last)):
            # Stamps and exchanged entries are named one by one.
            if (
                open_ is not None
                and each.first <= open_.last + 1
                and (each.first <= open_.last or kind not in _SINGLY)
            ):
                open_ = Finding(kind, open_.first, max(open_.last, each.last))
                continue
            if open_ is not None:
                yield open_
            open_ = each
        if open_ is not None:
            yield open_


_ENROLMENTS = frozenset({Deed.ENROLLED.value, Deed.REENROLLED.value})  # their notes begin with the device
_SINGLY = frozenset({Tamper.WRONG_STAMP, Tamper.EDITED_STAMP, Tamper.REORDERED})
