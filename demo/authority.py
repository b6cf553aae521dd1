"""TLS for a demo as a real hall has it: a root of its own and a certificate of days, made by the hall's own commands."""

from __future__ import annotations

import hashlib
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Authority:
    """Where root and server certificate stand, and by what a station knows the root."""

    folder: Path
    root: Path
    certificate: Path
    fingerprint: str

    @property
    def options(self) -> list[str]:
        """What `serve` is told."""
        return ["--tls-cert", str(self.certificate), "--tls-ca", str(self.root)]


def make_authority(folder: Path, python: Path) -> Authority:
    """Make a root for 127.0.0.1, unless one is there, and a new certificate for the server."""
    root, place = folder / "ca.pem", ["--ip", "127.0.0.1"]
    if not root.is_file():
        _hall(python, "ca", "new", "--ca", str(folder), *place)
    _hall(python, "ca", "issue", "--ca", str(folder), "--out", str(folder), *place)
    der = ssl.PEM_cert_to_DER_cert(root.read_text(encoding="ascii"))
    return Authority(folder, root, folder / "server.pem", hashlib.sha256(der).hexdigest()[:32])


def _hall(python: Path, *command: str) -> None:
    subprocess.run([python, "-m", "hall", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
