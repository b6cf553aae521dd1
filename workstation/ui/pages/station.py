"""工位: the reader, the link to the hall with its queue, and who this station is."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.clerk import NO_WINDOW
from workstation.domain.counter_time import today_at
from workstation.domain.diagnosis import Diagnosis
from workstation.domain.failures import Refused
from workstation.domain.staleness import Stage
from workstation.services.desk import DeskApi
from workstation.services.views import LinkView, ReaderView, StationView
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.pages.calendar_panel import CalendarPanel
from workstation.ui.pages.enrol_again import EnrolAgain
from workstation.ui.pages.saved_panel import SavedPanel
from workstation.ui.pages.slip_panel import SlipPanel
from workstation.ui.reveal import Privacy
from workstation.ui.strip import LINK_SIGNS, READER_SIGNS
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import audit as words
from workstation.ui.words import transfer as transfer_words
from workstation.ui.words.breaks import breakable, in_fours
from workstation.ui.words.diagnosis import facts_of, reads_of, remedy_of
from workstation.ui.words.times import CLOCK_WORTH_S, age, clock_words, minute


class StationPage(QWidget):
    """Shows what the strip hears, with all its details; one key looks at the card readers closely."""

    def __init__(
        self,
        desk: DeskApi,
        background: Background,
        station: StationView,
        parent: QWidget | None = None,
        *,
        privacy: Privacy | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._privacy = privacy or Privacy()
        self._background = background
        self._looking = False
        self.setObjectName("stationPage")
        title = QLabel(self.tr("工位"), self)
        title.setObjectName("pageTitle")
        self.reader = Chip("station.reader", self)
        self._reader_next = _note(self)
        self._today = Facts(self)
        self.look = KeyButton("station.diagnose", self.tr("诊断读卡器"), "F8", self)
        self.look.clicked.connect(self._look)
        self._found = Facts(self)
        self._found.setAccessibleName(self.tr("诊断结果"))
        self._found_next = _note(self)
        self._found_next.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.link = Chip("station.link", self)
        self._link_next = _note(self)
        self._queue = Facts(self)
        about = Facts(self)
        about.show_facts(
            self._about(station), ("station.name", "station.id", "station.window", "station.device")
        )
        reader = titled_panel(
            self.tr("读卡器"),
            self.reader,
            self._reader_next,
            self._today,
            self.look,
            parent=self,
        )
        self._diagnosis = titled_panel(self.tr("诊断"), self._found, self._found_next, parent=self)
        self._diagnosis.hide()
        self.again = EnrolAgain(desk, background, self)
        self._copied = titled_panel(self.tr("重新登记"), self.again, parent=self)
        self._copied.hide()
        self._asked_again = False
        self.again.enrolled.connect(self._enrolled_again)
        link = titled_panel(self.tr("大厅"), self.link, self._link_next, self._queue, parent=self)
        self.numbers = self._numbers()
        known = titled_panel(self.tr("本工位"), about, self.numbers, parent=self)
        # Whatever a diagnosis or a busy day adds, nothing is squeezed: the page scrolls.
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(area)
        area.setWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)
        grid = QGridLayout(inside)
        grid.setContentsMargins(12, 10, 12, 12)
        grid.setSpacing(8)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(reader, 1, 0)
        grid.addWidget(link, 2, 0)
        grid.addWidget(known, 1, 1, 2, 1)
        grid.addWidget(self._diagnosis, 3, 0, 1, 2)
        grid.addWidget(self._copied, 4, 0, 1, 2)
        self.saved = SavedPanel(desk, background, self)
        grid.addWidget(self.saved, 5, 0, 1, 2)
        self.days = CalendarPanel(desk, background, today_at(datetime.now(UTC)), self)
        grid.addWidget(self.days, 6, 0, 1, 2)
        self.slips = SlipPanel(desk, background, self)
        grid.addWidget(self.slips, 7, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(7, 1)

    def _numbers(self) -> KeyButton:
        """The way to the queue, for those who sit at a window. The key is the shell's: it works from every page."""
        button = KeyButton("station.numbers", self.tr("取号叫号  Ctrl+9"), "", self)
        button.hide()
        return button

    def _about(self, station: StationView) -> list[tuple[str, str]]:
        return [
            (self.tr("名称"), station.station_name),
            (self.tr("工位编号"), station.station),
            (self.tr("窗口"), self.tr("不在窗口") if station.window == NO_WINDOW else station.window),
            (self.tr("设备指纹"), in_fours(station.fingerprint)),
            (self.tr("密钥位置"), text.key_place(station.key_place)),
            (self.tr("大厅地址"), station.hall_url),
            (self.tr("登录人"), station.clerk),
            (self.tr("角色"), text.listed(text.role(role) for role in station.roles)),
            (
                self.tr("个人信息"),
                self.tr("默认遮盖，显示 {0} 秒后遮盖").format(round(self._privacy.reveal_s)),
            ),
            (self.tr("截屏"), text.capture(self._privacy.capture)),
        ]

    def ask_enrol_again(self) -> None:
        """A person wants it because of a step that the hall does not take: the panel stays until it is done."""
        self._asked_again = True
        self._copied.show()
        self.again.say_numbers_clash()

    def _enrolled_again(self) -> None:
        self._asked_again = False

    def show_reader(self, view: ReaderView) -> None:
        """Show what the reader sees and what to do about it."""
        self.reader.show_state(READER_SIGNS[view.presence], text.presence(view.presence))
        self._reader_next.setText(text.presence_detail(view.presence))
        self._today.show_facts([(day.reader or self.tr("没读成"), reads_of(day)) for day in view.today])

    def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        self.look.setText(self.tr("诊断中…"))
        self._background.net(self._desk.diagnose, self._show_diagnosis, self._not_looked)

    def _show_diagnosis(self, answer: tuple[Diagnosis, str]) -> None:
        found, kept = answer
        self._end_looking()
        self._found.show_facts([*facts_of(found), (self.tr("诊断文件"), breakable(kept))])
        self._found_next.setText(remedy_of(found))
        self._diagnosis.show()

    def _not_looked(self, refused: Refused) -> None:
        self._end_looking()
        self._found.show_facts([])
        self._found_next.setText(text.failure_and_remedy(refused.failure, refused.details))
        self._diagnosis.show()

    def _end_looking(self) -> None:
        self._looking = False
        self.look.setText(self.tr("诊断读卡器  F8"))

    def show_link(self, view: LinkView) -> None:
        """Show link, age of the data and the queue."""
        self.link.show_state(LINK_SIGNS[view.link], text.link(view.link))
        self._link_next.setText(text.link_detail(view.link))
        self._link_next.setVisible(not view.copied)  # said below, with its remedy
        heard = (
            self.tr("{0}（{1}）").format(minute(view.heard_at), age(view.heard_at))
            if view.heard_at is not None
            else self.tr("还没有")
        )
        queued = self.tr("{0} 条").format(view.queued)
        if view.oldest is not None and view.queued:
            queued += self.tr("，最早 {0}").format(age(view.oldest))
        facts = [(self.tr("上次联系"), heard), (self.tr("待传"), queued)]
        facts.append((self.tr("留痕"), words.standing(view.audit)))
        if abs(view.clock_behind_s) >= CLOCK_WORTH_S:
            facts.append((self.tr("本机时钟"), clock_words(view.clock_behind_s)))
        if view.copied:
            self.again.say_copied()
        elif view.unknown:
            self.again.say_unknown()
        self._copied.setVisible(view.copied or view.unknown or self._asked_again)
        if view.alone.stage is not Stage.FRESH:
            facts.append((self.tr("离线限制"), transfer_words.stage(view.alone)))
        if view.parked:
            facts.append(
                (self.tr("需处理"), self.tr("{0} 条，在“传输”里看原因和办法，Ctrl+7").format(view.parked))
            )
        self._queue.show_facts(facts, ("station.heard", "station.queued", "station.audit", "station.parked"))


def _note(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName("pageNote")
    label.setWordWrap(True)
    return label
