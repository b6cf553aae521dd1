"""Takes events of stations: each once, in order, with a signed receipt that follows a durable commit.

A batch costs the same few statements whether it has one event or a hundred: one read (hall/standing.py), one write
(hall/kept.py). What registers a case goes this way; each other step of a case goes by itself behind a savepoint, after
what came before it in the batch was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from hall import (
    cases,
    corrections,
    disputes,
    evaluations,
    forwarding,
    heard_before,
    late_acceptance,
    office_events,
    second_person,
)
from hall.acceptance import Gate
from hall.at_once import AtOnce
from hall.case_standing import standing_of
from hall.database import now
from hall.engines import reading
from hall.enrolment import GENESIS
from hall.group_commit import GroupCommit
from hall.keepable import fit_an_index, is_in_calendar, is_keepable
from hall.kept import Kept, Registration
from hall.new_cases import NewCases, Push, Taken, Told
from hall.numbers import NumberBlocks
from hall.plain_batch import PlainBatches
from hall.slip_fates import settle_slip
from hall.slips import void_slip
from hall.standing import MOST_AHEAD, Read, ShutOut, Standing, look, stand, stand_carefully
from hall.who_may import NotAllowed, hold_event, hold_roles
from wire.codec import Malformed, decode, digest
from wire.corrections import (
    CaseReturned,
    CaseWithdrawn,
    CorrectionAnswered,
    CorrectionAsked,
    ReceiptAmended,
)
from wire.epoch import HeardBefore
from wire.evaluation import EvaluationGiven
from wire.messages import (
    MAX_BATCH,
    CaseAccepted,
    CaseClosed,
    CaseReceived,
    CaseReopened,
    Envelope,
    EventKind,
    PapersChanged,
    PushAnswer,
    PushRequest,
    PushResult,
    PushStatus,
    SlipPrinted,
    SlipVoided,
    VerificationDisputed,
)
from wire.receipts import ReceiptSigner
from wire.rights import EVENT_ACTIONS, STATION_ITSELF
from wire.sheets import SlipSettled
from wire.written import answer_of

# Project numbers that a server process takes ahead.
NUMBERS_AHEAD = 2_000
_TRIES = 5
# PostgreSQL ended this transaction because of another one; done again, it passes.
_AGAIN = frozenset({"40001", "40P01"})
_OF_A_COPY = frozenset({"seq_reused", "chain_broken"})


class PushRefused(Exception):
    """A whole batch that is not taken; `code` and HTTP status go back."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A batch that was judged by what was read, without the database: what is to be written while that still stands, and what
    to answer."""

    read: Read
    kept: Kept
    taken: Taken


class Intake:
    """Takes batches, from several threads and beside other server processes."""

    def __init__(
        self,
        engine: Engine,
        gate: Gate,
        numbers_ahead: int = NUMBERS_AHEAD,
        most: int = MAX_BATCH,
        *,
        straight: bool = False,
    ) -> None:
        """`most` is how many events a batch may have; `straight` lets batches of new cases go the way of hall/new_cases.py,
        where that is PostgreSQL."""
        self._engine, self._gate, self._most = engine, gate, most
        self._numbers = NumberBlocks(engine, numbers_ahead)
        self._signer: tuple[tuple[bytes, str], ReceiptSigner] | None = None
        self._receipts = AtOnce(CaseReceived)
        on_file = engine.dialect.name == "sqlite"
        self._group = GroupCommit(engine) if on_file else None
        plain = PlainBatches(self._numbers, self._pen)
        self.new_cases = NewCases(engine, plain.judge) if straight and not on_file else None

    def take(self, device: str, request: PushRequest, key: str = "") -> Taken:
        """Take a batch in one transaction; a bad event is answered by itself and stops nobody else.

        `key` is the id of the key that signed, where nobody has looked yet whether it may. Raises PushRefused for what
        concerns the whole batch.
        """
        return self.take_push(self.read(device, request, key), straight=True)

    def take_push(self, push: Push, *, straight: bool) -> Taken:
        """Take what was read in one transaction; `straight` is whether it may still go the way of new cases. Raises
        PushRefused."""
        request, key = push.request, push.key
        if self.new_cases is not None and key and straight:
            taken = self.new_cases.take(push)
            if taken is not None:
                return taken
        told = [each if each is not None and is_keepable(each) else None for each in push.told]
        ahead = self._ahead(request, key, told) if self._group is not None else None
        careful = False
        for _ in range(_TRIES - 1):
            try:
                return self._in_one(partial(self._take, request, key, told, careful=careful, ahead=ahead))
            except IntegrityError:
                # Something of it is there already, or came at this very moment: look before.
                careful = True
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in _AGAIN:
                    raise
        return self._in_one(partial(self._take, request, key, told, careful=True))

    def read(self, device: str, request: PushRequest, key: str = "") -> Push:
        """Return a batch with what each of its events says, whether that can be kept or not, before anything is held. Raises
        PushRefused."""
        if request.device != device:
            raise PushRefused(403, "device_unknown")
        if not 1 <= len(request.items) <= self._most:
            raise PushRefused(413, "too_large")
        return Push(request, key, [self._read(each) for each in request.items])

    def _read(self, envelope: Envelope) -> CaseReceived | None:
        """Return what the body of a new case says, None for one that says nothing."""
        if envelope.kind is not EventKind.CASE_RECEIVED:
            return None
        try:
            return self._receipts.read(envelope.body, envelope)
        except Malformed:
            return None

    def _in_one(self, work: Callable[[Connection], Taken]) -> Taken:
        if self._group is not None:
            return self._group.run(work)
        with self._engine.begin() as db:
            return work(db)

    def _take(
        self,
        request: PushRequest,
        key: str,
        told: Told,
        db: Connection,
        *,
        careful: bool,
        ahead: _Ahead | None = None,
    ) -> Taken:
        try:
            read = look(db, request, key)
        except ShutOut as out:
            raise PushRefused(401 if out.code == "device_unknown" else 403, out.code) from out
        if ahead is not None and not careful and read == ahead.read:
            ahead.kept.write(db)
            return ahead.taken
        standing = stand(request.device, read)
        if request.epoch != standing.epoch:
            raise PushRefused(409, "epoch_changed")
        if request.incarnation != standing.incarnation:
            # The station was enrolled anew, and this is a copy of what it was before.
            raise PushRefused(409, "incarnation")
        if careful or standing.is_behind(request):
            numbers = [received.receipt_no for received in told if received is not None]
            stand_carefully(db, standing, request, numbers)
        kept = Kept(standing, self._numbers, now(), self._pen(standing))
        heard = heard_before.proven(standing.hall_key, standing.algorithms.signature, request.before)
        results = _Batch(standing, told, kept, self._gate, heard, db).take_all(request)
        kept.write(db)
        return _taken(standing, kept, results)

    def _ahead(self, request: PushRequest, key: str, told: Told) -> _Ahead | None:
        """Judge a batch without the writer, and make its rows: on SQLite there is one, and it should do nothing but write.

        None for a batch that needs it, or that is to be refused: that one is judged with the writer held, as all are on
        PostgreSQL that are no new cases, where a batch holds up its own device alone.
        """
        with reading(self._engine) as db:
            try:
                read = look(db, request, key)
            except ShutOut:
                return None
        standing = stand(request.device, read)
        fits = (request.epoch, request.incarnation) == (standing.epoch, standing.incarnation)
        if not fits or request.before or standing.is_behind(request):
            return None
        kept = Kept(standing, self._numbers, now(), self._pen(standing))
        try:
            results = _Batch(standing, told, kept, self._gate, {}).take_all(request)
        except _NeedsWriter:
            return None
        kept.make()
        return _Ahead(read, kept, _taken(standing, kept, results))

    def _pen(self, standing: Standing) -> ReceiptSigner:
        key = standing.hall_key, standing.algorithms.signature
        if self._signer is None or self._signer[0] != key:
            self._signer = key, ReceiptSigner(*key)
        return self._signer[1]


def take_batch(engine: Engine, device: str, request: PushRequest, gate: Gate) -> PushAnswer:
    """Take one batch, as Intake.take does; for whoever has few of them."""
    return Intake(engine, gate, numbers_ahead=1).take(device, request).answer


def _taken(standing: Standing, kept: Kept, results: tuple[PushResult, ...]) -> Taken:
    return Taken(results, answer_of(standing.epoch, map(kept.answered, results)))


class _NeedsWriter(Exception):
    """What is in the batch cannot be judged without the database."""


class _Batch:
    """One batch on its way: what stands, what was decided, what is to be written."""

    def __init__(
        self,
        standing: Standing,
        told: Told,
        kept: Kept,
        gate: Gate,
        heard: Mapping[str, HeardBefore],
        db: Connection | None = None,
    ) -> None:
        """Without a database, whatever needs one raises _NeedsWriter."""
        self._heard, self._held = heard, db
        self._standing, self._told, self._gate = standing, told, gate
        self._kept, self._at = kept, kept.at

    @property
    def _db(self) -> Connection:
        if self._held is None:
            raise _NeedsWriter
        return self._held

    def take_all(self, request: PushRequest) -> tuple[PushResult, ...]:
        """Answer each envelope. Behind one that shows that a copy of the station's disk speaks, nothing is mixed in with
        the station's own."""
        results: list[PushResult] = []
        for envelope, received in zip(request.items, self._told, strict=True):
            if results and results[-1].code in _OF_A_COPY:
                results.append(PushResult(envelope.id, PushStatus.DEFERRED, results[-1].code))
            else:
                results.append(self._take(envelope, received))
        return tuple(results)

    def _take(self, envelope: Envelope, received: CaseReceived | None) -> PushResult:
        seen = self._standing.seen.get(envelope.id)
        if seen is not None:
            sha256, before = seen
            if sha256 != envelope.sha256 or not self._digest_fits(envelope):
                return PushResult(envelope.id, PushStatus.REJECTED, "id_reused")
            if before.status is PushStatus.APPLIED:
                self._conclude_again(envelope)
                return replace(before, status=PushStatus.DUPLICATE)
            # What did not fit had no effect: when a person has mended what stood in its way, it may pass.
            result = self._apply(envelope, received)
            self._kept.judge_again(self._db, envelope, result)
            return result
        wrong = self._out_of_place(envelope)
        if wrong is not None:
            return wrong
        result = self._apply(envelope, received)
        self._kept.keep(envelope, result)
        return result

    def _out_of_place(self, envelope: Envelope) -> PushResult | None:
        """Refuse what cannot stand where it says. What lies between may come later: an event that a station holds back for a
        person to look at holds up its own case and no other."""
        standing = self._standing
        around = standing.around
        code = self._unfit(envelope)
        if code:
            return PushResult(envelope.id, PushStatus.REJECTED, code)
        if envelope.seq in around or envelope.seq < 1:
            # A cloned disk or a restored backup: another event stands at this place already.
            return PushResult(envelope.id, PushStatus.REJECTED, "seq_reused")
        if envelope.seq > standing.last_seq + MOST_AHEAD:
            return PushResult(envelope.id, PushStatus.DEFERRED, "gap")
        before, after = around.get(envelope.seq - 1), around.get(envelope.seq + 1)
        expected = GENESIS if envelope.seq == 1 else before.sha256 if before is not None else envelope.prev
        follows = after is None or after.prev == envelope.sha256
        if envelope.prev != expected or not follows:
            return PushResult(envelope.id, PushStatus.REJECTED, "chain_broken")
        return None

    def _unfit(self, envelope: Envelope) -> str:
        """Return why an envelope fits nowhere, "" when it may."""
        if envelope.digest != self._standing.algorithms.digest:
            return "algorithm"
        if not self._digest_fits(envelope):
            return "hash"
        fit = fit_an_index(envelope.id, envelope.subject, envelope.actor, envelope.prev)
        return "" if fit and is_in_calendar(envelope.at) else "malformed"

    def _digest_fits(self, envelope: Envelope) -> bool:
        return digest(envelope.body, self._standing.algorithms.digest) == envelope.sha256

    def _apply(self, envelope: Envelope, received: CaseReceived | None) -> PushResult:
        try:
            if self._take_again(envelope):
                pass
            elif envelope.kind is EventKind.CASE_RECEIVED:
                self._register(envelope, received)
            else:
                self._step(envelope)
        except (Malformed, DataError, OverflowError):  # no column holds such a number
            return PushResult(envelope.id, PushStatus.REJECTED, "malformed")
        except (cases.StepRefused, disputes.DisputeRefused, NotAllowed) as refused:
            self._kept.write(self._db)
            held = standing_of(self._db, self._standing.station, envelope)
            return PushResult(envelope.id, PushStatus.CONFLICT, refused.code, standing=held)
        return PushResult(envelope.id, PushStatus.APPLIED)

    def _take_again(self, envelope: Envelope) -> bool:
        """Apply what the hall had signed for before it was restored; False when it has to be judged."""
        heard = self._heard.get(envelope.id)
        if heard is None:
            return False
        self._kept.write(self._db)
        try:
            with self._db.begin_nested():
                return heard_before.take_again(self._db, self._standing.station, envelope, heard, self._gate)
        except IntegrityError:
            raise cases.StepRefused("taken") from None

    def _conclude_again(self, envelope: Envelope) -> None:
        """The hall has kept the event and may have lost how its case ended: the station shows it."""
        heard = self._heard.get(envelope.id)
        if heard is not None and heard.concluded is not None:
            self._kept.write(self._db)
            with self._db.begin_nested():
                heard_before.concluded_again(self._db, self._standing.station, envelope, heard)

    def _register(self, envelope: Envelope, received: CaseReceived | None) -> None:
        """收件 at the hall: the case will get its number with the others of the batch."""
        if received is None:
            raise Malformed("CaseReceived")
        if received.clerk != envelope.actor:
            raise NotAllowed("actor")
        self._hold(envelope)
        if received.station != self._standing.station:
            raise cases.StepRefused("other_station")
        if not received.sub_cases:
            raise cases.StepRefused("no_items")
        names = [order.item for order in received.sub_cases]
        if len(set(names)) != len(names):
            raise Malformed("CaseReceived: sub_cases")
        if self._standing.knows(envelope.subject, received.receipt_no):
            raise cases.StepRefused("case_known")
        self._kept.register(Registration(envelope, received))

    def _hold(self, envelope: Envelope) -> None:
        # A station whose clock is ahead must not gain an account that does not exist yet.
        roles = self._standing.roles(envelope.actor, min(envelope.at, self._at))
        if roles is None:
            raise NotAllowed("actor")
        hold_roles(roles, EVENT_ACTIONS[envelope.kind], self._standing.level)

    def _step(self, envelope: Envelope) -> None:
        self._kept.write(self._db)
        try:
            with self._db.begin_nested():
                hold_event(self._db, self._standing.station, envelope, self._at)
                _go(self._db, self._standing, envelope, self._at, self._gate)
        except IntegrityError:
            # A number or an id of it is another's already: no second try makes it fit.
            raise cases.StepRefused("taken") from None


def _go(db: Connection, mine: Standing, envelope: Envelope, at: datetime, gate: Gate) -> None:
    station = mine.station
    if office_events.take(db, station, envelope, at):
        return
    case, body = envelope.subject, envelope.body
    if envelope.kind is EventKind.CASE_ACCEPTED:
        accepted = decode(CaseAccepted, body)
        second_person.hold_tolerances(db, station, envelope, accepted)
        forwarding.hold_taken(db, case)
        # Before the departments begin: the office that received the case hears things in their order.
        forwarding.tell_acceptance(db, case, station, accepted)
        late_acceptance.accept(db, mine, envelope, accepted, at, gate)
    elif envelope.kind in second_person.CLOSING:
        closed = decode(CaseClosed, body)
        second_person.close_case(db, station, envelope, closed, at)
        forwarding.tell_end(db, case, station, envelope.kind, closed)
    elif envelope.kind is EventKind.CASE_REOPENED:
        second_person.reopen_case(db, station, envelope, decode(CaseReopened, body), at)
        forwarding.tell_reopened(db, case, station, at)
    elif envelope.kind is EventKind.SLIP_PRINTED:
        cases.note_slip(db, case, station, decode(SlipPrinted, body))
    elif envelope.kind is EventKind.PAPERS_CHANGED:
        by_person = envelope.actor != STATION_ITSELF
        cases.change_papers(db, case, station, decode(PapersChanged, body), gate, at, by_person=by_person)
    elif envelope.kind is EventKind.RECEIPT_AMENDED:
        corrections.amend(db, station, envelope, decode(ReceiptAmended, body), gate, at)
    elif envelope.kind in _BESIDE:
        _BESIDE[envelope.kind](db, station, envelope, at)
    else:
        raise cases.StepRefused("kind_unknown")


# What is between the receipt and its end or its mending, and what is told beside the steps.
_BESIDE: Mapping[EventKind, Callable[[Connection, str, Envelope, datetime], None]] = {
    EventKind.CORRECTION_ASKED: lambda db, station, envelope, at: corrections.ask_correction(
        db, station, envelope, decode(CorrectionAsked, envelope.body), at
    ),
    EventKind.CORRECTION_ANSWERED: lambda db, station, envelope, at: corrections.take_correction(
        db, station, envelope, decode(CorrectionAnswered, envelope.body), at
    ),
    EventKind.CASE_RETURNED: lambda db, station, envelope, at: corrections.return_case(
        db, station, envelope, decode(CaseReturned, envelope.body), at
    ),
    EventKind.CASE_WITHDRAWN: lambda db, station, envelope, at: corrections.withdraw(
        db, station, envelope, decode(CaseWithdrawn, envelope.body), at
    ),
    EventKind.SLIP_VOIDED: lambda db, station, envelope, _: void_slip(
        db, envelope.subject, station, decode(SlipVoided, envelope.body)
    ),
    EventKind.VERIFICATION_DISPUTED: lambda db, station, envelope, at: disputes.take(
        db, envelope.subject, station, decode(VerificationDisputed, envelope.body), at
    ),
    EventKind.EVALUATION_GIVEN: lambda db, station, envelope, at: evaluations.take(
        db, station, envelope, decode(EvaluationGiven, envelope.body), at
    ),
    EventKind.SLIP_SETTLED: lambda db, station, envelope, at: settle_slip(
        db, station, envelope, decode(SlipSettled, envelope.body), at
    ),
}
