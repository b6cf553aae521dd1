"""What the hall countersigns: heads that extend what it has stamped, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from hall.audit_heads import HeadRefused, countersign, refusals, stamps_of
from hall.database import hall_key, open_database
from hall.enrolment import add_station, enrol, new_code
from wire.keys import b64, new_private, public_of, sign
from wire.messages import AuditHead, EnrolRequest
from wire.signed import reply_is_genuine
from workstation.domain.audit import GENESIS


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "hall.db")
    yield engine
    engine.dispose()


@pytest.fixture
def device(hall: Engine) -> str:
    private = new_private()
    with hall.begin() as db:
        add_station(db, "440104", "测试街", "street")
        code = new_code(db, "440104", confirmed_by="test")
        return enrol(
            db, EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode())))
        ).device


def head(
    device: str, seq: int, hash_: str, old: tuple[int, str] = (0, GENESIS), incarnation: int = 1
) -> AuditHead:
    return AuditHead(
        device, incarnation, seq, hash_ * 64, old[0], old[1] if len(old[1]) == 64 else old[1] * 64
    )


def code_of(hall: Engine, device: str, asked: AuditHead) -> tuple[str, int]:
    with pytest.raises(HeadRefused) as caught:
        countersign(hall, device, asked)
    return caught.value.code, caught.value.known


def test_a_head_that_extends_the_last_one_is_signed(hall: Engine, device: str) -> None:
    countersign(hall, device, head(device, 5, "a"))
    stamp = countersign(hall, device, head(device, 9, "b", (5, "a")))
    with hall.begin() as db:
        public = public_of(hall_key(db))
        assert [s.seq for s in stamps_of(db, device).stamps] == [5, 9]
    assert reply_is_genuine(stamp, public)
    again = countersign(hall, device, head(device, 9, "b", (9, "b")))
    assert (again.seq, again.hash) == (9, "b" * 64)
    assert again.at >= stamp.at


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ((4, "a", (0, GENESIS)), "audit_rolled_back"),
        ((8, "b", (5, "a")), "audit_rolled_back"),
        ((9, "x", (9, "b")), "audit_forked"),
        ((12, "c", (9, "x")), "audit_forked"),
        ((12, "c", (5, "a")), "audit_base"),
        ((0, "c", (9, "b")), "audit_forked"),
    ],
)
def test_a_head_that_does_not_is_refused_with_the_last_place(
    hall: Engine, device: str, asked: tuple[int, str, tuple[int, str]], code: str
) -> None:
    countersign(hall, device, head(device, 5, "a"))
    countersign(hall, device, head(device, 9, "b", (5, "a")))
    assert code_of(hall, device, head(device, *asked)) == (code, 9)
    with hall.begin() as db:
        told = refusals(db)
    # What only asks for another place is no matter for a person.
    assert len(told) == (0 if code == "audit_base" else 1)
    assert all(code in line and device in line for line in told)
    countersign(hall, device, head(device, 12, "c", (9, "b")))


def test_another_devices_head_and_another_incarnation_are_refused(hall: Engine, device: str) -> None:
    assert code_of(hall, device, head("0" * 16, 1, "a"))[0] == "audit_forked"
    assert code_of(hall, device, head(device, 1, "a", incarnation=2))[0] == "audit_forked"
