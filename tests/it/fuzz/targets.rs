//! What the fuzzer tries for hours (`fuzz/`), on its seeds and some damaged copies of each.

// The fuzzer calls them from outside.
#[allow(unreachable_pub)]
#[path = "../../../fuzz/src/lib.rs"]
mod calls;

use super::{Dice, cases, damage, spoil_cells};
use crate::harness::root;

/// The seeds of a target with their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join("fuzz/seeds").join(target);
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the seeds")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("a seed")))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target}");
    seeds
}

fn try_all(target: &str, call: fn(&[u8])) {
    let seeds = seeds(target);
    seeds.iter().for_each(|(_, seed)| call(seed));
    cases(60, |dice: &mut Dice| {
        let mut bytes = seeds[dice.below(seeds.len())].1.clone();
        let other = &seeds[dice.below(seeds.len())].1;
        match dice.below(3) {
            0 => spoil_cells(&mut bytes, dice),
            _ => damage(&mut bytes, dice, other),
        }
        call(&bytes);
    });
}

#[test]
fn text_table() {
    try_all("text_table", calls::text_table);
}

#[test]
fn workbook() {
    try_all("workbook", calls::workbook);
}

#[test]
fn columns() {
    try_all("columns", calls::columns);
}

#[test]
fn rules() {
    try_all("rules", calls::rules);
}

#[test]
fn appeals() {
    try_all("appeals", calls::appeals);
}
