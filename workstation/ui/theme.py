"""How the window looks: Fusion with a palette of our own, one accent colour, our fonts, the style sheets."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from workstation import resources

# Contrast on white: text 14:1, quiet text 5.7:1, accent 7.5:1 (WCAG 1.4.3 wants 4.5:1).
LIGHT = {
    QPalette.ColorRole.Window: "#eef2f4",
    QPalette.ColorRole.WindowText: "#1c2733",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f2f6f8",
    QPalette.ColorRole.Text: "#1c2733",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.ButtonText: "#1c2733",
    QPalette.ColorRole.Highlight: "#0b5d75",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.PlaceholderText: "#5b6875",
    QPalette.ColorRole.ToolTipBase: "#1c2733",
    QPalette.ColorRole.ToolTipText: "#ffffff",
    QPalette.ColorRole.Link: "#0b5d75",
    QPalette.ColorRole.Light: "#ffffff",
    QPalette.ColorRole.Midlight: "#e3e9ed",
    QPalette.ColorRole.Mid: "#cfd8de",
    QPalette.ColorRole.Dark: "#9aa7b1",
    QPalette.ColorRole.Shadow: "#7b8894",
}
DISABLED_TEXT = "#7b8894"
TEXT_PX = 14


def apply(application: QApplication) -> None:
    """Dress the application. The rare-character font is not loaded yet: see load_rare_characters.

    A second time changes nothing: to dress it anew lays out every widget there is.
    """
    sheet = style_sheet()
    if application.styleSheet() == sheet:
        return
    application.setStyle("Fusion")
    application.setPalette(palette())
    families = [family for path in resources.font_files()[:1] for family in _load(str(path))]
    _set_families(families)
    application.setStyleSheet(sheet)


def load_rare_characters() -> None:
    """Add the fonts of the rare name characters, once: 31 MB that the first paint need not wait for."""
    families = [family for path in resources.font_files() for family in _load(str(path))]
    if families != QApplication.font().families():  # setting a font lays every widget out again
        _set_families(families)


def palette() -> QPalette:
    """Return the light palette."""
    made = QPalette()
    for role, colour in LIGHT.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(DISABLED_TEXT))
    return made


def style_sheet() -> str:
    """Return all style sheets of the resources, the general one first."""
    first = resources.style_sheet()
    others = sorted(path for path in first.parent.glob("*.qss") if path != first)
    return "\n".join(path.read_text(encoding="utf-8") for path in (first, *others))


@cache
def _load(path: str) -> list[str]:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(path))


def _set_families(families: list[str]) -> None:
    font = QFont()
    if families:
        font.setFamilies(families)
    font.setPixelSize(TEXT_PX)
    QApplication.setFont(font)
