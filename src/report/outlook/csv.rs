//! `outlook --format csv`: a customer to be seen a row; a manager who need see nobody has one without a customer.

use super::LookedAt;
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::outlook::{Duty, Outlook, ToSee};
use crate::report::provenance;

const HEADER: [&str; 24] = [
    "month",
    "manager_id",
    "name",
    "branch",
    "days_left",
    "capacity",
    "onsite_capacity",
    "dates_needed",
    "dates_covered",
    "together",
    "customer_id",
    "customer_name",
    "for",
    "dates",
    "covered",
    "onsite",
    "until",
    "last_visit",
    "planned",
    "lost",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];

pub fn build(looked_at: &LookedAt, _: Lang) -> Sheet {
    let mut rows = Vec::new();
    for outlook in looked_at.outlooks {
        if outlook.customers.is_empty() {
            rows.push(row(looked_at, outlook, None));
        }
        rows.extend(outlook.customers.iter().map(|customer| row(looked_at, outlook, Some(customer))));
    }
    if let Some(inputs) = rows.first_mut().and_then(|row: &mut Vec<Field>| row.last_mut()) {
        *inputs = Field::Text(provenance::inputs(looked_at.accounts));
    }
    Sheet { header: HEADER.to_vec(), rows }
}

fn row(looked_at: &LookedAt, outlook: &Outlook, to_see: Option<&ToSee>) -> Vec<Field> {
    fn text(text: impl ToString) -> Field {
        Field::Text(text.to_string())
    }
    fn number(number: Option<impl ToString>) -> Field {
        Field::Number(number.map(|number| number.to_string()).unwrap_or_default())
    }
    let book = looked_at.book;
    let joined = |texts: Vec<String>| text(texts.join(" "));
    let of = |of: fn(&ToSee) -> Vec<String>| joined(to_see.map(of).unwrap_or_default());
    let lost = outlook.units.iter().filter(|unit| unit.state == crate::outlook::State::Lost).count();
    vec![
        text(looked_at.month),
        text(book.managers.text(outlook.id.0)),
        text(book.manager_name(outlook.id).unwrap_or_default()),
        text(book.branch(outlook.id).unwrap_or_default()),
        number(Some(outlook.days_left.len())),
        number(outlook.capacity.per_day),
        number(outlook.capacity.onsite),
        number(Some(outlook.dates_needed())),
        number(Some(outlook.dates_covered())),
        text(outlook.together.name()),
        text(to_see.map(|to_see| looked_at.customer_id(to_see.customer)).unwrap_or_default()),
        text(to_see.map(|to_see| looked_at.customer_name(to_see.customer)).unwrap_or_default()),
        of(|to_see| to_see.duties.iter().map(|duty| Duty::rule(*duty).to_owned()).collect()),
        number(to_see.map(|to_see| to_see.dates)),
        number(to_see.map(|to_see| to_see.covered)),
        text(to_see.map_or("", |to_see| if to_see.onsite { "yes" } else { "no" })),
        of(|to_see| vec![to_see.until.to_string()]),
        of(|to_see| to_see.last.iter().map(ToString::to_string).collect()),
        of(|to_see| to_see.planned.iter().map(ToString::to_string).collect()),
        number(Some(lost)),
        text(env!("CARGO_PKG_VERSION")),
        text(book.horizon),
        text(&looked_at.ruleset.sha256),
        text(""),
    ]
}
