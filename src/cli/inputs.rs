//! The files that a run reads: none of its outputs may land on one of them (SPEC §4), and what cannot be read twice is read
//! once.

use super::unfinished;
use crate::lang::words;
use crate::load;
use crate::trouble::Trouble;
use file_id::{FileId, get_file_id};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whatever reads a file notes it here, and whatever writes one asks: between them lies the whole run.
static READ: Mutex<BTreeSet<FileId>> = Mutex::new(BTreeSet::new());
/// What pipes and devices gave, by the names they were called by.
static KEPT: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that a file is read; of one that is not there, nothing.
pub(super) fn note(path: &Path) {
    lock(&READ).extend(identity(path));
}

/// What a file is under any of its names: links of both kinds, `..`, and case where it does not count, lead to the same.
fn identity(path: &Path) -> Option<FileId> {
    Some(path).filter(|path| path.is_file()).and_then(|path| get_file_id(path).ok())
}

/// Stops where a file that was read would be written over.
pub(super) fn refuse(target: &Path) -> Result<(), Trouble> {
    if !identity(target).is_some_and(|file| lock(&READ).contains(&file)) {
        return Ok(());
    }
    let found = words("它是本次运行读取的文件，不能被结果覆盖", "this run reads it: no output may be written over it");
    let remedy = words("写到别处", "write to another place");
    Err(Trouble::new(found).file(target.display().to_string()).remedy(remedy))
}

/// Likewise standard output, where it is a file.
pub(super) fn refuse_stdout() -> Result<(), Trouble> {
    if cfg!(unix) { refuse(Path::new("/dev/stdout")) } else { Ok(()) }
}

/// Where a file can be read again: of what gives its bytes only once, as a pipe does, they are kept to the end of the run, up
/// to so many.
pub(super) fn lasting(path: &Path, most: u64) -> Result<PathBuf, Trouble> {
    let gives_once = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    if !gives_once {
        return Ok(path.to_owned());
    }
    let mut kept = lock(&KEPT);
    if let Some(place) = kept.get(path) {
        return Ok(place.clone());
    }
    let shown = path.display().to_string();
    let place = keep(path, most).map_err(|error| load::unreadable(&shown, &error))?;
    let place = place.ok_or_else(|| load::too_much(&shown, most))?;
    kept.insert(path.to_owned(), place.clone());
    Ok(place)
}

/// `None` where there is more.
fn keep(path: &Path, most: u64) -> std::io::Result<Option<PathBuf>> {
    let folder = std::env::temp_dir();
    unfinished::sweep(&folder);
    let prefix = unfinished::prefix();
    let mut file = unfinished::create(tempfile::Builder::new().prefix(&prefix), &folder)?;
    let copied = std::io::copy(&mut std::io::Read::take(File::open(path)?, most + 1), &mut file)?;
    let (_, place) = file.keep().map_err(|error| error.error)?;
    Ok((copied <= most).then_some(place))
}
