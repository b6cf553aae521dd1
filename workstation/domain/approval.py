"""The two-person rule: what one person proposes for a case, frozen, and what a second one signs.

Refusals, tolerated gaps, voids and reopenings (domain.md 3.6; order 716 art. 7-12). No path lets one identity be both:
identity is the hall's id of the human being, never a login, a role or a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from wire.approval import Shown, ShownPaper
from wire.codec import decode, digest, encode
from wire.corrections import Amendment
from wire.messages import Approval, MaterialHow, StaffAccount
from wire.rights import STATION_ITSELF
from workstation.domain.case import Case, Step
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import mask_id, mask_name
from workstation.domain.visit import Visit


class ProposalKind(StrEnum):
    """What needs two persons."""

    REFUSE = "refuse"  # 不予受理
    TOLERATE = "tolerate"  # 容缺
    VOID = "void"  # 作废: received by mistake
    REOPEN = "reopen"  # 恢复办理
    RETURN = "return"  # 退件: the limit of the correction passed
    AMEND = "amend"  # 更正 of who the case is about


class Reason(StrEnum):
    """Why; each belongs to one kind. Law: 行政许可法 art. 32, 31, 78; 国办发〔2022〕 容缺受理."""

    NOT_REQUIRED = "not_required"  # the matter needs no such procedure, art. 32 (1)
    NOT_COMPETENT = "not_competent"  # another body is competent, art. 32 (2)
    NOT_CORRECTED = "not_corrected"  # told once what is missing, and not brought in time, art. 32 (4)
    FALSE_PAPERS = "false_papers"  # art. 31, 78
    SECONDARY_PAPER = "secondary_paper"  # main papers complete, a secondary one follows
    WRONG_PERSON = "wrong_person"
    WRONG_ITEM = "wrong_item"
    TWICE = "twice"  # the same matter was received already
    DECIDED_BY_MISTAKE = "decided_by_mistake"
    OBSTACLE_GONE = "obstacle_gone"
    LIMIT_PASSED = "limit_passed"  # the correction was not brought in time
    WRITTEN_WRONG = "written_wrong"  # what the receipt says of the applicant is not what the document says


REASONS: Mapping[ProposalKind, tuple[Reason, ...]] = {
    ProposalKind.REFUSE: (
        Reason.NOT_REQUIRED,
        Reason.NOT_COMPETENT,
        Reason.NOT_CORRECTED,
        Reason.FALSE_PAPERS,
    ),
    ProposalKind.TOLERATE: (Reason.SECONDARY_PAPER,),
    ProposalKind.VOID: (Reason.WRONG_PERSON, Reason.WRONG_ITEM, Reason.TWICE),
    ProposalKind.REOPEN: (Reason.DECIDED_BY_MISTAKE, Reason.OBSTACLE_GONE),
    ProposalKind.RETURN: (Reason.LIMIT_PASSED,),
    ProposalKind.AMEND: (Reason.WRITTEN_WRONG,),
}
DEEDS: Mapping[ProposalKind, Deed] = {
    ProposalKind.REFUSE: Deed.NOT_ACCEPTED,
    ProposalKind.TOLERATE: Deed.TOLERATED,
    ProposalKind.VOID: Deed.VOIDED,
    ProposalKind.REOPEN: Deed.REOPENED,
    ProposalKind.RETURN: Deed.RETURNED,
    ProposalKind.AMEND: Deed.AMENDED,
}
STEPS: Mapping[ProposalKind, Step] = {  # of wire/lifecycle.py
    ProposalKind.REFUSE: Step.REFUSE,
    ProposalKind.TOLERATE: Step.TOLERATE,
    ProposalKind.VOID: Step.VOID,
    ProposalKind.REOPEN: Step.REOPEN,
    ProposalKind.RETURN: Step.RETURN,
    ProposalKind.AMEND: Step.AMEND,
}
LEAST_TEXT = 6  # characters that say something about this case


class ProposalState(StrEnum):
    """What became of a proposal. Only an open one can be signed, once."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STALE = "stale"  # case or draft changed after it was made


@dataclass(frozen=True, slots=True)
class Wish:
    """What the first person wants. `material` and `until` belong to TOLERATE, `competent_body` to NOT_COMPETENT."""

    kind: ProposalKind
    reason: Reason
    text: str
    competent_body: str = ""
    material: str = ""
    until: date | None = None
    changes: tuple[Amendment, ...] = ()  # of AMEND


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sealed wish. `shown` is the canonical JSON of wire.approval.Shown, `sha256` its hash.

    `person` is who proposed, by the hall's id; `draft` is the draft that a refusal or void put away.
    """

    id: str
    kind: ProposalKind
    case: str
    shown: str
    sha256: str
    proposer: str  # login
    person: str
    proposed_at: datetime
    state: ProposalState = ProposalState.OPEN
    approval: Approval | None = None
    draft: Visit | None = None

    @property
    def view(self) -> Shown:
        """What was shown, as values. Raises Malformed for what was tampered with."""
        return decode(Shown, self.shown)


@dataclass(frozen=True, slots=True)
class Signature:
    """How the second person proved who they are: "password", or "card" with what the card signed."""

    credential: str
    at: datetime
    value: str = ""


def state_of(case: Case, draft: Visit | None) -> str:
    """Hash everything that was said of a case. What the hall adds (number, revision) and prints change nothing of it."""
    said = replace(case, prints={}, rev=0, rev_epoch="", project_no=None, offline=False, provisional=False)
    return digest(encode({"case": said, "draft": draft}))


def propose(
    wish: Wish,
    case: Case,
    draft: Visit | None,
    clerk: Clerk,
    *,
    id: str,  # noqa: A002 - the name of the value's field
    at: datetime,
) -> Proposal:
    """Freeze a wish over the case as it stands.

    Raises Refused(ROLE_MISSING | STEP_NOT_ALLOWED | REASON_NEEDED).
    """
    if not clerk.may(DEEDS[wish.kind]):
        raise Refused(Failure.ROLE_MISSING)
    case.after(STEPS[wish.kind])
    hold_reason(wish)
    shown = encode(_show(wish, case, draft, clerk, id, at))
    return Proposal(id, wish.kind, case.id, shown, digest(shown), clerk.login, clerk.person, at)


def by_station(
    wish: Wish,
    case: Case,
    draft: Visit | None,
    *,
    id: str,  # noqa: A002 - the name of the value's field
    at: datetime,
) -> Proposal:
    """Freeze what the station's own timer proposes: a return, and nothing else. Raises Refused(STEP_NOT_ALLOWED).

    No human being stands behind it, so the second person is the only one, and whoever signs sees by the limit why.
    """
    if wish.kind is not ProposalKind.RETURN:
        raise ValueError(wish.kind)
    case.after(STEPS[wish.kind])
    itself = Clerk(STATION_ITSELF, "", (), "", STATION_ITSELF)
    shown = encode(_show(wish, case, draft, itself, id, at))
    return Proposal(id, wish.kind, case.id, shown, digest(shown), itself.login, itself.person, at)


def hold_reason(wish: Wish) -> None:
    """Let a wish pass that says why in a code of its kind and in words. Raises Refused(REASON_NEEDED)."""
    says = wish.reason in REASONS[wish.kind] and len(wish.text.strip()) >= LEAST_TEXT
    body = wish.reason is not Reason.NOT_COMPETENT or bool(wish.competent_body.strip())
    if not says or not body:
        raise Refused(Failure.REASON_NEEDED, least=str(LEAST_TEXT))


def _show(wish: Wish, case: Case, draft: Visit | None, clerk: Clerk, id: str, at: datetime) -> Shown:  # noqa: A002
    return Shown(
        proposal=id,
        kind=wish.kind.value,
        case=case.id,
        receipt_no=case.receipt_no,
        title=case.bundle or case.sub_cases[0].item,
        items=tuple(sub.item for sub in case.sub_cases),
        applicant=mask_name(case.applicant.name),
        applicant_id=mask_id(case.applicant.id_no),
        status=case.status.value,
        papers=tuple(ShownPaper(m.material, m.how.value) for m in case.materials),
        state=state_of(case, draft),
        reason=wish.reason.value,
        text=wish.text.strip(),
        competent_body=wish.competent_body.strip(),
        material=wish.material,
        until=wish.until,
        proposer=clerk.login,
        proposed_at=at,
        changes=wish.changes,
    )


def approve(
    proposal: Proposal,
    seen: str,
    case: Case,
    draft: Visit | None,
    first: StaffAccount,
    second: StaffAccount,
    *,
    signature: Signature,
    level: str,
) -> Proposal:
    """Let a second person sign. `seen` is the hash of what their screen showed.

    Raises Refused(STEP_NOT_ALLOWED) for a proposal that is not open, PROPOSAL_CHANGED when case, draft or proposal are
    not what was shown, SAME_PERSON, ROLE_MISSING.
    """
    hold_open(proposal)
    hold_unchanged(proposal, seen, case, draft)
    hold_second(proposal, first, second)
    hold_right(second, level)
    hold_order(proposal, signature)
    approval = Approval(
        proposal=proposal.id,
        kind=proposal.kind.value,
        shown=proposal.shown,
        sha256=proposal.sha256,
        proposer=proposal.proposer,
        proposed_at=proposal.proposed_at,
        approver=second.login,
        approved_at=signature.at,
        credential=signature.credential,
        signature=signature.value,
    )
    return replace(proposal, state=ProposalState.APPROVED, approval=approval)


def hold_open(proposal: Proposal) -> None:
    """A proposal is signed once, and never after it was declined or taken back. Raises Refused(STEP_NOT_ALLOWED)."""
    if proposal.state is not ProposalState.OPEN:
        raise Refused(Failure.STEP_NOT_ALLOWED, status=proposal.state.value)


def hold_unchanged(proposal: Proposal, seen: str, case: Case, draft: Visit | None) -> None:
    """What is signed is what was shown, and it is still so. Raises Refused(PROPOSAL_CHANGED)."""
    shown = proposal.view
    whole = digest(proposal.shown) == proposal.sha256 == seen
    own = (shown.proposal, shown.kind, shown.case) == (proposal.id, proposal.kind.value, case.id)
    if not whole or not own or shown.proposer != proposal.proposer or shown.state != state_of(case, draft):
        raise Refused(Failure.PROPOSAL_CHANGED)


def hold_second(proposal: Proposal, first: StaffAccount, second: StaffAccount) -> None:
    """Two human beings. An account without the hall's id of its person can be neither. Raises Refused(SAME_PERSON)."""
    persons = {proposal.person, first.person}
    alike = second.login == proposal.proposer or second.person in persons or not second.person
    cards = first.card_key is not None and first.card_key == second.card_key
    if alike or cards or "" in persons:
        raise Refused(Failure.SAME_PERSON)


def hold_right(second: StaffAccount, level: str) -> None:
    """Only whoever may sign signs. Raises Refused(ROLE_MISSING)."""
    who = Clerk(second.login, second.name, second.roles, second.window, second.person, level)
    if not who.may(Deed.APPROVED):
        raise Refused(Failure.ROLE_MISSING)


def hold_order(proposal: Proposal, signature: Signature) -> None:
    """Nobody signs what was not proposed yet. Raises Refused(CLOCK_SET_BACK)."""
    if signature.at < proposal.proposed_at:
        raise Refused(Failure.CLOCK_SET_BACK)


def tolerated(case: Case, shown: Shown, approval: Approval) -> Case:
    """容缺: the paper may come until the day. Raises Refused(STEP_NOT_ALLOWED) when it is not missing (any more)."""
    if shown.until is None or not any(
        m.material == shown.material and m.how is MaterialHow.MISSING for m in case.materials
    ):
        raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
    return case.tolerate(shown.material, shown.until, approval)
