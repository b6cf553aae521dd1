"""Releases of the catalogue: fetched from the hall, believed only when signed, whole and newer; the last good one stays.

Each is kept as a file beside its manifest, so that drafts and cases find the release they were started under.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from catalogue.broken import CatalogueBroken
from catalogue.model import Catalogue, Offer
from catalogue.release import MAX_RELEASE_BYTES, check_release, open_release
from catalogue.search import Index, Search
from wire.algorithms import ED25519
from wire.codec import Malformed, decode, encode
from wire.messages import CatalogueManifest
from wire.signed import reply_is_genuine
from workstation.domain.failures import Failure, Refused

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=60)
_KEPT = 40  # manifests that are looked through; older ones stay on the disk

Opened = tuple[Catalogue, Index]


class Source(Protocol):
    """Where releases come from."""

    def catalogue_manifest(self) -> CatalogueManifest:
        """Return what the hall publishes now. Raises Refused."""
        ...

    def catalogue_release(self, sha256: str) -> bytes:
        """Fetch a release. Raises Refused."""
        ...


class ReleaseShelf:
    """Implements services.ports.Catalogues. May be asked from any thread."""

    def __init__(self, folder: Path, shipped: Callable[[], Opened]) -> None:
        """`shipped` opens the catalogue that came with the program, for a station that has heard of no other."""
        self._folder = folder
        self._shipped = shipped
        self._hall_key: bytes | None = None
        self._agreed = ED25519
        self._lock = threading.Lock()
        self._number = 0
        self._current: Catalogue | None = None
        self._search: Search | None = None
        self._older: dict[str, Catalogue] = {}

    # -- ports.Catalogues ------------------------------------------------------------------------------------
    def current(self) -> Catalogue:
        """See ports.Catalogues."""
        return self._ready()[0]

    def of(self, version: str) -> Catalogue:
        """See ports.Catalogues."""
        current = self.current()
        if version in {"", current.version}:
            return current
        with self._lock:
            if version not in self._older:
                self._older[version] = self._find(version) or current
            return self._older[version]

    def find(self, text: str) -> list[Offer]:
        """See ports.Catalogues."""
        return self._ready()[1].find(text)

    # -- keeping ---------------------------------------------------------------------------------------------
    def trust(self, hall_key: bytes, agreed: str = ED25519) -> None:
        """From now on this key says what may be believed, with the agreed algorithm; the newest kept release that it
        signed becomes current."""
        self._hall_key, self._agreed = hall_key, agreed
        for manifest in self._manifests():
            try:
                self._take(manifest, self._file(manifest).read_bytes())
            except (OSError, CatalogueBroken) as error:
                log.error("kept release %s is not used: %s", manifest.number, error)
                continue
            return

    def offer(self, manifest: CatalogueManifest, fetch: Callable[[str], bytes]) -> bool:
        """Take a release that is newer than the current one; say whether it was taken.

        Raises CatalogueBroken for one that must not be believed: forged, older, torn or unusable. Nothing changes then.
        """
        if self._hall_key is None:
            return False
        if not reply_is_genuine(manifest, self._hall_key, self._agreed):
            raise CatalogueBroken("manifest", "signature", "is not the hall's")
        if manifest.number == self._number:
            return False
        if manifest.number < self._number:
            raise CatalogueBroken("manifest", "number", f"{manifest.number} is older than {self._number}")
        if not 0 < manifest.size <= MAX_RELEASE_BYTES:
            raise CatalogueBroken("manifest", "size", f"{manifest.size} is no size of a release")
        content = fetch(manifest.sha256)
        self._check(manifest, content)
        opened = _open(manifest, content)
        # A hall may sign what an author got wrong: an item that cannot be used must not wait for a citizen to be found.
        check_release(content)
        self._keep(manifest, content)
        self._use(manifest, opened)
        return True

    def _ready(self) -> tuple[Catalogue, Search]:
        with self._lock:
            if self._current is None or self._search is None:
                self._current, index = self._shipped()
                self._search = Search(index)
            return self._current, self._search

    def _take(self, manifest: CatalogueManifest, content: bytes) -> None:
        self._check(manifest, content)
        self._use(manifest, _open(manifest, content))

    def _check(self, manifest: CatalogueManifest, content: bytes) -> None:
        if len(content) != manifest.size or hashlib.sha256(content).hexdigest() != manifest.sha256:
            raise CatalogueBroken("release", "hash", "is not what the hall has signed")

    def _use(self, manifest: CatalogueManifest, opened: Opened) -> None:
        catalogue, index = opened
        with self._lock:
            self._number, self._current, self._search = manifest.number, catalogue, Search(index)
        log.info("catalogue release %s, %s items", manifest.number, len(catalogue.items))

    def _keep(self, manifest: CatalogueManifest, content: bytes) -> None:
        """The file first, then the manifest that speaks of it, each whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(self._file(manifest), content)
        _write(self._folder / f"{manifest.number:09d}.json", encode(manifest).encode())

    def _file(self, manifest: CatalogueManifest) -> Path:
        return self._folder / f"{manifest.number:09d}.zip"

    def _manifests(self) -> list[CatalogueManifest]:
        """Return what is kept and signed by the hall, newest first."""
        found = []
        for path in sorted(self._folder.glob("*.json"), reverse=True)[:_KEPT]:
            try:
                manifest = decode(CatalogueManifest, path.read_bytes())
            except (OSError, Malformed):
                continue
            if self._hall_key is not None and reply_is_genuine(manifest, self._hall_key, self._agreed):
                found.append(manifest)
        return found

    def _find(self, version: str) -> Catalogue | None:
        for manifest in self._manifests():
            if manifest.version == version:
                try:
                    content = self._file(manifest).read_bytes()
                    self._check(manifest, content)
                    return open_release(content)[0]
                except (OSError, CatalogueBroken) as error:
                    log.error("kept release %s is not used: %s", manifest.number, error)
        shipped = self._shipped()[0]
        return shipped if shipped.version == version else None


class ReleasePuller:
    """A carrier of the engine: looks for a new release now and then. A bad one is told in the log, once."""

    def __init__(self, source: Source, shelf: ReleaseShelf, clock: Callable[[], datetime]) -> None:
        self._source = source
        self._shelf = shelf
        self._clock = clock
        self._next: datetime | None = None
        self._bad: set[str] = set()

    def carry(self) -> bool:
        """Look when it is time; there is never more. Raises Refused when the hall cannot be reached."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return False
        self._next = now + LOOK_EVERY
        try:
            manifest = self._source.catalogue_manifest()
        except Refused as refused:
            if refused.details.get("code") == "no_catalogue":
                return False
            raise
        if manifest.signature in self._bad:
            return False
        try:
            self._shelf.offer(manifest, self._source.catalogue_release)
        except CatalogueBroken as broken:
            self._bad.add(manifest.signature)
            log.error("catalogue release %s refused, the last good one stays: %s", manifest.number, broken)
        except OSError as error:
            log.error("catalogue release %s cannot be kept: %s", manifest.number, type(error).__name__)
            raise Refused(Failure.STORE_FULL) from error
        return False


def _open(manifest: CatalogueManifest, content: bytes) -> Opened:
    opened = open_release(content)
    if opened[0].version != manifest.version:
        raise CatalogueBroken("release", "version", "is not what the hall has signed")
    return opened


def _write(path: Path, content: bytes) -> None:
    part = path.with_suffix(path.suffix + ".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
