"""The commands of dev.py: each brings the checkout up to date first, then does one thing."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Callable

from devtools import checks, machine, packages, words
from devtools.counter import hall, journey, run, shots
from devtools.machine import PYTHON, ROOT

Arguments = argparse.Namespace


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name, or list all; return its exit code."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return 0
    # A polite end from outside must end the demo in order, as Ctrl+C does.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    does: Callable[[Arguments], int] = given.does
    try:
        machine.make_ready(tests=given.tests)
        return does(given)
    except packages.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"failed ({failed.returncode}): {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        signal.signal(signal.SIGTERM, before)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 dev.py", description="The door for people who work on the code."
    )
    commands = parser.add_subparsers(dest="command", title="commands", metavar="one-of-these")

    def add(
        name: str, does: Callable[[Arguments], int], told: str, *, tests: bool
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told, description=told)
        made.set_defaults(does=does, tests=tests)
        return made

    add("setup", _setup, "install what running and testing need, and nothing else", tests=True)
    run_parser = add(
        "run", lambda given: run(given.keep), "start the demo and open the workstation on it", tests=False
    )
    _keep(run_parser)
    test = add(
        "test", lambda given: checks.test(long=given.long), "what CI runs: lint and every test", tests=True
    )
    test.add_argument("--long", action="store_true", help="the long harnesses too")
    add(
        "lint", lambda _: checks.lint(), "format, lint, types, walls and words, without the tests", tests=True
    )
    add("fix", lambda _: checks.fix(), "let ruff mend and format the code", tests=True)
    play = add("journey", _journey, "play a journey in the real window: J1 to J8", tests=False)
    play.add_argument("name")
    play.add_argument("--json", action="store_true", help="print one JSON object")
    _keep(play)
    papers = add(
        "documents", _documents, "read every document template; --pictures keeps specimens", tests=True
    )
    papers.add_argument("--pictures", action="store_true", help="take those of docs/pictures/documents again")
    papers.add_argument("--renew", action="store_true", help="the references of the tests too, after a look")
    add("shots", lambda _: shots(), "take the pictures of docs/pictures again", tests=True)
    bench = add(
        "bench",
        _bench,
        "measure beside a floor; without a name: list the benches",
        tests=False,
    )
    bench.add_argument("name", nargs="?", help="without a name: list them")
    bench.add_argument("--json", action="store_true", help="one JSON object a line, one a figure")
    bench.add_argument("--long", action="store_true", help="more runs")
    cluster = add(
        "cluster",
        _cluster,
        "kill a database's primary under load: nothing is lost",
        tests=True,
    )
    cluster.add_argument("--json", action="store_true", help="one JSON object at the end")
    cluster.add_argument("--long", action="store_true", help="again and again, and kill the other parts too")
    chaos = add(
        "chaos",
        _chaos,
        "try a hall and five stations with every fault",
        tests=True,
    )
    chaos.add_argument("--seed", type=int, default=1, help="another seed makes another run")
    chaos.add_argument("--long", action="store_true", help="10,000 operations, with the product's own pauses")
    chaos.add_argument("--json", action="store_true", help="print one JSON object")
    chaos.add_argument("--keep", metavar="DIR", help="where history and logs stay (default: nowhere)")
    alone = add(
        "hall", lambda given: hall(given.keep), "run the demo's hall and departments alone", tests=False
    )
    _keep(alone)
    strings = add("strings", _strings, "collect and compile the interface's English", tests=False)
    strings.add_argument("--check", action="store_true", help="change nothing; fail when it is behind")
    add("states", _states, "write docs/states.md and its picture out of the table of steps", tests=False)
    return parser


def _keep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--keep", metavar="DIR", help="folder for all that comes about (default: a new one in var/)"
    )


def _setup(_: Arguments) -> int:
    print("ready: python3 dev.py run, python3 dev.py test")
    return 0


def _journey(given: Arguments) -> int:
    return journey(given.name, keep=given.keep, as_json=given.json)


def _states(_: Arguments) -> int:
    return subprocess.run([PYTHON, "-m", "wire.states"], cwd=ROOT, check=False).returncode


def _strings(given: Arguments) -> int:
    return words.check() if given.check else words.refresh()


def _chaos(given: Arguments) -> int:
    options = ["--seed", str(given.seed), *(["--keep", given.keep] if given.keep else [])]
    options += [f"--{name}" for name in ("json", "long") if getattr(given, name)]
    return subprocess.run([PYTHON, "-m", "tests.chaos", *options], cwd=ROOT, check=False).returncode


def _documents(given: Arguments) -> int:
    options = [
        *(["--pictures", "docs/pictures/documents"] if given.pictures or given.renew else []),
        *(["--renew"] if given.renew else []),
    ]
    return subprocess.run([PYTHON, "-m", "tests.documents", *options], cwd=ROOT, check=False).returncode


def _bench(given: Arguments) -> int:
    if given.name == "start" and (lacking := packages.missing(packages.BENCH_START)):
        packages.install(lacking)
    options = [
        *([given.name] if given.name else []),
        *(f"--{name}" for name in ("json", "long") if getattr(given, name)),
    ]
    return subprocess.run([PYTHON, "-m", "bench", *options], cwd=ROOT, check=False).returncode


def _cluster(given: Arguments) -> int:
    if lacking := packages.missing(packages.CLUSTER):
        packages.install(lacking, services=False)
    options = [f"--{name}" for name in ("json", "long") if getattr(given, name)]
    return subprocess.run([PYTHON, "-m", "bench.cluster", *options], cwd=ROOT, check=False).returncode
