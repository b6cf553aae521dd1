"""Slips on paper: the first one of a fresh window, a batch beside bare ReportLab, and what a thousand leave in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.harness import Figure, figure, in_turns

if TYPE_CHECKING:
    from workstation.domain.slip import Slip
    from workstation.printing.press import PaperPress

BATCH, MANY = 40, 1000
Placed = list[tuple[float, float, float, str]]  # the words of a page

_ROOT = Path(__file__).resolve().parent.parent
_FONT = _ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
_BARE_FONT = "Bare"

# The floor of the first slip: the same words by ReportLab alone in a fresh process, its libraries loaded, the font not read.
_FIRST = """
import sys, time
sys.path.insert(0, {root!r})
import workstation.services.counter, workstation.printing.spooler
from bench.slips import *
slip = a_slip(0)
{ready}
began = time.perf_counter()
{work}
print((time.perf_counter() - began) * 1000)
"""
_MANY = """
import sys, json
sys.path.insert(0, {root!r})
from bench.slips import *
def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
made = press()
for number in range({many} // 10):
    made.make(a_slip(number))
seen = [resident()]
for half in range(2):
    for number in range({many} // 2):
        made.make(a_slip({many} // 10 + half * {many} // 2 + number))
    seen.append(resident())
print(json.dumps([seen[1] - seen[0], seen[2] - seen[1]]))
"""


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `first_slip_ms` (a fresh process, after the press got ready beside the desk: libraries loaded, font read; counted
    are template, layout, code, drawing and embedding), `first_slip_cold_ms` (libraries and font are counted too), `batch` in ms
    a slip (different slips with layout, rules, boxes and code, beside bare ReportLab drawing the same words at the same
    places; both embed the font) and `batch_rss_kb` (what the second half of 1,000 slips in one batch adds to the memory of its
    process, beside the first half)."""
    runs = 9 if long else 5
    fresh = in_turns(
        {
            "ours": lambda: _fresh("made = press(); made.prepare()", "made.make(slip)"),
            "cold": lambda: _fresh("", "press().make(slip)"),
            "floor": lambda: _fresh("words = words_of(slip)", "draw_bare(words)"),
        },
        runs,
    )
    yield figure("first_slip_ms", "ms", subject=fresh["ours"], floor=fresh["floor"])
    yield figure("first_slip_cold_ms", "ms", subject=fresh["cold"], floor=fresh["floor"])
    slips = [a_slip(number) for number in range(BATCH)]
    words = [words_of(slip) for slip in slips]
    made = press()
    made.make(slips[0])
    draw_bare(words[0])
    taken = in_turns(
        {
            "ours": lambda: _timed(lambda: [made.make(slip) for slip in slips]),
            "floor": lambda: _timed(lambda: [draw_bare(each) for each in words]),
        },
        runs,
    )
    each = {name: [ms / BATCH for ms in series] for name, series in taken.items()}
    yield figure("batch", "ms", subject=each["ours"], floor=each["floor"])
    first, second = _grown()
    yield figure("batch_rss_kb", "KiB", subject=[max(second, 1.0)], floor=[max(first, 1.0)])


def a_slip(number: int) -> Slip:
    """A result slip of a newborn bundle; every number makes another one."""
    from catalogue.model import Text  # noqa: PLC0415
    from workstation.domain.slip import Slip, SlipKind  # noqa: PLC0415

    at = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
    surname = chr(0x4E00 + number * 37 % 2000)
    licence = f"1.2.156.3005.2.11000000000000000SIM1.11440100SIMULATED0.2026112300{number:04d}.001.X"
    row = {
        "department": Text("公安部门", "Public security"),
        "promised_on": date(2026, 12, 4),
        "result": "granted",
        "remark": "准予办理（模拟审批）",
        "licence": "户口登记",
        "licence_no": licence,
        "decided_on": date(2026, 11, 25),
    }
    names = ("出生登记", "城乡居民医保参保（新生儿）", "社保卡申领（新生儿）")
    saved = {"how": "replaced_by_verification", "source": "广州市公安局"}
    papers = ("结婚证", "母亲户口簿", "父亲户口簿", "父母申报声明", "出生医学证明副页", "母亲居民身份证")
    return Slip(
        kind=SlipKind.RESULT,
        serial=f"GZ0001261123FIN{number:05d}",
        centre="广州市越秀区测试街道政务服务中心",
        window="01",
        clerk="测窗口",
        issued_at=at,
        code=f"YC2.{'MZXW6YTBOI' * 32}.{number:086d}",
        variables={
            "items": tuple({"name": Text(name, name), **row} for name in names),
            "materials": tuple(
                {
                    "name": Text(paper, paper),
                    **saved,
                    "evidence_no": f"EV-GA-20261123-{number:04d}{at_:02d}",
                }
                for at_, paper in enumerate(papers)
            ),
            "papers_saved": len(papers),
            "reasoned": False,
        },
        receipt_no=f"GZ00012611230{number:05d}",
        project_no=f"440104-2026-{number:06d}",
        title=Text("新生儿出生一件事", "Newborn, all in one"),
        applicant=f"{surname}测试",
        applicant_id="440***********002X",
        subject=f"{surname}小宝",
        received_at=at,
        accepted_at=at,
    )


def press() -> PaperPress:
    """The press of a station, into nowhere."""
    from workstation import resources  # noqa: PLC0415
    from workstation.printing.press import PaperPress  # noqa: PLC0415
    from workstation.printing.spooler import FolderSpooler  # noqa: PLC0415

    return PaperPress(resources.paper_font_files(), FolderSpooler(Path("/nowhere")))


def words_of(slip: Slip) -> list[Placed]:
    """The words of each page of a slip where they stand: x, y from the bottom, size, text."""
    from workstation import resources  # noqa: PLC0415
    from workstation.printing.documents import Documents  # noqa: PLC0415
    from workstation.printing.fonts import Fonts  # noqa: PLC0415
    from workstation.printing.layout import lay_out  # noqa: PLC0415
    from workstation.printing.marks import Words  # noqa: PLC0415

    documents = Documents(resources.documents_dir())
    pages, (_, height) = lay_out(
        slip, documents.template(slip.kind), documents.codes, Fonts(resources.paper_font_files())
    )
    return [
        [(mark.x, height - mark.y, mark.size, mark.text) for mark in page if isinstance(mark, Words)]
        for page in pages
    ]


def draw_bare(pages: Sequence[Placed]) -> bytes:
    """The same words by ReportLab alone, as it comes: no layout, no rules, no code."""
    from reportlab import rl_config  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    if _BARE_FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_BARE_FONT, str(_FONT)))
    ours, rl_config.useA85 = (
        rl_config.useA85,
        1,
    )  # as ReportLab comes; workstation/printing/pdf.py leaves base 85 out
    made = BytesIO()
    canvas = Canvas(made, pageCompression=1, initialFontName=_BARE_FONT)
    for page in pages:
        for x, y, size, text in page:
            canvas.setFont(_BARE_FONT, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = ours
    return made.getvalue()


def _fresh(ready: str, work: str) -> float:
    script = _FIRST.format(root=str(_ROOT), ready=ready, work=work)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    return float(done.stdout)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _grown() -> tuple[float, float]:
    """KiB of memory that the first and the second half of a batch leave behind, in a process of its own."""
    script = _MANY.format(root=str(_ROOT), many=MANY)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=_ROOT
    )
    first, second = json.loads(done.stdout)
    return float(first), float(second)
