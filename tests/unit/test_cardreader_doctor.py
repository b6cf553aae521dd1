"""The diagnosis: what is wrong first, the remedy beside it, and no person in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.fakes.card_reader import healthy
from workstation.cardreader.diagnosis import session_type
from workstation.cardreader.doctor import explained, lines, trouble
from workstation.domain.diagnosis import Diagnosis, ReadDone, reader_days
from workstation.domain.failures import Failure


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({}, None),
        ({"read": "", "read_ms": None}, None),
        ({"service": "card_service_down", "readers": (), "read": ""}, Failure.CARD_SERVICE_DOWN),
        ({"readers": (), "read": ""}, Failure.READER_MISSING),
        ({"read": "card_hung", "read_ms": None}, Failure.CARD_HUNG),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(changes: dict[str, object], failure: Failure | None) -> None:
    assert trouble(replace(healthy(), **changes)) is failure  # type: ignore[arg-type]


def test_a_mute_card_is_told_although_nothing_was_read() -> None:
    reader = replace(healthy().readers[0], presence="mute")
    assert trouble(replace(healthy(), readers=(reader,), read="")) is Failure.CARD_MUTE


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failure_is_explained_with_cause_and_remedy(failure: Failure) -> None:
    told = "\n".join(explained(failure))
    assert "**Cause:**" in told
    assert "**Remedy:**" in told


def test_the_report_has_reader_driver_and_each_step() -> None:
    told = "\n".join(lines(healthy()))
    assert "fake 1.0.0" in told
    assert "done in 400 ms" in told
    assert "20.0 ms  connect" in told
    assert "**Remedy:**" in "\n".join(lines(_down()))


def _down() -> Diagnosis:
    return replace(healthy(), service="card_service_down", readers=(), read="", read_ms=None, steps=())


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        ({"DISPLAY": ":0"}, "x11"),
        ({"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, "wayland"),
        ({"XRDP_SESSION": "1", "DISPLAY": ":10"}, "remote"),
        ({"SSH_CONNECTION": "a b", "DISPLAY": ":10"}, "remote"),
        ({}, "none"),
    ],
)
def test_a_remote_session_is_told_apart(environment: dict[str, str], kind: str) -> None:
    assert session_type(environment) == kind


def test_a_readers_day_counts_its_own_day_only() -> None:
    today = datetime(2026, 11, 23, 3, tzinfo=UTC)
    yesterday = datetime(2026, 11, 22, 3, tzinfo=UTC)
    reads = (
        ReadDone(yesterday, "A", 900.0),
        ReadDone(today, "A", 400.0),
        ReadDone(today, "A", 600.0),
        ReadDone(today, "", 8000.0, Failure.CARD_HUNG),
    )
    nobody, one = reader_days(reads, date(2026, 11, 23))
    assert (one.reader, one.reads, one.done, one.mean_ms) == ("A", 2, 2, 500.0)
    assert (nobody.reads, nobody.done, nobody.mean_ms) == (1, 0, None)
    assert nobody.refused == ((Failure.CARD_HUNG, 1),)
