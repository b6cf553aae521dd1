"""The gate on acceptance: what may stand in the place of an answered check, in one table, without exception.

No path accepts while a rule is unmet and its paper does not stand otherwise (domain.md 4.1: never a silent pass). The
hall has a lock of its own (`hall/acceptance.py`); a test holds both to the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.model import Material, VerificationRule
from wire.messages import MaterialHow, Outcome
from workstation.domain.verification import OWED


class Bar(StrEnum):
    """Why a paper does not stand."""

    MISSING = "missing"
    NOT_REPLACEABLE = "not_replaceable"  # nothing of the kind replaces this paper
    RULE_UNMET = "rule_unmet"  # the register did not say what the rule needs
    NOT_WITNESSED = "not_witnessed"  # nobody is named who saw the original, or the signature
    NO_SCAN = "no_scan"
    NOT_TOLERABLE = "not_tolerable"
    NOT_COMMITTABLE = "not_committable"
    NO_PROMISE = "no_promise"  # no promise was printed to be signed
    NOT_OWED = "not_owed"  # no department owes an answer
    NO_DEADLINE = "no_deadline"
    DEADLINE_PASSED = "deadline_passed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One paper as it stands when somebody wants to accept."""

    material: Material
    how: MaterialHow
    scans: int = 0
    witnessed: bool = False
    sheet: str = ""  # serial of the promise
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One wanted check and the answer that counts for it now: outcome None when there is none."""

    rule: VerificationRule
    outcome: Outcome | None = None
    evidence_no: str = ""
    disputed: bool = False
    by_hall: bool = True

    @property
    def met(self) -> bool:
        """Say whether the register said what the rule needs, with a number to prove it, and nobody doubts it."""
        said = self.outcome is not None and self.outcome.value in self.rule.satisfied_by
        return said and bool(self.evidence_no) and not self.disputed

    @property
    def owed(self) -> bool:
        """Say whether the hall has asked and a department owes the answer."""
        return self.outcome in OWED and self.by_hall and not self.disputed


Rules = Mapping[str, Asked]  # wanted checks by rule id


def bar_of(paper: Standing, rules: Rules, today: date) -> Bar | None:
    """Say why a paper does not stand, None when it does."""
    return _TABLE[paper.how](paper, rules, today)


def bars(papers: Iterable[Standing], rules: Rules, today: date) -> tuple[tuple[str, Bar], ...]:
    """Return what stands against accepting, by material or rule id; () opens the gate.

    A required paper must stand. A rule must be met, or the paper it would have saved must stand in its own right.
    """
    by_id = {paper.material.id: paper for paper in papers}
    found = {
        paper.material.id: bar
        for paper in by_id.values()
        if (bar := bar_of(paper, rules, today)) and (paper.material.required or paper.how not in _NOTHING)
    }
    unmet = {
        asked.rule.id: Bar.RULE_UNMET
        for asked in rules.values()
        if not asked.met and not _stands_itself(by_id.get(asked.rule.fallback), rules, today)
    }
    return (*found.items(), *unmet.items())


def _stands_itself(paper: Standing | None, rules: Rules, today: date) -> bool:
    return paper is not None and paper.how in IN_ITS_OWN_RIGHT and bar_of(paper, rules, today) is None


_NOTHING = frozenset({MaterialHow.MISSING})
# How a paper may stand while the check that would replace it is unmet; where a card stands for it nobody asks at all.
IN_ITS_OWN_RIGHT = frozenset(
    {
        MaterialHow.REPLACED_BY_CARD,
        MaterialHow.ORIGINAL_SEEN,
        MaterialHow.SCANNED,
        MaterialHow.TOLERATED,
        MaterialHow.COMMITTED,
        MaterialHow.PENDING,
    }
)


def _by_card(paper: Standing, _: Rules, __: date) -> Bar | None:
    replaceable = any(by.startswith("card:") for by in paper.material.replaced_by)
    return None if replaceable else Bar.NOT_REPLACEABLE


def _by_verification(paper: Standing, rules: Rules, _: date) -> Bar | None:
    those = [rules[by] for by in paper.material.replaced_by if by in rules]
    if not those:
        return Bar.NOT_REPLACEABLE
    return None if any(asked.met for asked in those) else Bar.RULE_UNMET


def _seen(paper: Standing, _: Rules, __: date) -> Bar | None:
    return None if paper.witnessed else Bar.NOT_WITNESSED


def _scanned(paper: Standing, _: Rules, __: date) -> Bar | None:
    return None if paper.scans else Bar.NO_SCAN


def _tolerated(paper: Standing, _: Rules, today: date) -> Bar | None:
    if not paper.material.tolerable:
        return Bar.NOT_TOLERABLE
    return Bar.DEADLINE_PASSED if paper.until is not None and paper.until < today else None


def _committed(paper: Standing, _: Rules, __: date) -> Bar | None:
    if not paper.material.commitment:
        return Bar.NOT_COMMITTABLE
    if not paper.sheet:
        return Bar.NO_PROMISE
    return None if paper.witnessed else Bar.NOT_WITNESSED


def _pending(paper: Standing, rules: Rules, today: date) -> Bar | None:
    if not any(rules[by].owed for by in paper.material.replaced_by if by in rules):
        return Bar.NOT_OWED
    if paper.until is None:
        return Bar.NO_DEADLINE
    return Bar.DEADLINE_PASSED if paper.until < today else None


def _missing(_: Standing, __: Rules, ___: date) -> Bar | None:
    return Bar.MISSING


_TABLE: Mapping[MaterialHow, Callable[[Standing, Rules, date], Bar | None]] = {
    MaterialHow.REPLACED_BY_CARD: _by_card,
    MaterialHow.REPLACED_BY_VERIFICATION: _by_verification,
    MaterialHow.ORIGINAL_SEEN: _seen,
    MaterialHow.SCANNED: _scanned,
    MaterialHow.TOLERATED: _tolerated,
    MaterialHow.COMMITTED: _committed,
    MaterialHow.PENDING: _pending,
    MaterialHow.MISSING: _missing,
}
