//! What the page itself says.

use crate::lang::Lang;

/// The words of the page's own parts.
pub(super) struct Ui {
    pub contents: &'static str,
    pub all_findings: &'static str,
    pub rule: &'static str,
    pub severity: &'static str,
    pub manager: &'static str,
    pub customer: &'static str,
    pub required: &'static str,
    pub any: &'static str,
    pub search: &'static str,
    pub search_hint: &'static str,
    pub clear: &'static str,
    /// `{n}` and `{all}` stand for numbers.
    pub shown: &'static str,
    pub more: &'static str,
    pub sort: &'static str,
    pub unfold: &'static str,
    pub fold: &'static str,
    pub by_day: &'static str,
    pub first_row: &'static str,
    pub unplanned_row: &'static str,
    /// On the column of a day that is excused in full.
    pub excused: &'static str,
    /// On that of a day without any record.
    pub unrecorded: &'static str,
    pub legend: &'static str,
    /// What a table is called that is moved sideways.
    pub scrolls: &'static str,
    /// Where parts are packed, and cannot be unpacked.
    pub needs_script: &'static str,
}

pub(super) fn of(lang: Lang) -> &'static Ui {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

static ZH: Ui = Ui {
    contents: "目录",
    all_findings: "全部发现：筛选与排序",
    rule: "规则",
    severity: "性质",
    manager: "客户经理",
    customer: "客户",
    required: "要求",
    any: "全部",
    search: "查找",
    search_hint: "客户编号、日期、文件行号……",
    clear: "清除筛选",
    shown: "符合条件 {all} 项，显示 {n} 项",
    more: "再显示一些",
    sort: "点击表头可排序",
    unfold: "全部展开",
    fold: "全部折叠",
    by_day: "逐日数据",
    first_row: "首次",
    unplanned_row: "计划外%",
    excused: "免",
    unrecorded: "无",
    legend: "柱高为当天实地拜访小时数，虚线为限值；“免”为免考核，“无”为无记录，浅灰底为非工作日；✗ 为不合格，? 为存疑",
    scrolls: "表格，可左右移动",
    needs_script: "本页内容较多，各客户经理部分须用较新的浏览器并启用脚本（JavaScript）才能展开；也可看工作簿，或各客户经理本人的月报。",
};

static EN: Ui = Ui {
    contents: "Contents",
    all_findings: "All findings: filter and sort",
    rule: "rule",
    severity: "severity",
    manager: "manager",
    customer: "customer",
    required: "required",
    any: "any",
    search: "search",
    search_hint: "customer, date, file:line …",
    clear: "clear",
    shown: "{n} shown of {all} that match",
    more: "show more",
    sort: "Click a heading to sort",
    unfold: "unfold all",
    fold: "fold all",
    by_day: "Day by day",
    first_row: "first",
    unplanned_row: "unpl. %",
    excused: "E",
    unrecorded: "U",
    legend: "Bars: hours on site that day; dashed: the limit; E: excused; U: unrecorded; light grey: no working day; ✗: fails; ?: in doubt",
    scrolls: "table, moves sideways",
    needs_script: "This page is long: the managers' parts unfold only in a recent browser with scripts (JavaScript) on. The workbook and the managers' own reports have them too.",
};
