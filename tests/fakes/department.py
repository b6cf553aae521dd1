"""A department's own system for tests: reads its feed and takes its steps at a real hall, with its token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2

from wire.codec import decode, encode
from wire.department_feed import DepartmentEvent, DepartmentPage
from wire.messages import Result, ResultCode

NOTICE = "特告〔1899〕1 号"


@dataclass(frozen=True, slots=True)
class DepartmentSystem:
    """One department at one hall; `token` is its own."""

    url: str
    name: str
    token: str

    def call(self, method: str, path: str, body: object = None) -> httpx2.Response:
        content = b"" if body is None else encode(body).encode()
        return httpx2.request(
            method,
            f"{self.url}/v1/departments/{self.name}{path}",
            content=content,
            headers={"Authorization": f"Bearer {self.token}"},
            trust_env=False,
            verify=False,
            timeout=40,
        )

    def feed(self, cursor: str = "", limit: int = 100, wait: float = 0) -> DepartmentPage:
        answer = self.call("GET", f"/feed?cursor={cursor}&limit={limit}&wait={wait:g}")
        assert answer.status_code == 200, answer.text
        return decode(DepartmentPage, answer.content)

    def told_of(self, case: str) -> list[DepartmentEvent]:
        told, cursor, more = [], "", True
        while more:
            page = self.feed(cursor)
            told += [event for event in page.items if event.case == case]
            cursor, more = page.cursor, page.more
        return told

    def task_of(self, case: str) -> dict[str, object]:
        tasks: list[dict[str, object]] = json.loads(self.call("GET", "/tasks").content)
        (found,) = [task for task in tasks if task["case"] == case]
        return found

    def step(self, method: str, path: str, body: object) -> tuple[int, str]:
        answer = self.call(method, path, body)
        return answer.status_code, json.loads(answer.content)["code"] if answer.content else ""


def granted(**changes: object) -> Result:
    said = Result(ResultCode.GRANTED, "准予办理", "公安", "r", datetime(1899, 1, 1, tzinfo=UTC))
    return said if not changes else type(said)(**{**_fields(said), **changes})  # type: ignore[arg-type]


def _fields(said: Result) -> dict[str, object]:
    return {name: getattr(said, name) for name in Result.__dataclass_fields__}
