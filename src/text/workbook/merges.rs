//! Merged cells: what stands in their corner holds for all of their rows.

use crate::text::workbook::sheet::COLUMNS;

/// Rows and columns, from the first to the last, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// A cell over so many columns is a title, a group of many columns or a note: it stands where it begins.
const WIDE: u32 = 4;

/// The merged cells of a sheet that is read row by row.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// Those that begin below, the last one first.
    waiting: Vec<Area>,
    is_sorted: bool,
    /// Those that go on, with what they show.
    open: Vec<(Area, String)>,
}

impl Merges {
    pub(super) fn add(&mut self, area: Area) {
        if area.rows.0 < area.rows.1 || area.columns.0 < area.columns.1 {
            self.waiting.push(area);
            self.is_sorted = false;
        }
    }

    /// Fills a row's cells, which are in order of their columns. `false` where more cells are merged than a row has.
    pub(super) fn fill(&mut self, row: u32, cells: &mut Vec<(u32, String)>) -> bool {
        if self.waiting.is_empty() && self.open.is_empty() {
            return true;
        }
        if !self.is_sorted {
            self.waiting.sort_by_key(|area| std::cmp::Reverse((area.rows.0, area.columns.0)));
            self.is_sorted = true;
        }
        while let Some(area) = self.waiting.pop_if(|area| area.rows.0 <= row) {
            let corner = cells.iter().find(|(column, _)| *column == area.columns.0 && area.rows.0 == row);
            self.open.extend(corner.map(|(_, cell)| (area, cell.clone())));
        }
        self.open.retain(|(area, _)| area.rows.1 >= row);
        let width = |area: &Area| area.columns.1 - area.columns.0 + 1;
        if self.open.iter().map(|(area, _)| u64::from(width(area))).sum::<u64>() > u64::from(COLUMNS) {
            return false;
        }
        // A row that has nothing of its own is empty.
        if !cells.is_empty() && !self.open.is_empty() {
            let is_free = |column: &u32| cells.binary_search_by_key(column, |(at, _)| *at).is_err();
            let mut fills: Vec<(u32, String)> = Vec::new();
            for (area, cell) in &self.open {
                let last = if width(area) < WIDE { area.columns.1 } else { area.columns.0 };
                fills.extend((area.columns.0..=last).filter(is_free).map(|column| (column, cell.clone())));
            }
            cells.extend(fills);
            cells.sort_by_key(|(column, _)| *column);
            cells.dedup_by_key(|(column, _)| *column);
        }
        true
    }
}
