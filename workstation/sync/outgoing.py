"""Events to the hall: in batches, each kept until the hall has signed for it, a bad one set aside by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from wire.codec import encode
from wire.epoch import ConcludedBefore, HeardBefore
from wire.keys import unb64
from wire.messages import (
    Enrolment,
    Envelope,
    EventKind,
    HallReceipt,
    PushAnswer,
    PushRequest,
    PushResult,
    PushStatus,
)
from wire.signed import receipt_is_genuine
from wire.standing import CaseStanding
from workstation.domain.case import Case
from workstation.domain.failures import Failure, Refused
from workstation.domain.outbox import HALL_BROKE, Waiting
from workstation.services.ports import Look, Unit
from workstation.sync.client import HallClient
from workstation.sync.epochs import EPOCH_CHANGED, Epochs
from workstation.sync.limits import Limits
from workstation.sync.pace import wait_after

log = logging.getLogger(__name__)

_HELD = frozenset({PushStatus.APPLIED, PushStatus.DUPLICATE})
# Troubles of a request that lie in what it carries: a smaller one shows in which event.
_OF_CONTENT = frozenset({"too_large", "malformed"})
# What goes again with the conclusion of its case: a hall that was restored may have lost it.
_SHOW_THE_END = frozenset({EventKind.CASE_ACCEPTED, EventKind.RESULT_COLLECTED, EventKind.DELIVERY_ORDERED})
# Answers for an event that speak of the whole station.
_COPIED = frozenset({"seq_reused", "chain_broken"})
# What a hall of before cannot read; told beside the steps of cases, so that waiting for a newer hall holds none of them up.
_NEWER = frozenset({EventKind.SLIP_SETTLED})
_NEWER_HALL = timedelta(hours=1)
_KIND_UNKNOWN = "kind_unknown"
_AROUND_BYTES = 1_000  # of a request, beside its envelopes
_ENVELOPE_BYTES = 600  # of an envelope, beside its body


@dataclass(frozen=True, slots=True)
class _Flying:
    """A batch that is on its way."""

    due: tuple[Waiting, ...]
    answer: Future[PushAnswer]


class Outgoing:
    """Empties the outbox; one thread at a time."""

    def __init__(
        self,
        *,
        client: HallClient,
        enrolment: Enrolment,
        epochs: Epochs,
        limits: Limits,
        open_unit: Callable[[], AbstractContextManager[Unit]],
        look: Look | None = None,
        release: Callable[[tuple[str, ...]], None],
        clock: Callable[[], datetime],
        ahead: Executor | None = None,
    ) -> None:
        """`release` is told the cases of which events were settled: changes may wait for that. `ahead` carries the next
        batch while this one is settled; without one they go one after the other."""
        self._ahead = ahead
        self._flying: _Flying | None = None
        self._client = client
        self._enrolment = enrolment
        self._epochs = epochs
        self._limits = limits
        self._hall_key = unb64(enrolment.hall_key)
        self._open_unit = open_unit
        self._look = look or open_unit
        self._release = release
        self._clock = clock
        self._batch = limits.batch
        self._unread: dict[
            EventKind, datetime
        ] = {}  # kinds that this hall does not read, and until when none is tried

    def carry(self) -> bool:
        """Push one batch; True when there may be more to push at once.

        While a long queue drains, the next batch is on its way already when the answers to this one are checked and written
        down: hall and store work at the same time. It holds other cases only, so that order within a case stays.
        Raises Refused when the hall cannot be reached or takes no batch; everything stays in the outbox then.
        """
        flying, self._flying = self._flying, None
        due = flying.due if flying else self._due(frozenset())
        if not due:
            return False
        try:
            answer = flying.answer.result() if flying else self._push(due)
        except Refused as refusal:
            return self._take_trouble(due, refusal)
        if answer.epoch != self._epochs.epoch:
            raise Refused(Failure.HALL_REFUSED, code=EPOCH_CHANGED)
        if [result.id for result in answer.results] != [waiting.envelope.id for waiting in due]:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        full = len(due) == self._batch == self._limits.batch
        self._batch = min(self._limits.batch, self._batch * 2)
        if full and self._ahead is not None:
            self._flying = self._send_ahead(frozenset(w.envelope.subject for w in due), self._ahead)
        return self._take_results(due, answer.results)

    @property
    def flying(self) -> bool:
        """Say whether a batch is on its way that nobody has waited for yet."""
        return self._flying is not None and not self._flying.answer.done()

    def _send_ahead(self, but: frozenset[str], ahead: Executor) -> _Flying | None:
        due = self._due(but)
        if not due:
            return None
        before = self._heard_of(due)
        return _Flying(due, ahead.submit(self._push, due, before))

    def _due(self, but: frozenset[str]) -> tuple[Waiting, ...]:
        """Return the next batch, without cases whose events are under way."""
        batch = min(self._batch, self._limits.batch)
        now = self._clock()
        with self._look() as unit:
            due = unit.outbox.due(now, batch, but)
        unread = [each for each in due if self._unread.get(each.envelope.kind, now) > now]
        if not unread:
            return self._that_fit(due)
        with self._open_unit() as unit:
            for waiting in unread:
                self._put_off(unit, waiting)
            unit.commit()
        return self._due(but)

    def _heard_of(self, due: tuple[Waiting, ...]) -> tuple[HeardBefore, ...]:
        if not any(waiting.again for waiting in due):
            return ()
        with self._look() as unit:
            return tuple(_heard(unit, waiting) for waiting in due if waiting.again)

    def _push(self, due: tuple[Waiting, ...], before: tuple[HeardBefore, ...] | None = None) -> PushAnswer:
        who, epoch = self._enrolment, self._epochs.epoch
        shown = self._heard_of(due) if before is None else before
        envelopes = tuple(waiting.envelope for waiting in due)
        return self._client.push(PushRequest(who.device, who.incarnation, epoch, envelopes, shown))

    def _take_trouble(self, due: tuple[Waiting, ...], refusal: Refused) -> bool:
        code = refusal.details.get("code", "")
        if code in (EPOCH_CHANGED, "incarnation"):
            raise refusal  # it is not the batch
        # Whatever it was, less at a time goes through a bad line, and finds a bad event.
        self._batch = max(1, len(due) // 2)
        if code == "too_large":
            self._limits.ask_again()
        if len(due) > 1:
            if code in _OF_CONTENT:
                return True
            raise refusal
        if code == "too_large":
            self._settle(due[0], lambda unit: self._park(unit, due[0], code))
            return True
        if code == "malformed" and due[0].envelope.kind in _NEWER:
            self._unread[due[0].envelope.kind] = self._clock() + _NEWER_HALL
            self._settle(due[0], lambda unit: self._put_off(unit, due[0]))
            return True
        if code in _OF_CONTENT or refusal.details.get("status") == "500":
            # It may be this event on which the hall breaks: the others go before its next try. It is not parked,
            # for a hall of another version would have the whole queue parked; a person is told after BROKE_OFTEN.
            self._settle(due[0], lambda unit: self._delay(unit, due[0], code or HALL_BROKE))
        raise refusal

    def _settle(self, waiting: Waiting, write: Callable[[Unit], object]) -> None:
        with self._open_unit() as unit:
            write(unit)
            unit.commit()
        self._release((waiting.envelope.subject,))

    def _take_results(self, due: tuple[Waiting, ...], results: tuple[PushResult, ...]) -> bool:
        pairs = list(zip(due, results, strict=True))
        held = {w.envelope.id: r.receipt for w, r in pairs if r.receipt and self._is_held(w, r, r.receipt)}
        others = [(w, r) for w, r in pairs if w.envelope.id not in held]
        copied = [r.code for _, r in others if r.code in _COPIED]
        with self._open_unit() as unit:
            unit.outbox.all_acked(held)
            for waiting, result in others if not copied else ():
                self._take_other(unit, waiting, result)
            unit.commit()
        self._release(tuple(dict.fromkeys(waiting.envelope.subject for waiting in due)))
        if copied:
            # Another event stands at this place: somebody works with a copy of this disk, or it was put back from a
            # backup. Whatever is pushed from here on would be mixed up with theirs.
            log.error("the hall has other events of this station: %s", copied[0])
            raise Refused(Failure.STATION_COPIED, code=copied[0] or "")
        if any(result.status in _HELD for _, result in others):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return any(result.status is not PushStatus.DEFERRED for result in results)

    def _is_held(self, waiting: Waiting, result: PushResult, receipt: HallReceipt) -> bool:
        """Only the hall's signed word about just this content lets the outbox forget."""
        envelope = waiting.envelope
        about = (receipt.event, receipt.sha256) == (envelope.id, envelope.sha256)
        agreed = self._enrolment.algorithms.signature
        return result.status in _HELD and about and receipt_is_genuine(receipt, self._hall_key, agreed)

    def _take_other(self, unit: Unit, waiting: Waiting, result: PushResult) -> None:
        if result.status in _HELD:
            self._delay(unit, waiting, Failure.HALL_ANSWER_UNTRUSTED.value)
        elif result.status is PushStatus.DEFERRED:
            self._delay(unit, waiting, result.code or result.status.value)
        else:
            self._park(unit, waiting, result.code or result.status.value, result.standing)

    def _delay(self, unit: Unit, waiting: Waiting, trouble: str) -> None:
        later = self._clock() + timedelta(seconds=wait_after(waiting.tries + 1))
        unit.outbox.failed(waiting.envelope.id, trouble, later)

    def _put_off(self, unit: Unit, waiting: Waiting) -> None:
        unit.outbox.failed(waiting.envelope.id, _KIND_UNKNOWN, self._clock() + _NEWER_HALL)

    def _park(self, unit: Unit, waiting: Waiting, trouble: str, standing: CaseStanding | None = None) -> None:
        log.warning("event %s parked: %s", waiting.envelope.id, trouble)
        unit.outbox.parked(waiting.envelope.id, trouble, standing)

    def _that_fit(self, due: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
        """Cut a batch to the size the hall takes; at least one goes, of one that is too large the hall tells."""
        size, fitting = _AROUND_BYTES, 0
        for waiting in due:
            size += _size(waiting.envelope)
            if fitting and size > self._limits.body_bytes:
                break
            fitting += 1
        return due[:fitting]


def _size(envelope: Envelope) -> int:
    """Return the most bytes that an envelope takes on its way: its body travels as a text in a text."""
    body = envelope.body
    return len(body.encode()) + body.count('"') + 2 * body.count("\\") + _ENVELOPE_BYTES


def _heard(unit: Unit, waiting: Waiting) -> HeardBefore:
    """Show what the hall had signed of an event, and the number that it had given to the case."""
    event = waiting.envelope.id
    word = unit.outbox.receipt(event)
    if word is None:
        raise AssertionError(event)
    kind, number, concluded = waiting.envelope.kind, "", None
    if kind is EventKind.CASE_RECEIVED or kind in _SHOW_THE_END:
        case = _case(unit, waiting.envelope.subject)
        if kind is EventKind.CASE_RECEIVED and case is not None:
            number = case.project_no or ""
        elif case is not None:
            concluded = _concluded(case)
    said = event, word.sha256, word.received_at, word.hall, word.signature, word.algorithm
    return HeardBefore(*said, number, word.path, concluded)


def _case(unit: Unit, subject: str) -> Case | None:
    try:
        return unit.cases.get(subject)
    except Refused as refusal:
        if refusal.failure is not Failure.CASE_UNKNOWN:
            raise
        return None


def _concluded(case: Case) -> ConcludedBefore | None:
    """Show the hall the conclusion that it has sealed, None while it has sealed none."""
    if case.seal is None:
        return None
    results = {sub.item: encode(sub.result) for sub in case.sub_cases if sub.result is not None}
    return ConcludedBefore(case.seal, results)
