"""Whom a station believes: each way in which a handshake can be wrong is one refusal with its own remedy."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.cases import DEVICE_KEY, NOW, an_enrolment
from wire.authority import AuthorityRefused, Names, is_due, issue, new_authority
from wire.invitation import (
    Invitation,
    certificates,
    fingerprint,
    known_by,
    read_invitation,
    write_invitation,
)
from workstation.domain.failures import Failure, Refused
from workstation.sync.client import Device, HallClient
from workstation.sync.secure_line import hall_context, hold_address

HERE = Names(("localhost",), ("127.0.0.1",))
NOW_HERE = datetime.now(UTC)


@contextmanager
def serving(server: Path, older: bool = False) -> Iterator[int]:
    """Shake hands with whoever comes, and hang up."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server)
    if older:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    listener = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            with raw:
                try:
                    context.wrap_socket(raw, server_side=True).close()
                except OSError:
                    continue

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture
def root(tmp_path: Path) -> str:
    return new_authority(tmp_path, HERE, NOW_HERE)


def met(port: int, pem: str, host: str = "127.0.0.1") -> Failure:
    client = HallClient(
        f"https://{host}:{port}", Device(an_enrolment(), DEVICE_KEY), lambda: NOW, context=hall_context(pem)
    )
    try:
        with pytest.raises(Refused) as refused:
            client.staff_list()
    finally:
        client.close()
    return refused.value.failure


def test_a_handshake_with_the_right_hall_leads_on(tmp_path: Path, root: str) -> None:
    issue(tmp_path, HERE, tmp_path, NOW_HERE)
    with serving(tmp_path / "server.pem") as port:
        # It hangs up after the handshake: the certificate was none of the troubles.
        assert met(port, root) is Failure.HALL_UNREACHABLE


def test_a_certificate_out_of_its_time_is_told_as_that(tmp_path: Path, root: str) -> None:
    again = tmp_path / "old"
    old = new_authority(again, HERE, NOW_HERE - timedelta(days=20))
    issue(again, HERE, again, NOW_HERE - timedelta(days=10), timedelta(days=7))
    with serving(again / "server.pem") as port:
        assert met(port, old) is Failure.HALL_CERTIFICATE_EXPIRED


def test_a_certificate_of_another_name_is_told_as_that(tmp_path: Path, root: str) -> None:
    issue(tmp_path, Names(("localhost",)), tmp_path, NOW_HERE)
    with serving(tmp_path / "server.pem") as port:
        assert met(port, root) is Failure.HALL_CERTIFICATE_NAME


def test_another_authority_is_told_as_that(tmp_path: Path, root: str) -> None:
    new_authority(tmp_path / "other", HERE, NOW_HERE)
    issue(tmp_path / "other", HERE, tmp_path / "other", NOW_HERE)
    with serving(tmp_path / "other" / "server.pem") as port:
        assert met(port, root) is Failure.HALL_CERTIFICATE_UNKNOWN
        assert met(port, "") is Failure.HALL_CERTIFICATE_UNKNOWN


def test_older_tls_is_told_as_that(tmp_path: Path, root: str) -> None:
    issue(tmp_path, HERE, tmp_path, NOW_HERE)
    with serving(tmp_path / "server.pem", older=True) as port:
        assert met(port, root) is Failure.HALL_TLS_OLD


def test_what_the_authority_may_not_vouch_for_is_refused_twice(
    tmp_path: Path, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once when it is issued, and by every station, should somebody with the key of the authority issue it all the same."""
    narrow = new_authority(tmp_path / "narrow", Names(("hall.example",)), NOW_HERE)
    for names in (HERE, Names(("hall.example.org",)), Names(("xhall.example",))):
        with pytest.raises(AuthorityRefused):
            issue(tmp_path / "narrow", names, tmp_path, NOW_HERE)
    monkeypatch.setattr("wire.authority._hold_names", lambda _root, _names: None)
    issue(tmp_path / "narrow", HERE, tmp_path, NOW_HERE)
    with serving(tmp_path / "server.pem") as port:
        assert met(port, narrow) is Failure.HALL_CERTIFICATE_NAME


def test_a_server_certificate_lives_for_days_and_is_due_after_two_thirds(tmp_path: Path, root: str) -> None:
    until = issue(tmp_path, HERE, tmp_path, NOW_HERE)
    assert until - NOW_HERE == timedelta(days=7)
    server = tmp_path / "server.pem"
    assert not is_due(server, NOW_HERE + timedelta(days=4))
    assert is_due(server, NOW_HERE + timedelta(days=5))
    assert is_due(tmp_path / "none.pem", NOW_HERE)
    assert ipaddress.ip_address("127.0.0.1").is_loopback


@pytest.mark.parametrize(
    "url", ["http://hall.example", "http://10.0.0.1:8000", "http://localhost:1", "http://127.0.0.1.example"]
)
def test_an_address_in_clear_that_leaves_the_machine_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        hold_address(url)
    assert refused.value.failure is Failure.HALL_INSECURE
    client = HallClient(url, Device(an_enrolment(), DEVICE_KEY), lambda: NOW)
    with pytest.raises(Refused) as refused:
        client.staff_list()
    assert refused.value.failure is Failure.HALL_INSECURE
    client.close()


def test_this_machine_may_be_spoken_to_in_clear() -> None:
    for url in ("http://127.0.0.1:8000", "http://[::1]:8000", "https://hall.example"):
        hold_address(url)


# -- the invitation --------------------------------------------------------------------------------------
CA = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", f"https://hall.example:8443#00ff-{CA}"),
        (f" https://hall.example:8443#00ff-{CA} ", ""),
        ("https://hall.example:8443/", f"00ff-{CA.upper()}"),
        ("https://hall.example:8443", f" 00ff-\n{CA} "),
    ],
)
def test_an_invitation_is_read_from_wherever_it_was_typed(url: str, code: str) -> None:
    wanted = Invitation("https://hall.example:8443", "00ff", CA)
    assert read_invitation(url, code) == wanted
    assert read_invitation("", write_invitation(wanted)) == wanted


def test_a_code_without_fingerprint_stays_as_it_is() -> None:
    assert read_invitation("http://127.0.0.1:1", "some-code") == Invitation("http://127.0.0.1:1", "some-code")


def test_a_fingerprint_names_one_certificate_of_a_bundle(tmp_path: Path, root: str) -> None:
    other = new_authority(tmp_path / "other", HERE, NOW_HERE)
    (first,), (second,) = certificates(root), certificates(other)
    assert certificates(known_by(root + other, fingerprint(second))) == (second,)
    assert known_by(root, fingerprint(second)) == ""
    assert fingerprint(first) != fingerprint(second)
    for torn in ("", "nothing", root.replace("M", "!", 3)):
        with pytest.raises(ValueError, match="certificate"):
            certificates(torn)
