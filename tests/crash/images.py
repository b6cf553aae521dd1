"""Cuts the power at moments of a record, lets the product open what is left, and counts what was asked and found."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from tests.crash.disk import Disk, Loss
from tests.crash.shim import Op

# In the default tests; the issue asks for a thousand of both together.
OF_A_STATION, OF_A_HALL = 750, 300

_LOSSES = (Loss.ALL, Loss.LATEST, Loss.SECTORS, Loss.GARBAGE, Loss.SIZES, Loss.NOTHING)
_OFTEN = (4, 4, 5, 3, 2, 2)


class Promises(Protocol):
    """What was acknowledged so far."""

    def hear(self, said: str) -> None:
        """Take one acknowledgement."""
        ...


P = TypeVar("P", bound=Promises)


@dataclass(slots=True)
class Count:
    """What a run covered, and the images with something wrong: place in the record, loss, what."""

    name: str
    images: Counter[Loss] = field(default_factory=Counter)
    moments: int = 0
    of: int = 0
    writes: int = 0
    syncs: int = 0
    acknowledgements: int = 0
    bad: list[tuple[int, Loss, str]] = field(default_factory=list)

    def __str__(self) -> str:
        losses = ", ".join(f"{loss.value} {n}" for loss, n in sorted(self.images.items()))
        return (
            f"{self.name}: {self.images.total()} images ({losses}) at {self.moments} of {self.of} moments of "
            f"{self.writes} writes, {self.syncs} syncs, {self.acknowledgements} acknowledgements: {len(self.bad)} bad"
        )


def below(ops: Iterable[Op], root: Path) -> list[Op]:
    """Return what was done in one folder."""
    prefix = f"{root}/"
    return [op for op in ops if op.path == str(root) or op.path.startswith(prefix)]


def examine(
    ops: list[Op],
    root: Path,
    image: Path,
    promised: P,
    problems: Callable[[Path, P], Iterator[str]],
    *,
    images: int,
    seed: int,
    deaf_to: str = "",
    stop_at: str | None = None,
) -> Count:
    """Make `images` images of `root` in the folder `image` and hold each to what was promised by then.

    `stop_at`: the first bad one that says this is enough to know. Every second image is of a moment right after an acknowledgement: there most is owed.
    """
    chance = random.Random(seed)
    disk = Disk(str(root), deaf_to)
    count = Count(root.name + (f" deaf to {deaf_to}" if deaf_to else ""), of=len(ops))
    wanted = _moments(ops, images, chance)
    for at, op in enumerate(ops, start=1):
        disk.apply(op)
        if op.kind == "A":
            promised.hear(op.data.decode())
            count.acknowledgements += 1
        count.moments += wanted[at] > 0
        for _ in range(wanted[at]):
            loss = chance.choices(_LOSSES, _OFTEN)[0]
            shutil.rmtree(image, ignore_errors=True)
            image.mkdir()
            disk.image(image, loss, chance)
            count.images[loss] += 1
            found = next(problems(image, promised), None)
            if found is not None:
                count.bad.append((at, loss, found))
                if stop_at is not None and stop_at in found:
                    return count
    count.writes, count.syncs = disk.writes, disk.syncs
    return count


def _moments(ops: list[Op], images: int, chance: random.Random) -> Counter[int]:
    told = [at for at, op in enumerate(ops, start=1) if op.kind == "A"]
    return Counter(chance.choice(told) if n % 2 else chance.randint(1, len(ops)) for n in range(images))


def as_recorded(ops: list[Op], root: Path) -> list[str]:
    """Return the files that the record does not lead to: it is whole when there are none."""
    disk = Disk(str(root))
    for op in ops:
        disk.apply(op)
    made = disk.contents()
    real = {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith("-shm")
    }
    return sorted(name for name in made.keys() | real.keys() if made.get(name) != real.get(name))
