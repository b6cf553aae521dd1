<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Act</name>
    <message>
        <source>重发这一条</source>
        <translation>Send this step again</translation>
    </message>
    <message>
        <source>打开办件</source>
        <translation>Open the case</translation>
    </message>
    <message>
        <source>采用大厅结果</source>
        <translation>Take the hall&apos;s word</translation>
    </message>
    <message>
        <source>复制事件编号</source>
        <translation>Copy the event number</translation>
    </message>
    <message>
        <source>怎样重新登记</source>
        <translation>How to enrol anew</translation>
    </message>
</context>
<context>
    <name>ActDetail</name>
    <message>
        <source>原样再报一次，留痕。</source>
        <translation>Sends it once more as it is; this is recorded.</translation>
    </message>
    <message>
        <source>到“办件”里看这一件。</source>
        <translation>Shows this case in Cases.</translation>
    </message>
    <message>
        <source>这个办件没报上去的步骤都搁下，不删除，留痕；办件改成大厅记录的样子。再按一次确认。</source>
        <translation>All unsent steps of this case are set aside, not deleted, and recorded; the case becomes what the hall has. Press once more to confirm.</translation>
    </message>
    <message>
        <source>已复制。打电话给大厅管理员时报这个编号，不用报姓名。</source>
        <translation>Copied. Give the hall&apos;s administrator this number on the telephone; no name is needed.</translation>
    </message>
    <message>
        <source>打开“工位”页的“重新登记”：输入大厅管理员给的新登记码，没报的步骤登记后自动重发。</source>
        <translation>Opens Enrol again on the Station page: type the new code of the hall; what was not sent goes by itself afterwards.</translation>
    </message>
</context>
<context>
    <name>Advice</name>
    <message>
        <source>采用大厅结果，办件回到这一步之前；补齐材料后再办一次。大厅后来改了，也可以直接重发。</source>
        <translation>Take the hall&apos;s word: the case goes back to before this step; complete the papers and do it again. If the hall has changed since, send it again as it is.</translation>
    </message>
    <message>
        <source>办件以大厅为准。核对下面两边的记录，采用大厅结果；觉得大厅不对就联系大厅管理员。</source>
        <translation>The hall&apos;s record counts. Compare both sides below and take the hall&apos;s word; if the hall seems wrong, call its administrator.</translation>
    </message>
    <message>
        <source>把事件编号告诉大厅管理员，改好人员名单后重发。</source>
        <translation>Give the event number to the hall&apos;s administrator; send it again once the list of staff is right.</translation>
    </message>
    <message>
        <source>采用大厅结果，再重新提请，由另一个人会签。</source>
        <translation>Take the hall&apos;s word, then propose it anew and let another person sign.</translation>
    </message>
    <message>
        <source>先不要在本机收新件。向大厅管理员要登记码，重新登记后自动重发。</source>
        <translation>Receive nothing new on this machine. Ask the hall&apos;s administrator for a code; after enrolling anew the steps go by themselves.</translation>
    </message>
    <message>
        <source>把事件编号告诉大厅管理员；大厅升级或修好后重发。</source>
        <translation>Give the event number to the hall&apos;s administrator; send it again once the hall is updated or mended.</translation>
    </message>
    <message>
        <source>把事件编号告诉大厅管理员，放宽上限后重发；或采用大厅结果，减少内容再办。</source>
        <translation>Give the event number to the hall&apos;s administrator and send it again once the limit is raised; or take the hall&apos;s word and do it with less.</translation>
    </message>
</context>
<context>
    <name>Age</name>
    <message>
        <source>刚刚</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>{0} 秒前</source>
        <translation>{0} s ago</translation>
    </message>
    <message>
        <source>{0} 分钟前</source>
        <translation>{0} min ago</translation>
    </message>
    <message>
        <source>{0} 小时前</source>
        <translation>{0} h ago</translation>
    </message>
    <message>
        <source>{0} 天前</source>
        <translation>{0} d ago</translation>
    </message>
</context>
<context>
    <name>Agency</name>
    <message>
        <source>{0}（{1}，{2}）：{3}，至 {4}</source>
        <translation>{0} ({1}, {2}): {3}, until {4}</translation>
    </message>
    <message>
        <source>，已过期</source>
        <translation>, expired</translation>
    </message>
</context>
<context>
    <name>AgencyRow</name>
    <message>
        <source>代办  F11</source>
        <translation>Agent  F11</translation>
    </message>
    <message>
        <source>本人没有来，由别人代办</source>
        <translation>The person has not come; somebody files for them</translation>
    </message>
    <message>
        <source>改为本人办理</source>
        <translation>The person files</translation>
    </message>
    <message>
        <source>代办人姓名</source>
        <translation>Agent&apos;s name</translation>
    </message>
    <message>
        <source>代办人证件号码</source>
        <translation>Agent&apos;s ID number</translation>
    </message>
    <message>
        <source>代办人电话</source>
        <translation>Agent&apos;s phone</translation>
    </message>
    <message>
        <source>和申请人的关系</source>
        <translation>Relation to the applicant</translation>
    </message>
    <message>
        <source>选关系</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>委托到哪天</source>
        <translation>Power lasts until</translation>
    </message>
    <message>
        <source>打印委托书</source>
        <translation>Print power</translation>
    </message>
    <message>
        <source>打印授权委托书</source>
        <translation>Print power of attorney</translation>
    </message>
    <message>
        <source>委托书已签，代办</source>
        <translation>Signed, file by agent</translation>
    </message>
    <message>
        <source>已看委托书，按代办收件</source>
        <translation>Power of attorney seen, file by agent</translation>
    </message>
    <message>
        <source>不代办</source>
        <translation>No agent</translation>
    </message>
    <message>
        <source>代办人</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>ID no.</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>委托到</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>委托的事情</source>
        <translation>Powers</translation>
    </message>
    <message>
        <source>代办&#x3000;{0}</source>
        <translation>Agent: {0}</translation>
    </message>
    <message>
        <source>本人没有来，按委托书登记代办人</source>
        <translation>The person has not come: write the agent down from the power of attorney</translation>
    </message>
    <message>
        <source>本人办理</source>
        <translation>Filed in person</translation>
    </message>
</context>
<context>
    <name>AgencyTrouble</name>
    <message>
        <source>姓名没有写好</source>
        <translation>the name is not right</translation>
    </message>
    <message>
        <source>证件号码不对</source>
        <translation>the ID number is wrong</translation>
    </message>
    <message>
        <source>和申请人是同一个人</source>
        <translation>the agent is the applicant</translation>
    </message>
    <message>
        <source>电话要 7 到 15 位数字</source>
        <translation>a phone has 7 to 15 digits</translation>
    </message>
    <message>
        <source>还没有选和申请人的关系</source>
        <translation>no relation chosen yet</translation>
    </message>
    <message>
        <source>委托的事情不够办这一步</source>
        <translation>the powers do not cover this step</translation>
    </message>
    <message>
        <source>还没有地址</source>
        <translation>no address yet</translation>
    </message>
    <message>
        <source>还没有选箱格</source>
        <translation>no box size yet</translation>
    </message>
    <message>
        <source>期限要在今天之后、一年以内</source>
        <translation>the last day is past, or more than a year away</translation>
    </message>
</context>
<context>
    <name>Alarm</name>
    <message>
        <source>查询本人</source>
        <translation>Looked up themselves</translation>
    </message>
    <message>
        <source>查询同姓同住址的人</source>
        <translation>Looked up somebody of the same surname and address</translation>
    </message>
    <message>
        <source>查询量异常</source>
        <translation>Unusually many look-ups</translation>
    </message>
    <message>
        <source>超过查询限额</source>
        <translation>Over the limit of look-ups</translation>
    </message>
    <message>
        <source>差评逾期未办结</source>
        <translation>Bad review past its day</translation>
    </message>
    <message>
        <source>五个工作日没有告知，视为受理</source>
        <translation>nothing was told in five working days: accepted by silence</translation>
    </message>
    <message>
        <source>按时受理的消息晚到，视为受理已更正</source>
        <translation>accepted in time, told late: acceptance by silence corrected</translation>
    </message>
</context>
<context>
    <name>AmendForm</name>
    <message>
        <source>更正哪一项</source>
        <translation>What to correct</translation>
    </message>
    <message>
        <source>更正为</source>
        <translation>Should say</translation>
    </message>
    <message>
        <source>为什么更正</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>例如：核对身份证，收件时登记有误</source>
        <translation>For example: written down wrong at the receipt, checked against the identity card</translation>
    </message>
    <message>
        <source>更正，打印新的收件凭证</source>
        <translation>Correct, print the new receipt</translation>
    </message>
    <message>
        <source>现在是</source>
        <translation>Says now</translation>
    </message>
    <message>
        <source>提请会签</source>
        <translation>Propose for a second person</translation>
    </message>
    <message>
        <source>关系到办给谁，要另一个人会签。会签后收件号不变、版本加一，原来打印的单据作废。</source>
        <translation>It says who the case is about: another person has to sign. Then the number stays, the version grows by one, and sheets printed before hold no more.</translation>
    </message>
    <message>
        <source>收件号不变、版本加一，原来打印的单据作废，扫码会提示。</source>
        <translation>The number stays, the version grows by one; sheets printed before hold no more, and their code says so.</translation>
    </message>
</context>
<context>
    <name>AskForm</name>
    <message>
        <source>告知补正，打印告知书</source>
        <translation>Ask for the correction, print the notice</translation>
    </message>
    <message>
        <source>补正期限到 {0}（含当日），期间停止计时。所有缺项一次告知，以后不能再加。</source>
        <translation>To be corrected by {0} inclusive; the clock stands still meanwhile. Everything is told at once, nothing may be added later.</translation>
    </message>
    <message>
        <source>最迟 {0} 告知，过了就视为受理。</source>
        <translation> To be told by {0} at the latest; after that the case counts as accepted.</translation>
    </message>
</context>
<context>
    <name>AuditFilterRow</name>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>Deed</translation>
    </message>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt number</translation>
    </message>
    <message>
        <source>收件号或办件标识</source>
        <translation>Receipt number or case id</translation>
    </message>
    <message>
        <source>查找</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>办件</source>
        <translation>Case</translation>
    </message>
</context>
<context>
    <name>AuditNote</name>
    <message>
        <source>{0} 号窗口，{1}</source>
        <translation>window {0}, {1}</translation>
    </message>
    <message>
        <source>{0}，第 {1} 次补打</source>
        <translation>{0}, reprint {1}</translation>
    </message>
    <message>
        <source>本人锁定</source>
        <translation>by themselves</translation>
    </message>
    <message>
        <source>久未操作</source>
        <translation>nothing done for a while</translation>
    </message>
    <message>
        <source>操作员卡取走</source>
        <translation>operator card taken out</translation>
    </message>
    <message>
        <source>电脑休眠</source>
        <translation>computer was asleep</translation>
    </message>
    <message>
        <source>用密码</source>
        <translation>by password</translation>
    </message>
    <message>
        <source>用操作员卡</source>
        <translation>by operator card</translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>somebody else signed in</translation>
    </message>
    <message>
        <source>账号停用</source>
        <translation>account ended</translation>
    </message>
    <message>
        <source>姓名和号码</source>
        <translation>name and number</translation>
    </message>
    <message>
        <source>不是办事人的卡</source>
        <translation>not this person&apos;s card</translation>
    </message>
    <message>
        <source>用密码和操作员卡</source>
        <translation>by password and operator card</translation>
    </message>
    <message>
        <source>{0}，找到 {1} 件</source>
        <translation>{0}, {1} found</translation>
    </message>
    <message>
        <source>按姓名查找</source>
        <translation>Search by name</translation>
    </message>
    <message>
        <source>按拼音首字母查找</source>
        <translation>Search by initials</translation>
    </message>
    <message>
        <source>按号码查找</source>
        <translation>Search by number</translation>
    </message>
    <message>
        <source>{0}，作废：{1}</source>
        <translation>{0}, void: {1}</translation>
    </message>
    <message>
        <source>{0}，{1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>首次打印</source>
        <translation>first print</translation>
    </message>
    <message>
        <source>再次送打印</source>
        <translation>sent to print again</translation>
    </message>
    <message>
        <source>已出纸</source>
        <translation>came out</translation>
    </message>
    <message>
        <source>按单据查找</source>
        <translation>by sheet</translation>
    </message>
    <message>
        <source>打印前看{0}</source>
        <translation>looked before printing: {0}</translation>
    </message>
    <message>
        <source>取号</source>
        <translation>number taken</translation>
    </message>
    <message>
        <source>叫号</source>
        <translation>called</translation>
    </message>
    <message>
        <source>再叫一遍</source>
        <translation>called again</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>missed</translation>
    </message>
    <message>
        <source>办完</source>
        <translation>served</translation>
    </message>
    <message>
        <source>走了</source>
        <translation>gone</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>留痕</source>
        <translation>Audit trail</translation>
    </message>
    <message>
        <source>没有符合的留痕</source>
        <translation>No entry fits</translation>
    </message>
    <message>
        <source>放宽日期、人员或办件再查，F6。</source>
        <translation>Ask for another day, person or case, F6.</translation>
    </message>
    <message>
        <source>导出留痕</source>
        <translation>Export the trail</translation>
    </message>
    <message>
        <source>大厅告警</source>
        <translation>Alarms from the hall</translation>
    </message>
    <message>
        <source>序号</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>人员</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>做了什么</source>
        <translation>Deed</translation>
    </message>
    <message>
        <source>对象和用途</source>
        <translation>What and why</translation>
    </message>
    <message>
        <source>办件</source>
        <translation>Case</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>留痕链</source>
        <translation>The chain</translation>
    </message>
    <message>
        <source>{0} 条</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>第 {0} 条，{1}（{2}）</source>
        <translation>no. {0}, {1} ({2})</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>，最早 {0}</source>
        <translation>, oldest {0}</translation>
    </message>
    <message>
        <source>共有</source>
        <translation>Entries</translation>
    </message>
    <message>
        <source>大厅签名到</source>
        <translation>Signed up to</translation>
    </message>
    <message>
        <source>只有本机作证</source>
        <translation>Not yet signed</translation>
    </message>
    <message>
        <source>大厅的话</source>
        <translation>The hall says</translation>
    </message>
    <message>
        <source>JSON 行 (*.jsonl)</source>
        <translation>JSON lines (*.jsonl)</translation>
    </message>
    <message>
        <source>正在导出…</source>
        <translation>Exporting…</translation>
    </message>
    <message>
        <source>已导出 {0} 条：{1}</source>
        <translation>Exported {0} entries: {1}</translation>
    </message>
    <message>
        <source>大厅没有告警。</source>
        <translation>The hall has no alarms.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>知道了</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>关闭提示</source>
        <translation>Close this notice</translation>
    </message>
    <message>
        <source>程序出错，这一步没有办成，已录内容已保存。</source>
        <translation>The program failed in this step; what was entered is saved.</translation>
    </message>
    <message>
        <source>再办一次这一步；仍不行就关掉程序重开，并把时间告诉运维。</source>
        <translation>Do the step again; if it fails again, restart the program and tell support the time.</translation>
    </message>
</context>
<context>
    <name>BatchPanel</name>
    <message>
        <source>这一批的单子</source>
        <translation>Sheets of this batch</translation>
    </message>
    <message>
        <source>序</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>单子编号</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <source>打完这张就停</source>
        <translation>Stop after this sheet</translation>
    </message>
    <message>
        <source>选中的打坏了，重打</source>
        <translation>The selected one is spoilt, print anew</translation>
    </message>
    <message>
        <source>全部出纸，确认</source>
        <translation>All in hand, confirm</translation>
    </message>
    <message>
        <source>已打完 {0} 张，共 {1} 张</source>
        <translation>{0} of {1} printed</translation>
    </message>
    <message>
        <source>{0} 张都打完了。数一数纸，都在就确认；没确认的不算已打印。</source>
        <translation>All {0} are printed. Count the paper and confirm when all is there; what is not confirmed does not count as printed.</translation>
    </message>
    <message>
        <source>，打印机 {0}</source>
        <translation>, printer {0}</translation>
    </message>
    <message>
        <source>结果单 {0}：已打完 {1} / {2} 张{3}</source>
        <translation>Result slips {0}: {1} / {2} printed{3}</translation>
    </message>
</context>
<context>
    <name>BatchState</name>
    <message>
        <source>正在打印</source>
        <translation>printing</translation>
    </message>
    <message>
        <source>停住了</source>
        <translation>stopped</translation>
    </message>
    <message>
        <source>全部出纸</source>
        <translation>all out</translation>
    </message>
    <message>
        <source>已结束</source>
        <translation>ended</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>待接办</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <source>等受理</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>今天到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>最久已等</source>
        <translation>Longest wait</translation>
    </message>
</context>
<context>
    <name>BoardGrouping</name>
    <message>
        <source>按窗口</source>
        <translation>By window</translation>
    </message>
    <message>
        <source>按层级</source>
        <translation>By level</translation>
    </message>
    <message>
        <source>按决定部门</source>
        <translation>By deciding department</translation>
    </message>
</context>
<context>
    <name>BoardLine</name>
    <message>
        <source>{0}（{1} 个机构）</source>
        <translation>{0} ({1} offices)</translation>
    </message>
    <message>
        <source>{0} 号窗口</source>
        <translation>window {0}</translation>
    </message>
    <message>
        <source>本工位</source>
        <translation>This workstation</translation>
    </message>
</context>
<context>
    <name>BoardPanel</name>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>今天到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>等受理</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>最久已等</source>
        <translation>Longest wait</translation>
    </message>
    <message>
        <source>同样的数字</source>
        <translation>The same in numbers</translation>
    </message>
    <message>
        <source>本工位（本机数据）</source>
        <translation>This workstation (own data)</translation>
    </message>
    <message>
        <source>大厅数据 {0}</source>
        <translation>The hall&apos;s data of {0}</translation>
    </message>
    <message>
        <source>只有件数，没有办件和个人；每 30 秒更新。</source>
        <translation>Numbers alone, no case and no person; renewed every 30 seconds.</translation>
    </message>
    <message>
        <source>只有本机数据</source>
        <translation>This workstation&apos;s data alone</translation>
    </message>
    <message>
        <source>还没有连上过</source>
        <translation>never</translation>
    </message>
    <message>
        <source>{0} 件</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>没有人等</source>
        <translation>nobody waits</translation>
    </message>
    <message>
        <source>最近听到大厅</source>
        <translation>Hall last heard</translation>
    </message>
    <message>
        <source>在办情况</source>
        <translation>Work in hand</translation>
    </message>
    <message>
        <source>统计方式</source>
        <translation>Lines by</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>在办件数</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>等着的件数</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>工作簿 (*.xlsx);;表格文本 (*.csv)</source>
        <translation>Workbook (*.xlsx);;Table as text (*.csv)</translation>
    </message>
    <message>
        <source>导出看板</source>
        <translation>Export the board</translation>
    </message>
    <message>
        <source>看板 {0}</source>
        <translation>Board {0}</translation>
    </message>
    <message>
        <source>已导出：{0}</source>
        <translation>Exported: {0}</translation>
    </message>
    <message>
        <source>排队等候</source>
        <translation>In the queue</translation>
    </message>
    <message>
        <source>{0} 人，最久 {1}</source>
        <translation>{0}, the first for {1}</translation>
    </message>
</context>
<context>
    <name>BothSides</name>
    <message>
        <source>大厅只答复了原因，没有附上它的记录。</source>
        <translation>The hall gave only the reason, not its record.</translation>
    </message>
    <message>
        <source>不同之处</source>
        <translation>Difference</translation>
    </message>
    <message>
        <source>本工位报的</source>
        <translation>Said by this station</translation>
    </message>
    <message>
        <source>大厅现有的</source>
        <translation>Held by the hall</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>排在后面</source>
        <translation>Held up behind it</translation>
    </message>
    <message>
        <source>同一办件还有 {0} 步等它</source>
        <translation>{0} more steps of this case wait for it</translation>
    </message>
    <message>
        <source>事件编号</source>
        <translation>Event number</translation>
    </message>
    <message>
        <source>{0} · 窗口 {1}</source>
        <translation>{0} · window {1}</translation>
    </message>
    <message>
        <source>办件状态</source>
        <translation>State of the case</translation>
    </message>
    <message>
        <source>经办人</source>
        <translation>Done by</translation>
    </message>
    <message>
        <source>工位</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Time</translation>
    </message>
</context>
<context>
    <name>BoxSize</name>
    <message>
        <source>小格</source>
        <translation>Small</translation>
    </message>
    <message>
        <source>中格</source>
        <translation>Medium</translation>
    </message>
    <message>
        <source>大格</source>
        <translation>Large</translation>
    </message>
</context>
<context>
    <name>CalendarPanel</name>
    <message>
        <source>工作日表</source>
        <translation>Working days</translation>
    </message>
    <message>
        <source>工作日表的各版本</source>
        <translation>Versions of the table</translation>
    </message>
    <message>
        <source>各版本（旧办件按当时的版本算）</source>
        <translation>Versions (older cases stay with theirs)</translation>
    </message>
    <message>
        <source>加长一年</source>
        <translation>A year longer</translation>
    </message>
    <message>
        <source>依据：哪份放假通知</source>
        <translation>Basis: which notice</translation>
    </message>
    <message>
        <source>为什么改</source>
        <translation>Why it is changed</translation>
    </message>
    <message>
        <source>放弃改动</source>
        <translation>Drop the changes</translation>
    </message>
    <message>
        <source>依据</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>由谁定</source>
        <translation>Set by</translation>
    </message>
    <message>
        <source>有效至</source>
        <translation>Good until</translation>
    </message>
    <message>
        <source>{0}（含），之后的日期算不出</source>
        <translation>{0} inclusive; no day after it can be computed</translation>
    </message>
    <message>
        <source>{0}，{1}，{2}，至 {3}</source>
        <translation>{0}, {1}, {2}, until {3}</translation>
    </message>
    <message>
        <source>大厅下发，本机不能改</source>
        <translation>the hall; it cannot be changed here</translation>
    </message>
    <message>
        <source>本工位主管</source>
        <translation>a supervisor of this station</translation>
    </message>
    <message>
        <source>随软件自带</source>
        <translation>came with the program</translation>
    </message>
    <message>
        <source>{0} 上班</source>
        <translation>{0} works</translation>
    </message>
    <message>
        <source>{0} 休息</source>
        <translation>{0} off</translation>
    </message>
    <message>
        <source>加长到 {0}，按放假通知逐日核对</source>
        <translation>until {0}: compare each day with the notice</translation>
    </message>
    <message>
        <source>未存的改动：{0}</source>
        <translation>Not saved: {0}</translation>
    </message>
    <message>
        <source>会签主管账号</source>
        <translation>Second supervisor&apos;s login</translation>
    </message>
    <message>
        <source>会签主管密码</source>
        <translation>Second supervisor&apos;s password</translation>
    </message>
    <message>
        <source>会签并存为新版本</source>
        <translation>Sign and save as new version</translation>
    </message>
    <message>
        <source>用操作员卡会签</source>
        <translation>Sign with operator card</translation>
    </message>
    <message>
        <source>点日子改“班”和“休”。改完写依据和理由，由另一位主管看过、会签，存为新版本；旧办件的日期不变。</source>
        <translation>Click a day to change work and off. Then write basis and reason; another supervisor looks and signs, and it is saved as a new version. Older cases keep their days.</translation>
    </message>
</context>
<context>
    <name>Capture</name>
    <message>
        <source>截不到本窗口</source>
        <translation>This window is left out</translation>
    </message>
    <message>
        <source>本系统挡不住，明文时留意</source>
        <translation>Cannot be prevented on this system; mind what is in clear</translation>
    </message>
    <message>
        <source>系统没有挡住，告诉运维</source>
        <translation>Not prevented; tell maintenance</translation>
    </message>
</context>
<context>
    <name>CardPresence</name>
    <message>
        <source>读卡服务停了</source>
        <translation>card service stopped</translation>
    </message>
    <message>
        <source>没有读卡器</source>
        <translation>no reader</translation>
    </message>
    <message>
        <source>等待放卡</source>
        <translation>waiting for a card</translation>
    </message>
    <message>
        <source>卡没有应答</source>
        <translation>card does not answer</translation>
    </message>
    <message>
        <source>有卡</source>
        <translation>card present</translation>
    </message>
</context>
<context>
    <name>CardProof</name>
    <message>
        <source>这张卡现在能证明</source>
        <translation>This card proves now</translation>
    </message>
    <message>
        <source>现在能证明：{0}</source>
        <translation>Proves now: {0}</translation>
    </message>
    <message>
        <source>{0}（免交{1}）</source>
        <translation>{0} (saves {1})</translation>
    </message>
    <message>
        <source>另有 {0} 项应用在规划中，还不能替代材料，看原件办理</source>
        <translation>{0} more uses are planned and replace no paper yet: see the original</translation>
    </message>
    <message>
        <source>这张卡已过有效期，不能替代材料，看原件办理</source>
        <translation>This card has expired and replaces no paper: see the original</translation>
    </message>
    <message>
        <source>没有读卡，不能替代材料，看原件办理</source>
        <translation>No card was read, so nothing is replaced: see the original</translation>
    </message>
    <message>
        <source>不是读卡器里的社会保障卡，只证明身份</source>
        <translation>Not a card in the reader: it proves the identity only</translation>
    </message>
</context>
<context>
    <name>CardStatus</name>
    <message>
        <source>在有效期</source>
        <translation>in date</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>expired</translation>
    </message>
    <message>
        <source>卡上没有有效期</source>
        <translation>no date on the card</translation>
    </message>
</context>
<context>
    <name>CardWarning</name>
    <message>
        <source>卡号校验位不符，核对卡面</source>
        <translation>The card number&apos;s check character does not fit: compare with the card&apos;s face</translation>
    </message>
    <message>
        <source>卡内两处发卡地区不同，核对卡面</source>
        <translation>Two places on the chip name different regions: compare with the card&apos;s face</translation>
    </message>
    <message>
        <source>卡内两处序列号不同，核对卡面</source>
        <translation>Two places on the chip have different serials: compare with the card&apos;s face</translation>
    </message>
    <message>
        <source>卡内身份号码校验位不符，看身份证原件</source>
        <translation>The identity number on the chip fails its check: look at the identity card</translation>
    </message>
    <message>
        <source>卡内日期读不懂，核对卡面</source>
        <translation>A date on the chip cannot be read: compare with the card&apos;s face</translation>
    </message>
    <message>
        <source>密钥用不了，没有认证卡片真伪，看身份证原件</source>
        <translation>keys not available, the card was not proven genuine: look at the identity card</translation>
    </message>
    <message>
        <source>姓名有字读不出来，照原件核对姓名</source>
        <translation>a character of the name could not be read: compare the name with the original</translation>
    </message>
</context>
<context>
    <name>CaseDates</name>
    <message>
        <source>{0}（含）前，{1}；过期不告知补正，视为受理</source>
        <translation>by {0} inclusive, {1}; nothing said by then counts as acceptance</translation>
    </message>
    <message>
        <source>告知期限</source>
        <translation>Notice by</translation>
    </message>
    <message>
        <source>{0}（含）前，{1}</source>
        <translation>by {0} inclusive, {1}</translation>
    </message>
    <message>
        <source>送达期限</source>
        <translation>Hand over by</translation>
    </message>
    <message>
        <source>联办法定期限</source>
        <translation>Joint limit by law</translation>
    </message>
    <message>
        <source>在工作日表之后，算不出</source>
        <translation>beyond the table of working days</translation>
    </message>
    <message>
        <source>{0}（以大厅为准；本工位算的是 {1}）</source>
        <translation>{0} (the hall&apos;s word counts; this workstation counts {1})</translation>
    </message>
</context>
<context>
    <name>CaseDetail</name>
    <message>
        <source>（临时，等大厅登记）</source>
        <translation> (provisional, until the hall registers it)</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>大厅登记后生成</source>
        <translation>given when the hall registers it</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>收件时间</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理时间</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>免交材料</source>
        <translation>Papers saved</translation>
    </message>
    <message>
        <source>{0} 份</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>各事项的进展</source>
        <translation>Progress of each item</translation>
    </message>
    <message>
        <source>收件人员</source>
        <translation>Received by</translation>
    </message>
    <message>
        <source>{0}：等待部门答复，最迟 {1}</source>
        <translation>{0}: the department answers by {1}</translation>
    </message>
    <message>
        <source>待核验</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>已转部门，等待核实</source>
        <translation>with the department, not answered yet</translation>
    </message>
    <message>
        <source>异议</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>以大厅为准：本工位的“{0}”没有算（{1}）。</source>
        <translation>The hall&apos;s word counts: “{0}” of this station does not ({1}).</translation>
    </message>
    <message>
        <source>大厅记录是“{0}”</source>
        <translation> The hall has “{0}”</translation>
    </message>
    <message>
        <source>。</source>
        <translation>.</translation>
    </message>
    <message>
        <source>{0} 采用。</source>
        <translation> Taken {0}.</translation>
    </message>
    <message>
        <source>（{0}）。</source>
        <translation> ({0}).</translation>
    </message>
    <message>
        <source>{0} 份，还没有都传到大厅</source>
        <translation>{0}, not all at the hall yet</translation>
    </message>
    <message>
        <source>{0} 份，{1} 都到了大厅</source>
        <translation>{0}, all at the hall {1}</translation>
    </message>
    <message>
        <source>扫描件</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>代办</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>{0} 告知：{1}</source>
        <translation>Told {0}: {1}</translation>
    </message>
    <message>
        <source>补正</source>
        <translation>Correction</translation>
    </message>
    <message>
        <source>{0}；{1} 收到，继续计时</source>
        <translation>{0}; received {1}, the clock goes on</translation>
    </message>
    <message>
        <source>{0}；停止计时，等到 {1}（含当日）</source>
        <translation>{0}; clock stopped, waiting until {1} inclusive</translation>
    </message>
    <message>
        <source>，快到期了，提醒申请人</source>
        <translation>, nearly over: remind the applicant</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>CaseFlag</name>
    <message>
        <source>容缺</source>
        <translation>Paper to follow</translation>
    </message>
    <message>
        <source>告知承诺</source>
        <translation>Promise</translation>
    </message>
    <message>
        <source>代办</source>
        <translation>By an agent</translation>
    </message>
    <message>
        <source>通办</source>
        <translation>For another office</translation>
    </message>
    <message>
        <source>离线收件</source>
        <translation>Received offline</translation>
    </message>
</context>
<context>
    <name>CaseFlagDetail</name>
    <message>
        <source>有材料经两人同意限期补交</source>
        <translation>A paper may come later, two persons agreed</translation>
    </message>
    <message>
        <source>有材料由申请人书面承诺代替</source>
        <translation>A written promise of the applicant stands for a paper</translation>
    </message>
    <message>
        <source>由代办员代为提交</source>
        <translation>Handed in by a community agent</translation>
    </message>
    <message>
        <source>本工位代别的窗口收件</source>
        <translation>This station received it for another window</translation>
    </message>
    <message>
        <source>收件时连不上大厅，用的临时号</source>
        <translation>The hall did not answer at the receipt; its number was provisional</translation>
    </message>
</context>
<context>
    <name>CaseList</name>
    <message>
        <source>{0} 件</source>
        <translation>{0} in all</translation>
    </message>
    <message>
        <source>临时</source>
        <translation>provisional</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation>Case no.</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>进展</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>{0}/{1} 办结</source>
        <translation>{0}/{1}</translation>
    </message>
    <message>
        <source>等部门答复 {0}</source>
        <translation>Department by {0}</translation>
    </message>
    <message>
        <source>部门没有证实，补看原件</source>
        <translation>Not confirmed: see the original</translation>
    </message>
    <message>
        <source>等待部门答复，最迟 {0}</source>
        <translation>Waits for a department, {0} at the latest</translation>
    </message>
    <message>
        <source>筛选</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>{0}，按条件筛选</source>
        <translation>{0}, filtered</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>{0}；以前的办件还在整理期限</source>
        <translation>{0}; due days of older cases are still being noted</translation>
    </message>
    <message>
        <source>期限</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>转来，待接收</source>
        <translation>came in, not taken over</translation>
    </message>
    <message>
        <source>已转送，在路上</source>
        <translation>handed on, on its way</translation>
    </message>
    <message>
        <source>等补正到 {0}</source>
        <translation>correction until {0}</translation>
    </message>
    <message>
        <source>{0}（含）前受理或告知补正，{1}</source>
        <translation>Accept or ask for corrections by {0}, {1}</translation>
    </message>
    <message>
        <source>{0}（含）前送达结果，{1}</source>
        <translation>Hand the result over by {0}, {1}</translation>
    </message>
    <message>
        <source>{0}（含）前办结，{1}</source>
        <translation>Decide by {0}, {1}</translation>
    </message>
    <message>
        <source>视为受理 {0}/{1}</source>
        <translation>by silence {0}/{1}</translation>
    </message>
</context>
<context>
    <name>CaseStatus</name>
    <message>
        <source>已收件</source>
        <translation>received</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>accepted</translation>
    </message>
    <message>
        <source>办理中</source>
        <translation>in progress</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>decided</translation>
    </message>
    <message>
        <source>已领取</source>
        <translation>collected</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>未收件</source>
        <translation>Not received yet</translation>
    </message>
    <message>
        <source>待补正</source>
        <translation>To be corrected</translation>
    </message>
    <message>
        <source>补正已收</source>
        <translation>Correction received</translation>
    </message>
    <message>
        <source>审核中</source>
        <translation>In review</translation>
    </message>
    <message>
        <source>暂停计时</source>
        <translation>Clock stopped</translation>
    </message>
    <message>
        <source>待领取</source>
        <translation>Ready for pick-up</translation>
    </message>
    <message>
        <source>已归档</source>
        <translation>Archived</translation>
    </message>
    <message>
        <source>已退件</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>已撤回</source>
        <translation>Withdrawn</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>办件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>打印收件凭证</source>
        <translation>Print receipt</translation>
    </message>
    <message>
        <source>打印受理通知书</source>
        <translation>Print acceptance notice</translation>
    </message>
    <message>
        <source>打印核验结果单</source>
        <translation>Print sheet of checks</translation>
    </message>
    <message>
        <source>已补看原件</source>
        <translation>Original seen now</translation>
    </message>
    <message>
        <source>打印不予受理通知书</source>
        <translation>Print notice of non-acceptance</translation>
    </message>
    <message>
        <source>提请会签</source>
        <translation>Ask for second person</translation>
    </message>
    <message>
        <source>不予受理、容缺、作废、恢复办理：要另一个人会签</source>
        <translation>Non-acceptance, tolerated gap, void, reopening: another person has to sign</translation>
    </message>
    <message>
        <source>没有找到</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>可查姓名、拼音首字母、证件号末 4–6 位、收件号和办件编号。只查本工位的办件。</source>
        <translation>Search by name, pinyin initials, last 4–6 of the ID number, receipt or case number. Only cases of this station.</translation>
    </message>
    <message>
        <source>再输几个字</source>
        <translation>Type a little more</translation>
    </message>
    <message>
        <source>姓名至少两个字，拼音首字母至少两个，号码至少末四位。</source>
        <translation>At least two characters of a name, two initials, or the last four of a number.</translation>
    </message>
    <message>
        <source>打印代办单</source>
        <translation>Print agency sheet</translation>
    </message>
    <message>
        <source>补正、撤回、更正</source>
        <translation>Correction, withdrawal</translation>
    </message>
    <message>
        <source>补正告知、收到补正、撤回、更正收件</source>
        <translation>Ask for a correction, take it, withdraw, correct the receipt</translation>
    </message>
    <message>
        <source>补打补正告知书</source>
        <translation>Print notice of correction again</translation>
    </message>
    <message>
        <source>补打退件通知</source>
        <translation>Print notice of return again</translation>
    </message>
    <message>
        <source>先看再打</source>
        <translation>Look first</translation>
    </message>
    <message>
        <source>看这个办件能打的单子，选纸张和文字，再打印</source>
        <translation>See the sheets this case may have, choose paper and languages, then print</translation>
    </message>
    <message>
        <source>查看扫描件</source>
        <translation>Scans</translation>
    </message>
</context>
<context>
    <name>Cause</name>
    <message>
        <source>{0} 条</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>{0} 天</source>
        <translation>{0} days</translation>
    </message>
    <message>
        <source>{0} 小时</source>
        <translation>{0} hours</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>{0}没有联系大厅</source>
        <translation>{0} without the hall</translation>
    </message>
    <message>
        <source>待传 {0}</source>
        <translation>{0} waiting</translation>
    </message>
    <message>
        <source>最早一条待传 {0}</source>
        <translation>oldest step waits {0}</translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>核验中</source>
        <translation>asking</translation>
    </message>
    <message>
        <source>可核验</source>
        <translation>ready</translation>
    </message>
    <message>
        <source>等信息填齐</source>
        <translation>needs more data</translation>
    </message>
    <message>
        <source>替代{0}</source>
        <translation>instead of {0}</translation>
    </message>
    <message>
        <source>办事人同意</source>
        <translation>Citizen agrees</translation>
    </message>
    <message>
        <source>留待答复</source>
        <translation>Leave open</translation>
    </message>
    <message>
        <source>异议…</source>
        <translation>Dispute…</translation>
    </message>
    <message>
        <source>办事人怎么说，回车出异议单</source>
        <translation>The citizen&apos;s words; Enter prints</translation>
    </message>
    <message>
        <source>办事人同意查询{0}</source>
        <translation>The citizen agrees to the look-up {0}</translation>
    </message>
    <message>
        <source>{0}留待答复</source>
        <translation>Leave {0} open until the department answers</translation>
    </message>
    <message>
        <source>对{0}提异议</source>
        <translation>Dispute {0}</translation>
    </message>
    <message>
        <source>对{0}的异议，办事人怎么说</source>
        <translation>Dispute of {0}: the citizen&apos;s words</translation>
    </message>
    <message>
        <source>异议单已出并转部门，看原件办理</source>
        <translation>Disputed and sent to the department: see the original</translation>
    </message>
    <message>
        <source>等待部门答复，最迟 {0}；到时没有答复就看原件</source>
        <translation>Waits for the department until {0}; after that see the original</translation>
    </message>
    <message>
        <source>按 F6 再问</source>
        <translation>Ask again with F6</translation>
    </message>
    <message>
        <source>要办事人同意</source>
        <translation>Needs consent</translation>
    </message>
    <message>
        <source>{0}，有异议</source>
        <translation>{0}, disputed</translation>
    </message>
    <message>
        <source>等待部门答复</source>
        <translation>Waits for the department</translation>
    </message>
    <message>
        <source>先告知</source>
        <translation>Tell first</translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>核验</source>
        <translation>Checks</translation>
    </message>
    <message>
        <source>核验  F6</source>
        <translation>Check  F6</translation>
    </message>
    <message>
        <source>核验，向部门查询</source>
        <translation>Check: ask the departments</translation>
    </message>
    <message>
        <source>其余的先填好再核；答复过的改了信息才再问</source>
        <translation>Fill in the rest first; what was answered is asked again only once its data change</translation>
    </message>
    <message>
        <source>都问过了；改了信息才再问</source>
        <translation>Everything was asked; it is asked again once the data change</translation>
    </message>
    <message>
        <source>结果单</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>打印核验结果单</source>
        <translation>Print sheet of checks</translation>
    </message>
    <message>
        <source>已告知办事人 {0}，告知版本 {1}</source>
        <translation>The citizen was told at {0}, version {1}</translation>
    </message>
</context>
<context>
    <name>ChooseResults</name>
    <message>
        <source>等着打印的结果单</source>
        <translation>Result slips that wait</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>办结时间</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>全选</source>
        <translation>Select all</translation>
    </message>
    <message>
        <source>打印选中的</source>
        <translation>Print the selected</translation>
    </message>
    <message>
        <source>没有等着打印的结果单</source>
        <translation>No result slip waits</translation>
    </message>
    <message>
        <source>部门办结、还没有出纸确认的办件会排在这里，可以一次打完。</source>
        <translation>Decided cases whose slip nobody has confirmed line up here and can be printed in one go.</translation>
    </message>
    <message>
        <source>等打印 {0} 张，选中 {1} 张</source>
        <translation>{0} wait, {1} selected</translation>
    </message>
    <message>
        <source>全不选</source>
        <translation>Select none</translation>
    </message>
    <message>
        <source>打印选中的 {0} 张</source>
        <translation>Print the {0} selected</translation>
    </message>
</context>
<context>
    <name>Citizen</name>
    <message>
        <source>不评价</source>
        <translation>No rating</translation>
    </message>
</context>
<context>
    <name>CitizenWindow</name>
    <message>
        <source>服务评价</source>
        <translation>Rate this service</translation>
    </message>
    <message>
        <source>谢谢，这次评价结束了</source>
        <translation>Thank you, this is over</translation>
    </message>
    <message>
        <source>评价自愿，不记名。封好后直接送大厅，窗口人员看不到，也改不了。</source>
        <translation>Voluntary and without a name. It goes to the hall sealed: nobody at the window can see or change it.</translation>
    </message>
    <message>
        <source>{0} · {1} 号窗口</source>
        <translation>{0} · window {1}</translation>
    </message>
    <message>
        <source>{0} 秒后自动关闭</source>
        <translation>Closes by itself in {0} s</translation>
    </message>
</context>
<context>
    <name>CityWide</name>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>Clock</name>
    <message>
        <source>本机时钟比大厅慢 {0} 分钟，校准一下</source>
        <translation>This machine&apos;s clock is {0} min behind the hall; set it right</translation>
    </message>
    <message>
        <source>本机时钟比大厅快 {0} 分钟，校准一下</source>
        <translation>This machine&apos;s clock is {0} min ahead of the hall; set it right</translation>
    </message>
    <message>
        <source>本机时钟慢 {0} 分钟</source>
        <translation>clock {0} min slow</translation>
    </message>
    <message>
        <source>本机时钟快 {0} 分钟</source>
        <translation>clock {0} min fast</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>现在的办件</source>
        <translation>The case as it stands</translation>
    </message>
    <message>
        <source>提请</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Items</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>none</translation>
    </message>
    <message>
        <source>要办的</source>
        <translation>What</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>In words</translation>
    </message>
    <message>
        <source>该找的机关</source>
        <translation>Competent body</translation>
    </message>
    <message>
        <source>容缺材料</source>
        <translation>Paper to follow</translation>
    </message>
    <message>
        <source>补交期限</source>
        <translation>To be brought by</translation>
    </message>
    <message>
        <source>提请人</source>
        <translation>Proposed by</translation>
    </message>
    <message>
        <source>提请时间</source>
        <translation>Proposed at</translation>
    </message>
    <message>
        <source>会签内容指纹 {0}</source>
        <translation>Fingerprint of what is signed {0}</translation>
    </message>
    <message>
        <source>{0} 改为 {1}</source>
        <translation>{0} becomes {1}</translation>
    </message>
    <message>
        <source>空白</source>
        <translation>nothing</translation>
    </message>
    <message>
        <source>本工位，补正期限到了</source>
        <translation>This station: the limit of the correction has passed</translation>
    </message>
</context>
<context>
    <name>ConfirmPanel</name>
    <message>
        <source>等待大厅确认</source>
        <translation>Waiting for the hall</translation>
    </message>
    <message>
        <source>大厅管理员核对设备指纹，两边一样才确认。</source>
        <translation>The hall&apos;s administrator compares the fingerprint and confirms when both are the same.</translation>
    </message>
    <message>
        <source>再问一次</source>
        <translation>Ask again</translation>
    </message>
    <message>
        <source>确认后这里自动进入登录。指纹不一样就停下，告诉大厅管理员。</source>
        <translation>Once confirmed, sign-in opens by itself. If the fingerprints differ, stop and tell the hall&apos;s administrator.</translation>
    </message>
    <message>
        <source>本工位的设备指纹</source>
        <translation>Fingerprint of this device</translation>
    </message>
    <message>
        <source>设备指纹 {0}</source>
        <translation>Device fingerprint {0}</translation>
    </message>
</context>
<context>
    <name>DatesWhy</name>
    <message>
        <source>大厅受理登记时算的</source>
        <translation>as the hall computed it at the acceptance</translation>
    </message>
    <message>
        <source>因特别程序顺延</source>
        <translation>later by a special procedure</translation>
    </message>
    <message>
        <source>因延长审批顺延</source>
        <translation>later by an extension</translation>
    </message>
    <message>
        <source>前一事项已办结，从那天起算</source>
        <translation>counted from the decision on the item before</translation>
    </message>
    <message>
        <source>大厅的工作日表加长后算的</source>
        <translation>computed when the hall&apos;s table became longer</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>{0} 月 {1} 日</source>
        <translation>{2}</translation>
    </message>
    <message>
        <source>{0} 年 {1} 月 {2} 日</source>
        <translation>{3}</translation>
    </message>
</context>
<context>
    <name>DayUnit</name>
    <message>
        <source>{0} 个工作日</source>
        <translation>{0} working days</translation>
    </message>
    <message>
        <source>{0} 个自然日</source>
        <translation>{0} calendar days</translation>
    </message>
</context>
<context>
    <name>Deed</name>
    <message>
        <source>登录</source>
        <translation>Sign-in</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Sign-out</translation>
    </message>
    <message>
        <source>登录没有成功</source>
        <translation>Sign-in failed</translation>
    </message>
    <message>
        <source>工位登记</source>
        <translation>Station enrolled</translation>
    </message>
    <message>
        <source>读卡</source>
        <translation>Card read</translation>
    </message>
    <message>
        <source>手工录入办事人</source>
        <translation>Person typed in</translation>
    </message>
    <message>
        <source>沿用以前的内容</source>
        <translation>Earlier data reused</translation>
    </message>
    <message>
        <source>查看完整信息</source>
        <translation>Masked value revealed</translation>
    </message>
    <message>
        <source>选择事项</source>
        <translation>Item chosen</translation>
    </message>
    <message>
        <source>删除草稿</source>
        <translation>Draft deleted</translation>
    </message>
    <message>
        <source>信息核验</source>
        <translation>Look-up</translation>
    </message>
    <message>
        <source>改动卡片或核验内容</source>
        <translation>Card or verified value changed</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>收到大厅消息</source>
        <translation>Change from the hall</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>查看办件</source>
        <translation>Case looked at</translation>
    </message>
    <message>
        <source>看原件</source>
        <translation>Original seen</translation>
    </message>
    <message>
        <source>收下扫描件</source>
        <translation>Scan taken</translation>
    </message>
    <message>
        <source>查看留痕</source>
        <translation>Trail read</translation>
    </message>
    <message>
        <source>导出留痕</source>
        <translation>Export the trail</translation>
    </message>
    <message>
        <source>大厅不认留痕</source>
        <translation>Trail refused by the hall</translation>
    </message>
    <message>
        <source>到期销毁</source>
        <translation>Purged</translation>
    </message>
    <message>
        <source>密钥托管</source>
        <translation>Key wrapped for the hall</translation>
    </message>
    <message>
        <source>找回密钥</source>
        <translation>Recover the key</translation>
    </message>
    <message>
        <source>查询告知</source>
        <translation>Notice of look-ups given</translation>
    </message>
    <message>
        <source>同意查询</source>
        <translation>Look-up consented to</translation>
    </message>
    <message>
        <source>提出异议</source>
        <translation>Reply disputed</translation>
    </message>
    <message>
        <source>打印承诺书</source>
        <translation>Promise printed</translation>
    </message>
    <message>
        <source>告知承诺</source>
        <translation>Promise signed</translation>
    </message>
    <message>
        <source>等部门答复</source>
        <translation>Left to the department</translation>
    </message>
    <message>
        <source>自动复核</source>
        <translation>Asked again by itself</translation>
    </message>
    <message>
        <source>补看材料</source>
        <translation>Paper brought later</translation>
    </message>
    <message>
        <source>发出核验</source>
        <translation>Register asked</translation>
    </message>
    <message>
        <source>锁定工位</source>
        <translation>Desk locked</translation>
    </message>
    <message>
        <source>解锁工位</source>
        <translation>Desk unlocked</translation>
    </message>
    <message>
        <source>收到账号名单</source>
        <translation>List of accounts received</translation>
    </message>
    <message>
        <source>诊断读卡器</source>
        <translation>Readers checked</translation>
    </message>
    <message>
        <source>提请会签</source>
        <translation>Second person asked for</translation>
    </message>
    <message>
        <source>会签</source>
        <translation>Signed as second person</translation>
    </message>
    <message>
        <source>不同意会签</source>
        <translation>Sent back by second person</translation>
    </message>
    <message>
        <source>提请撤回或失效</source>
        <translation>Proposal taken back or lapsed</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>容缺</source>
        <translation>Gap tolerated</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Reopened</translation>
    </message>
    <message>
        <source>大厅确认本工位</source>
        <translation>Device confirmed by the hall</translation>
    </message>
    <message>
        <source>更换设备密钥</source>
        <translation>Device key changed</translation>
    </message>
    <message>
        <source>大厅停用本工位</source>
        <translation>Device revoked by the hall</translation>
    </message>
    <message>
        <source>大厅恢复过，重新上报</source>
        <translation>Hall was restored, sent again</translation>
    </message>
    <message>
        <source>大厅缺已签结果，保留本机的</source>
        <translation>Hall lacks a result it had sealed, ours kept</translation>
    </message>
    <message>
        <source>整体核对大厅办件</source>
        <translation>All cases compared with the hall</translation>
    </message>
    <message>
        <source>工位重新登记</source>
        <translation>Station enrolled again</translation>
    </message>
    <message>
        <source>重发步骤</source>
        <translation>Step sent again</translation>
    </message>
    <message>
        <source>采用大厅结果</source>
        <translation>Take the hall&apos;s word</translation>
    </message>
    <message>
        <source>导出到 U 盘</source>
        <translation>Write to a stick</translation>
    </message>
    <message>
        <source>读取大厅回执</source>
        <translation>Read the hall&apos;s receipts</translation>
    </message>
    <message>
        <source>收到离线限制</source>
        <translation>Limits for working alone came</translation>
    </message>
    <message>
        <source>单子出纸或作废</source>
        <translation>Sheet out or void</translation>
    </message>
    <message>
        <source>成批打印</source>
        <translation>Batch of slips</translation>
    </message>
    <message>
        <source>改工作日表</source>
        <translation>Changed the working days</translation>
    </message>
    <message>
        <source>收到工作日表</source>
        <translation>Received the working days</translation>
    </message>
    <message>
        <source>登记代办</source>
        <translation>Agent noted</translation>
    </message>
    <message>
        <source>转送受理单位</source>
        <translation>Hand on</translation>
    </message>
    <message>
        <source>接收材料</source>
        <translation>Take over papers</translation>
    </message>
    <message>
        <source>打印办理指引</source>
        <translation>Directions printed</translation>
    </message>
    <message>
        <source>安排寄送或入柜</source>
        <translation>Delivery ordered</translation>
    </message>
    <message>
        <source>召回结果</source>
        <translation>Result recalled</translation>
    </message>
    <message>
        <source>交付结果</source>
        <translation>Result handed out</translation>
    </message>
    <message>
        <source>补正告知</source>
        <translation>correction asked for</translation>
    </message>
    <message>
        <source>收到补正</source>
        <translation>correction received</translation>
    </message>
    <message>
        <source>申请人撤回</source>
        <translation>withdrawn by the applicant</translation>
    </message>
    <message>
        <source>更正收件</source>
        <translation>receipt corrected</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>一次性告知</source>
        <translation>One-time notice</translation>
    </message>
    <message>
        <source>补正期限提醒</source>
        <translation>reminder of the correction limit</translation>
    </message>
    <message>
        <source>邀请评价</source>
        <translation>Citizen asked for a rating</translation>
    </message>
    <message>
        <source>评价结束</source>
        <translation>Rating is over</translation>
    </message>
    <message>
        <source>查看差评</source>
        <translation>Bad reviews read</translation>
    </message>
    <message>
        <source>处理差评</source>
        <translation>Bad review seen to</translation>
    </message>
    <message>
        <source>单据作废</source>
        <translation>Slip voided</translation>
    </message>
    <message>
        <source>核对单据</source>
        <translation>Check a slip</translation>
    </message>
    <message>
        <source>查看大厅看板</source>
        <translation>Looked at the board</translation>
    </message>
    <message>
        <source>导出报表</source>
        <translation>Report exported</translation>
    </message>
    <message>
        <source>日结交班</source>
        <translation>Shift handed over</translation>
    </message>
    <message>
        <source>交接会签</source>
        <translation>Handover signed</translation>
    </message>
    <message>
        <source>接班确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>查看扫描件</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>确认工作日表</source>
        <translation>Confirmed the working-day table</translation>
    </message>
    <message>
        <source>单子另存为文件</source>
        <translation>Slip saved as a file</translation>
    </message>
    <message>
        <source>取号叫号</source>
        <translation>Queue</translation>
    </message>
</context>
<context>
    <name>Defect</name>
    <message>
        <source>没有提交</source>
        <translation>not handed in</translation>
    </message>
    <message>
        <source>内容不全</source>
        <translation>incomplete</translation>
    </message>
    <message>
        <source>看不清</source>
        <translation>unreadable</translation>
    </message>
    <message>
        <source>过了有效期</source>
        <translation>expired</translation>
    </message>
    <message>
        <source>和其他材料不一致</source>
        <translation>disagrees with other papers</translation>
    </message>
    <message>
        <source>不符合法定形式</source>
        <translation>not in the form the law asks for</translation>
    </message>
    <message>
        <source>没有签名或盖章</source>
        <translation>no signature or seal</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>{0}（代领）</source>
        <translation>{0} (agent)</translation>
    </message>
    <message>
        <source>领取人</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>交付</source>
        <translation>Handed out</translation>
    </message>
    <message>
        <source>送达回证</source>
        <translation>Service return</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>取件码</source>
        <translation>Pick-up code</translation>
    </message>
    <message>
        <source>取件期限</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>交接</source>
        <translation>Custody</translation>
    </message>
</context>
<context>
    <name>DeliveryState</name>
    <message>
        <source>已下单，等对方回音</source>
        <translation>ordered, no answer yet</translation>
    </message>
    <message>
        <source>已揽收，在路上</source>
        <translation>on its way</translation>
    </message>
    <message>
        <source>已入柜，等取件</source>
        <translation>in the box</translation>
    </message>
    <message>
        <source>已交付</source>
        <translation>handed over</translation>
    </message>
    <message>
        <source>逾期没有取，正在退回</source>
        <translation>not collected, going back</translation>
    </message>
    <message>
        <source>已召回，正在退回</source>
        <translation>recalled, going back</translation>
    </message>
    <message>
        <source>已退回窗口</source>
        <translation>back at the window</translation>
    </message>
    <message>
        <source>对方没有接单</source>
        <translation>order not taken</translation>
    </message>
    <message>
        <source>在窗口等取件</source>
        <translation>waiting at the window</translation>
    </message>
</context>
<context>
    <name>Diagnosis</name>
    <message>
        <source>，平均 {0} 秒</source>
        <translation>, {0} s on average</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>running</translation>
    </message>
    <message>
        <source>读卡服务</source>
        <translation>Card service</translation>
    </message>
    <message>
        <source>会话</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>驱动未知</source>
        <translation>driver unknown</translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation>Reader</translation>
    </message>
    <message>
        <source>复位信息</source>
        <translation>ATR</translation>
    </message>
    <message>
        <source>试读一次</source>
        <translation>One read</translation>
    </message>
    <message>
        <source>最慢三步</source>
        <translation>Slowest steps</translation>
    </message>
    <message>
        <source>远程桌面：读到的是远端机器的读卡器</source>
        <translation>remote desktop: the readers are those of the remote machine</translation>
    </message>
    <message>
        <source>本机（{0}）</source>
        <translation>local ({0})</translation>
    </message>
    <message>
        <source>读成，{0} 毫秒</source>
        <translation>done in {0} ms</translation>
    </message>
    <message>
        <source>没有卡，没试</source>
        <translation>no card, not tried</translation>
    </message>
    <message>
        <source>{0}（{1} 次）</source>
        <translation>{0} ({1} times)</translation>
    </message>
    <message>
        <source>，平均 {0} 毫秒</source>
        <translation>, {0} ms on average</translation>
    </message>
    <message>
        <source>今天读 {0} 次，读成 {1} 次（{2}）</source>
        <translation>today {0} reads, {1} done ({2})</translation>
    </message>
</context>
<context>
    <name>Differs</name>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>受理时间</source>
        <translation>Accepted at</translation>
    </message>
    <message>
        <source>会签人</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>填写内容</source>
        <translation>Answer</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>Item</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>居民身份证</source>
        <translation>Identity card</translation>
    </message>
    <message>
        <source>港澳台居民居住证</source>
        <translation>Residence permit (HK, Macau, Taiwan)</translation>
    </message>
    <message>
        <source>外国人永久居留身份证</source>
        <translation>Permanent residence card</translation>
    </message>
    <message>
        <source>电子社保卡</source>
        <translation>Electronic card</translation>
    </message>
    <message>
        <source>手工录入</source>
        <translation>Typed by hand</translation>
    </message>
</context>
<context>
    <name>EarlierRow</name>
    <message>
        <source>办事人同意，带出</source>
        <translation>Citizen agrees: take over</translation>
    </message>
    <message>
        <source>办事人同意，带出往件信息</source>
        <translation>The citizen agrees: take over what was given before</translation>
    </message>
    <message>
        <source>往件可带出 {0} 项信息、{1} 份材料（最近 {2}）：{3}</source>
        <translation>From earlier cases: {0} data, {1} papers (newest {2}): {3}</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>如 {0}</source>
        <translation>e.g. {0}</translation>
    </message>
</context>
<context>
    <name>EnrolAgain</name>
    <message>
        <source>一次性登记码</source>
        <translation>One-time enrolment code</translation>
    </message>
    <message>
        <source>重新登记</source>
        <translation>Enrol again</translation>
    </message>
    <message>
        <source>登记中…</source>
        <translation>Enrolling…</translation>
    </message>
    <message>
        <source>已重新登记，待传的接着上报。</source>
        <translation>Enrolled again; what waits is sent on.</translation>
    </message>
    <message>
        <source>大厅收到过同一编号的别的内容：本机可能是拷贝，或恢复了旧备份。向大厅管理员要一个新登记码，登记后没上报的接着报。</source>
        <translation>The hall has something else under one of this station&apos;s numbers: it may be a copy, or an old backup was put back. Get a new code from the hall; what was not sent goes on afterwards.</translation>
    </message>
    <message>
        <source>大厅不认识本机，可能恢复了登记本机以前的备份。向大厅管理员要一个新登记码，登记后没上报的接着报。</source>
        <translation>The hall does not know this station: it may have been restored from a backup made before the station was enrolled. Ask the hall&apos;s administrator for a new code; what was not sent goes on after that.</translation>
    </message>
</context>
<context>
    <name>EnrolPanel</name>
    <message>
        <source>在大厅登记本工位</source>
        <translation>Enrol this station at the hall</translation>
    </message>
    <message>
        <source>登记</source>
        <translation>Enrol</translation>
    </message>
    <message>
        <source>大厅地址</source>
        <translation>Hall address</translation>
    </message>
    <message>
        <source>一次性登记码</source>
        <translation>One-time code</translation>
    </message>
    <message>
        <source>大厅管理员会给一行登记码，用过就作废；整行粘贴到哪一格都行。</source>
        <translation>The hall&apos;s administrator gives you a line that is good once; paste all of it into either field.</translation>
    </message>
    <message>
        <source>先核对大厅证书的指纹，再发登记码。设备密钥在本机生成，只存在本机加密数据里。</source>
        <translation>The hall&apos;s certificate is compared before the code is sent. The device key is made here and stays in the encrypted data.</translation>
    </message>
</context>
<context>
    <name>EvaluationStage</name>
    <message>
        <source>收件</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Acceptance</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Result</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>读卡服务没有运行。</source>
        <translation>The card service is not running.</translation>
    </message>
    <message>
        <source>没有找到读卡器。</source>
        <translation>No card reader was found.</translation>
    </message>
    <message>
        <source>读卡器上没有卡。</source>
        <translation>There is no card in the reader.</translation>
    </message>
    <message>
        <source>卡在读完之前被拿走了，已录内容都在。</source>
        <translation>The card was taken out too early; nothing entered is lost.</translation>
    </message>
    <message>
        <source>卡没有应答。</source>
        <translation>The card does not answer.</translation>
    </message>
    <message>
        <source>卡 {seconds} 秒没有应答，已停止读卡。</source>
        <translation>The card did not answer for {seconds} s; reading was stopped.</translation>
    </message>
    <message>
        <source>这不是社会保障卡。</source>
        <translation>This is not a social security card.</translation>
    </message>
    <message>
        <source>这张卡已锁定。</source>
        <translation>This card is blocked.</translation>
    </message>
    <message>
        <source>这张卡的个人信息要专用密钥才能读。</source>
        <translation>The personal data of this card need a special key.</translation>
    </message>
    <message>
        <source>卡内信息读不出来。</source>
        <translation>The data on the card cannot be read.</translation>
    </message>
    <message>
        <source>读卡过程中换了卡，这次读到的不算。</source>
        <translation>The card was changed while reading; this reading does not count.</translation>
    </message>
    <message>
        <source>读卡器里是另一个人的卡。</source>
        <translation>The card in the reader is another person&apos;s.</translation>
    </message>
    <message>
        <source>本工位还没有在大厅登记。</source>
        <translation>This station is not enrolled at the hall.</translation>
    </message>
    <message>
        <source>大厅不认这个登记码。</source>
        <translation>The hall does not accept this code.</translation>
    </message>
    <message>
        <source>大厅已停用本工位。</source>
        <translation>The hall has revoked this station.</translation>
    </message>
    <message>
        <source>口令不对，本机数据没有打开。</source>
        <translation>Wrong passphrase; the data stay locked.</translation>
    </message>
    <message>
        <source>本机数据由更新版本的程序写入，当前版本打不开。</source>
        <translation>The data were written by a newer version of the program.</translation>
    </message>
    <message>
        <source>本机数据损坏，打不开。</source>
        <translation>The data of this station are damaged and cannot be opened.</translation>
    </message>
    <message>
        <source>磁盘已满，这一步没有保存。</source>
        <translation>The disk is full; this step was not saved.</translation>
    </message>
    <message>
        <source>本机数据正被占用，这一步没有保存。</source>
        <translation>The data are in use elsewhere; this step was not saved.</translation>
    </message>
    <message>
        <source>口令太短，至少 {least} 个字符。</source>
        <translation>Too short: at least {least} characters.</translation>
    </message>
    <message>
        <source>账号或密码不对。</source>
        <translation>Wrong login or password.</translation>
    </message>
    <message>
        <source>密码连续输错，账号暂时锁定。</source>
        <translation>Too many wrong passwords; the account is locked for a while.</translation>
    </message>
    <message>
        <source>当前账号没有这项权限。</source>
        <translation>This account may not do this.</translation>
    </message>
    <message>
        <source>连不上大厅。</source>
        <translation>The hall cannot be reached.</translation>
    </message>
    <message>
        <source>大厅忙，没有办成。</source>
        <translation>The hall is busy; nothing was done.</translation>
    </message>
    <message>
        <source>大厅没有接受这次请求。</source>
        <translation>The hall did not accept the request.</translation>
    </message>
    <message>
        <source>大厅的答复验签没有通过，没有采用。</source>
        <translation>The hall&apos;s answer failed its signature check and was not used.</translation>
    </message>
    <message>
        <source>本机时间和大厅相差太多，大厅不收。</source>
        <translation>This clock differs too much from the hall&apos;s; the hall refuses.</translation>
    </message>
    <message>
        <source>还没有办事人。</source>
        <translation>Nobody is at the counter yet.</translation>
    </message>
    <message>
        <source>还没有选事项。</source>
        <translation>No item was chosen yet.</translation>
    </message>
    <message>
        <source>这份草稿已经不在。</source>
        <translation>This draft is no longer here.</translation>
    </message>
    <message>
        <source>还没有收件，不能受理。</source>
        <translation>Nothing was received yet, so nothing can be accepted.</translation>
    </message>
    <message>
        <source>还差 {count} 项，不能办这一步。</source>
        <translation>{count} gaps are left; this step has to wait.</translation>
    </message>
    <message>
        <source>办件现在的状态不能办这一步。</source>
        <translation>The case is not at this step.</translation>
    </message>
    <message>
        <source>改动卡片或核验得来的内容要写理由。</source>
        <translation>Changing what a card or register said needs a reason.</translation>
    </message>
    <message>
        <source>本机没有这件办件。</source>
        <translation>This station does not have the case.</translation>
    </message>
    <message>
        <source>工作日表没有 {day} 这一天，算不出承诺日期。</source>
        <translation>The working-day table does not know {day}; no date can be promised.</translation>
    </message>
    <message>
        <source>字库缺字 {character}，单据没有打印。</source>
        <translation>The fonts lack {character}; the slip was not printed.</translation>
    </message>
    <message>
        <source>还没有全部办结，不能打印结果单。</source>
        <translation>Not all items are decided; there is no result slip yet.</translation>
    </message>
    <message>
        <source>打印没有成功。</source>
        <translation>Printing failed.</translation>
    </message>
    <message>
        <source>这个文件读不出来，没有收下。</source>
        <translation>This file cannot be read and was not taken.</translation>
    </message>
    <message>
        <source>文件超过 {limit_mb} MB，没有收下。</source>
        <translation>The file is larger than {limit_mb} MB and was not taken.</translation>
    </message>
    <message>
        <source>事项目录有错误，没有加载。</source>
        <translation>The catalogue has an error and was not loaded.</translation>
    </message>
    <message>
        <source>{0}{1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <source>卡片认证没有通过，不能当真卡用。</source>
        <translation>Card authentication failed: it cannot be taken for a genuine card.</translation>
    </message>
    <message>
        <source>读卡密钥暂时用不了。</source>
        <translation>The keys for reading this card are not available now.</translation>
    </message>
    <message>
        <source>卡密码不对，还能试 {left} 次。</source>
        <translation>The card&apos;s PIN is wrong; {left} tries left.</translation>
    </message>
    <message>
        <source>卡密码只剩最后一次机会，没有试。</source>
        <translation>Only one try of the card&apos;s PIN is left, so it was not tried.</translation>
    </message>
    <message>
        <source>卡密码已锁定。</source>
        <translation>The card&apos;s PIN is locked.</translation>
    </message>
    <message>
        <source>身份证阅读器没有应答。</source>
        <translation>The identity card reader does not answer.</translation>
    </message>
    <message>
        <source>本工位没有配置电子社保卡核验。</source>
        <translation>This station has no verifier for electronic social security cards.</translation>
    </message>
    <message>
        <source>电子社保卡没有通过核验。</source>
        <translation>The electronic social security card was not confirmed.</translation>
    </message>
    <message>
        <source>电子社保卡平台没有应答。</source>
        <translation>The platform of electronic cards does not answer.</translation>
    </message>
    <message>
        <source>录入的姓名或号码不对。</source>
        <translation>Name or number as typed cannot be right.</translation>
    </message>
    <message>
        <source>这个事项今天不办理。</source>
        <translation>This item is not offered today.</translation>
    </message>
    <message>
        <source>这个事项要连上大厅才能收件。</source>
        <translation>This item can be received only while the hall answers.</translation>
    </message>
    <message>
        <source>这个事项不在本窗口收件。</source>
        <translation>This window does not receive this item.</translation>
    </message>
    <message>
        <source>照片 {width}×{height} 像素，不合用，没有收下。</source>
        <translation>The photo is {width}×{height} pixels and does not fit. It was not taken.</translation>
    </message>
    <message>
        <source>大厅没有登记这个账号，这次没有查。</source>
        <translation>The hall does not know this account, so nothing was looked up.</translation>
    </message>
    <message>
        <source>本账号核验次数已到上限（{limit} 次），这次没有查。</source>
        <translation>This account has used all its look-ups ({limit}), so nothing was looked up.</translation>
    </message>
    <message>
        <source>还没有告知办事人，不能查询。</source>
        <translation>The citizen has not been told yet; nothing may be asked.</translation>
    </message>
    <message>
        <source>这次查询没有办件和理由，没有发出。</source>
        <translation>This look-up has no case and no reason; it was not sent.</translation>
    </message>
    <message>
        <source>这项核验没有答复，或已提过异议。</source>
        <translation>This check has no answer, or is disputed already.</translation>
    </message>
    <message>
        <source>这项核验不能留待答复。</source>
        <translation>This check cannot be left open.</translation>
    </message>
    <message>
        <source>这份材料不能用告知承诺，或承诺书还没有打印。</source>
        <translation>No promise may stand for this paper, or none was printed.</translation>
    </message>
    <message>
        <source>核验没有满足，材料也没有看到，不能受理。</source>
        <translation>A check is not met and its paper was not seen: the case cannot be accepted.</translation>
    </message>
    <message>
        <source>账号名单超过 {days} 天没有更新，不能登录。</source>
        <translation>The list of accounts was not updated for more than {days} days; nobody can sign in.</translation>
    </message>
    <message>
        <source>本机时间比上次用的时候还早，不能登录或会签。</source>
        <translation>This machine&apos;s clock is earlier than when it was last used; no sign-in and no signature.</translation>
    </message>
    <message>
        <source>工位已锁定。</source>
        <translation>The desk is locked.</translation>
    </message>
    <message>
        <source>没有放操作员卡。</source>
        <translation>There is no operator card in the reader.</translation>
    </message>
    <message>
        <source>这张操作员卡不是本账号的卡。</source>
        <translation>This operator card does not belong to the account.</translation>
    </message>
    <message>
        <source>理由没有写全。</source>
        <translation>The reason is not complete.</translation>
    </message>
    <message>
        <source>提请人不能给自己会签。</source>
        <translation>Whoever proposed cannot sign as second person.</translation>
    </message>
    <message>
        <source>提请之后办件有变动，这份提请作废。</source>
        <translation>The case changed after it was proposed; the proposal is void.</translation>
    </message>
    <message>
        <source>连不上大厅，这一类会签要等连上再办。</source>
        <translation>The hall cannot be reached; this kind of signature has to wait for it.</translation>
    </message>
    <message>
        <source>这份材料不能容缺，或补交日期晚于承诺日期。</source>
        <translation>This paper may not follow later, or its day is after the promised date.</translation>
    </message>
    <message>
        <source>留痕写不进去，这一步没有办。</source>
        <translation>The audit trail cannot be written, so this step was not done.</translation>
    </message>
    <message>
        <source>大厅不认本机的留痕：和大厅签过的对不上。</source>
        <translation>The hall does not accept this station&apos;s audit trail: it differs from what the hall signed.</translation>
    </message>
    <message>
        <source>本机的留痕很久没有得到大厅签名。</source>
        <translation>The hall has not signed this station&apos;s audit trail for a long time.</translation>
    </message>
    <message>
        <source>留痕超过 {hours} 小时没有大厅签名，按规定停止收件和受理。</source>
        <translation>The hall has not signed the audit trail for more than {hours} hours; receiving and accepting have stopped as the settings say.</translation>
    </message>
    <message>
        <source>留痕没有导出来。</source>
        <translation>The audit trail was not exported.</translation>
    </message>
    <message>
        <source>系统密钥环锁着或没有应答，本机数据没有打开。</source>
        <translation>The system keyring is locked or does not answer, so the data was not opened.</translation>
    </message>
    <message>
        <source>系统密钥环里没有本工位的密钥了。</source>
        <translation>The key of this station is no longer in the system keyring.</translation>
    </message>
    <message>
        <source>系统换了密钥环：密钥存在 {was} 里，现在是 {now}。</source>
        <translation>The system uses another keyring: the key is in {was}, now there is {now}.</translation>
    </message>
    <message>
        <source>大厅没有本工位的恢复密钥。</source>
        <translation>The hall has no recovery key of this station.</translation>
    </message>
    <message>
        <source>恢复码不对，或者已经用过、过期。</source>
        <translation>The recovery code is wrong, was used before, or is too old.</translation>
    </message>
    <message>
        <source>大厅或口令文件要用的密码算法，这里没有。</source>
        <translation>The hall or the key file asks for an algorithm that is not offered here.</translation>
    </message>
    <message>
        <source>大厅地址没有加密，不能用。</source>
        <translation>The hall&apos;s address is not encrypted and cannot be used.</translation>
    </message>
    <message>
        <source>大厅的证书不在有效期内，没有连接。</source>
        <translation>The hall&apos;s certificate is not valid at this time. Not connected.</translation>
    </message>
    <message>
        <source>大厅的证书不是这个地址的，没有连接。</source>
        <translation>The hall&apos;s certificate is for another address. Not connected.</translation>
    </message>
    <message>
        <source>对方不是本工位登记的大厅，没有连接。</source>
        <translation>Whoever answers is not the hall that this station is enrolled with. Not connected.</translation>
    </message>
    <message>
        <source>大厅的加密方式太旧，没有连接。</source>
        <translation>The hall&apos;s encryption is too old. Not connected.</translation>
    </message>
    <message>
        <source>登记码里没有大厅证书的指纹，没有登记。</source>
        <translation>The code has no fingerprint of the hall&apos;s certificate. Not enrolled.</translation>
    </message>
    <message>
        <source>这个地址上的大厅证书和登记码里的指纹不一样，没有登记。</source>
        <translation>The hall&apos;s certificate at this address does not have the fingerprint in the code. Not enrolled.</translation>
    </message>
    <message>
        <source>大厅还没有确认本工位。</source>
        <translation>The hall has not confirmed this station yet.</translation>
    </message>
    <message>
        <source>磁盘写不进去，这一步没有保存。</source>
        <translation>The disk takes nothing; this step was not saved.</translation>
    </message>
    <message>
        <source>本机数据是复制或恢复来的，大厅停收本机的上报。</source>
        <translation>This station&apos;s data was copied or put back from a backup; the hall takes nothing from it any more.</translation>
    </message>
    <message>
        <source>文件的页数或像素太多，没有收下。</source>
        <translation>The file has too many pages or pixels and was not taken.</translation>
    </message>
    <message>
        <source>这份扫描件的文件丢失或损坏，办件本身没有受影响。</source>
        <translation>The file of this scan is lost or damaged; the case itself is not affected.</translation>
    </message>
    <message>
        <source>本机没有可用的收件号段。</source>
        <translation>This machine has no receipt numbers it may use.</translation>
    </message>
    <message>
        <source>本工位离开大厅太久，这一步要等连上大厅。</source>
        <translation>This station has been without the hall too long; this step waits for it.</translation>
    </message>
    <message>
        <source>这个文件不完整或已损坏。</source>
        <translation>This file is incomplete or damaged.</translation>
    </message>
    <message>
        <source>这不是大厅给本工位的回执。</source>
        <translation>These are not the hall&apos;s receipts for this station.</translation>
    </message>
    <message>
        <source>大厅换过数据库，这个回执作不了数。</source>
        <translation>The hall was restored since; these receipts do not count.</translation>
    </message>
    <message>
        <source>本机还没有大厅的公钥，导不出 U 盘。</source>
        <translation>This machine does not have the hall&apos;s public key yet; no stick can be written.</translation>
    </message>
    <message>
        <source>文件没有写成。</source>
        <translation>The file could not be written.</translation>
    </message>
    <message>
        <source>这一条已经处理过了。</source>
        <translation>This step has been dealt with already.</translation>
    </message>
    <message>
        <source>单据版式 {file} 有误（{place}：{cause}），没有打印。</source>
        <translation>The template {file} is wrong ({place}: {cause}); nothing was printed.</translation>
    </message>
    <message>
        <source>打印服务没有运行。</source>
        <translation>The print service is not running.</translation>
    </message>
    <message>
        <source>打印服务里没有这台打印机。</source>
        <translation>The print service has no such printer.</translation>
    </message>
    <message>
        <source>打印机现在不收任务。</source>
        <translation>The printer takes no jobs now.</translation>
    </message>
    <message>
        <source>打印服务的磁盘满了，单子没有送进去。</source>
        <translation>The print service&apos;s disk is full; the sheet did not go in.</translation>
    </message>
    <message>
        <source>打印台账里没有这张单子。</source>
        <translation>The print ledger has no such sheet.</translation>
    </message>
    <message>
        <source>这张单子已经有结论了。</source>
        <translation>This sheet is settled already.</translation>
    </message>
    <message>
        <source>打印机还没有打完，不能确认出纸。</source>
        <translation>The printer has not finished; it cannot be confirmed yet.</translation>
    </message>
    <message>
        <source>这张单子可能已经打在纸上，不能原样再送。</source>
        <translation>This sheet may be on paper already and cannot be sent again as it is.</translation>
    </message>
    <message>
        <source>这张单子还在打印机里，撤不回来。</source>
        <translation>This sheet is still in the printer and cannot be taken back.</translation>
    </message>
    <message>
        <source>这一批已经结束，或不在本工位。</source>
        <translation>This batch is over, or not of this station.</translation>
    </message>
    <message>
        <source>还有一批没有打完。</source>
        <translation>Another batch is not finished.</translation>
    </message>
    <message>
        <source>没有选中等着打印的结果单。</source>
        <translation>No waiting result slip is selected.</translation>
    </message>
    <message>
        <source>预览画不出来。</source>
        <translation>The preview could not be drawn.</translation>
    </message>
    <message>
        <source>工作日表没有存：{day} 这一天不对。</source>
        <translation>The working days were not saved: {day} is wrong. </translation>
    </message>
    <message>
        <source>工作日表没有存：依据或理由没有写。</source>
        <translation>The working days were not saved: basis or reason is missing. </translation>
    </message>
    <message>
        <source>工作日表由大厅下发，本机不能改。</source>
        <translation>The working days come from the hall and cannot be changed here. </translation>
    </message>
    <message>
        <source>补正告知没有写全。</source>
        <translation>The notice of correction is not complete.</translation>
    </message>
    <message>
        <source>已过 {last}，五个工作日内没有告知，视为受理。</source>
        <translation>{last} has passed: nothing was told within five working days, so the case counts as accepted.</translation>
    </message>
    <message>
        <source>还有 {count} 项补正没有回应。</source>
        <translation>{count} gap(s) of the correction have no answer.</translation>
    </message>
    <message>
        <source>补正期限到 {until} 才满，现在不能退件。</source>
        <translation>The limit of the correction runs until {until}; the case cannot be returned yet.</translation>
    </message>
    <message>
        <source>撤回要有签名的申请。</source>
        <translation>A withdrawal needs a signed request.</translation>
    </message>
    <message>
        <source>没有可以更正的内容。</source>
        <translation>There is nothing to correct.</translation>
    </message>
    <message>
        <source>这一项要另一个人会签才能更正。</source>
        <translation>This is corrected only with a second person&apos;s signature.</translation>
    </message>
    <message>
        <source>这个事项要本人办理，不能代办。</source>
        <translation>This item is filed in person; an agent cannot.</translation>
    </message>
    <message>
        <source>委托书登记不了：{what}。</source>
        <translation>The power of attorney cannot be noted: {what}.</translation>
    </message>
    <message>
        <source>目录里没有写这件该转给哪个单位。</source>
        <translation>The catalogue does not say which office this case goes to.</translation>
    </message>
    <message>
        <source>这件已转送{office}，由那边办下一步。</source>
        <translation>This case was handed to {office}, which takes the next step.</translation>
    </message>
    <message>
        <source>转来的材料还没有接收，先接收再办。</source>
        <translation>The papers that came with the case are not taken over yet.</translation>
    </message>
    <message>
        <source>结果已交付：{who}，{when}。</source>
        <translation>The result was handed out: {who}, {when}.</translation>
    </message>
    <message>
        <source>领取人不是申请人，也没有代领的委托。</source>
        <translation>The receiver is neither the applicant nor empowered to collect.</translation>
    </message>
    <message>
        <source>结果不在窗口：{where}。</source>
        <translation>The result is not at the window: {where}.</translation>
    </message>
    <message>
        <source>这个事项不能用这种方式领取。</source>
        <translation>This item is not handed out this way.</translation>
    </message>
    <message>
        <source>寄送或入柜的信息不全：{what}。</source>
        <translation>The delivery lacks something: {what}.</translation>
    </message>
    <message>
        <source>没有可以召回的寄送或入柜单。</source>
        <translation>There is no delivery to recall.</translation>
    </message>
    <message>
        <source>这个名称不能用</source>
        <translation>This name cannot be used</translation>
    </message>
    <message>
        <source>保存的筛选满 {most} 个了</source>
        <translation>{most} filters are saved already</translation>
    </message>
    <message>
        <source>报表没有导出成</source>
        <translation>The report was not exported</translation>
    </message>
    <message>
        <source>报表的日期不对</source>
        <translation>The days of the report do not fit</translation>
    </message>
    <message>
        <source>这一班已经交接过了</source>
        <translation>This shift was handed over already</translation>
    </message>
    <message>
        <source>交接之后又有新办件，数字变了</source>
        <translation>There was new work meanwhile, and the figures have changed</translation>
    </message>
    <message>
        <source>找不到这次交接</source>
        <translation>This handover is not there</translation>
    </message>
    <message>
        <source>本机还没有大厅的公钥，这次没有发起评价。</source>
        <translation>This machine does not have the hall&apos;s public key yet, so the citizen was not asked.</translation>
    </message>
    <message>
        <source>被评价的人不能处理自己的差评。</source>
        <translation>Whoever was rated does not see to their own bad review.</translation>
    </message>
    <message>
        <source>这件差评已经办结，或不在你这里。</source>
        <translation>This bad review is closed, or not yours.</translation>
    </message>
    <message>
        <source>这一步还缺内容，没有记下。</source>
        <translation>Something is missing for this step; it was not noted.</translation>
    </message>
    <message>
        <source>看过以后，这张单子的内容变了，没有打印。</source>
        <translation>The sheet has changed since you looked at it. It was not printed.</translation>
    </message>
    <message>
        <source>没有打开：这份扫描件不在这件办件里。</source>
        <translation>Not opened: this scan is not one of this case.</translation>
    </message>
    <message>
        <source>没有打开：收件机构还没有把这份扫描件传到大厅。</source>
        <translation>Not opened: the receiving office has not sent this scan to the hall yet.</translation>
    </message>
    <message>
        <source>没有受理：这件由{office}受理，本窗口只代收。</source>
        <translation>Not accepted: {office} accepts this case, this counter receives for it.</translation>
    </message>
    <message>
        <source>单子没有另存成</source>
        <translation>The slip was not saved</translation>
    </message>
    <message>
        <source>没有人在等。</source>
        <translation>Nobody waits.</translation>
    </message>
    <message>
        <source>没有这个号。</source>
        <translation>There is no such number.</translation>
    </message>
    <message>
        <source>这个号现在不能这样处理。</source>
        <translation>This number cannot be handled so now.</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>待填</source>
        <translation>to fill</translation>
    </message>
    <message>
        <source>选填</source>
        <translation>opt.</translation>
    </message>
    <message>
        <source>用于 {0}</source>
        <translation>Used by {0}</translation>
    </message>
    <message>
        <source>来自 {0}</source>
        <translation>From {0}</translation>
    </message>
    <message>
        <source>字库没有第 {0} 个字（U+{1}），核对这个字</source>
        <translation>No font has character {0} (U+{1}): check it</translation>
    </message>
    <message>
        <source>空格选照片，Delete 去掉</source>
        <translation>Space: choose a photo, Delete: none</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>只看我收的</source>
        <translation>Only mine</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>状态：不限</source>
        <translation>Status: any</translation>
    </message>
    <message>
        <source>收件日期</source>
        <translation>Day of receipt</translation>
    </message>
    <message>
        <source>收件：{0}</source>
        <translation>Received: {0}</translation>
    </message>
    <message>
        <source>我的筛选</source>
        <translation>My filters</translation>
    </message>
    <message>
        <source>筛选名称</source>
        <translation>Name of the filter</translation>
    </message>
    <message>
        <source>起个名字，不写姓名和号码</source>
        <translation>A name, no person or number</translation>
    </message>
    <message>
        <source>保存筛选</source>
        <translation>Save filter</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>FindLine</name>
    <message>
        <source>查找办件</source>
        <translation>Find cases</translation>
    </message>
    <message>
        <source>查找  Ctrl+F</source>
        <translation>Find  Ctrl+F</translation>
    </message>
    <message>
        <source>再输一点：姓名两个字，号码四位</source>
        <translation>Type more: two characters of a name, four of a number</translation>
    </message>
    <message>
        <source>{0} 件以上，再输几个字</source>
        <translation>More than {0}: type on to narrow</translation>
    </message>
    <message>
        <source>找到 {0} 件</source>
        <translation>{0} found</translation>
    </message>
    <message>
        <source>；以前的办件还在建检索，最多 {0} 件暂时查不到</source>
        <translation>; older cases are being indexed, up to {0} cannot be found yet</translation>
    </message>
    <message>
        <source>姓名、首字母、证件号末位、收件号、单号</source>
        <translation>Name, initials, end of ID, receipt or sheet no.</translation>
    </message>
    <message>
        <source>姓名至少两个字，或拼音首字母；证件号末 4 至 6 位（含 X）或全号；收件号、办件编号的末几位或全号；单据编号，或扫单据上的二维码。按 Ctrl+F 或 / 到这里，Esc 清空。</source>
        <translation>At least two characters of the name, or its initials; the last 4 to 6 of the ID number (X included) or all of it; the end or all of a receipt or case number; the number of a sheet, or its scanned code. Ctrl+F or / leads here, Esc empties it.</translation>
    </message>
</context>
<context>
    <name>FixingPart</name>
    <message>
        <source>需处理</source>
        <translation>Needs fixing</translation>
    </message>
    <message>
        <source>两边的记录</source>
        <translation>Records of both sides</translation>
    </message>
    <message>
        <source>没有要处理的</source>
        <translation>Nothing needs fixing</translation>
    </message>
    <message>
        <source>大厅不收的步骤会到这里，附上原因和办法；别的办件照常传。</source>
        <translation>Steps that the hall does not take come here, with reason and remedy; other cases go on.</translation>
    </message>
    <message>
        <source>大厅没有收：{0}。</source>
        <translation>The hall did not take it: {0}.</translation>
    </message>
</context>
<context>
    <name>Flags</name>
    <message>
        <source>{0} 前没有告知，从收件之日起视为受理</source>
        <translation>Nothing was told by {0}: accepted as of the day of receipt</translation>
    </message>
    <message>
        <source>视为受理</source>
        <translation>Accepted by silence</translation>
    </message>
    <message>
        <source>收件后更正过，以前打印的单据作废</source>
        <translation>Corrected after the receipt; sheets printed before hold no more</translation>
    </message>
    <message>
        <source>第 {0} 版</source>
        <translation>version {0}</translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>表单  F4</source>
        <translation>Form  F4</translation>
    </message>
    <message>
        <source>已填 {0}/{1} 项，带出 {2} 项，录入 {3} 项</source>
        <translation>{0}/{1} filled, {2} prefilled, {3} typed</translation>
    </message>
    <message>
        <source>情形：{0}</source>
        <translation>Situation: {0}</translation>
    </message>
    <message>
        <source>已遮盖，按空格或点一下显示，记入日志</source>
        <translation>Masked; Space or a click shows it, on the record</translation>
    </message>
    <message>
        <source>正在明文显示，{0} 秒后遮盖</source>
        <translation>In clear, masked in {0} s</translation>
    </message>
</context>
<context>
    <name>GapsPanel</name>
    <message>
        <source>还差什么</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <source>承诺时限</source>
        <translation>Promised dates</translation>
    </message>
    <message>
        <source>还差 {0} 项</source>
        <translation>{0} gaps left</translation>
    </message>
    <message>
        <source>齐了，没有缺项</source>
        <translation>Complete, no gaps</translation>
    </message>
    <message>
        <source>待{0}办结</source>
        <translation>after {0}</translation>
    </message>
    <message>
        <source>工作日表没有那一天，算不出</source>
        <translation>beyond the working-day table: no date</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>没有约定期限</source>
        <translation>No limit was agreed</translation>
    </message>
</context>
<context>
    <name>GatePage</name>
    <message>
        <source>正在准备工位…</source>
        <translation>Getting the station ready…</translation>
    </message>
    <message>
        <source>一窗工作站</source>
        <translation>One-Window Workstation</translation>
    </message>
    <message>
        <source>本工位还没有登记</source>
        <translation>This station is not enrolled yet</translation>
    </message>
    <message>
        <source>程序出错，这一步没有办成。再办一次；仍不行就重开程序。</source>
        <translation>The program failed in this step. Do it again; if it fails again, restart the program.</translation>
    </message>
    <message>
        <source>新工位</source>
        <translation>New station</translation>
    </message>
    <message>
        <source>本机数据已加密</source>
        <translation>The data of this station are encrypted</translation>
    </message>
    <message>
        <source>两次口令不一样，再输一次。</source>
        <translation>The two passphrases differ: type the second one again.</translation>
    </message>
    <message>
        <source>连不上大厅。检查网线和大厅地址，再试一次。</source>
        <translation>The hall cannot be reached. Check the cable and the hall&apos;s address, then try again.</translation>
    </message>
</context>
<context>
    <name>Grade</name>
    <message>
        <source>非常满意</source>
        <translation>Very good</translation>
    </message>
    <message>
        <source>满意</source>
        <translation>Good</translation>
    </message>
    <message>
        <source>基本满意</source>
        <translation>Fair</translation>
    </message>
    <message>
        <source>不满意</source>
        <translation>Bad</translation>
    </message>
    <message>
        <source>非常不满意</source>
        <translation>Very bad</translation>
    </message>
</context>
<context>
    <name>GradesPage</name>
    <message>
        <source>您对这次服务满意吗？</source>
        <translation>How was this service?</translation>
    </message>
</context>
<context>
    <name>HandOutBox</name>
    <message>
        <source>召回</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>打印取件凭证</source>
        <translation>Print pick-up slip</translation>
    </message>
    <message>
        <source>打印送达回证</source>
        <translation>Print service return</translation>
    </message>
    <message>
        <source>领取方式</source>
        <translation>Way</translation>
    </message>
    <message>
        <source>收件电话</source>
        <translation>Receiver&apos;s phone</translation>
    </message>
    <message>
        <source>寄送地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>箱格</source>
        <translation>Box</translation>
    </message>
    <message>
        <source>袋里有办事人的原件</source>
        <translation>The citizen&apos;s originals are in the bag</translation>
    </message>
    <message>
        <source>准备出件</source>
        <translation>Make ready</translation>
    </message>
    <message>
        <source>电话</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>领取人姓名</source>
        <translation>Receiver&apos;s name</translation>
    </message>
    <message>
        <source>领取人证件号码</source>
        <translation>Receiver&apos;s ID number</translation>
    </message>
    <message>
        <source>看证件原件录入</source>
        <translation>typed from the original</translation>
    </message>
    <message>
        <source>代领，已看新的授权委托书</source>
        <translation>Agent, another power of attorney seen</translation>
    </message>
    <message>
        <source>代领人电话</source>
        <translation>Agent&apos;s phone</translation>
    </message>
    <message>
        <source>和申请人的关系</source>
        <translation>Relation to the applicant</translation>
    </message>
    <message>
        <source>委托到哪天</source>
        <translation>Power lasts until</translation>
    </message>
    <message>
        <source>读卡核对并交付</source>
        <translation>Read card and hand out</translation>
    </message>
    <message>
        <source>核对证件，交付</source>
        <translation>ID checked, hand out</translation>
    </message>
    <message>
        <source>领取人</source>
        <translation>Receiver</translation>
    </message>
    <message>
        <source>证件号码</source>
        <translation>ID no.</translation>
    </message>
    <message>
        <source>关系</source>
        <translation>Relation</translation>
    </message>
    <message>
        <source>委托到</source>
        <translation>Until</translation>
    </message>
    <message>
        <source>{0} 有代领委托，录入姓名和号码核对</source>
        <translation>{0} may collect by power of attorney: type name and number</translation>
    </message>
</context>
<context>
    <name>HandoverBox</name>
    <message>
        <source>转送受理单位</source>
        <translation>Hand on</translation>
    </message>
    <message>
        <source>差异说明</source>
        <translation>Discrepancies</translation>
    </message>
    <message>
        <source>有差异写在这里</source>
        <translation>Write discrepancies here</translation>
    </message>
    <message>
        <source>接收材料</source>
        <translation>Take over papers</translation>
    </message>
    <message>
        <source>由 {0} 受理</source>
        <translation>To be accepted by {0}</translation>
    </message>
    <message>
        <source>{0} 转来，流转单 {1}。点清材料，没到的去掉勾</source>
        <translation>From {0}, sheet {1}. Count the papers; untick what is not there</translation>
    </message>
    <message>
        <source>（没有）</source>
        <translation>(none)</translation>
    </message>
</context>
<context>
    <name>HandoverState</name>
    <message>
        <source>已会签，待接班确认</source>
        <translation>Signed by both, to be confirmed</translation>
    </message>
    <message>
        <source>已接班</source>
        <translation>Confirmed</translation>
    </message>
</context>
<context>
    <name>ItemDates</name>
    <message>
        <source>法定最迟 {0}</source>
        <translation>By law until {0}</translation>
    </message>
    <message>
        <source>法定期限在工作日表之后，算不出</source>
        <translation>The day by law is beyond the table of working days</translation>
    </message>
    <message>
        <source>受理时承诺 {0}，{1}</source>
        <translation>Promised {0} at the acceptance; {1}</translation>
    </message>
    <message>
        <source>大厅的工作日表只到 {0}，没有算出；按本工位承诺</source>
        <translation>The hall&apos;s table ends on {0}: it computed nothing, this station&apos;s promise stands</translation>
    </message>
    <message>
        <source>以大厅为准：本工位算的是 {0}，两边工作日表不同（本工位 {1}，大厅 {2}）</source>
        <translation>The hall&apos;s word counts. This station has {0}, by another table of working days (here {1}, hall {2})</translation>
    </message>
    <message>
        <source>以大厅为准：本工位算的是 {0}，大厅的受理时间或时限不同</source>
        <translation>The hall&apos;s word counts. This station has {0}; the hall has another time of acceptance or limit</translation>
    </message>
    <message>
        <source>延长审批：{0} 批准延长 {1} 个工作日（{2}，告知书 {3}）</source>
        <translation>Extension: on {0} by {1} working days ({2}, notice {3})</translation>
    </message>
</context>
<context>
    <name>ItemPicker</name>
    <message>
        <source>找事项</source>
        <translation>Find an item</translation>
    </message>
    <message>
        <source>找事项：名称、别名或拼音首字母，如 xse；↑↓ 选，回车定</source>
        <translation>Find an item: name, alias or pinyin initials such as xse; ↑↓ to move, Enter to take</translation>
    </message>
    <message>
        <source>事项  F3</source>
        <translation>Item  F3</translation>
    </message>
    <message>
        <source>更换</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>更换事项</source>
        <translation>Change the item</translation>
    </message>
    <message>
        <source>找到的事项</source>
        <translation>Items found</translation>
    </message>
    <message>
        <source>没有这个名字的事项，换个说法，或清空看全部</source>
        <translation>No item of this name: try other words, or clear to see all</translation>
    </message>
    <message>
        <source>一件事</source>
        <translation>bundle</translation>
    </message>
    <message>
        <source>依据和时限以当地为准</source>
        <translation>legal basis and limits as the place has them</translation>
    </message>
    <message>
        <source>要办就勾上，不办就去掉勾，其他事项照常</source>
        <translation>Tick what is wanted; the other items go on either way</translation>
    </message>
</context>
<context>
    <name>JamPanel</name>
    <message>
        <source>填第一张没有打好的。它前面打完的算已出纸；从它起，可能沾过纸的作废，重打时标明补打；没动过的原样再送。</source>
        <translation>Fill in the first sheet that is not good. Printed ones before it count as out; from it on, what may have touched paper is void and is printed anew as a numbered reprint; what was not begun is sent again as it is.</translation>
    </message>
    <message>
        <source>从第几张接着打</source>
        <translation>Go on from sheet</translation>
    </message>
    <message>
        <source>接着打</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>结束这一批</source>
        <translation>End this batch</translation>
    </message>
    <message>
        <source>打完的算已出纸，其余作废，办件回到等打印的列表。</source>
        <translation>What is printed counts as out, the rest is void, and its cases wait in the list again.</translation>
    </message>
    <message>
        <source>从第</source>
        <translation>From sheet</translation>
    </message>
    <message>
        <source>张起</source>
        <translation>on</translation>
    </message>
    <message>
        <source>停在第 {0} 张：{1}</source>
        <translation>Stopped at sheet {0}: {1}</translation>
    </message>
    <message>
        <source>停在第 {0} 张</source>
        <translation>Stopped at sheet {0}</translation>
    </message>
    <message>
        <source>从第 {0} 张接着打</source>
        <translation>Go on from sheet {0}</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>口令</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>再输一次口令</source>
        <translation>Passphrase again</translation>
    </message>
    <message>
        <source>打开本机数据</source>
        <translation>Open this station&apos;s data</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>密钥在系统密钥环里，不用口令。</source>
        <translation>The key is in the system keyring; no passphrase is needed.</translation>
    </message>
    <message>
        <source>密钥位置：系统密钥环</source>
        <translation>Key kept in: system keyring</translation>
    </message>
    <message>
        <source>输入本工位的口令。</source>
        <translation>Enter the passphrase of this station.</translation>
    </message>
    <message>
        <source>设好并开始</source>
        <translation>Set and start</translation>
    </message>
    <message>
        <source>开始使用</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>第一次使用本工位</source>
        <translation>First use of this station</translation>
    </message>
    <message>
        <source>本机数据全部加密，密钥存入系统密钥环，不用口令。</source>
        <translation>All data are encrypted; the key goes into the system keyring, no passphrase is needed.</translation>
    </message>
    <message>
        <source>本机数据全部加密。定一个口令，每天开机用它打开。</source>
        <translation>All data are encrypted. Choose a passphrase to open them each day.</translation>
    </message>
    <message>
        <source>密钥位置：口令保护。口令忘了数据就打不开，按单位规定封存一份。</source>
        <translation>Key kept: under the passphrase. If it is forgotten the data are lost: keep a sealed copy.</translation>
    </message>
    <message>
        <source>找回密钥</source>
        <translation>Recover the key</translation>
    </message>
    <message>
        <source>密钥位置：口令保护。忘了口令，用“找回密钥”。</source>
        <translation>Key: under a passphrase. Forgotten? Recover the key below.</translation>
    </message>
</context>
<context>
    <name>KeyPlace</name>
    <message>
        <source>系统密钥环</source>
        <translation>system keyring</translation>
    </message>
    <message>
        <source>口令保护</source>
        <translation>under a passphrase</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>zh</source>
        <translation>en</translation>
    </message>
</context>
<context>
    <name>LedgerPanel</name>
    <message>
        <source>回到全部</source>
        <translation>Back to all</translation>
    </message>
    <message>
        <source>打印台账</source>
        <translation>Print ledger</translation>
    </message>
    <message>
        <source>单子</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <source>出来了</source>
        <translation>It is out</translation>
    </message>
    <message>
        <source>再送打印</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>作废重打</source>
        <translation>Void and reprint</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>看单子</source>
        <translation>Look at it</translation>
    </message>
    <message>
        <source>还没有打印过</source>
        <translation>Nothing printed yet</translation>
    </message>
    <message>
        <source>打出的每张单子都记在这里，看到纸再确认。</source>
        <translation>Every sheet is entered here; confirm once you see the paper.</translation>
    </message>
    <message>
        <source>办件 {0} 的单子：{1} 张，已出纸 {2} 张</source>
        <translation>Sheets of case {0}: {1}, of them out {2}</translation>
    </message>
    <message>
        <source>文件夹</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>没有送到打印机</source>
        <translation>No printer has it</translation>
    </message>
    <message>
        <source>送出 {0}</source>
        <translation>sent {0}</translation>
    </message>
    <message>
        <source>打完 {0}</source>
        <translation>done {0}</translation>
    </message>
    <message>
        <source>编号</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>开出</source>
        <translation>Made</translation>
    </message>
    <message>
        <source>打印任务</source>
        <translation>Print job</translation>
    </message>
    <message>
        <source>时间</source>
        <translation>Times</translation>
    </message>
    <message>
        <source>谁确认</source>
        <translation>Confirmed by</translation>
    </message>
    <message>
        <source>{0}，{1}</source>
        <translation>{0}, {1}</translation>
    </message>
    <message>
        <source>算不算</source>
        <translation>Counts</translation>
    </message>
    <message>
        <source>没确认出纸，不算已打印</source>
        <translation>Not confirmed, so not printed</translation>
    </message>
    <message>
        <source>存档指纹</source>
        <translation>Archive hash</translation>
    </message>
    <message>
        <source>已另存：{0}</source>
        <translation>Saved: {0}</translation>
    </message>
</context>
<context>
    <name>Light</name>
    <message>
        <source>停止计时</source>
        <translation>Clock stopped</translation>
    </message>
    <message>
        <source>等补正，停止计时</source>
        <translation>Awaiting correction, clock stopped</translation>
    </message>
    <message>
        <source>今天到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>余 {0} 日</source>
        <translation>{0} d left</translation>
    </message>
    <message>
        <source>余 {0} 天</source>
        <translation>{0} calendar days left</translation>
    </message>
    <message>
        <source>余 {0} 个工作日</source>
        <translation>{0} working days left</translation>
    </message>
    <message>
        <source>已超时</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>超期 {0} 日</source>
        <translation>{0} d late</translation>
    </message>
    <message>
        <source>超期 {0} 天</source>
        <translation>{0} calendar days late</translation>
    </message>
    <message>
        <source>超期 {0} 个工作日</source>
        <translation>{0} working days late</translation>
    </message>
</context>
<context>
    <name>Limit</name>
    <message>
        <source>{0} 个工作日</source>
        <translation>{0} working days</translation>
    </message>
    <message>
        <source>{0} 个自然日</source>
        <translation>{0} calendar days</translation>
    </message>
    <message>
        <source>{0} 小时</source>
        <translation>{0} hours</translation>
    </message>
    <message>
        <source>{0} 分钟</source>
        <translation>{0} minutes</translation>
    </message>
    <message>
        <source>{0} 个月</source>
        <translation>{0} months</translation>
    </message>
    <message>
        <source>即办</source>
        <translation>at once</translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>正在连接大厅</source>
        <translation>connecting to the hall</translation>
    </message>
    <message>
        <source>大厅在线</source>
        <translation>hall online</translation>
    </message>
    <message>
        <source>大厅离线</source>
        <translation>hall offline</translation>
    </message>
    <message>
        <source>大厅拒收</source>
        <translation>hall refuses</translation>
    </message>
</context>
<context>
    <name>LinkDetail</name>
    <message>
        <source>还没有得到大厅的答复。</source>
        <translation>The hall has not answered yet.</translation>
    </message>
    <message>
        <source>收件、核验、受理都可以办。</source>
        <translation>Receipt, checks and acceptance all work.</translation>
    </message>
    <message>
        <source>收件照常，按临时收件登记，恢复后自动上报；核验和受理等连上再办。</source>
        <translation>Receipt goes on, marked provisional, and is sent later; checks and acceptance wait for the hall.</translation>
    </message>
    <message>
        <source>工位被停用，或本机时间不准。联系大厅管理员。</source>
        <translation>The station was revoked, or its clock is wrong. Tell the hall&apos;s administrator.</translation>
    </message>
</context>
<context>
    <name>LinkTrouble</name>
    <message>
        <source>工位已停用</source>
        <translation>station shut out</translation>
    </message>
    <message>
        <source>本机时间不准</source>
        <translation>this clock is wrong</translation>
    </message>
    <message>
        <source>大厅换过数据库</source>
        <translation>the hall was restored</translation>
    </message>
    <message>
        <source>大厅的签名不对</source>
        <translation>the hall&apos;s signature is wrong</translation>
    </message>
    <message>
        <source>大厅不认本机签名</source>
        <translation>the hall refuses this signature</translation>
    </message>
    <message>
        <source>大厅不认识本机</source>
        <translation>the hall does not know this machine</translation>
    </message>
    <message>
        <source>程序出错，告诉运维</source>
        <translation>program error, tell support</translation>
    </message>
</context>
<context>
    <name>List</name>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>ListBar</name>
    <message>
        <source>清单</source>
        <translation>Lists</translation>
    </message>
    <message>
        <source>大厅没有收下、要人处理的步骤，在“传输”里</source>
        <translation>Steps that the hall did not take and that need a person, under Transfers</translation>
    </message>
    <message>
        <source>传输待处理  {0}</source>
        <translation>Transfers to fix  {0}</translation>
    </message>
</context>
<context>
    <name>ListDays</name>
    <message>
        <source>不限</source>
        <translation>any</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>近 7 天</source>
        <translation>last 7 days</translation>
    </message>
    <message>
        <source>近 30 天</source>
        <translation>last 30 days</translation>
    </message>
</context>
<context>
    <name>ListEmpty</name>
    <message>
        <source>这个清单是空的</source>
        <translation>This list is empty</translation>
    </message>
    <message>
        <source>现在没有要办的。看全部办件，按 Alt+1。</source>
        <translation>Nothing is to be done here now. Alt+1 shows all cases.</translation>
    </message>
    <message>
        <source>还没有办件</source>
        <translation>No cases yet</translation>
    </message>
    <message>
        <source>在“受理”里收件后会出现在这里，Ctrl+1。</source>
        <translation>Cases received under Intake (Ctrl+1) appear here.</translation>
    </message>
    <message>
        <source>还没有可出的结果</source>
        <translation>No results yet</translation>
    </message>
    <message>
        <source>各部门办结后会自动出现在这里。进展看“办件”，Ctrl+2。</source>
        <translation>Cases appear here by themselves once decided. Progress stands under Cases, Ctrl+2.</translation>
    </message>
</context>
<context>
    <name>ListKind</name>
    <message>
        <source>全部</source>
        <translation>All</translation>
    </message>
    <message>
        <source>今天到期</source>
        <translation>Due today</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>待受理</source>
        <translation>To accept</translation>
    </message>
    <message>
        <source>待补正</source>
        <translation>To correct</translation>
    </message>
    <message>
        <source>待会签</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>换临时单</source>
        <translation>Provisional slips</translation>
    </message>
    <message>
        <source>等核验</source>
        <translation>Checks pending</translation>
    </message>
    <message>
        <source>全部结果</source>
        <translation>All results</translation>
    </message>
    <message>
        <source>待领取</source>
        <translation>To hand out</translation>
    </message>
</context>
<context>
    <name>ListTip</name>
    <message>
        <source>本工位的全部办件，新的在前</source>
        <translation>All cases of this station, the newest first</translation>
    </message>
    <message>
        <source>承诺今天办结或补交、还没有完成的</source>
        <translation>Promised for today and not done yet</translation>
    </message>
    <message>
        <source>过了承诺日期还没有办结的，最早的在前</source>
        <translation>Past their promised day and not decided, the oldest first</translation>
    </message>
    <message>
        <source>还没有办结、退回或作废的</source>
        <translation>Neither decided nor returned nor voided</translation>
    </message>
    <message>
        <source>已收件或已补齐、还没有受理的；五个工作日不答复视为受理</source>
        <translation>Received or completed, and not accepted; without an answer in five working days it counts as accepted</translation>
    </message>
    <message>
        <source>已告知补正、申请人还没有补齐的</source>
        <translation>Told what is missing; the applicant has not brought it yet</translation>
    </message>
    <message>
        <source>提请了不予受理、容缺、作废或恢复办理，等第二人会签的</source>
        <translation>Refusals, tolerances, voids and reopenings that wait for a second person</translation>
    </message>
    <message>
        <source>群众手里是临时收件单，大厅已给编号，该换正式凭证的</source>
        <translation>The citizen holds a provisional slip and the hall has given the number: to be replaced</translation>
    </message>
    <message>
        <source>部门还欠核验答复的，最急的在前</source>
        <translation>Checks that departments owe an answer to, the most urgent first</translation>
    </message>
    <message>
        <source>已办结的，新办结的在前</source>
        <translation>Decided, the newest first</translation>
    </message>
    <message>
        <source>已办结还没有领取的，等得最久的在前</source>
        <translation>Decided and not fetched, the longest waiting first</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>一窗工作站</source>
        <translation>One-Window Workstation</translation>
    </message>
</context>
<context>
    <name>LockPanel</name>
    <message>
        <source>工位已锁定</source>
        <translation>Desk locked</translation>
    </message>
    <message>
        <source>解锁</source>
        <translation>Unlock</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>长时间没有操作，已自动锁定。</source>
        <translation>Locked because nobody used it for a while. </translation>
    </message>
    <message>
        <source>操作员卡已取走，已锁定。</source>
        <translation>Locked because the operator card was taken. </translation>
    </message>
    <message>
        <source>电脑休眠过，已锁定。</source>
        <translation>Locked because the machine was asleep. </translation>
    </message>
    <message>
        <source>{0}只有{1}（{2}）能接着办。</source>
        <translation>{0}Only {1} ({2}) can go on.</translation>
    </message>
    <message>
        <source>没收件的内容已封存。换人登录：改账号，输本人密码，看不到前一位的内容。</source>
        <translation>What is not received yet is sealed. Somebody else: change the account and type your own password; nothing of the person before is shown.</translation>
    </message>
    <message>
        <source>放回操作员卡也能解锁。</source>
        <translation>Putting the operator card back unlocks too. </translation>
    </message>
    <message>
        <source>换人登录</source>
        <translation>Sign in as another person</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>一窗工作站</source>
        <translation>One-Window Workstation</translation>
    </message>
    <message>
        <source>程序出错，工位打不开。重开程序；仍不行就把时间告诉运维。</source>
        <translation>The program failed to open the station. Restart it; if it fails again, tell support the time.</translation>
    </message>
</context>
<context>
    <name>MaterialHow</name>
    <message>
        <source>刷卡替代</source>
        <translation>by card</translation>
    </message>
    <message>
        <source>核验替代</source>
        <translation>by check</translation>
    </message>
    <message>
        <source>已看原件</source>
        <translation>original seen</translation>
    </message>
    <message>
        <source>已扫描</source>
        <translation>scanned</translation>
    </message>
    <message>
        <source>缺</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>容缺</source>
        <translation>tolerated</translation>
    </message>
    <message>
        <source>已承诺</source>
        <translation>promised</translation>
    </message>
    <message>
        <source>等待答复</source>
        <translation>waiting for the answer</translation>
    </message>
</context>
<context>
    <name>MaterialRow</name>
    <message>
        <source>已看原件</source>
        <translation>original seen</translation>
    </message>
    <message>
        <source>扫描件…</source>
        <translation>Scan…</translation>
    </message>
    <message>
        <source>{0}（选交）</source>
        <translation>{0} (optional)</translation>
    </message>
    <message>
        <source>{0}已看原件</source>
        <translation>{0}: original seen</translation>
    </message>
    <message>
        <source>{0}扫描件</source>
        <translation>{0}: scan</translation>
    </message>
    <message>
        <source>用于 {0}</source>
        <translation>Used by {0}</translation>
    </message>
    <message>
        <source>扫描件 {0} 份</source>
        <translation>{0} scans</translation>
    </message>
    <message>
        <source>未交</source>
        <translation>not handed in</translation>
    </message>
    <message>
        <source>原件 {0} 份</source>
        <translation>originals: {0}</translation>
    </message>
    <message>
        <source>复印件 {0} 份</source>
        <translation>copies: {0}</translation>
    </message>
    <message>
        <source>可容缺后补</source>
        <translation>may come later</translation>
    </message>
    <message>
        <source>可告知承诺</source>
        <translation>a promise will do</translation>
    </message>
    <message>
        <source>承诺书</source>
        <translation>Promise</translation>
    </message>
    <message>
        <source>已签字</source>
        <translation>Signed</translation>
    </message>
    <message>
        <source>{0}承诺书已签字</source>
        <translation>Promise for {0} signed</translation>
    </message>
    <message>
        <source>打印{0}的告知承诺书</source>
        <translation>Print the promise for {0}</translation>
    </message>
    <message>
        <source>承诺书 {0}</source>
        <translation>Promise {0}</translation>
    </message>
    <message>
        <source>最迟 {0}</source>
        <translation>By {0}</translation>
    </message>
</context>
<context>
    <name>MaterialsPanel</name>
    <message>
        <source>材料  F5</source>
        <translation>Papers  F5</translation>
    </message>
    <message>
        <source>少交 {0} 份</source>
        <translation>papers saved: {0}</translation>
    </message>
    <message>
        <source>选扫描件</source>
        <translation>Choose a scan</translation>
    </message>
    <message>
        <source>扫描件 (*.pdf *.png *.jpg *.jpeg)</source>
        <translation>Scans (*.pdf *.png *.jpg *.jpeg)</translation>
    </message>
</context>
<context>
    <name>Matter</name>
    <message>
        <source>办事</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>取结果</source>
        <translation>Collect</translation>
    </message>
    <message>
        <source>咨询</source>
        <translation>Ask</translation>
    </message>
</context>
<context>
    <name>Mode</name>
    <message>
        <source>全程网办</source>
        <translation>all online</translation>
    </message>
    <message>
        <source>异地代收代办</source>
        <translation>received for the owner</translation>
    </message>
    <message>
        <source>多地联办</source>
        <translation>handled jointly</translation>
    </message>
</context>
<context>
    <name>MonthGrid</name>
    <message>
        <source>上个月</source>
        <translation>Month before</translation>
    </message>
    <message>
        <source>下个月</source>
        <translation>Next month</translation>
    </message>
    <message>
        <source>{0} 年 {1} 月</source>
        <translation>{0}-{1}</translation>
    </message>
    <message>
        <source>{0}，工作日表里没有</source>
        <translation>{0}, not in the table</translation>
    </message>
    <message>
        <source>班</source>
        <translation>on</translation>
    </message>
    <message>
        <source>休</source>
        <translation>off</translation>
    </message>
    <message>
        <source>{0}，上班</source>
        <translation>{0}, working day</translation>
    </message>
    <message>
        <source>{0}，休息</source>
        <translation>{0}, day off</translation>
    </message>
    <message>
        <source>{0}，不在本月</source>
        <translation>{0}, of another month</translation>
    </message>
    <message>
        <source>日期</source>
        <translation>Day</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>可以再说一点，也可以直接提交</source>
        <translation>Say more if you like, or send it as it is</translation>
    </message>
    <message>
        <source>用手指写</source>
        <translation>Write by finger</translation>
    </message>
    <message>
        <source>擦掉</source>
        <translation>Wipe</translation>
    </message>
    <message>
        <source>重选</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>提交</source>
        <translation>Send</translation>
    </message>
    <message>
        <source>用手指写在下面（不写也行）</source>
        <translation>Write below with a finger, or leave it empty</translation>
    </message>
    <message>
        <source>愿意接受回访（附上收件号 {0}）</source>
        <translation>Call me back (adds receipt number {0})</translation>
    </message>
</context>
<context>
    <name>NoCardRow</name>
    <message>
        <source>电子社保卡</source>
        <translation>Electronic card</translation>
    </message>
    <message>
        <source>扫手机上的码</source>
        <translation>Scan the code</translation>
    </message>
    <message>
        <source>姓名或单位名称</source>
        <translation>Name of person or enterprise</translation>
    </message>
    <message>
        <source>身份证号或信用代码</source>
        <translation>Identity number or credit code</translation>
    </message>
    <message>
        <source>18 位，回车</source>
        <translation>18 characters, Enter</translation>
    </message>
    <message>
        <source>录入</source>
        <translation>Take</translation>
    </message>
    <message>
        <source>录入办事人</source>
        <translation>Take the typed person</translation>
    </message>
    <message>
        <source>或照原件录入  姓名</source>
        <translation>or from an original:  name</translation>
    </message>
    <message>
        <source>号码</source>
        <translation>number</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>name</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>NoticeRow</name>
    <message>
        <source>全文</source>
        <translation>Full text</translation>
    </message>
    <message>
        <source>显示告知全文</source>
        <translation>Show the whole notice</translation>
    </message>
    <message>
        <source>已告知，核验  F6</source>
        <translation>Told, check  F6</translation>
    </message>
    <message>
        <source>已把告知内容讲给办事人，开始核验</source>
        <translation>The citizen was told: start the checks</translation>
    </message>
    <message>
        <source>先告知办事人：{0}</source>
        <translation>Tell the citizen first: {0}</translation>
    </message>
</context>
<context>
    <name>OfficeLevel</name>
    <message>
        <source>层级不明</source>
        <translation>Level unknown</translation>
    </message>
    <message>
        <source>省级</source>
        <translation>Province</translation>
    </message>
    <message>
        <source>市级</source>
        <translation>City</translation>
    </message>
    <message>
        <source>区级</source>
        <translation>District</translation>
    </message>
    <message>
        <source>街道</source>
        <translation>Street</translation>
    </message>
    <message>
        <source>社区</source>
        <translation>Community</translation>
    </message>
</context>
<context>
    <name>Offices</name>
    <message>
        <source>收件单位</source>
        <translation>Received by</translation>
    </message>
    <message>
        <source>受理单位</source>
        <translation>Accepted by</translation>
    </message>
    <message>
        <source>决定单位</source>
        <translation>Decided by</translation>
    </message>
    <message>
        <source>物料流转</source>
        <translation>Papers</translation>
    </message>
    <message>
        <source>{0} {1} 交出（{2}）</source>
        <translation>{0} {1} handed over ({2})</translation>
    </message>
    <message>
        <source>，{0} 还没有接收</source>
        <translation>, not taken over by {0} yet</translation>
    </message>
    <message>
        <source>；{0} {1} 接收（{2}）</source>
        <translation>; {0} {1} taken over ({2})</translation>
    </message>
    <message>
        <source>；缺 {0}</source>
        <translation>; missing: {0}</translation>
    </message>
    <message>
        <source>；{0}</source>
        <translation>; {0}</translation>
    </message>
    <message>
        <source>还没到这一步</source>
        <translation>not yet</translation>
    </message>
</context>
<context>
    <name>OnPaper</name>
    <message>
        <source>已印出</source>
        <translation>came out</translation>
    </message>
    <message>
        <source>没有印好，已作废</source>
        <translation>not printed well, void</translation>
    </message>
    <message>
        <source>未确认印出</source>
        <translation>not confirmed as printed</translation>
    </message>
    <message>
        <source>{0}，补打 {1} 次</source>
        <translation>{0}, {1} reprint(s)</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>卡片</source>
        <translation>card</translation>
    </message>
    <message>
        <source>核验</source>
        <translation>check</translation>
    </message>
    <message>
        <source>往件</source>
        <translation>earlier</translation>
    </message>
    <message>
        <source>录入</source>
        <translation>typed</translation>
    </message>
    <message>
        <source>默认</source>
        <translation>default</translation>
    </message>
    <message>
        <source>证照</source>
        <translation>licence</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>一致</source>
        <translation>match</translation>
    </message>
    <message>
        <source>不一致</source>
        <translation>no match</translation>
    </message>
    <message>
        <source>有登记</source>
        <translation>record found</translation>
    </message>
    <message>
        <source>未查到登记记录（不等于没有）</source>
        <translation>no record found (does not mean there is none)</translation>
    </message>
    <message>
        <source>登记之间有矛盾</source>
        <translation>records conflict</translation>
    </message>
    <message>
        <source>暂不可用</source>
        <translation>not available now</translation>
    </message>
    <message>
        <source>对方不提供</source>
        <translation>refused by the register</translation>
    </message>
    <message>
        <source>核验已过期</source>
        <translation>check expired</translation>
    </message>
    <message>
        <source>等待答复</source>
        <translation>waiting for the answer</translation>
    </message>
</context>
<context>
    <name>OutcomeNext</name>
    <message>
        <source>与办理要求不符，看原件办理</source>
        <translation>Not what the item needs: see the original</translation>
    </message>
    <message>
        <source>核对姓名和号码；没填错就看原件，或提异议</source>
        <translation>Check name and number; if right, see the original or dispute it</translation>
    </message>
    <message>
        <source>看原件办理；办事人说有登记就提异议</source>
        <translation>See the original; dispute it if the citizen says there is a record</translation>
    </message>
    <message>
        <source>看原件办理，并提异议由部门核实</source>
        <translation>See the original, and dispute it so that the department looks</translation>
    </message>
    <message>
        <source>按 F6 再问，或看原件，或留待答复</source>
        <translation>Ask again with F6, see the original, or leave it open</translation>
    </message>
    <message>
        <source>没有授权查询，看原件办理</source>
        <translation>The look-up is not granted: see the original</translation>
    </message>
    <message>
        <source>按 F6 再问</source>
        <translation>Ask again with F6</translation>
    </message>
    <message>
        <source>留待答复会自动再问，也可看原件</source>
        <translation>Left open it is asked again by itself; or see the original</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>A5</source>
        <translation>A5</translation>
    </message>
    <message>
        <source>80 毫米卷纸</source>
        <translation>80 mm roll</translation>
    </message>
</context>
<context>
    <name>PersonStrip</name>
    <message>
        <source>读卡  F2</source>
        <translation>Read card  F2</translation>
    </message>
    <message>
        <source>读卡</source>
        <translation>Read card</translation>
    </message>
    <message>
        <source>显示</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>显示姓名和号码</source>
        <translation>Show name and number</translation>
    </message>
    <message>
        <source>下一位，草稿保留</source>
        <translation>Next person; the draft is kept</translation>
    </message>
    <message>
        <source>还没有办事人，把卡放上读卡器</source>
        <translation>Nobody here yet: put the card into the reader</translation>
    </message>
    <message>
        <source>男</source>
        <translation>male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>female</translation>
    </message>
    <message>
        <source>{0} 年生</source>
        <translation>born {0}</translation>
    </message>
    <message>
        <source>，至 {0}</source>
        <translation>, until {0}</translation>
    </message>
    <message>
        <source>卡片已认证</source>
        <translation>card authenticated</translation>
    </message>
    <message>
        <source>卡片未认证</source>
        <translation>card not authenticated</translation>
    </message>
    <message>
        <source>{0} 卡</source>
        <translation>card {0}</translation>
    </message>
    <message>
        <source>读卡中…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>卡密码</source>
        <translation>Card PIN</translation>
    </message>
    <message>
        <source>凭卡密码读联系方式</source>
        <translation>Read phone and address with the card&apos;s PIN</translation>
    </message>
    <message>
        <source>持卡人自己输入，读出卡里的电话和住址</source>
        <translation>typed by the holder; reads phone and address from the card</translation>
    </message>
    <message>
        <source>持卡人输入，回车</source>
        <translation>typed by the holder, Enter</translation>
    </message>
    <message>
        <source>没有卡  F7</source>
        <translation>No card  F7</translation>
    </message>
    <message>
        <source>没有卡：扫码或录入</source>
        <translation>No card: scan or type</translation>
    </message>
    <message>
        <source>只剩一次，确定再输</source>
        <translation>One try left: only if sure</translation>
    </message>
    <message>
        <source>手工录入，没有读卡，看原件核对</source>
        <translation>Typed by hand, no card read: compare with the original</translation>
    </message>
    <message>
        <source>，长期</source>
        <translation>, no end date</translation>
    </message>
    <message>
        <source>下一位  F12</source>
        <translation>Next person  F12</translation>
    </message>
    <message>
        <source>显示 {0} 秒，记入日志</source>
        <translation>Shows for {0} s, on the record</translation>
    </message>
    <message>
        <source>{0} 秒后遮盖</source>
        <translation>{0} s left</translation>
    </message>
    <message>
        <source>正在读取，稍等</source>
        <translation>Reading, one moment</translation>
    </message>
    <message>
        <source>读卡器里不是{0}的卡，收件、受理和打印先停住</source>
        <translation>The card in the reader is not {0}&apos;s; receiving, accepting and printing are held</translation>
    </message>
</context>
<context>
    <name>PhotoEditor</name>
    <message>
        <source>按空格选照片</source>
        <translation>Space: choose a photo</translation>
    </message>
    <message>
        <source>选照片</source>
        <translation>Choose a photo</translation>
    </message>
    <message>
        <source>照片 (*.png *.jpg *.jpeg)</source>
        <translation>Photos (*.png *.jpg *.jpeg)</translation>
    </message>
    <message>
        <source>已有照片</source>
        <translation>Photo taken</translation>
    </message>
</context>
<context>
    <name>Power</name>
    <message>
        <source>代为申请</source>
        <translation>file</translation>
    </message>
    <message>
        <source>代为补正</source>
        <translation>correct</translation>
    </message>
    <message>
        <source>代签文书</source>
        <translation>sign</translation>
    </message>
    <message>
        <source>代领结果</source>
        <translation>collect</translation>
    </message>
</context>
<context>
    <name>PresenceDetail</name>
    <message>
        <source>服务恢复后会自动接上；一直不恢复就找运维。</source>
        <translation>It reconnects by itself; if it does not, call support.</translation>
    </message>
    <message>
        <source>检查读卡器的连线，插好后会自动接上。</source>
        <translation>Check the reader&apos;s cable; it reconnects by itself.</translation>
    </message>
    <message>
        <source>放上卡会自动读。</source>
        <translation>A card put in is read by itself.</translation>
    </message>
    <message>
        <source>擦净芯片、换个方向再放。</source>
        <translation>Wipe the chip and put the card in the other way round.</translation>
    </message>
    <message>
        <source>读卡器上有卡。</source>
        <translation>There is a card in the reader.</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>打印这一份</source>
        <translation>Print this one</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>{0}，第 {1} / {2} 页。存档、预览和送打印机的是同一份，指纹 {3}</source>
        <translation>{0}, page {1} / {2}. Archive, preview and printer have the same bytes, hash {3}</translation>
    </message>
    <message>
        <source>样张</source>
        <translation>SPECIMEN</translation>
    </message>
</context>
<context>
    <name>PrintBar</name>
    <message>
        <source>出来了</source>
        <translation>It is out</translation>
    </message>
    <message>
        <source>没出来</source>
        <translation>It is not</translation>
    </message>
    <message>
        <source>都出来了</source>
        <translation>All are out</translation>
    </message>
    <message>
        <source>去处理</source>
        <translation>See to it</translation>
    </message>
    <message>
        <source>看台账</source>
        <translation>Ledger</translation>
    </message>
    <message>
        <source>{0}没有打出来：{1}。</source>
        <translation>{0} did not come out: {1}.</translation>
    </message>
    <message>
        <source>{0} 张没有打出来。最后一张{1}</source>
        <translation>{0} sheets did not come out. The last: {1}</translation>
    </message>
    <message>
        <source>{0} 张打完了，看到纸再确认，没确认的不算已打印。</source>
        <translation>{0} sheets are printed. Confirm once you see the paper; unconfirmed ones do not count as printed.</translation>
    </message>
    <message>
        <source>（补打 {0}）</source>
        <translation> (reprint {0})</translation>
    </message>
    <message>
        <source>{0}{1}打完了，看到纸了吗？没确认的不算已打印。</source>
        <translation>{0}{1} is printed. Is the paper there? Unconfirmed, it does not count as printed.</translation>
    </message>
    <message>
        <source>，打印机 {0}</source>
        <translation>, printer {0}</translation>
    </message>
    <message>
        <source>{0}：{1}{2}</source>
        <translation>{0}: {1}{2}</translation>
    </message>
    <message>
        <source>先看再打</source>
        <translation>Look first</translation>
    </message>
    <message>
        <source>，还有 {0} 张</source>
        <translation>, {0} more</translation>
    </message>
    <message>
        <source>{0}还没有打，等着先看{1}</source>
        <translation>{0} not printed yet, it waits for a look{1}</translation>
    </message>
</context>
<context>
    <name>PrintReason</name>
    <message>
        <source>卡纸</source>
        <translation>paper jam</translation>
    </message>
    <message>
        <source>缺纸</source>
        <translation>out of paper</translation>
    </message>
    <message>
        <source>没有碳粉</source>
        <translation>out of toner</translation>
    </message>
    <message>
        <source>没有墨或碳粉</source>
        <translation>out of ink or toner</translation>
    </message>
    <message>
        <source>打印机盖开着</source>
        <translation>printer cover open</translation>
    </message>
    <message>
        <source>打印机门开着</source>
        <translation>printer door open</translation>
    </message>
    <message>
        <source>打印机没有联机</source>
        <translation>printer offline</translation>
    </message>
    <message>
        <source>正在连打印机</source>
        <translation>connecting to the printer</translation>
    </message>
    <message>
        <source>打印机已暂停</source>
        <translation>printer paused</translation>
    </message>
    <message>
        <source>任务被挂起</source>
        <translation>job held</translation>
    </message>
    <message>
        <source>打印服务处理出错</source>
        <translation>the print service failed to process it</translation>
    </message>
    <message>
        <source>打印服务中断了任务</source>
        <translation>the print service aborted the job</translation>
    </message>
    <message>
        <source>有人取消了任务</source>
        <translation>somebody cancelled the job</translation>
    </message>
    <message>
        <source>任务不在了，打印机可能已被删除</source>
        <translation>the job is gone, the printer may have been removed</translation>
    </message>
    <message>
        <source>打印机已被删除</source>
        <translation>printer removed</translation>
    </message>
    <message>
        <source>按了暂停</source>
        <translation>stopped by hand</translation>
    </message>
    <message>
        <source>打印停住</source>
        <translation>printing stopped</translation>
    </message>
    <message>
        <source>打印中断</source>
        <translation>printing aborted</translation>
    </message>
    <message>
        <source>任务被取消</source>
        <translation>job cancelled</translation>
    </message>
    <message>
        <source>打印服务查不到任务</source>
        <translation>the print service knows no such job</translation>
    </message>
</context>
<context>
    <name>PrintRemedy</name>
    <message>
        <source>把卡住的纸取出来，在打印机上按恢复，再从没打好的那一张接着打。</source>
        <translation>Take the jammed paper out, press resume on the printer, then go on from the sheet that is not good.</translation>
    </message>
    <message>
        <source>加纸，打印机会自己接着打；不动就按恢复。</source>
        <translation>Add paper; the printer goes on by itself, else press resume.</translation>
    </message>
    <message>
        <source>关好盖子，打印机会自己接着打。</source>
        <translation>Close the cover; the printer goes on by itself.</translation>
    </message>
    <message>
        <source>关好门，打印机会自己接着打。</source>
        <translation>Close the door; the printer goes on by itself.</translation>
    </message>
    <message>
        <source>在打印机或打印服务里恢复，或换一台打印机。</source>
        <translation>Resume it at the printer or in the print service, or use another printer.</translation>
    </message>
    <message>
        <source>换一台打印机重打；可能已经出过纸的会标明补打。</source>
        <translation>Print on another printer; what may be on paper is marked as a reprint.</translation>
    </message>
    <message>
        <source>数一数出来的纸，再接着打或结束这一批。</source>
        <translation>Count the paper, then go on or end this batch.</translation>
    </message>
    <message>
        <source>看看打印机和出来的纸，再接着打，或换一台打印机。</source>
        <translation>Look at the printer and the paper, then go on, or use another printer.</translation>
    </message>
</context>
<context>
    <name>Printed</name>
    <message>
        <source>补打 {0}</source>
        <translation>reprint {0}</translation>
    </message>
    <message>
        <source>首次打印</source>
        <translation>first print</translation>
    </message>
    <message>
        <source>{0}已送打印 · {1}
编号 {2}</source>
        <translation>{0} sent to print · {1}
Serial {2}</translation>
    </message>
    <message>
        <source>{0}没有送到打印机 · {1}
编号 {2}
到“打印”里再送，不用补打</source>
        <translation>No printer has {0} · {1}
Serial {2}
Send it again under Print, no reprint needed</translation>
    </message>
    <message>
        <source>{0}等着先看再打 · {1}
编号 {2}
按 Ctrl+Shift+O 看，回车打印</source>
        <translation>{0} waits for a look · {1}
Serial {2}
Ctrl+Shift+O shows it, Enter prints</translation>
    </message>
</context>
<context>
    <name>PrinterBox</name>
    <message>
        <source>打印机</source>
        <translation>Printer</translation>
    </message>
    <message>
        <source>{0}（不收任务）</source>
        <translation>{0} (takes no jobs)</translation>
    </message>
    <message>
        <source>停住</source>
        <translation>stopped</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>PrintingPage</name>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>{0} 张等确认出纸</source>
        <translation>{0} sheets to be confirmed</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>没填</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>太长，缩短一些</source>
        <translation>too long: shorten it</translation>
    </message>
    <message>
        <source>有不能用的字符，删掉</source>
        <translation>has characters that are not allowed: remove them</translation>
    </message>
    <message>
        <source>应为 18 位</source>
        <translation>must have 18 characters</translation>
    </message>
    <message>
        <source>校验位不对，核对号码</source>
        <translation>check character is wrong: compare the number</translation>
    </message>
    <message>
        <source>号码里的出生日期不存在，核对号码</source>
        <translation>the birth date in the number does not exist: compare the number</translation>
    </message>
    <message>
        <source>写 8 位数字，如 20260105</source>
        <translation>write 8 digits, such as 20260105</translation>
    </message>
    <message>
        <source>没有这一天，核对日期</source>
        <translation>no such day: compare the date</translation>
    </message>
    <message>
        <source>日期还没到，核对日期</source>
        <translation>lies in the future: compare the date</translation>
    </message>
    <message>
        <source>没有这个选项，从列表里选</source>
        <translation>no such choice: pick from the list</translation>
    </message>
    <message>
        <source>手机 11 位，座机带区号</source>
        <translation>mobile 11 digits, landline with area code</translation>
    </message>
    <message>
        <source>编号应为 1 个字母加 9 位数字</source>
        <translation>must be 1 letter and 9 digits</translation>
    </message>
    <message>
        <source>区划代码应为 6 位数字</source>
        <translation>must be a division code of 6 digits</translation>
    </message>
    <message>
        <source>账号只能是数字，核对位数</source>
        <translation>digits only: compare the account number</translation>
    </message>
    <message>
        <source>只能填数字</source>
        <translation>digits only</translation>
    </message>
    <message>
        <source>缺，看原件或扫描</source>
        <translation>missing: see the original or scan it</translation>
    </message>
    <message>
        <source>没核验，按 F6</source>
        <translation>not checked: press F6</translation>
    </message>
    <message>
        <source>核验没有证实，看原件</source>
        <translation>not confirmed by the check, see the original</translation>
    </message>
    <message>
        <source>对方系统不可用，看原件或稍后再核</source>
        <translation>register not available: see the original, or check later</translation>
    </message>
    <message>
        <source>不符合受理条件</source>
        <translation>a condition of acceptance is not met</translation>
    </message>
    <message>
        <source>信用代码不对，核对 18 位</source>
        <translation>Not a credit code: compare all 18</translation>
    </message>
    <message>
        <source>几个事项的要求互相矛盾，分开办</source>
        <translation>The items contradict each other: take them one by one</translation>
    </message>
    <message>
        <source>写金额，如 1200 或 1200.50</source>
        <translation>An amount, such as 1200 or 1200.50</translation>
    </message>
    <message>
        <source>不是照片，按空格选文件</source>
        <translation>Not a photo: press space and choose a file</translation>
    </message>
    <message>
        <source>有异议，看原件办理</source>
        <translation>Disputed: see the original</translation>
    </message>
    <message>
        <source>期限已过或手续不全，看原件</source>
        <translation>The day is over or something is not signed: see the original</translation>
    </message>
    <message>
        <source>要办事人同意，不同意就看原件</source>
        <translation>Needs consent; without it see the original</translation>
    </message>
    <message>
        <source>部门还没答复，留待答复或看原件</source>
        <translation>no answer yet: leave it open, or see the original</translation>
    </message>
    <message>
        <source>核验已过期，按 F6 再核</source>
        <translation>check has expired: F6 asks again</translation>
    </message>
</context>
<context>
    <name>ProcedureKind</name>
    <message>
        <source>听证</source>
        <translation>hearing</translation>
    </message>
    <message>
        <source>检验</source>
        <translation>inspection</translation>
    </message>
    <message>
        <source>检测</source>
        <translation>testing</translation>
    </message>
    <message>
        <source>检疫</source>
        <translation>quarantine</translation>
    </message>
    <message>
        <source>鉴定</source>
        <translation>appraisal</translation>
    </message>
    <message>
        <source>专家评审</source>
        <translation>expert review</translation>
    </message>
    <message>
        <source>招标、拍卖</source>
        <translation>tender or auction</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>other</translation>
    </message>
</context>
<context>
    <name>ProposalEffect</name>
    <message>
        <source>会签后办件改为“不予受理”，并打印通知书。</source>
        <translation>Once signed, the case is not accepted and the notice is printed.</translation>
    </message>
    <message>
        <source>会签后这份材料可以限期补交，不再挡住受理。</source>
        <translation>Once signed, this paper may follow by its day and holds acceptance back no more.</translation>
    </message>
    <message>
        <source>会签后这次收件作废，收件号保留，不再办理。</source>
        <translation>Once signed, this receipt is void; its number is kept and the case ends.</translation>
    </message>
    <message>
        <source>会签后办件回到“已收件”，原收件号不变。</source>
        <translation>Once signed, the case is received again under its old number.</translation>
    </message>
    <message>
        <source>会签后办件退回，打印退件通知和退回材料清单。</source>
        <translation>Once signed, the case is returned, with the notice and the list of what is given back.</translation>
    </message>
    <message>
        <source>会签后收件号不变、版本加一，原来打印的单据全部作废。</source>
        <translation>Once signed, the number stays, the version grows by one, and all sheets printed before hold no more.</translation>
    </message>
</context>
<context>
    <name>ProposalKind</name>
    <message>
        <source>不予受理</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>容缺</source>
        <translation>Tolerated gap</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Reopening</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>更正申请人信息</source>
        <translation>correct the applicant&apos;s data</translation>
    </message>
</context>
<context>
    <name>ProposeForm</name>
    <message>
        <source>要办的</source>
        <translation>What</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>In words</translation>
    </message>
    <message>
        <source>写明这一件的情况，会印在通知书上或留在记录里</source>
        <translation>What is the matter with this case; it is printed on the notice or kept on record</translation>
    </message>
    <message>
        <source>该找的机关</source>
        <translation>Competent body</translation>
    </message>
    <message>
        <source>容缺材料</source>
        <translation>Paper to follow</translation>
    </message>
    <message>
        <source>补交期限</source>
        <translation>To be brought by</translation>
    </message>
    <message>
        <source>提请</source>
        <translation>Proposal</translation>
    </message>
    <message>
        <source>不提了</source>
        <translation>Give up</translation>
    </message>
    <message>
        <source>这件办件现在没有可提请的。</source>
        <translation>There is nothing to propose for this case now.</translation>
    </message>
    <message>
        <source>选一条理由</source>
        <translation>Choose a ground</translation>
    </message>
    <message>
        <source>先选一条理由。</source>
        <translation>Choose a ground first.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>{0} 在窗口</source>
        <translation>{0} at the window</translation>
    </message>
    <message>
        <source>没有人在等</source>
        <translation>nobody waits</translation>
    </message>
    <message>
        <source>{0} 人在等，最久 {1}</source>
        <translation>{0} waiting, the first for {1}</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>叫下一号</source>
        <translation>Call next</translation>
    </message>
    <message>
        <source>取号叫号  Ctrl+9</source>
        <translation>Queue  Ctrl+9</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>取号叫号</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>号</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>事由</source>
        <translation>For</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>State</translation>
    </message>
    <message>
        <source>等了</source>
        <translation>Waited</translation>
    </message>
    <message>
        <source>今天的号</source>
        <translation>Today&apos;s numbers</translation>
    </message>
    <message>
        <source>过号的来了，叫他</source>
        <translation>Missed one is here, call</translation>
    </message>
    <message>
        <source>走了</source>
        <translation>Gone</translation>
    </message>
    <message>
        <source>叫下一号</source>
        <translation>Call next</translation>
    </message>
    <message>
        <source>再叫一遍</source>
        <translation>Call again</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>Missed</translation>
    </message>
    <message>
        <source>办完</source>
        <translation>Served</translation>
    </message>
    <message>
        <source>取号</source>
        <translation>Take a number</translation>
    </message>
    <message>
        <source>在窗口</source>
        <translation>At the window</translation>
    </message>
    <message>
        <source>今天已办 {0} 个号</source>
        <translation>{0} served today</translation>
    </message>
    <message>
        <source>窗口空着</source>
        <translation>nobody at the window</translation>
    </message>
    <message>
        <source>{0} · 叫过 {1} 次</source>
        <translation>{0} · called {1} time(s)</translation>
    </message>
    <message>
        <source>没有人在等</source>
        <translation>Nobody waits</translation>
    </message>
    <message>
        <source>按 F5、F6 或 F7 取号。</source>
        <translation>F5, F6 or F7 takes a number.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>受理</source>
        <translation>Intake</translation>
    </message>
    <message>
        <source>办件</source>
        <translation>Cases</translation>
    </message>
    <message>
        <source>出件</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>工位</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>督办</source>
        <translation>Supervise</translation>
    </message>
    <message>
        <source>审计</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>传输</source>
        <translation>Transfers</translation>
    </message>
    <message>
        <source>打印</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>评价
已邀请</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>评价
已结束</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>评价
缺大厅公钥</source>
        <translation>Print</translation>
    </message>
    <message>
        <source>连上大厅一次，会自动取得公钥，之后离线也能评价。</source>
        <translation>Connect to the hall once; the key comes by itself, and from then on it works offline too.</translation>
    </message>
    <message>
        <source>没有第二块屏幕：把评价窗口移到办事人一侧，或把屏幕转过去。</source>
        <translation>There is no second screen: move the window to the citizen&apos;s side, or turn the screen.</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>依法不需要办理</source>
        <translation>The law asks for no such procedure</translation>
    </message>
    <message>
        <source>不归本机关管</source>
        <translation>Another body is competent</translation>
    </message>
    <message>
        <source>告知后逾期没有补正</source>
        <translation>Told what is missing, not brought in time</translation>
    </message>
    <message>
        <source>材料虚假</source>
        <translation>False papers</translation>
    </message>
    <message>
        <source>主要材料齐全，次要材料随后补交</source>
        <translation>Main papers complete, a secondary one follows</translation>
    </message>
    <message>
        <source>收错了人</source>
        <translation>Received for the wrong person</translation>
    </message>
    <message>
        <source>收错了事项</source>
        <translation>Received for the wrong item</translation>
    </message>
    <message>
        <source>重复收件</source>
        <translation>Received twice</translation>
    </message>
    <message>
        <source>原处理有误</source>
        <translation>Decided by mistake</translation>
    </message>
    <message>
        <source>原来的障碍已经消除</source>
        <translation>The obstacle is gone</translation>
    </message>
    <message>
        <source>超过补正期限没有补正</source>
        <translation>not corrected within the limit</translation>
    </message>
    <message>
        <source>收件时登记有误</source>
        <translation>written down wrong at the receipt</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>改动{0}的理由</source>
        <translation>Reason for changing {0}</translation>
    </message>
    <message>
        <source>改动理由，回车确认，Esc 放弃</source>
        <translation>Reason; Enter keeps it, Esc gives up</translation>
    </message>
    <message>
        <source>理由</source>
        <translation>Reason</translation>
    </message>
</context>
<context>
    <name>RecoverPanel</name>
    <message>
        <source>找回密钥</source>
        <translation>Recover the key</translation>
    </message>
    <message>
        <source>向大厅管理员要一次性恢复码。</source>
        <translation>Ask the hall administrator for a one-time code.</translation>
    </message>
    <message>
        <source>找回并打开</source>
        <translation>Recover and open</translation>
    </message>
    <message>
        <source>一次性恢复码</source>
        <translation>One-time recovery code</translation>
    </message>
    <message>
        <source>新口令（没有密钥环时）</source>
        <translation>New passphrase (without keyring)</translation>
    </message>
    <message>
        <source>再输一次口令</source>
        <translation>Passphrase again</translation>
    </message>
    <message>
        <source>没有网络：用恢复文件…</source>
        <translation>No network: use a file…</translation>
    </message>
    <message>
        <source>恢复文件</source>
        <translation>Recovery file</translation>
    </message>
    <message>
        <source>恢复文件：{0}</source>
        <translation>Recovery file: {0}</translation>
    </message>
    <message>
        <source>返回  Esc</source>
        <translation>Back  Esc</translation>
    </message>
</context>
<context>
    <name>Release</name>
    <message>
        <source>{0}由 {1} 改为 {2}</source>
        <translation>{0} from {1} to {2}</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>新增{0}“{1}”</source>
        <translation>new {0} “{1}”</translation>
    </message>
    <message>
        <source>取消{0}“{1}”</source>
        <translation>no more {0} “{1}”</translation>
    </message>
    <message>
        <source>{0}“{1}”有改动</source>
        <translation>{0} “{1}” changed</translation>
    </message>
    <message>
        <source>规定</source>
        <translation>rule</translation>
    </message>
    <message>
        <source>事项</source>
        <translation>item</translation>
    </message>
    <message>
        <source>信息项</source>
        <translation>datum</translation>
    </message>
    <message>
        <source>材料</source>
        <translation>paper</translation>
    </message>
    <message>
        <source>核验</source>
        <translation>check</translation>
    </message>
    <message>
        <source>情形</source>
        <translation>situation</translation>
    </message>
    <message>
        <source>承诺时限</source>
        <translation>promised limit</translation>
    </message>
    <message>
        <source>法定时限</source>
        <translation>legal limit</translation>
    </message>
    <message>
        <source>补正时限</source>
        <translation>limit for corrections</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>name</translation>
    </message>
    <message>
        <source>部门</source>
        <translation>department</translation>
    </message>
    <message>
        <source>受理条件数</source>
        <translation>number of conditions</translation>
    </message>
    <message>
        <source>{0} 个工作日</source>
        <translation>{0} working days</translation>
    </message>
    <message>
        <source>{0} 天</source>
        <translation>{0} days</translation>
    </message>
    <message>
        <source>{0} 小时</source>
        <translation>{0} hours</translation>
    </message>
    <message>
        <source>{0} 分钟</source>
        <translation>{0} minutes</translation>
    </message>
    <message>
        <source>{0} 个月</source>
        <translation>{0} months</translation>
    </message>
    <message>
        <source>无</source>
        <translation>none</translation>
    </message>
    <message>
        <source>是</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>否</source>
        <translation>no</translation>
    </message>
</context>
<context>
    <name>ReleaseRow</name>
    <message>
        <source>改用新版</source>
        <translation>Take the new one</translation>
    </message>
    <message>
        <source>改用新版事项，已填内容保留</source>
        <translation>Take the new release of the item; what was filled in stays</translation>
    </message>
    <message>
        <source>事项有新版，这份草稿按旧版办；新版改动 {0} 处：{1}</source>
        <translation>A new release is out, this draft goes by the old one. Changes: {0}: {1}</translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>服务恢复后会自动接上；一直不恢复就找运维启动读卡服务。</source>
        <translation>It reconnects by itself; if it does not, have support start the card service.</translation>
    </message>
    <message>
        <source>检查读卡器的连线，插好后再按 F2。</source>
        <translation>Check the reader&apos;s cable, then press F2.</translation>
    </message>
    <message>
        <source>把卡放上读卡器，会自动读卡。</source>
        <translation>Put the card into the reader; it is read by itself.</translation>
    </message>
    <message>
        <source>重新放卡，读完再取走。</source>
        <translation>Put the card in again and leave it until it is read.</translation>
    </message>
    <message>
        <source>放好本人的卡，按 F2 重读。</source>
        <translation>Put in the person&apos;s own card and press F2.</translation>
    </message>
    <message>
        <source>用大厅发的一次性登记码登记本工位。</source>
        <translation>Enrol this station with a one-time code from the hall.</translation>
    </message>
    <message>
        <source>核对登记码；用过或过期的码要向大厅再要一个。</source>
        <translation>Compare the code; a used or expired one has to be replaced by the hall.</translation>
    </message>
    <message>
        <source>停止收件，联系大厅管理员。</source>
        <translation>Stop receiving and tell the hall&apos;s administrator.</translation>
    </message>
    <message>
        <source>核对大小写后再输一次。</source>
        <translation>Mind upper and lower case and type it again.</translation>
    </message>
    <message>
        <source>安装最新版本再打开，数据没有动。</source>
        <translation>Install the newest version; the data are untouched.</translation>
    </message>
    <message>
        <source>不要删除文件，联系运维从备份恢复。</source>
        <translation>Delete nothing; have support restore the backup.</translation>
    </message>
    <message>
        <source>腾出磁盘空间后再办这一步。</source>
        <translation>Make room on the disk and do the step again.</translation>
    </message>
    <message>
        <source>再办一次这一步；仍不行就关掉另一个已打开的工作站。</source>
        <translation>Do the step again; if it still fails, close the other workstation that is open.</translation>
    </message>
    <message>
        <source>换一个长一点的口令，几个词连起来就好记。</source>
        <translation>Choose a longer one; a few words in a row are easy to keep in mind.</translation>
    </message>
    <message>
        <source>核对后再输一次，注意大小写。</source>
        <translation>Compare and type it again; mind upper and lower case.</translation>
    </message>
    <message>
        <source>由有权限的同事登录后办理。</source>
        <translation>A colleague who may do it has to sign in.</translation>
    </message>
    <message>
        <source>收件照常，恢复后自动上报；核验和受理等连上再办。</source>
        <translation>Receipt goes on and is sent later; checks and acceptance wait for the hall.</translation>
    </message>
    <message>
        <source>过一会儿再试。</source>
        <translation>Try again in a moment.</translation>
    </message>
    <message>
        <source>记下时间和收件号，联系大厅管理员。</source>
        <translation>Note time and receipt number and tell the hall&apos;s administrator.</translation>
    </message>
    <message>
        <source>看原件办理，并告诉大厅管理员。</source>
        <translation>Work from the original, and tell the hall&apos;s administrator.</translation>
    </message>
    <message>
        <source>校准本机时间后会自动接上。</source>
        <translation>Set the clock; it reconnects by itself.</translation>
    </message>
    <message>
        <source>按 F3 选事项。</source>
        <translation>Press F3 to choose an item.</translation>
    </message>
    <message>
        <source>在“办件”里看看是否已经收件。</source>
        <translation>Look under Cases whether it was received.</translation>
    </message>
    <message>
        <source>先按 F9 收件。</source>
        <translation>Press F9 to receive first.</translation>
    </message>
    <message>
        <source>照右边的缺项逐条补齐。</source>
        <translation>Close the gaps listed on the right.</translation>
    </message>
    <message>
        <source>在“办件”里看它走到了哪一步。</source>
        <translation>Look under Cases where it is.</translation>
    </message>
    <message>
        <source>写一句理由再回车。</source>
        <translation>Write a reason and press Enter.</translation>
    </message>
    <message>
        <source>核对收件号；别的工位收的件到那个工位查。</source>
        <translation>Compare the receipt number; another station&apos;s cases are looked up there.</translation>
    </message>
    <message>
        <source>让运维安装生僻字字库后再打印，办件已保存。</source>
        <translation>Have support install the rare-character font, then print; the case is saved.</translation>
    </message>
    <message>
        <source>办结后会自动出现在“出件”里。</source>
        <translation>It appears under Results by itself once decided.</translation>
    </message>
    <message>
        <source>检查打印机和纸，再打一次；补打会标明次数。</source>
        <translation>Check printer and paper and print again; reprints are numbered.</translation>
    </message>
    <message>
        <source>换成 PDF、PNG 或 JPEG 再选。</source>
        <translation>Choose a PDF, PNG or JPEG.</translation>
    </message>
    <message>
        <source>降低扫描分辨率或分开几个文件。</source>
        <translation>Scan at a lower resolution, or in several files.</translation>
    </message>
    <message>
        <source>联系运维换回上一版目录。</source>
        <translation>Have support put back the catalogue before.</translation>
    </message>
    <message>
        <source>让持卡人想好再输；想不起来就不要再试，不影响办事。</source>
        <translation>Let the holder think it over; without the PIN the case still goes on.</translation>
    </message>
    <message>
        <source>不要再试，信息改为录入；持卡人可到社保卡服务网点重置密码。</source>
        <translation>Type the data instead; the holder can have the PIN reset at a card service office.</translation>
    </message>
    <message>
        <source>不影响读卡和办事；持卡人带身份证到社保卡服务网点解锁。</source>
        <translation>Reading and the case go on; the holder can have it unlocked at a card service office.</translation>
    </message>
    <message>
        <source>让办事人出示实体卡或身份证。</source>
        <translation>Ask for the plastic card or the identity card.</translation>
    </message>
    <message>
        <source>让办事人刷新二维码再扫；仍不行就用实体卡或身份证。</source>
        <translation>Let the person refresh the code and scan it again; else use the plastic card or the identity card.</translation>
    </message>
    <message>
        <source>让办事人出示实体卡或身份证；平台恢复后再扫。</source>
        <translation>Ask for the card itself or the identity card; scan again once the platform is back.</translation>
    </message>
    <message>
        <source>照原件逐位核对再录：身份证号或统一社会信用代码都是 18 位。</source>
        <translation>Compare with the original and type again: identity numbers and credit codes both have 18 characters.</translation>
    </message>
    <message>
        <source>还没开始或已经停办，换现行的事项。</source>
        <translation>It has not begun or has ended: take the one in force.</translation>
    </message>
    <message>
        <source>草稿已存，等大厅恢复后再按 F9。</source>
        <translation>The draft is kept. Press F9 again once the hall is back.</translation>
    </message>
    <message>
        <source>告诉办事人该去的窗口，事项下面写着；草稿已存。</source>
        <translation>Tell the citizen which window to go to; it stands below the item. The draft is kept.</translation>
    </message>
    <message>
        <source>{minutes} 分钟后再试，或换一个账号。</source>
        <translation>Try again in {minutes} minutes, or use another account.</translation>
    </message>
    <message>
        <source>换一张竖幅证件照，不小于 180×220 像素。</source>
        <translation>Take an upright photo of at least 180×220 pixels.</translation>
    </message>
    <message>
        <source>看原件办理，并让大厅管理员核对账号。</source>
        <translation>Go on with the original, and have the hall&apos;s administrator check the account.</translation>
    </message>
    <message>
        <source>看原件办理；过了这个小时或这一天再查，确有需要找主管。</source>
        <translation>Go on with the original; look up again after this hour or day, or ask the supervisor.</translation>
    </message>
    <message>
        <source>把告知内容讲清楚，按 F6 确认已告知。</source>
        <translation>Explain the notice and press F6 to confirm.</translation>
    </message>
    <message>
        <source>从核验栏按 F6 查询；办件放下了就重新打开。</source>
        <translation>Ask with F6 in the checks; open the case again if it was put away.</translation>
    </message>
    <message>
        <source>还没有答复的按 F6 再问；已提异议的等部门答复。</source>
        <translation>Ask again with F6 where there is no answer; wait for the department where it is disputed.</translation>
    </message>
    <message>
        <source>只有部门暂不可用或等待答复的才能留待；其他的看原件。</source>
        <translation>Only an answer that a department owes can be; see the original for the others.</translation>
    </message>
    <message>
        <source>能承诺的先打印承诺书，签字后再确认；其他的看原件。</source>
        <translation>Print the promise first where one is allowed, then confirm the signature; see the original otherwise.</translation>
    </message>
    <message>
        <source>看原件、等部门答复，或按规定承诺、容缺后再受理。</source>
        <translation>See the original, wait for the department, or use a promise or tolerance where the rules allow it.</translation>
    </message>
    <message>
        <source>让工位连上大厅，名单会自动更新，再登录。</source>
        <translation>Connect the station to the hall; the list comes by itself, then sign in.</translation>
    </message>
    <message>
        <source>校准本机时间；连上大厅后也会自动恢复。</source>
        <translation>Set the clock right; once the hall is reached it mends itself too.</translation>
    </message>
    <message>
        <source>本人输密码或放回操作员卡解锁。</source>
        <translation>Its own person unlocks it by password or operator card.</translation>
    </message>
    <message>
        <source>把本人的操作员卡放进操作员读卡器再试。</source>
        <translation>Put your own operator card into the operator&apos;s reader and try again.</translation>
    </message>
    <message>
        <source>换本人的操作员卡；卡丢了找大厅管理员换绑。</source>
        <translation>Use your own operator card; if it is lost, the hall&apos;s administrator binds another one.</translation>
    </message>
    <message>
        <source>选一条理由，写明情况，至少 {least} 个字；不归本机关管的写明该找哪个机关。</source>
        <translation>Choose a reason and say what is the case, at least {least} characters; where another body is competent, name it.</translation>
    </message>
    <message>
        <source>由另一位主管会签。</source>
        <translation>Let another supervisor sign.</translation>
    </message>
    <message>
        <source>核对现在的情况，重新提请。</source>
        <translation>Look at the case as it is now and propose again.</translation>
    </message>
    <message>
        <source>提请已保存，连上后再会签。</source>
        <translation>The proposal is kept; sign once the hall is reached.</translation>
    </message>
    <message>
        <source>选目录允许容缺的材料，日期不晚于承诺办结日。</source>
        <translation>Choose a paper that the catalogue allows to follow, and a day up to the promised one.</translation>
    </message>
    <message>
        <source>不要继续办理，联系运维检查本机数据。</source>
        <translation>Do not go on; have IT support check this station&apos;s data.</translation>
    </message>
    <message>
        <source>停下来联系审计人员和大厅管理员，不要自行恢复旧数据。</source>
        <translation>Stop and call the auditor and the hall administrator; do not restore old data yourself.</translation>
    </message>
    <message>
        <source>检查网络；连上大厅后会自动补签。</source>
        <translation>Check the network; it is signed by itself once the hall can be reached.</translation>
    </message>
    <message>
        <source>连上大厅，签名后自动恢复；草稿都在。</source>
        <translation>Connect to the hall; work goes on once it has signed. Drafts are kept.</translation>
    </message>
    <message>
        <source>换一个能写的文件夹再导出。</source>
        <translation>Choose a folder that can be written to and export again.</translation>
    </message>
    <message>
        <source>解锁密钥环或重新登录系统后再试；密钥环真的没有了就用“找回密钥”。</source>
        <translation>Unlock the keyring or log in to the system again; if the keyring is really gone, use “Recover the key”.</translation>
    </message>
    <message>
        <source>用“找回密钥”：向大厅管理员要一个一次性恢复码。</source>
        <translation>Use “Recover the key”: ask the hall administrator for a one-time recovery code.</translation>
    </message>
    <message>
        <source>换回原来的密钥环再打开；换不回就用“找回密钥”。</source>
        <translation>Go back to the keyring of before and open again; if that is not possible, use “Recover the key”.</translation>
    </message>
    <message>
        <source>换回原来的密钥环或口令；已上报的办件在大厅，没上报的找不回来。</source>
        <translation>Go back to the keyring or passphrase of before; cases that were sent are at the hall, unsent ones cannot be recovered.</translation>
    </message>
    <message>
        <source>核对后再输一次；仍不行就向大厅管理员再要一个。</source>
        <translation>Check it and enter it again; if that does not help, ask the hall administrator for another one.</translation>
    </message>
    <message>
        <source>把 {names} 这个名称告诉运维。</source>
        <translation>Tell maintenance this name: {names}.</translation>
    </message>
    <message>
        <source>擦净芯片、换个方向再放；仍不行就按 F7 录入，看身份证原件。</source>
        <translation>Wipe the chip and try the other way round; if it still fails, press F7 to type and see the identity card.</translation>
    </message>
    <message>
        <source>取出卡再放一次；仍不行就按 F7 录入，看身份证原件。</source>
        <translation>Take the card out and put it in again; if it still fails, press F7 to type and see the identity card.</translation>
    </message>
    <message>
        <source>换社会保障卡；没有带卡就按 F7 录入，看身份证原件。</source>
        <translation>Use the social security card; without one, press F7 to type and see the identity card.</translation>
    </message>
    <message>
        <source>这次按 F7 录入，看身份证原件；解锁要去发卡银行或社保窗口。</source>
        <translation>For now press F7 to type and see the identity card; the issuing bank or social security counter unblocks it.</translation>
    </message>
    <message>
        <source>本机没有这把密钥，按 F7 录入，看身份证原件。</source>
        <translation>This station lacks that key: press F7 to type and see the identity card.</translation>
    </message>
    <message>
        <source>重新放卡再读；仍不行就按 F7 录入，看身份证原件。</source>
        <translation>Put the card in again; if it still fails, press F7 to type and see the identity card.</translation>
    </message>
    <message>
        <source>换回本人的卡；要办另一个人的事先按 F12。</source>
        <translation>Put the right card back; to serve the other person press F12 first.</translation>
    </message>
    <message>
        <source>按 F7 录入，看身份证原件；按单位规定上报这张卡。</source>
        <translation>Press F7 to type and see the identity card; report this card as your office rules.</translation>
    </message>
    <message>
        <source>先按 F7 录入，看身份证原件；恢复后按 F2 重读。</source>
        <translation>Press F7 to type and see the identity card for now; press F2 to read again once they are back.</translation>
    </message>
    <message>
        <source>检查连线和电源，拔插一次再试；仍不行就按 F7 录入。</source>
        <translation>Check cable and power, plug it in again; if it still fails, press F7 to type.</translation>
    </message>
    <message>
        <source>先读卡；没有卡就按 F7 扫码或录入。</source>
        <translation>Read the card first; without one press F7 to scan or type.</translation>
    </message>
    <message>
        <source>用 https 开头的地址；不加密只能连本机的演示大厅。</source>
        <translation>Use an address that begins with https; without encryption only a demo hall on this machine can be used.</translation>
    </message>
    <message>
        <source>先核对本机日期和时间；时间没错就告诉大厅管理员换证书。</source>
        <translation>Check date and time of this machine; if they are right, the hall&apos;s administrator must renew the certificate.</translation>
    </message>
    <message>
        <source>核对大厅地址；没有写错就告诉大厅管理员。</source>
        <translation>Check the hall&apos;s address; if it is right, tell the hall&apos;s administrator.</translation>
    </message>
    <message>
        <source>停止联网办理，把时间告诉大厅管理员；收件照常保存在本机。</source>
        <translation>Do nothing that needs the hall and tell its administrator the time; receiving goes on and is kept here.</translation>
    </message>
    <message>
        <source>告诉大厅管理员，升级到 TLS 1.3。</source>
        <translation>Tell the hall&apos;s administrator to offer TLS 1.3.</translation>
    </message>
    <message>
        <source>向大厅管理员要完整的登记码，整行输入。</source>
        <translation>Ask the hall&apos;s administrator for the whole line and enter all of it.</translation>
    </message>
    <message>
        <source>登记码没有发出。核对地址和登记码；都没错就告诉大厅管理员有人冒充。</source>
        <translation>The code was not sent. Check address and code; if both are right, tell the hall&apos;s administrator that somebody poses as the hall.</translation>
    </message>
    <message>
        <source>让大厅管理员核对设备指纹后确认。</source>
        <translation>Have the hall&apos;s administrator compare the fingerprint and confirm.</translation>
    </message>
    <message>
        <source>再办一次这一步；仍不行就联系运维检查磁盘，已保存的都还在。</source>
        <translation>Do the step again; if it still fails have the disk checked. What was saved before is there.</translation>
    </message>
    <message>
        <source>向大厅管理员要一个新登记码，在“工位”页重新登记；没上报的办件都在，登记后接着报。</source>
        <translation>Ask the hall&apos;s administrator for a new code and enrol again on the Station page; what was not sent yet is all here and goes on from there.</translation>
    </message>
    <message>
        <source>分成几个文件，每个不超过 60 页，单页用 300 dpi 扫描。</source>
        <translation>Split it into files of at most 60 pages and scan pages at 300 dpi.</translation>
    </message>
    <message>
        <source>向当事人再要原件，重新扫描；并告诉运维检查磁盘。</source>
        <translation>Ask the person for the original and scan it again; tell operations to check the disk.</translation>
    </message>
    <message>
        <source>连上大厅，几秒后自动领取号段；连不上就用同窗口别的电脑收件。</source>
        <translation>Connect to the hall; numbers come by themselves within seconds. Otherwise receive at another machine of this window.</translation>
    </message>
    <message>
        <source>先按临时收件收下；连上大厅，或在“传输”里导出到 U 盘送大厅导入，取回回执后再办。</source>
        <translation>Receive provisionally for now. Connect to the hall, or write a stick in Transfers, have it imported and read the receipts.</translation>
    </message>
    <message>
        <source>在大厅重新拷贝一次回执文件再读；待传的都还在本机。</source>
        <translation>Copy the receipts once more at the hall and read them again; everything that waits is still here.</translation>
    </message>
    <message>
        <source>选这次导出后大厅给的文件；找不到就重新导出一次送去。</source>
        <translation>Choose the file the hall gave for this stick; if it is lost, write another stick.</translation>
    </message>
    <message>
        <source>先连一次大厅对账，或重新导出一个 U 盘送去导入。</source>
        <translation>Let the station hear the hall once, or write a new stick and have it imported.</translation>
    </message>
    <message>
        <source>连上大厅一次，会自动取得公钥，之后离线也能导出。</source>
        <translation>Connect once; the key comes by itself, and sticks can be written without the hall afterwards.</translation>
    </message>
    <message>
        <source>看看 U 盘是不是满了、拔了或写保护，换一个再导出。</source>
        <translation>See whether the stick is full, pulled out or write-protected; write to another one.</translation>
    </message>
    <message>
        <source>看列表里最新的情况。</source>
        <translation>The list shows how it stands now.</translation>
    </message>
    <message>
        <source>让运维恢复随产品提供的单据版式文件，然后再打印。</source>
        <translation>Have the template file that came with the product put back, then print again.</translation>
    </message>
    <message>
        <source>单子已存好，没有算作已打印。找运维启动打印服务，再到“打印”里再送一次。</source>
        <translation>The sheet is kept and does not count as printed. Have the print service started, then send it again under Print.</translation>
    </message>
    <message>
        <source>换一台打印机再送，或让运维把打印机加回来；没有算作已打印。</source>
        <translation>Send it to another printer, or have this one added again; it does not count as printed.</translation>
    </message>
    <message>
        <source>换一台打印机再送，或让运维恢复这台；没有算作已打印。</source>
        <translation>Send it to another printer, or have this one resumed; it does not count as printed.</translation>
    </message>
    <message>
        <source>让运维清理磁盘，再到“打印”里再送一次；没有算作已打印。</source>
        <translation>Have the disk cleaned up, then send it again under Print; it does not count as printed.</translation>
    </message>
    <message>
        <source>刷新后再看；到期销毁的办件，单子也一起销毁了。</source>
        <translation>Refresh and look again; sheets go with a case that was purged.</translation>
    </message>
    <message>
        <source>刷新后再看；要再打就按补打。</source>
        <translation>Refresh and look again; to print once more, reprint it.</translation>
    </message>
    <message>
        <source>等打完再确认；打不出来就再送或重打。</source>
        <translation>Confirm once it is done; if it does not come, send it again or print it anew.</translation>
    </message>
    <message>
        <source>按“作废重打”，新的一张会标明补打第几次。</source>
        <translation>Use “Void and reprint”; the new sheet carries its reprint number.</translation>
    </message>
    <message>
        <source>等打印机打完或停下，再处理这一张。</source>
        <translation>Wait until the printer is done or stops, then see to this sheet.</translation>
    </message>
    <message>
        <source>刷新后看“打印”。</source>
        <translation>Refresh and look under Print.</translation>
    </message>
    <message>
        <source>先接着打完并确认，或结束那一批，再开始新的。</source>
        <translation>Finish and confirm that one, or end it, before a new one.</translation>
    </message>
    <message>
        <source>在左边勾选办件；别人可能刚打过。</source>
        <translation>Tick cases on the left; somebody may just have printed them.</translation>
    </message>
    <message>
        <source>可以直接打印，存档不受影响；仍不行就告诉运维。</source>
        <translation>It can be printed all the same, the archive is sound; tell the administrator if it happens again.</translation>
    </message>
    <message>
        <source>让主管在“工位”页把工作日表加长，或等大厅下发；收件不受影响。</source>
        <translation>Let a supervisor make the table longer on the page Station, or wait for the hall&apos;s; receipt still works.</translation>
    </message>
    <message>
        <source>法定节假日要设成休息，日期要在表内，表不能改短；对照放假通知改好再存。</source>
        <translation>Holidays by law must be off, days inside the table, and no table gets shorter; compare with the notice and save again.</translation>
    </message>
    <message>
        <source>写明哪份放假通知、为什么改。</source>
        <translation>Write which notice decides it and why it is changed.</translation>
    </message>
    <message>
        <source>找大厅改，改好后一分钟内自动下发。</source>
        <translation>Ask the hall; its table arrives within a minute.</translation>
    </message>
    <message>
        <source>缺的必需材料都要列上，每一项写明问题、要求和怎样补正；一次告知，不能再补第二次。</source>
        <translation>Name every missing paper, and for each what is wrong, what it has to be like and how to mend it. It is told once; there is no second notice.</translation>
    </message>
    <message>
        <source>不能再要求补正，按受理办；大厅会自动改为“已受理”。</source>
        <translation>No correction may be asked for any more; go on as accepted. The hall changes it to accepted by itself.</translation>
    </message>
    <message>
        <source>每一项选“已补交”，或写明为什么不用补。</source>
        <translation>Mark each as handed in, or write why it is not needed.</translation>
    </message>
    <message>
        <source>等期限过后再提请；申请人想停办的，按“撤回”办。</source>
        <translation>Propose it after the limit; if the applicant wants to stop, use withdrawal.</translation>
    </message>
    <message>
        <source>收下签好名的撤回申请，选是谁签的，写明申请人的说法。</source>
        <translation>Take the signed request, choose who signed it, and write down what the applicant says.</translation>
    </message>
    <message>
        <source>改一项和现在不同、格式对的内容，写明为什么更正。</source>
        <translation>Change something to another value of the right form, and write why.</translation>
    </message>
    <message>
        <source>姓名、证件号码和账号关系到办给谁，按“提请会签”办。</source>
        <translation>Names, numbers and accounts say who the case is about: propose it for a second person.</translation>
    </message>
    <message>
        <source>让本人到窗口来；告诉代办人需要本人带什么。</source>
        <translation>Have the person come to the window; tell the agent what to bring.</translation>
    </message>
    <message>
        <source>对照委托书和代办人的证件改好，再确认一次。</source>
        <translation>Compare with the power of attorney and the agent&apos;s ID, then confirm again.</translation>
    </message>
    <message>
        <source>告诉目录编制员补上单位表；办件先留着，随时可以转。</source>
        <translation>Tell the catalogue author to complete the table of offices; the case waits and can be handed on any time.</translation>
    </message>
    <message>
        <source>在办件里看那边的进展；要改就打电话给那边。</source>
        <translation>Follow it in the case list; to change something, ring that office.</translation>
    </message>
    <message>
        <source>点清材料，按“接收材料”，再受理。</source>
        <translation>Count the papers, take them over, then accept.</translation>
    </message>
    <message>
        <source>不能再交一次；有疑问看送达回证。</source>
        <translation>It is not handed out again; if in doubt look at the service return.</translation>
    </message>
    <message>
        <source>核对证件；代领的先看授权委托书，登记代领权限和期限。</source>
        <translation>Check the ID; for an agent see the power of attorney and note the power to collect and its end.</translation>
    </message>
    <message>
        <source>要在窗口交付就先召回，退回窗口后再办。</source>
        <translation>To hand it out here recall it first and wait until it is back.</translation>
    </message>
    <message>
        <source>换成目录里有的领取方式。</source>
        <translation>Choose a way that the catalogue offers.</translation>
    </message>
    <message>
        <source>补上收件人、电话和地址再安排。</source>
        <translation>Add receiver, phone and address, then order.</translation>
    </message>
    <message>
        <source>看办件里现在的领取情况。</source>
        <translation>The case shows where the result is.</translation>
    </message>
    <message>
        <source>用 1 到 {longest} 个字，不写姓名，数字不超过连续四位。</source>
        <translation>Use 1 to {longest} characters, no names of people, and no more than four digits in a row.</translation>
    </message>
    <message>
        <source>先删掉不用的，再保存。</source>
        <translation>Delete one that is not used, then save again.</translation>
    </message>
    <message>
        <source>起始日不晚于截止日，最多 {most} 天。</source>
        <translation>The first day is not after the last, and at most {most} days are counted.</translation>
    </message>
    <message>
        <source>看最近的交接记录；有新办件再交接一次。</source>
        <translation>See the newest handover; once there is new work, hand over again.</translation>
    </message>
    <message>
        <source>核对新的数字，重新交接。</source>
        <translation>Check the new figures and hand over again.</translation>
    </message>
    <message>
        <source>刷新后看最新的记录。</source>
        <translation>Refresh and see the newest.</translation>
    </message>
    <message>
        <source>连上大厅一次，会自动取得公钥，之后离线也能评价。</source>
        <translation>Connect to the hall once; the key comes by itself, and from then on it works offline too.</translation>
    </message>
    <message>
        <source>由另一位主管核实和办结。</source>
        <translation>Another supervisor verifies and closes it.</translation>
    </message>
    <message>
        <source>写明情况；核实、整改或说明、回访都做完再办结。</source>
        <translation>Write down what happened; verify, mend or explain, and call back before it is closed.</translation>
    </message>
    <message>
        <source>现在显示的是新的内容，看过再按回车打印。</source>
        <translation>What you see now is the new sheet. Look at it, then press Enter to print.</translation>
    </message>
    <message>
        <source>刷新办件再打开；材料可能已经换过。</source>
        <translation>Open the case again; the paper may have been replaced.</translation>
    </message>
    <message>
        <source>过一会儿再打开；急用时先看随物料流转凭证送来的原件，或打电话问收件机构。</source>
        <translation>Open it again in a while; if it is urgent, look at the originals that came with the transfer sheet, or call the receiving office.</translation>
    </message>
    <message>
        <source>在办件里转送过去，材料随物料流转凭证一起走。</source>
        <translation>Forward it on the page Cases; the papers go along with the transfer sheet.</translation>
    </message>
    <message>
        <source>换一个能写的文件夹再存；存档里的单子没有变。</source>
        <translation>Save it in a folder that can be written; the slip in the archive has not changed.</translation>
    </message>
    <message>
        <source>有人取号以后再叫。</source>
        <translation>Call once somebody has taken a number.</translation>
    </message>
    <message>
        <source>核对号票上的号和日期，昨天的号不再有效。</source>
        <translation>Compare number and date on the ticket; yesterday&apos;s is no longer good.</translation>
    </message>
    <message>
        <source>看一下它现在的状态，再叫号或过号。</source>
        <translation>Look at where it is now, then call it or pass it over.</translation>
    </message>
</context>
<context>
    <name>ReportBy</name>
    <message>
        <source>按日</source>
        <translation>By day</translation>
    </message>
    <message>
        <source>按事项</source>
        <translation>By item</translation>
    </message>
    <message>
        <source>按人员</source>
        <translation>By clerk</translation>
    </message>
    <message>
        <source>按窗口</source>
        <translation>By window</translation>
    </message>
    <message>
        <source>按收件机构</source>
        <translation>By receiving office</translation>
    </message>
    <message>
        <source>按层级</source>
        <translation>By level</translation>
    </message>
    <message>
        <source>按决定部门</source>
        <translation>By deciding department</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>起</source>
        <translation>from</translation>
    </message>
    <message>
        <source>止</source>
        <translation>to</translation>
    </message>
    <message>
        <source>统计</source>
        <translation>Count</translation>
    </message>
    <message>
        <source>统计方式</source>
        <translation>Lines by</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>收件日期</source>
        <translation>Day of receipt</translation>
    </message>
    <message>
        <source>收件件数</source>
        <translation>Cases received</translation>
    </message>
    <message>
        <source>正在统计…</source>
        <translation>Counting…</translation>
    </message>
    <message>
        <source>{0} 至 {1} 收的 {2} 件，现在的情况；{3} 统计。联办件在每个事项各算一件。</source>
        <translation>Received from {0} to {1}: {2} cases, as they stand now; counted {3}. A joint case counts once with each of its items.</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>导出报表</source>
        <translation>Report exported</translation>
    </message>
    <message>
        <source>工作簿 (*.xlsx);;表格文本 (*.csv)</source>
        <translation>Workbook (*.xlsx);;Table as text (*.csv)</translation>
    </message>
    <message>
        <source>正在导出…</source>
        <translation>Exporting…</translation>
    </message>
    <message>
        <source>已导出：{0}</source>
        <translation>Exported: {0}</translation>
    </message>
    <message>
        <source>办件报表 {0} 至 {1}</source>
        <translation>Cases from {0} to {1}</translation>
    </message>
</context>
<context>
    <name>ResultCode</name>
    <message>
        <source>准予办理</source>
        <translation>granted</translation>
    </message>
    <message>
        <source>不予办理</source>
        <translation>denied</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>voided</translation>
    </message>
    <message>
        <source>转报上级</source>
        <translation>forwarded</translation>
    </message>
    <message>
        <source>申请人撤回</source>
        <translation>withdrawn</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>returned</translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>出件</source>
        <translation>Results</translation>
    </message>
    <message>
        <source>打印结果单</source>
        <translation>Print result slip</translation>
    </message>
    <message>
        <source>先看再打</source>
        <translation>Look, then print</translation>
    </message>
    <message>
        <source>打印台账</source>
        <translation>Print ledger</translation>
    </message>
    <message>
        <source>已开出 {0} 张，再打会标明“补打 {0}”</source>
        <translation>{0} made; another is marked reprint {0}</translation>
    </message>
    <message>
        <source>还没有开出过</source>
        <translation>None made yet</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>已办结</source>
        <translation>Closed</translation>
    </message>
    <message>
        <source>已逾期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>处理中</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>{0} · {1} · {2}</source>
        <translation>{0} · {1} · {2}</translation>
    </message>
    <message>
        <source>还没有人</source>
        <translation>nobody yet</translation>
    </message>
    <message>
        <source>期限 {0} · {1}</source>
        <translation>Due {0} · {1}</translation>
    </message>
    <message>
        <source>{0} 起到昨天：邀请 {1} 次，作答 {2} 次（{3}）</source>
        <translation>{0} until yesterday: {1} asked, {2} answered ({3})</translation>
    </message>
    <message>
        <source>{0} 起到昨天：作答不到 {1} 次，不出汇总，免得看出是谁评的</source>
        <translation>{0} until yesterday: fewer than {1} answers, so no sums: they would tell who said what</translation>
    </message>
</context>
<context>
    <name>ReviewForm</name>
    <message>
        <source>办事人手写的话</source>
        <translation>The citizen&apos;s handwriting</translation>
    </message>
    <message>
        <source>这一步</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>再评结果</source>
        <translation>New grade</translation>
    </message>
    <message>
        <source>情况</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>记下这一步</source>
        <translation>Note this step</translation>
    </message>
    <message>
        <source>被评价</source>
        <translation>Rated</translation>
    </message>
    <message>
        <source>环节</source>
        <translation>Stage</translation>
    </message>
    <message>
        <source>办事人说</source>
        <translation>Citizen</translation>
    </message>
    <message>
        <source>没有选原因</source>
        <translation>No reason ticked</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>不记名，不回访</source>
        <translation>No name, no call back</translation>
    </message>
    <message>
        <source>办理</source>
        <translation>Handling</translation>
    </message>
    <message>
        <source>{0} · {1} 号窗口</source>
        <translation>{0} · window {1}</translation>
    </message>
    <message>
        <source>还没有人：本站没有别的主管</source>
        <translation>Nobody yet: this station has no other supervisor</translation>
    </message>
    <message>
        <source>{0} · {1} 办结</source>
        <translation>{0} · closed {1}</translation>
    </message>
    <message>
        <source>{0} · 期限 {1}，已逾期：今天核实、答复并办结，说明里写清拖延的原因</source>
        <translation>{0} · due {1}, overdue: verify, answer and close it today, and say why it took so long</translation>
    </message>
    <message>
        <source>{0} · 期限 {1}</source>
        <translation>{0} · due {1}</translation>
    </message>
</context>
<context>
    <name>ReviewStep</name>
    <message>
        <source>核实</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>整改</source>
        <translation>Mended</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Explained</translation>
    </message>
    <message>
        <source>回访</source>
        <translation>Call back</translation>
    </message>
    <message>
        <source>再评</source>
        <translation>Asked again</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Result</translation>
    </message>
</context>
<context>
    <name>ReviewStepDetail</name>
    <message>
        <source>写查了什么、是不是属实</source>
        <translation>What was looked at, and whether it is so</translation>
    </message>
    <message>
        <source>属实的：写改了什么</source>
        <translation>Where it is so: what was changed</translation>
    </message>
    <message>
        <source>不属实或改不了的：写清原因</source>
        <translation>Where it is not so, or cannot be changed: why</translation>
    </message>
    <message>
        <source>写回访时间和办事人的意见</source>
        <translation>When the call was, and what the citizen said</translation>
    </message>
    <message>
        <source>选办事人对处理结果的评价</source>
        <translation>What the citizen says of the handling</translation>
    </message>
    <message>
        <source>该做的都做了，办结这件差评</source>
        <translation>Everything was done: close it</translation>
    </message>
</context>
<context>
    <name>Reviews</name>
    <message>
        <source>差评</source>
        <translation>Bad reviews</translation>
    </message>
    <message>
        <source>没有差评要处理</source>
        <translation>No bad review waits</translation>
    </message>
    <message>
        <source>办事人给出最低两档评价时，大厅会派到这里，被评价的人看不到。</source>
        <translation>When a citizen gives one of the lowest two grades, the hall sends it here; whoever was rated does not see it.</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>窗口人员</source>
        <translation>counter clerk</translation>
    </message>
    <message>
        <source>社区代办员</source>
        <translation>community agent</translation>
    </message>
    <message>
        <source>主管</source>
        <translation>supervisor</translation>
    </message>
    <message>
        <source>审计人员</source>
        <translation>auditor</translation>
    </message>
    <message>
        <source>事项编制人员</source>
        <translation>catalogue author</translation>
    </message>
    <message>
        <source>工位管理员</source>
        <translation>station administrator</translation>
    </message>
</context>
<context>
    <name>RouteRow</name>
    <message>
        <source>{0}由{1}受理，这里按通办代收</source>
        <translation>{0} belongs to {1}; received here for it</translation>
    </message>
    <message>
        <source>{0}不在这里收件，请办事人到{1}</source>
        <translation>{0} is not received here; please go to {1}</translation>
    </message>
    <message>
        <source>打印去向单</source>
        <translation>Print directions</translation>
    </message>
    <message>
        <source>打印办理去向告知单</source>
        <translation>Print where to go</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>SaveAs</name>
    <message>
        <source>另存</source>
        <translation>Save as</translation>
    </message>
    <message>
        <source>OFD 版式文件</source>
        <translation>OFD file</translation>
    </message>
    <message>
        <source>PDF 文件</source>
        <translation>PDF file</translation>
    </message>
    <message>
        <source>OFD 版式文件 (*.ofd)</source>
        <translation>OFD file (*.ofd)</translation>
    </message>
    <message>
        <source>PDF 文件 (*.pdf)</source>
        <translation>PDF file (*.pdf)</translation>
    </message>
    <message>
        <source>单子另存为</source>
        <translation>Save the slip as</translation>
    </message>
</context>
<context>
    <name>SavedPanel</name>
    <message>
        <source>今日免交材料</source>
        <translation>Papers saved today</translation>
    </message>
    <message>
        <source>各事项免交的材料</source>
        <translation>Papers saved by item</translation>
    </message>
    <message>
        <source>{0} 份，{1} 件办件</source>
        <translation>{0} papers in {1} cases</translation>
    </message>
    <message>
        <source>今天还没有</source>
        <translation>None yet today</translation>
    </message>
    <message>
        <source>{0} × {1}（{2}）</source>
        <translation>{0} × {1} ({2})</translation>
    </message>
    <message>
        <source>其余</source>
        <translation>Others</translation>
    </message>
    <message>
        <source>{0} 种</source>
        <translation>{0} kinds</translation>
    </message>
</context>
<context>
    <name>ScanPanel</name>
    <message>
        <source>扫描件</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>上一页</source>
        <translation>Previous page</translation>
    </message>
    <message>
        <source>下一页</source>
        <translation>Next page</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>{0} {1}/{2}</source>
        <translation>{0} {1}/{2}</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>第 {0} / {1} 页，指纹 {2}</source>
        <translation>Page {0} of {1}, fingerprint {2}</translation>
    </message>
</context>
<context>
    <name>ScansPart</name>
    <message>
        <source>扫描件</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>大小</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>已传</source>
        <translation>Sent</translation>
    </message>
    <message>
        <source>进度</source>
        <translation>Progress</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>State</translation>
    </message>
    <message>
        <source>暂停上传</source>
        <translation>Pause uploads</translation>
    </message>
    <message>
        <source>重传没收的</source>
        <translation>Send refused ones again</translation>
    </message>
    <message>
        <source>没有等待上传的扫描件</source>
        <translation>No scan waits to be sent</translation>
    </message>
    <message>
        <source>收件时扫描的材料会排在这里，小的先传，断了接着传。</source>
        <translation>Scanned papers queue here, small ones first; what was cut off goes on where it stopped.</translation>
    </message>
    <message>
        <source>继续上传</source>
        <translation>Go on with uploads</translation>
    </message>
    <message>
        <source>现在的网络按流量计费：大于 {0} 的先不传</source>
        <translation>This line is paid by volume: hold back scans above {0}</translation>
    </message>
    <message>
        <source>{0} 份，共 {1}，已传 {2}</source>
        <translation>{0} scans, {1} in all, {2} sent</translation>
    </message>
    <message>
        <source>全部扫描件的上传进度</source>
        <translation>Progress of all scans</translation>
    </message>
    <message>
        <source>未收件</source>
        <translation>Not received yet</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>Scope</name>
    <message>
        <source>全市通办</source>
        <translation>City-wide</translation>
    </message>
    <message>
        <source>全省通办</source>
        <translation>Province-wide</translation>
    </message>
    <message>
        <source>跨省通办</source>
        <translation>Nationwide</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>已出纸</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>作废：{0}</source>
        <translation>Void: {0}</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>补打 {0}</source>
        <translation>reprint {0}</translation>
    </message>
    <message>
        <source>首次</source>
        <translation>first</translation>
    </message>
</context>
<context>
    <name>SheetChoices</name>
    <message>
        <source>这个办件的单子</source>
        <translation>Sheets of this case</translation>
    </message>
    <message>
        <source>打印后记住，本工位以后这种单子都这样打。</source>
        <translation>Remembered once printed: this station prints the kind so from then on.</translation>
    </message>
    <message>
        <source>本工位的单子都先看再打</source>
        <translation>Look at all sheets first</translation>
    </message>
    <message>
        <source>纸张：{0}</source>
        <translation>Paper: {0}</translation>
    </message>
    <message>
        <source>文字：{0}</source>
        <translation>Words: {0}</translation>
    </message>
</context>
<context>
    <name>SheetLanguage</name>
    <message>
        <source>中文</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>中英双语</source>
        <translation>Chinese and English</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>看单子</source>
        <translation>Sheet</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>{0} 秒后自动锁定。按任意键或动一下鼠标，接着办。</source>
        <translation>Locks in {0} seconds. Press any key or move the mouse to go on.</translation>
    </message>
</context>
<context>
    <name>ShiftFigures</name>
    <message>
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>补正告知</source>
        <translation>Corrections asked</translation>
    </message>
    <message>
        <source>不予受理、退件</source>
        <translation>Refused or returned</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>打印张数</source>
        <translation>Sheets printed</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>待会签</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>待传步骤</source>
        <translation>Steps not sent</translation>
    </message>
    <message>
        <source>传输待处理</source>
        <translation>Transfers to fix</translation>
    </message>
    <message>
        <source>去向不明的单据</source>
        <translation>Sheets unaccounted for</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>交接说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>交接说明，可以不填；不写群众的姓名和号码</source>
        <translation>Remark, if any; no citizen&apos;s name or number</translation>
    </message>
    <message>
        <source>会签人账号</source>
        <translation>Second person&apos;s account</translation>
    </message>
    <message>
        <source>会签人密码</source>
        <translation>Second person&apos;s password</translation>
    </message>
    <message>
        <source>会签并打印交接单</source>
        <translation>Sign and print the sheet</translation>
    </message>
    <message>
        <source>用操作员卡会签</source>
        <translation>Sign by card</translation>
    </message>
    <message>
        <source>交接记录</source>
        <translation>Handovers</translation>
    </message>
    <message>
        <source>接班确认</source>
        <translation>Confirm</translation>
    </message>
    <message>
        <source>交班人是现在登录的人；另一位（接班人或主管）看过数字，在这里用自己的账号会签。本窗口不收现金。</source>
        <translation>Whoever is signed in hands over; another person (the next shift or a supervisor) looks at the figures and signs here with their own account. No cash is taken at this counter.</translation>
    </message>
    <message>
        <source>这一班</source>
        <translation>This shift</translation>
    </message>
    <message>
        <source>{0} 起，到现在</source>
        <translation>Since {0}, until now</translation>
    </message>
    <message>
        <source>还没有交接过。</source>
        <translation>No shift was handed over yet.</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>打印张数</source>
        <translation>Sheets printed</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>草稿</source>
        <translation>Drafts</translation>
    </message>
    <message>
        <source>会签人</source>
        <translation>Second person</translation>
    </message>
    <message>
        <source>单号</source>
        <translation>Sheet no.</translation>
    </message>
    <message>
        <source>内容指纹</source>
        <translation>Fingerprint</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Remark</translation>
    </message>
    <message>
        <source>接班</source>
        <translation>Next shift</translation>
    </message>
    <message>
        <source>{0}，{1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>ShutOutPanel</name>
    <message>
        <source>大厅已停用本工位</source>
        <translation>The hall has revoked this station</translation>
    </message>
    <message>
        <source>谁都不能登录，断网也一样。本机数据仍然加密保存，一件没少。</source>
        <translation>Nobody can sign in, with or without network. The data stays here, encrypted and complete.</translation>
    </message>
    <message>
        <source>停止收件，联系大厅管理员。没上报的办件由管理员导出，经核对后由大厅收下；本工位要重新登记。</source>
        <translation>Stop receiving and contact the hall&apos;s administrator. What was not sent yet is exported by an administrator and taken by the hall after a check; this station must be enrolled anew.</translation>
    </message>
    <message>
        <source>退出程序</source>
        <translation>Close the program</translation>
    </message>
</context>
<context>
    <name>SignBox</name>
    <message>
        <source>第二人会签</source>
        <translation>Second person&apos;s signature</translation>
    </message>
    <message>
        <source>会签人账号</source>
        <translation>Account of who signs</translation>
    </message>
    <message>
        <source>会签人密码</source>
        <translation>Password of who signs</translation>
    </message>
    <message>
        <source>会签</source>
        <translation>Sign</translation>
    </message>
    <message>
        <source>用操作员卡会签</source>
        <translation>Sign by operator card</translation>
    </message>
    <message>
        <source>退回</source>
        <translation>Send back</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>提请之后办件有变动，不能会签。撤回后按现在的情况重新提请。</source>
        <translation>The case changed after it was proposed: it cannot be signed. Withdraw it and propose again as things stand now.</translation>
    </message>
    <message>
        <source>看过两边内容，再输自己的密码会签。签的就是上面显示的内容。</source>
        <translation>Read both sides, then sign with your own password. What is shown above is what you sign.</translation>
    </message>
    <message>
        <source>由另一位有权限的人看过两边内容，在这里输自己的账号和密码会签；提请人不能自己签。</source>
        <translation>Another person with the right reads both sides and signs here with their own account and password; whoever proposed cannot.</translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>用自己的账号登录，办的每一步都记在自己名下。</source>
        <translation>Use your own account: every step is recorded under it.</translation>
    </message>
    <message>
        <source>没有网络也能登录。退出后未收件的草稿仍封存在本机。</source>
        <translation>Works without network. Drafts stay sealed here after you leave.</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>本工位已在大厅登记。设备指纹 {0}</source>
        <translation>The hall knows this station now.
Device fingerprint {0}</translation>
    </message>
</context>
<context>
    <name>SlipKind</name>
    <message>
        <source>收件凭证</source>
        <translation>receipt slip</translation>
    </message>
    <message>
        <source>受理通知书</source>
        <translation>notice of acceptance</translation>
    </message>
    <message>
        <source>结果单</source>
        <translation>result slip</translation>
    </message>
    <message>
        <source>核验结果单</source>
        <translation>Sheet of checks</translation>
    </message>
    <message>
        <source>告知承诺书</source>
        <translation>Notice and promise</translation>
    </message>
    <message>
        <source>核验异议单</source>
        <translation>Dispute sheet</translation>
    </message>
    <message>
        <source>不予受理通知书</source>
        <translation>Notice of non-acceptance</translation>
    </message>
    <message>
        <source>补正告知书</source>
        <translation>Notice of correction</translation>
    </message>
    <message>
        <source>补正材料接收通知</source>
        <translation>Corrections received</translation>
    </message>
    <message>
        <source>退件通知书</source>
        <translation>Notice of return</translation>
    </message>
    <message>
        <source>一次性告知单</source>
        <translation>One-time notice</translation>
    </message>
    <message>
        <source>容缺受理通知书</source>
        <translation>Notice of tolerant acceptance</translation>
    </message>
    <message>
        <source>容缺受理承诺书</source>
        <translation>Promise to hand in missing papers</translation>
    </message>
    <message>
        <source>特别程序期限告知书</source>
        <translation>Notice of a special procedure</translation>
    </message>
    <message>
        <source>延长办理期限通知书</source>
        <translation>Notice of extension</translation>
    </message>
    <message>
        <source>物料流转凭证</source>
        <translation>Transfer sheet</translation>
    </message>
    <message>
        <source>准予办理决定书</source>
        <translation>Decision of approval</translation>
    </message>
    <message>
        <source>不予办理决定书</source>
        <translation>Decision of denial</translation>
    </message>
    <message>
        <source>送达回证</source>
        <translation>Proof of service</translation>
    </message>
    <message>
        <source>取件凭证</source>
        <translation>Pick-up slip</translation>
    </message>
    <message>
        <source>缴费通知单</source>
        <translation>Notice of payment</translation>
    </message>
    <message>
        <source>授权委托书</source>
        <translation>Power of attorney</translation>
    </message>
    <message>
        <source>帮办代办单</source>
        <translation>Assisted filing</translation>
    </message>
    <message>
        <source>办理去向告知单</source>
        <translation>Where to go</translation>
    </message>
    <message>
        <source>排队号票</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>日结交接单</source>
        <translation>Day close and handover</translation>
    </message>
</context>
<context>
    <name>SlipNext</name>
    <message>
        <source>把纸上的收件编号、流水号与下面逐字核对。</source>
        <translation>Compare receipt number and serial on the paper with those below.</translation>
    </message>
    <message>
        <source>断网时出具。大厅登记后重新打印，这一张就被代替。</source>
        <translation>Issued without network. Once the hall has registered the case, print again; this one is then replaced.</translation>
    </message>
    <message>
        <source>以新的单据为准，收回这一张。</source>
        <translation>The new sheet counts; take this one back.</translation>
    </message>
    <message>
        <source>收回这一张，按办件现在的情况办理。</source>
        <translation>Take this one back and go by how the case stands now.</translation>
    </message>
    <message>
        <source>不按这张单据办理，连同单据报主管核实。</source>
        <translation>Do nothing on this sheet; take it to the supervisor.</translation>
    </message>
    <message>
        <source>连上大厅后再核对一次。</source>
        <translation>Check again when the hall answers.</translation>
    </message>
    <message>
        <source>重新扫码，或者输入单据右下角的流水号。</source>
        <translation>Scan again, or type the serial from the foot of the sheet.</translation>
    </message>
</context>
<context>
    <name>SlipPanel</name>
    <message>
        <source>核对单据</source>
        <translation>Check a slip</translation>
    </message>
    <message>
        <source>单据码</source>
        <translation>Code of the slip</translation>
    </message>
    <message>
        <source>扫描单据上的二维码，或者输入流水号，回车</source>
        <translation>Scan the code on the slip or type its serial, then Enter</translation>
    </message>
    <message>
        <source>单据内容</source>
        <translation>What the slip says</translation>
    </message>
    <message>
        <source>单据</source>
        <translation>Slip</translation>
    </message>
    <message>
        <source>流水号</source>
        <translation>Serial</translation>
    </message>
    <message>
        <source>收件编号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>打印时间</source>
        <translation>Printed</translation>
    </message>
    <message>
        <source>代替它的单据</source>
        <translation>Replaced by</translation>
    </message>
    <message>
        <source>判断依据</source>
        <translation>Judged by</translation>
    </message>
    <message>
        <source>（补打 {0}）</source>
        <translation> (reprint {0})</translation>
    </message>
    <message>
        <source>大厅答复</source>
        <translation>the hall&apos;s answer</translation>
    </message>
    <message>
        <source>大厅签名</source>
        <translation>the hall&apos;s signature</translation>
    </message>
    <message>
        <source>本工位打印登记</source>
        <translation>this station&apos;s ledger</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>出纸</source>
        <translation>On paper</translation>
    </message>
</context>
<context>
    <name>SlipState</name>
    <message>
        <source>真实有效</source>
        <translation>Genuine</translation>
    </message>
    <message>
        <source>真实，临时收件</source>
        <translation>Genuine, provisional</translation>
    </message>
    <message>
        <source>已被新单据代替</source>
        <translation>Replaced by a newer slip</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>内容被改动，不可采信</source>
        <translation>Altered: not to be relied on</translation>
    </message>
    <message>
        <source>本工位无法判断</source>
        <translation>Cannot be judged here</translation>
    </message>
    <message>
        <source>不是本系统的单据码</source>
        <translation>No slip code of this system</translation>
    </message>
</context>
<context>
    <name>SpoolState</name>
    <message>
        <source>没有送到打印机</source>
        <translation>No printer has it</translation>
    </message>
    <message>
        <source>排队等打印</source>
        <translation>Queued</translation>
    </message>
    <message>
        <source>正在打印</source>
        <translation>Printing</translation>
    </message>
    <message>
        <source>打印停住</source>
        <translation>Stopped</translation>
    </message>
    <message>
        <source>打完了，等确认出纸</source>
        <translation>Printed, to be confirmed</translation>
    </message>
    <message>
        <source>打印中断</source>
        <translation>Aborted</translation>
    </message>
    <message>
        <source>已从打印机撤回</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>打印服务查不到了</source>
        <translation>Unknown to the print service</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>{0}，快到上限</source>
        <translation>{0}: close to the limit</translation>
    </message>
    <message>
        <source>{0}，重点事项暂停受理</source>
        <translation>{0}: no acceptance of high-risk items</translation>
    </message>
    <message>
        <source>{0}，暂停受理</source>
        <translation>{0}: no acceptance</translation>
    </message>
</context>
<context>
    <name>StageDetail</name>
    <message>
        <source>收件、受理都可以办。</source>
        <translation>Receiving and accepting both work.</translation>
    </message>
    <message>
        <source>重点事项只能临时收件，不能受理和会签，其他事项照常。连上大厅，或用 U 盘送大厅导入后恢复。</source>
        <translation>High-risk items are only received provisionally, not accepted or co-signed; others go on. Ends once the hall is heard, over the line or by a stick.</translation>
    </message>
    <message>
        <source>各事项只能临时收件，不能受理和会签。连上大厅，或用 U 盘送大厅导入后恢复。</source>
        <translation>Items are only received provisionally, not accepted or co-signed. Ends once the hall is heard, over the line or by a stick.</translation>
    </message>
    <message>
        <source>到 {0}会进一步限制。</source>
        <translation>At {0} more is held.</translation>
    </message>
    <message>
        <source>还没有限制。检查网络；连不上就在“传输”里导出到 U 盘，送大厅导入。</source>
        <translation>Nothing is held yet. Check the network; if there is none, write a stick in Transfers and have it imported.</translation>
    </message>
</context>
<context>
    <name>StageShort</name>
    <message>
        <source>快到离线上限</source>
        <translation>limit is near</translation>
    </message>
    <message>
        <source>重点事项暂停受理</source>
        <translation>high-risk items held</translation>
    </message>
    <message>
        <source>暂停受理</source>
        <translation>acceptance held</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>大厅已签</source>
        <translation>Signed by the hall</translation>
    </message>
    <message>
        <source>大厅久未签</source>
        <translation>Long not signed</translation>
    </message>
    <message>
        <source>未签超时，已停办</source>
        <translation>Not signed, work stopped</translation>
    </message>
    <message>
        <source>大厅不认</source>
        <translation>Refused by the hall</translation>
    </message>
</context>
<context>
    <name>StandingDetail</name>
    <message>
        <source>签过的改动一处都能查出来；没签的几条只有本机作证。</source>
        <translation>Any change of what was signed can be found; for the few that are not, only this machine vouches.</translation>
    </message>
    <message>
        <source>没签的只有本机作证。检查网络，连上大厅后自动补签。</source>
        <translation>Only this machine vouches for what is not signed. Check the network; it is signed once the hall can be reached.</translation>
    </message>
    <message>
        <source>按规定停止收件和受理，连上大厅、签名后自动恢复。</source>
        <translation>Receiving and accepting have stopped as the settings say; they go on once the hall has signed.</translation>
    </message>
    <message>
        <source>现在的留痕和大厅签过的对不上。保留现场，用 main.py audit verify 查哪里被改。</source>
        <translation>The trail is not what the hall has signed. Keep everything as it is and find the place with main.py audit verify.</translation>
    </message>
</context>
<context>
    <name>StandingState</name>
    <message>
        <source>没有这个办件</source>
        <translation>No such case</translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>把社会保障卡放上读卡器</source>
        <translation>Put the social security card into the reader</translation>
    </message>
    <message>
        <source>没办完的</source>
        <translation>Not finished</translation>
    </message>
    <message>
        <source>没办完的草稿</source>
        <translation>Unfinished drafts</translation>
    </message>
    <message>
        <source>接着办</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>接着办这份草稿</source>
        <translation>Go on with this draft</translation>
    </message>
    <message>
        <source>未读卡</source>
        <translation>no card read</translation>
    </message>
    <message>
        <source>未选事项</source>
        <translation>no item chosen</translation>
    </message>
    <message>
        <source>已收件，待受理  {0}</source>
        <translation>received, to be accepted  {0}</translation>
    </message>
    <message>
        <source>已填 {0}/{1} 项，还差 {2} 项</source>
        <translation>{0}/{1} filled, {2} gaps</translation>
    </message>
    <message>
        <source>放上就读，也可按 F2。没有卡，按 F7 扫码或录入；也可按 F3 先选事项。</source>
        <translation>It is read at once, or press F2. No card: F7 to scan or type; or F3 to choose the item first.</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>删除这份草稿</source>
        <translation>Delete this draft</translation>
    </message>
    <message>
        <source>再按一次，删除</source>
        <translation>Press again to delete</translation>
    </message>
    <message>
        <source>再按一次，删除这份草稿</source>
        <translation>Press again to delete this draft</translation>
    </message>
</context>
<context>
    <name>StationPage</name>
    <message>
        <source>工位</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation>Card reader</translation>
    </message>
    <message>
        <source>大厅</source>
        <translation>Hall</translation>
    </message>
    <message>
        <source>本工位</source>
        <translation>This station</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>工位编号</source>
        <translation>Station no.</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>设备指纹</source>
        <translation>Device fingerprint</translation>
    </message>
    <message>
        <source>密钥位置</source>
        <translation>Key kept</translation>
    </message>
    <message>
        <source>大厅地址</source>
        <translation>Hall address</translation>
    </message>
    <message>
        <source>登录人</source>
        <translation>Signed in</translation>
    </message>
    <message>
        <source>角色</source>
        <translation>Role</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>not yet</translation>
    </message>
    <message>
        <source>{0} 条</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>，最早 {0}</source>
        <translation>, oldest {0}</translation>
    </message>
    <message>
        <source>上次联系</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>待传</source>
        <translation>To send</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
    <message>
        <source>诊断读卡器</source>
        <translation>Check the readers</translation>
    </message>
    <message>
        <source>诊断结果</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>没读成</source>
        <translation>not read</translation>
    </message>
    <message>
        <source>诊断中…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>诊断文件</source>
        <translation>Kept in</translation>
    </message>
    <message>
        <source>诊断读卡器  F8</source>
        <translation>Check the readers  F8</translation>
    </message>
    <message>
        <source>诊断</source>
        <translation>Findings</translation>
    </message>
    <message>
        <source>留痕</source>
        <translation>Audit trail</translation>
    </message>
    <message>
        <source>个人信息</source>
        <translation>Personal data</translation>
    </message>
    <message>
        <source>默认遮盖，显示 {0} 秒后遮盖</source>
        <translation>Masked; shown for {0} s when asked</translation>
    </message>
    <message>
        <source>截屏</source>
        <translation>Screenshots</translation>
    </message>
    <message>
        <source>不在窗口</source>
        <translation>at no window</translation>
    </message>
    <message>
        <source>重新登记</source>
        <translation>Enrol again</translation>
    </message>
    <message>
        <source>本机时钟</source>
        <translation>This machine&apos;s clock</translation>
    </message>
    <message>
        <source>离线限制</source>
        <translation>Working alone</translation>
    </message>
    <message>
        <source>需处理</source>
        <translation>Needs fixing</translation>
    </message>
    <message>
        <source>{0} 条，在“传输”里看原因和办法，Ctrl+7</source>
        <translation>{0}, reasons and remedies are in Transfers, Ctrl+7</translation>
    </message>
    <message>
        <source>取号叫号  Ctrl+9</source>
        <translation>Queue  Ctrl+9</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>收件</source>
        <translation>Receipt</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Acceptance</translation>
    </message>
    <message>
        <source>打印登记</source>
        <translation>Print record</translation>
    </message>
    <message>
        <source>领取登记</source>
        <translation>Collection record</translation>
    </message>
    <message>
        <source>异议</source>
        <translation>Dispute</translation>
    </message>
    <message>
        <source>材料变动</source>
        <translation>Papers changed</translation>
    </message>
    <message>
        <source>不予受理</source>
        <translation>Non-acceptance</translation>
    </message>
    <message>
        <source>作废</source>
        <translation>Void</translation>
    </message>
    <message>
        <source>恢复办理</source>
        <translation>Reopening</translation>
    </message>
    <message>
        <source>补正告知</source>
        <translation>correction asked for</translation>
    </message>
    <message>
        <source>收到补正</source>
        <translation>correction received</translation>
    </message>
    <message>
        <source>退件</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>withdrawal</translation>
    </message>
    <message>
        <source>更正收件</source>
        <translation>receipt corrected</translation>
    </message>
    <message>
        <source>转送受理单位</source>
        <translation>Hand on</translation>
    </message>
    <message>
        <source>接收材料</source>
        <translation>Take over papers</translation>
    </message>
    <message>
        <source>安排寄送或入柜</source>
        <translation>Delivery ordered</translation>
    </message>
    <message>
        <source>召回结果</source>
        <translation>Result recalled</translation>
    </message>
    <message>
        <source>评价（密封）</source>
        <translation>Rating (sealed)</translation>
    </message>
    <message>
        <source>单据作废</source>
        <translation>Slip voided</translation>
    </message>
    <message>
        <source>不记名</source>
        <translation>No name</translation>
    </message>
    <message>
        <source>未收件</source>
        <translation>Not received yet</translation>
    </message>
    <message>
        <source>单据</source>
        <translation>Sheet</translation>
    </message>
    <message>
        <source>出纸登记</source>
        <translation>Sheet accounted for</translation>
    </message>
</context>
<context>
    <name>StepTrouble</name>
    <message>
        <source>大厅答复 {0}</source>
        <translation>The hall says {0}</translation>
    </message>
    <message>
        <source>有核验没有通过，对应的材料也不齐</source>
        <translation>a check is unmet and its paper is missing</translation>
    </message>
    <message>
        <source>材料要有人看过原件才能改</source>
        <translation>only somebody who saw the original may change this paper</translation>
    </message>
    <message>
        <source>容缺的材料没有会签</source>
        <translation>a tolerated paper has no second person</translation>
    </message>
    <message>
        <source>容缺的补交期限已过</source>
        <translation>the day for a tolerated paper has passed</translation>
    </message>
    <message>
        <source>容缺的期限超过了承诺日期</source>
        <translation>the day for a tolerated paper is after the promised date</translation>
    </message>
    <message>
        <source>说明太长或没有写</source>
        <translation>the words are too long or missing</translation>
    </message>
    <message>
        <source>办件里没有事项</source>
        <translation>the case has no item</translation>
    </message>
    <message>
        <source>大厅已有同号的办件</source>
        <translation>the hall has a case of this number already</translation>
    </message>
    <message>
        <source>大厅没有这个办件</source>
        <translation>the hall does not have this case</translation>
    </message>
    <message>
        <source>办件属于别的工位</source>
        <translation>the case belongs to another station</translation>
    </message>
    <message>
        <source>大厅那边已经受理过了</source>
        <translation>the hall has it accepted already</translation>
    </message>
    <message>
        <source>大厅那边已不予受理或作废</source>
        <translation>the hall has it refused or voided</translation>
    </message>
    <message>
        <source>大厅那边还没有受理</source>
        <translation>the hall does not have it accepted</translation>
    </message>
    <message>
        <source>大厅那边没有关闭，不用恢复</source>
        <translation>the hall does not have it closed</translation>
    </message>
    <message>
        <source>大厅那边已不在收件状态</source>
        <translation>at the hall it is not in the state received any more</translation>
    </message>
    <message>
        <source>大厅那边已经办结</source>
        <translation>the hall has it decided</translation>
    </message>
    <message>
        <source>大厅已有这份异议</source>
        <translation>the hall has this dispute already</translation>
    </message>
    <message>
        <source>大厅没有做过这次核验</source>
        <translation>the hall did not make this look-up</translation>
    </message>
    <message>
        <source>大厅名单里当时没有这个经办人</source>
        <translation>the hall&apos;s list had no such person then</translation>
    </message>
    <message>
        <source>经办人当时没有办这一步的权限</source>
        <translation>the person might not do this step then</translation>
    </message>
    <message>
        <source>社区工位只能收件，不能办这一步</source>
        <translation>a community station receives only</translation>
    </message>
    <message>
        <source>提请和会签是同一个人</source>
        <translation>proposer and second person are the same</translation>
    </message>
    <message>
        <source>会签人的凭证大厅不认</source>
        <translation>the hall does not accept the second person&apos;s credential</translation>
    </message>
    <message>
        <source>会签内容和指纹对不上</source>
        <translation>what was signed and its hash differ</translation>
    </message>
    <message>
        <source>会签的不是这一件</source>
        <translation>another case was signed</translation>
    </message>
    <message>
        <source>这份会签已经用过</source>
        <translation>this signature was used already</translation>
    </message>
    <message>
        <source>同一编号报过别的内容</source>
        <translation>this id was used for something else</translation>
    </message>
    <message>
        <source>同一序号报过别的内容：本机可能是拷贝，或恢复了旧备份</source>
        <translation>this place was used for something else: the machine may be a copy or an old backup</translation>
    </message>
    <message>
        <source>和前一条接不上</source>
        <translation>it does not follow the one before</translation>
    </message>
    <message>
        <source>大厅读不懂这一条</source>
        <translation>the hall cannot read it</translation>
    </message>
    <message>
        <source>内容和指纹对不上</source>
        <translation>content and hash differ</translation>
    </message>
    <message>
        <source>算法和大厅约定的不一样</source>
        <translation>not the agreed algorithm</translation>
    </message>
    <message>
        <source>大厅的版本还不认这种步骤</source>
        <translation>this hall&apos;s version does not know such a step</translation>
    </message>
    <message>
        <source>大厅处理这一条时出错</source>
        <translation>the hall broke on it</translation>
    </message>
    <message>
        <source>和大厅的记录冲突</source>
        <translation>it conflicts with the hall&apos;s record</translation>
    </message>
    <message>
        <source>大厅不收</source>
        <translation>refused by the hall</translation>
    </message>
    <message>
        <source>这一条超过了大厅的大小上限</source>
        <translation>it is larger than the hall takes</translation>
    </message>
    <message>
        <source>前面的还没有到大厅</source>
        <translation>earlier ones have not arrived</translation>
    </message>
    <message>
        <source>大厅的回执没有通过验签</source>
        <translation>the hall&apos;s receipt is not genuine</translation>
    </message>
    <message>
        <source>大厅已有同号的单子</source>
        <translation>The hall has another sheet of this number</translation>
    </message>
    <message>
        <source>大厅那边不在等补正</source>
        <translation>the hall does not wait for a correction</translation>
    </message>
    <message>
        <source>大厅那边还在等补正</source>
        <translation>the hall still waits for a correction</translation>
    </message>
    <message>
        <source>大厅那边还没有办结</source>
        <translation>the hall has not decided it yet</translation>
    </message>
    <message>
        <source>办件已转送，由受理单位办这一步</source>
        <translation>the case was handed on; the accepting office takes this step</translation>
    </message>
    <message>
        <source>大厅不认识要转送去的单位</source>
        <translation>the hall does not know that office</translation>
    </message>
    <message>
        <source>大厅没有把这件转给本单位</source>
        <translation>this case was not handed to this office</translation>
    </message>
    <message>
        <source>材料已经接收过</source>
        <translation>the papers were taken over before</translation>
    </message>
    <message>
        <source>材料还没有接收，不能受理</source>
        <translation>the papers are not taken over yet</translation>
    </message>
    <message>
        <source>大厅那边结果已经交付过</source>
        <translation>the result was handed out before</translation>
    </message>
    <message>
        <source>大厅那边结果还在寄送或柜子里</source>
        <translation>the result is on its way or in a box</translation>
    </message>
    <message>
        <source>寄送或入柜单已经结束</source>
        <translation>the delivery is over</translation>
    </message>
    <message>
        <source>领取人不是申请人，也没有代领的委托</source>
        <translation>the receiver is neither the applicant nor empowered to collect</translation>
    </message>
    <message>
        <source>大厅已有这次办事的评价</source>
        <translation>the hall has a rating of this visit already</translation>
    </message>
    <message>
        <source>大厅的名单里当时没有被评价的账号</source>
        <translation>the hall&apos;s list had no such account to be rated then</translation>
    </message>
    <message>
        <source>大厅打不开这份密封的评价</source>
        <translation>the hall cannot open this sealed rating</translation>
    </message>
    <message>
        <source>大厅那边这个事项已有结果</source>
        <translation>the hall has a result for this item already</translation>
    </message>
    <message>
        <source>大厅算的补正期限还没有满</source>
        <translation>by the hall the limit of the correction still runs</translation>
    </message>
    <message>
        <source>大厅那边已有另一次更正</source>
        <translation>the hall has another correction of the receipt already</translation>
    </message>
    <message>
        <source>补正期限不合规定</source>
        <translation>the limit of the correction is not within the rules</translation>
    </message>
</context>
<context>
    <name>StepsPage</name>
    <message>
        <source>这件办件现在没有可办的步骤。</source>
        <translation>There is no step to be done for this case now.</translation>
    </message>
    <message>
        <source>补正告知</source>
        <translation>Ask for correction</translation>
    </message>
    <message>
        <source>收到补正</source>
        <translation>Take correction</translation>
    </message>
    <message>
        <source>撤回</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct the receipt</translation>
    </message>
    <message>
        <source>回到办件</source>
        <translation>Back to the cases</translation>
    </message>
    <message>
        <source>第 {0} 版</source>
        <translation>version {0}</translation>
    </message>
</context>
<context>
    <name>StepsPanel</name>
    <message>
        <source>收件  F9</source>
        <translation>Receive  F9</translation>
    </message>
    <message>
        <source>收件</source>
        <translation>Receive</translation>
    </message>
    <message>
        <source>受理  F10</source>
        <translation>Accept  F10</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>草稿已封存 {0}</source>
        <translation>draft sealed {0}</translation>
    </message>
    <message>
        <source>读卡器里不是办事人的卡，换回来再收件或受理</source>
        <translation>The card in the reader is not this person&apos;s: put the right one back to receive or accept</translation>
    </message>
    <message>
        <source>还差 {0} 项，补齐才能受理</source>
        <translation>{0} gaps left before acceptance</translation>
    </message>
    <message>
        <source>这个工位只收件，由街道受理</source>
        <translation>This station receives; the street centre accepts</translation>
    </message>
    <message>
        <source>先选事项</source>
        <translation>Choose an item first</translation>
    </message>
    <message>
        <source>表单还差 {0} 项，填好就能收件</source>
        <translation>{0} fields left before receipt</translation>
    </message>
    <message>
        <source>还没有一份材料，收到才能收件</source>
        <translation>No paper yet: one is needed for receipt</translation>
    </message>
    <message>
        <source>已收件，未受理</source>
        <translation>Received, not accepted</translation>
    </message>
    <message>
        <source>已受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>有一处改动还没写理由：写好回车，或按 Esc 放弃改动</source>
        <translation>A change has no reason yet: write it and press Enter, or Esc to take the change back</translation>
    </message>
    <message>
        <source>已收件（临时号，等大厅登记），未受理</source>
        <translation>Received (provisional number until the hall registers it), not accepted</translation>
    </message>
    <message>
        <source>先读卡，没有卡按 F7</source>
        <translation>Read the card first; without one press F7</translation>
    </message>
    <message>
        <source>{0}已送打印：{1}</source>
        <translation>{0} sent to print: {1}</translation>
    </message>
    <message>
        <source>{0}没有送到打印机，到“打印”里再送</source>
        <translation>No printer has {0}; send it again under Print</translation>
    </message>
    <message>
        <source>一次性告知单  F8</source>
        <translation>One-time notice  F8</translation>
    </message>
    <message>
        <source>一次性告知单</source>
        <translation>One-time notice</translation>
    </message>
    <message>
        <source>等申请人补正，到“办件”里按“收到补正”再受理</source>
        <translation>Waiting for the applicant: take the correction under Cases, then accept</translation>
    </message>
    <message>
        <source>这个工位只收件；到“办件”转送受理单位</source>
        <translation>This station only receives; hand the case on under Cases</translation>
    </message>
    <message>
        <source>{0}，未受理</source>
        <translation>{0}, not accepted</translation>
    </message>
    <message>
        <source>{0}等着先看再打：Ctrl+Shift+O 看，回车打印</source>
        <translation>{0} waits for a look: Ctrl+Shift+O shows it, Enter prints</translation>
    </message>
</context>
<context>
    <name>StickPart</name>
    <message>
        <source>导出到 U 盘</source>
        <translation>Write to a stick</translation>
    </message>
    <message>
        <source>读取大厅回执</source>
        <translation>Read the hall&apos;s receipts</translation>
    </message>
    <message>
        <source>送大厅</source>
        <translation>To the hall</translation>
    </message>
    <message>
        <source>把待传的步骤和扫描件写成加密文件，只有大厅能打开。送到大厅导入；导出后待传的仍在本机，网络恢复了会照常传，不会重复。</source>
        <translation>Writes waiting steps and scans into sealed files that only the hall opens. Have them imported there. What waits stays here and goes over the line too when that comes back; nothing is doubled.</translation>
    </message>
    <message>
        <source>取回执</source>
        <translation>Receipts back</translation>
    </message>
    <message>
        <source>大厅导入后给一个回执文件。读进来，大厅签收过的步骤才算到，也会带回大厅的新消息。</source>
        <translation>The hall gives a file of receipts after the import. Only what it has signed for counts as arrived; its news comes along.</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>Not yet</translation>
    </message>
    <message>
        <source>待传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>{0} 条</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>上次导出</source>
        <translation>Last written</translation>
    </message>
    <message>
        <source>等回执</source>
        <translation>Awaiting receipts</translation>
    </message>
    <message>
        <source>上次读回执</source>
        <translation>Receipts last read</translation>
    </message>
    <message>
        <source>大厅公钥</source>
        <translation>Hall&apos;s public key</translation>
    </message>
    <message>
        <source>已有</source>
        <translation>Known</translation>
    </message>
    <message>
        <source>没有，要先连上一次大厅</source>
        <translation>Missing; connect to the hall once</translation>
    </message>
    <message>
        <source>已导出 {0} 步、{1} 份扫描件，{2} 个文件：</source>
        <translation>Written: {0} steps, {1} scans, {2} files:</translation>
    </message>
    <message>
        <source>还有 {0} 份扫描件放不下，等网络或下一次。</source>
        <translation>{0} more scans did not fit; they wait for the line or the next stick.</translation>
    </message>
    <message>
        <source>大厅没有收这个 U 盘（{0}）。待传的都还在；把这个答复告诉大厅管理员。</source>
        <translation>The hall did not take this stick ({0}). Everything still waits here; tell the hall&apos;s administrator this answer.</translation>
    </message>
    <message>
        <source>第 {0} 个文件大厅没有见到，送去导入后再取一次回执。</source>
        <translation>The hall has not seen file {0}; have it imported and fetch receipts again.</translation>
    </message>
    <message>
        <source>选 U 盘里的文件夹</source>
        <translation>Choose a folder on the stick</translation>
    </message>
    <message>
        <source>选大厅给的回执文件</source>
        <translation>Choose the hall&apos;s file of receipts</translation>
    </message>
    <message>
        <source>大厅签收 {0} 步。</source>
        <translation>The hall signed for {0} steps.</translation>
    </message>
    <message>
        <source>早先已签收 {0} 步</source>
        <translation>Signed for before: {0}</translation>
    </message>
    <message>
        <source>需处理 {0} 步，在“需处理”里看原因，Alt+1</source>
        <translation>To fix: {0}; the reasons are in the first tab, Alt+1</translation>
    </message>
    <message>
        <source>大厅还没有处理 {0} 步</source>
        <translation>Not looked at by the hall yet: {0}</translation>
    </message>
    <message>
        <source>扫描件到了 {0} 份</source>
        <translation>Scans arrived: {0}</translation>
    </message>
    <message>
        <source>新消息 {0} 条</source>
        <translation>News: {0}</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>一窗工作站</source>
        <translation>One-Window Workstation</translation>
    </message>
    <message>
        <source>{0} · 窗口 {1}</source>
        <translation>{0} · window {1}</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>待传 {0} 条</source>
        <translation>{0} to send</translation>
    </message>
    <message>
        <source>，最早 {0}</source>
        <translation>, oldest {0}</translation>
    </message>
    <message>
        <source>上次联系：{0}。</source>
        <translation> Last contact: {0}.</translation>
    </message>
    <message>
        <source>读卡器：{0}</source>
        <translation>reader: {0}</translation>
    </message>
    <message>
        <source>锁定</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>离开一会儿：盖住屏幕，本人回来接着办</source>
        <translation>Away for a moment: covers the screen, you go on when you are back</translation>
    </message>
    <message>
        <source>退出登录，草稿封存不丢</source>
        <translation>Sign out; drafts stay sealed</translation>
    </message>
    <message>
        <source>打开传输  Ctrl+7</source>
        <translation>Open Transfers  Ctrl+7</translation>
    </message>
    <message>
        <source>{0}。</source>
        <translation>{0}. </translation>
    </message>
    <message>
        <source>还有 {0} 份扫描件没有传完。</source>
        <translation>{0} scans are not sent yet. </translation>
    </message>
    <message>
        <source>按 Ctrl+7 打开传输。</source>
        <translation>Ctrl+7 opens Transfers.</translation>
    </message>
    <message>
        <source>{0}：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>数据 {0}</source>
        <translation>data {0}</translation>
    </message>
    <message>
        <source>需处理 {0} 条</source>
        <translation>{0} to fix</translation>
    </message>
    <message>
        <source>要重新登记</source>
        <translation>enrol again</translation>
    </message>
    <message>
        <source>账号名单过期</source>
        <translation>accounts out of date</translation>
    </message>
    <message>
        <source>账号名单剩 {0} 天</source>
        <translation>accounts good for {0} d</translation>
    </message>
    <message>
        <source>账号名单过期，连上大厅才能登录。</source>
        <translation>The list of accounts is too old: nobody can sign in until the hall is heard.</translation>
    </message>
    <message>
        <source>账号名单再过 {0} 天过期，连上大厅会更新。</source>
        <translation>The list of accounts ends in {0} d; the hall renews it.</translation>
    </message>
</context>
<context>
    <name>SubCaseState</name>
    <message>
        <source>等前项办结</source>
        <translation>waits for another item</translation>
    </message>
    <message>
        <source>已送部门</source>
        <translation>sent to the department</translation>
    </message>
    <message>
        <source>审核中</source>
        <translation>in review</translation>
    </message>
    <message>
        <source>已办结</source>
        <translation>decided</translation>
    </message>
</context>
<context>
    <name>SupervisionPage</name>
    <message>
        <source>督办</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>等待会签</source>
        <translation>Waiting for a signature</translation>
    </message>
    <message>
        <source>没有等待会签的</source>
        <translation>Nothing waits for a second person</translation>
    </message>
    <message>
        <source>在“办件”里选一件，按 F7 提请不予受理、容缺、作废或恢复办理。</source>
        <translation>Choose a case under Cases and press F7 to propose a non-acceptance, tolerated gap, void or reopening.</translation>
    </message>
    <message>
        <source>{0} 件等待会签</source>
        <translation>{0} waiting</translation>
    </message>
    <message>
        <source>已会签：{0}，{1} 现在是“{2}”。</source>
        <translation>Signed: {0}. {1} is now “{2}”.</translation>
    </message>
    <message>
        <source>会签</source>
        <translation>To sign</translation>
    </message>
    <message>
        <source>看板</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>报表</source>
        <translation>Report</translation>
    </message>
    <message>
        <source>交接班</source>
        <translation>Handover</translation>
    </message>
    <message>
        <source>差评处理</source>
        <translation>Bad reviews</translation>
    </message>
    <message>
        <source>差评处理（{0}）</source>
        <translation>Bad reviews ({0})</translation>
    </message>
    <message>
        <source>本工位</source>
        <translation>this station</translation>
    </message>
</context>
<context>
    <name>Tag</name>
    <message>
        <source>办得快</source>
        <translation>Quick</translation>
    </message>
    <message>
        <source>讲得清楚</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>态度好</source>
        <translation>Friendly</translation>
    </message>
    <message>
        <source>只跑一次</source>
        <translation>One visit</translation>
    </message>
    <message>
        <source>等得久</source>
        <translation>Long wait</translation>
    </message>
    <message>
        <source>没讲清楚</source>
        <translation>Not clear</translation>
    </message>
    <message>
        <source>态度不好</source>
        <translation>Unfriendly</translation>
    </message>
    <message>
        <source>多要材料</source>
        <translation>Extra papers</translation>
    </message>
    <message>
        <source>让我白跑</source>
        <translation>Came in vain</translation>
    </message>
    <message>
        <source>其他</source>
        <translation>Other</translation>
    </message>
</context>
<context>
    <name>TakeForm</name>
    <message>
        <source>收到补正，打印接收通知</source>
        <translation>Take the correction, print the notice</translation>
    </message>
    <message>
        <source>补正期限到 {0}（含当日）。每一项都要有回应，收到后继续计时。</source>
        <translation>To be corrected by {0} inclusive. Every gap needs its answer; then the clock goes on.</translation>
    </message>
</context>
<context>
    <name>Tally</name>
    <message>
        <source>收件</source>
        <translation>Received</translation>
    </message>
    <message>
        <source>受理</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>不予受理、退回</source>
        <translation>Refused</translation>
    </message>
    <message>
        <source>办结</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>在办</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>超期</source>
        <translation>Overdue</translation>
    </message>
    <message>
        <source>少交材料</source>
        <translation>Papers saved</translation>
    </message>
</context>
<context>
    <name>TicketState</name>
    <message>
        <source>在等</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>已叫号</source>
        <translation>called</translation>
    </message>
    <message>
        <source>过号</source>
        <translation>missed</translation>
    </message>
    <message>
        <source>已办</source>
        <translation>served</translation>
    </message>
    <message>
        <source>已离开</source>
        <translation>left</translation>
    </message>
</context>
<context>
    <name>TransferPage</name>
    <message>
        <source>传输</source>
        <translation>Transfers</translation>
    </message>
    <message>
        <source>传输的各部分</source>
        <translation>Parts of Transfers</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0} {1}</translation>
    </message>
    <message>
        <source>需处理</source>
        <translation>Needs fixing</translation>
    </message>
    <message>
        <source>待传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>扫描件</source>
        <translation>Scans</translation>
    </message>
    <message>
        <source>U 盘</source>
        <translation>Stick</translation>
    </message>
    <message>
        <source>正在导出…</source>
        <translation>Writing…</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
</context>
<context>
    <name>Upload</name>
    <message>
        <source>排队</source>
        <translation>Queued</translation>
    </message>
    <message>
        <source>上传中</source>
        <translation>Sending</translation>
    </message>
    <message>
        <source>已暂停</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>按流量计费，等换网络</source>
        <translation>Held back: line paid by volume</translation>
    </message>
    <message>
        <source>大厅不收</source>
        <translation>Refused by the hall</translation>
    </message>
    <message>
        <source>文件已损坏，重新扫描</source>
        <translation>File damaged, scan again</translation>
    </message>
</context>
<context>
    <name>UploadTrouble</name>
    <message>
        <source>超过大小上限，分开或调低清晰度重扫</source>
        <translation>too large; scan it again in parts or coarser</translation>
    </message>
    <message>
        <source>不是大厅收的格式，重扫成图片或 PDF</source>
        <translation>not a format the hall takes; scan it again as picture or PDF</translation>
    </message>
    <message>
        <source>大厅读不懂，告诉大厅管理员</source>
        <translation>the hall cannot read it; tell its administrator</translation>
    </message>
    <message>
        <source>传到的和本机的不一样，按 F9 重传</source>
        <translation>what arrived differs; F9 sends it again</translation>
    </message>
    <message>
        <source>传到的长度不对，按 F9 重传</source>
        <translation>what arrived has another length; F9 sends it again</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>部门核实：维持原答复</source>
        <translation>The department upholds its reply</translation>
    </message>
    <message>
        <source>部门核实：已更正登记</source>
        <translation>The department has corrected its register</translation>
    </message>
</context>
<context>
    <name>VoidReason</name>
    <message>
        <source>卡纸</source>
        <translation>paper jam</translation>
    </message>
    <message>
        <source>打坏</source>
        <translation>spoilt</translation>
    </message>
    <message>
        <source>没有打印</source>
        <translation>not printed</translation>
    </message>
    <message>
        <source>一直没人确认</source>
        <translation>nobody ever accounted for it</translation>
    </message>
</context>
<context>
    <name>Waited</name>
    <message>
        <source>{0} 分钟</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} 小时</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>{0} 天</source>
        <translation>{0} d</translation>
    </message>
</context>
<context>
    <name>WaitingPart</name>
    <message>
        <source>待传</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>步骤</source>
        <translation>Step</translation>
    </message>
    <message>
        <source>收件号</source>
        <translation>Receipt no.</translation>
    </message>
    <message>
        <source>申请人</source>
        <translation>Applicant</translation>
    </message>
    <message>
        <source>经办</source>
        <translation>By</translation>
    </message>
    <message>
        <source>排队时间</source>
        <translation>Queued at</translation>
    </message>
    <message>
        <source>已试</source>
        <translation>Tried</translation>
    </message>
    <message>
        <source>下次</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>原因</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>立即重试</source>
        <translation>Try now</translation>
    </message>
    <message>
        <source>没有待传的，都到大厅了</source>
        <translation>Nothing waits, all is at the hall</translation>
    </message>
    <message>
        <source>新收的件会先排在这里，连着大厅时一两秒就传完。</source>
        <translation>New cases queue here first; with the hall there they are gone within a second or two.</translation>
    </message>
    <message>
        <source>只列出最早的 {0} 条，后面还有 {1} 条。</source>
        <translation>The oldest {0} are listed; {1} more follow.</translation>
    </message>
    <message>
        <source>连上大厅后按办件的先后自动传，不用守着。</source>
        <translation>Goes by itself once the hall is there, in the order of each case.</translation>
    </message>
    <message>
        <source>同一办件前面有一条要处理</source>
        <translation>an earlier step of this case needs fixing</translation>
    </message>
    <message>
        <source>大厅恢复后重报</source>
        <translation>sent anew to a restored hall</translation>
    </message>
    <message>
        <source>等待发送</source>
        <translation>waits to be sent</translation>
    </message>
    <message>
        <source>随时</source>
        <translation>any time</translation>
    </message>
    <message>
        <source>一分钟内</source>
        <translation>within a minute</translation>
    </message>
    <message>
        <source>{0} 次</source>
        <translation>{0}×</translation>
    </message>
    <message>
        <source>先处理前面的</source>
        <translation>after the earlier one</translation>
    </message>
</context>
<context>
    <name>Way</name>
    <message>
        <source>窗口领取</source>
        <translation>At the window</translation>
    </message>
    <message>
        <source>邮寄</source>
        <translation>By courier</translation>
    </message>
    <message>
        <source>蜜蜂箱</source>
        <translation>Bee box</translation>
    </message>
</context>
<context>
    <name>Weekday</name>
    <message>
        <source>一</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>二</source>
        <translation>Tu</translation>
    </message>
    <message>
        <source>三</source>
        <translation>We</translation>
    </message>
    <message>
        <source>四</source>
        <translation>Th</translation>
    </message>
    <message>
        <source>五</source>
        <translation>Fr</translation>
    </message>
    <message>
        <source>六</source>
        <translation>Sa</translation>
    </message>
    <message>
        <source>日</source>
        <translation>Su</translation>
    </message>
</context>
<context>
    <name>WhatIf</name>
    <message>
        <source>工作日表没有 {0} 这一天，算不出</source>
        <translation>The table of working days does not have {0}</translation>
    </message>
    <message>
        <source>今天受理 → 没有约定期限</source>
        <translation>Accept today → no limit</translation>
    </message>
    <message>
        <source>今天受理 → 当天办结</source>
        <translation>Accept today → done today</translation>
    </message>
    <message>
        <source>今天受理 → 最迟 {0}办结</source>
        <translation>Accept today → done by {0}</translation>
    </message>
    <message>
        <source>已收件：最迟 {0}告知补正，过期视为受理</source>
        <translation>Received: nothing said by {0} counts as acceptance</translation>
    </message>
    <message>
        <source>今天收件：最迟 {0}告知补正，过期视为受理</source>
        <translation>Received today: nothing said by {0} counts as acceptance</translation>
    </message>
    <message>
        <source>最迟 {0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>法定最迟 {0}</source>
        <translation>By law until {0}</translation>
    </message>
</context>
<context>
    <name>WithdrawForm</name>
    <message>
        <source>谁签的撤回申请</source>
        <translation>Who signed the request</translation>
    </message>
    <message>
        <source>还没有签名</source>
        <translation>not signed yet</translation>
    </message>
    <message>
        <source>申请人已签名</source>
        <translation>signed by the applicant</translation>
    </message>
    <message>
        <source>受托的代理人已签名</source>
        <translation>signed by the authorised agent</translation>
    </message>
    <message>
        <source>申请人的说法</source>
        <translation>What the applicant says</translation>
    </message>
    <message>
        <source>为什么撤回，会印在退件通知上</source>
        <translation>Why it is withdrawn; printed on the notice</translation>
    </message>
    <message>
        <source>撤回，打印退件通知</source>
        <translation>Withdraw, print the notice</translation>
    </message>
    <message>
        <source>撤回的事项</source>
        <translation>Items to withdraw</translation>
    </message>
    <message>
        <source>撤回申请</source>
        <translation>Request</translation>
    </message>
    <message>
        <source>全部撤回，这件办件就结束了。</source>
        <translation>Everything is withdrawn: the case ends.</translation>
    </message>
    <message>
        <source>撤回的不再办，其余的照常办。</source>
        <translation>What is withdrawn ends, the rest goes on.</translation>
    </message>
    <message>
        <source>选要撤回的事项；等它的结果才能办的会一起撤回。</source>
        <translation>Choose what to withdraw; items that wait for its result go with it.</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>{0}的问题</source>
        <translation>What is wrong with {0}</translation>
    </message>
    <message>
        <source>问题</source>
        <translation>Defect</translation>
    </message>
    <message>
        <source>要求</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>怎样补正</source>
        <translation>How to mend</translation>
    </message>
    <message>
        <source>还没有</source>
        <translation>not yet</translation>
    </message>
    <message>
        <source>已补交</source>
        <translation>handed in</translation>
    </message>
    <message>
        <source>不用补，说明</source>
        <translation>not needed, because</translation>
    </message>
    <message>
        <source>说明</source>
        <translation>Explanation</translation>
    </message>
    <message>
        <source>写明为什么不用补</source>
        <translation>Say why it is not needed</translation>
    </message>
    <message>
        <source>{0}（{1}）</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>_SubCase</name>
    <message>
        <source>等受理</source>
        <translation>waits for acceptance</translation>
    </message>
    <message>
        <source>{0} 办结</source>
        <translation>decided {0}</translation>
    </message>
    <message>
        <source>证照 {0}</source>
        <translation>licence {0}</translation>
    </message>
    <message>
        <source>承诺 {0}（含）前</source>
        <translation>promised by {0}</translation>
    </message>
    <message>
        <source>特别程序（{0}）：{1} 至 {2} 停止计时，不计入期限</source>
        <translation>Special procedure ({0}): clock stopped from {1} to {2}, not counted</translation>
    </message>
    <message>
        <source>特别程序（{0}）：{1} 起停止计时，预计 {2}</source>
        <translation>Special procedure ({0}): clock stopped since {1}, expected to take {2}</translation>
    </message>
</context>
</TS>
