//! How it is written. Renderers know documents and plain values, no rule.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod pdf;
pub mod sample_pdf;
pub mod sheet_html;
pub mod sheet_pdf;
pub mod sheet_text;
pub mod table_xlsx;
pub mod text;
pub mod xlsx;
