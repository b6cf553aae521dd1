"""The press: makes the sheet of a slip, and hands it to a spooler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workstation import resources
from workstation.domain.sheet import Spool
from workstation.domain.slip import Slip, SlipKind
from workstation.printing.documents import Documents
from workstation.printing.formats import Paper
from workstation.printing.roll import ROLL, WIDEST_ROLL
from workstation.services.ports import Printers
from workstation.services.print_views import PrinterView

if TYPE_CHECKING:
    from workstation.printing.fonts import Fonts


class PaperPress:
    """Implements ports.Press. Fonts and the PDF library load with the first sheet, after the first paint."""

    def __init__(
        self,
        font_files: Sequence[Path],
        spooler: Printers,
        templates: Path | None = None,
        roll: Printers | None = None,
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

    def papers(self, kind: SlipKind) -> tuple[str, ...]:
        """See ports.Press. A roll counts where a printer has one, and where the kind knows no other paper."""
        papers = self._documents.template(kind).papers
        here = tuple(paper.value for paper in papers if self._roll is not None or paper is not Paper.ROLL80)
        return here or tuple(paper.value for paper in papers)

    def prepare(self) -> None:
        """Load the PDF library and read the first font: half a second that the first sheet need not wait for.

        Runs beside the desk; who prints meanwhile loads them too, and either's are as good.
        """
        from workstation.printing import render  # noqa: F401, PLC0415 - ReportLab costs 0.2 s
        from workstation.printing.fonts import Fonts  # noqa: PLC0415

        if self._fonts is None:
            fonts = Fonts(self._font_files)
            fonts.open_first()
            self._fonts = fonts

    def make(self, slip: Slip) -> bytes:
        """Render a slip as PDF. Raises Refused(GLYPH_MISSING | DOCUMENT_BROKEN) before anything is printed."""
        from workstation.printing.render import render  # noqa: PLC0415 - see prepare

        return render(replace(slip, paper=self._paper(slip).value), self._ready(), self._documents)

    def as_ofd(self, pdf: bytes) -> bytes:
        """See ports.Press."""
        from workstation.printing.render import as_ofd  # noqa: PLC0415 - see prepare

        return as_ofd(pdf, self._ready())

    def put(self, serial: str, pdf: bytes, printer: str = "") -> Spool:
        """See ports.Press. What is as wide as a roll goes to the roll's printer."""
        return self._of(printer or self._fitting(pdf)).put(serial, pdf, printer)

    def look(self, spool: Spool) -> Spool:
        """See ports.Press."""
        return self._of(spool.printer).look(spool)

    def find(self, serial: str, printer: str = "") -> Spool | None:
        """See ports.Press."""
        return self._of(printer).find(serial, printer)

    def take_back(self, spool: Spool) -> Spool:
        """See ports.Press."""
        return self._of(spool.printer).take_back(spool)

    def printers(self) -> tuple[PrinterView, ...]:
        """See ports.Press."""
        return self._spooler.printers()

    def where(self, serial: str, spool: Spool) -> str:
        """See ports.Press."""
        return self._of(spool.printer).where(serial, spool)

    def _ready(self) -> Fonts:
        if self._fonts is None:
            self.prepare()
        if self._fonts is None:
            raise AssertionError("prepared without fonts")
        return self._fonts

    def _of(self, printer: str) -> Printers:
        return self._roll if self._roll is not None and printer == ROLL else self._spooler

    def _fitting(self, pdf: bytes) -> str:
        if self._roll is None:
            return ""
        from workstation.printing.raster import width_of  # noqa: PLC0415 - a library that only a roll needs

        return ROLL if width_of(pdf) < WIDEST_ROLL else ""

    def _paper(self, slip: Slip) -> Paper:
        """The paper that was asked for, else the kind's first one that a printer here has."""
        if slip.paper in self._documents.template(slip.kind).papers:
            return Paper(slip.paper)
        return Paper(self.papers(slip.kind)[0])
