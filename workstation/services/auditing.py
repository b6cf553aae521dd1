"""审计: who saw or asked what, when and why, and how the chain stands with the hall. Changes nothing of any case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from catalogue.model import Catalogue, Text, VerificationRule
from wire.messages import Alarm
from workstation.domain.audit import AuditEntry, AuditFilter
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Unit
from workstation.services.seat import Seat, chain_trouble
from workstation.services.views import AuditLine, AuditView


class Auditing(Seat):
    """What an auditor can do; every look is itself a deed in the chain."""

    def audit_state(self) -> AuditView:
        """See DeskApi."""
        self._gate.may(Deed.AUDIT_READ)
        with self._gate.open_unit() as unit:
            return self._audit_view(unit)

    def audit_search(self, wanted: AuditFilter) -> tuple[int, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.AUDIT_READ)
        with self._gate.open_unit() as unit:
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.AUDIT_READ, note=_said(wanted))
            found = unit.audit.search(wanted)
            unit.commit()
        return found

    def audit_lines(self, seqs: Sequence[int]) -> tuple[AuditLine, ...]:
        """See DeskApi."""
        self._gate.may(Deed.AUDIT_READ)
        with self._gate.open_unit() as unit:
            entries = unit.audit.lines(seqs)
        catalogue = self._rooms.catalogues.current()
        return tuple(_line(entry, catalogue) for entry in entries)

    def audit_export(self, path: str) -> tuple[str, int]:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.AUDIT_EXPORTED)
        out = Path(path).expanduser()
        with self._gate.open_unit() as unit:
            unit.audit.note(at=self._now(), actor=clerk.login, deed=Deed.AUDIT_EXPORTED)
            unit.commit()
        return str(out), self._gate.store.export_audit(out, self._now())

    def alarms(self) -> tuple[Alarm, ...]:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.AUDIT_READ)
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.hall.alarms(clerk.login)

    def _audit_view(self, unit: Unit) -> AuditView:
        head, stamp = unit.audit.head(), unit.audit.stamp()
        stamped = stamp.seq if stamp is not None else 0
        oldest = unit.audit.entry(stamped + 1)
        entries = head.seq if head is not None else 0
        return AuditView(
            standing=self._chain_standing(unit),
            trouble=chain_trouble(unit),
            entries=entries,
            exposed=max(entries - stamped, 0),
            exposed_since=oldest.at if oldest is not None else None,
            stamped_seq=stamped,
            stamped_at=stamp.at if stamp is not None else None,
            actors=unit.audit.actors(),
        )


def _said(wanted: AuditFilter) -> str:
    """Say what was looked for, as ids and codes."""
    parts = {
        "since": today_at(wanted.since).isoformat() if wanted.since else "",
        "until": today_at(wanted.until).isoformat() if wanted.until else "",
        "actor": wanted.actor,
        # What is typed may be anything, a name too: only what has the form of an id or receipt number is written down.
        "case": wanted.case if wanted.case.isascii() and _is_id(wanted.case) else "?" if wanted.case else "",
        "deeds": ",".join(deed.value for deed in wanted.deeds),
    }
    return " ".join(f"{name}={value}" for name, value in parts.items() if value)


def _is_id(text: str) -> bool:
    """Tell a case id (UUID) or receipt number (20 and more characters) from a citizen's number (18)."""
    return len(text) > 18 and all(c.isalnum() or c == "-" for c in text)


def _line(entry: AuditEntry, catalogue: Catalogue) -> AuditLine:
    note, asked, why = entry.note, None, None
    if entry.deed is Deed.ASKED:
        rule_id, item, purpose = (entry.note.split(" ", 2) + [""] * 3)[:3]
        note, asked, why = "", *_asked(catalogue, item, rule_id, purpose)
    if entry.deed in {Deed.VERIFIED, Deed.ASKED_AGAIN} and not entry.note.endswith(" lapsed"):
        # As verify_status.told_of writes it: rule, outcome, evidence number, item, purpose; older entries end earlier.
        rule_id, outcome, evidence, item, purpose = (entry.note.split(" ", 4) + [""] * 5)[:5]
        note = f"{outcome} {evidence}".strip()
        asked, why = _asked(catalogue, item, rule_id, purpose)
    if entry.deed in {Deed.REVEALED, Deed.CHANGED_TRUSTED_VALUE} and entry.note in catalogue.elements:
        asked, note = catalogue.elements[entry.note].label, ""
    return AuditLine(entry.seq, entry.at, entry.actor, entry.deed, entry.case, note, asked, why)


def _asked(catalogue: Catalogue, item: str, rule_id: str, purpose: str) -> tuple[Text, Text | None]:
    """Name what was asked and why; what the catalogue does not have any more keeps its id, and the purpose it was asked for."""
    rule = _rule(catalogue, item, rule_id)
    if rule is not None:
        return rule.title, rule.purpose
    return Text(rule_id, rule_id), Text(purpose, purpose) if purpose else None


def _rule(catalogue: Catalogue, item: str, rule: str) -> VerificationRule | None:
    """Find what was asked by its item: looking through thousands of items is too slow for a screenful of lines."""
    rules = catalogue.items[item].verifications if item in catalogue.items else ()
    return next((each for each in rules if each.id == rule), None)
