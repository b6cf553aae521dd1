"""J2 as a person plays it: filed at home, offline; handed on; accepted and decided elsewhere; heard of by both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_j5_j8 import _play

pytestmark = pytest.mark.long  # half a minute; what it shows is held by faster tests too


@pytest.mark.timeout(240)
def test_a_case_filed_at_home_without_a_line_is_accepted_by_the_street_and_comes_back(tmp_path: Path) -> None:
    told = _play("J2", tmp_path)
    assert told["offline_receipt"]
    assert told["forwarded_offline"]
    assert not told["community_may_accept"]
    assert told["received"] < told["forwarded"] < told["taken"] < told["accepted"] < told["decided"]
    assert told["community_sees"] == told["street_sees"] == "decided"
    assert told["agent"]
