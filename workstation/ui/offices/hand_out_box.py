"""出件 beside a decided case: how the result goes out, where it is, and in whose hands it ends."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wire.agency import Power
from wire.delivery import Way
from workstation.domain.identity import Identity
from workstation.services.hand_out import SIZES, DeliveryWish, Taken
from workstation.services.office_views import DeliveryView
from workstation.services.take_agency import AgencyTold
from workstation.services.views import CaseView
from workstation.ui.intake.no_card_row import PersonLine
from workstation.ui.widgets.button import KeyButton
from workstation.ui.widgets.facts import Facts
from workstation.ui.words import offices as words

_USUAL_DAYS = 30


class HandOutBox(QFrame):
    """`ordered` carries a DeliveryWish, `handed` a Taken, `recalled` the reason."""

    ordered = Signal(object)
    handed = Signal(object)
    card_asked = Signal()
    recalled = Signal(str)
    pick_up_asked = Signal()
    return_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handOut")
        self._case = ""
        self._relations: tuple[tuple[str, str], ...] = ()
        self._facts = Facts(self)
        self._build_order()
        self._build_receiver()
        self.recall = KeyButton("handout.recall", self.tr("召回"), "", self)
        self.recall.clicked.connect(lambda: self.recalled.emit(""))
        self.pick_up = KeyButton("handout.pickup", self.tr("打印取件凭证"), "", self)
        self.pick_up.clicked.connect(self.pick_up_asked)
        self.service_return = KeyButton("handout.return", self.tr("打印送达回证"), "", self)
        self.service_return.clicked.connect(self.return_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(8)
        for part in (
            self._facts,
            self.pick_up,
            self.recall,
            self.service_return,
            self._receiver,
            self._order,
        ):
            column.addWidget(part)
        self.hide()

    def _build_order(self) -> None:
        self._order = QWidget(self)
        self.way = _combo("handout.way", self.tr("领取方式"), self)
        self.phone = QLineEdit(self)
        self.phone.setObjectName("handout.phone")
        self.phone.setAccessibleName(self.tr("收件电话"))
        self.phone.setMinimumHeight(32)
        self.address = QLineEdit(self)
        self.address.setObjectName("handout.address")
        self.address.setAccessibleName(self.tr("寄送地址"))
        self.address.setMinimumHeight(32)
        self.box_size = _combo("handout.size", self.tr("箱格"), self)
        for size in SIZES:
            self.box_size.addItem(words.box_size(size), size)
        self.originals = QCheckBox(self.tr("袋里有办事人的原件"), self)
        self.originals.setObjectName("handout.originals")
        self.originals.setMinimumHeight(32)
        self.order = KeyButton("handout.order", self.tr("准备出件"), "F8", self)
        self.order.clicked.connect(lambda: self.ordered.emit(self._wish()))
        self.way.currentIndexChanged.connect(self._show_way)
        self._order_form = _form(self._order)
        for label, part in (
            (self.tr("领取方式"), self.way),
            (self.tr("电话"), self.phone),
            (self.tr("地址"), self.address),
            (self.tr("箱格"), self.box_size),
        ):
            self._order_form.addRow(label, part)
        self._order_form.addRow(self.originals)
        self._order_form.addRow(self.order)

    def _build_receiver(self) -> None:
        self._receiver = QWidget(self)
        self.name = PersonLine(self, "handout.name", self.tr("领取人姓名"), "")
        self.number = PersonLine(self, "handout.number", self.tr("领取人证件号码"), self.tr("看证件原件录入"))
        self.name.entered.connect(lambda: self.number.setFocus(Qt.FocusReason.TabFocusReason))
        self.other = QCheckBox(self.tr("代领，已看新的授权委托书"), self)
        self.other.setObjectName("handout.other")
        self.other.setMinimumHeight(32)
        self.other.toggled.connect(self._show_power)
        self.phone_of = PersonLine(self, "handout.agent_phone", self.tr("代领人电话"), "")
        self.relation = _combo("handout.relation", self.tr("和申请人的关系"), self)
        self.until = QDateEdit(self)
        self.until.setObjectName("handout.until")
        self.until.setAccessibleName(self.tr("委托到哪天"))
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setMinimumHeight(32)
        self.read = KeyButton("handout.card", self.tr("读卡核对并交付"), "F2", self)
        self.read.clicked.connect(self.card_asked)
        self.hand = KeyButton("handout.hand", self.tr("核对证件，交付"), "F9", self)
        self.hand.make_primary()
        self.hand.clicked.connect(lambda: self.handed.emit(self.taken()))
        self._agent = QLabel(self)
        self._agent.setObjectName("caption")
        self._agent.setWordWrap(True)
        self._form = _form(self._receiver)
        self._form.addRow(self._agent)
        for label, part in (
            (self.tr("领取人"), self.name),
            (self.tr("证件号码"), self.number),
        ):
            self._form.addRow(label, part)
        self._form.addRow(self.other)
        self._form.addRow(self.tr("电话"), self.phone_of)
        self._form.addRow(self.tr("关系"), self.relation)
        self._form.addRow(self.tr("委托到"), self.until)
        self._form.addRow(self.read)
        self._form.addRow(self.hand)
        self._show_power(False)

    def show_case(self, case: CaseView, relations: tuple[tuple[str, str], ...], *, may: bool) -> None:
        """Show what is done with the result of a case; hidden before the decision, and for whoever may only look."""
        view = case.delivery
        fresh = case.case != self._case
        self._case = case.case
        self.setVisible(view is not None)
        if view is None:
            return
        if fresh or relations != self._relations:
            self._relations = relations
            self._clear(view)
        facts = words.delivery_facts(view)
        self._facts.show_facts(facts)
        self._facts.setVisible(bool(facts))
        ways = [self.way.itemData(at) for at in range(self.way.count())]
        if tuple(ways) != tuple(way.value for way in view.ways):
            self._offer_ways(view)
        self._order.setVisible(may and bool(view.ways))
        waits = view.order is not None and bool(view.order.code)
        self.pick_up.setVisible(may and waits and view.handed_out is None)
        self.recall.setVisible(may and view.may_recall)
        self._receiver.setVisible(may and view.may_hand_out)
        self.service_return.setVisible(may and view.handed_out is not None)
        said = self.tr("{0} 有代领委托，录入姓名和号码核对").format(view.agent) if view.agent else ""
        self._agent.setText(said)
        self._agent.setVisible(bool(said))

    def taken(self, who: Identity | None = None) -> Taken:
        """Return who stands at the window, as typed or as the card said."""
        power: AgencyTold | None = None
        name, number = self.name.text(), self.number.text()
        if self.other.isChecked():
            day = self.until.date()
            power = AgencyTold(
                who.name if who else name,
                who.id_no if who else number,
                self.phone_of.text(),
                str(self.relation.currentData() or ""),
                (Power.COLLECT,),
                date(day.year(), day.month(), day.day()),
            )
        return Taken(who, name, number, power)

    def cover(self) -> None:
        """Hide what was typed of a person."""
        for line in (self.name, self.number, self.phone_of):
            line.cover()

    def _wish(self) -> DeliveryWish:
        way = Way(str(self.way.currentData()))
        size = str(self.box_size.currentData() or "s")
        return DeliveryWish(way, "", self.phone.text(), self.address.text(), size, self.originals.isChecked())

    def _clear(self, view: DeliveryView) -> None:
        for line in (self.phone, self.address, self.name, self.number, self.phone_of):
            line.clear()
        self.phone.setPlaceholderText(view.phone)
        self.address.setPlaceholderText(view.address)
        self.other.setChecked(False)
        self.originals.setChecked(False)
        self.relation.clear()
        for code, name in self._relations:
            self.relation.addItem(name, code)
        self.relation.setCurrentIndex(-1)
        today = QDate.currentDate()
        self.until.setDateRange(today, today.addDays(366))
        self.until.setDate(today.addDays(_USUAL_DAYS))
        self._offer_ways(view)

    def _offer_ways(self, view: DeliveryView) -> None:
        self.way.blockSignals(True)
        self.way.clear()
        for way in view.ways:
            self.way.addItem(words.way(way), way.value)
        wanted = view.ways.index(view.wish) if view.wish in view.ways else 0
        self.way.setCurrentIndex(wanted if view.ways else -1)
        self.way.blockSignals(False)
        self._show_way()

    def _show_way(self) -> None:
        way = self.way.currentData()
        box, away = way == Way.LOCKER.value, way in (Way.COURIER.value, Way.LOCKER.value)
        for part, there in (
            (self.phone, away),
            (self.address, way == Way.COURIER.value),
            (self.box_size, box),
        ):
            self._order_form.setRowVisible(part, there)
        self._order_form.setRowVisible(self.originals, away)

    def _show_power(self, on: bool) -> None:
        for part in (self.phone_of, self.relation, self.until):
            self._form.setRowVisible(part, on)


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setContentsMargins(0, 0, 0, 0)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    form.setVerticalSpacing(6)
    return form


def _combo(name: str, accessible: str, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setObjectName(name)
    combo.setAccessibleName(accessible)
    combo.setMinimumHeight(32)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return combo
