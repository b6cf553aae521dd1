"""督办: what one person proposes and another signs - refusals, tolerated gaps, voids, reopenings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from catalogue.model import Catalogue, Text
from wire.approval import text_of
from wire.corrections import Amendment
from wire.keys import b64, new_id
from wire.messages import MaterialHow
from workstation.domain import approval as rule
from workstation.domain.approval import (
    DEEDS,
    STEPS,
    Proposal,
    ProposalKind,
    ProposalState,
    Reason,
    Signature,
    Wish,
)
from workstation.domain.case import Case, CaseStatus, Step
from workstation.domain.clerk import Deed
from workstation.domain.counter_time import today_at
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.forms.model import Form
from workstation.services.accept_case import promises
from workstation.services.amend_receipt import hold_changes, label_of
from workstation.services.approve import approve, draft_of, end_stale, hold_passed
from workstation.services.credentials import Given, check_password, hold_time
from workstation.services.forward_case import hold_here
from workstation.services.hold_acceptance import form_of
from workstation.services.ports import Unit
from workstation.services.print_document import item_name, title_of
from workstation.services.print_slip import NEEDS
from workstation.services.views import CaseView, PrintView, ProposalOptions, ProposalView
from workstation.services.worklist import Worklist

# What comes out of the printer once the second person has signed.
_SHEETS = {
    ProposalKind.REFUSE: SlipKind.REFUSAL,
    ProposalKind.AMEND: SlipKind.RECEIPT,
    ProposalKind.RETURN: SlipKind.RETURN,
}


class SecondPerson(Worklist):
    """What needs two persons. No verb here does a deed for one alone."""

    def proposals(self) -> tuple[ProposalView, ...]:
        """See DeskApi."""
        self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            return tuple(self._show_proposal(each, unit) for each in unit.proposals.open())

    def proposal_options(self, case: str) -> ProposalOptions:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            papers = self._tolerable(found, unit) if found.may(Step.TOLERATE) else {}
        kinds = tuple(k for k in ProposalKind if clerk.may(DEEDS[k]) and found.may(STEPS[k]))
        # A 更正 begins with what is to be changed (StepsPage), a return with a limit that has passed.
        asked = found.correction
        early = asked is None or today_at(self._now()) <= asked.until
        unfit = {ProposalKind.AMEND, *({ProposalKind.RETURN} if early else ())}
        kinds = tuple(kind for kind in kinds if kind not in unfit)
        if ProposalKind.TOLERATE not in kinds or not papers:
            papers = {}
            kinds = tuple(kind for kind in kinds if kind is not ProposalKind.TOLERATE)
        names = _paper_names(found, self._catalogue_of_case(found))
        return ProposalOptions(kinds, tuple((paper, names[paper], last) for paper, last in papers.items()))

    def propose(self, case: str, wish: Wish) -> ProposalView:
        """See DeskApi."""
        clerk = self._gate.may(DEEDS[wish.kind])
        self._hold_alone(DEEDS[wish.kind], case)
        at = self._now()
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            hold_here(found, self._gate.enrolment.station)
            if wish.kind is ProposalKind.TOLERATE:
                self._hold_tolerable(found, wish, unit)
            else:
                wish = replace(wish, material="", until=None)
            wish = replace(wish, changes=self._changes(found, wish, today_at(at)))
            if wish.kind is ProposalKind.RETURN:
                hold_passed(found, at)
            made = rule.propose(wish, found, draft_of(unit, case), clerk, id=new_id(), at=at)
            unit.proposals.add(made)
            note = f"{made.id} {wish.kind.value} {wish.reason.value}"
            unit.audit.note(at=at, actor=clerk.login, deed=Deed.PROPOSED, case=case, note=note)
            unit.commit()
            return self._show_proposal(made, unit)

    def approve(
        self, proposal: str, seen: str, login: str, password: str
    ) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.LOOKED_UP)
        with self._gate.open_unit() as unit:
            waited = unit.proposals.get(proposal).case
            form = self._form_to_mend(waited, unit)
        self._hold_alone(Deed.APPROVED, waited)
        signature = self._sign(seen, login.strip(), password)
        try:
            with self._gate.open_unit() as unit:
                signed, case = approve(
                    proposal,
                    seen,
                    login.strip(),
                    signature=signature,
                    level=self._gate.enrolment.level,
                    online=self._online(),
                    unit=unit,
                    form=form,
                )
                sheet_kind = _SHEETS.get(signed.kind)
                # At the second person's own seat no sheet comes out that the hall takes from the counter only.
                prints = sheet_kind is not None and clerk.may(NEEDS[sheet_kind])
                printed = self._print(case, sheet_kind, unit) if sheet_kind and prints else None
                unit.commit()
        except Refused as refused:
            if refused.failure is Failure.PROPOSAL_CHANGED:
                self._end_stale(proposal)
            raise
        self._wake()
        self._case_changed(case.id)
        sheet = self._to_press(printed, case.id) if printed else None
        return self._case_view(case), sheet

    def _form_to_mend(self, case: str, unit: Unit) -> Form | None:
        """The form of a case that has a draft: what is mended of the receipt is mended there too."""
        if draft_of(unit, case) is None:
            return None
        found = unit.cases.get(case)
        return form_of(found, self._catalogue_of_case(found))

    def decline(self, proposal: str) -> tuple[ProposalView, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.DECLINED)
        with self._gate.open_unit() as unit:
            self._end(unit.proposals.get(proposal), ProposalState.DECLINED, Deed.DECLINED, clerk.login, unit)
        return self.proposals()

    def withdraw(self, proposal: str) -> tuple[ProposalView, ...]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.PROPOSAL_ENDED)
        with self._gate.open_unit() as unit:
            found = unit.proposals.get(proposal)
            if found.proposer != clerk.login:
                raise Refused(Failure.ROLE_MISSING)
            self._end(found, ProposalState.WITHDRAWN, Deed.PROPOSAL_ENDED, clerk.login, unit)
        return self.proposals()

    def _case_changed(self, case: str) -> None:
        """A visit that is under way must not go on with what it was before."""

    def _sign(self, seen: str, login: str, password: str) -> Signature:
        """Let the second person prove who they are: the signed-in person's word is not enough, not even their own."""
        if password:
            given = Given(login, password)
            passwords = self._outer.passwords
            known = check_password(
                given, open_unit=self._gate.open_unit, passwords=passwords, now=self._now()
            )
            if known.card_key is not None:
                # Whose account has a card is nobody without it, here as at sign-in: a password that was seen signs nothing.
                raise Refused(Failure.OPERATOR_CARD_MISSING)
            return Signature("password", self._now())
        with self._gate.open_unit() as unit:
            hold_time(unit, self._now())
            account = unit.station.account(login)
        cards = self._rooms.operator_cards
        if cards is None or account is None or account.card_key is None:
            raise Refused(Failure.OPERATOR_CARD_MISSING)
        at = self._now()
        proof = cards.prove(text_of(seen, login, at))
        if b64(proof.key) != account.card_key:
            raise Refused(Failure.OPERATOR_CARD_REFUSED)
        return Signature("card", at, b64(proof.signature))

    def _end(self, proposal: Proposal, state: ProposalState, deed: Deed, login: str, unit: Unit) -> None:
        rule.hold_open(proposal)
        unit.proposals.save(replace(proposal, state=state))
        note = f"{proposal.id} {state.value}"
        unit.audit.note(at=self._now(), actor=login, deed=deed, case=proposal.case, note=note)
        unit.commit()

    def _end_stale(self, proposal: str) -> None:
        with self._gate.open_unit() as unit:
            end_stale(proposal, at=self._now(), unit=unit)
            unit.commit()

    def _tolerable(self, case: Case, unit: Unit) -> dict[str, date]:
        """The missing papers that every item of the case allows to come later, each with its last day."""
        catalogue = self._catalogue_of_case(case)
        table = self._tables(unit).current()
        due = promises(case.sub_cases, catalogue, self._now(), table)
        missing = [m.material for m in case.materials if m.how is MaterialHow.MISSING]
        found: dict[str, date] = {}
        for paper in missing:
            wants = [
                (material.tolerable and sub.item in due, due.get(sub.item, date.min))
                for sub in case.sub_cases
                for material in catalogue.items[sub.item].materials
                if material.id == paper
            ]
            if wants and all(tolerable for tolerable, _ in wants):
                found[paper] = min(last for _, last in wants)
        return found

    def _changes(self, case: Case, wish: Wish, today: date) -> tuple[Amendment, ...]:
        """What a 更正 changes, as it is written down; nothing for any other wish. Raises Refused(NOTHING_AMENDED)."""
        if wish.kind is not ProposalKind.AMEND:
            return ()
        return hold_changes(case, wish.changes, wish.text, self._catalogue_of_case(case), today)

    def _hold_tolerable(self, case: Case, wish: Wish, unit: Unit) -> None:
        last = self._tolerable(case, unit).get(wish.material)
        if last is None or wish.until is None or not today_at(self._now()) <= wish.until <= last:
            raise Refused(Failure.NOT_TOLERABLE, last=last.isoformat() if last else "")

    def _catalogue_of_case(self, case: Case) -> Catalogue:
        return self._rooms.catalogues.of(case.catalogue)

    def _show_proposal(self, proposal: Proposal, unit: Unit) -> ProposalView:
        shown, clerk = proposal.view, self._gate.clerk
        case = unit.cases.get(proposal.case)
        catalogue = self._catalogue_of_case(case)
        names = _paper_names(case, catalogue)
        proposer = unit.station.account(proposal.proposer)
        return ProposalView(
            id=proposal.id,
            sha256=proposal.sha256,
            kind=proposal.kind,
            case=proposal.case,
            receipt_no=shown.receipt_no,
            title=title_of(case, catalogue),
            items=tuple(item_name(item, catalogue) for item in shown.items),
            applicant=shown.applicant,
            applicant_id=shown.applicant_id,
            status=CaseStatus(shown.status),
            papers=tuple(
                (names.get(p.material, Text(p.material, p.material)), MaterialHow(p.how))
                for p in shown.papers
            ),
            reason=Reason(shown.reason),
            text=shown.text,
            competent_body=shown.competent_body,
            material=names.get(shown.material, Text(shown.material, "")) if shown.material else None,
            until=shown.until,
            proposer=proposer.name if proposer else proposal.proposer,
            proposed_at=proposal.proposed_at,
            changed=shown.state != rule.state_of(case, draft_of(unit, proposal.case)),
            mine=proposal.proposer == clerk.login,
            may_sign=clerk.may(Deed.APPROVED) and clerk.person not in {"", proposal.person},
            changes=tuple(
                (label_of(each.name, catalogue), each.before, each.after) for each in shown.changes
            ),
        )


def _paper_names(case: Case, catalogue: Catalogue) -> dict[str, Text]:
    return {
        material.id: material.name
        for sub in case.sub_cases
        if sub.item in catalogue.items
        for material in catalogue.items[sub.item].materials
    }
