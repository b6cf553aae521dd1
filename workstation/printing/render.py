"""A slip to its PDF: the template of its kind lays it out, then all of it is drawn."""

from __future__ import annotations

from datetime import UTC

from workstation.domain.slip import Slip, SlipKind
from workstation.printing import words
from workstation.printing.fonts import Fonts
from workstation.printing.marks import Page
from workstation.printing.pdf import to_pdf
from workstation.printing.sheet import Sheet
from workstation.printing.templates import (
    acceptance,
    dispute,
    promise,
    receipt,
    refusal,
    result,
    verification,
)
from workstation.printing.templates.frame import footer, running_head

_TEMPLATES = {
    SlipKind.RECEIPT: receipt.lay_out,
    SlipKind.ACCEPTANCE: acceptance.lay_out,
    SlipKind.RESULT: result.lay_out,
    SlipKind.VERIFICATION: verification.lay_out,
    SlipKind.PROMISE: promise.lay_out,
    SlipKind.DISPUTE: dispute.lay_out,
    SlipKind.REFUSAL: refusal.lay_out,
}


def pages_of(slip: Slip, fonts: Fonts) -> tuple[Page, ...]:
    """Lay a slip out. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
    sheet = Sheet(fonts, running=running_head(slip))
    _TEMPLATES[slip.kind](sheet, slip)
    return sheet.finish(lambda page, pages: footer(slip, page, pages))


def render(slip: Slip, fonts: Fonts) -> bytes:
    """Make the PDF, the same bytes for the same slip. Raises Refused(GLYPH_MISSING, character=U+XXXX)."""
    return to_pdf(
        pages_of(slip, fonts),
        fonts,
        title=f"{words.TITLES[slip.kind]} {slip.serial}",
        author=words.PRODUCT,
        at=slip.issued_at.astimezone(UTC),
    )
