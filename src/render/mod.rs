//! How it is written. Renderers know documents and plain values, no rule.

mod breaks;
pub mod csv;
#[cfg(feature = "docx")]
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

/// In place of documents for a word processor.
#[cfg(not(feature = "docx"))]
pub mod docx {
    use crate::document::Document;
    use crate::print::Info;
    use crate::trouble::Trouble;

    pub fn render(_: &Document, _: &Info) -> Result<Vec<u8>, Trouble> {
        Err(Trouble::built_without("docx"))
    }
}
