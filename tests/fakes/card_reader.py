"""A card reader without cards: what is in it is set by the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from workstation.domain.diagnosis import Diagnosis, ReadDone, ReaderFacts, Step
from workstation.domain.failures import Failure, Refused
from workstation.domain.identity import Card, Glimpse, Identity, Residence
from workstation.services.ports import CardKeys, CardPin, CardPresence

# The holders of workstation/cardreader/virtual/cards/mother-2.0.json and father-2.0.json, who cannot exist.
MOTHER = Identity(
    name="测试一",
    id_no="44010018990101002X",
    sex="2",
    ethnicity="01",
    birth_place="440104",
    birth_date=date(1899, 1, 1),
    card=Card(
        number="A00000011",
        identification_code="440100D15600000500000001FFFFFFFF",
        region="440100",
        version="2.0",
        issued_on=date(2025, 3, 1),
        valid_until=date(2035, 3, 1),
        authenticated=False,
        warnings=(),
    ),
    reader="Virtual Reader 00 00",
    read_at=datetime(2026, 1, 5, 1, 30, tzinfo=UTC),
)


def card_of(identity: Identity) -> Card:
    """The social security card that an identity was read from."""
    assert identity.card is not None
    return identity.card


FATHER = replace(
    MOTHER,
    name="测试二",
    id_no="440100189901010011",
    sex="1",
    card=replace(card_of(MOTHER), number="A0000002X", identification_code="440100D15600000500000002FFFFFFFF"),
)

RESIDENCE = Residence("广州市海珠区测试街2号", "440105", "13800000002", "测试二", "13800000003")

_REFUSALS = {
    CardPresence.SERVICE_DOWN: Failure.CARD_SERVICE_DOWN,
    CardPresence.NO_READER: Failure.READER_MISSING,
    CardPresence.EMPTY: Failure.CARD_MISSING,
    CardPresence.MUTE: Failure.CARD_MUTE,
}


def healthy() -> Diagnosis:
    """What there is to say when everything works."""
    return Diagnosis(
        taken_at=MOTHER.read_at,
        service="ok",
        socket="/run/pcscd/pcscd.comm: ok",
        session="x11",
        readers=(ReaderFacts(MOTHER.reader, "fake 1.0.0", CardPresence.PRESENT.value, "3B00"),),
        read="ok",
        read_details=(),
        read_ms=400.0,
        steps=(Step("connect", 20.0), Step("00A40400", 30.0)),
    )


class FakeCardReader:
    """Implements ports.CardReader. `on_presence` is called at once, in the thread that changes the reader."""

    def __init__(self, on_presence: Callable[[CardPresence], None] = lambda _: None) -> None:
        self._on_presence = on_presence
        self._presence = CardPresence.EMPTY
        self._card: Identity | Failure | None = None
        self._closed = False
        self.asked = 0
        self.reads_done = 0
        self.keys: CardKeys | None = None  # those of the last read
        on_presence(self._presence)

    def put_in(self, card: Identity | Failure) -> None:
        """Put in a card: its holder, or what reading it ends with."""
        self._card = card
        self.see(CardPresence.MUTE if card is Failure.CARD_MUTE else CardPresence.PRESENT)

    def take_out(self) -> None:
        """Take the card out."""
        self.see(CardPresence.EMPTY)

    def see(self, presence: CardPresence) -> None:
        """Let the reader be in a state (service down, no reader, …)."""
        if presence not in {CardPresence.PRESENT, CardPresence.MUTE}:
            self._card = None
        if presence is not self._presence:
            self._presence = presence
            self._on_presence(presence)

    def read(
        self,
        *,
        told: Callable[[Glimpse], object] = lambda _: None,
        keys: CardKeys | None = None,
        pin: CardPin | None = None,
        reader: str | None = None,
    ) -> Identity:
        """See ports.CardReader. The cards have no keys; every PIN is right."""
        self.asked += 1
        self.keys = keys
        if self._closed or reader not in {None, MOTHER.reader}:
            raise Refused(Failure.READER_MISSING)
        if isinstance(self._card, Identity):
            self.reads_done += 1
            told(Glimpse(self._card.name, self._card.id_no))
            return replace(self._card, residence=RESIDENCE) if pin is not None else self._card
        raise Refused(self._card or _REFUSALS[self._presence])

    def reads(self) -> tuple[ReadDone, ...]:
        """See ports.CardReader: all of them, done, in 400 ms each."""
        return tuple(ReadDone(MOTHER.read_at, MOTHER.reader, 400.0) for _ in range(self.reads_done))

    def diagnose(self) -> Diagnosis:
        """See ports.CardReader."""
        if self._presence is CardPresence.PRESENT:
            return healthy()
        down = self._presence is CardPresence.SERVICE_DOWN
        readers = () if down else (ReaderFacts(MOTHER.reader, "fake 1.0.0", self._presence.value, ""),)
        service = Failure.CARD_SERVICE_DOWN.value if down else "ok"
        return replace(healthy(), service=service, readers=readers, read="", read_ms=None, steps=())

    def presence(self) -> CardPresence:
        """See ports.CardReader."""
        return self._presence

    def close(self) -> None:
        """Refuse every read from now on."""
        self._closed = True
