//! What names of files and sheets say of what is in them, beyond the words by which `check` claims files (SPEC §2).

use crate::model::{Kind, fold};

/// Words in names; Latin ones are bounded by what is no letter.
const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Customers => {
            "客户 客户资料 客户台账 客户清单 客户名册 客户基础信息 客户主数据 终端主数据 商户 门店 零售客户 零售客户台账 \
             零售客户信息 终端档案 一户一档 customer customerlist outlet outlets retailer retailers store stores shop shops \
             account accounts client clients"
        }
        Kind::Visits => {
            "拜访 走访 巡店 拜访明细 走访明细 拜访台账 走访台账 走访打卡 走访登记 签到明细 拜访执行 外勤拜访 外勤签到 实地拜访 \
             visit visitlog visits_export checkins check-ins storevisits"
        }
        Kind::Calls => {
            "通话 详单 通话详单 语音详单 通话清单 话务 话费 话费清单 通信详单 call cdr calllog calls phonelog"
        }
        Kind::Plans => "计划 走访计划 周计划 月计划 线路计划 拜访安排 plan schedule visitplan visit-plan visit_plan",
        Kind::Days => "打卡 出勤 每日统计 工作日志 attendance timesheet day",
        Kind::Managers => {
            "员工 花名册 通讯录 客户经理 名单 staff employees employee salesmen salesman reps manager merchandisers users roster"
        }
        Kind::Services => "作业 作业台账 服务台账 工作台账 服务明细 service tasks",
        Kind::Inquiries => "咨询 投诉 工单 热线 受理 inquiry tickets complaints hotline",
        Kind::Checks => "核查 督查 抽检 抽样 复核 check spotcheck spot-check",
        Kind::Appeals => "申诉表 申辩 复议 appeal objections",
        Kind::Quality => "质量评分 服务质量 quality",
    }
}

/// The kind for which the longest word in a name speaks, as far as any does: visits of 拜访记录.csv.
pub(super) fn spoken_of(name: &str) -> Option<Kind> {
    let name = fold(name);
    let all = Kind::ALL.into_iter().flat_map(|kind| {
        let further = words(kind).split_whitespace();
        kind.words().iter().copied().chain(further).map(move |word| (kind, word))
    });
    let mut best: Option<(usize, Kind)> = None;
    for (kind, word) in all.filter(|(_, word)| holds(&name, word)) {
        let length = word.chars().count();
        if best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, kind));
        }
    }
    best.map(|(_, kind)| kind)
}

fn holds(name: &str, word: &str) -> bool {
    let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    name.match_indices(word).any(|(at, _)| {
        let before = name.as_bytes()[..at].last().copied();
        let behind = name.as_bytes().get(at + word.len()).copied();
        !word.is_ascii() || !(letter(before) || letter(behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_speak_of_what_is_in_them() {
        for (name, kind) in [
            ("visits", Some(Kind::Visits)),
            ("人员走访明细", Some(Kind::Visits)),
            ("客户通话记录", Some(Kind::Calls)),
            ("客户经理名单", Some(Kind::Managers)),
            ("9月走访计划", Some(Kind::Plans)),
            ("零售客户信息台账", Some(Kind::Customers)),
            ("Outlet Master", Some(Kind::Customers)),
            ("salesmen", Some(Kind::Managers)),
            ("打卡时间9月", Some(Kind::Days)),
            ("revisits", None),
            ("导出1", None),
        ] {
            assert_eq!(spoken_of(name), kind, "{name}");
        }
    }
}
