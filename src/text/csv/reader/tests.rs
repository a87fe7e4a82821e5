use super::*;
use crate::text::csv::index::WINDOW;
use proptest::prelude::*;

type Seen = (u32, String, u64);

fn rows(text: &str) -> (Vec<Seen>, u64) {
    let mut rows = Records::new(text.as_bytes(), b',', newline(text.as_bytes()));
    let mut seen = Vec::new();
    loop {
        match rows.next_row() {
            Ok(row) => seen.push((row.line, text[row.place.0..row.place.1].to_owned(), row.blank_before)),
            Err(blank) => return (seen, blank),
        }
    }
}

#[test]
fn records_know_their_line_behind_quoted_newlines_and_blank_lines() {
    let (seen, tail) = rows("a,b\n\"x\ny\",2\n\n\r\nlast,\"q\"\n\n");
    let expected = [(0, "a,b\n", 0), (1, "\"x\ny\",2\n", 0), (5, "last,\"q\"\n", 2)];
    assert_eq!(seen, expected.map(|(line, raw, blank)| (line, raw.to_owned(), blank)));
    assert_eq!(tail, 1);
}

#[test]
fn every_line_ending_counts_once() {
    for ending in ["\n", "\r\n", "\r"] {
        let (seen, tail) = rows(&["a,1", "b,2", "", "c,3", ""].join(ending));
        let lines: Vec<_> = seen.iter().map(|(line, _, blank)| (*line, *blank)).collect();
        assert_eq!((lines, tail), (vec![(0, 0), (1, 0), (3, 1)], 0), "{ending:?}");
    }
}

fn fields(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut rows = Records::new(text, b',', b'\n');
    let mut all = Vec::new();
    while let Ok(row) = rows.next_row() {
        all.push(row.fields().map(<[u8]>::to_vec).collect());
    }
    all
}

fn by_the_csv_crate(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let fields = |record: csv::ByteRecord| record.iter().map(<[u8]>::to_vec).collect();
    reader.into_byte_records().map(|record| fields(record.unwrap())).collect()
}

#[test]
fn windows_of_the_index_leave_no_seam() {
    let row = format!("{},\"x\ny\",{}\r\n{},{}\n", "a".repeat(61), "b".repeat(70), "c".repeat(300), "d".repeat(9));
    let text = row.repeat(3 * WINDOW / row.len());
    assert_eq!(fields(text.as_bytes()), by_the_csv_crate(text.as_bytes()));
    let long = format!("a,{}\nb,\"{}\"\nc", "x".repeat(2 * WINDOW), "y\n".repeat(2 * WINDOW));
    assert_eq!(fields(long.as_bytes()), by_the_csv_crate(long.as_bytes()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    #[test]
    fn rows_are_those_of_the_csv_crate(
        text in proptest::collection::vec(prop::sample::select(b"aaa,,\"\n\n\r ".to_vec()), 0..200),
    ) {
        prop_assert_eq!(fields(&text), by_the_csv_crate(&text));
    }
}

/// Cells as programs write them, and as they do not, in rows that reach over the borders of blocks.
fn written() -> impl Strategy<Value = Vec<u8>> {
    let cells = vec![
        "a",
        "",
        "\"\"",
        "\"b c\"",
        "\"d, e\"",
        "\"f\ng\"",
        "\"h\r\ni\"",
        "\"j\"\"k\"",
        "\"\"\"\"",
        "\"l",
        "m\"",
        "n\"o",
        "\"p\"q",
        "\"\"r\"\"",
        "\"\"\"",
        "\"",
        "\r",
        "0123456789abcdefghijklmnopqrstuvwxyz",
        "\"0123456789abcdefghijklmnopqrstuvwxyz\"",
    ];
    let parts = proptest::collection::vec(
        (prop::sample::select(cells), prop::sample::select(vec![",", ",", ",", "\n", "\r\n", "\r"])),
        0..80,
    );
    (0usize..70, parts).prop_map(|(pad, parts)| {
        let text: String = parts.into_iter().flat_map(|(cell, behind)| [cell, behind]).collect();
        format!("{}{text}", "x".repeat(pad)).into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]
    #[test]
    fn rows_of_written_cells_are_those_of_the_csv_crate(text in written()) {
        prop_assert_eq!(fields(&text), by_the_csv_crate(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    /// Below a header torn records come line by line, and all others as they are; nothing is left out or said twice.
    #[test]
    fn below_a_header_every_line_is_a_row_or_in_one(text in written(), width in 1usize..4) {
        let mut rows = Records::new(&text, b',', b'\n').below_header(width);
        let mut at = 0;
        let mut torn = Vec::new();
        loop {
            let (blank, row) = match rows.next_row() {
                Ok(row) => (row.blank_before, Some((row.place, row.torn))),
                Err(blank) => (blank, None),
            };
            let start = row.map_or(text.len(), |((start, _), _)| start);
            prop_assert!(text[at..start].iter().all(|byte| matches!(byte, b'\n' | b'\r')));
            prop_assert_eq!(text[at..start].is_empty(), blank == 0);
            let Some(((start, end), is_torn)) = row else { break };
            let breaks = text[start..end].iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| {
                text[start..start + last].iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count()
            });
            prop_assert!(!is_torn || breaks == 0, "a torn row is a line");
            if is_torn {
                torn.push(start);
            }
            at = end;
        }
        let whole = by_the_csv_crate(&text);
        let is_sound = torn.is_empty();
        prop_assert!(!is_sound || fields_below(&text, width) == whole);
    }
}

fn fields_below(text: &[u8], width: usize) -> Vec<Vec<Vec<u8>>> {
    let mut rows = Records::new(text, b',', b'\n').below_header(width);
    let mut all = Vec::new();
    while let Ok(row) = rows.next_row() {
        all.push(row.fields().map(<[u8]>::to_vec).collect());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    /// What is called clean needs no cleaning; what begins and ends plainly, in ASCII, is called clean.
    #[test]
    fn clean_rows_need_no_cleaning(cells in proptest::collection::vec(
        prop::sample::select(vec!["a", "C1 x", " ", " b", "c ", "'d", "=\"e\"", "'", "\u{3000}", "甲\u{3000}", "\u{a0}f", "乙丙", "\t",
            "\u{2003}g", "h\u{85}", ",", "\n", "\r\n", "\"i\"", "\" j\"", "it's", "a=b", ""]), 0..60,
    ), pad in 0usize..70) {
        let needs_cleaning = |cell: &str| cell.trim() != cell || cell.starts_with('\'') || cell.starts_with("=\"");
        let text = format!("{}{}", "x".repeat(pad), cells.join(","));
        let mut rows = Records::new(text.as_bytes(), b',', b'\n');
        while let Ok(row) = rows.next_row() {
            let fields: Vec<&str> = row.fields().map(|field| std::str::from_utf8(field).unwrap()).collect();
            let tidy = !fields.iter().any(|field| needs_cleaning(field));
            prop_assert!(tidy || !row.places.clean, "{:?}", fields);
            let last = row.place.1 == text.len();
            let soil = |byte: &u8| *byte <= b' ' || matches!(byte, b'\'' | b'=');
            let edged = |field: &&str| field.bytes().next().is_some_and(|b| soil(&b)) || field.bytes().last().is_some_and(|b| soil(&b));
            let plain = fields.iter().all(|field| field.is_ascii() && !edged(field));
            prop_assert!(row.places.clean || last || !plain, "{:?}", fields);
        }
    }
}
