"""更正: one thing that was written wrong, what it should say, and why; who the case is about wants a second person."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from wire.corrections import Amendment
from workstation.services.step_views import AmendView, StepOptions
from workstation.ui import text
from workstation.ui.widgets.button import KeyButton

_FIELD_PX = 32


class AmendForm(QFrame):
    """`amended` carries (changes, words) that one may do alone, `proposed` those that want a second person."""

    amended = Signal(object, str)
    proposed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[AmendView, ...] = ()
        self.field = QComboBox(self)
        self.field.setObjectName("amend.field")
        self.field.setAccessibleName(self.tr("更正哪一项"))
        self.field.setMinimumHeight(_FIELD_PX)
        self._now = QLabel(self)
        self._now.setObjectName("amend.now")
        self.value = QLineEdit(self)
        self.value.setObjectName("amend.value")
        self.value.setAccessibleName(self.tr("更正为"))
        self.value.setMinimumHeight(_FIELD_PX)
        self.words = QLineEdit(self)
        self.words.setObjectName("amend.text")
        self.words.setAccessibleName(self.tr("为什么更正"))
        self.words.setPlaceholderText(self.tr("例如：核对身份证，收件时登记有误"))
        self.words.setMinimumHeight(_FIELD_PX)
        self.words.setMaxLength(200)
        self._effect = QLabel(self)
        self._effect.setObjectName("caption")
        self._effect.setWordWrap(True)
        self.submit = KeyButton("amend.submit", self.tr("更正，打印新的收件凭证"), "F10", self)
        self.submit.make_primary()
        self.submit.clicked.connect(self._submit)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("更正哪一项"), self.field)
        form.addRow(self.tr("现在是"), self._now)
        form.addRow(self.tr("更正为"), self.value)
        form.addRow(self.tr("为什么更正"), self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self._effect)
        column.addWidget(self.submit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.field.currentIndexChanged.connect(self._show_field)

    def show_options(self, options: StepOptions) -> None:
        """Show what may be mended."""
        self._fields = options.fields
        self.field.blockSignals(True)
        self.field.clear()
        for view in options.fields:
            self.field.addItem(text.said(view.label), view.name)
        self.field.blockSignals(False)
        self.clear()
        self._show_field()

    def focus(self) -> None:
        """Begin with the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Leave nothing that was typed."""
        self.value.clear()
        self.words.clear()

    def _chosen(self) -> AmendView | None:
        at = self.field.currentIndex()
        return self._fields[at] if 0 <= at < len(self._fields) else None

    def _show_field(self) -> None:
        view = self._chosen()
        self.submit.setEnabled(view is not None)
        if view is None:
            return
        self._now.setText(view.value)
        if view.risky:
            self.submit.setText(self.tr("提请会签") + "  F10")
            self._effect.setText(
                self.tr("关系到办给谁，要另一个人会签。会签后收件号不变、版本加一，原来打印的单据作废。")
            )
        else:
            self.submit.setText(self.tr("更正，打印新的收件凭证") + "  F10")
            self._effect.setText(self.tr("收件号不变、版本加一，原来打印的单据作废，扫码会提示。"))

    def _submit(self) -> None:
        view = self._chosen()
        if view is not None:
            signal = self.proposed if view.risky else self.amended
            signal.emit((Amendment(view.name, "", self.value.text()),), self.words.text())
