"""What stands between a person and the desk: the key of the store, the hall's welcome, the sign-in."""

from __future__ import annotations

from wire.messages import Enrolment
from wire.rights import Field
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.credentials import Given, check_password, hold_time, prove_by_card
from workstation.services.enrol_station import (
    PENDING_FACT,
    SHUT_OUT_FACT,
    ask_confirmed,
    enrol_again,
    enrol_station,
)
from workstation.services.ports import OpenUnit, OperatorCards
from workstation.services.recover_key import recovered_key
from workstation.services.rooms import Line, Rooms, Store
from workstation.services.sign_in import clerk_of, sign_in
from workstation.services.views import StationStep, StationView


class Gate:
    """Holds the opened store, the line to the hall and who is signed in."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._store: Store | None = None
        self._enrolment: Enrolment | None = None
        self._line: Line | None = None
        self._clerk: Clerk | None = None
        self._locked = False
        self._pending = False
        self._shut_out = False
        self._card_resumes = False
        self._heard = rooms.staff_news.count
        self._hall_url = rooms.hall_url
        self._keys = rooms.keys

    @property
    def open_unit(self) -> OpenUnit:
        """The store. Raises Refused(STEP_NOT_ALLOWED) while it is locked."""
        if self._store is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.UNLOCK.value)
        return self._store.unit

    @property
    def store(self) -> Store:
        """The opened store. Raises Refused(STEP_NOT_ALLOWED) while it is locked."""
        if self._store is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.UNLOCK.value)
        return self._store

    @property
    def enrolment(self) -> Enrolment:
        """Who the station is. Raises Refused(STATION_NOT_ENROLLED)."""
        if self._enrolment is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        return self._enrolment

    @property
    def line(self) -> Line | None:
        """The way to the hall, once enrolled."""
        return self._line

    @property
    def clerk(self) -> Clerk:
        """Who is signed in. Raises Refused(STEP_NOT_ALLOWED) when nobody is, SEAT_LOCKED while they are away."""
        if self._shut_out:
            raise Refused(Failure.DEVICE_REVOKED)
        if self._clerk is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.SIGN_IN.value)
        if self._locked:
            raise Refused(Failure.SEAT_LOCKED)
        return self._clerk

    @property
    def locked(self) -> bool:
        """Say whether the person who is signed in is away."""
        return self._locked

    def may(self, deed: Deed, field: Field = Field.WHOLE) -> Clerk:
        """Return the signed-in person when a role allows the deed to this kind of data, else raise Refused(ROLE_MISSING)."""
        self._hear_news()
        if not self.clerk.may(deed, field):
            raise Refused(Failure.ROLE_MISSING)
        return self.clerk

    def _hear_news(self) -> None:
        """The hall changed its staff: whoever has no account any more is signed out at once, roles are as they are now."""
        news = self._rooms.staff_news.count
        if news != self._heard and self._store is not None:
            self._hear_revocation()
        if news == self._heard or self._clerk is None:
            self._heard = news
            return
        self._heard = news
        login = self._clerk.login
        with self.open_unit() as unit:
            account = unit.station.account(login)
        if account is None or account.person != self._clerk.person:
            # First out, then written down: a full disk must keep nobody in.
            self._clerk, self._locked = None, False
            self._note(Deed.SIGNED_OUT, login, "account ended")
            return
        self._clerk = clerk_of(account, self.enrolment.level)
        self._card_resumes = account.card_key is not None

    def _hear_revocation(self) -> None:
        """The hall shut this device out: whoever sits here is out, and nobody comes in, with or without a network."""
        with self.open_unit() as unit:
            self._shut_out = bool(unit.station.fact(SHUT_OUT_FACT))
        if self._shut_out and self._clerk is not None:
            login = self._clerk.login
            self._clerk, self._locked = None, False
            self._note(Deed.SIGNED_OUT, login, "device revoked")

    def view(self) -> StationView:
        """Say where the person stands."""
        self._hear_news()
        enrolment = self._enrolment
        clerk = self._clerk
        return StationView(
            step=self._step(),
            key_place=self._keys.place(),
            station=enrolment.station if enrolment else "",
            station_name=enrolment.station_name if enrolment else "",
            hall_url=self._hall_url,
            fingerprint=enrolment.device if enrolment else "",
            clerk=clerk.name if clerk else "",
            window=clerk.window if clerk else "",
            roles=clerk.roles if clerk else (),
            login=clerk.login if clerk else "",
            card_resumes=self._card_resumes,
        )

    def _step(self) -> StationStep:
        if self._store is None:
            return StationStep.UNLOCK if self._keys.exists() else StationStep.NEW_KEY
        if self._enrolment is None:
            return StationStep.ENROL
        if self._shut_out:
            return StationStep.SHUT_OUT
        if self._pending:
            return StationStep.CONFIRM
        if self._clerk is None:
            return StationStep.SIGN_IN
        return StationStep.LOCKED if self._locked else StationStep.OPEN

    def unlock(self, passphrase: str) -> StationView:
        """Make the key or get it, open the store, and the line to the hall when the station is enrolled."""
        if self._store is not None:
            return self.view()
        keys = self._keys
        key = keys.open(passphrase or None) if keys.exists() else keys.create(passphrase or None)
        self._take(self._rooms.open_store(key))
        return self.view()

    def recover(self, code: str, grant_file: str, passphrase: str) -> StationView:
        """Open a store whose key was lost, with a one-time code of the hall, and keep the key anew."""
        if self._store is not None or self._rooms.recovery is None:
            raise Refused(Failure.RECOVERY_MISSING)
        recovery = self._rooms.recovery
        key = recovered_key(code, grant_file, passphrase, recovery=recovery, ask=self._rooms.ask_recovery)
        store = self._rooms.open_store(key)
        with store.unit() as unit:
            unit.audit.note(at=self._rooms.clock(), actor="station", deed=Deed.KEY_RECOVERED)
            unit.commit()
        self._keys = recovery.keep(key, passphrase or None)
        self._take(store)
        return self.view()

    def _take(self, store: Store) -> None:
        self._store = store
        with self.open_unit() as unit:
            self._enrolment = unit.station.enrolment()
            self._hall_url = unit.station.hall_url() or self._hall_url
            self._pending = bool(unit.station.fact(PENDING_FACT))
            self._shut_out = bool(unit.station.fact(SHUT_OUT_FACT))
        self._connect()

    def enrol(self, hall_url: str, code: str) -> StationView:
        """Make the station known to the hall, once."""
        if self._enrolment is not None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.SIGN_IN.value)
        self._enrolment = enrol_station(
            hall_url.strip(),
            code,
            enroller=self._rooms.enroller,
            open_unit=self.open_unit,
            clock=self._rooms.clock,
        )
        with self.open_unit() as unit:
            self._hall_url = unit.station.hall_url()
            self._pending = bool(unit.station.fact(PENDING_FACT))
        self._connect()
        return self.view()

    def ask_confirmed(self) -> StationView:
        """Ask the hall whether somebody has confirmed this device; the line opens with a yes. Raises Refused(HALL_*)."""
        if self._pending and ask_confirmed(
            self.enrolment,
            enroller=self._rooms.enroller,
            open_unit=self.open_unit,
            clock=self._rooms.clock,
        ):
            self._pending = False
            self._connect()
        return self.view()

    def enrol_again(self, code: str) -> StationView:
        """Give a station whose disk was copied or put back a new place at its hall."""
        if self._enrolment is None:
            raise Refused(Failure.STATION_NOT_ENROLLED)
        # Nothing is pushed meanwhile; whatever comes of it, the line is open again afterwards.
        line, self._line = self._line, None
        if line is not None:
            line.close()
        try:
            self._enrolment = enrol_again(
                code, enroller=self._rooms.enroller, open_unit=self.open_unit, clock=self._rooms.clock
            )
        finally:
            self._connect()
        return self.view()

    def sign_in(self, login: str, password: str, cards: OperatorCards | None = None) -> StationView:
        """Let a person sit down; at a locked desk another one than who left it ends that one's session."""
        self._hear_news()
        self._hold_device()
        before = self._clerk
        clerk = sign_in(
            Given(login.strip(), password),
            open_unit=self.open_unit,
            passwords=self._rooms.passwords,
            clock=self._rooms.clock,
            cards=cards,
            level=self.enrolment.level,
        )
        if before is not None and before.login != clerk.login:
            self._note(Deed.SIGNED_OUT, before.login, "somebody else signed in")
        self._sit(clerk)
        return self.view()

    def _hold_device(self) -> None:
        if self._shut_out:
            raise Refused(Failure.DEVICE_REVOKED)
        if self._pending:
            raise Refused(Failure.DEVICE_PENDING)

    def _sit(self, clerk: Clerk) -> None:
        with self.open_unit() as unit:
            account = unit.station.account(clerk.login)
        self._card_resumes = account is not None and account.card_key is not None
        self._clerk, self._locked = clerk, False
        self._heard = self._rooms.staff_news.count

    def lock(self, why: str) -> StationView:
        """Let the person go away without getting up. `why` is a code for the audit chain."""
        if self._clerk is not None and not self._locked:
            self._locked = True
            self._note(Deed.LOCKED, self._clerk.login, why)
        return self.view()

    def resume(self, password: str) -> StationView:
        """Let the same person come back by password. Raises Refused like sign_in."""
        clerk = self._away()
        check_password(
            Given(clerk.login, password),
            open_unit=self.open_unit,
            passwords=self._rooms.passwords,
            now=self._rooms.clock(),
        )
        return self._come_back(clerk, "password")

    def resume_by_card(self, cards: OperatorCards | None) -> StationView:
        """Let the same person come back by operator card. Raises Refused(OPERATOR_CARD_*)."""
        clerk = self._away()
        with self.open_unit() as unit:
            hold_time(unit, self._rooms.clock())
            account = unit.station.account(clerk.login)
        if account is None or account.card_key is None:
            raise Refused(Failure.OPERATOR_CARD_REFUSED)
        prove_by_card(account, cards)
        return self._come_back(clerk, "card")

    def _away(self) -> Clerk:
        self._hear_news()
        self._hold_device()
        if self._clerk is None or not self._locked:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=self._step().value)
        return self._clerk

    def _come_back(self, clerk: Clerk, how: str) -> StationView:
        self._note(Deed.RESUMED, clerk.login, how)
        self._locked = False
        return self.view()

    def sign_out(self) -> StationView:
        """Let the person get up, from a locked desk too."""
        if self._clerk is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.SIGN_IN.value)
        self._note(Deed.SIGNED_OUT, self._clerk.login, "")
        self._clerk, self._locked = None, False
        return self.view()

    def _note(self, deed: Deed, login: str, note: str) -> None:
        with self.open_unit() as unit:
            unit.audit.note(at=self._rooms.clock(), actor=login, deed=deed, note=note)
            unit.commit()

    def close(self) -> None:
        """Stop the line to the hall, then let go of the store."""
        if self._line is not None:
            self._line.close()
        if self._store is not None:
            self._store.close()

    def _connect(self) -> None:
        if self._enrolment is None or self._line is not None or self._pending:
            return
        with self.open_unit() as unit:
            device_key = unit.station.device_key()
        self._line = self._rooms.open_line(self.open_unit, self._hall_url, self._enrolment, device_key)
