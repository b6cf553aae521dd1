"""Every template read, and its sheet drawn: python -m tests.documents [--pictures FOLDER] [--renew].

Without an option it only reads and lays out, and tells what does not hold. --pictures keeps specimens as PNG, --renew puts what is
drawn now in the place of the references that test_printing_pictures compares with, after somebody has looked at it.
"""

from __future__ import annotations

import argparse
import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image

from tests.fakes.press import a_slip, documents
from workstation import resources
from workstation.domain.slip import Language, Slip, SlipKind
from workstation.printing.fonts import Fonts
from workstation.printing.render import render

REFERENCES = Path(__file__).resolve().parent / "data" / "documents"
REFERENCE_DPI, PICTURE_DPI = 50, 80


def drawn(slip: Slip, fonts: Fonts, dpi: int) -> Image.Image:
    """The pages of a slip below each other, in grey; by the locked pdfium, so that the same sheet is the same picture."""
    document = pypdfium2.PdfDocument(render(slip, fonts, documents()))
    pages = [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    whole = Image.new("L", (max(page.width for page in pages), sum(page.height for page in pages)), 255)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def reference_slips() -> dict[str, Slip]:
    """What is compared: every kind, and one of them in two languages, on a small paper, and as a marked reprint."""
    slips = {kind.value: a_slip(kind) for kind in SlipKind}
    slips["ACC-both"] = replace(a_slip(SlipKind.ACCEPTANCE), language=Language.BOTH)
    slips["RCP-a5"] = replace(a_slip(SlipKind.RECEIPT), paper="a5", provisional=True, reprint=2)
    return slips


def png(picture: Image.Image) -> bytes:
    """The picture as a small PNG."""
    made = io.BytesIO()
    picture.save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Read all, and keep what was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py documents", description=__doc__)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--renew", action="store_true")
    given = parser.parse_args()
    fonts = Fonts(resources.paper_font_files())
    for kind in SlipKind:
        template = documents().template(kind)
        specimen = replace(a_slip(kind), specimen=True, code="")
        picture = drawn(specimen, fonts, PICTURE_DPI)
        names = ", ".join(template.variables)
        print(f"{kind.value} {template.version} {template.title.zh} ({', '.join(template.papers)}): {names}")
        if given.pictures:
            given.pictures.mkdir(parents=True, exist_ok=True)
            (given.pictures / f"{kind.value}.png").write_bytes(png(picture))
    if given.renew:
        REFERENCES.mkdir(parents=True, exist_ok=True)
        for name, slip in reference_slips().items():
            (REFERENCES / f"{name}.png").write_bytes(png(drawn(slip, fonts, REFERENCE_DPI)))


if __name__ == "__main__":
    main()
