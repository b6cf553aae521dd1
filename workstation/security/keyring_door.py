"""The OS keyring, from a process of its own: a locked keyring hangs on its prompt and must be killable.

Run as `python -m workstation.security.keyring_door place|get|set`, answers one JSON object. The secret goes
through pipes, never through arguments or the environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
class Answer:
    """What the door said; `secret` is None when there is none."""

    ok: bool
    secret: str | None = None


def ask(verb: str, account: str, secret: str = "") -> Answer:
    """Ask the keyring within the time limit; a keyring that is absent, insecure, locked or slow is not ok."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workstation.security.keyring_door", verb],
            input=json.dumps({"account": account, "secret": secret}),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
            cwd=Path(__file__).parents[2],
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError, OSError):
        return Answer(False)
    return Answer(said["ok"] is True, said["secret"])


def _serve(verb: str) -> Answer:
    import keyring  # noqa: PLC0415 - 70 ms that only this process pays
    from keyring.errors import KeyringError  # noqa: PLC0415

    asked = json.load(sys.stdin)
    backend = keyring.get_keyring()
    name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    chained = [f"{type(b).__module__}.{type(b).__qualname__}" for b in getattr(backend, "backends", [])]
    if name not in SECURE and not (chained and set(chained) <= SECURE):
        return Answer(False)
    try:
        if verb == "set":
            keyring.set_password(SERVICE, asked["account"], asked["secret"])
        return Answer(True, keyring.get_password(SERVICE, asked["account"]))
    except KeyringError:
        return Answer(False)


if __name__ == "__main__":
    answer = _serve(sys.argv[1])
    sys.stdout.write(json.dumps({"ok": answer.ok, "secret": answer.secret}))
