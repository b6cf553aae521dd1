<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
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
        <source>承诺日期</source>
        <translation>Promised</translation>
    </message>
    <message>
        <source>{0}/{1} 办结</source>
        <translation>{0}/{1}</translation>
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
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>办件</source>
        <translation>Cases</translation>
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
        <source>按 F6 再问，或看原件</source>
        <translation>ask again with F6, or see the original</translation>
    </message>
    <message>
        <source>看原件办理</source>
        <translation>see the original</translation>
    </message>
    <message>
        <source>替代{0}</source>
        <translation>instead of {0}</translation>
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
    <name>EnrolPanel</name>
    <message>
        <source>在大厅登记本工位</source>
        <translation>Enrol this station at the hall</translation>
    </message>
    <message>
        <source>大厅管理员会给一个一次性登记码，用过就作废。</source>
        <translation>The hall&apos;s administrator gives you a one-time code.</translation>
    </message>
    <message>
        <source>登记时生成本机的设备密钥，只存在本机加密数据里。</source>
        <translation>Enrolment makes a device key, kept only in the encrypted data of this station.</translation>
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
</context>
<context>
    <name>GapsPanel</name>
    <message>
        <source>还差什么</source>
        <translation>What is missing</translation>
    </message>
    <message>
        <source>今天受理的承诺时限</source>
        <translation>To promise if accepted today</translation>
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
        <source>承诺 {0}（含）前</source>
        <translation>promised by {0}</translation>
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
        <source>密钥位置：口令保护。口令不对，谁也打不开本机数据。</source>
        <translation>Key kept: under the passphrase. Without it nobody can open the data.</translation>
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
    <name>List</name>
    <message>
        <source>、</source>
        <translation>, </translation>
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
        <translation>{0} originals</translation>
    </message>
    <message>
        <source>复印件 {0} 份</source>
        <translation>{0} copies</translation>
    </message>
    <message>
        <source>可容缺后补</source>
        <translation>may come later</translation>
    </message>
    <message>
        <source>可告知承诺</source>
        <translation>a promise will do</translation>
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
        <source>显示 15 秒，记入日志</source>
        <translation>Shown for 15 s, and logged</translation>
    </message>
    <message>
        <source>下一位，草稿保留</source>
        <translation>Next person; the draft is kept</translation>
    </message>
    <message>
        <source>读卡器里是另一个人的卡，收件和受理先停住</source>
        <translation>The card in the reader is another person&apos;s: receipt and acceptance are held</translation>
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
        <source>正在读取，稍等</source>
        <translation>Reading, one moment</translation>
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
        <source>{0}已出 · {1}
编号 {2}</source>
        <translation>{0} printed · {1}
Serial {2}</translation>
    </message>
    <message>
        <source>{0}没有打出来 · {1}
编号 {2}</source>
        <translation>{0} did not come out · {1}
Serial {2}</translation>
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
        <source>让运维装上新的工作日表；收件不受影响。</source>
        <translation>Have support install the new working-day table; receipt still works.</translation>
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
        <source>还没有可出的结果</source>
        <translation>No results yet</translation>
    </message>
    <message>
        <source>各部门办结后会自动出现在这里。进展看“办件”，Ctrl+2。</source>
        <translation>Cases appear here by themselves once decided. Progress stands under Cases, Ctrl+2.</translation>
    </message>
    <message>
        <source>打印结果单</source>
        <translation>Print result slip</translation>
    </message>
    <message>
        <source>已打印 {0} 次，再打会标明“补打 {0}”</source>
        <translation>Printed {0} times; the next is marked reprint {0}</translation>
    </message>
    <message>
        <source>还没有打印过</source>
        <translation>Not printed yet</translation>
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
        <source>搁置</source>
        <translation>Set aside</translation>
    </message>
    <message>
        <source>{0} 条，联系大厅管理员处理</source>
        <translation>{0}: tell the hall&apos;s administrator</translation>
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
        <source>先读卡</source>
        <translation>Read the card first</translation>
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
        <source>{0}已出：{1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>{0}没有打出来，到“办件”里补打</source>
        <translation>{0} did not come out; print it again under Cases</translation>
    </message>
    <message>
        <source>有一处改动还没写理由：写好回车，或按 Esc 放弃改动</source>
        <translation>A change has no reason yet: write it and press Enter, or Esc to take the change back</translation>
    </message>
    <message>
        <source>已收件（临时号，等大厅登记），未受理</source>
        <translation>Received (provisional number until the hall registers it), not accepted</translation>
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
        <source>锁定并退出登录，草稿封存不丢</source>
        <translation>Lock and sign out; drafts stay sealed</translation>
    </message>
    <message>
        <source>上次联系 {0}</source>
        <translation>last contact {0}</translation>
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
        <source>搁置 {0} 条</source>
        <translation>{0} set aside</translation>
    </message>
    <message>
        <source>上次联系：{0}。</source>
        <translation> Last contact: {0}.</translation>
    </message>
    <message>
        <source>读卡器：{0}</source>
        <translation>reader: {0}</translation>
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
</context>
</TS>
