"""One station of the chaos run: a counter without a window, as bootstrap builds it, told what to do line by line.

python -m tests.chaos.station FOLDER HALL_URL CODE LONGEST_S

Each line on standard input is {"op": ..., ...}; each is answered by a line {"ok": {...}} or {"fail": code}. What is no
expected trouble ends the process, and the run counts that as an anomaly.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.chaos.final import station_final
from tests.fakes.day import citizens, fill
from wire.corrections import Amendment, CorrectionGap, Defect, GapAnswer
from wire.lifecycle import BEFORE_ACCEPTANCE
from wire.messages import MaterialHow
from workstation import bootstrap
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.late_papers import tell_papers
from workstation.services.purge import purge
from workstation.services.read_scan import ReadScan
from workstation.services.rooms import Store
from workstation.services.views import StationStep
from workstation.settings import Settings
from workstation.storage.database import Store as RealStore
from workstation.sync import pace

PASSPHRASE = "chaos passphrase 7"
CALENDAR = Path(__file__).parents[2] / "demo" / "working-days-after-2026.json"
# One that asks little, and one that wants papers.
ITEMS = ("birth-plan-registration", "household-cancellation")
PHONE = "answer.contact.phone"
# The demo's people sign for the demo's stations.
CLERK, SECOND = "clerk", "supervisor"
# Longer than any item is kept: what ended today may go.
RETENTION = timedelta(days=4000)

Said = dict[str, Any]


class Clock:
    """The station's own clock, set forward or back by the seconds in a file: a machine whose battery is empty."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        try:
            offset = float(self._file.read_text(encoding="ascii") or 0)
        except (FileNotFoundError, ValueError):
            offset = 0.0
        return datetime.now(UTC) + timedelta(seconds=offset)


class Station:
    """The counter and the verbs that the run knows."""

    def __init__(self, folder: Path, hall: str, code: str) -> None:
        self._stores: list[Store] = []
        self._clock = Clock(folder.with_suffix(".clock"))
        self._seam()
        self._settings = Settings(
            data=folder / "data", prints=folder / "prints", hall_url=hall, keyring=False, calendar=CALENDAR
        )
        self._people = citizens()
        self._turn = 0
        self.desk = self._open(hall, code)

    def _seam(self) -> None:
        """Hear of the store that is opened, and put the station's clock in: both come in at bootstrap."""
        real = bootstrap._open_store

        def opened(path: Path, key: bytes) -> Store:
            store = real(path, key)
            self._stores.append(store)
            return store

        bootstrap._open_store = opened
        bootstrap.now = self._clock

    def _open(self, hall: str, code: str) -> Counter:
        desk = bootstrap.load_counter(self._settings)
        desk.unlock(PASSPHRASE)
        if desk.station().step is StationStep.ENROL:
            desk.enrol(hall, code)
        return desk

    def come_in(self) -> None:
        """Sign in where nobody is. Raises Refused: with a clock that was set back nobody comes in until the hall was heard."""
        if self.desk.station().step is not StationStep.OPEN:
            self.desk.sign_in(CLERK, f"demo-{CLERK}")

    @property
    def store(self) -> RealStore:
        """The encrypted store."""
        store = self._stores[-1]
        if not isinstance(store, RealStore):
            raise TypeError("not the real store")
        return store

    # -- verbs -----------------------------------------------------------------------------------------
    def fill(self, said: Said) -> Said:
        """Fill the form of somebody; nothing is filed yet."""
        self.desk.drop_visit()
        n = int(said["person"]) % len(self._people)
        kin = self._people[(n + 1) % len(self._people)]
        item = ITEMS[n % len(ITEMS)]
        view = fill(self.desk, self._people[n], kin, item, self._clock())
        if said["scan"]:
            self.desk.attach_scan(view.materials[0].id, _scan(view.case, said["scan"]))
        return {"case": view.case, "item": item, "scans": int(bool(said["scan"]))}

    def receive(self, said: Said) -> Said:
        """收件. Answered once it is durable here: the citizen has the receipt in hand."""
        view, sheet = self.desk.receive()
        self.desk.drop_visit()
        return {"case": view.case, "receipt_no": view.receipt_no, "serial": sheet.serial}

    def accept(self, said: Said) -> Said:
        """受理."""
        view, sheet = self.desk.accept_case(said["case"])
        return {"status": view.status.value, "serial": sheet.serial}

    def amend(self, said: Said) -> Said:
        """更正: the telephone number was written wrong. No second person has to look."""
        self._hold_open(said["case"])
        change = Amendment(PHONE, "", said["phone"])
        view, _ = self.desk.amend_receipt(said["case"], (change,), "电话号码写错了")
        return {"status": view.status.value}

    def withdraw(self, said: Said) -> Said:
        """撤回 of the whole case, by the applicant's signed request."""
        self._hold_open(said["case"])
        items = tuple(each.item for each in self.desk.step_options(said["case"]).items)
        view, _ = self.desk.withdraw_case(said["case"], items, "不办了，申请人要求撤回", "applicant")
        return {"status": view.status.value}

    def ask_correction(self, said: Said) -> Said:
        """补正告知: a paper cannot be read."""
        papers = self.desk.step_options(said["case"]).correction.papers
        if not papers:
            raise Refused(Failure.STEP_NOT_ALLOWED)  # no item of it is open any more
        gap = CorrectionGap(papers[0].id, Defect.UNCLEAR, "复印件看不清", "字迹清楚", "带原件来核对")
        view, _ = self.desk.ask_correction(said["case"], (gap,))
        return {"status": view.status.value}

    def take_correction(self, said: Said) -> Said:
        """补正已收: everything that was asked for has been brought."""
        gaps = self.desk.step_options(said["case"]).correction.gaps
        answers = tuple(GapAnswer(gap.subject, "brought") for gap, _ in gaps)
        view, _ = self.desk.take_correction(said["case"], answers)
        return {"status": view.status.value}

    def _hold_open(self, case: str) -> None:
        """What departments have begun may be decided at the hall meanwhile: then a person would have to settle it."""
        status = self.desk.case(case).status
        if status not in BEFORE_ACCEPTANCE:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=status.value)

    def papers(self, said: Said) -> Said:
        """A register's late answer takes the place of an owed one: a paper is missing (services/recheck.py); or, by the
        desk's verb, it is brought after all."""
        with self.store.unit() as unit:
            case = unit.cases.get(said["case"])
            lacking = [m for m in case.materials if m.how is MaterialHow.MISSING]
            seen = [m for m in case.materials if m.how is MaterialHow.ORIGINAL_SEEN]
            if not lacking and seen and case.accepted_at is not None:
                papers = tuple(
                    replace(m, how=MaterialHow.MISSING, evidence=None) if m is seen[0] else m
                    for m in case.materials
                )
                changed = replace(case, materials=papers)
                unit.cases.save(changed)
                tell_papers(changed, CLERK, self._clock(), unit)
                unit.commit()
                return {"papers": _papers(changed.materials)}
        self.desk.bring_papers(said["case"])
        with self.store.unit() as unit:
            return {"papers": _papers(unit.cases.get(said["case"]).materials)}

    def close(self, said: Said) -> Said:
        """不予受理 or 作废, by two persons."""
        refuse = said["kind"] == "refuse"
        wish = (
            Wish(ProposalKind.REFUSE, Reason.NOT_COMPETENT, "户口在外区，由所在区办理", "测试区公安分局")
            if refuse
            else Wish(ProposalKind.VOID, Reason.TWICE, "同一事项已经收件一次")
        )
        return self._two(said["case"], wish)

    def reopen(self, said: Said) -> Said:
        """恢复办理, by two persons."""
        return self._two(
            said["case"], Wish(ProposalKind.REOPEN, Reason.DECIDED_BY_MISTAKE, "核对后确认归本区办理")
        )

    def _two(self, case: str, wish: Wish) -> Said:
        made = self.desk.propose(case, wish)
        view, _ = self.desk.approve(made.id, made.sha256, SECOND, f"demo-{SECOND}")
        return {"status": view.status.value, "proposal": made.id, "sha256": made.sha256}

    def number(self, said: Said) -> Said:
        """Print a sheet, which takes a serial number."""
        view = self.desk.case(said["case"])
        sheet = self.desk.print_slip(view.case, view.printable[0])
        return {"serial": sheet.serial, "kind": sheet.kind.value}

    def query(self, said: Said) -> Said:
        """Look a case up here."""
        view = self.desk.case(said["case"])
        return {
            "case": view.case,
            "receipt_no": view.receipt_no,
            "project_no": view.project_no,
            "status": view.status.value,
        }

    def purge(self, said: Said) -> Said:
        """Destroy what is over, as if years had passed; the rule of what may go is the product's."""

        def late() -> datetime:
            return self._clock() + RETENTION

        view = purge(self.store, bootstrap.releases_of(self._settings), late, actor="station")
        return {"cases": list(view.cases), "kept_unsent": view.kept_unsent}

    def epoch(self, said: Said) -> Said:
        """Which epoch of the hall is believed here."""
        with self.store.unit() as unit:
            known = unit.station.enrolment()
        return {"epoch": known.epoch if known else ""}

    def state(self, said: Said) -> Said:
        """How long the queues are, and where each case stands."""
        with self.store.unit() as unit:
            queue, scans = unit.outbox.state(), unit.blobs.unsent(10_000)
            cases = {case.id: (case.status.value, case.project_no) for case in unit.cases.latest(10_000)}
        return {"queued": queue.pending, "parked": queue.parked, "scans": len(scans), "cases": cases}

    def final(self, said: Said) -> Said:
        """Everything that the checker wants to know of this store."""
        return station_final(self.store)


def _scan(case: str, seed: int) -> ReadScan:
    """A scan of some pieces' length, as the reader of files gives it; no two are the same."""
    content = b"%PDF-1.7\n" + random.Random(seed).randbytes(20_000 + seed % 60_000)
    return ReadScan(case, "application/pdf", content, 1, 60, 80)


def _papers(materials: Any) -> list[list[str]]:
    return [[m.material, m.how.value] for m in materials]


# What the machine does by itself, or the run asks.
_WITHOUT_PERSON = frozenset({"purge", "epoch", "state", "final"})


def serve(station: Station) -> None:
    """Do line by line what is told, until there is no more."""
    for line in sys.stdin:
        said = json.loads(line)
        try:
            if said["op"] not in _WITHOUT_PERSON:
                station.come_in()
            answer: Said = {"ok": getattr(station, said["op"])(said)}
        except Refused as refused:
            answer = {"fail": refused.failure.value}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Open the station and serve."""
    folder, hall, code, longest_s = Path(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])
    # A run of two minutes cannot wait a minute for a next try; --long keeps the product's own number.
    pace.LONGEST_S = longest_s
    begun = time.monotonic()
    try:
        station = Station(folder, hall, code)
    except Refused as refused:
        sys.stdout.write(json.dumps({"fail": refused.failure.value}) + "\n")
        return
    sys.stdout.write(json.dumps({"ok": {"ready_s": round(time.monotonic() - begun, 2)}}) + "\n")
    sys.stdout.flush()
    serve(station)
    station.desk.close()


if __name__ == "__main__":
    main()
