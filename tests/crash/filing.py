"""One whole filing at a counter, and what a person does after a crash or a refusal: look at the draft and go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.counter import WholeDesk
from tests.fakes.day import citizens, identity, said
from tests.fakes.staff import PASSWORD
from wire.messages import MaterialHow
from workstation.domain.case import CaseStatus
from workstation.services.read_scan import ReadScan
from workstation.services.views import VisitView

ITEM = "birth-plan-registration"
SCAN = b"%PDF-1.7 a scan " + bytes(range(256)) * 40
_LONG = "a long passphrase"


@dataclass(frozen=True, slots=True)
class Place:
    """A station that stays the same over its deaths: its folder, and the key of its hall."""

    folder: Path
    hall_key: bytes

    def enrolled(self) -> None:
        """Set the station up."""
        whole = self._desk()
        whole.open_up()
        whole.close()

    def opened(self) -> WholeDesk:
        """Start the station's program and sign in."""
        whole = self._desk()
        whole.keys.made = True
        whole.desk.unlock(_LONG)
        whole.desk.sign_in("clerk", PASSWORD)
        return whole

    def at(self, folder: Path) -> Place:
        """The same station in a copy of its folder."""
        return Place(folder, self.hall_key)

    def _desk(self) -> WholeDesk:
        whole = WholeDesk(self.folder)
        whole.hall.private = self.hall_key
        return whole


def file_case(whole: WholeDesk, tell: Callable[[str], object], *, early: bool = False) -> None:
    """Do the whole filing: person, answers, checks, papers, a scan, receive, accept. Tells what is acknowledged.

    `early` is the seeded bug: the receipt is told before the desk has answered.
    """
    view = whole.desk.take_person(identity(citizens()[0], whole.clock()))
    _finish(whole, view, tell, early=early)


def go_on(whole: WholeDesk, tell: Callable[[str], object]) -> None:
    """Do what is left of a filing after the program has started anew, or after a step was refused."""
    drafts = whole.desk.drafts()
    with whole.unit() as unit:
        filed = unit.cases.count()
    if drafts:
        _finish(whole, whole.desk.resume(drafts[0].case), tell)
    elif not filed:
        file_case(whole, tell)


def _answered(whole: WholeDesk, view: VisitView, tell: Callable[[str], object]) -> VisitView:
    """Say what is not said yet, and lay every paper on the desk."""
    desk, citizen, kin = whole.desk, *citizens()[:2]
    if not view.items:
        view = desk.choose(ITEM)
    for field in [f for s in view.sections for f in s.fields if not f.value]:
        who = citizen if field.key.split(".")[0] in {"applicant", "mother", "contact"} else kin
        view = desk.answer(field.key, said(field, who, whole.clock().date()))
        kept = next(f.value for s in view.sections for f in s.fields if f.key == field.key)
        tell(f"answered {view.case} {field.key} {kept}")
    view = desk.acknowledge_notice()
    for query in desk.ready_queries():
        view = desk.take_check(desk.ask(query))
    for paper in view.materials:
        if paper.how is MaterialHow.MISSING:
            view = desk.see_original(paper.id, seen=True)
    return view


def _finish(whole: WholeDesk, view: VisitView, tell: Callable[[str], object], *, early: bool = False) -> None:
    desk = whole.desk
    if view.receipt_no is None:
        tell(f"draft {view.case}")
        view = _answered(whole, view, tell)
        if not any(m.scans for m in view.materials):
            read = ReadScan(view.case, "application/pdf", SCAN, 1, 60, 80)
            desk.attach_scan(view.materials[0].id, read)
        if early:
            tell(f"received {view.case}")
        view, _ = desk.receive()
        tell(f"received {view.case} {view.receipt_no}")
    if view.status is CaseStatus.RECEIVED:
        tell(f"accepting {view.case}")  # its draft ends with it
        desk.accept()
        tell(f"accepted {view.case}")
