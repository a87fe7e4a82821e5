//! Damaged bytes: whatever the files hold, a run ends with a result or a message, every row has met one fate, and what is
//! kept in memory is in proportion to what was read.
//!
//! Some hundred damaged folders are tried; `BAIFANG_CASES=1000000 cargo test --release --test it fuzz::` tries more of them.
//! `BAIFANG_FIRST_CASE=number` begins elsewhere; a case that fails says its number, and `BAIFANG_CASE=number` runs it alone.

mod quotes;
mod targets;
mod wrapped;

use crate::harness::{program, root};
use baifang::book::Book;
use baifang::judge::judge;
use baifang::lang::Lang;
use baifang::load::{self, Charset, Corrections, Finding, Mapping, Options};
use baifang::model::{ManagerId, Month};
use baifang::render::text::{self, Page};
use baifang::render::{csv, json};
use baifang::report::{Run, check, explain};
use baifang::rules::config::{BUILT_IN, Ruleset};
use baifang::trouble::Trouble;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Numbers that look random and are the same for the same seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// What has broken readers before: quotes, line ends, marks, halves of characters, values at the edge.
const NASTY: [&[u8]; 52] = [
    b"\"",
    b"\"\"",
    b"\"\n",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\r",
    b"\0",
    b",",
    b",,,,,,,,,,,,,,,,,,,,",
    b"\t",
    b";",
    b"'",
    b"=\"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xff",
    b"\x80",
    b"\xe6\x8b",
    b"\xf0\x9f\x98\x80",
    b"\xed\xa0\x80",
    b"\xc2\x85",
    b"\xc2\xa0",
    b"\xe3\x80\x80",
    b"\xb0\xdd\xb7\xc3",
    b"\x81\x30\x81\x30",
    b"\x1b[2J",
    b"\xe2\x80\xae",
    b"\x7f",
    "合计".as_bytes(),
    "—".as_bytes(),
    "无".as_bytes(),
    "９９".as_bytes(),
    b"-",
    b"1e999",
    b"-1",
    b"99999999999999999999",
    b"0.0000001",
    b"1.38E+10",
    b"NaN",
    b"inf",
    b"0000-00-00",
    b"9999-12-31 23:59:59",
    b"2026-02-30",
    b"99999999",
    b"46304.99999999",
    b"-2147483649",
    b"24:00",
    b"2026W53",
    b"\xf3\xa0\x80\x81",
    b"86",
];

/// Values that rules.toml may hold, or may not.
const VALUES: [&str; 22] = [
    "0",
    "100",
    "1000000",
    "\"00:00\"",
    "-1",
    "1e308",
    "nan",
    "inf",
    "9223372036854775807",
    "0.001",
    "\"\"",
    "[]",
    "{}",
    "true",
    "\"25:61\"",
    "1979-05-27",
    "[[]]",
    "\"\\u0000\\u001b\"",
    "-9223372036854775808",
    "[1, \"x\"]",
    "100.01",
    "\"9999-99-99\"",
];

/// The built-in rules.toml with one value that is another.
fn spoiled_rules(dice: &mut Dice) -> String {
    let lines: Vec<&str> = BUILT_IN.lines().collect();
    let values: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains(" = ")).collect();
    let victim = values[dice.below(values.len())];
    let value = dice.of(&VALUES);
    let spoil = |(number, line): (usize, &&str)| match line.split_once(" = ") {
        Some((name, _)) if number == victim => format!("{name} = {value}\n"),
        _ => format!("{line}\n"),
    };
    lines.iter().enumerate().map(spoil).collect()
}

/// Damages bytes in a few places.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice, other: &[u8]) {
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(10) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < bytes.len() => bytes[at] = dice.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = dice.below(other.len() + 1);
                let upto = (from + dice.below(200)).min(other.len());
                bytes.splice(at..end, other[from..upto].iter().copied());
            }
            _ => {
                let nasty = dice.of(&NASTY);
                let end = if dice.below(2) == 0 { at } else { end.min(at + 12) };
                bytes.splice(at..end, nasty.iter().copied());
            }
        }
    }
}

/// Puts something nasty in place of a whole cell of a row, so that it is read as what the column holds.
fn spoil_cells(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let start = dice.below(bytes.len() + 1);
        let is_end = |byte: &u8| matches!(byte, b',' | b'\t' | b'\n');
        let Some(from) = bytes[start..].iter().position(is_end).map(|offset| start + offset + 1) else { continue };
        let upto = bytes[from..].iter().position(is_end).map_or(bytes.len(), |offset| from + offset);
        let mut cell = dice.of(&NASTY).to_vec();
        if dice.below(3) == 0 {
            cell.extend(dice.of(&NASTY));
        }
        bytes.splice(from..upto, cell);
    }
}

/// A sample's files, of each the first rows.
fn sample(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("data-samples").join(name);
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the sample")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())
        })
        .map(|(name, bytes)| (name, bytes.split_inclusive(|byte| *byte == b'\n').take(25).collect::<Vec<_>>().concat()))
        .collect();
    files.sort();
    files
}

/// Loads, judges and writes all that a run of `check` would; how many bytes it wrote.
fn run(folder: &Path, dice: &mut Dice) -> Result<usize, Trouble> {
    let ruleset = match dice.below(3) {
        0 => Ruleset::parse(&spoiled_rules(dice), Some("rules.toml"))?,
        _ => Ruleset::built_in(),
    };
    let columns = std::fs::read_to_string(folder.join("columns.toml")).unwrap_or_default();
    let mapping = Mapping::parse(&columns, "columns.toml")?;
    let encoding = Charset::ALL.get(dice.below(40)).copied();
    let finding = Finding { mapping: &mapping, sheets: &[], encoding, most: ruleset.settings.max_unpacked };
    let sources = load::find(Some(folder), &[], &finding)?;
    let options = Options {
        mapping: &mapping,
        area_code: &ruleset.settings.area_code,
        encoding,
        max_unpacked: ruleset.settings.max_unpacked,
        max_rejected: if dice.below(4) == 0 { ruleset.settings.max_rejected } else { all_may_be_rejected() },
        corrections: &Corrections::default(),
        as_of: None,
        excusing: &[],
        quality: &ruleset.settings.quality,
        later_checks: false,
        details: false,
        piece: [load::PIECE, 64, 700][dice.below(3)],
        progress: &|_| (),
    };
    let asked = (dice.below(2) == 0).then(|| Month::parse("2026-09").unwrap());
    let begun = load::begin(&sources, &options)?;
    let horizon = begun.horizon()?;
    let month = asked.unwrap_or(Month::of(horizon));
    let loaded = begun.finish(&ruleset.scope(month), horizon)?;
    for input in loaded.accounts.inputs.iter() {
        let rejected =
            loaded.accounts.rejected.iter().filter(|row| sources.files[row.at.file as usize] == input.source);
        assert_eq!(input.rows.rejected, rejected.count() as u64, "rejected rows are listed one by one");
    }
    let book = Book::new(loaded.records, &loaded.accounts.inputs, &ruleset.settings.calendar);
    let managers: Vec<ManagerId> = book.manager_ids().filter(|id| book.is_manager_in(*id, month)).collect();
    let judgement = judge(&book, &loaded.accounts, &ruleset, month, &managers, &|| ());
    let run = Run::new(&judgement, &book, &ruleset, &loaded.accounts, None);
    let mut bytes = Vec::new();
    json::write_lines(&mut bytes, |keys| check::json::tell(&run, Lang::En, keys)).unwrap();
    serde_json::from_slice::<serde_json::Value>(&bytes).expect("the JSON is JSON");
    let sheet = csv::render(&check::csv::build(&run, Lang::Zh));
    let table = text::render(&check::build(&run, true, Lang::Zh), Page { width: 80, colour: false });
    assert!(table.chars().all(|c| !c.is_control() || c == '\n'), "a table holds control characters");
    Ok(bytes.len() + sheet.len() + table.len())
}

fn all_may_be_rejected() -> baifang::model::Percent {
    Ruleset::parse("[input]\nmax_rejected_percent = 100\n", None).unwrap().settings.max_rejected
}

/// A message is for people: short, and with nothing in it that a terminal would obey.
fn assert_readable(trouble: &Trouble) {
    for lang in [Lang::Zh, Lang::En] {
        let text = trouble.show(lang);
        assert!(text.chars().all(|c| !c.is_control() || c == '\n') && text.lines().count() <= 3, "{text:?}");
        assert!(text.chars().count() < 4000, "{} characters", text.chars().count());
        assert!(!text.contains("内部错误") && !text.contains("internal error"), "{text}");
    }
}

/// The binary itself ends with one of its exit codes, whatever it finds.
fn assert_ends_well(folder: &Path) {
    let output = program(folder).args(["check", "--matrix", "--data", "."]).output().expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=3)) && !said.contains("panicked"), "{}: {said}", output.status);
}

/// Runs as many cases as asked for, each on dice of its own, and says how many; one that panics is named.
fn cases(usual: u64, case: impl Fn(&mut Dice)) -> u64 {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    let all = match number("BAIFANG_CASE") {
        Some(only) => only..only + 1,
        None => {
            let first = number("BAIFANG_FIRST_CASE").unwrap_or(0);
            first..first + number("BAIFANG_CASES").unwrap_or(usual)
        }
    };
    for number in all.clone() {
        let tried = catch_unwind(AssertUnwindSafe(|| case(&mut Dice(number))));
        assert!(tried.is_ok(), "case {number}: BAIFANG_CASE={number} runs it alone");
    }
    all.end - all.start
}

#[test]
fn any_bytes_end_in_a_result_or_a_message() {
    let samples = [sample("clean"), sample("office")];
    let results = std::sync::atomic::AtomicU64::new(0);
    let tried = cases(100, |dice| {
        let files = &samples[dice.below(2)];
        let folder = tempfile::tempdir().expect("a temporary folder");
        let victim = dice.below(files.len());
        for (number, (name, bytes)) in files.iter().enumerate() {
            let mut bytes = bytes.clone();
            if number == victim || dice.below(6) == 0 {
                let other = &files[dice.below(files.len())].1;
                match dice.below(3) {
                    0 => spoil_cells(&mut bytes, dice),
                    1 => damage(&mut bytes, dice, other),
                    _ => {
                        spoil_cells(&mut bytes, dice);
                        damage(&mut bytes, dice, other);
                    }
                }
            }
            std::fs::write(folder.path().join(name), bytes).expect("the file is written");
        }
        if dice.below(30) == 0 {
            assert_ends_well(folder.path());
        }
        match run(folder.path(), dice) {
            Ok(_) => drop(results.fetch_add(1, std::sync::atomic::Ordering::Relaxed)),
            Err(trouble) => assert_readable(&trouble),
        }
    });
    assert!(tried == 1 || results.into_inner() * 10 > tried, "most damage is survived");
}

#[test]
fn any_bytes_in_a_toml_file_end_in_settings_or_a_message() {
    let columns = "[columns.visits]\nstarted_at = [\"进店\", \"x\"]\nmode = '方式'\n[values.customers.class]\nordinary = [\"加盟终端\"]\n\
                   \"某类\" = \"first_batch\"\n[values.visits.mode]\nonsite = [\"到店\"]\n";
    let parts: Vec<&str> = BUILT_IN.split("\n\n").collect();
    let read = |bytes: &[u8]| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        Mapping::parse(text, "columns.toml").err().iter().for_each(assert_readable);
        match Ruleset::parse(text, Some("rules.toml")) {
            Ok(ruleset) => drop(explain::markdown::table(&explain::all(&ruleset, None), Lang::Zh)),
            Err(trouble) => assert_readable(&trouble),
        }
    };
    cases(300, |dice| {
        let mut bytes = match dice.below(3) {
            0 => columns.as_bytes().to_vec(),
            1 => parts[dice.below(parts.len())].as_bytes().to_vec(),
            _ => BUILT_IN.as_bytes().to_vec(),
        };
        let other = parts[dice.below(parts.len())].as_bytes();
        damage(&mut bytes, dice, other);
        read(&bytes);
        // Most damage makes no TOML; with a single value damaged, it is read as what it may be.
        read(spoiled_rules(dice).as_bytes());
    });
}
