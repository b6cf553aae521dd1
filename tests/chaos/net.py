"""A network of its own for a run: the hall's namespace is that of the run itself, each station has another, joined by a bridge."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

BRIDGE = "br-chaos"
HALL = "10.66.0.1"
INSIDE = "ONE_WINDOW_CHAOS_INSIDE"
# The kernel ends these with the run, however that ends.
LEASH = ("setpriv", "--pdeathsig", "KILL", "--")


def can_have() -> str:
    """Return "" when this machine lets us have namespaces, else why not."""
    probe = subprocess.run([*_unshare(), "true"], capture_output=True, text=True, check=False)
    return "" if probe.returncode == 0 else probe.stderr.strip() or "unshare failed"


def go_inside(arguments: list[str]) -> int:
    """Run this program once more, in network and mount namespaces of its own; return its exit code."""
    command = [*_unshare(), sys.executable, "-m", "tests.chaos", *arguments]
    return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode


def _unshare() -> list[str]:
    # Who is not root becomes it in a user namespace: enough for links, filters and small file systems.
    return ["unshare", "-nm"] if os.geteuid() == 0 else ["unshare", "-Urnm"]


def lay_bridge() -> None:
    """Bring up the bridge with the hall's address."""
    _ip("link set lo up")
    _ip(f"link add {BRIDGE} type bridge")
    _ip(f"addr add {HALL}/24 dev {BRIDGE}")
    _ip(f"link set {BRIDGE} up")


class Room:
    """A station's namespace: held open by a process that sleeps, so that it outlives every death of the station."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.link = f"chaos{number}"
        self._holder = subprocess.Popen([*LEASH, "unshare", "-n", "sleep", "100000"])
        self.pid = self._holder.pid
        self._wait_until_apart()
        _ip(f"link add {self.link} type veth peer name wan netns {self.pid}")
        _ip(f"link set {self.link} master {BRIDGE} up")
        self._inside("ip", "link", "set", "lo", "up")
        self._inside("ip", "addr", "add", f"10.66.0.{10 + number}/24", "dev", "wan")
        self._inside("ip", "link", "set", "wan", "up")

    def command(self, *command: str) -> list[str]:
        """Return the command line that runs something in here."""
        return ["nsenter", "--target", str(self.pid), "--net", "--", *command]

    # -- what befalls a link ---------------------------------------------------------------------------
    def down(self) -> None:
        """Take the link away."""
        _ip(f"link set {self.link} down")

    def up(self) -> None:
        """Bring the link back."""
        _ip(f"link set {self.link} up")

    def lossy(self) -> None:
        """Lose 30 of 100 packets, of those that come from the hall only."""
        rule = "-i wan -m statistic --mode random --probability 0.3 -j DROP"
        self._inside("iptables", "-A", "INPUT", *rule.split())

    def lossless(self) -> None:
        """Lose none any more."""
        self._inside("iptables", "-F", "INPUT")

    def lost(self) -> int:
        """Return how many packets the rule has lost."""
        rules = _run(*self.command("iptables", "-L", "INPUT", "-v", "-x", "-n"))
        return sum(
            int(line.split()[0]) for line in rules.splitlines() if "DROP" in line and "statistic" in line
        )

    def slow(self) -> None:
        """Let 64 kbit a second through, both ways."""
        shape = ["root", "tbf", "rate", "64kbit", "burst", "2kb", "latency", "800ms"]
        self._inside("tc", "qdisc", "add", "dev", "wan", *shape)
        _run("tc", "qdisc", "add", "dev", self.link, *shape)

    def fast(self) -> None:
        """Let everything through again."""
        self._inside("tc", "qdisc", "del", "dev", "wan", "root")
        _run("tc", "qdisc", "del", "dev", self.link, "root")

    def held_back(self) -> int:
        """Return how often a packet had to wait for its turn."""
        here = _run("tc", "-s", "-j", "qdisc", "show", "dev", self.link)
        there = _run(*self.command("tc", "-s", "-j", "qdisc", "show", "dev", "wan"))
        return sum(int(each.get("overlimits", 0)) for each in (*json.loads(here), *json.loads(there)))

    def close(self) -> None:
        """End the holder: the kernel takes namespace and link away."""
        self._holder.kill()
        self._holder.wait()

    def _inside(self, *command: str) -> None:
        _run(*self.command(*command))

    def _wait_until_apart(self) -> None:
        own = Path("/proc/self/ns/net").readlink()
        for _ in range(500):
            if Path(f"/proc/{self.pid}/ns/net").readlink() != own:
                return
            time.sleep(0.01)
        raise RuntimeError("no namespace")


def _ip(command: str) -> None:
    _run("ip", *command.split())


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
