//! What is looked up in a manager's file again and again, whatever the month.

use super::plan::Plan;
use super::services::Services;
use super::shops::Shops;
use crate::book::{Book, ManagerFile};

/// A manager's file made ready to be looked things up in.
pub struct FileIndex<'a> {
    pub(super) file: &'a ManagerFile<'a>,
    pub(super) plan: Plan<'a>,
    pub(super) shops: Shops,
    pub(super) services: Services<'a>,
}

impl<'a> FileIndex<'a> {
    pub fn of(book: &Book, file: &'a ManagerFile<'a>) -> Self {
        let plan = Plan::of(book, file);
        let shops = Shops::of(book, file, &plan);
        Self { file, plan, shops, services: Services::of(file) }
    }
}
