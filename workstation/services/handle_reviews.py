"""差评: what supervisors see of bad reviews and do about them, at the hall and by its word; never the rated clerk."""

from __future__ import annotations

from wire.evaluation import Grade
from wire.reviews import ReviewAct, ReviewOrder, Reviews, ReviewStep
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import Hall
from workstation.services.seat import Seat
from workstation.services.views import ReviewsView, ReviewView


class HandlingReviews(Seat):
    """Everything stands at the hall: nothing of it is kept here, so nothing of it can be taken away here."""

    def reviews(self) -> ReviewsView:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.REVIEWS_READ)
        self._note(Deed.REVIEWS_READ, "", "")
        return self._show_reviews(self._hall().reviews(clerk.login), clerk)

    def handle_review(
        self, order: str, step: ReviewStep, text: str, grade: Grade | None = None
    ) -> ReviewsView:
        """See DeskApi. (net)"""
        clerk = self._gate.may(Deed.REVIEW_HANDLED)
        found = next((o for o in self._hall().reviews(clerk.login).items if o.id == order), None)
        if found is None:
            raise Refused(Failure.REVIEW_SETTLED)
        self._hold_other_person(found, clerk)
        self._note(Deed.REVIEW_HANDLED, "", f"{order} {step.value}")
        act = ReviewAct(order, step, text.strip(), clerk.login, grade)
        return self._show_reviews(self._hall().act_on_review(act), clerk)

    def _hall(self) -> Hall:
        line = self._gate.line
        if line is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return line.hall

    def _hold_other_person(self, order: ReviewOrder, clerk: Clerk) -> None:
        """The hall holds this too; a rated clerk is refused here before anything leaves the station."""
        with self._gate.open_unit() as unit:
            rated = unit.station.account(order.clerk)
        same = rated is not None and rated.person == clerk.person != ""
        if order.clerk == clerk.login or same:
            raise Refused(Failure.OWN_REVIEW)

    def _show_reviews(self, told: Reviews, clerk: Clerk) -> ReviewsView:
        with self._gate.open_unit() as unit:
            names = {
                login: account.name if (account := unit.station.account(login)) else login
                for order in told.items
                for login in {order.clerk, order.assignee, *(done.by for done in order.done)} - {""}
            }
        return ReviewsView(
            tuple(ReviewView(order, names, mine=order.assignee == clerk.login) for order in told.items),
            told.sums,
        )
