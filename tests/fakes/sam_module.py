"""A simulated SAM module behind a pseudo-terminal: the outermost edge, in place of a licensed reader."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Mapping
from types import TracebackType

from workstation.cardreader.identity_card.frame import PREAMBLE, command

_END = b"\xff\xff\xff"  # from our own side of the terminal
FIND, SELECT, READ = command(0x20, 0x01), command(0x20, 0x02), command(0x30, 0x01)


def frame(content: bytes) -> bytes:
    """Wrap status and data as the module does."""
    body = (len(content) + 1).to_bytes(2, "big") + content
    check = 0
    for byte in body:
        check ^= byte
    return PREAMBLE + body + bytes((check,))


def block(places: Mapping[int, str]) -> bytes:
    """Make a text block: UTF-16LE texts by offset, blanks elsewhere."""
    made = bytearray(" ".encode("utf-16-le") * 128)
    for offset, text in places.items():
        raw = text.encode("utf-16-le")
        made[offset : offset + len(raw)] = raw
    return bytes(made)


CITIZEN = block(
    {
        0: "测试一",
        30: "2",
        32: "01",
        36: "18990101",
        52: "广州市越秀区测试路1号",
        122: "44010018990101002X",
        158: "测试市公安局",
        188: "20200101",
        204: "长期",
    }
)
PHOTO = bytes(range(256)) * 4


class SamModule:
    """Answers find, select and read; `faults` change an answer by the name of its step."""

    def __init__(self, text: bytes = CITIZEN, *, faults: Mapping[str, bytes] | None = None) -> None:
        self._text = text
        self._faults = dict(faults or {})
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.name = os.ttyname(self._slave)
        self.heard: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> SamModule:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Our own last word ends the thread; closing a descriptor under a read would not.
        os.write(self._slave, _END)
        self._thread.join(5)
        os.close(self._slave)
        os.close(self._master)

    def _serve(self) -> None:
        came = b""
        while not came.endswith(_END):
            came += os.read(self._master, 4096)
            for order in (FIND, SELECT, READ):
                if came.endswith(order):
                    self.heard.append(order)
                    os.write(self._master, self._answer(order))

    def _answer(self, order: bytes) -> bytes:
        if order == FIND:
            return self._faults.get("find", frame(bytes.fromhex("00009F00000000")))
        if order == SELECT:
            return self._faults.get("select", frame(bytes.fromhex("000090") + bytes(8)))
        lengths = len(self._text).to_bytes(2, "big") + len(PHOTO).to_bytes(2, "big")
        return self._faults.get("read", frame(bytes.fromhex("000090") + lengths + self._text + PHOTO))
