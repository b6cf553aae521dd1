"""延长审批 at the hall: a department's head adds working days to a sub-case; the station hears it with the new dates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from catalogue.model import Limit
from deadlines.course import Extension
from deadlines.rules import TooLong, extended
from hall.cases import StepRefused, task_of
from hall.dates import dates_of, extensions_of, tell_dates
from hall.department_feed import OPEN, Subject, tell_department
from hall.feed import tell
from hall.procedures import MOST_WORDS
from hall.tables import extensions, sub_cases
from wire.codec import decode, encode
from wire.dates import DatesWhy, Extended, GrantExtension
from wire.department_feed import TaskNews
from wire.messages import ChangeKind


def grant_extension(
    db: Connection, task: int, department: str, extension: str, wanted: GrantExtension, at: datetime
) -> None:
    """Make the limits of a task longer. The same extension told again is one.

    Raises StepRefused: `extension_known` for an id that stands for another one, `not_open`, `extension_words` without
    reason, number of the notice or approver, `extension_days` for none or more than the law allows, `extension_late` when
    the last day has passed already (行政许可法 art. 42: within the limit).
    """
    row = task_of(db, task, department)
    said = tuple(each.strip() for each in (wanted.reason, wanted.notice_no, wanted.approver, wanted.by))
    made = Extended(extension, str(row.item), at, wanted.days, *said[:3])
    before = db.execute(select(extensions).where(extensions.c.id == extension)).first()
    if before is not None:
        if before.task == task and _same(decode(Extended, before.body), made):
            return
        raise StepRefused("extension_known")
    if row.state not in OPEN:
        raise StepRefused("not_open")
    if not all(said) or max(map(len, said)) > MOST_WORDS:
        raise StepRefused("extension_words")
    case = str(row.case)
    _hold_days(db, task, case, wanted.days)
    dates = dates_of(db, case, at)[0].get(str(row.item))
    if dates is not None and dates.promised is not None and dates.promised.is_over(at):
        raise StepRefused("extension_late")
    db.execute(insert(extensions).values(id=extension, task=task, body=encode(made), granted_by=said[3]))
    tell(db, case, ChangeKind.EXTENDED, made)
    about = Subject(case, str(row.item), task)
    details = {"extension": extension, "days": str(wanted.days)}
    tell_department(db, department, TaskNews.EXTENDED, about, at, details)
    tell_dates(db, case, DatesWhy.EXTENDED, at)


def _hold_days(db: Connection, task: int, case: str, days: int) -> None:
    before = tuple(Extension(Limit(each.days, "workday")) for each in extensions_of(db, task))
    several = select(func.count(sub_cases.c.department.distinct())).where(sub_cases.c.case == case)
    try:
        extended(days, before, joint=(db.scalar(several) or 0) > 1)
    except (TooLong, ValueError):
        raise StepRefused("extension_days") from None


def _same(before: Extended, again: Extended) -> bool:
    return (before.days, before.reason, before.notice_no, before.approver) == (
        again.days,
        again.reason,
        again.notice_no,
        again.approver,
    )
