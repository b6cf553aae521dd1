"""A simulated thermal printer: listens where a real one would, and keeps what it would have printed as PNG files.

python -m demo.roll_printer --folder var/roll [--port 9100]
"""

from __future__ import annotations

import argparse
import socket
import struct
import zlib
from itertools import count
from pathlib import Path

_RASTER, _INIT, _FEED, _CUT = b"\x1dv0", b"\x1b@", b"\x1bd", b"\x1dVB"


class NotEscPos(Exception):
    """Bytes that the simulated printer has no command for."""


def pages_of(content: bytes) -> list[list[bytes]]:
    """Read ESC/POS as the printer would: a page is what was printed before a cut, as rows of bits, 1 for black."""
    pages: list[list[bytes]] = []
    rows: list[bytes] = []
    at = 0
    while at < len(content):
        if content.startswith(_INIT, at):
            at += 2
        elif content.startswith(_FEED, at):
            at += 3
        elif content.startswith(_CUT, at):
            at += 4
            pages.append(rows)
            rows = []
        elif content.startswith(_RASTER, at):
            width, height = struct.unpack_from("<HH", content, at + 4)
            at += 8
            if at + width * height > len(content):
                raise NotEscPos("the picture ends before its last row")
            rows += [content[at + row * width : at + (row + 1) * width] for row in range(height)]
            at += width * height
        else:
            raise NotEscPos(f"no command at byte {at}")
    if rows:
        raise NotEscPos("the paper was not cut")
    return pages


def to_png(rows: list[bytes]) -> bytes:
    """A page as a PNG of one bit a dot."""
    width = len(rows[0]) * 8
    lines = b"".join(b"\0" + bytes(byte ^ 0xFF for byte in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def serve(listener: socket.socket, folder: Path, jobs: int = 0) -> None:
    """Take jobs one after the other, for ever or so many; each page becomes <job>-<page>.png."""
    folder.mkdir(parents=True, exist_ok=True)
    for job in count(1):
        line, _ = listener.accept()
        with line, line.makefile("rb") as stream:
            content = stream.read()
        for number, rows in enumerate(pages_of(content), start=1):
            (folder / f"{job}-{number}.png").write_bytes(to_png(rows))
        if job == jobs:
            return


def main() -> None:
    """Listen on 127.0.0.1."""
    parser = argparse.ArgumentParser(
        prog="python -m demo.roll_printer", description="A simulated thermal printer."
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, default=9100)
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", given.port)) as listener:
        print(f"simulated roll printer on 127.0.0.1:{given.port}, pages in {given.folder}", flush=True)
        serve(listener, given.folder)


if __name__ == "__main__":
    main()
