"""Releases at the station: a good one is taken, a bad one is told and changes nothing, every one kept is found again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from catalogue.broken import CatalogueBroken
from catalogue.load import Sources, build, read_sources
from catalogue.model import Catalogue
from catalogue.release import make_release
from catalogue.search import Index, make_index
from tests.fakes.card_reader import MOTHER
from tests.fakes.counter import WholeDesk
from wire.keys import new_private, public_of
from wire.messages import CatalogueManifest
from wire.signed import sign_reply
from workstation import resources
from workstation.domain.failures import Failure, Refused
from workstation.sync.releases import LOOK_EVERY, ReleasePuller, ReleaseShelf

AT = datetime(2026, 11, 24, tzinfo=UTC)
HALL = new_private()
SHIPPED = read_sources(resources.catalogue_dir())


def _version(version: str, **promised: int) -> Sources:
    """Return the shipped catalogue as another version, with other promised days by file name."""
    items = {
        file: {**raw, "promised": {"n": promised[raw["id"].replace("-", "_")], "unit": "workday"}}
        if raw["id"].replace("-", "_") in promised
        else raw
        for file, raw in SHIPPED.items.items()
    }
    return replace(SHIPPED, release={"version": version}, items=items)


def _manifest(content: bytes, number: int, version: str, private: bytes = HALL) -> CatalogueManifest:
    unsigned = CatalogueManifest(number, version, sha256(content).hexdigest(), len(content), AT, "")
    return sign_reply(unsigned, private)


ONE = make_release(_version("v1", car_quota=5))
TWO = make_release(_version("v2", car_quota=9))
FIRST, SECOND = _manifest(ONE, 1, "v1"), _manifest(TWO, 2, "v2")
CONTENTS = {sha256(each).hexdigest(): each for each in (ONE, TWO)}


def shipped() -> tuple[Catalogue, Index]:
    made = build(SHIPPED)
    return made, make_index(made)


@pytest.fixture
def shelf(tmp_path: Path) -> ReleaseShelf:
    return _again(tmp_path)


def _again(folder: Path, key: bytes | None = None) -> ReleaseShelf:
    """A program that starts on the same folder."""
    made = ReleaseShelf(folder / "catalogue", shipped)
    made.trust(key or public_of(HALL))
    return made


def _days(catalogue: Catalogue) -> int:
    return catalogue.items["car-quota"].promised.n


def test_a_station_that_heard_of_no_release_uses_what_came_with_it(shelf: ReleaseShelf) -> None:
    assert shelf.current().version == SHIPPED.release["version"]
    assert shelf.find("xsr")[0].id == "newborn"


def test_a_good_release_is_used_at_once_and_after_a_restart(shelf: ReleaseShelf, tmp_path: Path) -> None:
    assert shelf.offer(FIRST, CONTENTS.__getitem__)
    assert (shelf.current().version, _days(shelf.current())) == ("v1", 5)
    assert not shelf.offer(FIRST, CONTENTS.__getitem__)
    assert _again(tmp_path).current().version == "v1"


def test_drafts_and_cases_find_the_release_they_were_started_under(
    shelf: ReleaseShelf, tmp_path: Path
) -> None:
    shelf.offer(FIRST, CONTENTS.__getitem__)
    shelf.offer(SECOND, CONTENTS.__getitem__)
    for held in (shelf, _again(tmp_path)):
        assert [_days(held.of(version)) for version in ("v1", "v2", "")] == [5, 9, 9]
        assert held.of(SHIPPED.release["version"]).version == SHIPPED.release["version"]
        assert held.of("nobody's").version == "v2"


def _other_content(_: str) -> bytes:
    return TWO


def _spoilt(part: str, old: str, new: str) -> bytes:
    """A release with one part changed after it was checked, as a faulty tool would leave it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TWO)) as good, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            text = good.read(name).decode()
            assert name != part or old in text
            bad.writestr(name, text.replace(old, new, 1) if name == part else text)
    return made.getvalue()


UNKNOWN_ELEMENT = _spoilt("items/transport.json", '"element":"', '"element":"nobody.')
NO_ITEM = _spoilt("items/transport.json", '"version":"1"', '"version":1')
OTHER_OFFER = _spoilt("index.json", "car-quota", "car-quote")


BAD: dict[str, tuple[CatalogueManifest, Callable[[str], bytes], str]] = {
    "forged": (_manifest(TWO, 3, "v2", new_private()), CONTENTS.__getitem__, "signature"),
    "changed": (replace(SECOND, number=7), CONTENTS.__getitem__, "signature"),
    "rollback": (_manifest(ONE, 1, "v1"), CONTENTS.__getitem__, "older"),
    "other content": (_manifest(ONE, 3, "v3"), _other_content, "hash"),
    "torn": (_manifest(TWO, 3, "v2"), lambda sha: CONTENTS[sha][:-100], "hash"),
    "no release": (_manifest(b"PK junk", 3, "v3"), lambda _: b"PK junk", "cannot be read"),
    "empty": (_manifest(b"", 3, "v3"), lambda _: b"", "size"),
    "huge": (sign_reply(replace(SECOND, number=3, size=10**9), HALL), CONTENTS.__getitem__, "size"),
    "unknown element": (_manifest(UNKNOWN_ELEMENT, 3, "v2"), lambda _: UNKNOWN_ELEMENT, "nobody"),
    "item of a wrong shape": (_manifest(NO_ITEM, 3, "v2"), lambda _: NO_ITEM, "version"),
    "index of something else": (_manifest(OTHER_OFFER, 3, "v2"), lambda _: OTHER_OFFER, "offers"),
    "wrong name": (_manifest(ONE, 3, "v9"), CONTENTS.__getitem__, "version"),
}


@pytest.mark.parametrize(("manifest", "fetch", "cause"), BAD.values(), ids=list(BAD))
def test_a_bad_release_is_told_and_the_last_good_one_stays(
    shelf: ReleaseShelf,
    tmp_path: Path,
    manifest: CatalogueManifest,
    fetch: Callable[[str], bytes],
    cause: str,
) -> None:
    shelf.offer(SECOND, CONTENTS.__getitem__)
    with pytest.raises(CatalogueBroken, match=cause):
        shelf.offer(manifest, fetch)
    assert shelf.current().version == "v2"
    assert _again(tmp_path).current().version == "v2"


def test_a_release_that_was_changed_on_the_disk_is_not_used(shelf: ReleaseShelf, tmp_path: Path) -> None:
    shelf.offer(FIRST, CONTENTS.__getitem__)
    shelf.offer(SECOND, CONTENTS.__getitem__)
    newest = max((tmp_path / "catalogue").glob("*.zip"))
    newest.write_bytes(newest.read_bytes()[:-1] + b"x")
    assert _again(tmp_path).current().version == "v1"


def test_what_another_hall_signed_is_not_used(shelf: ReleaseShelf, tmp_path: Path) -> None:
    shelf.offer(FIRST, CONTENTS.__getitem__)
    assert _again(tmp_path, public_of(new_private())).current().version == SHIPPED.release["version"]


@pytest.mark.parametrize("left", ["000000009.json", "000000009.zip", "000000009.json.part"])
def test_what_a_crash_left_half_done_is_passed_over(shelf: ReleaseShelf, tmp_path: Path, left: str) -> None:
    shelf.offer(FIRST, CONTENTS.__getitem__)
    (tmp_path / "catalogue" / left).write_bytes(b"{")
    assert _again(tmp_path).current().version == "v1"


# -- pulling ---------------------------------------------------------------------------------------------
class FakeSource:
    def __init__(self) -> None:
        self.manifest: CatalogueManifest | Refused = FIRST
        self.asked = 0
        self.fetched = 0

    def catalogue_manifest(self) -> CatalogueManifest:
        self.asked += 1
        if isinstance(self.manifest, Refused):
            raise self.manifest
        return self.manifest

    def catalogue_release(self, sha256: str) -> bytes:
        self.fetched += 1
        return CONTENTS[sha256]


class Clock:
    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at


def test_the_puller_looks_now_and_then_and_fetches_once(shelf: ReleaseShelf) -> None:
    source, clock = FakeSource(), Clock()
    puller = ReleasePuller(source, shelf, clock)
    for _ in range(5):
        assert not puller.carry()
    assert (source.asked, source.fetched, shelf.current().version) == (1, 1, "v1")
    clock.at += LOOK_EVERY
    puller.carry()
    assert (source.asked, source.fetched) == (2, 1)
    source.manifest = SECOND
    clock.at += LOOK_EVERY + timedelta(seconds=1)
    puller.carry()
    assert shelf.current().version == "v2"


def test_a_bad_release_is_not_fetched_again_and_again(shelf: ReleaseShelf, caplog: Any) -> None:
    source, clock = FakeSource(), Clock()
    source.manifest = _manifest(ONE, 3, "v9")
    puller = ReleasePuller(source, shelf, clock)
    for _ in range(3):
        puller.carry()
        clock.at += LOOK_EVERY
    assert source.fetched == 1
    assert "last good one stays" in caplog.text


def test_a_hall_that_publishes_nothing_is_no_trouble_and_one_that_is_away_is(shelf: ReleaseShelf) -> None:
    source, clock = FakeSource(), Clock()
    source.manifest = Refused(Failure.HALL_REFUSED, status="404", code="no_catalogue")
    puller = ReleasePuller(source, shelf, clock)
    assert not puller.carry()
    source.manifest = Refused(Failure.HALL_UNREACHABLE)
    clock.at += LOOK_EVERY
    with pytest.raises(Refused):
        puller.carry()


# -- at the desk -----------------------------------------------------------------------------------------
@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


def test_an_open_draft_keeps_its_release_and_says_what_the_new_one_would_change(whole: WholeDesk) -> None:
    desk = whole.open_up()
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    before = desk.choose("car-quota")
    assert before.release_changes == ()
    desk.answer("contact.phone", "13800000000")
    whole.catalogues.publish(build(_version("v2", car_quota=9)))
    still = desk.visit()
    assert still is not None
    assert [(c.item.zh, str(c.difference)) for c in still.release_changes] == [
        ("个人普通车增量指标申请", "promised: 1 workday -> 9 workday")
    ]
    assert [p.due for p in still.promises] == [p.due for p in before.promises]
    moved = desk.adopt_release()
    assert moved.release_changes == ()
    assert [p.due for p in moved.promises] != [p.due for p in before.promises]
    assert any(
        f.key == "contact.phone" and f.value == "13800000000" for s in moved.sections for f in s.fields
    )


def test_a_received_case_stays_under_its_release(whole: WholeDesk) -> None:
    desk = whole.open_up()
    whole.cards.put_in(MOTHER)
    desk.take_person(desk.read_card())
    desk.choose("birth-plan-registration")
    desk.answer("child.order", "第一孩")
    desk.answer("contact.address", "测试路1号")
    desk.answer("contact.phone", "13800000000")
    received, _ = desk.receive()
    whole.catalogues.publish(build(_version("v2", birth_plan_registration=15)))
    view = desk.visit()
    assert view is not None
    assert view.release_changes == ()
    assert desk.case(received.case).title.zh == "广东省生育登记"
    with pytest.raises(Refused):
        desk.adopt_release()
