"""The OS keyring, from a process of its own: a locked keyring hangs on its prompt and must be killable.

Run as `python -m workstation.security.keyring_door`; reads one JSON object from its input and answers one. The secret
goes through pipes, never through arguments or the environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "one-window-workstation"
LIMIT_S = 5.0
# By class, not by name: keyrings.alt would keep the secret in plain text, `null` would lose it (packaging.md 8).
SECURE = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What came through the door; `secret` is None when the keyring has none for the account.

    `backend` names the class of the keyring that was asked, "" when there was none.
    """

    ok: bool
    secret: str | None = None
    backend: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """The way to the keyring: a program and the seconds it may take."""

    command: tuple[str, ...] = (sys.executable, "-m", "workstation.security.keyring_door")
    limit_s: float = LIMIT_S

    def get(self, account: str, backend: str = "") -> Told:
        """Ask for a secret; a keyring that is absent, insecure, locked or slow is not ok.

        `backend` is the one that was given the secret: it is asked while it is there, whichever is preferred today.
        """
        return self._ask({"verb": "get", "account": account, "backend": backend})

    def put(self, account: str, secret: str) -> Told:
        """Keep a secret; the answer is what the keyring gives back afterwards."""
        return self._ask({"verb": "set", "account": account, "secret": secret})

    def _ask(self, asked: dict[str, str]) -> Told:
        try:
            done = subprocess.run(
                self.command,
                input=json.dumps(asked),
                capture_output=True,
                text=True,
                timeout=self.limit_s,
                check=False,
                cwd=Path(__file__).parents[2],
            )
            said = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError, OSError):
            return Told(False)
        return Told(said["ok"] is True, said["secret"], str(said.get("backend", "")))


# -- the other side ------------------------------------------------------------------------------------
def choose(
    backends: Iterable[KeyringBackend], secure: Collection[str], wanted: str = ""
) -> KeyringBackend | None:
    """Return the backend that is wanted, else the strongest, of those whose very class is on the list.

    What the user's configuration prefers does not count.
    """
    allowed = [b for b in backends if name_of(b) in secure]
    return max(allowed, key=lambda b: (name_of(b) == wanted, float(b.priority)), default=None)


def name_of(backend: KeyringBackend) -> str:
    """Name a backend by its class."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def answer(asked: TextIO, backends: Iterable[KeyringBackend], secure: Collection[str]) -> str:
    """Do what is asked of the chosen backend and return the answer's JSON."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - 70 ms that only the door's process pays

    said, secret = json.load(asked), None
    backend = choose(backends, secure, said.get("backend", ""))
    name = name_of(backend) if backend is not None else ""
    try:
        if backend is not None:
            if said["verb"] == "set":
                backend.set_password(SERVICE, said["account"], said["secret"])
            secret = backend.get_password(SERVICE, said["account"])
    except KeyringError:
        backend = None
    return json.dumps({"ok": backend is not None, "secret": secret, "backend": name})


def _serve() -> None:
    from keyring.backend import get_all_keyring  # noqa: PLC0415 - see answer

    sys.stdout.write(answer(sys.stdin, get_all_keyring(), SECURE))


if __name__ == "__main__":
    _serve()
