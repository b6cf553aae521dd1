"""Has a scan drawn anew by the capped process, and believes nothing that comes out of it beyond its form."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from decoding.limits import Limits

WORKER = Path(__file__).with_name("worker.py")
_HEAD = 4096  # bytes of the line before the picture, at most
_PIECE = 65536
_BEGINNINGS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
}


class Undecodable(Exception):
    """A scan that was not drawn; `code` is one of unreadable, fonts, too_large, too_much."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scan drawn anew: only pixels. `cut_off` says that the process stood in a network of its own."""

    media: str
    content: bytes = field(repr=False)
    pages: int
    width: int  # of the first page, pixels
    height: int
    cut_off: bool


def decode(content: bytes, limits: Limits | None = None) -> Drawn:
    """Draw a scan anew: PNG, JPEG, TIFF, WebP as a picture, PDF and several pages as a PDF of pictures.

    Blocks for up to `limits.wall_s`. Raises Undecodable.
    """
    caps = limits or Limits()
    if len(content) > caps.bytes_in:
        raise Undecodable("too_large")
    said = _run(json.dumps(caps.said()).encode() + b"\n" + content, caps)
    head, _, drawn = said.partition(b"\n")
    try:
        told = json.loads(head)
        if "code" in told:
            raise Undecodable(str(told["code"]))
        media = str(told["media"])
        pages, width, height = (int(told[name]) for name in ("pages", "width", "height"))
    except (ValueError, TypeError, KeyError) as error:
        raise Undecodable("unreadable") from error
    if media not in _BEGINNINGS or not drawn.startswith(_BEGINNINGS[media]) or min(pages, width, height) < 1:
        raise Undecodable("unreadable")
    return Drawn(media, drawn, pages, width, height, bool(told.get("cut_off")))


def _run(said: bytes, caps: Limits) -> bytes:
    """Start the process, give it all, take what it says up to the cap; it is ended whatever it does.

    One that was ended by its caps (memory, computing time, time by the wall) asked for too much.
    """
    worker = subprocess.Popen(
        [sys.executable, "-I", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        close_fds=True,
    )
    try:
        answered = _talk(worker, said, caps)
        if answered is None:
            raise Undecodable("too_much")
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        raise Undecodable("too_much") from None
    finally:
        worker.kill()
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
    if worker.returncode != 0:
        raise Undecodable("too_much" if worker.returncode < 0 else "unreadable")
    return answered


def _talk(worker: subprocess.Popen[bytes], said: bytes, caps: Limits) -> bytes | None:
    """Write and read at once until the process closes its side; None when it takes too long or says too much."""
    if worker.stdin is None or worker.stdout is None:
        raise AssertionError("both streams are pipes")
    until = time.monotonic() + caps.wall_s
    rest, heard = memoryview(said), bytearray()
    into, out = worker.stdin.fileno(), worker.stdout.fileno()
    os.set_blocking(into, False)
    with selectors.DefaultSelector() as waiting:
        waiting.register(into, selectors.EVENT_WRITE)
        waiting.register(out, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or len(heard) > caps.bytes_out + _HEAD:
                return None
            for key, _ in waiting.select(left):
                if key.fd == out:
                    piece = os.read(out, _PIECE)
                    if not piece:
                        return bytes(heard)
                    heard += piece
                    continue
                try:
                    rest = rest[os.write(into, rest[:_PIECE]) :]
                except BrokenPipeError:
                    rest = rest[:0]
                if not rest:
                    waiting.unregister(into)
                    worker.stdin.close()
