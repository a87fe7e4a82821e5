//! The files that a run reads: none of its outputs may land on one of them (SPEC §4).

use crate::lang::words;
use crate::trouble::Trouble;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Whatever reads a file notes it here, and whatever writes one asks: between them lies the whole run.
static READ: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Notes that a file is read; of one that is not there, nothing.
pub(super) fn note(path: &Path) {
    let real = path.canonicalize().ok().filter(|path| path.is_file());
    READ.lock().unwrap_or_else(PoisonError::into_inner).extend(real);
}

/// Stops where a file that was read would be written over.
pub(super) fn refuse(target: &Path) -> Result<(), Trouble> {
    let Ok(real) = target.canonicalize() else { return Ok(()) };
    if !READ.lock().unwrap_or_else(PoisonError::into_inner).contains(&real) {
        return Ok(());
    }
    let found = words("它是本次运行读取的文件，不能被结果覆盖", "this run reads it: no output may be written over it");
    let remedy = words("写到别处", "write to another place");
    Err(Trouble::new(found).file(target.display().to_string()).remedy(remedy))
}
