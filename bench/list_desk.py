"""The list verbs of the desk over a store of synthetic cases: the product's own Worklist, with a clerk who is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from workstation.domain.clerk import Clerk, Deed
from workstation.services.ports import KeyPlace
from workstation.services.views import StationStep, StationView
from workstation.services.worklist import Worklist

if TYPE_CHECKING:
    from workstation.storage.database import Store


class _Gate:
    """Who sits there, and the store: all that a list asks of the gate."""

    def __init__(self, store: Store) -> None:
        from wire.messages import Enrolment, Role  # noqa: PLC0415 - the bench is listed without it

        self.open_unit = store.unit
        self.enrolment = Enrolment("device", 1, "e1", "440104", "测试街道", "street", "", ())
        self.line = None
        self.clerk = Clerk("clerk", "窗口1", (Role.CLERK,), "01")

    def may(self, deed: Deed) -> Clerk:
        if not self.clerk.may(deed):
            raise AssertionError(deed)
        return self.clerk

    def view(self) -> StationView:
        return StationView(StationStep.OPEN, KeyPlace.PASSPHRASE, login="clerk", roles=self.clerk.roles)


class _Rooms:
    def __init__(self, catalogues: Any) -> None:
        self.catalogues = catalogues

    @staticmethod
    def clock() -> datetime:
        return datetime.now(UTC)

    @staticmethod
    def national() -> Any:
        from deadlines.national import national_days  # noqa: PLC0415 - a bench is listed without the product

        return national_days()


class _Shipped:
    """The catalogue that comes with the product, whatever version a case names."""

    def __init__(self) -> None:
        from catalogue.load import load_catalogue  # noqa: PLC0415 - as above
        from workstation import resources  # noqa: PLC0415

        self._catalogue = load_catalogue(resources.catalogue_dir())

    def of(self, _version: str) -> Any:
        return self._catalogue


class ListDesk(Worklist):
    """Everything of Worklist; what is not about lists is not there."""

    def __init__(self, store: Store) -> None:
        self._gate: Any = _Gate(store)
        rooms: Any = _Rooms(_Shipped())
        self._loaded, self._outer = rooms, rooms
