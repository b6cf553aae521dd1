"""A slip to its PDF: the template of its kind lays it out, then all of it is drawn. And that PDF to the same sheet as OFD."""

from __future__ import annotations

from datetime import UTC

from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import Slip
from workstation.printing import words
from workstation.printing.archived import Unreadable, read_sheet
from workstation.printing.documents import Documents
from workstation.printing.fonts import Fonts
from workstation.printing.layout import lay_out
from workstation.printing.marks import Page
from workstation.printing.ofd import to_ofd
from workstation.printing.pdf import to_pdf


def pages_of(slip: Slip, fonts: Fonts, documents: Documents) -> tuple[Page, ...]:
    """Lay a slip out. Raises Refused(GLYPH_MISSING, character=U+XXXX | DOCUMENT_BROKEN)."""
    return lay_out(slip, documents.template(slip.kind), documents.codes, fonts)[0]


def render(slip: Slip, fonts: Fonts, documents: Documents) -> bytes:
    """Make the PDF, the same bytes for the same slip. Raises Refused(GLYPH_MISSING | DOCUMENT_BROKEN)."""
    template = documents.template(slip.kind)
    pages, size = lay_out(slip, template, documents.codes, fonts)
    return to_pdf(
        pages,
        fonts,
        size=size,
        title=f"{template.title.zh} {slip.serial}",
        author=words.PRODUCT,
        at=slip.issued_at.astimezone(UTC),
    )


def as_ofd(pdf: bytes, fonts: Fonts) -> bytes:
    """Make the OFD of an archived sheet. Raises Refused(SHEET_NOT_SAVED) for a PDF that is none of ours."""
    try:
        sheet = read_sheet(pdf)
    except Unreadable as trouble:
        raise Refused(Failure.SHEET_NOT_SAVED, cause="unreadable") from trouble
    return to_ofd(
        sheet.pages,
        fonts,
        size=sheet.size,
        title=sheet.title,
        author=sheet.author,
        at=sheet.at,
        source=pdf,
    )
