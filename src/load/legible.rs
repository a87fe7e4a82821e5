//! What can be read of rejected rows (SPEC §1.1).

use crate::load::body::Body;
use crate::load::context::ParseContext;
use crate::load::fields::Fields;
use crate::load::row::{Cells, Parse};
use crate::model::Column;
use crate::store::chunk::{Chunk, Growing, MOST_ROWS, RowRead};

/// Reads what can be read of rejected rows. Their ids are kept apart: they make nobody a manager or a customer.
pub(super) struct Legible<'a, T> {
    body: &'a Body<'a>,
    /// Begun with the first of them.
    begun: Option<(ParseContext<'a>, Growing<T>)>,
    chunks: Vec<Chunk<T>>,
}

impl<'a, T: Parse> Legible<'a, T> {
    pub(super) fn new(body: &'a Body<'a>) -> Self {
        Self { body, begun: None, chunks: vec![] }
    }

    /// Keeps a row. The digest of its cells.
    pub(super) fn add(&mut self, fields: Fields, line: u32) -> u64 {
        let Body { layout, reading, .. } = *self.body;
        let begin = || (ParseContext::of_rejected(reading, layout), Growing::with_capacity(0));
        let (context, growing) = self.begun.get_or_insert_with(begin);
        let mut cells = Cells::new(fields, context);
        let read = T::read(&mut cells);
        let digest = cells.digest();
        let is_undated = T::DATED_BY.is_some_and(|column| cells.unknown.contains(column));
        if is_undated {
            cells.unknown.insert(Column::Date);
        }
        let (manager, unknown) = (cells.manager, cells.unknown);
        context.bad.clear();
        // No cell rejects a row that is rejected already.
        let Ok(row) = read else { return digest };
        growing.push(row, RowRead { manager, line, digest, unknown }, &mut context.bad);
        if growing.rows.len() == MOST_ROWS || context.arena.are_full() {
            self.flush();
        }
        digest
    }

    fn flush(&mut self) {
        if let Some((context, growing)) = self.begun.take() {
            self.chunks.push(growing.into_chunk(self.body.number, context.arena));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Chunk<T>> {
        self.flush();
        self.chunks.retain(|chunk| !chunk.rows.is_empty());
        self.chunks
    }
}
