//! The files that a run reads: none of its outputs may land on one of them (SPEC §4), and what cannot be read twice is read
//! once.

use crate::lang::words;
use crate::load;
use crate::trouble::Trouble;
use file_id::{FileId, get_file_id};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whatever reads a file notes it here, and whatever writes one asks: between them lies the whole run.
static READ: Mutex<BTreeSet<FileId>> = Mutex::new(BTreeSet::new());
/// What pipes and devices gave, by the names they were called by.
static KEPT: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());
/// No text besides the tables is longer.
const MOST: u64 = 1 << 30;

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

/// All that is in a file of text. What gives its bytes only once, as a pipe does, is asked for them once.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let shown = path.display().to_string();
    let cannot = |error: std::io::Error| load::unreadable(&shown, &error);
    let gives_once = path.metadata().is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    if !gives_once {
        return std::fs::read(path).map_err(cannot);
    }
    let mut kept = lock(&KEPT);
    if let Some(bytes) = kept.get(path) {
        return Ok(bytes.clone());
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(cannot)?.take(MOST + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > MOST {
        return Err(load::too_much(&shown, MOST));
    }
    kept.insert(path.to_owned(), bytes.clone());
    Ok(bytes)
}
