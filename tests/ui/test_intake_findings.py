"""What a clerk found in the way while using the counter screen: each stays mended."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from catalogue.compare import Difference
from catalogue.model import Text
from tests.ui.intake_counter import FATHER, REST, Counter
from wire.messages import Outcome
from workstation.domain.failures import Failure, Refused
from workstation.services.views import EarlierView, MemberView, ReleaseChange, RouteView
from workstation.ui.intake.two_lines import TwoLines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_same_item_chosen_again_shows_its_form_again(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.key(Qt.Key.Key_F3)
    hits = counter.find(QListWidget, "items.hits")
    qtbot.waitUntil(hits.isVisible)
    counter.type("xsr")
    qtbot.waitUntil(lambda: hits.count() == 1)
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not hits.isVisible())
    assert counter.field("mother.phone").isVisible()
    assert counter.focus().startswith("field.")


def test_f4_leaves_the_search_for_the_form(counter: Counter) -> None:
    counter.to_form()
    counter.key(Qt.Key.Key_F3)
    counter.key(Qt.Key.Key_F4)
    assert not counter.find(QListWidget, "items.hits").isVisible()
    assert counter.focus().startswith("field.")


def test_tab_passes_the_search_without_hiding_the_drafts(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.click("intake.new")
    qtbot.waitUntil(counter.find(QListWidget, "drafts.list").isVisible)
    counter.find(QLineEdit, "items.search").setFocus(Qt.FocusReason.TabFocusReason)
    assert counter.find(QListWidget, "drafts.list").isVisible()
    assert counter.find(QLineEdit, "items.search").text() == ""
    counter.type("x")
    assert counter.find(QListWidget, "items.hits").isVisible()


def test_enter_presses_the_step_that_has_the_focus(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    counter.find(QPushButton, "intake.receive").setFocus()
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.focus() == "intake.accept")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.focus() == "intake.new")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.page.talk.view is None)


def test_f12_calls_the_next_person(counter: Counter, qtbot: QtBot) -> None:
    counter.key(Qt.Key.Key_F12)
    assert not counter.asked("drop_visit")
    counter.to_form()
    counter.key(Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: bool(counter.asked("drop_visit")))


def test_a_verified_date_typed_in_digits_is_no_change(counter: Counter) -> None:
    counter.to_ready()
    birth = counter.known("child.birth_date")
    assert birth.guarded
    counter.reveal("child.birth_date")
    counter.calm()
    counter.fill("child.birth_date", birth.value.replace("-", ""))
    assert not counter.find(QWidget, "reason.child.birth_date").isVisible()


def test_a_step_says_that_a_reason_waits(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    counter.reveal("mother.name")
    qtbot.waitUntil(lambda: counter.field("mother.name").text() == "测试一")  # masked until it is asked for
    counter.field("mother.name").selectAll()
    counter.type("测试壹")
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "理由" in counter.words("steps.held"))
    assert counter.focus() == "reason.mother.name"
    counter.calm()
    assert not counter.asked("receive")


def test_f6_with_nothing_left_to_ask_says_so(counter: Counter, qtbot: QtBot) -> None:
    rule = next(iter(counter.desk.outcomes))
    counter.desk.outcomes[rule] = Outcome.NO_RECORD
    counter.to_form()
    for key, text in (FATHER | REST).items():
        counter.fill(key, text)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 4)
    counter.calm()
    counter.key(Qt.Key.Key_F6)
    qtbot.waitUntil(counter.find(QLabel, "checks.said").isVisible)
    assert "都问过了" in counter.words("checks.said")


def test_a_draft_is_deleted_by_the_second_press_only(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.click("intake.new")
    drafts = counter.find(QListWidget, "drafts.list")
    qtbot.waitUntil(lambda: drafts.count() == 1)
    assert "002X" in drafts.item(0).text()
    assert "2026-01-05" in drafts.item(0).text()
    counter.click("drafts.delete")
    counter.calm()
    assert not counter.asked("discard_draft")
    assert "再按一次" in counter.find(QPushButton, "drafts.delete").text()
    counter.page.start._sure.timeout.emit()
    assert counter.find(QPushButton, "drafts.delete").text() == "删除"
    counter.click("drafts.delete")
    counter.click("drafts.delete")
    qtbot.waitUntil(lambda: bool(counter.asked("discard_draft")))
    qtbot.waitUntil(lambda: drafts.count() == 0)


def test_a_provisional_number_says_so_until_it_is_confirmed(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    receive = counter.desk.receive

    def offline() -> object:
        view, sheet = receive()
        return replace(view, provisional=True), sheet

    counter.desk.receive = offline  # type: ignore[method-assign, assignment]
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "临时" in counter.words("steps.state"))
    counter.page.hall_is_there()
    qtbot.waitUntil(lambda: "临时" not in counter.words("steps.state"))


def test_what_was_said_of_the_hall_goes_when_it_is_back(counter: Counter) -> None:
    counter.page._refused(Refused(Failure.HALL_UNREACHABLE))
    assert counter.find(QWidget, "banner.text").isVisible()
    counter.page.banner.over(Failure.HALL_UNREACHABLE)
    assert not counter.find(QWidget, "banner.text").isVisible()


def test_a_draft_under_an_older_release_says_so_and_can_be_moved(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    item = Text("出生登记", "Birth entry")
    changes = (
        ReleaseChange(item, Difference("+", "field", "child.blood"), Text("血型", "Blood group")),
        ReleaseChange(item, Difference("~", "promised", before="1 workday", after="3 workday"), None),
    )
    counter.page._show(replace(view, release_changes=changes))
    said = counter.words("release.said")
    assert "出生登记：新增信息项“血型”" in said
    assert "出生登记：承诺时限由 1 个工作日 改为 3 个工作日" in said
    counter.click("release.adopt")
    qtbot.waitUntil(lambda: bool(counter.asked("adopt_release")))
    qtbot.waitUntil(lambda: not counter.find(QWidget, "releaseRow").isVisible())


def test_an_optional_member_is_a_box_beside_the_title(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    member = MemberView("senior-card-first", Text("老年人优待卡", "Senior card"), wanted=True, possible=True)
    counter.page._show(replace(view, optional=(member,)))
    box = counter.find(QCheckBox, "member.senior-card-first")
    assert box.isVisible()
    assert box.isChecked()
    # By keys as well: Tab goes from the boxes over the way back to the search into the form.
    box.setFocus()
    counter.key(Qt.Key.Key_Tab)
    assert counter.focus() == "items.change"
    counter.key(Qt.Key.Key_Tab)
    assert counter.focus().startswith("field.")
    box.setFocus()
    counter.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: counter.asked("set_member") == [("set_member", "senior-card-first", "False")])


def test_what_was_given_before_is_offered_by_name_and_taken_with_consent(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    assert not counter.find(QWidget, "earlierRow").isVisible()
    before = EarlierView((Text("联系电话", "Phone"),), (Text("照片", "Photo"),), view.opened_at)
    counter.page._show(replace(view, earlier=before))
    assert "1 项信息、1 份材料" in counter.words("earlier.said")
    assert "联系电话、照片" in counter.words("earlier.said")
    counter.click("earlier.take")
    qtbot.waitUntil(lambda: bool(counter.asked("reuse")))


def test_an_item_of_another_window_says_whose_it_is(counter: Counter) -> None:
    counter.to_form()
    view = counter.page.talk.view
    assert view is not None
    windows = (Text("区政务中心", "District centre"),)
    here = RouteView(Text("企业设立", "Company"), windows, received_here=True)
    counter.page._show(replace(view, routes=(here,)))
    assert counter.words("route.said") == "企业设立由区政务中心受理，这里按通办代收"
    counter.page._show(replace(view, routes=(replace(here, received_here=False),)))
    assert counter.words("route.said") == "企业设立不在这里收件，请办事人到区政务中心"


def test_a_bundle_of_many_members_is_elided_and_never_scrolled_to(qtbot: QtBot) -> None:
    hits = QListWidget()
    hits.setItemDelegate(TwoLines(hits))
    hits.addItem("新生儿出生一件事\n" + "城乡居民医保参保（新生儿）、" * 20)
    qtbot.addWidget(hits)
    hits.resize(300, 120)
    hits.show()
    assert hits.horizontalScrollBar().maximum() == 0
