"""Reading a citizen card: our reader beside bare PC/SC calls that send the same commands to the same card."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import card_gui, harness
from demo.card import CardHand
from demo.pcscd import Pcscd

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
    """Give `read_identity` (in the card process), `read_through_worker` and `first_fields_ms` (painted on the screen),
    `card_in_to_gui_ms` and `hung_gap_ms` (as the window feels it), in ms.

    Floors: the same commands through pyscard's raw calls, context and connection included; a bare SCardGetStatusChange
    beside the monitor; the same window without a card.
    """
    with _reader() as hand:
        hand.insert("mother-2.0.json")
        _wait_for_card()
        from workstation.cardreader.session import Sessions  # noqa: PLC0415 - the socket's path comes first
        from workstation.cardreader.worker_process import CardWorker  # noqa: PLC0415

        sessions = Sessions()
        worker = CardWorker(timeout_s=10)
        screen = card_gui.Screen()
        try:
            subjects = {
                "floor": _timed(_bare),
                "session": _timed(lambda: sessions.read_card(datetime.now(UTC))),
                "script": _timed(_script),
                "worker": _timed(worker.read),
            }
            # By itself: whatever runs behind a painted window has used up its turn of the processor.
            painted = {"bare": _timed(_bare), "first": lambda: screen.first_fields(worker)}
            for each in (subjects, painted):
                harness.in_turns(each, 10)  # warm
            runs = 1000 if long else 200
            taken = harness.in_turns(subjects, runs) | harness.in_turns(painted, runs)
        finally:
            screen.close()
            worker.close()
            sessions.close()
        hand.remove()
        seen, told = card_gui.card_in(hand, 60 if long else 12)
        idle, hung = card_gui.hung_gap(hand, 6.0 if long else 3.0)
    yield harness.figure("read_identity", "ms", subject=taken["session"], floor=taken["floor"])
    yield harness.figure("read_identity_vs_script", "ms", subject=taken["session"], floor=taken["script"])
    yield harness.figure("read_through_worker", "ms", subject=taken["worker"], floor=taken["floor"])
    yield harness.figure("first_fields_ms", "ms", subject=taken["first"], floor=taken["bare"])
    yield harness.figure("card_in_to_gui_ms", "ms", subject=told, floor=seen)
    yield harness.figure("hung_gap_ms", "ms", subject=hung, floor=idle)


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
def _reader() -> Iterator[CardHand]:
    with tempfile.TemporaryDirectory(prefix="yc-bench-") as folder, Pcscd(folder) as daemon:
        os.environ["PCSCLITE_CSOCK_NAME"] = daemon.socket_path
        hand = CardHand(Path(sys.executable), daemon.port, os.environ)
        try:
            yield hand
        finally:
            hand.close()


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
