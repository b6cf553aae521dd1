"""代办: who acts for an applicant who is not there, and what the power of attorney lets them do (domain.md 1.2, 2 POA)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Power(StrEnum):
    """What an applicant may leave to an agent."""

    SUBMIT = "submit"  # 代为申请
    CORRECT = "correct"  # 代为补正
    SIGN = "sign"  # 代为签收文书
    COLLECT = "collect"  # 代领结果


@dataclass(frozen=True, slots=True)
class Agent:
    """The second person. `id_type` is GA/T 2000.156; `relation` is a code of the catalogue's list agent_relation."""

    name: str
    id_type: str
    id_no: str
    phone: str
    relation: str


@dataclass(frozen=True, slots=True)
class Agency:
    """A power of attorney that somebody at a counter has seen signed: for which items, what, from when until when.

    `sheet` is the serial of the printed 授权委托书, "" for one that the principal wrote. `until` is the last day.
    """

    agent: Agent
    items: tuple[str, ...]
    powers: tuple[Power, ...]
    since: date
    until: date
    sheet: str
    seen_by: str  # login
    seen_at: datetime


def empowered(agency: Agency, power: Power, day: date, item: str = "") -> bool:
    """Say whether the agent may do this on a day, for one item or, with "", for any that the power names."""
    named = not item or item in agency.items
    return named and power in agency.powers and agency.since <= day <= agency.until
