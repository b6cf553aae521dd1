"""Reading a citizen card: our reader beside bare PC/SC calls that send the same commands to the same card."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import harness
from demo.pcscd import Pcscd

_ROOT = Path(__file__).resolve().parents[1]
_PUT_IN_S = 10.0

# What reader.py sends to a 2.0 card, GET RESPONSE included (tests/unit/test_cardreader_reader.py holds it to this).
COMMANDS = (
    "00A404000F7378312E73682EC9E7BBE1B1A3D5CF",
    "00C0000018",
    "00A4020002EF05",
    "00B2030006",
    "00B2010012",
    "00A4020002EF06",
    "00B2080014",
    "00B2090020",
    "00B24E0016",
    "00B20A0003",
    "00B20B0003",
    "00B20C0005",
    "00B20D0006",
    "00A4020002EF05",
    "00B207000B",
    "00B2050006",
    "00B2060006",
    "00A4020002EF06",
    "00B2080014",
)


def measure(*, long: bool) -> Iterator[harness.Figure]:
    """Give `read_identity` (in the card process) and `read_through_worker` (as the desk sees it), in ms.

    Floor of both: the same commands through pyscard's raw calls, context and connection included.
    """
    with _card_in_reader():
        from workstation.cardreader.session import Sessions  # noqa: PLC0415 - the socket's path comes first
        from workstation.cardreader.worker_process import CardWorker  # noqa: PLC0415

        sessions = Sessions()
        worker = CardWorker(timeout_s=10)
        try:
            subjects = {
                "floor": _timed(_bare),
                "session": _timed(lambda: sessions.read_card(datetime.now(UTC))),
                "script": _timed(_script),
                "worker": _timed(worker.read),
            }
            harness.in_turns(subjects, 10)  # warm
            taken = harness.in_turns(subjects, 1000 if long else 200)
        finally:
            worker.close()
            sessions.close()
    yield harness.figure("read_identity", "ms", subject=taken["session"], floor=taken["floor"])
    yield harness.figure("read_identity_vs_script", "ms", subject=taken["session"], floor=taken["script"])
    yield harness.figure("read_through_worker", "ms", subject=taken["worker"], floor=taken["floor"])


def _timed(work: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        work()
        return (time.perf_counter() - start) * 1000

    return run


def _bare() -> None:
    """Read the card by raw calls and look at nothing."""
    from smartcard import scard  # noqa: PLC0415 - the socket's path comes first

    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    _, readers = scard.SCardListReaders(context, [])
    _, card, _ = scard.SCardConnect(
        context, readers[0], scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    )
    for command in COMMANDS:
        result, answer = scard.SCardTransmit(card, scard.SCARD_PCI_T0, list(bytes.fromhex(command)))
        if result or len(answer) < 2:
            raise RuntimeError(f"the floor could not read: {result:#x}")
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)


def _script() -> None:
    """Read the card as a script by pyscard's manual does."""
    from smartcard.System import readers  # noqa: PLC0415 - as above

    connection = readers()[0].createConnection()
    connection.connect(disposition=0)
    for command in COMMANDS:
        connection.transmit(list(bytes.fromhex(command)))
    connection.disconnect()
    connection.release()


@contextmanager
def _card_in_reader() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder, Pcscd(folder) as daemon:
        os.environ["PCSCLITE_CSOCK_NAME"] = daemon.socket_path
        program = [sys.executable, "-m", "workstation.cardreader.virtual", "--port", str(daemon.port)]
        with subprocess.Popen(
            [*program, "mother-2.0.json"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as card:
            try:
                _wait_for_card()
                yield
            finally:
                card.kill()


def _wait_for_card() -> None:
    from workstation.cardreader.pcsc import Context  # noqa: PLC0415 - as above

    context = Context()
    ends = time.monotonic() + _PUT_IN_S
    try:
        while not any(slot.present for slot in context.look(context.readers())):
            if time.monotonic() > ends:
                raise RuntimeError("the card did not come into the reader")
            time.sleep(0.05)
    finally:
        context.release()
