//! Reading files only to see whether they can be read.

use crate::load::accounts::Rejected;
use crate::load::archive::Archive;
use crate::load::context::{OwnNumbers, Reading};
use crate::load::kinds::{CallRow, CustomerRow, PlannedRow, VisitRow, own_numbers, with_kinds};
use crate::load::options::Options;
use crate::load::row::Parse;
use crate::load::sources::Source;
use crate::load::table::{self, FileRows};
use crate::model::*;
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
    let (none, archive) = (OwnNumbers::new(), Archive::default());
    let reading = |own_numbers| Reading { options, own_numbers, archive: &archive };
    let managers = sources.iter().filter(|source| source.kind == Kind::Managers);
    let known = managers.filter_map(|source| table::read::<Manager>(0, source, reading(&none), None).ok());
    let own_numbers = own_numbers(&Partition::new(known.flat_map(|rows| rows.chunks).collect(), Rejects::none()));
    sources.iter().map(|source| try_one(source, reading(&own_numbers))).collect()
}

macro_rules! by_kind {
    (($source:expr, $reading:expr) $($name:ident: $row:ty = $kind:ident,)*) => {
        match $source.kind {
            $(Kind::$kind => count::<$row>($source, $reading),)*
        }
    };
}

fn try_one(source: &Source, reading: Reading) -> Result<DryRun, Trouble> {
    with_kinds!(by_kind!(source, reading))
}

fn count<T: Parse>(source: &Source, reading: Reading) -> Result<DryRun, Trouble> {
    let rows: FileRows<T> = table::read(0, source, reading, None)?;
    Ok(DryRun { usable: rows.count(), rejected: rows.rejected })
}
