"""The key of the store in the OS keyring, or wrapped by a passphrase where no secure keyring answers.

Run as `python -m workstation.security.key_store`, this module is the keyring's door: a process of its own, because
a locked keyring hangs on its prompt and must be killable (packaging.md 8). It reads one JSON object from its input
and answers one; the secret goes through pipes, never through arguments or the environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from wire.keys import b64, unb64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.security.passphrase import KEY_BYTES, PassphraseKeys
from workstation.services.ports import KeyPlace

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
    """What came through the door; `secret` is None when the keyring has none for the account."""

    ok: bool
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """The way to the keyring: a program and the seconds it may take."""

    command: tuple[str, ...] = (sys.executable, "-m", "workstation.security.key_store")
    limit_s: float = LIMIT_S

    def get(self, account: str) -> Told:
        """Ask for a secret; a keyring that is absent, insecure, locked or slow is not ok."""
        return self._ask({"verb": "get", "account": account})

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
        return Told(said["ok"] is True, said["secret"])


def open_keys(folder: Path, *, allow_keyring: bool, door: Door | None = None) -> PassphraseKeys | KeyringKeys:
    """Return the keys of a data folder: where the key was kept before, else the keyring when a secure one answers."""
    file, door = KeyFile(folder / "key.json"), door or Door()
    before = file.read()
    if before is None and allow_keyring and door.get("probe").ok:
        return KeyringKeys(file, door)
    # A key that went into the keyring is there, also when the keyring is silent today.
    if before is not None and before.get("place") == KeyPlace.KEYRING.value:
        return KeyringKeys(file, door)
    return PassphraseKeys(file)


class KeyringKeys:
    """The key in the OS keyring; see services.ports.Keys. The file says only under which account."""

    def __init__(self, file: KeyFile, door: Door) -> None:
        self._file = file
        self._door = door

    def place(self) -> KeyPlace:
        """Say where the key is."""
        return KeyPlace.KEYRING

    def exists(self) -> bool:
        """Say whether a key was made before."""
        return self._file.read() is not None

    def create(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - the keyring asks for its own
        """Make and keep a key. Raises Refused(STORE_KEY_WRONG) when the keyring does not take it."""
        key, account = os.urandom(KEY_BYTES), os.urandom(8).hex()
        if self._door.put(account, b64(key)).secret != b64(key):
            raise Refused(Failure.STORE_KEY_WRONG, cause="keyring_refused")
        self._file.write({"place": KeyPlace.KEYRING.value, "account": account})
        return key

    def open(self, passphrase: str | None) -> bytes:  # noqa: ARG002 - see create
        """Return the key. Raises Refused(STORE_KEY_WRONG, cause) when the keyring is silent or has lost it."""
        told = self._door.get(str((self._file.read() or {}).get("account")))
        if not told.ok or told.secret is None:
            raise Refused(Failure.STORE_KEY_WRONG, cause="keyring_lost" if told.ok else "keyring_silent")
        return unb64(told.secret)


# -- the other side of the door ------------------------------------------------------------------------
def choose(backends: Iterable[KeyringBackend], secure: Collection[str]) -> KeyringBackend | None:
    """Return the strongest backend whose very class is on the list, whatever the user's configuration prefers."""
    allowed = [b for b in backends if f"{type(b).__module__}.{type(b).__qualname__}" in secure]
    return max(allowed, key=lambda backend: float(backend.priority), default=None)


def answer(asked: TextIO, backends: Iterable[KeyringBackend], secure: Collection[str]) -> str:
    """Do what is asked of the chosen backend and return the answer's JSON."""
    from keyring.errors import KeyringError  # noqa: PLC0415 - 70 ms that only the door's process pays

    said, backend, secret = json.load(asked), choose(backends, secure), None
    try:
        if backend is not None:
            if said["verb"] == "set":
                backend.set_password(SERVICE, said["account"], said["secret"])
            secret = backend.get_password(SERVICE, said["account"])
    except KeyringError:
        backend = None
    return json.dumps({"ok": backend is not None, "secret": secret})


def _serve() -> None:
    from keyring.backend import get_all_keyring  # noqa: PLC0415 - see answer

    sys.stdout.write(answer(sys.stdin, get_all_keyring(), SECURE))


if __name__ == "__main__":
    _serve()
