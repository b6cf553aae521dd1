"""Every sentence the interface makes of a code: one door to the words, which stand in workstation/ui/words."""

from workstation.ui.language import said
from workstation.ui.words.cases import days, procedure, result, slip, status, sub_case
from workstation.ui.words.failures import failure, failure_and_remedy, remedy
from workstation.ui.words.lists import listed, sentences
from workstation.ui.words.people import card_status, card_warning, document, role
from workstation.ui.words.releases import release_change
from workstation.ui.words.second_person import proposal_effect, proposal_kind, reason
from workstation.ui.words.station import capture, key_place, link, link_detail, presence, presence_detail
from workstation.ui.words.talk import (
    card_proof_note,
    card_proves,
    card_saves,
    material_how,
    origin,
    outcome,
    outcome_next,
    problem,
    verdict,
)

__all__ = [
    "capture",
    "card_proof_note",
    "card_proves",
    "card_saves",
    "card_status",
    "card_warning",
    "days",
    "document",
    "failure",
    "failure_and_remedy",
    "key_place",
    "link",
    "link_detail",
    "listed",
    "material_how",
    "origin",
    "outcome",
    "outcome_next",
    "presence",
    "presence_detail",
    "problem",
    "procedure",
    "proposal_effect",
    "proposal_kind",
    "reason",
    "release_change",
    "remedy",
    "result",
    "role",
    "said",
    "sentences",
    "slip",
    "status",
    "sub_case",
    "verdict",
]
