"""Expected trouble: a closed list of codes, each with cause and remedy in docs/failures.md."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Failure(StrEnum):
    """Why something expected did not work. A sentence for each stands in ui/text and docs/failures.md."""

    # card
    CARD_SERVICE_DOWN = "card_service_down"
    READER_MISSING = "reader_missing"
    CARD_MISSING = "card_missing"
    CARD_REMOVED = "card_removed"
    CARD_MUTE = "card_mute"
    CARD_HUNG = "card_hung"
    CARD_FOREIGN = "card_foreign"
    CARD_BLOCKED = "card_blocked"
    CARD_LOCKED_FIELDS = "card_locked_fields"
    CARD_UNREADABLE = "card_unreadable"
    CARD_CHANGED = "card_changed"
    CARD_OF_ANOTHER_PERSON = "card_of_another_person"
    CARD_NOT_GENUINE = "card_not_genuine"
    CARD_KEYS_UNAVAILABLE = "card_keys_unavailable"
    CARD_PIN_WRONG = "card_pin_wrong"
    CARD_PIN_LAST_TRY = "card_pin_last_try"
    CARD_PIN_BLOCKED = "card_pin_blocked"
    ID_READER_SILENT = "id_reader_silent"
    QR_VERIFIER_MISSING = "qr_verifier_missing"
    QR_REFUSED = "qr_refused"
    QR_VERIFIER_DOWN = "qr_verifier_down"
    PERSON_NOT_VALID = "person_not_valid"
    # station and people
    STATION_NOT_ENROLLED = "station_not_enrolled"
    ENROL_CODE_REFUSED = "enrol_code_refused"
    DEVICE_REVOKED = "device_revoked"
    STORE_KEY_WRONG = "store_key_wrong"
    STORE_NEWER = "store_newer"
    STORE_DAMAGED = "store_damaged"
    STORE_FULL = "store_full"
    STORE_BUSY = "store_busy"
    STORE_UNWRITABLE = "store_unwritable"
    PASSPHRASE_WEAK = "passphrase_weak"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_LOCKED = "sign_in_locked"
    ROLE_MISSING = "role_missing"
    STAFF_LIST_OLD = "staff_list_old"
    CLOCK_SET_BACK = "clock_set_back"
    SEAT_LOCKED = "seat_locked"
    OPERATOR_CARD_MISSING = "operator_card_missing"
    OPERATOR_CARD_REFUSED = "operator_card_refused"
    # hall
    HALL_UNREACHABLE = "hall_unreachable"
    HALL_BUSY = "hall_busy"
    HALL_REFUSED = "hall_refused"
    HALL_ANSWER_UNTRUSTED = "hall_answer_untrusted"
    CLOCK_SKEWED = "clock_skewed"
    CLERK_UNKNOWN = "clerk_unknown"
    LOOKUP_LIMIT = "lookup_limit"
    HALL_INSECURE = "hall_insecure"
    HALL_CERTIFICATE_EXPIRED = "hall_certificate_expired"
    HALL_CERTIFICATE_NAME = "hall_certificate_name"
    HALL_CERTIFICATE_UNKNOWN = "hall_certificate_unknown"
    HALL_TLS_OLD = "hall_tls_old"
    HALL_FINGERPRINT_MISSING = "hall_fingerprint_missing"
    HALL_FINGERPRINT_OTHER = "hall_fingerprint_other"
    DEVICE_PENDING = "device_pending"
    STATION_COPIED = "station_copied"
    # case
    NO_PERSON = "no_person"
    NO_ITEM = "no_item"
    ITEM_NOT_IN_FORCE = "item_not_in_force"
    OFFLINE_NOT_ALLOWED = "offline_not_allowed"
    WINDOW_ELSEWHERE = "window_elsewhere"
    NO_VISIT = "no_visit"
    NOTHING_RECEIVED = "nothing_received"
    GAPS_LEFT = "gaps_left"
    STEP_NOT_ALLOWED = "step_not_allowed"
    REASON_MISSING = "reason_missing"
    CASE_UNKNOWN = "case_unknown"
    CALENDAR_ENDED = "calendar_ended"
    REASON_NEEDED = "reason_needed"
    SAME_PERSON = "same_person"
    PROPOSAL_CHANGED = "proposal_changed"
    APPROVAL_NEEDS_HALL = "approval_needs_hall"
    NOT_TOLERABLE = "not_tolerable"
    CALENDAR_WRONG = "calendar_wrong"
    CALENDAR_REASON = "calendar_reason"
    CALENDAR_FROM_HALL = "calendar_from_hall"
    # verification at the desk
    NOTICE_MISSING = "notice_missing"
    QUERY_WITHOUT_REASON = "query_without_reason"
    NOT_DISPUTABLE = "not_disputable"
    NOT_DEFERRABLE = "not_deferrable"
    COMMITMENT_NOT_ALLOWED = "commitment_not_allowed"
    RULE_UNMET = "rule_unmet"
    # paper
    GLYPH_MISSING = "glyph_missing"
    NOT_DECIDED = "not_decided"
    PRINTER_FAILED = "printer_failed"
    SCAN_UNREADABLE = "scan_unreadable"
    SCAN_TOO_LARGE = "scan_too_large"
    PHOTO_UNFIT = "photo_unfit"
    SCAN_TOO_MUCH = "scan_too_much"
    SCAN_UNKNOWN = "scan_unknown"
    SCAN_COMING = "scan_coming"
    SCAN_LOST = "scan_lost"
    # catalogue
    CATALOGUE_BROKEN = "catalogue_broken"
    # audit and key
    AUDIT_UNWRITABLE = "audit_unwritable"
    AUDIT_REFUSED = "audit_refused"
    AUDIT_LATE = "audit_late"
    AUDIT_STOPPED = "audit_stopped"
    AUDIT_EXPORT_FAILED = "audit_export_failed"
    KEYRING_LOCKED = "keyring_locked"
    KEYRING_EMPTIED = "keyring_emptied"
    KEYRING_CHANGED = "keyring_changed"
    RECOVERY_MISSING = "recovery_missing"
    RECOVERY_REFUSED = "recovery_refused"
    # algorithms
    ALGORITHM_UNAVAILABLE = "algorithm_unavailable"
    # plan B: numbers, limits of a station alone, sticks, what needs a person
    NUMBERS_MISSING = "numbers_missing"
    STATION_STALE = "station_stale"
    STICK_DAMAGED = "stick_damaged"
    STICK_FOREIGN = "stick_foreign"
    STICK_OTHER_EPOCH = "stick_other_epoch"
    STICK_KEY_MISSING = "stick_key_missing"
    STICK_NOT_WRITTEN = "stick_not_written"
    STEP_SETTLED = "step_settled"
    # steps after the receipt
    CORRECTION_INCOMPLETE = "correction_incomplete"
    CORRECTION_LATE = "correction_late"
    CORRECTION_UNANSWERED = "correction_unanswered"
    CORRECTION_RUNNING = "correction_running"
    REQUEST_UNSIGNED = "request_unsigned"
    NOTHING_AMENDED = "nothing_amended"
    SECOND_PERSON_NEEDED = "second_person_needed"
    # second persons, other offices, handing out
    PROXY_NOT_ALLOWED = "proxy_not_allowed"
    AGENCY_NOT_VALID = "agency_not_valid"
    OFFICE_UNKNOWN = "office_unknown"
    ACCEPTED_ELSEWHERE = "accepted_elsewhere"
    CASE_ELSEWHERE = "case_elsewhere"
    PAPERS_ON_THE_WAY = "papers_on_the_way"
    HANDED_OUT_ALREADY = "handed_out_already"
    RECEIVER_NOT_ENTITLED = "receiver_not_entitled"
    RESULT_AWAY = "result_away"
    WAY_NOT_OFFERED = "way_not_offered"
    DELIVERY_INCOMPLETE = "delivery_incomplete"
    NOTHING_TO_RECALL = "nothing_to_recall"
    # lists and supervision
    FILTER_NAME = "filter_name"
    FILTERS_FULL = "filters_full"
    REPORT_EXPORT_FAILED = "report_export_failed"
    REPORT_SPAN = "report_span"
    DAY_CLOSED_ALREADY = "day_closed_already"
    DAY_CLOSE_CHANGED = "day_close_changed"
    DAY_CLOSE_UNKNOWN = "day_close_unknown"
    # documents
    DOCUMENT_BROKEN = "document_broken"
    # 好差评
    EVALUATION_KEY_MISSING = "evaluation_key_missing"
    OWN_REVIEW = "own_review"
    REVIEW_SETTLED = "review_settled"
    REVIEW_INCOMPLETE = "review_incomplete"
    # printing
    PRINT_SERVICE_DOWN = "print_service_down"
    PRINTER_GONE = "printer_gone"
    PRINTER_PAUSED = "printer_paused"
    PRINT_SPOOL_FULL = "print_spool_full"
    SHEET_UNKNOWN = "sheet_unknown"
    SHEET_SETTLED = "sheet_settled"
    SHEET_NOT_OUT = "sheet_not_out"
    SHEET_MAY_EXIST = "sheet_may_exist"
    SHEET_NOT_SAVED = "sheet_not_saved"
    SHEET_UNDER_WAY = "sheet_under_way"
    SHEET_CHANGED = "sheet_changed"
    # 取号叫号
    QUEUE_EMPTY = "queue_empty"
    TICKET_UNKNOWN = "ticket_unknown"
    TICKET_ELSEWHERE = "ticket_elsewhere"
    BATCH_UNKNOWN = "batch_unknown"
    BATCH_OPEN = "batch_open"
    BATCH_EMPTY = "batch_empty"
    PREVIEW_FAILED = "preview_failed"


class Refused(Exception):
    """Expected trouble with its code. `details` name things, never persons."""

    def __init__(self, failure: Failure, **details: str) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.details: Mapping[str, str] = details

    def __reduce__(self) -> tuple[object, ...]:
        """Let the refusal cross a process border (the card worker)."""
        return (_rebuild, (self.failure, dict(self.details)))


def _rebuild(failure: Failure, details: dict[str, str]) -> Refused:
    return Refused(failure, **details)


class Cancelled(Exception):
    """The person chose to stop."""
