//! Marks that a header explains itself: `计划内(X=是)`, `计划内●/计划外○`.

use crate::cell::likely;
use crate::model::{Column, Kind, fold, vocabulary};

/// What parts the marks of a legend.
const BETWEEN: [char; 8] = ['/', '、', ',', '，', ';', '；', '|', ' '];
/// What ends a question or a sentence marks nothing.
const STOPS: [char; 9] = ['？', '！', '：', '。', '）', '】', '”', '…', '、'];
/// A mark is a letter or two.
const LONGEST: usize = 2;

/// Marks with the words for which they stand, as a header has them.
#[derive(Default)]
pub(super) struct Legend(Vec<(String, String)>);

impl Legend {
    pub(super) fn of(header: &str) -> Self {
        let is_bracket = |c: char| matches!(c, '(' | '（' | '[' | '【');
        let within = header.split_once(is_bracket).map(|(_, within)| within.trim_end_matches([')', '）', ']', '】']));
        let parts = |text: &str| text.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty()).count();
        let told = within.map(|within| Self::of_parts(within, &equal)).filter(|legend| !legend.0.is_empty());
        let all = || Self::of_parts(header, &behind);
        told.unwrap_or_else(|| Some(all()).filter(|all| all.0.len() == parts(header)).unwrap_or_default())
    }

    fn of_parts(text: &str, mark: &dyn Fn(&str) -> Option<(String, String)>) -> Self {
        Self(text.split(BETWEEN).filter_map(|part| mark(part.trim())).collect())
    }

    /// The headers' words without the marks.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, word)| word.as_str())
    }

    /// The value of a column for which a mark stands.
    pub(super) fn meaning(&self, kind: Kind, column: Column, mark: &str) -> Option<&'static str> {
        let (_, word) = self.0.iter().find(|(one, _)| fold(one) == fold(mark))?;
        let holds = kind.field(column)?.vocabulary()?;
        let names = vocabulary(kind, column)?;
        let own = holds.place(&fold(word), &|_| None).and_then(|place| names.get(place).copied());
        own.or_else(|| likely(kind, column, word))
    }
}

fn is_mark(text: &str) -> bool {
    (1..=LONGEST).contains(&text.chars().count())
}

/// `X=是`.
fn equal(part: &str) -> Option<(String, String)> {
    let (mark, word) = part.split_once(['=', '＝', ':', '：'])?;
    let (mark, word) = (mark.trim(), word.trim());
    (is_mark(mark) && !word.is_empty()).then(|| (mark.to_owned(), word.to_owned()))
}

/// `计划内●`.
fn behind(part: &str) -> Option<(String, String)> {
    let mark = part.chars().last().filter(|c| !c.is_alphanumeric() && !c.is_ascii() && !STOPS.contains(c))?;
    let word = part.trim_end_matches(mark);
    word.chars().all(char::is_alphanumeric).then(|| (mark.to_string(), word.to_owned())).filter(|_| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_mean_what_the_header_says() {
        let planned = |header, mark| Legend::of(header).meaning(Kind::Visits, Column::Planned, mark);
        for (header, mark, value) in [
            ("计划内(X=是)", "X", Some("yes")),
            ("是否计划（Y=是，N=否）", "N", Some("no")),
            ("计划内●/计划外○", "●", Some("yes")),
            ("计划内●/计划外○", "○", Some("no")),
            ("计划内(X=是)", "Z", None),
            ("计划内", "X", None),
            ("计划？", "？", None),
        ] {
            assert_eq!(planned(header, mark), value, "{header} {mark}");
        }
    }
}
