"""A photo of the person: taken by its content, fit for a card, the paper it stands for, sent with the case."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.card_reader import FATHER
from tests.fakes.counter import WholeDesk
from tests.fakes.scans import attach_photo
from wire.codec import decode
from wire.messages import CaseReceived, MaterialHow
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.take_photo import MAX_PHOTO_BYTES
from workstation.services.views import FieldView, VisitView

KEY = "applicant.photo"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[WholeDesk]:
    made = WholeDesk(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(whole: WholeDesk) -> Counter:
    desk = whole.open_up()
    whole.cards.put_in(FATHER)
    desk.take_person(desk.read_card())
    desk.choose("senior-card-first")
    return desk


def _picture(path: Path, width: int, height: int) -> str:
    Image.new("RGB", (width, height), "white").save(path)
    return str(path)


def _photo(view: VisitView) -> FieldView:
    return next(f for s in view.sections for f in s.fields if f.key == KEY)


def _paper(view: VisitView) -> MaterialHow:
    return next(m.how for m in view.materials if m.id == "photo_small")


@contextmanager
def _refused(failure: Failure) -> Iterator[None]:
    with pytest.raises(Refused) as refused:
        yield
    assert refused.value.failure is failure


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg"])
def test_a_photo_stands_for_the_paper_that_asks_for_one(desk: Counter, tmp_path: Path, name: str) -> None:
    view = attach_photo(desk, KEY, _picture(tmp_path / name, 358, 441))
    assert _photo(view).problem is None
    assert _paper(view) is MaterialHow.SCANNED
    without = desk.answer(KEY, "")
    assert _paper(without) is MaterialHow.MISSING


def test_a_photo_is_taken_by_its_content_and_only_when_it_fits_a_card(desk: Counter, tmp_path: Path) -> None:
    fake = tmp_path / "text.png"
    fake.write_text("no picture")
    with _refused(Failure.SCAN_UNREADABLE):
        attach_photo(desk, KEY, fake)
    with _refused(Failure.SCAN_UNREADABLE):
        attach_photo(desk, KEY, tmp_path / "absent.png")
    with _refused(Failure.PHOTO_UNFIT):
        attach_photo(desk, KEY, _picture(tmp_path / "stamp.png", 90, 110))
    with _refused(Failure.PHOTO_UNFIT):
        attach_photo(desk, KEY, _picture(tmp_path / "landscape.png", 600, 400))
    huge = tmp_path / "huge.png"
    Image.frombytes("RGB", (1000, 1300), random.Random(1).randbytes(3_900_000)).save(
        huge
    )  # noise packs badly
    assert huge.stat().st_size > MAX_PHOTO_BYTES
    with _refused(Failure.SCAN_TOO_LARGE):
        attach_photo(desk, KEY, huge)


def test_the_photo_goes_to_the_hall_as_the_scan_of_its_paper(
    whole: WholeDesk, desk: Counter, tmp_path: Path
) -> None:
    picture = _photo(attach_photo(desk, KEY, _picture(tmp_path / "photo.png", 358, 441))).value
    for key, typed in {
        "applicant.household_address": "广州市越秀区测试路1号101房",
        "applicant.card_type": "2",
        "contact.address": "广州市越秀区测试路1号101房",
        "contact.phone": "13800000000",
    }.items():
        desk.answer(key, typed)
    desk.receive()
    with whole.unit() as unit:
        body = decode(CaseReceived, unit.outbox.due(whole.clock.at, 9)[0].envelope.body)
        assert picture in unit.blobs.unsent(9)
    paper = next(m for m in body.materials if m.material == "photo_small")
    assert (paper.how, paper.blobs) == (MaterialHow.SCANNED, (picture,))
