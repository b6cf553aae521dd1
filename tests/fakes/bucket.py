"""A bucket of S3 on 127.0.0.1: moto's server as a process of its own, to be killed, stopped and started again."""

from __future__ import annotations

import http.client
import os
import signal
import sys
from pathlib import Path
from types import TracebackType

from demo.service import Service, free_ports

NAME = "scans"


class Bucket:
    """Runs between entering and leaving. `url` is what `serve --blobs` takes, `env` what obstore wants beside it."""

    def __init__(self, folder: Path) -> None:
        """`folder` keeps the log; what is in the bucket is nowhere but in the process."""
        (port,) = free_ports(1)
        command = [sys.executable, "-m", "tests.fakes.bucket_process", str(port)]
        self._service = Service("s3", command, port, folder=folder, env=os.environ)
        self.url = f"s3://{NAME}"
        self.env = {
            "AWS_ENDPOINT": self._service.url,
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            # moto asks nobody who they are.
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }

    def start(self) -> None:
        """Start it, empty, on the same port, and make the bucket."""
        self._service.start()
        self._service.wait("/moto-api/")
        connection = http.client.HTTPConnection("127.0.0.1", self._service.port, timeout=10)
        connection.request("PUT", f"/{NAME}")
        made = connection.getresponse()
        connection.close()
        if made.status != http.HTTPStatus.OK:
            raise ValueError(f"no bucket: {made.status}")

    def kill(self) -> None:
        """End it as a power cut would, with all that was in it."""
        self._service.end(signal.SIGKILL)

    def signal(self, how: signal.Signals) -> None:
        """Send it a signal: SIGSTOP makes it a server that takes connections and says nothing."""
        os.kill(self._service.pid, how)

    def __enter__(self) -> Bucket:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
