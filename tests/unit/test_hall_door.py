"""The hall's door, asked through its own application: proxies, replays, clocks, guessed codes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from sqlalchemy import Engine, event, update

from hall.acceptance import Gate
from hall.api.parts import HallParts
from hall.database import fact, open_database, stamp
from hall.devices import keys_of, revoke
from hall.enrol_limit import PER_ADDRESS, WrongCodes
from hall.enrolment import add_station, enrol, new_code
from hall.polls import page
from hall.salvage import SalvageRefused, drop, laid_aside, lay_aside, take
from hall.tables import device_keys
from hall.web import make_app
from wire.codec import decode, digest, encode
from wire.devices import ask_rotation
from wire.http_signature import sign_request
from wire.keys import b64, key_id, new_id, new_private, public_of, sign
from wire.messages import EnrolRequest, Envelope, EventKind, PushRequest, Trouble
from wire.numbers import BlockWanted
from wire.parcel import sign_parcel

KEY = new_private()
OUTSIDE = "https://hall.example:8443"
INSIDE = "http://10.0.0.9:8000"


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    on_postgres = request.param == "postgres"
    opened = open_database(request.getfixturevalue("postgres") if on_postgres else tmp_path / "hall.db")
    with opened.begin() as db:
        add_station(db, "440104", "测试中心", "street")
        code = new_code(db, "440104", confirmed_by="test")
        enrol(db, EnrolRequest(code, b64(public_of(KEY)), b64(sign(KEY, code.encode()))))
    yield opened
    opened.dispose()


class Door:
    """The application behind a proxy: requests reach it with the proxy's own Host."""

    def __init__(self, engine: Engine, public_url: str = "") -> None:
        nothing = cast("Any", None)
        parts = HallParts(engine, nothing, nothing, nothing, Path("/nonexistent"))
        self.app = make_app(parts, public_url)

    def ask(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Any:
        async def go() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self.app)
            async with httpx2.AsyncClient(transport=transport, trust_env=False) as http:
                return await http.request(method, url, content=body, headers=headers or {})

        return asyncio.run(go())

    def code(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> str:
        said = self.ask(method, url, body, headers)
        return "" if said.is_success else decode(Trouble, said.content).code


def signed(url: str, *, late_s: float = 0.0, body: bytes = b"", method: str = "GET") -> dict[str, str]:
    return sign_request(
        method=method,
        url=url,
        headers={},
        body=body,
        private=KEY,
        key_id=key_id(public_of(KEY)),
        now=datetime.now(UTC) - timedelta(seconds=late_s),
    )


def test_behind_a_proxy_the_public_address_is_what_counts(engine: Engine) -> None:
    door = Door(engine, OUTSIDE)
    for path in ("/v1/devices/me", "/v1/staff", "/v1/changes?cursor=&limit=1"):
        assert door.code("GET", INSIDE + path, headers=signed(OUTSIDE + path)) == ""
    for elsewhere in (INSIDE, "https://other.example:8443", "http://hall.example:8443"):
        headers = signed(f"{elsewhere}/v1/staff")
        assert door.code("GET", f"{INSIDE}/v1/staff", headers=headers) == "signature"
    # Whoever chooses the Host does not choose what the signature is held against.
    spoofed = signed("https://other.example:8443/v1/staff")
    assert door.code("GET", "https://other.example:8443/v1/staff", headers=spoofed) == "signature"


def test_a_request_is_taken_once(engine: Engine) -> None:
    door, headers = Door(engine), signed(f"{INSIDE}/v1/staff")
    assert door.code("GET", f"{INSIDE}/v1/staff", headers=headers) == ""
    assert door.code("GET", f"{INSIDE}/v1/staff", headers=headers) == "replayed"
    assert door.code("GET", f"{INSIDE}/v1/staff", headers=signed(f"{INSIDE}/v1/staff")) == ""


@pytest.mark.parametrize("late_s", [310.0, -310.0, 86_400.0])
def test_a_clock_that_is_off_is_told_the_halls_time(engine: Engine, late_s: float) -> None:
    said = Door(engine).ask("GET", f"{INSIDE}/v1/staff", headers=signed(f"{INSIDE}/v1/staff", late_s=late_s))
    told = decode(Trouble, said.content)
    assert (said.status_code, told.code) == (401, "skewed")
    by_the_hall = datetime.fromisoformat(told.details["hall_time"])
    assert abs(datetime.now(UTC) - by_the_hall) < timedelta(minutes=1)


def test_a_revocation_holds_from_the_next_request_on_in_every_process(engine: Engine) -> None:
    doors = [Door(engine), Door(engine)]
    for door in doors:
        for path in ("/v1/staff", "/v1/changes"):
            assert door.code("GET", INSIDE + path, headers=signed(INSIDE + path)) == ""
    with engine.begin() as db:
        revoke(db, key_id(public_of(KEY)))
    for door in doors:
        for path in ("/v1/staff", "/v1/devices/me", "/v1/changes"):
            said = door.code("GET", INSIDE + path, headers=signed(INSIDE + path))
            assert said == "device_revoked", path


def test_a_poll_by_a_key_whose_time_is_over_is_refused_though_it_was_seen_before(engine: Engine) -> None:
    door, url = Door(engine), f"{INSIDE}/v1/changes"
    assert door.code("GET", url, headers=signed(url)) == ""
    with engine.begin() as db:
        db.execute(update(device_keys).values(until=stamp(datetime.now(UTC) - timedelta(seconds=1))))
    assert door.code("GET", url, headers=signed(url)) == "device_unknown"


def test_a_page_sees_one_moment(engine: Engine) -> None:
    # Between two statements a feed may be pruned: a page behind the floor of before would leave out what went.
    with engine.connect() as db:
        heard = _heard(engine)
        assert page(db, "440104", "", 200, key_id(public_of(KEY))).items == ()
    assert sum("SELECT" in each for each in heard) == 1, heard


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_poll_goes_past_the_library_and_back_to_it_where_its_own_way_breaks(engine: Engine) -> None:
    door, url = Door(engine), f"{INSIDE}/v1/changes"
    assert door.code("GET", url, headers=signed(url)) == ""
    heard = _heard(engine)
    assert door.code("GET", url, headers=signed(url)) == ""
    assert heard == []
    with engine.connect() as db:
        db.exec_driver_sql("DEALLOCATE ALL")
    for by_the_library in (True, False):
        heard.clear()
        assert door.code("GET", url, headers=signed(url)) == ""
        assert bool(heard) == by_the_library


def _heard(engine: Engine) -> list[str]:
    """Return the statements that SQLAlchemy sends from now on, as they come."""
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _u, sql, *_: heard.append(sql))
    return heard


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("cursor=", ""),
        ("limit=0", ""),
        ("limit=7.0&limit=+1", ""),
        ("limit=a", "malformed"),
        ("limit=", "malformed"),
        ("limit=1.5", "malformed"),
        ("limit=1&limit=a", "malformed"),
        ("cursor=EPOCH.1.a", "malformed"),
        ("cursor=EPOCH.1.1.1", "malformed"),
        ("cursor=EPOCH", "malformed"),
        (f"cursor=EPOCH.{2**63}.1", "malformed"),
        (f"cursor=EPOCH.1.{2**63}", "malformed"),
        (f"cursor=EPOCH.{2**63 - 1}.1", ""),
        ("cursor=EPOCH.-1.1", "cursor_gone"),
        ("cursor=other.1.1", "cursor_gone"),
        (f"cursor=other.{2**64}.1", "cursor_gone"),
        ("cursor=other", "cursor_gone"),
    ],
)
def test_a_poll_is_refused_for_what_it_says(engine: Engine, query: str, code: str) -> None:
    with engine.begin() as db:
        url = f"{INSIDE}/v1/changes?{query.replace('EPOCH', fact(db, 'epoch'))}"
    assert Door(engine).code("GET", url, headers=signed(url)) == code


def test_what_a_poll_cannot_mean_is_said_before_who_asks(engine: Engine) -> None:
    assert Door(engine).code("GET", f"{INSIDE}/v1/changes?limit=a") == "malformed"
    assert Door(engine).code("GET", f"{INSIDE}/v1/changes?limit=1") == "signature"
    assert Door(engine).code("POST", f"{INSIDE}/v1/changes") == "method"


def test_guessed_codes_are_slowed_down_and_good_ones_are_not(engine: Engine) -> None:
    door = Door(engine)

    def guess(code: str) -> Any:
        key = new_private()
        wanted = EnrolRequest(code, b64(public_of(key)), b64(sign(key, code.encode())))
        return door.ask("POST", f"{INSIDE}/v1/enrol", encode(wanted).encode())

    for _ in range(PER_ADDRESS + 1):
        with engine.begin() as db:
            code = new_code(db, "440104")
        assert guess(code).status_code == 200
    for number in range(PER_ADDRESS):
        assert guess(f"guess {number}").status_code == 403
    with engine.begin() as db:
        code = new_code(db, "440104")
    refused = guess(code)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60


def test_one_address_does_not_shut_out_the_others_and_all_together_are_bounded() -> None:
    at = [0.0]
    wrong = WrongCodes(per_address=2, in_all=5, clock=lambda: at[0])
    for _ in range(9):
        wrong.note("a")
    assert wrong.wait_s("a") == 60
    assert len(wrong._wrong) == 5
    wrong = WrongCodes(per_address=2, in_all=5, clock=lambda: at[0])
    wrong.note("a")
    wrong.note("a")
    assert (wrong.wait_s("a"), wrong.wait_s("b")) == (60, 0)
    for who in "bcd":
        wrong.note(who)
    assert wrong.wait_s("e") == 60
    at[0] = 61.0
    assert wrong.wait_s("a") == wrong.wait_s("e") == 0


def test_a_new_key_and_what_a_shut_out_device_held_on_both_databases(engine: Engine) -> None:
    door, device, new = Door(engine), key_id(public_of(KEY)), new_private()
    url, asked = f"{INSIDE}/v1/devices/rotate", encode(ask_rotation(device, new)).encode()
    for _ in range(2):
        assert door.code("POST", url, asked, signed(url, body=asked, method="POST")) == ""
    at = datetime.now(UTC)
    body = "{}"
    event = Envelope(new_id(), 1, "case", EventKind.CASE_RECEIVED, at, "clerk", body, digest(body), "0" * 64)
    with engine.begin() as db:
        assert sorted(keys_of(db, device)) == sorted((device, key_id(public_of(new))))
        revoke(db, device)
        parcel = sign_parcel(PushRequest(device, 1, "epoch", (event,)), new, at)
        assert lay_aside(db, parcel).waiting == 1
        assert lay_aside(db, parcel).known == 1
        assert [each["event"] for each in laid_aside(db)] == [event.id]
        with pytest.raises(SalvageRefused):
            drop(db, (event.id,), "tester", "no")
        drop(db, (event.id,), "tester", "nothing on paper")
        assert laid_aside(db) == []


def test_what_a_disk_of_before_the_last_enrolment_held_waits_with_its_answer(engine: Engine) -> None:
    device, at, body = key_id(public_of(KEY)), datetime.now(UTC), "{}"
    event = Envelope(new_id(), 1, "case", EventKind.CASE_RECEIVED, at, "clerk", body, digest(body), "0" * 64)
    with engine.begin() as db:
        code = new_code(db, "440104", confirmed_by="test")
        assert (
            enrol(db, EnrolRequest(code, b64(public_of(KEY)), b64(sign(KEY, code.encode())))).incarnation == 2
        )
        revoke(db, device)
        lay_aside(db, sign_parcel(PushRequest(device, 1, "epoch", (event,)), KEY, at))
    gate = cast("Gate", None)  # nothing comes as far as its rules
    said = take(engine, gate, (event.id,), "tester", "paper was compared", late=True)
    assert said == [(event.id, "refused incarnation")]
    with engine.begin() as db:
        assert [(each["event"], each["result"]) for each in laid_aside(db)] == [
            (event.id, "refused incarnation")
        ]


@pytest.mark.parametrize("path", ["/v1/push", "/v1/numbers"])
def test_a_line_that_is_cut_in_a_body_is_no_fault_of_the_hall(tmp_path: Path, path: str) -> None:
    engine = open_database(tmp_path / "hall.db")
    heard = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    said: list[Any] = []

    async def hear() -> Any:
        return heard.pop(0)

    async def say(message: Any) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
    more = {"headers": [(b"host", b"hall")], "scheme": "http", "server": ("hall", 80), "client": ("::1", 1)}
    asyncio.run(Door(engine).app({**scope, **more, "http_version": "1.1"}, hear, say))
    assert said[0]["status"] == 408
    engine.dispose()


# What no text of PostgreSQL holds: NUL, and half of a pair of surrogates.
ODD = (
    "/v1/board?asker=a%00",
    "/v1/reviews?supervisor=a%00",
    "/v1/alarms?auditor=a%00",
    "/v1/changes?cursor=a%00.1.1",
    "/v1/slips/check?code=YC1.e30.AA.%00",
    "/v1/slips/check?code=YC1.eyJyZWNlaXB0X25vIjoiXHUwMDAwIn0.AA",
    "/v1/slips/check?code=YC1.eyJyZWNlaXB0X25vIjoiXHVkODAwIn0.AA",
)


def test_a_sign_that_no_database_holds_is_a_fault_of_whoever_asks(engine: Engine) -> None:
    door, wish = Door(engine), encode(BlockWanted("a\x00")).encode()
    asked = [("GET", address, b"") for address in ODD] + [("POST", "/v1/numbers", wish)]
    for method, address, body in asked:
        url = INSIDE + address
        said = door.ask(method, url, body, signed(url, body=body, method=method))
        assert said.status_code < 500, (address, said.content)
