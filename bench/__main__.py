"""python -m bench NAME [--json] [--long]: measure one question; without a name, list them.

A bench is a module of this package with `measure(*, long: bool)`, which gives its figures as they are taken.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
from pathlib import Path

from bench import harness
from bench.goals import said_of

_NO_BENCHES = ("__init__", "__main__", "goals", "harness")


def questions() -> dict[str, str]:
    """Return the names of the benches with the first line of what each says of itself, without importing them."""
    files = sorted(path for path in Path(__file__).parent.glob("*.py") if path.stem not in _NO_BENCHES)
    parsed = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    return {
        name: (ast.get_docstring(tree) or "").partition("\n")[0]
        for name, tree in parsed.items()
        if any(isinstance(node, ast.FunctionDef) and node.name == "measure" for node in tree.body)
    }


def main() -> int:
    """Run the bench that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Figures beside their floors.")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, one a figure")
    parser.add_argument("--long", action="store_true", help="more runs")
    given = parser.parse_args()
    known = questions()
    if given.name is None:
        for name, told in known.items():
            print(f"{name:12} {told}")
        return 0
    if given.name not in known:
        print(f"no bench is called {given.name}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    bench = importlib.import_module(f"bench.{given.name}")
    harness.show(bench.measure(long=given.long), as_json=given.json, goal=said_of)
    return 0


if __name__ == "__main__":
    sys.exit(main())
