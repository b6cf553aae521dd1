"""The top strip: where and who, the link to the hall with age and queue, the reader, the clock, the way out."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from workstation.domain.clerk import NO_WINDOW
from workstation.domain.counter_time import COUNTER_ZONE
from workstation.domain.failures import Failure
from workstation.domain.staleness import Stage
from workstation.services.ports import CardPresence
from workstation.services.views import Link, LinkView, ReaderView, StationView
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.elided import Elided
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import transfer as transfer_words
from workstation.ui.words.times import CLOCK_WORTH_S, age, clock_short, clock_words

STRIP_PX = 44
_LEAST_PX = 60
LINK_SIGNS = {Link.UNKNOWN: Sign.BUSY, Link.UP: Sign.GOOD, Link.DOWN: Sign.CARE, Link.REFUSED: Sign.BAD}
READER_SIGNS = {
    CardPresence.SERVICE_DOWN: Sign.BAD,
    CardPresence.NO_READER: Sign.CARE,
    CardPresence.EMPTY: Sign.OPEN,
    CardPresence.MUTE: Sign.CARE,
    CardPresence.PRESENT: Sign.GOOD,
}


class Strip(QFrame):
    """Says the same facts on every page."""

    signed_out = Signal()
    lock_asked = Signal()
    queue_asked = Signal()

    def __init__(self, station: StationView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(STRIP_PX)
        product = QLabel(self.tr("一窗工作站"), self)
        product.setProperty("product", True)
        where = self.tr("{0} · 窗口 {1}").format(station.station_name, station.window)
        self.station = Elided(station.station_name if station.window == NO_WINDOW else where, self)
        self.station.setObjectName("strip.station")
        self.station.setProperty("quiet", True)
        roles = text.listed(text.role(role) for role in station.roles)
        self.clerk = Elided(self.tr("{0} · {1}").format(station.clerk, roles), self)
        self.clerk.setObjectName("strip.clerk")
        # What the link says is never cut: who and where give way, their whole words are in the tip.
        for who in (self.station, self.clerk):
            who.setMinimumWidth(_LEAST_PX)
            who.setToolTip(who.text())
        self.link = Chip("strip.link", self)
        self.link.make_pressable(self.tr("打开传输  Ctrl+7"))
        self.link.pressed.connect(self.queue_asked)
        self.reader = Chip("strip.reader", self)
        self.clock = QLabel(self)
        self.clock.setObjectName("strip.clock")
        self.lock = KeyButton("strip.lock", self.tr("锁定"), "Ctrl+L", self)
        self.lock.setToolTip(self.tr("离开一会儿：盖住屏幕，本人回来接着办"))
        self.lock.clicked.connect(self.lock_asked)
        self.sign_out = KeyButton("strip.signout", self.tr("退出"), "", self)
        self.sign_out.setToolTip(self.tr("退出登录，草稿封存不丢"))
        self.sign_out.clicked.connect(self.signed_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(14)
        for part in (product, self.station, self.clerk):
            row.addWidget(part)
        row.addStretch(1)
        right: tuple[QWidget, ...] = (self.link, self.reader, self.clock, self.lock, self.sign_out)
        for end in right:
            row.addWidget(end)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()
        self.show_reader(ReaderView(CardPresence.EMPTY))
        self.show_link(LinkView(Link.UNKNOWN, None, 0, 0, None))

    def show_link(self, view: LinkView) -> None:
        """Show the three facts: link, age of the data, queue with the age of its oldest entry."""
        words = self._link_words(view)
        sign = LINK_SIGNS[view.link]
        wrong_clock = abs(view.clock_behind_s) >= CLOCK_WORTH_S
        alone = view.alone.stage is not Stage.FRESH
        care = view.parked or view.staff_days_left is not None or alone or wrong_clock
        if care and sign is Sign.GOOD:
            sign = Sign.CARE
        self.link.show_state(sign, " · ".join(words), self._link_tip(view))

    def _link_tip(self, view: LinkView) -> str:
        """Say the whole of it: the strip has room for a few characters of each."""
        failure = Failure.STATION_COPIED
        said = [text.failure_and_remedy(failure, {}) if view.copied else text.link_detail(view.link)]
        if view.heard_at is not None:
            said.append(self.tr("上次联系：{0}。").format(age(view.heard_at)))
        if view.alone.stage is not Stage.FRESH:
            said.append(self.tr("{0}。").format(transfer_words.stage(view.alone)))
            said.append(transfer_words.stage_detail(view.alone))
        if view.scans:
            said.append(self.tr("还有 {0} 份扫描件没有传完。").format(view.scans))
        if view.staff_days_left is not None:
            said.append(self._staff_detail(view.staff_days_left))
        if abs(view.clock_behind_s) >= CLOCK_WORTH_S:
            said.append(self.tr("{0}。").format(clock_words(view.clock_behind_s)))
        said.append(self.tr("按 Ctrl+7 打开传输。"))
        return text.sentences(said)

    def _link_words(self, view: LinkView) -> list[str]:
        words = [text.link(view.link)]
        why = transfer_words.link_trouble(view.trouble)
        if view.copied:
            why = self.tr("要重新登记")
        if view.link is Link.REFUSED and why:
            words[0] = self.tr("{0}：{1}").format(words[0], why)
        # First what a person has to see to: where the strip is narrow, the end is cut.
        if view.alone.stage is not Stage.FRESH:
            words.append(transfer_words.stage_short(view.alone.stage))
        if view.parked:
            words.append(self.tr("需处理 {0} 条").format(view.parked))
        if abs(view.clock_behind_s) >= CLOCK_WORTH_S:
            words.append(clock_short(view.clock_behind_s))
        if view.staff_days_left is not None:
            words.append(self._staff_words(view.staff_days_left))
        if view.heard_at is not None:
            words.append(self.tr("数据 {0}").format(age(view.heard_at)))
        if view.queued:
            waiting = self.tr("待传 {0} 条").format(view.queued)
            oldest = self.tr("，最早 {0}").format(age(view.oldest)) if view.oldest is not None else ""
            words.append(waiting + oldest)
        return words

    def _staff_words(self, left: int) -> str:
        """Warn before the list of accounts is too old for anybody to sign in."""
        return self.tr("账号名单过期") if left < 0 else self.tr("账号名单剩 {0} 天").format(left + 1)

    def _staff_detail(self, left: int) -> str:
        if left < 0:
            return self.tr("账号名单过期，连上大厅才能登录。")
        return self.tr("账号名单再过 {0} 天过期，连上大厅会更新。").format(left + 1)

    def show_reader(self, view: ReaderView) -> None:
        """Show what the reader sees."""
        presence = view.presence
        self.reader.show_state(
            READER_SIGNS[presence],
            self.tr("读卡器：{0}").format(text.presence(presence)),
            text.presence_detail(presence),
        )

    def _show_time(self) -> None:
        now = f"{datetime.now(COUNTER_ZONE):%H:%M}"
        if self.clock.text() != now:
            self.clock.setText(now)
