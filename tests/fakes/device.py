"""A station's device for tests of the hall: makes envelopes as the outbox would, and speaks to a real hall."""

from __future__ import annotations

import hashlib
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TypeVar

import httpx2

from tests.fakes.people import MOTHER_ID, MOTHER_NAME
from wire.codec import decode, digest, encode
from wire.http_signature import sign_request
from wire.keys import b64, key_id, new_id, new_private, public_of, sign
from wire.messages import (
    AnswerOnWire,
    CaseAccepted,
    CaseReceived,
    Change,
    ChangePage,
    Enrolment,
    EnrolRequest,
    Envelope,
    EventKind,
    MaterialHow,
    MaterialOnWire,
    Origin,
    Party,
    PushAnswer,
    PushRequest,
    PushResult,
    SubCaseOrder,
    Trouble,
    VerificationQuery,
)
from wire.uploads import UploadAsked, UploadTicket

T = TypeVar("T")
BUNDLE = (
    SubCaseOrder("birth-registration", "1", "public_security", ()),
    SubCaseOrder("medical-insurance-newborn", "1", "medical_insurance", ("birth-registration",)),
    SubCaseOrder("social-security-card-newborn", "1", "human_resources", ("birth-registration",)),
)
PAPERS = (
    "birth_certificate",
    "marriage_certificate",
    "household_book_mother",
    "household_book_father",
    "id_mother",
    "id_father",
)
ALL_SEEN = tuple(MaterialOnWire(paper, MaterialHow.ORIGINAL_SEEN) for paper in PAPERS)


class Answered(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


@dataclass
class Device:
    """Signs with its own key; `clock` may be wrong on purpose."""

    url: str
    private: bytes = field(default_factory=new_private)
    enrolment: Enrolment | None = None
    seq: int = 0
    prev: str = "0" * 64
    skew_s: float = 0.0
    key_id: str = ""  # of a key that it has not
    believes: ssl.SSLContext | None = None  # who may vouch for a hall under TLS

    def enrol(self, code: str) -> Enrolment:
        request = EnrolRequest(code, b64(public_of(self.private)), b64(sign(self.private, code.encode())))
        self.enrolment = self._read(self._http("POST", "/v1/enrol", encode(request).encode(), {}), Enrolment)
        return self.enrolment

    @property
    def me(self) -> Enrolment:
        assert self.enrolment is not None
        return self.enrolment

    # -- envelopes -----------------------------------------------------------------------------------
    def envelope(self, kind: EventKind, body: object, case: str, actor: str = "clerk") -> Envelope:
        text = encode(body)
        self.seq += 1
        made = Envelope(new_id(), self.seq, case, kind, _now(), actor, text, digest(text), self.prev)
        self.prev = made.sha256
        return made

    def received(self, case: str, receipt_no: str | None = None, **changes: object) -> Envelope:
        body = CaseReceived(
            receipt_no=receipt_no or f"R-{case}",
            station=self.me.station,
            window="01",
            clerk="clerk",
            received_at=_now(),
            catalogue="1",
            bundle="newborn",
            sub_cases=BUNDLE,
            applicant=Party(MOTHER_NAME, "111", MOTHER_ID),
            answers={"child.name": AnswerOnWire("测小宝", Origin.TYPED)},
            materials=(),
            verifications=(),
            offline=False,
        )
        return self.envelope(EventKind.CASE_RECEIVED, replace(body, **changes), case)  # type: ignore[arg-type]

    def accepted(self, case: str, **changes: object) -> Envelope:
        """Accept with every paper seen in original, unless told otherwise."""
        due = {"birth-registration": date(2026, 11, 24)}
        body = CaseAccepted(f"R-{case}", "clerk", _now(), due, ALL_SEEN)
        return self.envelope(EventKind.CASE_ACCEPTED, replace(body, **changes), case)  # type: ignore[arg-type]

    # -- talking ---------------------------------------------------------------------------------------
    def push(self, *items: Envelope, **changes: object) -> tuple[PushResult, ...]:
        who = self.me
        request = replace(PushRequest(who.device, who.incarnation, who.epoch, items), **changes)  # type: ignore[arg-type]
        return self._read(self.signed("POST", "/v1/push", encode(request).encode()), PushAnswer).results

    def changes(self, cursor: str = "") -> ChangePage:
        return self._read(self.signed("GET", f"/v1/changes?cursor={cursor}&limit=200", b""), ChangePage)

    def all_changes(self, case: str) -> list[Change]:
        return [change for change in self.changes().items if change.subject == case]

    def query(self, **changes: object) -> VerificationQuery:
        asked = VerificationQuery(
            id=new_id(),
            case="c",
            item="birth-registration",
            rule="household_mother",
            service="household.check",
            purpose="核验户籍",
            legal_basis="716",
            replaces="household_book_mother",
            clerk="clerk",
            sponsor=Party(MOTHER_NAME, "111", MOTHER_ID),
            params={"name": MOTHER_NAME, "id_no": MOTHER_ID},
        )
        return replace(asked, **changes)  # type: ignore[arg-type]

    def signed(self, method: str, path: str, body: bytes) -> bytes:
        at = datetime.fromtimestamp(_now().timestamp() + self.skew_s, UTC)
        headers = {"Content-Type": "application/json"}
        headers |= sign_request(
            method=method,
            url=self.url + path,
            headers=headers,
            body=body,
            private=self.private,
            key_id=self.key_id or key_id(public_of(self.private)),
            now=at,
        )
        return self._http(method, path, body, headers)

    def ticket(self, content: bytes) -> UploadTicket:
        """Ask for the right to send a scan."""
        asked = UploadAsked(hashlib.sha256(content).hexdigest(), len(content))
        return self._read(self.signed("POST", "/v1/upload-tickets", encode(asked).encode()), UploadTicket)

    def tus(self, method: str, path: str, ticket: str, body: bytes = b"", **headers: str) -> httpx2.Response:
        """Speak tus with a ticket; names of headers are written with underscores."""
        said = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {ticket}"}
        said |= {"Content-Type": "application/offset+octet-stream"} if body else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx2.request(
            method, self.url + path, content=body, headers=said, trust_env=False, verify=False, timeout=10
        )

    def upload(self, content: bytes) -> str:
        """Give the hall a scan, whole; return its hash."""
        ticket = self.ticket(content)
        if not ticket.there:
            size = str(len(content))
            answer = self.tus("POST", ticket.address, ticket.ticket, content, Upload_Length=size)
            if not answer.is_success:
                raise Answered(answer.status_code, decode(Trouble, answer.content).code)
        return hashlib.sha256(content).hexdigest()

    def _http(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        answer = httpx2.request(
            method,
            self.url + path,
            content=body,
            headers=headers,
            trust_env=False,
            timeout=10,
            verify=self.believes or False,
        )
        if not answer.is_success:
            raise Answered(answer.status_code, decode(Trouble, answer.content).code)
        return answer.content

    def _read(self, content: bytes, kind: type[T]) -> T:
        return decode(kind, content)


def department(url: str, token: str, name: str) -> list[dict[str, object]]:
    """Return a department's queue as its own system sees it."""
    answer = httpx2.get(
        f"{url}/v1/departments/{name}/tasks",
        headers={"Authorization": f"Bearer {token}-{name}"},
        trust_env=False,
        verify=False,
    )
    tasks: list[dict[str, object]] = json.loads(answer.content)
    return tasks


def _now() -> datetime:
    return datetime.now(UTC)
