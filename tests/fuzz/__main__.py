"""python -m tests.fuzz TARGET [--seconds N] [--corpus DIR] [--bug NAME]: fuzz one target; exit 0 when nothing was found."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

_RSS_MIB = 512
_SLOWEST_S = 5  # for one input


def main() -> None:
    """Fuzz. Never returns: libFuzzer ends the process."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="folder that keeps what was found interesting")
    parser.add_argument("--bug", help="a bug of seeded.py to plant: the fuzzer must find it")
    given = parser.parse_args()
    # What is imported here is instrumented, so that the fuzzer sees which branches an input takes.
    with atheris.instrument_imports(include=["workstation", "wire", "tests.fuzz.seeded"]):
        from tests.fuzz import corpus, seeded, targets

    with tempfile.TemporaryDirectory() as scratch:
        folder = given.corpus or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(corpus.seeds(given.target, honest=bool(given.bug))):
            (folder / f"seed-{number:03}").write_bytes(seed)
        one = targets.TARGETS[given.target]
        if given.bug:
            seeded.plant(given.bug)
        options = [
            f"-max_total_time={given.seconds}",
            f"-rss_limit_mb={_RSS_MIB}",
            f"-timeout={_SLOWEST_S}",
            "-max_len=4096",
            f"-artifact_prefix={scratch}/",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, str(folder)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
