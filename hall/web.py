"""The hall's API: stations sign every request, departments carry a token, troubles have typed codes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, Engine, select

from catalogue.model import Catalogue
from hall import cases, desk, releases
from hall.acceptance import Gate
from hall.audit_heads import HeadRefused, countersign, stamps_of
from hall.blobs import keep_blob
from hall.card_keys import KeyServer, KeysRefused
from hall.database import now
from hall.electronic_cards import ElectronicCards, TokenRefused, VerifierDown
from hall.enrolment import CodeRefused, enrol
from hall.feed import CursorGone, page
from hall.intake import PushRefused, take_batch
from hall.recovery import RecoveryRefused, grant, keep_wrap, recovery_key
from hall.result_codes import CodeUnknown, ResultLists, in_our_code
from hall.slips import check_slip
from hall.staffing import staff_list
from hall.tables import devices, staff
from hall.tasks import department_of, open_tasks
from hall.verification import Broker, LookupRefused
from hall.watch import told as told_alarms
from hall.who_may import NotAllowed, hold
from wire.codec import Malformed, decode, encode
from wire.http_signature import BadSignature, check_request
from wire.keys import unb64
from wire.messages import (
    MAX_BODY_BYTES,
    Alarms,
    AuditHead,
    CardChallenge,
    CodedResult,
    ElectronicCardQuery,
    EnrolRequest,
    PushRequest,
    RecoveryRequest,
    RecoveryWrap,
    Result,
    Role,
    StaffAccount,
    Trouble,
    VerificationQuery,
)
from wire.rights import Action

log = logging.getLogger(__name__)
T = TypeVar("T")
_MESSAGE_BYTES = MAX_BODY_BYTES + 200_000  # a batch and the envelopes around the bodies
MAX_BLOB_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class HallParts:
    """What the API is made of."""

    engine: Engine
    catalogue: Catalogue
    broker: Broker
    blobs: Path
    releases: Path
    card_keys: KeyServer | None = None  # without one no card can be proven
    electronic_cards: ElectronicCards | None = None  # without a verifier every token is refused
    result_lists: ResultLists = field(default_factory=dict)  # of departments that write digits of their own


class Told(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, code: str, details: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code = status, code
        self.details: Mapping[str, str] = details or {}


@dataclass(frozen=True, slots=True)
class Caller:
    """A station's device whose signature was checked."""

    device: str
    station: str


def make_app(parts: HallParts) -> FastAPI:
    """Build the API and the reviewers' pages."""
    app = FastAPI(title="一窗 hall", version="1", docs_url=None, redoc_url=None)
    app.add_exception_handler(Told, _told)
    _station_routes(app, parts)
    _auditor_routes(app, parts)
    _staff_routes(app, parts)
    _catalogue_routes(app, parts)
    _trust_routes(app, parts)
    _department_routes(app, parts)
    _open_routes(app, parts)
    app.include_router(desk.make_router(parts.engine, parts.catalogue))
    return app


def _station_routes(app: FastAPI, parts: HallParts) -> None:  # noqa: C901, PLR0915 - short routes in one place
    gate = Gate(parts.catalogue, parts.releases)

    @app.post("/v1/push")
    async def push(request: Request) -> Response:
        """Take a batch of events."""
        caller, body = await _signed(request, parts.engine)
        batch = _decoded(PushRequest, body)
        try:
            return _json(await run_in_threadpool(take_batch, parts.engine, caller.device, batch, gate))
        except PushRefused as refused:
            raise Told(refused.status, refused.code) from refused

    @app.get("/v1/changes")
    async def changes(request: Request, cursor: str = "", limit: int = 200) -> Response:
        """Tell what is new."""
        caller, _ = await _signed(request, parts.engine)

        def read() -> object:
            with parts.engine.begin() as db:
                return page(db, caller.station, cursor, limit)

        try:
            return _json(await run_in_threadpool(read))
        except CursorGone as gone:
            raise Told(410, "cursor_gone") from gone
        except ValueError as error:
            raise Told(422, "malformed") from error

    @app.put("/v1/blobs/{sha256}")
    async def blob(request: Request, sha256: str) -> Response:
        """Take a scan; its name must be its hash. The same scan twice is one."""
        _, body = await _signed(request, parts.engine, MAX_BLOB_BYTES)
        if hashlib.sha256(body).hexdigest() != sha256:
            raise Told(422, "hash")
        await run_in_threadpool(keep_blob, parts.blobs, sha256, body)
        return Response(status_code=204)

    @app.post("/v1/verify")
    async def verify(request: Request) -> Response:
        """Ask a register."""
        caller, body = await _signed(request, parts.engine)
        query = _decoded(VerificationQuery, body)
        try:
            return _json(await run_in_threadpool(parts.broker.answer, caller.station, query))
        except LookupRefused as refused:
            raise Told(refused.status, refused.code, refused.details) from refused

    @app.post("/v1/cards/cryptograms")
    async def cryptograms(request: Request) -> Response:
        """Compute for a card at a counter, which holds no key of its own (cards.md 2.4)."""
        caller, body = await _signed(request, parts.engine)
        challenge = _decoded(CardChallenge, body)
        if parts.card_keys is None:
            raise Told(404, "no_card_keys")
        try:
            answer = await run_in_threadpool(parts.card_keys.cryptograms, challenge)
        except KeysRefused as refused:
            log.info("card keys refused to station %s: %s", caller.station, refused)
            raise Told(422, "card_keys") from refused
        log.info("card keys given to station %s for region %s", caller.station, challenge.region)
        return _json(answer)

    @app.post("/v1/cards/electronic")
    async def electronic_card(request: Request) -> Response:
        """Say whose electronic card a token is (cards.md 2.6); the log never sees the token."""
        caller, body = await _signed(request, parts.engine)
        query = _decoded(ElectronicCardQuery, body)
        await _may(parts.engine, caller, query.clerk, Action.CARD_READ)
        if parts.electronic_cards is None:
            raise Told(404, "no_card_verifier")
        try:
            reply = await run_in_threadpool(parts.electronic_cards.answer, caller.station, query)
        except TokenRefused as refused:
            log.info("electronic card refused to station %s", caller.station)
            raise Told(403, "card_token") from refused
        except VerifierDown as down:
            log.warning("verifier of electronic cards gave no answer: %s", down)
            raise Told(424, "card_verifier_down") from down
        log.info("electronic card confirmed to station %s: %s", caller.station, reply.evidence_no)
        return _json(reply)


def _auditor_routes(app: FastAPI, parts: HallParts) -> None:
    @app.get("/v1/alarms")
    async def alarms(request: Request, auditor: str = "") -> Response:
        """Tell a station's auditor of the look-ups that want looking at; the name is under the station's signature."""
        caller, _ = await _signed(request, parts.engine)

        def read() -> Alarms | None:
            with parts.engine.begin() as db:
                chosen = select(staff.c.body).where(
                    staff.c.station == caller.station, staff.c.login == auditor
                )
                body = db.scalar(chosen)
                if body is None or Role.AUDITOR not in decode(StaffAccount, body).roles:
                    return None
                return Alarms(told_alarms(db, caller.station))

        found = await run_in_threadpool(read)
        if found is None:
            raise Told(403, "role")
        return _json(found)


def _staff_routes(app: FastAPI, parts: HallParts) -> None:
    @app.get("/v1/staff")
    async def staff(request: Request) -> Response:
        """Tell who may sign in at the station, as of now."""
        caller, _ = await _signed(request, parts.engine)

        def read() -> object:
            with parts.engine.begin() as db:
                return staff_list(db, caller.station)

        return _json(await run_in_threadpool(read))


async def _may(engine: Engine, caller: Caller, login: str, action: Action) -> None:
    """Hold whoever is named as the asker to the hall's own table of rights."""

    def look() -> None:
        with engine.begin() as db:
            hold(db, caller.station, login, action, now())

    try:
        await run_in_threadpool(look)
    except NotAllowed as refused:
        log.info("station %s: %s may not %s: %s", caller.station, login, action.value, refused.code)
        raise Told(403, refused.code) from refused


def _catalogue_routes(app: FastAPI, parts: HallParts) -> None:
    @app.get("/v1/catalogue")
    async def manifest(request: Request) -> Response:
        """Tell which release is the newest."""
        await _signed(request, parts.engine)

        def read() -> object:
            with parts.engine.begin() as db:
                return releases.newest(db)

        found = await run_in_threadpool(read)
        if found is None:
            raise Told(404, "no_catalogue")
        return _json(found)

    @app.get("/v1/catalogue/{sha256}")
    async def release(request: Request, sha256: str) -> Response:
        """Give a release, newest or not."""
        await _signed(request, parts.engine)
        content = await run_in_threadpool(releases.content_of, parts.releases, sha256)
        if content is None:
            raise Told(404, "no_catalogue")
        return Response(content, media_type="application/zip")


def _trust_routes(app: FastAPI, parts: HallParts) -> None:
    @app.post("/v1/audit/heads")
    async def audit_head(request: Request) -> Response:
        """Countersign the head of a station's audit chain."""
        caller, body = await _signed(request, parts.engine)
        head = _decoded(AuditHead, body)
        try:
            return _json(await run_in_threadpool(countersign, parts.engine, caller.device, head))
        except HeadRefused as refused:
            if refused.code != "audit_base":
                log.warning("audit chain of device %s: %s at %s", caller.device, refused.code, head.seq)
            raise Told(409, refused.code, {"seq": str(refused.known)}) from refused

    @app.get("/v1/audit/stamps")
    async def audit_stamps(request: Request) -> Response:
        """Tell every stamp of the calling device."""
        caller, _ = await _signed(request, parts.engine)
        return _json(await _in_db(parts, lambda db: stamps_of(db, caller.device)))

    @app.get("/v1/recovery/key")
    async def recovery_public(request: Request) -> Response:
        """Tell the key that stores' keys are sealed for."""
        await _signed(request, parts.engine)
        return _json(await _in_db(parts, recovery_key))

    @app.put("/v1/recovery/wrap")
    async def recovery_wrap(request: Request) -> Response:
        """Keep the sealed key of a station's store."""
        caller, body = await _signed(request, parts.engine)
        wrap = _decoded(RecoveryWrap, body)
        try:
            await _in_db(parts, lambda db: keep_wrap(db, caller.device, wrap))
        except RecoveryRefused as refused:
            raise Told(422, "recovery_wrap") from refused
        return Response(status_code=204)

    @app.post("/v1/recovery/open")
    async def recovery_open(request: Request) -> Response:
        """Give a lost key back, once. Nobody can sign this: the device's key is inside the lost store."""
        wanted = _decoded(RecoveryRequest, await _body(request))
        given = await _in_db(parts, lambda db: grant(db, wanted))
        log.warning("recovery of device %s: %s", _short(wanted.device), "given" if given else "refused")
        if given is None:
            raise Told(403, "recovery_code")
        return _json(given)


async def _in_db(parts: HallParts, work: Callable[[Connection], T]) -> T:
    def run() -> T:
        with parts.engine.begin() as db:
            return work(db)

    return await run_in_threadpool(run)


def _short(text: str) -> str:
    # Whoever asks may write anything: a log line takes no more than an id.
    return "".join(c for c in text[:16] if c.isalnum())


def _department_routes(app: FastAPI, parts: HallParts) -> None:
    @app.get("/v1/departments/{department}/tasks")
    def tasks(request: Request, department: str) -> Response:
        """List the queue of a department."""
        with parts.engine.begin() as db:
            _token(request, department, lambda token: department_of(db, token))
            return _json(open_tasks(db, department, parts.catalogue))

    @app.post("/v1/departments/{department}/tasks/{task}/decide")
    async def decide(request: Request, department: str, task: int, coded: bool = False) -> Response:
        """Take a decision; the body is a Result, or a CodedResult where `coded` says so."""
        body = await _body(request)
        result = _translated(_decoded(CodedResult, body), parts) if coded else _decoded(Result, body)

        def settle() -> None:
            with parts.engine.begin() as db:
                _token(request, department, lambda token: department_of(db, token))
                cases.decide(db, task, department, result, now())

        try:
            await run_in_threadpool(settle)
        except cases.StepRefused as refused:
            raise Told(409, refused.code) from refused
        return Response(status_code=204)


def _open_routes(app: FastAPI, parts: HallParts) -> None:
    @app.post("/v1/enrol")
    async def enrol_station(request: Request) -> Response:
        """Trade a one-time code."""
        wanted = _decoded(EnrolRequest, await _body(request))

        def trade() -> object:
            with parts.engine.begin() as db:
                return enrol(db, wanted)

        try:
            return _json(await run_in_threadpool(trade))
        except CodeRefused as refused:
            raise Told(403, "enrol_code") from refused

    @app.get("/v1/slips/check")
    def slip(code: str) -> Response:
        """Say whether a slip is genuine."""
        with parts.engine.begin() as db:
            return _json(check_slip(db, code))

    @app.get("/v1/health")
    def health() -> dict[str, str]:
        """Say that the hall is there and its database answers."""
        with parts.engine.connect() as db:
            db.exec_driver_sql("SELECT 1")
        return {"status": "ok"}


async def _signed(request: Request, engine: Engine, limit: int = _MESSAGE_BYTES) -> tuple[Caller, bytes]:
    body = await _body(request, limit)

    def check() -> Caller:
        with engine.begin() as db:
            rows = {row.id: row for row in db.execute(select(devices))}

            def find(device: str) -> bytes | None:
                return unb64(rows[device].public_key) if device in rows else None

            device = check_request(
                method=request.method,
                url=str(request.url),
                headers=dict(request.headers),
                body=body,
                find_key=find,
                now=now(),
            )
            if rows[device].revoked_at:
                raise Told(403, "device_revoked")
            return Caller(device, rows[device].station)

    try:
        return await run_in_threadpool(check), body
    except BadSignature as bad:
        known = {"unknown_key": "device_unknown", "skewed": "skewed"}
        raise Told(401, known.get(bad.code, "signature")) from bad


async def _body(request: Request, limit: int = _MESSAGE_BYTES) -> bytes:
    """Read a body up to the limit that stations know; a longer one is not read to its end."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > limit:
            raise Told(413, "too_large")
    return bytes(read)


def _token(request: Request, department: str, owner: Callable[[str], str | None]) -> None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or owner(token) != department:
        raise Told(401, "token")


def _decoded(kind: type[T], body: bytes) -> T:
    try:
        return decode(kind, body)
    except Malformed as error:
        raise Told(422, "malformed") from error


def _translated(told: CodedResult, parts: HallParts) -> Result:
    try:
        return in_our_code(told, parts.result_lists)
    except CodeUnknown as unknown:
        raise Told(422, "code_unknown") from unknown


def _json(value: object) -> Response:
    return Response(encode(value), media_type="application/json")


async def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, Told):
        raise error
    log.info("%s %s -> %s", request.method, request.url.path, error.code)
    trouble = Trouble(error.code, error.details, now())
    return Response(encode(trouble), status_code=error.status, media_type="application/json")
