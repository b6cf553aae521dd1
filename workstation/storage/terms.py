"""The index by which cases are found: keyed hashes of terms, in books whose keys a purge destroys (decision 021).

A *place* is the rowid of a case: the order in which cases came in. A *book* covers BOOK places and has a key of its own,
whose secret is a slot of the key pool. A term is kept as 47 bits of its HMAC under the book's key, beside the place of
the case: without that key nobody can try names on the rows, in no copy of the pages. When a case of a book is purged the
book is dead: its key goes, its rows are noise and are cleared away, and what else was in it is written down anew.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

from workstation.domain.finding import FindBy, Wanted
from workstation.storage.raw import raw
from workstation.storage.seals import Seals

BOOK = 65536  # places: what is written anew, at most, after a purge (about twenty seconds beside the counter)
CLEARED_AT_ONCE = 20000  # rows of dead books in one transaction
_LIVING, _LEAVING, _DEAD = 0, 1, 2  # of term_books.state: the second is read until it was written anew
_PROOF = "proof"
_BLOCK = attrgetter("block")
NEWEST = 4  # blocks that are asked first
_ABOVE_ALL = 1 << 62
# The numbered values are those of Terms._in_books: below, limit, how many characters from the end, what was typed.
_ENDS_SO = """ AND EXISTS (SELECT 1 FROM cases c WHERE c.rowid = t.place
    AND (substr(c.receipt_no, ?3) = ?4 OR substr(c.project_no, ?3) = ?4))"""
_BESIDE = (
    " AND EXISTS (SELECT 1 FROM case_terms o WHERE o.book = t.book AND o.term = ?{} AND o.place = t.place)"
)


@dataclass(frozen=True, slots=True)
class Book:
    """A living book: everything from its first place to `upto` is in the index."""

    id: int
    block: int
    upto: int
    proof: int

    @property
    def last(self) -> int:
        """Return the last place that the book covers."""
        return (self.block + 1) * BOOK - 1


@dataclass(frozen=True, slots=True)
class Portion:
    """Places of one book that are to be written down. `asked` is how many were looked for, 0 for single ones."""

    book: Book
    places: list[int]
    asked: int


class Terms:
    """The index, within one transaction. `keys` are those of books met before; they outlive the transaction."""

    def __init__(self, connection: Connection, seals: Seals, keys: dict[tuple[int, int], bytes]) -> None:
        self._seals = seals
        self._keys = keys
        self._db = connection

    @property
    def _raw(self) -> Any:
        return raw(self._db)

    # -- finding -----------------------------------------------------------------------------------------
    def places(self, wanted: Wanted, limit: int) -> Iterator[list[int]]:
        """Give the places whose terms fit, newest first, `limit` of them at a time."""
        if wanted.may_begin() or wanted.is_whole_id():
            # A whole number or a day's beginning: few, and from anywhere.
            found = {*self._in_books(wanted, BOOK), *self._by_number(wanted)}
            ordered = sorted(found, reverse=True)
            yield from (ordered[at : at + limit] for at in range(0, len(ordered), limit))
            return
        below = _ABOVE_ALL
        while batch := self._in_books(wanted, limit, below):
            yield batch
            if len(batch) < limit:
                return
            below = batch[-1]

    def _in_books(self, wanted: Wanted, limit: int, below: int = _ABOVE_ALL) -> list[int]:
        """Return the places below one in all books, newest first. Most pages are full after the newest books; the terms of
        the others are hashed only when they are not."""
        blocks = [[*books] for _, books in groupby(self._books(_LIVING, _LEAVING), key=_BLOCK)]
        found = self._in_blocks(blocks[:NEWEST], wanted, limit, below)
        if len(found) < limit:
            found += self._in_blocks(blocks[NEWEST:], wanted, limit - len(found), below)
        return found

    def _in_blocks(self, of: Iterable[list[Book]], wanted: Wanted, limit: int, below: int) -> list[int]:
        """Ask one statement, which looks into the next book only while it has not found enough."""
        size, terms = len(wanted.text), wanted.terms()
        also = _ENDS_SO if wanted.by is FindBy.NUMBER and wanted.tail() < size else ""
        values: list[object] = [below, limit, -size, wanted.text]
        layout: list[int] = []
        for books in of:
            keys = [(book.id, key) for book in books if (key := self._key(book)) is not None]
            for book, key in keys:
                values.append(book)
                values += [_hashed(key, term) for term in terms]
            if keys:
                layout.append(len(keys))
        if not layout:
            return []
        rows = self._raw.execute(_of_blocks(tuple(layout), len(terms), also), values)
        return [row[0] for row in rows]

    def _by_number(self, wanted: Wanted) -> list[int]:
        found: list[int] = []
        if wanted.is_whole_id():
            rows = self._raw.execute(
                "SELECT rowid FROM cases WHERE person = ?", (self._seals.person(wanted.text),)
            )
            found += [row[0] for row in rows]
        if wanted.may_begin():
            after = wanted.text + "\x7f"
            for column in ("receipt_no", "project_no"):
                rows = self._raw.execute(
                    f"SELECT rowid FROM cases WHERE {column} >= ? AND {column} < ?",  # noqa: S608 - our own names
                    (wanted.text, after),
                )
                found += [row[0] for row in rows]
        return found

    # -- writing down ------------------------------------------------------------------------------------
    def pending(self, limit: int) -> list[Portion]:
        """Return what is to be written down next, the newest books first; makes the books it belongs to."""
        again = [row[0] for row in self._raw.execute("SELECT place FROM case_redo LIMIT ?", (limit,))]
        found = [Portion(self._book(place // BOOK), [place], 0) for place in again]
        limit -= len(again)
        for block in self._blocks():
            if limit <= 0:
                break
            book = self._book(block)
            query = "SELECT rowid FROM cases WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
            places = [row[0] for row in self._raw.execute(query, (book.upto, book.last, limit))]
            found.append(Portion(book, places, limit))
            limit -= len(places)
        return found

    def write(self, portion: Portion, said: Iterable[Iterable[str]]) -> None:
        """Write down the terms of a portion's cases, in the order of its places."""
        book, places = portion.book, portion.places
        key = self._key(book)
        if key is None:
            raise AssertionError(book.id)  # `pending` makes a book anew whose key is lost
        rows = [
            (book.id, _hashed(key, term), place)
            for place, terms in zip(places, said, strict=True)
            for term in terms
        ]
        rows.sort()  # neighbours in the tree are written together
        self._raw.executemany("INSERT OR IGNORE INTO case_terms (book, term, place) VALUES (?, ?, ?)", rows)
        self._raw.executemany("DELETE FROM case_redo WHERE place = ?", [(place,) for place in places])
        if portion.asked:
            # Less than was asked for: the book is written to its end, unless it is the last.
            whole = len(places) < portion.asked and self._newest() > book.last
            upto = book.last if whole else max([*places, book.upto])
            self._raw.execute("UPDATE term_books SET upto = ? WHERE id = ?", (upto, book.id))

    def left(self) -> int:
        """Return how many cases are to be written down, at most: places of purged cases count too."""
        again = self._raw.execute("SELECT COUNT(*) FROM case_redo").fetchone()[0]
        return int(again + self._beyond(self._books(_LIVING)))

    def is_settled(self) -> bool:
        """Say whether nothing is to be written down, and nothing to be cleared away."""
        going = self._raw.execute("SELECT 1 FROM term_books WHERE state <> ? LIMIT 1", (_LIVING,)).fetchone()
        return going is None and self.left() == 0

    def hidden(self) -> int:
        """Return how many cases cannot be found, at most."""
        return self._beyond(self._books(_LIVING, _LEAVING))

    def _beyond(self, books: list[Book]) -> int:
        newest, oldest = self._newest(), self._oldest()
        if newest == 0:
            return 0
        upto: dict[int, int] = {}
        for book in books:
            upto[book.block] = max(book.upto, upto.get(book.block, 0))
        waiting = 0
        for block in range(oldest // BOOK, newest // BOOK + 1):
            first, last = max(oldest, block * BOOK), min(newest, (block + 1) * BOOK - 1)
            waiting += max(0, last - max(upto.get(block, 0), first - 1))
        return waiting

    # -- letting go --------------------------------------------------------------------------------------
    def again(self, case: str) -> None:
        """A case was changed: write its terms down once more."""
        self._raw.execute("INSERT OR IGNORE INTO case_redo SELECT rowid FROM cases WHERE id = ?", (case,))

    def forget(self, case: str) -> None:
        """A case is purged: have the book that it stands in written anew, and its key destroyed then (see `settle`)."""
        row = self._raw.execute("SELECT rowid FROM cases WHERE id = ?", (case,)).fetchone()
        if row is None:
            return
        self._raw.execute("DELETE FROM case_redo WHERE place = ?", (row[0],))
        block = row[0] // BOOK
        query = "SELECT id, block, upto, proof FROM term_books WHERE block = ? AND state = ?"
        living, leaving = (
            self._raw.execute(query, (block, state)).fetchone() for state in (_LIVING, _LEAVING)
        )
        if living is not None and leaving is not None:
            self._close(Book(*living))  # It was being written in the other's place.
        elif living is not None:
            self._raw.execute("UPDATE term_books SET state = ? WHERE id = ?", (_LEAVING, living[0]))

    def settle(self) -> None:
        """Destroy the keys of books that were written anew."""
        leaving = self._books(_LEAVING)
        if leaving:
            waiting = set(self._blocks())
            for book in leaving:
                if book.block not in waiting:
                    self._close(book)

    def clear(self) -> bool:
        """Clear some rows of dead books away; say whether there may be more."""
        row = self._raw.execute("SELECT id FROM term_books WHERE state = ? LIMIT 1", (_DEAD,)).fetchone()
        if row is None:
            return False
        edge = self._raw.execute(
            "SELECT term FROM case_terms WHERE book = ? ORDER BY term LIMIT 1 OFFSET ?",
            (row[0], CLEARED_AT_ONCE),
        ).fetchone()
        if edge is not None:
            self._raw.execute("DELETE FROM case_terms WHERE book = ? AND term < ?", (row[0], edge[0]))
            return True
        self._raw.execute("DELETE FROM case_terms WHERE book = ?", row)
        self._raw.execute("DELETE FROM term_books WHERE id = ?", row)
        return True

    def _close(self, book: Book) -> None:
        self._raw.execute("UPDATE term_books SET state = ? WHERE id = ?", (_DEAD, book.id))
        self._keys.pop((book.id, book.proof), None)
        self._seals.forget([_owner(book.id)])

    # -- books -------------------------------------------------------------------------------------------
    def _books(self, *states: int) -> list[Book]:
        marks = ", ".join("?" * len(states))
        rows = self._raw.execute(
            f"SELECT id, block, upto, proof FROM term_books WHERE state IN ({marks}) ORDER BY block DESC",  # noqa: S608
            states,
        )
        # A store that was copied back with the key pool of a later day: the slots of its books are gone, or another's.
        return [
            book if self._key(book) else replace(book, upto=book.block * BOOK - 1)
            for book in _as_books(tuple(rows))
        ]

    def _blocks(self) -> list[int]:
        """Return the blocks that have places which are not written down, the newest first."""
        newest, oldest = self._newest(), self._oldest()
        if newest == 0:
            return []
        upto = {book.block: book.upto for book in self._books(_LIVING)}
        return [
            block
            for block in range(newest // BOOK, oldest // BOOK - 1, -1)
            if upto.get(block, -1) < min(newest, (block + 1) * BOOK - 1)
        ]

    def _book(self, block: int) -> Book:
        """Return the living book of a block; a new one when there is none."""
        query = "SELECT id, block, upto, proof FROM term_books WHERE state = ? AND block = ?"
        row = self._raw.execute(query, (_LIVING, block)).fetchone()
        if row is not None:
            book = Book(*row)
            if self._key(book) is not None:
                return book
            self._close(book)
        # A number is never given twice: a new book must not meet the rows of a dead one.
        number = self._raw.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM term_books").fetchone()[0]
        proof = _hashed(self._seals.key_for_search(_owner(number), make=True), _PROOF)
        book = Book(number, block, block * BOOK - 1, proof)
        self._raw.execute(
            "INSERT INTO term_books (id, block, upto, proof, state) VALUES (?, ?, ?, ?, ?)",
            (book.id, book.block, book.upto, book.proof, _LIVING),
        )
        return book

    def _key(self, book: Book) -> bytes | None:
        key = self._keys.get((book.id, book.proof))
        if key is None:
            key = self._seals.key_for_search(_owner(book.id))
            if _hashed(key, _PROOF) != book.proof:
                return None
            self._keys[book.id, book.proof] = key
        return key

    def _newest(self) -> int:
        return int(self._raw.execute("SELECT COALESCE(MAX(rowid), 0) FROM cases").fetchone()[0])

    def _oldest(self) -> int:
        return int(self._raw.execute("SELECT COALESCE(MIN(rowid), 0) FROM cases").fetchone()[0])


@lru_cache(maxsize=64)
def _of_blocks(layout: tuple[int, ...], terms: int, also: str) -> str:
    """Write the statement that looks for so many terms in blocks of so many books each: two while one is written anew."""
    blocks: list[str] = []
    first = 5  # behind the values of all
    for books in layout:
        queries = [_of_book(first + n * (terms + 1), terms, also) for n in range(books)]
        first += books * (terms + 1)
        if books > 1:
            queries = [f"SELECT place FROM ({' UNION '.join(queries)} ORDER BY place DESC LIMIT ?2)"]  # noqa: S608
        blocks += queries
    return f"{' UNION ALL '.join(blocks)} LIMIT ?2"


@lru_cache(maxsize=4)
def _as_books(rows: tuple[tuple[int, int, int, int], ...]) -> tuple[Book, ...]:
    """Make books of rows, which are mostly those of the search before."""
    return tuple(Book(*row) for row in rows)


def _of_book(first: int, terms: int, also: str) -> str:
    """Write the statement that looks for so many terms in one book; its values stand from the `first` on."""
    others = "".join(_BESIDE.format(first + n) for n in range(2, terms + 1))
    return f"""SELECT place FROM (SELECT t.place FROM case_terms t
        WHERE t.book = ?{first} AND t.term = ?{first + 1} AND t.place < ?1{others}{also}
        ORDER BY t.place DESC LIMIT ?2)"""  # noqa: S608 - our own words


def _owner(book: int) -> str:
    return f"search/{book}"


def _hashed(key: bytes, term: str) -> int:
    """Return 47 bits of HMAC-SHA256: SQLite keeps them in six bytes, and one in 10^8 queries meets a wrong case."""
    return int.from_bytes(hmac.digest(key, term.encode(), "sha256")[:6], "big") >> 1
