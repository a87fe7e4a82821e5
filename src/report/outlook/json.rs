//! `outlook --format json`: `baifang.outlook/1` (SPEC-month §9).
//!
//! ```text
//! schema, version, month, horizon
//! rules, columns, inputs, obstacles, rejected    as in baifang.check/2, without the rules' parameters
//! managers    one a manager: manager_id, days_left, capacity, onsite_capacity (null: unknown), share (count, of, short; null:
//!             not asked), customers_to_see, onsite_to_see, dates_needed, dates_covered, together (yes, without_plan, no,
//!             unknown), units, customers, day_rules
//! units       rule, customer_id (null: the manager's share), state (met, covered, open, lost), dates (still asked for; of the
//!             share, customers), until
//! customers   those to be seen: customer_id, dates, onsite, for, until (the end that comes first), planned
//! day_rules   rule, assessed, failed: up to the horizon
//! ```

use super::LookedAt;
use crate::document::Keys;
use crate::lang::Lang;
use crate::outlook::{DayRule, Duty, Outlook, ToSee, Unit};
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{columns_json, input_json, rejected_json, rules_json};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The whole output, key by key.
pub fn tell<K: Keys>(looked_at: &LookedAt, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let LookedAt { book, ruleset, accounts, .. } = looked_at;
    keys.value("schema", "baifang.outlook/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", looked_at.month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("rules", rules_json(ruleset, looked_at.month.span()))?;
    keys.list("columns", &accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &accounts.inputs, |input| [input_json(input)])?;
    keys.list("managers", looked_at.outlooks, |outlook| [manager(looked_at, outlook)])?;
    keys.list("obstacles", looked_at.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])?;
    keys.list("rejected", &accounts.rejected, |row| [rejected_json(book, row, lang)])
}

fn manager(looked_at: &LookedAt, outlook: &Outlook) -> Value {
    let Outlook { capacity, share, .. } = outlook;
    json!({
        "manager_id": looked_at.book.managers.text(outlook.id.0),
        "days_left": dates(&outlook.days_left),
        "capacity": capacity.per_day,
        "onsite_capacity": capacity.onsite,
        "share": share.map(|share| json!({"count": share.count, "of": share.of, "short": share.short})),
        "customers_to_see": outlook.customers.len(),
        "onsite_to_see": outlook.onsite_to_see(),
        "dates_needed": outlook.dates_needed(),
        "dates_covered": outlook.dates_covered(),
        "together": outlook.together.name(),
        "units": outlook.units.iter().map(|one| unit(looked_at, one)).collect::<Vec<Value>>(),
        "customers": outlook.customers.iter().map(|one| customer(looked_at, one)).collect::<Vec<Value>>(),
        "day_rules": outlook.day_rules.iter().map(day_rule).collect::<Vec<Value>>(),
    })
}

fn dates(dates: &[NaiveDate]) -> Vec<String> {
    dates.iter().map(NaiveDate::to_string).collect()
}

fn unit(looked_at: &LookedAt, unit: &Unit) -> Value {
    json!({
        "rule": unit.duty.rule(),
        "customer_id": unit.customer.map(|id| looked_at.customer_id(id)),
        "state": unit.state.name(),
        "dates": unit.dates,
        "until": unit.until.to_string(),
    })
}

fn customer(looked_at: &LookedAt, to_see: &ToSee) -> Value {
    json!({
        "customer_id": looked_at.customer_id(to_see.customer),
        "dates": to_see.dates,
        "onsite": to_see.onsite,
        "for": to_see.duties.iter().map(|duty| Duty::rule(*duty)).collect::<Vec<&str>>(),
        "until": to_see.until.to_string(),
        "planned": dates(&to_see.planned),
    })
}

fn day_rule(rule: &DayRule) -> Value {
    json!({"rule": rule.rule, "assessed": rule.assessed, "failed": rule.failed})
}
