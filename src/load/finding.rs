//! The tables in files: found, claimed for their kinds, or left with a word (SPEC §2).

use crate::file_name;
use crate::lang::{say, words};
use crate::load::claims::Claimant;
use crate::load::file_names::{claim, kind_of_name, stem_of_table};
use crate::load::mapping::Mapping;
use crate::load::sources::{PassedOver, Source, Sources};
use crate::model::Kind;
use crate::quote;
use crate::text::charset::Charset;
use crate::text::feed::{Feed, HeaderRow, Opening, PIECE, Text};
use crate::text::files::unreadable;
use crate::text::inside::{self, Held, Inside, Part, Storage};
use crate::text::workbook::lines;
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
        for (name, path) in entries.into_iter().filter(|(_, path)| path.is_file()) {
            if !seen.contains_key(&identity(&path)) && !is_configuration(&name) {
                sources.add_found(&name, &path, finding)?;
            }
        }
    }
    sources.sort();
    sources.unclaimed.sort();
    sources.unread.sort_by(|one, two| (&one.1, one.0).cmp(&(&two.1, two.0)));
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

/// A file, or one of those packed together in it.
struct Found<'a> {
    path: &'a Path,
    shown: String,
    /// The kind that its name claims it for.
    claimed: Option<Kind>,
    /// The kinds that it was named as.
    named: &'a [Kind],
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
        if claimed.is_none() && stem_of_table(&name.to_ascii_lowercase()).is_none() {
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
        for part in parts {
            let shown = member(name, &part);
            let within = part.name.as_deref().map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
            let claimed = within.and_then(claim).or(claimed.filter(|_| is_only));
            match part.inside {
                Ok(inside) => self.add(&Found { path, shown, claimed, named: &[] }, inside, finding),
                Err(trouble) if claimed.is_some() => return Err(trouble),
                Err(_) => self.unclaimed.push(shown),
            }
        }
        Ok(())
    }

    fn add(&mut self, found: &Found, inside: Inside, finding: &Finding) {
        match inside {
            Inside::Text(storage) => match found.claimed {
                Some(kind) => self.files.push(found.source(kind, None, storage)),
                None => {
                    let kind = kind_of_text(found, &storage, finding);
                    self.unread.extend(kind.map(|kind| (kind, found.shown.clone())));
                    self.unclaimed.push(found.shown.clone());
                }
            },
            Inside::Workbook { sheets, hidden, is_asked } => {
                let passed_over = PassedOver { file: found.shown.clone(), sheets: vec![], hidden };
                self.add_workbook(found, &sheets, is_asked, passed_over, finding);
            }
        }
    }

    /// Adds the sheets that have the header of a kind; where none has one, of a file of a kind the sheet that comes nearest.
    fn add_workbook(
        &mut self,
        found: &Found,
        sheets: &[Arc<Held>],
        is_asked: bool,
        mut passed_over: PassedOver,
        finding: &Finding,
    ) {
        let mapping = finding.mapping;
        let is_one_of_several = sheets.len() > 1;
        let mut read: Vec<Source> = Vec::new();
        let mut left: Vec<&Arc<Held>> = Vec::new();
        for held in sheets {
            let kind = claimant(held, found.claimed).kind(mapping);
            match kind.filter(|kind| found.named.is_empty() || found.named.contains(kind)) {
                Some(kind) => read.push(found.sheet(kind, held, is_one_of_several)),
                None => left.push(held),
            }
        }
        for kind in found.named {
            if !read.iter().any(|source| source.kind == *kind) {
                read.extend(nearest(&left, *kind, mapping).map(|held| found.sheet(*kind, held, is_one_of_several)));
            }
        }
        match found.claimed.filter(|_| found.named.is_empty()) {
            Some(kind) if is_asked => {
                read.extend(left.drain(..).map(|held| found.sheet(kind, held, is_one_of_several)));
            }
            Some(kind) if !read.iter().any(|source| source.kind == kind) => {
                let near =
                    nearest(&left, kind, mapping).filter(|held| read.is_empty() || speaks_of(held, kind, mapping));
                read.extend(near.map(|held| found.sheet(kind, held, is_one_of_several)));
            }
            _ => {}
        }
        if let (Some(kind), []) = (found.claimed, &read[..]) {
            read.push(found.source(kind, None, Storage::Held(Arc::new(Held::empty()))));
        }
        let is_read = |held: &&Arc<Held>| read.iter().any(|source| source.storage.is(held));
        left.retain(|held| !is_read(held));
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| read.iter().any(|one| one.kind == *kind)).collect();
        for held in &left {
            let claimant = claimant(held, None);
            let mut near = kinds.iter().copied().chain(kind_of_name(claimant.sheet));
            let near = near.find(|kind| claimant.nearly_is(*kind, mapping));
            self.unread.extend(near.map(|kind| (kind, format!("{}[{}]", found.shown, claimant.sheet))));
        }
        if read.is_empty() {
            self.unclaimed.push(found.shown.clone());
            return;
        }
        passed_over.sheets = left.iter().map(|held| name_of(held).to_owned()).collect();
        if !is_asked && (!passed_over.sheets.is_empty() || !passed_over.hidden.is_empty()) {
            self.passed_over.push(passed_over);
        }
        self.files.append(&mut read);
    }
}

impl Found<'_> {
    fn source(&self, kind: Kind, sheet: Option<&str>, storage: Storage) -> Source {
        let shown = match sheet {
            Some(sheet) => format!("{}[{sheet}]", self.shown),
            None => self.shown.clone(),
        };
        Source { kind, path: self.path.to_owned(), shown, storage }
    }

    fn sheet(&self, kind: Kind, held: &Arc<Held>, is_one_of_several: bool) -> Source {
        self.source(kind, Some(name_of(held)).filter(|_| is_one_of_several), Storage::Held(Arc::clone(held)))
    }
}

fn member(shown: &str, part: &Part) -> String {
    match &part.name {
        Some(name) => format!("{shown}/{name}"),
        None => shown.to_owned(),
    }
}

fn name_of(held: &Held) -> &str {
    held.sheet.as_ref().map_or("", |sheet| &sheet.name)
}

fn claimant(held: &Held, file: Option<Kind>) -> Claimant<'_> {
    let text = Text { bytes: &held.text, charset: Charset::Utf8, newline: lines::NEWLINE, sheet: held.sheet.as_ref() };
    Claimant { text, sheet: name_of(held), file }
}

/// Whether a sheet has some of a kind's columns.
fn speaks_of(held: &Held, kind: Kind, mapping: &Mapping) -> bool {
    claimant(held, None).fit(kind, mapping).is_some_and(|fit| fit.known > 1)
}

/// The sheet that has most of a kind's columns.
fn nearest<'h>(sheets: &[&'h Arc<Held>], kind: Kind, mapping: &Mapping) -> Option<&'h Arc<Held>> {
    let fit =
        |held: &Held| claimant(held, None).fit(kind, mapping).map_or((false, 0), |fit| (fit.missing == 0, fit.known));
    sheets.iter().copied().rev().max_by_key(|held| fit(held))
}

/// The kind whose header a text has, though its name is none of it.
fn kind_of_text(found: &Found, storage: &Storage, finding: &Finding) -> Option<Kind> {
    let opening = Opening {
        path: found.path,
        shown: &found.shown,
        storage,
        charset: finding.encoding,
        most: finding.most,
        piece: PIECE.min(1 << 16),
        progress: &|_| (),
    };
    let find = |text: &Text| Ok(Told(Claimant { text: *text, sheet: "", file: None }.kind(finding.mapping)));
    Feed::open(&opening, &find).ok().and_then(|(head, _)| head.header.0)
}

/// What the first rows tell of a text that is not read.
struct Told(Option<Kind>);

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

/// The files of a folder that are tables by the endings of their names.
pub fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let is_table = |name: &str| stem_of_table(&name.to_ascii_lowercase()).is_some();
    let tables = list(folder)?.into_iter().filter(|(name, path)| is_table(name) && path.is_file());
    Ok(tables.map(|(_, path)| path).collect())
}

/// What stands under the name of a kind and is no file, or of a format that is not read.
fn unread(entries: &[(String, PathBuf)], mapping: &Mapping) -> Vec<(Kind, String)> {
    let is_claimed = |name: &str| mapping.kind_of_file(name).is_some() || claim(name).is_some();
    let is_unread = |(name, path): &&(String, PathBuf)| !path.is_file() || !is_claimed(name);
    let kind = |(name, _): &(String, PathBuf)| Some((kind_of_name(name)?, name.clone()));
    entries.iter().filter(is_unread).filter_map(kind).collect()
}

fn named_twice(path: &Path, one: Kind, two: Kind) -> Trouble {
    Trouble::new(say(
        format!("同一文件既作为{}又作为{}给出", one.in_chinese(), two.in_chinese()),
        format!("the same file is given as {} and as {}", one.name(), two.name()),
    ))
    .file(path.display().to_string())
    .remedy(words("每个文件只给一个类别", "give each file to one kind"))
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
