//! What names of files and sheets say of what is in them, beyond the words by which `check` claims files (SPEC §2).

use crate::model::{Kind, fold_header};

/// Words in names; Latin ones are bounded by what is no letter.
const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Customers => {
            "客户 客户资料 客户台账 客户清单 客户名册 客户基础信息 客户主数据 终端主数据 商户 门店 客户表 客户列表 店家 店家主档 门店列表 门店清单 企业名录 持证户 零售户 终端客户 户主档 零售客户 零售客户台账 \
             零售客户信息 终端档案 一户一档 customer customerlist outlet outlets retailer retailers store stores storelist shop shops shoplist merchants dealers outletmaster customermaster \
             account accounts client clients hcp hco"
        }
        Kind::Visits => {
            "拜访 走访 回访 客户回访 商户回访 回访登记 回访记录 回访登记表 入户走访 入户服务 外出日志 巡检任务 巡店 访店 访店记录 拜访单 拜访登记 拜访明细 走访明细 拜访台账 走访台账 走访打卡 走访登记 签到明细 拜访执行 外勤拜访 外勤签到 实地拜访 拜访打卡 签到记录 巡店记录 巡店明细 走访日志 拜访日志 拜访流水 走访流水 计划执行 外勤明细 \
             visit visitlog visits_export checkins check-ins storevisits visitrecord visitrecords visitlist visitrecordlist callreport call_report dcr"
        }
        Kind::Calls => {
            "通话 详单 通话详单 语音详单 通话清单 话务 话费 话费清单 通信详单 呼叫记录 通话流水 呼叫明细 语音清单 话务明细 call cdr cdrs callrecords calllog calls phonelog"
        }
        Kind::Plans => {
            "计划 行程 行程安排 走访计划 周计划 月计划 线路计划 拜访安排 走访安排 拜访排期 排期 排程 预约 plan schedule schedules \
             visitplan visit-plan visit_plan call_plan route routes routeplan route_plan beatplan beat_plan pjp itinerary"
        }
        Kind::Days => {
            "打卡 差勤 出勤 每日统计 打卡记录 出勤记录 考勤明细 请假 外出 去向 人员去向 工作日志 attendance timesheet day timeoff time_off \
             worktime working_time workingtime daily_working_time absence absences"
        }
        Kind::Managers => {
            "员工 花名册 通讯录 客户经理 名单 人员名单 人员信息 员工信息 用户列表 业务员 通讯簿 staff staffs personnel employees employee salesmen salesman reps manager merchandisers user users roster dsr \
             resource resources"
        }
        Kind::Services => {
            "案头 案头工作 作业 作业台账 服务台账 工作台账 服务明细 服务项目 工作记录 service tasks serviceitems activities"
        }
        Kind::Inquiries => {
            "咨询 投诉 客诉 客诉案件 案件 工单 热线 受理 诉求 来访 来电 举报 inquiry tickets complaints hotline"
        }
        Kind::Checks => "核查 督查 抽检 抽样 暗访 稽核 复核 督办 回访督办 check spotcheck spot-check",
        Kind::Appeals => "申诉表 申辩 复议 appeal objections",
        Kind::Quality => "质量评分 服务质量 quality",
    }
}

/// Words of tables that are made of others, or are of something else.
const OTHER: &str = "汇总 统计 排名 排行 得分 评分 考核 绩效 分析 工作安排 周工作安排 值班 排班 销量 订单 订货流水 订货明细 订货记录 订货清单 订货单 购货明细 库存 工资 目标 竞品 summary \
                     statistics ranking scores kpi orders sales inventory stock";

/// What a name speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Kind(Kind),
    /// Of something that is no kind.
    Other,
}

/// That for which the longest word in a name speaks, as far as any does: visits of 拜访记录.csv.
pub(super) fn spoken_of(name: &str) -> Option<Named> {
    // `Time Off` is a word of its own, and two.
    let parted = name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
    let name = fold_header(name);
    let is_there = |word: &str| holds(&name, word) || holds(&parted, word);
    let of_kind = |kind: Kind| {
        let further = words(kind).split_whitespace();
        kind.words().iter().copied().chain(further).map(move |word| (Named::Kind(kind), word))
    };
    let others = OTHER.split_whitespace().map(|word| (Named::Other, word));
    let mut best: Option<(usize, Named)> = None;
    for (named, word) in others.chain(Kind::ALL.into_iter().flat_map(of_kind)).filter(|(_, word)| is_there(word)) {
        let length = word.chars().count();
        if best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, named));
        }
    }
    best.map(|(_, named)| named)
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
            ("visits", Some(Named::Kind(Kind::Visits))),
            ("人员走访明细", Some(Named::Kind(Kind::Visits))),
            ("客户通话记录", Some(Named::Kind(Kind::Calls))),
            ("客户经理名单", Some(Named::Kind(Kind::Managers))),
            ("9月走访计划", Some(Named::Kind(Kind::Plans))),
            ("零售客户信息台账", Some(Named::Kind(Kind::Customers))),
            ("零售戶檔案", Some(Named::Kind(Kind::Customers))),
            ("Outlet Master", Some(Named::Kind(Kind::Customers))),
            ("salesmen", Some(Named::Kind(Kind::Managers))),
            ("打卡时间9月", Some(Named::Kind(Kind::Days))),
            ("每日统计", Some(Named::Kind(Kind::Days))),
            ("拜访情况汇总", Some(Named::Other)),
            ("周工作安排", Some(Named::Other)),
            ("Time_Off_Territory", Some(Named::Kind(Kind::Days))),
            ("DSR Attendance", Some(Named::Kind(Kind::Days))),
            ("routes", Some(Named::Kind(Kind::Plans))),
            ("客訴案件", Some(Named::Kind(Kind::Inquiries))),
            ("revisits", None),
            ("导出1", None),
        ] {
            assert_eq!(spoken_of(name), kind, "{name}");
        }
    }
}
