//! The matrix: on a page across where it is wide, in smaller type where that helps, else in parts below one another.

use super::tables::{self, measure};
use crate::document::Matrix;
use crate::print::{Flow, Fonts, Style};

/// From the one that is read best.
const SIZES: [f32; 3] = [7.0, 6.2, 5.5];

fn least(matrix: &Matrix, size: f32, fonts: &Fonts) -> f32 {
    measure(&matrix.table(), Style::new(size), fonts).iter().map(|column| column.least).sum()
}

/// Whether a width holds all columns in a type that is not the smallest.
pub(super) fn fits(matrix: &Matrix, width: f32, fonts: &Fonts) -> bool {
    least(matrix, SIZES[1], fonts) <= width
}

pub(super) fn add(flow: &mut Flow, matrix: &Matrix, fonts: &Fonts) {
    let fitting = SIZES.into_iter().find(|size| least(matrix, *size, fonts) <= flow.width());
    tables::add(flow, &matrix.table(), Style::new(fitting.unwrap_or(SIZES[1])), fonts);
}
