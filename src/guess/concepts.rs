//! What foreign headers speak of: the words of a header are brought to a few concepts, and each column is known by those
//! that name it.

use crate::model::{Column, Field, Kind, fold};

/// Words in headers, each with the concepts it stands for. Latin words match as a whole, Chinese ones anywhere, the longest
/// first.
const TERMS: &[(&str, &str)] = &[
    (
        "shop",
        "零售户 零售客户 客户 商户 经营户 门店 店铺 商店 终端 网点 店 customer customers cust shop store outlet client merchant",
    ),
    (
        "rep",
        "客户经理 业务员 专管员 客管员 外勤 员工 职工 拜访人 走访人 执行人 经理 销售员 人员 坐席 座席 负责 分管 agent rep sales staff employee manager salesman user",
    ),
    ("rep id", "工号 userid staffid"),
    ("shop name", "店名 店招"),
    ("shop license", "许可证 专卖证 license licence"),
    ("id", "编号 编码 代码 证号 账号 号 id code no num"),
    ("name", "名称 姓名 简称 字号 名 name"),
    ("start", "签到 到店 到达 进店 进门 开始 起始 起 到 start begin checkin signin clockin arrival arrive answer"),
    ("end", "签退 离店 离开 出店 结束 终止 止 离 end checkout signout clockout departure leave hangup"),
    ("time", "时间 时刻 time datetime timestamp at"),
    ("date", "日期 日 date day"),
    ("length", "时长 用时 耗时 秒数 分钟数 duration length billsec talktime"),
    ("mode", "方式 形式 mode method channel"),
    ("visit", "拜访 走访 巡店 巡访 visit"),
    ("plan", "计划 预约 拟 plan planned scheduled"),
    ("result", "结果 完成情况 情况 result outcome"),
    ("status", "状态 status state"),
    ("reason", "原因 reason"),
    ("photo", "照片 图片 门头照 photo picture image"),
    ("phone", "电话号码 手机号码 手机号 手机 电话 号码 联系方式 phone tel telephone mobile number"),
    ("own", "本机 计费 主叫 本端 分机号 分机 extension ext caller own calling src"),
    ("other", "对方 被叫 对端 外线 callee called external remote destination dst other"),
    ("call", "通话 通信 呼叫 call talk"),
    ("direction", "主叫/被叫 主被叫 呼叫方向 呼叫类型 方向 direction inout"),
    ("type", "类型 类别 种类 type kind"),
    ("lon", "经度 longitude lon lng x"),
    ("lat", "纬度 latitude lat y"),
    ("address", "地址 address"),
    ("contact", "联系人 店主 经营者 负责人 contact owner"),
    ("branch", "部门 营销部 市场部 分公司 机构 组织 片区 branch dept department region"),
    ("class", "分类 等级 档位 档级 class category grade"),
    ("cycle", "周期 频次 频率 cycle frequency"),
    ("chunk", "批次 线路 chunk route"),
    ("seq", "顺序 序号 次序 seq sequence order"),
    ("create", "制定 编制 创建 录入 created create"),
    ("purpose", "内容 目的 事项 purpose"),
    ("upload", "上传 提交 upload uploaded"),
    ("tool", "工具 tool"),
    ("item", "项目 任务 item task"),
    ("done", "完成 done finished"),
    ("note", "备注 说明 note remark memo"),
    ("source", "来源 source"),
    ("sync", "同步 sync synced"),
    ("summary", "总结 小结 日报 summary"),
    ("part", "时段 班次 part shift"),
    ("join", "到岗 入职 joined hired"),
    ("leave", "离岗 离职 left"),
    ("open", "入网 建档 开户 开业 opened"),
    ("close", "停业 注销 关户 closed"),
    ("update", "更新 修改 updated"),
    ("attend", "考勤 出勤 attendance"),
    ("month", "月份 month"),
    ("check", "抽查 复核 check checked"),
    ("receive", "受理 received"),
    ("reply", "答复 回复 replied"),
    ("upheld", "属实 upheld"),
    ("duty", "首问 duty"),
    ("exception", "异常 未拜访 exception"),
    ("reschedule", "原计划 改期前 rescheduled"),
    ("record", "记录 流水 单据 record"),
];

/// The ways in which headers name a column, each as the concepts it is made of.
fn ways(kind: Kind, column: Column) -> &'static [&'static str] {
    use crate::model::Kind;
    use Column::*;
    match (kind, column) {
        (_, CustomerId) => &["shop id", "visit shop id", "shop license id", "shop license"],
        (_, ManagerId) => &["rep id", "visit rep id"],
        (Kind::Customers, Name) => &["shop name", "name", "shop"],
        (Kind::Managers, Name) => &["rep name", "name"],
        (_, ManagerName) => &["rep name", "rep"],
        (_, Branch) => &["branch", "branch name", "rep branch"],
        (_, Class) => &["class", "shop class", "shop type"],
        (_, Address) => &["address", "shop address"],
        (_, Contact) => &["contact", "contact name"],
        (Kind::Calls, OwnNumber) => &["own phone", "own", "own id", "own call phone", "rep phone"],
        (_, Number) => &["other phone", "other", "other id", "other call phone", "phone", "shop phone"],
        (_, Phone) => &["phone", "contact phone", "shop phone", "call phone", "rep phone", "own phone", "own"],
        (_, Lon) => &["lon", "start lon"],
        (_, Lat) => &["lat", "start lat"],
        (_, VisitCycle) => &["cycle", "visit cycle"],
        (_, VisitBatch) => &["chunk", "visit chunk", "chunk id"],
        (Kind::Customers, Status) => &["status", "shop status"],
        (Kind::Days, Status) => &["status", "attend status", "attend type", "attend"],
        (_, OpenedOn) => &["open date", "open time"],
        (_, ClosedOn) => &["close date", "close time"],
        (_, UpdatedOn) => &["update date", "update time"],
        (_, VisitId) => &["visit id", "visit record id", "record id"],
        (_, Mode) => &["mode", "visit mode", "plan mode", "plan visit mode", "visit type"],
        (Kind::Plans, Date) => &["plan date", "plan visit date", "visit date", "plan visit", "date"],
        (Kind::Visits, Date) => &["visit date", "date"],
        (Kind::Days, Date) => &["date", "attend date"],
        (Kind::Calls, StartedAt) => &["start time", "call start time", "call time", "start", "call start"],
        (_, StartedAt) => &["start time", "start", "visit start time", "visit time", "visit start"],
        (_, EndedAt) => &["end time", "end", "visit end time", "visit end"],
        (_, Minutes) => &["length", "visit length"],
        (_, Planned) => &["plan", "visit plan"],
        (_, Outcome) => &["result", "visit result", "visit status", "status"],
        (_, ExceptionReason) => &["exception reason", "reason", "visit reason"],
        (_, Photo) => &["photo", "visit photo", "start photo"],
        (_, Tool) => &["tool"],
        (_, Items) => &["item", "visit item"],
        (_, UploadedAt) => &["upload time", "upload"],
        (_, Source) => &["source", "record source"],
        (_, Note) => &["note"],
        (_, Seconds) => &["length", "call length", "call time"],
        (_, Direction) => &["direction", "call direction", "call type", "own other"],
        (_, Seq) => &["seq", "visit seq", "plan seq"],
        (_, CreatedAt) => &["create time", "create date", "plan create time"],
        (_, RescheduledFrom) => &["reschedule date"],
        (_, Purpose) => &["purpose", "visit purpose"],
        (_, Part) => &["part"],
        (_, SyncedAt) => &["sync time"],
        (_, SummaryAt) => &["summary time", "summary upload time"],
        (_, JoinedOn) => &["join date", "join time"],
        (_, LeftOn) => &["leave date", "leave time"],
        (_, Item) => &["item", "item name"],
        (_, DoneOn) => &["done date", "done time", "date"],
        (_, InquiryId) => &["receive id"],
        (_, Column::Kind) => &["type"],
        (_, ReceivedAt) => &["receive time", "receive date"],
        (_, RepliedAt) => &["reply time", "reply date"],
        (_, Upheld) => &["upheld"],
        (_, Duty) => &["duty"],
        (_, Month) => &["check month", "month"],
        (_, CheckedOn) => &["check date", "check time"],
        (_, Method) => &["check mode"],
        (_, Result) => &["check result", "result"],
        _ => &[],
    }
}

/// How well a header names a column, 0 to 1: 1 for a name that the column has anyway.
pub(super) fn likeness(header: &str, kind: Kind, field: &Field) -> f64 {
    let folded = fold(header);
    if field.headers().contains(&&*folded) {
        return 1.0;
    }
    let (concepts, explained) = concepts(&plain(header));
    let like = |way: &&str| {
        let wanted: Vec<&str> = way.split(' ').collect();
        let both = wanted.iter().filter(|concept| concepts.contains(concept)).count();
        both as f64 / (wanted.len() + concepts.len() - both) as f64
    };
    let best = ways(kind, field.column).iter().map(like).fold(0.0, f64::max);
    // A word that says nothing known may say that it is something else.
    0.9 * best * (0.4 + 0.6 * explained)
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

/// The concepts of a header, each once, and which share of its letters they explain.
fn concepts(header: &str) -> (Vec<&'static str>, f64) {
    let letters = header.chars().filter(|c| c.is_alphanumeric()).count();
    let (mut found, mut explained, mut rest) = (Vec::new(), 0, header);
    while let Some(first) = rest.chars().next() {
        let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let matches = |term: &&str| if term.is_ascii() { *term == word } else { rest.starts_with(term) };
        let terms = TERMS.iter().flat_map(|(names, terms)| terms.split(' ').map(move |term| (term, *names)));
        let longest = terms.filter(|(term, _)| matches(term)).max_by_key(|(term, _)| term.len());
        let length = match longest {
            Some((term, names)) => {
                found.extend(names.split(' ').filter(|name| !found.contains(name)).collect::<Vec<_>>());
                explained += term.chars().filter(|c| c.is_alphanumeric()).count();
                term.len()
            }
            None => word.len().max(first.len_utf8()),
        };
        rest = &rest[length..];
    }
    (found, explained as f64 / letters.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(header: &str, kind: Kind) -> (&'static str, u32) {
        let fields = kind.fields().iter().map(|field| ((100.0 * likeness(header, kind, field)) as u32, field.column));
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
        let id = Kind::Customers.field(Column::ManagerId).unwrap();
        assert!(likeness("原业务员工号", Kind::Customers, id) < likeness("业务员工号", Kind::Customers, id));
        let date = Kind::Plans.field(Column::Date).unwrap();
        assert!(likeness("最近一次拜访日期", Kind::Plans, date) < 0.8);
        assert_eq!(likeness("天气", Kind::Plans, date), 0.0);
    }
}
