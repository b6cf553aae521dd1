"""The reader of the operator's card: a monitor of its own, and the card process that all cards share (ports.OperatorCards)."""

from __future__ import annotations

from collections.abc import Callable

from workstation.cardreader.monitor import Monitor
from workstation.cardreader.operator_card import Proven
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import CardPresence, CardProof

_NONE = frozenset({Failure.CARD_MISSING, Failure.READER_MISSING, Failure.CARD_REMOVED})


class OperatorStation:
    """Implements ports.OperatorCards. `monitor` watches the one reader only."""

    def __init__(self, monitor: Monitor, prove: Callable[[bytes], Proven]) -> None:
        self._monitor = monitor
        self._prove = prove
        monitor.start()

    def prove(self, challenge: bytes) -> CardProof:
        """See ports.OperatorCards."""
        try:
            said = self._prove(challenge)
        except Refused as refused:
            if refused.failure in _NONE:
                raise Refused(Failure.OPERATOR_CARD_MISSING) from refused
            raise
        return CardProof(said.key, said.signature)

    def present(self) -> bool:
        """See ports.OperatorCards."""
        return self._monitor.presence() is CardPresence.PRESENT

    def close(self) -> None:
        """See ports.OperatorCards. The card process is closed with the citizens' reader."""
        self._monitor.stop()
