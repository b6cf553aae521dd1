"""What the hall has in place of a step that does not fit: told with the conflict, so that the counter can show both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Row, select

from hall.steps import status_of
from hall.tables import cases
from wire.codec import Malformed, decode
from wire.lifecycle import TRANSITIONS, Step, told_as
from wire.messages import CaseAccepted, CaseReceived, Envelope, EventKind, MaterialOnWire
from wire.standing import CaseStanding, FieldDiffers

# Where a case is after a step, as a station says that it has done it.
_AFTERWARDS = {
    each.event: told_as(each.target)
    for each in TRANSITIONS
    if each.event is not None and each.target is not None and each.step is not Step.WITHDRAW_ITEM
}
MOST = 40  # differences that are told


def state_of(row: Row[tuple[object, ...]]) -> str:
    """Return the word on the wire for where a row of `cases` is (wire.lifecycle.told_as)."""
    return told_as(status_of(row))


def standing_of(db: Connection, station: str, envelope: Envelope) -> CaseStanding:
    """Return the case that an event does not fit, and where they differ. Of another station's case only whose it is."""
    row = _found(db, envelope)
    if row is None:
        return CaseStanding("")
    received = decode(CaseReceived, str(row.body))
    accepted = decode(CaseAccepted, str(row.accepted)) if row.accepted else None
    whose = CaseStanding(
        state_of(row),
        int(str(row.rev)),
        str(row.station),
        received.window,
        accepted.clerk if accepted else received.clerk,
        accepted.accepted_at if accepted else received.received_at,
    )
    if station not in (row.station, row.accepting):
        return whose
    try:
        told = [FieldDiffers(*each) for each in _differences(row, received, accepted, envelope)]
    except Malformed:
        return whose  # refused for who sent it, before anybody read it
    differs = tuple(each for each in told if each.held != each.sent)
    return CaseStanding(
        whose.state, whose.rev, whose.station, whose.window, whose.clerk, whose.at, differs[:MOST]
    )


def _found(db: Connection, envelope: Envelope) -> Row[tuple[object, ...]] | None:
    row = db.execute(select(cases).where(cases.c.id == envelope.subject)).first()
    if row is None and envelope.kind is EventKind.CASE_RECEIVED:
        # It may be the number that is taken, by another case.
        try:
            number = decode(CaseReceived, envelope.body).receipt_no
        except Malformed:
            return None
        row = db.execute(select(cases).where(cases.c.receipt_no == number)).first()
    return row


def _differences(
    row: Row[tuple[object, ...]], received: CaseReceived, accepted: CaseAccepted | None, envelope: Envelope
) -> Iterator[tuple[str, str, str]]:
    """Give (name, held, sent), also of what is alike."""
    yield "case", str(row.id), envelope.subject
    yield "state", state_of(row), _AFTERWARDS.get(envelope.kind, state_of(row))
    if envelope.kind is EventKind.CASE_RECEIVED:
        sent = decode(CaseReceived, envelope.body)
        yield "receipt_no", received.receipt_no, sent.receipt_no
        yield "applicant.name", received.applicant.name, sent.applicant.name
        yield "applicant.id_no", received.applicant.id_no, sent.applicant.id_no
        yield from _of_maps("answer", _values(received), _values(sent))
        yield from _of_maps("material", _how(received.materials), _how(sent.materials))
    elif envelope.kind is EventKind.CASE_ACCEPTED:
        says = decode(CaseAccepted, envelope.body)
        held = accepted.materials if accepted else received.materials
        yield "accepted_at", _written(accepted), _written(says)
        yield from _of_maps("material", _how(held), _how(says.materials))


def _of_maps(group: str, held: Mapping[str, str], sent: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(held.keys() | sent.keys()):
        yield f"{group}.{key}", held.get(key, ""), sent.get(key, "")


def _values(received: CaseReceived) -> dict[str, str]:
    return {key: answer.value for key, answer in received.answers.items()}


def _how(papers: tuple[MaterialOnWire, ...]) -> dict[str, str]:
    return {paper.material: paper.how.value for paper in papers}


def _written(accepted: CaseAccepted | None) -> str:
    return accepted.accepted_at.isoformat() if accepted else ""
