"""A real pcscd with a virtual card on the table before it, for tests on the real parts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from demo.pcscd import DRIVER, Pcscd
from workstation.cardreader.virtual.card_file import CARDS
from workstation.services.ports import CardPresence

_ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


class Seen:
    """What a monitor told, in order; a test waits here instead of sleeping."""

    def __init__(self) -> None:
        self.all: list[CardPresence] = []
        self._changed = threading.Condition()

    def __call__(self, presence: CardPresence) -> None:
        with self._changed:
            self.all.append(presence)
            self._changed.notify_all()

    def wait_for_any(self, *presences: CardPresence) -> None:
        """Wait until one of these is the last thing told."""
        with self._changed:
            told = self._changed.wait_for(
                lambda: self.all[-1] in presences if self.all else False, PATIENCE_S
            )
            assert told, f"none of {presences} was told, only {[p.value for p in self.all]}"

    def wait_for(self, presence: CardPresence) -> None:
        """Wait until this is the last thing told; fail when that takes far too long."""
        with self._changed:
            told = self._changed.wait_for(lambda: self.all[-1:] == [presence], PATIENCE_S)
            assert told, f"{presence.value} was never told, only {[p.value for p in self.all]}"


class CardTable:
    """The daemon, its reader and one hand that puts cards in and takes them out."""

    def __init__(self, driver: Path = DRIVER) -> None:
        self.folder = _folder_of_this_process()
        self.daemon = Pcscd(self.folder, driver=driver)
        self._hand: subprocess.Popen[str] | None = None

    def put_in(
        self,
        card: str,
        *,
        turns_into: str | None = None,
        faults: Mapping[str, int | bool] | None = None,
        atr: str | None = None,
    ) -> None:
        """Put in a card that comes with the program, with faults (virtual/card_file.py) or another ATR if wanted."""
        body: dict[str, object] = {"based_on": str(CARDS / card), "faults": dict(faults or {})}
        if atr:
            body["atr"] = atr
        if turns_into:
            body["turns_into"] = str(CARDS / turns_into)
        path = self.folder / "card.json"
        path.write_text(json.dumps(body), encoding="utf-8")
        self.order(f"insert {path}")

    def take_out(self) -> None:
        """Take the card out, if one is in."""
        self.order("remove")

    def order(self, line: str) -> str:
        """Give the virtual card program a command and return its answer, which must be ok."""
        assert self._hand is not None
        assert self._hand.stdin is not None
        assert self._hand.stdout is not None
        self._hand.stdin.write(line + "\n")
        self._hand.stdin.flush()
        answer = self._hand.stdout.readline().strip()
        assert answer.startswith("ok "), answer
        return answer

    def __enter__(self) -> CardTable:
        self.daemon.start()
        program = [sys.executable, "-m", "workstation.cardreader.virtual", "--port", str(self.daemon.port)]
        self._hand = subprocess.Popen(
            program, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._hand is not None:
            self._hand.communicate()
        self.daemon.stop()
        shutil.rmtree(self.folder)


def _folder_of_this_process() -> Path:
    """Return the one folder of this process: libpcsclite keeps the socket's path for the life of a process."""
    folder = Path(tempfile.gettempdir()) / f"yc-cards-{os.getpid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "pcscd.comm")
    return folder
