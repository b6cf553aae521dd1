"""Simulated departments: registers over HTTP, and an automatic reviewer at the hall's department API.

python -m hall.demo --port 9000 --hall http://127.0.0.1:8000 --token TOKEN [--no-review]
"""

from __future__ import annotations

import argparse
import sys

import uvicorn

from hall.demo.registers import make_app
from hall.demo.reviewer import Reviewer


def main() -> int:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="python -m hall.demo", description="simulated departments")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--hall", required=True, metavar="URL")
    parser.add_argument("--token", required=True)
    parser.add_argument("--hall-ca", metavar="FILE", help="certificates of the hall's authority, for https")
    parser.add_argument(
        "--no-review", action="store_true", help="leave decisions to people at /desk/<department>"
    )
    given = parser.parse_args()
    reviewer = None if given.no_review else Reviewer(given.hall, given.token, given.hall_ca)
    uvicorn.run(make_app(reviewer), host="127.0.0.1", port=given.port, access_log=False, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
