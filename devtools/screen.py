"""A screen for the window: the one that is there, or a private Xvfb for as long as it is needed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from demo.service import LEASH

# A little larger than the 1366x768 that the window must fit on, so that nothing is pushed off the edge.
_SIZE = "1400x900x24"


def is_there() -> bool:
    """Say whether a person could see a window here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def private(size: str = _SIZE) -> Iterator[dict[str, str]]:
    """Give the environment in which windows open on an Xvfb of our own; raise OSError when it does not start."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as answers:
        try:
            # Without -noreset it starts over whenever its last program leaves, and turns away who comes just then (5 of 60).
            options = ["-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
            server = subprocess.Popen(
                [*LEASH, "Xvfb", *options],
                pass_fds=(writing,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(writing)
        try:
            number = answers.readline().strip()  # Ends without a number when the server ends.
            if not number:
                raise OSError("Xvfb did not start")
            environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
            yield {**environment, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()
