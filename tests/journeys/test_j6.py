"""J6 in the real window, with the real card service: what is said and held; how fast is printed by `dev.py journey J6`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_j5_j8 import _play

pytestmark = pytest.mark.long  # half a minute; tests/integration/test_cards.py and tests/ui hold its parts

TROUBLES = {"pulled", "another_person", "unplugged", "service_killed"}


def test_each_trouble_is_told_and_over_without_a_restart(tmp_path: Path) -> None:
    story = _play("J6", tmp_path)
    assert set(story["said"]) == set(story["told_s"]) == set(story["back_s"]) == TROUBLES
    assert all(story["said"].values())
    assert story["held"]["print"] == "card_of_another_person"
    assert "不是" in story["held"]["accept"]
    assert Path(story["slip"]).is_file()  # accepted once the right card was back
