"""The small file beside the store: the wrapped key, or the word that the keyring has it. Never a key in clear."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.failures import Failure, Refused


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A JSON object, written whole or not at all, readable by its owner only."""

    path: Path

    def read(self) -> Mapping[str, object] | None:
        """Return what was written, None when nothing was. Raises Refused(STORE_KEY_WRONG) for a damaged file."""
        try:
            said = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise Refused(Failure.STORE_KEY_WRONG, cause="key_file_damaged")
        return said

    def write(self, said: Mapping[str, object]) -> None:
        """Write it. Raises FileExistsError when there is one: a second key would lock the store for ever."""
        if self.path.exists():
            raise FileExistsError(self.path)
        self.replace(said)

    def replace(self, said: Mapping[str, object]) -> None:
        """Write it in place of what was there: only by who holds the store's key, or adds to what is there."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = self.path.with_suffix(".new")
        descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(said, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        if os.name == "posix":  # Windows opens no folders; its journal keeps the order.
            self._sync_folder()

    def _sync_folder(self) -> None:
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
