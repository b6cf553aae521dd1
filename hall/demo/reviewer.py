"""The automatic reviewer of the demo: follows each department's feed and grants what is dispatched."""

from __future__ import annotations

import asyncio
import logging
import ssl
from datetime import UTC, datetime

import httpx2

from hall.department_names import NAMES
from hall.licences import licence_number
from wire.codec import Malformed, decode, encode
from wire.department_feed import DepartmentPage, TaskNews
from wire.messages import Result, ResultCode

log = logging.getLogger(__name__)

WAIT_S = 20.0  # how long the hall may keep a question for news
PAUSE_S = 0.3
# E-licence type (21 characters) and issuer (18) are invented: only the shape follows the standard (domain.md 3.4).
_LICENCES = {
    "public_security": ("户口登记", "11000000000000000SIM1", "11440100SIMULATED0"),
    "medical_insurance": ("参保凭证", "11000000000000000SIM2", "11440100SIMULATED1"),
    "human_resources": ("社会保障卡", "11000000000000000SIM3", "11440100SIMULATED2"),
}


class Reviewer:
    """Follows the feeds of all departments until cancelled."""

    def __init__(self, hall: str, token: str, hall_ca: str | None = None) -> None:
        self._hall = hall
        # Of a hall without TLS nobody's certificate is asked for.
        self._believes = ssl.create_default_context(cafile=hall_ca) if hall.startswith("https:") else False
        self._token = token

    async def work(self) -> None:
        """Wait for news, decide; a hall that is away is looked for again."""
        async with (
            httpx2.AsyncClient(
                base_url=self._hall, timeout=WAIT_S + 5, trust_env=False, verify=self._believes
            ) as http,
            asyncio.TaskGroup() as group,
        ):
            for department in NAMES:
                group.create_task(self._follow(http, department))

    async def _follow(self, http: httpx2.AsyncClient, department: str) -> None:
        cursor = ""  # From the beginning after a restart: what was decided meanwhile answers 409.
        while True:
            try:
                cursor = await self._look(http, department, cursor)
            except (httpx2.HTTPError, OSError, Malformed) as error:
                log.info("hall is away: %s", type(error).__name__)
                await asyncio.sleep(PAUSE_S)

    async def _look(self, http: httpx2.AsyncClient, department: str, cursor: str) -> str:
        headers = {"Authorization": f"Bearer {self._token}-{department}"}
        asked = {"cursor": cursor, "wait": f"{WAIT_S:g}"}
        answer = await http.get(f"/v1/departments/{department}/feed", headers=headers, params=asked)
        if answer.status_code == httpx2.codes.GONE:
            return ""
        answer.raise_for_status()
        page = decode(DepartmentPage, answer.content)
        ended = {event.task for event in page.items if event.kind is TaskNews.TASK_DECIDED}
        for event in page.items:
            if event.kind is TaskNews.TASK_DISPATCHED and event.task not in ended:
                await self._decide(http, department, event.task, headers)
        return page.cursor

    async def _decide(
        self, http: httpx2.AsyncClient, department: str, task: int, headers: dict[str, str]
    ) -> None:
        address = f"/v1/departments/{department}/tasks/{task}/decide"
        decided = await http.post(address, headers=headers, content=encode(_grant(department, task)))
        # Somebody at the page may have been faster: that is no fault.
        if decided.status_code != httpx2.codes.CONFLICT:
            decided.raise_for_status()


def _grant(department: str, task: int) -> Result:
    name, number = None, None
    if department in _LICENCES:
        name, kind, issuer = _LICENCES[department]
        number = licence_number(kind, issuer, f"{datetime.now(UTC):%Y%m%d}{task:06d}")
    text = "准予办理（模拟审批）"
    who = NAMES[department]
    return Result(ResultCode.GRANTED, text, who, "演示审批员", datetime.now(UTC), name, number)
