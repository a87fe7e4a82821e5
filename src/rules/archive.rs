//! 五(一).1: the customer archive is kept complete.

use super::{Meta, Rule};
use crate::doubt::open_cell;
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{Column, Customer, Field, Kind, Period, refuse};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) struct Archive;

/// Digits that a telephone number has.
const DIGITS: std::ops::RangeInclusive<u32> = 7..=12;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of customers that must not be empty.
    #[serde(deserialize_with = "read_columns", serialize_with = "write_columns")]
    required: Vec<Column>,
}

impl Rule for Archive {
    type Params = Params;

    const META: Meta = Meta {
        id: "archive",
        clause: "五(一).1",
        party: Party::Manager,
        needs: &[],
        title: words("客户档案", "archive"),
        assessed: words("本月在营的每户", "each of his customers open in the month"),
        fails: words(
            "规定的字段为空（坐标不可用），或电话位数不是 7–12 位",
            "a listed field is empty (a position not usable), or a phone number has not 7 to 12 digits",
        ),
        remedy: words("补齐、更正客户档案", "complete or correct the customer's record"),
        example: words(
            "2026-09 C0104 缺 lon, lat，customers.csv:105",
            "2026-09 C0104: lon, lat missing, customers.csv:105",
        ),
        nothing: words("没有在营客户", "no customer open in the month"),
    };

    const OF_TODAY: bool = true;

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let has = |column| month.book.has_column(Kind::Customers, column);
        let is_place = |column: &Column| matches!(column, Column::Lon | Column::Lat);
        let place_known = has(Column::Lon) && has(Column::Lat);
        let tested: Vec<Column> = params
            .required
            .iter()
            .copied()
            .filter(|column| if is_place(column) { place_known } else { has(*column) })
            .collect();
        let has_phones = has(Column::Phone) || has(Column::Phone2);
        if tested.is_empty() && !has_phones {
            return tally.skip(words("档案中没有规定的任何一列", "the archive has none of the columns listed"));
        }
        for customer in &month.open {
            let (faults, unknown) = (faults(customer, &tested), unknown(customer, &tested));
            tally.unit_of(customer.id);
            if !faults.is_empty() {
                tally.fail_unless(open_cell(customer), finding(month, customer, &faults));
            } else if let Some(doubt) = Doubt::first_of(customer.at, customer.unknown, &unknown) {
                tally.doubt(finding(month, customer, &unknown), doubt);
            } else {
                tally.pass();
            }
        }
    }
}

/// The columns whose cell is there but cannot be read: neither empty nor known to be right.
fn unknown(customer: &Customer, tested: &[Column]) -> Vec<Column> {
    let phones = [Column::Phone, Column::Phone2].into_iter().filter(|phone| !tested.contains(phone));
    tested.iter().copied().chain(phones).filter(|column| customer.unknown.contains(*column)).collect()
}

/// The columns at fault.
fn faults(customer: &Customer, tested: &[Column]) -> Vec<Column> {
    let empty = |column: &&Column| match **column {
        // Half a position that cannot be read may make up a whole one with a half that can.
        Column::Lon | Column::Lat => customer.position.is_none() && !may_be_somewhere(customer),
        column => !customer.given.contains(column) && !customer.unknown.contains(column),
    };
    let mut faults: Vec<Column> = tested.iter().copied().filter(|column| empty(&column)).collect();
    let odd = customer.phones.iter().any(|phone| !DIGITS.contains(&phone.digits()));
    if odd && !faults.contains(&Column::Phone) {
        faults.push(Column::Phone);
    }
    faults
}

fn may_be_somewhere(customer: &Customer) -> bool {
    let is_there = |column| customer.given.contains(column) || customer.unknown.contains(column);
    let is_unknown = |column| customer.unknown.contains(column);
    (is_unknown(Column::Lon) || is_unknown(Column::Lat)) && is_there(Column::Lon) && is_there(Column::Lat)
}

fn finding(month: &ManagerMonth, customer: &Customer, faults: &[Column]) -> Finding {
    let named = |column: &Column| Kind::Customers.field(*column).map_or(Words::same(column.name()), Field::words);
    let list = faults.iter().map(named).reduce(|all, next| all.then(&words("、", ", ")).then(&next));
    let list = list.unwrap_or(words("", ""));
    let when = When::Period(Period::Month(month.month));
    let Words { zh, en } = list.clone();
    Finding::new(when, list, words("完整", "complete"), Evidence::new(customer.at, []))
        .customer(customer.id)
        .message(format!("客户档案缺失或无效：{zh}"), format!("missing or invalid in the customer's record: {en}"))
}

fn read_columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Column>, D::Error> {
    let names = Vec::<String>::deserialize(deserializer)?;
    let column = |name: &String| Kind::Customers.fields().iter().map(|f| f.column).find(|c| c.name() == name);
    names.iter().map(column).collect::<Option<_>>().ok_or_else(|| {
        let known: Vec<&str> = Kind::Customers.fields().iter().map(|field| field.column.name()).collect();
        refuse(&format!("customers 的列：{}", known.join("、")), &format!("columns of customers: {}", known.join(", ")))
    })
}

fn write_columns<S: Serializer>(columns: &[Column], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(columns.iter().map(|column| column.name()))
}
