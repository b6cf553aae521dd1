"""Plays a journey or makes the pictures: python -m tests.journeys J1|shots [--json] [--keep DIR]."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.journeys import j1, j2, j3, j4, j5, j6, j7, j8

JOURNEYS = ("J1", "J2", "J3", "J4", "J5", "J6", "J7", "J8")
# Picture in docs/pictures -> screenshot of J1.
PICTURES = {
    "signin": "02-signin",
    "intake": "07-checked",
    "received": "08-received",
    "cases": "10-cases",
    "station": "11-station",
    "transfer": "11a-transfer",
    "results": "14-reprinted",
}


def main() -> int:
    """Run; a journey that gets stuck ends with a traceback and the last picture."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys")
    parser.add_argument("journey", choices=(*JOURNEYS, "shots"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--language", choices=("zh", "en"), default="zh", help="of all but J1")
    given = parser.parse_args()
    if given.journey == "shots":
        return _shots(given.keep or Path("docs/pictures"))
    keep = (given.keep or Path(tempfile.mkdtemp(prefix="journey-"))).resolve()
    story = asdict(_play(given.journey, keep, given.language))
    if given.json:
        sys.stdout.write(json.dumps(story, ensure_ascii=False) + "\n")
        return 0
    for name, value in story.items():
        shown = "\n    ".join(["", *value]) if name == "screenshots" else value
        sys.stdout.write(f"{name:13} {shown}\n")
    return 0


def _play(
    name: str, keep: Path, language: str
) -> j1.Story | j2.Errand | j4.Supervisor | j6.Troubles | j7.Morning:
    if name == "J2":
        return j2.play(keep, language)
    if name == "J3":
        return j3.play(keep, language)
    if name == "J6":
        return j6.play(keep, language)
    if name == "J4":
        return j4.play(keep, language)
    if name == "J7":
        return j7.play(keep, language)
    if name == "J5":
        return j5.play(keep, language)
    return j8.play(keep, language) if name == "J8" else j1.play(keep)


def _shots(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shots-") as scratch:
        story = j1.play(Path(scratch))
        taken = {Path(path).stem: path for path in story.screenshots}
        for name, source in PICTURES.items():
            shutil.copy(taken[source], folder / f"{name}.png")
        slip = folder / "slip"
        subprocess.run(["pdftoppm", "-r", "80", "-png", "-singlefile", story.reprint, str(slip)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
