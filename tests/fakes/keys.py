"""Keys in memory, with the two behaviours of the real ones: a passphrase that must fit, or a keyring that answers."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.failures import Failure, Refused
from workstation.services.ports import KeyPlace

KEY = bytes(range(32))


@dataclass(slots=True)
class FakeKeys:
    """See services.ports.Keys. `made` is the passphrase of the key; `silent` stands for a locked keyring."""

    kept_in: KeyPlace = KeyPlace.PASSPHRASE
    made: str | None = None
    silent: bool = False

    def place(self) -> KeyPlace:
        return self.kept_in

    def exists(self) -> bool:
        return self.made is not None

    def create(self, passphrase: str | None) -> bytes:
        said = passphrase or ""
        if self.exists():
            raise FileExistsError
        if self.kept_in is KeyPlace.KEYRING:
            if self.silent:
                raise Refused(Failure.STORE_KEY_WRONG)
        elif len(said) < 10 or len(set(said)) < 4:
            raise Refused(Failure.PASSPHRASE_WEAK)
        self.made = said
        return KEY

    def open(self, passphrase: str | None) -> bytes:
        fits = not self.silent if self.kept_in is KeyPlace.KEYRING else passphrase == self.made
        if self.made is None or not fits:
            raise Refused(Failure.STORE_KEY_WRONG)
        return KEY
