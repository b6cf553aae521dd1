"""出件 at the desk: the verbs of a result that goes out."""

from __future__ import annotations

import secrets
from dataclasses import replace

from wire.delivery import Receiver, Way
from workstation.domain.case import Case
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.delivery import HandedOut
from workstation.domain.failures import Failure, Refused
from workstation.domain.slip import SlipKind
from workstation.services import hand_out as rules
from workstation.services.hand_out import DeliveryWish, Taken
from workstation.services.office_papers import pick_up_slip, service_return
from workstation.services.offices import own_office
from workstation.services.ports import Unit
from workstation.services.print_document import Document, Printed
from workstation.services.views import CaseView, PrintView
from workstation.services.worklist import Worklist

_CODE_DIGITS = 6


class HandingOut(Worklist):
    """A result is made ready, carried, called back, and put into somebody's hands once."""

    def order_delivery(self, case: str, wish: DeliveryWish) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.DELIVERY_ORDERED)
        at = self._now()
        printed: Printed | None = None
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            ordered, order, done = rules.order_delivery(
                found,
                wish,
                catalogue=self._rooms.catalogues.of(found.catalogue),
                code=f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}",
                clerk=clerk,
                at=at,
                unit=unit,
            )
            if done:
                if order.way is Way.COUNTER:
                    printed = self._pick_up_slip(ordered, unit)
                    ordered = unit.cases.get(case)
                unit.commit()
        self._wake()
        return self._case_view(ordered), self._to_press(printed, case) if printed else None

    def print_pick_up(self, case: str) -> PrintView:
        """See DeskApi."""
        self._gate.may(Deed.DELIVERY_ORDERED)
        with self._gate.open_unit() as unit:
            printed = self._pick_up_slip(unit.cases.get(case), unit)
            unit.commit()
        self._wake()
        return self._to_press(printed, case)

    def recall_delivery(self, case: str, reason: str) -> CaseView:
        """See DeskApi."""
        clerk = self._gate.may(Deed.DELIVERY_RECALLED)
        with self._gate.open_unit() as unit:
            called = rules.recall(unit.cases.get(case), reason, clerk=clerk, at=self._now(), unit=unit)
            unit.commit()
        self._wake()
        return self._case_view(called)

    def hand_out(self, case: str, taken: Taken) -> tuple[CaseView, PrintView | None]:
        """See DeskApi."""
        clerk = self._gate.may(Deed.HANDED_OUT)
        receiver = rules.receiver_of(taken)
        printed: Printed | None = None
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if not rules.same_again(found, receiver):
                found, printed = self._give(found, taken, receiver, clerk, unit)
                unit.commit()
        self._wake()
        return self._case_view(found), self._to_press(printed, case) if printed else None

    def _give(
        self, case: Case, taken: Taken, receiver: Receiver, clerk: Clerk, unit: Unit
    ) -> tuple[Case, Printed]:
        at = self._now()
        rules.hold_result_here(case)
        catalogue = self._rooms.catalogues.of(case.catalogue)
        agency = rules.entitlement(case, taken, receiver, catalogue, clerk, at)
        out = HandedOut(Way.COUNTER, receiver, at, clerk.name, agency=agency)
        # The sheet first: the deed names it.
        printed = self._service_return(case, out, unit)
        out = replace(out, sheet=printed.slip.serial)
        return rules.hand_out(unit.cases.get(case.id), out, clerk=clerk, unit=unit), printed

    def print_service_return(self, case: str) -> PrintView:
        """See DeskApi."""
        self._gate.may(Deed.HANDED_OUT)
        with self._gate.open_unit() as unit:
            found = unit.cases.get(case)
            if found.handed_out is None:
                raise Refused(Failure.STEP_NOT_ALLOWED, status=found.status.value)
            printed = self._service_return(found, found.handed_out, unit)
            if not found.handed_out.sheet:
                rules.with_sheet(unit.cases.get(case), printed.slip.serial, unit)
            unit.commit()
        self._wake()
        return self._to_press(printed, case)

    def _pick_up_slip(self, case: Case, unit: Unit) -> Printed:
        order = rules.open_order(case) or (case.orders[-1] if case.orders else None)
        if order is None or not order.code:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=case.status.value)
        catalogue = self._rooms.catalogues.of(case.catalogue)
        place = self._gate.enrolment
        office = own_office(catalogue, place.station)
        last = rules.last_day_of(order, self._now())
        variables = pick_up_slip(case, order, office, place.station_name, last, catalogue)
        return self._print_document(Document(SlipKind.PICKUP, variables), case, unit)

    def _service_return(self, case: Case, out: HandedOut, unit: Unit) -> Printed:
        catalogue = self._rooms.catalogues.of(case.catalogue)
        order = next((each for each in reversed(case.orders) if each.way is out.way), None)
        place = order.place or order.address if order is not None and out.way is not Way.COUNTER else ""
        variables = service_return(
            case, out, order, catalogue, place=place or self._gate.enrolment.station_name
        )
        return self._print_document(Document(SlipKind.DELIVERY, variables), case, unit)
