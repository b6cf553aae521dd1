"""Which Debian packages the product, its tests and its benches stand on, and how the missing ones are got."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

# pyscard comes as source only, so it is built here.
_BUILD = ("gcc", "libc6-dev", "libpcsclite-dev")
# A Python of Debian's own keeps these apart; any other Python brings them.
_PYTHON = ("python3-venv", "python3-dev")
# The card service, its USB reader driver and the virtual reader of the demo.
_CARDS = ("pcscd", "libccid", "vsmartcard-vpcd")
_QT = (
    *("libglib2.0-0", "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libxkbcommon0"),
    *("libx11-6", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
)
_FONTS = ("fonts-hanazono",)
_SCREEN = ("xvfb", "xauth")
_TESTS = (
    *("poppler-utils", "qpdf"),
    # A real Secret Service for the keyring.
    *("dbus", "gnome-keyring"),
    # The hall's other database, a broker for its exports, a browser for the reviewers' page.
    *("postgresql", "nats-server", "chromium", "chromium-driver"),
    # A real print service whose printer writes PDF files.
    *("cups-daemon", "cups-client", "cups-ipp-utils", "printer-driver-cups-pdf"),
    # Faults: calls of the system that fail, clocks that jump, networks that lose and delay.
    *("strace", "faketime", "iproute2", "iptables"),
)
# The peer that `bench start` is measured beside, and what sees its window.
BENCH_START = ("xdotool", "ausweisapp2")

# A high-availability set of `dev.py cluster`. Their services are not started: ours run in a folder of their own.
CLUSTER = ("patroni", "etcd-server", "haproxy")


class Missing(Exception):
    """Packages are missing and may not be installed from here; the text is what to do."""


def wanted(*, tests: bool) -> tuple[str, ...]:
    """Return the names to have for running, or also for testing."""
    python = _PYTHON if sys.base_prefix == "/usr" else ()
    # A tus client from npm uploads in the tests. A node that came another way is as good, and Debian's would hide it.
    node = ("nodejs", "npm") if shutil.which("node") is None else ()
    return (*python, *_BUILD, *_CARDS, *_QT, *_FONTS, *_SCREEN, *((*_TESTS, *node) if tests else ()))


def missing(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `names` that dpkg does not know as installed; none where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return ()
    # Debian 13 renamed libraries at the change to 64-bit time and installs the new for the old name.
    asked = [form for name in names for form in (name, f"{name}t64")]
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *asked],
        capture_output=True,
        text=True,
        check=False,  # It fails when any name is unknown, which is what we ask for.
    )
    here = {
        line.removesuffix(" installed") for line in answer.stdout.splitlines() if line.endswith(" installed")
    }
    return tuple(name for name in names if not {name, f"{name}t64"} & here)


# Debian asks this program whether a package may start its service (invoke-rc.d(8)); one that is there is left alone.
_QUIET = "test -e /usr/sbin/policy-rc.d || { echo '#!/bin/sh\n# one-window\nexit 101'; } | install -m 755 /dev/stdin /usr/sbin/policy-rc.d"
_LOUD = "! grep -q one-window /usr/sbin/policy-rc.d || rm /usr/sbin/policy-rc.d"


def install(names: tuple[str, ...], *, services: bool = True) -> None:
    """Install by apt as root or through sudo that asks nothing; raise Missing with the line to type otherwise.

    Without `services` nothing that comes along is started as a service of this machine.

    Raise subprocess.CalledProcessError when apt fails; only then is what it said printed.
    """
    commands = (
        *([] if services else [["sh", "-c", _QUIET]]),
        ["apt-get", "update", "-qq"],
        # No recommendations: Mesa and the daemons recommend a desktop's worth of things we do not use.
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
        # systemd makes it at start; without systemd an ordinary user's pcscd would find no place for its pid.
        ["mkdir", "-p", "/run/pcscd"],
        *([] if services else [["sh", "-c", _LOUD]]),
    )
    root = _as_root()
    if root is None:
        line = " && ".join(map(shlex.join, commands))
        word = "sudo sh -c" if shutil.which("sudo") else "su -c"
        raise Missing(
            f"Debian packages are missing. Type this line once, then the same command again:\n\n"
            f"{word} {shlex.quote(line)}\n"
        )
    print(f"set-up: {len(names)} Debian packages: {' '.join(names)}", file=sys.stderr)
    # sudo drops the environment, so the answer to apt's questions goes along as an argument of env.
    before = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    for command in commands:
        done = subprocess.run([*before, *command], capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout + done.stderr, file=sys.stderr)
            done.check_returncode()


def _as_root() -> list[str] | None:
    """Return what to put before a command so that it runs as root, or None when that needs a person."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    quiet = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if quiet.returncode == 0 else None
