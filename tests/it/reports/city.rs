//! The report of a city: a page that stays small, a summary on paper.

use super::read as figures;
use crate::harness::trials::{Missing, Outcome};
use crate::harness::{Site, read, tools};

/// Makes a city of two dozen managers in whose visits thousands are found too short, and its report.
pub(super) fn report(site: &Site, name: &str) -> Result<(), Missing> {
    let generate = tools::example("generate")?;
    let made = std::process::Command::new(generate)
        .args(["--managers", "24", "--customers", "150", "--branches", "4", "--out"])
        .arg(site.path("city"))
        .status();
    assert!(made.expect("it runs").success());
    std::fs::write(site.path("strict.toml"), "[rules.short-visit]\nmin_minutes = 15\n").expect("written");
    let ran = site.run(&format!("report --data city --rules strict.toml --month 2026-09 --lang zh -o {name}"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    Ok(())
}

fn status(dom: &str) -> &str {
    figures::between(dom, "aria-live=\"polite\">", "</p>")
}

/// What is folded is packed; it unfolds, is found and is led to all the same.
#[test]
fn the_page_of_a_city_is_small_and_tells_everything() -> Outcome {
    let site = Site::bare();
    report(&site, "city.html")?;
    let page = site.path("city.html");
    let ran = site.run("check --data city --rules strict.toml --month 2026-09 --format json");
    let check: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let findings = check["findings"].as_array().expect("findings");
    let is_managers = |finding: &&serde_json::Value| finding["rule"] != "spot-check-size";
    let all = findings.iter().filter(is_managers).count();
    let size = read(&page).len();
    // 1.5 MB for 150 managers with 20,000 findings.
    assert!(all > 2_000 && size < all * 75, "{size} bytes, {all} findings");
    let shown = tools::browse(&page, "rule=short-visit", &["--dump-dom"])?;
    assert_eq!(shown.console, Vec::<String>::new());
    let short = findings.iter().filter(|finding| finding["rule"] == "short-visit").count();
    assert_eq!(status(&shown.dom), format!("符合条件 {short} 项，显示 100 项"));
    let manager = tools::browse(&page, "m-M007", &["--dump-dom"])?;
    assert_eq!(manager.console, Vec::<String>::new());
    let part = figures::between(&manager.dom, "id=\"m-M007\"", "id=\"m-M008\"");
    let his = findings.iter().filter(is_managers).filter(|finding| finding["manager_id"] == "M007").count();
    assert_eq!(part.matches("<td class=\"said\">").count(), his);
    let day = tools::browse(&page, "d-M007.2026-09-03", &["--dump-dom"])?;
    assert!(day.dom.contains("id=\"d-M007.2026-09-03\"") && day.dom.contains("id=\"m-M007\" open"));
    Ok(())
}

/// Of more than twenty managers paper has a summary; `--all` prints everything.
#[test]
fn a_city_on_paper_is_a_summary() -> Outcome {
    let site = Site::bare();
    report(&site, "city.pdf")?;
    let pages = |name: &str| -> Result<usize, Missing> {
        let told = tools::poppler("pdfinfo", &[], &site.path(name))?;
        let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")).expect("so many pages");
        Ok(pages.trim().parse().expect("a number"))
    };
    assert!(pages("city.pdf")? <= 12, "{}", pages("city.pdf")?);
    let text = tools::poppler("pdftotext", &["-layout"], &site.path("city.pdf"))?;
    assert!(text.contains("24 名客户经理的摘要") && text.contains("M024"), "{text}");
    assert!(text.split('\u{c}').next().is_some_and(|first| first.contains("集中之处") && first.contains("抽查户数")));
    let ran = site.run("report --data city --month 2026-09 --all -o all.pdf");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(pages("all.pdf")? > 20, "{}", pages("all.pdf")?);
    Ok(())
}
