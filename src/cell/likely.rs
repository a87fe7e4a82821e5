//! What words of other systems in cells most likely mean.

use crate::model::{Column, Kind, fold_header, spaced, vocabulary};

/// Values with parts of words that speak for them.
type Hints = &'static [(&'static str, &'static str)];

/// Parts of words, each with the value it speaks for; the first that a word holds decides. Behind `""` stand parts of words
/// that mean none of the values for sure.
fn hints(kind: Kind, column: Column) -> Hints {
    match (kind, column) {
        (_, Column::Mode | Column::Outcome | Column::Planned | Column::Source) => of_visits(column),
        (Kind::Customers, Column::Status) => of_customers(column),
        (_, Column::Class | Column::VisitCycle | Column::Suspended) => of_customers(column),
        (_, Column::MustOnsite | Column::Vulnerable | Column::InfoPoint) => of_customers(column),
        (_, Column::Part) | (Kind::Days, Column::Status) => of_days(column),
        (_, Column::Direction | Column::Kind | Column::Result | Column::Draw | Column::Decision) => of_others(column),
        _ => YES_OR_NO,
    }
}

const YES_OR_NO: Hints = &[
    ("", "部分 待 调查 pending partly"),
    ("no", "未 否 不 非 无 没 × ✗ no none false"),
    ("yes", "已 是 有 属实 查实 成立 √ ✓ yes true"),
];

fn of_visits(column: Column) -> Hints {
    match column {
        Column::Mode => &[
            (
                "phone",
                "电访 去电 电话 电联 致电 语音 通话 座机 固话 call tel phone telephone telephonic phoned dial mobile",
            ),
            (
                "web",
                "微信 企微 线上 在线 网络 网上 网访 云访 云拜访 互联网 qq 钉钉 飞书 视频 小程序 公众号 短信 邮件 wechat wecom dingtalk \
                 网路 打字 online web video virtual internet chat email mail sms zoom digital",
            ),
            (
                "onsite",
                "到店 到府 实地 上门 现场 面访 面谈 面对面 当面 线下 登门 进店 入店 入户 进户 到访 亲访 offline off-line onsite on-site on_site \
                 store in-store instore outlet face face-to-face f2f person physical site_visit foot =site =visit =拜访 =走访 =巡店",
            ),
            ("", "计划 临时 其他 协访 陪访 plan planned"),
            ("onsite", "巡 外勤 走店 跑店 field"),
        ],
        Column::Outcome => &[
            (
                "not_visited",
                "未拜访 未走访 未执行 未完成 未到访 未实施 未开始 取消 漏访 未访 作废 跳过 放弃 待拜访 待走访 待执行 cancel cancelled canceled \
                 missed skipped unvisited not_visited not_done not_completed not_finished incomplete unfinished",
            ),
            ("absent", "不在 无人 没人 外出 未遇 absent away nobody no_answer not_available unavailable"),
            ("closed", "关门 闭店 未营业 不营业 歇业 停业 打烊 暂停营业 closed shut"),
            ("emergency", "突发 紧急 急事 emergency"),
            ("other", "其他 其它 其余 =other other_reason other_reasons"),
            (
                "done",
                "成功 已访 已拜访 已走访 已完成 已执行 已到访 已签退 见到 完成 达成 有效 正常 done success successful ok complete completed visited \
                 finished effective normal",
            ),
        ],
        Column::Planned => &[
            ("yes", "计划外勤"),
            (
                "no",
                "计划外 线路外 路线外 =外 临时 未计划 非计划 无计划 未按 不按 偶访 加访 增补 追加 突击 unplanned adhoc ad-hoc temporary no extra \
                 unscheduled spontaneous off_plan off_pjp off_route off_beat out_of_plan",
            ),
            (
                "yes",
                "计划 线路内 路线内 =内 常规 例行 定期 日常 线路 排定 planned scheduled routine regular yes on_plan on_pjp on_route on_beat in_plan",
            ),
        ],
        Column::Source => &[
            ("paper", "纸 手工 补录 paper manual"),
            ("device", "移动 手机 终端 app 平板 小程序 pda android ios device mobile tablet"),
        ],
        _ => YES_OR_NO,
    }
}

const CYCLES: Hints = &[
    (
        "",
        "每日 每天 周两次 周二次 周2次 周三次 周3次 周四次 周五次 月三次 月3次 月四次 月4次 半年 每年 年 daily twice_a_week \
         twice_weekly yearly annual annually half-yearly three_times",
    ),
    ("weekly", "=7天"),
    ("monthly", "=30天"),
    ("bimonthly", "=60天"),
    ("quarterly", "=90天"),
    (
        "biweekly",
        "双周 两周 2周 二周 隔周 biweekly bi-weekly fortnightly fortnight two_weeks 2_weeks other_week alternate_week \
         =14天",
    ),
    (
        "bimonthly",
        "双月 两月 2月 两个月 2个月 二个月 隔月 bimonthly bi-monthly two_months 2_months other_month \
         alternate_month",
    ),
    (
        "semimonthly",
        "半月 半个月 月两次 月二次 月2次 两次/月 2次/月 semimonthly semi-monthly twice_a_month twice_monthly",
    ),
    ("", "alternate alternating"),
    ("quarterly", "季 quarterly quarter"),
    ("weekly", "周 星期 week weekly"),
    ("monthly", "月 month monthly"),
];

fn of_customers(column: Column) -> Hints {
    match column {
        Column::Class => &[
            ("violation_suspended", "停货"),
            ("violation", "违规 违法"),
            ("first_batch", "第一批 一批 首批"),
            ("second_batch", "第二批 二批"),
            ("ordinary", "普通 一般 ordinary common"),
        ],
        Column::VisitCycle => CYCLES,
        Column::Status => &[
            ("", "暂停 暂 待 潜在 意向 拟 临时 季节 试用 冻结 休眠 prospect pending lead suspended temporarily"),
            ("active", "未停业 未停用 未禁用 未注销 未关闭"),
            (
                "closed",
                "停业 停用 禁用 作废 关张 关停 吊销 注销 歇业 停营 关闭 关店 撤销 失效 无效 停止 结束 终止 解约 已停 倒闭 关户 销户 退网 退出 流失 \
                 未营业 不营业 closed inactive terminated shut shut_down ceased disabled deactivated cancelled out_of_business",
            ),
            (
                "active",
                "在营 在用 在业 启用 营业 正常 有效 合作 往来 存续 开业 active open normal operating operational enabled trading",
            ),
        ],
        Column::Suspended => &[
            ("no", "未 否 不 非 无 没 正常 恢复 no none normal active"),
            ("yes", "停货 停供 停止 暂停 已停 是 yes suspended stopped"),
        ],
        Column::MustOnsite | Column::Vulnerable | Column::InfoPoint => {
            &[("no", "未 否 不 非 无 没 普通 一般 no none"), ("yes", "必 须 是 有 弱势 帮扶 困难 采集 yes must")]
        }
        _ => YES_OR_NO,
    }
}

fn of_days(column: Column) -> Hints {
    match column {
        Column::Status => &[
            ("device_failure", "设备异常 终端异常 device_failure"),
            ("", "迟到 早退 旷工 缺卡 漏卡 未打卡 缺勤 加班 异常 late absent"),
            ("device_failure", "故障"),
            ("training", "培训 训练 学习 集训 training course"),
            ("meeting", "会 出差 meeting conference trip"),
            ("leave", "假 休 leave vacation holiday sick off pto"),
            ("office", "内勤 内务 坐班 办公 office desk"),
            ("field", "外勤 外出 出勤 拜访 走访 下乡 正常 市场 跑店 field market present normal"),
        ],
        Column::Part => &[
            ("am", "上午 上半日 上半天 am morning forenoon"),
            ("pm", "下午 下半日 下半天 pm afternoon"),
            ("full", "全天 整天 全日 一天 1天 full day"),
        ],
        _ => YES_OR_NO,
    }
}

fn of_others(column: Column) -> Hints {
    match column {
        Column::Direction => &[
            ("", "转 内部 forward internal"),
            ("out", "主叫 呼出 去电 去话 拨出 打出 外呼 outbound outgoing out originating originated"),
            ("in", "被叫 呼入 来电 来话 打入 接入 接听 inbound incoming in terminating"),
        ],
        Column::Kind => &[
            ("complaint", "投诉 举报 complaint"),
            ("inquiry", "咨询 询问 查询 求助 建议 表扬 inquiry enquiry query question consultation suggestion"),
        ],
        Column::Result => &[
            ("unable", "无法 未接 无人 拒接 关机 停机 空号 打不通 联系不上 unable unreachable no_answer not_reached"),
            (
                "fail",
                "不合格 未到 不到位 不符 不属实 不通过 未通过 不达标 不真实 不一致 未拜访 未走访 虚假 造假 fail failed mismatch",
            ),
            ("pass", "合格 已到店 =到店 已拜访 已走访 到位 相符 符合 属实 通过 达标 真实 一致 pass passed ok"),
        ],
        Column::Decision => &[
            ("rejected", "驳回 不予 不通过 未通过 不同意 不成立 不采纳 拒 reject rejected denied"),
            ("accepted", "通过 同意 成立 采纳 accept accepted"),
        ],
        Column::Draw => &[("targeted", "定向 指定 重点 专项 targeted"), ("random", "随机 抽 random")],
        _ => YES_OR_NO,
    }
}

/// The values of a column, those first by which nobody is convicted: a word that somebody has to tell may mean any.
pub(crate) fn choices(kind: Kind, column: Column) -> Vec<&'static str> {
    let mut values = vocabulary(kind, column).unwrap_or_default();
    let first: &[&str] = match (kind, column) {
        (Kind::Days, Column::Status) => &["leave", "training", "meeting", "office", "device_failure"],
        (Kind::Customers, Column::Status) => &["closed"],
        (_, Column::Class) => &["ordinary"],
        (_, Column::VisitCycle) => &["quarterly", "bimonthly", "monthly"],
        (_, Column::MustOnsite | Column::Vulnerable | Column::InfoPoint | Column::Upheld | Column::Duty) => &["no"],
        _ => &[],
    };
    values.sort_by_key(|value| first.iter().position(|one| one == value).unwrap_or(first.len()));
    values
}

/// What turns a word behind it into its contrary.
const NEGATIONS: [char; 5] = ['未', '非', '不', '无', '没'];
const NEGATING: [&str; 4] = ["not", "no", "non", "never"];

/// The value that a word most likely stands for.
pub(crate) fn likely(kind: Kind, column: Column, word: &str) -> Option<&'static str> {
    let folded = fold_header(&spaced(word)).into_owned();
    let latin: String = folded.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let tokens: Vec<&str> = latin.split_whitespace().collect();
    let holds_latin = |part: &str| {
        let wanted: Vec<&str> = part.split(['_', '-']).collect();
        let is_there = |at: usize| tokens[at..].starts_with(&wanted);
        let is_negated = |at: usize| at > 0 && NEGATING.contains(&tokens[at - 1]);
        (0..tokens.len()).any(|at| is_there(at) && !is_negated(at))
    };
    let holds = |part: &str| match part.strip_prefix('=') {
        Some(whole) => folded == whole,
        None if part.is_ascii() => holds_latin(part),
        None => folded.match_indices(part).any(|(at, _)| !folded[..at].ends_with(NEGATIONS)),
    };
    let (value, _) = hints(kind, column).iter().find(|(_, parts)| parts.split_whitespace().any(holds))?;
    (!value.is_empty()).then_some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_systems_are_given_a_likely_meaning() {
        for (kind, column, word, value) in [
            (Kind::Visits, Column::Mode, "到店拜访", Some("onsite")),
            (Kind::Visits, Column::Mode, "电访", Some("phone")),
            (Kind::Visits, Column::Mode, "企业微信", Some("web")),
            (Kind::Visits, Column::Mode, "电联", Some("phone")),
            (Kind::Visits, Column::Mode, "Telephone", Some("phone")),
            (Kind::Visits, Column::Mode, "In-store", Some("onsite")),
            (Kind::Visits, Column::Outcome, "Completed", Some("done")),
            (Kind::Visits, Column::Mode, "其他", None),
            (Kind::Calls, Column::Direction, "Outbound", Some("out")),
            (Kind::Calls, Column::Direction, "Inbound", Some("in")),
            (Kind::Days, Column::Status, "年假", Some("leave")),
            (Kind::Days, Column::Status, "月度例会", Some("meeting")),
            (Kind::Checks, Column::Result, "不合格", Some("fail")),
            (Kind::Appeals, Column::Decision, "予以采纳", Some("accepted")),
            (Kind::Appeals, Column::Decision, "未通过审核", Some("rejected")),
            (Kind::Appeals, Column::Decision, "暂不处理", None),
            (Kind::Visits, Column::Planned, "计划外", Some("no")),
            (Kind::Visits, Column::Planned, "临时拜访", Some("no")),
            (Kind::Visits, Column::Mode, "计划拜访", None),
            (Kind::Visits, Column::Mode, "In Person", Some("onsite")),
            (Kind::Customers, Column::Status, "营业中", Some("active")),
            (Kind::Customers, Column::Status, "已停业", Some("closed")),
            (Kind::Customers, Column::Status, "停止合作", Some("closed")),
            (Kind::Customers, Column::Status, "未合作", None),
            (Kind::Customers, Column::Status, "暂停营业", None),
            (Kind::Customers, Column::Status, "not active", None),
            (Kind::Customers, Column::Status, "ShutDown", Some("closed")),
            (Kind::Customers, Column::Status, "營業中", Some("active")),
            (Kind::Visits, Column::Mode, "線下", Some("onsite")),
            (Kind::Visits, Column::Mode, "网访", Some("web")),
            (Kind::Visits, Column::Mode, "实地（计划）", Some("onsite")),
            (Kind::Visits, Column::Mode, "计划巡店", None),
            (Kind::Visits, Column::Mode, "拜访", Some("onsite")),
            (Kind::Visits, Column::Mode, "节日拜访", None),
            (Kind::Visits, Column::Planned, "外勤", None),
            (Kind::Visits, Column::Planned, "未按计划", Some("no")),
            (Kind::Visits, Column::Outcome, "not completed", Some("not_visited")),
            (Kind::Customers, Column::VisitCycle, "Twice a month", Some("semimonthly")),
            (Kind::Customers, Column::Suspended, "停货", Some("yes")),
            (Kind::Customers, Column::Suspended, "正常", Some("no")),
            (Kind::Customers, Column::Class, "核心", None),
            (Kind::Customers, Column::VisitCycle, "每周两次", None),
            (Kind::Customers, Column::VisitCycle, "Alternate month", Some("bimonthly")),
            (Kind::Customers, Column::VisitCycle, "Monthly, alternate", None),
            (Kind::Customers, Column::VisitCycle, "14天", Some("biweekly")),
            (Kind::Customers, Column::VisitCycle, "37天", None),
            (Kind::Visits, Column::Planned, "计划外勤", Some("yes")),
            (Kind::Customers, Column::Status, "未禁用", Some("active")),
            (Kind::Customers, Column::VisitCycle, "每月两次", Some("semimonthly")),
        ] {
            assert_eq!(likely(kind, column, word), value, "{word}");
        }
    }

    #[test]
    fn what_convicts_is_not_offered_first() {
        let first = |kind, column| choices(kind, column)[0];
        assert_eq!(first(Kind::Days, Column::Status), "leave");
        assert_eq!(first(Kind::Customers, Column::Status), "closed");
        assert_eq!(first(Kind::Customers, Column::Class), "ordinary");
        assert_eq!(first(Kind::Inquiries, Column::Upheld), "no");
        assert_eq!(first(Kind::Checks, Column::Result), "pass");
        assert_eq!(choices(Kind::Customers, Column::VisitCycle).len(), 6);
    }

    #[test]
    fn what_is_hinted_at_are_values_of_the_column() {
        for kind in Kind::ALL {
            for column in kind.fields().iter().map(|field| field.column) {
                let Some(values) = vocabulary(kind, column) else { continue };
                for (value, _) in hints(kind, column).iter().filter(|(value, _)| !value.is_empty()) {
                    assert!(values.contains(value), "{}.{}: {value}", kind.name(), column.name());
                }
            }
        }
    }
}
