"""A hall process whose disk refuses: told by a code, no receipt given, and the station's event comes through later, once."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.environment import Demo
from tests.crash.shim import environment
from tests.fakes.day import citizens, fill
from tests.fakes.device import Answered
from tests.fakes.newcomer import newcomer
from tests.until import until
from wire.messages import ChangeKind, PushStatus
from workstation import bootstrap
from workstation.services.views import Link
from workstation.settings import Settings

REFUSALS = {errno.ENOSPC: (507, "storage_full"), errno.EIO: (503, "storage"), errno.EROFS: (503, "storage")}


@pytest.fixture(params=[errno.ENOSPC, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
def error(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture
def trouble(tmp_path: Path, error: int) -> Path:
    """While this file is there, the hall's disk refuses."""
    return tmp_path / f"trouble.{error}"


@pytest.fixture
def demo(shim: Path, tmp_path: Path, trouble: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """A hall under the shim."""
    with monkeypatch.context() as patch:
        for name, value in environment(shim, tmp_path / "demo").items():
            patch.setenv(name, value)
        patch.setenv("CRASH_WHILE", str(trouble))
        made = Demo(tmp_path / "demo", Path(sys.executable), with_card=False, departments=False)
    with made:
        yield made


def test_a_refusing_disk_is_told_and_no_receipt_given(demo: Demo, trouble: Path, error: int) -> None:
    device = newcomer(demo)
    first, second = device.received("before"), device.received("meanwhile")
    assert [r.status for r in device.push(first)] == [PushStatus.APPLIED]
    trouble.touch()
    for _ in range(3):
        with pytest.raises(Answered) as answered:
            device.push(second)
        assert (answered.value.status, answered.value.code) == REFUSALS[error]
    trouble.unlink()
    (result,) = device.push(second)
    assert (result.status, result.receipt is not None) == (PushStatus.APPLIED, True)
    assert [r.status for r in device.push(first, second)] == [PushStatus.DUPLICATE] * 2
    told = [change for change in device.all_changes("meanwhile") if change.kind is ChangeKind.CASE_REGISTERED]
    assert len(told) == 1


@pytest.mark.parametrize("error", [errno.ENOSPC], ids=["ENOSPC"])
def test_a_station_keeps_what_the_hall_cannot_take_and_sends_it_later(
    demo: Demo, trouble: Path, tmp_path: Path, error: int
) -> None:
    settings = Settings(
        data=tmp_path / "station",
        prints=tmp_path / "prints",
        hall_url=demo.hall_url,
        keyring=False,
        calendar=Path(__file__).parents[2] / "demo" / "working-days-after-2026.json",
    )
    desk = bootstrap.load_counter(settings)
    try:
        desk.unlock("a long passphrase")
        desk.enrol(demo.hall_url, demo.enrol_code)
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link is Link.UP)
        view = fill(desk, citizens()[0], citizens()[1], "birth-plan-registration", bootstrap.now())
        trouble.touch()
        view, _ = desk.receive()
        assert view.receipt_no
        until(lambda: desk.link().link is Link.DOWN)
        assert (desk.link().queued, desk.link().parked) == (2, 0)  # receipt and slip
        trouble.unlink()
        until(lambda: desk.link().queued == 0)
        until(lambda: desk.case(view.case).project_no)
        assert desk.link().parked == 0
    finally:
        desk.close()
