"""A counter as bootstrap builds it and a real hall: refused by two, reopened by two, accepted; an account that ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.environment import Demo
from tests.fakes.card_reader import MOTHER
from tests.fakes.hall_command import hall_command
from tests.fakes.people import FATHER_ID, FATHER_NAME
from tests.until import until
from workstation import bootstrap
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.case import CaseStatus
from workstation.domain.failures import Refused
from workstation.services.counter import Counter
from workstation.services.views import Link, StationStep
from workstation.settings import Settings

TYPED = {
    "child.birth_certificate_no": "Y440100001",
    "child.name": "测小宝",
    "father.name": FATHER_NAME,
    "father.id_no": FATHER_ID,
    "household.relation_to_head": "30",
    "contact.phone": "13800000000",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("demo"), Path(sys.executable), with_card=False) as started:
        yield started


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("station")
    days = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
    opened = bootstrap.load_counter(
        Settings(folder / "data", folder / "prints", hall_url=demo.hall_url, keyring=False, calendar=days)
    )
    opened.unlock("a long passphrase")
    opened.enrol(demo.hall_url, demo.enrol_code)
    opened.sign_in("clerk", "demo-clerk")
    until(lambda: opened.link().link is Link.UP)
    yield opened
    opened.close()


def closed(demo: Demo, case: str) -> str | None:
    with sqlite3.connect(demo.root / "hall.db") as db:
        row = db.execute("SELECT closed FROM cases WHERE id = ?", (case,)).fetchone()
    return str(row[0]) if row and row[0] else None


def test_refused_by_two_reopened_by_two_and_accepted_after_all(demo: Demo, desk: Counter) -> None:
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    desk.acknowledge_notice()
    for query in desk.ready_queries():
        desk.take_check(desk.ask(query))
    case = desk.see_original("id_father", seen=True).case
    desk.receive()
    made = desk.propose(
        case, Wish(ProposalKind.REFUSE, Reason.NOT_COMPETENT, "户口在外区，由所在区办理", "测试区公安分局")
    )
    _, sheet = desk.approve(made.id, made.sha256, "supervisor", "demo-supervisor")
    assert sheet is not None
    text = subprocess.run(
        ["pdftotext", "-raw", sheet.path, "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("不予受理通知书", "测试区公安分局", "行政复议", "行政诉讼", "第三十二条"):
        assert words in text.replace("\n", "")
    until(lambda: closed(demo, case) == "case_not_accepted")
    again = desk.propose(case, Wish(ProposalKind.REOPEN, Reason.DECIDED_BY_MISTAKE, "核对后确认归本区办理"))
    desk.approve(again.id, again.sha256, "supervisor2", "demo-supervisor2")
    until(lambda: closed(demo, case) is None)
    desk.resume(case)
    desk.accept()
    until(lambda: desk.case(case).status in {CaseStatus.DISPATCHED, CaseStatus.DECIDED})
    assert desk.link().parked == 0


def test_an_account_that_the_hall_ends_is_signed_out_without_anybody_asking(
    demo: Demo, desk: Counter
) -> None:
    desk.sign_out()
    desk.sign_in("agent", "demo-agent")
    gone = ("staff", "remove", "--database", demo.database, "--station", "440104", "--login", "agent")
    assert hall_command(*gone).returncode == 0
    until(lambda: desk.station().step is StationStep.SIGN_IN)
    with pytest.raises(Refused):
        desk.sign_in("agent", "demo-agent")
