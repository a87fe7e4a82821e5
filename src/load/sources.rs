//! Which files are read, and as what (SPEC §2).

use crate::file_name;
use crate::lang::{say, words};
use crate::load::mapping::Mapping;
use crate::model::Kind;
use crate::quote;
use crate::text::files::unreadable;
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub kind: Kind,
    pub path: PathBuf,
    /// The name that evidence shows: within the data folder its file name, else the path as given.
    pub shown: String,
}

/// The files of the run in file order, and what else lay in the data folder.
#[derive(Debug, Default)]
pub struct Sources {
    pub files: Vec<Source>,
    /// Names of files that no kind claims, or whose format is not read.
    pub unclaimed: Vec<String>,
    /// What lies there under the name of a kind and is not read: links to nothing, folders, unknown formats.
    pub unread: Vec<(Kind, String)>,
}

impl Sources {
    /// Brings the files into file order: byte order of the path.
    pub fn sort(&mut self) {
        self.files.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()));
    }
}

/// Files in the data folder that are read for other reasons than their rows.
const CONFIGURATION: [&str; 2] = ["columns.toml", "rules.toml"];
const TEXT_ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];
const WORKBOOK_ENDINGS: [&str; 2] = ["xlsx", "xls"];
/// What the names of files begin with that Excel keeps beside a workbook while it is open.
const OF_OPEN_WORKBOOK: &str = "~$";

/// By whatever case, as on some systems it does not count.
fn is_configuration(name: &str) -> bool {
    CONFIGURATION.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Gathers the files named directly and those that the data folder holds. A file both named and found is read once, as
/// what it was named.
pub fn find(data: Option<&Path>, named: &[(Kind, PathBuf)], mapping: &Mapping) -> Result<Sources, Trouble> {
    let mut sources = Sources::default();
    let mut seen: BTreeMap<PathBuf, Kind> = BTreeMap::new();
    for (kind, path) in named {
        match seen.insert(identity(path), *kind) {
            None => sources.files.push(Source { kind: *kind, path: path.clone(), shown: file_name::shown(path) }),
            Some(other) if other == *kind => {}
            Some(other) => return Err(named_twice(path, other, *kind)),
        }
    }
    if let Some(folder) = data {
        let entries = list(folder)?;
        sources.unread = unread(&entries, mapping);
        for (name, path) in entries.into_iter().filter(|(_, path)| path.is_file()) {
            if seen.contains_key(&identity(&path)) || is_configuration(&name) {
                continue;
            }
            match mapping.kind_of_file(&name).or_else(|| claim(&name)) {
                Some(kind) => sources.files.push(Source { kind, path, shown: name }),
                None => sources.unclaimed.push(name),
            }
        }
    }
    sources.sort();
    sources.unclaimed.sort();
    for kind in [Kind::Customers, Kind::Visits] {
        if !sources.files.iter().any(|file| file.kind == kind) {
            return Err(no_file(kind, data, &sources));
        }
    }
    Ok(sources)
}

/// The same file under any of its names; a file that cannot be resolved will fail when it is opened.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn list(folder: &Path) -> Result<Vec<(String, PathBuf)>, Trouble> {
    let shown = folder.display().to_string();
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Trouble::new(words("文件夹不存在", "there is no such folder"))
            .file(&shown)
            .remedy(words("检查路径", "check the path")),
        _ => unreadable(&shown, &error),
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && !name.starts_with(OF_OPEN_WORKBOOK) {
            files.push((name, path));
        }
    }
    Ok(files)
}

/// The files of a folder that are tables by the endings of their names.
pub fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let is_table = |name: &str| stem_of_table(&name.to_ascii_lowercase()).is_some();
    let tables = list(folder)?.into_iter().filter(|(name, path)| is_table(name) && path.is_file());
    Ok(tables.map(|(_, path)| path).collect())
}

/// What stands before the ending of a table's name, which is in lower case.
fn stem_of_table(name: &str) -> Option<&str> {
    let unpacked = name.strip_suffix(".gz");
    let (stem, ending) = unpacked.unwrap_or(name).rsplit_once('.')?;
    let is_workbook = unpacked.is_none() && WORKBOOK_ENDINGS.contains(&ending);
    (is_workbook || TEXT_ENDINGS.contains(&ending)).then_some(stem)
}

/// The kind whose word the name holds; the longest word decides, between equals the kind that comes first.
pub fn claim(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    kind_of(stem_of_table(&name)?)
}

/// What stands under the name of a kind and is no file, or of a format that is not read.
fn unread(entries: &[(String, PathBuf)], mapping: &Mapping) -> Vec<(Kind, String)> {
    let is_claimed = |name: &str| mapping.kind_of_file(name).is_some() || claim(name).is_some();
    let is_unread = |(name, path): &&(String, PathBuf)| !path.is_file() || !is_claimed(name);
    let kind = |(name, _): &(String, PathBuf)| Some((kind_of(&name.to_ascii_lowercase())?, name.clone()));
    let mut unread: Vec<(Kind, String)> = entries.iter().filter(is_unread).filter_map(kind).collect();
    unread.sort_by(|one, two| one.1.cmp(&two.1));
    unread
}

/// The kind whose word a name holds.
fn kind_of(stem: &str) -> Option<Kind> {
    let found = Kind::ALL.into_iter().flat_map(|kind| kind.words().iter().map(move |word| (kind, *word)));
    let mut best: Option<(usize, Kind)> = None;
    for (kind, word) in found.filter(|(_, word)| holds(stem, word)) {
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

fn named_twice(path: &Path, one: Kind, two: Kind) -> Trouble {
    Trouble::new(say(
        format!("同一文件既作为 {} 又作为 {} 给出", one.name(), two.name()),
        format!("the same file is given as {} and as {}", one.name(), two.name()),
    ))
    .file(path.display().to_string())
    .remedy(words("每个文件只给一个类别", "give each file to one kind"))
}

fn no_file(kind: Kind, data: Option<&Path>, sources: &Sources) -> Trouble {
    let name = kind.name();
    let trouble = Trouble::new(match data {
        Some(_) => say(
            format!("文件夹中没有 {name} 文件（文件名须含：{}）", kind.words().join("、")),
            format!("no {name} file in the folder: no file name holds one of {}", kind.words().join(", ")),
        ),
        None => say(format!("没有给出 {name} 文件"), format!("no {name} file was given")),
    });
    let trouble = match data {
        Some(folder) => trouble.file(folder.display().to_string()),
        None => trouble,
    };
    let others: Vec<&str> = sources.unclaimed.iter().map(String::as_str).take(11).collect();
    let listed = |separator| quote::some(others.iter().copied(), separator);
    let seen = match others[..] {
        [] => words("", ""),
        _ => say(format!("；未认领的文件：{}", listed("、")), format!("; files not claimed: {}", listed(", "))),
    };
    let remedy = match data {
        Some(_) => say(
            format!("运行 baifang init --from 文件夹，由内容判断各文件的类别；或用 --{name} 文件名 指定"),
            format!(
                "baifang init --from DIR tells from their content what the files are; or name it with --{name} FILE"
            ),
        ),
        None => words(
            "用 --data 给出数据文件夹，或用 --customers、--visits 直接指定文件",
            "give a folder of exports with --data DIR, or name files with --customers FILE and --visits FILE",
        ),
    };
    trouble.remedy(remedy.then(&seen))
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
            ("visits.xlsb", None),
            ("visits", None),
            ("notes.txt", None),
        ] {
            assert_eq!(claim(name), kind, "{name}");
        }
    }
}
