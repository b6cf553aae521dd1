"""The one form: merging ten items of sixty fields, and what a keystroke costs until the form is right again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import quantiles

from bench.harness import Figure, figure, in_turns

ITEMS, FIELDS, CONDITIONAL = 10, 60, 12
STEP = 40  # neighbours share a third of their fields; those in between are an item's own
_TODAY = date(2026, 11, 24)
_RESOURCES = Path(__file__).resolve().parent.parent / "resources" / "catalogue"


def measure(*, long: bool) -> Iterator[Figure]:
    """Give `merge_ten_items_ms` (beside a bare union of the keys) and `keystroke_p99_ms` (beside the same CEL
    programs evaluated bare), on ten items of sixty fields, twelve of each under a
    condition of its own that hangs on the field being typed."""
    from catalogue.load import Sources, build, read_sources  # noqa: PLC0415
    from catalogue.synthetic import synthetic  # noqa: PLC0415
    from workstation.forms.merge import merge  # noqa: PLC0415
    from workstation.forms.visible import rule_of, visible_fields  # noqa: PLC0415

    shipped = read_sources(_RESOURCES)
    # No synthetic item is wanted, only the dictionary of synthetic elements that the bench's own items ask for.
    base = synthetic(shipped, len(shipped.items))
    items = {f"bench{n}.yaml": _item(n) for n in range(ITEMS)}
    catalogue = build(Sources(base.release, base.lists, {**base.items, **items}, base.bundles))
    chosen = [f"bench{n}" for n in range(ITEMS)]
    runs = 41 if long else 15

    def bare_union() -> object:
        return {field.element for item in chosen for field in catalogue.items[item].fields}

    taken = in_turns({"merge": _timed(lambda: merge(catalogue, chosen)), "bare": _timed(bare_union)}, runs)
    yield figure("merge_ten_items_ms", "ms", subject=taken["merge"], floor=taken["bare"])

    form = merge(catalogue, chosen)
    values = {field.element.key: "1" for _, fields in form.sections for field in fields}
    rules = [rule_of(when) for _, fields in form.sections for field in fields for when in field.when]
    watched = "synthetic.e000"
    affected = [rule for rule in rules if watched in rule.keys]

    def keystroke() -> list[float]:
        form.said.clear()
        spent = []
        for n in range(100):
            said = {**values, watched: str(n)}  # a value that no rule has met before, each time
            began = time.perf_counter()
            visible_fields(form, said, _TODAY)
            spent.append((time.perf_counter() - began) * 1000)
        return spent

    def bare() -> list[float]:
        spent = []
        for n in range(100):
            said = {**values, watched: str(n)}
            began = time.perf_counter()
            for rule in affected:
                rule.evaluate(said, _TODAY)
            spent.append((time.perf_counter() - began) * 1000)
        return spent

    keys = in_turns({"keystroke": lambda: _p99(keystroke()), "bare": lambda: _p99(bare())}, runs)
    yield figure("keystroke_p99_ms", "ms", subject=keys["keystroke"], floor=keys["bare"])


def _item(n: int) -> dict[str, object]:
    """Make an item of sixty fields."""
    keys = [f"synthetic.e{(n * STEP + at) % 600:03d}" for at in range(FIELDS)]
    fields: list[dict[str, object]] = [{"element": key} for key in keys]
    for at, field in enumerate(fields[FIELDS - STEP : FIELDS - STEP + CONDITIONAL]):
        field["when"] = (
            f"synthetic.e000 != '{n}-{at}'"  # each rule another one, all of them hang on one field
        )
    if "synthetic.e000" not in keys:
        fields[0] = {"element": "synthetic.e000"}
    return {
        "id": f"bench{n}",
        "version": "1",
        "name": {"zh": f"测速事项{n}", "en": f"Bench item {n}"},
        "department": "bench",
        "department_name": {"zh": "测速部门", "en": "Bench"},
        "task_type": "20",
        "level": "5",
        "promised": {"n": 1, "unit": "workday"},
        "fields": fields,
        "result_name": {"zh": "结果", "en": "Result"},
        "source": "bench",
    }


def _timed(subject: Callable[[], object]) -> Callable[[], float]:
    def timed() -> float:
        began = time.perf_counter()
        subject()
        return (time.perf_counter() - began) * 1000

    return timed


def _p99(spent: list[float]) -> float:
    return quantiles(spent, n=100)[98]
