"""The hall's web server under TLS 1.3, with certificates that are renewed while it runs."""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wire.invitation import LOOPBACK

log = logging.getLogger(__name__)

# Connections of a server process; who comes beyond them is told 503 at once and comes again.
MOST_AT_ONCE = 5000
LOOK_S = 30.0  # between two looks for a renewed certificate


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate and key, PEM; both may stand in one file, as `ca issue` writes them."""

    certificate: Path
    key: Path


def serve(app: Any, host: str, port: int, tls: Tls | None, line: socket.socket | None = None) -> None:
    """Serve until told to end, what comes over a line from the process that listens where one is given. Raises ValueError for
    a certificate that cannot be read."""
    import uvicorn  # noqa: PLC0415 - heavy, and only the server needs it

    from hall.handed import HandedServer  # noqa: PLC0415 - with it
    from hall.patience import PatientProtocol  # noqa: PLC0415 - with it

    # Access logs would carry codes of slips and cursors; the hall logs what it refuses, by id.
    quiet: dict[str, Any] = {
        "access_log": False,
        "log_level": "warning",
        # Longer than stations keep a connection (workstation/sync/client.KEPT_S): whoever closes first must be the station.
        "timeout_keep_alive": 75,
        "timeout_graceful_shutdown": 3,  # who waits for news is not waited for
        "limit_concurrency": MOST_AT_ONCE,
        "backlog": 2048,
        "http": PatientProtocol,
    }

    def server(config: uvicorn.Config) -> uvicorn.Server:
        return uvicorn.Server(config) if line is None else HandedServer(config, line)

    if tls is None:
        server(uvicorn.Config(app, host=host, port=port, **quiet)).run()
        return
    config = uvicorn.Config(
        app, host=host, port=port, ssl_certfile=tls.certificate, ssl_keyfile=str(tls.key), **quiet
    )
    try:
        config.load()
    except OSError as error:
        raise ValueError(f"the certificate cannot be used: {error}") from error
    context = config.ssl
    if context is None:
        raise ValueError("the server offers no TLS")
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(context, tls, ended), name="certificate", daemon=True)
    watch.start()
    try:
        server(config).run()
    finally:
        ended.set()


def reload_when_changed(context: ssl.SSLContext, tls: Tls, before: float) -> float:
    """Take a certificate that was renewed; new connections get it, running ones go on. Returns when it was changed.

    One that cannot be read is told in the log, and the one of before stays.
    """
    try:
        changed = tls.certificate.stat().st_mtime
        if changed == before:
            return before
        context.load_cert_chain(tls.certificate, tls.key)
    except OSError as error:  # ssl.SSLError is one
        log.warning("the renewed certificate cannot be used: %s", type(error).__name__)
        return before
    log.info("certificate renewed")
    return changed


def _watch(context: ssl.SSLContext, tls: Tls, ended: threading.Event) -> None:
    before = 0.0
    with contextlib.suppress(OSError):
        before = tls.certificate.stat().st_mtime
    while not ended.wait(LOOK_S):
        before = reload_when_changed(context, tls, before)


def fault_of(host: str, tls: Tls | None, public_url: str) -> str:
    """Say why a hall must not be served so, "" when it may: what crosses a line crosses it under TLS."""
    if tls is None and host not in LOOPBACK and not public_url.startswith("https://"):
        return (
            "without TLS the hall serves this machine only: give --tls-cert, or, behind a proxy that speaks TLS, "
            "--public-url https://…"
        )
    return ""
