//! The tables in files: found, claimed for their kinds, or left with a word (SPEC §2).

use crate::file_name;
use crate::lang::{say, words};
use crate::load::claims::{Claimant, matrix};
use crate::load::file_names::{claim, is_table, kind_of_name};
use crate::load::folders::{self, Folder};
use crate::load::found::Found;
use crate::load::mapping::Mapping;
use crate::load::sheets::Sheets;
use crate::load::sources::{Source, Sources, Unread, Why};
use crate::model::Kind;
use crate::quote;
use crate::text::charset::Charset;
use crate::text::feed::{Feed, HeaderRow, Opening, PIECE, Text};
use crate::text::files::unreadable;
use crate::text::inside::{self, Inside, Part, Storage};
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// By what tables are found in files.
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    pub mapping: &'a Mapping,
    /// The sheets that are read of workbooks which have them.
    pub sheets: &'a [String],
    pub encoding: Option<Charset>,
    /// What is packed unpacks to no more bytes than this, and no more comes from a pipe.
    pub most: u64,
}

/// Files in the data folder that are read for other reasons than their rows.
const CONFIGURATION: [&str; 2] = ["columns.toml", "rules.toml"];
/// What the names of files begin with that Excel keeps beside a workbook while it is open.
const OF_OPEN_WORKBOOK: &str = "~$";

/// By whatever case, as on some systems it does not count.
fn is_configuration(name: &str) -> bool {
    CONFIGURATION.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Gathers the files named directly and those that the data folder holds. A file both named and found is read once, as
/// what it was named; a workbook may be named as several kinds.
pub fn find(data: Option<&Path>, named: &[(Kind, PathBuf)], finding: &Finding) -> Result<Sources, Trouble> {
    let mut sources = Sources::default();
    let mut seen: BTreeMap<PathBuf, (&PathBuf, Vec<Kind>)> = BTreeMap::new();
    for (kind, path) in named {
        let (_, kinds) = seen.entry(identity(path)).or_insert((path, vec![]));
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    for (path, kinds) in seen.values() {
        sources.add_named(path, kinds, finding)?;
    }
    if let Some(folder) = data {
        let entries = list(folder)?;
        sources.unread = unread(&entries, finding.mapping);
        sources.folders = folders(&entries);
        for (name, path) in entries.into_iter().filter(|(_, path)| path.is_file()) {
            if !seen.contains_key(&identity(&path)) && !is_configuration(&name) {
                sources.add_found(&name, &path, finding)?;
            }
        }
    }
    sources.sort();
    sources.unclaimed.sort();
    sources.unread.sort_by(|one, two| (&one.source.shown, one.source.kind).cmp(&(&two.source.shown, two.source.kind)));
    sources.unread.dedup();
    for kind in [Kind::Customers, Kind::Visits] {
        if !sources.files.iter().any(|file| file.kind == kind) {
            return Err(no_file(kind, data, &sources));
        }
    }
    Ok(sources)
}

/// The tables of a file that is named as one of a kind.
pub fn named(kind: Kind, path: &Path, finding: &Finding) -> Result<Vec<Source>, Trouble> {
    let mut sources = Sources::default();
    sources.add_named(path, &[kind], finding)?;
    Ok(sources.files)
}

impl Sources {
    fn add_named(&mut self, path: &Path, kinds: &[Kind], finding: &Finding) -> Result<(), Trouble> {
        let shown = file_name::shown(path);
        for part in inside::look(path, &shown, finding.sheets, finding.most)? {
            let shown = member(&shown, &part);
            let found = Found { path, shown, claimed: kinds.first().copied(), named: kinds };
            match (part.inside?, kinds) {
                (Inside::Text(_), [one, other, ..]) => return Err(named_twice(path, *one, *other)),
                (inside, _) => self.add(&found, inside, finding),
            }
        }
        Ok(())
    }

    fn add_found(&mut self, name: &str, path: &Path, finding: &Finding) -> Result<(), Trouble> {
        let claim = |name: &str| finding.mapping.kind_of_file(name).or_else(|| claim(name));
        let claimed = claim(name);
        if claimed.is_none() && !is_table(name) {
            self.unclaimed.push(name.to_owned());
            return Ok(());
        }
        let parts = match inside::look(path, name, finding.sheets, finding.most) {
            Ok(parts) => parts,
            Err(trouble) if claimed.is_some() => return Err(trouble),
            Err(_) => {
                self.unclaimed.push(name.to_owned());
                return Ok(());
            }
        };
        let is_only = parts.len() == 1;
        let mut unnamed = Vec::new();
        for part in parts {
            let shown = member(name, &part);
            let within = part.name.as_deref().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
            let own = within.and_then(claim).or(claimed.filter(|_| is_only));
            match part.inside {
                Ok(inside) if own.is_none() && claimed.is_some() => unnamed.push((shown, inside)),
                Ok(inside) => self.add(&Found { path, shown, claimed: own, named: &[] }, inside, finding),
                Err(trouble) if own.is_some() || (claimed.is_some() && is_table(&shown)) => return Err(trouble),
                Err(_) => self.unclaimed.push(shown),
            }
        }
        if let Some(kind) = claimed {
            self.add_members(path, kind, unnamed, finding);
        }
        Ok(())
    }

    /// Adds the files of an archive of a kind whose own names tell nothing: those are of it that have its header, or, where
    /// none has, that are called as tables are.
    fn add_members(&mut self, path: &Path, kind: Kind, unnamed: Vec<(String, Inside)>, finding: &Finding) {
        let found = |shown: &str, claimed| Found { path, shown: shown.to_owned(), claimed, named: &[] };
        let fit = |shown: &str, inside: &Inside| match inside {
            Inside::Text(storage) => told_of(&found(shown, Some(kind)), storage, finding),
            Inside::Workbook { sheets, .. } => {
                let is_of_kind = found(shown, Some(kind)).has_sheet_of(kind, sheets, finding.mapping);
                Told { kind: Some(kind).filter(|_| is_of_kind), ..Told::default() }
            }
        };
        let told: Vec<Told> = unnamed.iter().map(|(shown, inside)| fit(shown, inside)).collect();
        let is_there = self.files.iter().any(|file| file.path == path && file.kind == kind);
        let has_kind = is_there || told.iter().any(|told| told.kind == Some(kind));
        for ((shown, inside), told) in unnamed.into_iter().zip(told) {
            let is_of_kind = told.kind == Some(kind) || (!has_kind && is_table(&shown));
            match (inside, told.lacks) {
                (Inside::Text(storage), Some(lacks)) if !is_of_kind => {
                    let source = found(&shown, None).source(kind, None, storage);
                    self.unread.push(Unread::new(source, Why::Lacks(lacks)));
                    self.unclaimed.push(shown);
                }
                (inside, _) => self.add(&found(&shown, Some(kind).filter(|_| is_of_kind)), inside, finding),
            }
        }
    }

    fn add(&mut self, found: &Found, inside: Inside, finding: &Finding) {
        match inside {
            Inside::Text(storage) => match found.claimed {
                Some(kind) => {
                    let matrix = if found.may_be_left(kind) { matrix_of(found, &storage, finding) } else { None };
                    let source = found.source(kind, None, storage);
                    match matrix {
                        Some((first, last)) => self.unread.push(Unread::new(source, Why::Matrix(first, last))),
                        None => self.files.push(source),
                    }
                }
                None => {
                    let kind = told_of(found, &storage, finding).kind;
                    let unread = |kind| Unread::new(found.source(kind, None, storage), Why::NoTable);
                    self.unread.extend(kind.map(unread));
                    self.unclaimed.push(found.shown.clone());
                }
            },
            Inside::Workbook { sheets, hidden, is_asked } => {
                self.add_workbook(found, &Sheets { all: &sheets, hidden: &hidden, is_asked }, finding.mapping);
            }
        }
    }
}

fn member(shown: &str, part: &Part) -> String {
    match &part.name {
        Some(name) => format!("{shown}/{name}"),
        None => shown.to_owned(),
    }
}

/// The first and the last day where a text is a matrix with a column a day.
fn matrix_of(found: &Found, storage: &Storage, finding: &Finding) -> Option<(String, String)> {
    let opening = opening(found, storage, finding);
    let find = |text: &Text| Ok(Told { matrix: matrix(text), ..Told::default() });
    Feed::open(&opening, &find).ok().and_then(|(head, _)| head.header.matrix)
}

fn opening<'a>(found: &'a Found, storage: &'a Storage, finding: &Finding) -> Opening<'a> {
    Opening {
        path: found.path,
        shown: &found.shown,
        storage,
        charset: finding.encoding,
        most: finding.most,
        piece: PIECE.min(1 << 16),
        progress: &|_| (),
    }
}

/// What the first rows of a text tell of it: the kind whose header it has, though its own name is none of it.
fn told_of(found: &Found, storage: &Storage, finding: &Finding) -> Told {
    let opening = opening(found, storage, finding);
    let find = |text: &Text| {
        let claimant = Claimant { text: *text, sheet: "", file: found.claimed, named: &[] };
        let near = found.claimed.filter(|kind| claimant.nearly_is(*kind, finding.mapping));
        let lacks = near.map(|kind| claimant.lacking(kind, finding.mapping));
        Ok(Told { kind: claimant.kind(finding.mapping), lacks, matrix: None })
    };
    Feed::open(&opening, &find).map_or(Told::default(), |(head, _)| head.header)
}

/// What the first rows tell of a text.
#[derive(Default)]
struct Told {
    kind: Option<Kind>,
    /// The columns without which it is not quite of the kind that its archive's name tells.
    lacks: Option<Vec<&'static str>>,
    matrix: Option<(String, String)>,
}

impl HeaderRow for Told {
    fn delimiter(&self) -> u8 {
        b','
    }

    fn place(&self) -> (usize, usize) {
        (0, 0)
    }
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
    if folder.is_file() {
        return Err(cannot(std::io::ErrorKind::NotADirectory.into()));
    }
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') && !name.starts_with(OF_OPEN_WORKBOOK) {
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

/// The folders among them that hold tables.
fn folders(entries: &[(String, PathBuf)]) -> Vec<Folder> {
    let folders = entries.iter().filter(|(_, path)| path.is_dir());
    folders.filter_map(|(name, path)| folders::look(name, path)).collect()
}

/// The folders within a folder that hold tables, which are not looked into.
pub fn folders_in(folder: &Path) -> Result<Vec<Folder>, Trouble> {
    Ok(folders(&list(folder)?))
}

/// The files of a folder that are tables by the endings of their names.
pub fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let tables = list(folder)?.into_iter().filter(|(name, path)| is_table(name) && path.is_file());
    Ok(tables.map(|(_, path)| path).collect())
}

/// What stands under the name of a kind and is no file, or of a format that is not read.
fn unread(entries: &[(String, PathBuf)], mapping: &Mapping) -> Vec<Unread> {
    let is_claimed = |name: &str| mapping.kind_of_file(name).is_some() || claim(name).is_some();
    let is_unread = |(name, path): &&(String, PathBuf)| !path.is_file() || !is_claimed(name);
    let unread = |(name, path): &(String, PathBuf)| {
        let (shown, path) = (name.clone(), path.clone());
        let source = Source { kind: kind_of_name(name)?, path, shown, storage: Storage::OnDisk };
        Some(Unread::new(source, Why::NoTable))
    };
    entries.iter().filter(is_unread).filter_map(unread).collect()
}

fn named_twice(path: &Path, one: Kind, two: Kind) -> Trouble {
    Trouble::new(say(
        format!("同一文件既作为{}又作为{}给出", one.in_chinese(), two.in_chinese()),
        format!("the same file is given as {} and as {}", one.name(), two.name()),
    ))
    .file(path.display().to_string())
    .remedy(words("每个文件只给一个类别", "give each file to one kind"))
}

/// The only table that might be of a kind lacks columns.
fn lacks(kind: Kind, shown: &str, columns: &[&str]) -> Trouble {
    let (name, shown) = (kind.name(), quote::quote(shown, 200));
    let listed = |separator| columns.join(separator);
    let trouble = Trouble::new(say(
        format!("没有能读的{}：{shown} 像是，但缺少 {}", kind.in_chinese(), listed("、")),
        format!("no {name} can be read: {shown} seems to be such, but lacks {}", listed(", ")),
    ));
    trouble.remedy(say(
        format!("导出时加上这些列；若已有，在 columns.toml 的 [columns.{name}] 下写明其表头"),
        format!("export it with these columns; where they are there, name their headers under [columns.{name}] of columns.toml"),
    ))
}

fn no_file(kind: Kind, data: Option<&Path>, sources: &Sources) -> Trouble {
    let name = kind.name();
    let trouble = Trouble::new(match data {
        Some(_) => say(
            format!("文件夹中没有{}（文件名须含：{}）", kind.in_chinese(), kind.words().join("、")),
            format!("no {name} file in the folder: no file name holds one of {}", kind.words().join(", ")),
        ),
        None => say(format!("没有给出{}（{name}）", kind.in_chinese()), format!("no {name} file was given")),
    });
    let near = sources.unread.iter().chain(&sources.near).find_map(|unread| match &unread.why {
        Why::Lacks(columns) if unread.source.kind == kind && !columns.is_empty() => {
            Some((&unread.source.shown, columns))
        }
        _ => None,
    });
    if let (Some((shown, columns)), Some(folder)) = (near, data) {
        return lacks(kind, shown, columns).file(folder.display().to_string());
    }
    let trouble = match data {
        Some(folder) => trouble.file(folder.display().to_string()),
        None => trouble,
    };
    let others: Vec<&str> = sources.unclaimed.iter().map(String::as_str).take(11).collect();
    let listed = |separator| quote::some(others.iter().copied(), separator);
    let mut seen = match others[..] {
        [] => words("", ""),
        _ => say(format!("；未认领的文件：{}", listed("、")), format!("; files not claimed: {}", listed(", "))),
    };
    let within: Vec<String> = sources.folders.iter().flat_map(Folder::paths).take(11).collect();
    let listed = |separator| quote::some(within.iter().map(String::as_str), separator);
    if !within.is_empty() {
        seen = seen.then(&say(
            format!("；子文件夹中的表格不会读取：{}", listed("、")),
            format!("; tables in folders within it, which are not looked into: {}", listed(", ")),
        ));
    }
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
