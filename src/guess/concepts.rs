//! What foreign headers speak of: the words of a header are brought to a few concepts, and each column is known by those
//! that name it.

use super::ways::ways;
use crate::model::{Field, Kind, fold, unit};
use std::sync::LazyLock;

/// Words in headers, each with the concepts it stands for. Latin words match as a whole, Chinese ones anywhere, the longest
/// first.
const TERMS: &[(&str, &str)] = &[
    (
        "shop",
        "零售户 零售客户 零售商 零售点 客户 商户 商家 经营户 门店 店铺 商店 店家 终端 网点 店 户 经销商 服务对象 拜访对象 走访对象 \
         受访户 customer customers cust shop shops store stores outlet outlets client merchant retailer retailers account \
         accounts dealer dealers site pos",
    ),
    (
        "rep",
        "客户经理 业务员 业务代表 销售代表 代表 业务经理 专管员 客管员 外勤 员工 职工 成员 用户 拜访人 走访人 拜访者 走访员 执行人 \
         责任人 作业人 被查人 被反映人 当事人 经办人 处理人 跟进人 维护人 提交人 填写人 填报人 上报人 打卡人 负责人员 服务人员 经理 \
         销售员 营销员 访销员 人员 坐席 座席 负责 分管 agent rep reps representative sales staff employee emp manager salesman \
         salesmen salesperson seller user visitor merchandiser promoter executive officer operator advisor assignee technician inspector supervisor",
    ),
    ("rep id", "工号 考勤号码 考勤号 登记号码 userid staffid empno"),
    ("owner", "owner"),
    ("shop name", "店名 店招 户名 字号"),
    ("shop license", "许可证 专卖证 license licence"),
    ("id", "编号 编码 代码 证号 账号 号 id code no num ref reference"),
    ("number", "number"),
    ("name", "名称 姓名 简称 全称 名 name"),
    ("record", "记录 流水 单据 record ticket case"),
    ("record id", "单号 审批编号 工单编号 流水号 uniqueid"),
    (
        "start",
        "签到 签入 到店 到达 抵达 到访 进店 进门 入店 进入 开始 起始 起 到 进 进店打卡 到店打卡 签到打卡 start started begin began \
         checkin signin clockin arrival arrive arrived entry entered answer in",
    ),
    ("start time", "打卡时间"),
    (
        "end",
        "签退 签出 离店 离开 出店 出门 退店 结束 终止 止 离 出店打卡 离店打卡 离开打卡 签退打卡 end ended checkout signout clockout \
         departure departed leave exit exited hangup out",
    ),
    ("from", "from"),
    ("to", "to"),
    ("time", "时间 时刻 时点 time datetime timestamp at"),
    ("date", "日期 日 date day on"),
    ("length", "时长 用时 耗时 秒数 秒 分钟数 分钟 停留时间 在店时间 逗留时间 duration length minutes seconds"),
    ("call length", "billsec talktime"),
    ("call start time", "calldate"),
    ("mode", "方式 形式 途径 渠道 方法 手段 mode method channel medium means how"),
    ("visit", "拜访 走访 巡店 巡访 回访 家访 visit visits visited interaction engagement"),
    ("plan", "计划 计划内 计划内外 线路内外 预约 预计 预定 拟 排期 排程 应访 plan planned schedule scheduled expected"),
    // A yes to it is a no to whether it was planned.
    ("unplanned", "计划外 临时 unplanned adhoc"),
    ("result", "结果 完成情况 情况 结论 成效 result outcome disposition"),
    ("status", "状态 状况 status state"),
    ("business", "经营 营业 合作 在营 启用 business"),
    ("reason", "原因 理由 reason cause"),
    ("photo", "照片 图片 门头照 拍照 影像 附件 photo photos picture pictures pic image images"),
    (
        "phone",
        "电话号码 手机号码 手机号 手机 移动电话 电话 号码 联系电话 联系方式 联系号码 phone tel telephone mobile cellphone",
    ),
    ("landline", "固定电话 座机 固话 landline"),
    ("spare", "备用 spare alternate secondary"),
    ("goods", "订货 order"),
    ("own", "本机 本方 我方 计费 业务号码 主叫 本端 分机号 分机 extension ext caller own calling src"),
    ("other", "对方 被叫 对端 外线 callee called external remote destination dst other peer counterparty"),
    ("call", "通话 通信 呼叫 话务 call talk voice"),
    ("direction", "主叫/被叫 主被叫 来去电 呼入呼出 呼叫方向 呼叫类型 方向 direction inout"),
    ("type", "类型 类别 种类 性质 type kind"),
    ("lon", "经度 longitude lon lng long x"),
    ("lat", "纬度 latitude lat y"),
    ("position", "坐标 定位 gps"),
    ("address", "地址 住址 店址 address street location"),
    ("contact", "联系人 店主 店长 业主 老板 经营者 负责人 户主 法人 法人代表 contact proprietor"),
    (
        "branch",
        "部门 营销部 市场部 分公司 机构 组织 片区 区域 大区 单位 营销中心 县局 分局 branch dept department region district \
         territory area zone division office",
    ),
    ("class", "分类 等级 档位 档级 档次 层级 分级 级别 星级 class category grade tier segment"),
    ("cycle", "周期 频次 频率 cycle frequency freq"),
    ("route", "批次 线路 路线 路线批次 batch chunk route"),
    ("seq", "顺序 次序 排序 seq sequence"),
    ("rownumber", "序号 行号 序 rownum index"),
    ("create", "制定 编制 创建 录入 制单 下达 登记 新建 生成 create created creation creator"),
    ("purpose", "内容 目的 事项 purpose objective"),
    ("upload", "上传 提交 上报 回传 upload uploaded submit submitted posted"),
    ("tool", "工具 tool"),
    ("item", "项目 任务 作业内容 工作内容 服务内容 服务事项 工作事项 item task"),
    ("done", "完成 办结 done finished completed"),
    ("note", "备注 说明 note remark remarks memo comment comments"),
    ("source", "来源 source"),
    ("sync", "同步 sync synced"),
    ("summary", "总结 小结 日报 summary"),
    ("part", "时段 班次 上下午 午别 part shift"),
    ("join", "到岗 入职 上岗 joined hired hire"),
    ("quit", "离岗 离职 调离 left resigned"),
    ("open", "入网 建档 开户 开业 签约 注册 opened opening onboarded registered"),
    ("open date", "since"),
    ("close", "停业 注销 关户 销户 关店 closed closing"),
    ("update", "更新 修改 变更 updated modified modify update"),
    ("last", "上次 最近 最后 末次 last latest previous"),
    ("next", "下次 下一 next"),
    ("former", "原 former old"),
    ("attend", "考勤 出勤 打卡 attendance"),
    ("month", "月份 月度 年月 month"),
    ("period", "所属期 period"),
    ("check", "抽查 复核 核查 督查 督导 抽检 抽中 稽核 check checked"),
    ("receive", "受理 接收 来电 来访 转办 接单 received reported"),
    ("reply", "答复 回复 replied resolved"),
    ("upheld", "属实 查实 upheld"),
    ("duty", "首问 首问责任 首问负责 duty"),
    ("complaint", "投诉 complaint"),
    ("demand", "诉求 demand"),
    ("exception", "异常 未拜访 exception"),
    ("reschedule", "原计划 原定 改期前 rescheduled"),
    ("suspended", "停货 停止供货 停供 suspended"),
    ("must", "必访 重点必访 必须实地 须实地 必须上门"),
    ("vulnerable", "弱势 帮扶 困难 vulnerable"),
    ("info", "信息采集点 信息采集 采集点"),
    ("review", "审核 审批 批阅 签字 签核 核准 approve approved approval review reviewed signoff"),
    ("ring", "振铃 响铃 ring ringing"),
    ("fee", "费 费用 金额 fee cost charge amount price value"),
    ("distance", "距离 误差 distance"),
    ("person", "身份证 证件 性别 gender sex"),
    ("machine", "机器 设备 machine device"),
    ("card", "卡号 card"),
    ("group", "考勤组 组 班组 group team"),
    // Said, but of no weight.
    (
        "",
        "是否 所属 所在 归属 实际 真实 本次 本月 停留 违反 张数 数量 编 主要 您的 你的 的 is has was actual real count the of your \
         main primary",
    ),
];

/// A header that speaks of one of these is of a column that is asked for so, or of none: a planned or a reviewed time is not
/// when something happened.
const QUALIFYING: [&str; 26] = [
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
];

/// The words one by one.
static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let of_concepts = |(names, terms): &(&'static str, &'static str)| {
        let (names, terms) = (*names, *terms);
        terms.split_whitespace().map(move |term| (term, names))
    };
    TERMS.iter().flat_map(of_concepts).collect()
});

/// A way in which a column is named weighs so much less than the one before it.
const LESS: f64 = 0.01;

/// A header with what it speaks of, which is told once for all the columns that it might be.
pub(super) struct Header {
    folded: String,
    /// As the whole of it speaks.
    pub whole: Spoken,
    /// A name below a group, which may say it all, unless the group is of another time.
    leaf: Option<Spoken>,
}

impl Header {
    pub(super) fn of(header: &str) -> Self {
        let leaf = header.rsplit_once('/').filter(|(group, _)| !Spoken::of(group).is_qualified());
        let leaf = leaf.map(|(_, leaf)| Spoken::of(leaf));
        Self { folded: fold(header).into_owned(), whole: Spoken::of(header), leaf }
    }
}

/// How well a header names a column, 0 to 1: 1 for a name that the column has anyway.
pub(super) fn likeness(header: &Header, kind: Kind, field: &Field) -> f64 {
    if field.headers().contains(&&*header.folded) {
        return 1.0;
    }
    let whole = likeness_of(&header.whole, kind, field);
    let leaf = header.leaf.as_ref().map_or(0.0, |leaf| likeness_of(leaf, kind, field) * (1.0 - LESS));
    whole.max(leaf)
}

fn likeness_of(spoken: &Spoken, kind: Kind, field: &Field) -> f64 {
    let (mut concepts, explained) = (spoken.concepts.clone(), spoken.explained);
    // What is measured in a unit of time is a length.
    if field.holds.unit().is_some() && spoken.is_timed && !concepts.contains(&"length") {
        concepts.push("length");
    }
    // A number is an id, or of a telephone.
    let readings: Vec<Vec<&str>> = match concepts.contains(&"number") {
        true => ["id", "phone"]
            .map(|one| concepts.iter().map(|it| if *it == "number" { one } else { *it }).collect())
            .into(),
        false => vec![concepts],
    };
    let like = |concepts: &Vec<&str>| {
        let of_way = |(place, way): (usize, &&str)| {
            let wanted: Vec<&str> = way.split(' ').collect();
            let is_bare = matches!(wanted[..], ["id" | "name"]) && (explained < 1.0 || concepts.len() > 1);
            if is_bare || QUALIFYING.iter().any(|one| concepts.contains(one) != wanted.contains(one)) {
                return 0.0;
            }
            let both = wanted.iter().filter(|concept| concepts.contains(concept)).count();
            both as f64 / (wanted.len() + concepts.len() - both) as f64 * (1.0 - LESS * place as f64)
        };
        ways(kind, field.column).iter().enumerate().map(of_way).fold(0.0, f64::max)
    };
    let best = readings.iter().map(like).fold(0.0, f64::max);
    // A word that says nothing known may say that it is something else.
    0.9 * best * (0.5 + 0.5 * explained)
}

/// What a header speaks of.
pub(super) struct Spoken {
    /// Each once.
    pub concepts: Vec<&'static str>,
    /// Which share of its letters they explain.
    pub explained: f64,
    /// Whether it names a unit of time.
    is_timed: bool,
}

impl Spoken {
    pub(super) fn of(header: &str) -> Self {
        let is_timed = matches!(unit::named(header), Ok(Some(_)));
        let header = plain(header);
        // A bare number is that of the row.
        if matches!(header.trim_end_matches('.'), "no" | "#" | "num") {
            return Self { concepts: vec!["rownumber"], explained: 1.0, is_timed };
        }
        let letters = header.chars().filter(|c| c.is_alphanumeric()).count();
        let (mut concepts, mut explained, mut rest): (Vec<&str>, usize, &str) = (Vec::new(), 0, &header);
        while let Some(first) = rest.chars().next() {
            let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            let matches = |term: &&str| if term.is_ascii() { *term == word } else { rest.starts_with(term) };
            let longest = WORDS.iter().copied().filter(|(term, _)| matches(term)).max_by_key(|(term, _)| term.len());
            let length = match longest {
                Some((term, names)) => {
                    let new: Vec<&str> = names.split_whitespace().filter(|name| !concepts.contains(name)).collect();
                    concepts.extend(new);
                    explained += term.chars().filter(|c| c.is_alphanumeric()).count();
                    term.len()
                }
                None => word.len().max(first.len_utf8()),
            };
            rest = &rest[length..];
        }
        Self { concepts, explained: explained as f64 / letters.max(1) as f64, is_timed }
    }

    /// Whether it speaks of something that only a column which is asked for so may have.
    pub(super) fn is_qualified(&self) -> bool {
        self.concepts.iter().any(|concept| QUALIFYING.contains(concept))
    }

    /// Whom or what an id or a name is of.
    pub(super) fn bearer(&self) -> Vec<&'static str> {
        let mut bearer: Vec<&str> =
            self.concepts.iter().copied().filter(|concept| !matches!(*concept, "id" | "name")).collect();
        bearer.sort_unstable();
        bearer
    }
}

/// The header in lower case, its camel case taken apart, without what stands in brackets: units mostly.
fn plain(header: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    for c in header.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            text.push(' ');
        }
        text.push(c);
        before = c;
    }
    let folded = fold(&text);
    let bare = folded.split(['(', '[', '【']).next().unwrap_or_default().trim();
    together(bare)
}

/// Check-in and sign out are a word each: a check, or an out, would be something else.
fn together(header: &str) -> String {
    const BETWEEN: [char; 3] = [' ', '-', '_'];
    let (mut text, mut before) = (String::new(), "");
    for part in header.split_inclusive(BETWEEN) {
        let word = part.trim_end_matches(BETWEEN);
        if matches!(word, "in" | "out") && matches!(before, "check" | "sign" | "clock") {
            text.truncate(text.trim_end_matches(BETWEEN).len());
        }
        text.push_str(part);
        before = word;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Column;

    fn best(header: &str, kind: Kind) -> (&'static str, u32) {
        let fields = kind
            .fields()
            .iter()
            .map(|field| ((100.0 * likeness(&Header::of(header), kind, field)) as u32, field.column));
        let (score, column) = fields.max_by_key(|(score, _)| *score).unwrap();
        (column.name(), score)
    }

    #[test]
    fn foreign_headers_name_the_columns_they_mean() {
        for (header, kind, column) in [
            ("业务员工号", Kind::Visits, "manager_id"),
            ("门店编号", Kind::Visits, "customer_id"),
            ("签退时刻", Kind::Visits, "ended_at"),
            ("拜访时长", Kind::Visits, "minutes"),
            ("拜访形式", Kind::Visits, "mode"),
            ("主叫/被叫", Kind::Calls, "direction"),
            ("本端号码", Kind::Calls, "own_number"),
            ("对端号码", Kind::Calls, "number"),
            ("起始时间", Kind::Calls, "started_at"),
            ("通信时长(秒)", Kind::Calls, "seconds"),
            ("StartTime", Kind::Calls, "started_at"),
            ("Extension", Kind::Calls, "own_number"),
            ("External Number", Kind::Calls, "number"),
            ("duration_sec", Kind::Calls, "seconds"),
            ("门店名称", Kind::Customers, "name"),
            ("专卖许可证号", Kind::Customers, "customer_id"),
            ("计划拜访日期", Kind::Plans, "date"),
            ("出勤状态", Kind::Days, "status"),
            ("员工姓名", Kind::Managers, "name"),
            ("Check-in Time", Kind::Visits, "started_at"),
            ("Sign Out Time", Kind::Visits, "ended_at"),
            ("起", Kind::Visits, "started_at"),
            ("离", Kind::Visits, "ended_at"),
            ("经营户编号", Kind::Visits, "customer_id"),
            ("专管员编号", Kind::Customers, "manager_id"),
            ("Sales Rep Code", Kind::Customers, "manager_id"),
            ("秒数", Kind::Calls, "seconds"),
        ] {
            let (found, score) = best(header, kind);
            assert!(found == column && score >= 45, "{header}: {found} {score}");
        }
    }

    #[test]
    fn a_former_or_last_of_something_is_something_else() {
        let like = |header: &str, kind: Kind, field: &Field| likeness(&Header::of(header), kind, field);
        let id = Kind::Customers.field(Column::ManagerId).unwrap();
        assert!(like("原业务员工号", Kind::Customers, id) < like("业务员工号", Kind::Customers, id));
        let date = Kind::Plans.field(Column::Date).unwrap();
        assert!(like("最近一次拜访日期", Kind::Plans, date) < 0.8);
        assert_eq!(like("天气", Kind::Plans, date), 0.0);
    }
}
