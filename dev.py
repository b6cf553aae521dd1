#!/usr/bin/env python3
"""The one door for people who work on the code: `python3 dev.py` lists what it can do."""

# Only what Python 3.7 understands stands in this file, so that an old desktop's python3 gets a plain answer.
import os
import shutil
import sys

OLDEST = (3, 11)


def _step_up() -> None:
    """Start again with a newer Python of this machine; say what is wanted when there is none."""
    for minor in (13, 12, 11):
        newer = shutil.which("python3.%d" % minor)  # noqa: UP031
        if newer:
            os.execv(newer, [newer, *sys.argv])
    sys.exit("dev.py needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])  # noqa: UP031


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        _step_up()
    from devtools import commands

    sys.exit(commands.main(sys.argv[1:]))
