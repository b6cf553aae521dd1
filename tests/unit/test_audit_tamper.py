"""Whoever has the key and takes the guards away can change the chain, and the check names what was done and where.

Eight kinds over a real SQLCipher store, each at several places; the control is a chain that nobody touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.fakes.cases import NOW
from tests.fakes.chain import KEY, ME, Chain, stamp_of
from wire.codec import encode
from wire.messages import AuditStamp
from workstation.domain.audit import AuditEntry
from workstation.domain.clerk import Deed
from workstation.storage.audit import columns_of
from workstation.storage.database import open_store

LENGTH = 40
PLACES = (1, 2, 17, 30, 39, 40)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a store that nobody has touched, made once."""
    folder = tmp_path_factory.mktemp("untouched")
    Chain(folder, LENGTH).store.close()
    return folder


@pytest.fixture
def chain(untouched: Path, tmp_path: Path) -> Iterator[Chain]:
    shutil.copytree(untouched, tmp_path / "chain")
    made = Chain.opened(tmp_path / "chain")
    yield made
    made.store.close()


def put(chain: Chain, place: int, entry: AuditEntry) -> None:
    """Put an entry at a place, with the columns beside it, as a careful forger would."""
    with chain.by_hand() as db:
        row = {"seq": place, "entry": encode(entry), **columns_of(entry)}
        db.execute(text("DELETE FROM audit WHERE seq = :seq"), {"seq": place})
        db.execute(
            text(
                'INSERT INTO audit (seq, entry, at, actor, deed, "case") VALUES (:seq, :entry, :at, :actor, :deed, :case)'
            ),
            row,
        )
        db.commit()


def shift(chain: Chain, first: int, by: int) -> None:
    """Renumber the rows from a place on; what stands in the entries stays."""
    with chain.by_hand() as db:
        # By way of negative numbers, so that no two rows meet.
        db.execute(
            text("UPDATE audit SET seq = -(seq + :by) WHERE seq >= :first"), {"by": by, "first": first}
        )
        db.execute(text("UPDATE audit SET seq = -seq WHERE seq < 0"))
        db.commit()


def rehashed(entry: AuditEntry, before: AuditEntry | None, **changes: object) -> AuditEntry:
    """An entry that was changed, with a hash that fits again."""
    other = replace(entry, **changes)  # type: ignore[arg-type]
    return AuditEntry.following(
        before, at=other.at, actor=other.actor, deed=other.deed, case=other.case, note=other.note
    )


def test_a_chain_that_nobody_touched_passes(chain: Chain) -> None:
    verdict = chain.check()
    assert verdict.findings == ()
    assert (verdict.entries, verdict.exposed) == (LENGTH, 0)
    assert verdict.stamped is not None
    assert verdict.stamped.seq == LENGTH


def test_entries_after_the_last_stamp_are_told_as_exposed(chain: Chain) -> None:
    with chain.store.unit() as unit:
        for _ in range(3):
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.PRINTED)
        unit.commit()
    assert chain.check().exposed == 3
    assert chain.told() == []


# -- 1 flip ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("field", "value"), [("actor", "other"), ("note", "R1 "), ("deed", Deed.PRINTED), ("hash", "0" * 64)]
)
def test_a_flip_is_named(chain: Chain, place: int, field: str, value: object) -> None:
    put(chain, place, replace(chain.entries()[place - 1], **{field: value}))  # type: ignore[arg-type]
    assert ("flipped", place, place) in chain.told()
    assert {kind for kind, first, _ in chain.told() if first != place} <= {"rewritten"}


@pytest.mark.parametrize("place", PLACES)
def test_one_flipped_bit_of_the_text_is_named(chain: Chain, place: int) -> None:
    for at in range(0, 200, 23):
        entry = encode(chain.entries()[place - 1])
        torn = entry[:at] + chr(ord(entry[at]) ^ 1) + entry[at + 1 :]
        with chain.by_hand() as db:
            db.execute(
                text("UPDATE audit SET entry = :entry WHERE seq = :seq"), {"entry": torn, "seq": place}
            )
            db.commit()
        assert ("flipped", place, place) in chain.told(), torn
        put(chain, place, chain_entry(entry))


def chain_entry(entry: str) -> AuditEntry:
    from wire.codec import decode

    return decode(AuditEntry, entry)


@pytest.mark.parametrize("column", ["at", "actor", "deed", "case"])
def test_a_flip_of_what_the_auditor_searches_by_is_named(chain: Chain, column: str) -> None:
    with chain.by_hand() as db:
        db.execute(text(f"UPDATE audit SET \"{column}\" = 'x' WHERE seq = 17"))
        db.commit()
    assert chain.told() == [("flipped", 17, 17)]


@pytest.mark.parametrize("place", PLACES)
def test_a_flip_with_a_hash_that_fits_again_is_named(chain: Chain, place: int) -> None:
    entries = chain.entries()
    put(chain, place, rehashed(entries[place - 1], entries[place - 2] if place > 1 else None, note="other"))
    assert ("flipped", place, place) in chain.told()


# -- 2 drop ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", PLACES[:-1])
@pytest.mark.parametrize("renumbered", [False, True])
@pytest.mark.parametrize("count", [1, 3])
def test_a_drop_is_named(chain: Chain, place: int, renumbered: bool, count: int) -> None:
    count = min(count, LENGTH - place)
    with chain.by_hand() as db:
        db.execute(text(f"DELETE FROM audit WHERE seq BETWEEN {place} AND {place + count - 1}"))
        db.commit()
    if renumbered:
        shift(chain, place + count, -count)
    assert chain.told() == [("dropped", place, place + count - 1)]


# -- 3 insert ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("forged", ["fits", "nonsense"])
def test_an_insert_is_named(chain: Chain, place: int, forged: str) -> None:
    before = chain.entries()[place - 2] if place > 1 else None
    entry = AuditEntry.following(before, at=NOW, actor="clerk", deed=Deed.PRINTED, case="", note="forged")
    shift(chain, place, 1)
    put(chain, place, entry if forged == "fits" else replace(entry, hash="0" * 64))
    assert chain.told() == [("inserted", place, place)]


def test_an_entry_added_at_the_end_by_hand_is_named(chain: Chain) -> None:
    entry = AuditEntry.following(
        chain.entries()[-1], at=NOW, actor="clerk", deed=Deed.PRINTED, case="", note="forged"
    )
    put(chain, LENGTH + 1, entry)
    assert chain.told() == [("inserted", LENGTH + 1, LENGTH + 1)]


# -- 4 reorder ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, 40), (7, 23), (39, 40)])
def test_a_reorder_is_named(chain: Chain, one: int, other: int) -> None:
    entries = chain.entries()
    put(chain, one, entries[other - 1])
    put(chain, other, entries[one - 1])
    assert chain.told() == [("reordered", one, one), ("reordered", other, other)]


# -- 5 truncation ------------------------------------------------------------------------------------
@pytest.mark.parametrize("left", [0, 1, 17, 30, 39])
def test_a_cut_off_tail_is_named(chain: Chain, left: int) -> None:
    with chain.by_hand() as db:
        db.execute(text(f"DELETE FROM audit WHERE seq > {left}"))
        db.commit()
    assert chain.told() == [("truncated", left + 1, LENGTH)]


def test_a_cut_off_tail_is_named_though_nobody_has_stamped_it(chain: Chain) -> None:
    with chain.by_hand() as db:
        db.execute(text("DELETE FROM audit_stamps"))
        db.execute(text("DELETE FROM audit WHERE seq > 35"))
        db.commit()
    assert chain.told() == [("truncated", 36, LENGTH)]


def test_a_cut_off_tail_is_named_though_its_end_mark_was_moved(chain: Chain) -> None:
    kept = chain.entries()[34]
    with chain.by_hand() as db:
        db.execute(text("DELETE FROM audit WHERE seq > 35"))
        db.execute(
            text("UPDATE facts SET value = :mark WHERE name = 'audit_head'"), {"mark": f"35 {kept.hash}"}
        )
        db.commit()
    assert chain.told() == [("truncated", 36, LENGTH)]


# -- 6 roll-back of the whole file -------------------------------------------------------------------
@pytest.mark.parametrize("grown", [0, 3, 60])
@pytest.mark.parametrize("length", [1, 17, 40])
def test_an_older_store_in_its_place_is_named(tmp_path: Path, length: int, grown: int) -> None:
    (tmp_path / "live").mkdir()
    chain = Chain(tmp_path / "live", length)
    chain.store.close()
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "live", kept)
    chain.store = open_store(chain.path, KEY)
    chain.grow(20)
    newest = encode(stamp_of(chain.entries()[-1]))
    assert chain.told(newest) == []
    chain.store.close()
    shutil.rmtree(tmp_path / "live")
    shutil.copytree(kept, tmp_path / "live")
    chain.store = open_store(chain.path, KEY)
    with chain.store.unit() as unit:
        for _ in range(grown):
            unit.audit.note(at=NOW, actor="clerk", deed=Deed.PRINTED, note="after the roll-back")
        unit.commit()
    (told,) = chain.told(newest)
    first = length + grown + 1 if grown < 20 else 1
    assert told == ("rolled_back", first, length + 20)
    # The store by itself is whole: only a stamp from outside shows it.
    assert chain.told() == []
    chain.store.close()


# -- 7 wrong stamp, 8 edited stamp -------------------------------------------------------------------
STAMPED = (10, 20, 30, 40)


def restamp(chain: Chain, place: int, stamp: str) -> None:
    with chain.by_hand() as db:
        db.execute(
            text("UPDATE audit_stamps SET stamp = :stamp WHERE seq = :seq"), {"stamp": stamp, "seq": place}
        )
        db.commit()


@pytest.mark.parametrize("place", STAMPED)
@pytest.mark.parametrize("other", ["place", "device", "incarnation"])
def test_a_stamp_of_something_else_is_named(chain: Chain, place: int, other: str) -> None:
    entries = chain.entries()
    stamp = {
        "place": stamp_of(entries[4]),
        "device": stamp_of(entries[place - 1], device="0123456789abcdef"),
        "incarnation": stamp_of(entries[place - 1], incarnation=2),
    }[other]
    restamp(chain, place, encode(stamp))
    assert chain.told() == [("wrong_stamp", place, place)]


@pytest.mark.parametrize("device", [ME.device, "0123456789abcdef"])
def test_what_was_stamped_before_a_station_was_enrolled_again_is_stamped_as_ever(
    chain: Chain, device: str
) -> None:
    """Also where it is another device since, for its hall had forgotten its key."""
    with chain.store.unit() as unit:
        unit.station.renew(replace(ME, device=device, incarnation=2))
        for deed, note in (
            (Deed.ENROLLED, ME.device),
            (Deed.REENROLLED, f"{device} incarnation=2 events=0"),
        ):
            newest = unit.audit.note(at=NOW, actor="station", deed=deed, note=note)
        unit.audit.keep_stamp(stamp_of(newest, device=device, incarnation=2))
        unit.commit()
    assert chain.told() == []
    assert chain.check().exposed == 0
    other = stamp_of(chain.entries()[19], hash="0" * 64)
    restamp(chain, 20, encode(other))
    assert chain.told() == [("rewritten", 11, 20)]
    restamp(chain, 20, encode(stamp_of(chain.entries()[19], device="fedcba9876543210")))
    assert chain.told() == [("wrong_stamp", 20, 20)]


@pytest.mark.parametrize("place", STAMPED)
@pytest.mark.parametrize(
    "change",
    [
        {"seq": 41},
        {"hash": "0" * 64},
        {"at": NOW},
        {"signature": "AAAA"},
        {"signature": "not base64 ß"},
        {"hall": "x"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_stamp_is_named(chain: Chain, place: int, change: dict[str, object]) -> None:
    stamp: AuditStamp = replace(stamp_of(chain.entries()[place - 1]), **change)  # type: ignore[arg-type]
    restamp(chain, place, encode(stamp))
    assert chain.told() == [("edited_stamp", place, place)]


def test_a_stamp_that_is_none_is_named(chain: Chain) -> None:
    restamp(chain, 20, "{}")
    assert chain.told() == [("edited_stamp", 20, 20)]


def test_a_stamp_signed_by_somebody_else_is_named(chain: Chain) -> None:
    from wire.keys import new_private
    from wire.signed import sign_reply

    forged = sign_reply(replace(stamp_of(chain.entries()[19]), signature=""), new_private())
    restamp(chain, 20, encode(forged))
    assert chain.told() == [("edited_stamp", 20, 20)]


# -- who rewrites everything -------------------------------------------------------------------------
@pytest.mark.parametrize("place", [1, 17, 30, 39])
def test_a_chain_rewritten_to_its_end_is_told_by_the_stamps(chain: Chain, place: int) -> None:
    before: AuditEntry | None = None
    for entry in chain.entries():
        changed = {"note": "forged"} if entry.seq == place else {}
        before = rehashed(entry, before, **changed) if entry.seq >= place else entry
        put(chain, entry.seq, before)
    assert before is not None
    with chain.by_hand() as db:
        mark = f"{before.seq} {before.hash}"
        db.execute(text("UPDATE facts SET value = :mark WHERE name = 'audit_head'"), {"mark": mark})
        db.commit()
    good = max((at for at in STAMPED if at < place), default=0)
    assert chain.told() == [("rewritten", good + 1, LENGTH)]
