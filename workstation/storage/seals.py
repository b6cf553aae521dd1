"""What is a case's or a scan's own, sealed under a key of that case or scan: without the key nobody reads it again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from wire.box import BoxBroken, Lock, derive
from wire.derivation import Derivation
from workstation.domain.failures import Failure, Refused
from workstation.storage.key_pool import KeyPool
from workstation.storage.raw import raw
from workstation.storage.tables import case_keys, dead_slots


class StoreKey:
    """What a store makes of its key, for as long as it is open."""

    __slots__ = ("case", "person")

    def __init__(self, key: bytes) -> None:
        self.case = Derivation(key, "case")  # keys of cases and scans, each with its secret of the pool
        self.person = Derivation(key, "person")  # what a person's cases are found by


class Seals:
    """Keys of one transaction. `owner` is the id of a case, or the hash of a scan."""

    __slots__ = ("_db", "_known", "_pool", "_store_key")

    def __init__(self, connection: Connection, pool: KeyPool, store_key: StoreKey) -> None:
        self._db = connection
        self._pool = pool
        self._store_key = store_key
        self._known: dict[str, tuple[int, bytes, Lock]] = {}  # owner -> slot, key, and the key as a lock

    def seal(self, owner: str, text: str) -> bytes:
        """Seal a text of a case; its key is made when it has none yet."""
        return self.seal_body(owner, text.encode())

    def open(self, owner: str, box: bytes) -> str:
        """Return the text. Raises Refused(STORE_DAMAGED) when its key was lost or the box was changed."""
        return self.open_body(owner, box).decode()

    def seal_body(self, owner: str, body: bytes) -> bytes:
        """Seal what storage.bodies has written of a case; its key is made when it has none yet."""
        return self._key(owner, make=True)[2].seal_body(body, owner)

    def open_body(self, owner: str, box: bytes) -> bytes:
        """Return a body. Raises Refused(STORE_DAMAGED) when its key was lost or the box was changed."""
        try:
            return self._key(owner)[2].open_body(box, owner)
        except BoxBroken:
            raise Refused(Failure.STORE_DAMAGED, cause="sealed") from None

    def seal_bytes(self, owner: str, content: bytes) -> bytes:
        """Seal a scan as it is: its format packs already."""
        return self._key(owner, make=True)[2].seal(content, owner)

    def open_bytes(self, owner: str, box: bytes) -> bytes:
        """Return a scan. Raises Refused(STORE_DAMAGED)."""
        try:
            return self._key(owner)[2].open(bytes(box), owner)
        except BoxBroken:
            raise Refused(Failure.STORE_DAMAGED, cause="sealed") from None

    def meet(self, owners: Iterable[tuple[str, int | None]]) -> None:
        """Get the keys of several cases ready, whose slots were looked up with them: one look into the pool."""
        slots = {owner: slot for owner, slot in owners if slot is not None and owner not in self._known}
        secrets = self._pool.secrets(slots.values())
        for owner, slot in slots.items():
            if slot in secrets:
                self._keep(owner, slot, secrets[slot])

    def person(self, id_no: str) -> str:
        """Return what a person's cases are found by: a keyed hash, which tells the number to nobody without the key."""
        return self._store_key.person.of(id_no.encode()).hex() if id_no else ""

    def key_for_search(self, owner: str, *, make: bool = False) -> bytes:
        """Return the key under which terms are hashed; it goes the way of every key when its owner is forgotten."""
        return derive(self._key(owner, make=make)[1], "terms")

    def know(self, owners: Iterable[str]) -> None:
        """Get the keys of many cases at once: one query and one look at the pool instead of one each."""
        wanted = [owner for owner in dict.fromkeys(owners) if owner not in self._known]
        if wanted:
            self.meet(
                (row.owner, row.slot)
                for row in self._db.execute(select(case_keys).where(case_keys.c.owner.in_(wanted)))
            )

    def forget(self, owners: list[str]) -> None:
        """Let go of keys. Their slots are destroyed once this is committed (see Store.scrub)."""
        for owner in owners:
            self._known.pop(owner, None)
            gone = delete(case_keys).where(case_keys.c.owner == owner).returning(case_keys.c.slot)
            slot = self._db.execute(gone).scalar()
            if slot is not None:
                self._db.execute(insert(dead_slots).values(slot=slot))

    def slot(self, owner: str) -> int:
        """Return where the key of a case is, after something was sealed under it."""
        return self._known[owner][0]

    def _key(self, owner: str, *, make: bool = False) -> tuple[int, bytes, Lock]:
        known = self._known.get(owner)
        if known is None:
            row = raw(self._db).execute(_FIND, (owner,)).fetchone()
            if row is None:
                if not make:
                    raise Refused(Failure.STORE_DAMAGED, cause="sealed")
                row = raw(self._db).execute(_TAKE, (owner,)).fetchone()
            slot = int(row[0])
            known = self._keep(owner, slot, self._pool.secret(slot))
        return known

    def _keep(self, owner: str, slot: int, secret: bytes) -> tuple[int, bytes, Lock]:
        key = self._store_key.case.of(secret, owner.encode())
        known = self._known[owner] = slot, key, Lock(key)
        return known


_FIND = "SELECT slot FROM case_keys WHERE owner = ?"
# A slot that was given up is taken again only after it was written over: until then it stands in dead_slots.
_TAKE = """INSERT INTO case_keys (owner, slot) VALUES (?, 1 + MAX(
    (SELECT COALESCE(MAX(slot), 0) FROM case_keys), (SELECT COALESCE(MAX(slot), 0) FROM dead_slots)))
    RETURNING slot"""
