"""Where the parts of the desk meet: what one of them puts away, locks or ends must not go on in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.fakes import scans
from tests.fakes.card_reader import MOTHER
from tests.fakes.cases import NOW, a_receipt
from tests.fakes.counter import WholeDesk
from tests.fakes.people import FATHER_ID, FATHER_NAME, MOTHER_ID, MOTHER_NAME
from tests.fakes.staff import PASSWORD
from tests.unit.test_audit_first import TYPED, filled
from tests.unit.test_second_person import REFUSE
from tests.unit.test_verifying import _recheck as recheck_of
from wire.messages import Outcome
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.purge import KEPT_FOR, SENT_AGAIN, purge

SUBSIDY = {
    "applicant.household_address": "广州市越秀区测试路1号",
    "disability.category": "1",
    "disability.level": "1",
    "disability.certificate_no": MOTHER_ID + "11",
    "disability.subsidy": "2",
    "payment.account": "6212000000000000000",
    "contact.phone": "13800000000",
}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


# -- a dispute of a talk that came to nothing --------------------------------------------------------------
def test_a_draft_that_is_discarded_after_a_dispute_stops_no_other_case(whole: WholeDesk) -> None:
    desk = filled(whole)
    view, _ = desk.dispute("marriage", "已经登记结婚")
    desk.discard_draft(view.case)
    with whole.unit() as unit:
        (waiting,) = unit.outbox.due(whole.clock(), 10)
        assert waiting.envelope.subject == view.case
    purge(whole.stores[-1], whole.catalogues, whole.clock, actor="station")
    with whole.unit() as unit:
        (waiting,) = unit.outbox.due(whole.clock(), 10)  # not yet at the hall: still there
        unit.outbox.acked(waiting.envelope.id, a_receipt(waiting.envelope.id, waiting.envelope.sha256))
        unit.commit()
    purge(whole.stores[-1], whole.catalogues, lambda: NOW + SENT_AGAIN, actor="station")
    with closing(dbapi2.connect(str(whole.folder / "station.db"))) as db:
        db.execute(f"PRAGMA key = \"x'{bytes(32).hex()}'\"")
        assert db.execute("SELECT state, sealed FROM outbox").fetchall() == [("acked", b"")]
        kept = db.execute("SELECT COUNT(*) FROM case_keys WHERE owner = ?", (view.case,)).fetchone()
    assert kept == (0,)


# -- look-ups whose reasons have gone meanwhile ------------------------------------------------------------
def _told(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("newborn")
    for key, typed in TYPED.items():
        desk.answer(key, typed)
    desk.acknowledge_notice()
    return desk


def _deeds(whole: WholeDesk) -> list[tuple[Deed, str]]:
    with whole.unit() as unit:
        return [(entry.deed, entry.case) for entry in unit.audit.entries()]


def _again(whole: WholeDesk) -> int:
    """Let the station ask again by itself, and return how often it did."""
    before = len(whole.hall.asked)
    recheck = recheck_of(whole)
    while recheck.carry():
        pass
    return len(whole.hall.asked) - before


def _refused(failure: Failure, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.failure is failure


def test_nobody_asks_in_the_name_of_who_sat_here_before(whole: WholeDesk) -> None:
    desk = _told(whole)
    query = desk.ready_queries()[0]
    desk.lock("asked")
    desk.sign_in("agent", PASSWORD)
    _refused(Failure.QUERY_WITHOUT_REASON, lambda: desk.ask(query))
    assert whole.hall.asked == []


@pytest.mark.parametrize("away", ["put away", "discarded"])
def test_nothing_is_asked_for_a_visit_that_was_put_away(whole: WholeDesk, away: str) -> None:
    desk = _told(whole)
    query = desk.ready_queries()[0]
    desk.drop_visit() if away == "put away" else desk.discard_draft(query.case)
    _refused(Failure.QUERY_WITHOUT_REASON, lambda: desk.ask(query))
    assert whole.hall.asked == []


def test_its_own_person_goes_on_asking_after_a_lock(whole: WholeDesk) -> None:
    desk = _told(whole)
    first, second, *_ = desk.ready_queries()
    check = desk.ask(first)
    desk.lock("idle")
    _refused(Failure.SEAT_LOCKED, lambda: desk.ask(second))
    _refused(Failure.SEAT_LOCKED, lambda: desk.take_check(check))
    assert (Deed.ASKED, first.case) in _deeds(whole)  # whatever becomes of the answer
    desk.resume_work(PASSWORD)
    assert desk.take_check(check).checks
    desk.ask(second)


def test_an_answer_for_another_visit_is_not_noted_on_this_one(whole: WholeDesk) -> None:
    desk = filled(whole)
    desk.drop_visit()
    desk.choose("longevity-allowance")
    desk.take_person(MOTHER)
    desk.acknowledge_notice()
    check = desk.ask(desk.ready_queries()[0])
    other = next(draft.case for draft in desk.drafts() if draft.case != check.query.case)
    desk.resume(other)
    noted = _deeds(whole)
    _refused(Failure.NO_VISIT, lambda: desk.take_check(check))
    assert _deeds(whole) == noted


def test_consent_that_was_taken_back_counts_for_what_was_made_before(whole: WholeDesk) -> None:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("longevity-allowance")
    desk.acknowledge_notice()
    desk.consent("card_account", given=True)
    query = next(query for query in desk.ready_queries() if query.rule == "card_account")
    desk.consent("card_account", given=False)
    _refused(Failure.QUERY_WITHOUT_REASON, lambda: desk.ask(query))
    assert whole.hall.asked == []


def test_another_person_is_told_anew_and_agrees_anew(whole: WholeDesk) -> None:
    desk = whole.open_up()
    desk.type_person(FATHER_NAME, FATHER_ID)
    desk.choose("longevity-allowance")
    desk.acknowledge_notice()
    desk.consent("card_account", given=True)
    query = desk.ready_queries()[0]
    desk.type_person(MOTHER_NAME, MOTHER_ID)
    assert desk.ready_queries() == ()
    _refused(Failure.QUERY_WITHOUT_REASON, lambda: desk.ask(query))
    desk.acknowledge_notice()
    assert "card_account" not in {query.rule for query in desk.ready_queries()}


def test_look_ups_that_the_notice_did_not_name_wait_for_another_one(whole: WholeDesk) -> None:
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("flexible-employment-insurance")
    desk.acknowledge_notice()
    assert desk.ready_queries() != ()
    desk.choose("longevity-allowance")
    assert desk.ready_queries() == ()
    desk.acknowledge_notice()
    assert desk.ready_queries() != ()


def _received_with_consent(whole: WholeDesk) -> str:
    whole.hall.outcomes["card_account"] = Outcome.UNAVAILABLE
    desk = whole.open_up()
    desk.take_person(MOTHER)
    desk.choose("disability-subsidies")
    for key, typed in SUBSIDY.items():
        desk.answer(key, typed)
    desk.acknowledge_notice()
    desk.consent("card_account", given=True)
    for query in desk.ready_queries():
        desk.take_check(desk.ask(query))
    desk.leave_pending("card_account")
    return desk.receive()[0].case


def test_consent_that_was_taken_back_ends_the_asking_again(whole: WholeDesk) -> None:
    _received_with_consent(whole)
    assert _again(whole) == 1
    whole.clock.at += timedelta(hours=1)
    whole.desk.consent("card_account", given=False)
    assert _again(whole) == 0


def test_nothing_is_asked_again_for_a_case_that_two_persons_ended(whole: WholeDesk) -> None:
    whole.hall.outcomes["marriage"] = Outcome.UNAVAILABLE
    desk = filled(whole)
    desk.leave_pending("marriage")
    case = desk.receive()[0].case
    made = desk.propose(case, REFUSE)
    desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    assert _again(whole) == 0
    back = desk.propose(case, Wish(ProposalKind.REOPEN, Reason.DECIDED_BY_MISTAKE, "核对后仍由本窗口办理"))
    desk.approve(back.id, back.sha256, "supervisor", PASSWORD)
    assert _again(whole) == 1  # received again: what is owed is owed again


# -- drafts that have ended --------------------------------------------------------------------------------
def test_a_draft_does_not_come_back_after_the_acceptance(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    desk.accept()
    whole.clock.at += timedelta(hours=9)  # the answers hold no more
    assert desk.ready_queries() == ()
    png = whole.folder / "scan.png"
    png.write_bytes(scans.png())
    _refused(Failure.STEP_NOT_ALLOWED, lambda: desk.see_original("id_father", seen=False))
    _refused(Failure.STEP_NOT_ALLOWED, lambda: scans.attach(desk, "id_father", png))
    desk.print_checks()
    with whole.unit() as unit:
        assert unit.drafts.get(case) is None


def test_a_dispute_after_the_acceptance_is_known_to_the_case(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    desk.accept()
    desk.dispute("marriage", "已经登记结婚")
    with whole.unit() as unit:
        assert [each.rule for each in unit.cases.get(case).disputes] == [
            "marriage"
        ]  # its answer finds a place
        assert unit.drafts.get(case) is None


def test_what_two_persons_ended_is_purged_when_its_time_is_over(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    made = desk.propose(case, REFUSE)
    desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    with whole.unit() as unit:
        for waiting in unit.outbox.due(whole.clock(), 50):
            unit.outbox.acked(waiting.envelope.id, a_receipt(waiting.envelope.id, waiting.envelope.sha256))
        unit.commit()
    whole.clock.at += timedelta(days=KEPT_FOR.n - 1)
    assert purge(whole.stores[-1], whole.catalogues, whole.clock, actor="station").cases == ()
    whole.clock.at += timedelta(days=400)
    assert purge(whole.stores[-1], whole.catalogues, whole.clock, actor="station").cases == (case,)
    with whole.unit() as unit:
        assert unit.proposals.of_case(case) == ()  # the draft that it kept is gone as well


# -- the second person's second factor ---------------------------------------------------------------------
def test_a_password_alone_signs_nothing_for_an_account_with_a_card(whole: WholeDesk) -> None:
    desk = filled(whole)
    case = desk.receive()[0].case
    made = desk.propose(case, REFUSE)
    with whole.unit() as unit:
        held = unit.station.staff_list()
        assert held is not None
        accounts = tuple(
            replace(each, card_key="k" * 43) if each.login == "supervisor" else each for each in held.accounts
        )
        unit.station.take_staff(replace(held, accounts=accounts))
        unit.commit()
    _refused(
        Failure.OPERATOR_CARD_MISSING,
        lambda: desk.approve(made.id, made.sha256, "supervisor", PASSWORD),
    )
    assert desk.case(case).status is CaseStatus.RECEIVED
    assert desk.approve(made.id, made.sha256, "supervisor2", PASSWORD)[0].status is CaseStatus.NOT_ACCEPTED
