"""The author's door.

python -m catalogue check FOLDER                  every fault and hint; 1 when there is a fault
python -m catalogue preview FOLDER ITEM... -o X   the merged form and checklist as a page (HTML)
python -m catalogue diff OLD NEW                  folders or releases
python -m catalogue release FOLDER -o FILE        one file for stations; prints its sha256
python -m catalogue synthetic FOLDER -o FILE      a release of 8,033 items that nobody offers
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from datetime import date
from pathlib import Path

from catalogue.authoring import look
from catalogue.broken import CatalogueBroken
from catalogue.compare import differences
from catalogue.lines import located
from catalogue.load import load_catalogue, read_sources
from catalogue.model import Catalogue
from catalogue.release import make_release, open_release
from catalogue.synthetic import synthetic

DONE, FAULTS, MISUSED = 0, 1, 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m catalogue", description="for authors of items")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="every fault and hint")
    check.add_argument("folder", type=Path)
    check.add_argument("--hints", action="store_true", help="tell what looks forgotten, too")
    preview = commands.add_parser("preview", help="the merged form and checklist as a page")
    preview.add_argument("folder", type=Path)
    preview.add_argument("items", nargs="+", metavar="ITEM", help="items, or one bundle")
    preview.add_argument("--language", choices=("zh", "en"), default="zh")
    diff = commands.add_parser("diff", help="what is different between two catalogues")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    release = commands.add_parser("release", help="one file for stations")
    release.add_argument("folder", type=Path)
    thousands = commands.add_parser("synthetic", help="a release of 8,033 items, for speed and search")
    thousands.add_argument("folder", type=Path)
    for command in (preview, release, thousands):
        command.add_argument("-o", "--output", type=Path, required=True)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        return _run(given)
    except CatalogueBroken as broken:
        sys.stderr.write(f"{broken}\n")
        return FAULTS
    except KeyError as unknown:
        sys.stderr.write(f"no such item or bundle: {unknown}\n")
        return MISUSED


def _run(given: argparse.Namespace) -> int:
    if given.command == "check":
        found = look(given.folder, date.today())  # noqa: DTZ011 - an author's own day
        for each in found:
            if each.fault or given.hints:
                _say(str(each))
        faults = sum(each.fault for each in found)
        _say(f"{faults} faults, {len(found) - faults} hints")
        return FAULTS if faults else DONE
    if given.command == "diff":
        for line in differences(_load(given.old), _load(given.new)):
            _say(line)
        return DONE
    if given.command == "preview":
        from catalogue.preview import page  # noqa: PLC0415 - brings the forms room

        given.output.write_text(
            page(load_catalogue(given.folder), given.items, given.language), encoding="utf-8"
        )
        _say(str(given.output))
        return DONE
    try:
        sources = read_sources(given.folder)
        content = make_release(synthetic(sources) if given.command == "synthetic" else sources)
    except CatalogueBroken as broken:
        raise located(given.folder, broken) from broken
    given.output.write_bytes(content)
    _say(hashlib.sha256(content).hexdigest())
    return DONE


def _load(path: Path) -> Catalogue:
    return load_catalogue(path) if path.is_dir() else open_release(path)[0]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
