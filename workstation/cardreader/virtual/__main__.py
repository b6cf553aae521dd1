"""python -m workstation.cardreader.virtual --port P [FILE]: plays cards into a vpcd reader.

Reads commands on standard input, one a line: `insert FILE`, `remove`; the end of input ends the program. Each
command is answered by one line, `ok …` or `error …`; a FILE on the command line counts as the first command.
FILE is a path or the name of a card that comes with the program (mother-2.0.json).
"""

from __future__ import annotations

import argparse
import os
import selectors
import sys
from pathlib import Path

from workstation.cardreader.virtual.card_file import BadCardFile, load_card
from workstation.cardreader.virtual.vpcd import InsertedCard, Stay


class Player:
    """Holds at most one card in the reader and serves it between commands, in one thread."""

    def __init__(self, port: int, commands_fd: int) -> None:
        self._port = port
        self._commands_fd = commands_fd
        self._card: InsertedCard | None = None
        self._selector = selectors.DefaultSelector()
        self._selector.register(commands_fd, selectors.EVENT_READ)

    def insert(self, name: str) -> str:
        """Put a card in and return the answer."""
        if self._card is not None:
            return "error a card is in the reader"
        try:
            self._card = InsertedCard(load_card(Path(name)), self._port)
        except BadCardFile as error:
            return f"error {error}"
        except OSError as error:
            return f"error no reader on port {self._port}: {error.strerror}"
        self._selector.register(self._card, selectors.EVENT_READ)
        return f"ok inserted {Path(name).name}"

    def remove(self) -> str:
        """Take the card out, if there is one, and return the answer."""
        if self._card is not None:
            self._selector.unregister(self._card)
            self._card.pull()
            self._card = None
        return "ok removed"

    def play(self) -> None:
        """Serve card and commands until the commands end."""
        unread = b""
        while True:
            for key, _ in self._selector.select():
                if key.fd != self._commands_fd:
                    if key.fileobj is self._card:  # not one that a command of this round took out
                        self._serve()
                    continue
                came = os.read(self._commands_fd, 4096)
                if not came:
                    self.remove()
                    self._selector.close()
                    return
                *lines, unread = (unread + came).split(b"\n")
                for line in lines:
                    say(self.obey(line.decode("utf-8", errors="replace").strip()))

    def obey(self, line: str) -> str:
        """Carry out one command and return the answer."""
        word, _, rest = line.partition(" ")
        if word == "insert" and rest:
            return self.insert(rest)
        if word == "remove":
            return self.remove()
        return f"error unknown command {word!r}"

    def _serve(self) -> None:
        card = self._card
        if card is None:
            return
        # A card that left by itself has closed its socket: it must leave the selector before that is polled.
        fd = card.fileno()
        if card.listen() is Stay.OUT:
            self._selector.unregister(fd)
            self._card = None


def say(line: str) -> None:
    """Answer, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(prog="python -m workstation.cardreader.virtual", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="the vpcd reader's port on 127.0.0.1")
    parser.add_argument("file", nargs="?", help="a card to put in at once")
    options = parser.parse_args()
    player = Player(options.port, sys.stdin.fileno())
    if options.file:
        say(player.insert(options.file))
    player.play()
    return 0


if __name__ == "__main__":
    sys.exit(main())
