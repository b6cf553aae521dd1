"""dev.py chaos: a hall and five stations, everything that can go wrong, and a checker.

python -m tests.chaos [--seed N] [--long] [--json] [--keep DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.chaos import net
from tests.chaos.run import ALL_FAULTS, Outcome, Plan, Run


def main() -> int:
    """Run; 0 when nothing was found, 1 when something was, 3 when this machine allows no namespaces."""
    given = _parser().parse_args()
    if net.INSIDE not in os.environ:
        trouble = net.can_have()
        if trouble:
            sys.stderr.write(f"chaos: no network namespaces here: {trouble}\n")
            return 3
        return net.go_inside(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    plan = Plan(seed=given.seed, bug=given.bug)
    if given.long:
        plan = replace(plan, operations=10_000, round_s=60.0, longest_s=60.0, bound_s=300.0)
    if given.plan:
        said = json.loads(given.plan)
        plan = replace(plan, **{**said, "faults": tuple(said.get("faults", plan.faults))})
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        kept = Path(given.keep or folder)
        kept.mkdir(parents=True, exist_ok=True)
        outcome = Run(plan, kept).go()
    sys.stdout.write(json.dumps(told(outcome)) + "\n" if given.json else in_words(outcome))
    return 1 if outcome.anomalies else 0


def told(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as it is published."""
    times = sorted(outcome.converged_s)
    return {
        "runs": 1,
        "seed": outcome.plan.seed,
        "bug": outcome.plan.bug,
        "operations": outcome.operations,
        "ended": dict(sorted(outcome.ended.items())),
        "faults": dict(sorted(outcome.faults.items())),
        "seen": outcome.seen,
        "faults_total": sum(outcome.faults.values()),
        "anomalies": [asdict(anomaly) for anomaly in outcome.anomalies],
        "converge_s": {"p50": _quantile(times, 0.5), "p99": _quantile(times, 0.99), "of": len(times)},
        "took_s": round(outcome.took_s, 1),
    }


def in_words(outcome: Outcome) -> str:
    """Return the outcome for a person."""
    said = told(outcome)
    lines = [f"seed {said['seed']}: {said['operations']} operations in {said['took_s']} s"]
    lines += [f"  {name} {count}" for name, count in said["ended"].items()]
    lines += [f"{said['faults_total']} faults"] + [f"  {name} {n}" for name, n in said["faults"].items()]
    lines += ["came through, or struck"] + [f"  {name} {count}" for name, count in said["seen"].items()]
    lines.append(f"converged: p50 {said['converge_s']['p50']} s, p99 {said['converge_s']['p99']} s")
    lines += [f"ANOMALY ({a.check}) {a.what}" for a in outcome.anomalies] or ["anomalies: none"]
    return "\n".join(lines) + "\n"


def _quantile(times: list[float], part: float) -> float | None:
    return round(times[min(int(len(times) * part), len(times) - 1)], 2) if times else None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 dev.py chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", action="store_true", help="10,000 operations")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--keep", metavar="DIR", help="where history and logs stay (default: nowhere)")
    parser.add_argument("--bug", default="", help="serve a hall with one of the seeded bugs (tests only)")
    parser.add_argument(
        "--plan", help="a JSON object that changes the plan; faults: " + ", ".join(ALL_FAULTS)
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
