"""What the citizen is told before the first look-up, and what the citizen agrees to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from catalogue.model import Basis
from catalogue.notice import Notice
from wire.messages import NoticeGiven
from workstation.domain.clerk import Clerk
from workstation.domain.failures import Failure, Refused
from workstation.domain.visit import Visit
from workstation.forms.model import Form


def acknowledge(visit: Visit, notice: Notice, clerk: Clerk, at: datetime) -> Visit:
    """Note that the citizen was told and raised nothing against it; once a visit.

    Raises Refused(NO_PERSON | NO_ITEM): there is nobody to tell, or nothing to tell of.
    """
    if visit.identity is None:
        raise Refused(Failure.NO_PERSON)
    if not visit.items:
        raise Refused(Failure.NO_ITEM)
    if visit.notice is not None:
        return visit
    return replace(visit, notice=NoticeGiven(notice.version, at, clerk.login))


def consent(visit: Visit, form: Form, rule: str, *, given: bool) -> Visit:
    """Note consent to one look-up whose basis is consent, or take it back before it was used.

    Raises Refused(NOTICE_MISSING) before the notice, STEP_NOT_ALLOWED for a look-up that needs no consent.
    """
    if visit.notice is None:
        raise Refused(Failure.NOTICE_MISSING)
    if not any(check.rule.id == rule and check.rule.basis is Basis.CONSENT for check in form.checks):
        raise Refused(Failure.STEP_NOT_ALLOWED)
    others = tuple(each for each in visit.notice.consents if each != rule)
    return replace(visit, notice=replace(visit.notice, consents=(*others, rule) if given else others))
