"""What went wrong and what to do about it: two sentences for every code of the closed list."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.failures import Failure
from workstation.ui.language import QT_TRANSLATE_NOOP, translate


class _Details(dict[str, str]):
    """A detail that the refusal did not carry is left out visibly."""

    def __missing__(self, key: str) -> str:
        return "…"


def failure(code: Failure, details: Mapping[str, str] | None = None) -> str:
    """Say what went wrong; `details` fill the places in the sentence."""
    return translate("Failure", _SAID[code]).format_map(_Details(details or {}))


def remedy(code: Failure, details: Mapping[str, str] | None = None) -> str:
    """Say what the person at the counter can do now."""
    return translate("Remedy", _REMEDIES[code]).format_map(_Details(details or {}))


def failure_and_remedy(code: Failure, details: Mapping[str, str] | None = None) -> str:
    """Say both, one after the other, for places that have no second line."""
    # Chinese sentences follow each other without a space, English ones do not: a sentence of its own.
    return translate("Failure", "{0}{1}").format(failure(code, details), remedy(code, details))


# fmt: off
_SAID: Mapping[Failure, str] = {
    Failure.CARD_SERVICE_DOWN: QT_TRANSLATE_NOOP("Failure", "读卡服务没有运行。"),
    Failure.READER_MISSING: QT_TRANSLATE_NOOP("Failure", "没有找到读卡器。"),
    Failure.CARD_MISSING: QT_TRANSLATE_NOOP("Failure", "读卡器上没有卡。"),
    Failure.CARD_REMOVED: QT_TRANSLATE_NOOP("Failure", "卡在读完之前被拿走了，已录内容都在。"),
    Failure.CARD_MUTE: QT_TRANSLATE_NOOP("Failure", "卡没有应答。"),
    Failure.CARD_HUNG: QT_TRANSLATE_NOOP("Failure", "卡 {seconds} 秒没有应答，已停止读卡。"),
    Failure.CARD_FOREIGN: QT_TRANSLATE_NOOP("Failure", "这不是社会保障卡。"),
    Failure.CARD_BLOCKED: QT_TRANSLATE_NOOP("Failure", "这张卡已锁定。"),
    Failure.CARD_LOCKED_FIELDS: QT_TRANSLATE_NOOP("Failure", "这张卡的个人信息要专用密钥才能读。"),
    Failure.CARD_UNREADABLE: QT_TRANSLATE_NOOP("Failure", "卡内信息读不出来。"),
    Failure.CARD_CHANGED: QT_TRANSLATE_NOOP("Failure", "读卡过程中换了卡，这次读到的不算。"),
    Failure.CARD_OF_ANOTHER_PERSON: QT_TRANSLATE_NOOP("Failure", "读卡器里是另一个人的卡。"),
    Failure.CARD_NOT_GENUINE: QT_TRANSLATE_NOOP("Failure", "卡片认证没有通过，不能当真卡用。"),
    Failure.CARD_KEYS_UNAVAILABLE: QT_TRANSLATE_NOOP("Failure", "读卡密钥暂时用不了。"),
    Failure.CARD_PIN_WRONG: QT_TRANSLATE_NOOP("Failure", "卡密码不对，还能试 {left} 次。"),
    Failure.CARD_PIN_LAST_TRY: QT_TRANSLATE_NOOP("Failure", "卡密码只剩最后一次机会，没有试。"),
    Failure.CARD_PIN_BLOCKED: QT_TRANSLATE_NOOP("Failure", "卡密码已锁定。"),
    Failure.ID_READER_SILENT: QT_TRANSLATE_NOOP("Failure", "身份证阅读器没有应答。"),
    Failure.QR_VERIFIER_MISSING: QT_TRANSLATE_NOOP("Failure", "本工位没有配置电子社保卡核验。"),
    Failure.QR_REFUSED: QT_TRANSLATE_NOOP("Failure", "电子社保卡没有通过核验。"),
    Failure.QR_VERIFIER_DOWN: QT_TRANSLATE_NOOP("Failure", "电子社保卡平台没有应答。"),
    Failure.PERSON_NOT_VALID: QT_TRANSLATE_NOOP("Failure", "录入的姓名或号码不对。"),
    Failure.STATION_NOT_ENROLLED: QT_TRANSLATE_NOOP("Failure", "本工位还没有在大厅登记。"),
    Failure.ENROL_CODE_REFUSED: QT_TRANSLATE_NOOP("Failure", "大厅不认这个登记码。"),
    Failure.DEVICE_REVOKED: QT_TRANSLATE_NOOP("Failure", "大厅已停用本工位。"),
    Failure.STORE_KEY_WRONG: QT_TRANSLATE_NOOP("Failure", "口令不对，本机数据没有打开。"),
    Failure.STORE_NEWER: QT_TRANSLATE_NOOP("Failure", "本机数据由更新版本的程序写入，当前版本打不开。"),
    Failure.STORE_DAMAGED: QT_TRANSLATE_NOOP("Failure", "本机数据损坏，打不开。"),
    Failure.STORE_FULL: QT_TRANSLATE_NOOP("Failure", "磁盘已满，这一步没有保存。"),
    Failure.STORE_BUSY: QT_TRANSLATE_NOOP("Failure", "本机数据正被占用，这一步没有保存。"),
    Failure.PASSPHRASE_WEAK: QT_TRANSLATE_NOOP("Failure", "口令太短，至少 {least} 个字符。"),
    Failure.SIGN_IN_REFUSED: QT_TRANSLATE_NOOP("Failure", "账号或密码不对。"),
    Failure.SIGN_IN_LOCKED: QT_TRANSLATE_NOOP("Failure", "密码连续输错，账号暂时锁定。"),
    Failure.ROLE_MISSING: QT_TRANSLATE_NOOP("Failure", "当前账号没有这项权限。"),
    Failure.HALL_UNREACHABLE: QT_TRANSLATE_NOOP("Failure", "连不上大厅。"),
    Failure.HALL_BUSY: QT_TRANSLATE_NOOP("Failure", "大厅忙，没有办成。"),
    Failure.HALL_REFUSED: QT_TRANSLATE_NOOP("Failure", "大厅没有接受这次请求。"),
    Failure.HALL_ANSWER_UNTRUSTED: QT_TRANSLATE_NOOP("Failure", "大厅的答复验签没有通过，没有采用。"),
    Failure.CLOCK_SKEWED: QT_TRANSLATE_NOOP("Failure", "本机时间和大厅相差太多，大厅不收。"),
    Failure.NO_PERSON: QT_TRANSLATE_NOOP("Failure", "还没有办事人。"),
    Failure.NO_ITEM: QT_TRANSLATE_NOOP("Failure", "还没有选事项。"),
    Failure.ITEM_NOT_IN_FORCE: QT_TRANSLATE_NOOP("Failure", "这个事项今天不办理。"),
    Failure.OFFLINE_NOT_ALLOWED: QT_TRANSLATE_NOOP("Failure", "这个事项要连上大厅才能收件。"),
    Failure.WINDOW_ELSEWHERE: QT_TRANSLATE_NOOP("Failure", "这个事项不在本窗口收件。"),
    Failure.NO_VISIT: QT_TRANSLATE_NOOP("Failure", "这份草稿已经不在。"),
    Failure.NOTHING_RECEIVED: QT_TRANSLATE_NOOP("Failure", "还没有收件，不能受理。"),
    Failure.GAPS_LEFT: QT_TRANSLATE_NOOP("Failure", "还差 {count} 项，不能办这一步。"),
    Failure.STEP_NOT_ALLOWED: QT_TRANSLATE_NOOP("Failure", "办件现在的状态不能办这一步。"),
    Failure.REASON_MISSING: QT_TRANSLATE_NOOP("Failure", "改动卡片或核验得来的内容要写理由。"),
    Failure.CASE_UNKNOWN: QT_TRANSLATE_NOOP("Failure", "本机没有这件办件。"),
    Failure.CALENDAR_ENDED: QT_TRANSLATE_NOOP("Failure", "工作日表没有 {day} 这一天，算不出承诺日期。"),
    Failure.GLYPH_MISSING: QT_TRANSLATE_NOOP("Failure", "字库缺字 {character}，单据没有打印。"),
    Failure.NOT_DECIDED: QT_TRANSLATE_NOOP("Failure", "还没有全部办结，不能打印结果单。"),
    Failure.PRINTER_FAILED: QT_TRANSLATE_NOOP("Failure", "打印没有成功。"),
    Failure.SCAN_UNREADABLE: QT_TRANSLATE_NOOP("Failure", "这个文件读不出来，没有收下。"),
    Failure.SCAN_TOO_LARGE: QT_TRANSLATE_NOOP("Failure", "文件超过 {limit_mb} MB，没有收下。"),
    Failure.PHOTO_UNFIT: QT_TRANSLATE_NOOP("Failure", "照片 {width}×{height} 像素，不合用，没有收下。"),
    Failure.CATALOGUE_BROKEN: QT_TRANSLATE_NOOP("Failure", "事项目录有错误，没有加载。"),
}

_REMEDIES: Mapping[Failure, str] = {
    Failure.CARD_SERVICE_DOWN: QT_TRANSLATE_NOOP("Remedy", "服务恢复后会自动接上；一直不恢复就找运维启动读卡服务。"),
    Failure.READER_MISSING: QT_TRANSLATE_NOOP("Remedy", "检查读卡器的连线，插好后再按 F2。"),
    Failure.CARD_MISSING: QT_TRANSLATE_NOOP("Remedy", "把卡放上读卡器，会自动读卡。"),
    Failure.CARD_REMOVED: QT_TRANSLATE_NOOP("Remedy", "重新放卡，读完再取走。"),
    Failure.CARD_MUTE: QT_TRANSLATE_NOOP("Remedy", "擦净芯片、换个方向再放；仍不行就按 F7 录入，看身份证原件。"),
    Failure.CARD_HUNG: QT_TRANSLATE_NOOP("Remedy", "取出卡再放一次；仍不行就按 F7 录入，看身份证原件。"),
    Failure.CARD_FOREIGN: QT_TRANSLATE_NOOP("Remedy", "换社会保障卡；没有带卡就按 F7 录入，看身份证原件。"),
    Failure.CARD_BLOCKED: QT_TRANSLATE_NOOP("Remedy", "这次按 F7 录入，看身份证原件；解锁要去发卡银行或社保窗口。"),
    Failure.CARD_LOCKED_FIELDS: QT_TRANSLATE_NOOP("Remedy", "本机没有这把密钥，按 F7 录入，看身份证原件。"),
    Failure.CARD_UNREADABLE: QT_TRANSLATE_NOOP("Remedy", "重新放卡再读；仍不行就按 F7 录入，看身份证原件。"),
    Failure.CARD_CHANGED: QT_TRANSLATE_NOOP("Remedy", "放好本人的卡，按 F2 重读。"),
    Failure.CARD_OF_ANOTHER_PERSON: QT_TRANSLATE_NOOP("Remedy", "换回本人的卡；要办另一个人的事先按 F12。"),
    Failure.CARD_NOT_GENUINE: QT_TRANSLATE_NOOP("Remedy", "按 F7 录入，看身份证原件；按单位规定上报这张卡。"),
    Failure.CARD_KEYS_UNAVAILABLE: QT_TRANSLATE_NOOP("Remedy", "先按 F7 录入，看身份证原件；恢复后按 F2 重读。"),
    Failure.CARD_PIN_WRONG: QT_TRANSLATE_NOOP("Remedy", "让持卡人想好再输；想不起来就不要再试，不影响办事。"),
    Failure.CARD_PIN_LAST_TRY: QT_TRANSLATE_NOOP("Remedy", "不要再试，信息改为录入；持卡人可到社保卡服务网点重置密码。"),
    Failure.CARD_PIN_BLOCKED: QT_TRANSLATE_NOOP("Remedy", "不影响读卡和办事；持卡人带身份证到社保卡服务网点解锁。"),
    Failure.ID_READER_SILENT: QT_TRANSLATE_NOOP("Remedy", "检查连线和电源，拔插一次再试；仍不行就按 F7 录入。"),
    Failure.QR_VERIFIER_MISSING: QT_TRANSLATE_NOOP("Remedy", "让办事人出示实体卡或身份证。"),
    Failure.QR_REFUSED: QT_TRANSLATE_NOOP("Remedy", "让办事人刷新二维码再扫；仍不行就用实体卡或身份证。"),
    Failure.QR_VERIFIER_DOWN: QT_TRANSLATE_NOOP("Remedy", "让办事人出示实体卡或身份证；平台恢复后再扫。"),
    Failure.PERSON_NOT_VALID: QT_TRANSLATE_NOOP("Remedy", "照原件逐位核对再录：身份证号或统一社会信用代码都是 18 位。"),
    Failure.STATION_NOT_ENROLLED: QT_TRANSLATE_NOOP("Remedy", "用大厅发的一次性登记码登记本工位。"),
    Failure.ENROL_CODE_REFUSED: QT_TRANSLATE_NOOP("Remedy", "核对登记码；用过或过期的码要向大厅再要一个。"),
    Failure.DEVICE_REVOKED: QT_TRANSLATE_NOOP("Remedy", "停止收件，联系大厅管理员。"),
    Failure.STORE_KEY_WRONG: QT_TRANSLATE_NOOP("Remedy", "核对大小写后再输一次。"),
    Failure.STORE_NEWER: QT_TRANSLATE_NOOP("Remedy", "安装最新版本再打开，数据没有动。"),
    Failure.STORE_DAMAGED: QT_TRANSLATE_NOOP("Remedy", "不要删除文件，联系运维从备份恢复。"),
    Failure.STORE_FULL: QT_TRANSLATE_NOOP("Remedy", "腾出磁盘空间后再办这一步。"),
    Failure.STORE_BUSY: QT_TRANSLATE_NOOP("Remedy", "再办一次这一步；仍不行就关掉另一个已打开的工作站。"),
    Failure.PASSPHRASE_WEAK: QT_TRANSLATE_NOOP("Remedy", "换一个长一点的口令，几个词连起来就好记。"),
    Failure.SIGN_IN_REFUSED: QT_TRANSLATE_NOOP("Remedy", "核对后再输一次，注意大小写。"),
    Failure.SIGN_IN_LOCKED: QT_TRANSLATE_NOOP("Remedy", "{minutes} 分钟后再试，或换一个账号。"),
    Failure.ROLE_MISSING: QT_TRANSLATE_NOOP("Remedy", "由有权限的同事登录后办理。"),
    Failure.HALL_UNREACHABLE: QT_TRANSLATE_NOOP("Remedy", "收件照常，恢复后自动上报；核验和受理等连上再办。"),
    Failure.HALL_BUSY: QT_TRANSLATE_NOOP("Remedy", "过一会儿再试。"),
    Failure.HALL_REFUSED: QT_TRANSLATE_NOOP("Remedy", "记下时间和收件号，联系大厅管理员。"),
    Failure.HALL_ANSWER_UNTRUSTED: QT_TRANSLATE_NOOP("Remedy", "看原件办理，并告诉大厅管理员。"),
    Failure.CLOCK_SKEWED: QT_TRANSLATE_NOOP("Remedy", "校准本机时间后会自动接上。"),
    Failure.NO_PERSON: QT_TRANSLATE_NOOP("Remedy", "先读卡；没有卡就按 F7 扫码或录入。"),
    Failure.NO_ITEM: QT_TRANSLATE_NOOP("Remedy", "按 F3 选事项。"),
    Failure.ITEM_NOT_IN_FORCE: QT_TRANSLATE_NOOP("Remedy", "还没开始或已经停办，换现行的事项。"),
    Failure.OFFLINE_NOT_ALLOWED: QT_TRANSLATE_NOOP("Remedy", "草稿已存，等大厅恢复后再按 F9。"),
    Failure.WINDOW_ELSEWHERE: QT_TRANSLATE_NOOP("Remedy", "告诉办事人该去的窗口，事项下面写着；草稿已存。"),
    Failure.NO_VISIT: QT_TRANSLATE_NOOP("Remedy", "在“办件”里看看是否已经收件。"),
    Failure.NOTHING_RECEIVED: QT_TRANSLATE_NOOP("Remedy", "先按 F9 收件。"),
    Failure.GAPS_LEFT: QT_TRANSLATE_NOOP("Remedy", "照右边的缺项逐条补齐。"),
    Failure.STEP_NOT_ALLOWED: QT_TRANSLATE_NOOP("Remedy", "在“办件”里看它走到了哪一步。"),
    Failure.REASON_MISSING: QT_TRANSLATE_NOOP("Remedy", "写一句理由再回车。"),
    Failure.CASE_UNKNOWN: QT_TRANSLATE_NOOP("Remedy", "核对收件号；别的工位收的件到那个工位查。"),
    Failure.CALENDAR_ENDED: QT_TRANSLATE_NOOP("Remedy", "让运维装上新的工作日表；收件不受影响。"),
    Failure.GLYPH_MISSING: QT_TRANSLATE_NOOP("Remedy", "让运维安装生僻字字库后再打印，办件已保存。"),
    Failure.NOT_DECIDED: QT_TRANSLATE_NOOP("Remedy", "办结后会自动出现在“出件”里。"),
    Failure.PRINTER_FAILED: QT_TRANSLATE_NOOP("Remedy", "检查打印机和纸，再打一次；补打会标明次数。"),
    Failure.SCAN_UNREADABLE: QT_TRANSLATE_NOOP("Remedy", "换成 PDF、PNG 或 JPEG 再选。"),
    Failure.SCAN_TOO_LARGE: QT_TRANSLATE_NOOP("Remedy", "降低扫描分辨率或分开几个文件。"),
    Failure.PHOTO_UNFIT: QT_TRANSLATE_NOOP("Remedy", "换一张竖幅证件照，不小于 180×220 像素。"),
    Failure.CATALOGUE_BROKEN: QT_TRANSLATE_NOOP("Remedy", "联系运维换回上一版目录。"),
}
# fmt: on
