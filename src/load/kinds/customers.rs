//! Rows of customers files: the archive (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::people::{Named, Shops, bare};
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::{Arena, Numbers, Place, TextAt};
use crate::store::partition::Partition;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

/// A shop.
#[derive(Clone, Copy, Debug)]
pub struct CustomerRow {
    phones: Numbers,
    place: Place,
    given: ColumnSet,
    name: TextAt,
    customer: u16,
    manager_name: u16,
    branch: u16,
    address: u16,
    contact: u16,
    opened_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    updated_on: Option<Moment>,
    class: Option<Class>,
    cycle: Option<Cycle>,
    status: Status,
    decimals: Decimals,
    suspended: bool,
    info_point: bool,
    must_onsite: bool,
    vulnerable: bool,
}

impl CustomerRow {
    pub fn position(&self, arena: &Arena) -> Option<Position> {
        arena.position(self.place)
    }
}

impl Parse for CustomerRow {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        let customer = cells.customer()?;
        cells.manager()?;
        let class = cells.word(Column::Class);
        let stopped = class == Some(Class::ViolationSuspended);
        cells.words(Column::VisitBatch);
        let mut row = Self {
            customer,
            phones: cells.phones(&[Column::Phone, Column::Phone2]),
            name: cells.kept_name(Column::Name),
            manager_name: cells.pooled_name(Column::ManagerName),
            branch: cells.pooled(Column::Branch),
            address: cells.name_detail(Column::Address),
            contact: cells.detail(Column::Contact),
            class: if stopped { Some(Class::Violation) } else { class },
            suspended: cells.flag(Column::Suspended) || stopped,
            place: cells.place(),
            decimals: cells.decimals(),
            cycle: cells.word(Column::VisitCycle),
            info_point: cells.flag(Column::InfoPoint),
            must_onsite: cells.flag(Column::MustOnsite),
            vulnerable: cells.flag(Column::Vulnerable),
            status: cells.word(Column::Status).unwrap_or(Status::Active),
            opened_on: cells.date(Column::OpenedOn),
            closed_on: cells.date(Column::ClosedOn),
            updated_on: cells.date_or_moment(Column::UpdatedOn),
            given: ColumnSet::default(),
        };
        row.given = cells.given;
        Ok(row)
    }
}

impl Row for CustomerRow {
    const KIND: Kind = Kind::Customers;
    const DATED_BY: Option<Column> = None;
    type Record<'a> = Customer<'a>;

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Customer<'a> {
        let (row, arena) = (placed.row, placed.arena);
        Customer {
            at: placed.at,
            id: placed.customer(),
            name: arena.kept(row.name),
            manager: placed.manager,
            manager_name: arena.text(row.manager_name),
            branch: arena.text(row.branch),
            address: arena.text(row.address),
            contact: arena.text(row.contact),
            class: row.class,
            suspended: row.suspended,
            phones: arena.phones(row.phones),
            position: arena.position(row.place),
            decimals: row.decimals,
            cycle: row.cycle,
            info_point: row.info_point,
            must_onsite: row.must_onsite,
            vulnerable: row.vulnerable,
            status: row.status,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
            updated_on: row.updated_on,
            given: row.given,
            unknown: placed.unknown,
        }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn is_nowhere(&self) -> bool {
        self.place.is_nowhere()
    }

    fn version(&self) -> Option<Moment> {
        self.updated_on
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

impl Named for CustomerRow {
    fn named<'r>(customer: &'r Customer<'_>) -> (Option<&'r str>, Option<&'r str>) {
        (customer.manager_name, customer.branch)
    }
}

/// The names of shops. Of two rows for one customer the later one stands.
pub(crate) fn shops(customers: &Partition<CustomerRow>) -> Shops {
    let mut names = Shops::default();
    let stretches = customers.chunks.iter().flat_map(|chunk| chunk.stretches().map(move |of| (chunk, of)));
    for (chunk, (manager, rows)) in stretches {
        for row in rows {
            let customer = CustomerRow::open(&chunk.placed(row as usize, manager));
            let known = names.entry(bare(customer.name)).or_default();
            known.retain(|(number, _)| *number != customer.id.0);
            known.push((customer.id.0, manager.0));
        }
    }
    names.remove("");
    names
}
