"""Where the parts of the desk meet: what one of them puts away, locks or ends must not go on in another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.fakes.cases import a_receipt
from tests.fakes.counter import WholeDesk
from tests.unit.test_audit_first import filled
from workstation.services.purge import purge


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


# -- a dispute of a talk that came to nothing --------------------------------------------------------------
def test_a_draft_that_is_discarded_after_a_dispute_stops_no_other_case(whole: WholeDesk) -> None:
    desk = filled(whole)
    view, _ = desk.dispute("marriage", "已经登记结婚")
    desk.discard_draft(view.case)
    with whole.unit() as unit:
        (waiting,) = unit.outbox.due(whole.clock(), 10)
        assert waiting.envelope.subject == view.case
    purge(whole.stores[-1], whole.catalogues, whole.clock, actor="station")
    with whole.unit() as unit:
        (waiting,) = unit.outbox.due(whole.clock(), 10)  # not yet at the hall: still there
        unit.outbox.acked(waiting.envelope.id, a_receipt(waiting.envelope.id, waiting.envelope.sha256))
        unit.commit()
    purge(whole.stores[-1], whole.catalogues, whole.clock, actor="station")
    with closing(dbapi2.connect(str(whole.folder / "station.db"))) as db:
        db.execute(f"PRAGMA key = \"x'{bytes(32).hex()}'\"")
        assert db.execute("SELECT state, sealed FROM outbox").fetchall() == [("acked", b"")]
        kept = db.execute("SELECT COUNT(*) FROM case_keys WHERE owner = ?", (view.case,)).fetchone()
    assert kept == (0,)
