<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>Age</name>
    <message>
        <source>刚刚</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 秒前</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 分钟前</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 小时前</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 天前</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>知道了</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>关闭提示</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>程序出错，这一步没有办成，已录内容已保存。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再办一次这一步；仍不行就关掉程序重开，并把时间告诉运维。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardPresence</name>
    <message>
        <source>读卡服务停了</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有读卡器</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>等待放卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡没有应答</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>有卡</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardStatus</name>
    <message>
        <source>在有效期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已过期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡上没有有效期</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CardWarning</name>
    <message>
        <source>卡号校验位不符，核对卡面</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡内两处发卡地区不同，核对卡面</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡内两处序列号不同，核对卡面</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡内身份号码校验位不符，看身份证原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡内日期读不懂，核对卡面</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseDetail</name>
    <message>
        <source>（临时，等大厅登记）</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅登记后生成</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>状态</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件时间</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理时间</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>免交材料</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 份</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseList</name>
    <message>
        <source>{0} 件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>临时</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>状态</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>进展</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>承诺日期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}/{1} 办结</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CaseStatus</name>
    <message>
        <source>已收件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办理中</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已办结</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已领取</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>办件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有办件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>在“受理”里收件后会出现在这里，Ctrl+1。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印收件凭证</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckRow</name>
    <message>
        <source>核验中</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>可核验</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>等信息填齐</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>按 F6 再问，或看原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看原件办理</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChecksPanel</name>
    <message>
        <source>核验</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验  F6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验，向部门查询</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EnrolPanel</name>
    <message>
        <source>在大厅登记本工位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅管理员会给一个一次性登记码，用过就作废。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>登记时生成本机的设备密钥，只存在本机加密数据里。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>登记</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅地址</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>一次性登记码</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>读卡服务没有运行。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有找到读卡器。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器上没有卡。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡在读完之前被拿走了，已录内容都在。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡没有应答。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡 {seconds} 秒没有应答，已停止读卡。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这不是社会保障卡。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这张卡已锁定。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这张卡的个人信息要专用密钥才能读。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡内信息读不出来。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡过程中换了卡，这次读到的不算。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器里是另一个人的卡。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本工位还没有在大厅登记。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅不认这个登记码。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅已停用本工位。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>口令不对，本机数据没有打开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据由更新版本的程序写入，当前版本打不开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据损坏，打不开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>磁盘已满，这一步没有保存。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据正被占用，这一步没有保存。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>口令太短，至少 {least} 个字符。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>账号或密码不对。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密码连续输错，账号暂时锁定。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>当前账号没有这项权限。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>连不上大厅。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅忙，没有办成。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅没有接受这次请求。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅的答复验签没有通过，没有采用。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机时间和大厅相差太多，大厅不收。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有办事人。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有选事项。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这份草稿已经不在。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有收件，不能受理。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还差 {count} 项，不能办这一步。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件现在的状态不能办这一步。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>改动卡片或核验得来的内容要写理由。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机没有这件办件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>工作日表没有 {day} 这一天，算不出承诺日期。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>字库缺字 {character}，单据没有打印。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有全部办结，不能打印结果单。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印没有成功。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这个文件读不出来，没有收下。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>文件超过 {limit_mb} MB，没有收下。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>事项目录有错误，没有加载。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>待填</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>选填</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>用于 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>来自 {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FormPanel</name>
    <message>
        <source>表单  F4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已填 {0}/{1} 项，带出 {2} 项，录入 {3} 项</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GapsPanel</name>
    <message>
        <source>还差什么</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>今天受理的承诺时限</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>承诺时限</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还差 {0} 项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>齐了，没有缺项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}  {1} 前</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}  待{1}办结</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}  超出工作日表</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GatePage</name>
    <message>
        <source>正在准备工位…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>一窗工作站</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本工位还没有登记</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>程序出错，这一步没有办成。再办一次；仍不行就重开程序。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>新工位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据已加密</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>两次口令不一样，再输一次。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ItemPicker</name>
    <message>
        <source>找事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>找事项：名称、别名或拼音首字母，如 xse；↑↓ 选，回车定</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>事项  F3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>更换</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>更换事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>找到的事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有这个名字的事项，换个说法，或清空看全部</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>一件事</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>依据和时限以当地为准</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>口令</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再输一次口令</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打开本机数据</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打开</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密钥在系统密钥环里，不用口令。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密钥位置：系统密钥环</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>输入本工位的口令。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密钥位置：口令保护。口令不对，谁也打不开本机数据。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>设好并开始</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>开始使用</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>第一次使用本工位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据全部加密，密钥存入系统密钥环，不用口令。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机数据全部加密。定一个口令，每天开机用它打开。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密钥位置：口令保护。口令忘了数据就打不开，按单位规定封存一份。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyPlace</name>
    <message>
        <source>系统密钥环</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>口令保护</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>zh</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Link</name>
    <message>
        <source>正在连接大厅</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅在线</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅离线</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅拒收</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LinkDetail</name>
    <message>
        <source>还没有得到大厅的答复。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件、核验、受理都可以办。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件照常，按临时收件登记，恢复后自动上报；核验和受理等连上再办。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>工位被停用，或本机时间不准。联系大厅管理员。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>一窗工作站</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaterialHow</name>
    <message>
        <source>刷卡替代</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验替代</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已看原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已扫描</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>缺</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaterialRow</name>
    <message>
        <source>已看原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>扫描件…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}（选交）</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}已看原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}扫描件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>用于 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>扫描件 {0} 份</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MaterialsPanel</name>
    <message>
        <source>材料  F5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>少交 {0} 份</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>选扫描件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>扫描件 (*.pdf *.png *.jpg *.jpeg)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>卡片</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>往件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>录入</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>默认</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>一致</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不一致</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>有登记</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>未查到登记记录（不等于未婚）</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>登记之间有矛盾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>暂不可用</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>对方不提供</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验已过期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>等待答复</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonStrip</name>
    <message>
        <source>读卡  F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>显示</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>显示姓名和号码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>显示 15 秒，记入日志</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>下一位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>下一位，草稿保留</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器里是另一个人的卡，收件和受理先停住</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有办事人，把卡放上读卡器</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>男</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>女</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 年生</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>，至 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡片已认证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>卡片未认证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡中…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PresenceDetail</name>
    <message>
        <source>服务恢复后会自动接上；一直不恢复就找运维。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>检查读卡器的连线，插好后会自动接上。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>放上卡会自动读。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>擦净芯片、换个方向再放。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器上有卡。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Printed</name>
    <message>
        <source>补打 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>首次打印</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}已出 · {1}
编号 {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>没填</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>太长，缩短一些</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>有不能用的字符，删掉</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>应为 18 位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>校验位不对，核对号码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>号码里的出生日期不存在，核对号码</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>写 8 位数字，如 20260105</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有这一天，核对日期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>日期还没到，核对日期</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有这个选项，从列表里选</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>手机 11 位，座机带区号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>编号应为 1 个字母加 9 位数字</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>区划代码应为 6 位数字</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>账号只能是数字，核对位数</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>只能填数字</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>缺，看原件或扫描</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没核验，按 F6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核验没通过，看原件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>对方系统不可用，看原件或稍后再核</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不符合受理条件</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>出件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>工位</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>改动{0}的理由</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>改动理由，回车确认，Esc 放弃</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>理由</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Remedy</name>
    <message>
        <source>服务恢复后会自动接上；一直不恢复就找运维启动读卡服务。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>检查读卡器的连线，插好后再按 F2。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>把卡放上读卡器，会自动读卡。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>重新放卡，读完再取走。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>擦净芯片、换个方向再放；仍不行就录入信息并看原件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>取出卡再放一次；仍不行就换一台读卡器。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>换社会保障卡；没有带卡就录入信息并看身份证原件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>解锁要去发卡银行或社保窗口；本次录入信息并看原件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本机没有这把密钥，录入信息并看原件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>重新放卡再读；仍不行就录入信息并看原件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>放好本人的卡，按 F2 重读。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>换回本人的卡；要办另一个人的事先点“下一位”。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>用大厅发的一次性登记码登记本工位。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核对登记码；用过或过期的码要向大厅再要一个。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>停止收件，联系大厅管理员。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核对大小写后再输一次。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>安装最新版本再打开，数据没有动。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不要删除文件，联系运维从备份恢复。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>腾出磁盘空间后再办这一步。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>再办一次这一步；仍不行就关掉另一个已打开的工作站。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>换一个长一点的口令，几个词连起来就好记。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核对后再输一次，注意大小写。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>过几分钟再试，或换一个账号。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>由有权限的同事登录后办理。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件照常，恢复后自动上报；核验和受理等连上再办。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>过一会儿再试。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>记下时间和收件号，联系大厅管理员。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>看原件办理，并告诉大厅管理员。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>校准本机时间后会自动接上。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>先读卡，或录入办事人的姓名和号码。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>按 F3 选事项。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>在“办件”里看看是否已经收件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>先按 F9 收件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>照右边的缺项逐条补齐。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>在“办件”里看它走到了哪一步。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>写一句理由再回车。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>核对收件号；别的工位收的件到那个工位查。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>让运维装上新的工作日表；收件不受影响。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>让运维安装生僻字字库后再打印，办件已保存。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>办结后会自动出现在“出件”里。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>检查打印机和纸，再打一次；补打会标明次数。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>换成 PDF、PNG 或 JPEG 再选。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>降低扫描分辨率或分开几个文件。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>联系运维换回上一版目录。</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultCode</name>
    <message>
        <source>准予办理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>不予办理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>作废</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>转报上级</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>申请人撤回</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>退件</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsPage</name>
    <message>
        <source>出件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有可出的结果</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>各部门办结后会自动出现在这里。进展看“办件”，Ctrl+2。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>打印结果单</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已打印 {0} 次，再打会标明“补打 {0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有打印过</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>窗口人员</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>社区代办员</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>主管</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInPanel</name>
    <message>
        <source>登录</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>用自己的账号登录，办的每一步都记在自己名下。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没有网络也能登录。退出后未收件的草稿仍封存在本机。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>账号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密码</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SlipKind</name>
    <message>
        <source>收件凭证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理通知书</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>结果单</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPanel</name>
    <message>
        <source>把社会保障卡放上读卡器</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>放上就读，也可按 F2。没有卡，按 F3 先选事项。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没办完的</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>没办完的草稿</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>接着办</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>接着办这份草稿</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>未读卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>未选事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已收件，待受理  {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已填 {0}/{1} 项，还差 {2} 项</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StationPage</name>
    <message>
        <source>工位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>本工位</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>名称</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>工位编号</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>窗口</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>设备指纹</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>密钥位置</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>大厅地址</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>登录人</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>角色</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 条</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>，最早 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>上次联系</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>待传</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>搁置</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 条，联系大厅管理员处理</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StepsPanel</name>
    <message>
        <source>收件  F9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理  F10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>草稿已封存 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器里不是办事人的卡，换回来再收件或受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还差 {0} 项，补齐才能受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>这个工位只收件，由街道受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>先读卡</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>先选事项</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>表单还差 {0} 项，填好就能收件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>还没有一份材料，收到才能收件</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已收件，未受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>收件凭证</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>受理通知书</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>结果单</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}已出：{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>一窗工作站</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · 窗口 {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>退出</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>锁定并退出登录，草稿封存不丢</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>上次联系 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>待传 {0} 条</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>，最早 {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>搁置 {0} 条</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>上次联系：{0}。</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>读卡器：{0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SubCaseState</name>
    <message>
        <source>等前项办结</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已送部门</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>审核中</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>已办结</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_SubCase</name>
    <message>
        <source>等受理</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} 办结</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>承诺 {0} 前</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>证照 {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
