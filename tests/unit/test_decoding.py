"""Scans are drawn anew by the capped process: what is drawn, what is left behind, and what no file gets it to do."""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from decoding import in_process
from decoding.in_process import Undecodable, decode
from decoding.limits import Limits
from tests.fakes.scans import pdf, png
from tests.until import until

SECRET = "SecretPlace-44.0104"
SMALL = Limits()


def saved(picture: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def refused(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Undecodable) as caught:
        decode(content, limits)
    return caught.value.code


# -- what is drawn ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "mode", "media"),
    [
        ("PNG", "RGB", "image/png"),
        ("PNG", "1", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("TIFF", "L", "image/jpeg"),
        ("TIFF", "1", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
    ],
)
def test_a_picture_of_each_kind_comes_out_as_pixels(form: str, mode: str, media: str) -> None:
    drawn = decode(saved(Image.new(mode, (90, 70)), form))
    assert (drawn.media, drawn.pages, drawn.width, drawn.height) == (media, 1, 90, 70)
    assert opened(drawn.content).size == (90, 70)


def test_the_pixels_stay_the_same_where_the_form_loses_none() -> None:
    picture = Image.effect_noise((64, 48), 60)
    assert opened(decode(saved(picture, "PNG")).content).tobytes() == picture.tobytes()


def test_nothing_but_pixels_is_left() -> None:
    """EXIF with a place, comments, texts, a thumbnail's worth of private data: searched in what comes out."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = SECRET
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSProcessingMethod] = SECRET
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    page = Image.new("RGB", (90, 70), "grey")
    given_files = {
        "jpeg": saved(page, "JPEG", exif=exif, comment=SECRET.encode(), xmp=SECRET.encode()),
        "png": saved(page, "PNG", pnginfo=texts, exif=exif),
        "webp": saved(page, "WEBP", exif=exif, xmp=SECRET.encode()),
        "tiff": saved(page, "TIFF", description=SECRET, artist=SECRET),
        "pdf": saved(page, "PDF", author=SECRET, title=SECRET),
    }
    for name, content in given_files.items():
        wanted = SECRET if name != "pdf" else SECRET.encode("utf-16-be").decode("latin-1")
        assert wanted.encode("latin-1") in content, name  # The control: it was in there.
        drawn = decode(content)
        for writing in ("utf-8", "utf-16-be", "utf-16-le"):
            assert SECRET.encode(writing) not in drawn.content, name
        if drawn.media != "application/pdf":
            assert dict(opened(drawn.content).getexif()) == {}
            assert not {"comment", "xmp", "exif", "icc_profile", "Author"} & opened(drawn.content).info.keys()


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    drawn = decode(saved(Image.new("RGB", (90, 70)), "JPEG", exif=exif))
    assert (drawn.width, drawn.height) == (70, 90)


def test_a_pdf_comes_out_as_pages_of_pictures() -> None:
    drawn = decode(pdf(3, 200, 300))
    assert (drawn.media, drawn.pages) == ("application/pdf", 3)
    document = pypdfium2.PdfDocument(drawn.content)
    assert len(document) == 3
    assert document.get_metadata_dict(skip_empty=True) == {}
    document.close()


def test_a_tiff_of_several_pages_comes_out_as_a_pdf() -> None:
    pages = [Image.new("1", (90, 70), n % 2) for n in range(4)]
    drawn = decode(saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert (drawn.media, drawn.pages) == ("application/pdf", 4)


def test_the_same_scan_drawn_twice_is_the_same_bytes() -> None:
    """Content is addressed by its hash: the same file taken twice must be kept once."""
    for content in (png(), pdf(2)):
        assert decode(content).content == decode(content).content


# -- what is refused -------------------------------------------------------------------------------------
def bomb(width: int, height: int) -> bytes:
    """A PNG of some kilobytes that would be so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    rows = b"".join(packer.compress(row * 1000) for _ in range(height // 1000)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_bomb_of_pixels_is_refused_before_it_goes_off() -> None:
    content = bomb(40_000, 40_000)
    assert len(content) < 300_000  # 1.6 thousand million pixels
    assert refused(content) == "too_much"


def test_a_pdf_of_ten_thousand_pages_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert refused(out.getvalue()) == "too_much"


def test_a_pdf_page_of_a_square_mile_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_400, 14_400)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert refused(out.getvalue()) == "too_much"


@pytest.mark.parametrize("cut", [9, 60, 150])
def test_a_file_that_was_cut_off_is_unreadable(cut: int) -> None:
    whole = saved(Image.effect_noise((64, 48), 60), "JPEG")
    assert refused(whole[:cut]) == "unreadable"
    assert refused(whole[: len(whole) // 2]) == "unreadable"


@pytest.mark.parametrize(
    "content", [b"", b"MZ program", b"GIF89a" + bytes(90), b"%!PS-Adobe", b"<svg/>", b"%PDF-1.7 nothing"]
)
def test_what_is_no_scan_is_unreadable_whatever_its_name_says(content: bytes) -> None:
    assert refused(content) == "unreadable"


def test_words_whose_font_is_not_in_the_file_are_not_left_out_unseen() -> None:
    """The process opens no font of the system: such a page would come out empty where the words stood."""
    assert refused(worded("SimSun")) == "fonts"
    # The control: fonts that come along with every reader are drawn.
    drawn = decode(worded("Helvetica"))
    page = pypdfium2.PdfDocument(drawn.content)[0].render().to_pil().convert("L")
    assert min(page.tobytes()) < 100


def worded(font: str) -> bytes:
    text = b"BT /F1 24 Tf 20 50 Td (Words) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % font.encode(),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for n, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    )


def test_more_than_the_limits_is_told_as_such() -> None:
    noise = saved(Image.effect_noise((300, 300), 90), "PNG")
    assert refused(noise, replace(SMALL, bytes_in=1000)) == "too_large"
    assert refused(noise, replace(SMALL, bytes_out=1000)) == "too_large"
    assert refused(noise, replace(SMALL, pixels=300 * 299)) == "too_much"
    assert refused(pdf(3), replace(SMALL, pages=2)) == "too_much"
    assert decode(pdf(3), replace(SMALL, pages=3)).pages == 3


@settings(max_examples=6, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"%PDF-"]),
)
def test_any_bytes_are_drawn_or_refused(rest: bytes, head: bytes) -> None:
    drawn = None
    with suppress(Undecodable):
        drawn = decode(head + rest)
    assert drawn is None or min(drawn.width, drawn.height) > 0


# -- what the process may --------------------------------------------------------------------------------
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Play a decoder that was taken over: the same process, its door shut, and then this in place of drawing."""
    source = in_process.WORKER.read_text(encoding="utf-8")
    begin = source.index("def _draw(content")
    end = source.index("def _draw_picture(")
    taken_over = tmp_path / "worker.py"
    taken_over.write_text(
        source[:begin]
        + "def _draw(content: bytes, caps: dict[str, float]) -> tuple[dict[str, Any], bytes]:\n"
        + "".join(f"    {line}\n" for line in body.splitlines())
        + "\n\n"
        + source[end:]
    )
    monkeypatch.setattr(in_process, "WORKER", taken_over)


SAYS = "return {'media': 'image/png', 'pages': 1, 'width': 1, 'height': 1}, b'\\x89PNG\\r\\n\\x1a\\n' + said"


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/passwd')",
        "open('/tmp/planted', 'w')",
        "__import__('socket').socket()",
        "os.fork()",
        "os.pipe()",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_a_decoder_that_is_taken_over_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    instead(
        tmp_path,
        monkeypatch,
        f"try:\n    {deed}\nexcept (OSError, ImportError) as error:\n    said = b'stopped'\n"
        f"else:\n    said = b'done'\n{SAYS}",
    )
    try:
        content = decode(b"x").content
    except Undecodable:
        content = b"stopped"  # It died of it.
    assert content.endswith(b"stopped")


def test_the_same_deeds_are_done_where_the_door_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the door that stops them."""
    instead(tmp_path, monkeypatch, f"open('/etc/passwd').close()\nsaid = b'done'\n{SAYS}")
    text = in_process.WORKER.read_text(encoding="utf-8")
    in_process.WORKER.write_text(text.replace("cut_off = _shut_the_door(caps, parent)", "cut_off = False"))
    assert decode(b"x").content.endswith(b"done")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("kept = bytearray(10**12)", "too_much"),
        ("while True: pass", "too_much"),
        ("import time; time.sleep(99)", "too_much"),
        ("while True: sys.stdout.buffer.write(b'x' * 65536)", "too_much"),
        ("os._exit(3)", "unreadable"),
        ("os.kill(os.getpid(), 11)", "too_much"),
        ("return {'media': 'text/html', 'pages': 1, 'width': 1, 'height': 1}, b'<script>'", "unreadable"),
        ("return {'media': 'image/png', 'pages': 1, 'width': 1, 'height': 1}, b'<script>'", "unreadable"),
        ("return {'media': 'image/png', 'pages': 'x'}, b''", "unreadable"),
    ],
)
def test_what_runs_wild_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    instead(tmp_path, monkeypatch, body)
    assert refused(b"x", replace(SMALL, cpu_s=1, wall_s=2.0)) == code


def test_it_stands_in_a_network_of_its_own_where_the_system_allows_it() -> None:
    if os.geteuid() != 0:
        pytest.skip("whether others may make namespaces is the system's to say")
    assert decode(png()).cut_off


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    taken_over = tmp_path / "worker.py"
    source = in_process.WORKER.read_text(encoding="utf-8")
    shut = "cut_off = _shut_the_door(caps, parent)"
    assert shut in source
    wait = f"{shut}\n    sys.stdout.buffer.write(b'here'); sys.stdout.buffer.flush()\n    signal.pause()"
    taken_over.write_text(source.replace(shut, wait))
    caps = json.dumps(SMALL.said()).encode() + b"\n"
    parent = (
        "import subprocess, sys, time\n"
        f"w = subprocess.Popen([sys.executable, '-I', {str(taken_over)!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        f"w.stdin.write({caps!r}); w.stdin.flush()\n"
        "w.stdout.read(4)\n"
        f"open({str(said)!r} + '.new', 'w').write(str(w.pid))\n"
        f"import os; os.rename({str(said)!r} + '.new', {str(said)!r})\n"
        "time.sleep(60)\n"
    )
    started = subprocess.Popen([sys.executable, "-c", parent])
    until(said.exists)
    worker = int(said.read_text())
    assert _is_alive(worker)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    until(lambda: not _is_alive(worker))


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
