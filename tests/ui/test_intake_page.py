"""The counter screen, from the card to the acceptance, by keys and clicks on the real widgets."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.fakes import newborn
from tests.ui.intake_counter import Counter
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Glimpse
from workstation.ui.intake.material_row import MaterialRow
from workstation.ui.intake.person_strip import PersonStrip
from workstation.ui.widgets.mark import Sign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


# -- person ----------------------------------------------------------------------------------------------
def test_card_put_in_shows_its_holder_masked(counter: Counter) -> None:
    counter.put_card()
    assert counter.words("person.name") == "测**"
    assert counter.words("person.id") == "440***********002X"
    assert "未认证" in counter.words("person.card")


def test_reading_shows_progress_and_a_second_key_reads_once(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    read = counter.desk.read_card

    def slow(told: Callable[[Glimpse], object], pin: object) -> object:
        identity = read(told)
        go_on.wait(10)
        return identity

    counter.desk.read_card = slow  # type: ignore[method-assign, assignment]
    counter.key(Qt.Key.Key_F2)
    counter.key(Qt.Key.Key_F2)
    assert counter.find(QProgressBar, "person.progress").isVisible()
    # Name and number stand there, masked, while the rest of the card is still read.
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert counter.words("person.id") == "440***********002X"
    assert counter.find(QProgressBar, "person.progress").isVisible()
    assert not counter.asked("take_person")
    go_on.set()
    qtbot.waitUntil(lambda: bool(counter.asked("take_person")))
    qtbot.waitUntil(lambda: not counter.find(QProgressBar, "person.progress").isVisible())
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert not counter.find(QProgressBar, "person.progress").isVisible()
    assert len(counter.asked("read_card")) == 1


def test_wrong_card_taken_out_frees_the_steps(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    counter.desk.card = newborn.stranger()
    counter.put_card()
    counter.desk._talk.wrong_card = False  # what the desk says once the reader is empty
    counter.page.card_gone()
    qtbot.waitUntil(counter.find(QPushButton, "intake.receive").isEnabled)


def test_who_was_glimpsed_on_a_card_that_failed_is_nobody(counter: Counter, qtbot: QtBot) -> None:
    def torn(told: Callable[[Glimpse], object], pin: object) -> object:
        told(Glimpse("测试一", "44010018990101002X"))
        raise Refused(Failure.CARD_REMOVED)

    counter.desk.read_card = torn  # type: ignore[method-assign, assignment]
    counter.key(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "拿走" in counter.words("banner.text"))
    assert not counter.find(QLabel, "person.name").isVisible()
    assert counter.words("person.name") == ""


def test_pin_is_typed_hidden_and_read_once(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    counter.find(QPushButton, "person.pin_ask").click()
    pin = counter.find(QLineEdit, "person.pin")
    assert counter.focus() == "person.pin"
    assert pin.echoMode() is QLineEdit.EchoMode.Password
    counter.type("12")
    counter.key(Qt.Key.Key_Return)  # too short: nothing happens
    assert ("read_card", "pin") not in counter.desk.calls
    counter.type("ab3456")
    assert pin.text() == "123456"
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("read_card", "pin") in counter.desk.calls)
    assert pin.text() == ""
    assert not pin.isVisible()
    assert "123456" not in repr(counter.desk.calls)


def test_pin_that_was_not_given_stays_nowhere(counter: Counter) -> None:
    counter.put_card()
    counter.find(QPushButton, "person.pin_ask").click()
    counter.type("1234")
    counter.find(QPushButton, "intake.read_card").setFocus()
    assert counter.find(QLineEdit, "person.pin").text() == ""
    assert counter.find(QPushButton, "person.pin_ask").isVisible()


def test_failed_read_says_so_and_loses_nothing(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.desk.refuse["read_card"] = Refused(Failure.CARD_REMOVED)
    counter.key(Qt.Key.Key_F2)
    qtbot.waitUntil(counter.find(QLabel, "banner.text").isVisible)
    assert counter.known("mother.name").value == "测试一"
    assert counter.field("mother.phone").isVisible()


def test_revealed_name_hides_by_itself_and_with_the_next_person(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    counter.click("person.reveal")
    qtbot.waitUntil(lambda: counter.words("person.name") == "测试一")
    assert counter.asked("reveal_person")
    counter.find(PersonStrip, "personStrip")._clear.over.emit()
    assert counter.words("person.name") == "测**"
    assert counter.words("person.id") == "440***********002X"


def test_who_has_read_the_name_covers_it_at_once(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    counter.find(QPushButton, "person.reveal").setFocus()
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.words("person.name") == "测试一")
    assert counter.focus() == "person.reveal"  # and not on the PIN beside it
    counter.key(Qt.Key.Key_Return)
    assert counter.words("person.name") == "测**"
    assert len(counter.asked("reveal_person")) == 1


def test_card_of_another_person_holds_the_steps_and_its_own_card_frees_them(counter: Counter) -> None:
    counter.to_ready()
    assert counter.find(QPushButton, "intake.receive").isEnabled()
    counter.desk.card = newborn.stranger()
    counter.put_card()
    assert not counter.find(QPushButton, "intake.receive").isEnabled()
    assert counter.words("steps.held")
    assert counter.words("person.name") == "测**"
    counter.desk.card = newborn.mother()
    counter.put_card()
    assert counter.find(QPushButton, "intake.receive").isEnabled()
    assert not counter.find(QWidget, "banner.text").isVisible()


# -- what ------------------------------------------------------------------------------------------------
def test_item_is_chosen_by_arrows_and_enter(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    hits = counter.find(QListWidget, "items.hits")
    qtbot.waitUntil(lambda: hits.count() == len(newborn.ITEMS))
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Up)
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.words("items.title") == "新生儿出生一件事")
    assert not hits.isVisible()
    assert counter.asked("choose") == [("choose", "newborn")]


def test_double_click_chooses_once(counter: Counter, qtbot: QtBot) -> None:
    counter.put_card()
    hits = counter.find(QListWidget, "items.hits")
    qtbot.waitUntil(lambda: hits.count() == len(newborn.ITEMS))
    hits.itemClicked.emit(hits.item(0))
    hits.itemActivated.emit(hits.item(0))
    counter.calm()
    assert len(counter.asked("choose")) == 1


def test_escape_in_the_search_goes_back_to_the_form(counter: Counter) -> None:
    counter.to_form()
    counter.key(Qt.Key.Key_F3)
    assert counter.focus() == "items.search"
    counter.key(Qt.Key.Key_Escape)
    assert counter.field("mother.phone").isVisible()
    assert counter.focus() == "field.mother.phone"


# -- papers ----------------------------------------------------------------------------------------------
def test_replaced_paper_needs_no_hand_and_a_missing_one_takes_the_tick(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.to_form()
    assert not counter.find(QAbstractButton, "material.mother_id.seen").isVisible()
    consent = counter.find(MaterialRow, "material.head_consent")
    assert consent.mark.sign is Sign.CARE
    counter.key(Qt.Key.Key_F5)
    assert counter.focus() == "material.father_id.seen"
    consent.seen.setFocus()
    counter.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: consent.mark.sign is Sign.GOOD)
    assert counter.asked("see_original") == [("see_original", "head_consent", "True")]


def test_refused_tick_goes_back(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.desk.refuse["see_original"] = Refused(Failure.STORE_FULL)
    counter.click("material.head_consent.seen")
    qtbot.waitUntil(lambda: not counter.find(QAbstractButton, "material.head_consent.seen").isChecked())


def test_scan_is_handed_to_the_desk(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.page.materials.scan_chosen.emit("head_consent", "/tmp/consent.pdf")
    qtbot.waitUntil(lambda: "扫描件 1" in _texts(counter.find(MaterialRow, "material.head_consent")))


def _texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


# -- gaps and steps --------------------------------------------------------------------------------------
def test_gap_leads_to_its_place(counter: Counter) -> None:
    counter.to_form()
    gaps = counter.find(QListWidget, "gaps.list")
    places = {gaps.item(row).data(Qt.ItemDataRole.UserRole): gaps.item(row) for row in range(gaps.count())}
    for place, key, focus in (
        ("form", "card.bank", "field.card.bank"),
        ("checks", "marriage", "check.marriage"),
        ("materials", "head_consent", "material.head_consent.seen"),
    ):
        gaps.setFocus()
        gaps.setCurrentItem(places[(place, key)])
        counter.key(Qt.Key.Key_Return)
        assert counter.focus() == focus


def test_receipt_then_acceptance_by_two_keys(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    assert not counter.find(QPushButton, "intake.accept").isEnabled()
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.words("steps.receipt") == "440104 260105 03 0001K")
    assert "未受理" in counter.words("steps.state")
    assert counter.find(QLabel, "steps.slip").property("path") == "/var/slips/440104260105030001K-RCP.pdf"
    assert counter.field("mother.phone").isReadOnly()
    counter.key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: counter.words("steps.state") == "已受理")
    qtbot.waitUntil(lambda: counter.focus() == "intake.new")
    counter.put_card()  # the same card again must not wipe the receipt off the screen
    assert counter.words("steps.state") == "已受理"
    asked = len(counter.asked("ready_queries"))
    counter.key(Qt.Key.Key_F6)  # an accepted case gives no purpose for another look-up
    counter.calm()
    assert len(counter.asked("ready_queries")) == asked


def test_the_next_citizens_card_opens_the_next_visit(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.words("steps.receipt") != "")
    counter.key(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: counter.words("steps.state") == "已受理")
    counter.desk.card = newborn.stranger()
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    assert not counter.find(QWidget, "banner.text").isVisible()
    assert not counter.find(QLabel, "steps.receipt").isVisible()


def test_receipt_whose_sheet_did_not_come_out_is_kept_and_not_called_printed(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.desk.jammed = True
    counter.to_ready()
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: counter.words("steps.receipt") == "440104 260105 03 0001K")
    assert "没有送到打印机" in counter.words("steps.slip")
    assert "已送打印" not in counter.words("steps.slip")


def test_step_key_sends_the_field_being_typed_first(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    counter.reveal("mother.phone")  # masked since the next field was typed in
    qtbot.waitUntil(lambda: "*" not in counter.field("mother.phone").text())
    counter.fill("mother.phone", "")
    assert not counter.find(QPushButton, "intake.receive").isEnabled()
    counter.field("mother.phone").setFocus()
    counter.type("13800000001")
    counter.key(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(counter.asked("receive")))
    calls = [call[0] for call in counter.desk.calls]
    assert calls.index("receive") > len(calls) - 1 - calls[::-1].index("answer")


def test_step_that_is_held_says_why(counter: Counter) -> None:
    counter.to_form()
    counter.key(Qt.Key.Key_F9)
    counter.calm()
    assert not counter.asked("receive")
    assert counter.find(QLabel, "steps.held").property("bad") is True
    assert counter.words("steps.held")


def test_next_citizen_finds_nothing_of_the_last_one(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.click("person.reveal")
    qtbot.waitUntil(lambda: counter.words("person.name") == "测试一")
    counter.click("intake.new")
    qtbot.waitUntil(lambda: counter.find(QListWidget, "drafts.list").count() == 1)
    shown = [label.text() for label in counter.page.findChildren(QLabel) if label.isVisible()]
    shown += [label.text() for label in counter.page.findChildren(QLabel, "person.name")]
    assert not any("测试一" in text for text in shown)
    assert counter.page.form.focus_chain() == []
    qtbot.waitUntil(lambda: not counter.page.findChildren(QListWidget, "choices"))


def test_draft_is_gone_on_with(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.click("intake.new")
    drafts = counter.find(QListWidget, "drafts.list")
    qtbot.waitUntil(lambda: drafts.count() == 1)
    assert "测试一" not in drafts.item(0).text()
    counter.click("drafts.resume")
    qtbot.waitUntil(lambda: counter.words("items.title") == "新生儿出生一件事")
    counter.calm()
    assert counter.field("mother.name").isVisible()


# -- for everybody ---------------------------------------------------------------------------------------
def test_every_place_of_the_focus_has_a_name_and_can_be_hit(counter: Counter) -> None:
    counter.to_form()
    widgets = [w for w in counter.page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(widgets) > 40
    for widget in widgets:
        if widget.focusProxy() is None and widget.isVisible():
            assert widget.accessibleName() or isinstance(widget, QAbstractButton), widget.objectName()
            assert widget.height() >= 24, widget.objectName()


def test_tab_goes_in_the_order_of_the_talk(counter: Counter) -> None:
    counter.to_form()
    counter.find(QPushButton, "items.change").setFocus()
    visited = []
    for _ in range(60):
        counter.key(Qt.Key.Key_Tab)
        visited.append(counter.focus())
    fields = [name for name in visited if name.startswith("field.")]
    assert fields[: len(newborn.ASKS)] == [f"field.{key}" for key in newborn.ASKS]
    order = [
        visited.index(name)
        for name in ("field.card.postcode", "checks.ask", "material.father_id.seen", "gaps.list")
    ]
    assert order == sorted(order)


def test_a_paper_reached_by_its_key_is_in_sight(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.page._papers.setFixedHeight(120)  # the checks alone fill the column
    counter.calm()
    counter.key(Qt.Key.Key_F5)
    name = counter.focus()
    assert name.startswith("material.")
    box, area = counter.find(QWidget, name), counter.page._papers.viewport()

    def seen() -> bool:
        top = box.mapTo(area, QPoint(0, 0)).y()
        return 0 <= top <= area.height() - box.height()

    qtbot.waitUntil(seen)


def test_field_with_the_focus_is_in_sight(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    editor = counter.field("card.postcode")
    editor.setFocus()
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
