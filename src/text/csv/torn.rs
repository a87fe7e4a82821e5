//! Records that a stray quote has made of several rows (SPEC §1.2, `rows_in_a_cell`).
//!
//! One quote too many, and the rows behind it are one cell, up to the next quote or the end of the file. No program writes
//! text behind a closing quote, and no cell holds lines of as many cells as the header has: such a record is not what was
//! meant. Of a record of several lines with one quote too many the quotes do not go in pairs, so one of them stands where none
//! opens or closes a field, or none closes the last: it is always noticed. Two too many go in pairs: what is between them then has
//! lines that are rows, or its own lines are.

use memchr::{memchr, memchr_iter};

/// Whether a record, its line end included, is torn; `width` is how many cells the header has.
pub fn is_torn(record: &[u8], delimiter: u8, width: usize) -> bool {
    let is_stop = |byte: u8| byte == delimiter || matches!(byte, b'\n' | b'\r');
    let opens = |at: usize| at == 0 || is_stop(record[at - 1]);
    let (mut from, mut has_breaks, mut has_plain) = (0, false, false);
    while let Some(quote) = memchr(b'"', &record[from..]).map(|offset| from + offset) {
        if !opens(quote) {
            has_plain = true;
            from = quote + 1;
            continue;
        }
        let Some(close) = closing(record, quote + 1) else { return true };
        let cell = &record[quote + 1..close];
        // Blanks behind a closing quote are cut off with those of the cell.
        let mut behind = record[close + 1..].iter().skip_while(|byte| **byte == b' ');
        if behind.next().is_some_and(|byte| !is_stop(*byte)) || holds_a_row(cell, delimiter, width) {
            return true;
        }
        has_breaks |= cell.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        from = close + 1;
    }
    has_breaks && (has_plain || are_rows(record, delimiter, width))
}

/// Whether every line of a record would be a row if its quotes were plain characters: two stray quotes, one before a cell and one
/// behind a cell of the next row. A cell that people wrote in two lines would have to hold just the delimiters that both lack; in
/// narrow tables it may.
fn are_rows(record: &[u8], delimiter: u8, width: usize) -> bool {
    const NARROW: usize = 3;
    let mut lines = record.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty());
    width > NARROW && lines.all(|line| memchr_iter(delimiter, line).count() + 1 == width)
}

/// Where a quoted field closes that is read from here.
fn closing(record: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let quote = from + memchr(b'"', &record[from..])?;
        if record.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        from = quote + 2;
    }
}

/// Whether a line of the cell has as many cells as the header; its first and last belong to the row that it stands in.
fn holds_a_row(cell: &[u8], delimiter: u8, width: usize) -> bool {
    let mut lines = cell.split(|byte| matches!(byte, b'\n' | b'\r')).skip(1).peekable();
    while let Some(line) = lines.next() {
        if width > 1 && lines.peek().is_some() && memchr_iter(delimiter, line).count() + 1 == width {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_program_writes_is_torn() {
        for torn in [
            "1,\"x,3\n4,5,6\n7,\"y\",9\n",
            "1,\"x,3\n4,5,6\n7,\",\",9\n",
            "1,\"x\"y,3\n",
            "1,\"\"x\",3\n",
            "1,\"x,3\n",
            "1,\"x",
            "1,\"x\ny\",a\"b\n",
        ] {
            assert!(is_torn(torn.as_bytes(), b',', 3), "{torn:?}");
        }
        assert!(
            is_torn(b"1,\"2,3,4\n1,2\",3,4\n", b',', 4),
            "a quote before a cell, one behind a cell of the next row"
        );
        assert!(!is_torn(b"1,\"2,3\n1,2\",3,4\n", b',', 4));
        for whole in [
            "1,\"x\ny\",3\n",
            "\"x\ny\",2,3\n",
            "1,2,\"x\n\ny\"\r\n",
            "1,\"x\r\na,b\r\ny\",3",
            "1,\"x\" ,3\n",
            "1,x\"y,\"z\"\"\"\n",
            "\"\",\"\",\"\"\n",
            "1,\"\"\"\",3\n",
        ] {
            assert!(!is_torn(whole.as_bytes(), b',', 3), "{whole:?}");
        }
    }
}
