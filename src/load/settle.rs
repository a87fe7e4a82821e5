//! The fate of every row for the dates that are looked at, and the accounts of files (SPEC §2.3).

use crate::cell::reason::{Bad, Reason};
use crate::lang::say;
use crate::load::accounts::{BadCells, FileInfo};
use crate::load::partitions::{Partitions, each};
use crate::model::*;
use crate::parallel;
use crate::store::chunk::Chunk;
use crate::store::fates::{Counts, Fate};
use crate::store::partition::Partition;
use crate::store::row::Row;
use crate::trouble::Trouble;
use std::collections::BTreeMap;

/// What makes bad cells the same.
type BadCell = (Kind, Column, Box<str>, Reason);

/// What comes together while the kinds are settled.
pub(super) struct Settling<'a> {
    scope: &'a Scope,
    /// For each file its rows by fate and its bad cells.
    counts: Vec<(Counts, u64)>,
    bad: BTreeMap<BadCell, (u64, At)>,
}

/// What a chunk comes to.
#[derive(Default)]
struct Settled {
    counts: Counts,
    bad: Vec<(Bad, At)>,
}

impl<'a> Settling<'a> {
    pub(super) fn new(scope: &'a Scope, files: &[FileInfo]) -> Self {
        Self { scope, counts: files.iter().map(|file| (file.rows, 0)).collect(), bad: BTreeMap::new() }
    }

    pub(super) fn settle_all(&mut self, partitions: &mut Partitions) {
        each!(partitions, partition => self.settle(partition));
    }

    fn settle<T: Row>(&mut self, partition: &mut Partition<T>) {
        let span = self.scope.span(T::KIND);
        let settled: Vec<Settled> = parallel::map_mut(&mut partition.chunks, |chunk| settle_chunk(chunk, span));
        for (chunk, settled) in partition.chunks.iter().zip(settled) {
            let (counts, bad_cells) = &mut self.counts[chunk.file as usize];
            counts.join(&settled.counts);
            *bad_cells += settled.bad.len() as u64;
            for (bad, at) in settled.bad {
                let group = self.bad.entry((T::KIND, bad.column, bad.cell, bad.why)).or_insert((0, at));
                *group = (group.0 + 1, group.1.min(at));
            }
        }
    }

    pub(super) fn bad_cells(&mut self) -> Vec<BadCells> {
        let group = |((kind, column, cell, why), (count, first))| BadCells {
            kind,
            bad: Bad { column, cell, why },
            count,
            first,
        };
        std::mem::take(&mut self.bad).into_iter().map(group).collect()
    }

    /// Completes what is told of the files. That every row has met one fate is not taken on trust.
    pub(super) fn complete(&self, files: &mut [FileInfo]) -> Result<(), Trouble> {
        for (file, (rows, bad_cells)) in files.iter_mut().zip(&self.counts) {
            if rows.sum() != file.read {
                let (read, sum) = (file.read, rows.sum());
                let found = say(
                    format!("程序内部错误：读入 {read} 行，各去向合计 {sum} 行"),
                    format!("an internal error: {read} rows were read, but their fates add up to {sum}"),
                );
                return Err(Trouble::new(found).file(&file.source.shown));
            }
            (file.rows, file.bad_cells) = (*rows, *bad_cells);
        }
        Ok(())
    }
}

/// Settles the fates that depend on the dates looked at. What repeats another row, is stray or not read stays so.
fn settle_chunk<T: Row>(chunk: &mut Chunk<T>, span: DateSpan) -> Settled {
    let mut settled = Settled::default();
    for row in 0..chunk.rows.len() {
        let fate = chunk.fates[row];
        if matches!(fate, Fate::Used | Fate::Superseded)
            && !chunk.rows[row].may_be_within(span, || chunk.unknown_of(row))
        {
            chunk.fates[row] = Fate::OtherPeriod;
        } else if fate == Fate::Used && chunk.rows[row].is_set_aside() {
            chunk.fates[row] = Fate::SetAside;
        }
        settled.counts.add(chunk.fates[row]);
    }
    for (row, bad) in std::mem::take(&mut chunk.bad) {
        if chunk.fates[row as usize] != Fate::OtherPeriod {
            settled.bad.push((bad, chunk.at(row as usize)));
        }
    }
    settled
}
