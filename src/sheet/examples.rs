//! Sheets for the tests of those who write them.

use super::line::Seen;
use super::{Line, Origin, Sheet};
use crate::lang::words;
use crate::model::{Class, Mode};
use chrono::NaiveDate;

/// A sheet of customers of these names and addresses, with as much as a line can hold.
pub(crate) fn sheet(manager: &str, origin: Origin, customers: impl IntoIterator<Item = (String, String)>) -> Sheet {
    let date = NaiveDate::from_ymd_opt(2026, 10, 9).expect("a date");
    let line = |(number, (name, address)): (usize, (String, String))| Line {
        seq: number.to_string(),
        customer_id: format!("C{number:05}"),
        name,
        class: Some(Class::FirstBatch),
        address,
        contact: "李𬭳".to_owned(),
        phones: "13800000001 / 051680000002".to_owned(),
        mode: [Mode::Onsite, Mode::Phone, Mode::Web][number % 3],
        reach: "13800000001 / 051680000002".to_owned(),
        purpose: "新品宣传、陈列维护".to_owned(),
        last: Some(Seen { date, mode: Mode::Phone, done: false }),
        must_onsite: true,
        vulnerable: true,
        due: vec![(words("经营信息告知", "business-data"), 1), (words("设施维护", "facility-check"), 2)],
    };
    Sheet {
        manager_id: manager.to_owned(),
        manager_name: "王㛃".to_owned(),
        branch: "东郊营销部".to_owned(),
        date,
        origin,
        lines: (1..).zip(customers).map(line).collect(),
        unplanned: Some(5),
    }
}
