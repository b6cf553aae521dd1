"""Debian's nats-server with a JetStream store of its own, on a port of 127.0.0.1; killed and started as a test wants."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

import nats

from demo.service import LEASH, free_ports


class JetStream:
    """The server; `messages` reads what a stream holds."""

    def __init__(self, folder: Path) -> None:
        (self.port,) = free_ports(1)
        self.url = f"nats://127.0.0.1:{self.port}"
        self._command = ["nats-server", "-js", "-sd", str(folder), "-a", "127.0.0.1", "-p", str(self.port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([*LEASH, *self._command], stdout=quiet, stderr=quiet)
        end = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end, "nats-server did not start"
                time.sleep(0.02)

    def kill(self) -> None:
        """End it with SIGKILL."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def messages(self, stream: str) -> list[tuple[str, str, bytes]]:
        """Return subject, message id and body of everything in the stream, in its order."""
        return asyncio.run(self._messages(stream))

    def publish(self, subject: str, body: bytes) -> None:
        """Put something into a stream beside the connector."""
        asyncio.run(self._publish(subject, body))

    async def _messages(self, stream: str) -> list[tuple[str, str, bytes]]:
        client = await nats.connect(self.url)
        try:
            manager = client.jsm()
            state = (await manager.stream_info(stream)).state
            found = []
            for seq in range(state.first_seq, state.last_seq + 1):
                message = await manager.get_msg(stream, seq)
                headers = message.headers or {}
                found.append((message.subject or "", headers.get("Nats-Msg-Id", ""), message.data or b""))
            return found
        finally:
            await client.close()

    async def _publish(self, subject: str, body: bytes) -> None:
        client = await nats.connect(self.url)
        try:
            await client.jetstream().publish(subject, body)
        finally:
            await client.close()

    def __enter__(self) -> JetStream:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
