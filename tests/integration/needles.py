"""Looks through files for what may not stand there, in every writing a program or a library would give it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from pathlib import Path


def _inside_base64(text: bytes, encode: Callable[[bytes], bytes]) -> set[bytes]:
    """The characters that stay the same wherever the text begins inside what was encoded."""
    found = set()
    for shift in range(3):
        written = encode(bytes(shift) + text).rstrip(b"=")
        # The first characters mix with what stands before, the last with what stands behind.
        found.add(written[(shift * 8 + 5) // 6 : (shift + len(text)) * 8 // 6])
    return found


WRITINGS: dict[str, Callable[[str], set[bytes]]] = {
    "utf-8": lambda text: {text.encode()},
    "utf-16-le": lambda text: {text.encode("utf-16-le")},
    "utf-16-be": lambda text: {text.encode("utf-16-be")},
    "gb18030": lambda text: {text.encode("gb18030")},
    "base64": lambda text: _inside_base64(text.encode(), base64.b64encode),
    "base64url": lambda text: _inside_base64(text.encode(), base64.urlsafe_b64encode),
    "hex": lambda text: {text.encode().hex().encode()},
    "HEX": lambda text: {text.encode().hex().upper().encode()},
    "json": lambda text: {json.dumps(text)[1:-1].encode()},
    "percent": lambda text: {"".join(f"%{byte:02X}" for byte in text.encode()).encode()},
}


def needles(secrets: Iterable[str]) -> dict[bytes, str]:
    """Return what to look for -> how it is called: a number in the list and a writing, never the secret itself."""
    found: dict[bytes, str] = {}
    for n, secret in enumerate(secrets):
        for name, write in WRITINGS.items():
            for needle in write(secret):
                found.setdefault(needle, f"secret {n} as {name}")
    return found


def hits(files: Iterable[Path], wanted: dict[bytes, str]) -> list[str]:
    """Return where what was found, file names included."""
    found = []
    for path in files:
        content = path.read_bytes() + b"\n" + str(path).encode()
        found += [f"{path}: {name}" for needle, name in wanted.items() if needle in content]
    return found
