"""A disk that forgets: what may be left of a folder when the power goes at a moment of a record.

The model is POSIX read strictly, with the tearing and the garbage of SQLite's own crash tests (sqlite.org/testing.html 3.3,
src/test6.c; sqlite.org/atomiccommit.html 2): docs/crash-proofs.md says what is assumed and what is not.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.crash.shim import Op

_SECTORS = (512, 4096)
_NO_PART_OF_IT = "-shm"  # the log's index: mapped memory, made anew from the log whenever a store is opened


class Loss(StrEnum):
    """What became of everything that nobody had waited for."""

    NOTHING = "nothing"  # a program that was killed: the system writes it all
    ALL = "all"
    LATEST = "latest"  # written in order up to some place
    SECTORS = "sectors"  # some sectors of it, in any order
    GARBAGE = "garbage"  # likewise, and where a sector was lost stands anything
    SIZES = "sizes"  # likewise, but the files have their new sizes already: zeros where nothing was written


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    # Not waited for: offset and bytes, or a new size.
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def settle(self) -> None:
        for at, data in self.pending:
            _put(self.durable, at, data)
        self.pending.clear()


@dataclass(frozen=True, slots=True)
class _Name:
    """A change of a folder that nobody has waited for: `file` appears under `path` (None: a folder), or it goes."""

    kind: str
    path: str
    file: _File | None = None
    to: str = ""


class Disk:
    """Follows a record below one folder and makes images of what a power cut leaves at this very moment."""

    def __init__(self, root: str, deaf_to: str = "") -> None:
        """`deaf_to`: files with this suffix are never waited for, which is a bug to be found."""
        self._root = root
        self._deaf_to = deaf_to
        self._names: dict[str, _File | None] = {}
        self._durable: dict[str, _File | None] = {}
        self._pending: list[_Name] = []
        self.writes = 0
        self.syncs = 0

    def apply(self, op: Op) -> None:
        """Let one thing be done."""
        path = op.path
        if path.endswith(_NO_PART_OF_IT) or op.kind == "A":
            return
        self.writes += op.kind in "WTRUCD"
        if op.kind in "CD":
            self._change(_Name(op.kind, path, _File() if op.kind == "C" else None))
        elif op.kind in "UR":
            self._change(_Name(op.kind, path, None, op.data.decode()))
        elif op.kind == "S":
            self._sync(path)
        elif (file := self._names.get(path)) is not None:
            file.pending.append((op.number, op.data if op.kind == "W" else None))
        else:
            raise AssertionError(f"{op.kind} of a file that was never made: {path}")

    def image(self, folder: Path, loss: Loss, chance: random.Random) -> None:
        """Write what is left into an empty folder."""
        sector = chance.choice(_SECTORS)
        for path, file in self._names_after(loss, chance).items():
            target = folder / path[len(self._root) + 1 :]
            if file is None:
                target.mkdir(exist_ok=True, parents=True)
            elif target.parent.is_dir():
                target.write_bytes(_left_of(file, loss, sector, chance))

    def contents(self) -> dict[str, bytes]:
        """Return every file as a program sees it, by its place below the folder: the record is whole when this is so."""
        left = {}
        for path, file in self._names.items():
            if file is not None:
                content = bytearray(file.durable)
                for at, data in file.pending:
                    _put(content, at, data)
                left[path[len(self._root) + 1 :]] = bytes(content)
        return left

    def _change(self, name: _Name) -> None:
        self._pending.append(name)
        _rename(self._names, name)

    def _sync(self, path: str) -> None:
        self.syncs += 1
        if self._deaf_to and path.endswith(self._deaf_to):
            return
        file = self._names.get(path)
        if file is not None:
            file.settle()
            return
        # A folder: what stands in it is found again.
        stay = []
        for name in self._pending:
            if name.path.rpartition("/")[0] == path:
                _rename(self._durable, name)
            else:
                stay.append(name)
        self._pending = stay

    def _names_after(self, loss: Loss, chance: random.Random) -> dict[str, _File | None]:
        names = dict(self._durable)
        kept = self._pending
        if loss is Loss.ALL:
            kept = []
        elif loss is Loss.LATEST:
            kept = kept[: chance.randint(0, len(kept))]
        elif loss is not Loss.NOTHING:
            kept = [name for name in kept if chance.random() < 0.5]
        for name in kept:
            _rename(names, name)
        return names


def _rename(names: dict[str, _File | None], name: _Name) -> None:
    if name.kind in "CD":
        names[name.path] = name.file
    else:
        file = names.pop(name.path, None)
        if name.kind == "R" and file is not None:
            names[name.to] = file


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    content.extend(bytes(max(at - len(content), 0)))
    content[at : at + len(data)] = data


def _left_of(file: _File, loss: Loss, sector: int, chance: random.Random) -> bytes:
    content = bytearray(file.durable)
    pending = file.pending
    if loss is Loss.NOTHING:
        kept: Iterable[tuple[int, bytes | None]] = pending
    elif loss is Loss.ALL:
        kept = ()
    elif loss is Loss.LATEST:
        kept = _cut(pending, sector, chance)
    else:
        likely = chance.choice((0.1, 0.5, 0.9))
        kept = _sectors(pending, sector, likely, chance, garbage=loss is Loss.GARBAGE)
    for at, data in kept:
        _put(content, at, data)
    if loss is Loss.SIZES:
        longest = max((at + len(data) for at, data in pending if data is not None), default=0)
        content.extend(bytes(max(longest - len(content), 0)))
    return bytes(content)


def _cut(
    pending: list[tuple[int, bytes | None]], sector: int, chance: random.Random
) -> list[tuple[int, bytes | None]]:
    whole = chance.randint(0, len(pending))
    kept = pending[:whole]
    if whole < len(pending):
        at, data = pending[whole]
        if data is not None:
            kept.append((at, data[: chance.randint(0, len(data) // sector) * sector]))
    return kept


def _sectors(
    pending: list[tuple[int, bytes | None]],
    sector: int,
    likely: float,
    chance: random.Random,
    *,
    garbage: bool,
) -> Iterable[tuple[int, bytes | None]]:
    for at, data in pending:
        if data is None:
            if chance.random() < likely:
                yield at, None
            continue
        begin = 0
        while begin < len(data):
            # Sectors lie where the disk has them, not where a write begins; what a write does not touch stays
            # (sqlite.org/psow.html).
            end = min(begin + sector - (at + begin) % sector, len(data))
            if chance.random() < likely:
                yield at + begin, data[begin:end]
            elif garbage and chance.random() < 0.5:
                yield at + begin, chance.randbytes(end - begin)
            begin = end
