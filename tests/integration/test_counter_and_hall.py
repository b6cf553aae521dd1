"""A counter as bootstrap builds it, against a real hall process: what happens when one of them is away."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from tests.fakes.card_reader import MOTHER
from tests.fakes.newcomer import code_for
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.fakes.quick_keys import derive_quickly
from tests.until import until
from workstation import bootstrap
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services.counter import Counter
from workstation.services.views import Link, PrintView, VisitView
from workstation.settings import Settings

PASSPHRASE = "a long passphrase"
TYPED = {
    "child.birth_certificate_no": "Y440100001",
    "child.name": "测小宝",
    "father.name": FATHER_NAME,
    "father.id_no": FATHER_ID,
    "household.relation_to_head": "30",
    "contact.phone": "13800000000",
}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("demo"), Path(sys.executable), with_card=False) as started:
        yield started


@pytest.fixture
def demo(hall: Demo) -> Demo:
    """The hall of all tests of this file, whole again whatever the one before did to it."""
    if not hall.hall.running:
        hall.start_hall()
    _control(hall, "marriage", "up")
    return hall


@pytest.fixture
def settings(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    derive_quickly(monkeypatch)
    days = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
    return Settings(
        data=tmp_path / "station",
        prints=tmp_path / "prints",
        hall_url=demo.hall_url,
        keyring=False,
        calendar=days,
    )


@pytest.fixture
def desk(demo: Demo, settings: Settings) -> Iterator[Counter]:
    opened = bootstrap.load_counter(settings)
    opened.unlock(PASSPHRASE)
    opened.enrol(demo.hall_url, code_for(demo.database))
    opened.sign_in("clerk", "demo-clerk")
    until(lambda: opened.link().link is Link.UP)
    yield opened
    opened.close()


def _fill(desk: Counter) -> VisitView:
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    desk.acknowledge_notice()
    for query in desk.ready_queries():
        desk.take_check(desk.ask(query))
    return desk.see_original("id_father", seen=True)


def _text(sheet: PrintView) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", sheet.path, "-"], capture_output=True, text=True, check=True
    ).stdout


def _control(demo: Demo, register: str, mode: str) -> None:
    address = f"{demo.departments.url}/control"
    httpx2.post(address, json={"register": register, "mode": mode}, trust_env=False).raise_for_status()


def test_card_to_slip_without_a_window(demo: Demo, desk: Counter) -> None:
    assert _fill(desk).gaps == ()
    view, _ = desk.receive()
    desk.accept()
    until(lambda: desk.case(view.case).status is CaseStatus.DECIDED)
    desk.sign_out()
    desk.sign_in("supervisor", "demo-supervisor")
    slip = _text(desk.print_slip(view.case, SlipKind.RESULT))
    for words in (
        MOTHER_NAME,
        "测小宝",
        "出生登记",
        "城乡居民医保参保",
        "社保卡申领",
        "准予办理",
        "结婚证",
        "民政部门",
    ):
        assert words in slip.replace("\n", "").replace(" ", "")
    assert MOTHER_ID not in slip


def test_a_register_that_is_down_opens_the_paper_path(demo: Demo, desk: Counter) -> None:
    _control(demo, "marriage", "down")
    view = _fill(desk)
    assert {gap.key for gap in view.gaps} == {"marriage", "marriage_certificate"}
    view = desk.see_original("marriage_certificate", seen=True)
    assert view.may_receive
    view, _ = desk.receive()
    desk.accept()
    until(lambda: desk.case(view.case).status is CaseStatus.DECIDED)
    assert desk.case(view.case).papers_saved == 4


def test_hall_away_all_morning_then_everything_is_there_once(demo: Demo, desk: Counter) -> None:
    demo.kill_hall()
    cases = []
    for _ in range(3):
        desk.take_person(MOTHER)
        desk.choose("birth-plan-registration")
        desk.answer("child.order", "1")
        desk.answer("contact.address", "广州市越秀区测试路1号")
        desk.answer("contact.phone", "13800000000")
        until(lambda: desk.link().link is Link.DOWN)
        view, sheet = desk.receive()
        assert "临时收件" in _text(sheet)
        with pytest.raises(Refused, match=Failure.HALL_UNREACHABLE.value):
            desk.accept()
        cases.append(view.case)
        desk.drop_visit()
    assert desk.link().queued == 6  # receipt and slip of each
    demo.start_hall()
    until(lambda: desk.link().queued == 0, 90)
    until(lambda: all(desk.case(case).project_no for case in cases))
    numbers = [desk.case(case).project_no or "" for case in cases]
    assert sorted(numbers) == numbers
    assert len(set(numbers)) == 3
    assert desk.link().parked == 0


def test_hall_down_at_start_does_not_keep_the_clerk_out(
    demo: Demo, settings: Settings, desk: Counter
) -> None:
    before = _fill(desk)
    desk.close()
    demo.kill_hall()
    morning = bootstrap.load_counter(settings)
    try:
        morning.unlock(PASSPHRASE)
        morning.sign_in("clerk", "demo-clerk")
        (draft,) = morning.drafts()
        assert draft.case == before.case
        view = morning.resume(draft.case)
        assert view.gaps == ()
        until(lambda: morning.link().link is Link.DOWN)
        assert morning.receive()[0].receipt_no
    finally:
        morning.close()


def test_hall_killed_between_push_and_answer_makes_one_case(demo: Demo, desk: Counter) -> None:
    _fill(desk)
    view, _ = desk.receive()
    # Killed at whatever moment of the push: before, within or after its commit.
    demo.kill_hall()
    demo.start_hall()
    until(lambda: desk.link().queued == 0, 90)
    until(lambda: desk.case(view.case).project_no)
    assert desk.link().parked == 0


def test_a_copied_store_opens_for_nobody_without_the_passphrase(settings: Settings, desk: Counter) -> None:
    _fill(desk)
    raw = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    for canary in (MOTHER_NAME, MOTHER_ID, FATHER_ID, "测小宝"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert canary.encode(encoding) not in raw
    thief = bootstrap.load_counter(settings)
    try:
        with pytest.raises(Refused, match=Failure.STORE_KEY_WRONG.value):
            thief.unlock("another long passphrase")
    finally:
        thief.close()


def test_the_stations_log_names_no_person(
    settings: Settings, desk: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(0):
        _fill(desk)
        view, _ = desk.receive()
        until(lambda: desk.link().queued == 0)
    assert view.receipt_no
    for canary in (MOTHER_NAME, MOTHER_ID, FATHER_ID, "测小宝", "13800000000"):
        assert not re.search(re.escape(canary), caplog.text)
