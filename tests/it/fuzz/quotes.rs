//! One quote before any cell of an export: no row goes unsaid (SPEC §1.2, `rows_in_a_cell`).

use super::{Dice, all_may_be_rejected, cases};
use crate::harness::root;
use baifang::load::{self, Corrections, Finding, Mapping, Options};
use baifang::rules::config::Ruleset;
use baifang::trouble::Trouble;
use std::collections::BTreeMap;
use std::path::Path;

/// So many rows of each file: enough for quotes far apart.
const ROWS: usize = 120;

/// The text files of a sample.
fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("data-samples").join(name);
    let entries = std::fs::read_dir(folder).expect("the sample").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv" || ending == "tsv" || ending == "txt"))
        .map(|path| {
            (path.file_name().expect("a name").to_string_lossy().into_owned(), std::fs::read(&path).expect("read"))
        })
        .map(|(name, bytes)| {
            (name, bytes.split_inclusive(|byte| *byte == b'\n').take(ROWS).collect::<Vec<_>>().concat())
        })
        .collect();
    files.sort();
    files
}

/// How many rows each file has, whatever became of them.
fn rows(folder: &Path) -> Result<BTreeMap<String, u64>, Trouble> {
    let (ruleset, mapping) = (Ruleset::built_in(), Mapping::default());
    let most = ruleset.settings.max_unpacked;
    let sources = load::find(Some(folder), &[], &Finding { mapping: &mapping, sheets: &[], encoding: None, most })?;
    let options = Options {
        mapping: &mapping,
        area_code: &ruleset.settings.area_code,
        encoding: None,
        max_unpacked: most,
        max_rejected: all_may_be_rejected(),
        corrections: &Corrections::default(),
        as_of: None,
        excusing: &[],
        quality: &ruleset.settings.quality,
        later_checks: false,
        details: false,
        piece: 2_000,
        progress: &|_| (),
    };
    let begun = load::begin(&sources, &options)?;
    let horizon = begun.horizon()?;
    let loaded = begun.finish(&ruleset.scope(baifang::model::Month::of(horizon)), horizon)?;
    Ok(loaded.accounts.inputs.iter().map(|input| (input.source.shown.clone(), input.rows.sum())).collect())
}

/// Where cells begin: the text's own beginning, and behind whatever divides cells and lines.
fn cells(bytes: &[u8]) -> Vec<usize> {
    let divides = |byte: &u8| matches!(byte, b',' | b'\t' | b';' | b'\n');
    let behind = bytes.iter().enumerate().filter(|(_, byte)| divides(byte)).map(|(at, _)| at + 1);
    std::iter::once(0).chain(behind.filter(|at| *at < bytes.len())).collect()
}

#[test]
fn no_row_of_an_export_goes_unsaid() {
    let samples = ["clean", "office"].map(files);
    let before = samples.each_ref().map(|files| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        files.iter().for_each(|(name, bytes)| std::fs::write(folder.path().join(name), bytes).expect("written"));
        rows(folder.path()).expect("the sample can be read")
    });
    let stopped = std::sync::atomic::AtomicU64::new(0);
    let tried = cases(150, |dice: &mut Dice| {
        let sample = dice.below(2);
        let files = &samples[sample];
        // UTF-16 has two bytes to a character.
        let is_wide = |bytes: &[u8]| bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let victims: Vec<usize> = (0..files.len()).filter(|number| !is_wide(&files[*number].1)).collect();
        let victim = victims[dice.below(victims.len())];
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut at = 0;
        for (number, (name, bytes)) in files.iter().enumerate() {
            let mut bytes = bytes.clone();
            if number == victim {
                let cells = cells(&bytes);
                at = cells[dice.below(cells.len())];
                // What stands behind the mark is the first cell.
                at = if at == 0 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { at };
                bytes.insert(at, b'"');
            }
            std::fs::write(folder.path().join(name), bytes).expect("written");
        }
        let name = &files[victim].0;
        match rows(folder.path()) {
            Ok(rows) => assert!(
                rows[name] >= before[sample][name],
                "{name}, a quote at byte {at}: {} rows of {} are told",
                rows[name],
                before[sample][name]
            ),
            Err(_) => drop(stopped.fetch_add(1, std::sync::atomic::Ordering::Relaxed)),
        }
    });
    assert!(tried == 1 || stopped.into_inner() * 4 < tried, "most quotes cost some rows, and not the run");
}
