"""The capped process: reads a scan from standard input, draws it anew, writes the picture; a file of its own on purpose.

Started by path with `python -I`, so that it sees nothing of the product. It loads its libraries first and then gives up
everything else: no new file, socket or process can be opened (RLIMIT_NOFILE), memory and computing time are capped, the
network is left where the system allows that, and it dies with its parent.

In: one line of JSON with the caps, then the scan. Out: one line of JSON with what it is, then its bytes.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, TiffImagePlugin  # noqa: F401 - all decoders must be there before the door is shut

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # linux/prctl.h
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000  # linux/sched.h
_NOBODY = 65534
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"RIFF", b"%PDF-")
_QUALITY = (88, 75, 60)  # the next when the one before comes out too large
# Fonts that every PDF reader brings along (ISO 32000-1 9.6.2.2): those need not be in the file.
_BROUGHT_ALONG = (b"Helvetica", b"Arial", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")


class Bad(Exception):
    """A scan that is not drawn; `code` goes out."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def main() -> int:
    """Draw one scan."""
    parent = os.getppid()
    line = sys.stdin.buffer.readline(4096)
    caps: dict[str, float] = json.loads(line)
    Image.init()
    cut_off = _shut_the_door(caps, parent)
    content = sys.stdin.buffer.read(int(caps["bytes_in"]) + 1)
    try:
        said, drawn = _draw(content, caps)
    except Bad as bad:
        said, drawn = {"code": bad.code}, b""
    except MemoryError:
        said, drawn = {"code": "too_much"}, b""
    except Exception:  # noqa: BLE001 - whatever a decoder stumbles over, the scan is what is broken
        said, drawn = {"code": "unreadable"}, b""
    sys.stdout.buffer.write(json.dumps({**said, "cut_off": cut_off}).encode() + b"\n" + drawn)
    sys.stdout.buffer.flush()
    return 0


def _shut_the_door(caps: dict[str, float], parent: int) -> bool:
    """Give up what a decoder never needs; True when this process stands in a network of its own."""
    import resource  # noqa: PLC0415 - POSIX only, like the process

    cut_off = False
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        # Alone in an empty network. Without root a user namespace goes along; where neither is allowed no socket can be
        # opened all the same, see below.
        root = os.geteuid() == 0
        cut_off = bool(libc.unshare(_CLONE_NEWNET if root else _CLONE_NEWNET | _CLONE_NEWUSER) == 0)
        if root:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # After the change of user, which takes this back.
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # The parent was gone before this was set.
    memory, cpu = int(caps["memory"]), int(caps["cpu_s"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    # The three streams are open; nothing else ever is: no file, no socket, no pipe.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    return cut_off


def _draw(content: bytes, caps: dict[str, float]) -> tuple[dict[str, Any], bytes]:
    if len(content) > caps["bytes_in"]:
        raise Bad("too_large")
    if not content.startswith(_MAGIC):
        raise Bad("unreadable")
    if content.startswith(b"%PDF-"):
        return _one_page(content, caps) if caps["page"] else _as_pdf(_pages_of(content, caps), caps)
    return _draw_picture(content, caps)


def _draw_picture(content: bytes, caps: dict[str, float]) -> tuple[dict[str, Any], bytes]:
    Image.MAX_IMAGE_PIXELS = None  # counted below, before a pixel is decoded
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        frames = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        if frames > caps["pages"]:
            raise Bad("too_much")
        if frames > 1:
            return _as_pdf(_frames(opened, frames, caps), caps)
        _hold_pixels(opened.size, caps)
        kind = opened.format
        opened.load()
        picture = _only_pixels(ImageOps.exif_transpose(opened))
    said = {"pages": 1, "width": picture.width, "height": picture.height}
    if kind == "PNG" or picture.mode == "1":
        drawn = _saved(picture, "PNG", optimize=False)
        if len(drawn) <= caps["bytes_out"]:
            return {**said, "media": "image/png"}, drawn
    for quality in _QUALITY:
        drawn = _saved(_for_jpeg(picture), "JPEG", quality=quality)
        if len(drawn) <= caps["bytes_out"]:
            return {**said, "media": "image/jpeg"}, drawn
    raise Bad("too_large")


def _frames(opened: Image.Image, frames: int, caps: dict[str, float]) -> Iterator[Image.Image]:
    for n in range(frames):
        opened.seek(n)
        _hold_pixels(opened.size, caps)
        yield _only_pixels(ImageOps.exif_transpose(opened))


def _pages_of(content: bytes, caps: dict[str, float]) -> Iterator[Image.Image]:
    document = _document(content, caps)
    for n in range(len(document)):
        yield _page(document, n, caps)


def _one_page(content: bytes, caps: dict[str, float]) -> tuple[dict[str, Any], bytes]:
    document = _document(content, caps)
    if not 1 <= caps["page"] <= len(document):
        raise Bad("unreadable")
    picture = _page(document, int(caps["page"]) - 1, caps)
    said = {"media": "image/png", "pages": len(document), "width": picture.width, "height": picture.height}
    return said, _saved(picture, "PNG")


def _document(content: bytes, caps: dict[str, float]) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise Bad("unreadable") from None
    if len(document) > caps["pages"]:
        raise Bad("too_much")
    if len(document) == 0:
        raise Bad("unreadable")
    return document


def _page(document: pypdfium2.PdfDocument, n: int, caps: dict[str, float]) -> Image.Image:
    page, scale = document[n], caps["dpi"] / 72
    width, height = page.get_size()
    _hold_pixels((int(width * scale), int(height * scale)), caps)
    _hold_fonts(page)
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return picture


def _hold_fonts(page: Any) -> None:
    """A font that is not in the file would be looked for on the disk, and words without it would be left out unseen."""
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=8):
        font = pdfium.FPDFTextObj_GetFont(item.raw)
        if font and not pdfium.FPDFFont_GetIsEmbedded(font):
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            if not name.value.rpartition(b"+")[2].startswith(_BROUGHT_ALONG):
                raise Bad("fonts")


def _as_pdf(pages: Iterator[Image.Image], caps: dict[str, float]) -> tuple[dict[str, Any], bytes]:
    kept: list[bytes] = []
    first, total, size = (0, 0), 0, 0
    for page in pages:
        first = first if kept else page.size
        total += page.width * page.height
        drawn = _saved(_for_jpeg(page), "JPEG", quality=_QUALITY[1])
        size += len(drawn)
        if total > caps["all_pixels"]:
            raise Bad("too_much")
        if size > caps["bytes_out"]:
            raise Bad("too_large")
        kept.append(drawn)
    pictures = [Image.open(io.BytesIO(each)) for each in kept]
    out = io.BytesIO()
    # Pillow puts a JPEG into a page as it is when it is given one; a time or a producer would be metadata.
    pictures[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pictures[1:],
        resolution=caps["dpi"],
        quality=_QUALITY[1],
        creationDate=None,
        modDate=None,
        producer=None,
    )
    if out.tell() > caps["bytes_out"]:
        raise Bad("too_large")
    said = {"media": "application/pdf", "pages": len(kept), "width": first[0], "height": first[1]}
    return said, out.getvalue()


def _hold_pixels(size: tuple[int, int], caps: dict[str, float]) -> None:
    if min(size) < 1:
        raise Bad("unreadable")
    if size[0] * size[1] > caps["pixels"]:
        raise Bad("too_much")


def _only_pixels(opened: Image.Image) -> Image.Image:
    """Return the pixels and nothing beside: no EXIF, place, comment, profile, thumbnail or text."""
    opened.load()
    mode = opened.mode if opened.mode in {"1", "L", "RGB"} else "RGB"
    if "A" in opened.mode or "transparency" in opened.info:
        # What shines through is white: that is how it looks on paper.
        see_through = opened.convert("RGBA")
        ground = Image.new("RGBA", opened.size, "white")
        ground.alpha_composite(see_through)
        return ground.convert("RGB")
    if opened.mode.startswith("I;16") or opened.mode in {"I", "F"}:
        return opened.convert("F").point(lambda value: value / 257).convert("L")
    converted = opened.convert(mode)
    return Image.frombytes(mode, converted.size, converted.tobytes())


def _for_jpeg(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in {"L", "RGB"} else picture.convert("L" if picture.mode == "1" else "RGB")


def _saved(picture: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
