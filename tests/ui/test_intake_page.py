"""The counter screen, from the card to the acceptance, by keys and clicks on the real widgets."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QListWidget, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import newborn
from tests.fakes.desk import FakeDesk
from tests.ui.intake_counter import FATHER, Counter
from wire.messages import Outcome
from workstation.domain.failures import Failure, Refused
from workstation.ui.background import Background
from workstation.ui.intake.mark import Sign
from workstation.ui.intake.material_row import MaterialRow
from workstation.ui.intake.person_strip import PersonStrip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


@pytest.fixture
def counter(qtbot: QtBot, background: Background) -> Counter:
    return Counter(qtbot, FakeDesk(), background)


# -- person ----------------------------------------------------------------------------------------------
def test_card_put_in_shows_its_holder_masked(counter: Counter) -> None:
    counter.put_card()
    assert counter.words("person.name") == "测**"
    assert counter.words("person.id") == "440***********002X"
    assert "未认证" in counter.words("person.card")


def test_reading_shows_progress_and_a_second_key_reads_once(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    read = counter.desk.read_card

    def slow() -> object:
        go_on.wait(10)
        return read()

    counter.desk.read_card = slow  # type: ignore[method-assign, assignment]
    counter.key(Qt.Key.Key_F2)
    counter.key(Qt.Key.Key_F2)
    assert counter.find(QProgressBar, "person.progress").isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: counter.words("person.name") == "测**")
    assert not counter.find(QProgressBar, "person.progress").isVisible()
    assert len(counter.asked("read_card")) == 1


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
    counter.find(PersonStrip, "personStrip")._hide_again.timeout.emit()
    assert counter.words("person.name") == "测**"
    assert counter.words("person.id") == "440***********002X"


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


def test_escape_in_the_search_goes_back_to_the_form(counter: Counter) -> None:
    counter.to_form()
    counter.key(Qt.Key.Key_F3)
    assert counter.focus() == "items.search"
    counter.key(Qt.Key.Key_Escape)
    assert counter.field("mother.phone").isVisible()
    assert counter.focus() == "field.mother.phone"


# -- form ------------------------------------------------------------------------------------------------
def test_form_starts_at_the_first_datum_that_is_wanted(counter: Counter) -> None:
    counter.to_form()
    assert counter.focus() == "field.mother.phone"


def test_enter_goes_to_the_next_datum_that_is_wanted(counter: Counter) -> None:
    counter.to_form()
    counter.fill("mother.phone", "13800000000")
    assert counter.focus() == "field.father.name"
    counter.fill("father.id_no", FATHER["father.id_no"])
    assert counter.focus() == "field.child.birth_certificate_no"  # the father's other data are optional


def test_answers_change_fields_in_place_without_taking_the_focus(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    editors = {key: counter.field(key) for key in newborn.ASKS}
    counter.fill("father.name", FATHER["father.name"])
    counter.field("father.id_no").setFocus()
    counter.type(FATHER["father.id_no"])
    counter.key(Qt.Key.Key_Return)
    counter.field("child.name").setFocus()
    counter.type("测小")
    counter.field("child.name").setCursorPosition(1)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 3)
    counter.calm()
    assert (counter.focus(), counter.field("child.name").text()) == ("field.child.name", "测小")
    assert counter.field("child.name").cursorPosition() == 1
    assert editors == {key: counter.field(key) for key in newborn.ASKS}
    assert counter.field("father.ethnicity").text() == "汉族"  # filled by the check meanwhile


def test_date_typed_as_digits_is_shown_as_a_date(counter: Counter) -> None:
    counter.to_form()
    counter.fill("insurance.start", "20260103")
    assert counter.field("insurance.start").text() == "2026-01-03"


def test_wrong_check_digit_is_told_beside_the_field_and_in_the_summary(counter: Counter) -> None:
    counter.to_form()
    counter.fill("father.id_no", "440100189901010012")
    error = counter.page.form._rows["father.id_no"].error
    assert error.isVisible()
    assert any(error.text() in gap for gap in counter.gaps())
    counter.fill("father.id_no", FATHER["father.id_no"])
    assert not error.isVisible()


def test_masked_value_is_revealed_on_the_record(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    assert counter.field("mother.name").text() == "测**"
    assert not counter.asked("reveal")
    counter.field("mother.name").setFocus()
    qtbot.waitUntil(lambda: counter.field("mother.name").text() == "测试一")
    assert counter.asked("reveal") == [("reveal", "mother.name")]


def change_mothers_name(counter: Counter, qtbot: QtBot) -> None:
    counter.field("mother.name").setFocus()
    qtbot.waitUntil(lambda: counter.field("mother.name").text() == "测试一")
    counter.field("mother.name").selectAll()
    counter.type("测试壹")
    counter.key(Qt.Key.Key_Return)


def test_card_value_is_changed_only_with_a_reason(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    change_mothers_name(counter, qtbot)
    assert counter.focus() == "reason.mother.name"
    assert not counter.asked("answer")
    counter.type("写错了")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.asked("answer") == [("answer", "mother.name", "测试壹", "写错了")])
    counter.calm()
    assert counter.known("mother.name").value == "测试壹"
    assert counter.focus() == "field.mother.phone"


def test_escape_gives_the_change_of_a_card_value_up(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    change_mothers_name(counter, qtbot)
    counter.key(Qt.Key.Key_Escape)
    counter.calm()
    assert not counter.asked("answer")
    counter.field("mother.phone").setFocus()
    assert counter.field("mother.name").text() == "测**"


def test_step_waits_for_the_reason_of_a_change(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
    change_mothers_name(counter, qtbot)
    counter.field("mother.phone").setFocus()
    counter.key(Qt.Key.Key_F9)
    counter.calm()
    assert not counter.asked("receive")
    assert counter.focus() == "reason.mother.name"


def test_refused_answer_keeps_the_typing(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    counter.desk.refuse["answer"] = Refused(Failure.STORE_FULL)
    counter.fill("father.name", "测试二")
    qtbot.waitUntil(counter.find(QLabel, "banner.text").isVisible)
    assert counter.field("father.name").text() == "测试二"
    del counter.desk.refuse["answer"]
    counter.field("father.name").setFocus()
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.known("father.name").value == "测试二")


# -- checks ----------------------------------------------------------------------------------------------
def test_checks_are_asked_as_soon_as_they_can_be(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    assert [call[1] for call in counter.asked("ask")] == ["household_mother"]
    for key, text in FATHER.items():
        counter.fill(key, text)
    qtbot.waitUntil(lambda: len(counter.asked("take_check")) == 3)
    assert counter.check("marriage").mark.sign is Sign.GOOD
    assert "HY20260105" in counter.check("marriage").accessibleDescription()


def test_register_that_is_down_is_asked_again_only_by_the_key(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.outcomes["household_mother"] = Outcome.UNAVAILABLE
    counter.to_form()
    counter.fill("mother.phone", "13800000000")
    assert len(counter.asked("ask")) == 1
    assert counter.check("household_mother").mark.sign is Sign.CARE
    counter.desk.outcomes["household_mother"] = Outcome.MATCH
    counter.key(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: counter.check("household_mother").mark.sign is Sign.GOOD)
    assert len(counter.asked("ask")) == 2


def test_no_record_is_shown_as_no_record_with_the_paper_path(counter: Counter, qtbot: QtBot) -> None:
    counter.desk.outcomes["marriage"] = Outcome.NO_RECORD
    counter.to_form()
    for key, text in FATHER.items():
        counter.fill(key, text)
    qtbot.waitUntil(lambda: counter.check("marriage").mark.sign is Sign.NOTHING)
    said = counter.check("marriage").accessibleName() + counter.check("marriage").accessibleDescription()
    assert "未婚" not in said.replace("不等于未婚", "")
    assert "单身" not in said
    assert "原件" in said


def test_check_under_way_is_asked_once(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    ask = counter.desk.ask

    def slow(query: object) -> object:
        check = ask(query)  # type: ignore[arg-type]
        go_on.wait(10)
        return check

    counter.desk.ask = slow  # type: ignore[method-assign, assignment]
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.asked("ask")) == 1)
    assert counter.check("household_mother").mark.sign is Sign.BUSY
    counter.key(Qt.Key.Key_F6)
    counter.calm()
    go_on.set()
    qtbot.waitUntil(lambda: counter.check("household_mother").mark.sign is Sign.GOOD)
    assert len(counter.asked("ask")) == 1


def test_answer_for_a_visit_put_away_is_let_go(counter: Counter, qtbot: QtBot) -> None:
    go_on = threading.Event()
    ask = counter.desk.ask

    def slow(query: object) -> object:
        check = ask(query)  # type: ignore[arg-type]
        go_on.wait(10)
        return check

    counter.desk.ask = slow  # type: ignore[method-assign, assignment]
    counter.put_card()
    qtbot.waitUntil(lambda: counter.focus() == "items.search")
    counter.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(counter.asked("ask")) == 1)
    counter.click("intake.new")
    go_on.set()
    qtbot.waitUntil(lambda: counter.find(QListWidget, "drafts.list").count() == 1)
    counter.calm()
    assert not counter.asked("take_check")
    assert counter.page.talk.view is None


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
    asked = len(counter.asked("ready_queries"))
    counter.key(Qt.Key.Key_F6)  # an accepted case gives no purpose for another look-up
    counter.calm()
    assert len(counter.asked("ready_queries")) == asked


def test_step_key_sends_the_field_being_typed_first(counter: Counter, qtbot: QtBot) -> None:
    counter.to_ready()
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


def test_field_with_the_focus_is_in_sight(counter: Counter, qtbot: QtBot) -> None:
    counter.to_form()
    editor = counter.field("card.postcode")
    editor.setFocus()
    qtbot.waitUntil(lambda: not editor.visibleRegion().isEmpty())
