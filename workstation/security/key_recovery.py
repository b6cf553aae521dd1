"""What stands beside a store for the day its key is lost, and keeping the key anew when it came back."""

from __future__ import annotations

import os

from wire.keys import b64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.security.key_store import KeyringKeys, put_into_keyring
from workstation.security.keyring_door import Door
from workstation.security.passphrase import PassphraseKeys, check_strength, wrap
from workstation.services.ports import KeyPlace, RecoveryNote

_PROOF_BYTES = 32


class KeyRecovery:
    """See services.ports.Recovery.

    The proof tells the hall that the asker holds this disk; it opens nothing, so it stands in clear.
    """

    def __init__(self, file: KeyFile, door: Door | None = None) -> None:
        self._file = file
        self._door = door or Door()

    def note(self) -> RecoveryNote | None:
        """Return who this disk is."""
        said = (self._file.read() or {}).get("recovery")
        if not isinstance(said, dict):
            return None
        return RecoveryNote(str(said.get("device")), str(said.get("hall")), str(said.get("proof")))

    def remember(self, device: str, hall_url: str) -> RecoveryNote:
        """Write down who this disk is; the proof is made once."""
        known = self.note()
        if known is not None and (known.device, known.hall_url) == (device, hall_url):
            return known
        proof = known.proof if known is not None else b64(os.urandom(_PROOF_BYTES))
        said = {"device": device, "hall": hall_url, "proof": proof}
        self._file.replace({**(self._file.read() or {}), "recovery": said})
        return RecoveryNote(device, hall_url, proof)

    def check(self, passphrase: str | None) -> None:
        """Raise what `keep` would raise."""
        if not self._keyring_takes():
            self._need(passphrase)

    def keep(self, key: bytes, passphrase: str | None) -> PassphraseKeys | KeyringKeys:
        """Keep the key where it was when that is possible, and who this disk is with it."""
        note = (self._file.read() or {}).get("recovery")
        if self._keyring_takes():
            self._file.replace({**put_into_keyring(self._door, key), "recovery": note})
            return KeyringKeys(self._file, self._door)
        self._need(passphrase)
        self._file.replace({**wrap(key, passphrase), "recovery": note})
        return PassphraseKeys(self._file)

    def _need(self, passphrase: str | None) -> None:
        if not passphrase and self._was_in_keyring():
            # Nobody chose a passphrase so far: it is said why one is needed now.
            raise Refused(Failure.KEYRING_LOCKED, backend="")
        check_strength(passphrase)

    def _was_in_keyring(self) -> bool:
        return (self._file.read() or {}).get("place") == KeyPlace.KEYRING.value

    def _keyring_takes(self) -> bool:
        return self._was_in_keyring() and self._door.get("probe").ok
