"""`main.py key`: changes the device's key now, and signs what was not sent yet for an administrator of the hall."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from wire.messages import MAX_BATCH, Enrolment, PushRequest
from wire.parcel import Parcel, sign_parcel, write_parcels
from workstation import bootstrap
from workstation.commands.key import store_key
from workstation.domain.failures import Failure, Refused
from workstation.services.enrol_station import CA_FACT
from workstation.services.ports import Unit
from workstation.settings import Settings
from workstation.storage.database import open_store
from workstation.sync.client import Device, HallClient
from workstation.sync.key_rotation import KeyChange
from workstation.sync.secure_line import hall_context

MOST = 100_000
_LATER = timedelta(days=3650)  # what waits for its next try is written out too


def rotate(settings: Settings, passphrase_file: Path | None) -> int:
    """Change the key, or finish a change that was broken off; 0 when the hall has the new one. A window may be open."""
    try:
        store = open_store(settings.store, store_key(settings, passphrase_file))
    except Refused as refused:
        return _refused(refused)
    try:
        with store.unit() as unit:
            enrolment = _enrolment(unit)
            url, key, ca = unit.station.hall_url(), unit.station.device_key(), unit.station.fact(CA_FACT)
        client = HallClient(
            url, Device(enrolment, key), bootstrap.now, context=hall_context(ca, settings.hall_roots)
        )
        try:
            changed = KeyChange(
                holders=(client,),
                device=enrolment.device,
                open_unit=store.unit,
                clock=bootstrap.now,
                days=settings.key_days,
            ).change()
        finally:
            client.close()
    except Refused as refused:
        return _refused(refused)
    finally:
        store.close()
    sys.stdout.write(f"{changed}\n")
    return 0


def parcel(settings: Settings, passphrase_file: Path | None, out: Path) -> int:
    """Write what waits in the outbox as signed parcels, wire/parcel.py; 0 when the file is there. Nothing changes here."""
    try:
        store = open_store(settings.store, store_key(settings, passphrase_file))
    except Refused as refused:
        return _refused(refused)
    try:
        with store.unit() as unit:
            parcels = _parcels(unit)
        out.write_text(write_parcels(parcels), encoding="utf-8")
        out.chmod(0o600)  # The bodies name persons.
    except Refused as refused:
        return _refused(refused)
    except OSError as error:
        sys.stderr.write(f"cannot write: {type(error).__name__}\n")
        return 1
    finally:
        store.close()
    sys.stdout.write(f"{sum(len(each.items) for each in parcels)} events: {out}\n")
    return 0


def _parcels(unit: Unit) -> tuple[Parcel, ...]:
    enrolment, private, now = _enrolment(unit), unit.station.device_key(), bootstrap.now()
    waiting = [each.envelope for each in unit.outbox.due(now + _LATER, MOST)]
    batches = [tuple(waiting[at : at + MAX_BATCH]) for at in range(0, len(waiting), MAX_BATCH)]
    return tuple(
        sign_parcel(
            PushRequest(enrolment.device, enrolment.incarnation, enrolment.epoch, batch), private, now
        )
        for batch in batches
    )


def _enrolment(unit: Unit) -> Enrolment:
    enrolment = unit.station.enrolment()
    if enrolment is None:
        raise Refused(Failure.STATION_NOT_ENROLLED)
    return enrolment


def _refused(refused: Refused) -> int:
    told = " ".join(f"{name}={value}" for name, value in refused.details.items())
    sys.stderr.write(f"{refused.failure.value} {told}".rstrip() + "\n")
    return 1
