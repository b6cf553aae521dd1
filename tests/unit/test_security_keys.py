"""The key's keepers when something is wrong: silent, insecure or forgetful keyrings, damaged files, lookers-on."""

from __future__ import annotations

import json
import stat
import sys
import unicodedata
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from tests.contracts.test_keys import PASSPHRASE, door, refusal
from tests.fakes.quick_keys import derive_quickly
from wire.keys import b64
from workstation.domain.failures import Failure, Refused
from workstation.security.key_file import KeyFile
from workstation.security.key_recovery import KeyRecovery
from workstation.security.key_store import open_keys
from workstation.security.keyring_door import SECURE, Door, choose
from workstation.services.ports import KeyPlace, RecoveryNote


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


def test_the_key_stands_nowhere_in_clear_beside_the_data(tmp_path: Path) -> None:
    key = open_keys(tmp_path, allow_keyring=False).create(PASSPHRASE)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for clear in (key, key.hex().encode(), b64(key).encode(), PASSPHRASE.encode()):
        assert clear not in content


def test_the_keyrings_key_leaves_only_its_account_beside_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    content = b"".join(path.read_bytes() for path in data.iterdir())
    assert b64(key).encode() not in content
    assert set(json.loads(content)) == {"place", "account", "backend"}


def test_only_the_owner_may_read_the_key_file(tmp_path: Path) -> None:
    open_keys(tmp_path / "data", allow_keyring=False).create(PASSPHRASE)
    assert stat.S_IMODE((tmp_path / "data" / "key.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["key.json"]


def test_two_keys_of_one_passphrase_are_different(tmp_path: Path) -> None:
    keys = {open_keys(tmp_path / name, allow_keyring=False).create(PASSPHRASE) for name in "ab"}
    files = {(tmp_path / name / "key.json").read_bytes() for name in "ab"}
    assert len(keys) == len(files) == 2


def test_a_passphrase_fits_however_it_was_composed(tmp_path: Path) -> None:
    word = "Müller-Straße é"
    assert unicodedata.normalize("NFD", word) != word
    key = open_keys(tmp_path, allow_keyring=False).create(unicodedata.normalize("NFD", word))
    assert open_keys(tmp_path, allow_keyring=False).open(word) == key


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped"])
@pytest.mark.parametrize("damage", ["", "AAAA", "not base64 ß", None])
def test_a_damaged_key_file_is_told(tmp_path: Path, field: str, damage: str | None) -> None:
    open_keys(tmp_path, allow_keyring=False).create(PASSPHRASE)
    said = json.loads((tmp_path / "key.json").read_text())
    said[field] = damage
    (tmp_path / "key.json").write_text(json.dumps(said))
    keys = open_keys(tmp_path, allow_keyring=False)
    assert refusal(lambda: keys.open(PASSPHRASE)) is Failure.STORE_KEY_WRONG


def test_a_flipped_bit_in_the_wrapped_key_is_seen(tmp_path: Path) -> None:
    keys = open_keys(tmp_path, allow_keyring=False)
    keys.create(PASSPHRASE)
    said = json.loads((tmp_path / "key.json").read_text())
    said["wrapped"] = ("A" if said["wrapped"][0] != "A" else "B") + said["wrapped"][1:]
    (tmp_path / "key.json").write_text(json.dumps(said))
    assert refusal(lambda: keys.open(PASSPHRASE)) is Failure.STORE_KEY_WRONG


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_a_key_file_that_is_none_is_told_and_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.json").write_bytes(content)
    assert refusal(lambda: open_keys(tmp_path, allow_keyring=False)) is Failure.STORE_KEY_WRONG
    assert (tmp_path / "key.json").read_bytes() == content


# -- keyrings ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("mood", ["locked", "silent"])
def test_without_a_keyring_that_answers_the_passphrase_is_asked(tmp_path: Path, mood: str) -> None:
    limit = 0.5 if mood == "silent" else 30.0
    keys = open_keys(tmp_path / "data", allow_keyring=True, door=door(tmp_path, mood, limit))
    assert keys.place() is KeyPlace.PASSPHRASE


def test_a_keyring_that_must_not_be_used_is_not_asked(tmp_path: Path) -> None:
    keys = open_keys(tmp_path / "data", allow_keyring=False, door=door(tmp_path))
    assert keys.place() is KeyPlace.PASSPHRASE
    assert not (tmp_path / "keyring.json").exists()


@pytest.mark.parametrize("allow", [True, False])
@pytest.mark.parametrize(
    ("mood", "told"),
    [
        ("locked", Failure.KEYRING_LOCKED),
        ("silent", Failure.KEYRING_LOCKED),
        ("forgetful", Failure.KEYRING_EMPTIED),
        ("other", Failure.KEYRING_CHANGED),
    ],
)
def test_a_keyring_that_does_not_give_the_key_is_told_by_its_own_sentence_and_no_second_key_is_made(
    tmp_path: Path, mood: str, told: Failure, allow: bool
) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    limit = 0.5 if mood == "silent" else 30.0
    keys = open_keys(data, allow_keyring=allow, door=door(tmp_path, mood, limit))
    assert keys.place() is KeyPlace.KEYRING
    assert keys.exists()
    assert refusal(lambda: keys.open(None)) is told
    assert open_keys(data, allow_keyring=allow, door=door(tmp_path)).open(None) == key


def test_the_keyring_that_has_the_key_is_asked_though_the_system_prefers_another(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    assert open_keys(data, allow_keyring=True, door=door(tmp_path, "both")).open(None) == key


def test_a_changed_keyring_is_named_with_the_one_of_before(tmp_path: Path) -> None:
    data = tmp_path / "data"
    open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    with pytest.raises(Refused) as caught:
        open_keys(data, allow_keyring=True, door=door(tmp_path, "other")).open(None)
    assert dict(caught.value.details) == {"was": "__main__", "now": "__main__"}


def test_a_key_file_of_before_backends_were_named_opens_as_ever(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    said = json.loads((data / "key.json").read_text())
    del said["backend"]
    (data / "key.json").write_text(json.dumps(said))
    assert open_keys(data, allow_keyring=True, door=door(tmp_path)).open(None) == key


# -- keeping a recovered key -------------------------------------------------------------------------
@pytest.mark.parametrize("mood", ["other", "forgetful good"])
def test_a_recovered_key_goes_into_the_keyring_that_is_there_now(tmp_path: Path, mood: str) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    today = door(tmp_path, mood.rpartition(" ")[2])
    if mood.startswith("forgetful"):
        (tmp_path / "keyring.json").unlink()  # Somebody has reset it.
    recovery = KeyRecovery(KeyFile(data / "key.json"), today)
    proof = recovery.remember("device", "http://hall").proof
    recovery.check(None)
    assert recovery.keep(key, None).open(None) == key
    assert open_keys(data, allow_keyring=True, door=today).open(None) == key
    assert recovery.note() == RecoveryNote("device", "http://hall", proof)


def test_a_recovered_key_is_kept_by_a_passphrase_where_no_keyring_is_left(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = open_keys(data, allow_keyring=True, door=door(tmp_path)).create(None)
    recovery = KeyRecovery(KeyFile(data / "key.json"), door(tmp_path, "locked"))
    assert refusal(lambda: recovery.check(None)) is Failure.KEYRING_LOCKED
    assert refusal(lambda: recovery.check("short")) is Failure.PASSPHRASE_WEAK
    keys = recovery.keep(key, PASSPHRASE)
    assert (keys.place(), keys.open(PASSPHRASE)) == (KeyPlace.PASSPHRASE, key)


def test_the_proof_of_a_disk_is_made_once_and_stays(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "key.json")
    open_keys(tmp_path, allow_keyring=False).create(PASSPHRASE)
    recovery = KeyRecovery(file, Door((str(tmp_path / "nothing"),)))
    assert recovery.note() is None
    first = recovery.remember("device", "http://hall")
    assert recovery.remember("device", "http://hall") == first
    assert recovery.remember("device", "http://other").proof == first.proof
    assert open_keys(tmp_path, allow_keyring=False).open(PASSPHRASE)


def test_a_keyring_that_forgets_keeps_no_key(tmp_path: Path) -> None:
    keys = open_keys(tmp_path / "data", allow_keyring=True, door=door(tmp_path, "forgetful"))
    assert keys.place() is KeyPlace.KEYRING
    assert refusal(lambda: keys.create(None)) is Failure.STORE_KEY_WRONG
    assert not keys.exists()


def test_a_door_that_hangs_is_killed(tmp_path: Path) -> None:
    mark = f"mark-{tmp_path.name}"
    hanging = (sys.executable, "-c", "import time; time.sleep(3600)", mark)
    assert not Door(hanging, limit_s=0.5).get("account").ok
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert not [line for line in lines if mark.encode() in line]


def test_a_door_that_cannot_be_opened_or_talks_nonsense_is_not_ok(tmp_path: Path) -> None:
    assert not Door((str(tmp_path / "nothing"),)).get("account").ok
    assert not Door((sys.executable, "-c", "print('nonsense')")).get("account").ok


def test_a_keyring_that_loses_secrets_is_not_taken_though_the_user_prefers_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not Door().put("account", "secret").ok


def test_no_keyring_is_chosen_that_is_not_on_the_list() -> None:
    # keyring has no types for these constructors.
    null_, fail_, chain = null.Keyring(), fail.Keyring(), chainer.ChainerBackend()  # type: ignore[no-untyped-call]
    backends: list[KeyringBackend] = [null_, fail_, chain]
    assert choose(backends, SECURE) is None
    assert choose(backends, {"keyring.backends.null.Keyring"}) is backends[0]


def test_the_list_names_classes_that_exist() -> None:
    from keyring.backends import SecretService, Windows, kwallet

    classes = (SecretService.Keyring, kwallet.DBusKeyring, Windows.WinVaultKeyring)
    assert {f"{c.__module__}.{c.__qualname__}" for c in classes} == SECURE
