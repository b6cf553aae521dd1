"""The press: makes the sheet of a slip, and hands it to a spooler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workstation import resources
from workstation.domain.slip import Slip, SlipKind
from workstation.printing.documents import Documents
from workstation.printing.formats import Paper

if TYPE_CHECKING:
    from workstation.printing.fonts import Fonts


class Spooler(Protocol):
    """Takes a finished sheet to where it is printed."""

    def take(self, serial: str, pdf: bytes) -> Path:
        """Return where the sheet went. Raises Refused(PRINTER_FAILED)."""
        ...


class PaperPress:
    """Implements ports.Press. Fonts and the PDF library load with the first sheet, after the first paint."""

    def __init__(
        self,
        font_files: Sequence[Path],
        spooler: Spooler,
        templates: Path | None = None,
        roll: Spooler | None = None,
    ) -> None:
        """`roll` takes what stands on a roll of 80 mm; without one such a sheet goes on its kind's next paper."""
        self._font_files = tuple(font_files)
        self._spooler = spooler
        self._roll = roll
        self._fonts: Fonts | None = None
        self._documents = Documents(templates or resources.documents_dir())

    def version(self, kind: SlipKind) -> str:
        """The version of a kind's template. Raises Refused(DOCUMENT_BROKEN)."""
        return self._documents.template(kind).version

    def prepare(self) -> None:
        """Load the PDF library and read the first font: half a second that the first sheet need not wait for.

        Runs beside the desk; who prints meanwhile loads them too, and either's are as good.
        """
        from workstation.printing import render  # noqa: F401, PLC0415 - ReportLab and segno cost 0.2 s
        from workstation.printing.fonts import Fonts  # noqa: PLC0415

        if self._fonts is None:
            fonts = Fonts(self._font_files)
            fonts.open_first()
            self._fonts = fonts

    def make(self, slip: Slip) -> bytes:
        """Render a slip as PDF. Raises Refused(GLYPH_MISSING | DOCUMENT_BROKEN) before anything is printed."""
        from workstation.printing.render import render  # noqa: PLC0415 - see prepare

        if self._fonts is None:
            self.prepare()
        if self._fonts is None:
            raise AssertionError(slip.serial)
        return render(replace(slip, paper=self._paper(slip).value), self._fonts, self._documents)

    def put(self, slip: Slip, pdf: bytes) -> Path:
        """Hand the PDF to the spooler; return its file, or for a queue <queue>/<job>.

        Raises Refused(PRINTER_FAILED).
        """
        on_roll = self._roll is not None and self._paper(slip) is Paper.ROLL80
        spooler = self._roll if on_roll and self._roll is not None else self._spooler
        return spooler.take(slip.serial, pdf)

    def _paper(self, slip: Slip) -> Paper:
        """The paper that was asked for, else the kind's first one that a printer here has."""
        papers = self._documents.template(slip.kind).papers
        if slip.paper in papers:
            return Paper(slip.paper)
        here = [paper for paper in papers if self._roll is not None or paper is not Paper.ROLL80]
        return here[0] if here else papers[0]
