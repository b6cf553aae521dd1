"""A file is written whole or not at all, and only its owner can read it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_file(out: Path, content: bytes) -> None:
    """Write beside its place and move there; nothing stays there of a try that failed. Raises OSError."""
    # A name that nobody can know before: in a folder that others write to, a link of theirs could stand there.
    opened, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(opened, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        part.replace(out)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
