"""The shim between a program and its files: built once a run, loaded before the C library, steered from inside."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("<cIqI")
KILL = 0  # in the place of an error: the program dies


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done: C(reate), W(rite), T(runcate), S(ync), U(nlink), D (a folder made), R(ename), or A: said."""

    kind: str
    path: str
    number: int  # offset of a write, size after a truncation
    data: bytes  # what was written or said, the new name


class NoCompiler(Exception):
    """There is no gcc; the set-up brings one where it may."""


def build(folder: Path) -> Path:
    """Compile the shim. Raises NoCompiler."""
    if shutil.which("gcc") is None:
        raise NoCompiler
    made = folder / "disk_shim.so"
    source = Path(__file__).with_name("disk_shim.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def environment(shim: Path, root: Path, record: Path | None = None) -> dict[str, str]:
    """What a program needs in its environment to be seen below `root`, and written down in `record`."""
    more = {"CRASH_LOG": str(record)} if record else {}
    return {**os.environ, "LD_PRELOAD": str(shim), "CRASH_ROOT": str(root), **more}


def ops_of(record: Path) -> Iterator[Op]:
    """Read a record in the order in which things were done."""
    raw = record.read_bytes()
    at = 0
    while at < len(raw):
        kind, path_length, number, data_length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        path = raw[at : at + path_length].decode()
        at += path_length
        yield Op(kind.decode(), path, number, raw[at : at + data_length])
        at += data_length


class Shim:
    """The shim of this very process."""

    def __init__(self) -> None:
        if "disk_shim" not in os.environ.get("LD_PRELOAD", ""):
            raise AssertionError("started without the shim")
        self._library = ctypes.CDLL(None)
        self._library.crash_counted.restype = ctypes.c_long
        self._library.crash_struck.restype = ctypes.c_char

    def say(self, folder: Path, text: str) -> None:
        """Put a word into the record: it stands there behind everything that was done before it."""
        self._library.crash_say(os.fsencode(folder), text.encode())

    def arm(self, nth: int, error: int, times: int = 1) -> None:
        """Let the `nth` changing call from now on fail with an errno, and `times` - 1 after it; -1: all. KILL: die."""
        self._library.crash_arm(ctypes.c_long(nth), ctypes.c_int(error), ctypes.c_long(times))

    def struck(self) -> str:
        """Return the kind of the call that was hit first since `arm`, as in an Op; C for any open that makes or empties a file."""
        return bytes(self._library.crash_struck()).decode().strip("\0")

    def disarm(self) -> int:
        """Let everything work again; return how many changing calls there were since `arm`."""
        counted = int(self._library.crash_counted())
        self.arm(0, 0, 0)
        return counted
