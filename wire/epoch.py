"""What a hall says of the epoch of its database: a station believes another one only on the hall's own signed word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EpochAnnouncement:
    """The epoch that is in force, and since when; signed like a VerificationReply.

    `since` only grows: a station takes no announcement that is older than the one it knows.
    """

    epoch: str
    since: datetime
    hall: str  # hall key id
    signature: str
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class ConcludedBefore:
    """A conclusion that the hall had sealed before it was restored: its own seal, and what it had told of each item.

    `results` are the items' Results as canonical JSON; how each ended stands in the seal, too.
    """

    seal: str
    results: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HeardBefore:
    """An event of a batch that the hall had signed for before it was restored.

    The receipt proves it: what it judged then is not judged anew on what it has forgotten since. `project_no` is the number
    it gave to the case of a `case_received`, which stands on paper; the hall gives it again while nobody else has it.
    """

    event: str
    sha256: str
    received_at: datetime
    hall: str
    signature: str
    algorithm: str = ""
    project_no: str = ""
    path: tuple[str, ...] = ()  # as in the receipt
    concluded: ConcludedBefore | None = None  # of an acceptance and of what hands a result out
