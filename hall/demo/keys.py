"""The keys with which the simulated departments sign: made from the service's name, so that anybody can make them."""

from __future__ import annotations

import hashlib


def demo_key(service: str) -> bytes:
    """Return the private key of a simulated register, 32 raw bytes. It protects nothing."""
    return hashlib.sha256(f"simulated register {service}".encode()).digest()
