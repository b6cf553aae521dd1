"""The key of the store, and passwords."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from workstation.domain.failures import Failure, Refused
from workstation.security import keyring_door
from workstation.security.key_store import PassphraseKeys, open_keys
from workstation.security.passwords import Argon2Passwords
from workstation.services.ports import KeyPlace

GOOD = "correct horse battery"


def test_the_same_passphrase_gives_the_same_key_and_another_none(tmp_path: Path) -> None:
    keys = PassphraseKeys(tmp_path / "key.json")
    assert not keys.exists()
    key = keys.create(GOOD)
    assert len(key) == 32
    assert PassphraseKeys(tmp_path / "key.json").open(GOOD) == key
    for wrong in (GOOD + "x", "", None):
        with pytest.raises(Refused) as refusal:
            keys.open(wrong)
        assert refusal.value.failure is Failure.STORE_KEY_WRONG


@pytest.mark.parametrize("weak", [None, "", "short", "aaaaaaaaaaaaaaaa", "abababababab"])
def test_a_weak_passphrase_is_refused_and_nothing_is_written(tmp_path: Path, weak: str | None) -> None:
    keys = PassphraseKeys(tmp_path / "key.json")
    with pytest.raises(Refused) as refusal:
        keys.create(weak)
    assert refusal.value.failure is Failure.PASSPHRASE_WEAK
    assert not keys.exists()


def test_the_key_does_not_stand_beside_the_data_in_clear(tmp_path: Path) -> None:
    key = PassphraseKeys(tmp_path / "key.json").create(GOOD)
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert key not in raw
    assert key.hex().encode() not in raw
    assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"salt": 1}'])
def test_a_damaged_key_file_is_told_and_not_overwritten(tmp_path: Path, damage: str) -> None:
    (tmp_path / "key.json").write_text(damage)
    with pytest.raises(Refused) as refusal:
        PassphraseKeys(tmp_path / "key.json").open(GOOD)
    assert refusal.value.failure is Failure.STORE_KEY_WRONG
    assert (tmp_path / "key.json").read_text() == damage


def test_a_flipped_bit_in_the_wrapped_key_is_seen(tmp_path: Path) -> None:
    keys = PassphraseKeys(tmp_path / "key.json")
    keys.create(GOOD)
    said = json.loads((tmp_path / "key.json").read_text())
    said["wrapped"] = ("A" if said["wrapped"][0] != "A" else "B") + said["wrapped"][1:]
    (tmp_path / "key.json").write_text(json.dumps(said))
    with pytest.raises(Refused):
        keys.open(GOOD)


def test_without_a_secure_keyring_the_passphrase_is_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # keyring's own switch: the backend that loses every secret. It must not be taken for a secure one.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert not keyring_door.ask("set", "account", "secret").ok
    assert open_keys(tmp_path, allow_keyring=True).place() is KeyPlace.PASSPHRASE


def test_a_keyring_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_door, "LIMIT_S", 0.001)
    assert not keyring_door.ask("get", "account").ok


def test_a_password_fits_its_hash_only() -> None:
    known = PasswordHasher(time_cost=1, memory_cost=64).hash("demo-clerk")
    fits = Argon2Passwords().fits
    assert fits("demo-clerk", known)
    assert not fits("demo-clerk ", known)
    assert not fits("demo-clerk", "no hash")
