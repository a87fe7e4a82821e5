//! The PDF as Poppler reads it.

use super::figures::{of_json, run};
use super::read::{Figures, between, first_word};
use crate::harness::tools::poppler;
use crate::harness::trials::{Missing, Outcome};
use crate::harness::*;
use std::collections::BTreeMap;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules.toml");

/// A report of a sample, as text with its layout.
fn text(site: &Site, sample: &str, options: &str) -> Result<String, Missing> {
    let ran = site.run(&format!("report --data {SAMPLES}/{sample} --rules {RULES} {options} -o report.pdf"));
    assert_ne!(ran.code, 2, "{options}: {}", ran.err);
    poppler("pdftotext", &["-layout"], &site.path("report.pdf"))
}

/// The matrix: on a page across its parts stand below one another. Marks are drawn, so that only the counts are text.
fn matrix(text: &str, heads: [&str; 2]) -> BTreeMap<String, Vec<String>> {
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in between(text, heads[0], heads[1]).lines().filter(|line| line.starts_with('M')) {
        let cells = line.split_whitespace().skip(2).map(str::to_owned);
        matrix.entry(first_word(line)).or_default().extend(cells);
    }
    matrix
}

fn without_marks(figures: &Figures) -> BTreeMap<String, Vec<String>> {
    // On paper a cell of two figures is two words.
    let words = |cell: &String| -> Vec<String> {
        cell.split(' ').map(|word| word.trim_start_matches(['✓', '✗']).to_owned()).collect()
    };
    let bare = |cells: &Vec<String>| cells.iter().flat_map(words).collect();
    figures.matrix.iter().map(|(id, cells)| (id.clone(), bare(cells))).collect()
}

#[test]
fn the_paper_says_what_check_says() -> Outcome {
    for (sample, lang, heads) in [
        ("clean", "en", ["Manager × rule", "Branches compared"]),
        ("office", "en", ["Manager × rule", "Branches compared"]),
        ("clean", "zh", ["客户经理 × 规则", "部门对比"]),
    ] {
        let expected = of_json(&run("check", sample, "--month 2026-09 --format json").json());
        let site = Site::bare();
        let text = text(&site, sample, &format!("--month 2026-09 --lang {lang}"))?;
        assert_eq!(matrix(&text, heads), without_marks(&expected), "{sample} {lang}");
        for (percent, met) in &expected.headlines {
            let (met, judged) = met.split_once('/').unwrap();
            let [met, judged] = [met, judged].map(|number| number.parse::<u64>().expect("a number"));
            let missed = judged - met;
            let met = match (lang, missed) {
                ("en", 0) => format!("{judged} of {judged} managers"),
                ("en", _) => format!("{missed} of {judged} managers"),
                (_, 0) => format!("{judged} 名客户经理全部"),
                _ => format!("{judged} 名中 {missed} 名"),
            };
            assert!(text.contains(percent) && text.contains(&met), "{sample} {lang}: {percent}, {met}");
        }
    }
    Ok(())
}

#[test]
fn pages_are_numbered_and_lines_can_be_found() -> Outcome {
    let site = Site::bare();
    let text = text(&site, "clean", "--month 2026-09 --lang zh")?;
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    for (number, page) in (1..).zip(&pages) {
        // Where ideographs and digits alternate singly Poppler takes the spaces for tracking.
        let page = page.replace(' ', "");
        assert!(page.contains(&format!("第{number}页/共{}页", pages.len())), "{page}");
    }
    assert!(text.contains("visits.csv:1354; plans.csv:1205"), "the lines of a finding");
    let told = poppler("pdfinfo", &[], &site.path("report.pdf"))?;
    assert!(told.contains("客户经理拜访规范月报 2026-09") && told.contains("A4"), "{told}");
    Ok(())
}

/// The rules of a month with nine files stand on the first page with what goes before them; those without a failure are named.
#[test]
fn the_first_page_is_the_first_screen() -> Outcome {
    for lang in ["zh", "en"] {
        let site = Site::bare();
        let text = text(&site, "clean", &format!("--month 2026-09 --lang {lang}"))?;
        let first = text.split('\u{c}').next().unwrap();
        let last = if lang == "zh" { "压线通话" } else { "just long enough" };
        let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(first.contains("first-arrival") && first.contains(last), "{first}");
    }
    Ok(())
}

#[test]
fn names_of_any_length_and_kind_are_printed() -> Outcome {
    let branch = "东".repeat(40_000);
    let site = Site::judging(&["onsite-share", "must-onsite"])
        .with(
            "data/customers.csv",
            format!("customer_id,name,manager_id,manager_name,branch\n1,a\u{1}b,M1,=1+1\u{202e},{branch}\n"),
        )
        .visits("M1,1,onsite,2026-09-07 08:00,,\n");
    let ran = site.run("report --data data --lang en -o report.pdf");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = poppler("pdftotext", &["-layout"], &site.path("report.pdf"))?;
    assert!(text.contains("=1+1"), "{text}");
    Ok(())
}

#[test]
fn a_character_that_no_font_has_is_told() {
    let site = Site::judging(&["onsite-share"])
        .with("data/customers.csv", "customer_id,name,manager_id,manager_name\nC1,a,M1,\u{2fa1d}\u{10fffd}\n")
        .visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let ran = site.run("report --data data --lang en -o report.pdf");
    assert!(ran.err.contains("U+10FFFD"), "{}", ran.err);
    assert_eq!(ran.code, 0);
}
