"""What stands between a person and the desk: the key of the store, the hall's welcome, the sign-in."""

from __future__ import annotations

from wire.messages import Enrolment
from workstation.domain.clerk import Clerk, Deed
from workstation.domain.failures import Failure, Refused
from workstation.services.enrol_station import enrol_station
from workstation.services.ports import OpenUnit
from workstation.services.recover_key import recovered_key
from workstation.services.rooms import Line, Rooms, Store
from workstation.services.sign_in import sign_in
from workstation.services.views import StationStep, StationView


class Gate:
    """Holds the opened store, the line to the hall and who is signed in."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._store: Store | None = None
        self._enrolment: Enrolment | None = None
        self._line: Line | None = None
        self._clerk: Clerk | None = None
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
        """Who is signed in. Raises Refused(STEP_NOT_ALLOWED) when nobody is."""
        if self._clerk is None:
            raise Refused(Failure.STEP_NOT_ALLOWED, status=StationStep.SIGN_IN.value)
        return self._clerk

    def may(self, deed: Deed) -> Clerk:
        """Return the signed-in person when a role allows the deed, else raise Refused(ROLE_MISSING)."""
        if not self.clerk.may(deed):
            raise Refused(Failure.ROLE_MISSING)
        return self.clerk

    def view(self) -> StationView:
        """Say where the person stands."""
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
        )

    def _step(self) -> StationStep:
        if self._store is None:
            return StationStep.UNLOCK if self._keys.exists() else StationStep.NEW_KEY
        if self._enrolment is None:
            return StationStep.ENROL
        return StationStep.SIGN_IN if self._clerk is None else StationStep.OPEN

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
        self._hall_url = hall_url.strip()
        self._connect()
        return self.view()

    def sign_in(self, login: str, password: str) -> StationView:
        """Let a person sit down."""
        self._clerk = sign_in(
            login.strip(),
            password,
            open_unit=self.open_unit,
            passwords=self._rooms.passwords,
            clock=self._rooms.clock,
        )
        return self.view()

    def sign_out(self) -> StationView:
        """Let the person get up."""
        clerk = self.clerk
        with self.open_unit() as unit:
            unit.audit.note(at=self._rooms.clock(), actor=clerk.login, deed=Deed.SIGNED_OUT)
            unit.commit()
        self._clerk = None
        return self.view()

    def close(self) -> None:
        """Stop the line to the hall, then let go of the store."""
        if self._line is not None:
            self._line.close()
        if self._store is not None:
            self._store.close()

    def _connect(self) -> None:
        if self._enrolment is None or self._line is not None:
            return
        with self.open_unit() as unit:
            device_key = unit.station.device_key()
        self._line = self._rooms.open_line(self.open_unit, self._hall_url, self._enrolment, device_key)
