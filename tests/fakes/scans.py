"""Files as a scanner or a phone makes them, synthetic, and the two steps by which a desk takes one."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from workstation.services.counter import Counter
from workstation.services.views import VisitView


def png(width: int = 60, height: int = 80, shade: int = 200) -> bytes:
    """Return a grey page as PNG."""
    out = io.BytesIO()
    Image.new("L", (width, height), shade).save(out, "PNG")
    return out.getvalue()


def written_on(text: str) -> bytes:
    """Return a picture that says a text in its pixels' own bytes and once more in what stands beside them."""
    said = text.encode()
    beside = PngInfo()
    beside.add_itxt("Comment", text)
    out = io.BytesIO()
    Image.frombytes("L", (len(said), 1), said).resize((len(said), 40)).save(out, "PNG", pnginfo=beside)
    return out.getvalue()


def pdf(pages: int = 1, width: int = 60, height: int = 80) -> bytes:
    """Return grey pages as PDF."""
    out = io.BytesIO()
    drawn = [Image.new("L", (width, height), 150 + n % 100) for n in range(pages)]
    drawn[0].save(out, "PDF", save_all=True, append_images=drawn[1:])
    return out.getvalue()


def a_png(path: Path, width: int = 60, height: int = 80) -> str:
    """Write a page and return its path."""
    path.write_bytes(png(width, height))
    return str(path)


def attach(desk: Counter, material: str, path: str | Path) -> VisitView:
    """Take a file for a paper of the visit under way."""
    return desk.attach_scan(material, desk.read_scan(_case(desk), str(path)))


def attach_photo(desk: Counter, key: str, path: str | Path) -> VisitView:
    """Take a picture for a photo of the visit under way."""
    return desk.attach_photo(key, desk.read_scan(_case(desk), str(path)))


def _case(desk: Counter) -> str:
    visit = desk.visit()
    return visit.case if visit is not None else ""
