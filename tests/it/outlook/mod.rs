//! `outlook` and `plan`: against a plain reading that tries everything, and that what they promise comes true when it is
//! carried out; and what the commands say.

mod properties;
mod said;

use crate::harness::Site;
use crate::plain::records::Plan;
use serde_json::Value;

fn number(value: &Value, key: &str) -> usize {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} of {value}")) as usize
}

/// The rows that a plan has added, as the plain reading has them.
fn new_rows(site: &Site) -> Vec<Plan> {
    let mut reader = csv::Reader::from_path(site.path("data/plans-new.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        let cell = |name: &str| record[header.iter().position(|known| known == name).unwrap()].to_string();
        Plan {
            manager: cell("manager_id"),
            customer: cell("customer_id"),
            date: cell("date").parse().unwrap(),
            seq: cell("seq").parse().ok(),
            mode: cell("mode"),
            from: cell("rescheduled_from").parse().ok(),
            ..Plan::default()
        }
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}
