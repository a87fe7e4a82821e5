//! Programs of other makers that show what a report looks like to them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether one of these programs is here; without any the test is skipped by name, unless `BAIFANG_REQUIRE_TOOLS` is set.
pub fn found(names: &[&'static str]) -> Option<&'static str> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_here = |name: &&&str| std::env::split_paths(&path).any(|folder| folder.join(name).is_file());
    let found = names.iter().find(is_here).copied();
    if found.is_none() {
        assert!(std::env::var_os("BAIFANG_REQUIRE_TOOLS").is_none(), "{} is required and not here", names[0]);
        eprintln!("skipped: {} is not here", names[0]);
    }
    found
}

/// What Chromium made of a page: the document after its script, or nothing where it was told to print; and what was said on
/// its console.
pub struct Browsed {
    pub dom: String,
    pub console: Vec<String>,
}

/// Opens a page that needs no network; `None` without Chromium.
pub fn browse(page: &Path, fragment: &str, options: &[&str]) -> Option<Browsed> {
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
    Some(Browsed { dom, console })
}

/// What a program of Poppler says of a PDF; `None` without it.
pub fn poppler(program: &'static str, options: &[&str], pdf: &Path) -> Option<String> {
    let program = found(&[program])?;
    let mut command = Command::new(program);
    command.args(options).arg(pdf);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A workbook as LibreOffice prints it, as a PDF beside it; `None` without LibreOffice.
pub fn printed(workbook: &Path) -> Option<PathBuf> {
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
    Some(pdf)
}
