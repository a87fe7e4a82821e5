//! How each new row is to be visited: on site where a need asks for it or the month's share is still short, else as last time.

use super::row::{NewRow, Placed};
use crate::model::{CustomerId, Mode, Moment, Phone};
use crate::outlook::Ahead;
use std::collections::BTreeSet;

pub(super) fn settle(ahead: &Ahead, mut placed: Vec<Placed>, created: Moment) -> Vec<NewRow> {
    placed.sort_by_key(|row| row.date);
    let due: BTreeSet<CustomerId> = ahead.month.due.iter().map(|shop| shop.id).collect();
    let mut seen: BTreeSet<CustomerId> =
        ahead.month.due.iter().filter(|shop| ahead.month.has_seen(shop)).map(|shop| shop.id).collect();
    let onsite = ahead.planned.all().filter(|row| row.is_onsite()).map(|row| row.customer);
    let asked = placed.iter().filter(|row| row.onsite).map(|row| row.customer);
    seen.extend(onsite.chain(asked).filter(|customer| due.contains(customer)));
    let least = ahead.share.map_or(0, |share| share.count + share.short);
    let mut rows = Vec::with_capacity(placed.len());
    for row in placed {
        let is_short = (seen.len() as u64) < least;
        let means = if row.onsite || is_short { Means::ONSITE } else { Means::last(ahead, row.customer) };
        if means.mode == Mode::Onsite && due.contains(&row.customer) {
            seen.insert(row.customer);
        }
        let Placed { customer, date, from, duties, .. } = row;
        let Means { mode, phone, tool } = means;
        rows.push(NewRow { customer, date, seq: None, mode, phone, tool, created, from, duties });
    }
    rows
}

/// A mode with what it takes.
struct Means {
    mode: Mode,
    phone: Option<Phone>,
    tool: Option<String>,
}

impl Means {
    const ONSITE: Self = Self { mode: Mode::Onsite, phone: None, tool: None };

    /// As the customer was visited last, where the number or the tool for it is known.
    fn last(ahead: &Ahead, customer: CustomerId) -> Self {
        let last = ahead.month.last_completed(customer).map(|contact| contact.mode);
        let phone = || ahead.month.customer(customer)?.phones.first().copied();
        let visits = || ahead.month.file.visits.iter().rev().filter(|visit| visit.customer == customer);
        let tool = || visits().filter(|visit| visit.mode == Mode::Web).find_map(|visit| visit.tool.map(str::to_owned));
        match last {
            Some(Mode::Phone) => {
                phone().map_or(Self::ONSITE, |phone| Self { mode: Mode::Phone, phone: Some(phone), tool: None })
            }
            Some(Mode::Web) => {
                tool().map_or(Self::ONSITE, |tool| Self { mode: Mode::Web, phone: None, tool: Some(tool) })
            }
            Some(Mode::Onsite) | None => Self::ONSITE,
        }
    }
}
