//! Where data goes: standard output, or a file that is written whole or not at all.

use crate::lang::{say, words};
use crate::load::unreadable;
use crate::render::text::{Page, USUAL_WIDTH};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Writes the run's data to `-o` or standard output.
pub fn write(matches: &ArgMatches, bytes: &[u8]) -> Result<(), Trouble> {
    match matches.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-") {
        Some(path) => to_file(path, bytes),
        None => to_stdout(bytes),
    }
}

/// A closed pipe ends the run quietly: whoever read has had enough.
fn to_stdout(bytes: &[u8]) -> Result<(), Trouble> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable("stdout", &error)),
        _ => Ok(()),
    }
}

/// By a temporary file beside it, sync and rename. What is no regular file, such as a device, is written directly.
fn to_file(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let shown = path.display().to_string();
    let cannot = |error: std::io::Error| unwritable(&shown, &error);
    let existing = std::fs::metadata(path).ok();
    if existing.as_ref().is_some_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return std::fs::write(path, bytes).map_err(cannot);
    }
    if existing.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(Trouble::new(words("这是一个文件夹,不能写成文件", "it is a folder, not a file")).file(shown));
    }
    // A link keeps pointing where it points.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = new_file(folder, existing.as_ref()).map_err(cannot)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(cannot)?;
    file.persist(&target).map_err(|error| cannot(error.error))?;
    Ok(())
}

/// With the permissions of the file it replaces, or those that any new file gets.
fn new_file(folder: &Path, existing: Option<&std::fs::Metadata>) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".baifang-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let usual = std::fs::Permissions::from_mode(0o666);
        builder.permissions(existing.map_or(usual, std::fs::Metadata::permissions));
    }
    #[cfg(not(unix))]
    let _ = existing;
    builder.tempfile_in(folder)
}

fn unwritable(shown: &str, error: &std::io::Error) -> Trouble {
    let why = unreadable(shown, error).to_string();
    let why = why.rsplit(": ").next().unwrap_or_default().to_owned();
    Trouble::new(say(format!("无法写入:{error}"), format!("cannot be written: {why}"))).file(shown)
}

/// The page that people's formats are written for.
pub fn page(matches: &ArgMatches) -> Page {
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
