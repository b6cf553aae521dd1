"""The automatic reviewer of the demo: looks at each department's queue and grants after a moment's thought."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from datetime import UTC, datetime

import httpx2

from hall.demo.seed import DEPARTMENTS
from hall.desk import NAMES
from wire.codec import encode
from wire.messages import Result, ResultCode

log = logging.getLogger(__name__)

EVERY_S = 0.3
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# E-licence type (21 characters) and issuer (18) are invented: only the shape follows the standard (domain.md 3.4).
_LICENCES = {
    "public_security": ("户口登记", "11000000000000000SIM1", "11440100SIMULATED0"),
    "medical_insurance": ("参保凭证", "11000000000000000SIM2", "11440100SIMULATED1"),
    "human_resources": ("社会保障卡", "11000000000000000SIM3", "11440100SIMULATED2"),
}


class Reviewer:
    """Works through all departments' queues until cancelled."""

    def __init__(self, hall: str, token: str, hall_ca: str | None = None) -> None:
        self._hall = hall
        self._believes = ssl.create_default_context(cafile=hall_ca)
        self._token = token

    async def work(self) -> None:
        """Look, decide, wait; a hall that is away is looked for again."""
        async with httpx2.AsyncClient(
            base_url=self._hall, timeout=5, trust_env=False, verify=self._believes
        ) as http:
            while True:
                for department in DEPARTMENTS:
                    try:
                        await self._look(http, department)
                    except httpx2.HTTPError as error:
                        log.info("hall is away: %s", type(error).__name__)
                await asyncio.sleep(EVERY_S)

    async def _look(self, http: httpx2.AsyncClient, department: str) -> None:
        headers = {"Authorization": f"Bearer {self._token}-{department}"}
        tasks = await http.get(f"/v1/departments/{department}/tasks", headers=headers)
        tasks.raise_for_status()
        for task in json.loads(tasks.content):
            address = f"/v1/departments/{department}/tasks/{task['id']}/decide"
            content = encode(_grant(department, task["id"]))
            decided = await http.post(address, headers=headers, content=content)
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


def licence_number(kind: str, issuer: str, serial: str, version: str = "001") -> str:
    """Make an e-licence number: 1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>.

    The check is ISO 7064 MOD 37,36 over the parts without dots (domain.md 3.4, [S36]).
    """
    p = 36
    for c in kind + issuer + serial + version:
        p = (p + _ALPHABET.index(c)) % 36 or 36
        p = p * 2 % 37
    return f"1.2.156.3005.2.{kind}.{issuer}.{serial}.{version}.{_ALPHABET[(37 - p) % 36]}"
