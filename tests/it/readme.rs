//! What the READMEs and the pages under docs tell readers to type, typed as it stands there, in both languages.
#![cfg(unix)]

use crate::harness::{PROGRAM, root};
use sha2::{Digest, Sha256};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// How the program is called where it is built first.
const BUILT: &str = "cargo run --quiet --no-default-features -- ";

const LOCALES: [&str; 2] = ["zh_CN.UTF-8", "en_GB.UTF-8"];

/// A machine on which the program is installed, with the sample data where readers have their own.
struct Reader {
    folder: TempDir,
    locale: &'static str,
}

impl Reader {
    fn new(locale: &'static str) -> Self {
        let reader = Self { folder: tempfile::tempdir().expect("a temporary folder"), locale };
        symlink(root().join("data-samples"), reader.path("data-samples")).expect("a link");
        for exports in ["exports", "九月"] {
            fs::create_dir(reader.path(exports)).expect("made");
            for file in fs::read_dir(root().join("data-samples/clean")).expect("the samples") {
                let file = file.expect("a file");
                fs::copy(file.path(), reader.path(exports).join(file.file_name())).expect("copied");
            }
        }
        fs::create_dir(reader.path("bin")).expect("made");
        symlink(PROGRAM, reader.path("bin/baifang")).expect("a link");
        let printer = reader.path("bin/lp");
        fs::write(&printer, "#!/bin/sh\ncat >/dev/null\n").expect("written");
        fs::set_permissions(&printer, Permissions::from_mode(0o755)).expect("made to run");
        reader
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shell(&self, line: &str) -> Output {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-c", line]).env("PATH", path).env("LC_ALL", self.locale).current_dir(self.folder.path());
        shell.stdin(Stdio::null()).output().expect("sh runs")
    }

    /// No command may be one that the program does not understand, or stops at.
    fn types(&self, line: &str) {
        let output = self.shell(&line.replace(BUILT, "baifang "));
        let (code, err) = (output.status.code(), String::from_utf8_lossy(&output.stderr));
        assert!(matches!(code, Some(0 | 1 | 3)), "{} {line}: {code:?} {err}", self.locale);
    }
}

/// The lines in blocks of shell commands.
fn commands(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).expect("a page");
    let mut is_inside = false;
    let mut found = vec![];
    for line in text.lines().map(str::trim) {
        match line {
            "```sh" => is_inside = true,
            "```" => is_inside = false,
            line if is_inside && !line.is_empty() => found.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

/// Types all that a page says, but for what builds or tests the program.
fn read_through(page: &Path, locale: &'static str) -> Reader {
    let reader = Reader::new(locale);
    let is_ours = |line: &&String| !line.starts_with("cargo") || line.starts_with(BUILT);
    commands(page).iter().filter(is_ours).for_each(|line| reader.types(line));
    reader
}

#[test]
fn the_english_readme_does_what_it_says() {
    for locale in LOCALES {
        let reader = read_through(&root().join("README.md"), locale);
        assert!(reader.path("exports-月报/2026-09/index.html").is_file());
        assert!(reader.path("exports/columns.toml").is_file() && reader.path("appeals.xlsx").is_file());
    }
}

#[test]
fn the_chinese_readme_does_what_it_says() {
    let page = root().join("README.zh.md");
    let text = fs::read_to_string(&page).expect("README.zh.md");
    let named = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let named: Vec<&str> = named.flat_map(|(names, _)| names.split("`、`")).collect();
    assert!(named.contains(&"index.html") && named.contains(&"managers/"), "{named:?}");
    for locale in LOCALES {
        let reader = read_through(&page, locale);
        for folder in ["九月-月报/2026-09", "月报/2026-09"] {
            // The sample has no row that cannot be read.
            for name in named.iter().filter(|name| **name != "rejects/") {
                assert!(reader.path(folder).join(name).exists(), "{folder}/{name}");
            }
        }
    }
}

#[test]
fn the_pages_under_docs_do_what_they_say() {
    let pages = ["exports", "reports", "outlook", "spot-checks", "follow-up", "ranking", "unattended"];
    for page in pages {
        read_through(&root().join("docs").join(page).with_extension("md"), LOCALES[1]);
    }
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        let path = entry.expect("an entry").path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let is_read =
            path.is_dir() || pages.contains(&stem) || !commands(&path).iter().any(|line| line.starts_with("baifang "));
        assert!(is_read, "{} has commands that no test types", path.display());
    }
}

/// What a page shows between marks of omission is what the command above it prints.
fn shows(page: &str) {
    let text = fs::read_to_string(root().join(page)).expect("a page");
    let (before, rest) = text.split_once("```text\n").expect("what is printed");
    let sample = rest.split("```").next().expect("its end");
    let is_command = |line: &&str| line.starts_with(BUILT) || line.starts_with("baifang ");
    let line = before.lines().rfind(is_command).expect("a command");
    let words = line.split(' ').skip_while(|word| *word != "check" && *word != "outlook");
    let printed = Command::new(PROGRAM).args(words).current_dir(root()).output().expect("the program runs").stdout;
    let printed = String::from_utf8(printed).expect("UTF-8");
    for part in sample.split("…\n").filter(|part| !part.is_empty()) {
        assert!(printed.contains(part), "{page} shows this, the program does not:\n{part}");
    }
}

#[test]
fn pages_show_what_the_program_prints() {
    shows("README.md");
    shows("docs/outlook.md");
}

#[test]
fn pictures_show_what_the_program_says() {
    let reader = Reader::new(LOCALES[0]);
    let sources = fs::read_to_string(root().join("docs/pictures/sources.txt")).expect("what they show");
    for source in sources.lines() {
        let [picture, digest, command] = source.splitn(3, ' ').collect::<Vec<_>>().try_into().expect("three parts");
        let size = fs::metadata(root().join("docs/pictures").join(picture)).expect("a picture").len();
        assert!(size < 150_000, "{picture}: {size} bytes");
        let now = Sha256::digest(reader.shell(command).stdout);
        let now: String = now.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(now, digest, "{picture} is out of date: run packaging/pictures.sh, and look at it");
    }
}

/// A link that leads nowhere is found before a reader finds it.
#[test]
fn links_between_pages_lead_somewhere() {
    let in_folder = |folder: &str| {
        fs::read_dir(root().join(folder)).expect("a folder").map(|entry| entry.expect("an entry").path())
    };
    let pages = in_folder("").chain(in_folder("docs")).chain(in_folder("packaging"));
    for page in pages.filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let target = link.split('#').next().unwrap_or_default();
            let leads = link.contains("://") || page.parent().expect("a folder").join(target).exists();
            assert!(leads, "{}: {link}", page.display());
        }
    }
}
