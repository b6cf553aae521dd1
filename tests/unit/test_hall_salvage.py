"""Salvage: what the intake does not take is not called taken."""

from __future__ import annotations

from pathlib import Path

from hall.acceptance import Gate
from hall.database import now, open_database
from hall.demo.seed import seed
from hall.devices import revoke
from hall.enrolment import enrol, new_code
from hall.salvage import laid_aside, lay_aside, take
from tests.fakes.counter import shipped_catalogue
from tests.fakes.device import Device
from wire.keys import b64, public_of, sign
from wire.messages import EnrolRequest, PushRequest
from wire.parcel import sign_parcel


def test_an_event_that_does_not_fit_waits_on_until_it_does(tmp_path: Path, hall_place: str) -> None:
    engine = open_database(hall_place)
    gate = Gate(shipped_catalogue(), tmp_path / "releases")
    device = Device("")
    with engine.begin() as db:
        seed(db, code="democode", token="token")
        code = new_code(db, "440104", confirmed_by="test")
        proof = b64(sign(device.private, code.encode()))
        me = device.enrolment = enrol(db, EnrolRequest(code, b64(public_of(device.private)), proof))
    first, second = device.received("a"), device.accepted("a")
    request = PushRequest(me.device, me.incarnation, me.epoch, (first, second))
    with engine.begin() as db:
        parcel = sign_parcel(request, device.private, now())
        revoke(db, me.device)
        assert lay_aside(db, parcel).waiting == 2
    said = "已核对纸质收件单"
    ((_, told),) = take(engine, gate, [second.id], "admin", said)
    assert told.startswith("conflict")
    with engine.begin() as db:
        assert {each["event"]: each["result"] for each in laid_aside(db)} == {first.id: "", second.id: told}
    assert take(engine, gate, [first.id], "admin", said) == [(first.id, "applied")]
    # Judged again now that the case is there.
    ((_, again),) = take(engine, gate, [second.id], "admin", said)
    assert again != told
    engine.dispose()
