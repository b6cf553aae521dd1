"""The hall's own half of the role matrix and of the two-person rule, against a real hall over HTTP: a station that left
its checks out gains nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.environment import Demo
from hall.database import open_database
from hall.enrolment import add_station, new_code
from tests.fakes.device import Answered, Device
from tests.fakes.hall_command import hall_command
from wire.approval import Shown, text_of
from wire.board import HallBoard
from wire.codec import decode, digest, encode
from wire.keys import b64, new_id, new_private, public_of, sign, unb64
from wire.messages import (
    Approval,
    CaseAccepted,
    CaseClosed,
    CaseReopened,
    ElectronicCardQuery,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    PapersChanged,
    PushResult,
    PushStatus,
    Role,
    SlipPrinted,
    StaffList,
    SubCaseOrder,
    Tolerance,
)
from wire.rights import EVENT_ACTIONS, SLIP_ACTIONS, Action, allowed
from wire.signed import reply_is_genuine

CARD = new_private()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(
        tmp_path_factory.mktemp("rights"), Path(sys.executable), with_card=False, departments=False
    ) as started:
        # The clerk once more under another name with a supervisor's role, and a supervisor with a card.
        staff(
            started,
            "add",
            "--login",
            "renamed",
            "--name",
            "同一人",
            "--roles",
            "supervisor",
            "--person",
            "demo clerk",
        )
        staff(started, "card", "--login", "supervisor2", "--key", b64(public_of(CARD)))
        yield started


def staff(demo: Demo, verb: str, *given: str, password: str = "a long password\n") -> str:
    """Give a command of `python -m hall staff`."""
    station = () if verb == "policy" or "--station" in given else ("--station", "440104")
    done = hall_command("staff", verb, *station, *given, "--database", demo.database, typed=password)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_staff_is_a_command_and_says_what_is_wrong(demo: Demo) -> None:
    hall = [sys.executable, "-m", "hall", "staff", "remove", "--database", str(demo.root / "hall.db")]
    for login, code in (("ghost", 1), ("author", 0)):
        done = subprocess.run(
            [*hall, "--station", "440104", "--login", login], capture_output=True, text=True, check=False
        )
        assert (done.returncode, bool(done.stderr)) == (code, bool(code))
    add = ("--login", "author", "--name", "演示编制员", "--roles", "author", "--person", "demo author")
    staff(demo, "add", *add)


@pytest.fixture(scope="module")
def device(demo: Demo) -> Device:
    return enrolled(demo, "440104")


def enrolled(demo: Demo, station: str) -> Device:
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        add_station(db, station, "社区站", "community")
        code = new_code(db, station, confirmed_by="test")
    engine.dispose()
    made = Device(demo.hall_url)
    made.enrol(code)
    return made


def now() -> datetime:
    return datetime.now(UTC)


def a_case(device: Device) -> str:
    case = new_id()
    assert device.push(device.received(case))[0].status is PushStatus.APPLIED
    return case


def answer(device: Device, envelope: Envelope) -> str:
    """Push, and return the status or the code of a conflict. What was not taken leaves no gap behind."""
    result: PushResult = device.push(envelope)[0]
    return result.code or result.status.value


# -- the role matrix -------------------------------------------------------------------------------------
def body_of(kind: EventKind, case: str, actor: str, slip: str) -> Any:
    if kind is EventKind.SLIP_PRINTED:
        return SlipPrinted(f"R-{case}", slip, new_id(), 0, actor, now())
    if kind is EventKind.CASE_ACCEPTED:
        return CaseAccepted(f"R-{case}", actor, now(), {})
    return {}


EVENTS = [(kind, "", EVENT_ACTIONS[kind]) for kind in EVENT_ACTIONS if kind is not EventKind.CASE_RECEIVED]
EVENTS += [(EventKind.SLIP_PRINTED, slip, action) for slip, action in SLIP_ACTIONS.items()]


@pytest.mark.parametrize("role", Role)
def test_the_hall_keeps_to_the_table_for_every_event(device: Device, role: Role) -> None:
    for kind, slip, action in EVENTS:
        case = a_case(device)
        said = answer(device, device.envelope(kind, body_of(kind, case, role.value, slip), case, role.value))
        assert (said == "role") is not allowed((role,), action), (kind, slip)


@pytest.mark.parametrize("role", Role)
def test_the_hall_keeps_to_the_table_for_a_receipt(device: Device, role: Role) -> None:
    case = new_id()
    envelope = replace(device.received(case, clerk=role.value), actor=role.value)
    assert (answer(device, envelope) == "role") is not allowed((role,), Action.RECEIVED)


@pytest.mark.parametrize("role", Role)
def test_the_hall_keeps_to_the_table_for_look_ups(device: Device, role: Role) -> None:
    asked = {
        "/v1/verify": (device.query(clerk=role.value), Action.VERIFIED),
        "/v1/cards/electronic": (ElectronicCardQuery(new_id(), "token", role.value), Action.CARD_READ),
    }
    for path, (query, action) in asked.items():
        try:
            device.signed("POST", path, encode(query).encode())
            code = ""
        except Answered as told:
            code = told.code
        assert (code == "role") is not allowed((role,), action), path


def asked(device: Device, case: str, item: str = "birth-registration") -> str:
    """Ask the household register for a case; "" or the code of the refusal."""
    query = device.query(case=case, item=item)
    try:
        device.signed("POST", "/v1/verify", encode(query).encode())
    except Answered as told:
        return told.code
    return ""


def test_a_case_that_is_over_elsewhere_or_about_something_else_is_no_reason(
    demo: Demo, device: Device
) -> None:
    case = a_case(device)
    assert asked(device, case) == ""
    assert asked(device, case, "senior-card-first") == "purpose"  # not in the bundle
    who = ("--login", "clerk", "--name", "别处的", "--roles", "clerk", "--person", "10")
    elsewhere = enrolled(demo, "440198")
    staff(demo, "add", "--station", "440198", *who)
    assert asked(elsewhere, new_id()) == ""
    assert asked(elsewhere, case) == "purpose"
    shown = shown_of(case)
    assert answer(device, closed(device, shown, approval_of(shown))) == "applied"
    assert asked(device, case) == "purpose"


def test_nobody_the_hall_does_not_know_acts_or_asks(device: Device) -> None:
    case = new_id()
    assert answer(device, replace(device.received(case, clerk="ghost"), actor="ghost")) == "actor"
    # An envelope in another's name than its body.
    assert answer(device, replace(device.received(case), actor="agent")) == "actor"
    with pytest.raises(Answered) as told:
        device.signed("POST", "/v1/verify", encode(device.query(clerk="ghost")).encode())
    assert (told.value.status, told.value.code) == (403, "actor")


def test_a_community_station_forwards_and_never_accepts_not_even_by_a_clerk_on_loan(demo: Demo) -> None:
    station = ("--station", "440199")
    community = enrolled(demo, "440199")
    who = ("--login", "clerk", "--name", "借来的", "--roles", "clerk,supervisor", "--person", "9")
    staff(demo, "add", *station, *who)
    case = a_case(community)
    assert answer(community, community.accepted(case)) == "station_level"


# -- the two-person rule ---------------------------------------------------------------------------------
def shown_of(case_: str, **changes: Any) -> Shown:
    made = Shown(
        proposal=new_id(),
        kind="refuse",
        case=case_,
        receipt_no=f"R-{case_}",
        title="newborn",
        items=("birth-registration",),
        applicant="测**",
        applicant_id="440***********002X",
        status="received",
        papers=(),
        state="0" * 64,
        reason="not_corrected",
        text="通知后没有补交",
        competent_body="",
        material="",
        until=None,
        proposer="clerk",
        proposed_at=now() - timedelta(seconds=2),
    )
    return replace(made, **changes)


def approval_of(shown: Shown, approver: str = "supervisor", **changes: Any) -> Approval:
    text = encode(shown)
    made = Approval(
        proposal=shown.proposal,
        kind=shown.kind,
        shown=text,
        sha256=digest(text),
        proposer=shown.proposer,
        proposed_at=shown.proposed_at,
        approver=approver,
        approved_at=now(),
        credential="password",
    )
    return replace(made, **changes)


def closed(device: Device, shown: Shown, approval: Approval, **changes: Any) -> Envelope:
    body = CaseClosed(
        shown.receipt_no, shown.proposer, now(), shown.reason, shown.text, shown.competent_body, approval
    )
    kind = EventKind.CASE_NOT_ACCEPTED if shown.kind == "refuse" else EventKind.CASE_VOIDED
    return device.envelope(kind, replace(body, **changes), shown.case, approval.approver)


def test_two_persons_refuse_a_case_and_nobody_accepts_it_any_more(device: Device) -> None:
    case = a_case(device)
    shown = shown_of(case)
    assert answer(device, closed(device, shown, approval_of(shown))) == "applied"
    assert answer(device, device.accepted(case)) == "closed"
    again = shown_of(case)
    assert answer(device, closed(device, again, approval_of(again))) == "not_received"
    # A third look: the two reopen it, and then it is accepted.
    wish = shown_of(case, kind="reopen", reason="obstacle_gone", status="not_accepted")
    approval = approval_of(wish)
    body = CaseReopened(wish.receipt_no, "clerk", now(), wish.reason, wish.text, approval)
    assert answer(device, device.envelope(EventKind.CASE_REOPENED, body, case, "supervisor")) == "applied"
    assert answer(device, device.accepted(case)) == "applied"


FORGED: dict[str, tuple[str, dict[str, Any], str, dict[str, Any], dict[str, Any]]] = {
    # code, changes of what was shown, approver, changes of the approval, changes of the event's body
    "his own second person": ("same_person", {"proposer": "supervisor"}, "supervisor", {}, {}),
    "a second account of the first person": ("same_person", {}, "renamed", {}, {}),
    "no right to sign": ("role", {}, "clerk", {}, {}),
    "nobody": ("actor", {}, "ghost", {}, {}),
    "proposed by whoever may not": ("role", {"proposer": "agent"}, "supervisor", {}, {}),
    "another text than was shown": ("approval_other", {}, "supervisor", {}, {"text": "换了一个说法的理由"}),
    "another reason": ("approval_other", {}, "supervisor", {}, {"reason": "false_papers"}),
    "the hash of something else": ("approval_hash", {}, "supervisor", {"sha256": "0" * 64}, {}),
    "an approval of another case": ("approval_other", {"case": "other"}, "supervisor", {}, {}),
    "an approval of another kind": ("approval_other", {"kind": "void"}, "supervisor", {"kind": "refuse"}, {}),
    "signed before it was proposed": (
        "approval_other",
        {},
        "supervisor",
        {"approved_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {},
    ),
    "an unheard-of credential": ("approval_credential", {}, "supervisor", {"credential": "nod"}, {}),
    "a card of which the hall does not know": (
        "approval_credential",
        {},
        "supervisor",
        {"credential": "card"},
        {},
    ),
    "a card's signature that is none": ("approval_credential", {}, "supervisor2", {"credential": "card"}, {}),
    "another proposer in the body": ("approval_other", {}, "supervisor", {}, {"clerk": "agent"}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_approval_is_refused_by_the_hall(device: Device, name: str) -> None:
    code, of_shown, approver, of_approval, of_body = FORGED[name]
    case = a_case(device)
    shown = shown_of(case, **of_shown)
    body = CaseClosed(
        f"R-{case}",
        shown.proposer,
        now(),
        shown.reason,
        shown.text,
        "",
        approval_of(shown, approver, **of_approval),
    )
    forged = device.envelope(EventKind.CASE_NOT_ACCEPTED, replace(body, **of_body), case, approver)
    assert answer(device, forged) == code
    # The case is as it was: an honest pair can still refuse it.
    honest = shown_of(case)
    assert answer(device, closed(device, honest, approval_of(honest))) == "applied"


def test_an_approval_is_good_once(device: Device) -> None:
    first, second = a_case(device), a_case(device)
    shown = shown_of(first)
    assert answer(device, closed(device, shown, approval_of(shown))) == "applied"
    replayed = shown_of(second, proposal=shown.proposal)
    assert answer(device, closed(device, replayed, approval_of(replayed))) == "approval_used"


def test_a_card_signs_for_the_hall_to_check(device: Device) -> None:
    shown = shown_of(a_case(device))
    approval = approval_of(shown, "supervisor2", credential="card")
    said = b64(sign(CARD, text_of(approval.sha256, "supervisor2", approval.approved_at)))
    assert answer(device, closed(device, shown, replace(approval, signature=said))) == "applied"


# -- tolerance -------------------------------------------------------------------------------------------
SENIOR = (SubCaseOrder("senior-card-first", "1", "civil_affairs", ()),)
# A photo may come later with this item (its catalogue says so); the other papers were seen.
PAPERS = (
    MaterialOnWire("photo_small", MaterialHow.TOLERATED),
    *(
        MaterialOnWire(paper, MaterialHow.ORIGINAL_SEEN)
        for paper in ("id_applicant", "household_book_applicant", "residence_permit")
    ),
)


def accepted(device: Device, case: str, *tolerances: Tolerance) -> Envelope:
    promised = {"senior-card-first": date(2026, 12, 9)}
    body = CaseAccepted(f"R-{case}", "clerk", now(), promised, PAPERS, (), tolerances)
    return device.envelope(EventKind.CASE_ACCEPTED, body, case)


def tolerance(case: str, until: date, **changes: Any) -> Tolerance:
    shown = shown_of(
        case,
        **{
            "kind": "tolerate",
            "reason": "secondary_paper",
            "material": "photo_small",
            "until": until,
            **changes,
        },
    )
    return Tolerance("photo_small", until, approval_of(shown))


def test_a_tolerated_paper_needs_its_two_persons_and_a_day_that_fits(device: Device) -> None:
    case, day = new_id(), date(2026, 12, 9)
    device.push(device.received(case, bundle=None, sub_cases=SENIOR))
    assert answer(device, accepted(device, case)) == "tolerance_missing"
    late = date(2026, 12, 10)
    assert answer(device, accepted(device, case, tolerance(case, late))) == "tolerance_too_long"
    past = date(2026, 1, 2)
    assert answer(device, accepted(device, case, tolerance(case, past))) == "tolerance_past"
    other = replace(tolerance(case, day), until=date(2026, 12, 8))
    assert answer(device, accepted(device, case, other)) == "approval_other"
    alone = tolerance(case, day, proposer="supervisor")
    assert answer(device, accepted(device, case, alone)) == "same_person"
    assert answer(device, accepted(device, case, tolerance(case, day))) == "applied"


def changed(device: Device, case: str, papers: tuple[MaterialOnWire, ...], actor: str = "clerk") -> Envelope:
    body = PapersChanged(f"R-{case}", actor, now(), papers)
    return device.envelope(EventKind.PAPERS_CHANGED, body, case, actor)


def test_nobody_tolerates_alone_or_longer_after_the_acceptance(device: Device) -> None:
    case, day = new_id(), date(2026, 12, 9)
    device.push(device.received(case, bundle=None, sub_cases=SENIOR))
    seen = (replace(PAPERS[0], how=MaterialHow.ORIGINAL_SEEN), *PAPERS[1:])
    body = CaseAccepted(f"R-{case}", "clerk", now(), {"senior-card-first": day}, seen)
    assert answer(device, device.envelope(EventKind.CASE_ACCEPTED, body, case)) == "applied"
    assert answer(device, changed(device, case, PAPERS)) == "tolerance_missing"

    case = new_id()
    device.push(device.received(case, bundle=None, sub_cases=SENIOR))
    assert answer(device, accepted(device, case, tolerance(case, day))) == "applied"
    longer = (replace(PAPERS[0], until=date(2099, 1, 1)), *PAPERS[1:])
    for actor in ("clerk", "station"):
        assert answer(device, changed(device, case, longer, actor)) == "tolerance_missing"
    assert answer(device, changed(device, case, seen)) == "applied"
    assert answer(device, changed(device, case, PAPERS)) == "tolerance_missing"


def test_no_paper_is_told_twice_and_nobody_speaks_in_anothers_name(device: Device) -> None:
    case = new_id()
    device.push(device.received(case, bundle=None, sub_cases=SENIOR))
    seen = tuple(replace(paper, how=MaterialHow.ORIGINAL_SEEN) for paper in PAPERS)
    twice = (replace(PAPERS[1], how=MaterialHow.SCANNED), *seen)
    day = {"senior-card-first": date(2026, 12, 9)}
    body = CaseAccepted(f"R-{case}", "clerk", now(), day, twice)
    assert answer(device, device.envelope(EventKind.CASE_ACCEPTED, body, case)) == "rule_unmet"
    body = replace(body, materials=seen)
    assert answer(device, device.envelope(EventKind.CASE_ACCEPTED, body, case)) == "applied"
    assert answer(device, changed(device, case, twice)) == "rule_unmet"
    other = PapersChanged(f"R-{case}", "agent", now(), seen)
    assert answer(device, device.envelope(EventKind.PAPERS_CHANGED, other, case)) == "actor"


# -- staff -------------------------------------------------------------------------------------------------
def listed(device: Device) -> StaffList:
    return decode(StaffList, device.signed("GET", "/v1/staff", b""))


def test_the_list_of_staff_is_signed_numbered_and_follows_every_change(demo: Demo, device: Device) -> None:
    before = listed(device)
    assert reply_is_genuine(before, unb64(device.me.hall_key))
    assert not reply_is_genuine(replace(before, number=99), unb64(device.me.hall_key))
    add = (
        "--login",
        "new",
        "--name",
        "新来的",
        "--roles",
        "clerk",
        "--window",
        "05",
        "--person",
        "110101189901010011",
    )
    staff(demo, "add", *add)
    after = listed(device)
    assert (after.number, after.station) == (before.number + 1, "440104")
    new = next(a for a in after.accounts if a.login == "new")
    assert "110101189901010011" not in encode(after)
    staff(demo, "roles", "--login", "new", "--roles", "agent")
    staff(demo, "passwd", "--login", "new", password="another password\n")
    changed = next(a for a in listed(device).accounts if a.login == "new")
    assert changed.roles == (Role.AGENT,)
    assert changed.password_hash != new.password_hash
    assert changed.person == new.person
    staff(demo, "remove", "--login", "new")
    assert "new" not in staff(demo, "list")
    assert listed(device).number == before.number + 4


def test_what_was_done_before_an_account_ended_is_taken_afterwards_and_nothing_later(
    demo: Demo, device: Device
) -> None:
    who = ("--login", "leaving", "--name", "要走的", "--roles", "clerk", "--person", "77")
    staff(demo, "add", *who)
    case = new_id()
    in_time = replace(device.received(case, clerk="leaving"), actor="leaving")
    staff(demo, "remove", "--login", "leaving")
    assert answer(device, in_time) == "applied"
    late = new_id()
    assert answer(device, replace(device.received(late, clerk="leaving"), actor="leaving")) == "actor"


def test_policy_is_told_with_the_list(demo: Demo, device: Device) -> None:
    said = staff(demo, "policy", "--sign-in-days", "3", "--offline-approvals", "refuse,void")
    assert "sign_in_days 3" in said
    policy = listed(device).policy
    assert (policy.sign_in_days, policy.offline_approvals) == (3, ("refuse", "void"))


# -- the board -------------------------------------------------------------------------------------------
def test_the_board_counts_for_supervisors_and_auditors_alone(device: Device) -> None:
    def asked(who: str) -> HallBoard:
        return decode(HallBoard, device.signed("GET", f"/v1/board?asker={who}", b"").decode())

    for who, code in (("clerk", "role"), ("ghost", "actor")):
        with pytest.raises(Answered) as refused:
            asked(who)
        assert (refused.value.status, refused.value.code) == (403, code)
    before = {(row.station, row.window): row for row in asked("auditor").rows}
    a_case(device)
    said = asked("supervisor")
    (row,) = [row for row in said.rows if (row.station, row.window) == ("440104", "01")]
    known = before.get(("440104", "01"))
    assert row.open == (known.open if known else 0) + 1
    assert row.queue >= 1
    assert row.oldest is not None
    assert reply_is_genuine(said, unb64(device.me.hall_key))
