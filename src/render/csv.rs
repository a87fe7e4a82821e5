//! CSV that a spreadsheet can open without running any of it (SPEC §4).

use crate::document::{Field, Sheet};
use crate::quote::{acts, tame};

/// The mark that tells Excel that a file is UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// UTF-8 without a mark. Texts that a spreadsheet would take for formulas get a leading `'`; nothing in them acts on whoever
/// looks at them.
pub fn render(sheet: &Sheet) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = sheet.header.iter().map(|name| (*name).to_owned());
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<String>>());
    for row in std::iter::once(header.collect()).chain(rows) {
        writer.write_record(&row).expect("rows as long as the header, into memory");
    }
    writer.into_inner().expect("writing into memory cannot fail")
}

fn cell(field: &Field) -> String {
    match field {
        Field::Text(text) if runs(text) => format!("'{}", tame(text, None)),
        Field::Text(text) => tame(text, None),
        Field::Number(text) => text.clone(),
    }
}

/// Whether a spreadsheet would run a cell that begins so: some drop blanks first, and take full-width signs for the others.
fn runs(text: &str) -> bool {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || acts(c));
    text.starts_with(['\t', '\r'])
        || begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not() {
        let openers = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "ok", "a=b", "＝1", " \u{3000}=1", "\u{200b}＠x", "—"];
        let rows = openers.map(|text| vec![Field::Text(text.into()), Field::Number("-1".into())]).to_vec();
        let text = String::from_utf8(render(&Sheet { header: vec!["a", "b"], rows })).unwrap();
        assert_eq!(
            text,
            "a,b\n'=1+1,-1\n'+1,-1\n'-1,-1\n'@x,-1\n'\u{fffd}x,-1\n'\u{fffd}x,-1\nok,-1\na=b,-1\n'＝1,-1\n' \u{3000}=1,-1\n'\u{fffd}＠x,-1\n—,-1\n"
        );
    }
}
