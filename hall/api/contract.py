"""What each address of the API takes and tells, and every code with which it may refuse: one line an operation.

`hall/api/description.py` makes the published OpenAPI document of it; schemathesis holds a running hall to that document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hall.tasks import Task
from wire.board import HallBoard
from wire.calendar import WorkingDayTable
from wire.dates import GrantExtension
from wire.department_feed import DepartmentPage, TakeTask
from wire.devices import CaBundle, DeviceState, KeyRotated, KeyRotation
from wire.epoch import EpochAnnouncement
from wire.health import Health, Readiness
from wire.limits import HallLimits
from wire.messages import (
    Alarms,
    AuditHead,
    AuditStamp,
    AuditStamps,
    CardChallenge,
    CardCryptograms,
    CatalogueManifest,
    ChangePage,
    CodedResult,
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
    Result,
    SlipCheck,
    StaffList,
    VerificationQuery,
    VerificationReply,
)
from wire.numbers import BlockWanted, NumberBlock
from wire.procedures import BeginProcedure, EndProcedure
from wire.reviews import ReviewAct, Reviews
from wire.sheets import PaperOfSlip
from wire.slips import SlipMandate
from wire.snapshot import SnapshotPage
from wire.staleness import StalenessPolicy
from wire.uploads import MAX_SCAN_BYTES, UploadAsked, UploadTicket

Codes = Mapping[int, tuple[str, ...]]


class By(StrEnum):
    """Who may ask, and how they prove it."""

    ANYBODY = "anybody"
    DEVICE = "device"  # RFC 9421 signature of a confirmed device
    PENDING_DEVICE = "pending_device"  # the same, of one that may still wait for its confirmation
    DEPARTMENT = "department"  # bearer token of a department's own system
    TICKET = "ticket"  # bearer ticket for one scan (wire/uploads.py)


class Content(StrEnum):
    """What travels and is no JSON."""

    ZIP = "application/zip"
    PART = "application/offset+octet-stream"  # of an upload by tus
    DRAWN = "image/*"
    SCAN = "application/octet-stream"  # as it was given; known by its hash


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `asks` and `tells` are kinds of messages or Content, None for no body."""

    method: str
    path: str
    by: By
    asks: Any = None
    tells: Any = None
    codes: Codes = field(default_factory=dict)  # beside what `codes_of` adds
    counted: bool = False  # token buckets of an address (hall/pace.py); whoever is known is counted anyway
    headers: tuple[str, ...] = ()  # of HEADERS, demanded
    good: int = 0

    @property
    def status(self) -> int:
        """The status of a good answer."""
        return self.good or (200 if self.tells is not None else 204)


# Headers of tus 1.0 as schemas.
HEADERS: Mapping[str, Mapping[str, Any]] = {
    "Tus-Resumable": {"type": "string", "enum": ["1.0.0"]},
    "Upload-Length": {"type": "integer", "minimum": 1, "maximum": MAX_SCAN_BYTES},
    "Upload-Offset": {"type": "integer", "minimum": 0, "maximum": MAX_SCAN_BYTES},
}
_UPLOADS = "/v1/uploads"
_UPLOAD = _UPLOADS + "/{upload}"
_TASK = "/v1/departments/{department}/tasks/{task}"
_PROCEDURE = _TASK + "/procedures/{procedure}"
_PERSON = ("actor", "role", "station_level")

OPERATIONS: tuple[Operation, ...] = (
    # Events up, changes down.
    Operation(
        "POST",
        "/v1/push",
        By.DEVICE,
        PushRequest,
        PushAnswer,
        {403: ("device_unknown",), 409: ("epoch_changed", "incarnation")},
        counted=True,
    ),
    Operation(
        "GET", "/v1/changes", By.DEVICE, None, ChangePage, {410: ("cursor_gone",), 422: ("malformed",)}
    ),
    Operation("GET", "/v1/epoch", By.ANYBODY, None, EpochAnnouncement),
    Operation("GET", "/v1/limits", By.DEVICE, None, HallLimits),
    Operation(
        "GET", "/v1/snapshot", By.DEVICE, None, SnapshotPage, {410: ("cursor_gone",), 422: ("malformed",)}
    ),
    # Scans.
    Operation("POST", "/v1/upload-tickets", By.DEVICE, UploadAsked, UploadTicket),
    Operation("OPTIONS", _UPLOADS, By.ANYBODY),
    Operation(
        "POST",
        _UPLOADS,
        By.TICKET,
        Content.PART,
        None,
        {400: ("length", "cut"), 422: ("size", "hash", "media"), 429: ("too_many_uploads",)},
        headers=("Tus-Resumable", "Upload-Length"),
        good=201,
    ),
    Operation("OPTIONS", _UPLOAD, By.ANYBODY),
    Operation(
        "HEAD",
        _UPLOAD,
        By.TICKET,
        None,
        None,
        {404: ("upload_unknown",), 422: ("hash", "media")},
        headers=("Tus-Resumable",),
        good=200,
    ),
    Operation(
        "PATCH",
        _UPLOAD,
        By.TICKET,
        Content.PART,
        None,
        {
            400: ("offset", "cut"),
            404: ("upload_unknown",),
            409: ("offset",),
            415: ("media",),
            422: ("hash", "media"),
        },
        headers=("Tus-Resumable", "Upload-Offset"),
    ),
    Operation(
        "DELETE", _UPLOAD, By.TICKET, None, None, {404: ("upload_unknown",)}, headers=("Tus-Resumable",)
    ),
    Operation(
        "GET",
        _TASK + "/scans/{sha256}",
        By.DEPARTMENT,
        None,
        Content.DRAWN,
        {
            404: ("scan_unknown",),
            409: ("scan_coming",),
            422: ("scan_unreadable",),
            503: ("room_down",),
        },
    ),
    Operation(
        "GET",
        "/v1/cases/{case}/scans/{sha256}",
        By.DEVICE,
        None,
        Content.SCAN,
        {403: _PERSON, 404: ("scan_unknown",), 409: ("scan_coming",), 503: ("room_down",)},
    ),
    # Look-ups.
    Operation(
        "POST",
        "/v1/verify",
        By.DEVICE,
        VerificationQuery,
        VerificationReply,
        {403: ("actor", "role", "purpose", "lookup_limit"), 409: ("query_reused",)},
        counted=True,
    ),
    Operation("GET", "/v1/alarms", By.DEVICE, None, Alarms, {403: ("role",)}),
    # Bad reviews and sums, for supervisors.
    Operation("GET", "/v1/reviews", By.DEVICE, None, Reviews, {403: _PERSON}),
    Operation(
        "POST",
        "/v1/reviews/acts",
        By.DEVICE,
        ReviewAct,
        Reviews,
        {
            403: (*_PERSON, "same_person"),
            404: ("review_unknown",),
            409: ("review_closed", "review_open"),
            422: ("words", "grade"),
        },
    ),
    # The board of the hall.
    Operation("GET", "/v1/board", By.DEVICE, None, HallBoard, {403: ("actor", "role")}),
    # Cards.
    Operation(
        "POST",
        "/v1/cards/cryptograms",
        By.DEVICE,
        CardChallenge,
        CardCryptograms,
        {404: ("no_card_keys",), 422: ("card_keys",)},
    ),
    Operation(
        "POST",
        "/v1/cards/electronic",
        By.DEVICE,
        ElectronicCardQuery,
        ElectronicCardReply,
        {403: (*_PERSON, "card_token"), 404: ("no_card_verifier",), 424: ("card_verifier_down",)},
    ),
    # Stations and their devices.
    Operation(
        "POST",
        "/v1/enrol",
        By.ANYBODY,
        EnrolRequest,
        Enrolment,
        {403: ("enrol_code",), 409: ("lanes_used_up",)},
        counted=True,
    ),
    Operation("GET", "/v1/staff", By.DEVICE, None, StaffList),
    Operation("GET", "/v1/devices/me", By.PENDING_DEVICE, None, DeviceState),
    Operation("POST", "/v1/devices/rotate", By.DEVICE, KeyRotation, KeyRotated, {409: ("rotation",)}),
    Operation("GET", "/v1/ca", By.ANYBODY, None, CaBundle, {404: ("no_ca",)}),
    # What lets a station go on alone.
    Operation("POST", "/v1/numbers", By.DEVICE, BlockWanted, NumberBlock, {409: ("lanes_used_up",)}),
    Operation("GET", "/v1/staleness", By.DEVICE, None, StalenessPolicy),
    Operation("GET", "/v1/calendar", By.DEVICE, None, WorkingDayTable, {404: ("no_calendar",)}),
    Operation("GET", "/v1/slips/mandate", By.DEVICE, None, SlipMandate),
    # The catalogue.
    Operation("GET", "/v1/catalogue", By.DEVICE, None, CatalogueManifest, {404: ("no_catalogue",)}),
    Operation("GET", "/v1/catalogue/{sha256}", By.DEVICE, None, Content.ZIP, {404: ("no_catalogue",)}),
    # Audit chains and lost keys.
    Operation(
        "POST",
        "/v1/audit/heads",
        By.DEVICE,
        AuditHead,
        AuditStamp,
        {409: ("audit_base", "audit_forked", "audit_rolled_back")},
    ),
    Operation("GET", "/v1/audit/stamps", By.DEVICE, None, AuditStamps),
    Operation("GET", "/v1/recovery/key", By.DEVICE, None, RecoveryKey),
    Operation("PUT", "/v1/recovery/wrap", By.DEVICE, RecoveryWrap, None, {422: ("recovery_wrap",)}),
    Operation(
        "POST",
        "/v1/recovery/open",
        By.ANYBODY,
        RecoveryRequest,
        RecoveryGrant,
        {403: ("recovery_code",)},
        counted=True,
    ),
    # Departments.
    Operation(
        "GET",
        "/v1/departments/{department}/feed",
        By.DEPARTMENT,
        None,
        DepartmentPage,
        {410: ("cursor_gone",), 422: ("malformed",)},
    ),
    Operation("GET", "/v1/departments/{department}/tasks", By.DEPARTMENT, None, tuple[Task, ...]),
    Operation("GET", _TASK, By.DEPARTMENT, None, Task, {404: ("task_unknown",)}),
    Operation(
        "POST",
        _TASK + "/take",
        By.DEPARTMENT,
        TakeTask,
        None,
        {409: ("task_unknown", "other_department", "not_open")},
    ),
    Operation(
        "POST",
        _TASK + "/decide",
        By.DEPARTMENT,
        Result | CodedResult,
        None,
        {
            409: ("task_unknown", "other_department", "not_open", "procedure_open"),
            422: ("reason", "basis", "licence", "code_unknown"),
        },
    ),
    Operation(
        "PUT",
        _PROCEDURE,
        By.DEPARTMENT,
        BeginProcedure,
        None,
        {
            409: ("task_unknown", "other_department", "not_open", "procedure_known", "procedure_open"),
            422: ("procedure_words", "procedure_days"),
        },
    ),
    Operation(
        "POST",
        _PROCEDURE + "/end",
        By.DEPARTMENT,
        EndProcedure,
        None,
        {
            409: ("task_unknown", "other_department", "procedure_unknown", "procedure_over"),
            422: ("procedure_words",),
        },
    ),
    Operation(
        "PUT",
        _TASK + "/extensions/{extension}",
        By.DEPARTMENT,
        GrantExtension,
        None,
        {
            409: ("task_unknown", "other_department", "not_open", "extension_known", "extension_late"),
            422: ("extension_words", "extension_days"),
        },
    ),
    # Anybody.
    Operation("GET", "/v1/slips/check", By.ANYBODY, None, SlipCheck, {422: ("malformed",)}),
    Operation("GET", "/v1/slips/paper", By.ANYBODY, None, PaperOfSlip, {422: ("malformed",)}),
    Operation("GET", "/v1/health", By.ANYBODY, None, Health),
    Operation("GET", "/v1/ready", By.ANYBODY, None, Readiness, {503: ("not_ready",)}),
)

_SIGNED: Codes = {
    401: ("device_unknown", "expired", "replayed", "signature", "skewed"),
    403: ("device_revoked",),
    408: ("slow",),
    413: ("too_large",),
    415: ("packing",),
    422: ("malformed",),  # of what does not unpack
}
_TICKET: Codes = {
    401: ("ticket", "ticket_over"),
    403: ("device_revoked",),
    412: ("tus_version",),
    503: ("room_down",),
}
# 422 also of what reads well and that no text of the database holds, as NUL.
_EVERYWHERE: Codes = {422: ("malformed",), 500: ("internal",), 503: ("storage",), 507: ("storage_full",)}


def codes_of(each: Operation) -> dict[int, tuple[str, ...]]:
    """Return every refusal of an operation by status."""
    parts: list[Codes] = [each.codes, _EVERYWHERE]
    if each.by in {By.DEVICE, By.PENDING_DEVICE}:
        parts.append(_SIGNED)
    if each.by is By.DEVICE:
        parts.append({403: ("device_pending",)})
    if each.by is By.TICKET:
        parts.append(_TICKET)
    if each.by is By.DEPARTMENT:
        parts.append({401: ("token",)})
    if each.asks is not None:
        parts.append({408: ("slow",), 413: ("too_large",)})
    if each.counted or each.by not in {By.ANYBODY, By.TICKET}:
        parts.append({429: ("busy",)})
    found: dict[int, set[str]] = {}
    for codes in parts:
        for status, names in codes.items():
            found.setdefault(status, set()).update(names)
    return {status: tuple(sorted(names)) for status, names in sorted(found.items())}
