"""The wire to the vpcd reader driver: two-byte lengths over TCP, and the faults that live on the wire."""

from __future__ import annotations

import socket
import struct
import time
from enum import Enum

from workstation.cardreader.virtual.card import VirtualCard
from workstation.cardreader.virtual.card_file import CardData

_POWER_OFF, _POWER_ON, _RESET, _GET_ATR = 0x00, 0x01, 0x02, 0x04
_CONNECT_S = 5.0
_MUTE_ATR = bytes(40)  # longer than any ATR may be (33): the daemon calls the card mute


class Stay(Enum):
    """Whether the card is still in the reader."""

    IN = "in"
    OUT = "out"


class InsertedCard:
    """A card in a vpcd reader: connecting puts it in, closing pulls it out."""

    def __init__(self, data: CardData, port: int) -> None:
        """Put the card in. Raises OSError when no reader listens on 127.0.0.1:`port`."""
        self._data = data
        self._card = VirtualCard(data)
        self._commands = 0
        self._unread = b""
        self._socket = socket.create_connection(("127.0.0.1", port), _CONNECT_S)
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fileno(self) -> int:
        """Let a selector wait for the reader."""
        return self._socket.fileno()

    def pull(self) -> None:
        """Take the card out."""
        self._socket.close()

    def listen(self) -> Stay:
        """Take what the reader sent and answer every whole message. Call it when the socket is readable."""
        # vpcd sends length and body apart: without an immediate acknowledgement each waits 40 ms (Nagle).
        # The option does not last, so it is set before every recv.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        try:
            came = self._socket.recv(4096)
            if not came:
                return self._leave()
            self._unread += came
            while (message := self._next_message()) is not None:
                if self._take(message) is Stay.OUT:
                    return self._leave()
        except ConnectionError:
            return self._leave()
        return Stay.IN

    def _leave(self) -> Stay:
        self._socket.close()
        return Stay.OUT

    def _next_message(self) -> bytes | None:
        if len(self._unread) < 2:
            return None
        end = 2 + int.from_bytes(self._unread[:2], "big")
        if len(self._unread) < end:
            return None
        message, self._unread = self._unread[2:end], self._unread[end:]
        return message

    def _take(self, message: bytes) -> Stay:
        if len(message) != 1:
            return self._command(message)
        match message[0]:
            case 0x00 | 0x01 | 0x02:  # power off, power on, reset: no answer is expected
                self._card.reset()
            case 0x04:
                self._send(_MUTE_ATR if self._data.faults.mute else self._data.atr)
            case _:
                pass
        return Stay.IN

    def _command(self, apdu: bytes) -> Stay:
        self._commands += 1
        faults, number = self._data.faults, self._commands
        if number == faults.remove_at:
            return Stay.OUT
        if number == faults.hang_at:
            return Stay.IN
        if number == faults.turn_at and self._data.turns_into is not None:
            self._card.become(self._data.turns_into)
        response = self._card.answer(apdu)
        if faults.slow_ms:
            time.sleep(faults.slow_ms / 1000)
        if number == faults.tear_at:
            self._socket.sendall(struct.pack(">H", len(response)) + response[: max(1, len(response) // 2)])
            return Stay.OUT
        self._send(response)
        return Stay.IN

    def _send(self, body: bytes) -> None:
        self._socket.sendall(struct.pack(">H", len(body)) + body)
