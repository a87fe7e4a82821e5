//! Cells that hold one of a few words, lists of texts, and photos (SPEC §2.2).

use super::cells::{Cell, text};
use super::reason::Reason;
use crate::model::{Vocabulary, Word, YesNo, fold};

/// The place of a word's value in its vocabulary; `added` gives the canonical name that a folded word stands for besides. Marks
/// for nothing are only those that are no word of the vocabulary, as 无 is of "no".
pub(crate) fn word(cell: &str, vocabulary: Vocabulary, added: &dyn Fn(&str) -> Option<&'static str>) -> Cell<usize> {
    Cell::read(cell, Reason::UnknownWord, |cell| vocabulary.place(&fold(cell), added))
}

/// What tells of a photo: a name, a link or a yes; what says no is none.
pub(crate) fn photo(cell: &str) -> Cell<&str> {
    // No word for no has more than the five letters of "false".
    let says_no = |cell: &str| cell.chars().nth(5).is_none() && YesNo::of(&fold(cell)) == Some(YesNo::No);
    match text(cell) {
        Cell::Value(cell) if says_no(cell) => Cell::Empty,
        read => read,
    }
}

/// The photos of a cell that names several.
pub(crate) fn photos(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '；', '、', ',']).map(str::trim).filter(|photo| !photo.is_empty())
}

/// The texts of a cell that holds several, as people and programs list them: `["甲","乙"]` too.
pub(crate) fn items(cell: &str) -> impl Iterator<Item = &str> {
    const BETWEEN: [char; 12] = [';', '；', '、', ',', '，', '|', '｜', '+', '＋', '/', '\n', '\r'];
    const QUOTES: [char; 4] = ['"', '\'', '“', '”'];
    let listed = cell.trim().strip_prefix('[').and_then(|cell| cell.strip_suffix(']')).unwrap_or(cell);
    listed.split(BETWEEN).map(|item| item.trim().trim_matches(QUOTES).trim()).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mode, Planned};

    #[test]
    fn words_are_those_of_the_vocabulary_and_those_added() {
        let added = |word: &str| (word == "巡店").then_some("onsite");
        let read = |cell| word(cell, Mode::VOCABULARY, &added);
        assert_eq!((read("实地"), read(" ＱＱ "), read("巡店")), (Cell::Value(0), Cell::Value(2), Cell::Value(0)));
        assert_eq!((read(""), read("--"), read("无")), (Cell::Empty, Cell::Empty, Cell::Empty));
        assert_eq!(
            (read("顺路"), read("#N/A")),
            (Cell::Unknown(Reason::UnknownWord), Cell::Unknown(Reason::ErrorValue))
        );
    }

    #[test]
    fn ticks_and_crosses_are_a_yes_and_a_no() {
        let read = |cell| word(cell, Planned::VOCABULARY, &|_| None);
        for cell in ["是", "√", "✓", "对", "TRUE", "１", "计划", "计划内拜访"] {
            assert_eq!(read(cell), Cell::Value(0), "{cell}");
        }
        for cell in ["否", "×", "✗", "错", "无", "临时", "计划外"] {
            assert_eq!(read(cell), Cell::Value(1), "{cell}");
        }
        assert_eq!(read("例行"), Cell::Unknown(Reason::UnknownWord));
    }

    #[test]
    fn a_photo_is_whatever_does_not_say_that_there_is_none() {
        for cell in ["p.jpg", "https://x/1", "是", "有", "1", "√"] {
            assert_eq!(photo(cell), Cell::Value(cell), "{cell}");
        }
        for cell in ["", "否", "无", "No", "false", "0", "×", "-", "NaN"] {
            assert_eq!(photo(cell), Cell::Empty, "{cell}");
        }
        assert_eq!(photo("#REF!"), Cell::Unknown(Reason::ErrorValue));
    }

    #[test]
    fn several_texts_of_a_cell() {
        for cell in [
            "订货指导；陈列、 ,明码;",
            "订货指导|陈列｜明码",
            "订货指导+陈列 / 明码",
            "订货指导，陈列\r\n明码\n",
            "[\"订货指导\", \"陈列\",\"明码\"]",
            "['订货指导','陈列','明码']",
        ] {
            assert_eq!(items(cell).collect::<Vec<_>>(), ["订货指导", "陈列", "明码"], "{cell}");
        }
        assert_eq!(items("[]").count(), 0);
        assert_eq!(photos("1.jpg; http://x/2.jpg").collect::<Vec<_>>(), ["1.jpg", "http://x/2.jpg"]);
    }
}
