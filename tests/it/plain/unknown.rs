//! What an unknown cell may say, rule by rule as the table of SPEC §1.1 has it: a few values for each cell that a unit
//! reads, one for each way in which they could matter.

use super::Date;
use super::params::Entry;
use super::period_rules::seen;
use super::proof_rules;
use super::records::{Check, Customer, Unknown, Visit};
use super::rule::{Change, Choices, Unit};
use super::unknown_days::day;
use super::world::World;
use chrono::Duration;
use std::rc::Rc;

pub(crate) fn change(f: impl Fn(&mut World) + 'static) -> Change {
    Rc::new(f)
}

pub(crate) fn end_of(date: Date) -> super::Time {
    date.and_hms_opt(23, 59, 59).unwrap()
}

pub(crate) fn midnight(date: Date) -> super::Time {
    date.and_hms_opt(0, 0, 0).unwrap()
}

type SaysVisit = (&'static str, fn(&mut Visit));

/// Cells of a visit: each with what it would have to say.
fn of_visit(w: &World, unit: &Unit, cells: &[SaysVisit]) -> Vec<Choices> {
    let row = unit.row;
    let unknown = cells.iter().filter(|(name, _)| w.visits[row].unknown(name));
    unknown.map(|(_, says)| *says).map(|says| vec![change(move |w| says(&mut w.visits[row]))]).collect()
}

pub(crate) fn visit_upload(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let cells: [SaysVisit; 2] =
        [("uploaded_at", |v| v.uploaded = Some(midnight(v.date()))), ("source", |v| v.paper = true)];
    [day(w, m, unit.date), of_visit(w, unit, &cells)].concat()
}

pub(crate) fn exception_evidence(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let cells: [SaysVisit; 3] = [
        ("exception_reason", |v| v.reason = "店主外出".to_string()),
        ("photo", |v| v.photo = "a.jpg".to_string()),
        ("source", |v| v.paper = true),
    ];
    of_visit(w, unit, &cells)
}

pub(crate) fn web_proof(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    if !w.visits[unit.row].unknown("tool") {
        return Vec::new();
    }
    let (row, tool) = (unit.row, w.params.tools.first().unwrap_or(&"微信").to_string());
    vec![vec![change(move |w| w.visits[row].tool = tool.clone())]]
}

pub(crate) fn plan_ahead(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let (row, eve) = (unit.row, midnight(unit.date - Duration::days(1)));
    let unknown = w.plans[row].unknown("created_at");
    unknown.then(|| vec![change(move |w| w.plans[row].created = Some(eve))]).into_iter().collect()
}

pub(crate) fn plan_contact(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let row = unit.row;
    let mut out: Vec<Choices> = Vec::new();
    if w.plans[row].unknown("mode") {
        out.push(vec![change(move |w| w.plans[row].mode = "onsite".to_string())]);
    }
    if w.plans[row].unknown("phone") {
        out.push(vec![change(move |w| w.plans[row].numbers = vec!["13800000001".to_string()])]);
    }
    if w.plans[row].unknown("tool") {
        out.push(vec![change(move |w| w.plans[row].tool = "微信".to_string())]);
    }
    out
}

/// Cells of a customer, each with what it may say.
type Says = fn(&mut Customer, &World);

fn of_customer(w: &World, id: &str, cells: &[(&str, &[Says])]) -> Vec<Choices> {
    let Some(at) = w.customers.iter().position(|c| c.id == id) else { return Vec::new() };
    let told = |says: Says| {
        change(move |w| {
            let mut c = w.customers[at].clone();
            says(&mut c, w);
            w.customers[at] = c;
        })
    };
    let unknown = cells.iter().filter(|(name, _)| w.customers[at].unknown(name));
    unknown.map(|(_, says)| says.iter().map(|s| told(*s)).collect()).collect()
}

/// Whether the customer is one to be visited at all.
fn scope(w: &World, id: &str) -> Vec<Choices> {
    let cells: [(&str, &[Says]); 5] = [
        (
            "class",
            &[|c, _| {
                c.class = "violation".to_string();
                c.suspended = true;
            }],
        ),
        ("suspended", &[|c, _| c.suspended = true]),
        ("status", &[|c, _| c.closed = true]),
        (
            "opened_on",
            &[|c, w| c.opened_on = Some(w.month.first()), |c, w| c.opened_on = Some(w.month.plus(1).first())],
        ),
        (
            "closed_on",
            &[|c, w| c.closed_on = Some(w.month.first()), |c, w| c.closed_on = Some(w.month.plus(1).first())],
        ),
    ];
    of_customer(w, id, &cells)
}

/// How often.
fn cycle(w: &World, id: &str) -> Vec<Choices> {
    let cycles: &[Says] = &[
        |c, _| c.cycle = "weekly".to_string(),
        |c, _| c.cycle = "biweekly".to_string(),
        |c, _| c.cycle = "bimonthly".to_string(),
        |c, _| c.cycle = "quarterly".to_string(),
    ];
    of_customer(w, id, &[("visit_cycle", cycles)])
}

pub(crate) fn must_onsite(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    [scope(w, &unit.customer), cycle(w, &unit.customer)].concat()
}

/// Unsure customers who were seen are kept, the unseen dropped, where one of their readings allows it.
pub(crate) fn onsite_share(w: &World, m: &str, _: &Unit) -> Vec<Choices> {
    let mut out: Vec<Choices> = Vec::new();
    for (at, c) in w.customers.iter().enumerate().filter(|(_, c)| c.manager == m) {
        let wanted = seen(w, m, c);
        let all = combined(&[scope(w, &c.id), cycle(w, &c.id)].concat());
        let better = all.into_iter().find(|change| {
            let mut world = w.clone();
            change(&mut world);
            w.due(c) != wanted && world.due(&world.customers[at]) == wanted
        });
        out.extend(better.map(|change| vec![change]));
    }
    out
}

/// Every combination of choices as one change.
fn combined(choices: &[Choices]) -> Vec<Change> {
    let mut out: Vec<Change> = vec![change(|_| ())];
    for choice in choices {
        for one in out.clone() {
            for other in choice {
                let (one, other) = (one.clone(), other.clone());
                out.push(change(move |w| {
                    one(w);
                    other(w);
                }));
            }
        }
    }
    out
}

pub(crate) fn coverage(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let vulnerable = of_customer(w, &unit.customer, &[("vulnerable", &[|c, _| c.vulnerable = true])]);
    [scope(w, &unit.customer), cycle(w, &unit.customer), vulnerable].concat()
}

/// An `opened_on` that cannot be read makes no unit.
pub(crate) fn new_customer(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    scope(w, &unit.customer)
}

pub(crate) fn archive(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let cells: [(&str, &[Says]); 7] = [
        (
            "phone",
            &[
                |c, _| c.phone = "13800000001".to_string(),
                |c, _| {
                    c.phone = "12345".to_string();
                    c.numbers.push("12345".to_string());
                },
            ],
        ),
        ("phone2", &[|c, _| c.numbers.push("12345".to_string())]),
        ("lon", &[|c, _| c.position.0 = true]),
        ("lat", &[|c, _| c.position.1 = true]),
        ("visit_cycle", &[|c, _| c.cycle = "weekly".to_string()]),
        ("visit_batch", &[|c, _| c.batch = "一批".to_string()]),
        ("class", &[|c, _| c.class = "ordinary".to_string()]),
    ];
    let open: [(&str, &[Says]); 3] = [
        ("status", &[|c, _| c.closed = true]),
        ("opened_on", &[|c, w| c.opened_on = Some(w.month.plus(1).first())]),
        ("closed_on", &[|c, w| c.closed_on = Some(w.month.first())]),
    ];
    [of_customer(w, &unit.customer, &cells), of_customer(w, &unit.customer, &open)].concat()
}

pub(crate) fn reschedule(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let date = unit.date;
    let mut out = scope(w, &unit.customer);
    for (i, p) in w.plans.iter().enumerate().filter(|(_, p)| p.customer == unit.customer && p.date != date) {
        // Only a row whose customer its manager visited can make up.
        if !w.visits_of(&p.manager, p.date).iter().any(|v| v.customer == unit.customer) {
            continue;
        }
        if p.unknown("rescheduled_from") {
            out.push(vec![change(move |w| w.plans[i].from = Some(date))]);
        }
        if p.unknown("created_at") {
            out.push(vec![change(move |w| w.plans[i].created = Some(end_of(date)))]);
        }
    }
    out
}

pub(crate) fn inquiry_reply(w: &World, _: &str, unit: &Unit) -> Vec<Choices> {
    let (row, received) = (unit.row, unit.date);
    let unknown = w.inquiries[row].unknown("replied_at");
    unknown.then(|| vec![change(move |w| w.inquiries[row].replied = Some(received))]).into_iter().collect()
}

/// All unknown cells counted.
pub(crate) fn complaints(w: &World, _: &str, _: &Unit) -> Vec<Choices> {
    let some = w.inquiries.iter().any(|q| ["kind", "upheld", "duty"].iter().any(|name| q.unknown(name)));
    let counted = change(|w| {
        for q in &mut w.inquiries {
            q.complaint |= q.unknown("kind");
            q.upheld |= q.unknown("upheld");
            q.duty |= q.unknown("duty");
        }
    });
    some.then(|| vec![counted]).into_iter().collect()
}

/// Checks of m, of one customer or of all, that may be of M.
fn of_checks(w: &World, m: &str, customer: Option<&str>, result: &'static str) -> Vec<Choices> {
    let mut out: Vec<Choices> = Vec::new();
    for (i, c) in w.checks.iter().enumerate().filter(|(_, c)| c.manager == m) {
        if customer.is_some_and(|id| id != c.customer) {
            continue;
        }
        let month = w.month;
        if c.unknown("month") || (c.month.is_none() && c.unknown("checked_on")) {
            let of = |month| change(move |w| w.checks[i].month = Some(month));
            out.push(vec![of(month), of(month.plus(1))]);
        }
        if c.unknown("result") {
            out.push(vec![change(move |w| w.checks[i].result = result.to_string())]);
        }
    }
    out
}

pub(crate) fn spot_check_size(w: &World, m: &str, _: &Unit) -> Vec<Choices> {
    of_checks(w, m, None, "pass")
}

pub(crate) fn spot_check_result(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    of_checks(w, m, Some(&unit.customer), "fail")
}

/// What stands for a call that could prove the visit: the customer's own word.
pub(crate) fn proof(w: &World, m: &str, customer: &str) -> Change {
    let check = Check {
        manager: m.to_string(),
        customer: customer.to_string(),
        month: Some(w.month),
        result: "pass".to_string(),
        ..Check::default()
    };
    change(move |w| w.checks.push(check.clone()))
}

/// Whether the visit's number cannot be told: the archive's, the plan's, or where both have none its own.
pub(crate) fn number_unknown(w: &World, v: &Visit) -> bool {
    let of_plan = w
        .plans
        .iter()
        .any(|p| p.manager == v.manager && p.customer == v.customer && p.date == v.date() && p.unknown("phone"));
    let of_customer = w.customer(&v.customer).is_some_and(|c| c.unknown("phone") || c.unknown("phone2"));
    let own = v.unknown("phone") && proof_rules::numbers(w, v).is_empty();
    of_plan || of_customer || own
}

/// A call near enough and long enough could prove it: its direction or the visit's number is unknown, the rest fits.
pub(crate) fn call_proof(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let v = &w.visits[unit.row];
    let numbers = proof_rules::numbers(w, v);
    let could = w.calls.iter().filter(|call| proof_rules::near(w, v, call)).any(|call| {
        let direction = (w.params.directions.contains(&call.direction.as_str()), call.unknown("direction"));
        let number = (call.numbers.iter().any(|n| numbers.contains(n)), number_unknown(w, v));
        // What can all be read was matched, and proves another visit.
        let fits = |(known, unknown): (bool, bool)| known || unknown;
        fits(direction) && fits(number) && (direction.1 || number.1)
    });
    let mut out = of_checks(w, m, Some(&unit.customer), "pass");
    out.extend(could.then(|| vec![proof(w, m, &v.customer)]));
    out
}

pub(crate) fn cadence(w: &World, m: &str, e: &Entry, unit: &Unit) -> Vec<Choices> {
    let mut out: Vec<Choices> = Vec::new();
    for (i, s) in w.services.iter().enumerate().filter(|(_, s)| s.manager == m && s.unknown("period")) {
        if [e.item, e.alias].contains(&s.item.as_str()) {
            let name = unit.when.clone();
            out.push(vec![change(move |w| w.services[i].period = name.clone())]);
        }
    }
    let (first, last) = (unit.span.0, unit.span.1 + Duration::days(e.grace_days));
    for (i, v) in w.visits.iter().enumerate().filter(|(_, v)| v.manager == m && v.done() && v.unknown("items")) {
        let here = unit.customer.is_empty() || v.customer == unit.customer;
        if here && first <= v.date() && v.date() <= last {
            let item = e.item.to_string();
            out.push(vec![change(move |w| w.visits[i].items = vec![item.clone()])]);
        }
    }
    if e.per == "customer" {
        out.extend([scope(w, &unit.customer), cycle(w, &unit.customer)].concat());
    } else if !e.class.is_empty() || !e.only.is_empty() {
        for c in w.customers.iter().filter(|c| c.manager == m) {
            out.extend([scope(w, &c.id), cycle(w, &c.id), class_and_mark(w, e, &c.id)].concat());
        }
    }
    out
}

/// A customer who may be of the entry's class.
pub(crate) fn class(w: &World, e: &Entry, id: &str) -> Option<Change> {
    let at = w.customers.iter().position(|c| c.id == id && c.unknown("class"))?;
    let class = *e.class.first()?;
    Some(change(move |w| w.customers[at].class = class.to_string()))
}

/// A customer who may be of the entry's class or bear its mark.
fn class_and_mark(w: &World, e: &Entry, id: &str) -> Vec<Choices> {
    let mut out: Vec<Choices> = class(w, e, id).into_iter().map(|class| vec![class]).collect();
    let Some(at) = w.customers.iter().position(|c| c.id == id) else { return out };
    if !e.only.is_empty() && w.customers[at].unknown(e.only) {
        out.push(vec![change(move |w| {
            let c = &mut w.customers[at];
            (c.info_point, c.vulnerable, c.must_onsite) = (true, true, true);
        })]);
    }
    out
}
