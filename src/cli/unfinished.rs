//! Files that are still being written: whoever interrupts the run finds none of them.

use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use tempfile::{Builder, NamedTempFile, TempPath};

/// What a shell says of a program that was interrupted.
const INTERRUPTED: i32 = 130;

const NAME: &str = ".baifang-";
/// A run that is still at work after so long is none.
const A_DAY: Duration = Duration::from_secs(86_400);

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static WATCH: Once = Once::new();
/// The folders that were looked through for what killed runs have left.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How the names of this run's files begin.
pub(super) fn prefix() -> String {
    format!("{NAME}{}-", std::process::id())
}

/// Removes from a folder, once a run, what killed runs have left there: older than a day, and of no process that is still
/// there as far as the system tells.
pub(super) fn sweep(folder: &Path) {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(real) {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let rest = name.to_str().and_then(|name| name.strip_prefix(NAME));
        let Some(rest) = rest.filter(|_| is_old(&entry)) else { continue };
        let process = rest.split_once('-').and_then(|(process, _)| process.parse::<u32>().ok());
        if !process.is_some_and(is_running) {
            remove(&entry.path());
        }
    }
}

fn is_old(entry: &DirEntry) -> bool {
    let modified = entry.metadata().and_then(|meta| meta.modified()).ok();
    modified.and_then(|modified| modified.elapsed().ok()).is_some_and(|age| age > A_DAY)
}

/// Only Linux tells without a question to the system that this program may not ask.
fn is_running(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}

/// Makes a file that is removed when the run is interrupted. Until the first of them, an interruption just ends the run.
pub(super) fn create(builder: &Builder, folder: &Path) -> std::io::Result<NamedTempFile> {
    // Where interruptions are ignored or handled already, as under nohup, they stay so.
    WATCH.call_once(|| drop(ctrlc::try_set_handler(stop)));
    let mut files = unfinished();
    let file = builder.tempfile_in(folder)?;
    files.insert(file.path().to_owned());
    Ok(file)
}

/// Removes a file, or a folder with all that is in it. Where it may not be removed it stays; what has failed is gone already.
fn remove(path: &Path) {
    let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
}

/// Makes a folder that is removed when the run is interrupted.
pub(super) fn create_folder(within: &Path) -> std::io::Result<PathBuf> {
    sweep(within);
    WATCH.call_once(|| drop(ctrlc::try_set_handler(stop)));
    let mut paths = unfinished();
    let prefix = prefix();
    let mut builder = Builder::new();
    builder.prefix(&prefix);
    // As whatever else the user makes; on its own it would be his alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let folder = builder.tempdir_in(within)?.keep();
    paths.insert(folder.clone());
    Ok(folder)
}

/// Removes an unfinished folder; of one that has been put in its place, nothing.
pub(super) fn remove_folder(folder: &Path) {
    if unfinished().remove(folder) {
        remove(folder);
    }
}

/// Puts a finished folder in its place. What stood there is set aside for a moment, and put back if that fails.
pub(super) fn exchange(folder: &Path, target: &Path, aside: &Path) -> std::io::Result<()> {
    let mut paths = unfinished();
    let stood = target.is_dir();
    if stood {
        std::fs::rename(target, aside)?;
    }
    if let Err(error) = std::fs::rename(folder, target) {
        if stood {
            std::fs::rename(aside, target)?;
        }
        return Err(error);
    }
    paths.remove(folder);
    if stood { std::fs::remove_dir_all(aside) } else { Ok(()) }
}

/// Puts a finished file in its place.
pub(super) fn persist(file: TempPath, target: &Path) -> std::io::Result<()> {
    let mut files = unfinished();
    let path = file.to_path_buf();
    file.persist(target).map_err(|error| error.error)?;
    files.remove(&path);
    Ok(())
}

/// Removes what is unfinished. The lock is held to the end, so that nothing is begun or put in place any more.
fn stop() {
    let files = unfinished();
    files.iter().for_each(|path| remove(path));
    exit(INTERRUPTED);
}
