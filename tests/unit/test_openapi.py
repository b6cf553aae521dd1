"""The published description and the code are of one mind: no address without a description, no description without an address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from catalogue.model import Catalogue
from hall.api.contract import OPERATIONS, By, codes_of
from hall.api.description import NotDescribed, describe
from hall.published import parts_alone, published
from hall.web import ROOMS, make_app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Any]:
    with parts_alone(tmp_path, Catalogue("", {}, (), {}, {}, {})) as parts:
        yield make_app(parts)


def test_the_file_is_what_the_code_says() -> None:
    """`python -m hall openapi --out docs/openapi.json` after a change."""
    assert (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8") == published()


def test_no_route_of_the_api_is_hidden_from_it(tmp_path: Path) -> None:
    described = {(each.method, each.path) for each in OPERATIONS}
    there = set()
    with parts_alone(tmp_path, Catalogue("", {}, (), {}, {}, {})) as parts:
        for room in ROOMS:
            there |= set(_addresses(room.routes_of(parts)))
    assert there == described


def _addresses(router: Any) -> Iterator[tuple[str, str]]:
    """Walk a router and what is included in it, hidden or not."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            assert route.methods is not None
            yield from ((method, route.path) for method in route.methods)
        else:
            yield from _addresses(route.original_router)


def test_an_address_that_is_not_described_is_told_by_name(app: Any) -> None:
    with pytest.raises(NotDescribed, match="POST /v1/push"):
        describe(app, tuple(each for each in OPERATIONS if each.path != "/v1/push"))


def test_an_address_that_is_only_described_is_told_by_name(app: Any) -> None:
    app.add_api_route("/v1/more", lambda: None)
    with pytest.raises(NotDescribed, match="GET /v1/more"):
        describe(app)


def test_who_must_show_who_they_are_is_refused_by_name() -> None:
    for each in OPERATIONS:
        codes = {code for some in codes_of(each).values() for code in some}
        assert ("signature" in codes) == (each.by in {By.DEVICE, By.PENDING_DEVICE}), each.path
        assert ("token" in codes) == (each.by is By.DEPARTMENT), each.path


def test_every_code_of_the_description_stands_in_the_papers() -> None:
    told = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
    codes = {code for each in OPERATIONS for some in codes_of(each).values() for code in some}
    assert sorted(code for code in codes if f"`{code}`" not in told) == []


def test_the_description_is_one(app: Any) -> None:
    document = app.openapi()
    text = json.dumps(document)
    assert document["openapi"].startswith("3.1")
    names = {name for kind in document["components"].values() for name in kind}
    for part in text.split('"#/components/')[1:]:
        assert part.split('"')[0].split("/")[1] in names
