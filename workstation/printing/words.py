"""The words of the frame that every sheet has, and dates as a citizen reads them; the rest stands in resources/documents."""

from __future__ import annotations

from datetime import date, datetime

from catalogue.model import Text
from workstation.domain.counter_time import COUNTER_ZONE

PRODUCT = "一窗工作站"

YES = {True: Text("是", "yes"), False: Text("否", "no")}
NOTHING = "—"
RECEIPT_NO = Text("收件编号", "Receipt no.")
PROJECT_NO = Text("办件编号", "Case no.")
NO_RECEIPT_NUMBER = Text("收件后生成", "given on receipt")
NO_PROJECT_NUMBER = Text("大厅登记后生成", "given by the hall")
MATTER = Text("办理事项", "Matter")
APPLICANT = Text("申请人", "Applicant")
ID_NUMBER = Text("证件号码", "ID number")
SUBJECT = Text("办理对象", "Concerns")
RECEIVED_AT = Text("收件时间", "Received")
ACCEPTED_AT = Text("受理时间", "Accepted")
WINDOW = Text("窗口", "Window")
WINDOW_NO = Text("{0} 号窗口", "No. {0}")
CLERK = Text("经办人", "Clerk")
SERIAL = Text("流水号", "Serial")
PRINTED_AT = Text("打印时间", "Printed")
CHECK_BY_CODE = Text("扫码核验", "Scan to verify")
NOTES = Text("说明", "Notes")
DATE_LINE = Text("日期：          年        月        日", "Date")
STAMP = Text("（专用印章）", "(official stamp)")
PROVISIONAL = Text("临时收件", "Provisional")
REPRINT = Text("补打 {0}", "Reprint {0}")
SPECIMEN = Text("样张", "Specimen")
CONTINUED = Text("（续）", " (continued)")
UNWRITTEN = Text(
    "方框里是字库没有的字的编码（{0}），这个字以证件为准，可以手写补上。",
    "A box shows the code point of a character that no font has ({0}); the identity document counts, it may be added by hand.",
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(written: date, language: str = "zh") -> str:
    """Write a date as 2026年1月5日, or 5 Jan 2026."""
    if language == "en":
        return f"{written.day} {_MONTHS[written.month - 1]} {written.year}"
    return f"{written.year}年{written.month}月{written.day}日"


def moment(at: datetime, language: str = "zh") -> str:
    """Write a time in Beijing time as 2026年1月5日 09:30, or 5 Jan 2026 09:30."""
    local = at.astimezone(COUNTER_ZONE)
    return f"{day(local.date(), language)} {local:%H:%M}"
