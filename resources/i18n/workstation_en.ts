<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
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
</TS>
