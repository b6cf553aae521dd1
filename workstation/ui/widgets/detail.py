"""The selected case beside its list: numbers, times, each item with where it is, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wire.corrections import Defect
from wire.messages import MaterialHow, ResultCode, SubCaseState
from workstation.domain.case import ENDED_EARLY, CaseStatus
from workstation.domain.procedure import Procedure
from workstation.services.step_views import CorrectionView
from workstation.services.views import CaseView, SubCaseView
from workstation.ui import text
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.flags import Flags
from workstation.ui.widgets.light import LightLine, sign_of
from workstation.ui.widgets.mark import Mark, Sign
from workstation.ui.words import dates
from workstation.ui.words import offices as office_words
from workstation.ui.words import steps as step_words
from workstation.ui.words import transfer as transfer_words
from workstation.ui.words.breaks import breakable
from workstation.ui.words.times import minute

DETAIL_PX = 360
_FIXED = 4  # parts of the column that stay: what is above, the numbers, a gap, and the stretch at its end
_SIGNS = {
    SubCaseState.WAITING: Sign.OPEN,
    SubCaseState.DISPATCHED: Sign.BUSY,
    SubCaseState.IN_REVIEW: Sign.BUSY,
}


class CaseDetail(QFrame):
    """`foot` takes the buttons of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setFixedWidth(DETAIL_PX)
        self._shown: CaseView | None = None
        self._title = QLabel(self)
        self._title.setObjectName("detailTitle")
        self._title.setWordWrap(True)
        # The hall's word wins visibly: what was taken over ours stands above everything else.
        self.overruled = QLabel(self)
        self.overruled.setObjectName("detail.overruled")
        self.overruled.setWordWrap(True)
        self.overruled.hide()
        self.flags = Flags(self)
        self.flags.hide()
        # Numbers, times and items scroll together: a case that two offices share has more to say than a screen is high.
        self._subs = QWidget(self)
        self._facts = Facts(self._subs)
        self._sub_column = QVBoxLayout(self._subs)
        self._sub_column.setContentsMargins(0, 0, 4, 0)
        self._sub_column.setSpacing(0)
        self._above = QVBoxLayout()
        self._sub_column.addLayout(self._above)
        self._sub_column.addWidget(self._facts)
        self._sub_column.addSpacing(8)
        self._sub_column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        # The keyboard scrolls too, when the items need more room than there is.
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setAccessibleName(self.tr("各事项的进展"))
        scroll.setObjectName("subCases")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._subs)
        scroll.viewport().setAutoFillBackground(False)
        self._subs.setAutoFillBackground(False)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.overruled)
        column.addWidget(self.flags)
        column.addWidget(scroll, 1)
        column.addLayout(self.foot)

    def add_above(self, part: QWidget) -> None:
        """Put what the page is for above the numbers; it scrolls with them."""
        self._above.addWidget(part)

    def show_case(self, case: CaseView) -> None:
        """Show a case; the same case again touches nothing."""
        if case == self._shown:
            return
        self._shown = case
        self._title.setText(text.said(case.title))
        self.overruled.setText(self._halls_word(case))
        self.overruled.setVisible(bool(case.overruled))
        self.flags.show_case(case)
        self._facts.show_facts(self._about(case))
        while self._sub_column.count() > _FIXED:
            item = self._sub_column.takeAt(_FIXED - 1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, sub in enumerate(case.sub_cases, _FIXED - 1):
            self._sub_column.insertWidget(
                at, _SubCase(sub, status=case.status, accepted=case.accepted_at is not None, parent=self)
            )

    def _halls_word(self, case: CaseView) -> str:
        if not case.overruled:
            return ""
        last = case.overruled[-1]
        steps = text.listed(transfer_words.step(kind) for kind in dict.fromkeys(last.steps))
        said = self.tr("以大厅为准：本工位的“{0}”没有算（{1}）。").format(
            steps, transfer_words.trouble(last.code)
        )
        if last.state:
            said += self.tr("大厅记录是“{0}”").format(transfer_words.standing(last.state))
            by = " · ".join(part for part in (last.by, minute(last.since) if last.since else "") if part)
            said += self.tr("（{0}）。").format(by) if by else self.tr("。")
        return said + self.tr("{0} 采用。").format(minute(last.at))

    def _who(self, case: CaseView) -> list[tuple[str, str]]:
        """Say who received it, who acts for the applicant, when it was accepted, and by whom where offices differ."""
        facts = [(self.tr("收件人员"), case.received_by)] if case.received_by else []
        if case.agency is not None:
            facts.append((self.tr("代办"), office_words.agency(case.agency)))
        if case.accepted_at is not None:
            facts.append((self.tr("受理时间"), minute(case.accepted_at)))
        if case.offices is not None and case.offices.handover is not None:
            # One office alone receives and accepts: then its name at the top of the window says it all.
            facts += office_words.office_facts(case.offices)
        return facts

    def _scans(self, case: CaseView) -> str:
        """Say whether the hall has them all: a department decides on nothing that it cannot read."""
        if case.papers_at is None:
            return self.tr("{0} 份，还没有都传到大厅").format(case.scans)
        return self.tr("{0} 份，{1} 都到了大厅").format(case.scans, minute(case.papers_at))

    def _about(self, case: CaseView) -> list[tuple[str, str]]:
        status = text.status(case.status)
        if case.provisional:
            status += self.tr("（临时，等大厅登记）")
        facts = [
            (self.tr("收件号"), case.receipt_no),
            (self.tr("办件编号"), case.project_no or self.tr("大厅登记后生成")),
            (self.tr("申请人"), case.applicant),
            (self.tr("状态"), status),
            (self.tr("收件时间"), minute(case.received_at)),
        ]
        facts += self._who(case)
        facts += map(self._correction, case.corrections)
        facts += dates.of_case(case.dates)
        if case.scans:
            facts.append((self.tr("扫描件"), self._scans(case)))
        if case.papers_saved:
            facts.append((self.tr("免交材料"), self.tr("{0} 份").format(case.papers_saved)))
        for check, until in case.waiting:
            words = self.tr("{0}：等待部门答复，最迟 {1}").format(text.said(check), until.isoformat())
            facts.append((self.tr("待核验"), words))
        for dispute in case.disputes:
            became = text.verdict(dispute.verdict) if dispute.verdict else self.tr("已转部门，等待核实")
            words = f"{text.said(dispute.check)}：{became}"
            facts.append((self.tr("异议"), f"{words}；{dispute.answer}" if dispute.answer else words))
        for how in (
            MaterialHow.MISSING,
            MaterialHow.COMMITTED,
            MaterialHow.TOLERATED,
            MaterialHow.ORIGINAL_SEEN,
            MaterialHow.SCANNED,
        ):
            names = [text.said(name) for name, was in case.papers if was is how]
            if names:
                facts.append((text.material_how(how), text.listed(names)))
        return facts

    def _correction(self, each: CorrectionView) -> tuple[str, str]:
        """Say what was asked for, until when, and whether the clock stands still."""
        gaps = text.listed(
            self.tr("{0}（{1}）").format(text.said(name), step_words.defect(Defect(code)))
            for name, code in each.gaps
        )
        asked = self.tr("{0} 告知：{1}").format(each.asked_on.isoformat(), gaps)
        if each.answered_on is not None:
            return self.tr("补正"), self.tr("{0}；{1} 收到，继续计时").format(
                asked, each.answered_on.isoformat()
            )
        said = self.tr("{0}；停止计时，等到 {1}（含当日）").format(asked, each.until.isoformat())
        return self.tr("补正"), said + (self.tr("，快到期了，提醒申请人") if each.running_out else "")


class _SubCase(QFrame):
    """One item: name, department, where it is, its result."""

    def __init__(self, sub: SubCaseView, *, status: CaseStatus, accepted: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("subCase")
        name = QLabel(text.said(sub.item), self)
        name.setObjectName("subCaseName")
        name.setWordWrap(True)
        mark = Mark(self)
        mark.show_sign(_sign(sub))
        state = QLabel(self._state(sub, status=status, accepted=accepted), self)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(name, 1)
        head.addWidget(mark)
        head.addWidget(state)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setVerticalSpacing(3)
        grid.addLayout(head, 0, 0)
        if sub.decided_at is None and sign_of(sub.dates.light) is not None:
            grid.addWidget(LightLine(sub.dates.light, self), 1, 0)
        for row, words in enumerate(self._more(sub), 2):
            line = QLabel(words, self)
            line.setObjectName("caption")
            line.setWordWrap(True)
            grid.addWidget(line, row, 0)

    def _state(self, sub: SubCaseView, *, status: CaseStatus, accepted: bool) -> str:
        if sub.result is not None:
            return text.result(sub.result)
        if status in ENDED_EARLY:
            return text.status(status)  # nothing waits any more
        if not accepted and sub.state is SubCaseState.WAITING:
            return self.tr("等受理")
        return text.sub_case(sub.state)

    def _more(self, sub: SubCaseView) -> list[str]:
        first = [text.said(sub.department)]
        if sub.decided_at is not None:
            first.append(self.tr("{0} 办结").format(minute(sub.decided_at)))
        elif sub.promised_on is not None:
            on = dates.moment(sub.promised_on, sub.dates.due_at)
            first.append(self.tr("承诺 {0}（含）前").format(on))
        licence = self.tr("证照 {0}").format(breakable(sub.licence)) if sub.licence else ""
        outcome = " · ".join(words for words in (sub.result_text, licence) if words)
        days = dates.of_sub_case(sub.dates) if sub.decided_at is None else []
        longer = map(dates.extension, sub.extensions)
        return [
            " · ".join(first),
            *days,
            *map(self._procedure, sub.procedures),
            *longer,
            *filter(None, [outcome]),
        ]

    def _procedure(self, each: Procedure) -> str:
        """A special procedure: since when the clock stands still, or from when to when it did."""
        kind, begun = text.procedure(each.kind), minute(each.begun_at)
        if each.ended_at is not None:
            return self.tr("特别程序（{0}）：{1} 至 {2} 停止计时，不计入期限").format(
                kind, begun, minute(each.ended_at)
            )
        expected = text.days(each.days, each.unit)
        return self.tr("特别程序（{0}）：{1} 起停止计时，预计 {2}").format(kind, begun, expected)


def _sign(sub: SubCaseView) -> Sign:
    if sub.state is not SubCaseState.DECIDED:
        return _SIGNS[sub.state]
    if sub.result is ResultCode.GRANTED:
        return Sign.GOOD
    return Sign.BAD if sub.result is ResultCode.DENIED else Sign.CARE
