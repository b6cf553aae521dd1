"""The hall's own lock on acceptance: it knows the catalogue and its look-ups, and takes no station's word for either.

The same table as the station's gate (workstation/forms/acceptance.py), written a second time on purpose: a station that was
tampered with must not open both. A test holds the two to one table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from catalogue.broken import CatalogueBroken
from catalogue.model import Catalogue, Material, ServiceItem, VerificationRule
from catalogue.release import open_release
from catalogue.rules import compile_rule
from hall import evidence
from hall.database import HALL_ZONE, now
from hall.tables import releases, slips
from wire.messages import CaseAccepted, CaseReceived, MaterialHow, MaterialOnWire

# No department may owe an answer for longer: after five working days a receipt counts as acceptance anyway.
OWED_AT_MOST = timedelta(days=30)
# How a paper may stand while the check that would replace it is unmet; where a card stands for it nobody asks at all.
_IN_ITS_OWN_RIGHT = frozenset(
    {
        MaterialHow.REPLACED_BY_CARD,
        MaterialHow.ORIGINAL_SEEN,
        MaterialHow.SCANNED,
        MaterialHow.TOLERATED,
        MaterialHow.COMMITTED,
        MaterialHow.PENDING,
    }
)


class Gate:
    """Looks at an acceptance under the release of the catalogue that the case is pinned to."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        """`folder` holds the releases that were published."""
        self._current = catalogue
        self._folder = folder
        self._older: dict[str, Catalogue] = {}

    def unmet(
        self, db: Connection, case: str, received: CaseReceived, accepted: CaseAccepted
    ) -> tuple[str, ...]:
        """Return what stands against it: papers and rules by id, items that nobody has published; () when nothing does."""
        catalogue = self._of(db, received.catalogue)
        # A station whose clock is ahead must not gain a later last day for what is owed.
        at = min(accepted.accepted_at, now())
        today = at.astimezone(HALL_ZONE).date()
        values = {key: answer.value for key, answer in received.answers.items()}
        papers = {paper.material: paper for paper in accepted.materials}
        found: list[str] = []
        for order in received.sub_cases:
            item = catalogue.items.get(order.item)
            if item is None:
                found.append(order.item)
            else:
                holder = received.applicant.id_no
                found += _Look(db, case, item, values, papers, today, holder, at).unmet()
        return tuple(dict.fromkeys(found))

    def explained(
        self, db: Connection, received: CaseReceived, unmet: tuple[str, ...], papers: set[str]
    ) -> bool:
        """Say whether all that is unmet is one of these papers, or a rule whose paper is."""
        catalogue = self._of(db, received.catalogue)
        rules = {
            rule.id: rule.fallback
            for order in received.sub_cases
            if order.item in catalogue.items
            for rule in catalogue.items[order.item].verifications
        }
        return all(rules.get(each, each) in papers or each in papers for each in unmet)

    def release(self, db: Connection, version: str) -> Catalogue:
        """Return the release that a case is pinned to; the current one for a version that the hall does not have."""
        return self._of(db, version)

    def _of(self, db: Connection, version: str) -> Catalogue:
        if version in {"", self._current.version}:
            return self._current
        if version not in self._older:
            sha256 = db.scalar(select(releases.c.sha256).where(releases.c.version == version))
            path = self._folder / f"{sha256}.zip"
            try:
                self._older[version] = open_release(path)[0] if sha256 and path.is_file() else self._current
            except CatalogueBroken:
                return self._current
        return self._older[version]


class _Look:
    """One item of one case."""

    def __init__(
        self,
        db: Connection,
        case: str,
        item: ServiceItem,
        values: Mapping[str, str],
        papers: Mapping[str, MaterialOnWire],
        today: date,
        applicant: str,
        at: datetime,
    ) -> None:
        self._db, self._case, self._item = db, case, item
        self._values, self._papers, self._today = values, papers, today
        self._applicant, self._at = applicant, at
        self._rules = {rule.id: rule for rule in item.verifications}

    def unmet(self) -> Iterator[str]:
        wanted = {material.id: material for material in self._item.materials if self._is_wanted(material)}
        for material in wanted.values():
            paper = self._papers.get(material.id)
            given = paper is not None and paper.how is not MaterialHow.MISSING
            if (material.required or given) and not self._stands(material, paper):
                yield material.id
        for rule in self._rules.values():
            fallback = wanted.get(rule.fallback)
            if fallback is not None and not self._is_met(rule) and not self._stands_itself(fallback):
                yield rule.id

    def _is_wanted(self, material: Material) -> bool:
        if material.when is None:
            return True
        return compile_rule(material.when).holds(self._values, self._today, in_doubt=True)

    def _is_met(self, rule: VerificationRule) -> bool:
        return evidence.met(self._db, self._case, self._wanted(rule))

    def _wanted(self, rule: VerificationRule) -> evidence.Wanted:
        params = {name: self._values.get(key, "") for name, key in rule.query.items()}
        return evidence.Wanted(rule.id, rule.satisfied_by, evidence.about_of(self._db, params), self._at)

    def _stands_itself(self, material: Material) -> bool:
        paper = self._papers.get(material.id)
        return paper is not None and paper.how in _IN_ITS_OWN_RIGHT and self._stands(material, paper)

    def _stands(self, material: Material, paper: MaterialOnWire | None) -> bool:  # noqa: PLR0911 - the table
        if paper is None or paper.how is MaterialHow.MISSING:
            return False
        number = paper.evidence or ""
        if paper.how is MaterialHow.REPLACED_BY_CARD:
            return any(self._is_card_holder(by) for by in material.replaced_by)
        if paper.how is MaterialHow.REPLACED_BY_VERIFICATION:
            those = map(self._wanted, self._replacing(material))
            return evidence.proves(self._db, self._case, number, those)
        if paper.how is MaterialHow.SCANNED:
            return bool(paper.blobs)
        if paper.how is MaterialHow.TOLERATED:
            return material.tolerable and (paper.until is None or paper.until >= self._today)
        if paper.how is MaterialHow.COMMITTED:
            return material.commitment and self._is_sheet_of_case(number)
        if paper.how is MaterialHow.PENDING:
            return self._is_owed(material, paper.until)
        return paper.how is MaterialHow.ORIGINAL_SEEN

    def _is_card_holder(self, by: str) -> bool:
        """Say whether the card at the desk, which is the applicant's, is that person's of the form."""
        subject = by.removeprefix("card:")
        return by != subject and self._values.get(f"{subject}.id_no") == self._applicant

    def _replacing(self, material: Material) -> list[VerificationRule]:
        return [self._rules[by] for by in material.replaced_by if by in self._rules]

    def _is_owed(self, material: Material, until: date | None) -> bool:
        if until is None or not self._today <= until <= self._today + OWED_AT_MOST:
            return False
        those = map(self._wanted, self._replacing(material))
        return any(evidence.owed(self._db, self._case, each) for each in those)

    def _is_sheet_of_case(self, serial: str) -> bool:
        """Say whether the station told of this promise when it was printed."""
        found = select(slips.c.serial).where(slips.c.serial == serial, slips.c.case == self._case)
        return "COM" in serial and self._db.execute(found).first() is not None
