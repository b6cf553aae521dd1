"""Takes again what the hall had taken before it was restored: its own signed receipt stands for the judging of then.

Look-ups, people and approvals of after the backup are gone from the database. What was judged on them is not judged anew on
what is left: the receipt says that just this event, with just this content, had passed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from catalogue.model import Catalogue
from hall.acceptance import Gate
from hall.algorithms import agreed_algorithms
from hall.database import hall_key
from hall.tables import approvals, cases, numbers
from wire.codec import decode, encode
from wire.epoch import HeardBefore
from wire.keys import public_of
from wire.messages import CaseAccepted, CaseClosed, CaseReceived, CaseReopened, Envelope, EventKind, HallReceipt
from wire.signed import receipt_is_genuine
