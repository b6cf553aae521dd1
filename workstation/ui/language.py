"""The language of the interface: Chinese is the source, English comes from a compiled translation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from workstation import resources

if TYPE_CHECKING:
    from catalogue.model import Text

translate = QCoreApplication.translate
# lupdate finds the words by these two names. Qt's stub says that the marked words come back as `object`.
QT_TRANSLATE_NOOP: Callable[[str, str], str] = QtCore.QT_TRANSLATE_NOOP  # type: ignore[assignment]


def install(application: QCoreApplication, language: str) -> None:
    """Let `application` speak "en", or "zh" as it is written; what Qt itself formats follows."""
    QLocale.setDefault(QLocale("en_GB" if language == "en" else "zh_CN"))
    for old in application.findChildren(QTranslator, "words"):
        application.removeTranslator(old)
        old.deleteLater()
    path = resources.translation(language)
    if path is None:
        return
    words = QTranslator(application)
    words.setObjectName("words")
    if words.load(str(path)):
        application.installTranslator(words)


def current() -> str:
    """Return "zh" or "en": the language the application speaks now."""
    # The name of the language is itself one of the words: no second place that could disagree.
    return translate("Language", "zh")


def said(words: Text) -> str:
    """Return a text of the catalogue in the language of the interface."""
    return words.in_language(current())
