//! What to say of rows that cannot be used, where they stop a run.

use crate::cell::reason::{self, Reason};
use crate::lang::{Words, say, words};
use crate::load::accounts::{FileInfo, Rejected};
use crate::load::sources::Source;
use crate::load::table::FileRows;
use crate::model::{Kind, Percent};
use crate::store::row::Row;
use crate::trouble::Trouble;

/// So many rejected rows stop no run: in a small file they are a great share.
const FEW_REJECTED: u64 = 10;

/// Too many rejected rows mean the wrong file, mapping or encoding.
pub(super) fn check<T: Row>(rows: &FileRows<T>, most: Percent) -> Result<(), Trouble> {
    let (FileInfo { source, rows: counts, .. }, rejected) = (&rows.info, rows.rejected.len() as u64);
    let all = rejected + rows.count() + counts.sum() - counts.other_period;
    if rejected <= FEW_REJECTED || most.caps(rejected, all) {
        return Ok(());
    }
    let first = &rows.rejected[0];
    let example = reason::example(first.reject.column, &first.reject.cell, &first.reject.why);
    let found = say(
        format!("{all} 行中有 {rejected} 行无法使用，超过 {most}%；首例："),
        format!("{rejected} of {all} rows cannot be used, more than {most}%; the first: "),
    );
    Err(Trouble::new(found.then(&example))
    .file(&source.shown)
    .line(u64::from(first.at.line))
    .remedy(of_most(source.kind, &rows.rejected.iter().collect::<Vec<_>>()).unwrap_or(words(
        "检查是否选错文件、列名对应（columns.toml）或编码（--encoding）；若数据本来如此，调高 [input] max_rejected_percent",
        "check for a wrong file, column mapping (columns.toml) or --encoding; if the data are so, raise [input] max_rejected_percent",
    ))))
}

/// What helps where most rows are rejected for the reason of the first.
fn of_most(kind: Kind, rejected: &[&Rejected]) -> Option<Words> {
    let reason = |row: &&Rejected| (row.reject.column, std::mem::discriminant(&row.reject.why));
    let first = rejected[0];
    let alike = rejected.iter().filter(|row| reason(row) == reason(&first)).count();
    if alike * 2 < rejected.len() {
        return None;
    }
    match (&first.reject.why, first.reject.column) {
        (Reason::UnknownWord, Some(column)) => reason::spelling_or_mapping(kind, column, &first.reject.cell),
        (why, _) => why.remedy(&first.reject.cell),
    }
}

/// No row of the visits can be used.
pub(super) fn none_usable(source: &Source, rejected: &[&Rejected]) -> Trouble {
    let first = rejected[0];
    let (count, example) =
        (rejected.len(), reason::example(first.reject.column, &first.reject.cell, &first.reject.why));
    let found = say(
        format!("{count} 行全部无法使用，没有任何拜访记录，无从检查；首例："),
        format!("none of its rows ({count}) can be used, so there is no visit and nothing can be checked; the first: "),
    );
    Trouble::new(found.then(&example)).file(&source.shown).line(u64::from(first.at.line)).remedy(
        of_most(source.kind, rejected).unwrap_or(words(
            "检查是否选错文件、列名对应（columns.toml）或编码（--encoding）",
            "check for a wrong file, column mapping (columns.toml) or --encoding",
        )),
    )
}
