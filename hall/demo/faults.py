"""How a simulated register misbehaves on demand: each fault is one that a hall must meet and must not believe."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from fastapi import Response
from fastapi.responses import StreamingResponse

from hall.demo.keys import demo_key
from hall.registries import NEVER_TOLD
from wire.codec import encode
from wire.departments import RegisterAnswer, RegisterQuestion, params_digest, sign_answer

SLOW_S = 10.0
_DRIP_S = 0.2
_OWED = timedelta(hours=2)
# A register that tells all it has, under every name it could think of.
GOSSIP: Mapping[str, str] = dict.fromkeys((*NEVER_TOLD, "earlier_marriages", "note"), "不得外传")


@dataclass
class Faults:
    """The faults by register ("marriage") or service ("marriage.single"), and what some of them must remember."""

    modes: dict[str, str] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)  # questions by service, every try counted
    _last: dict[str, RegisterAnswer] = field(default_factory=dict)
    _tickets: dict[str, str] = field(default_factory=dict)  # a promise by its number: the question it is for

    def set(self, wanted: Mapping[str, str]) -> None:
        """Take an order of /control: {"register", "mode", "seconds" for delay}."""
        self.modes[wanted["register"]] = wanted["mode"]
        if wanted["mode"] == "up":
            # A service that was put up again follows its register's mode once more.
            del self.modes[wanted["register"]]
        self.delays[wanted["register"]] = float(wanted.get("seconds", SLOW_S))

    def mode(self, service: str) -> str:
        """Say how a service is now."""
        return self.modes.get(service) or self.modes.get(service.partition(".")[0], "up")

    async def line(self, service: str) -> Response | None:
        """Wait as the mode says; return what comes in place of an answer, None when one may come."""
        self.asked[service] = self.asked.get(service, 0) + 1
        mode = self.mode(service)
        if mode in {"slow", "delay"}:
            named = service if service in self.delays else service.partition(".")[0]
            await asyncio.sleep(SLOW_S if mode == "slow" else self.delays[named])
        if mode == "down" or (mode == "flaky" and self.asked[service] % 2):
            return Response(status_code=503)
        if mode == "babbling":
            return Response("<html>维护中</html>", media_type="text/html")
        if mode == "trickling":
            return StreamingResponse(_drip(), media_type="application/json")
        if mode == "flood":
            return Response(b" " * 10_000_000, media_type="application/json")
        return None

    def answer(
        self, question: RegisterQuestion, outcome: str, facts: dict[str, str], number: str
    ) -> Response:
        """Answer as the mode says, signed with the register's key unless the fault is just that."""
        mode = self.mode(question.service)
        said = RegisterAnswer(question.id, params_digest(question.params), outcome, facts, number)
        said = self._owing(mode, question, said)
        said = _lie(mode, question, said)
        key = demo_key(question.service)
        signed = said if mode == "unsigned" else sign_answer(said, key)
        if mode == "stranger":
            signed = sign_answer(said, demo_key("somebody else"))
        if mode == "tampered":
            signed = replace(signed, outcome="no_record", facts={})
        if mode == "replayed":
            signed = self._last.get(question.service, signed)
        else:
            self._last[question.service] = signed
        return Response(encode(signed), media_type="application/json")

    def _owing(self, mode: str, question: RegisterQuestion, said: RegisterAnswer) -> RegisterAnswer:
        if mode not in {"pending", "dawdling", "moment"}:
            return said
        # A ticket fetches the answer, once it is ready, for the question for which it was given.
        about = params_digest({**question.params, "case": question.case})
        if mode != "dawdling" and self._tickets.get(question.ticket) == about:
            return said
        self._tickets[said.reply_no] = about
        due = datetime.now(UTC) + (_OWED if mode == "pending" else timedelta(seconds=0.5))
        return replace(said, outcome="pending", facts={}, due=due)


def _lie(mode: str, question: RegisterQuestion, said: RegisterAnswer) -> RegisterAnswer:
    facts = dict(said.facts)
    lies: dict[str, dict[str, object]] = {
        "empty": {"outcome": "no_record", "facts": {}},
        "expired": {"outcome": "expired", "facts": {}},
        "conflict": {"outcome": "conflict", "facts": {}},
        "gossip": {"facts": {**facts, **GOSSIP}},
        "wrong_person": {"params_sha256": params_digest({**question.params, "id_no": "440100189501010020"})},
        "impossible": {"outcome": "record_found" if said.outcome == "match" else "match"},
        "invented": {"outcome": "approved"},
        "unlisted": {"facts": facts | dict.fromkeys(("level", "kind", "record_type"), "很重")},
        "contradicting": {"facts": facts | dict.fromkeys(question.params, "别人")},
        "smuggling": {"facts": {name: f"{value} 配偶某人" for name, value in facts.items()}},
        "future": {"facts": facts | {"record_date": "2999-01-01"}},
        "talkative": {"outcome": "no_record"},
        "owes_for_ever": {"outcome": "pending", "facts": {}, "due": datetime.now(UTC) + timedelta(days=400)},
        "owes_without_day": {"outcome": "pending", "facts": {}},
    }
    return replace(said, **lies.get(mode, {}))  # type: ignore[arg-type]


async def _drip() -> AsyncIterator[bytes]:
    # Each byte comes well within any limit for one read.
    while True:
        yield b" "
        await asyncio.sleep(_DRIP_S)
