"""What a push leaves in the hall, written at once: the very texts of wire.codec.encode, field by field instead of by asking.

A hall writes four of these for each case; tests/unit/test_written.py holds each to what `encode` gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from json.encoder import encode_basestring as quoted

from wire.codec import encode, time_text
from wire.messages import ChangeKind, Envelope, HallReceipt, PushAnswer, PushResult


def envelope_text(envelope: Envelope) -> str:
    """Return the canonical JSON of an envelope."""
    before, after = around_body(envelope)
    return f"{before}{quoted(envelope.body)}{after}"


def around_body(envelope: Envelope) -> tuple[str, str]:
    """Return what stands before the body of an envelope and after it, for whoever has written the body already."""
    before = f'{{"actor":{quoted(envelope.actor)},"at":"{time_text(envelope.at)}","body":'
    after = (
        f',"digest":{quoted(envelope.digest)},"id":{quoted(envelope.id)},"kind":"{envelope.kind.value}",'
        f'"prev":{quoted(envelope.prev)},"seq":{envelope.seq},"sha256":{quoted(envelope.sha256)},'
        f'"subject":{quoted(envelope.subject)}}}'
    )
    return before, after


def receipt_text(receipt: HallReceipt) -> str:
    """Return the canonical JSON of a receipt, signature included."""
    return (
        f'{{"algorithm":{quoted(receipt.algorithm)},"event":{quoted(receipt.event)},"hall":{quoted(receipt.hall)},'
        f'"path":[{",".join(map(quoted, receipt.path))}],"received_at":"{time_text(receipt.received_at)}","sha256":{quoted(receipt.sha256)},'
        f'"signature":{quoted(receipt.signature)}}}'
    )


def result_text(result: PushResult, receipt: str = "") -> str:
    """Return the canonical JSON of an answer to one envelope; `receipt` is that of its receipt, where it is written
    already and stands in place of the value."""
    code = "null" if result.code is None else quoted(result.code)
    if not receipt:
        receipt = "null" if result.receipt is None else receipt_text(result.receipt)
    standing = "null" if result.standing is None else encode(result.standing)
    return (
        f'{{"code":{code},"id":{quoted(result.id)},"receipt":{receipt},"standing":{standing},'
        f'"status":"{result.status.value}"}}'
    )


def applied_text(event: str, receipt: str) -> str:
    """Return the same for an event that was taken, with the canonical JSON of its receipt."""
    return f'{{"code":null,"id":{quoted(event)},"receipt":{receipt},"standing":null,"status":"applied"}}'


def answer_text(answer: PushAnswer) -> str:
    """Return the canonical JSON of the answer to a push."""
    return answer_of(answer.epoch, map(result_text, answer.results))


def answer_of(epoch: str, results: Iterable[str]) -> str:
    """Return the same of results that are written already."""
    return f'{{"epoch":{quoted(epoch)},"results":[{",".join(results)}]}}'


def registered_change(subject: str, receipt_no: str, project_no: str, at: str) -> str:
    """Return the canonical JSON of the first entry of the feed about a case, of a time that is written already."""
    body = f'{{"project_no":{quoted(project_no)},"receipt_no":{quoted(receipt_no)},"registered_at":"{at}"}}'
    return f'{{"body":{quoted(body)},"kind":"{ChangeKind.CASE_REGISTERED.value}","rev":1,"subject":{quoted(subject)}}}'
