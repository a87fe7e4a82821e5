//! The words in headers, each with the concepts it stands for.

/// Latin words match as a whole, Chinese ones anywhere, the longest first.
pub(super) const TERMS: &[(&str, &str)] = &[
    (
        "shop",
        "店内 店里 零售户 零售客户 零售商 零售点 零售店 客户 商户 商家 商铺 经营户 持证户 企业 门店 店铺 店面 商店 烟店 烟户 药店 店家 终端 终端店 \
         网点 店 户 经销商 买方 卖场 点位 服务对象 拜访对象 走访对象 对象 受访户 受访者 客商 往来单位 售达方 铺 铺位 customer customers cust cst client clients shop \
         shops store stores outlet outlets merchant retailer retailers account accounts acct dealer dealers site pos doctor \
         pharmacy partner vendor terminal retail hcp hco",
    ),
    (
        "rep",
        "业代 业务代理 业务主任 业务专员 客户主任 客服经理 客服专员 终端经理 终端专员 渠道经理 渠道专员 片区经理 营销专员 营业代表 市场代表 承办业务 访销人员 跑店人员 客户专员 服务专员 零售专员 客户经理 主管客户经理 客户代表 业务员 业务代表 销售代表 代表 业务经理 专管员 客管员 外勤人员 员工 职工 成员 拜访人 走访人 \
         拜访者 走访者 拜访员 走访员 巡店员 巡访员 巡店人 访问人 访问员 执行人 执行者 责任人 作业人 被查人 被反映人 当事人 经办人 \
         处理人 跟进人 跟单人 维护人 \
         管户 管户人 管户员 管户人员 管户经理 包户 包户人 包户员 包户经理 专员 回访员 回访人 外出人 外出人员 管理人 维护员 维护人员 巡检员 巡检人 走访人员 拜访人员 \
         归属人 维系人 维系人员 包片人 包片员 包片经理 包片干部 客户业代 雇员 使用人 跟访人 客户主管 客户服务员 服务员 管家 终端管家 职员 被督查人 首问人 首问责任人 首接人 负责人员 服务人员 经理 销售员 销售 销售人员 营销员 营销人员 营销代表 访销员 市场专员 市场经理 服务经理 网格员 \
         网格经理 包干人 理货员 促销员 拓展员 人员 坐席 账户经理 座席 负责 分管 agent rep reps representative sales staff employee \
         employees emp manager mgr salesman salesmen salesperson seller user visitor merchandiser promoter executive officer \
         operator advisor assignee technician inspector consultant worker personnel member engineer \
         dsr fse msr sr resource rsr slsman slsmen accountmanager customermanager clientmanager relationshipmanager territorymanager territoryrep",
    ),
    (
        "rep id",
        "工号 职工号 打卡账号 归属账号 负责账号 管家账号 成员账号 考勤号码 考勤号 登记号码 人员编 业务代号 业务编号 业务代码 userid staffid empno empid jobno",
    ),
    ("rep name", "业务姓名"),
    // Who is to be spoken to there, or the shop, whose sign nobody needs.
    ("contact name", "客户姓名 零售户姓名 经营户姓名 商户姓名 店主姓名"),
    // Of what happens each day who did it; of an archive only who keyed it in.
    ("doer", "提交人 填写人 填报人 填表人 上报人 汇报人 报告人 申请人 发起人 打卡人 签到人 记录人 操作人 操作员"),
    // Of a system who uses it, and of its owner whom he serves.
    ("user", "用户"),
    // Of a shop its proprietor, of a record in a CRM who keeps it.
    ("owner", "owner owning 所有人 所有者 负责人"),
    (
        "shop name",
        "店名 店招 招牌 铺号 signboard 店牌 牌匾 市招 门头名称 户名 字号 商号 公司名称 营业名称 铺名 经营名称",
    ),
    ("shop license", "许可证 许可证件 专卖证 烟草证 烟证 零售证 证件号 license licence permit"),
    (
        "id",
        "编号 编码 内码 代码 代号 证号 账号 帐号 识别码 主键 号 id ids code cd no nos num nbr ref reference key uid uuid guid pk",
    ),
    ("number", "号码 number"),
    ("name", "名称 姓名 简称 全称 名 name nm"),
    ("record", "日志 台账 明细 纪录 记录 流水 单据 案件 汇报 record ticket case entry report"),
    ("record id", "单号 审批编号 工单编号 工单号 流水号 单据号 uniqueid ticketno recordid"),
    (
        "start",
        "签到 签入 到户 到点 实巡 到店 到达 抵达 抵店 到访 到场 进店 进门 进场 入店 入场 进入 来店 开始 起始 起 到 进 进店打卡 到店打卡 签到打卡 接通 拨通 接听 应答 start \
         started starting begin began beginning checkin checkedin signin signedin clockin punchin arrival arrive arrived arriving entered \
         enter answer answered in",
    ),
    ("start time", "打卡时间"),
    (
        "end",
        "签退 签出 离户 离点 离访 离店 离开 离场 离去 出店 出门 出场 退店 退场 结束 终止 止 离 出店打卡 离店打卡 离开打卡 签退打卡 挂断 挂机 走 end ended ending \
         checkout checkedout signout signedout clockout punchout stopped departure depart departed leave leaving exit exited hangup stop out",
    ),
    ("from", "from"),
    ("to", "to"),
    ("time", "时间 时刻 时点 时分秒 时分 几点 何时 于 time tm datetime timestamp stamp ts at when"),
    ("dt", "dt"),
    ("date", "日期 日 哪天 何日 date day on ymd"),
    (
        "length",
        "dura 时长 长度 用时 耗时 历时 秒数 秒 分钟数 分钟 停留时间 长短 在店时间 逗留时间 持续时间 持续 时间长度 duration length dur elapsed dwell minutes minute \
         mins min seconds second secs sec msec hours hour hrs spent",
    ),
    ("call length", "接通时长 计费时长 billsec talktime"),
    ("call start time", "calldate 通话建立"),
    ("mode", "方式 形式 途径 渠道 方法 办法 手段 mode way method channel medium means how manner"),
    (
        "visit",
        "vst 拜访 走访 巡店 巡访 巡查 巡检 回访 家访 下户 下店 出访 访户 走店 跑店 探店 访店 客访 访问 沟通 接触 触达 互动 跟进 维系 入户 外勤 活动 visit visits visited visiting \
         interaction engagement activity trip touch booking see",
    ),
    // Of a visit how it was made, of a shop how it is to be visited.
    ("f2f", "面访 上门 见面 当面 面对面 inperson facetoface face f2f"),
    ("onsite", "现场 实地 onsite"),
    (
        "plan",
        "计划 计划内 计划内外 行程 线路内外 线路内 onroute onpjp onbeat 预约 预计 预定 预期 拟 安排 排期 排程 应访 应巡 应完成 应办 应答复 截止 到期 期限 限期 待访 拟访 拟用 拟定 plan planned planning schedule scheduled \
         expected appointment target due pjp estimated",
    ),
    // A yes to it is a no to whether it was planned.
    ("unplanned", "计划外 非计划 临时 unplanned adhoc"),
    // How often customers are looked after.
    ("visit cycle", "维护周期 维护频率 维护频次 维护频度 应访周期 应访频次 应访频率 应访频度"),
    ("result", "rslt 结果 效果 完成情况 情况 结论 成效 result outcome disposition"),
    ("status", "sts 状态 状况 现状 status state stat"),
    ("business", "经营 营业 运营 合作 往来 在营 启用 存续 有效 active valid enabled business busi trading"),
    ("reason", "原因 理由 缘由 事由 缘故 为什么 为何 reason cause"),
    (
        "photo",
        "相片 照片 图片 图像 门头照 招牌照 门头图 店照 现场照 拍照 影像 附件 附图 photo photos picture pictures pic pics image images img \
         snapshot attachment selfie media mediaid mediaids",
    ),
    (
        "phone",
        "mob 电话号码 手机号码 手机号 手机 移动电话 电话 登记电话 登记手机 联系电话 联系号码 联络电话 行动电话 phone phoneno tel telno telephone \
         mobile mobileno cell cellphone msisdn",
    ),
    // A telephone mostly, and of a visit how the customer was spoken to.
    ("contact mode", "联系方式 联络方式 连络方式"),
    ("landline", "固话机 宅电 固定电话 座机 固话 市话 landline"),
    ("spare", "备用 第二 另一 spare alternate alternative secondary backup"),
    ("goods", "订货 收货 交货 货源 supply order orders"),
    ("email", "邮箱 email"),
    ("supply", "供货 供烟 供应 铺货 配货 订单"),
    ("delivery", "送货 配送 delivery shipping"),
    (
        "own",
        "本机 本方 我方 己方 计费 业务号码 用户号码 主叫 主叫方 发话 本端 分机号 分机 extension ext caller own calling src origin originating",
    ),
    (
        "other",
        "对方 另一端 另一方 被叫 被叫方 受话 对端 外线 callee called dialed dialled external remote destination dest dst other peer counterparty",
    ),
    ("call", "通话 致电 外呼 通信 通讯 通联 呼叫 话务 拨打 拨号 call calls talk voice dial"),
    (
        "direction",
        "主叫/被叫 主被叫 打进打出 打出打进 进出 来去电 来去话 呼入呼出 呼出呼入 呼叫方向 呼叫类型 方向 direction inout dir",
    ),
    ("type", "typ 型态 形态 型式 类型 类别 种类 性质 属性 别 type kind"),
    ("lon", "经度 东经 longitude lon lng long x"),
    ("lat", "纬度 北纬 latitude lat y"),
    ("position", "经纬度 坐标 定位 位置 gps geo coordinate coordinates coord"),
    (
        "address",
        "通讯地址 联系地址 通信地址 地址 住址 店址 铺址 户址 所在地 门牌 门牌号 场所 住所 坐落 座落 地点 办公地址 单位地址 经营地址 所在位置 处所 address addr street location",
    ),
    (
        "contact",
        "联系人 联系人员 contactperson 联络人 连络人 店老板 店主 店长 店东 业主 老板 经营者 经营人 经营主 掌柜 铺主 当家人 决策人 对接人 主事人 称呼 收货人 持证人 户主 法人 法人代表 法定代表人 linkman boss contact proprietor keeper shopkeeper",
    ),
    (
        "branch",
        "销售部门 销售部 销售区域 销售组织 销售大区 营销部门 营业所 办事处 服务站 客服中心 配送中心 片组 部门 科室 营销部 市场部 客服部 营销科 客服科 服务部 分公司 子公司 机构 组织 片区 区域 大区 单位 营销中心 县局 县公司 分局 branch dept \
         department region district territory area zone division office org organization organisation \
         organizational unit depot 办公 分区 分部 营业部",
    ),
    ("team", "团队 小组 team teams"),
    ("shop type", "店类 户类 店型 户型 客户组"),
    ("shop status", "户态"),
    ("business status", "使用状态 使用情况 在档状态 主数据状态"),
    ("class", "分类 等级 档位 档级 档次 层级 分级 级别 星级 class category grade tier segment level"),
    ("cycle", "周期 频次 频率 频度 cycle frequency freq interval"),
    // The beginnings of its syllables are those of both.
    ("pc", "频批"),
    (
        "route",
        "rte 批次 线路 路线 片线 路线批次 分批 批别 批号 访批 走访批 拜访批 巡店批 线路分组 路线分组 路线组 线路组 拜访分组 走访分组 \
         巡店分组 访问分组 拜访组 走访组 巡店组 拜访编组 走访编组 编组 日分组 日组 分片 组别 线组 走访线 走访小组 分线 tour batch chunk route beat",
    ),
    ("seq", "顺序 先后 先后顺序 当日序 次序 排序 访序 站序 顺位 行程序号 seq sequence sort"),
    ("rownumber", "单据内码 单据主键 实体内码 实体主键 序号 行号 行次 项次 序 rownum serial rowno sn index"),
    (
        "create",
        "crt 输入 制表 录排 提报 派发 编报 制定 编制 创建 建立 录入 录单 答题 作答 拟制 制单 下达 下发 排定 编排 登记 新建 新增 生成 起草 填写 create created creation creator add added insert inserted entryby prepared",
    ),
    ("purpose", "内容 目的 主题 主旨 要点 重点 目标 aim purpose objective goal topic"),
    (
        "upload",
        "上传 提交 提交答卷 上报 回传 传回 传入 传输 传到 传平台 入库 落库 报送 平台接收 服务端接收 到达服务端 到达服务器 到达平台 上送 送出 入平台 服务器 server 填报 upload uploaded submit submitted submission posted",
    ),
    ("tool", "工具 网络工具 网上工具 在线工具 线上工具 聊天工具 社交工具 tool"),
    (
        "software",
        "软件 聊天软件 社交软件 社交平台 通讯软件 通讯平台 沟通软件 沟通平台 即时通讯 software messenger messaging",
    ),
    ("item", "作业事项"),
    ("visit id", "拜访单 走访单 拜访单据 跟进单 巡访单 维系单"),
    ("record id", "任务单号"),
    ("visit item", "走访事项 拜访事项"),
    (
        "item",
        "项目 事项 任务 任务项 条目 清单 动作 子项 步骤 作业内容 工作内容 服务内容 服务事项 工作事项 item items task tasks",
    ),
    ("service", "服务 作业 案头 service job"),
    ("done", "完成 完结 办结 done finish finished complete completed completion"),
    (
        "note",
        "rmk rmks 备注 说明 附注 补充 纪要 心得 批注 摘要 备忘 感想 note notes remark remarks memo comment comments 描述 desc descr description",
    ),
    ("source", "来源 载体 介质 source"),
    ("sync", "同步 下载 晨更新 sync synced synchronized"),
    ("summary", "总结 小结 日报 日结 日总结 日清 工作日报 summary eod dailyreport"),
    ("part", "时段 班次 上下午 午别 part shift half halfday"),
    ("join", "到岗 入岗 进单位 加入 入司 聘任 入职 上岗 到任 任职 joined join joining hired hire onboard onboarding"),
    ("join date", "doj"),
    ("quit", "离岗 离职 离任 调离 调出 left quit resigned resign termination"),
    ("quit date", "dol"),
    (
        "open",
        "开店 成立 发展 入网 建户 建档 开户 开业 签约 注册 准入 入网登记 开业登记 进网 上线 建店 立户 纳入 纳管 设点 激活 成为客户 上户 布点 开户登记 入户登记 开通 生效 终端接入 登记入网 open opened opening onboarded registered registration activated",
    ),
    ("open date", "since"),
    (
        "close",
        "停业 停用 禁用 注销 关户 销户 关店 关门 歇业 退网 退出 下线 作废 出网 闭店 撤点 撤销 注销登记 停业登记 流失 移出 停止合作 终止合作 合作结束 关停 撤户 歇业登记 离网 解除 退点 close closed closing closure cancelled canceled terminated deactivated",
    ),
    ("update", "upd 更新 修改 变更 维护 updated modified modify update changed edited"),
    ("last", "上次 上回 上一 最近 最后 最新 末次 last latest previous prev recent"),
    ("next", "下次 下一 next upcoming"),
    ("former", "原 前任 原任 上任 former old original ex"),
    ("attend", "考勤 差勤 出勤 打卡 请假 休假 假期 外出 公出 attendance absence"),
    ("attend type", "假别 假种"),
    ("month", "月份 月度 年月 账期 month"),
    ("check month", "考核月份 抽查月 核查月 督查月 检查月"),
    ("month", "所属月 归属月 统计月 计费月 计费月份"),
    ("period", "所属期间 归属期间 所属期 归属期 属期 期间 period"),
    ("check", "抽查 检查 核实 督办 核查 督查 督导 抽检 抽中 暗访 明查 check checked spotcheck"),
    ("receive", "受理 接收 接诉 进线 来电 来访 来件 转办 接单 received receive reported accept accepted acceptance"),
    (
        "reply",
        "办复 答复 回复 回覆 反馈 处置 reply replied respond responded response answeredback resolved resolve resolution handled",
    ),
    ("upheld", "属实 查实 真实 upheld confirmed substantiated"),
    ("duty", "首问 首问责任 首问负责 首问负责制 duty"),
    ("complaint", "投诉 举报 complaint complaints"),
    ("demand", "诉求 demand"),
    (
        "exception",
        "未访 未成 未到访 异常 未拜访 未走访 未办结 未办理 未完成 未执行 未成功 未达成 未办成 没办成 不成 未果 失败 跳过 漏访 受阻 exception excep except abnormal fail failed failure",
    ),
    (
        "reschedule",
        "延期前 更改前 原排 改自 挪自 变更自 顺延自 延自 改期自 改期 原计划 原定 改期前 调整前 变更前 顺延前 rescheduled moved",
    ),
    (
        "suspended",
        "停货 停烟 停止供烟 停供货 停止供货 暂停供货 供货暂停 停供 停送 停配 停销 停订 断供 断货 禁供 禁销 封停 冻结供货 供货冻结 交货冻结 订货冻结 暂停订货 停止订货 \
         货源暂停 中止 暂缓 冻结 停止供应 停止配货 停止铺货 暂停 已停 suspended suspend hold onhold blocked",
    ),
    (
        "must",
        "必访 重点必访 必须拜访 必须实地 必须上门 必上门 必到 必去 必巡 必查 必检 必面 必实地 必实访 必走访 重点走访 重点拜访 硬性 须到 应到 须 必须 务必 强制 \
         must mandatory",
    ),
    (
        "vulnerable",
        "弱势 弱小 薄弱 贫弱 扶弱 扶持 扶助 帮扶 帮困 特困 关爱 关怀 特殊群体 重点关怀 重点照顾 困难 vulnerable weak assisted care",
    ),
    (
        "info",
        "信息采集点 信息采集户 信息采集 采集点 采集户 采集店 采价点 采价户 采样点 采样户 信息点 信息户 信息店 信息监测 信息监测点 监测点 \
         监测户 监测网点 信息报送 信息报送点 情报点 情报采集 信息员 信息直报 信息样本 信息联络 样本点 样本户 样本店 采集对象 监测店 市调 infopoint collectpoint samplepoint survey panel",
    ),
    (
        "review",
        "稽核 审查 批准 审核 审批 审阅 批阅 批示 签字 签核 核准 确认 复核 校验 approve approved approval approver review reviewed reviewer signoff verify verified confirm audit audited auditing",
    ),
    ("ring", "振铃 响铃 排队 等待 ring ringing wait"),
    ("fee", "费 费用 话费 金额 单价 余额 fee cost charge amount price value balance"),
    ("distance", "距离 误差 偏差 里程 distance mileage deviation"),
    (
        "person",
        "身份证 证件 性别 年龄 学历 民族 出生 生日 籍贯 职务 职位 岗位 职称 gender sex age birthday birth title idcard",
    ),
    ("machine", "机器 设备 机型 machine device model imei"),
    ("card", "卡号 card"),
    ("group", "考勤组 组 班组 group"),
    // What is of no account here, and not what the words beside it say without it.
    (
        "elsewhere",
        "抽取 归档 过账 紧急 应急 传真 邮编 网址 区域经理 区域主管 区域负责人 大区经理 片区主管 片区负责人 部门经理 部门主管 部门负责人 主任 站长 部长 科长 \
         局长 组长 外勤时长 销量 销售额 销售量 库存 存货 评价 评分 得分 打分 满意 满意度 考核 结算 付款 支付 阶段 进度 商机 机会 送货员 送货人 送货专员 配送员 配送人员 配送专员 司机 驾驶员 质检 陪访 协访 协访人 协办人 陪同 同行人 领导 上级 主管 \
         竞品 促销 促销活动 天气 温度 证照 执照 营业执照 税号 信用代码 银行 开户行 开户银行 物流 合同 版本 核查人员 检查人员 抽查人员 督查人员 核查人 检查人 \
         抽查人 督查人 督导员 复核人 检查员 稽查员 督查员 受理人 受理人员 话务员 接线员 录入人 创建人 制单人 登记人 抄送 次数 户数 家数 笔数 人数 天数 件数 \
         checker auditor stock inventory sku product goods brand rating score satisfaction payment invoice weather \
         competitor promotion contract version leader accompanied companion qty quantity total \
         hobby linemanager emergency fax mail website zip postcode parent tax bank supervisor",
    ),
    // Said, but of no weight.
    (
        "",
        "现任 主属 是否 是不是 业务 在 请问 请填写 请选择 档名 文件名 自动 文件 有无 所属 所在 归属 归口 隶属 实际 本次 本月 当前 停留 违反 张数 数量 黑名单 编 主要 您的 你的 的 执行 信息 基本 基础 标志 标记 标识 数据 工作 主数据 设置 规定 要求 户别 标注 必选 所处 required 系统 \
         is has was if actual real actually the a of by your my main primary current flag flg count full work working info data url link path t tb tbl tab f fld fd \
         field col c s v vc n str sys biz bd crm sfa app vod preferred incharge",
    ),
];

/// A header that speaks of one of these is of a column that is asked for so, or of none: a planned or a reviewed time is not
/// when something happened.
pub(super) const QUALIFYING: [&str; 29] = [
    "email",
    "supply",
    "plan",
    "unplanned",
    "group",
    "create",
    "upload",
    "sync",
    "summary",
    "join",
    "quit",
    "open",
    "close",
    "update",
    "last",
    "next",
    "former",
    "receive",
    "reply",
    "reschedule",
    "review",
    "ring",
    "fee",
    "distance",
    "person",
    "machine",
    "card",
    "rownumber",
    "elsewhere",
];

/// These alone do not say of what: with a word beside them that nobody knows they are of something else.
pub(super) const GENERIC: [&str; 17] = [
    "id", "number", "dt", "name", "time", "date", "type", "status", "result", "mode", "record", "note", "reason",
    "class", "item", "service", "purpose",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_stands_once() {
        let mut seen = BTreeSet::new();
        for word in TERMS.iter().flat_map(|(_, words)| words.split_whitespace()) {
            assert!(seen.insert(word), "{word} stands twice: the second is never read");
        }
    }
}
