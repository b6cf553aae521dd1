"""Turns blind data into data that reaches further: ids that the hall knows in place of invented ones, in every second request."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from wire.codec import digest
from wire.messages import Enrolment

# What a request names and a hall knows: without it nearly everything ends at the first question.
_PEOPLE = {"clerk", "login", "actor", "auditor"}


@dataclass
class Knowing:
    """Puts ids of a hall into cases of schemathesis."""

    me: Enrolment
    department: str
    tasks: tuple[int, ...]
    cases: tuple[str, ...]
    _turn: int = field(default=0)

    def touch(self, case: Any) -> None:
        """Change every second case."""
        self._turn += 1
        if self._turn % 2:
            return
        place: dict[str, Any] = dict(case.path_parameters or {})
        if "department" in place:
            place["department"] = self.department
        if "task" in place and self.tasks:
            place["task"] = self.tasks[self._turn % len(self.tasks)]
        if place:
            case.path_parameters = place
        if isinstance(case.body, dict):
            case.body = self._body(case.body)

    def _body(self, body: dict[str, Any]) -> dict[str, Any]:
        known = {"device": self.me.device, "incarnation": self.me.incarnation, "epoch": self.me.epoch}
        known |= {"case": self.cases[self._turn % len(self.cases)], "department": self.department}
        known |= dict.fromkeys(_PEOPLE, "clerk")
        made: dict[str, Any] = {name: known.get(name, value) for name, value in body.items()}
        if isinstance(made.get("items"), list):
            made["items"] = [self._envelope(each) for each in made["items"]]
        return made

    def _envelope(self, item: Any) -> Any:
        if not isinstance(item, dict) or not isinstance(item.get("body"), str):
            return item
        made: dict[str, Any] = {**item, "actor": "clerk", "subject": self.cases[self._turn % len(self.cases)]}
        # A body that is JSON at least, under its true hash: it is read then, and not only weighed.
        said: str = item["body"]
        body = said if said.startswith("{") else json.dumps({"clerk": said})
        made |= {"body": body, "sha256": digest(body.encode("utf-8", "replace").decode())}
        return made
