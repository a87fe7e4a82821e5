//! One bad input, one golden message: each file of `tests/errors` holds the inputs, the options and what the program
//! must say in both languages.
//!
//! ```text
//! What the case is about.
//! --- file data/visits.csv [gb18030]      the lines below, in UTF-8 or the encoding named (gb18030, utf-16le, utf-16be)
//! --- file data/visits.csv escaped        the same with \0, \r, \xff for bytes and \*1000{ab} for a thousand times ab
//! --- file data/visits.csv.gz gzip        packed; `gzip cut` leaves out the last bytes
//! --- file data/visits.xlsx workbook      a workbook of such rows; [name] begins a sheet, and =12 is a number
//! --- copy data/visits.xlsx tests/workbooks/locked.xlsx
//! --- folder out                          an empty folder
//! --- run                                 the arguments
//! --- en                                  all of stderr under an English locale
//! --- zh                                  and under a Chinese one
//! ```
//!
//! `BAIFANG_BLESS=1` writes what the program says now into the cases; read the difference.

use crate::harness::trials::case_files;
use crate::harness::{golden, program, read, root};
use std::io::Write;
use std::path::{Path, PathBuf};

/// A case as its file has it.
#[derive(Default)]
struct Case {
    /// Everything up to the golden messages.
    given: String,
    files: Vec<(String, Vec<u8>)>,
    folders: Vec<String>,
    arguments: Vec<String>,
    en: String,
    zh: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        Self::parse(&std::fs::read_to_string(path).expect("a case is UTF-8"))
    }

    fn parse(text: &str) -> Self {
        let mut case = Self::default();
        let mut sections = text.split("\n--- ");
        case.given = sections.next().expect("a description").to_owned();
        for section in sections {
            let (head, body) = section.split_once('\n').unwrap_or((section, ""));
            match head.split(' ').collect::<Vec<_>>()[..] {
                ["file", name] => case.files.push((name.to_owned(), whole_lines(body).into_bytes())),
                ["file", name, "gb18030"] => {
                    let encoded = encoding_rs::GB18030.encode(&whole_lines(body)).0.into_owned();
                    case.files.push((name.to_owned(), encoded));
                }
                ["file", name, "utf-16le"] => {
                    let units = whole_lines(body).encode_utf16().flat_map(u16::to_le_bytes).collect();
                    case.files.push((name.to_owned(), units));
                }
                ["file", name, "utf-16be"] => {
                    let units = whole_lines(body).encode_utf16().flat_map(u16::to_be_bytes).collect();
                    case.files.push((name.to_owned(), units));
                }
                ["file", name, "escaped"] => case.files.push((name.to_owned(), unescaped(&whole_lines(body)))),
                ["file", name, "gzip"] => case.files.push((name.to_owned(), packed(&whole_lines(body)))),
                ["file", name, "gzip", "cut"] => {
                    let packed = packed(&whole_lines(body));
                    case.files.push((name.to_owned(), packed[..packed.len() - 20].to_vec()));
                }
                ["file", name, "workbook"] => case.files.push((name.to_owned(), workbook(body))),
                ["copy", name, from] => {
                    case.files.push((name.to_owned(), read(&root().join(from))));
                }
                ["folder", name] => case.folders.push(name.to_owned()),
                ["run"] => case.arguments = body.split_whitespace().map(str::to_owned).collect(),
                ["en"] => case.en = whole_lines(body),
                ["zh"] => case.zh = whole_lines(body),
                _ => panic!("no such section: {head}"),
            }
            if !["en", "zh"].contains(&head) {
                case.given.push_str(&format!("\n--- {section}"));
            }
        }
        case
    }

    fn write(&self, en: &str, zh: &str) -> String {
        format!("{}\n--- en\n{en}--- zh\n{zh}", self.given.trim_end())
    }

    /// What the program says under a locale; it must end with 2, with nothing on stdout, and leave no file behind.
    fn said(&self, locale: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        for name in &self.folders {
            std::fs::create_dir_all(path(name)).expect("the folder is made");
        }
        for (name, content) in &self.files {
            std::fs::create_dir_all(path(name).parent().expect("a folder")).expect("the folder is made");
            std::fs::write(path(name), content).expect("the file is written");
        }
        let before = listing(folder.path());
        let mut command = program(folder.path());
        let output = command.args(&self.arguments).env("LC_ALL", locale).output().expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (code, out, err) = (output.status.code(), text(&output.stdout), text(&output.stderr));
        if code != Some(2) || !out.is_empty() {
            return Err(format!("ended with {code:?}, not 2; on stdout: {out:?}; on stderr: {err}"));
        }
        if err.contains("panicked") || err.trim().is_empty() {
            return Err(format!("no message for people: {err:?}"));
        }
        if listing(folder.path()) != before {
            return Err(format!("files were left behind: {:?}", listing(folder.path())));
        }
        Ok(err)
    }
}

/// The body of a section, its last line ended; nothing stays nothing.
fn whole_lines(body: &str) -> String {
    if body.is_empty() || body.ends_with('\n') { body.to_owned() } else { format!("{body}\n") }
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).expect("memory takes any text");
    packer.finish().expect("memory takes any text")
}

fn workbook(body: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut row = 0;
    for line in body.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            book.add_worksheet().set_name(name).expect("a name");
            row = 0;
            continue;
        }
        let last = book.worksheets().len() - 1;
        let sheet = book.worksheet_from_index(last).expect("a sheet");
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.strip_prefix('=') {
                Some(number) => sheet.write_number(row, column, number.parse::<f64>().expect("a number")),
                None => sheet.write_string(row, column, cell),
            }
            .expect("a cell");
        }
        row += 1;
    }
    book.save_to_buffer().expect("memory takes any workbook")
}

/// The bytes that an escaped text stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend(plain.as_bytes());
        let (kind, behind) = escape.split_at(1);
        rest = behind;
        match kind {
            "0" => bytes.push(0),
            "r" => bytes.push(b'\r'),
            "x" => {
                let (digits, behind) = behind.split_at(2);
                bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                rest = behind;
            }
            "*" => {
                let (times, behind) = behind.split_once('{').expect("a number and then {");
                let (repeated, behind) = behind.split_once('}').expect("a closing }");
                bytes.extend(unescaped(repeated).repeat(times.parse().expect("a number")));
                rest = behind;
            }
            other => panic!("no such escape: \\{other}"),
        }
    }
    bytes.extend(rest.as_bytes());
    bytes
}

/// Every path below a folder, with the length of files.
fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let meta = entry.metadata().expect("its metadata");
        found.push((entry.path(), if meta.is_file() { meta.len() } else { 0 }));
        if meta.is_dir() {
            found.extend(listing(&entry.path()));
        }
    }
    found.sort();
    found
}

/// The test of one case.
pub(crate) fn judge(path: &Path) {
    let case = Case::read(path);
    let (en, zh) = std::thread::scope(|scope| {
        let en = scope.spawn(|| case.said("en_GB.UTF-8"));
        let zh = case.said("zh_CN.UTF-8");
        (en.join().expect("no panic in the harness"), zh)
    });
    let said = |said: Result<String, String>| said.unwrap_or_else(|why| panic!("{why}"));
    golden::same(path, &case.write(&said(en), &said(zh)));
}

/// The message in Chinese is not the English one, and neither says where the machine keeps its files.
#[test]
fn messages_are_in_their_language() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for path in case_files(&root().join("tests/errors")) {
        let case = Case::read(&path);
        let name = path.display();
        assert!(chinese(&case.zh), "{name}: the Chinese message is not Chinese");
        assert_ne!(case.en, case.zh, "{name}");
        assert!(!case.en.contains("os error") && !case.zh.contains("os error"), "{name}: the system's own words");
        for text in [&case.en, &case.zh] {
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{name}: control characters");
            assert!(text.len() < 4000 && text.lines().count() <= 7, "{name}: nobody reads {} bytes", text.len());
        }
        assert!(!case.en.contains("/tmp") && !case.zh.contains("/tmp"), "{name}: a path of the machine");
    }
}
