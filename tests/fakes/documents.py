"""Everyday variables of every document kind, of synthetic people; the shapes are those of resources/documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from catalogue.model import Text
from workstation.domain.slip import Row, SlipKind, Variables

_AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
_SAID = datetime(2026, 11, 23, 1, 25, tzinfo=UTC)
# The shape of an e-licence number (domain.md 3.4); type and issuer are invented.
_LICENCE = "1.2.156.3005.2.11000000000000000SIM1.11440100SIMULATED0.2026112300000"
_POLICE, _INSURANCE, _SOCIAL = (
    Text("公安部门", "Public security"),
    Text("医保部门", "Medical insurance"),
    Text("人社部门", "Human resources"),
)
_ITEMS: tuple[tuple[Text, Text, str], ...] = (
    (Text("出生登记", "Birth registration"), _POLICE, f"户口登记 {_LICENCE}1.001.X"),
    (
        Text("城乡居民医保参保（新生儿）", "Medical insurance (newborn)"),
        _INSURANCE,
        f"参保凭证 {_LICENCE}2.001.7",
    ),
    (
        Text("社保卡申领（新生儿）", "Social security card (newborn)"),
        _SOCIAL,
        f"社会保障卡 {_LICENCE}3.001.K",
    ),
)
NAMED: tuple[Row, ...] = tuple({"name": name, "department": department} for name, department, _ in _ITEMS)
PROMISED: tuple[Row, ...] = tuple({**row, "promised_on": date(2026, 12, 4)} for row in NAMED)
DECIDED: tuple[Row, ...] = tuple(
    {
        "name": name,
        "department": department,
        "promised_on": date(2026, 12, 4),
        "result": "granted",
        "remark": "准予办理（模拟审批）",
        "licence": licence.split(" ")[0],
        "licence_no": licence.split(" ")[1],
        "decided_on": date(2026, 11, 25),
    }
    for name, department, licence in _ITEMS
)


def _saved(paper: str, english: str, source: str, evidence: str) -> Row:
    return {
        "name": Text(paper, english),
        "how": "replaced_by_verification",
        "source": source,
        "evidence_no": evidence,
    }


MATERIALS: tuple[Row, ...] = (
    _saved("结婚证", "Marriage certificate", "广州市民政局", "EV-MZ-20261123-000017"),
    _saved("母亲户口簿", "Mother's household register", "广州市公安局", "EV-GA-20261123-000018"),
    _saved("父亲户口簿", "Father's household register", "广州市公安局", "EV-GA-20261123-000019"),
    _saved("父母申报声明", "Parents' statement", "广州市公安局", "EV-GA-20261123-000020"),
    _saved(
        "出生医学证明副页", "Birth certificate, second sheet", "广州市卫生健康委员会", "EV-WJ-20261123-000021"
    ),
    {"name": Text("母亲居民身份证", "Mother's identity card"), "how": "replaced_by_card"},
    {"name": Text("出生医学证明", "Birth certificate"), "how": "original_seen"},
    {"name": Text("新生儿照片", "Photo of the newborn"), "how": "scanned"},
)
CHECKS: tuple[Row, ...] = (
    {
        "title": Text("母亲户籍", "Mother's household"),
        "outcome": "match",
        "source": "公安部门",
        "evidence_no": "HJ20261123000017",
        "at": _SAID,
    },
    {
        "title": Text("父母婚姻登记", "Parents' marriage record"),
        "outcome": "no_record",
        "source": "民政部门",
        "evidence_no": "HY20261123000018",
        "at": _SAID,
        "no_record": Text("未查到登记记录（不等于未婚）", "no record found (which does not mean unmarried)"),
        "disputed": True,
    },
    {
        "title": Text("出生医学证明", "Birth certificate"),
        "outcome": "unavailable",
        "source": "卫生健康部门",
        "at": _SAID,
    },
)
_MISSING: tuple[Row, ...] = (
    {
        "material": Text("出生医学证明（副页）", "Birth certificate, second sheet"),
        "form": "原件 1 份",
        "until": date(2026, 12, 2),
    },
    {
        "material": Text("新生儿照片", "Photo of the newborn"),
        "form": "电子件，白底",
        "until": date(2026, 12, 2),
    },
)
_BIRTH = Text("出生登记", "Birth registration")
_BRING: tuple[Row, ...] = (
    {"material": Text("居民身份证", "Identity card"), "note": "original"},
    {"material": Text("结婚证", "Marriage certificate"), "note": "maybe"},
)

CONTENT: Mapping[SlipKind, Variables] = {
    SlipKind.RECEIPT: {"items": NAMED, "materials": MATERIALS},
    SlipKind.ACCEPTANCE: {"items": PROMISED, "materials": MATERIALS},
    SlipKind.RESULT: {"items": DECIDED, "materials": MATERIALS, "papers_saved": 6, "reasoned": False},
    SlipKind.VERIFICATION: {"checks": CHECKS},
    SlipKind.DISPUTE: {
        "checks": CHECKS,
        "statement": "本人与测试二于一九二〇年五月在越秀区登记结婚，带了结婚证原件。",
    },
    SlipKind.PROMISE: {
        "materials": ({"name": Text("亲属关系证明", "Proof of kinship"), "how": "committed"},),
        "item_names": tuple(name for name, _, _ in _ITEMS),
    },
    SlipKind.REFUSAL: {
        "items": NAMED,
        "materials": MATERIALS,
        "reason": "not_competent",
        "explanation": "房屋在外区，由所在区办理。",
        "competent_body": "测试区住房和建设局",
        "decided_at": _AT,
    },
    SlipKind.CORRECTION: {
        "filed_at": _AT,
        "asked_at": _AT,
        "gaps": (
            {
                "material": Text("出生医学证明", "Birth certificate"),
                "defect": "副页缺签发机构印章",
                "standard": "正、副页盖章齐全",
                "remedy": "到签发医院补盖后带原件来窗口",
            },
            {
                "material": Text("新生儿照片", "Photo of the newborn"),
                "defect": "背景不是白色，像素不足",
                "standard": "白底，358×441 像素以上",
                "remedy": "重新拍摄，可在窗口免费拍",
            },
        ),
        "until": date(2026, 12, 23),
        "handler": "测窗口",
        "phone": "020-00000001",
    },
    SlipKind.CORRECTED: {
        "filed_on": date(2026, 11, 20),
        "asked_on": date(2026, 11, 23),
        "corrected_on": date(2026, 11, 26),
        "gaps": (
            {"material": Text("出生医学证明", "Birth certificate"), "remedy": "已补盖印章，核对原件"},
            {"material": Text("新生儿照片", "Photo of the newborn"), "remedy": "窗口重新拍摄"},
        ),
        "items": PROMISED,
    },
    SlipKind.RETURN: {
        "reason": "not_corrected",
        "explanation": "十一月二十三日告知补正出生医学证明，期限届满没有补正，窗口已经提醒两次。",
        "decided_at": _AT,
        "told_on": date(2026, 10, 23),
        "until": date(2026, 11, 22),
        "returned": (
            {"name": Text("出生医学证明", "Birth certificate"), "originals": 1, "copies": 1},
            {"name": Text("申请表", "Application form"), "originals": 1},
        ),
    },
    SlipKind.ONE_TIME_NOTICE: {
        "item": Text("广州市老年人优待卡 首次申领", "Senior citizen's card, first issue"),
        "department": Text("民政部门", "Civil affairs"),
        "case_kind": "promised",
        "promised": Text("15 个工作日", "15 working days"),
        "legal": Text("20 个工作日", "20 working days"),
        "fee": Text("不收费", "none"),
        "person": "测试一",
        "have": (
            {
                "material": Text("居民身份证", "Identity card"),
                "note": "读社会保障卡即可，不用复印件",
            },
            {"material": Text("户口簿", "Household register"), "note": "同意核验后免交"},
        ),
        "needed": (
            {
                "material": Text("近期照片", "Recent photo"),
                "form": "电子件 1 份",
                "how": "一寸白底；可在窗口免费拍摄",
            },
            {
                "material": Text("代办人身份证", "Agent's identity card"),
                "form": "原件",
                "how": "由他人代办时才需要",
            },
        ),
        "phone": "020-00000001",
        "sms": "12345",
        "address": "广州市越秀区测试路 1 号政务服务中心二楼 01 号窗口",
        "hours": "工作日 9:00—12:00，13:30—17:30",
    },
    SlipKind.TOLERANCE: {"missing": _MISSING, "approved_by": "测主管", "approved_at": _AT},
    SlipKind.TOLERANCE_PROMISE: {"missing": _MISSING},
    SlipKind.SPECIAL_PROCEDURE: {
        "item": Text("残疾人证 申领", "Disability certificate"),
        "department": Text("残疾人联合会", "Disabled persons' federation"),
        "procedure": "appraisal",
        "order_no": "测残评〔2026〕17 号",
        "reason": "需由指定医院评定残疾类别和等级。",
        "basis": "《中华人民共和国残疾人证管理办法》",
        "approver": "测主任",
        "starts_on": date(2026, 11, 24),
        "limit": Text("20 个工作日", "20 working days"),
        "ends_on": date(2026, 12, 21),
        "old_due": date(2026, 12, 4),
        "new_due": date(2027, 1, 4),
    },
    SlipKind.EXTENSION: {
        "item": Text("居住证 申领", "Residence permit"),
        "department": _POLICE,
        "reason": "居住地址需要实地核查，承诺期限内不能完成。",
        "basis": "《中华人民共和国行政许可法》第四十二条",
        "approver": "测局长",
        "approved_on": date(2026, 12, 1),
        "days": 10,
        "old_due": date(2026, 12, 4),
        "new_due": date(2026, 12, 18),
    },
    SlipKind.TRANSFER: {
        "from_body": "测试街道政务服务中心",
        "to_body": "测试区公安分局户政窗口",
        "handed_by": "测窗口",
        "handed_at": _AT,
        "way": "courier",
        "courier_no": "SF0000000000001",
        "seal_no": "FD-000123",
        "cases": (
            {
                "receipt_no": "GZ000126112301000K7",
                "title": Text("新生儿出生一件事", "Newborn, all in one"),
                "contents": "出生医学证明、申请表",
                "pieces": 2,
            },
            {
                "receipt_no": "GZ0001261123010018C",
                "title": Text("残疾人证 申领", "Disability certificate"),
                "contents": "评定表",
                "pieces": 1,
                "discrepancy": "少 1 页",
            },
        ),
        "discrepancies": "第 2 件评定表只有第一页，第二页由申请人次日补送。",
    },
    SlipKind.DECISION: {
        "department": "测试市公安局",
        "decision_no": "测公准〔2026〕123 号",
        "item": _BIRTH,
        "decided_on": date(2026, 11, 25),
        "text": "经审查，申请符合规定条件，准予登记。",
        "basis": "《中华人民共和国户口登记条例》第七条",
        "licence": "户口登记",
        "licence_no": f"{_LICENCE}1.001.X",
    },
    SlipKind.DENIAL: {
        "department": "测试市公安局",
        "decision_no": "测公不〔2026〕4 号",
        "item": _BIRTH,
        "decided_on": date(2026, 11, 25),
        "text": "经审查，出生医学证明编号与签发机构登记不一致，不予登记。可以更正后重新申请。",
        "basis": "《中华人民共和国户口登记条例》第七条",
    },
    SlipKind.DELIVERY: {
        "contents": (
            {"name": "户口登记", "number": f"{_LICENCE}1.001.X", "pieces": 1},
            {"name": "参保凭证", "number": f"{_LICENCE}2.001.7", "pieces": 1},
        ),
        "addressee": "测试一",
        "way": "agent",
        "place": "测试街道政务服务中心 01 号窗口",
        "delivered_at": _AT,
        "receiver": "测试二",
        "receiver_id_type": "111",
        "receiver_id": "440***********001X",
        "relation": "配偶",
        "attorney_no": "GZ0001261123POA00003K",
        "reason": "本人产后休养，不便到场",
        "delivered_by": "测窗口",
    },
    SlipKind.PICKUP: {
        "pickup_code": "7K2-94Q",
        "contents": ("户口登记", "参保凭证", "社会保障卡"),
        "place": "测试街道政务服务中心一楼",
        "locker": "蜜蜂箱 03 号柜 12 格",
        "hours": "每天 24 小时",
        "last_day": date(2026, 12, 5),
        "bring": (Text("居民身份证", "identity card"),),
        "phone": "020-00000001",
    },
    SlipKind.PAYMENT: {
        "fees": (
            {
                "name": Text("居民身份证工本费", "Identity card"),
                "standard": "20 元/证",
                "basis": "发改价格〔2003〕2322 号（示例，须核对）",
                "amount": "20.00",
            },
        ),
        "total": "20.00",
        "payment_no": "JF20261123000017",
        "until": date(2026, 12, 4),
        "way": Text("扫窗口缴费码，或者到一楼收费处", "by code at the window, or at the cashier"),
        "payee": "测试市公安局",
    },
    SlipKind.POWER_OF_ATTORNEY: {
        "principal": "测试一",
        "principal_id_type": "111",
        "principal_id": "440***********002X",
        "principal_phone": "13000000001",
        "agent": "测试二",
        "agent_id_type": "111",
        "agent_id": "440***********001X",
        "agent_phone": "13000000002",
        "relation": "配偶",
        "items": (_BIRTH, Text("社保卡申领（新生儿）", "Social security card (newborn)")),
        "powers": ({"power": "submit"}, {"power": "correct"}, {"power": "collect"}),
        "valid_from": date(2026, 11, 23),
        "valid_until": date(2026, 12, 31),
    },
    SlipKind.PROXY: {
        "stage": "finished",
        "station": "测试社区公共服务站",
        "agent": "测代办",
        "agent_phone": "020-00000002",
        "stand_in": "测替补",
        "target_window": "测试街道政务服务中心 01 号窗口",
        "took_at": _AT,
        "attorney_no": "GZ0001261123POA00003K",
        "papers": (
            {"name": Text("申请表", "Application form"), "pieces": 1},
            {"name": Text("近期照片", "Recent photo"), "pieces": 2, "note": "一寸白底"},
        ),
        "progress": (
            {"at": _AT, "what": "received"},
            {"at": datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "what": "forwarded"},
        ),
        "result": "老年人优待卡已制成，送交本人签收。",
    },
    SlipKind.WHERE_TO_GO: {
        "item": Text("夫妻投靠 户口迁入", "Moving a household to the spouse's"),
        "reason": Text(
            "本事项由公安派出所办理，街道窗口不受理。", "The police station takes this, not this counter."
        ),
        "office": "测试区公安分局测试派出所户政窗口",
        "address": "广州市越秀区测试路 2 号",
        "phone": "020-00000003",
        "hours": "工作日 9:00—17:00",
        "appointment": "2026年11月25日 10:00，预约号 A017",
        "bring": _BRING,
    },
    SlipKind.TICKET: {
        "number": "A017",
        "matter": "apply",
        "windows": "01—04 号窗口",
        "ahead": 5,
    },
    SlipKind.SHIFT: {
        "since": datetime(2026, 11, 23, 0, 30, tzinfo=UTC),
        "until": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        "first": "窗口员一",
        "second": "主管二",
        "received": 42,
        "accepted": 39,
        "corrections": 2,
        "refused": 1,
        "withdrawn": 0,
        "voided": 0,
        "printed": 97,
        "open": 118,
        "drafts": 3,
        "proposed": 1,
        "unsent": 0,
        "parked": 0,
        "unaccounted": 0,
        "fingerprint": "3f9a12c477e0b1d8",
        "remark": "三份草稿等申请人明天补来材料；打印机 2 号纸盒卡纸，已报修。",
    },
}
