//! Goldens: files that hold what the program said when somebody last looked at it.
//!
//! They are what the program wrote and nothing besides, so that a Markdown golden is read as Markdown and a difference in a
//! review is the difference that users get.

use similar::TextDiff;
use std::path::Path;

/// The rules of the goldens: every shape of a result and a finding, and every headline. The others are off, so that no change
/// of theirs, nor a new rule, shifts a golden.
pub(crate) const SHOWN: [&str; 8] = [
    "first-arrival",
    "field-time",
    "unplanned-cap",
    "onsite-share",
    "call-proof",
    "spot-check-size",
    "archive",
    "cadence",
];

/// Whether differences are written into the goldens instead of failing the test.
pub(crate) fn blessing() -> bool {
    std::env::var_os("BAIFANG_BLESS").is_some_and(|value| value == "1")
}

/// Compares with a file of `tests/golden`.
pub(crate) fn golden(name: &str, found: &str) {
    same(&super::root().join("tests/golden").join(name), found);
}

/// Compares with a whole file, wherever it stands.
pub(crate) fn same(path: &Path, found: &str) {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == found {
        return;
    }
    let shown = path.strip_prefix(super::root()).unwrap_or(path).display();
    if blessing() {
        std::fs::write(path, found).unwrap_or_else(|error| panic!("{shown}: {error}"));
        return;
    }
    let diff = TextDiff::from_lines(expected.as_str(), found);
    let diff = diff.unified_diff().context_radius(2).header("golden", "program").to_string();
    panic!("{shown} differs; look at it, then bless it (BAIFANG_BLESS=1):\n{diff}");
}

/// Without what changes with every change of rules.toml, with every release, and with rules that are not shown.
pub(crate) fn masked(text: &str, rules: &str) -> String {
    let sha = baifang::digest::sha256(rules);
    let version = env!("CARGO_PKG_VERSION");
    let others = baifang::rules::ALL.iter().map(|rule| rule.meta().id).filter(|id| !SHOWN.contains(id));
    let rows: Vec<String> = others.map(|id| format!("| {id} |")).collect();
    let is_shown = |line: &&str| !rows.iter().any(|row| line.starts_with(row));
    let shown: String = text.split_inclusive('\n').filter(is_shown).collect();
    shown
        .replace(&sha, "[rules]")
        .replace(&sha[..12], "[rules]")
        .replace(&format!("baifang {version}"), "baifang [version]")
        .replace(&format!(",{version},"), ",[version],")
}
