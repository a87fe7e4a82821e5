//! Documents as Markdown with tables as GitHub has them (<https://github.github.com/gfm/>). Nothing that stands in the data
//! can become markup.

use crate::document::chart::{Chart, Plot};
use crate::document::{Align, Block, Cell, Column, Document, Section, Table, joined};
use crate::quote;

pub fn render(document: &Document) -> String {
    let mut out = String::new();
    blocks(&mut out, document, 2);
    format!("{}\n", out.trim_end())
}

/// `level`: how deep the headings of sections stand.
fn blocks(out: &mut String, document: &Document, level: usize) {
    for block in &document.blocks {
        match block {
            Block::Title(line) => paragraph(out, &format!("# {}", escaped(line))),
            Block::Heading(line) => paragraph(out, &format!("{} {}", "#".repeat(level), escaped(line))),
            Block::Text(line) | Block::Line(_, line) => paragraph(out, &escaped_line(line)),
            Block::Linked(pieces) => paragraph(out, &escaped_line(&joined(pieces))),
            Block::Notice(line) => paragraph(out, &format!("> **{}**", escaped(line))),
            Block::Caption(cell) => paragraph(out, &format!("**{}**", escaped(&cell.text))),
            Block::Table(table) => write_table(out, table),
            Block::Figures(figures) => write_table(out, &figures.table()),
            Block::Matrix(matrix) => write_table(out, &matrix.table()),
            Block::Findings(findings) => {
                paragraph(out, &format!("**{}**", escaped(&findings.caption.text)));
                write_table(out, &findings.table());
            }
            Block::Charts(charts) => charts.iter().for_each(|chart| write_chart(out, chart)),
            Block::Section(section) => write_section(out, section, level),
        }
    }
}

fn paragraph(out: &mut String, line: &str) {
    out.push_str(line);
    out.push_str("\n\n");
}

fn write_section(out: &mut String, section: &Section, level: usize) {
    paragraph(out, &format!("{} {}", "#".repeat(level.min(6)), escaped(&section.heading)));
    if !section.summary.is_empty() {
        let cells: Vec<String> = section.summary.iter().map(|cell| escaped(&cell.text)).collect();
        paragraph(out, &cells.join(" · "));
    }
    blocks(out, &section.body, level + 1);
}

/// What the chart shows, in words; days have a table.
fn write_chart(out: &mut String, chart: &Chart) {
    paragraph(out, &format!("**{}** {}", escaped(&chart.title), escaped(&chart.alternative)));
    if let Plot::Days(strip) = &chart.plot {
        write_table(out, &strip.table());
    }
}

fn write_table(out: &mut String, table: &Table) {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&line(table.columns.iter().map(|column: &Column| escaped(&column.flat_head())).collect()));
    let ruler = |align: Align| if align == Align::Right { "---:" } else { "---" };
    out.push_str(&line(table.columns.iter().map(|column| ruler(column.align).to_owned()).collect()));
    for row in &table.rows {
        out.push_str(&line(row.iter().map(|cell: &Cell| escaped(&cell.text)).collect()));
    }
    out.push('\n');
}

/// On one line, with every character that could be markup taken literally. A backslash before any ASCII punctuation is an
/// escape; `<` and `&` are written as entities, which hold within raw HTML too.
fn escaped(text: &str) -> String {
    let text = quote::tame(text, None);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '$' | '@' => out.extend(['\\', c]),
            // An address is no link.
            ':' if text[at..].starts_with("://") => out.push_str("&#58;"),
            'w' | 'W' if text[at..].get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out
}

/// At the beginning of a line some more could begin a list, a rule or an underlined heading.
fn escaped_line(text: &str) -> String {
    let escaped = escaped(text.trim_start());
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if escaped.starts_with(['-', '+', '=']) {
        format!("\\{escaped}")
    } else if digits > 0 && escaped[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &escaped[..digits], &escaped[digits..])
    } else {
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_breaks_the_table_or_becomes_markup() {
        let hostile = "a|b\nc\\|d `x` **y** [z](http://e.org) <img src=x> & __w__";
        let table = Table {
            columns: vec![Column::left("h|d"), Column::right("n")],
            rows: vec![vec![Cell::new(hostile), Cell::new("- 1")]],
            headed: true,
            breaks: false,
        };
        let mut document = Document::default();
        document.table(table);
        let text = render(&document);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[..2], ["| h\\|d | n |", "| --- | ---: |"]);
        // Without what a backslash takes literally nothing is left that means anything.
        let mut chars = lines[2].chars();
        let bare: String = std::iter::from_fn(|| {
            let c = chars.next()?;
            Some(if c == '\\' { chars.next().map_or(c, |_| ' ') } else { c })
        })
        .collect();
        assert_eq!(bare.matches('|').count(), 3, "{text}");
        assert!(!bare.contains(['`', '*', '_', '[', ']', '<', '>']) && !bare.contains("http://"), "{text}");
    }

    #[test]
    fn a_paragraph_is_no_heading_list_or_rule() {
        for (text, written) in [
            ("# a", "\\# a"),
            (" - a", "\\- a"),
            ("1. a", "1\\. a"),
            ("97.7%", "97\\.7%"),
            ("---", "\\---"),
            ("5 h", "5 h"),
            ("www.example.org", "&#119;ww.example.org"),
        ] {
            assert_eq!(escaped_line(text), written);
        }
    }
}
