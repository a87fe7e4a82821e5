//! Reads the figures back out of a report in each of its formats, knowing nothing of how it was made.

use super::tools;
use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::path::Path;

/// What a report says in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// The four headline percentages, in their order, and how many managers meet the limit of how many: `97.7%`, `5/6`.
    pub headlines: Vec<(String, String)>,
    /// Per manager id the cells of the matrix, in the order of the rules: `✗3/22`.
    pub matrix: BTreeMap<String, Vec<String>>,
}

/// Rows of cells.
pub type Rows = Vec<Vec<String>>;

/// The tables of a Markdown text by the heading that stands above them.
pub fn markdown_tables(text: &str) -> Vec<(String, Rows)> {
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

pub fn of_markdown(text: &str) -> Figures {
    let tables = markdown_tables(text);
    let table = |heading: &str| tables.iter().find(|(above, _)| above == heading).map(|(_, rows)| rows.as_slice());
    let headlines = table("The four headline measures").expect("headlines");
    let matrix = table("Manager × rule").unwrap_or_default();
    Figures {
        headlines: headlines.iter().skip(1).map(|row| (row[2].clone(), met(&row[4]))).collect(),
        matrix: matrix.iter().skip(1).map(|row| (first_word(&row[0]), row[1..].to_vec())).collect(),
    }
}

/// `5 of 6 managers meet it, 1 pending` as `5/6`.
pub fn met(words: &str) -> String {
    if !words.contains(" of ") {
        return "0/0".to_owned();
    }
    let numbers: Vec<&str> = words.split(' ').filter(|word| word.bytes().all(|b| b.is_ascii_digit())).collect();
    format!("{}/{}", numbers[0], numbers[1])
}

pub fn first_word(name: &str) -> String {
    name.split(' ').next().unwrap_or_default().to_owned()
}

/// What stands between two texts, the first of its kind.
pub fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let behind = text.split_once(from).unwrap_or_else(|| panic!("{from} in {text}")).1;
    behind.split_once(to).unwrap_or_else(|| panic!("{to} behind {from}")).0
}

/// The cells of the rows of an HTML table's body, whose ends may be left out.
pub fn rows(body: &str) -> Rows {
    let cells = |row: &str| row.split("<td").skip(1).map(|cell| plain(&format!("<td{cell}"))).collect();
    body.split("<tr").skip(1).map(cells).collect()
}

/// The text of a piece of HTML.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        text.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, behind)| behind) });
    }
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let text = entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c));
    text.trim().to_owned()
}

pub fn of_html(text: &str) -> Figures {
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
    Figures { headlines: figures.map(headline).collect(), matrix: names.zip(rows(matrix)).collect() }
}

impl Figures {
    /// Without the marks of pass and fail: a PDF draws them. What failed still differs, as `3/22` from `22`.
    pub fn unmarked(mut self) -> Self {
        let bare = |cell: &mut String| *cell = cell.trim_start_matches(['✓', '✗']).to_owned();
        self.matrix.values_mut().flatten().for_each(bare);
        self
    }
}

/// Numbers are read as numbers: percentages come from what is counted, marks must be what the counts say.
pub fn of_xlsx(path: &Path) -> Figures {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let summary = book.worksheet_range("Summary").expect("a sheet");
    let rows: Vec<&[Data]> = summary.rows().collect();
    let heading = rows.iter().position(|row| row[0] == "The four headline measures").expect("headlines");
    let headlines = rows[heading + 2..heading + 6].iter().map(|row| {
        let percent = match (&row[4], &row[5], &row[6]) {
            (Data::Float(share), Data::Float(count), Data::Float(of)) => {
                assert!((share - count / of).abs() < 1e-9, "{row:?}");
                let tenths = (*count as u64 * 2000 + *of as u64) / (*of as u64 * 2);
                format!("{}.{}%", tenths / 10, tenths % 10)
            }
            (other, Data::Empty, Data::Empty) => other.to_string(),
            _ => panic!("{row:?}"),
        };
        (percent, met(&row[2].to_string()))
    });
    let headlines = headlines.collect();
    let matrix = book.worksheet_range("Matrix").expect("a sheet");
    let of_manager = |row: &[Data]| {
        let rules = (row.len() - 3) / 4;
        let number = |at: usize| row[3 + at].as_f64().expect("a number") as u64;
        let marks: Vec<String> = row[3..3 + rules].iter().map(Data::to_string).collect();
        for (at, mark) in marks.iter().enumerate() {
            let counts = (number(rules + at), number(2 * rules + at), number(3 * rules + at));
            let expected = match counts {
                (failed @ 1.., assessed, _) => format!("✗{failed}/{assessed}"),
                (0, assessed @ 1.., _) => format!("✓{assessed}"),
                (0, 0, pending @ 1..) => format!("~{pending}"),
                (0, 0, 0) => "-".to_owned(),
            };
            assert_eq!(*mark, expected, "{}", row[0]);
        }
        assert!(matches!(row[0], Data::String(_)), "ids are texts: {row:?}");
        (row[0].to_string(), marks)
    };
    Figures { headlines, matrix: matrix.rows().skip(1).map(of_manager).collect() }
}

/// What can be selected in a PDF, less the marks; `None` without Poppler.
pub fn of_pdf(path: &Path) -> Option<Figures> {
    let in_order = tools::poppler("pdftotext", &["-raw"], path)?;
    let lines: Vec<&str> = between(&in_order, "The four headline measures", "Verdicts by rule").lines().collect();
    let is_number =
        |line: &&&str| **line == "-" || (line.ends_with('%') && line.starts_with(|c: char| c.is_ascii_digit()));
    let is_met = |line: &&&str| line.contains(" meet it") || line.starts_with("nobody");
    let numbers = lines.iter().filter(is_number).map(|line| (*line).to_owned());
    let headlines = numbers.zip(lines.iter().filter(is_met).map(|line| met(line))).collect();
    let laid_out = tools::poppler("pdftotext", &["-layout"], path)?;
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    // The table goes on below as often as the page is too narrow; id and name begin each line.
    for line in between(&laid_out, "Manager × rule", "Branches compared").lines() {
        let mut words = line.split_whitespace().map(str::to_owned);
        if let Some(id) = words.next().filter(|word| word.len() == 4 && word.starts_with("M0")) {
            matrix.entry(id).or_default().extend(words.skip(1));
        }
    }
    Some(Figures { headlines, matrix })
}
