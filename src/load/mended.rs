//! `--mended DIR`: a folder of rejected rows that have been corrected (SPEC §2.3).
//!
//! The folder is what `--rejects` wrote: a file for each input, holding its header and its rejected rows in their order, and
//! `reasons.csv`, which says what inputs and lines they came from. A row stands for the line in its place, so a row that
//! cannot be corrected stays as it is, and is rejected again.

use crate::cell::cells::clean;
use crate::lang::{counted, say, words};
use crate::load::file_names::OTHER_ENDINGS;
use crate::load::sources::{Source, Sources};
use crate::quote::tame;
use crate::text::files::unreadable;
use crate::text::inside::Storage;
use crate::trouble::Trouble;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// The file of reasons in a folder of rejected rows.
pub const REASONS: &str = "reasons.csv";
/// The columns of it that this reads, in their order.
pub const ORIGIN: [&str; 3] = ["file", "sha256", "line"];

/// The corrected rows of one input.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The input as it was shown, and its SHA-256 then.
    original: String,
    sha256: String,
    lines: BTreeSet<u32>,
    path: PathBuf,
    shown: String,
}

impl Mended {
    /// Whether it was written for an input, of which the table of reasons names what a person may see.
    fn is_of(&self, shown: &str) -> bool {
        clean(&tame(shown, None)) == self.original
    }
}

/// The corrected rows of a run; empty where none were given.
#[derive(Clone, Debug, Default)]
pub struct Corrections(Vec<Mended>);

impl Corrections {
    /// Reads `reasons.csv` of a folder.
    pub fn read(folder: &Path) -> Result<Self, Trouble> {
        let reasons = folder.join(REASONS);
        let shown = reasons.display().to_string();
        let bytes = std::fs::read(&reasons).map_err(|error| unreadable(&shown, &error))?;
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        let wrong = || {
            Trouble::new(words("不是 --rejects 写出的文件", "it is not as --rejects writes it"))
                .file(&shown)
                .required(words("含 file、sha256、line 列", "columns file, sha256 and line"))
        };
        let headers = reader.headers().map_err(|_| wrong())?.clone();
        let place = |name| headers.iter().position(|header| header == name).ok_or_else(wrong);
        let [file, sha256, line] = [place(ORIGIN[0])?, place(ORIGIN[1])?, place(ORIGIN[2])?];
        let mut inputs: Vec<(String, String)> = Vec::new();
        let mut lines: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for row in reader.records() {
            let row = row.map_err(|_| wrong())?;
            let cell = |at: usize| row.get(at).map(|cell| clean(cell).to_owned()).ok_or_else(wrong);
            let (file, sha256) = (cell(file)?, cell(sha256)?);
            lines.entry(file.clone()).or_default().insert(cell(line)?.parse().map_err(|_| wrong())?);
            if !inputs.iter().any(|(known, _)| *known == file) {
                inputs.push((file, sha256));
            }
        }
        let names = file_names(inputs.iter().map(|(file, _)| file.as_str()));
        let mended = |((original, sha256), name): ((String, String), String)| {
            let path = folder.join(name);
            let shown = path.display().to_string();
            Mended { lines: lines.remove(&original).unwrap_or_default(), original, sha256, path, shown }
        };
        Ok(Self(inputs.into_iter().zip(names).map(mended).collect()))
    }

    /// Adds the files of corrected rows to those of the run, each as a file of its original's kind.
    pub fn join(&self, sources: &mut Sources) -> Result<(), Trouble> {
        for mended in &self.0 {
            let Some(original) = sources.files.iter().find(|source| mended.is_of(&source.shown)) else {
                return Err(Trouble::new(say(
                    format!("更正的行来自 {}，而它不在本次的输入中", mended.original),
                    format!("its rows come from {}, which is not among the inputs", mended.original),
                ))
                .file(&mended.shown)
                .remedy(words("用写出这些行时的同一批输入", "give the inputs that the rows were rejected from")));
            };
            let kind = original.kind;
            let (path, shown) = (mended.path.clone(), mended.shown.clone());
            sources.files.push(Source { kind, path, shown, storage: Storage::OnDisk });
        }
        sources.sort();
        Ok(())
    }

    /// The lines of an input that have been corrected.
    pub fn lines_of(&self, shown: &str, sha256: &str) -> Result<Option<&BTreeSet<u32>>, Trouble> {
        let Some(mended) = self.0.iter().find(|mended| mended.is_of(shown)) else { return Ok(None) };
        if mended.sha256 == sha256 {
            return Ok(Some(&mended.lines));
        }
        Err(Trouble::new(words(
            "文件在导出被拒绝的行之后已改变",
            "the file has changed since its rejected rows were written out",
        ))
        .file(shown)
        .remedy(words("重新用 --rejects 导出并更正", "write them out with --rejects and mend them again")))
    }

    /// How many rows a file of corrected rows must have; `None` for any other file.
    pub fn rows_of(&self, shown: &str) -> Option<usize> {
        self.0.iter().find(|mended| mended.shown == shown).map(|mended| mended.lines.len())
    }
}

/// A file of corrected rows that has lost or gained some.
pub fn wrong_count(shown: &str, expected: usize, found: usize) -> Trouble {
    Trouble::new(say(
        format!("应有 {expected} 行，现有 {found} 行"),
        format!("{} expected, {found} found", counted(expected as u64, "row")),
    ))
    .file(shown)
    .remedy(words("无法更正的行请原样保留", "keep a row that cannot be mended as it is"))
}

/// A line that was rejected when the rows were written out and can now be read.
pub fn no_longer_rejected(shown: &str, line: u32) -> Trouble {
    Trouble::new(words(
        "此行已在更正之列，但现在可以读取，会被计算两次",
        "this line has been mended, but can now be read: it would count twice",
    ))
    .file(shown)
    .line(u64::from(line))
    .remedy(words("重新用 --rejects 导出并更正", "write them out with --rejects and mend them again"))
}

/// The names under which the rejected rows of inputs are written: their own file names; inputs of the same name in different
/// folders get a number, also where only case tells the names apart. They are text in any case: what is packed loses its
/// `.gz`, workbooks get a `.csv`.
pub fn file_names<'a>(inputs: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: HashSet<String> = [REASONS.to_owned()].into();
    let free = |shown: &str| {
        let name = Path::new(shown).file_name().map_or_else(|| shown.to_owned(), |name| name.to_string_lossy().into());
        let name = tame(name.strip_suffix(".gz").unwrap_or(&name), None);
        let name = if is_text(&name) { name } else { format!("{name}.csv") };
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
        let names = std::iter::once(name.clone()).chain(numbered);
        names.into_iter().find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    inputs.map(free).collect()
}

/// Whether a name is that of a text; sheets are called `v.xlsx[东城]`.
fn is_text(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.ends_with(']') && !OTHER_ENDINGS.iter().any(|ending| name.ends_with(&format!(".{ending}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_same_name_get_numbers() {
        let names = file_names(["a/v.csv", "b/V.csv", "w.csv", "reasons.csv"].into_iter());
        assert_eq!(names, ["v.csv", "V-2.csv", "w.csv", "reasons-2.csv"]);
        let names = file_names(["v.csv.gz", "v.csv", "w.xlsx", "w.XLS"].into_iter());
        assert_eq!(names, ["v.csv", "v-2.csv", "w.xlsx.csv", "w.XLS.csv"]);
        let names = file_names(["v.xlsx[东城]", "v.xlsx[西城]", "z.zip/v.csv", "w.ods"].into_iter());
        assert_eq!(names, ["v.xlsx[东城].csv", "v.xlsx[西城].csv", "v.csv", "w.ods.csv"]);
    }
}
