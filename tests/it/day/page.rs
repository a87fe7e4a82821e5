//! The day as a page, and in his own report.

use super::{DAY, day, small};
use crate::harness::{Site, root};

#[test]
fn the_page_draws_the_day_and_its_way() {
    for lang in ["zh", "en"] {
        let ran = day(&format!("{DAY} --format html --lang {lang}"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let page = &ran.out;
        assert!(page.contains("class=\"timeline\"") && page.contains("class=\"way\""), "{lang}");
        for outside in ["http://", "https://", " src=", "<link", "url("] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert_eq!(ran.out, day(&format!("{DAY} --format html --lang {lang}")).out, "the same bytes");
    }
}

/// Whatever stands in the data stands in the page as text.
#[test]
fn names_stay_text() {
    let site = small().with(
        "data/customers.csv",
        "customer_id,name,manager_id,lon,lat,phone\nC1,</title><img src=x>,M1,117.2,34.2,1\nC2,b,M1,117.21,34.2,13700000002\n",
    );
    let page = site.run("day M1 2026-09-07 --data data --format html").out;
    assert!(page.contains("&#60;img") && !page.contains("<img"));
}

/// Every date that a finding leads to is there, in the report of everybody and in a manager's own.
#[test]
fn findings_lead_to_their_day() {
    let report = |line: &str| {
        let data = root().join("data-samples/clean");
        let ran = Site::bare().run(&format!("report --data {} --month 2026-09 --format html {line}", data.display()));
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    for (line, drawn) in [("", false), ("--manager M005", true)] {
        let page = report(line);
        let links: Vec<&str> = page.split("<a href=\"#d-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 20, "{line}: {}", links.len());
        for link in links {
            assert_eq!(page.matches(&format!("id=\"d-{link}\"")).count(), 1, "{line}: {link}");
        }
        assert_eq!(page.contains("class=\"timeline\""), drawn, "{line}");
    }
}
