//! What the fuzzer calls: any bytes in the place of one of the files that a run reads end in a result or a message.
//!
//! The everyday suite calls the same with the seeds and damaged copies of them (`tests/it/fuzz/targets.rs`), where the
//! fuzzer's toolchain is not at hand.

use baifang::book::Book;
use baifang::judge::judge;
use baifang::lang::Lang;
use baifang::load::{self, Corrections, Finding, Mapping, Options};
use baifang::model::{ManagerId, Month};
use baifang::render::json;
use baifang::report::{Run, check, explain};
use baifang::rules::config::Ruleset;
use baifang::trouble::Trouble;
use std::path::Path;

const CUSTOMERS: &[u8] = b"customer_id,name,manager_id,phone,must_onsite\nC1,a,M1,13800000001,yes\nC2,b,M1,,\n";
const VISITS: &[u8] =
    b"visit_id,manager_id,customer_id,mode,started_at,ended_at\nV1,M1,C1,onsite,2026-09-07 08:00,2026-09-07 08:30\n";

/// The visits as text.
pub fn text_table(bytes: &[u8]) {
    judged(&[("customers.csv", CUSTOMERS), ("visits.csv", bytes)]);
}

/// The visits as a workbook, a page or an archive: what it is its content tells.
pub fn workbook(bytes: &[u8]) {
    judged(&[("customers.csv", CUSTOMERS), ("visits.xlsx", bytes)]);
}

pub fn appeals(bytes: &[u8]) {
    judged(&[("customers.csv", CUSTOMERS), ("visits.csv", VISITS), ("appeals.csv", bytes)]);
}

pub fn columns(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    Mapping::parse(text, "columns.toml").err().iter().for_each(readable);
}

pub fn rules(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Ruleset::parse(text, Some("rules.toml")) {
        Ok(ruleset) => drop(explain::markdown::table(&explain::all(&ruleset, None), Lang::Zh)),
        Err(trouble) => readable(&trouble),
    }
}

fn judged(files: &[(&str, &[u8])]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("the file is written");
    }
    run(folder.path()).err().iter().for_each(readable);
}

/// All that `check --format json` does.
fn run(folder: &Path) -> Result<(), Trouble> {
    let (ruleset, mapping) = (Ruleset::built_in(), Mapping::default());
    // Little is enough to find what would take too much.
    let most = 64 << 20;
    let sources = load::find(Some(folder), &[], &Finding { mapping: &mapping, sheets: &[], encoding: None, most })?;
    let options = Options {
        mapping: &mapping,
        area_code: &ruleset.settings.area_code,
        encoding: None,
        max_unpacked: most,
        max_rejected: ruleset.settings.max_rejected,
        corrections: &Corrections::default(),
        as_of: None,
        excusing: &ruleset.settings.excuse,
        quality: &ruleset.settings.quality,
        later_checks: false,
        details: true,
        piece: 700,
        progress: &|_| (),
    };
    let begun = load::begin(&sources, &options)?;
    let horizon = begun.horizon()?;
    let month = Month::of(horizon);
    let loaded = begun.finish(&ruleset.scope(month), horizon)?;
    let book = Book::new(loaded.records, &loaded.accounts.inputs, &ruleset.settings.calendar);
    let managers: Vec<ManagerId> = book.manager_ids().filter(|id| book.is_manager_in(*id, month)).collect();
    let judgement = judge(&book, &loaded.accounts, &ruleset, month, &managers, &|| ());
    let run = Run::new(&judgement, &book, &ruleset, &loaded.accounts, None);
    let mut written = Vec::new();
    json::write_lines(&mut written, |keys| check::json::tell(&run, Lang::En, keys)).expect("memory takes any bytes");
    Ok(())
}

/// A message is short, and holds nothing that a terminal would obey.
fn readable(trouble: &Trouble) {
    for lang in [Lang::Zh, Lang::En] {
        let text = trouble.show(lang);
        assert!(!text.is_empty() && text.chars().count() < 4_000);
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
    }
}
