//! What words of other systems in cells most likely mean.

use crate::model::{Column, Kind, fold};

/// Values with parts of words that speak for them.
type Hints = &'static [(&'static str, &'static str)];

/// Parts of words, each with the value it speaks for; the first that a word holds decides. Behind `""` stand parts of words
/// that mean none of the values for sure.
fn hints(kind: Kind, column: Column) -> Hints {
    match (kind, column) {
        (_, Column::Mode | Column::Outcome | Column::Planned | Column::Source) => of_visits(column),
        (_, Column::Class | Column::VisitCycle) | (Kind::Customers, Column::Status) => of_customers(column),
        (_, Column::Part) | (Kind::Days, Column::Status) => of_days(column),
        (_, Column::Direction | Column::Kind | Column::Result | Column::Draw | Column::Decision) => of_others(column),
        _ => YES_OR_NO,
    }
}

const YES_OR_NO: Hints = &[("no", "未 否 不 非 × ✗ no"), ("yes", "已 是 属实 查实 √ ✓ yes")];

fn of_visits(column: Column) -> Hints {
    match column {
        Column::Mode => &[
            ("", "计划 临时 其他 协访 陪访 plan planned"),
            ("phone", "电访 电话 电联 致电 语音 call tel phone telephone"),
            ("web", "微信 企微 线上 在线 网络 网上 qq 视频 wechat online web"),
            ("onsite", "到店 实地 上门 现场 面访 面谈 巡 入店 入户 外勤 onsite on-site store in-store face person"),
        ],
        Column::Outcome => &[
            ("not_visited", "未拜访 未走访 未执行 未完成 取消 漏访 cancel cancelled canceled missed"),
            ("absent", "不在 无人 外出 absent"),
            ("closed", "关门 闭店 未营业 歇业 closed"),
            ("emergency", "突发 emergency"),
            ("done", "成功 已拜访 已走访 已完成 完成 有效 正常 done success successful ok complete completed"),
        ],
        Column::Planned => &[
            ("no", "外 临时 未计划 非计划 无计划 unplanned adhoc ad-hoc temporary no"),
            ("yes", "内 计划 常规 例行 线路 planned scheduled routine yes"),
        ],
        Column::Source => &[("paper", "纸 手工 补录 paper"), ("device", "移动 手机 终端 app 平板 device mobile")],
        _ => YES_OR_NO,
    }
}

fn of_customers(column: Column) -> Hints {
    match column {
        Column::Class => &[
            ("violation_suspended", "停货"),
            ("violation", "违规 违法"),
            ("first_batch", "第一批 一批"),
            ("second_batch", "第二批 二批"),
            ("ordinary", "普通 一般 ordinary"),
        ],
        Column::VisitCycle => &[
            ("", "每日 每天 周两次 周二次 周2次 周三次 月三次 月3次 月四次 月4次 半年 每年 年"),
            ("biweekly", "双周 两周 2周 隔周 biweekly fortnightly"),
            ("bimonthly", "双月 两月 2月 两个月 2个月 隔月"),
            ("semimonthly", "半月 月两次 月二次 月2次"),
            ("quarterly", "季 quarterly"),
            ("weekly", "周 week weekly"),
            ("monthly", "月 month monthly"),
        ],
        Column::Status => &[
            ("", "暂停 暂 待 潜在 意向 拟 prospect pending"),
            (
                "closed",
                "停业 停用 禁用 作废 关张 吊销 注销 歇业 关闭 撤销 失效 停止合作 终止 已停 倒闭 关户 销户 退网 未营业 不营业 closed inactive terminated",
            ),
            ("active", "在营 在用 启用 营业 正常 有效 合作 存续 开业 active open"),
        ],
        _ => YES_OR_NO,
    }
}

fn of_days(column: Column) -> Hints {
    match column {
        Column::Status => &[
            ("", "迟到 早退 旷工 缺卡 缺勤 加班"),
            ("device_failure", "故障"),
            ("training", "培训 学习 training"),
            ("meeting", "会 meeting"),
            ("leave", "假 休 leave"),
            ("office", "内勤 内务 坐班 办公 office"),
            ("field", "外勤 外出 出勤 拜访 走访 正常 field"),
        ],
        Column::Part => &[("am", "上午 am"), ("pm", "下午 pm"), ("full", "全天 整天 全日 full day")],
        _ => YES_OR_NO,
    }
}

fn of_others(column: Column) -> Hints {
    match column {
        Column::Direction => &[
            ("", "转 forward"),
            ("out", "主叫 呼出 去电 拨出 外呼 outbound outgoing out"),
            ("in", "被叫 呼入 来电 接听 inbound incoming in"),
        ],
        Column::Kind => &[("complaint", "投诉 举报 complaint"), ("inquiry", "咨询 询问 求助 inquiry")],
        Column::Result => &[
            ("unable", "无法 未接 无人 拒接 关机 空号 unable"),
            ("fail", "不合格 未到 不符 不属实 不通过 虚假 fail"),
            ("pass", "合格 到位 相符 属实 通过 pass ok"),
        ],
        Column::Decision => &[
            ("rejected", "驳回 不予 不通过 未通过 不同意 不成立 不采纳 拒 reject rejected denied"),
            ("accepted", "通过 同意 成立 采纳 accept accepted"),
        ],
        Column::Draw => &[("targeted", "定向 指定 重点 targeted"), ("random", "随机 抽 random")],
        _ => YES_OR_NO,
    }
}

/// What turns a word behind it into its contrary.
const NEGATIONS: [char; 5] = ['未', '非', '不', '无', '没'];

/// The value that a word most likely stands for.
pub(crate) fn likely(kind: Kind, column: Column, word: &str) -> Option<&'static str> {
    let folded = fold(word);
    let holds = |part: &str| match part.is_ascii() {
        true => folded.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|found| found == part),
        false => folded.match_indices(part).any(|(at, _)| !folded[..at].ends_with(NEGATIONS)),
    };
    let (value, _) = hints(kind, column).iter().find(|(_, parts)| parts.split(' ').any(holds))?;
    (!value.is_empty()).then_some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary;

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
            (Kind::Customers, Column::Class, "核心", None),
            (Kind::Customers, Column::VisitCycle, "每周两次", None),
            (Kind::Customers, Column::VisitCycle, "每月两次", Some("semimonthly")),
        ] {
            assert_eq!(likely(kind, column, word), value, "{word}");
        }
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
