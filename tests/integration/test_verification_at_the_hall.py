"""A real hall over HTTP: its own lock on acceptance, disputes in the queue of the source department, papers that come late."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from demo.environment import Demo
from hall.database import open_database
from tests.fakes.device import ALL_SEEN, Device
from tests.fakes.newcomer import newcomer
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.journeys.j8 import answer_as_the_department
from wire.codec import decode, encode
from wire.keys import new_id
from wire.messages import (
    AnswerOnWire,
    ChangeKind,
    DisputeAnswered,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Outcome,
    PapersChanged,
    Party,
    PushStatus,
    SlipPrinted,
    Verdict,
    VerificationDisputed,
    VerificationReply,
)

COUPLE = {"man_name": FATHER_NAME, "man_id": FATHER_ID, "woman_name": MOTHER_NAME, "woman_id": MOTHER_ID}
ANSWERS = {
    key: AnswerOnWire(value, Origin.TYPED)
    for key, value in (
        ("father.name", FATHER_NAME),
        ("father.id_no", FATHER_ID),
        ("mother.name", MOTHER_NAME),
        ("mother.id_no", MOTHER_ID),
    )
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("hall")
    with Demo(root, Path(sys.executable), with_card=False, review=False) as started:
        yield started


@pytest.fixture
def device(demo: Demo) -> Device:
    made = newcomer(demo)
    demo.set_register("marriage", "up")
    return made


def _case() -> str:
    return f"case-{time.monotonic_ns()}"


def _ask(device: Device, case: str, **changes: object) -> VerificationReply:
    said = {"case": case, "rule": "marriage", "service": "marriage.pair", "replaces": "marriage_certificate"}
    query = device.query(**{**said, "params": COUPLE, **changes})
    return decode(VerificationReply, device.signed("POST", "/v1/verify", encode(query).encode()))


def _with(paper: MaterialOnWire) -> tuple[MaterialOnWire, ...]:
    return (*(m for m in ALL_SEEN if m.material != paper.material), paper)


def _accept(device: Device, case: str, paper: MaterialOnWire) -> tuple[PushStatus, str | None]:
    (result,) = device.push(device.accepted(case, materials=_with(paper)))
    return result.status, result.code


def _certificate(how: MaterialHow, evidence: str | None = None, **more: object) -> MaterialOnWire:
    return MaterialOnWire("marriage_certificate", how, evidence, **more)  # type: ignore[arg-type]


REFUSED = (PushStatus.CONFLICT, "rule_unmet")
TAKEN = (PushStatus.APPLIED, None)


def test_a_number_of_the_hall_for_this_case_and_couple_is_taken(device: Device) -> None:
    case = _case()
    reply = _ask(device, case)
    device.push(device.received(case, answers=ANSWERS))
    assert (
        _accept(device, case, _certificate(MaterialHow.REPLACED_BY_VERIFICATION, reply.evidence_no)) == TAKEN
    )


@pytest.mark.parametrize("how", list(MaterialHow))
def test_no_word_of_a_station_stands_for_a_register_that_was_never_asked(
    device: Device, how: MaterialHow
) -> None:
    """Every way a paper may stand, claimed without anything behind it: only what a clerk has seen is the clerk's to say."""
    case = _case()
    device.push(device.received(case, answers=ANSWERS))
    until = datetime.now(UTC).date() + timedelta(days=2)
    said = _accept(device, case, _certificate(how, "HY20260101000001", until=until))
    # A tolerance without its two persons is refused before anybody looks at the papers.
    first = {
        MaterialHow.ORIGINAL_SEEN: TAKEN,
        MaterialHow.TOLERATED: (PushStatus.CONFLICT, "tolerance_missing"),
    }
    assert said == first.get(how, REFUSED)


def test_the_number_of_another_case_or_another_couple_is_refused(device: Device) -> None:
    case, other = _case(), _case() + "-other"
    elsewhere = _ask(device, other)
    changed = _ask(device, case, params={**COUPLE, "man_name": "测试三"})
    device.push(device.received(case, answers=ANSWERS))
    for number in (elsewhere.evidence_no, changed.evidence_no):
        paper = _certificate(MaterialHow.REPLACED_BY_VERIFICATION, number)
        assert _accept(device, case, paper) == REFUSED


def test_what_a_department_owes_is_taken_with_a_deadline_and_may_come_or_be_brought_later(
    demo: Demo, device: Device
) -> None:
    case = _case()
    demo.set_register("marriage", "down")
    assert _ask(device, case).outcome is Outcome.UNAVAILABLE
    device.push(device.received(case, answers=ANSWERS))
    soon = datetime.now(UTC).date() + timedelta(days=2)
    assert _accept(device, case, _certificate(MaterialHow.PENDING)) == REFUSED  # no day
    assert (
        _accept(device, case, _certificate(MaterialHow.PENDING, until=soon + timedelta(days=60))) == REFUSED
    )
    assert _accept(device, case, _certificate(MaterialHow.PENDING, until=soon)) == TAKEN
    forged = _certificate(MaterialHow.REPLACED_BY_VERIFICATION, "HY20260101000009")
    assert _change(device, case, forged) == REFUSED
    demo.set_register("marriage", "up")
    reply = _ask(device, case)
    assert reply.outcome is Outcome.RECORD_FOUND
    late = _certificate(MaterialHow.REPLACED_BY_VERIFICATION, reply.evidence_no)
    assert _change(device, case, late) == TAKEN
    assert _shown(demo, case) == ("部门核验替代", reply.evidence_no)
    assert _change(device, case, _certificate(MaterialHow.MISSING)) == TAKEN  # an honest word is taken too
    assert _change(device, case, _certificate(MaterialHow.ORIGINAL_SEEN)) == TAKEN


def test_a_clock_that_is_ahead_puts_off_no_last_day(demo: Demo, device: Device) -> None:
    case = _case()
    demo.set_register("marriage", "down")
    _ask(device, case)
    device.push(device.received(case, answers=ANSWERS))
    ahead = datetime.now(UTC) + timedelta(days=365)
    owed = _certificate(MaterialHow.PENDING, until=ahead.date() + timedelta(days=2))
    (result,) = device.push(device.accepted(case, materials=_with(owed), accepted_at=ahead))
    assert (result.status, result.code) == REFUSED
    soon = datetime.now(UTC).date() + timedelta(days=2)
    assert _accept(device, case, _certificate(MaterialHow.PENDING, until=soon)) == TAKEN


def test_what_stands_as_it_stood_holds_up_no_word_about_another_paper(demo: Demo, device: Device) -> None:
    """A dispute after the acceptance, or a second answer that overtook the word of the first: nothing is parked by it."""
    case = _case()
    reply = _ask(device, case)
    device.push(device.received(case, answers=ANSWERS))
    stood = _certificate(MaterialHow.REPLACED_BY_VERIFICATION, reply.evidence_no)
    assert _accept(device, case, stood) == TAKEN
    assert device.push(_dispute(device, case, reply))[0].status is PushStatus.APPLIED
    papers = tuple(
        replace(m, how=MaterialHow.MISSING) if m.material == "id_father" else m for m in _with(stood)
    )
    assert _change(device, case, *papers) == TAKEN
    # What is said anew is looked at as ever: the reply is disputed.
    renewed = replace(stood, until=datetime.now(UTC).date())
    assert _change(device, case, *_with(renewed)) == REFUSED
    answer_as_the_department(demo, "civil_affairs", Verdict.CORRECTED, "已更正")  # leaves the queue empty


def _change(device: Device, case: str, *papers: MaterialOnWire) -> tuple[PushStatus, str | None]:
    told = papers if len(papers) > 1 else _with(*papers)
    body = PapersChanged(f"R-{case}", "clerk", datetime.now(UTC), told)
    (result,) = device.push(device.envelope(EventKind.PAPERS_CHANGED, body, case))
    return result.status, result.code


def _shown(demo: Demo, case: str) -> tuple[str, str]:
    """Read on the department's page how the certificate stands."""
    engine = open_database(demo.root / "hall.db")
    with engine.connect() as db:
        task = db.exec_driver_sql(
            "SELECT id FROM sub_cases WHERE \"case\" = ? AND item = 'birth-registration'", (case,)
        ).scalar()
    engine.dispose()
    with httpx2.Client(base_url=demo.hall_url, trust_env=False, follow_redirects=True) as page:
        page.post("/desk/public_security/sign-in", data={"login": "reviewer", "password": "demo-reviewer"})
        html = page.get(f"/desk/public_security/{task}").text
    row = re.search(r">结婚证</th>\s*<td[^>]*>([^<]*)</td>\s*<td[^>]*>([^<]*)</td>", html)
    assert row is not None
    return row[1].strip(), row[2].strip()


# -- disputes --------------------------------------------------------------------------------------------
def _dispute(device: Device, case: str, reply: VerificationReply, **changes: object) -> Envelope:
    body = VerificationDisputed(
        dispute=new_id(),
        query=reply.query,
        evidence_no=reply.evidence_no,
        item="birth-registration",
        rule="marriage",
        citizen=Party(MOTHER_NAME, "111", MOTHER_ID),
        said="已经登记结婚",
        sheet="S1",
        clerk="clerk",
        raised_at=datetime.now(UTC),
    )
    return device.envelope(EventKind.VERIFICATION_DISPUTED, replace(body, **changes), case)  # type: ignore[arg-type]


def test_a_dispute_goes_to_the_source_department_and_its_word_comes_back(demo: Demo, device: Device) -> None:
    case = _case()
    demo.set_register("marriage", "empty")
    reply = _ask(device, case)
    assert reply.outcome is Outcome.NO_RECORD
    (taken,) = device.push(_dispute(device, case, reply))  # before the receipt: the talk goes on
    assert taken.status is PushStatus.APPLIED
    shown = answer_as_the_department(demo, "civil_affairs", Verdict.CORRECTED, "漏录，已补录")
    assert "已经登记结婚" in shown
    assert "未婚" not in shown
    assert device.all_changes(case) == []  # a case that is not received has no place in the feed
    device.push(device.received(case, answers=ANSWERS))
    (change,) = [c for c in device.all_changes(case) if c.kind is ChangeKind.DISPUTE_ANSWERED]
    said = decode(DisputeAnswered, change.body)
    assert (said.verdict, said.text, said.department) == (Verdict.CORRECTED, "漏录，已补录", "民政")
    with httpx2.Client(base_url=demo.hall_url, trust_env=False, follow_redirects=True) as page:
        page.post("/desk/civil_affairs/sign-in", data={"login": "reviewer", "password": "demo-reviewer"})
        assert reply.evidence_no not in page.get("/desk/civil_affairs").text  # answered once


def test_a_disputed_answer_proves_nothing_until_it_is_upheld(demo: Demo, device: Device) -> None:
    case = _case()
    reply = _ask(device, case)
    device.push(device.received(case, answers=ANSWERS), _dispute(device, case, reply))
    paper = _certificate(MaterialHow.REPLACED_BY_VERIFICATION, reply.evidence_no)
    assert _accept(device, case, paper) == REFUSED
    answer_as_the_department(demo, "civil_affairs", Verdict.UPHELD, "登记属实")
    assert _accept(device, case, paper) == TAKEN


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"query": "unknown"}, "lookup_unknown"),
        ({"evidence_no": "HY1"}, "lookup_unknown"),
        ({"rule": "household_mother"}, "lookup_unknown"),
        ({"said": " "}, "words"),
        ({"said": "长" * 501}, "words"),
    ],
)
def test_a_dispute_of_what_the_hall_never_said_is_refused(
    device: Device, changes: dict[str, object], code: str
) -> None:
    case = _case()
    reply = _ask(device, case)
    (result,) = device.push(_dispute(device, case, reply, **changes))
    assert (result.status, result.code) == (PushStatus.CONFLICT, code)


def test_another_case_cannot_dispute_this_ones_answer(device: Device) -> None:
    reply = _ask(device, _case())
    (result,) = device.push(_dispute(device, _case() + "-x", reply))
    assert (result.status, result.code) == (PushStatus.CONFLICT, "lookup_unknown")


def test_nobody_answers_a_dispute_without_a_session_or_a_form(demo: Demo, device: Device) -> None:
    case = _case()
    reply = _ask(device, case)
    device.push(_dispute(device, case, reply))
    with httpx2.Client(base_url=demo.hall_url, trust_env=False, follow_redirects=True) as page:
        engine = open_database(demo.root / "hall.db")
        with engine.connect() as db:
            dispute = db.exec_driver_sql('SELECT id FROM disputes WHERE "case" = ?', (case,)).scalar()
        engine.dispose()
        address = f"/desk/civil_affairs/disputes/{dispute}"
        form = {"mark": "x", "verdict": "upheld", "text": "t"}
        assert "登录" in page.post(address, data=form).text
        page.post("/desk/civil_affairs/sign-in", data={"login": "reviewer", "password": "demo-reviewer"})
        page.post(address, data=form)
        assert reply.evidence_no in page.get("/desk/civil_affairs").text  # still open
        mark = re.search(r'name="mark" value="(\w+)"', page.get(address).text)
        assert mark is not None
        empty = page.post(address, data={"mark": mark[1], "verdict": "upheld", "text": " "})
        assert (empty.status_code, "必须写明" in empty.text) == (422, True)
        assert (
            "核验异议" not in page.get("/desk/health").text
        )  # another department's pages need its own sign-in
    answer_as_the_department(demo, "civil_affairs", Verdict.UPHELD, "属实")


def test_a_promise_counts_only_when_the_hall_heard_of_its_sheet(device: Device) -> None:
    """The newborn's papers allow no promise: whatever the sheet, the hall refuses it."""
    case = _case()
    device.push(device.received(case, answers=ANSWERS))
    printed = SlipPrinted(f"R-{case}", "COM", f"440104COM{case}", 0, "clerk", datetime.now(UTC))
    device.push(device.envelope(EventKind.SLIP_PRINTED, printed, case))
    assert _accept(device, case, _certificate(MaterialHow.COMMITTED, f"440104COM{case}")) == REFUSED
