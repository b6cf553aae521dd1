"""Side by side: what this station says of a case and what the hall has, each with person, counter and time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workstation.services.transfer_views import ParkedView, SideView
from workstation.ui import text
from workstation.ui.transfer.lines import Lines
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words import transfer as words
from workstation.ui.words.times import minute


class BothSides(QWidget):
    """Two panels of the same height, and below them what they say otherwise, a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here = Facts(self)
        self._hall = Facts(self)
        self._no_word = QLabel(self.tr("大厅只答复了原因，没有附上它的记录。"), self)
        self._no_word.setObjectName("pageNote")
        self._no_word.setWordWrap(True)
        self.differs = Lines(
            "transfer.differs",
            self.tr("不同之处"),
            (self.tr("不同之处"), self.tr("本工位报的"), self.tr("大厅现有的")),
            2,
            self,
        )
        self.differs.setMinimumHeight(150)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(titled_panel(self.tr("本工位报的"), self._here, parent=self), 1)
        row.addWidget(titled_panel(self.tr("大厅现有的"), self._hall, self._no_word, parent=self), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.differs, 1)
        column.addStretch()

    def show_parked(self, view: ParkedView) -> None:
        """Show one step with both sides."""
        step = view.step
        own = [
            (self.tr("步骤"), words.step(step.kind)),
            (self.tr("收件号"), words.whose(step.kind, step.receipt_no)),
            (self.tr("申请人"), step.applicant or self.tr("没有")),
            *self._side(view.here),
        ]
        if view.waiting_behind:
            own.append((self.tr("排在后面"), self.tr("同一办件还有 {0} 步等它").format(view.waiting_behind)))
        own.append((self.tr("事件编号"), step.event))
        self._here.show_facts(own)
        self._hall.show_facts(self._side(view.hall) if view.hall is not None else [])
        self._no_word.setVisible(view.hall is None)
        self.differs.setVisible(bool(view.differs))
        self.differs.show_lines(
            [
                (
                    each.name,
                    (
                        words.differs(each.name, text.said(each.called) if each.called else ""),
                        words.value(each.name, each.here),
                        words.value(each.name, each.hall),
                    ),
                    None,
                )
                for each in view.differs
            ]
        )

    def _side(self, side: SideView) -> list[tuple[str, str]]:
        where = side.station
        if side.window:
            where = self.tr("{0} · 窗口 {1}").format(side.station, side.window).lstrip(" ·")
        return [
            (self.tr("办件状态"), words.standing(side.state)),
            (self.tr("经办人"), side.clerk or self.tr("没有")),
            (self.tr("工位"), where or self.tr("没有")),
            (self.tr("时间"), minute(side.at) if side.at is not None else self.tr("没有")),
        ]
