"""What every keeper of the key promises: held against the fakes, the wrapped file, and a keyring behind its door."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.keys import FakeKeys
from tests.fakes.quick_keys import derive_quickly
from workstation.domain.failures import Failure, Refused
from workstation.security.key_store import open_keys
from workstation.security.keyring_door import Door
from workstation.services.ports import KeyPlace, Keys

PASSPHRASE = "正确的口令 correct"
Reopen = Callable[[], Keys]


def door(folder: Path, mood: str = "good", limit_s: float = 30.0) -> Door:
    """The real door to a keyring of the test."""
    command = (sys.executable, "-m", "tests.fakes.keyring_process", str(folder / "keyring.json"), mood)
    return Door(command, limit_s)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.fixture(params=["fake passphrase", "real passphrase", "fake keyring", "real keyring"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """Gives the keys of one folder, as the next start of the program would."""
    fakes = {
        "fake passphrase": FakeKeys(KeyPlace.PASSPHRASE),
        "fake keyring": FakeKeys(KeyPlace.KEYRING),
    }
    if request.param in fakes:
        return lambda: fakes[request.param]
    data = tmp_path / "data"
    return lambda: open_keys(data, allow_keyring=request.param == "real keyring", door=door(tmp_path))


@pytest.fixture
def keyring(reopen: Reopen) -> bool:
    return reopen().place() is KeyPlace.KEYRING


def refusal(call: Callable[[], object]) -> Failure:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.failure


def test_a_key_that_was_made_is_there_at_the_next_start(reopen: Reopen) -> None:
    assert not reopen().exists()
    key = reopen().create(PASSPHRASE)
    assert len(key) == 32
    assert reopen().exists()
    assert reopen().open(PASSPHRASE) == key


def test_no_key_is_no_key(reopen: Reopen) -> None:
    assert refusal(lambda: reopen().open(PASSPHRASE)) is Failure.STORE_KEY_WRONG


@pytest.mark.parametrize("wrong", [None, "", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_another_passphrase_opens_nothing(reopen: Reopen, keyring: bool, wrong: str | None) -> None:
    key = reopen().create(PASSPHRASE)
    if keyring:
        assert reopen().open(wrong) == key
    else:
        assert refusal(lambda: reopen().open(wrong)) is Failure.STORE_KEY_WRONG


@pytest.mark.parametrize("weak", [None, "", "123456789", "1111111111", "1212121212121", "啊" * 30])
def test_a_weak_passphrase_is_refused_and_makes_nothing(
    reopen: Reopen, keyring: bool, weak: str | None
) -> None:
    if keyring:
        assert len(reopen().create(weak)) == 32
    else:
        assert refusal(lambda: reopen().create(weak)) is Failure.PASSPHRASE_WEAK
        assert not reopen().exists()


def test_a_second_key_is_never_made(reopen: Reopen) -> None:
    key = reopen().create(PASSPHRASE)
    with pytest.raises(FileExistsError):
        reopen().create(PASSPHRASE)
    assert reopen().open(PASSPHRASE) == key
