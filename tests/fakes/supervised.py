"""The supervision verbs of the fake desk: a board of three counters, a report, a shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from catalogue.model import Text
from tests.fakes.newborn import NOW
from wire.board import BoardRow, HallBoard, OwnerRow
from workstation.domain.failures import Failure, Refused
from workstation.domain.handover import Handover, ShiftFigures
from workstation.domain.report import By, Span, Tally
from workstation.domain.slip import SlipKind
from workstation.services.board import LocalBoard
from workstation.services.handover import HandoverView, ShiftView
from workstation.services.ports import TableFile
from workstation.services.report import ReportRow, ReportView
from workstation.services.views import PrintView

STREET, DISTRICT = "测试街政务服务中心", "测试区政务服务中心"
ROWS = (
    BoardRow("440104", STREET, "01", 42, 5, 2, 3, NOW - timedelta(days=2), "street"),
    BoardRow("440104", STREET, "02", 18, 0, 0, 1, NOW - timedelta(hours=3), "street"),
    BoardRow("440100", DISTRICT, "01", 7, 1, 0, 0, None, "district"),
)
OWNERS = (
    OwnerRow("civil_affairs", "民政", "Civil Affairs", 31, 4, 1, 6, NOW - timedelta(days=1)),
    OwnerRow("public_security", "公安", "Public Security", 24, 2, 1, 0, None),
)
FIGURES = ShiftFigures(received=12, accepted=9, corrections=1, voided=1, printed=26, open=18, drafts=2)


def a_report(span: Span) -> ReportView:
    one = Tally(received=8, accepted=7, refused=1, decided=3, open=4, overdue=1, papers_saved=21)
    two = Tally(received=4, accepted=2, decided=1, open=3, papers_saved=6)
    name = Text("广州市老年人优待卡 首次申领", "Senior card")
    rows = {
        By.DAY: (
            ReportRow("2026-01-04", Text("2026-01-04", "2026-01-04"), one),
            ReportRow("2026-01-05", Text("2026-01-05", "2026-01-05"), two),
        ),
        By.ITEM: (ReportRow("senior", name, one), ReportRow("birth", Text("出生登记", "Birth"), two)),
        By.CLERK: (ReportRow("clerk", Text("窗口员一", "窗口员一"), one + two),),
        By.WINDOW: (ReportRow("03", Text("03", "03"), one + two),),
        By.OFFICE: (ReportRow("440104", Text(STREET, "Test street"), one + two),),
        By.LEVEL: (ReportRow("5", Text("5", "5"), one + two),),
        By.OWNER: (ReportRow("civil_affairs", Text("民政", "Civil Affairs"), one + two),),
    }
    return ReportView(span, NOW, one + two, rows)


class DeskSupervision:
    """See services.desk.DeskApi."""

    calls: list[tuple[str, ...]]
    refuse: dict[str, Refused]
    written: list[TableFile]
    before: tuple[HandoverView, ...] = ()
    figures = FIGURES

    def _asked(self, name: str, *what: str) -> None:
        self.calls.append((name, *what))
        if name in self.refuse:
            raise self.refuse[name]

    def hall_board(self) -> HallBoard:
        self._asked("hall_board")
        return HallBoard("440104", "supervisor", NOW, NOW.date(), ROWS, owners=OWNERS)

    def local_board(self) -> LocalBoard:
        self._asked("local_board")
        row = BoardRow("440104", STREET, "", 18, 1, 2, 1, NOW - timedelta(hours=3), "street")
        return LocalBoard(NOW, NOW.date(), row, NOW - timedelta(minutes=40))

    def report(self, span: Span) -> ReportView:
        self._asked("report", span.since.isoformat(), span.until.isoformat())
        return a_report(span.hold())

    def export_report(self, file: TableFile, path: str, span: Span) -> str:
        self._asked("export_report", path)
        self.__dict__.setdefault("written", []).append(file)
        return path

    def shift(self) -> ShiftView:
        self._asked("shift")
        return ShiftView(NOW - timedelta(hours=8), NOW, self.figures, self.before)

    def hand_over(
        self, seen: ShiftView, remark: str, login: str, password: str
    ) -> tuple[ShiftView, PrintView]:
        self._asked("hand_over", remark, login)
        if login == "clerk":
            raise Refused(Failure.SAME_PERSON)
        made = Handover(
            "h-1",
            "440104",
            "03",
            seen.since,
            NOW,
            seen.figures,
            remark,
            "clerk",
            "p1",
            login,
            "password",
            "3f9a12c477e0b1d8" * 4,
            serial="440104260105SHF0001X",
        )
        self.before = (HandoverView(made, "窗口员一", "主管二", "", may_take=True), *self.before)
        sheet = PrintView(made.serial, SlipKind.SHIFT, 0, "/prints/440104260105SHF0001X.pdf", "")
        return replace(self.shift(), since=NOW), sheet

    def take_shift(self, handover: str) -> ShiftView:
        self._asked("take_shift", handover)
        first, *others = self.before
        taken = replace(first.handover, taken_by="second", taken_at=NOW)
        self.before = (replace(first, handover=taken, taken_by="窗口员二", may_take=False), *others)
        return self.shift()
