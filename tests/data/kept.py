"""The kept stores: one of each schema that ever landed, with the secrets of its cases and its scans where it has them."""

from __future__ import annotations

import shutil
from pathlib import Path

FOLDER = Path(__file__).parent
# What is missing came and went within one piece of work: no station was ever left with it.
SCHEMAS = (1, 2, 3, 4, 7, 12, 15, 16)


def kept(schema: int) -> Path:
    """Return the file of a schema's kept store."""
    return FOLDER / f"store-{schema:04d}.db"


def take(store: Path, folder: Path) -> Path:
    """Copy a kept store with all that belongs to it; return the copy."""
    shutil.copyfile(store, folder / "station.db")
    if store.with_suffix(".keys").exists():
        shutil.copyfile(store.with_suffix(".keys"), folder / "station.keys")
    if store.with_suffix(".scans").exists():
        shutil.copytree(store.with_suffix(".scans"), folder / "scans")
    return folder / "station.db"


def put(folder: Path, store: Path) -> None:
    """Keep a store that was made in `folder`."""
    shutil.copyfile(folder / "station.db", store)
    shutil.copyfile(folder / "station.keys", store.with_suffix(".keys"))
    shutil.copytree(folder / "scans", store.with_suffix(".scans"))
