"""moto's S3 as a program: `python -m tests.fakes.bucket_process PORT`; its buckets are in its memory and end with it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import run_simple


def main(port: int) -> None:
    """Serve until killed."""
    moto = DomainDispatcherApplication(create_backend_app)
    one_at_a_time = threading.Lock()

    def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # S3 promises that of many conditional writes one wins. moto looks and then writes: of 150 times eight writers at
        # once, two won one time. Requests that follow each other have that promise.
        with one_at_a_time:
            answer: Iterable[bytes] = moto(environ, start_response)
            return answer

    run_simple("127.0.0.1", port, serve, threaded=True, request_handler=MotoRequestHandler)


if __name__ == "__main__":
    main(int(sys.argv[1]))
