"""What tests on real parts share: a table with a card reader on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.card_table import CardTable, Seen


@pytest.fixture(scope="module")
def table() -> Iterator[CardTable]:
    with CardTable() as laid:
        yield laid


@pytest.fixture
def seen(table: CardTable) -> Iterator[Seen]:
    yield Seen()
    table.take_out()
