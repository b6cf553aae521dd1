"""核对单据: the code of a sheet, scanned or typed, judged at once without network and then by the hall."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from wire.messages import SlipCheck
from wire.sheets import PaperOfSlip
from workstation.domain.failures import Refused
from workstation.domain.slip import SlipKind
from workstation.services.check_slip import SlipStanding, SlipState
from workstation.services.desk import DeskApi
from workstation.ui import text
from workstation.ui.background import Background
from workstation.ui.form.line import Line
from workstation.ui.widgets.chip import Chip
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.mark import Sign
from workstation.ui.words import cases
from workstation.ui.words import slips as words
from workstation.ui.words.times import minute

_SIGNS = {
    SlipState.GENUINE: Sign.GOOD,
    SlipState.PROVISIONAL: Sign.CARE,
    SlipState.REPLACED: Sign.CARE,
    SlipState.VOIDED: Sign.BAD,
    SlipState.ALTERED: Sign.BAD,
    SlipState.FOREIGN: Sign.OPEN,
    SlipState.UNREADABLE: Sign.OPEN,
}


class SlipPanel(QFrame):
    """A hand scanner types the code and ends with Enter, as a keyboard does."""

    def __init__(self, desk: DeskApi, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._desk = desk
        self._background = background
        self.facts_shown: list[tuple[str, str]] = []
        self._looks = 0  # the answer to an older one is let go
        title = QLabel(self.tr("核对单据"), self)
        title.setObjectName("panelTitle")
        self.line = Line(self)
        self.line.setObjectName("slips.code")
        self.line.setAccessibleName(self.tr("单据码"))
        self.line.setPlaceholderText(self.tr("扫描单据上的二维码，或者输入流水号，回车"))
        self.line.setClearButtonEnabled(True)
        self.line.entered.connect(self.look)
        self.verdict = Chip("slips.verdict", self)
        self.verdict.hide()
        self.next = QLabel(self)
        self.next.setObjectName("note")
        self.next.setWordWrap(True)
        self.facts = Facts(self)
        self.facts.setAccessibleName(self.tr("单据内容"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        for part in (title, self.line, self.verdict, self.next, self.facts):
            column.addWidget(part)
        column.addStretch(1)

    def look(self) -> None:
        """Judge what stands in the line, then ask the hall."""
        code = self.line.text().strip()
        if not code:
            return
        self._looks += 1
        mine = self._looks

        def hall_said(heard: SlipCheck, paper: PaperOfSlip | None = None) -> None:
            if mine == self._looks:
                self._background.desk(
                    lambda: self._desk.check_slip(code, heard, paper), judged, self._refused
                )

        def ask_paper(heard: SlipCheck) -> None:
            """A hall of before does not know of paper: what it said of the sheet stands without that."""
            self._background.net(
                lambda: self._desk.ask_paper(code),
                lambda paper: hall_said(heard, paper),
                lambda _: hall_said(heard),
            )

        def alone(_: Refused) -> None:
            """The hall does not answer: what was judged here stands."""

        def judged(standing: SlipStanding) -> None:
            if mine != self._looks:
                return
            self.show_standing(standing)
            if not standing.asked_hall and standing.state is not SlipState.UNREADABLE:
                self._background.net(lambda: self._desk.ask_slip(code), ask_paper, alone)

        self._background.desk(lambda: self._desk.check_slip(code), judged, self._refused)
        self.line.selectAll()

    def show_standing(self, standing: SlipStanding) -> None:
        """Show the verdict, what to do, and what the code says."""
        self.verdict.show()
        self.verdict.show_state(_SIGNS[standing.state], words.state(standing))
        self.next.setText(words.remedy(standing))
        facts = [
            (self.tr("单据"), self._kind(standing)),
            (self.tr("流水号"), standing.serial),
            (self.tr("收件编号"), standing.receipt_no),
            (self.tr("打印时间"), minute(standing.issued_at) if standing.issued_at else ""),
            (self.tr("出纸"), words.paper(standing)),
            (self.tr("代替它的单据"), standing.replaced_by),
            (self.tr("判断依据"), self._grounds(standing)),
        ]
        unread = standing.state is SlipState.UNREADABLE
        self.facts_shown = [] if unread else [fact for fact in facts if fact[1]]
        self.facts.show_facts(self.facts_shown)

    def _kind(self, standing: SlipStanding) -> str:
        if standing.kind not in set(SlipKind):
            return standing.kind
        named = cases.slip(SlipKind(standing.kind))
        return named + (self.tr("（补打 {0}）").format(standing.reprint) if standing.reprint else "")

    def _grounds(self, standing: SlipStanding) -> str:
        parts = (
            self.tr("大厅答复") if standing.asked_hall and standing.by_hall else "",
            self.tr("大厅签名") if standing.by_hall and not standing.asked_hall else "",
            self.tr("本工位打印登记") if standing.here else "",
        )
        return self.tr("、").join(part for part in parts if part)

    def _refused(self, refused: Refused) -> None:
        self.verdict.show()
        self.verdict.show_state(Sign.BAD, text.failure(refused.failure, refused.details))
        self.next.setText(text.remedy(refused.failure, refused.details))
        self.facts.show_facts([])
