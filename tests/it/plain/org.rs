//! Random organisations: who there is. Small on purpose, with dates and times that sit on the limits far more often than
//! real ones do.

use super::draw::Draw;
use super::month::Month;
use super::params::Params;
use super::{Date, Org, Table};
use chrono::Duration;
use std::collections::BTreeMap;

/// Numbers as people write them, and what they are (§2.2). Both readings must find the right-hand side in the left.
pub(crate) const NUMBERS: [(&str, &[&str]); 15] = [
    ("13800000001", &["13800000001"]),
    ("+86 138-0000-0001", &["13800000001"]),
    ("13800000002", &["13800000002"]),
    ("013800000002", &["13800000002"]),
    ("008613800000002", &["13800000002"]),
    ("0516-83001234", &["051683001234"]),
    ("83001234", &["051683001234"]),
    ("(0516)83001234转8", &["051683001234"]),
    ("83001234-802", &["051683001234"]),
    ("86-516-83001234", &["051683001234"]),
    ("13800000003", &["13800000003"]),
    ("12345", &["12345"]),
    ("13800000001/83001234", &["13800000001", "051683001234"]),
    ("13800000002、13800000003", &["13800000002", "13800000003"]),
    ("", &[]),
];

/// Those of `NUMBERS` that hold one number, for calls.
pub(crate) const SINGLE: std::ops::Range<usize> = 0..12;

/// Everything the generator knows while it adds table after table.
pub(crate) struct Maker {
    pub draw: Draw,
    pub month: Month,
    /// The days the data tell of.
    pub start: Date,
    pub end: Date,
    pub params: Params,
    pub managers: Vec<String>,
    /// Customer id, index of its manager.
    pub customers: Vec<(String, usize)>,
    /// Index into `NUMBERS` of a customer's phone.
    pub phones: BTreeMap<String, usize>,
    /// How the manager at hand visits most.
    pub mostly: &'static str,
    pub visits: Table,
    pub plans: Table,
    pub days: Table,
    pub calls: Table,
}

const MONTHS: [(i32, u32); 10] =
    [(2026, 9), (2026, 10), (2026, 10), (2026, 2), (2026, 5), (2026, 12), (2026, 6), (2025, 10), (2026, 3), (2027, 1)];

pub(crate) fn random(seed: u64) -> Org {
    let mut maker = Maker::new(seed);
    let customers = maker.customer_table();
    maker.fill_days();
    maker.add_moves();
    maker.add_oddities();
    let managers = maker.manager_table();
    let mut tables = vec![customers, maker.visits.clone()];
    let mut optional = [
        managers,
        maker.plans.clone(),
        maker.days.clone(),
        maker.call_table(),
        maker.service_table(),
        maker.inquiry_table(),
        maker.check_table(),
    ];
    for (at, dated) in [(1, "date"), (2, "date"), (4, "done_on"), (5, "received_at"), (6, "checked_on")] {
        maker.go_astray(&mut optional[at], dated);
    }
    for table in optional {
        if !maker.draw.percent(18) {
            tables.push(table);
        }
    }
    let own_numbers = tables.iter().any(|t| t.column("own_number").is_some());
    if own_numbers && !tables.iter().any(|t| t.kind == "managers") {
        tables.retain(|t| t.kind != "calls");
    }
    for table in &mut tables {
        maker.drop_columns(table);
    }
    let as_of = maker.random_as_of();
    Org { month: maker.month, as_of, params: maker.params, tables }
}

impl Maker {
    fn new(seed: u64) -> Maker {
        let mut draw = Draw::new(seed);
        let (year, number) = draw.pick(&MONTHS);
        let month = Month { year, number };
        // Windows that begin at, and a day beyond, the ten days a period allows; periods begin one or two months back too.
        let begin = month.plus(draw.pick(&[0, 0, 0, 0, -1, -1, -2, -4])).first();
        let start = begin + Duration::days(draw.pick(&[0, 0, 0, -3, 5, 10, 11]));
        let ends = [month.last(), month.last(), month.last() + Duration::days(6), month.last() - Duration::days(1)];
        let early = [9, 15, 20, -2].map(|n| month.first() + Duration::days(n));
        let end = if draw.percent(65) { draw.pick(&ends) } else { draw.pick(&early) };
        let managers: Vec<String> = (1..=1 + draw.below(3)).map(|i| format!("M{i:03}")).collect();
        let mut customers = Vec::new();
        for m in 0..managers.len() {
            for _ in 0..1 + draw.below(8) {
                customers.push((format!("C{:04}", customers.len() + 1), m));
            }
        }
        let params = Params::random(&mut draw);
        Maker {
            draw,
            month,
            start: start.min(end),
            end,
            params,
            managers,
            customers,
            phones: BTreeMap::new(),
            mostly: "onsite",
            visits: Table::new("visits", &VISIT_COLUMNS),
            plans: Table::new("plans", &PLAN_COLUMNS),
            days: Table::new("days", &DAY_COLUMNS),
            calls: Table::new("calls", &["manager_id", "own_number", "number", "started_at", "seconds", "direction"]),
        }
    }

    /// A customer's id: mostly the manager's own, sometimes a colleague's, sometimes nobody's.
    pub(crate) fn some_customer(&mut self, m: usize) -> String {
        let own: Vec<String> = self.customers.iter().filter(|(_, of)| *of == m).map(|(id, _)| id.clone()).collect();
        match self.draw.below(100) {
            0..90 => own[self.draw.below(own.len())].clone(),
            90..97 => self.customers[self.draw.below(self.customers.len())].0.clone(),
            _ => "X0009".to_string(),
        }
    }

    /// A date about the month's edges and the limits that count from them.
    fn edge_date(&mut self) -> Date {
        let n = i64::from(self.params.new_customer_days as i32);
        let (first, last) = (self.month.first(), self.month.last());
        let edge =
            self.draw.pick(&[first, last, first - Duration::days(n), last - Duration::days(n), self.start, self.end]);
        edge + Duration::days(self.draw.pick(&[0, 0, -1, 1, 3, 10, -20, -40]))
    }

    fn customer_table(&mut self) -> Table {
        let mut table = Table::new("customers", &CUSTOMER_COLUMNS);
        for (id, m) in self.customers.clone() {
            for again in 0..1 + usize::from(self.draw.percent(4)) {
                let by = if again == 0 { m } else { self.draw.below(self.managers.len()) };
                let manager = self.managers[by].clone();
                let phone = self.draw.below(NUMBERS.len());
                self.phones.insert(id.clone(), phone);
                let opened = if self.draw.percent(28) { self.edge_date().to_string() } else { String::new() };
                let closed = if self.draw.percent(12) { self.edge_date().to_string() } else { String::new() };
                let yes = |draw: &mut Draw, p| if draw.percent(p) { "yes" } else { draw.pick(&["", "no"]) };
                let row = [
                    ("customer_id", id.as_str()),
                    ("name", &format!("烟酒店{id}")),
                    ("manager_id", &manager),
                    ("manager_name", "张三"),
                    ("branch", self.draw.pick(&["城东", "城西"])),
                    ("class", self.draw.pick(&["first_batch", "second_batch", "ordinary", "", "violation"])),
                    ("suspended", yes(&mut self.draw, 8)),
                    ("phone", NUMBERS[phone].0),
                    ("phone2", if self.draw.percent(25) { NUMBERS[self.draw.below(NUMBERS.len())].0 } else { "" }),
                    ("lon", self.draw.pick(&["", "117.18", "117.185"])),
                    ("lat", self.draw.pick(&["", "34.26", "34.265"])),
                    ("visit_cycle", self.draw.pick(&CYCLES)),
                    ("visit_batch", self.draw.pick(&["", "一批", "一批", "二批"])),
                    ("info_point", yes(&mut self.draw, 30)),
                    ("must_onsite", yes(&mut self.draw, 30)),
                    ("vulnerable", yes(&mut self.draw, 20)),
                    ("status", self.draw.pick(&["", "active", "active", "active", "active", "active", "closed"])),
                    ("opened_on", &opened),
                    ("closed_on", &closed),
                    (
                        "updated_on",
                        if again == 0 { "2026-01-05" } else { self.draw.pick(&["", "2026-01-06", "2025-12-31"]) },
                    ),
                ];
                table.push(&row);
            }
        }
        table
    }

    fn manager_table(&mut self) -> Table {
        let mut table = Table::new("managers", &["manager_id", "name", "branch", "phone", "joined_on", "left_on"]);
        let mut ids = self.managers.clone();
        if self.draw.percent(15) {
            ids.push("M009".to_string());
        }
        for id in ids {
            if self.draw.percent(5) {
                continue;
            }
            let joined = if self.draw.percent(20) { self.edge_date().to_string() } else { String::new() };
            let left = if self.draw.percent(15) {
                (self.month.first() + Duration::days(self.draw.pick(&[-1, 0, 14, 29]))).to_string()
            } else {
                String::new()
            };
            let phone = own_number(&id);
            let branch = self.draw.pick(&["城东", "城东", "城西", ""]);
            table.push(&[
                ("manager_id", &id),
                ("name", "李四"),
                ("branch", branch),
                ("phone", &phone),
                ("joined_on", &joined),
                ("left_on", &left),
            ]);
        }
        table
    }

    fn drop_columns(&mut self, table: &mut Table) {
        let percent = self.draw.pick(&[0, 0, 6]);
        for name in table.header.clone() {
            if !needed(table.kind, name) && self.draw.percent(percent) {
                table.drop_column(name);
            }
        }
    }

    /// Never before the first visit: without any visit there is nothing to ask.
    fn random_as_of(&mut self) -> Option<Date> {
        let span = (self.end - self.start).num_days().max(0) + 12;
        self.draw.percent(25).then(|| self.start + Duration::days(self.draw.below(span as usize) as i64))
    }
}

/// The number a manager calls from.
pub(crate) fn own_number(id: &str) -> String {
    format!("1390000{id:0>4}").replace('M', "0")
}

/// Required columns (§2.1), and the pairs of which one is needed.
fn needed(kind: &str, name: &str) -> bool {
    let names: &[&str] = match kind {
        "customers" => &["customer_id", "name", "manager_id"],
        "visits" => &["manager_id", "customer_id", "mode", "started_at"],
        "calls" => &["manager_id", "own_number", "number", "started_at", "seconds"],
        "plans" | "days" => &["manager_id", "customer_id", "date"],
        "managers" => &["manager_id", "phone"],
        "services" => &["manager_id", "item", "done_on"],
        "inquiries" => &["manager_id", "received_at"],
        _ => &["month", "manager_id", "customer_id", "checked_on", "result"],
    };
    names.contains(&name)
}

const CYCLES: [&str; 9] =
    ["weekly", "weekly", "biweekly", "semimonthly", "monthly", "bimonthly", "quarterly", "quarterly", ""];

const CUSTOMER_COLUMNS: [&str; 20] = [
    "customer_id",
    "name",
    "manager_id",
    "manager_name",
    "branch",
    "class",
    "suspended",
    "phone",
    "phone2",
    "lon",
    "lat",
    "visit_cycle",
    "visit_batch",
    "info_point",
    "must_onsite",
    "vulnerable",
    "status",
    "opened_on",
    "closed_on",
    "updated_on",
];

const VISIT_COLUMNS: [&str; 18] = [
    "visit_id",
    "manager_id",
    "customer_id",
    "mode",
    "started_at",
    "ended_at",
    "minutes",
    "planned",
    "outcome",
    "exception_reason",
    "photo",
    "phone",
    "tool",
    "items",
    "uploaded_at",
    "lon",
    "lat",
    "source",
];

const PLAN_COLUMNS: [&str; 9] =
    ["manager_id", "customer_id", "date", "seq", "mode", "phone", "tool", "created_at", "rescheduled_from"];

const DAY_COLUMNS: [&str; 6] = ["manager_id", "date", "status", "part", "synced_at", "summary_at"];
