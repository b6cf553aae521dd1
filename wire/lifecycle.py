"""One table of where a case is and what may follow: desk and hall ask it before every step, tests and docs come from it.

Pure data (domain.md 1, 3.6). What a guard looks at stands beside the step, at the counter and again at the hall; here it has
its name, so that the table says all that a step needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wire.messages import EventKind, SubCaseState


class CaseStatus(StrEnum):
    """Where a case is (domain.md 1, 3.6). Receipt is not acceptance."""

    DRAFT = "draft"  # a talk at the counter; there is no case yet
    RECEIVED = "received"  # 收件
    CORRECTION_REQUIRED = "correction_required"  # 补正告知: the case waits for the applicant
    CORRECTION_RECEIVED = "correction_received"  # 补正已收
    ACCEPTED = "accepted"  # 受理
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    DISPATCHED = "dispatched"  # 已分发
    IN_REVIEW = "in_review"  # a department has begun
    SUSPENDED = "suspended"  # 特别程序: the clock of every item under way stands still
    DECIDED = "decided"  # 已办结, the result slip may be printed
    READY_FOR_PICKUP = "ready_for_pickup"  # 待领取
    DELIVERED = "delivered"  # 已领取
    ARCHIVED = "archived"  # 已归档
    VOIDED = "voided"  # 作废: received by mistake
    RETURNED = "returned"  # 退件: the limit of the correction passed
    WITHDRAWN = "withdrawn"  # 撤回: by the applicant's signed request


class Actor(StrEnum):
    """Who may do a step. PAIR is one who proposes and another who signs."""

    CLERK = "clerk"
    AGENT = "agent"  # of a community station
    PAIR = "pair"  # a person and a supervisor as the second one
    TIMER = "timer"
    HALL = "hall"
    COURIER = "courier"  # or a locker
    SYSTEM = "system"


class Step(StrEnum):
    """What moves a case. The values are what the picture and the tests name."""

    RECEIVE = "receive"
    ASK_CORRECTION = "ask_correction"
    TAKE_CORRECTION = "take_correction"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    TOLERATE = "tolerate"
    REFUSE = "refuse"
    VOID = "void"
    RETURN = "return"
    REOPEN = "reopen"
    DISPATCH = "dispatch"
    REVIEW = "review"
    SUSPEND = "suspend"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    WITHDRAW_ITEM = "withdraw_item"
    CHANGE_PAPERS = "change_papers"
    AMEND = "amend"
    DECIDE = "decide"
    MAKE_READY = "make_ready"
    DELIVER = "deliver"
    ARCHIVE = "archive"
    FORWARD = "forward"  # 转报: another office accepts
    TAKE_PAPERS = "take_papers"  # 物料流转: that office has them


class Guard(StrEnum):
    """What has to hold beside the state, by name (domain.md 1, guards)."""

    IDENTITY = "identity"  # a person, an item, its situation
    SOMETHING_GIVEN = "something_given"  # a paper or a signed form
    ALL_GAPS_AT_ONCE = "all_gaps_at_once"  # each with reason, standard and how to fix it
    IN_FIVE_DAYS = "in_five_days"  # working days after the receipt (行政许可法 art. 32)
    ALL_GAPS_ANSWERED = "all_gaps_answered"
    LIMIT_PASSED = "limit_passed"
    REMINDED = "reminded"
    PAPERS_STAND = "papers_stand"  # no mandatory paper open (forms/acceptance.py, hall/acceptance.py)
    STREET_LEVEL = "street_level"
    HALL_REACHABLE = "hall_reachable"
    NOT_TOLD_IN_TIME = "not_told_in_time"
    REASON_AND_REMEDY = "reason_and_remedy"
    TWO_PERSONS = "two_persons"
    ROUTED = "routed"  # what waits for nothing goes to its department
    PROCEDURE = "procedure"  # kind, reason, limit, approver
    RESULT_REASONED = "result_reasoned"
    RESULT_IN_HAND = "result_in_hand"
    RECEIVER_KNOWN = "receiver_known"
    SIGNED_REQUEST = "signed_request"
    UNDECIDED = "undecided"  # the item, or every item that is left
    RISK = "risk"  # a second person where the change says who the case is about
    KEPT_LONG_ENOUGH = "kept_long_enough"
    OFFICE_ABOVE = "office_above"  # one that accepts it
    CAME_IN = "came_in"  # from another office


class Exchange(StrEnum):
    """Messages of the Guangdong norm that a step stands for (domain.md 1); NONE has none."""

    NONE = ""
    SB = "SB"
    SL = "SL"
    SPCL = "SPCL"
    BJGZ = "BJGZ"
    BJSL = "BJSL"
    TBCXSQ = "TBCXSQ"
    TBCXJG = "TBCXJG"
    BJ = "BJ"
    LQDJ = "LQDJ"


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table. `target` None: the case stays where it is. `prints` are document codes of domain.md 2."""

    step: Step
    sources: frozenset[CaseStatus]
    target: CaseStatus | None
    actors: tuple[Actor, ...]
    guards: tuple[Guard, ...] = ()
    prints: tuple[str, ...] = ()
    exchange: Exchange = Exchange.NONE
    event: EventKind | None = None  # what a station tells the hall; None: the hall tells the station

    def leads_to(self, source: CaseStatus) -> CaseStatus:
        """Return where the case is afterwards."""
        return source if self.target is None else self.target


_S, _A, _G, _X, _E = CaseStatus, Actor, Guard, Exchange, EventKind
# Received and not accepted: the counter has the case, no department has.
BEFORE_ACCEPTANCE = frozenset({_S.RECEIVED, _S.CORRECTION_REQUIRED, _S.CORRECTION_RECEIVED})
# The counter may accept it now; while the applicant is asked for a correction it waits.
ACCEPTABLE = frozenset({_S.RECEIVED, _S.CORRECTION_RECEIVED})
# Accepted and not decided: a decision is owed.
UNDER_WAY = frozenset({_S.ACCEPTED, _S.DISPATCHED, _S.IN_REVIEW, _S.SUSPENDED})
# Decided: the result is there, or has been handed out.
FINISHED = frozenset({_S.DECIDED, _S.READY_FOR_PICKUP, _S.DELIVERED, _S.ARCHIVED})
# Ended before any department decided: nothing of such a case waits, unless it is reopened.
ENDED_EARLY = frozenset({_S.NOT_ACCEPTED, _S.VOIDED, _S.RETURNED, _S.WITHDRAWN})
OPEN = BEFORE_ACCEPTANCE | UNDER_WAY


def _one(status: CaseStatus) -> frozenset[CaseStatus]:
    return frozenset({status})


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Step.RECEIVE,
        _one(_S.DRAFT),
        _S.RECEIVED,
        (_A.CLERK, _A.AGENT),
        (_G.IDENTITY, _G.SOMETHING_GIVEN),
        ("RCP",),
        _X.SB,
        _E.CASE_RECEIVED,
    ),
    Transition(
        Step.ASK_CORRECTION,
        _one(_S.RECEIVED),
        _S.CORRECTION_REQUIRED,
        (_A.CLERK,),
        (_G.ALL_GAPS_AT_ONCE, _G.IN_FIVE_DAYS, _G.STREET_LEVEL),
        ("COR",),
        _X.BJGZ,
        _E.CORRECTION_ASKED,
    ),
    Transition(
        Step.TAKE_CORRECTION,
        _one(_S.CORRECTION_REQUIRED),
        _S.CORRECTION_RECEIVED,
        (_A.CLERK, _A.AGENT),
        (_G.ALL_GAPS_ANSWERED,),
        ("COK",),
        _X.BJSL,
        _E.CORRECTION_ANSWERED,
    ),
    Transition(
        Step.RETURN,
        _one(_S.CORRECTION_REQUIRED),
        _S.RETURNED,
        (_A.TIMER, _A.PAIR),
        (_G.LIMIT_PASSED, _G.REMINDED, _G.TWO_PERSONS),
        ("RET",),
        _X.BJ,
        _E.CASE_RETURNED,
    ),
    Transition(
        Step.ACCEPT,
        ACCEPTABLE,
        _S.ACCEPTED,
        (_A.CLERK,),
        (_G.PAPERS_STAND, _G.STREET_LEVEL, _G.HALL_REACHABLE),
        ("ACC", "TOL"),
        _X.SL,
        _E.CASE_ACCEPTED,
    ),
    Transition(
        Step.DEEM_ACCEPTED,
        _one(_S.RECEIVED),
        _S.ACCEPTED,
        (_A.TIMER, _A.HALL),
        (_G.NOT_TOLD_IN_TIME,),
        ("ACC",),
        _X.SL,
    ),
    Transition(
        Step.TOLERATE,
        ACCEPTABLE,
        None,
        (_A.PAIR,),
        (_G.TWO_PERSONS, _G.STREET_LEVEL),
        ("TOL", "TLP"),
    ),
    Transition(
        Step.REFUSE,
        ACCEPTABLE,
        _S.NOT_ACCEPTED,
        (_A.PAIR,),
        (_G.REASON_AND_REMEDY, _G.TWO_PERSONS, _G.STREET_LEVEL),
        ("REF",),
        _X.SL,
        _E.CASE_NOT_ACCEPTED,
    ),
    Transition(
        Step.VOID,
        BEFORE_ACCEPTANCE,
        _S.VOIDED,
        (_A.PAIR,),
        (_G.TWO_PERSONS,),
        (),
        _X.BJ,
        _E.CASE_VOIDED,
    ),
    Transition(
        Step.REOPEN,
        frozenset({_S.NOT_ACCEPTED, _S.VOIDED, _S.RETURNED}),
        _S.RECEIVED,
        (_A.PAIR,),
        (_G.TWO_PERSONS,),
        event=_E.CASE_REOPENED,
    ),
    Transition(Step.DISPATCH, _one(_S.ACCEPTED), _S.DISPATCHED, (_A.SYSTEM, _A.HALL), (_G.ROUTED,), ("TRN",)),
    Transition(Step.REVIEW, _one(_S.DISPATCHED), _S.IN_REVIEW, (_A.HALL,), exchange=_X.SPCL),
    Transition(
        Step.SUSPEND,
        frozenset({_S.DISPATCHED, _S.IN_REVIEW}),
        _S.SUSPENDED,
        (_A.HALL,),
        (_G.PROCEDURE,),
        ("SPX", "EXT"),
        _X.TBCXSQ,
    ),
    Transition(Step.RESUME, _one(_S.SUSPENDED), _S.IN_REVIEW, (_A.HALL,), (_G.PROCEDURE,), (), _X.TBCXJG),
    Transition(
        Step.WITHDRAW,
        OPEN,
        _S.WITHDRAWN,
        (_A.CLERK, _A.AGENT),
        (_G.SIGNED_REQUEST, _G.UNDECIDED),
        ("RET",),
        _X.BJ,
        _E.CASE_WITHDRAWN,
    ),
    Transition(
        Step.WITHDRAW_ITEM,
        OPEN,
        None,
        (_A.CLERK, _A.AGENT),
        (_G.SIGNED_REQUEST, _G.UNDECIDED),
        ("RET",),
        _X.BJ,
        _E.CASE_WITHDRAWN,
    ),
    Transition(
        Step.CHANGE_PAPERS,
        UNDER_WAY | FINISHED,
        None,
        (_A.CLERK, _A.AGENT, _A.SYSTEM),
        (_G.PAPERS_STAND,),
        event=_E.PAPERS_CHANGED,
    ),
    Transition(
        Step.AMEND,
        OPEN,
        None,
        (_A.CLERK, _A.AGENT, _A.PAIR),
        (_G.RISK,),
        ("RCP",),
        event=_E.RECEIPT_AMENDED,
    ),
    Transition(
        Step.DECIDE,
        UNDER_WAY - {_S.SUSPENDED},
        _S.DECIDED,
        (_A.HALL,),
        (_G.RESULT_REASONED,),
        ("DEC", "DEN"),
        _X.BJ,
    ),
    Transition(
        Step.MAKE_READY,
        _one(_S.DECIDED),
        _S.READY_FOR_PICKUP,
        (_A.CLERK, _A.HALL),
        (_G.RESULT_IN_HAND,),
        ("FIN", "PCK"),
    ),
    Transition(
        Step.DELIVER,
        frozenset({_S.DECIDED, _S.READY_FOR_PICKUP}),
        _S.DELIVERED,
        (_A.CLERK, _A.AGENT, _A.COURIER),
        (_G.RECEIVER_KNOWN,),
        ("DLV",),
        _X.LQDJ,
        _E.RESULT_COLLECTED,
    ),
    Transition(Step.ARCHIVE, _one(_S.DELIVERED), _S.ARCHIVED, (_A.SYSTEM,), (_G.KEPT_LONG_ENOUGH,)),
    Transition(
        Step.FORWARD,
        ACCEPTABLE,
        None,
        (_A.AGENT, _A.CLERK),
        (_G.OFFICE_ABOVE,),
        ("TRN",),
        event=_E.CASE_FORWARDED,
    ),
    Transition(
        Step.TAKE_PAPERS,
        ACCEPTABLE,
        None,
        (_A.CLERK,),
        (_G.CAME_IN, _G.STREET_LEVEL),
        event=_E.PAPERS_TAKEN,
    ),
)
BY_STEP: Mapping[Step, Transition] = {each.step: each for each in TRANSITIONS}


class NoSuchStep(Exception):
    """The table has no such line: the step does not follow from where the case is."""

    def __init__(self, step: Step, source: CaseStatus) -> None:
        super().__init__(f"{step.value} from {source.value}")
        self.step, self.source = step, source


def may(step: Step, source: CaseStatus) -> bool:
    """Say whether the step follows from here."""
    return source in BY_STEP[step].sources


def follow(step: Step, source: CaseStatus) -> CaseStatus:
    """Return where the case is after the step. Raises NoSuchStep."""
    if not may(step, source):
        raise NoSuchStep(step, source)
    return BY_STEP[step].leads_to(source)


def steps_from(source: CaseStatus) -> tuple[Step, ...]:
    """Return what may follow, in the order of the table."""
    return tuple(each.step for each in TRANSITIONS if source in each.sources)


def under_way(items: Iterable[tuple[SubCaseState, bool]]) -> CaseStatus:
    """Return where an accepted case is by its undecided items: the state of each, and whether its clock stands still.

    One that a department works at moves the whole case on; it is suspended only when nothing at all goes on.
    """
    there = [(state, stands) for state, stands in items if state is not SubCaseState.DECIDED]
    begun = [(state, stands) for state, stands in there if state is not SubCaseState.WAITING]
    if not begun:
        return CaseStatus.ACCEPTED if there else CaseStatus.DISPATCHED
    if all(stands for _, stands in begun):
        return CaseStatus.SUSPENDED
    reviewed = any(state is SubCaseState.IN_REVIEW for state, _ in begun)
    return CaseStatus.IN_REVIEW if reviewed else CaseStatus.DISPATCHED


# What a case's state is called on the wire (CaseStanding, CaseStands): there it has been said in these words since before
# there was this table, and a station of then reads no others. What is under way with departments is told by its items.
_WORDS: Mapping[CaseStatus, str] = {
    _S.DISPATCHED: "accepted",
    _S.IN_REVIEW: "accepted",
    _S.SUSPENDED: "accepted",
    _S.DECIDED: "concluded",
    _S.READY_FOR_PICKUP: "concluded",
    _S.DELIVERED: "concluded",
    _S.ARCHIVED: "concluded",
}
_STATUSES: Mapping[str, CaseStatus] = {
    **{status.value: status for status in CaseStatus if status not in _WORDS and status is not _S.DRAFT},
    "concluded": _S.DECIDED,
}


def told_as(status: CaseStatus) -> str:
    """Return the word on the wire."""
    return _WORDS.get(status, status.value)


def told(word: str) -> CaseStatus | None:
    """Return what a word on the wire says, None for one that says nothing."""
    return _STATUSES.get(word)
