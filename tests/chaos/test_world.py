"""What the run does as if years had passed, it does only where the product's own rule of thirty days would hold."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.world import Hall


def test_no_station_purges_while_a_backup_waits_or_before_it_has_heard_of_the_restored_hall(
    tmp_path: Path,
) -> None:
    hall = Hall(tmp_path, 1)
    hall.epoch = "first"
    assert hall.may_purge("s0", "first")
    assert not hall.backup(tmp_path / "backup.db")  # somebody purges
    hall.purged("s0")
    hall.backed_up.set()
    assert not hall.may_purge("s0", "first")
    hall.epoch = "second"  # it is put back
    hall.backed_up.clear()
    assert not hall.may_purge("s0", "first")
    assert hall.may_purge("s0", "second")
