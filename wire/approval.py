"""What two persons sign for: the frozen view of a proposal, and the text an operator card signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wire.codec import encode
from wire.corrections import Amendment
from wire.keys import fits, unb64

_MARK = "one-window approval 1"  # keeps a card's signature from meaning anything else


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as it stood."""

    material: str
    how: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Exactly what the second person is shown, side by side: the case as it stands, and what is proposed for it.

    `state` is the hash of everything said in case and draft: whoever changes a field there voids the proposal.
    """

    proposal: str
    kind: str
    case: str
    receipt_no: str
    title: str  # id of the bundle or item
    items: tuple[str, ...]
    applicant: str  # masked
    applicant_id: str  # masked
    status: str
    papers: tuple[ShownPaper, ...]
    state: str
    reason: str
    text: str
    competent_body: str
    material: str
    until: date | None
    proposer: str
    proposed_at: datetime
    changes: tuple[Amendment, ...] = ()  # of a 更正: what stands there and what shall stand there, in clear


def text_of(sha256: str, approver: str, approved_at: datetime) -> bytes:
    """Return what an operator card signs: the hash of what was shown, by whom and when."""
    return encode({"for": _MARK, "sha256": sha256, "approver": approver, "approved_at": approved_at}).encode()


def signed_by_card(card_key: str, sha256: str, approver: str, approved_at: datetime, signature: str) -> bool:
    """Say whether the card of this public key signed just this approval."""
    try:
        return fits(unb64(card_key), text_of(sha256, approver, approved_at), unb64(signature))
    except ValueError:
        return False
