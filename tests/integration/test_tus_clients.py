"""Clients of tus that others wrote, from PyPI and from npm, get a scan through a line that is cut again and again."""

from __future__ import annotations

import hashlib
import io
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tusclient import client as tuspy

from demo.environment import Demo
from tests.fakes.cut_stream import CutStream, stream_to
from tests.fakes.device import Device
from tests.fakes.newcomer import newcomer
from tests.fakes.npm_client import npm_client
from wire.uploads import MAX_SCAN_BYTES

ROOT = Path(__file__).parents[2]
CHUNK = 1_000_000
CUT_AFTER = 700_000  # no chunk of theirs ever comes through whole


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("clients")
    with Demo(root, Path(sys.executable), with_card=False, departments=False) as started:
        yield started


@pytest.fixture
def device(demo: Demo) -> Device:
    return newcomer(demo)


@pytest.fixture
def line(demo: Demo) -> Iterator[CutStream]:
    with stream_to(urlsplit(demo.hall_url).port or 0, CUT_AFTER) as cut:
        yield cut


@pytest.fixture(scope="module")
def tus_js() -> Path:
    return npm_client("tus-js", "tus-js-client")


def scan(seed: int) -> bytes:
    return b"%PDF-" + random.Random(seed).randbytes(MAX_SCAN_BYTES - 5)


def hold_arrived(demo: Demo, line: CutStream, content: bytes) -> None:
    """Hold the hall to the very bytes, and the client to one chunk a cut."""
    name = hashlib.sha256(content).hexdigest()
    assert (demo.root / "blobs" / name[:2] / name).read_bytes() == content
    assert line.cuts >= 10
    assert line.passed - len(content) <= line.cuts * CHUNK
    # What is more: of a chunk that was cut nearly all is kept, not only nothing lost.
    assert line.passed - len(content) <= line.cuts * 100_000


def test_a_client_from_pypi_gets_ten_megabytes_through_cuts(
    demo: Demo, device: Device, line: CutStream
) -> None:
    content = scan(1)
    ticket = device.ticket(content)
    made = tuspy.TusClient(line.url + ticket.address, headers={"Authorization": f"Bearer {ticket.ticket}"})
    upload = made.uploader(file_stream=io.BytesIO(content), chunk_size=CHUNK, retries=50, retry_delay=0)
    upload.upload()
    assert upload.offset == len(content)
    hold_arrived(demo, line, content)


def test_a_client_from_npm_gets_ten_megabytes_through_cuts(
    demo: Demo, device: Device, line: CutStream, tus_js: Path, tmp_path: Path
) -> None:
    content = scan(2)
    file = tmp_path / "scan.pdf"
    file.write_bytes(content)
    ticket = device.ticket(content)
    done = subprocess.run(
        ["node", "upload.mjs", line.url + ticket.address, ticket.ticket, str(file), str(CHUNK)],
        cwd=tus_js,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith(ticket.address)
    hold_arrived(demo, line, content)


def test_a_client_with_a_ticket_for_something_else_gets_nothing_through(
    demo: Demo, device: Device, line: CutStream
) -> None:
    """The control: what the clients send is held to the ticket."""
    ticket = device.ticket(scan(3))
    made = tuspy.TusClient(line.url + ticket.address, headers={"Authorization": f"Bearer {ticket.ticket}"})
    with pytest.raises(Exception, match="422"):
        made.uploader(file_stream=io.BytesIO(b"%PDF-"), chunk_size=CHUNK).upload()
