"""A catalogue of 8,033 items: opening its release, the memory it takes, and a search at every keystroke."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.harness import Figure, figure, in_turns

if TYPE_CHECKING:
    from catalogue.model import Bundle, Catalogue, ServiceItem
    from catalogue.search import Search

_ROOT = Path(__file__).resolve().parent.parent
ITEMS = 8_033
_KEYS, _ON_SCREEN = 3, 8
_MAKE = """
import sys
from pathlib import Path
from catalogue.load import read_sources
from catalogue.release import make_release
from catalogue.synthetic import synthetic
Path(sys.argv[1]).write_bytes(make_release(synthetic(read_sources(Path("resources/catalogue")), int(sys.argv[2]))))
"""
# Resident memory of a process that has loaded the code, before and after the catalogue.
_REMEMBER = """
import sys, gc
from pathlib import Path
from catalogue.release import open_release
from catalogue.search import Search
def resident():
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
before = resident()
if sys.argv[1]:
    catalogue, index = open_release(Path(sys.argv[1]))
    search = Search(index)
    search.find("xsr")
print((resident() - before) / 1024)
"""
# What clerks type, a key more each time: initials, pinyin, characters, departments, nothing that exists.
_TYPED = (
    "xsr", "spjyhf", "gtgsh", "dlysba", "shipin", "jumindengji", "食品经营", "残疾人", "公安", "第3街旅馆业", "合成部门12",
    "zhongshen", "yiyaowulingshou", "ylqx", "a", "zzzz", "119", "newborn",
)  # fmt: skip


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `load_ms` (the floor: hash, inflate and parse the same file), `memory_mib` (beside none),
    `three_keys_found` (the part of the real offers that three initials find) and `search_keystroke_p99_ms` (beside one
    bare str.find over the names that finds nothing)."""
    from catalogue.release import open_release  # noqa: PLC0415 - the harness lists benches without loading them
    from catalogue.search import Search  # noqa: PLC0415

    runs = 41 if long else 15
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "release.zip"
        subprocess.run([sys.executable, "-c", _MAKE, str(file), str(ITEMS)], cwd=_ROOT, check=True)

        def load() -> float:
            began = time.perf_counter()
            content = file.read_bytes()
            hashlib.sha256(content).hexdigest()
            _, index = open_release(content)
            Search(index)
            return (time.perf_counter() - began) * 1000

        taken = in_turns({"load": load, "bare": lambda: _bare(file)}, runs)
        yield figure("load_ms", "ms", subject=taken["load"], floor=taken["bare"])
        grown = in_turns({"with": lambda: _memory(str(file)), "without": lambda: _memory("")}, 5)
        yield figure(
            "memory_mib", "MiB", subject=grown["with"], floor=[max(0.1, n) for n in grown["without"]]
        )
        catalogue, index = open_release(file)
        search = Search(index)
        yield figure("three_keys_found", "%", subject=[_three_keys(catalogue, search)], floor=[100.0])
        keys = in_turns({"search": lambda: _p99(search), "bare": lambda: _bare_find(index.names)}, runs)
        yield figure("search_keystroke_p99_ms", "ms", subject=keys["search"], floor=keys["bare"])


def _bare(file: Path) -> float:
    """Hash the file, then inflate and parse the two parts that any reader needs."""
    began = time.perf_counter()
    content = file.read_bytes()
    hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(file) as archive:
        for name in ("lists.json", "index.json"):
            json.loads(archive.read(name))
    return (time.perf_counter() - began) * 1000


def _memory(file: str) -> float:
    told = subprocess.run(
        [sys.executable, "-c", _REMEMBER, file], cwd=_ROOT, check=True, capture_output=True, text=True
    )
    return float(told.stdout)


def _p99(search: Search) -> float:
    taken = []
    for word in _TYPED:
        for end in range(1, len(word) + 1):
            began = time.perf_counter()
            search.find(word[:end])
            taken.append((time.perf_counter() - began) * 1000)
    return quantiles(taken, n=100)[98]


def _three_keys(catalogue: Catalogue, search: Search) -> float:
    """Say of how many of the real offers, in percent, three keys bring one among the first that a screen shows: the
    first three initials of its name or of what people call it, as a clerk would type them."""
    from catalogue.load import read_sources  # noqa: PLC0415
    from catalogue.search import initials  # noqa: PLC0415

    shown = read_sources(_ROOT / "resources" / "catalogue")
    real = [catalogue.items[raw["id"]] for raw in shown.items.values()]
    offers: list[Bundle | ServiceItem] = [*catalogue.bundles.values(), *real]
    found = sum(
        any(
            offer.id in [hit.id for hit in search.find(initials(name)[:_KEYS])[:_ON_SCREEN]]
            for name in (offer.name.zh, *offer.aliases)
        )
        for offer in offers
    )
    return 100.0 * found / len(offers)


def _bare_find(text: str) -> float:
    began = time.perf_counter()
    text.find("没有这样的事项")
    return (time.perf_counter() - began) * 1000
