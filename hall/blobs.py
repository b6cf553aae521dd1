"""The hall's room of scans: objects that are written once, in a local folder or in an S3 bucket, through obstore."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

# What a request holds while it waits for a bucket others want: a thread, sometimes the database. obstore by itself waits 30
# seconds and tries again for three minutes, longer than a station waits for its answer (60 s). Ten megabytes still go at 4 Mbit/s.
_CONNECT_S = timedelta(seconds=3)
_SILENT_S = timedelta(seconds=20)
_RETRIES, _RETRY_S = 2, timedelta(seconds=10)


class BlobGone(Exception):
    """An object that is not there."""


class RoomDown(Exception):
    """The room does not answer or takes nothing: no network, no right, no space."""


class BlobRoom:
    """Objects by name; each is written whole, once, or not at all. All calls block and may raise RoomDown."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        """`folder` is where a local store keeps its files: they are on the disk before a call returns."""
        self._store = store
        self._folder = folder

    def put_new(self, name: str, content: bytes) -> bool:
        """Write an object unless it is there; False when it was (docs/decisions/017-attachments.md: conditional create)."""
        try:
            with _told():
                obstore.put(self._store, name, content, mode="create")
        except AlreadyExistsError:
            return False
        if self._folder is not None:
            with _told():
                _settle(self._folder, name)
        return True

    def get(self, name: str) -> bytes:
        """Return an object. Raises BlobGone."""
        try:
            with _told():
                return bytes(obstore.get(self._store, name).bytes())
        except FileNotFoundError as error:
            raise BlobGone(name) from error

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects; one that is not there is no trouble."""
        for name in names:
            try:
                with _told():
                    obstore.delete(self._store, name)
            except FileNotFoundError:
                continue

    def names(self, prefix: str) -> tuple[str, ...]:
        """Return the objects below a prefix."""
        with _told():
            return tuple(
                str(meta["path"]) for batch in obstore.list(self._store, prefix=prefix) for meta in batch
            )


def open_room(folder: Path, url: str = "") -> BlobRoom:
    """Open the room: a folder, or what `url` names (s3://bucket/prefix).

    Credentials of S3 come from the environment alone (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT; for
    an address without TLS AWS_ALLOW_HTTP=true). Raises ValueError for a URL of another kind.
    """
    if not url:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return BlobRoom(LocalStore(folder), folder)
    if not url.startswith("s3://"):
        raise ValueError("scans go to a folder or to s3://bucket/prefix")
    return BlobRoom(
        from_url(
            url,
            client_options={
                "connect_timeout": _CONNECT_S,
                "timeout": _SILENT_S,
                # obstore asks the environment for this only where it is given no options.
                "allow_http": os.environ.get("AWS_ALLOW_HTTP", "") == "true",
            },
            retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY_S},
        )
    )


def scan_name(sha256: str) -> str:
    """Return the name of a scan's object."""
    return f"{sha256[:2]}/{sha256}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (AlreadyExistsError, FileNotFoundError):
        raise
    except (BaseError, OSError) as error:
        raise RoomDown(type(error).__name__) from error


def _settle(folder: Path, name: str) -> None:
    """Have a file and the folders on its way on the disk: obstore renames and leaves that to the system."""
    path = folder / name
    for place in (path, *path.parents):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if place == folder:
            return
