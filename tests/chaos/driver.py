"""One station's people: seeded operations, one after the other, whatever happens to the process."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from types import MappingProxyType

from tests.chaos.agenda import Agenda
from tests.chaos.checker import Anomaly
from tests.chaos.history import History, Phase
from tests.chaos.rival import Rival
from tests.chaos.world import Hall, Hung, Lost, Said, Station

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "file": 30,
        "accept": 18,
        "amend": 6,
        "papers": 8,
        "close": 8,
        "reopen": 4,
        "withdraw": 4,
        "ask_correction": 6,
        "take_correction": 8,
        "number": 8,
        "query": 16,
        "purge": 3,
        "contend": 5,
    }
)
# Not chosen by itself: in some of the filings.
SCAN = "scan"

_WITHOUT_CASE = frozenset({"file", "purge", "contend"})
_OPEN = ("received", "correction_required", "correction_received")
_EARLY = ("not_accepted", "voided")
_LATER = ("accepted", "dispatched", "decided")
# What an operation makes sense of. What the applicant takes back or mends after the acceptance may meet a decision that was
# made meanwhile: that is for a person to settle, and no anomaly, so it is not done here.
_FROM = {
    "accept": ("received", "correction_received"),
    "amend": _OPEN,
    "papers": _LATER,
    "close": ("received", "correction_received"),
    "reopen": _EARLY,
    "withdraw": _OPEN,
    "ask_correction": ("received",),
    "take_correction": ("correction_required",),
    "number": (*_OPEN, *_LATER),
    "query": (*_OPEN, *_LATER, *_EARLY, "withdrawn"),
}
_OVER = (*_EARLY, "withdrawn", "decided")


class Driver:
    """Does what chance says, and rather what nobody has brought about yet in this run."""

    def __init__(
        self,
        station: Station,
        hall: Hall,
        rival: Rival,
        history: History,
        agenda: Agenda,
        *,
        seed: int,
        pause_s: float,
        weights: Mapping[str, int],
    ) -> None:
        self.station, self._hall, self._rival = station, hall, rival
        self._history, self._agenda, self._pause_s = history, agenda, pause_s
        self._chance, self._weights = random.Random(seed), weights
        # As far as is known here; what an answer was lost of may be elsewhere, and a wrong guess is refused.
        self._at: dict[str, str] = {}
        self._for_good: list[str] = []  # closed, and never reopened: the rival's
        self.made = 0
        self.crashes: list[Anomaly] = []

    def work(self, ended: threading.Event) -> None:
        """Do something, and again, until told to end."""
        while not ended.is_set():
            self.one()
            ended.wait(self._pause_s * self._chance.uniform(0.5, 1.0))

    def one(self) -> None:
        """One operation, or what it takes to have a station again."""
        if not self.ready():
            return
        op = self._choose()
        if op in _WITHOUT_CASE:
            getattr(self, f"_{op}")()
            return
        wanted = self._cases_for(op)
        if self._chance.random() < 0.1:
            wanted = list(self._at)  # out of turn, to be refused
        if wanted:
            self._step(op, self._chance.choice(wanted[-10:]))

    def _choose(self) -> str:
        """Return what to do: in every other turn something that no station has brought about yet and that can be done here."""
        lacking = [op for op in self._agenda.lacking() if op in self._weights and self._can(op)]
        if lacking and self._chance.random() < 0.5:
            return self._chance.choice(lacking)
        return self._chance.choices(tuple(self._weights), tuple(self._weights.values()))[0]

    def _can(self, op: str) -> bool:
        if op == "contend":
            return bool(self._for_good)
        if op == "purge":
            return any(at in _OVER for at in self._at.values())
        return op == "file" or bool(self._cases_for(op))

    def _cases_for(self, op: str) -> list[str]:
        wanted = [case for case, at in self._at.items() if at in _FROM[op]]
        return [case for case in wanted if case not in self._for_good] if op == "reopen" else wanted

    def _step(self, op: str, case: str) -> None:
        said: Said = {"case": case}
        if op == "close":
            said["kind"] = self._chance.choice(("refuse", "void"))
        if op == "amend":
            said["phone"] = f"1990{self._chance.randrange(10**7):07d}"
        if op == "reopen" and case in self._for_good:
            return
        done = self.call(op, said)
        if done is None:
            return
        self._agenda.saw(op)
        self._at[case] = done.get("status", self._at[case])
        if op == "withdraw" or (op == "close" and self._chance.random() < 0.5):
            self._for_good.append(case)

    def _file(self) -> None:
        scan = self._chance.randrange(10**9) if self._chance.random() < 0.35 else 0
        filled = self.call("fill", {"person": self._chance.randrange(20), "scan": scan})
        if filled is None:
            return
        received = self.call("receive", {"case": filled["case"]})
        if received is None:
            return
        self._agenda.saw("file")
        if filled["scans"]:
            self._agenda.saw(SCAN)
        self._at[received["case"]] = "received"

    def _purge(self) -> None:
        try:
            heard = self.station.ask("epoch", {}).get("ok", {}).get("epoch", "")
        except Lost:
            return
        if not self._hall.may_purge(self.station.name, heard):
            return
        try:
            done = self.call("purge", {})
        finally:
            self._hall.purged(self.station.name)
        for case in (done or {}).get("cases", ()):
            self._agenda.saw("purge")
            self._at.pop(case, None)

    def _contend(self) -> None:
        """The rival accepts what is closed; only the hall keeps it from that."""
        if not self._for_good:
            return
        case = self._chance.choice(self._for_good)
        name = f"{self.station.name}-rival"
        call = self._history.invoke(name, "contend", {"case": case})
        self.made += 1
        said = self._rival.accept(case)
        if said == "applied" or said.startswith("conflict"):
            self._agenda.saw("contend")  # the hall has judged it; whether rightly, the checker says
        phase: Phase = "ok" if said == "applied" else "fail"
        self._history.end(call, name, "contend", phase, {"case": case, "code": said})

    def ready(self) -> bool:
        """Start the station when it does not run; False when it did not come up."""
        station = self.station
        if station.alive:
            return True
        if station.died:
            self.crashes.append(Anomaly("crash", f"{station.name} ended by itself: {station.last_words()}"))
        call = self._history.invoke(station.name, "start", {})
        try:
            answer = station.start()
        except Lost:
            self._history.end(call, station.name, "start", "unknown", {})
            return False
        if "fail" in answer:
            self._history.end(call, station.name, "start", "fail", {"code": answer["fail"]})
            return False
        self._history.end(call, station.name, "start", "ok", answer["ok"])
        return True

    def call(self, op: str, said: Said) -> Said | None:
        """Make one call and note it; what it returned, None when it failed or nobody knows."""
        call = self._history.invoke(self.station.name, op, said)
        self.made += 1
        try:
            answer = self.station.ask(op, said)
        except Lost as lost:
            self._history.end(call, self.station.name, op, "unknown", said)
            if isinstance(lost, Hung):
                self._history.info(self.station.name, "hung", {"op": op})
                self.crashes.append(Anomaly("hang", f"{self.station.name}: no answer to {op}"))
                self.station.kill()
            return None
        if "fail" in answer:
            self._history.end(call, self.station.name, op, "fail", {**said, "code": answer["fail"]})
            return None
        done: Said = answer["ok"]
        self._history.end(call, self.station.name, op, "ok", {**said, **done})
        return done
