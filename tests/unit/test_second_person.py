"""Two persons at the real desk: refusal with its notice, void, reopening, a paper that may come later - each in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from catalogue.model import Catalogue
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from tests.fakes.people import FATHER_ID, FATHER_NAME
from tests.fakes.staff import PASSWORD
from wire.codec import decode
from wire.messages import CaseAccepted, CaseClosed, EventKind, MaterialHow, StaffPolicy
from workstation.domain.approval import ProposalKind, Reason, Wish
from workstation.domain.case import CaseStatus
from workstation.domain.clerk import Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
from workstation.domain.slip import SlipKind
from workstation.domain.visit import Paper
from workstation.services.counter import Counter
from workstation.services.views import ProposalView

TYPED = {
    "child.birth_certificate_no": "Y440100001",
    "child.name": "测小宝",
    "father.name": FATHER_NAME,
    "father.id_no": FATHER_ID,
    "household.relation_to_head": "30",
    "contact.phone": "13800000000",
}
REFUSE = Wish(ProposalKind.REFUSE, Reason.NOT_COMPETENT, "户口在外区，由所在区办理", "测试区公安分局")
_PAPER = Paper(MaterialHow.MISSING)
VOID = Wish(ProposalKind.VOID, Reason.TWICE, "上午已经收过一次了")
REOPEN = Wish(ProposalKind.REOPEN, Reason.DECIDED_BY_MISTAKE, "核对后确认归本区办理")


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    made.catalogues.publish(_with_tolerable_father(made.catalogues.current()))
    made.open_up()
    yield made
    made.close()


def _with_tolerable_father(catalogue: Catalogue) -> Catalogue:
    items = {
        key: replace(
            item,
            materials=tuple(
                replace(material, tolerable=True) if material.id == "id_father" else material
                for material in item.materials
            ),
        )
        for key, item in catalogue.items.items()
    }
    return replace(catalogue, items=items, version="tolerable")


def received(whole: WholeDesk) -> str:
    whole.cards.put_in(MOTHER)
    whole.desk.take_person(whole.desk.read_card())
    whole.desk.choose("newborn")
    for key, typed in TYPED.items():
        whole.desk.answer(key, typed)
    whole.check_all()
    return whole.desk.receive()[0].case


def signed(desk: Counter, made: ProposalView, login: str = "supervisor") -> None:
    desk.approve(made.id, made.sha256, login, PASSWORD)


def refused(call: Failure) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{call.value}$")


def events(whole: WholeDesk, kind: EventKind) -> list[Waiting]:
    with whole.unit() as unit:
        return [w for w in unit.outbox.due(whole.clock() + timedelta(days=1), 100) if w.envelope.kind is kind]


def test_a_refusal_by_two_is_one_transaction_with_its_notice(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, REFUSE)
    assert desk.case(case).status is CaseStatus.RECEIVED
    assert [p.id for p in desk.proposals()] == [made.id]
    with refused(Failure.SAME_PERSON):
        desk.approve(made.id, made.sha256, "renamed", PASSWORD)
    with refused(Failure.ROLE_MISSING):
        desk.approve(made.id, made.sha256, "agent", PASSWORD)
    with refused(Failure.SIGN_IN_REFUSED):
        desk.approve(made.id, made.sha256, "supervisor", "wrong")
    view, sheet = desk.approve(made.id, made.sha256, "supervisor", PASSWORD)
    assert view.status is CaseStatus.NOT_ACCEPTED
    assert sheet is not None
    assert sheet.kind is SlipKind.REFUSAL
    assert desk.proposals() == ()
    assert desk.visit() is None
    (told,) = events(whole, EventKind.CASE_NOT_ACCEPTED)
    body = decode(CaseClosed, told.envelope.body)
    assert (told.envelope.actor, body.clerk, body.competent_body) == ("supervisor", "clerk", "测试区公安分局")
    with whole.unit() as unit:
        deeds = [(e.actor, e.deed) for e in unit.audit.entries() if e.case == case][-4:]
    assert deeds == [
        ("clerk", Deed.PROPOSED),
        ("clerk", Deed.NOT_ACCEPTED),
        ("supervisor", Deed.APPROVED),
        ("clerk", Deed.PRINTED),
    ]
    with refused(Failure.STEP_NOT_ALLOWED):
        desk.accept_case(case)
    with refused(Failure.STEP_NOT_ALLOWED):
        desk.propose(case, VOID)


def test_a_sheet_that_cannot_be_made_leaves_everything_as_it_was(
    whole: WholeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, REFUSE)

    def no_glyph(_: object) -> bytes:
        raise Refused(Failure.GLYPH_MISSING, character="U+E123")

    monkeypatch.setattr(whole.press, "make", no_glyph)
    with refused(Failure.GLYPH_MISSING):
        signed(desk, made)
    assert desk.case(case).status is CaseStatus.RECEIVED
    assert [p.id for p in desk.proposals()] == [made.id]
    assert events(whole, EventKind.CASE_NOT_ACCEPTED) == []
    assert desk.visit() is not None


def test_an_edit_after_the_proposal_ends_it(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, REFUSE)
    desk.see_original("id_father", seen=True)
    assert desk.proposals()[0].changed
    with refused(Failure.PROPOSAL_CHANGED):
        signed(desk, made)
    assert desk.proposals() == ()
    with refused(Failure.STEP_NOT_ALLOWED):
        signed(desk, made)


def test_a_hash_that_was_not_shown_is_not_signed(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, REFUSE)
    with refused(Failure.PROPOSAL_CHANGED):
        desk.approve(made.id, "0" * 64, "supervisor", PASSWORD)


def test_reopening_by_two_brings_back_what_was_filled_in(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    signed(desk, desk.propose(case, VOID))
    assert desk.case(case).status is CaseStatus.VOIDED
    assert desk.drafts() == ()
    signed(desk, desk.propose(case, REOPEN), "supervisor2")
    assert desk.case(case).status is CaseStatus.RECEIVED
    desk.resume(case)
    desk.see_original("id_father", seen=True)
    view, _ = desk.accept()
    assert view.status is CaseStatus.ACCEPTED


def test_a_tolerated_paper_lets_the_case_be_accepted_and_carries_its_second_person(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    whole.never_stale()
    with refused(Failure.GAPS_LEFT):
        desk.accept()
    ((paper, _, last),) = desk.proposal_options(case).papers
    assert paper == "id_father"
    wish = Wish(
        ProposalKind.TOLERATE, Reason.SECONDARY_PAPER, "父亲出差，月底补来", material=paper, until=last
    )
    for bad in (
        replace(wish, until=last + timedelta(days=1)),
        replace(wish, until=date(2020, 1, 1)),
        replace(wish, until=None),
        replace(wish, material="household_book_mother"),
    ):
        with refused(Failure.NOT_TOLERABLE):
            desk.propose(case, bad)
    signed(desk, desk.propose(case, wish))
    view = desk.visit()
    assert view is not None
    assert next(m.how for m in view.materials if m.id == paper) is MaterialHow.TOLERATED
    began, whole.clock.at = whole.clock.at, whole.clock.at + timedelta(days=60)
    with refused(Failure.GAPS_LEFT):  # its day has passed
        desk.accept()
    whole.clock.at = began
    done, _ = desk.accept()
    assert done.status is CaseStatus.ACCEPTED
    (told,) = events(whole, EventKind.CASE_ACCEPTED)
    (tolerance,) = decode(CaseAccepted, told.envelope.body).tolerances
    assert (tolerance.material, tolerance.until, tolerance.approval.approver) == (paper, last, "supervisor")


def test_a_paper_that_is_marked_as_tolerated_without_a_second_person_is_not_accepted(
    whole: WholeDesk,
) -> None:
    desk, case = whole.desk, received(whole)
    with whole.unit() as unit:
        draft = next(v for v in unit.drafts.all() if v.case == case)
        paper = replace(next(iter(draft.papers.values()), _PAPER), how=MaterialHow.TOLERATED)
        unit.drafts.save(replace(draft, papers={**draft.papers, "id_father": paper}))
        unit.commit()
    desk.resume(case)
    with refused(Failure.GAPS_LEFT):
        desk.accept()


def test_offline_only_what_the_hall_allows_is_signed(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, VOID)
    whole.hall.down = True
    with refused(Failure.APPROVAL_NEEDS_HALL):
        signed(desk, made)
    assert [p.id for p in desk.proposals()] == [made.id]
    with whole.unit() as unit:
        held = unit.station.staff_list()
        assert held is not None
        unit.station.take_staff(replace(held, policy=StaffPolicy(offline_approvals=("void",))))
        unit.commit()
    signed(desk, made)
    assert desk.case(case).status is CaseStatus.VOIDED


def test_one_takes_back_ones_own_and_a_supervisor_sends_back(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made, other = desk.propose(case, REFUSE), desk.propose(case, VOID)
    assert [p.id for p in desk.withdraw(made.id)] == [other.id]
    desk.sign_out()
    desk.sign_in("supervisor", PASSWORD)
    assert desk.proposals()[0].may_sign
    with refused(Failure.ROLE_MISSING):
        desk.withdraw(other.id)
    assert desk.decline(other.id) == ()
    with refused(Failure.STEP_NOT_ALLOWED):
        signed(desk, other)


def test_five_wrong_passwords_at_the_tray_lock_that_account_too(whole: WholeDesk) -> None:
    desk, case = whole.desk, received(whole)
    made = desk.propose(case, REFUSE)
    for _ in range(5):
        with refused(Failure.SIGN_IN_REFUSED):
            desk.approve(made.id, made.sha256, "supervisor", "wrong")
    with refused(Failure.SIGN_IN_LOCKED):
        signed(desk, made)
    signed(desk, made, "supervisor2")
