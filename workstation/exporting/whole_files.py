"""A file is written whole or not at all, and only its owner can read it."""

from __future__ import annotations

import os
from pathlib import Path


def write_file(out: Path, content: bytes) -> None:
    """Write beside its place and move there. Raises OSError."""
    part = out.with_name(out.name + ".part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    part.replace(out)
