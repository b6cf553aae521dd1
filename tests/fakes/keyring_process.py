"""A keyring behind the real door: `python -m tests.fakes.keyring_process FILE MOOD`.

Moods: "good"; "silent" waits on its prompt for ever; "locked" raises; "forgetful" takes secrets and gives none back;
"other" is another desktop's keyring, empty and preferred; "both" has the two beside each other.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import InitError

from workstation.security.keyring_door import answer


class FileKeyring(KeyringBackend):
    """Stands for a secure backend; the test alone puts its class on the list."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self._path = Path(sys.argv[1])
        self._mood = sys.argv[2]

    def get_password(self, service: str, username: str) -> str | None:
        self._take_the_mood()
        found: str | None = self._all().get(f"{service}/{username}")
        return None if self._mood == "forgetful" else found

    def set_password(self, service: str, username: str, password: str) -> None:
        self._take_the_mood()
        self._path.write_text(json.dumps({**self._all(), f"{service}/{username}": password}))

    def _take_the_mood(self) -> None:
        if self._mood == "silent":
            time.sleep(3600)
        if self._mood == "locked":
            raise InitError("Prompt dismissed")

    def _all(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}
        return found


class OtherKeyring(FileKeyring):
    """Another desktop's: the system prefers it, and it knows nothing."""

    priority = 9

    def __init__(self) -> None:
        super().__init__()
        self._path = self._path.with_suffix(".other")


if __name__ == "__main__":
    there: dict[str, list[KeyringBackend]] = {
        "other": [OtherKeyring()],
        "both": [FileKeyring(), OtherKeyring()],
    }
    allowed = {"__main__.FileKeyring", "__main__.OtherKeyring"}
    sys.stdout.write(answer(sys.stdin, there.get(sys.argv[2], [FileKeyring()]), allowed))
