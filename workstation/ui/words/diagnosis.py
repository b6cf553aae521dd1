"""The words of a diagnosis of the card readers."""

from __future__ import annotations

from workstation.domain.diagnosis import Diagnosis, ReaderDay
from workstation.domain.failures import Failure
from workstation.services.ports import CardPresence
from workstation.ui.language import translate
from workstation.ui.words.failures import failure, remedy
from workstation.ui.words.station import presence

_FINE = ("", "ok")
_A_TENTH_MS = 100  # below it tenths of a second would say 0.0


def reads_of(day: ReaderDay) -> str:
    """Sum up one reader's day."""
    said = translate("Diagnosis", "今天读 {0} 次，读成 {1} 次（{2}）").format(
        day.reads, day.done, f"{day.success_rate:.0%}"
    )
    if day.mean_ms is not None:
        quick = day.mean_ms < _A_TENTH_MS
        words = (
            translate("Diagnosis", "，平均 {0} 毫秒") if quick else translate("Diagnosis", "，平均 {0} 秒")
        )
        said += words.format(f"{day.mean_ms:.0f}" if quick else f"{day.mean_ms / 1000:.1f}")
    times = translate("Diagnosis", "{0}（{1} 次）")
    reasons = [times.format(failure(code).rstrip("。."), count) for code, count in day.refused[:3]]
    return "\n".join((said, *reasons))


def facts_of(found: Diagnosis) -> list[tuple[str, str]]:
    """List what was found, label and value."""
    fine = translate("Diagnosis", "正常")
    facts = [
        (
            translate("Diagnosis", "读卡服务"),
            fine if found.service in _FINE else failure(Failure(found.service)),
        ),
        (translate("Diagnosis", "会话"), _session(found.session)),
    ]
    for reader in found.readers:
        sees = presence(CardPresence(reader.presence))
        driver = reader.driver or translate("Diagnosis", "驱动未知")
        facts.append((translate("Diagnosis", "读卡器"), f"{reader.name}\n{driver} · {sees}"))
        if reader.atr:
            facts.append((translate("Diagnosis", "复位信息"), reader.atr))
    facts.append((translate("Diagnosis", "试读一次"), _read(found)))
    slowest = sorted(found.steps, key=lambda step: step.ms, reverse=True)[:3]
    if slowest:
        steps = "\n".join(f"{step.name}  {step.ms:.1f} ms" for step in slowest)
        facts.append((translate("Diagnosis", "最慢三步"), steps))
    return facts


def remedy_of(found: Diagnosis) -> str:
    """Say what to do about the first thing that is wrong, "" when nothing is."""
    if found.service not in _FINE:
        return remedy(Failure(found.service))
    if not found.readers:
        return remedy(Failure.READER_MISSING)
    if any(reader.presence == CardPresence.MUTE.value for reader in found.readers):
        return remedy(Failure.CARD_MUTE)
    return remedy(Failure(found.read), dict(found.read_details)) if found.read not in _FINE else ""


def _session(code: str) -> str:
    if code == "remote":
        return translate("Diagnosis", "远程桌面：读到的是远端机器的读卡器")
    return translate("Diagnosis", "本机（{0}）").format(code)


def _read(found: Diagnosis) -> str:
    if found.read_ms is not None:
        return translate("Diagnosis", "读成，{0} 毫秒").format(f"{found.read_ms:.0f}")
    if found.read:
        return failure(Failure(found.read), dict(found.read_details))
    return translate("Diagnosis", "没有卡，没试")
