//! `sheet`: plan sheets on paper, and as a table to key them into. Their pages are set once, for the PDF; page and text follow
//! it, so that numbers and rows are the same on all.

pub mod csv;
pub mod html;
pub mod pdf;
pub mod text;
