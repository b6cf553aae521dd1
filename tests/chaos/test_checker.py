"""The checker, by itself: a history that is right passes, and each thing that must not be is found under its letter."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.chaos.checker import Anomaly, Final, check
from tests.chaos.history import Event, read

Said = dict[str, Any]


class Tale:
    """A short run that went well: one case filed and accepted, one closed by two persons, one purged."""

    def __init__(self) -> None:
        self.history: list[Event] = []
        self.hall: Said = {
            "cases": [_held("a"), _held("b", accepted=False, closed="case_voided"), _held("c")],
            "inbox": [_event("a"), _event("b"), _event("b", "case_voided"), _event("c")],
            "approvals": [{"case": "b", "event": "b-case_voided", "sha256": "shown-b"}],
            "stamps": [["d0", 1, 2, "h2"]],
            "slips": [],
            "scans": [["440110", "scan-a"]],
            "kept": {"scan-a": "scan-a"},
        }
        self.hall["cases"][0] |= {"scans": ["scan-a"], "complete": True}
        self.station: Said = {
            "station": "440110",
            "device": "d0",
            "cases": [_kept("a", "decided"), _kept("b", "voided")],
            "outbox": [_row("a"), _row("b"), _row("b", "case_voided"), _row("c")],
            "audit": {"1": "h1", "2": "h2"},
            "broken": [],
            "stamps": [[2, "h2", True]],
            "purged": ["c"],
        }
        self.station["cases"][0]["scans"] = ["scan-a"]
        self.late: tuple[str, ...] = ()
        for case in "abc":
            self.ok("receive", case=case, receipt_no=f"R{case}", serial=f"S{case}")
        self.ok("query", case="a", receipt_no="Ra", project_no="Pa", status="received")
        self.ok("close", case="b", status="voided", sha256="shown-b")
        self.ok("accept", case="a", serial="S2", status="accepted")
        self.ok("query", case="a", receipt_no="Ra", project_no="Pa", status="decided")
        self.ok("purge", cases=["c"])

    def ok(self, op: str, **said: Any) -> None:
        """A call that came back."""
        self._end(op, "ok", said)

    def fail(self, op: str, **said: Any) -> None:
        """A call that was refused."""
        self._end(op, "fail", said)

    def unknown(self, op: str, **said: Any) -> None:
        """A call whose answer was lost."""
        self._end(op, "unknown", said)

    def _end(self, op: str, phase: Any, said: Said) -> None:
        call = len(self.history) + 1
        self.history.append(Event(call, "s0", op, "invoke", call, {}))
        self.history.append(Event(call, "s0", op, phase, call, said))

    def found(self) -> list[Anomaly]:
        """What the checker says; it must not change what it looks at."""
        final = Final(self.hall, {"s0": self.station}, self.late)
        before = copy.deepcopy((self.history, final))
        told = check(self.history, final)
        assert (self.history, final) == before
        return told


def _held(case: str, *, accepted: bool = True, closed: str | None = None) -> Said:
    return {
        "id": case,
        "receipt_no": f"R{case}",
        "project_no": f"P{case}",
        "station": "440110",
        "accepted": accepted,
        "closed": closed,
        "concluded": accepted,
        "states": ["decided"] if accepted else ["waiting"],
        "papers": [],
        "status": "decided" if accepted else "received",
        "version": 1,
        "amended": [],
        "scans": [],
        "complete": False,
    }


def _kept(case: str, status: str) -> Said:
    return {
        "id": case,
        "receipt_no": f"R{case}",
        "project_no": f"P{case}",
        "status": status,
        "closing": None,
        "papers": [],
        "version": 1,
        "amended": [],
        "scans": [],
    }


def _event(case: str, kind: str = "case_received") -> Said:
    event = f"{case}-{kind}"
    return {
        "event": event,
        "device": "d0",
        "sha256": f"sha-{event}",
        "subject": case,
        "kind": kind,
        "seq": 1,
        "result": "applied",
    }


def _row(case: str, kind: str = "case_received") -> Said:
    event = f"{case}-{kind}"
    return {
        "event": event,
        "subject": case,
        "state": "acked",
        "trouble": "",
        "sha256": f"sha-{event}",
        "acked": True,
        "signed": True,
    }


def test_a_run_that_went_well_passes() -> None:
    assert Tale().found() == []


def _lost(tale: Tale) -> None:
    tale.hall["cases"] = tale.hall["cases"][1:]


def _twice(tale: Tale) -> None:
    tale.hall["cases"].append({**_held("a"), "id": "a2", "project_no": "Pa2"})


def _registered_twice(tale: Tale) -> None:
    tale.hall["inbox"].append({**_event("a"), "event": "again", "sha256": "other"})


def _applied_twice(tale: Tale) -> None:
    tale.hall["inbox"].append({**_event("b", "case_voided"), "event": "again"})


def _same_project_number(tale: Tale) -> None:
    tale.hall["cases"][1]["project_no"] = tale.station["cases"][1]["project_no"] = "Pa"


def _same_serial(tale: Tale) -> None:
    tale.ok("number", case="a", serial="Sa")


def _not_found(tale: Tale) -> None:
    tale.fail("query", case="a", code="case_unknown")


def _another_number(tale: Tale) -> None:
    tale.ok("query", case="a", receipt_no="Rx", project_no="Pa", status="decided")


def _forgotten(tale: Tale) -> None:
    tale.station["cases"] = tale.station["cases"][1:]


def _back(tale: Tale) -> None:
    tale.ok("query", case="a", receipt_no="Ra", project_no="Pa", status="accepted")


def _open_again(tale: Tale) -> None:
    tale.ok("query", case="b", receipt_no="Rb", project_no="Pb", status="received")


def _closed_after_acceptance(tale: Tale) -> None:
    tale.ok("query", case="a", receipt_no="Ra", project_no="Pa", status="voided")


def _closed_and_accepted(tale: Tale) -> None:
    tale.hall["cases"][1]["accepted"] = True


def _overwritten(tale: Tale) -> None:
    tale.hall["cases"][1] |= {"closed": None, "accepted": True, "concluded": True, "states": ["decided"]}
    tale.station["cases"][1]["status"] = "decided"


def _other_content(tale: Tale) -> None:
    tale.hall["approvals"][0]["sha256"] = "something else"


def _withdrawn(tale: Tale) -> None:
    tale.hall["cases"].append(_held("d", accepted=False, closed="case_withdrawn"))
    tale.hall["inbox"] += [_event("d"), _event("d", "case_withdrawn")]
    tale.station["cases"].append(_kept("d", "withdrawn"))
    tale.station["outbox"] += [_row("d"), _row("d", "case_withdrawn")]
    tale.ok("receive", case="d", receipt_no="Rd", serial="Sd")
    tale.ok("withdraw", case="d", status="withdrawn")


def _withdrawal_overwritten(tale: Tale) -> None:
    _withdrawn(tale)
    tale.hall["cases"][-1] |= {"closed": None, "status": "received"}
    tale.station["cases"][-1]["status"] = "received"


def _nobody_withdrew(tale: Tale) -> None:
    _withdrawn(tale)
    tale.hall["inbox"].pop()
    tale.station["outbox"].pop()


def _open_after_withdrawal(tale: Tale) -> None:
    _withdrawn(tale)
    tale.ok("query", case="d", receipt_no="Rd", project_no="Pd", status="received")


def _corrected_twice(tale: Tale) -> None:
    for status in ("correction_required", "correction_received", "correction_required"):
        tale.ok("take_correction", case="c", status=status)


def _nobody_signed(tale: Tale) -> None:
    tale.hall["approvals"] = []


def _pending(tale: Tale) -> None:
    tale.station["outbox"][0] |= {"state": "pending", "acked": False, "signed": False}


def _parked(tale: Tale) -> None:
    tale.station["outbox"][0] |= {"state": "parked", "trouble": "case_known", "acked": False, "signed": False}


def _late(tale: Tale) -> None:
    tale.late = ("s0",)


def _elsewhere(tale: Tale) -> None:
    tale.station["cases"][0]["status"] = "dispatched"


def _other_papers(tale: Tale) -> None:
    tale.station["cases"][0]["papers"] = [["id", "missing"]]


def _only_there(tale: Tale) -> None:
    tale.station["purged"] = []
    tale.station["outbox"] = tale.station["outbox"][:3]


def _not_amended(tale: Tale) -> None:
    tale.station["cases"][0] |= {"version": 2, "amended": [["answer.contact.phone", "1"]]}


def _amended_otherwise(tale: Tale) -> None:
    _not_amended(tale)
    tale.hall["cases"][0] |= {"version": 2, "amended": [["answer.contact.phone", "2"]]}


def _waits_for_a_correction(tale: Tale) -> None:
    tale.hall["cases"].append(_held("d", accepted=False) | {"status": "correction_required"})
    tale.station["cases"].append(_kept("d", "received"))


def _scan_lost(tale: Tale) -> None:
    tale.hall["kept"] = {}


def _scan_unknown(tale: Tale) -> None:
    tale.hall["scans"] = []


def _scan_changed(tale: Tale) -> None:
    tale.hall["kept"]["scan-a"] = "something else"


def _scan_not_named(tale: Tale) -> None:
    tale.hall["cases"][0] |= {"scans": [], "complete": False}


def _never_complete(tale: Tale) -> None:
    tale.hall["cases"][0]["complete"] = False


def _chain(tale: Tale) -> None:
    tale.station["broken"] = [2]


def _forged_stamp(tale: Tale) -> None:
    tale.station["stamps"][0][2] = False


def _stamp_elsewhere(tale: Tale) -> None:
    tale.hall["stamps"][0][3] = "h9"


def _receipt_for_nothing(tale: Tale) -> None:
    tale.hall["inbox"] = [e for e in tale.hall["inbox"] if e["event"] != "b-case_voided"]


def _no_receipt(tale: Tale) -> None:
    tale.station["outbox"][0]["signed"] = False


def _purged_unsigned(tale: Tale) -> None:
    tale.station["outbox"][3]["signed"] = False


def _purged_and_nowhere(tale: Tale) -> None:
    tale.hall["cases"] = tale.hall["cases"][:2]


def _purged_and_open(tale: Tale) -> None:
    tale.hall["cases"][2]["concluded"] = False


@pytest.mark.parametrize(
    ("wrong", "letter"),
    [
        (_lost, "a"),
        (_twice, "a"),
        (_registered_twice, "a"),
        (_applied_twice, "a"),
        (_same_project_number, "b"),
        (_same_serial, "b"),
        (_not_found, "c"),
        (_another_number, "c"),
        (_forgotten, "c"),
        (_back, "d"),
        (_open_again, "d"),
        (_closed_after_acceptance, "d"),
        (_closed_and_accepted, "d"),
        (_open_after_withdrawal, "d"),
        (_corrected_twice, "d"),
        (_overwritten, "e"),
        (_other_content, "e"),
        (_nobody_signed, "e"),
        (_withdrawal_overwritten, "e"),
        (_nobody_withdrew, "e"),
        (_pending, "f"),
        (_parked, "f"),
        (_late, "f"),
        (_elsewhere, "f"),
        (_other_papers, "f"),
        (_only_there, "f"),
        (_not_amended, "f"),
        (_amended_otherwise, "f"),
        (_waits_for_a_correction, "f"),
        (_scan_lost, "f"),
        (_scan_unknown, "f"),
        (_scan_changed, "f"),
        (_scan_not_named, "f"),
        (_never_complete, "f"),
        (_chain, "g"),
        (_forged_stamp, "g"),
        (_stamp_elsewhere, "g"),
        (_receipt_for_nothing, "g"),
        (_no_receipt, "g"),
        (_purged_unsigned, "h"),
        (_purged_and_nowhere, "h"),
        (_purged_and_open, "h"),
    ],
)
def test_what_must_not_be_is_found(wrong: Callable[[Tale], None], letter: str) -> None:
    tale = Tale()
    wrong(tale)
    assert letter in {anomaly.check for anomaly in tale.found()}


def test_a_reopening_by_two_persons_is_no_way_back() -> None:
    tale = Tale()
    tale.ok("reopen", case="b", status="received", sha256="shown-again")
    tale.hall["approvals"].append({"case": "b", "event": "r", "sha256": "shown-again"})
    tale.hall["cases"][1]["closed"] = None
    tale.station["cases"][1]["status"] = "received"
    assert tale.found() == []


def test_a_withdrawal_needs_no_second_person() -> None:
    tale = Tale()
    _withdrawn(tale)
    assert tale.found() == []


def test_what_nobody_knows_the_end_of_may_have_happened_or_not() -> None:
    tale = Tale()
    tale.unknown("receive", case="d")
    tale.unknown("close", case="a", kind="void")
    assert tale.found() == []
    tale.hall["cases"].append(_held("d"))
    tale.hall["inbox"].append(_event("d"))
    tale.station["cases"].append(_kept("d", "decided"))
    tale.station["outbox"].append(_row("d"))
    assert tale.found() == []


def test_a_history_is_read_as_it_was_written() -> None:
    event = Event(1, "s0", "receive", "ok", 1.5, {"case": "a", "receipt_no": "Ra"})
    written = json.dumps(
        {"call": 1, "process": "s0", "op": "receive", "phase": "ok", "at": 1.5, "said": event.said}
    )
    assert read([written]) == [event]
