"""Side by side: the case as it stood, and what is proposed for it - exactly what the second person signs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from wire.rights import STATION_ITSELF
from workstation.services.views import ProposalView
from workstation.ui import text
from workstation.ui.widgets.facts import Facts
from workstation.ui.widgets.panel import titled_panel
from workstation.ui.words.breaks import in_fours
from workstation.ui.words.times import minute


class Compare(QWidget):
    """Two panels of the same height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = Facts(self)
        self._then = Facts(self)
        self.effect = QLabel(self)
        self.effect.setObjectName("proposal.effect")
        self.effect.setWordWrap(True)
        self.hash = QLabel(self)
        self.hash.setObjectName("caption")
        self.hash.setWordWrap(True)
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(titled_panel(self.tr("现在的办件"), self._now, parent=self), 1)
        row.addWidget(titled_panel(self.tr("提请"), self._then, self.effect, self.hash, parent=self), 1)

    def show_proposal(self, view: ProposalView) -> None:
        """Show one proposal as it was frozen."""
        papers = text.listed(
            self.tr("{0}（{1}）").format(text.said(name), text.material_how(how)) for name, how in view.papers
        )
        self._now.show_facts(
            [
                (self.tr("收件号"), view.receipt_no),
                (self.tr("事项"), text.listed(text.said(item) for item in view.items)),
                (self.tr("申请人"), f"{view.applicant}  {view.applicant_id}"),
                (self.tr("状态"), text.status(view.status)),
                (self.tr("材料"), papers or self.tr("没有")),
            ]
        )
        asked = [
            (self.tr("要办的"), text.proposal_kind(view.kind)),
            (self.tr("理由"), text.reason(view.reason)),
            (self.tr("说明"), view.text),
        ]
        if view.competent_body:
            asked.append((self.tr("该找的机关"), view.competent_body))
        if view.material is not None:
            asked.append((self.tr("容缺材料"), text.said(view.material)))
        if view.until is not None:
            asked.append((self.tr("补交期限"), view.until.isoformat()))
        for name, before, after in view.changes:
            # In clear: nobody signs for a name that is masked.
            asked.append((text.said(name), self.tr("{0} 改为 {1}").format(before or self.tr("空白"), after)))
        itself = view.proposer == STATION_ITSELF
        asked.append((self.tr("提请人"), self.tr("本工位，补正期限到了") if itself else view.proposer))
        asked.append((self.tr("提请时间"), minute(view.proposed_at)))
        self._then.show_facts(asked)
        self.effect.setText(text.proposal_effect(view.kind))
        self.hash.setText(self.tr("会签内容指纹 {0}").format(in_fours(view.sha256[:16])))
