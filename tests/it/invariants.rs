//! Properties that hold for any organisation: the program and a second, plain reading of the rules agree; and what ought
//! not to matter (order of rows, files, encodings, spellings, repeats, colleagues, threads) does not; and nobody is convicted
//! on what could not be read.
//!
//! BAIFANG_CASES sets the number of organisations tried, always the same ones unless PROPTEST_RNG_SEED names others; a
//! failure prints the organisation's seed, which BAIFANG_SEED tries again, and the smallest folder found.

use crate::plain::compare::{self, askable, count_verdicts, differences};
use crate::plain::plant::{self, Plant, planted};
use crate::plain::program::{self, Answer, Encoding, Style};
use crate::plain::shrink::{shrink, subject};
use crate::plain::tally::Finding;
use crate::plain::world::World;
use crate::plain::{Org, org, respell, variants};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError};
use std::collections::{BTreeMap, BTreeSet};

/// Cases of a property; those that run the program several times a case get a share of them.
fn cases(share: u32) -> Config {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let all = if number("BAIFANG_SEED").is_some() { 1 } else { number("BAIFANG_CASES").unwrap_or(300) as u32 };
    let config = Config::default();
    let rng_seed = match config.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed => fixed,
    };
    // Seeds do not shrink: a smaller number is another organisation. `shrink` makes the folder small instead.
    Config { cases: (all / share).max(1), max_shrink_iters: 0, failure_persistence: None, rng_seed, ..config }
}

/// Seeds of organisations: any, or the one asked for.
fn seeds() -> BoxedStrategy<u64> {
    match std::env::var("BAIFANG_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => Just(seed).boxed(),
        None => any::<u64>().boxed(),
    }
}

fn fail(seed: u64, why: &str, org: &Org) -> TestCaseError {
    TestCaseError::fail(format!("seed {seed}\n{why}\n{}", program::folder_text(org)))
}

fn can_be_asked(org: &Org) -> bool {
    World::new(org).is_some_and(|w| askable(&w))
}

/// The seed's organisation, or the next after it of which something can be asked.
fn random(seed: u64) -> Org {
    (0..).map(|n| org::random(seed.wrapping_add(n))).find(can_be_asked).unwrap()
}

fn check(seed: u64, org: &Org, style: Style) -> Result<Answer, TestCaseError> {
    program::check(org, style, 1).map_err(|error| fail(seed, &error, org))
}

/// Both organisations get the same verdicts.
fn same_verdicts(seed: u64, what: &str, one: (&Org, Style), other: (&Org, Style)) -> Result<(), TestCaseError> {
    let (a, b) = (check(seed, one.0, one.1)?, check(seed, other.0, other.1)?);
    match variants::first_difference(&variants::verdicts(&a.json), &variants::verdicts(&b.json)) {
        None => Ok(()),
        Some(d) => Err(fail(seed, &format!("{what} {:?}: {d}\n{}", other.1, program::folder_text(one.0)), other.0)),
    }
}

/// What the plain reading convicts of, holds in doubt, passes.
fn plain_findings(org: &Org) -> (BTreeSet<String>, BTreeSet<String>) {
    let w = World::new(org).unwrap();
    let (mut failing, mut doubtful) = (BTreeSet::new(), BTreeSet::new());
    for rule in compare::rules(&w) {
        for (m, tally) in compare::tallies(&w, &rule).into_iter().flatten() {
            let name = |f: &Finding| format!("{} {} {m} {} {}", rule.name, rule.item, f.when, f.customer);
            failing.extend(tally.failing.iter().map(name));
            doubtful.extend(tally.doubtful.iter().map(name));
        }
    }
    (failing, doubtful)
}

/// Rules about the app rather than the people where most of it fails (§1.2, half_fail).
const INTEGRITY: [&str; 11] = [
    "overlap",
    "travel-speed",
    "geofence",
    "short-visit",
    "clock",
    "excused-visit",
    "photo-reuse",
    "same-position",
    "archive-position",
    "round-times",
    "edge-calls",
];

/// The counted findings: rule, item, manager, date or period, customer.
fn counted(json: &serde_json::Value) -> BTreeSet<String> {
    let name = |f: &serde_json::Value| {
        let cells =
            ["rule", "item", "manager_id", "date", "period", "customer_id"].map(|key| f[key].as_str().unwrap_or(""));
        cells.join(" ")
    };
    json["findings"].as_array().unwrap().iter().filter(|f| f["state"] == "counted").map(name).collect()
}

/// What §1.1 leaves failed: a row that does not name its manager is nobody's day, a row without any date may concern too
/// many; and a check of unknown date may be later than `--as-of`.
fn puts_nobody_in_doubt(spoilt: &Org, plants: &[Plant]) -> bool {
    let columns = |p: &Plant| p.column == "manager_id" || (p.column == "checked_on" && spoilt.as_of.is_some());
    plants.iter().any(columns) || World::new(spoilt).unwrap().rejected.iter().any(|r| r.dates.is_empty())
}

/// The plain reading by itself: without unknown cells and rejected rows nothing is in doubt, and whoever it convicts in
/// spite of them it convicts without them.
#[test]
fn the_plain_reading_convicts_nobody_on_what_it_cannot_read() {
    let (mut convicted, mut doubted, mut wrong) = (0, 0, Vec::new());
    for seed in 0..30 {
        let org = variants::without_ties(&random(seed));
        let (spoilt, plants) = planted(&org, seed);
        if !can_be_asked(&org) || !can_be_asked(&spoilt) || puts_nobody_in_doubt(&spoilt, &plants) {
            continue;
        }
        let (clean, spoilt) = (plain_findings(&org), plain_findings(&spoilt));
        assert!(clean.1.is_empty(), "seed {seed}: {:?}", clean.1);
        wrong.extend(spoilt.0.difference(&clean.0).map(|f| format!("seed {seed}: {f}")));
        convicted += spoilt.0.len();
        doubted += spoilt.1.len();
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(convicted > 500 && doubted > 20, "{convicted} convicted, {doubted} in doubt");
}

/// The properties below would hold for empty folders too: the organisations must reach every verdict of every rule.
#[test]
fn the_organisations_reach_every_verdict() {
    let mut counts = BTreeMap::new();
    (0..150).for_each(|seed| count_verdicts(&org::random(seed), &mut counts));
    let by_day_or_visit = [
        "first-arrival",
        "field-time",
        "plan-adherence",
        "plan-made",
        "unplanned-cap",
        "daily-sync",
        "daily-summary",
        "visit-upload",
        "exception-evidence",
        "paper-fallback",
        "plan-ahead",
        "plan-contact",
        "call-proof",
        "web-proof",
        "archive",
        "spot-check-result",
        "overlap",
        "short-visit",
        "clock",
    ];
    let rules: BTreeSet<&str> = counts.keys().map(|(rule, _)| *rule).collect();
    for rule in rules {
        for verdict in ["pass", "fail", "pending", "not_assessed"] {
            let met = counts.get(&(rule, verdict)).copied().unwrap_or(0);
            assert!(met > 0 || (verdict == "pending" && by_day_or_visit.contains(&rule)), "{rule} is never {verdict}");
        }
    }
}

fn agree(seed: u64, org: &Org) -> Result<(), TestCaseError> {
    let all = differences(org);
    // Findings tell more than counts.
    let Some(first) = all.iter().find(|d| d.contains(" alone ")).or(all.first()).cloned() else { return Ok(()) };
    let small = shrink(org, &subject(&first));
    Err(fail(seed, &differences(&small).join("\n"), &small))
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn both_readings_agree(seed in seeds()) {
        let org = random(seed);
        agree(seed, &org)?;
    }

    #[test]
    fn both_readings_agree_on_what_cannot_be_read(seed in seeds()) {
        let (org, _) = planted(&random(seed), seed);
        if can_be_asked(&org) {
            agree(seed, &org)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn shuffled_rows_change_no_verdict(seed in seeds()) {
        let org = variants::without_ties(&random(seed));
        if !can_be_asked(&org) {
            return Ok(());
        }
        same_verdicts(seed, "shuffled", (&org, Style::default()), (&variants::shuffled(&org, seed), Style::default()))?;
    }

    #[test]
    fn files_encodings_delimiters_change_no_verdict(seed in seeds()) {
        let org = random(seed);
        let encodings = [Encoding::Utf8, Encoding::Utf8Bom, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be];
        let style = Style {
            encoding: encodings[seed as usize % 5],
            delimiter: b",\t;"[seed as usize / 5 % 3],
            parts: 1 + seed as usize / 15 % 3,
            named: "",
        };
        same_verdicts(seed, "written", (&org, Style::default()), (&org, style))?;
    }

    #[test]
    fn spellings_change_no_verdict(seed in seeds()) {
        let org = random(seed);
        same_verdicts(seed, "respelt", (&org, Style::default()), (&respell::respelt(&org, seed), Style::default()))?;
    }

    #[test]
    fn repeated_rows_change_no_verdict(seed in seeds()) {
        let org = random(seed);
        let style = Style { parts: 1 + seed as usize % 2, ..Style::default() };
        same_verdicts(seed, "repeated", (&org, Style::default()), (&variants::repeated(&org, seed), style))?;
    }

    #[test]
    fn files_cut_at_as_of_are_files_read_as_of(seed in seeds()) {
        let mut org = org::random(seed);
        org.as_of = org.as_of.or(Some(org.month.first() + chrono::Duration::days((seed % 40) as i64)));
        if !can_be_asked(&org) {
            return Ok(());
        }
        same_verdicts(seed, "cut", (&org, Style::default()), (&variants::cut(&org), Style::default()))?;
    }

    #[test]
    fn a_colleague_changes_no_verdict(seed in seeds()) {
        let org = random(seed);
        if !variants::without_gaps(&org) {
            return Ok(());
        }
        let more = variants::with_twin(&org, seed);
        let (a, b) = (check(seed, &org, Style::default())?, check(seed, &more, Style::default())?);
        // Whether a rule is wholly not assessed depends on all managers, and only then are its results left out.
        let about_others = |json| {
            let mut lines = variants::of_managers(json, |m| m != variants::TWIN);
            // An integrity rule that fails over half of its units tells of the app (§1.2): a twin doubles them.
            let integrity = |line: &String| INTEGRITY.iter().any(|rule| line.contains(rule));
            lines.retain(|line| !line.contains("not_assessed") && !integrity(line));
            lines
        };
        let (a, b) = (about_others(&a.json), about_others(&b.json));
        if let Some(d) = variants::first_difference(&a, &b) {
            Err(fail(seed, &format!("with a twin: {d}"), &more))?;
        }
    }

    #[test]
    fn threads_change_no_byte(seed in seeds()) {
        let org = random(seed);
        let run = |threads| program::check(&org, Style { parts: 2, ..Style::default() }, threads);
        let (one, two) = (run(1), run(2));
        if one.map(|a| a.stdout).map_err(|e| fail(seed, &e, &org))? != two.map(|a| a.stdout).map_err(|e| fail(seed, &e, &org))? {
            Err(fail(seed, "one thread and two say different things", &org))?;
        }
    }

    #[test]
    fn rows_that_name_nobody_change_no_verdict(seed in seeds()) {
        let org = random(seed);
        let more = variants::with_unusable(&org, seed);
        same_verdicts(seed, "with rows that name nobody", (&org, Style::default()), (&more, Style::default()))?;
    }

    #[test]
    fn findings_keep_their_ids_in_other_files(seed in seeds()) {
        let org = planted(&variants::without_ties(&random(seed)), seed).0;
        if !can_be_asked(&org) {
            return Ok(());
        }
        let style = Style { parts: 1 + seed as usize % 4, named: "export-", ..Style::default() };
        let (a, b) = (check(seed, &org, Style::default())?, check(seed, &variants::shuffled(&org, seed), style)?);
        let ids = |json: &serde_json::Value| -> BTreeSet<String> {
            json["findings"].as_array().unwrap().iter().map(|f| f["id"].to_string()).collect()
        };
        let (a, b) = (ids(&a.json), ids(&b.json));
        if a != b {
            let gone: Vec<_> = a.symmetric_difference(&b).collect();
            Err(fail(seed, &format!("ids differ: {gone:?}"), &org))?;
        }
    }

    #[test]
    fn whoever_is_convicted_stays_convicted(seed in seeds()) {
        let (org, plants) = planted(&variants::without_ties(&random(seed)), seed);
        let mended = plant::mended(&org, &plants, seed);
        if !can_be_asked(&org) || !can_be_asked(&mended) || puts_nobody_in_doubt(&org, &plants) {
            return Ok(());
        }
        let (a, b) = (check(seed, &org, Style::default())?, check(seed, &mended, Style::default())?);
        let (before, after) = (counted(&a.json), counted(&b.json));
        let acquitted: Vec<_> = before.difference(&after).filter(|f| !INTEGRITY.iter().any(|r| f.starts_with(r))).collect();
        if !acquitted.is_empty() {
            let why = format!("no longer convicted of {acquitted:?} in\n{}", program::folder_text(&mended));
            Err(fail(seed, &why, &org))?;
        }
    }

    #[test]
    fn without_unknown_cells_nothing_is_in_doubt(seed in seeds()) {
        let org = random(seed);
        let answer = check(seed, &org, Style::default())?;
        let findings = answer.json["findings"].as_array().unwrap();
        let doubtful = answer.json["results"].as_array().unwrap().iter().any(|r| r["doubtful"] != 0);
        if doubtful || findings.iter().any(|f| f["state"] != "counted") {
            Err(fail(seed, "in doubt", &org))?;
        }
    }

    #[test]
    fn every_row_has_one_fate(seed in seeds()) {
        let org = variants::with_junk(&random(seed), seed);
        let answer = check(seed, &org, Style::default())?;
        for table in &org.tables {
            let (told, written) = (variants::rows_by_fate(&answer.json, table.kind), table.rows.len() as u64);
            if told != written {
                Err(fail(seed, &format!("{}: {told} rows told, {written} written", table.kind), &org))?;
            }
        }
    }
}
