//! CSV that a spreadsheet can open without running any of it (SPEC §4).

/// A cell to be written.
pub enum Field {
    /// Guarded by a leading `'` where a spreadsheet would take it for a formula.
    Text(String),
    Number(String),
}

/// The mark that tells Excel that a file is UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Writes a table row by row.
pub struct Writer {
    writer: ::csv::Writer<Vec<u8>>,
}

impl Writer {
    pub fn new<const N: usize>(header: [&str; N]) -> Self {
        let mut writer = Self { writer: ::csv::Writer::from_writer(Vec::new()) };
        writer.row(header);
        writer
    }

    /// A row of texts.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.fields(cells.map(|cell| Field::Text(cell.to_owned())));
    }

    pub fn fields<const N: usize>(&mut self, fields: [Field; N]) {
        let cells = fields.map(|field| match field {
            Field::Text(text) if runs(&text) => format!("'{text}"),
            Field::Text(text) | Field::Number(text) => text,
        });
        self.writer.write_record(&cells).expect("rows of one length into memory");
    }

    pub fn finish(self) -> Vec<u8> {
        self.writer.into_inner().expect("writing into memory cannot fail")
    }
}

/// Whether a spreadsheet would run a cell that begins so.
fn runs(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not() {
        let mut writer = Writer::new(["a", "b"]);
        for opener in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "ok", "a=b"] {
            writer.fields([Field::Text(opener.into()), Field::Number("-1".into())]);
        }
        let text = String::from_utf8(writer.finish()).unwrap();
        assert_eq!(text, "a,b\n'=1+1,-1\n'+1,-1\n'-1,-1\n'@x,-1\n'\tx,-1\n\"'\rx\",-1\nok,-1\na=b,-1\n");
    }
}
