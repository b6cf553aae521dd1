"""An envelope as it stands sealed: what is said of it, and behind a line's end its body, which is JSON already and is not quoted
once more."""

from __future__ import annotations

from dataclasses import replace

from wire.codec import decode
from wire.messages import Envelope
from workstation.storage.bodies import body_of


def written(envelope: Envelope, body: bytes) -> bytes:
    """Return what is to be sealed. `body` is the envelope's, in UTF-8."""
    said = {
        "id": envelope.id,
        "seq": envelope.seq,
        "subject": envelope.subject,
        "kind": envelope.kind,
        "at": envelope.at,
        "actor": envelope.actor,
        "body": "",
        "sha256": envelope.sha256,
        "prev": envelope.prev,
        "digest": envelope.digest,
    }
    return body_of(said) + b"\n" + body


def read(sealed: bytes) -> Envelope:
    """Return the envelope; of before schema 0016 it is one JSON, in which no line ends. Raises wire.codec.Malformed."""
    said, behind, body = sealed.partition(b"\n")
    envelope = decode(Envelope, said)
    return replace(envelope, body=body.decode()) if behind else envelope
