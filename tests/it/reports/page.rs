//! The HTML page as a browser has it.

use super::figures::{of_json, run};
use super::read;
use crate::harness::tools;
use crate::harness::trials::Outcome;
use crate::harness::*;
use std::path::PathBuf;

/// The report of the samples' September, and its folder.
fn page() -> (Site, PathBuf) {
    let site = Site::bare();
    let report = run("report", "clean", "--month 2026-09 --format html");
    let path = site.path("report.html");
    std::fs::write(&path, report.out).unwrap();
    (site, path)
}

/// The rows of the table in which all findings are looked through.
fn found(dom: &str) -> Vec<Vec<String>> {
    let finder = read::between(dom, "id=\"findings\"", "</details>");
    read::rows(read::between(finder, "<tbody>", "</tbody>"))
}

#[test]
fn the_page_needs_nothing_besides_itself() {
    let (_site, path) = page();
    let text = String::from_utf8(read(&path)).unwrap();
    for outside in ["http://", "https://", " src=", "<link", "@import", "url(", " onclick", " onload", " style=\""] {
        assert!(!text.contains(outside), "{outside}");
    }
    assert!(text.contains("default-src 'none'"));
}

#[test]
fn findings_are_filtered_by_what_the_address_asks_for() -> Outcome {
    let (_site, path) = page();
    let browsed = tools::browse(&path, "rule=call-proof", &["--dump-dom"])?;
    assert_eq!(browsed.console, Vec::<String>::new());
    let json = run("check", "clean", "--month 2026-09 --format json").json();
    let expected = json.findings("call-proof").len();
    let rows = found(&browsed.dom);
    assert_eq!(rows.len(), expected);
    assert!(rows.iter().all(|row| row[1] == "call proof"), "{rows:?}");
    assert!(browsed.dom.contains(&format!("{expected} shown of {expected} that match")));
    let one = tools::browse(&path, "rule=call-proof&q=C0205", &["--dump-dom"])?;
    let of_customer = json.findings("call-proof").iter().filter(|finding| finding["customer_id"] == "C0205").count();
    assert!(of_customer > 0);
    assert_eq!(found(&one.dom).len(), of_customer);
    Ok(())
}

#[test]
fn findings_are_sorted_by_what_they_measure() -> Outcome {
    let (_site, path) = page();
    let browsed = tools::browse(&path, "rule=unplanned-cap&sort=-measured", &["--dump-dom"])?;
    assert_eq!(browsed.console, Vec::<String>::new());
    let percent = |row: &Vec<String>| {
        let text = row[5].split_once('(').expect("a share").1;
        text.trim_end_matches(")").trim_end_matches('%').parse::<f64>().expect("a percentage")
    };
    let percents: Vec<f64> = found(&browsed.dom).iter().map(percent).collect();
    assert!(percents.len() > 5 && percents.is_sorted_by(|one, two| one >= two), "{percents:?}");
    assert!(browsed.dom.contains("aria-sort=\"descending\""));
    Ok(())
}

/// Everything that comes from files stands in the page as text.
#[test]
fn hostile_names_stay_text_in_the_browser() -> Outcome {
    let hostile = "</script><img src=x onerror=document.title='run'>";
    let site = Site::judging(&["must-onsite", "onsite-share"])
        .with(
            "data/customers.csv",
            format!("customer_id,name,manager_id,manager_name,branch,must_onsite\n{hostile}C1,n,{hostile},{hostile},{hostile},yes\nC2,n,M2,\"a\"\"b\",x,no\n"),
        )
        .visits(&format!("M2,C2,onsite,2026-09-01 08:00,,\nM2,C2,onsite,2026-09-30 08:00,,\n{hostile},{hostile}C1,phone,2026-09-08 08:00,,\n"));
    let ran = site.run("report --data data --month 2026-09 --as-of 2026-09-30 --lang en -o r.html");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = String::from_utf8(read(&site.path("r.html"))).unwrap();
    assert!(text.contains("onerror=document") && !text.contains("<img"), "{text}");
    assert_eq!(text.matches("</script>").count(), 1);
    let browsed = tools::browse(&site.path("r.html"), "rule=must-onsite", &["--dump-dom"])?;
    assert_eq!(browsed.console, Vec::<String>::new());
    assert!(!browsed.dom.contains("<img") && !browsed.dom.contains("<title>run"));
    assert_eq!(found(&browsed.dom).len(), 1, "{}", browsed.dom);
    Ok(())
}

/// On A4 paper, with what the report rests on unfolded.
#[test]
fn the_page_prints() -> Outcome {
    let (site, path) = page();
    let pdf = site.path("r.pdf");
    let option = format!("--print-to-pdf={}", pdf.display());
    tools::browse(&path, "", &[&option, "--no-pdf-header-footer"])?;
    let info = tools::poppler("pdfinfo", &[], &pdf)?;
    assert!(info.contains("A4"), "{info}");
    let text = tools::poppler("pdftotext", &["-layout"], &pdf)?;
    let json = run("check", "clean", "--month 2026-09 --format json").json();
    for (percent, _) in of_json(&json).headlines {
        assert!(text.contains(&percent), "{percent} in {text}");
    }
    assert!(text.contains("max_gap_minutes = 60"), "definitions are unfolded on paper: {text}");
    assert!(text.matches("fails when").count() > 1, "heads are repeated on every page of a table: {text}");
    Ok(())
}

#[test]
fn a_link_to_a_manager_unfolds_his_part() -> Outcome {
    let (_site, path) = page();
    let browsed = tools::browse(&path, "m-M002", &["--dump-dom"])?;
    assert_eq!(browsed.console, Vec::<String>::new());
    assert!(browsed.dom.contains("id=\"m-M002\" open"), "{}", browsed.dom);
    assert!(!browsed.dom.contains("id=\"m-M001\" open"));
    Ok(())
}

/// A city of 150 managers must stay below 3 MB: what the page holds of each is a fiftieth of a megabyte at most, here with
/// fourteen findings on average.
#[test]
fn the_page_stays_small() {
    let (_site, path) = page();
    let text = String::from_utf8(read(&path)).unwrap();
    let managers = text.split("<details class=\"fold\" id=\"m-").skip(1);
    let sizes: Vec<usize> = managers.take(5).map(str::len).collect();
    assert!(sizes.len() == 5 && sizes.iter().sum::<usize>() < 5 * 20_000, "{sizes:?}");
}
