//! Makes a failing organisation small: rows, tables and parameters go as long as the readings still differ in the same way.

use super::Org;
use super::compare::differences;
use super::params::Params;

/// What a difference is about: the rule or part of the answer, and of findings who names which alone.
pub(crate) fn subject(difference: &str) -> String {
    let rule = difference.split([' ', ':']).next().unwrap_or("");
    let of_findings = ["findings", "in doubt"].into_iter().find(|what| difference.contains(&format!(": {what}: ")));
    let alone = ["program", "plain"].into_iter().filter(|who| !difference.contains(&format!("{who} alone []")));
    match of_findings {
        Some(what) => format!("{rule} {what} {}", alone.collect::<Vec<_>>().join(" ")),
        None => rule.to_string(),
    }
}

/// At most this many further runs of the program are spent.
const RUNS: usize = 400;

pub(crate) fn shrink(org: &Org, about: &str) -> Org {
    let mut runs = 0;
    let mut fails = |org: &Org| {
        runs += 1;
        runs <= RUNS && differences(org).iter().any(|d| subject(d) == about)
    };
    let mut best = org.clone();
    let plain = Org { params: Params { ignore: Vec::new(), ..Params::shipped() }, ..best.clone() };
    if fails(&plain) {
        best = plain;
    }
    for kind in ["managers", "plans", "days", "calls", "services", "inquiries", "checks"] {
        let mut less = best.clone();
        less.tables.retain(|t| t.kind != kind);
        if less.tables.len() < best.tables.len() && fails(&less) {
            best = less;
        }
    }
    for table in 0..best.tables.len() {
        let mut size = best.tables[table].rows.len().div_ceil(2);
        while size > 0 {
            let mut from = 0;
            while from < best.tables[table].rows.len() {
                let mut less = best.clone();
                let rows = &mut less.tables[table].rows;
                rows.drain(from..(from + size).min(rows.len()));
                if fails(&less) {
                    best = less;
                } else {
                    from += size;
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
    }
    best
}
