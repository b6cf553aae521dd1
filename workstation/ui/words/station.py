"""The words for the station: the link to the hall, the reader, where the key is kept."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.services.ports import CardPresence, KeyPlace
from workstation.services.views import Link
from workstation.ui.capture import Capture
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def link(code: Link) -> str:
    """Say in a few characters whether the hall answers."""
    return translate("Link", _LINKS[code])


def link_detail(code: Link) -> str:
    """Say what the link means for the work now."""
    return translate("LinkDetail", _LINK_DETAILS[code])


def presence(code: CardPresence) -> str:
    """Say in a few characters what the reader sees."""
    return translate("CardPresence", _PRESENCES[code])


def presence_detail(code: CardPresence) -> str:
    """Say what to do about what the reader sees."""
    return translate("PresenceDetail", _PRESENCE_DETAILS[code])


def key_place(code: KeyPlace) -> str:
    """Say where the key of the store is kept."""
    return translate("KeyPlace", _KEY_PLACES[code])


def capture(code: Capture) -> str:
    """Say what the system does about pictures of the window."""
    return translate("Capture", _CAPTURES[code])


# fmt: off
_LINKS: Mapping[Link, str] = {
    Link.UNKNOWN: QT_TRANSLATE_NOOP("Link", "正在连接大厅"),
    Link.UP: QT_TRANSLATE_NOOP("Link", "大厅在线"),
    Link.DOWN: QT_TRANSLATE_NOOP("Link", "大厅离线"),
    Link.REFUSED: QT_TRANSLATE_NOOP("Link", "大厅拒收"),
}

_LINK_DETAILS: Mapping[Link, str] = {
    Link.UNKNOWN: QT_TRANSLATE_NOOP("LinkDetail", "还没有得到大厅的答复。"),
    Link.UP: QT_TRANSLATE_NOOP("LinkDetail", "收件、核验、受理都可以办。"),
    Link.DOWN: QT_TRANSLATE_NOOP("LinkDetail", "收件照常，按临时收件登记，恢复后自动上报；核验和受理等连上再办。"),
    Link.REFUSED: QT_TRANSLATE_NOOP("LinkDetail", "工位被停用，或本机时间不准。联系大厅管理员。"),
}

_PRESENCES: Mapping[CardPresence, str] = {
    CardPresence.SERVICE_DOWN: QT_TRANSLATE_NOOP("CardPresence", "读卡服务停了"),
    CardPresence.NO_READER: QT_TRANSLATE_NOOP("CardPresence", "没有读卡器"),
    CardPresence.EMPTY: QT_TRANSLATE_NOOP("CardPresence", "等待放卡"),
    CardPresence.MUTE: QT_TRANSLATE_NOOP("CardPresence", "卡没有应答"),
    CardPresence.PRESENT: QT_TRANSLATE_NOOP("CardPresence", "有卡"),
}

_PRESENCE_DETAILS: Mapping[CardPresence, str] = {
    CardPresence.SERVICE_DOWN: QT_TRANSLATE_NOOP("PresenceDetail", "服务恢复后会自动接上；一直不恢复就找运维。"),
    CardPresence.NO_READER: QT_TRANSLATE_NOOP("PresenceDetail", "检查读卡器的连线，插好后会自动接上。"),
    CardPresence.EMPTY: QT_TRANSLATE_NOOP("PresenceDetail", "放上卡会自动读。"),
    CardPresence.MUTE: QT_TRANSLATE_NOOP("PresenceDetail", "擦净芯片、换个方向再放。"),
    CardPresence.PRESENT: QT_TRANSLATE_NOOP("PresenceDetail", "读卡器上有卡。"),
}

_KEY_PLACES: Mapping[KeyPlace, str] = {
    KeyPlace.KEYRING: QT_TRANSLATE_NOOP("KeyPlace", "系统密钥环"),
    KeyPlace.PASSPHRASE: QT_TRANSLATE_NOOP("KeyPlace", "口令保护"),
}

_CAPTURES: Mapping[Capture, str] = {
    Capture.HIDDEN: QT_TRANSLATE_NOOP("Capture", "截不到本窗口"),
    Capture.NOT_POSSIBLE: QT_TRANSLATE_NOOP("Capture", "本系统挡不住，明文时留意"),
    Capture.REFUSED: QT_TRANSLATE_NOOP("Capture", "系统没有挡住，告诉运维"),
}
# fmt: on
