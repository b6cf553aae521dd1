"""What the citizen is told and what the card proves, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalogue.card_uses import CardUse, live
from catalogue.model import Text
from catalogue.notice import Notice
from wire.messages import MaterialHow
from workstation.domain.identity import CardStatus
from workstation.domain.visit import Visit
from workstation.forms.gaps import paper_state
from workstation.forms.model import Form
from workstation.forms.queries import wanted_checks
from workstation.forms.visible import wanted_materials
from workstation.services.views import CardProofView, CardUseView, NoticeView


def show_notice(
    visit: Visit, form: Form, notice: Notice | None, centre: str, today: date
) -> NoticeView | None:
    """Fill the notice with this visit's checks; None where no register would be asked."""
    wanted = wanted_checks(form, visit, today)
    if notice is None or not wanted:
        return None
    checks = _joined(check.rule.title for check in wanted)
    departments = _joined(check.rule.department for check in wanted)

    def filled(text: Text) -> Text:
        return Text(
            text.zh.format(centre=centre, checks=checks.zh, departments=departments.zh),
            text.en.format(centre=centre, checks=checks.en, departments=departments.en),
        )

    return NoticeView(
        version=visit.notice.version if visit.notice else notice.version,
        title=notice.title,
        short=filled(notice.short),
        parts=tuple((heading, filled(body)) for _, heading, body in notice.parts),
        given_at=visit.notice.at if visit.notice else None,
    )


def show_card_proof(
    visit: Visit, form: Form | None, uses: tuple[CardUse, ...], today: date
) -> CardProofView | None:
    """Say what the card in hand proves now; None while nobody is there. A planned use proves nothing."""
    if visit.identity is None or not uses:
        return None
    planned = len(uses) - len(live(uses))
    card = visit.identity.card
    if card is None:
        return CardProofView((), planned, "typed" if visit.identity.typed else "no_card")
    if card.status(today) is CardStatus.EXPIRED:
        return CardProofView((), planned, "expired")
    shown = tuple(
        CardUseView(use.name, use.department, _saves(use, form, visit, today) if form else ())
        for use in live(uses)
    )
    return CardProofView(shown, planned)


def _saves(use: CardUse, form: Form, visit: Visit, today: date) -> tuple[Text, ...]:
    """Name the papers of the form that a use saves now: by the card itself, or by the check that stands behind it."""
    values = {key: answer.value for key, answer in visit.answers.items()}
    those = {check.rule.id for check in form.checks if use.check and check.rule.service == use.check}
    saved = []
    for entry in wanted_materials(form, values, today):
        if entry.material.id in use.replaces:
            how = paper_state(form, entry, visit)
            by_card = not use.check and how is MaterialHow.REPLACED_BY_CARD
            by_check = how is MaterialHow.REPLACED_BY_VERIFICATION and not those.isdisjoint(
                entry.material.replaced_by
            )
            if by_card or by_check:
                saved.append(entry.material.name)
    return tuple(saved)


def _joined(texts: Iterable[Text]) -> Text:
    once = list({text.zh: text for text in texts}.values())
    return Text("、".join(text.zh for text in once), ", ".join(text.en for text in once))
