//! One quote too many: no row goes unsaid (SPEC §1.2, `rows_in_a_cell`).

use crate::harness::*;
use baifang::text::csv::reader::Records;
use std::ops::Range;

/// How a table is written: what is quoted, and what ends a line.
#[derive(Clone, Copy, Debug)]
struct Style {
    quoted: Quoted,
    delimiter: char,
    line_end: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Quoted {
    Needed,
    Empty,
    All,
}

const WIDTH: usize = 9;

/// A cell of many sorts, some of which need quotes; those of several lines only where they are asked for.
fn cell(row: usize, column: usize, with_breaks: bool) -> String {
    match (row * 7 + column * 3 + row / 5) % 13 {
        0 | 4 => String::new(),
        1 => format!("路口{row}, 东侧"),
        2 => "说\"不在\"".to_owned(),
        3 if with_breaks => format!("第一行\n第{row}行"),
        5 => ",x".to_owned(),
        6 => "\"".to_owned(),
        _ => format!("C{row:03}-{column}"),
    }
}

/// A table, and where in it each row and each cell stands.
fn table(style: Style, rows: usize, with_breaks: bool) -> (String, Vec<Range<usize>>, Vec<usize>) {
    let (mut text, mut places, mut cells) = (String::new(), Vec::new(), Vec::new());
    for row in 0..rows {
        let start = text.len();
        for column in 0..WIDTH {
            if column > 0 {
                text.push(style.delimiter);
            }
            cells.push(text.len());
            let cell = cell(row, column, with_breaks);
            let needed = cell.contains(['"', '\n', style.delimiter]);
            let quoted = needed || style.quoted == Quoted::All || style.quoted == Quoted::Empty && cell.is_empty();
            text += &if quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell };
        }
        text += style.line_end;
        places.push(start..text.len());
    }
    (text, places, cells)
}

fn styles() -> impl Iterator<Item = Style> {
    let quoted = [Quoted::Needed, Quoted::Empty, Quoted::All];
    quoted.into_iter().flat_map(|quoted| {
        [(',', "\n"), (',', "\r\n"), ('\t', "\n")].map(|(delimiter, line_end)| Style { quoted, delimiter, line_end })
    })
}

/// Where each record of a text stands, and whether it is a line of a torn one.
fn records(text: &str, delimiter: char) -> Vec<(Range<usize>, bool)> {
    let mut records = Records::new(text.as_bytes(), delimiter as u8, b'\n').below_header(WIDTH);
    let mut all = Vec::new();
    while let Ok(row) = records.next_row() {
        all.push((row.place.0..row.place.1, row.torn));
    }
    all
}

#[test]
fn a_quote_before_any_cell_swallows_no_row() {
    let mut tried = 0;
    for (style, with_breaks) in styles().flat_map(|style| [(style, false), (style, true)]) {
        let (text, rows, cells) = table(style, 65, with_breaks);
        assert_eq!(records(&text, style.delimiter), rows.iter().map(|row| (row.clone(), false)).collect::<Vec<_>>());
        for cell in cells {
            let stray = format!("{}\"{}", &text[..cell], &text[cell..]);
            let moved = |at: usize| at + usize::from(at > cell);
            let mut at = 0;
            for (place, torn) in records(&stray, style.delimiter) {
                assert_eq!(place.start, at, "{style:?} {cell}: nothing is left out");
                at = place.end;
                let holds = rows.iter().filter(|row| place.start < moved(row.end) && moved(row.start) < place.end);
                assert_eq!(holds.count(), 1, "{style:?} {cell}: {:?}", &stray[place]);
                assert!(!torn || at <= stray.len());
            }
            assert_eq!(at, stray.len());
            tried += 1;
        }
    }
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn every_physical_row_has_its_fate() {
    let header = "manager_id,customer_id,mode,started_at,ended_at,visit_id,note\n";
    let line = |day: usize, quote: usize| {
        let cells =
            ["M1", "C1", "onsite", &format!("2026-09-{:02} 08:00", day + 1), "", &format!("V{day}"), "\"a, b\""];
        let written =
            cells.iter().enumerate().map(|(at, cell)| format!("{}{cell}", if at == quote { "\"" } else { "" }));
        written.collect::<Vec<_>>().join(",") + "\n"
    };
    let good = format!("{VISITS}M1,C1,onsite,2026-09-30 08:00,,W1\n");
    for pick in 0..14 {
        let (row, column) = (pick * 5 % 12, pick % 7);
        let rows: String = (0..12).map(|day| line(day, if day == row { column } else { 7 })).collect();
        let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 100\n").customers(1);
        let json = site.with("data/visits.csv", [header, &rows].concat()).with("data/visits2.csv", &good).check("");
        let fates = json.input("visits.csv")["rows"].as_object().expect("rows");
        assert_eq!(fates.values().filter_map(|rows| rows.as_u64()).sum::<u64>(), 12, "{row} {column}: {fates:?}");
        assert!(fates["rejected"].as_u64() >= Some(1), "{row} {column}: {fates:?}");
    }
}

/// Two notes with one quote each, ten rows apart: one opens, the other closes.
#[test]
fn rows_between_two_stray_quotes_are_rejected_line_by_line() {
    let row = |day: usize, note: &str| format!("M1,C1,onsite,2026-09-{day:02} 08:00,V{day},{note}\n");
    let rows: String = (1..=30)
        .map(|day| match day {
            8 => row(day, "\"说不在"),
            18 => row(day, "店主\""),
            25 => row(day, "\"两行,的\n备注\""),
            _ => row(day, ""),
        })
        .collect();
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 40\n").customers(1);
    let site = site.with("data/visits.csv", format!("manager_id,customer_id,mode,started_at,visit_id,note\n{rows}"));
    let json = site.check("");
    assert_eq!(json.fates("visits.csv"), "used 19, rejected 11");
    assert_eq!(json.rejected("visits.csv"), (9..=19).map(|line| line.to_string()).collect::<Vec<_>>());
}

/// Below the limit a quote that never closes costs the rows behind it, and above it stops the run.
#[test]
fn a_quote_that_never_closes_costs_the_rows_behind_it() {
    let site = |quoted: usize| {
        let note = |day: usize| if day == quoted { "\"好" } else { "好" };
        let rows: String = (0..40).map(|n| format!("M1,C1,onsite,2026-09-07 08:{n:02},{}\n", note(n))).collect();
        let site = Site::judging(&["must-onsite"]).customers(1);
        site.with("data/visits.csv", format!("manager_id,customer_id,mode,started_at,note\n{rows}"))
    };
    assert_eq!(site(38).check("").fates("visits.csv"), "used 38, rejected 2");
    let said = site(20).stopped("");
    assert!(said.contains("visits.csv:22: 20 of 40 rows cannot be used"), "{said}");
    assert!(said.contains("a quote is stray or never closes"), "{said}");
}
