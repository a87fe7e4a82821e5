//! The parameters of a run: what rules.toml ships, some of it changed at random, and the user's rules.toml that says so.

use super::draw::Draw;
use chrono::NaiveTime;
use std::fmt::Write;

/// A cadence entry (§3.2).
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub item: &'static str,
    pub alias: &'static str,
    pub per: &'static str,
    pub class: &'static [&'static str],
    pub only: &'static str,
    pub every: &'static str,
    pub min: usize,
    pub percent: Option<usize>,
    /// Of a visit whose items are to count; empty: any.
    pub mode: &'static str,
    pub grace_days: i64,
    pub required: bool,
    pub off: bool,
}

const fn entry(item: &'static str, alias: &'static str, per: &'static str, every: &'static str) -> Entry {
    Entry {
        item,
        alias,
        per,
        class: &[],
        only: "",
        every,
        min: 1,
        percent: None,
        mode: "",
        grace_days: 0,
        required: false,
        off: false,
    }
}

/// The entries §3.2 says are shipped.
pub(crate) const SHIPPED: [Entry; 9] = [
    Entry { class: &["first_batch"], ..entry("customer-analysis", "客户分析报告", "customer", "month") },
    entry("operations-report", "作业分析报告", "manager", "month"),
    entry("monthly-summary", "月度工作总结", "manager", "month"),
    entry("info-report", "采集信息上报", "manager", "week"),
    entry("market-profile", "市场特征", "manager", "half-year"),
    Entry {
        class: &["second_batch"], min: 15, ..entry("improvement-review", "提升目标评估", "manager", "quarter")
    },
    entry("business-data", "经营信息告知", "customer", "month"),
    entry("grade-notice", "等级公布", "manager", "quarter"),
    Entry { class: &["first_batch", "second_batch"], ..entry("facility-check", "设施维护", "customer", "month") },
];

/// Entries of a user, to try the combinations the shipped ones lack.
pub(crate) const OWN: [Entry; 12] = [
    Entry { min: 2, grace_days: 5, ..entry("customer-analysis", "客户分析报告", "customer", "month") },
    Entry { only: "vulnerable", mode: "onsite", ..entry("info-report", "采集信息上报", "customer", "week") },
    Entry { only: "info_point", min: 2, ..entry("business-data", "经营信息告知", "manager", "month") },
    Entry {
        class: &["first_batch"], only: "must_onsite", ..entry("grade-notice", "等级公布", "manager", "quarter")
    },
    Entry { min: 3, grace_days: 10, ..entry("monthly-summary", "月度工作总结", "manager", "month") },
    Entry { required: true, ..entry("facility-check", "设施维护", "customer", "quarter") },
    Entry { off: true, ..entry("operations-report", "作业分析报告", "manager", "month") },
    Entry { grace_days: 3, ..entry("info-report", "采集信息上报", "manager", "week") },
    Entry {
        class: &["first_batch", "ordinary"],
        percent: Some(30),
        ..entry("improvement-review", "提升目标评估", "manager", "quarter")
    },
    Entry { mode: "onsite", required: true, ..entry("shelf", "陈列", "customer", "month") },
    Entry { only: "info_point", percent: Some(50), grace_days: 4, ..entry("shelf", "陈列", "manager", "week") },
    Entry { mode: "phone", grace_days: 2, ..entry("business-data", "经营信息告知", "customer", "month") },
];

/// Percentages in hundredths of a percent.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    pub by: NaiveTime,
    pub hours: i64,
    pub max_gap_minutes: i64,
    pub field_days_planned: bool,
    pub match_customers: bool,
    pub unplanned_max: u64,
    pub onsite_min: u64,
    pub reschedule_days: i64,
    pub upload_by: NaiveTime,
    pub summary_by: NaiveTime,
    pub call_window_minutes: i64,
    pub call_min_seconds: i64,
    pub directions: &'static [&'static str],
    pub vulnerable_extra: usize,
    pub retention_months: i32,
    pub spot_percent: u64,
    pub reply_working_days: u32,
    pub new_customer_days: i64,
    pub excuse: &'static [&'static str],
    pub include_suspended: bool,
    pub ignore: Vec<String>,
    pub spot_days: i64,
    pub complaints_max: usize,
    pub min_minutes: i64,
    pub tools: &'static [&'static str],
    /// The user's entries: each takes the place of the shipped one of its name.
    pub cadence: Vec<Entry>,
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

impl Params {
    pub(crate) fn shipped() -> Params {
        Params {
            by: time(8, 30),
            hours: 5,
            max_gap_minutes: 60,
            field_days_planned: false,
            match_customers: false,
            unplanned_max: 2000,
            onsite_min: 5000,
            reschedule_days: 7,
            upload_by: time(17, 30),
            summary_by: time(17, 30),
            call_window_minutes: 10,
            call_min_seconds: 30,
            directions: &["out", "in"],
            vulnerable_extra: 1,
            retention_months: 3,
            spot_percent: 200,
            reply_working_days: 3,
            new_customer_days: 7,
            excuse: &["meeting", "training", "leave"],
            include_suspended: false,
            ignore: Vec::new(),
            spot_days: 31,
            complaints_max: 0,
            min_minutes: 3,
            tools: &[],
            cadence: Vec::new(),
        }
    }

    pub(crate) fn random(draw: &mut Draw) -> Params {
        let mut p = Params::shipped();
        if draw.percent(40) {
            for _ in 0..1 + draw.below(4) {
                let own = OWN[draw.below(OWN.len())].clone();
                p.cadence.retain(|e| e.item != own.item);
                p.cadence.push(own);
            }
        }
        if draw.percent(50) {
            return p;
        }
        p.by = draw.pick(&[time(8, 30), time(9, 15), time(8, 0)]);
        p.hours = draw.pick(&[5, 4, 1]);
        p.max_gap_minutes = draw.pick(&[60, 60, 30, 0, 90]);
        p.field_days_planned = draw.percent(25);
        p.match_customers = draw.percent(40);
        p.unplanned_max = draw.pick(&[2000, 0, 3333, 3334, 5000, 10000]);
        p.onsite_min = draw.pick(&[5000, 3333, 3334, 6667, 10000, 0]);
        p.reschedule_days = draw.pick(&[7, 1, 2, 10]);
        p.upload_by = draw.pick(&[time(17, 30), time(12, 0)]);
        p.summary_by = draw.pick(&[time(17, 30), time(18, 0)]);
        p.call_window_minutes = draw.pick(&[10, 5, 20]);
        p.call_min_seconds = draw.pick(&[30, 0, 31]);
        p.directions = draw.pick::<&'static [&'static str]>(&[&["out", "in"], &["out"], &["in"]]);
        p.vulnerable_extra = draw.pick(&[1, 0, 2]);
        p.retention_months = draw.pick(&[3, 1, 2]);
        p.spot_percent = draw.pick(&[200, 2500, 5000, 3333, 10000]);
        p.reply_working_days = draw.pick(&[3, 1, 5]);
        p.new_customer_days = draw.pick(&[7, 3, 14]);
        p.excuse = draw.pick::<&'static [&'static str]>(&[
            &["meeting", "training", "leave"],
            &["leave"],
            &["leave", "office"],
        ]);
        p.include_suspended = draw.percent(30);
        p.spot_days = draw.pick(&[31, 31, 0, 5]);
        p.complaints_max = draw.pick(&[0, 0, 1]);
        p.min_minutes = draw.pick(&[3, 3, 20]);
        p.tools = draw.pick::<&'static [&'static str]>(&[&[], &[], &["微信"], &["QQ"]]);
        if draw.percent(15) {
            p.ignore.push("M002".to_string());
        }
        p
    }

    /// The user's rules.toml: what differs from the shipped one. No number of rejected rows stops the run, because a
    /// dropped column may turn many rows unusable.
    pub(crate) fn toml(&self) -> String {
        let was = Params::shipped();
        let mut out = String::from("[input]\nmax_rejected_percent = 100\n");
        let mut table = |name: &str, lines: &[(bool, String)]| {
            let lines: Vec<&str> =
                lines.iter().filter(|(differs, _)| *differs).map(|(_, line)| line.as_str()).collect();
            if !lines.is_empty() {
                writeln!(out, "[{name}]\n{}", lines.join("\n")).unwrap();
            }
        };
        let text = |t: NaiveTime| t.format("%H:%M").to_string();
        let number = |name: &str, now: i64, then: i64| (now != then, format!("{name} = {now}"));
        table("rules.first-arrival", &[(self.by != was.by, format!("by = {:?}", text(self.by)))]);
        table(
            "rules.field-time",
            &[
                (self.hours != was.hours, format!("hours = {}", self.hours)),
                (self.max_gap_minutes != was.max_gap_minutes, format!("max_gap_minutes = {}", self.max_gap_minutes)),
                (self.field_days_planned, "days = \"planned\"".to_string()),
            ],
        );
        table("rules.plan-adherence", &[(self.match_customers, "match = \"customers\"".to_string())]);
        let percent = |name: &str, p: u64| format!("{name} = {}.{:02}", p / 100, p % 100);
        table(
            "rules.unplanned-cap",
            &[(self.unplanned_max != was.unplanned_max, percent("max_percent", self.unplanned_max))],
        );
        table("rules.onsite-share", &[(self.onsite_min != was.onsite_min, percent("min_percent", self.onsite_min))]);
        table(
            "rules.spot-check-size",
            &[
                (self.spot_percent != was.spot_percent, percent("percent", self.spot_percent)),
                number("within_days", self.spot_days, was.spot_days),
            ],
        );
        table("rules.complaints", &[number("max", self.complaints_max as i64, was.complaints_max as i64)]);
        table("rules.short-visit", &[number("min_minutes", self.min_minutes, was.min_minutes)]);
        table("rules.web-proof", &[(self.tools != was.tools, format!("tools = {:?}", self.tools))]);
        table("rules.reschedule", &[number("within_days", self.reschedule_days, was.reschedule_days)]);
        table("rules.new-customer", &[number("within_days", self.new_customer_days, was.new_customer_days)]);
        table("rules.visit-upload", &[(self.upload_by != was.upload_by, format!("by = {:?}", text(self.upload_by)))]);
        table(
            "rules.daily-summary",
            &[(self.summary_by != was.summary_by, format!("by = {:?}", text(self.summary_by)))],
        );
        table(
            "rules.call-proof",
            &[
                number("window_minutes", self.call_window_minutes, was.call_window_minutes),
                number("min_seconds", self.call_min_seconds, was.call_min_seconds),
                (self.directions != was.directions, format!("directions = {:?}", self.directions)),
            ],
        );
        table(
            "rules.coverage",
            &[number("vulnerable_extra", self.vulnerable_extra as i64, was.vulnerable_extra as i64)],
        );
        table("rules.retention", &[number("months", self.retention_months.into(), was.retention_months.into())]);
        table(
            "rules.inquiry-reply",
            &[number("working_days", self.reply_working_days.into(), was.reply_working_days.into())],
        );
        table("days", &[(self.excuse != was.excuse, format!("excuse = {:?}", self.excuse))]);
        table("due", &[(self.include_suspended, "include_suspended = true".to_string())]);
        table("managers", &[(!self.ignore.is_empty(), format!("ignore = {:?}", self.ignore))]);
        for e in &self.cadence {
            out.push_str(&e.toml());
        }
        out
    }

    /// The shipped entries and the user's, those of the same name replaced; without those that are off.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let replaced = |e: &Entry| self.cadence.iter().any(|own| own.item == e.item);
        let shipped = SHIPPED.iter().filter(|e| !replaced(e));
        shipped.chain(&self.cadence).filter(|e| !e.off).cloned().collect()
    }
}

impl Entry {
    fn toml(&self) -> String {
        let (item, alias, per, every) = (self.item, self.alias, self.per, self.every);
        let mut out = format!("[[cadence]]\nitem = {item:?}\naliases = [{alias:?}]\nclause = \"五(一).7\"\n");
        writeln!(out, "per = {per:?}\nevery = {every:?}").unwrap();
        let lines = [
            (!self.class.is_empty(), format!("class = {:?}", self.class)),
            (!self.only.is_empty(), format!("only = {:?}", self.only)),
            (self.percent.is_none(), format!("min = {}", self.min)),
            (self.percent.is_some(), format!("percent = {}", self.percent.unwrap_or(0))),
            (!self.mode.is_empty(), format!("mode = {:?}", self.mode)),
            (self.grace_days > 0, format!("grace_days = {}", self.grace_days)),
            (self.required, "required = true".to_string()),
            (self.off, "off = true".to_string()),
        ];
        for (_, line) in lines.iter().filter(|(given, _)| *given) {
            writeln!(out, "{line}").unwrap();
        }
        out
    }
}
