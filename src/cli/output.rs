//! Where data goes: standard output, or a file that is written whole or not at all.

use super::{inputs, unfinished};
use crate::lang::{Lang, Words, say, words};
use crate::load::why;
use crate::parallel;
use crate::quote::tame;
use crate::render::text::{Page, USUAL_WIDTH};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::TempPath;

/// What is to be written: bytes at hand, or something too long for that, which writes itself when it is told to and fails
/// only where writing does.
pub(super) enum Content<'a> {
    Bytes(Vec<u8>),
    Stream(Box<Stream<'a>>),
}

type Stream<'a> = dyn FnOnce(&mut (dyn Write + Send)) -> std::io::Result<()> + Send + 'a;

impl Content<'_> {
    fn write_to(self, out: &mut (dyn Write + Send)) -> std::io::Result<()> {
        match self {
            Self::Bytes(bytes) => out.write_all(&bytes)?,
            Self::Stream(stream) => stream(out)?,
        }
        out.flush()
    }
}

/// Data on their way out: everything that can fail has been done, but for the writing where no file is made.
pub(super) enum Staged<'a> {
    Stdout(Content<'a>),
    /// A device, say: written directly.
    Device(PathBuf, Content<'a>),
    /// Closed, so that any number of them can wait; the place that it goes to, and as it was given.
    File(TempPath, PathBuf, PathBuf),
}

/// Who may read a file that was not there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// Whoever may read what the user makes.
    Usual,
    /// The user alone: telephone numbers stand in it.
    Owner,
}

/// The file that `-o` names; none for standard output.
pub(super) fn target(matches: &ArgMatches) -> Option<&Path> {
    matches.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-").map(PathBuf::as_path)
}

/// Makes the run's data ready for `-o` or standard output: a file is written beside its place, to be renamed into it.
pub(super) fn stage<'a>(matches: &ArgMatches, content: Content<'a>, readers: Readers) -> Result<Staged<'a>, Trouble> {
    match target(matches) {
        Some(path) => stage_file(path, content, readers),
        None => inputs::refuse_stdout().map(|()| Staged::Stdout(content)),
    }
}

impl Staged<'_> {
    pub(super) fn commit(self) -> Result<(), Trouble> {
        match self {
            Self::Stdout(content) => to_stdout(content),
            Self::Device(path, content) => {
                // What is there already is neither made nor cut: not every system can do that to its devices.
                let device = std::fs::OpenOptions::new().write(true).open(&path);
                let written = device.and_then(|mut device| content.write_to(&mut device));
                unless_closed(written, &path)
            }
            Self::File(file, target, given) => {
                unfinished::persist(file, &target).map_err(|error| unwritable(&given, &error))
            }
        }
    }
}

fn to_stdout(content: Content) -> Result<(), Trouble> {
    unless_closed(content.write_to(&mut std::io::stdout()), Path::new("stdout"))
}

/// Writes a text for people to standard output.
pub(super) fn print(text: &str) -> Result<(), Trouble> {
    inputs::refuse_stdout()?;
    to_stdout(Content::Bytes(text.as_bytes().to_vec()))
}

/// A closed pipe ends the run quietly: whoever read has had enough.
fn unless_closed(written: std::io::Result<()>, path: &Path) -> Result<(), Trouble> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable(path, &error)),
        _ => Ok(()),
    }
}

/// Stops, before anything is written, where a place is that of a file that was read, or of another output.
pub(super) fn refuse(targets: impl Iterator<Item = PathBuf>) -> Result<(), Trouble> {
    let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
    for target in targets {
        inputs::refuse(&target)?;
        let folder = target.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let folder = folder.and_then(|folder| folder.canonicalize().ok());
        let place = folder.zip(target.file_name()).map(|(folder, name)| folder.join(name));
        // A device takes any number of them.
        let is_device = is_nul(&target) || target.metadata().is_ok_and(|meta| !meta.is_file());
        if !is_device && place.is_some_and(|place| !taken.insert(place)) {
            let found = words("两个结果要写成同一个文件", "two outputs would be this one file");
            let remedy = words("写到不同的位置", "write them to different places");
            return Err(Trouble::new(found).file(target.display().to_string()).remedy(remedy));
        }
    }
    Ok(())
}

/// A temporary file beside the target, written and synced.
pub(super) fn stage_file<'a>(path: &Path, content: Content<'a>, readers: Readers) -> Result<Staged<'a>, Trouble> {
    inputs::refuse(path)?;
    let existing = std::fs::metadata(path).ok();
    if existing.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        let found = words("这是一个文件夹，不能写成文件", "it is a folder, not a file");
        let remedy = words("给出文件名", "give the name of a file");
        return Err(Trouble::new(found).file(path.display().to_string()).remedy(remedy));
    }
    let is_device = existing.as_ref().is_some_and(|meta| !meta.is_file());
    if is_device || is_nul(path) {
        return Ok(Staged::Device(path.to_owned(), content));
    }
    // A link keeps pointing where it points.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let found = words("无法写入：文件夹不存在", "cannot be written: there is no such folder");
        let remedy = words("先建好文件夹，或写到别处", "make the folder first, or write to another place");
        return Err(Trouble::new(found).file(path.display().to_string()).remedy(remedy));
    }
    let written = new_file(folder, existing.as_ref(), readers).and_then(|mut file| {
        content.write_to(&mut file)?;
        file.as_file().sync_all()?;
        Ok(file.into_temp_path())
    });
    written.map(|file| Staged::File(file, target, path.to_owned())).map_err(|error| unwritable(path, &error))
}

/// What Windows calls /dev/null, and tells nothing about.
fn is_nul(path: &Path) -> bool {
    cfg!(windows) && path.file_name().is_some_and(|name| name.eq_ignore_ascii_case("nul"))
}

/// Files with their names.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// Files for a folder, each made when it is its turn: all of them may be more than memory holds.
pub(super) struct Folder<'a> {
    pub path: &'a Path,
    pub names: Vec<String>,
    pub make: Box<Make<'a>>,
}

/// Makes the file of a number.
pub(super) type Make<'a> = dyn Fn(usize) -> Result<Vec<u8>, Trouble> + Sync + 'a;

impl<'a> Folder<'a> {
    /// Of files that are made already.
    pub(super) fn of(path: &'a Path, files: Files) -> Self {
        let (names, bytes): (Vec<String>, Vec<_>) =
            files.into_iter().map(|(name, bytes)| (name, Mutex::new(bytes))).unzip();
        let take =
            move |number: usize| Ok(std::mem::take(&mut *bytes[number].lock().unwrap_or_else(PoisonError::into_inner)));
        Self { path, names, make: Box::new(take) }
    }

    /// Where its files go.
    pub(super) fn targets(&self) -> impl Iterator<Item = PathBuf> {
        self.names.iter().map(|name| self.path.join(name))
    }

    /// The files beside their places; the folder and folders within it are made if need be.
    pub(super) fn stage(self, readers: Readers) -> Result<Vec<Staged<'static>>, Trouble> {
        self.targets().try_for_each(|target| inputs::refuse(&target))?;
        let folders: BTreeSet<PathBuf> =
            self.targets().filter_map(|target| target.parent().map(Path::to_owned)).collect();
        for folder in folders {
            std::fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
        }
        let stage = |number: usize| {
            stage_file(&self.path.join(&self.names[number]), Content::Bytes((self.make)(number)?), readers)
        };
        // In order, so that of several failures the same one is always told.
        parallel::numbers(self.names.len(), stage).into_iter().collect()
    }
}

/// Writes files into a folder. No file is put in place before all have been written.
pub(super) fn write_folder(path: &Path, files: Files) -> Result<(), Trouble> {
    Folder::of(path, files).stage(Readers::Usual)?.into_iter().try_for_each(Staged::commit)
}

/// With the permissions of the file it replaces, or those that any new file gets.
fn new_file(
    folder: &Path,
    existing: Option<&std::fs::Metadata>,
    readers: Readers,
) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    unfinished::sweep(folder);
    let prefix = unfinished::prefix();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if readers == Readers::Owner { 0o600 } else { 0o666 };
        let new = std::fs::Permissions::from_mode(mode);
        builder.permissions(existing.map_or(new, std::fs::Metadata::permissions));
    }
    #[cfg(not(unix))]
    let _ = (existing, readers);
    unfinished::create(&builder, folder)
}

/// A file or folder that the system will not let us write.
pub(super) fn unwritable(path: &Path, error: &std::io::Error) -> Trouble {
    let found = words("无法写入：", "cannot be written: ").then(&why(error));
    Trouble::new(found).file(path.display().to_string()).remedy(remedy(error))
}

fn remedy(error: &std::io::Error) -> Words {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            words("腾出空间，或写到别处", "free some space, or write to another place")
        }
        ErrorKind::PermissionDenied => words(
            "写到有权限的位置；若文件正被打开（如 Excel），先关闭它",
            "write to a place where you may; if a program has the file open (Excel, say), close it first",
        ),
        _ => words("写到别处", "write to another place"),
    }
}

/// Says something on stderr; where that is closed there is nobody left to tell.
pub(super) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Bytes that are no text do not go to a terminal.
pub(super) fn refuse_terminal(matches: &ArgMatches, what: &str) -> Result<(), Trouble> {
    let to_file = matches.get_one::<PathBuf>("output").is_some();
    if to_file || !std::io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Trouble::new(say(format!("{what} 不能显示在终端上"), format!("{what} cannot be shown on a terminal")))
        .remedy(say(format!("用 -o 文件.{what} 写入文件"), format!("write it to a file with -o FILE.{what}"))))
}

/// Says on stderr which characters no font has: whoever reads the page must know.
pub(super) fn tell_missing(missing: impl IntoIterator<Item = char>, lang: Lang) {
    let missing: BTreeSet<char> = missing.into_iter().collect();
    let shown: Vec<String> =
        missing.into_iter().map(|c| format!("{} (U+{:04X})", tame(&c.to_string(), None), u32::from(c))).collect();
    if !shown.is_empty() {
        let shown = shown.join(", ");
        let told = say(
            format!("没有字体含有这些字，印作〓：{shown}"),
            format!("no font has these characters, 〓 is printed instead: {shown}"),
        );
        tell(told.get(lang));
    }
}

/// The page that people's formats are written for.
pub(super) fn page(matches: &ArgMatches) -> Page {
    let to_terminal = matches.get_one::<PathBuf>("output").is_none() && std::io::stdout().is_terminal();
    let wished = matches.get_one::<String>("color").map(String::as_str);
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colour = match wished {
        Some("always") => true,
        Some("never") => false,
        _ => to_terminal && !no_colour,
    };
    let width = if to_terminal { comfy_table::Table::new().width() } else { None };
    Page { width: width.unwrap_or(USUAL_WIDTH).max(40), colour }
}
