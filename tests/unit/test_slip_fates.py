"""出纸 at the hall: kept once, whoever holds a genuine sheet hears of it, and a jammed sheet counts no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from hall.api import anybody
from hall.api.parts import HallParts
from hall.desk.slip_page import make_router
from hall.slip_fates import paper_of
from hall.slips import check_slip
from hall.tables import device_keys, slips
from tests.unit.test_lifecycle import Hall
from tests.unit.test_lifecycle import hall as hall  # noqa: PLC0414 - the same hall, for this module
from wire.keys import b64, new_private, public_of
from wire.messages import EventKind, PushStatus, SlipPrinted
from wire.sheets import Fate, OnPaper, PaperOfSlip, SlipSettled
from wire.slips import SlipFacts, make_code

KEY = new_private()
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _key(hall: Hall) -> None:
    row = {
        "id": "key-of-sheets",
        "device": "d",
        "public_key": b64(public_of(KEY)),
        "made_at": "2026-01-01T00:00:00Z",
    }
    with hall.engine.begin() as opened:
        opened.execute(device_keys.insert().values(**row))


def a_case(hall: Hall, *reprints: int) -> tuple[str, list[SlipPrinted]]:
    """A case with receipts: the first print and so many reprints."""
    case = hall.received()
    told = [
        SlipPrinted(f"R-{case}", "RCP", f"440104{case}RCP{n}", n, "clerk", AT, "2", "ab" * 16)
        for n in reprints
    ]
    for each in told:
        assert hall.push(EventKind.SLIP_PRINTED, each, case).receipt
    return case, told


def settled(case: str, printed: SlipPrinted, fate: Fate, why: str = "") -> SlipSettled:
    return SlipSettled(
        case, printed.receipt_no, "RCP", printed.serial, printed.reprint, fate, why, "clerk", AT
    )


def code_of(printed: SlipPrinted) -> str:
    said = SlipFacts(
        printed.serial,
        "RCP",
        "2",
        printed.receipt_no,
        printed.content,
        printed.reprint,
        False,
        printed.printed_at,
    )
    return make_code(said, KEY)


def asked(hall: Hall, code: str) -> PaperOfSlip:
    with hall.engine.begin() as opened:
        return paper_of(opened, check_slip(opened, code))


def push(hall: Hall, told: SlipSettled, subject: str = "") -> PushStatus:
    return hall.push(EventKind.SLIP_SETTLED, told, subject or told.serial).status


def test_whoever_holds_a_sheet_hears_whether_it_came_out_and_how_often_it_was_printed_again(
    hall: Hall,
) -> None:
    case, (first, second, third) = a_case(hall, 0, 1, 2)
    assert asked(hall, code_of(first)) == PaperOfSlip(OnPaper.UNCONFIRMED, first.serial, "RCP", 0, 2)
    assert push(hall, settled(case, first, Fate.VOID, "jammed")) is PushStatus.APPLIED
    assert push(hall, settled(case, third, Fate.OUT)) is PushStatus.APPLIED
    told = asked(hall, code_of(first))
    assert (told.state, told.why, told.settled_at) == (OnPaper.VOID, "jammed", AT)
    assert asked(hall, code_of(second)).state is OnPaper.UNCONFIRMED
    assert asked(hall, code_of(third)) == PaperOfSlip(OnPaper.OUT, third.serial, "RCP", 2, 2, "", AT)


def test_a_jammed_sheet_counts_no_more_and_one_that_came_out_does(hall: Hall) -> None:
    case, (first, second) = a_case(hall, 0, 1)
    push(hall, settled(case, first, Fate.VOID, "jammed"))
    push(hall, settled(case, second, Fate.OUT))
    with hall.engine.begin() as db:
        gone, good = check_slip(db, code_of(first)), check_slip(db, code_of(second))
    assert (gone.genuine, gone.state, gone.reason) == (False, "voided", "voided")
    assert good.genuine


def test_a_jammed_sheet_counts_no_more_even_before_the_hall_has_heard_of_the_sheet(hall: Hall) -> None:
    """The word of the jam waits for no step of the case; the sheet itself may be held up behind one."""
    case = hall.received()
    printed = SlipPrinted(f"R-{case}", "RCP", f"440104{case}RCP0", 0, "clerk", AT, "2", "ab" * 16)
    push(hall, settled(case, printed, Fate.VOID, "jammed"))
    with hall.engine.begin() as db:
        gone = check_slip(db, code_of(printed))
    assert (gone.genuine, gone.state, gone.project_no) == (False, "voided", None)


def test_the_first_word_of_a_sheet_stays_and_it_may_come_before_the_sheet(hall: Hall) -> None:
    case = hall.received()
    printed = SlipPrinted(f"R-{case}", "RCP", f"440104{case}RCP0", 0, "clerk", AT, "2", "ab" * 16)
    assert push(hall, settled(case, printed, Fate.OUT)) is PushStatus.APPLIED
    assert asked(hall, code_of(printed)).state is OnPaper.UNKNOWN
    assert hall.push(EventKind.SLIP_PRINTED, printed, case).receipt
    assert push(hall, settled(case, printed, Fate.VOID, "spoilt")) is PushStatus.APPLIED
    assert asked(hall, code_of(printed)).state is OnPaper.OUT


@pytest.mark.parametrize(
    ("change", "subject", "code"),
    [
        ({"serial": "440105RCP1"}, "440105RCP1", "other_station"),
        ({}, "another-subject", "words"),
        ({"why": "x" * 61}, "", "words"),
        ({"clerk": "supervisor"}, "", "actor"),
    ],
)
def test_a_word_that_is_not_this_stations_is_refused(
    hall: Hall, change: dict[str, str], subject: str, code: str
) -> None:
    case, (printed,) = a_case(hall, 0)
    told = replace(settled(case, printed, Fate.VOID, "jammed"), **change)  # type: ignore[arg-type]
    result = hall.push(EventKind.SLIP_SETTLED, told, subject or told.serial)
    assert (result.status, result.code) == (PushStatus.CONFLICT, code)
    assert asked(hall, code_of(printed)).state is OnPaper.UNCONFIRMED


def test_whoever_holds_no_genuine_sheet_hears_nothing(hall: Hall) -> None:
    case, (printed,) = a_case(hall, 0)
    push(hall, settled(case, printed, Fate.OUT))
    code = code_of(printed)
    forged = make_code(
        SlipFacts(printed.serial, "RCP", "2", printed.receipt_no, printed.content, 0, False, AT),
        new_private(),
    )
    altered = make_code(
        SlipFacts(printed.serial, "RCP", "2", printed.receipt_no, "cd" * 16, 0, False, AT), KEY
    )
    for wrong in (forged, altered, code[:-2], "nonsense", printed.serial):
        assert asked(hall, wrong) == PaperOfSlip(OnPaper.UNKNOWN)


def test_the_page_for_everybody_says_what_a_code_is_worth_in_both_languages(hall: Hall) -> None:
    case, (first, second) = a_case(hall, 0, 1)
    push(hall, settled(case, first, Fate.VOID, "jammed"))
    push(hall, settled(case, second, Fate.OUT))
    app = FastAPI()
    app.include_router(make_router(hall.engine))
    with TestClient(app) as browser:

        def page(code: str, lang: str = "zh") -> str:
            return str(browser.get("/slips", params={"code": code, "lang": lang}).text)

        out = page(code_of(second))
        assert all(
            words in out for words in ("真实有效", "已印出", "（补打 1）", "1 次", second.serial, "收件凭证")
        )
        assert "已作废，不再有效" in page(code_of(first))
        assert "counts no more" in page(code_of(first), "en")
        bad = page("<script>alert(1)</script>")
        assert "不是本大厅的单据" in bad
        assert "<script" not in bad
        assert "核验结果" not in page("")


@pytest.mark.parametrize("where", ["/slips", "/v1/slips/check", "/v1/slips/paper"])
def test_whoever_checks_a_sheet_waits_for_no_writer_and_holds_none_up(hall: Hall, where: str) -> None:
    """Without a signature and as often as anybody likes: on SQLite each of them would stand in the way of a push."""
    _, (printed,) = a_case(hall, 0)
    nothing = cast("Any", None)
    app = FastAPI()
    app.include_router(make_router(hall.engine))
    app.include_router(anybody.routes_of(HallParts(hall.engine, nothing, nothing, nothing, Path("/none"))))
    with hall.engine.begin() as writer, TestClient(app) as browser:
        writer.execute(update(slips).where(slips.c.serial == printed.serial).values(voided=None))
        answer = browser.get(where, params={"code": code_of(printed)})
    assert (answer.status_code, printed.serial in answer.text) == (200, True)
