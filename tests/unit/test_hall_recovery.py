"""The hall's half of recovery: a device that was shut out gets nothing, whatever it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hall.database import fact, open_database
from hall.devices import revoke
from hall.enrolment import add_station, enrol, new_code
from hall.recovery import grant, keep_wrap, new_recovery
from wire.keys import b64, key_id, new_private, public_of, sign, unb64
from wire.messages import EnrolRequest, RecoveryRequest, RecoveryWrap
from wire.recovery import code_digest, recovery_public, wrap_for_hall

STATION = "440104"


def test_a_code_made_before_the_machine_was_stolen_opens_nothing_after_it_was_shut_out(
    tmp_path: Path,
) -> None:
    engine = open_database(tmp_path / "hall.db")
    with engine.begin() as db:
        add_station(db, STATION, "测试中心", "street")
        private, code = new_private(), new_code(db, STATION, confirmed_by="test")
        device = enrol(
            db, EnrolRequest(code, b64(public_of(private)), b64(sign(private, code.encode())))
        ).device
        public = recovery_public(unb64(fact(db, "recovery_key")))
        sealed = wrap_for_hall(public, device, bytes(range(32)))
        proof = hashlib.sha256(b"disk").hexdigest()
        keep_wrap(db, device, RecoveryWrap(device, key_id(public), sealed, proof))
        once, _ = new_recovery(db, device)
        asked = RecoveryRequest(device, code_digest(once), "disk")
        revoke(db, device)
        assert grant(db, asked) is None
        # The control: nothing but the revocation stood against it.
        db.exec_driver_sql("UPDATE devices SET revoked_at = NULL")
        assert grant(db, asked) is not None
    engine.dispose()
