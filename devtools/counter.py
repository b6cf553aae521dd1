"""The demo with the real window on it: by hand, or played as a journey; and the demo's hall alone."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from demo.card import CardHand
from demo.environment import MOTHER, OPERATOR, OPERATOR_READER, Demo
from demo.service import LEASH
from devtools import screen
from devtools.machine import PYTHON, ROOT

_PICTURES = ROOT / "docs" / "pictures"
_DAYS = ROOT / "demo" / "working-days-after-2026.json"


def run(keep: str | None) -> int:
    """Start the demo and open the window; without a display play journey J1 under Xvfb and say where it went."""
    if not screen.is_there():
        print(
            "No display here: playing journey J1 in the real window under Xvfb, a minute or so.", flush=True
        )
        return journey("J1", keep=keep, as_json=False)
    folder = _folder(keep, "run")
    with Demo(folder / "demo", PYTHON) as demo:
        _introduce(demo)
        places = [f"--data={folder / 'station'}", f"--prints={folder / 'prints'}", f"--calendar={_DAYS}"]
        offered = [f"--hall={demo.hall_url}", f"--code={demo.enrol_code}", "--card-keys=hall"]
        offered.append(f"--operator-reader={OPERATOR_READER}")
        demo.operator.insert(OPERATOR)
        command = [*LEASH, str(PYTHON), "main.py", *places, *offered]
        window = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **demo.env})
        try:
            _hold_card(demo, window)
        finally:
            window.terminate()
            window.wait()
    print(f"The demo has ended. Slips and data: {folder}")
    return 0 if window.returncode in (0, -signal.SIGTERM) else window.returncode


def journey(name: str, *, keep: str | None, as_json: bool) -> int:
    """Play journey `name` and print its JSON object, or what a person wants to know of it."""
    folder = _folder(keep, name)
    with _screen() as environment:
        play: list[str | Path] = [PYTHON, "-m", "tests.journeys", name, "--json", "--keep", folder]
        played = subprocess.run(
            play, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
    if as_json or played.returncode:
        sys.stdout.write(played.stdout)
        return played.returncode
    told = json.loads(played.stdout)
    print(f"Journey {told['journey']} went through in {told['seconds']} s; case {told['case']}:")
    for item in told["items"]:
        print(f"  {item['item']}: {item['state']}")
    print(f"Receipt: {told['receipt']}\nSlip:    {told['slip']}\nScreenshots:")
    for picture in told["screenshots"]:
        print(f"  {picture}")
    return 0


def shots() -> int:
    """Take the pictures of the documentation again."""
    with _screen() as environment:
        take: list[str | Path] = [PYTHON, "-m", "tests.journeys", "shots", "--keep", _PICTURES]
        return subprocess.run(take, cwd=ROOT, env=environment, check=False).returncode


def hall(keep: str | None) -> int:
    """Run hall and departments until Ctrl+C."""
    with Demo(_folder(keep, "hall"), PYTHON, with_card=False) as demo:
        _introduce(demo)
        print("Ctrl+C ends it.", flush=True)
        signal.pause()
    return 0


def _introduce(demo: Demo) -> None:
    print(f"Hall {demo.hall_url}, one-time code {demo.enrol_code}")
    print(
        f"One-time code of the community station: {demo.community_code}; there agent, standin and loan sign in"
    )
    print(f"One-time code of the district: {demo.district_code}; there district signs in")
    print(
        "At the window sign in as clerk, agent, supervisor, supervisor2, auditor, author, admin, or as cardholder with "
        "the operator's card; the password is demo- and the name: demo-clerk"
    )
    print(
        f"Departments at {demo.hall_url}/desk/public_security and the like, as reviewer with demo-reviewer",
        flush=True,
    )


def _hold_card(demo: Demo, window: subprocess.Popen[bytes]) -> None:
    """Put the card in and out at each Enter until the window is closed; without a terminal put it in and leave it."""
    if not sys.stdin.isatty():
        demo.card.insert(MOTHER)
        window.wait()
        return
    print("Enter puts the mother's card into the reader, and takes it out again.")
    print("o and Enter takes the operator's card out of its own reader, and puts it back.", flush=True)
    inside, own = False, True
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        while window.poll() is None:
            if not selector.select(timeout=0.3):
                continue
            line = sys.stdin.readline()
            if not line:  # The terminal has gone: nobody is there to ask.
                selector.unregister(sys.stdin)
                continue
            if line.strip() == "o":
                own = _turn(demo.operator, OPERATOR, own, "The operator's card")
                continue
            inside = _turn(demo.card, MOTHER, inside, "The card")


def _turn(hand: CardHand, card: str, inside: bool, name: str) -> bool:
    """Take the card out when it is in, put it in when it is out; say which it is now."""
    if inside:
        hand.remove()
    else:
        hand.insert(card)
    print(f"{name} is {'out' if inside else 'in'}.", flush=True)
    return not inside


@contextmanager
def _screen() -> Iterator[Mapping[str, str]]:
    if screen.is_there():
        yield os.environ
        return
    with screen.private() as environment:
        yield environment


def _folder(keep: str | None, kind: str) -> Path:
    folder = Path(keep) if keep else ROOT / "var" / f"{kind}-{time.strftime('%Y%m%d-%H%M%S')}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.absolute()
