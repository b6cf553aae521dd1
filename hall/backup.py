"""A backup of the hall while it serves, and the way back: the database, the scans and the releases, checked against a signed list."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, inspect, select
from sqlalchemy.engine import URL, make_url

from hall.database import fact, hall_key, now
from hall.engines import is_url, make_engine, sqlite_file
from hall.epoch import renew_epoch
from hall.schema import migrate, newest_schema, schema_of
from hall.tables import cases, feed, inbox
from wire.backup import Backup
from wire.codec import Malformed, decode, encode
from wire.keys import b64, key_id, public_of, unb64
from wire.signed import reply_is_genuine, sign_reply

LIST = "backup.json"
_FOLDERS = ("blobs", "releases")
_COUNTED: tuple[Table, ...] = (inbox, cases, feed)
_PROGRAMS = Path("/usr/lib/postgresql")


class BackupRefused(Exception):
    """A backup that cannot be made or taken back; `code` is one of exists, not_empty, no_list, forged, missing, changed,
    damaged, counts, newer, other_kind, program. `what` names the file or program."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code} {what}".strip())
        self.code, self.what = code, what


def back_up(engine: Engine, files: Path, out: Path) -> Backup:
    """Write a backup into the folder `out`, which must not be there; the hall goes on serving meanwhile.

    The database is copied first and the scans after it, so every scan that the copy names is there. It stands under its
    name only once everything is on the disk and was read again. Raises BackupRefused(exists | program | damaged | counts).
    """
    if out.exists():
        raise BackupRefused("exists", out.name)
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    kind = engine.dialect.name
    counts = _dump_sqlite(engine, part) if kind == "sqlite" else _dump_postgres(engine, part)
    for name in _FOLDERS:
        _copy_folder(files / name, part / name)
    with engine.begin() as db:
        private, epoch = hall_key(db), fact(db, "epoch")
    public = public_of(private)
    hashes = {str(path.relative_to(part)): _hash(path) for path in _all_files(part)}
    unsigned = Backup(kind, newest_schema(), epoch, now(), counts, hashes, b64(public), key_id(public))
    made = sign_reply(unsigned, private)
    (part / LIST).write_text(encode(made), encoding="utf-8")
    for path in (*_all_files(part), *_all_folders(part)):
        _sync(path)
    check(part)
    part.replace(out)
    _sync(out.parent)
    return made


def read_list(folder: Path) -> Backup:
    """Read what a backup says that it holds, and whether its hall signed that; nothing else of it. Raises BackupRefused(no_list | forged)."""
    try:
        made = decode(Backup, (folder / LIST).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Malformed):
        raise BackupRefused("no_list", folder.name) from None
    if not reply_is_genuine(made, _public(made), made.algorithm):
        raise BackupRefused("forged", LIST)
    return made


def check(folder: Path) -> Backup:
    """Read a whole backup again and say what it holds. Raises BackupRefused."""
    made = read_list(folder)
    for name, sha256 in made.files.items():
        path = folder / name
        if ".." in Path(name).parts or not path.is_file():
            raise BackupRefused("missing", name)
        if _hash(path) != sha256:
            raise BackupRefused("changed", name)
    if made.kind == "sqlite":
        _check_sqlite(folder / "hall.db", made)
    else:
        # Reading the whole dump is what finds a torn one; what is in it, restoring tells.
        _run(["pg_restore", "--file=/dev/null", str(folder / "hall.dump")], {})
    return made


def restore(folder: Path, place: str, files: Path) -> str:
    """Take a backup back into an empty place; return the new epoch, by which stations know that they must tell again what
    they hold receipts for (docs/decisions/016-healing.md).

    Raises BackupRefused(not_empty) where a hall stands already, and what `check` raises.
    """
    made = check(folder)
    if made.schema > newest_schema():
        raise BackupRefused("newer", made.schema)
    if _stands(place) or any((files / name).exists() and any((files / name).iterdir()) for name in _FOLDERS):
        raise BackupRefused("not_empty")
    if made.kind != ("sqlite" if sqlite_file(place) else "postgresql"):
        raise BackupRefused("other_kind", made.kind)
    for name in _FOLDERS:
        _copy_folder(folder / name, files / name)
    if made.kind == "sqlite":
        _place_sqlite(folder / "hall.db", place)
    else:
        into = [
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--dbname=" + _dsn(place),
        ]
        _run([*into, str(folder / "hall.dump")], _secrets(place))
    engine = make_engine(place)
    try:
        migrate(engine)
        with engine.begin() as db:
            _hold_counts(db, made)
            return renew_epoch(db)
    finally:
        engine.dispose()


# -- SQLite ---------------------------------------------------------------------------------------------------
def _dump_sqlite(engine: Engine, part: Path) -> dict[str, int]:
    target = part / "hall.db"
    source = sqlite3.connect(f"file:{engine.url.database}?mode=ro", uri=True)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)  # in one step: writers go on in the log meanwhile
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        return {t.name: int(copy.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0]) for t in _COUNTED}  # noqa: S608
    finally:
        copy.close()
        source.close()
        target.chmod(0o600)


def _check_sqlite(file: Path, made: Backup) -> None:
    db = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
    try:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupRefused("damaged", file.name)
        for table, count in made.counts.items():
            # The names come from a list that the hall has signed.
            if db.execute(f'SELECT count(*) FROM "{table}"').fetchone() != (count,):  # noqa: S608
                raise BackupRefused("counts", table)
    except sqlite3.DatabaseError as error:
        raise BackupRefused("damaged", file.name) from error
    finally:
        db.close()


def _place_sqlite(source: Path, place: str) -> None:
    target = sqlite_file(place)
    if target is None:
        raise BackupRefused("other_kind", "sqlite")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    _sync(part)
    part.replace(target)
    _sync(target.parent)


# -- PostgreSQL -----------------------------------------------------------------------------------------------
def _dump_postgres(engine: Engine, part: Path) -> dict[str, int]:
    # The counts are of the very moment that is dumped: both look through one exported snapshot.
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as db, db.begin():
        snapshot = str(db.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
        counts = {t.name: _count(db, t) for t in _COUNTED}
        place = engine.url.render_as_string(hide_password=False)
        target = part / "hall.dump"
        dump = ["pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", "--no-owner"]
        _run([*dump, "--dbname=" + _dsn(place)], _secrets(place))
    target.chmod(0o600)
    return counts


def _hold_counts(db: Connection, made: Backup) -> None:
    for table in _COUNTED:
        if made.counts.get(table.name) != _count(db, table):
            raise BackupRefused("counts", table.name)


def _count(db: Connection, table: Table) -> int:
    return int(db.scalar(select(func.count()).select_from(table)) or 0)


def _dsn(place: str) -> str:
    # A password stands in the environment of the program, not among its arguments, which everybody may read.
    url = make_url(place)
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string(hide_password=False)


def _secrets(place: str) -> dict[str, str]:
    password = make_url(place).password
    return {"PGPASSWORD": str(password)} if password else {}


def _run(command: list[str], secrets: Mapping[str, str]) -> None:
    done = subprocess.run(
        [_program(command[0]), *command[1:]],
        env={**os.environ, **secrets},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # Its last line names tables and rows' numbers, no content.
        raise BackupRefused(
            "program", f"{command[0]}: {done.stderr.strip().splitlines()[-1:] or done.returncode}"
        )


def _program(name: str) -> str:
    versions = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise BackupRefused("program", name)
    return found


# -- files ----------------------------------------------------------------------------------------------------
def _stands(place: str) -> bool:
    if not is_url(place) and not Path(place).exists():
        return False
    engine = make_engine(place)
    try:
        return schema_of(engine) is not None or bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _copy_folder(source: Path, target: Path) -> None:
    for path in _all_files(source):
        # A file that begins with a dot is still being written; it is another backup's.
        if path.name.startswith(".") or path.suffix == ".part":
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copyfile(path, place)
        except FileNotFoundError:
            # A piece of an upload that has just become a scan: its station offers it again to a restored hall.
            place.unlink(missing_ok=True)
            continue
        place.chmod(0o600)


def _all_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _all_folders(folder: Path) -> Iterator[Path]:
    yield folder
    yield from (path for path in sorted(folder.rglob("*")) if path.is_dir())


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _public(made: Backup) -> bytes:
    try:
        return unb64(made.hall_key)
    except ValueError:
        raise BackupRefused("forged", LIST) from None
