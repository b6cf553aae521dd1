"""The words for people and their cards."""

from __future__ import annotations

from collections.abc import Mapping

from wire.messages import Role
from workstation.domain.identity import CardStatus, CardWarning, DocumentKind
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


def role(code: Role) -> str:
    """Name a role."""
    return translate("Role", _ROLES[code])


def card_status(code: CardStatus) -> str:
    """Say whether a card is in date."""
    return translate("CardStatus", _STATUSES[code])


def card_warning(code: CardWarning) -> str:
    """Say what is odd about a card; the card is taken all the same."""
    return translate("CardWarning", _WARNINGS[code])


def document(code: DocumentKind) -> str:
    """Name what a person showed instead of a social security card."""
    return translate("Document", _DOCUMENTS[code])


_ROLES: Mapping[Role, str] = {
    Role.CLERK: QT_TRANSLATE_NOOP("Role", "窗口人员"),
    Role.AGENT: QT_TRANSLATE_NOOP("Role", "社区代办员"),
    Role.SUPERVISOR: QT_TRANSLATE_NOOP("Role", "主管"),
    Role.AUDITOR: QT_TRANSLATE_NOOP("Role", "审计人员"),
    Role.AUTHOR: QT_TRANSLATE_NOOP("Role", "事项编制人员"),
    Role.ADMIN: QT_TRANSLATE_NOOP("Role", "工位管理员"),
}

_STATUSES: Mapping[CardStatus, str] = {
    CardStatus.IN_DATE: QT_TRANSLATE_NOOP("CardStatus", "在有效期"),
    CardStatus.EXPIRED: QT_TRANSLATE_NOOP("CardStatus", "已过期"),
    CardStatus.NO_DATE: QT_TRANSLATE_NOOP("CardStatus", "卡上没有有效期"),
}

_DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.IDENTITY_CARD: QT_TRANSLATE_NOOP("Document", "居民身份证"),
    DocumentKind.HMT_PERMIT: QT_TRANSLATE_NOOP("Document", "港澳台居民居住证"),
    DocumentKind.FOREIGNER_CARD: QT_TRANSLATE_NOOP("Document", "外国人永久居留身份证"),
    DocumentKind.ELECTRONIC_CARD: QT_TRANSLATE_NOOP("Document", "电子社保卡"),
    DocumentKind.TYPED: QT_TRANSLATE_NOOP("Document", "手工录入"),
}

_WARNINGS: Mapping[CardWarning, str] = {
    CardWarning.NUMBER_CHECK: QT_TRANSLATE_NOOP("CardWarning", "卡号校验位不符，核对卡面"),
    CardWarning.REGION_MISMATCH: QT_TRANSLATE_NOOP("CardWarning", "卡内两处发卡地区不同，核对卡面"),
    CardWarning.SERIAL_MISMATCH: QT_TRANSLATE_NOOP("CardWarning", "卡内两处序列号不同，核对卡面"),
    CardWarning.ID_CHECK: QT_TRANSLATE_NOOP("CardWarning", "卡内身份号码校验位不符，看身份证原件"),
    CardWarning.DATE_UNREADABLE: QT_TRANSLATE_NOOP("CardWarning", "卡内日期读不懂，核对卡面"),
    CardWarning.NAME_CHARACTERS: QT_TRANSLATE_NOOP("CardWarning", "姓名有字读不出来，照原件核对姓名"),
    CardWarning.KEYS_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "CardWarning", "密钥用不了，没有认证卡片真伪，看身份证原件"
    ),
}
