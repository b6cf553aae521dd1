"""The auditor's page in the whole window: a trail of a hundred thousand, filters, the chain, alarms, export, no deed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDateEdit, QListWidget
from pytestqt.qtbot import QtBot

from tests.fakes import trail
from tests.fakes.desk import FakeDesk
from tests.ui.shell_hands import Hands, window
from wire.messages import Role
from workstation.domain.audit import Standing
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.views import StationStep
from workstation.ui import text
from workstation.ui.pages.audit import AuditPage
from workstation.ui.words import audit as words

LENGTH = 2_000
LONG = 100_000


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk(StationStep.SIGN_IN)
    made.roles = (Role.AUDITOR,)
    made.audit_view = trail.state(LENGTH)
    return made


def sign_in(hands: Hands) -> AuditPage:
    hands.wait_for("signin.login")
    hands.line("signin.login").setText("auditor")
    hands.line("signin.password").setText("secret")
    hands.click("signin.submit")
    page = hands.shell().pages["audit"]
    assert isinstance(page, AuditPage)
    hands.wait(lambda: page.model.rowCount() > 0)
    return page


@pytest.fixture
def hands(qtbot: QtBot, desk: FakeDesk) -> Iterator[Hands]:
    with window(qtbot, desk) as opened:
        yield opened


def test_an_auditor_begins_on_the_trail_and_has_no_page_of_cases(hands: Hands) -> None:
    page = sign_in(hands)
    assert list(hands.shell().pages) == ["supervision", "station", "audit"]
    assert page.isVisible()
    assert hands.focus() == "audit.case"
    assert page.model.rowCount() == LENGTH


def test_of_a_hundred_thousand_lines_only_those_that_are_seen_are_fetched(
    hands: Hands, desk: FakeDesk
) -> None:
    desk.audit_view = trail.state(LONG)
    page = sign_in(hands)
    hands.wait(lambda: page.model.line(0) is not None)
    assert page.model.rowCount() == LONG
    for row in (50_000, 99_000, 20_000, LONG - 1):
        page.table.scrollTo(page.model.index(row, 0))
        hands.wait(lambda row=row: page.model.line(row) == trail.line(LONG - row))  # type: ignore[misc]
    assert sum(int(call[1]) for call in hands.asked("audit_lines")) < 3000


def test_a_line_says_who_what_when_and_why(hands: Hands) -> None:
    page = sign_in(hands)
    row = next(r for r in range(20) if trail.line(LENGTH - r).why)
    hands.wait(lambda: page.model.line(row) is not None)
    said = [page.model.index(row, column).data() for column in range(page.model.columnCount())]
    line = trail.line(LENGTH - row)
    assert said[0] == str(line.seq)
    assert said[2:4] == [line.actor, "信息核验"]
    assert "办理出生登记" in said[4]
    assert said[5] == line.case[-12:]


def test_every_deed_has_words() -> None:
    # A name for what was done, not the code of it: the auditor reads Chinese.
    assert [deed for deed in Deed if words.deed(deed) == deed.value] == []


@pytest.mark.parametrize(
    ("deed", "note", "said"),
    [
        (Deed.LOCKED, "asked", "本人锁定"),
        (Deed.LOCKED, "idle", "久未操作"),
        (Deed.LOCKED, "suspended", "电脑休眠"),
        (Deed.PROPOSED, "p-1 refuse not_required", "不予受理 · 依法不需要办理 · p-1"),
        (Deed.LOCKED, "card", "操作员卡取走"),
        (Deed.RESUMED, "password", "用密码"),
        (Deed.SIGNED_IN, "window 01 card", "01 号窗口，用密码和操作员卡"),
        (Deed.SIGNED_IN, "window 00 password", "用密码"),
        (Deed.SIGNED_OUT, "somebody else signed in", "换人登录"),
        (Deed.REVEALED, "person", "姓名和号码"),
        (Deed.PRINTED, "440104260105RCP0017K 0", "440104260105RCP0017K，首次打印"),
        (Deed.PRINTED, "440104260105RCP0017K 2", "440104260105RCP0017K，第 2 次补打"),
        (Deed.VERIFIED, "record_found E20260105000017", "有登记 E20260105000017"),
        (Deed.RECEIVED, "4401042601050100017K", "4401042601050100017K"),
    ],
)
def test_a_note_is_told_in_words(deed: Deed, note: str, said: str) -> None:
    assert words.note(deed, note) == said


def test_without_alarms_the_words_stand_under_their_title(
    hands: Hands, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "alarms", lambda: ())
    page = sign_in(hands)
    hands.wait(lambda: page._alarms_note.text() == "大厅没有告警。")
    hands.wait(lambda: 0 < page._alarms_note.y() < 60)


def test_day_person_deed_and_case_are_looked_for_together(hands: Hands, desk: FakeDesk) -> None:
    page = sign_in(hands)
    hands.wait(lambda: hands.find(QComboBox, "audit.actor").count() == 4)
    page.filter.by_day.setChecked(True)
    hands.find(QDateEdit, "audit.day").setDate(QDate(2026, 1, 5))
    actor, deed = hands.find(QComboBox, "audit.actor"), hands.find(QComboBox, "audit.deed")
    actor.setCurrentIndex(actor.findData("clerk"))
    deed.setCurrentIndex(next(i for i in range(deed.count()) if deed.itemData(i) == "verified"))
    hands.line("audit.case").setText(" R17 ")
    hands.key(Qt.Key.Key_F6)
    hands.wait_for("emptyTitle")
    assert hands.asked("audit_search")[-1] == ("audit_search", "clerk", "R17", "verified")
    hands.line("audit.case").clear()
    hands.key(Qt.Key.Key_F6)
    hands.wait(lambda: 0 < page.model.rowCount() < LENGTH)
    hands.wait(lambda: page.model.line(0) is not None)
    line = page.model.line(0)
    assert line is not None
    assert (line.actor, line.deed.value, f"{line.at:%Y-%m-%d}") == ("clerk", "verified", "2026-01-05")


def test_nothing_in_the_trail_can_be_edited(hands: Hands) -> None:
    page = sign_in(hands)
    assert page.table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    assert not page.model.flags(page.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize("standing", list(Standing))
def test_the_chain_says_how_it_stands_and_how_much_nobody_has_signed(
    hands: Hands, desk: FakeDesk, standing: Standing
) -> None:
    desk.audit_view = trail.state(600, 41, standing, "audit_forked" if standing is Standing.REFUSED else "")
    page = sign_in(hands)
    hands.wait(lambda: page.chip.words.text() == words.standing(standing))
    assert hands.words("audit.detail") == words.standing_detail(standing)
    assert hands.words("audit.exposed").startswith("41 条")
    assert hands.words("audit.stamped").startswith("第 559 条")
    assert hands.sees("audit.trouble") == (standing is Standing.REFUSED)


def test_alarms_are_listed_and_a_hall_that_does_not_answer_is_told(hands: Hands, desk: FakeDesk) -> None:
    page = sign_in(hands)
    hands.wait(lambda: page.alarms.count() == 2)
    alarms = hands.find(QListWidget, "audit.alarms")
    assert "查询本人" in alarms.item(0).text()
    desk.refuse["alarms"] = Refused(Failure.HALL_UNREACHABLE)
    hands.shell().open("station")
    hands.shell().open("audit")
    hands.wait(lambda: not page.alarms.isVisible())
    assert hands.words("audit.alarms_note") == text.failure_and_remedy(Failure.HALL_UNREACHABLE)


def test_the_export_says_where_it_went_and_a_refusal_goes_to_the_banner(hands: Hands, desk: FakeDesk) -> None:
    page = sign_in(hands)
    page.export_to("/somewhere/audit.jsonl")
    hands.wait(lambda: hands.words("audit.exported").startswith("已导出 2000 条"))
    desk.refuse["audit_export"] = Refused(Failure.AUDIT_EXPORT_FAILED)
    page.export_to("/nowhere/audit.jsonl")
    hands.wait(lambda: hands.sees("banner.text"))
    assert hands.words("banner.text") == text.failure(Failure.AUDIT_EXPORT_FAILED)


@pytest.mark.parametrize(
    ("standing", "failure"),
    [
        (Standing.LATE, Failure.AUDIT_LATE),
        (Standing.STOPPED, Failure.AUDIT_STOPPED),
        (Standing.REFUSED, Failure.AUDIT_REFUSED),
    ],
)
def test_a_chain_that_is_not_signed_is_told_to_whoever_sits_there_and_taken_back(
    qtbot: QtBot, desk: FakeDesk, standing: Standing, failure: Failure
) -> None:
    desk.roles = (Role.SUPERVISOR,)
    desk.step = StationStep.SIGN_IN
    good = desk.link_view
    desk.link_view = dataclasses.replace(good, audit=standing)
    with window(qtbot, desk) as hands:
        hands.wait_for("signin.login")
        hands.line("signin.login").setText("supervisor")
        hands.line("signin.password").setText("secret")
        hands.click("signin.submit")
        hands.shell()
        hands.wait(lambda: hands.sees("banner.text"))
        assert hands.words("banner.text") == text.failure(failure)
        desk.link_view = good
        hands.shell().poll()
        hands.wait(lambda: not hands.sees("banner.text"))


def test_a_lost_key_is_recovered_at_the_gate(qtbot: QtBot) -> None:
    desk = FakeDesk(StationStep.UNLOCK)
    with window(qtbot, desk) as hands:
        hands.wait_for("gate.lost")
        hands.click("gate.lost")
        hands.wait_for("recover.code")
        hands.line("recover.passphrase_again").setFocus()
        hands.click("recover.submit")
        hands.wait(lambda: hands.words("gateProblem") == text.failure_and_remedy(Failure.RECOVERY_REFUSED))
        hands.wait(lambda: hands.focus() == "recover.code")  # the code was wrong, not the passphrase
        hands.line("recover.code").setText("ABCD-EFGH")
        hands.line("recover.passphrase").setText("a long passphrase")
        hands.click("recover.submit")
        hands.wait(lambda: "两次口令" in hands.words("gateProblem"))
        hands.line("recover.passphrase_again").setText("a long passphrase")
        hands.click("recover.submit")
        hands.wait_for("signin.login")
        assert hands.asked("recover")[-1] == ("recover", "ABCD-EFGH", "", "a long passphrase")
        panel = hands.window.gate.recovery
        assert not any(line.text() for line in panel.lines)  # Nothing secret is left behind.


def test_the_way_back_from_recovery_is_the_passphrase(qtbot: QtBot) -> None:
    with window(qtbot, FakeDesk(StationStep.UNLOCK)) as hands:
        hands.wait_for("gate.lost")
        hands.click("gate.lost")
        hands.wait_for("recover.back")
        hands.window.gate.recovery.take_file("/usb/grant.json")
        hands.click("recover.back")
        hands.wait_for("gate.passphrase")
        assert hands.window.gate.recovery.file == ""
        hands.click("gate.lost")
        hands.wait(lambda: hands.focus() == "recover.code")
        hands.key(Qt.Key.Key_Escape)
        hands.wait_for("gate.passphrase")


def test_a_new_station_is_offered_no_recovery(qtbot: QtBot) -> None:
    with window(qtbot, FakeDesk(StationStep.NEW_KEY)) as hands:
        hands.wait_for("gate.passphrase_again")
        assert not hands.sees("gate.lost")
