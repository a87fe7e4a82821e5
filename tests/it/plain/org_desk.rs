//! Random organisations: calls as a table, services, inquiries, spot checks.

use super::month::period;
use super::org::Maker;
use super::{Date, Table};
use chrono::Duration;

impl Maker {
    /// The calls under managers' ids, or under the numbers they called from.
    pub(crate) fn call_table(&mut self) -> Table {
        let mut table = self.calls.clone();
        self.go_astray(&mut table, "started_at");
        let unused = if self.draw.percent(70) { "own_number" } else { "manager_id" };
        table.drop_column(unused);
        table
    }

    fn some_date(&mut self) -> Date {
        let span = (self.end - self.start).num_days() as usize + 6;
        self.start + Duration::days(self.draw.below(span) as i64)
    }

    fn some_manager(&mut self) -> usize {
        self.draw.below(self.managers.len())
    }

    pub(crate) fn service_table(&mut self) -> Table {
        let mut table = Table::new("services", &["manager_id", "item", "customer_id", "done_on", "period"]);
        let items = [
            "customer-analysis",
            "客户分析报告",
            "operations-report",
            "月度工作总结",
            "monthly-summary",
            "info-report",
            "采集信息上报",
            "市场特征",
            "improvement-review",
            "business-data",
            "grade-notice",
            "facility-check",
            "shelf",
            "something-else",
        ];
        for _ in 0..self.draw.pick(&[3, 10, 30, 60]) {
            let (m, date) = (self.some_manager(), self.some_date());
            let customer = if self.draw.percent(70) { self.some_customer(m) } else { String::new() };
            let named = if self.draw.percent(25) {
                let about = date + Duration::days(self.draw.pick(&[0, -7, 7, -30]));
                period(self.draw.pick(&["week", "month", "quarter", "half-year"]), about).name
            } else {
                String::new()
            };
            let row = [
                ("manager_id", self.managers[m].clone()),
                ("item", self.draw.pick(&items).to_string()),
                ("customer_id", customer),
                ("done_on", date.to_string()),
                ("period", named),
            ];
            table.push(&row.each_ref().map(|(name, cell)| (*name, cell.as_str())));
        }
        table
    }

    pub(crate) fn inquiry_table(&mut self) -> Table {
        let header = ["inquiry_id", "manager_id", "customer_id", "kind", "received_at", "replied_at", "upheld", "duty"];
        let mut table = Table::new("inquiries", &header);
        for i in 0..self.draw.below(9) {
            let m = self.some_manager();
            let received = self.some_date();
            let replied = match self.draw.below(4) {
                0 => String::new(),
                _ => {
                    let after = Duration::days(self.draw.pick(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
                    (received + after).and_hms_opt(23, 59, 59).unwrap().to_string()
                }
            };
            let row = [
                ("inquiry_id", format!("I{i}")),
                ("manager_id", if self.draw.percent(95) { self.managers[m].clone() } else { "M777".to_string() }),
                ("customer_id", if self.draw.percent(80) { self.some_customer(m) } else { String::new() }),
                ("kind", self.draw.pick(&["", "inquiry", "complaint"]).to_string()),
                ("received_at", format!("{received} 09:00:00")),
                ("replied_at", replied),
                ("upheld", self.draw.pick(&["", "yes"]).to_string()),
                ("duty", self.draw.pick(&["", "yes"]).to_string()),
            ];
            table.push(&row.each_ref().map(|(name, cell)| (*name, cell.as_str())));
        }
        table
    }

    pub(crate) fn check_table(&mut self) -> Table {
        let header = ["month", "manager_id", "customer_id", "checked_on", "method", "result", "draw", "note"];
        let mut table = Table::new("checks", &header);
        for _ in 0..self.draw.pick(&[0, 1, 2, 5, 9]) {
            let m = self.some_manager();
            let month = self.month.plus(self.draw.pick(&[0, 0, 0, -1])).to_string();
            let checked = if self.draw.percent(70) { self.some_date().to_string() } else { String::new() };
            let row = [
                ("month", if self.draw.percent(60) || checked.is_empty() { month } else { String::new() }),
                ("manager_id", self.managers[m].clone()),
                ("customer_id", self.some_customer(m)),
                ("checked_on", checked),
                ("result", self.draw.pick(&["pass", "pass", "fail", "", "unable"]).to_string()),
                ("draw", self.draw.pick(&["", "random", "targeted"]).to_string()),
            ];
            table.push(&row.each_ref().map(|(name, cell)| (*name, cell.as_str())));
        }
        table
    }
}
