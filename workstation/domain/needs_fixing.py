"""Why the hall did not take a step, by its code: what kind of trouble that is, and what a person here may do about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Advice(StrEnum):
    """The kinds of trouble; each has one remedy in words (ui/words/needs_fixing)."""

    PAPERS = "papers"  # correct the case, then do the step anew
    HALL_DECIDED = "hall_decided"  # the case went on without this step
    STAFF = "staff"  # who did it might not, by the hall's list
    TWO_PERSONS = "two_persons"  # the signature of the second person does not hold
    IDENTITY = "identity"  # this device and its numbers are not what the hall knows
    PROGRAM = "program"  # sides of different versions, or a damaged envelope
    SIZE = "size"


class Act(StrEnum):
    """What the tray offers."""

    RETRY = "retry"  # send the same step once more
    OPEN_CASE = "open_case"
    TAKE_HALLS_WORD = "take_halls_word"  # set the unsent steps of the case aside, with a record
    ASK_HALL = "ask_hall"  # ring the hall's administrator with the number of the event
    RE_ENROL = "re_enrol"


# What may be done is said once per kind; the first is what the tray proposes.
ACTS: Mapping[Advice, tuple[Act, ...]] = {
    Advice.PAPERS: (Act.TAKE_HALLS_WORD, Act.OPEN_CASE, Act.RETRY),
    Advice.HALL_DECIDED: (Act.TAKE_HALLS_WORD, Act.OPEN_CASE, Act.ASK_HALL),
    Advice.STAFF: (Act.ASK_HALL, Act.RETRY, Act.TAKE_HALLS_WORD),
    Advice.TWO_PERSONS: (Act.TAKE_HALLS_WORD, Act.OPEN_CASE, Act.ASK_HALL),
    Advice.IDENTITY: (Act.RE_ENROL, Act.ASK_HALL, Act.RETRY),
    Advice.PROGRAM: (Act.ASK_HALL, Act.RETRY),
    Advice.SIZE: (Act.ASK_HALL, Act.RETRY, Act.TAKE_HALLS_WORD),
}

# Every code that the hall can answer for an event, and those that the station gives itself.
# tests/unit/test_needs_fixing.py reads them out of the hall's own source.
ADVICE: Mapping[str, Advice] = {
    # what the case is and is not ready for
    "rule_unmet": Advice.PAPERS,
    "person_needed": Advice.PAPERS,
    "tolerance_missing": Advice.PAPERS,
    "tolerance_past": Advice.PAPERS,
    "tolerance_too_long": Advice.PAPERS,
    "words": Advice.PAPERS,
    "no_items": Advice.PAPERS,
    # the case went on otherwise
    "case_known": Advice.HALL_DECIDED,
    "taken": Advice.HALL_DECIDED,
    "case_unknown": Advice.HALL_DECIDED,
    "other_station": Advice.HALL_DECIDED,
    "accepted_already": Advice.HALL_DECIDED,
    "closed": Advice.HALL_DECIDED,
    "not_accepted": Advice.HALL_DECIDED,
    "forwarded": Advice.HALL_DECIDED,
    "not_forwarded": Advice.HALL_DECIDED,
    "papers_taken": Advice.HALL_DECIDED,
    "papers_not_taken": Advice.PAPERS,
    "office_unknown": Advice.PROGRAM,
    "collected": Advice.HALL_DECIDED,
    "order_open": Advice.HALL_DECIDED,
    "order_over": Advice.HALL_DECIDED,
    "receiver": Advice.PAPERS,
    "not_closed": Advice.HALL_DECIDED,
    "not_received": Advice.HALL_DECIDED,
    "not_open": Advice.HALL_DECIDED,
    "dispute_known": Advice.HALL_DECIDED,
    "lookup_unknown": Advice.HALL_DECIDED,
    "not_correcting": Advice.HALL_DECIDED,
    "correcting": Advice.HALL_DECIDED,
    "not_decided": Advice.HALL_DECIDED,
    "decided_already": Advice.HALL_DECIDED,
    "limit_running": Advice.HALL_DECIDED,
    "version": Advice.HALL_DECIDED,
    "correction_limit": Advice.PAPERS,
    # who did it
    "actor": Advice.STAFF,
    "role": Advice.STAFF,
    "station_level": Advice.STAFF,
    # two persons
    "same_person": Advice.TWO_PERSONS,
    "approval_credential": Advice.TWO_PERSONS,
    "approval_hash": Advice.TWO_PERSONS,
    "approval_other": Advice.TWO_PERSONS,
    "approval_used": Advice.TWO_PERSONS,
    # the device and its chain
    "id_reused": Advice.IDENTITY,
    "seq_reused": Advice.IDENTITY,
    "chain_broken": Advice.IDENTITY,
    # 好差评: what cannot be kept a second time, or is not what it says
    "evaluation_known": Advice.HALL_DECIDED,
    "evaluation_clerk": Advice.STAFF,
    "evaluation_sealed": Advice.PROGRAM,
    # the sides do not understand each other
    "malformed": Advice.PROGRAM,
    "hash": Advice.PROGRAM,
    "algorithm": Advice.PROGRAM,
    "kind_unknown": Advice.PROGRAM,
    "hall_broke": Advice.PROGRAM,
    "conflict": Advice.PROGRAM,  # a hall that gives no code
    "rejected": Advice.PROGRAM,
    "too_large": Advice.SIZE,
}


def advice_for(code: str) -> Advice:
    """Return the kind of trouble; a code of a newer hall is one of versions."""
    return ADVICE.get(code, Advice.PROGRAM)
