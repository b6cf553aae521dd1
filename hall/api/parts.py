"""What the API is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from catalogue.model import Catalogue
from hall.blobs import BlobRoom
from hall.card_keys import KeyServer
from hall.electronic_cards import ElectronicCards
from hall.result_codes import ResultLists
from hall.settings import Intake
from hall.verification import Broker


@dataclass(frozen=True, slots=True)
class HallParts:
    """What the API is made of."""

    engine: Engine
    catalogue: Catalogue
    broker: Broker
    blobs: BlobRoom
    releases: Path
    card_keys: KeyServer | None = None  # without one no card can be proven
    electronic_cards: ElectronicCards | None = None  # without a verifier every token is refused
    result_lists: ResultLists = field(default_factory=dict)  # of departments that write digits of their own
    intake: Intake = field(default_factory=Intake)  # what is taken at once
