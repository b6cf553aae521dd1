"""What can be set from outside: one typed value, read from the command line by main.py."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the workstation keeps its things and whom it talks to.

    `calendar` is an extra working-day table (YAML) for days that the built-in one does not know;
    `queue` is a CUPS queue, without one sheets go to the folder `prints`.
    """

    data: Path
    prints: Path
    queue: str | None = None
    print_server: str = ""  # socket or host:port of the print service; "" for the system's own
    roll: str = ""  # HOST or HOST:PORT of a thermal printer with a roll of 80 mm
    hall_url: str = ""
    enrol_code: str = ""
    language: str = "zh"
    keyring: bool = True
    calendar: Path | None = None
    card_timeout_s: float = 8.0
    card_keys: str = "none"  # who proves cards: none, hall
    psam_reader: str | None = None  # the slot of a PSAM, which does the same
    id_reader: str | None = None  # serial port of a SAM module for identity cards
    card_trace: bool = False  # log each command to a card, shortened
    scanner: str | None = None  # serial port of a code scanner; one that types needs none
    audit_warn_hours: float = 24.0  # how long audit entries may wait for the hall's stamp
    audit_stop_hours: float = 0.0  # and after how long nothing is filed any more; 0 never stops
    key_cipher: str = "aes-256-gcm"  # wraps a key that a passphrase makes: this or sm4-gcm
    reveal_s: int = 20  # how long a revealed value stays in clear
    evaluation_s: int = 60  # how long the citizen's window waits for a touch; 0: nobody is asked here
    recheck_s: float = 30.0  # how often departments that owe an answer are asked again
    operator_reader: str | None = None  # the slot of the operator's own card
    idle_lock_s: int = 300  # without key or mouse; then only its own person goes on
    scan_bytes_per_s: int = 0  # how much of the line scans may take; 0: all of it
    idle_warning_s: int = 30  # how long before that it is said, at least 30
    hall_roots: str = (
        "hall"  # who may vouch for the hall: its own authority, or system: what this machine trusts too
    )
    correction_days: int = 30  # natural days for a correction where the item has no limit of its own
    key_days: float = 90.0  # how old a device key gets before it is changed; 0 never changes it

    @property
    def log(self) -> Path:
        """The log of ids and codes; logs.py names the file."""
        return self.data / "logs" / "station.log"

    @property
    def diagnosis(self) -> Path:
        """What there is to say of the card readers, for whoever helps: no person is in it."""
        return self.data / "diagnosis"

    @property
    def hall_ca(self) -> Path:
        """Certificates of the hall's authority, for asking for a lost key while the store is shut."""
        return self.data / "hall-ca.pem"

    @property
    def store(self) -> Path:
        """The encrypted database."""
        return self.data / "station.db"
