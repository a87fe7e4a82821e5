//! What names of files and sheets tell (SPEC §2).

use crate::model::Kind;

const TEXT_ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];
pub(super) const OTHER_ENDINGS: [&str; 9] = ["xlsx", "xls", "xlsb", "ods", "et", "htm", "html", "xml", "zip"];

/// What stands before the ending of a table's name, which is in lower case.
pub(super) fn stem_of_table(name: &str) -> Option<&str> {
    let unpacked = name.strip_suffix(".gz");
    let (stem, ending) = unpacked.unwrap_or(name).rsplit_once('.')?;
    let is_other = unpacked.is_none() && OTHER_ENDINGS.contains(&ending);
    (is_other || TEXT_ENDINGS.contains(&ending)).then_some(stem)
}

/// Whether a name ends as those of tables do.
pub(super) fn is_table(name: &str) -> bool {
    stem_of_table(&name.to_ascii_lowercase()).is_some()
}

/// The kind whose word the name holds; the longest word decides, between equals the kind that comes first.
pub fn claim(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    kind_of_name(stem_of_table(&name)?)
}

/// The kind whose word a name holds.
pub(super) fn kind_of_name(name: &str) -> Option<Kind> {
    let stem = name.to_ascii_lowercase();
    let found = Kind::ALL.into_iter().flat_map(|kind| kind.words().iter().map(move |word| (kind, *word)));
    let mut best: Option<(usize, Kind)> = None;
    for (kind, word) in found.filter(|(_, word)| holds(&stem, word)) {
        let length = word.chars().count();
        if best.is_none_or(|(longest, _)| length > longest) {
            best = Some((length, kind));
        }
    }
    best.map(|(_, kind)| kind)
}
/// English words must be bounded by non-letters: `visits_09.csv`, but not `revisits.csv`.
fn holds(stem: &str, word: &str) -> bool {
    let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    stem.match_indices(word).any(|(at, _)| {
        let before = stem.as_bytes()[..at].last().copied();
        let behind = stem.as_bytes().get(at + word.len()).copied();
        !word.is_ascii() || !(letter(before) || letter(behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_name_claim_a_file() {
        for (name, kind) in [
            ("visits.csv", Some(Kind::Visits)),
            ("2026-09_VISITS_v2.TSV", Some(Kind::Visits)),
            ("visits2026.txt", Some(Kind::Visits)),
            ("9月visits.csv", Some(Kind::Visits)),
            ("revisits.csv", None),
            ("visitsx.csv", None),
            ("call-log.csv", Some(Kind::Calls)),
            ("客户经理拜访记录.csv", Some(Kind::Visits)),
            ("客户经理名单.csv", Some(Kind::Managers)),
            ("人员拜访计划.csv", Some(Kind::Plans)),
            ("customers of visits.csv", Some(Kind::Customers)),
            ("visits.pdf", None),
            ("visits.XLSX", Some(Kind::Visits)),
            ("拜访记录.xls", Some(Kind::Visits)),
            ("visits.csv.gz", Some(Kind::Visits)),
            ("VISITS.TXT.GZ", Some(Kind::Visits)),
            ("visits.xlsx.gz", None),
            ("visits.gz", None),
            ("visits.xlsb", Some(Kind::Visits)),
            ("拜访记录.et", Some(Kind::Visits)),
            ("拜访记录.zip", Some(Kind::Visits)),
            ("visits.zip.gz", None),
            ("visits", None),
            ("notes.txt", None),
        ] {
            assert_eq!(claim(name), kind, "{name}");
        }
    }
}
