//! A folder that is made beside its place and put there at the end, whole or not at all. What this program made there before
//! it replaces; everything else stays as it is.

use crate::cli::output::unwritable;
use crate::cli::{inputs, unfinished};
use crate::digest;
use crate::lang::words;
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

/// What was made, with the SHA-256 of each file, as `sha256sum` writes it.
const MADE: &str = ".made-by-baifang";

/// A folder on its way to its place.
pub(super) struct Place {
    target: PathBuf,
    /// Where it is made.
    folder: PathBuf,
}

/// The relative paths of files and the SHA-256 of each.
type Made = BTreeMap<String, String>;

impl Place {
    /// Begins a folder `out/name`.
    pub(super) fn begin(out: &Path, name: &str) -> Result<Self, Trouble> {
        fs::create_dir_all(out).map_err(|error| unwritable(out, &error))?;
        let target = out.join(name);
        let aside = aside(&target);
        // A run that was killed between two steps has left what stood there under this name.
        let restored = match (target.exists(), aside.exists()) {
            (false, true) => fs::rename(&aside, &target),
            (true, true) => fs::remove_dir_all(&aside),
            _ => Ok(()),
        };
        restored.map_err(|error| unwritable(&aside, &error))?;
        if target.exists() && !target.is_dir() {
            let found = words("这是一个文件，不是文件夹", "it is a file, not a folder");
            let remedy = words("移走它，或写到别处", "move it, or write to another place");
            return Err(Trouble::new(found).file(target.display().to_string()).remedy(remedy));
        }
        let folder = unfinished::create_folder(out).map_err(|error| unwritable(out, &error))?;
        Ok(Self { target, folder })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a file.
    pub(super) fn add(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).map_err(|error| unwritable(&self.target.join(name), &error))
    }

    /// The files made so far, by relative path with `/` between its parts.
    pub(super) fn names(&self) -> Result<Vec<String>, Trouble> {
        Ok(entries(&self.folder)?.iter().filter_map(|path| name_of(path)).collect())
    }

    /// Puts it in its place, and returns that.
    ///
    /// # Errors
    /// Where a file would be written over that this program did not make, or that was changed since; nothing has been touched
    /// then.
    pub(super) fn finish(self) -> Result<PathBuf, Trouble> {
        let made = digests(&self.folder, self.names()?)?;
        if self.target.is_dir() {
            self.keep(&made)?;
        }
        let list: String = made.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
        self.add(MADE, list.as_bytes())?;
        unfinished::exchange(&self.folder, &self.target, &aside(&self.target))
            .map_err(|error| unwritable(&self.target, &error))?;
        Ok(self.target.clone())
    }

    /// Takes over from what stands there all that this program did not make.
    fn keep(&self, made: &Made) -> Result<(), Trouble> {
        let list = fs::read_to_string(self.target.join(MADE)).unwrap_or_default();
        let before: Made = list
            .lines()
            .filter_map(|line| line.split_once("  "))
            .map(|(digest, name)| (name.to_owned(), digest.to_owned()))
            .collect();
        for path in entries(&self.target)?.iter().filter(|path| *path != Path::new(MADE)) {
            let there = self.target.join(path);
            let name = name_of(path);
            let digest = name.as_ref().and_then(|name| before.get(name));
            if digest.is_some_and(|digest| is_still(&there, digest)) {
                inputs::refuse(&there)?;
            } else if name.is_some_and(|name| made.contains_key(&name)) {
                return Err(not_ours(&there, digest.is_some()));
            } else {
                take_over(&there, &self.folder.join(path)).map_err(|error| unwritable(&there, &error))?;
            }
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        unfinished::remove_folder(&self.folder);
    }
}

fn not_ours(path: &Path, was_made: bool) -> Trouble {
    let found = match was_made {
        true => words("写出后又被改动，不能覆盖", "it was changed since it was made, and is not written over"),
        false => words("不是本程序写出的，不能覆盖", "this program did not make it, and does not write over it"),
    };
    let remedy = words(
        "把它移到别处（填好的申诉表放进数据文件夹），再运行一次",
        "move it away (an appeals form that was filled in: into the data folder), and run again",
    );
    Trouble::new(found).file(path.display().to_string()).remedy(remedy)
}

/// Where what stood there is for a moment.
fn aside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".before");
    target.with_file_name(name)
}

fn is_still(path: &Path, digest: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| digest::sha256(&bytes) == digest)
}

/// Gives a file of the user, or an empty folder, a place in the new folder too. A second name of the same file costs nothing;
/// where there is no such thing it is copied.
fn take_over(there: &Path, here: &Path) -> std::io::Result<()> {
    fs::create_dir_all(here.parent().unwrap_or(here))?;
    if there.is_dir() {
        return fs::create_dir_all(here);
    }
    fs::hard_link(there, here).or_else(|_| fs::copy(there, here).map(drop))
}

fn digests(folder: &Path, names: Vec<String>) -> Result<Made, Trouble> {
    let of = |name: String| {
        let path = folder.join(&name);
        let bytes = fs::read(&path).map_err(|error| unwritable(&path, &error))?;
        Ok((name, digest::sha256(&bytes)))
    };
    names.into_iter().map(of).collect()
}

/// A relative path as the list of what was made has it; the program makes none that is no text.
fn name_of(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(OsStr::to_str).collect();
    parts.map(|parts| parts.join("/"))
}

/// All files below a folder and all its empty folders, by relative path, in order.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = vec![];
    let mut left = vec![PathBuf::new()];
    while let Some(within) = left.pop() {
        let path = folder.join(&within);
        let entries = fs::read_dir(&path).and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>());
        let entries = entries.map_err(|error| unwritable(&path, &error))?;
        if entries.is_empty() && within != Path::new("") {
            found.push(within.clone());
        }
        for entry in entries {
            let path = within.join(entry.file_name());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder { &mut left } else { &mut found }.push(path);
        }
    }
    found.sort();
    Ok(found)
}
