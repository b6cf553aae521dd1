"""Events to the hall: in batches, each kept until the hall has signed for it, a bad one set aside by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from wire.codec import encode
from wire.keys import unb64
from wire.messages import MAX_BATCH, MAX_BODY_BYTES, Enrolment, PushRequest, PushResult, PushStatus
from wire.signed import receipt_is_genuine
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import Waiting
from workstation.services.ports import Unit
from workstation.sync.client import HallClient
from workstation.sync.pace import wait_after

log = logging.getLogger(__name__)

_HELD = frozenset({PushStatus.APPLIED, PushStatus.DUPLICATE})
# Troubles of a request that lie in what it carries: a smaller one shows in which event.
_OF_CONTENT = frozenset({"too_large", "malformed"})
_AROUND_BYTES = 1_000  # of a request, beside its envelopes


class Outgoing:
    """Empties the outbox; one thread at a time."""

    def __init__(
        self,
        *,
        client: HallClient,
        enrolment: Enrolment,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        release: Callable[[str], None],
        clock: Callable[[], datetime],
    ) -> None:
        """`release` is told each case of which an event was settled: changes may wait for that."""
        self._client = client
        self._enrolment = enrolment
        self._hall_key = unb64(enrolment.hall_key)
        self._open_unit = open_unit
        self._release = release
        self._clock = clock
        self._batch = MAX_BATCH

    def carry(self) -> bool:
        """Push one batch; True when there may be more to push at once.

        Raises Refused when the hall cannot be reached or takes no batch; everything stays in the outbox then.
        """
        with self._open_unit() as unit:
            due = _that_fit(unit.outbox.due(self._clock(), self._batch))
        if not due:
            return False
        who = self._enrolment
        envelopes = tuple(waiting.envelope for waiting in due)
        try:
            answer = self._client.push(PushRequest(who.device, who.incarnation, who.epoch, envelopes))
        except Refused as refusal:
            return self._take_trouble(due, refusal)
        if answer.epoch != who.epoch:
            raise Refused(Failure.HALL_REFUSED, code="epoch_changed")
        if [result.id for result in answer.results] != [envelope.id for envelope in envelopes]:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        self._batch = min(MAX_BATCH, self._batch * 2)
        return self._take_results(due, answer.results)

    def _take_trouble(self, due: tuple[Waiting, ...], refusal: Refused) -> bool:
        # Whatever it was, less at a time goes through a bad line, and finds a bad event.
        self._batch = max(1, len(due) // 2)
        code = refusal.details.get("code", "")
        if len(due) > 1:
            if code in _OF_CONTENT:
                return True
            raise refusal
        if code == "too_large":
            self._settle(due[0], lambda unit: self._park(unit, due[0], code))
            return True
        if code in _OF_CONTENT or refusal.details.get("status") == "500":
            # It may be this event on which the hall breaks: the others go before its next try. It is not parked,
            # for a hall of another version would have the whole queue parked.
            self._settle(due[0], lambda unit: self._delay(unit, due[0], code or "hall_broke"))
        raise refusal

    def _settle(self, waiting: Waiting, write: Callable[[Unit], object]) -> None:
        with self._open_unit() as unit:
            write(unit)
            unit.commit()
        self._release(waiting.envelope.subject)

    def _take_results(self, due: tuple[Waiting, ...], results: tuple[PushResult, ...]) -> bool:
        with self._open_unit() as unit:
            trusted = [self._take_result(unit, w, r) for w, r in zip(due, results, strict=True)]
            unit.commit()
        for subject in dict.fromkeys(waiting.envelope.subject for waiting in due):
            self._release(subject)
        if not all(trusted):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return any(result.status is not PushStatus.DEFERRED for result in results)

    def _take_result(self, unit: Unit, waiting: Waiting, result: PushResult) -> bool:
        """Write down what became of an envelope; False when the answer is not to be trusted."""
        envelope, receipt = waiting.envelope, result.receipt
        if result.status in _HELD:
            # Only the hall's signed word about just this content lets the outbox forget.
            if receipt is None or (receipt.event, receipt.sha256) != (envelope.id, envelope.sha256):
                return self._delay(unit, waiting, Failure.HALL_ANSWER_UNTRUSTED.value)
            if not receipt_is_genuine(receipt, self._hall_key, self._enrolment.algorithms.signature):
                return self._delay(unit, waiting, Failure.HALL_ANSWER_UNTRUSTED.value)
            unit.outbox.acked(envelope.id, receipt)
        elif result.status is PushStatus.DEFERRED:
            self._delay(unit, waiting, result.code or result.status.value)
        else:
            self._park(unit, waiting, result.code or result.status.value)
        return True

    def _delay(self, unit: Unit, waiting: Waiting, trouble: str) -> bool:
        later = self._clock() + timedelta(seconds=wait_after(waiting.tries + 1))
        unit.outbox.failed(waiting.envelope.id, trouble, later)
        return False

    def _park(self, unit: Unit, waiting: Waiting, trouble: str) -> None:
        log.warning("event %s parked: %s", waiting.envelope.id, trouble)
        unit.outbox.parked(waiting.envelope.id, trouble)


def _that_fit(due: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Cut a batch to the size the hall takes; at least one goes, of one that is too large the hall tells."""
    size, fitting = _AROUND_BYTES, 0
    for waiting in due:
        size += len(encode(waiting.envelope).encode()) + 1
        if fitting and size > MAX_BODY_BYTES:
            break
        fitting += 1
    return due[:fitting]
