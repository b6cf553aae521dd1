"""The set of `dev.py cluster`: what was acknowledged outlives its primary, and the control loses what it must lose."""

from __future__ import annotations

import shutil

import pytest

from bench.cluster import prove


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.skipif(
    not shutil.which("patroni"), reason="python3 dev.py cluster installs Patroni, etcd and HAProxy"
)
def test_no_receipt_is_lost_with_a_primary_and_some_are_without_a_synchronous_standby() -> None:
    figures = prove(long=False, told=lambda _: None)
    assert figures["missing"] == 0
    assert figures["acked"] > 100
    assert {each["fault"] for each in figures["rounds"]} == {"primary_database", "primary_machine"}
    assert figures["control"]["missing"] > 0
