"""找回密钥: a store whose key was lost is opened again with a one-time code of the hall."""

from __future__ import annotations

from pathlib import Path

from wire.box import BoxBroken
from wire.codec import Malformed, decode
from wire.messages import RecoveryGrant, RecoveryRequest
from wire.recovery import code_digest, open_with_code
from workstation.domain.failures import Failure, Refused
from workstation.services.ports import AskRecovery, Recovery

_GRANT_BYTES = 4096


def recovered_key(
    code: str, grant_file: str, passphrase: str, *, recovery: Recovery | None, ask: AskRecovery | None
) -> bytes:
    """Return the store's key: from the hall, or from the file that `python -m hall recover --out` wrote.

    Raises Refused(RECOVERY_MISSING) when the hall was never given this store's key, Refused(RECOVERY_REFUSED) for a wrong,
    used or old code, and what Recovery.check and the hall raise. The code is spent only when the hall has answered.
    """
    note = recovery.note() if recovery is not None else None
    if recovery is None or note is None or ask is None:
        raise Refused(Failure.RECOVERY_MISSING)
    recovery.check(passphrase or None)
    if grant_file.strip():
        grant = _read(Path(grant_file.strip()).expanduser())
    else:
        grant = ask(note.hall_url, RecoveryRequest(note.device, code_digest(code), note.proof))
    try:
        return open_with_code(code, note.device, grant.sealed)
    except BoxBroken:
        raise Refused(Failure.RECOVERY_REFUSED) from None


def _read(path: Path) -> RecoveryGrant:
    try:
        with path.open("rb") as file:
            return decode(RecoveryGrant, file.read(_GRANT_BYTES))
    except (OSError, Malformed):
        raise Refused(Failure.RECOVERY_REFUSED) from None
