"""The window in which a citizen says what they think of a visit: by touch or pointer only, sealed before it leaves the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QInputDevice, QMouseEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QStackedWidget, QVBoxLayout, QWidget

from wire.evaluation import MOST_TAGS, NOTHING_SAID, Grade, Opinion, seal_opinion
from wire.keys import unb64
from workstation.services.views import InvitationView
from workstation.ui import capture
from workstation.ui.citizen.grades import GradesPage
from workstation.ui.citizen.more import MorePage

THANKS_MS = 3000
_SMALLEST, _FIRST = (900, 560), (980, 600)
NAME = "citizen"
_KEYS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.InputMethod,
    }
)
_PRESSES = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}
)


def has_touch() -> bool:
    """Say whether the machine has a touch screen: the pointer of the counter has no business in this window then."""
    return any(device.type() is QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices())


class CitizenWindow(QWidget):
    """Opens for one visit and closes by itself. Whatever comes of it looks the same from the counter: `said` carries the
    visit and a sealed text of one length, for a skip and for silence too."""

    said = Signal(str, str)  # visit, sealed opinion
    took_keyboard = Signal()  # from a desktop that gives it to whatever opens: it goes back to the counter

    def __init__(self, quiet_s: int, *, touch_only: bool = False) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName(NAME)
        # No close button: whoever is rated must not end it, and it ends by itself soon enough.
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.CustomizeWindowHint
            | Qt.WindowType.WindowTitleHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setWindowTitle(self.tr("服务评价"))
        self.setMinimumSize(*_SMALLEST)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        capture.hide(self)
        self._quiet_s, self._left_s = quiet_s, 0
        self._touch_only = touch_only
        self._visit: InvitationView | None = None
        self._placed = False
        self._done = False  # the program ends: closing is allowed
        self.grades = GradesPage(self)
        self.more = MorePage(self)
        self.thanks = QLabel(self.tr("谢谢，这次评价结束了"), self)
        self.thanks.setObjectName("citizen.thanks")
        self.thanks.setProperty("role", "thanks")
        self.thanks.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.grades.chosen.connect(self._choose)
        self.grades.skipped.connect(self._skip)
        self.more.given.connect(self._give)
        self.more.skipped.connect(self._skip)
        self.more.went_back.connect(lambda: self._stack.setCurrentWidget(self.grades))
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        for part in (self, *self.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            part.installEventFilter(self)

    def _lay_out(self) -> None:
        self._head = QLabel(self)
        self._head.setObjectName("citizen.head")
        self._head.setProperty("role", "head")
        self._note = QLabel(self.tr("评价自愿，不记名。封好后直接送大厅，窗口人员看不到，也改不了。"), self)
        self._note.setObjectName("citizen.note")
        self._note.setProperty("role", "note")
        self._note.setWordWrap(True)
        self._clock = QLabel(self)
        self._clock.setObjectName("citizen.clock")
        self._clock.setProperty("role", "clock")
        self._stack = QStackedWidget(self)
        for page in (self.grades, self.more, self.thanks):
            self._stack.addWidget(page)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self._clock)
        column = QVBoxLayout(self)
        # The pages differ in what they need; the window does not change with them.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(40, 28, 40, 24)
        column.setSpacing(16)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    # -- opening and closing -----------------------------------------------------------------------------
    def open_for(self, visit: InvitationView, screen: QScreen | None) -> None:
        """Ask about a visit: over the whole of `screen`, or, without one, in a window that can be moved."""
        if self._visit is not None:
            self._say(NOTHING_SAID)  # whoever sat here before has gone
        self._visit = visit
        self._head.setText(self.tr("{0} · {1} 号窗口").format(visit.centre, visit.window))
        self.more.begin(visit.receipt_no)
        self._stack.setCurrentWidget(self.grades)
        self._note.show()
        self._begin_quiet()
        if screen is None:
            if not self._placed:
                self.resize(*_FIRST)
                self._placed = True  # where it was put, it comes again
            self.show()
        else:
            self.setScreen(screen)
            self.setGeometry(screen.geometry())
            # Not showFullScreen(): that asks for the keyboard, which this window must never have.
            self.setWindowState(Qt.WindowState.WindowFullScreen)
            self.show()

    def end(self) -> None:
        """The program ends: whatever was not said is told as such."""
        self._done = True
        if self._visit is not None:
            self._say(NOTHING_SAID)
        self._timer.stop()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody closes it but itself."""
        if self._visit is not None and not self._done:
            event.ignore()
            return
        super().closeEvent(event)

    # -- saying ------------------------------------------------------------------------------------------
    def _choose(self, grade: Grade) -> None:
        self.more.show_grade(grade)
        self._stack.setCurrentWidget(self.more)
        self._begin_quiet()

    def _skip(self) -> None:
        self._say(NOTHING_SAID)
        self._thank()

    def _give(self) -> None:
        self._say(self._opinion())
        self._thank()

    def _opinion(self) -> Opinion:
        visit = self._visit
        grade = self.more.grade
        if visit is None or grade is None:
            return NOTHING_SAID
        named = self.more.named.isChecked()
        return Opinion(
            grade=grade,
            tags=self.more.tags()[:MOST_TAGS],
            ink=self.more.ink.ink(),
            case=visit.case if named else "",
            receipt_no=visit.receipt_no if named else "",
        )

    def _say(self, opinion: Opinion) -> None:
        """Seal it at once; nothing of it stays in the window."""
        visit, self._visit = self._visit, None
        if visit is None:
            return
        sealed = seal_opinion(unb64(visit.key), visit.visit, opinion)
        self.more.begin("")
        self.said.emit(visit.visit, sealed)

    def _thank(self) -> None:
        self._stack.setCurrentWidget(self.thanks)
        self._note.hide()
        self._clock.clear()
        self._timer.stop()
        QTimer.singleShot(THANKS_MS, self, self._after_thanks)

    def _after_thanks(self) -> None:
        if self._visit is None:
            self.close()

    # -- quiet -------------------------------------------------------------------------------------------
    def _begin_quiet(self) -> None:
        self._left_s = self._quiet_s
        self._show_left()
        self._timer.start()

    def _tick(self) -> None:
        self._left_s -= 1
        self._show_left()
        if self._left_s <= 0:
            # A grade that was pressed was given, also by whoever went away before pressing the last button.
            self._say(self._opinion() if self._stack.currentWidget() is self.more else NOTHING_SAID)
            self._thank()

    def _show_left(self) -> None:
        self._clock.setText(self.tr("{0} 秒后自动关闭").format(max(self._left_s, 0)))

    # -- who may press -----------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Take no key, whoever sends one."""
        if event.type() in _KEYS:
            event.accept()
            return True
        if event.type() is QEvent.Type.WindowActivate:
            self.took_keyboard.emit()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep keys from every part, and the counter's mouse where the citizen has a touch screen."""
        if event.type() in _KEYS:
            return True
        if event.type() in _PRESSES and isinstance(event, QMouseEvent):
            device = event.pointingDevice()
            by_mouse = device is None or device.type() is not QInputDevice.DeviceType.TouchScreen
            if self._touch_only and by_mouse:
                return True
            if self._visit is not None:
                self._begin_quiet()
        return super().eventFilter(watched, event)
