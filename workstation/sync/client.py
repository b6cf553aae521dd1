"""The hall over HTTP: every request signed by the device, every trouble one of our codes."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import quote, urlencode

import httpx2

from wire.algorithms import SETS, offered
from wire.board import HallBoard
from wire.calendar import WorkingDayTable
from wire.codec import Malformed, decode, encode
from wire.devices import CaBundle, DeviceState, KeyRotated, KeyRotation
from wire.epoch import EpochAnnouncement
from wire.http_signature import sign_request
from wire.invitation import Invitation, known_by
from wire.keys import b64, key_id, public_of, unb64
from wire.limits import HallLimits
from wire.messages import (
    Alarm,
    Alarms,
    AuditHead,
    AuditStamp,
    AuditStamps,
    CardChallenge,
    CardCryptograms,
    CatalogueManifest,
    ChangePage,
    ElectronicCardQuery,
    ElectronicCardReply,
    Enrolment,
    EnrolRequest,
    PushAnswer,
    PushRequest,
    RecoveryGrant,
    RecoveryKey,
    RecoveryRequest,
    RecoveryWrap,
    SlipCheck,
    StaffList,
    Trouble,
    VerificationQuery,
    VerificationReply,
)
from wire.numbers import BlockWanted, NumberBlock
from wire.packing import WORTH_BYTES, ZSTD, Bomb, NotPacked, pack, unpack
from wire.reviews import ReviewAct, Reviews
from wire.sheets import PaperOfSlip
from wire.signed import Signed, reply_is_genuine
from wire.slips import SlipMandate
from wire.snapshot import SnapshotPage
from wire.staleness import StalenessPolicy
from wire.uploads import UploadAsked, UploadTicket
from workstation.domain.failures import Failure, Refused
from workstation.sync.hall_time import HallTime
from workstation.sync.secure_line import (
    SYSTEM_ROOTS,
    hall_context,
    hold_address,
    tls_refusal,
    unverified_context,
)
from workstation.sync.staff import believed

log = logging.getLogger(__name__)

T = TypeVar("T")

_CODES = {
    "enrol_code": Failure.ENROL_CODE_REFUSED,
    "device_revoked": Failure.DEVICE_REVOKED,
    "skewed": Failure.CLOCK_SKEWED,
    "busy": Failure.HALL_BUSY,
    "no_card_verifier": Failure.QR_VERIFIER_MISSING,
    "card_token": Failure.QR_REFUSED,
    "card_verifier_down": Failure.QR_VERIFIER_DOWN,
    "scan_unknown": Failure.SCAN_UNKNOWN,
    "scan_coming": Failure.SCAN_COMING,
    "audit_rolled_back": Failure.AUDIT_REFUSED,
    "audit_forked": Failure.AUDIT_REFUSED,
    "recovery_code": Failure.RECOVERY_REFUSED,
    "lookup_limit": Failure.LOOKUP_LIMIT,
    "actor": Failure.CLERK_UNKNOWN,
    "role": Failure.ROLE_MISSING,
    "device_pending": Failure.DEVICE_PENDING,
    "incarnation": Failure.STATION_COPIED,
    "same_person": Failure.OWN_REVIEW,
    "review_unknown": Failure.REVIEW_SETTLED,
    "review_closed": Failure.REVIEW_SETTLED,
    "review_open": Failure.REVIEW_INCOMPLETE,
    "words": Failure.REVIEW_INCOMPLETE,
    "grade": Failure.REVIEW_INCOMPLETE,
}
_TOLD = ("limit", "period", "missing", "seq")  # details of a trouble that name things and no person
TIMEOUT = httpx2.Timeout(10.0, connect=3.0)
KEYS_TIMEOUT = httpx2.Timeout(4.0, connect=1.5)  # a citizen's card waits in the reader
MOST_BYTES = 64_000_000  # of any answer; the largest is a release of the catalogue
SCAN_TIMEOUT = httpx2.Timeout(60.0, connect=3.0)  # per piece written or read, not for the whole
# An idle connection outlives the pause between two looks for news (pace.QUIET_S), for a new one costs a handshake; the hall
# keeps it longer (hall/tls.py), so that a request never meets one that is being closed.
KEPT_S = 45.0
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Device:
    """Who signs: the station's enrolment and its private key; the id of the key is not the device's for ever."""

    enrolment: Enrolment
    private: bytes

    @property
    def key_id(self) -> str:
        """Name the key that signs."""
        return key_id(public_of(self.private))


class HallClient:
    """Talks to one hall for one device; safe to use from several threads. Implements services.ports.Hall."""

    def __init__(
        self,
        hall_url: str,
        device: Device,
        clock: Callable[[], datetime],
        *,
        time: HallTime | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`time` is shared by the clients of a station, so that one of them hears for all that the clock is wrong.

        `context` says whom to believe (sync/secure_line); without one only a hall on this machine is spoken to.
        """
        self._url = hall_url.rstrip("/")
        self._device = device
        self.time = time or HallTime(clock)
        self._packs = False  # once the hall has said that it unpacks
        kept = httpx2.Limits(keepalive_expiry=KEPT_S)
        self._http = httpx2.Client(trust_env=False, verify=context or hall_context(""), limits=kept)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def verify(self, query: VerificationQuery) -> VerificationReply:
        """See services.ports.Hall."""
        reply = self._post("/v1/verify", query, VerificationReply)
        genuine = self._is_genuine(reply)
        # An answer to another question is as bad as a forged one: it may speak of somebody else.
        if not genuine or reply.query != query.id or reply.service != query.service:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return reply

    def card_cryptograms(self, challenge: CardChallenge) -> CardCryptograms:
        """See services.ports.CardKeys."""
        return self._post("/v1/cards/cryptograms", challenge, CardCryptograms, KEYS_TIMEOUT)

    def electronic_card(self, query: ElectronicCardQuery) -> ElectronicCardReply:
        """See services.ports.Hall."""
        reply = self._post("/v1/cards/electronic", query, ElectronicCardReply, KEYS_TIMEOUT)
        if not self._is_genuine(reply) or reply.query != query.id:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return reply

    def alarms(self, auditor: str) -> tuple[Alarm, ...]:
        """See services.ports.Hall."""
        asked = urlencode({"auditor": auditor})
        return _decoded(self._send("GET", f"/v1/alarms?{asked}", b""), Alarms).items

    def reviews(self, supervisor: str) -> Reviews:
        """See services.ports.Hall."""
        asked = urlencode({"supervisor": supervisor})
        return _decoded(self._send("GET", f"/v1/reviews?{asked}", b""), Reviews)

    def act_on_review(self, act: ReviewAct) -> Reviews:
        """See services.ports.Hall."""
        return self._post("/v1/reviews/acts", act, Reviews)

    def board(self, asker: str) -> HallBoard:
        """See services.ports.Hall."""
        said = _decoded(self._send("GET", f"/v1/board?{urlencode({'asker': asker})}", b""), HallBoard)
        # Signed for this station and person: another hour's board is told by its time.
        if not self._is_genuine(said) or (said.station, said.asked_by) != (
            self._device.enrolment.station,
            asker,
        ):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return said

    def shared_scan(self, case: str, sha256: str, clerk: str) -> bytes:
        """See services.ports.Hall."""
        path = f"/v1/cases/{quote(case, safe='')}/scans/{quote(sha256, safe='')}"
        return self._send("GET", f"{path}?{urlencode({'clerk': clerk})}", b"", timeout=SCAN_TIMEOUT)

    def staff_list(self) -> StaffList:
        """Ask who may sign in. Raises Refused like verify; its signature is not checked here."""
        return _decoded(self._send("GET", "/v1/staff", b""), StaffList)

    def catalogue_manifest(self) -> CatalogueManifest:
        """Ask which release of the catalogue is the newest. Raises Refused like verify; its signature is not checked here."""
        return _decoded(self._send("GET", "/v1/catalogue", b""), CatalogueManifest)

    def catalogue_release(self, sha256: str) -> bytes:
        """Fetch a release. Raises Refused like verify."""
        return self._send("GET", f"/v1/catalogue/{sha256}", b"", timeout=SCAN_TIMEOUT)

    def push(self, request: PushRequest) -> PushAnswer:
        """Send a batch. Raises Refused like verify."""
        return self._post("/v1/push", request, PushAnswer)

    def changes(self, cursor: str, limit: int = 200) -> ChangePage:
        """Fetch what is new after the cursor. Raises Refused like verify."""
        asked = urlencode({"cursor": cursor, "limit": limit})
        page = _decoded(self._send("GET", f"/v1/changes?{asked}", b""), ChangePage)
        # Signed for us and for this very question: an old page, or another station's, would pass for news.
        if not self._is_genuine(page) or (page.station, page.after) != (
            self._device.enrolment.station,
            cursor,
        ):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return page

    def snapshot(self, page: str) -> SnapshotPage:
        """Fetch a page of the station's cases as they stand, "" for the first. Raises Refused like verify."""
        found = _decoded(self._send("GET", f"/v1/snapshot?{urlencode({'page': page})}", b""), SnapshotPage)
        if not self._is_genuine(found) or (found.station, found.page) != (
            self._device.enrolment.station,
            page,
        ):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return found

    def epoch(self) -> EpochAnnouncement:
        """Ask which epoch is in force. Raises Refused like verify."""
        said = _decoded(self._send("GET", "/v1/epoch", b""), EpochAnnouncement)
        if not self._is_genuine(said):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return said

    def limits(self) -> HallLimits:
        """Ask what the hall takes at once; from then on what is sent is packed where the hall unpacks. Raises Refused."""
        told = _decoded(self._send("GET", "/v1/limits", b""), HallLimits)
        self._packs = ZSTD in told.packings
        return told

    def upload_ticket(self, asked: UploadAsked) -> UploadTicket:
        """Ask for the right to send one scan. Raises Refused like verify, Refused(HALL_REFUSED, code=too_large)."""
        return self._post("/v1/upload-tickets", asked, UploadTicket)

    def speak_tus(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> Mapping[str, str]:
        """Send a request of tus 1.0 and return the headers of the answer, their names in lower case.

        It is not signed: the ticket among `headers` says who sends what. Raises Refused like verify.
        """
        answer, _ = _ask(self._http, method, self._url + path, headers, body, SCAN_TIMEOUT)
        return {name.lower(): value for name, value in answer.headers.items()}

    def stamp_head(self, head: AuditHead) -> AuditStamp:
        """Have the head of the audit chain countersigned.

        Raises Refused like verify, Refused(AUDIT_REFUSED, code, seq) when it does not extend what was stamped, and
        Refused(HALL_REFUSED, code=audit_base, seq) when the hall wants to see the entry at `seq`.
        """
        stamp = self._post("/v1/audit/heads", head, AuditStamp)
        said = (stamp.device, stamp.incarnation, stamp.seq, stamp.hash)
        genuine = self._is_genuine(stamp)
        if not genuine or said != (head.device, head.incarnation, head.seq, head.hash):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return stamp

    def audit_stamps(self) -> tuple[AuditStamp, ...]:
        """Fetch every stamp the hall has given this device. Raises Refused like verify; signatures are not checked here."""
        return _decoded(self._send("GET", "/v1/audit/stamps", b""), AuditStamps).stamps

    def recovery_key(self) -> bytes:
        """Fetch the key that a store's key is sealed for. Raises Refused like verify."""
        said = _decoded(self._send("GET", "/v1/recovery/key", b""), RecoveryKey)
        if not self._is_genuine(said) or not _is_key(said.public):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return unb64(said.public)

    def put_recovery_wrap(self, wrap: RecoveryWrap) -> None:
        """Give the hall the sealed key of the store. Raises Refused like verify."""
        self._send("PUT", "/v1/recovery/wrap", encode(wrap).encode())

    def number_block(self, wanted: BlockWanted) -> NumberBlock:
        """Ask for a lane of receipt numbers. Raises Refused like verify; its signature is not checked here."""
        return self._post("/v1/numbers", wanted, NumberBlock)

    def slip_mandate(self) -> SlipMandate:
        """Ask for the hall's word that our key may sign slips. Raises Refused."""
        return _decoded(self._send("GET", "/v1/slips/mandate", b""), SlipMandate)

    def check_slip(self, code: str) -> SlipCheck:
        """Ask what the hall says of a slip's code. Raises Refused."""
        return _decoded(self._send("GET", f"/v1/slips/check?code={quote(code, safe='')}", b""), SlipCheck)

    def paper_of_slip(self, code: str) -> PaperOfSlip:
        """Ask what became of the sheet that a code is from. Raises Refused."""
        return _decoded(self._send("GET", f"/v1/slips/paper?code={quote(code, safe='')}", b""), PaperOfSlip)

    def staleness(self) -> StalenessPolicy:
        """Ask how long a station may go on alone. Raises Refused like verify; its signature is not checked here."""
        return _decoded(self._send("GET", "/v1/staleness", b""), StalenessPolicy)

    def calendar(self) -> WorkingDayTable:
        """Ask for the hall's table of working days. Raises Refused like verify; its signature is not checked here."""
        return _decoded(self._send("GET", "/v1/calendar", b""), WorkingDayTable)

    def use_key(self, private: bytes) -> None:
        """Sign with another key of the same device from the next request on."""
        self._device = replace(self._device, private=private)

    def device_state(self, private: bytes | None = None) -> DeviceState:
        """Ask the hall about this device, signing with another key for once. Raises Refused like verify."""
        device = replace(self._device, private=private) if private else self._device
        said = _decoded(self._send("GET", "/v1/devices/me", b"", device=device), DeviceState)
        if not self._is_genuine(said) or said.key != device.key_id:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return said

    def rotate_key(self, asked: KeyRotation, private: bytes | None = None) -> KeyRotated:
        """Ask the hall to take a new key, signing with another one than that in use for once. Raises Refused like verify."""
        device = replace(self._device, private=private) if private else self._device
        body = encode(asked).encode()
        said = _decoded(self._send("POST", "/v1/devices/rotate", body, device=device), KeyRotated)
        if not self._is_genuine(said):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return said

    def ca_bundle(self) -> CaBundle:
        """Fetch the certificates of the hall's authority. Raises Refused like verify."""
        said = _decoded(self._send("GET", "/v1/ca", b""), CaBundle)
        if not self._is_genuine(said):
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        return said

    def _is_genuine(self, reply: Signed) -> bool:
        hall = self._device.enrolment
        return reply_is_genuine(reply, unb64(hall.hall_key), hall.algorithms.signature)

    def _post(self, path: str, message: object, kind: type[T], timeout: httpx2.Timeout = TIMEOUT) -> T:
        return _decoded(self._send("POST", path, encode(message).encode(), _JSON, timeout), kind)

    def _send(
        self,
        method: str,
        path: str,
        body: bytes,
        media: str = _JSON,
        timeout: httpx2.Timeout = TIMEOUT,
        device: Device | None = None,
    ) -> bytes:
        device = device or self._device
        headers = {"Content-Type": media}
        if self._packs and media == _JSON and len(body) >= WORTH_BYTES:
            headers["Content-Encoding"] = ZSTD
            body = pack(body)
        try:
            return self._sign_and_send(method, path, headers, body, timeout, device)
        except Refused as refusal:
            # Something between has sent a request of ours a second time, and brought the answer to that one: asked anew, under
            # another nonce, the hall knows what it is by its own id.
            if refusal.details.get("code") != "replayed":
                self._correct(refusal)
        return self._sign_and_send(method, path, headers, body, timeout, device)

    def _correct(self, refusal: Refused) -> None:
        """Set the clock by what the hall said of a request that was signed with a wrong one; raise any other refusal."""
        said = refusal.details.get("server_time")
        if refusal.failure is not Failure.CLOCK_SKEWED or not said:
            raise refusal
        self.time.correct(datetime.fromisoformat(said))
        log.warning("the hall's clock is %s s ahead of this machine's", self.time.behind_s())

    def _sign_and_send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes,
        timeout: httpx2.Timeout,
        device: Device,
    ) -> bytes:
        url = self._url + path
        signature = sign_request(
            method=method,
            url=url,
            headers=headers,
            body=body,
            private=device.private,
            key_id=device.key_id,
            now=self.time.now(),
        )
        return _answer(self._http, method, url, headers | signature, body, timeout)


class HallEnroller:
    """Trades a one-time code; implements services.ports.Enroller."""

    def __init__(
        self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), roots: str = "hall"
    ) -> None:
        """`roots` is "hall" for the hall's own authority, "system" where the site has a root of its own."""
        self._clock, self._roots = clock, roots

    def meet(self, invitation: Invitation) -> str:
        """See services.ports.Enroller."""
        hold_address(invitation.url)
        if not invitation.url.lower().startswith("https://"):
            return ""
        if not invitation.ca:
            if self._roots == SYSTEM_ROOTS:
                return ""
            raise Refused(Failure.HALL_FINGERPRINT_MISSING)
        # Whoever answers here is nobody yet: nothing is said but the question, and only the fingerprint that came by
        # another way decides about the answer.
        with httpx2.Client(trust_env=False, verify=unverified_context()) as http:
            answer = _answer(http, "GET", invitation.url + "/v1/ca", {}, b"", TIMEOUT)
        try:
            pem = known_by(_decoded(answer, CaBundle).pem, invitation.ca)
        except ValueError:
            pem = ""
        if not pem:
            raise Refused(Failure.HALL_FINGERPRINT_OTHER)
        return pem

    def confirmed_staff(
        self, hall_url: str, enrolment: Enrolment, private: bytes, ca: str
    ) -> StaffList | None:
        """See services.ports.Enroller."""
        context = hall_context(ca, self._roots)
        client = HallClient(hall_url, Device(enrolment, private), self._clock, context=context)
        try:
            return believed(client.staff_list(), enrolment) if client.device_state().confirmed else None
        finally:
            client.close()

    def enrol(
        self,
        hall_url: str,
        code: str,
        public_key: bytes,
        sign: Callable[[bytes], bytes],
        ca: str = "",
        device: str = "",
    ) -> Enrolment:
        """See services.ports.Enroller."""
        request = EnrolRequest(code, b64(public_key), b64(sign(code.encode())))
        url = hall_url.rstrip("/") + "/v1/enrol"
        with httpx2.Client(trust_env=False, verify=hall_context(ca, self._roots)) as http:
            body = encode(request).encode()
            answer = _answer(http, "POST", url, {"Content-Type": _JSON}, body, TIMEOUT)
        enrolment = _decoded(answer, Enrolment)
        own = key_id(public_key)
        if enrolment.device not in (own, device or own) or not _is_key(enrolment.hall_key):
            # It speaks of another device than ours, or nothing that it signs for us could ever be checked.
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
        missing = offered().missing(enrolment.algorithms)
        if missing or SETS.get(enrolment.algorithms.name) != enrolment.algorithms:
            # A set is agreed whole, by its name: a mixture of our own names would be a downgrade nobody has chosen.
            raise Refused(Failure.ALGORITHM_UNAVAILABLE, names=" ".join(missing) or enrolment.algorithms.name)
        return enrolment


def ask_for_recovery(
    hall_url: str, request: RecoveryRequest, context: ssl.SSLContext | None = None
) -> RecoveryGrant:
    """Ask for a lost key with a one-time code. Raises Refused(RECOVERY_REFUSED | HALL_UNREACHABLE | HALL_BUSY)."""
    with httpx2.Client(trust_env=False, verify=context or hall_context("")) as http:
        url = hall_url.rstrip("/") + "/v1/recovery/open"
        answer = _answer(http, "POST", url, {"Content-Type": _JSON}, encode(request).encode(), TIMEOUT)
    grant = _decoded(answer, RecoveryGrant)
    if grant.device != request.device:
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    return grant


def _is_key(text: str) -> bool:
    try:
        return len(unb64(text)) == 32
    except ValueError:
        return False


def _answer(
    http: httpx2.Client, method: str, url: str, headers: dict[str, str], body: bytes, timeout: httpx2.Timeout
) -> bytes:
    _, said = _ask(http, method, url, headers, body, timeout)
    return said


def _ask(
    http: httpx2.Client, method: str, url: str, headers: dict[str, str], body: bytes, timeout: httpx2.Timeout
) -> tuple[httpx2.Response, bytes]:
    """Return the answer and its body, unpacked."""
    hold_address(url)
    headers = {**headers, "Accept-Encoding": ZSTD}
    try:
        with http.stream(method, url, headers=headers, content=body, timeout=timeout) as answer:
            said = _whole(answer)
    except (httpx2.RequestError, httpx2.InvalidURL) as error:
        untrusted = tls_refusal(error)
        if untrusted is not None:
            raise untrusted from error
        # The cause is named by its type only: addresses and bodies do not belong into texts.
        raise Refused(Failure.HALL_UNREACHABLE, cause=type(error).__name__) from error
    if answer.is_success:
        return answer, said
    raise _refusal(answer, said)


def _whole(answer: httpx2.Response) -> bytes:
    """Read an answer up to what any of the hall's can be, packed or not: the library would unpack without end."""
    read = bytearray()
    for part in answer.iter_raw():
        read += part
        if len(read) > MOST_BYTES:
            raise Refused(Failure.HALL_ANSWER_UNTRUSTED)
    if answer.headers.get("Content-Encoding", "") != ZSTD:
        return bytes(read)
    try:
        return unpack(bytes(read), MOST_BYTES)
    except (Bomb, NotPacked):
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED) from None


def _refusal(answer: httpx2.Response, body: bytes) -> Refused:
    status = answer.status_code
    told = {"status": str(status)}
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.TOO_MANY_REQUESTS:
        asked = answer.headers.get("Retry-After", "")
        # It may be a date as well (RFC 9110 10.2.3); our own pace does then.
        return Refused(Failure.HALL_BUSY, **told, **({"retry_after": asked} if _is_seconds(asked) else {}))
    more: dict[str, str] = {}
    try:
        trouble = decode(Trouble, body)
        code = trouble.code
        more = {name: trouble.details[name] for name in _TOLD if name in trouble.details}
        if trouble.server_time is not None:
            more["server_time"] = trouble.server_time.isoformat()
    except Malformed:
        # A proxy or another server answers in the hall's place.
        code = "unknown" if status != httpx2.codes.CONTENT_TOO_LARGE else "too_large"
    return Refused(_CODES.get(code, Failure.HALL_REFUSED), **told, **more, code=code)


def _is_seconds(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _decoded(body: bytes, kind: type[T]) -> T:
    try:
        return decode(kind, body)
    except Malformed:
        raise Refused(Failure.HALL_ANSWER_UNTRUSTED) from None
