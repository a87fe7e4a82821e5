//! How it is written. Renderers know documents and plain values, no rule.

mod breaks;
pub mod csv;
pub mod docx;
pub mod form_xlsx;
pub mod html;
pub mod json;
pub mod markdown;
mod packed;
pub mod pdf;
pub mod table_xlsx;
pub mod text;
pub mod xlsx;
