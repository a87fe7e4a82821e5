//! Whom a row means that does not give an id: by names, or by the telephone he called from.

use super::Cells;
use crate::cell::cells;
use crate::cell::ids;
use crate::cell::phones;
use crate::cell::reason::{Reason, Reject};
use crate::load::people::Meant;
use crate::model::{Column, Phone};
use crate::quote;
use crate::store::arena::Arena;
use std::borrow::Cow;

impl<'a> Cells<'_, '_, 'a> {
    /// Whether the file gives names in place of these ids.
    pub fn is_name(&self, column: Column) -> bool {
        self.context.layout.by_name.contains(column)
    }

    /// The manager whom a cell means. No name is of ASCII characters alone, but where a file says so.
    pub(super) fn manager_meant<'i>(&mut self, cell: &'i str) -> Result<Cow<'i, str>, Reject>
    where
        'a: 'i,
    {
        let (is_name, people) = (self.is_name(Column::ManagerId), self.context.people);
        if cell.is_empty() || (cell.is_ascii() && !is_name) {
            return Ok(Cow::Borrowed(cell));
        }
        let branch = self.context.layout.branch.map_or("", |at| cells::clean(self.fields.get(at)));
        self.meant(Column::ManagerId, cell, people.manager(cell, branch, is_name))
    }

    /// Likewise the customer.
    pub(super) fn customer_meant<'i>(&mut self, cell: &'i str) -> Result<Cow<'i, str>, Reject>
    where
        'a: 'i,
    {
        let (is_name, people) = (self.is_name(Column::CustomerId), self.context.people);
        if cell.is_empty() || (cell.is_ascii() && !is_name) {
            return Ok(Cow::Borrowed(cell));
        }
        let manager = self.context.arena.manager_text(self.manager);
        let meant = people.customer(cell, manager, is_name);
        self.meant(Column::CustomerId, cell, meant)
    }

    fn meant<'i>(&mut self, column: Column, cell: &'i str, meant: Meant<'i>) -> Result<Cow<'i, str>, Reject> {
        let why = match meant {
            Meant::Itself => return Ok(Cow::Borrowed(cell)),
            Meant::Id(id) => {
                let named = &mut self.context.named;
                let count = if column == Column::ManagerId { &mut named.managers } else { &mut named.customers };
                *count += u64::from(id != cell);
                return Ok(Cow::Borrowed(id));
            }
            Meant::Nobody => Reason::NobodysName,
            Meant::Several(ids) => Reason::SeveralOfName { ids: quote::some(ids, ", ").into() },
        };
        if self.is_rejected() {
            self.unknown.insert(column);
            return Ok(Cow::default());
        }
        Err(Reject { column: Some(column), cell: cell.into(), why })
    }

    /// Notes whose row it is: by `manager_id`, or where that is empty by the telephone he called from.
    pub fn manager_or_own_number(&mut self) -> Result<(), Reject> {
        // A name may be anybody's, a number is one person's.
        let is_id = !self.is_blank(Column::ManagerId) && !self.is_name(Column::ManagerId);
        if self.is_blank(Column::OwnNumber) || is_id && ids::id(self.text(Column::ManagerId)).value().is_some() {
            return self.manager();
        }
        let has_name = !self.is_blank(Column::ManagerId);
        if has_name && !self.is_own_number() {
            return self.manager();
        }
        let number = self.key_phone(Column::OwnNumber)?;
        let why = match self.owner(number) {
            Some(Some(id)) => {
                self.manager = self.context.arena.manager(id);
                return Ok(());
            }
            _ if self.is_rejected() => {
                self.unknown.insert(Column::ManagerId);
                self.manager = Arena::NONE;
                return Ok(());
            }
            Some(None) => Reason::SharedNumber,
            None => Reason::NobodysNumber,
        };
        Err(self.reject(Column::OwnNumber, why))
    }

    /// Whose a number is, also where a spreadsheet took it for a number and left out the zero in front.
    fn owner(&self, number: Phone) -> Option<&'a Option<Box<str>>> {
        let owners = self.context.own_numbers;
        owners.get(&number).or_else(|| owners.get(&number.with_zero()?))
    }

    fn is_own_number(&mut self) -> bool {
        let area_code = self.context.options.area_code;
        let number = phones::first(self.text(Column::OwnNumber), area_code).value();
        number.is_some_and(|number| self.owner(number).is_some_and(Option::is_some))
    }
}
