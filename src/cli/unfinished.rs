//! Files that are still being written: whoever interrupts the run finds none of them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use tempfile::{Builder, NamedTempFile};

/// What a shell says of a program that was interrupted.
const INTERRUPTED: i32 = 130;

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static WATCH: Once = Once::new();

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a file that is removed when the run is interrupted. Until the first of them, an interruption just ends the run.
pub fn create(builder: &Builder, folder: &Path) -> std::io::Result<NamedTempFile> {
    // Where interruptions are ignored or handled already, as under nohup, they stay so.
    WATCH.call_once(|| drop(ctrlc::try_set_handler(stop)));
    let mut files = unfinished();
    let file = builder.tempfile_in(folder)?;
    files.insert(file.path().to_owned());
    Ok(file)
}

/// Puts a finished file in its place.
pub fn persist(file: NamedTempFile, target: &Path) -> std::io::Result<()> {
    let mut files = unfinished();
    let path = file.path().to_owned();
    file.persist(target).map_err(|error| error.error)?;
    files.remove(&path);
    Ok(())
}

/// Removes what is unfinished. The lock is held to the end, so that nothing is begun or put in place any more.
fn stop() {
    let files = unfinished();
    for path in &*files {
        // One that has failed is gone already.
        let _ = std::fs::remove_file(path);
    }
    exit(INTERRUPTED);
}
