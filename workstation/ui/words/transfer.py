"""The words for what does not go by itself: steps, why the hall does not take one, what to do, limits, uploads."""

from __future__ import annotations

from collections.abc import Mapping

from wire.messages import EventKind, MaterialHow
from workstation.domain.case import CaseStatus
from workstation.domain.needs_fixing import Act, Advice
from workstation.domain.staleness import Cause, Stage, Staleness
from workstation.domain.uploads import UploadState
from workstation.ui.language import QT_TRANSLATE_NOOP, translate
from workstation.ui.words.cases import status
from workstation.ui.words.lists import sentences
from workstation.ui.words.talk import material_how


def step(kind: EventKind) -> str:
    """Name a step."""
    return translate("Step", _STEPS[kind])


def whose(kind: EventKind, receipt_no: str) -> str:
    """Say which case a step is of. What a citizen said of a visit leads to no case."""
    if kind is EventKind.EVALUATION_GIVEN:
        return translate("Step", "不记名")
    if kind is EventKind.SLIP_SETTLED:
        return translate("Step", "单据")
    return receipt_no or translate("Step", "未收件")


def trouble(code: str) -> str:
    """Say why a step did not go; a code that a newer hall tells keeps its letters. "" for none."""
    if not code:
        return ""
    if code in _TROUBLES:
        return translate("StepTrouble", _TROUBLES[code])
    return translate("StepTrouble", "大厅答复 {0}").format(code)


def advice(kind: Advice) -> str:
    """Say what to do about a step that needs a person."""
    return translate("Advice", _ADVICE[kind])


def act(code: Act) -> str:
    """Name a button."""
    return translate("Act", _ACTS[code])


def act_detail(code: Act) -> str:
    """Say what a button does, before it is pressed."""
    return translate("ActDetail", _ACT_DETAILS[code])


def standing(state: str) -> str:
    """Say where a case is, by the hall's word or ours."""
    if not state:
        return translate("StandingState", "没有这个办件")
    if state == "concluded":
        return status(CaseStatus.DECIDED)
    return status(CaseStatus(state)) if state in set(CaseStatus) else state


def differs(name: str, called: str = "") -> str:
    """Name what the two sides say otherwise; `called` is the catalogue's name of the paper, item or datum."""
    kind, _, which = name.partition(".")
    said = translate("Differs", _DIFFERS[kind]) if kind in _DIFFERS else kind
    named = called or which
    return translate("Differs", "{0}（{1}）").format(said, named) if named else said


def value(name: str, said: str) -> str:
    """Say what one side has; a state in words."""
    if not said:
        return translate("Differs", "没有")
    if name.startswith("material.") and said in set(MaterialHow):
        return material_how(MaterialHow(said))
    return standing(said) if name == "state" else said


def stage(of: Staleness) -> str:
    """Say in a few characters that the station has been alone for long; "" while it has not."""
    if of.stage is Stage.FRESH:
        return ""
    return translate("Stage", _STAGES[of.stage]).format(measured(of.cause, of.measured))


def stage_short(code: Stage) -> str:
    """Say it in the few characters that the strip has."""
    return translate("StageShort", _STAGES_SHORT[code])


def stage_detail(of: Staleness) -> str:
    """Say what that means for the work now and what to do."""
    said = [translate("StageDetail", _STAGE_DETAILS[of.stage])]
    if of.next_at:
        said.append(translate("StageDetail", "到 {0}会进一步限制。").format(amount(of.cause, of.next_at)))
    return sentences(said)


def measured(cause: Cause, number: float) -> str:
    """Say how much of it there is."""
    return translate("Cause", _CAUSES[cause]).format(amount(cause, number))


def amount(cause: Cause, number: float) -> str:
    """Say a number of hours, days or steps."""
    if cause is Cause.PENDING:
        return translate("Cause", "{0} 条").format(round(number))
    if number >= 48:
        return translate("Cause", "{0} 天").format(int(number // 24))
    return translate("Cause", "{0} 小时").format(int(number))


def upload(state: UploadState) -> str:
    """Say where a scan is on its way."""
    return translate("Upload", _UPLOADS[state])


def upload_trouble(code: str) -> str:
    """Say why the hall does not take a scan."""
    if code in _UPLOAD_TROUBLES:
        return translate("UploadTrouble", _UPLOAD_TROUBLES[code])
    return trouble(code)


def size(count: int) -> str:
    """Write a size as people do: 8.5 MB, 300 KB."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} KB"


def link_trouble(code: str) -> str:
    """Say why the hall refuses; "" where the state of the link says it all."""
    return translate("LinkTrouble", _LINK_TROUBLES[code]) if code in _LINK_TROUBLES else ""


# fmt: off
_STEPS: Mapping[EventKind, str] = {
    EventKind.CASE_RECEIVED: QT_TRANSLATE_NOOP("Step", "收件"),
    EventKind.CASE_ACCEPTED: QT_TRANSLATE_NOOP("Step", "受理"),
    EventKind.SLIP_PRINTED: QT_TRANSLATE_NOOP("Step", "打印登记"),
    EventKind.RESULT_COLLECTED: QT_TRANSLATE_NOOP("Step", "领取登记"),
    EventKind.VERIFICATION_DISPUTED: QT_TRANSLATE_NOOP("Step", "异议"),
    EventKind.PAPERS_CHANGED: QT_TRANSLATE_NOOP("Step", "材料变动"),
    EventKind.CASE_NOT_ACCEPTED: QT_TRANSLATE_NOOP("Step", "不予受理"),
    EventKind.CASE_VOIDED: QT_TRANSLATE_NOOP("Step", "作废"),
    EventKind.CASE_REOPENED: QT_TRANSLATE_NOOP("Step", "恢复办理"),
    EventKind.CORRECTION_ASKED: QT_TRANSLATE_NOOP("Step", "补正告知"),
    EventKind.CORRECTION_ANSWERED: QT_TRANSLATE_NOOP("Step", "收到补正"),
    EventKind.CASE_RETURNED: QT_TRANSLATE_NOOP("Step", "退件"),
    EventKind.CASE_WITHDRAWN: QT_TRANSLATE_NOOP("Step", "撤回"),
    EventKind.RECEIPT_AMENDED: QT_TRANSLATE_NOOP("Step", "更正收件"),
    EventKind.CASE_FORWARDED: QT_TRANSLATE_NOOP("Step", "转送受理单位"),
    EventKind.PAPERS_TAKEN: QT_TRANSLATE_NOOP("Step", "接收材料"),
    EventKind.DELIVERY_ORDERED: QT_TRANSLATE_NOOP("Step", "安排寄送或入柜"),
    EventKind.DELIVERY_RECALLED: QT_TRANSLATE_NOOP("Step", "召回结果"),
    EventKind.EVALUATION_GIVEN: QT_TRANSLATE_NOOP("Step", "评价（密封）"),
    EventKind.SLIP_VOIDED: QT_TRANSLATE_NOOP("Step", "单据作废"),
    EventKind.SLIP_SETTLED: QT_TRANSLATE_NOOP("Step", "出纸登记"),
}

_TROUBLES: Mapping[str, str] = {
    "rule_unmet": QT_TRANSLATE_NOOP("StepTrouble", "有核验没有通过，对应的材料也不齐"),
    "person_needed": QT_TRANSLATE_NOOP("StepTrouble", "材料要有人看过原件才能改"),
    "tolerance_missing": QT_TRANSLATE_NOOP("StepTrouble", "容缺的材料没有会签"),
    "tolerance_past": QT_TRANSLATE_NOOP("StepTrouble", "容缺的补交期限已过"),
    "tolerance_too_long": QT_TRANSLATE_NOOP("StepTrouble", "容缺的期限超过了承诺日期"),
    "words": QT_TRANSLATE_NOOP("StepTrouble", "说明太长或没有写"),
    "no_items": QT_TRANSLATE_NOOP("StepTrouble", "办件里没有事项"),
    "case_known": QT_TRANSLATE_NOOP("StepTrouble", "大厅已有同号的办件"),
    "taken": QT_TRANSLATE_NOOP("StepTrouble", "大厅已有同号的单子"),
    "case_unknown": QT_TRANSLATE_NOOP("StepTrouble", "大厅没有这个办件"),
    "other_station": QT_TRANSLATE_NOOP("StepTrouble", "办件属于别的工位"),
    "accepted_already": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边已经受理过了"),
    "closed": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边已不予受理或作废"),
    "not_accepted": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边还没有受理"),
    "not_correcting": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边不在等补正"),
    "correcting": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边还在等补正"),
    "decided_already": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边这个事项已有结果"),
    "limit_running": QT_TRANSLATE_NOOP("StepTrouble", "大厅算的补正期限还没有满"),
    "version": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边已有另一次更正"),
    "correction_limit": QT_TRANSLATE_NOOP("StepTrouble", "补正期限不合规定"),
    "not_decided": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边还没有办结"),
    "not_closed": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边没有关闭，不用恢复"),
    "not_received": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边已不在收件状态"),
    "forwarded": QT_TRANSLATE_NOOP("StepTrouble", "办件已转送，由受理单位办这一步"),
    "office_unknown": QT_TRANSLATE_NOOP("StepTrouble", "大厅不认识要转送去的单位"),
    "not_forwarded": QT_TRANSLATE_NOOP("StepTrouble", "大厅没有把这件转给本单位"),
    "papers_taken": QT_TRANSLATE_NOOP("StepTrouble", "材料已经接收过"),
    "papers_not_taken": QT_TRANSLATE_NOOP("StepTrouble", "材料还没有接收，不能受理"),
    "collected": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边结果已经交付过"),
    "order_open": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边结果还在寄送或柜子里"),
    "order_over": QT_TRANSLATE_NOOP("StepTrouble", "寄送或入柜单已经结束"),
    "receiver": QT_TRANSLATE_NOOP("StepTrouble", "领取人不是申请人，也没有代领的委托"),
    "not_open": QT_TRANSLATE_NOOP("StepTrouble", "大厅那边已经办结"),
    "dispute_known": QT_TRANSLATE_NOOP("StepTrouble", "大厅已有这份异议"),
    "lookup_unknown": QT_TRANSLATE_NOOP("StepTrouble", "大厅没有做过这次核验"),
    "actor": QT_TRANSLATE_NOOP("StepTrouble", "大厅名单里当时没有这个经办人"),
    "role": QT_TRANSLATE_NOOP("StepTrouble", "经办人当时没有办这一步的权限"),
    "station_level": QT_TRANSLATE_NOOP("StepTrouble", "社区工位只能收件，不能办这一步"),
    "same_person": QT_TRANSLATE_NOOP("StepTrouble", "提请和会签是同一个人"),
    "approval_credential": QT_TRANSLATE_NOOP("StepTrouble", "会签人的凭证大厅不认"),
    "approval_hash": QT_TRANSLATE_NOOP("StepTrouble", "会签内容和指纹对不上"),
    "approval_other": QT_TRANSLATE_NOOP("StepTrouble", "会签的不是这一件"),
    "approval_used": QT_TRANSLATE_NOOP("StepTrouble", "这份会签已经用过"),
    "id_reused": QT_TRANSLATE_NOOP("StepTrouble", "同一编号报过别的内容"),
    "seq_reused": QT_TRANSLATE_NOOP("StepTrouble", "同一序号报过别的内容：本机可能是拷贝，或恢复了旧备份"),
    "chain_broken": QT_TRANSLATE_NOOP("StepTrouble", "和前一条接不上"),
    "malformed": QT_TRANSLATE_NOOP("StepTrouble", "大厅读不懂这一条"),
    "evaluation_known": QT_TRANSLATE_NOOP("StepTrouble", "大厅已有这次办事的评价"),
    "evaluation_clerk": QT_TRANSLATE_NOOP("StepTrouble", "大厅的名单里当时没有被评价的账号"),
    "evaluation_sealed": QT_TRANSLATE_NOOP("StepTrouble", "大厅打不开这份密封的评价"),
    "hash": QT_TRANSLATE_NOOP("StepTrouble", "内容和指纹对不上"),
    "algorithm": QT_TRANSLATE_NOOP("StepTrouble", "算法和大厅约定的不一样"),
    "kind_unknown": QT_TRANSLATE_NOOP("StepTrouble", "大厅的版本还不认这种步骤"),
    "hall_broke": QT_TRANSLATE_NOOP("StepTrouble", "大厅处理这一条时出错"),
    "conflict": QT_TRANSLATE_NOOP("StepTrouble", "和大厅的记录冲突"),
    "rejected": QT_TRANSLATE_NOOP("StepTrouble", "大厅不收"),
    "too_large": QT_TRANSLATE_NOOP("StepTrouble", "这一条超过了大厅的大小上限"),
    # told of what still goes by itself
    "gap": QT_TRANSLATE_NOOP("StepTrouble", "前面的还没有到大厅"),
    "hall_answer_untrusted": QT_TRANSLATE_NOOP("StepTrouble", "大厅的回执没有通过验签"),
}

_ADVICE: Mapping[Advice, str] = {
    Advice.PAPERS: QT_TRANSLATE_NOOP("Advice", "采用大厅结果，办件回到这一步之前；补齐材料后再办一次。大厅后来改了，也可以直接重发。"),
    Advice.HALL_DECIDED: QT_TRANSLATE_NOOP("Advice", "办件以大厅为准。核对下面两边的记录，采用大厅结果；觉得大厅不对就联系大厅管理员。"),
    Advice.STAFF: QT_TRANSLATE_NOOP("Advice", "把事件编号告诉大厅管理员，改好人员名单后重发。"),
    Advice.TWO_PERSONS: QT_TRANSLATE_NOOP("Advice", "采用大厅结果，再重新提请，由另一个人会签。"),
    Advice.IDENTITY: QT_TRANSLATE_NOOP("Advice", "先不要在本机收新件。向大厅管理员要登记码，重新登记后自动重发。"),
    Advice.PROGRAM: QT_TRANSLATE_NOOP("Advice", "把事件编号告诉大厅管理员；大厅升级或修好后重发。"),
    Advice.SIZE: QT_TRANSLATE_NOOP("Advice", "把事件编号告诉大厅管理员，放宽上限后重发；或采用大厅结果，减少内容再办。"),
}

_ACTS: Mapping[Act, str] = {
    Act.RETRY: QT_TRANSLATE_NOOP("Act", "重发这一条"),
    Act.OPEN_CASE: QT_TRANSLATE_NOOP("Act", "打开办件"),
    Act.TAKE_HALLS_WORD: QT_TRANSLATE_NOOP("Act", "采用大厅结果"),
    Act.ASK_HALL: QT_TRANSLATE_NOOP("Act", "复制事件编号"),
    Act.RE_ENROL: QT_TRANSLATE_NOOP("Act", "怎样重新登记"),
}

_ACT_DETAILS: Mapping[Act, str] = {
    Act.RETRY: QT_TRANSLATE_NOOP("ActDetail", "原样再报一次，留痕。"),
    Act.OPEN_CASE: QT_TRANSLATE_NOOP("ActDetail", "到“办件”里看这一件。"),
    Act.TAKE_HALLS_WORD: QT_TRANSLATE_NOOP("ActDetail", "这个办件没报上去的步骤都搁下，不删除，留痕；办件改成大厅记录的样子。再按一次确认。"),
    Act.ASK_HALL: QT_TRANSLATE_NOOP("ActDetail", "已复制。打电话给大厅管理员时报这个编号，不用报姓名。"),
    Act.RE_ENROL: QT_TRANSLATE_NOOP("ActDetail", "打开“工位”页的“重新登记”：输入大厅管理员给的新登记码，没报的步骤登记后自动重发。"),
}

_DIFFERS: Mapping[str, str] = {
    "state": QT_TRANSLATE_NOOP("Differs", "状态"),
    "receipt_no": QT_TRANSLATE_NOOP("Differs", "收件号"),
    "accepted_at": QT_TRANSLATE_NOOP("Differs", "受理时间"),
    "approver": QT_TRANSLATE_NOOP("Differs", "会签人"),
    "material": QT_TRANSLATE_NOOP("Differs", "材料"),
    "answer": QT_TRANSLATE_NOOP("Differs", "填写内容"),
    "item": QT_TRANSLATE_NOOP("Differs", "事项"),
}

_STAGES: Mapping[Stage, str] = {
    Stage.WARNED: QT_TRANSLATE_NOOP("Stage", "{0}，快到上限"),
    Stage.HIGH_RISK: QT_TRANSLATE_NOOP("Stage", "{0}，重点事项暂停受理"),
    Stage.RESTRICTED: QT_TRANSLATE_NOOP("Stage", "{0}，暂停受理"),
}

_STAGES_SHORT: Mapping[Stage, str] = {
    Stage.WARNED: QT_TRANSLATE_NOOP("StageShort", "快到离线上限"),
    Stage.HIGH_RISK: QT_TRANSLATE_NOOP("StageShort", "重点事项暂停受理"),
    Stage.RESTRICTED: QT_TRANSLATE_NOOP("StageShort", "暂停受理"),
}

_STAGE_DETAILS: Mapping[Stage, str] = {
    Stage.FRESH: QT_TRANSLATE_NOOP("StageDetail", "收件、受理都可以办。"),
    Stage.WARNED: QT_TRANSLATE_NOOP("StageDetail", "还没有限制。检查网络；连不上就在“传输”里导出到 U 盘，送大厅导入。"),
    Stage.HIGH_RISK: QT_TRANSLATE_NOOP("StageDetail", "重点事项只能临时收件，不能受理和会签，其他事项照常。连上大厅，或用 U 盘送大厅导入后恢复。"),
    Stage.RESTRICTED: QT_TRANSLATE_NOOP("StageDetail", "各事项只能临时收件，不能受理和会签。连上大厅，或用 U 盘送大厅导入后恢复。"),
}

_CAUSES: Mapping[Cause, str] = {
    Cause.NONE: QT_TRANSLATE_NOOP("Cause", "{0}"),
    Cause.SILENT: QT_TRANSLATE_NOOP("Cause", "{0}没有联系大厅"),
    Cause.PENDING: QT_TRANSLATE_NOOP("Cause", "待传 {0}"),
    Cause.OLDEST: QT_TRANSLATE_NOOP("Cause", "最早一条待传 {0}"),
}

_UPLOADS: Mapping[UploadState, str] = {
    UploadState.WAITING: QT_TRANSLATE_NOOP("Upload", "排队"),
    UploadState.SENDING: QT_TRANSLATE_NOOP("Upload", "上传中"),
    UploadState.PAUSED: QT_TRANSLATE_NOOP("Upload", "已暂停"),
    UploadState.METERED: QT_TRANSLATE_NOOP("Upload", "按流量计费，等换网络"),
    UploadState.REFUSED: QT_TRANSLATE_NOOP("Upload", "大厅不收"),
    UploadState.LOST: QT_TRANSLATE_NOOP("Upload", "文件已损坏，重新扫描"),
}

_UPLOAD_TROUBLES: Mapping[str, str] = {
    "too_large": QT_TRANSLATE_NOOP("UploadTrouble", "超过大小上限，分开或调低清晰度重扫"),
    "media": QT_TRANSLATE_NOOP("UploadTrouble", "不是大厅收的格式，重扫成图片或 PDF"),
    "malformed": QT_TRANSLATE_NOOP("UploadTrouble", "大厅读不懂，告诉大厅管理员"),
    "hash": QT_TRANSLATE_NOOP("UploadTrouble", "传到的和本机的不一样，按 F9 重传"),
    "size": QT_TRANSLATE_NOOP("UploadTrouble", "传到的长度不对，按 F9 重传"),
    "length": QT_TRANSLATE_NOOP("UploadTrouble", "传到的长度不对，按 F9 重传"),
}

_LINK_TROUBLES: Mapping[str, str] = {
    "device_revoked": QT_TRANSLATE_NOOP("LinkTrouble", "工位已停用"),
    "skewed": QT_TRANSLATE_NOOP("LinkTrouble", "本机时间不准"),
    "clock_skewed": QT_TRANSLATE_NOOP("LinkTrouble", "本机时间不准"),
    "epoch_changed": QT_TRANSLATE_NOOP("LinkTrouble", "大厅换过数据库"),
    "hall_answer_untrusted": QT_TRANSLATE_NOOP("LinkTrouble", "大厅的签名不对"),
    "signature": QT_TRANSLATE_NOOP("LinkTrouble", "大厅不认本机签名"),
    "device_unknown": QT_TRANSLATE_NOOP("LinkTrouble", "大厅不认识本机"),
    "bug": QT_TRANSLATE_NOOP("LinkTrouble", "程序出错，告诉运维"),
}
# fmt: on
