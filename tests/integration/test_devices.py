"""A station and a hall under TLS, both real: met by fingerprint, confirmed by a person, rotated, revoked, salvaged."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import ssl
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from demo.environment import Demo
from hall.database import open_database
from hall.devices import device_of
from tests.fakes.cases import an_enrolment
from tests.fakes.device import Answered, Device
from tests.fakes.hall_command import hall_command
from tests.fakes.quick_keys import derive_quickly
from tests.until import until
from wire.invitation import certificates, fingerprint
from wire.keys import key_id, new_private, public_of
from wire.messages import PushRequest, PushStatus
from wire.parcel import sign_parcel, write_parcels
from workstation import bootstrap
from workstation.commands import device_key
from workstation.domain.failures import Failure, Refused
from workstation.services.counter import Counter
from workstation.services.enrol_station import CA_FACT
from workstation.services.views import StationStep
from workstation.settings import Settings
from workstation.storage.database import open_store
from workstation.sync.client import Device as Signer
from workstation.sync.client import HallClient
from workstation.sync.key_rotation import NEXT_FACT, KeyChange
from workstation.sync.secure_line import hall_context

ROOT = Path(__file__).parents[2]
PASSPHRASE = "a long passphrase"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("tls")
    with Demo(root, Path(sys.executable), with_card=False, departments=False, tls=True) as started:
        yield started


def hall(demo: Demo, *command: str, fails: bool = False) -> str:
    """Run a command of the hall on the demo's database; return what it printed."""
    return run_hall(*command, "--database", str(demo.root / "hall.db"), fails=fails)


def run_hall(*command: str, fails: bool = False) -> str:
    done = hall_command(*command)
    assert (done.returncode != 0) == fails, done.stderr
    return done.stdout + done.stderr


def invited(demo: Demo) -> str:
    return hall(demo, "enrol", "--station", "440104", "--url", demo.hall_url).strip()


@pytest.fixture
def shared_settings(tmp_path: Path) -> Settings:
    """Of a station whose store another program opens too: passphrases take what they take."""
    return Settings(data=tmp_path / "station", prints=tmp_path / "prints", keyring=False)


@pytest.fixture
def settings(shared_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    derive_quickly(monkeypatch)
    return shared_settings


@contextmanager
def counter(settings: Settings) -> Iterator[Counter]:
    opened = bootstrap.load_counter(settings)
    try:
        opened.unlock(PASSPHRASE)
        yield opened
    finally:
        opened.close()


def enrolled(demo: Demo, desk: Counter) -> str:
    """Enrol and confirm as people do; return the device."""
    device = desk.enrol("", invited(demo)).fingerprint
    hall(demo, "confirm", "--device", device, "--by", "tester")
    assert desk.ask_confirmed().step is StationStep.SIGN_IN
    return device


# -- the first meeting ---------------------------------------------------------------------------------
def test_a_station_is_invited_compared_confirmed_and_only_then_let_in(demo: Demo, settings: Settings) -> None:
    invitation = invited(demo)
    assert invitation.startswith(demo.hall_url + "#")
    with counter(settings) as desk:
        shown = desk.enrol("", invitation)
        assert shown.step is StationStep.CONFIRM
        listed = {d["device"]: d for d in map(json.loads, hall(demo, "devices", "--json").splitlines())}
        assert listed[shown.fingerprint]["state"] == "pending"
        assert listed[shown.fingerprint]["fingerprint"].replace(" ", "") == shown.fingerprint
        assert desk.ask_confirmed().step is StationStep.CONFIRM
        with pytest.raises(Refused) as waits:
            desk.sign_in("clerk", "demo-clerk")
        assert waits.value.failure is Failure.DEVICE_PENDING
    with counter(settings) as desk:  # A restart forgets nothing of it.
        assert desk.station().step is StationStep.CONFIRM
        hall(demo, "confirm", "--device", shown.fingerprint, "--by", "tester")
        assert desk.ask_confirmed().step is StationStep.SIGN_IN
        assert desk.sign_in("clerk", "demo-clerk").step is StationStep.OPEN
        until(lambda: desk.link().link.value == "up")
    with counter(settings) as desk:
        assert desk.station().step is StationStep.SIGN_IN


def test_a_hall_with_another_fingerprint_never_sees_the_code(demo: Demo, settings: Settings) -> None:
    code = invited(demo).partition("#")[2].partition("-")[0]
    for typed, failure in (
        (f"{code}-{'0' * 32}", Failure.HALL_FINGERPRINT_OTHER),
        (code, Failure.HALL_FINGERPRINT_MISSING),
    ):
        with counter(settings) as desk, pytest.raises(Refused) as refused:
            desk.enrol(demo.hall_url, typed)
        assert refused.value.failure is failure
    # The code is as good as new: it was not sent.
    assert demo.authority is not None
    with counter(settings) as desk:
        seen = desk.enrol(demo.hall_url, f"{code}-{demo.authority.fingerprint}")
    assert seen.step is StationStep.CONFIRM


def test_nothing_leaves_the_machine_in_clear(settings: Settings) -> None:
    for url in ("http://192.0.2.7:8000", "http://localhost:8000", "http://hall.example"):
        with counter(settings) as desk, pytest.raises(Refused) as refused:
            desk.enrol(url, "code")
        assert refused.value.failure is Failure.HALL_INSECURE


def test_a_pending_device_may_ask_for_its_confirmation_and_for_nothing_else(demo: Demo) -> None:
    code = invited(demo).partition("#")[2].partition("-")[0]
    device = trusting(demo)
    assert device.enrol(code).staff == ()  # a stolen code gives nobody a password hash to try
    assert b'"confirmed":false' in device.signed("GET", "/v1/devices/me", b"")
    for method, path in (
        ("GET", "/v1/staff"),
        ("GET", "/v1/changes?cursor=&limit=1"),
        ("POST", "/v1/push"),
        ("POST", "/v1/devices/rotate"),
        ("GET", "/v1/recovery/key"),
        ("GET", "/v1/catalogue"),
    ):
        with pytest.raises(Answered) as told:
            device.signed(method, path, b"{}" if method == "POST" else b"")
        assert (told.value.status, told.value.code) == (403, "device_pending"), path


def trusting(demo: Demo) -> Device:
    assert demo.authority is not None
    return Device(demo.hall_url, believes=ssl.create_default_context(cafile=str(demo.authority.root)))


def confirmed(demo: Demo) -> Device:
    made = trusting(demo)
    made.enrol(invited(demo).partition("#")[2].partition("-")[0])
    hall(demo, "confirm", "--device", made.me.device)
    return made


def test_a_demo_code_confirms_by_itself_and_says_so(demo: Demo) -> None:
    device = trusting(demo)
    given = device.enrol(demo.enrol_code.partition("-")[0])
    assert given.confirmed
    assert given.staff
    listed = {d["device"]: d for d in map(json.loads, hall(demo, "devices", "--json").splitlines())}
    assert listed[device.me.device]["confirmed_by"] == "demo code"


# -- transport -----------------------------------------------------------------------------------------
def test_the_hall_speaks_tls_1_3_and_nothing_older(demo: Demo) -> None:
    assert demo.authority is not None
    context = ssl.create_default_context(cafile=str(demo.authority.root))
    assert shake(demo, context) == "TLSv1.3"
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        shake(demo, context)


def shake(demo: Demo, context: ssl.SSLContext) -> str | None:
    import socket

    with (
        socket.create_connection(("127.0.0.1", demo.hall.port), 5) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as line,
    ):
        return line.version()


@pytest.mark.long
def test_a_renewed_certificate_is_taken_while_the_hall_runs(tmp_path: Path) -> None:
    from hall.tls import Tls, reload_when_changed

    ca(tmp_path, "new", "--ip", "127.0.0.1")
    ca(tmp_path, "issue", "--ip", "127.0.0.1", "--out", str(tmp_path))
    server = tmp_path / "server.pem"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server)
    first = server.stat().st_mtime
    assert reload_when_changed(context, Tls(server, server), first) == first
    assert "not due" in ca(tmp_path, "renew", "--out", str(tmp_path))
    before = certificates(server.read_text())[0]
    os.utime(server, (first - 100, first - 100))
    with offered(context) as port:
        assert served(tmp_path, port) == before
        ca(tmp_path, "issue", "--ip", "127.0.0.1", "--out", str(tmp_path))
        assert reload_when_changed(context, Tls(server, server), first - 100) > first - 100
        assert served(tmp_path, port) == certificates(server.read_text())[0] != before
        server.write_text("torn")
        assert reload_when_changed(context, Tls(server, server), 1.0) == 1.0
        assert served(tmp_path, port) != before


def served(folder: Path, port: int) -> bytes:
    import socket

    context = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    with (
        socket.create_connection(("127.0.0.1", port), 5) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as line,
    ):
        said = line.getpeercert(binary_form=True)
    assert said is not None
    return said


def ca(folder: Path, verb: str, *more: str, fails: bool = False) -> str:
    return run_hall("ca", verb, "--ca", str(folder), *more, fails=fails)


@contextmanager
def offered(context: ssl.SSLContext) -> Iterator[int]:
    """A server that shakes hands and hangs up, on a port of 127.0.0.1."""
    import socket

    listener = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(raw, server_side=True) as line:
                    line.settimeout(2)
                    line.recv(1)
            except OSError:
                raw.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_keys_are_readable_by_their_owner_only_and_a_second_root_is_refused(tmp_path: Path) -> None:
    ca(tmp_path, "new", "--name", "hall.example")
    ca(tmp_path, "issue", "--name", "a.hall.example", "--out", str(tmp_path))
    for name in ("ca.key", "server.pem"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    for refused in (("new", "--name", "x"), ("issue", "--name", "mail.example", "--out", str(tmp_path))):
        ca(tmp_path, *refused, fails=True)


def test_the_hall_serves_no_other_machine_without_tls(tmp_path: Path) -> None:
    serve = ["serve", "--host", "0.0.0.0", "--departments", "http://127.0.0.1:9", "--database"]
    assert "--tls-cert" in run_hall(*serve, str(tmp_path / "hall.db"), fails=True)


# -- a new key for the old one ---------------------------------------------------------------------------
def test_a_key_is_changed_and_the_device_stays(demo: Demo, settings: Settings, tmp_path: Path) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    with counter(settings) as desk:
        device = enrolled(demo, desk)
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link.value == "up")
        # Beside an open window, as an administrator would.
        assert device_key.rotate(settings, passphrase) == 0
        until(lambda: keys_at_hall(demo, device) == 2)
        with open_store(settings.store, store_key(settings)).unit() as unit:
            new = key_id(public_of(unit.station.device_key()))
        assert new != device
    with counter(settings) as desk:
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link.value == "up")
    assert newest_fingerprint(demo, device) == new


def store_key(settings: Settings) -> bytes:
    from workstation.security.key_store import open_keys

    return open_keys(settings.data, allow_keyring=False).open(PASSPHRASE)


def keys_at_hall(demo: Demo, device: str) -> int:
    with sqlite3.connect(demo.root / "hall.db") as db:
        count: int = db.execute("SELECT count(*) FROM device_keys WHERE device = ?", (device,)).fetchone()[0]
    db.close()
    return count


def newest_fingerprint(demo: Demo, device: str) -> str:
    listed = {d["device"]: d for d in map(json.loads, hall(demo, "devices", "--json").splitlines())}
    return str(listed[device]["fingerprint"]).replace(" ", "")


# What a station does in a process of its own, to be killed in the middle.
DIES = """
import os, signal, sys
from workstation.sync import key_rotation
from workstation.sync.client import HallClient
when = sys.argv[1]
ask = HallClient.rotate_key
def asked(self, *a):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    said = ask(self, *a)
    os.kill(os.getpid(), signal.SIGKILL)
HallClient.rotate_key = asked
from pathlib import Path
from workstation.commands import device_key
from workstation.settings import Settings
data = Path(sys.argv[2])
device_key.rotate(Settings(data=data, prints=data / "prints", keyring=False), Path(sys.argv[3]))
"""


@pytest.mark.parametrize(
    ("when", "at_hall"), [pytest.param("before", 1, marks=pytest.mark.long), ("after", 2)]
)
def test_a_station_killed_in_the_middle_of_a_change_heals(
    demo: Demo, shared_settings: Settings, tmp_path: Path, when: str, at_hall: int
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    with counter(shared_settings) as desk:
        device = enrolled(demo, desk)
    died = subprocess.run(
        [sys.executable, "-c", DIES, when, str(shared_settings.data), str(passphrase)], cwd=ROOT, check=False
    )
    assert died.returncode == -signal.SIGKILL
    assert keys_at_hall(demo, device) == at_hall
    if when == "after":  # The station comes back when the old key has long ended.
        with sqlite3.connect(demo.root / "hall.db") as db:
            db.execute("UPDATE device_keys SET until = '2026-01-01T00:00:00.000000Z' WHERE id = ?", (device,))
        db.close()
    with counter(shared_settings) as desk:
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link.value == "up")
        until(lambda: keys_at_hall(demo, device) == 2)
    with open_store(shared_settings.store, store_key(shared_settings)).unit() as unit:
        assert unit.station.fact(NEXT_FACT) == ""
        assert key_id(public_of(unit.station.device_key())) == newest_fingerprint(demo, device)


@pytest.mark.long
def test_an_old_key_ends_with_the_overlap_and_makes_no_second_successor(demo: Demo) -> None:
    device = confirmed(demo)
    old, new = device.private, new_private()
    rotate(device, new)
    with pytest.raises(Answered) as told:
        rotate(device, new_private())  # A copy of the old key tries it once more.
    assert told.value.code == "rotation"
    rotate(device, new)  # The same one asked for again is no second one.
    device.signed("GET", "/v1/staff", b"")
    engine = open_database(demo.root / "hall.db")
    with engine.begin() as db:
        soon, later = datetime.now(UTC), datetime.now(UTC) + timedelta(hours=2)
        assert device_of(db, key_id(public_of(old)), soon) is not None
        assert device_of(db, key_id(public_of(old)), later) is None
        assert device_of(db, key_id(public_of(new)), later) is not None
    engine.dispose()


def rotate(device: Device, new: bytes) -> None:
    from wire.codec import encode
    from wire.devices import ask_rotation

    device.signed("POST", "/v1/devices/rotate", encode(ask_rotation(device.me.device, new)).encode())


def test_a_new_key_without_proof_is_not_taken(demo: Demo) -> None:
    from wire.codec import encode
    from wire.devices import ask_rotation

    device = confirmed(demo)
    for asked in (
        ask_rotation("another device", new_private()),
        replace(ask_rotation(device.me.device, new_private()), public_key="AAAA"),
    ):
        with pytest.raises(Answered) as told:
            device.signed("POST", "/v1/devices/rotate", encode(asked).encode())
        assert (told.value.status, told.value.code) == (409, "rotation")


def test_a_key_that_is_old_enough_is_changed_by_itself(demo: Demo, settings: Settings) -> None:
    with counter(settings) as desk:
        device = enrolled(demo, desk)
    with open_store(settings.store, store_key(settings)).unit() as unit:
        unit.station.remember("device_key_made", (datetime.now(UTC) - timedelta(days=91)).isoformat())
        unit.commit()
    with counter(settings) as desk:
        until(lambda: keys_at_hall(demo, device) == 2)
        until(lambda: desk.link().link.value == "up")


@pytest.mark.long
def test_a_refused_change_leaves_the_old_key_in_use(demo: Demo, settings: Settings) -> None:
    with counter(settings) as desk:
        enrolled(demo, desk)
    store = open_store(settings.store, store_key(settings))
    with store.unit() as unit:
        enrolment, key = unit.station.enrolment(), unit.station.device_key()
        ca_pem = unit.station.fact(CA_FACT)
    assert enrolment is not None
    away = HallClient(
        "https://127.0.0.1:9", Signer(enrolment, key), bootstrap.now, context=hall_context(ca_pem)
    )
    change = KeyChange(
        holders=(away,), device=enrolment.device, open_unit=store.unit, clock=bootstrap.now, days=1
    )
    with pytest.raises(Refused):
        change.change()
    away.close()
    with store.unit() as unit:
        assert unit.station.device_key() == key
        assert unit.station.fact(NEXT_FACT)
    store.close()


# -- shut out, and what it still held ------------------------------------------------------------------------
def test_a_revoked_station_is_shut_at_once_and_stays_so_without_network(
    demo: Demo, settings: Settings
) -> None:
    with counter(settings) as desk:
        device = enrolled(demo, desk)
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link.value == "up")
        hall(demo, "revoke", "--device", device)
        until(lambda: desk.station().step is StationStep.SHUT_OUT)
        with pytest.raises(Refused) as out:
            desk.drafts()
        assert out.value.failure is Failure.DEVICE_REVOKED
        with pytest.raises(Refused):
            desk.sign_in("clerk", "demo-clerk")
    # Somebody takes the machine home: where nobody answers it opens for nobody either.
    store = open_store(settings.store, store_key(settings))
    with store.unit() as unit:
        unit.station.remember("hall_url", "https://127.0.0.1:9")
        unit.commit()
    store.close()
    with counter(settings) as desk:
        assert desk.station().step is StationStep.SHUT_OUT
        with pytest.raises(Refused) as out:
            desk.sign_in("clerk", "demo-clerk")
        assert out.value.failure is Failure.DEVICE_REVOKED
    assert settings.store.read_bytes()[:16] != b"SQLite format 3\x00"


def test_events_of_before_a_revocation_wait_for_a_person_and_are_taken_with_a_reason(
    demo: Demo, tmp_path: Path
) -> None:
    device = confirmed(demo)
    case = f"case-{time.monotonic_ns()}"
    before = device.received(case)
    parcel = sign_parcel(request(device, before), device.private, datetime.now(UTC))
    file = tmp_path / "parcels.jsonl"
    file.write_text(write_parcels((parcel,)), encoding="utf-8")
    assert "not_revoked" in hall(demo, "salvage", "import", str(file), fails=True)
    hall(demo, "revoke", "--device", device.me.device)
    after = device.received(f"{case}-2")
    late = sign_parcel(request(device, after), device.private, datetime.now(UTC))
    forged = replace(late, created=parcel.created)
    file.write_text(write_parcels((parcel, late)), encoding="utf-8")
    said = hall(demo, "salvage", "import", str(file), fails=True)
    assert "waiting=1" in said
    assert f"{after.id} after_revocation" in said
    assert said == hall(demo, "salvage", "import", str(file), fails=True).replace(
        "waiting=0 known=1", "waiting=1 known=0"
    )
    file.write_text(write_parcels((forged,)), encoding="utf-8")
    assert "signature" in hall(demo, "salvage", "import", str(file), fails=True)

    (shown,) = [json.loads(line) for line in hall(demo, "salvage", "list", "--json").splitlines()]
    assert (shown["event"], shown["kind"], shown["late"]) == (before.id, "case_received", "no")
    assert not any(person in json.dumps(shown, ensure_ascii=False) for person in ("测小宝", before.body))
    assert in_hall(demo, case) == 0
    take = ("salvage", "take", "--event", before.id, "--reason")
    assert "reason" in hall(demo, *take, " ", fails=True)
    assert f"{before.id} applied" in hall(demo, *take, "工位停用前收的件，主管已核对")
    assert in_hall(demo, case) == 1
    assert "not_waiting" in hall(demo, *take, "再来一次试试", fails=True)
    (taken,) = [json.loads(line) for line in hall(demo, "salvage", "list", "--all", "--json").splitlines()]
    assert (taken["state"], taken["result"]) == ("taken", "applied")
    # The device itself stays out.
    with pytest.raises(Answered) as told:
        device.push(after)
    assert told.value.code == "device_revoked"


@pytest.mark.long
def test_what_was_signed_after_the_revocation_wants_a_second_word_and_may_be_dropped(
    demo: Demo, tmp_path: Path
) -> None:
    device = confirmed(demo)
    first, second = (
        device.received(f"late-{time.monotonic_ns()}"),
        device.received(f"late-{time.monotonic_ns()}"),
    )
    hall(demo, "revoke", "--device", device.me.device)
    parcel = sign_parcel(request(device, first, second), device.private, datetime.now(UTC))
    file = tmp_path / "parcels.jsonl"
    file.write_text(write_parcels((parcel,)), encoding="utf-8")
    hall(demo, "salvage", "import", str(file))
    shown = [json.loads(line) for line in hall(demo, "salvage", "list", "--json").splitlines()]
    assert [each["late"] for each in shown if each["device"] == device.me.device] == ["yes", "yes"]
    take = ("salvage", "take", "--event", first.id, "--reason", "已核对纸质收件单")
    assert "signed_late" in hall(demo, *take, fails=True)
    assert "applied" in hall(demo, *take, "--late")
    hall(demo, "salvage", "drop", "--event", second.id, "--reason", "没有纸质收件单")
    assert hall(demo, "salvage", "list", "--json") == ""


def request(device: Device, *items: object) -> PushRequest:
    who = device.me
    return PushRequest(who.device, who.incarnation, who.epoch, items)  # type: ignore[arg-type]


def in_hall(demo: Demo, case: str) -> int:
    with sqlite3.connect(demo.root / "hall.db") as db:
        count: int = db.execute("SELECT count(*) FROM cases WHERE id = ?", (case,)).fetchone()[0]
    db.close()
    return count


def test_a_station_that_was_shut_out_hands_over_what_it_held(
    demo: Demo, settings: Settings, tmp_path: Path
) -> None:
    from tests.fakes.cases import a_case
    from wire.codec import encode
    from wire.messages import EventKind

    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE)
    with counter(settings) as desk:
        device = enrolled(demo, desk)
    case = f"held-{time.monotonic_ns()}"
    body = encode(_received(demo, case))
    store = open_store(settings.store, store_key(settings))
    with store.unit() as unit:
        unit.cases.add(replace(a_case(blobs=()), id=case, receipt_no=f"R-{case}"))
        unit.outbox.add(
            id=_id(), subject=case, kind=EventKind.CASE_RECEIVED, at=bootstrap.now(), actor="clerk", body=body
        )
        unit.commit()
    store.close()
    hall(demo, "revoke", "--device", device)
    out = tmp_path / "parcels.jsonl"
    assert device_key.parcel(settings, passphrase, out) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "waiting=1" in hall(demo, "salvage", "import", str(out))
    (shown,) = [
        each
        for each in map(json.loads, hall(demo, "salvage", "list", "--json").splitlines())
        if each["case"] == case
    ]
    hall(demo, "salvage", "take", "--event", shown["event"], "--late", "--reason", "主管已核对")
    assert in_hall(demo, case) == 1


def _received(demo: Demo, case: str) -> object:
    from wire.codec import decode
    from wire.messages import CaseReceived

    maker = confirmed(demo)
    return decode(CaseReceived, maker.received(case).body)


def _id() -> str:
    from wire.keys import new_id

    return new_id()


def test_the_demo_hall_under_tls_takes_a_push(demo: Demo) -> None:
    device = confirmed(demo)
    (result,) = device.push(device.received(f"case-{time.monotonic_ns()}"))
    assert result.status is PushStatus.APPLIED


# -- who vouches for the hall changes; the last test here, for the hall goes on under the new authority -------------------------------------------------------------------------
@pytest.mark.long
def test_a_new_authority_is_announced_while_the_old_one_counts(
    demo: Demo, settings: Settings, tmp_path: Path
) -> None:
    assert demo.authority is not None
    with counter(settings) as desk:
        enrolled(demo, desk)
    old, both = demo.authority.root.read_text(), tmp_path / "both.pem"
    ca(tmp_path / "next", "new", "--ip", "127.0.0.1")
    new = (tmp_path / "next" / "ca.pem").read_text()
    both.write_text(old + new)
    serve = list(demo.hall._command)
    swapped = [str(both) if part == str(demo.authority.root) else part for part in serve]
    restart(demo, swapped)
    with counter(settings):
        until(lambda: settings.hall_ca.is_file() and settings.hall_ca.read_text() == both.read_text())
    # The server goes over to the new one, and the station that has heard of it goes along.
    ca(tmp_path / "next", "issue", "--ip", "127.0.0.1", "--out", str(tmp_path / "next"))
    server = str(tmp_path / "next" / "server.pem")
    restart(demo, [server if part == str(demo.authority.certificate) else part for part in swapped])
    with counter(settings) as desk:
        desk.sign_in("clerk", "demo-clerk")
        until(lambda: desk.link().link.value == "up")
        assert fingerprint(certificates(new)[0]) in {
            fingerprint(each) for each in certificates(settings.hall_ca.read_text())
        }
    # One that was not there in time believes the old one only, and says whom it met.
    with pytest.raises(Refused) as refused:
        _state(demo, hall_context(old))
    assert refused.value.failure is Failure.HALL_CERTIFICATE_UNKNOWN


def _state(demo: Demo, context: ssl.SSLContext) -> None:
    client = HallClient(demo.hall_url, Signer(an_enrolment(), new_private()), bootstrap.now, context=context)
    try:
        client.device_state()
    finally:
        client.close()


def restart(demo: Demo, command: list[str]) -> None:
    demo.hall.end()
    demo.hall._command = command
    demo.start_hall()
