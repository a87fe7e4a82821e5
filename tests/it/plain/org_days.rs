//! Random organisations: what happened, day by day. Visits follow templates that sit on a limit, one second to either side.

use super::month::days;
use super::org::{Maker, NUMBERS, SINGLE};
use super::{Date, Table, Time};
use chrono::{Datelike, Duration};

const HOUR: i64 = 3600;
const MINUTE: i64 = 60;

/// From, to (seconds of the day; none = no end).
type Span = (i64, Option<i64>);

const fn at(hour: i64, minute: i64, second: i64) -> i64 {
    hour * HOUR + minute * MINUTE + second
}

const fn span(from: i64, to: i64) -> Span {
    (from, Some(to))
}

/// Days that are exactly five hours, or two and a half, or miss them by a second.
const TEMPLATES: [&[Span]; 15] = [
    &[(at(0, 3, 0), None), (at(8, 30, 0), None), (at(23, 50, 0), None), (at(23, 55, 0), None)],
    &[span(at(8, 30, 0), at(10, 0, 0)), span(at(11, 0, 0), at(13, 30, 0))],
    &[span(at(8, 30, 0), at(10, 0, 0)), span(at(11, 0, 1), at(13, 30, 1))],
    &[span(at(8, 30, 0), at(13, 29, 59))],
    &[span(at(8, 0, 0), at(10, 30, 0)), span(at(10, 30, 0), at(13, 0, 0))],
    &[span(at(8, 30, 1), at(11, 0, 0)), span(at(10, 0, 0), at(13, 30, 1))],
    &[span(at(8, 30, 0), at(11, 0, 0))],
    &[span(at(8, 29, 59), at(10, 59, 58))],
    &[
        (at(8, 30, 0), None),
        (at(9, 30, 0), None),
        (at(10, 30, 0), None),
        (at(11, 30, 0), None),
        (at(12, 30, 0), None),
        (at(13, 30, 0), None),
    ],
    &[span(at(8, 31, 0), at(8, 50, 0)), span(at(19, 0, 0), at(24, 30, 0))],
    &[span(at(8, 30, 0), at(8, 0, 0)), span(at(9, 30, 0), at(14, 0, 0))],
    &[span(at(19, 0, 1), at(25, 0, 0))],
    &[span(at(8, 30, 0), at(14, 0, 0)), span(at(9, 0, 0), at(9, 30, 0)), span(at(9, 0, 0), at(9, 10, 0))],
    &[(at(10, 0, 0), None), (at(10, 5, 0), None), (at(10, 10, 0), None), (at(10, 20, 0), None)],
    &[span(at(8, 30, 0), at(8, 45, 0)), span(at(8, 45, 0), at(9, 0, 0)), span(at(9, 0, 1), at(9, 20, 0))],
];

/// A visit to be: who, where, when, how.
pub(crate) struct Seed<'a> {
    pub manager: &'a str,
    pub customer: &'a str,
    pub start: Time,
    pub end: Option<Time>,
    pub mode: &'a str,
}

impl Maker {
    pub(crate) fn fill_days(&mut self) {
        for m in 0..self.managers.len() {
            let share = self.draw.pick(&[100, 100, 95, 85, 50, 15, 6, 1]);
            self.mostly = self.draw.pick(&["onsite", "onsite", "phone", "web"]);
            let plan_share = self.draw.pick(&[95, 80, 30]);
            let day_share = self.draw.pick(&[100, 90, 50]);
            // Exports are made branch by branch: one may begin late or end early.
            let start = self.start + Duration::days(self.draw.pick(&[0, 0, 0, 0, 0, 0, 0, 4, 12]));
            let end = self.end - Duration::days(self.draw.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 5, 12]));
            for date in days(start, end) {
                if self.draw.percent(if date.weekday().number_from_monday() < 6 { share } else { 10 }) {
                    self.field_day(m, date);
                }
                if self.draw.percent(plan_share) && (date.weekday().number_from_monday() < 6 || self.draw.percent(15)) {
                    self.plan_day(m, date);
                }
                if self.draw.percent(day_share) {
                    self.day_record(m, date);
                }
            }
            self.long_leave(m);
        }
    }

    /// Leave for the whole month, or for what is left of it: then no working day remains (SPEC §1, complete, pending).
    fn long_leave(&mut self, m: usize) {
        let rest = self.end + Duration::days(1);
        let first = self.draw.pick(&[self.month.first(), rest, rest, rest + Duration::days(1)]);
        if self.draw.percent(20) {
            for date in days(first, self.month.last()) {
                let part = self.draw.pick(&["", "full"]);
                let manager = self.managers[m].clone();
                let row = [
                    ("manager_id", manager.as_str()),
                    ("date", &date.to_string()),
                    ("status", "leave"),
                    ("part", part),
                ];
                self.days.push(&row);
            }
        }
    }

    fn field_day(&mut self, m: usize, date: Date) {
        let manager = self.managers[m].clone();
        let midnight = date.and_hms_opt(0, 0, 0).unwrap();
        let spans: Vec<Span> = if self.draw.percent(70) {
            TEMPLATES[self.draw.below(TEMPLATES.len())].to_vec()
        } else {
            (0..1 + self.draw.below(4)).map(|_| self.free_span()).collect()
        };
        for (from, to) in spans {
            let customer = self.some_customer(m);
            let mode = self.draw.pick(&[self.mostly, self.mostly, self.mostly, "onsite", "phone", "phone", "web"]);
            let start = midnight + Duration::seconds(from);
            let end = to.map(|to| midnight + Duration::seconds(to));
            self.visit(Seed { manager: &manager, customer: &customer, start, end, mode });
            if mode == "phone" {
                self.calls_about(m, &customer, start);
            }
        }
    }

    fn free_span(&mut self) -> Span {
        let from =
            self.draw.pick(&[at(8, 29, 59), at(8, 30, 0), at(8, 30, 59), at(8, 31, 0), at(14, 10, 0), at(17, 30, 1)]);
        let long = self.draw.pick(&[0, 2 * MINUTE + 59, 3 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR]);
        (from, (!self.draw.percent(20)).then_some(from + long))
    }

    pub(crate) fn visit(&mut self, seed: Seed) {
        let outcome = match self.draw.below(100) {
            0..72 => self.draw.pick(&["done", ""]),
            72..91 => self.draw.pick(&["absent", "closed", "emergency", "other"]),
            _ => "not_visited",
        };
        let uploads =
            [at(17, 30, 0), at(17, 30, 59), at(17, 31, 0), at(12, 0, 59), at(12, 1, 0), at(8, 30, 0), at(33, 0, 0)];
        let midnight = seed.start.date().and_hms_opt(0, 0, 0).unwrap();
        let uploaded = midnight + Duration::seconds(self.draw.pick(&uploads));
        let uploaded = self.written(uploaded);
        let (start, end) = (self.written(seed.start), seed.end.map_or(String::new(), |end| self.written(end)));
        let id = if self.draw.percent(70) { format!("V{:09}", self.draw.below(1_000_000_000)) } else { String::new() };
        let photo = self.draw.pick(&["", "a.jpg"]);
        let row = [
            ("visit_id", id.as_str()),
            ("manager_id", seed.manager),
            ("customer_id", seed.customer),
            ("mode", seed.mode),
            ("started_at", &start),
            ("ended_at", &end),
            ("minutes", self.draw.pick(&["", "", "", "30", "60", "0"])),
            ("planned", self.draw.pick(&["yes", "yes", "no", ""])),
            ("outcome", outcome),
            ("exception_reason", self.draw.pick(&["", "店主外出"])),
            ("photo", photo),
            ("phone", if self.draw.percent(30) { NUMBERS[self.draw.below(NUMBERS.len())].0 } else { "" }),
            ("tool", self.draw.pick(&["", "微信"])),
            (
                "items",
                self.draw.pick(&[
                    "",
                    "",
                    "",
                    "经营信息告知",
                    "business-data;facility-check",
                    "设施维护；客户分析报告",
                    "陈列",
                    "other",
                ]),
            ),
            ("uploaded_at", if self.draw.percent(90) { &uploaded } else { "" }),
            ("lon", self.draw.pick(&["", "117.18", "117.9"])),
            ("lat", self.draw.pick(&["", "34.26"])),
            ("source", self.draw.pick(&["device", "device", "device", "", "paper"])),
        ];
        self.visits.push(&row);
    }

    /// To the second, or to the minute as some systems write it.
    fn written(&mut self, time: Time) -> String {
        let text = time.to_string();
        if self.draw.percent(8) { text[..16].to_string() } else { text }
    }

    /// Calls that prove a phone visit, or nearly.
    fn calls_about(&mut self, m: usize, customer: &str, start: Time) {
        for _ in 0..self.draw.pick(&[1, 1, 1, 0, 2]) {
            let offset = self.draw.pick(&[0, 0, 60, -240, 300, -300, 301, 600, 601, -600, -601, 1200, -1201]);
            let number = if self.draw.percent(85) { self.number_of(customer) } else { self.single_number(|_| true) };
            let started = (start + Duration::seconds(offset)).to_string();
            let manager = self.managers[if self.draw.percent(95) { m } else { 0 }].clone();
            let row = [
                ("manager_id", manager.as_str()),
                ("own_number", &super::org::own_number(&manager)),
                ("number", number),
                ("started_at", &started),
                ("seconds", self.draw.pick(&["29", "30", "31", "0", "95", "120"])),
                ("direction", self.draw.pick(&["out", "in", ""])),
            ];
            self.calls.push(&row);
        }
    }

    /// A number to call that is the customer's, in any spelling.
    fn number_of(&mut self, customer: &str) -> &'static str {
        let meant = self.phones.get(customer).map_or(NUMBERS[0].1, |at| NUMBERS[*at].1);
        self.single_number(|n| meant.is_empty() || meant.contains(&n))
    }

    fn single_number(&mut self, wanted: impl Fn(&str) -> bool) -> &'static str {
        let fit: Vec<&str> =
            NUMBERS[SINGLE].iter().filter(|(_, n)| wanted(n[0])).map(|(written, _)| *written).collect();
        self.draw.pick(&fit)
    }

    /// A day's plan: mostly where visits went, in some order or none.
    fn plan_day(&mut self, m: usize, date: Date) {
        let manager = self.managers[m].clone();
        let day = date.to_string();
        let mut planned: Vec<String> = Vec::new();
        for row in &self.visits.rows {
            let here =
                self.visits.cell(row, "manager_id") == manager && self.visits.cell(row, "started_at").starts_with(&day);
            if here && self.draw.percent(70) {
                planned.push(self.visits.cell(row, "customer_id").to_string());
            }
        }
        if self.draw.percent(30) || planned.is_empty() {
            planned.push(self.some_customer(m));
        }
        let order = self.draw.below(4);
        for (i, customer) in planned.iter().enumerate() {
            let seq = match order {
                0 => String::new(),
                1 => (i + 1).to_string(),
                2 => (i / 2 + 1).to_string(),
                _ if self.draw.percent(60) => self.draw.pick(&["1", "2", "10", "9"]).to_string(),
                _ => String::new(),
            };
            self.plan_row(&manager, customer, date, &seq, None);
        }
    }

    pub(crate) fn plan_row(&mut self, manager: &str, customer: &str, date: Date, seq: &str, from: Option<Date>) {
        let eve = date - Duration::days(1);
        let times = ["08:29:59", "08:30:00", "08:30:01", "16:00"];
        let created = match self.draw.below(10) {
            0..6 => format!("{eve} 16:00"),
            6..8 => format!("{date} {}", self.draw.pick(&times)),
            8 => eve.to_string(),
            _ => String::new(),
        };
        let row = [
            ("manager_id", manager),
            ("customer_id", customer),
            ("date", &date.to_string()),
            ("seq", seq),
            ("mode", self.draw.pick(&["onsite", "onsite", "onsite", "", "phone", "web"])),
            ("phone", if self.draw.percent(20) { NUMBERS[self.draw.below(NUMBERS.len())].0 } else { "" }),
            ("tool", self.draw.pick(&["", "微信"])),
            ("created_at", &created),
            ("rescheduled_from", &from.map_or(String::new(), |d| d.to_string())),
        ];
        self.plans.push(&row);
    }

    fn day_record(&mut self, m: usize, date: Date) {
        let manager = self.managers[m].clone();
        let on = |s: i64| (date.and_hms_opt(0, 0, 0).unwrap() + Duration::seconds(s)).to_string();
        for _ in 0..self.draw.pick(&[1, 1, 1, 1, 1, 2, 3]) {
            let synced =
                [at(8, 0, 0), at(8, 30, 0), at(8, 29, 59), at(8, 30, 1), at(10, 0, 0), at(-10, 0, 0), at(30, 0, 0)];
            let summaries =
                [at(17, 30, 0), at(17, 30, 1), at(8, 30, 0), at(8, 29, 59), at(18, 0, 0), at(42, 0, 0), at(-3, 0, 0)];
            let statuses = ["field", "field", "field", "", "office", "leave", "meeting", "training", "device_failure"];
            let (synced, summary) = (on(self.draw.pick(&synced)), on(self.draw.pick(&summaries)));
            let row = [
                ("manager_id", manager.as_str()),
                ("date", &date.to_string()),
                ("status", if self.draw.percent(55) { "field" } else { self.draw.pick(&statuses) }),
                ("part", self.draw.pick(&["", "full", "am", "pm"])),
                ("synced_at", if self.draw.percent(85) { &synced } else { "" }),
                ("summary_at", if self.draw.percent(85) { &summary } else { "" }),
            ];
            self.days.push(&row);
        }
    }

    /// Plan rows moved: within the limit and beyond it, in chains, to their own date, with and without the visit.
    pub(crate) fn add_moves(&mut self) {
        for _ in 0..self.draw.below(7) {
            if self.plans.rows.is_empty() {
                return;
            }
            let row = self.plans.rows[self.draw.below(self.plans.rows.len())].clone();
            let (manager, customer) = (row[0].clone(), row[1].clone());
            let mut from: Date = row[2].parse().unwrap();
            for _ in 0..1 + self.draw.below(2) {
                let to = from + Duration::days(self.draw.pick(&[1, 2, 3, 7, 8, 10, 11, -1, -2, -7, -8, 0, 31]));
                if self.draw.percent(70) {
                    let day = from.to_string();
                    let (c, s) =
                        (self.visits.column("customer_id").unwrap(), self.visits.column("started_at").unwrap());
                    self.visits.rows.retain(|v| v[c] != customer || !v[s].starts_with(&day));
                }
                // He makes up for it himself or a colleague does, by a move or by a row made later.
                let other = self.draw.below(self.managers.len());
                let by = if self.draw.percent(75) { manager.clone() } else { self.managers[other].clone() };
                let names = self.draw.percent(75);
                self.plan_row(&by, &customer, to, "", names.then_some(from));
                if self.draw.percent(50) {
                    let (last, day) = (self.plans.rows.len() - 1, from + Duration::days(self.draw.pick(&[-1, 0, 1])));
                    self.plans.set(last, "created_at", &format!("{day} 09:30"));
                }
                if self.draw.percent(60) && to <= self.end && to >= self.start {
                    let start = to.and_hms_opt(9, 0, 0).unwrap();
                    self.visit(Seed { manager: &by, customer: &customer, start, end: None, mode: "onsite" });
                }
                from = to;
            }
        }
    }

    /// A mistyped year, a corrected copy of a visit, a paper sheet's unused row, rows exported twice.
    pub(crate) fn add_oddities(&mut self) {
        // The span begins with a visit, so that the window starts where it was meant to.
        let (manager, customer) = (self.managers[0].clone(), self.customers[0].0.clone());
        let start = self.start.and_hms_opt(8, 15, 0).unwrap();
        self.visit(Seed { manager: &manager, customer: &customer, start, end: None, mode: "onsite" });
        let last = self.visits.rows.len() - 1;
        self.visits.set(last, "outcome", "done");
        self.visits.set(last, "source", "device");
        let mut visits = self.visits.clone();
        self.go_astray(&mut visits, "started_at");
        self.visits = visits;
        self.add_strangers();
        self.add_copies();
    }

    /// Rows with a mistyped date: some few, or just too many, at the longest gap that joins them to the others or a day
    /// beyond it, or years away.
    pub(crate) fn go_astray(&mut self, table: &mut Table, dated: &str) {
        let Some(at) = table.column(dated).filter(|_| self.draw.percent(30) && !table.rows.is_empty()) else { return };
        let dates: Vec<Date> = table.rows.iter().filter_map(|row| row[at].get(..10)?.parse().ok()).collect();
        let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else { return };
        let (far, gap) = (Duration::days(self.draw.pick(&[370, 3660])), self.draw.pick(&[31, 31, 32, 32, 40]));
        let ends = [*first - Duration::days(gap), *last + Duration::days(gap), *first - far, *last + far];
        let mut day = self.draw.pick(&ends);
        for _ in 0..self.draw.pick(&[1, 1, 2, 5, 6]) {
            let mut row = table.rows[self.draw.below(table.rows.len())].clone();
            if let Some(time) = row[at].get(10..) {
                row[at] = format!("{day}{time}");
                if let Some(id) = table.column("visit_id") {
                    row[id].clear();
                }
                table.rows.push(row);
            }
            day += Duration::days(self.draw.pick(&[0, 0, 1]));
        }
    }

    /// Somebody no other file knows.
    fn add_strangers(&mut self) {
        for _ in 0..self.draw.pick(&[0, 0, 0, 1]) {
            let (visit, plan) =
                (self.draw.below(self.visits.rows.len()), self.draw.below(self.plans.rows.len().max(1)));
            self.visits.set(visit, "manager_id", "M900");
            if plan < self.plans.rows.len() && self.draw.percent(50) {
                self.plans.set(plan, "manager_id", "M901");
            }
        }
    }

    fn add_copies(&mut self) {
        for _ in 0..self.draw.below(4) {
            let row = self.draw.below(self.visits.rows.len());
            let mut copy = self.visits.rows[row].clone();
            match self.draw.below(4) {
                // Sent twice, with or without a new id.
                0 => copy[0] = self.draw.pick(&["", "V000000001", "V000000002"]).to_string(),
                // Another customer's that day, or another day's.
                1 => copy[2] = self.customers[self.draw.below(self.customers.len())].0.clone(),
                _ => copy[8] = self.draw.pick(&["done", "absent", "not_visited"]).to_string(),
            }
            if self.draw.percent(30) {
                let date: Date = copy[4][..10].parse().unwrap();
                copy[4] = format!("{}{}", date + Duration::days(self.draw.pick(&[-1, 1, 5])), &copy[4][10..]);
                copy[5] = String::new();
            }
            let times = ["17:30:00", "17:31:00", "09:00:00", ""];
            copy[14] = match self.draw.pick(&times) {
                "" => String::new(),
                time => format!("{} {time}", &copy[4][..10]),
            };
            self.visits.rows.push(copy);
        }
        if self.draw.percent(15) {
            let (m, c) = (self.managers[0].clone(), self.customers[0].0.clone());
            self.visits.push(&[("manager_id", &m), ("customer_id", &c), ("mode", "onsite"), ("source", "paper")]);
        }
        for _ in 0..self.draw.below(4) {
            let row = self.visits.rows[self.draw.below(self.visits.rows.len())].clone();
            self.visits.rows.push(row);
        }
    }
}
