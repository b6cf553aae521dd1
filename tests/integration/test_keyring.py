"""The key in a real Secret Service: gnome-keyring in a session and a home of its own, nothing of the tester's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workstation.services.ports import KeyPlace

ROOT = Path(__file__).parents[2]
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
SAY = """
import sys
from pathlib import Path
from workstation.security.key_store import open_keys
keys = open_keys(Path(sys.argv[1]), allow_keyring=True)
print(keys.place().value, (keys.open(None) if keys.exists() else keys.create(None)).hex())
"""
SESSION = """
printf ci | gnome-keyring-daemon --unlock --components=secrets >/dev/null
"$0" -c "$1" "$2"
"$0" -c "$1" "$2"
"""

pytestmark = pytest.mark.skipif(
    any(shutil.which(program) is None for program in NEEDED),
    reason="needs dbus-run-session and gnome-keyring",
)


def in_session(home: Path, script: str, **others: str) -> list[str]:
    """Run a script in a session bus of its own and return what it said, by lines."""
    home.mkdir(exist_ok=True)
    (home / "run").mkdir(exist_ok=True, mode=0o700)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "XDG_", "DISPLAY", "WAYLAND"))}
    env |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "PYTHONPATH": str(ROOT)}
    env |= others
    command = ["dbus-run-session", "--", "sh", "-c", script, sys.executable, SAY, str(home / "data")]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


def test_a_key_made_in_the_keyring_is_given_back_at_the_next_start(tmp_path: Path) -> None:
    made, again = in_session(tmp_path / "home", SESSION)
    assert made.startswith(KeyPlace.KEYRING.value)
    assert made == again
    assert len(made.split()[1]) == 64


def test_the_key_survives_a_new_session(tmp_path: Path) -> None:
    first = in_session(tmp_path / "home", SESSION)
    assert in_session(tmp_path / "home", SESSION) == first


def test_a_session_without_keyring_makes_no_second_key(tmp_path: Path) -> None:
    in_session(tmp_path / "home", SESSION)
    with pytest.raises(subprocess.CalledProcessError) as caught:
        in_session(tmp_path / "home", '"$0" -c "$1" "$2"')
    assert "keyring_locked" in str(caught.value.stderr)
    # The key is still where it was: the next session with a keyring opens it.
    assert in_session(tmp_path / "home", SESSION)


def test_an_emptied_keyring_is_told_as_emptied(tmp_path: Path) -> None:
    home = tmp_path / "home"
    in_session(home, SESSION)
    shutil.rmtree(home / ".local" / "share" / "keyrings")
    with pytest.raises(subprocess.CalledProcessError) as caught:
        in_session(home, SESSION)
    assert "keyring_emptied" in str(caught.value.stderr)


def test_the_key_survives_a_renamed_user_whose_home_moved(tmp_path: Path) -> None:
    first = in_session(tmp_path / "home", SESSION, USER="before", LOGNAME="before")
    (tmp_path / "home").rename(tmp_path / "renamed")
    assert in_session(tmp_path / "renamed", SESSION, USER="after", LOGNAME="after") == first
