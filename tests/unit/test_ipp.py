"""IPP in bytes: what we ask is what CUPS's own reader understands, what comes back is read or refused, never believed."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workstation.domain.failures import Failure, Refused
from workstation.printing import ipp
from workstation.printing.cups import PrintService
from workstation.printing.ipp import Garbled, Operation, Status

# A Get-Job-Attributes answer as CUPS 2.4 gives it (RFC 8010 3.1): charset, language, then one job.
ANSWER = (
    b"\x02\x00\x00\x00\x00\x00\x00\x01"
    b"\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    b"\x48\x00\x1battributes-natural-language\x00\x02en"
    b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x11"
    b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x06"
    b"\x44\x00\x11job-state-reasons\x00\x0bjob-stopped"
    b"\x44\x00\x00\x00\x0fmedia-jam-error"
    b"\x13\x00\x11time-at-completed\x00\x00"
    b"\x03"
)


def test_an_answer_is_read_with_every_value_of_an_attribute() -> None:
    answer = ipp.read(ANSWER)
    assert answer.is_good
    (job,) = answer.groups
    assert job["job-id"] == (17,)
    assert job["job-state-reasons"] == ("job-stopped", "media-jam-error")
    assert job["time-at-completed"] == ("",)


def test_what_is_asked_can_be_read_back() -> None:
    asked = ipp.request(
        Operation.PRINT_JOB,
        "ipp://localhost/printers/office",
        user="root",
        job_name="GZ0001",
        options={"media": "iso_a4_210x297mm"},
    )
    assert asked[2:4] == b"\x00\x02"
    # A request has the form of an answer: its operation stands where that has the status.
    (job,) = ipp.read(asked).groups
    assert job == {"media": ("iso_a4_210x297mm",)}
    assert asked.endswith(b"\x03")


@pytest.mark.parametrize("cut", range(0, len(ANSWER) - 1, 3))
def test_an_answer_that_is_cut_off_is_none(cut: int) -> None:
    with pytest.raises(Garbled):
        ipp.read(ANSWER[:cut])


def test_whatever_comes_back_is_read_or_refused_and_nothing_else() -> None:
    dice = random.Random(7)
    for _ in range(3000):
        spoilt = bytearray(ANSWER)
        for _ in range(dice.randint(1, 6)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        try:
            ipp.read(bytes(spoilt))
        except Garbled:
            continue


@contextmanager
def answering(folder: Path, said: bytes | None) -> Iterator[str]:
    """A service at a socket that says this to whoever asks; with None it takes the call and never answers."""
    path = str(folder / "s")
    done = threading.Event()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        listening.settimeout(30)

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                heard = b""
                while not heard.endswith(b"%PDF-1") and (more := line.recv(65536)):
                    heard += more
                if said is None:
                    done.wait(20)
                else:
                    line.sendall(said)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield path
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (None, Failure.PRINT_SERVICE_DOWN),
        (b"", Failure.PRINT_SERVICE_DOWN),
        (b"no HTTP at all\r\n\r\n", Failure.PRINT_SERVICE_DOWN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nABCD", Failure.PRINTER_FAILED),
        (b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", Failure.PRINT_SPOOL_FULL),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Failure.PRINTER_FAILED),
    ],
    ids=["silent", "hung up", "not HTTP", "not IPP", "disk full", "forbidden"],
)
def test_a_service_that_answers_badly_is_told(tmp_path: Path, said: bytes | None, failure: Failure) -> None:
    with answering(tmp_path, said) as path, pytest.raises(Refused) as refused:
        PrintService(path, limit_s=0.3).print("office", "S1", b"%PDF-1")
    assert refused.value.failure is failure


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (Status.NOT_FOUND, Failure.PRINTER_GONE),
        (Status.NOT_ACCEPTING, Failure.PRINTER_PAUSED),
        (0x0500, Failure.PRINTER_FAILED),
    ],
)
def test_what_the_service_refuses_has_our_words(tmp_path: Path, status: int, failure: Failure) -> None:
    body = b"\x02\x00" + status.to_bytes(2, "big") + b"\x00\x00\x00\x01\x01\x03"
    said = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with answering(tmp_path, said) as path, pytest.raises(Refused) as refused:
        PrintService(path, limit_s=5).print("office", "S1", b"%PDF-1")
    assert refused.value.failure is failure
