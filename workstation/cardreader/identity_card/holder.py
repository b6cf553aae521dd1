"""An identity card as the counter takes it: the person, and what can be said of the document."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from workstation.cardreader.identity_card import document as id_card
from workstation.cardreader.identity_card.document import IdentityDocument
from workstation.cardreader.profiles.check_digits import id_number_fits
from workstation.cardreader.values import is_plain
from workstation.domain.identity import CardWarning, Document, DocumentKind, Identity, Residence

_KINDS = {
    id_card.DocumentKind.CITIZEN: DocumentKind.IDENTITY_CARD,
    id_card.DocumentKind.HMT_PERMIT: DocumentKind.HMT_PERMIT,
    id_card.DocumentKind.FOREIGNER_2023: DocumentKind.FOREIGNER_CARD,
    id_card.DocumentKind.FOREIGNER_2017: DocumentKind.FOREIGNER_CARD,
}


def holder_of(document: IdentityDocument, *, reader: str, at: datetime) -> Identity:
    """Make the person of a document; the photo stays behind, as nobody at the counter may open it."""
    # The 15-character numbers of 2017 have no check of GB 11643.
    checked = document.kind is not id_card.DocumentKind.FOREIGNER_2017
    odd = checked and not id_number_fits(document.number)
    name = unicodedata.normalize("NFC", document.name)
    warnings = [CardWarning.ID_CHECK] if odd else []
    if not is_plain(name):
        warnings.append(CardWarning.NAME_CHARACTERS)
    address = document.address
    return Identity(
        name=name,
        id_no=document.number,
        sex=document.sex,
        ethnicity=document.ethnicity,
        birth_place=None,
        birth_date=document.birth_date,
        card=None,
        reader=reader,
        read_at=at,
        residence=Residence(address, None, None, None, None) if address else None,
        document=Document(
            _KINDS[document.kind],
            valid_until=document.valid_until,
            long_term=document.long_term,
            warnings=tuple(warnings),
        ),
    )
