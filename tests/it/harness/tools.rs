//! What tests borrow from others: programs, packages, a corpus. Where something is missing the test ends with the reason.

use super::trials::Missing;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first of these programs that is here.
pub(crate) fn found(names: &[&'static str]) -> Result<&'static str, Missing> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |name: &&&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    names.iter().find(is_here).copied().ok_or_else(|| Missing::Tool(format!("{} is not here", names[0])))
}

/// One of the project's own examples, which `cargo test` builds unless it is told to build one test alone.
pub(crate) fn example(name: &str) -> Result<PathBuf, Missing> {
    let beside = Path::new(super::PROGRAM).with_file_name("examples").join(name);
    let path = beside.with_extension(std::env::consts::EXE_EXTENSION);
    if path.is_file() { Ok(path) } else { Err(Missing::Tool(format!("the example {name} is not built"))) }
}

/// What Chromium made of a page: the document after its script, or nothing where it was told to print; and what was said on
/// its console.
pub(crate) struct Browsed {
    pub dom: String,
    pub console: Vec<String>,
}

/// Opens a page that needs no network.
pub(crate) fn browse(page: &Path, fragment: &str, options: &[&str]) -> Result<Browsed, Missing> {
    let chromium = found(&["chromium", "chromium-browser", "google-chrome"])?;
    let profile = tempfile::tempdir().expect("a folder");
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--enable-logging=stderr", "--v=0", "--virtual-time-budget=4000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(options)
        .arg(format!("file://{}#{fragment}", page.display()))
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (dom, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{err}");
    let console = err.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect();
    Ok(Browsed { dom, console })
}

/// The script that `BAIFANG_AXE` names: axe.min.js of the npm package axe-core.
pub(crate) fn axe() -> Result<PathBuf, Missing> {
    let path = std::env::var_os("BAIFANG_AXE").map(PathBuf::from).filter(|path| path.is_file());
    path.ok_or_else(|| Missing::Tool("BAIFANG_AXE names no axe.min.js".to_owned()))
}

/// What a program of Poppler says of a PDF.
pub(crate) fn poppler(program: &'static str, options: &[&str], pdf: &Path) -> Result<String, Missing> {
    let program = found(&[program])?;
    let mut command = Command::new(program);
    command.args(options).arg(pdf);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A workbook as LibreOffice prints it, as a PDF beside it.
pub(crate) fn printed(workbook: &Path) -> Result<PathBuf, Missing> {
    let soffice = found(&["soffice", "libreoffice"])?;
    let (profile, folder) = (tempfile::tempdir().expect("a folder"), workbook.parent().expect("a folder"));
    let output = Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .args([folder, workbook])
        .output()
        .expect("it runs");
    let pdf = workbook.with_extension("pdf");
    assert!(pdf.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(pdf)
}

/// The Python that `BAIFANG_PYTHON` names, or the system's, where it can do what `code` asks.
pub(crate) fn python(code: &str) -> Result<PathBuf, Missing> {
    let program = std::env::var_os("BAIFANG_PYTHON").map_or("python3".into(), PathBuf::from);
    let able = Command::new(&program).args(["-c", code]).output().is_ok_and(|ran| ran.status.success());
    able.then_some(program).ok_or_else(|| Missing::Tool(format!("no Python that can {code}")))
}

/// The folder that `BAIFANG_SPECTRUM` names: the npm package csv-spectrum, unpacked.
pub(crate) fn corpus() -> Result<PathBuf, Missing> {
    let folder = std::env::var_os("BAIFANG_SPECTRUM").map(PathBuf::from);
    folder.ok_or_else(|| Missing::Tool("BAIFANG_SPECTRUM names no folder with csv-spectrum".to_owned()))
}
