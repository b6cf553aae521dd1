"""main.py card simulate FILE: puts a virtual card into a vpcd reader until interrupted, for training and for trying out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = "workstation.cardreader.virtual"  # a program of its own: the reader's code never meets the card's
_CARDS = Path(__file__).parent / "virtual" / "cards"
DONE, REFUSED, MISUSED = 0, 1, 2


def run(file: str | None, *, port: int) -> int:
    """Put the card in and wait for Ctrl+C or the end of input; return the exit code.

    1 when there is no such card or no reader on the port, with the reason; 2 without a file, with the cards there are.
    """
    if file is None:
        names = ", ".join(sorted(path.name for path in _CARDS.glob("*.json")))
        sys.stderr.write(f"which card? a file of yours, or one of: {names}\n")
        return MISUSED
    # The file is named from here, whatever folder the program starts in.
    known = str(Path(file).resolve()) if Path(file).exists() else file
    with subprocess.Popen(
        [sys.executable, "-m", _PROGRAM, "--port", str(port), known],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stdout is not None  # noqa: S101 - opened above; this tells mypy
        said = program.stdout.readline().strip()
        if not said.startswith("ok"):
            program.kill()
            sys.stderr.write(f"{said.removeprefix('error ')}\n")
            return REFUSED
        sys.stdout.write(f"{Path(file).name} is in the reader on port {port}; Ctrl+C takes it out\n")
        sys.stdout.flush()
        try:
            sys.stdin.read()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        # Closing the program's input, at the end of this block, takes the card out.
    return DONE
