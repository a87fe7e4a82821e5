//! Reads the figures back out of a report in each of its formats, knowing nothing of how it was made.

use calamine::{Data, DataType, Range, Reader, Xlsx};
use std::collections::BTreeMap;

/// What a report says in numbers.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Figures {
    /// The four headline percentages, in their order, and how many managers meet the limit of how many: `97.7%`, `5/6`.
    pub headlines: Vec<(String, String)>,
    /// Per manager id the cells of the matrix, in the order of the rules: `✗3/22`.
    pub matrix: BTreeMap<String, Vec<String>>,
}

/// Rows of cells.
pub(crate) type Rows = Vec<Vec<String>>;

/// The tables of a Markdown text by the heading that stands above them.
pub(crate) fn markdown_tables(text: &str) -> Vec<(String, Rows)> {
    let mut tables: Vec<(String, Rows)> = Vec::new();
    let (mut heading, mut inside) = (String::new(), false);
    for line in text.lines() {
        if let Some(title) = line.strip_prefix('#') {
            heading = title.trim_start_matches('#').trim().to_owned();
        }
        if !line.starts_with('|') {
            inside = false;
            continue;
        }
        let cells: Vec<String> = cells(line);
        if !inside {
            tables.push((heading.clone(), vec![]));
        }
        inside = true;
        let is_ruler = cells.iter().all(|cell| !cell.is_empty() && cell.trim_matches(['-', ':']).is_empty());
        if !is_ruler || cells.iter().all(|cell| cell == "-") {
            tables.last_mut().expect("a table has begun").1.push(cells);
        }
    }
    tables
}

/// The cells of a line, split at pipes that no backslash escapes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = line.trim().trim_start_matches('|').chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => cells.last_mut().unwrap().extend(chars.next()),
            '|' => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells.pop();
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

pub(crate) fn of_markdown(text: &str) -> Figures {
    let tables = markdown_tables(text);
    let table = |heading: &str| tables.iter().find(|(above, _)| above == heading).map(|(_, rows)| rows.as_slice());
    let headlines = table("The four headline measures").expect("headlines");
    let matrix = table("Manager × rule").unwrap_or_default();
    Figures {
        headlines: headlines.iter().skip(1).map(|row| (row[2].clone(), met(&row[4]))).collect(),
        matrix: matrix.iter().skip(1).map(|row| (first_word(&row[0]), row[1..].to_vec())).collect(),
    }
}

/// `1 of 6 managers misses it, 1 pending` as `5/6`, and `6 of 6 managers meet it` as `6/6`.
pub(crate) fn met(words: &str) -> String {
    let numbers: Vec<u64> = words.split(' ').filter_map(|word| word.parse().ok()).collect();
    match (words.contains(" miss"), words.contains(" meet")) {
        (true, _) => format!("{}/{}", numbers[1] - numbers[0], numbers[1]),
        (_, true) => format!("{}/{}", numbers[0], numbers[1]),
        _ => "0/0".to_owned(),
    }
}

pub(crate) fn first_word(name: &str) -> String {
    name.split(' ').next().unwrap_or_default().to_owned()
}

/// What stands between two texts, the first of its kind.
pub(crate) fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let behind = text.split_once(from).unwrap_or_else(|| panic!("{from} in {text}")).1;
    behind.split_once(to).unwrap_or_else(|| panic!("{to} behind {from}")).0
}

/// The cells of the rows of an HTML table's body, whose ends may be left out.
pub(crate) fn rows(body: &str) -> Rows {
    let cells = |row: &str| row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}"))).collect();
    body.split("<tr").skip(1).map(cells).collect()
}

/// The text of a piece of HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        text.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, behind)| behind) });
    }
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c));
    text.trim().to_owned()
}

pub(crate) fn of_html(text: &str) -> Figures {
    let figures = text.split("<section class=\"figure ").skip(1);
    let headline = |figure: &str| {
        let number = plain(between(figure, "<p class=\"number\">", "</p>"));
        (number, met(&plain(between(figure, "<p class=\"met\">", "</p>"))))
    };
    let matrix = match text.contains("class=\"scroll matrix\"") {
        true => between(text, "class=\"scroll matrix\"", "</table>").split_once("<tbody>").unwrap().1,
        false => "",
    };
    let heads = matrix.split("<th scope=\"row\">").skip(1).map(|head| head.split("</th>").next().unwrap_or_default());
    let names = heads.map(|head| first_word(&plain(head)));
    // Score and branch stand before the rules.
    let cells = rows(matrix).into_iter().map(|row| row[2..].to_vec());
    Figures { headlines: figures.map(headline).collect(), matrix: names.zip(cells).collect() }
}

/// A workbook's sheets with their cells from A1 on.
pub(crate) fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let read = |(name, range): (String, Range<Data>)| {
        let end = range.end().unwrap_or_default();
        (name, range.range((0, 0), end).rows().map(<[Data]>::to_vec).collect())
    };
    book.worksheets().into_iter().map(read).collect()
}

/// A whole number that a cell holds.
pub(crate) fn count(cell: &Data) -> u64 {
    let number = cell.as_f64().unwrap_or_else(|| panic!("a number, not {cell:?}"));
    assert_eq!(number.fract(), 0.0);
    number as u64
}

/// The headlines from the first sheet, the matrix from the third: there the counts behind the marks.
pub(crate) fn of_xlsx(sheets: &[(String, Vec<Vec<Data>>)]) -> Figures {
    let summary = &sheets[0].1;
    let head = summary.iter().position(|row| row[1] == "limit").expect("the headlines");
    let headline = |row: &Vec<Data>| {
        let percent = match row[4].as_f64() {
            Some(share) => {
                assert_eq!(share, count(&row[5]) as f64 / count(&row[6]) as f64);
                format!("{:.1}%", share * 100.0)
            }
            None => row[4].to_string(),
        };
        (percent, met(&row[2].to_string()))
    };
    let manager = |row: &Vec<Data>| {
        let rules = (row.len() - 3) / 5;
        let cell = |at: usize| {
            let [failed, assessed, doubtful, pending] = [1, 2, 3, 4].map(|block| count(&row[3 + block * rules + at]));
            let unsure = |n: u64| if n > 0 { format!(" ?{n}") } else { String::new() };
            let cell = match (assessed, failed, doubtful, pending) {
                (n, k @ 1.., d, _) => format!("✗{k}/{n}{}", unsure(d)),
                (n @ 1.., 0, d, _) => format!("✓{n}{}", unsure(d)),
                (0, 0, d @ 1.., _) => format!("?{d}"),
                (0, 0, 0, p @ 1..) => format!("~{p}"),
                _ => "-".to_owned(),
            };
            assert_eq!(cell, row[3 + at].to_string());
            cell
        };
        (row[0].to_string(), (0..rules).map(cell).collect())
    };
    Figures {
        headlines: summary[head + 1..head + 5].iter().map(headline).collect(),
        matrix: sheets[2].1.iter().skip(1).map(manager).collect(),
    }
}
