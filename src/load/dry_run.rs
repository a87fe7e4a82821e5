//! Reading files only to see whether they can be read.

use super::CustomerRow;
use super::Options;
use super::PlannedRow;
use super::VisitRow;
use super::named;
use super::own_numbers;
use crate::load::archive::Archive;
use crate::load::context::{OwnNumbers, Terms};
use crate::load::kinds::{CallRow, CheckRow, DayRow, InquiryRow, ManagerRow, Row, ServiceRow};
use crate::load::sources::Source;
use crate::load::table::{self, FileRows, Reading, Rejected};
use crate::model::Kind;
use crate::store::partition::Partition;
use crate::store::rejects::Rejects;
use crate::trouble::Trouble;

/// How a file would be read.
#[derive(Debug)]
pub struct DryRun {
    /// Rows that can be used.
    pub usable: u64,
    pub rejected: Vec<Rejected>,
}

/// Reads every file by itself; none is held against another but for managers' telephones, by which calls name them.
pub fn dry_run(sources: &[Source], options: &Options) -> Vec<Result<DryRun, Trouble>> {
    let none = OwnNumbers::new();
    let managers = sources.iter().filter(|source| source.kind == Kind::Managers);
    let known = managers.filter_map(|source| read::<ManagerRow>(source, options, &none).ok());
    let own_numbers = own_numbers(&Partition::new(known.flat_map(|rows| rows.chunks).collect(), Rejects::none()));
    let try_one = |source: &Source| match source.kind {
        Kind::Customers => count(read::<CustomerRow>(source, options, &own_numbers)),
        Kind::Visits => count(read::<VisitRow>(source, options, &own_numbers)),
        Kind::Calls => count(read::<CallRow>(source, options, &own_numbers)),
        Kind::Plans => count(read::<PlannedRow>(source, options, &own_numbers)),
        Kind::Days => count(read::<DayRow>(source, options, &own_numbers)),
        Kind::Managers => count(read::<ManagerRow>(source, options, &own_numbers)),
        Kind::Services => count(read::<ServiceRow>(source, options, &own_numbers)),
        Kind::Inquiries => count(read::<InquiryRow>(source, options, &own_numbers)),
        Kind::Checks => count(read::<CheckRow>(source, options, &own_numbers)),
    };
    sources.iter().map(try_one).collect()
}

fn read<T: Row>(source: &Source, options: &Options, own_numbers: &OwnNumbers) -> Result<FileRows<T>, Trouble> {
    let Options { mapping, area_code, encoding, details, piece, progress, .. } = *options;
    let terms = Terms { mapping, area_code, own_numbers, details };
    let archive = &Archive::default();
    table::read(named((0, source)), &Reading { terms, encoding, archive, piece, progress }, None)
}

fn count<T: Row>(rows: Result<FileRows<T>, Trouble>) -> Result<DryRun, Trouble> {
    rows.map(|rows| DryRun { usable: rows.count(), rejected: rows.rejected })
}
