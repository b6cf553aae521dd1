"""Everything a window gives away: words, hints, names for screen readers, titles, models of lists, and the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, takewhile

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction, QClipboard
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget

_WORDS = (
    "text",
    "title",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
    "windowTitle",
    "windowFilePath",
    "placeholderText",
    "displayText",
    "plainText",
    "currentText",
    "objectName",
)
_SPOKEN = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
    QAccessible.Text.Accelerator,
    QAccessible.Text.DebugDescription,
)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)


def said() -> dict[str, str]:
    """Return where -> what, over all windows of the application, hidden pages too."""
    found: dict[str, str] = {}
    for window in QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)):
            place = f"{type(widget).__name__}#{widget.objectName()}@{id(widget):x}"
            for name in _WORDS:
                # As the widget shows it: for a line of dots `text` is not what anybody sees.
                if name == "text" and widget.property("displayText") is not None:
                    continue
                value = widget.property(name)
                if isinstance(value, str) and value:
                    found[f"{place}.{name}"] = value
            for n, action in enumerate(widget.actions()):
                found |= _of_action(f"{place}.action{n}", action)
            model = _model_of(widget)
            if model is not None:
                found |= {f"{place}.{at}": words for at, words in _of_model(model, QModelIndex())}
        interface = QAccessible.queryAccessibleInterface(window)
        found |= dict(_spoken(interface, type(window).__name__, 0))
    board = QApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        found[f"clipboard.{mode.name}"] = board.text(mode)
    return found


def _of_action(place: str, action: QAction) -> dict[str, str]:
    return {f"{place}.{n}": str(action.property(n)) for n in ("text", "toolTip", "statusTip", "whatsThis")}


def _model_of(widget: QWidget) -> QAbstractItemModel | None:
    if isinstance(widget, (QAbstractItemView, QComboBox)):
        model: QAbstractItemModel | None = widget.model()
        return model
    return None


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(parent)):
        # A list hides how many columns it has; the first that is not there ends the row.
        for column in takewhile(lambda at, row=row: model.index(row, at, parent).isValid(), count()):  # type: ignore[misc]
            for role in _ROLES:
                value = model.index(row, column, parent).data(role)
                if isinstance(value, str) and value:
                    yield f"cell{row},{column}.{role.name}", value


def _spoken(interface: QAccessibleInterface | None, place: str, depth: int) -> Iterator[tuple[str, str]]:
    if interface is None or depth > 40:
        return
    for kind in _SPOKEN:
        words = interface.text(kind)
        if words:
            yield f"{place}.{kind.name}", words
    text = interface.textInterface()
    if text is not None:
        yield f"{place}.characters", text.text(0, text.characterCount())
    for n in range(interface.childCount()):
        yield from _spoken(interface.child(n), f"{place}/{n}", depth + 1)
