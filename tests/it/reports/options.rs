//! How a report is asked for.

use crate::harness::*;

fn site() -> Site {
    Site::judging(&["onsite-share", "must-onsite"]).customers(2).visits("M1,C1,onsite,2026-09-07 08:00,,\n")
}

#[test]
fn the_ending_of_the_output_decides_the_format() {
    let site = site();
    let by_ending = site.run("report --data data --lang en -o a.MD");
    assert_eq!((by_ending.code, by_ending.out.as_str()), (0, ""), "{}", by_ending.err);
    let by_name = site.run("report --data data --lang en --format markdown");
    assert_eq!(String::from_utf8(read(&site.path("a.MD"))).unwrap(), by_name.out);
    assert!(by_name.out.starts_with("# Visiting standard: monthly report 2026-09"), "{}", by_name.out);
}

#[test]
fn a_report_confined_to_some_says_so() {
    let customers = "customer_id,name,manager_id,branch\nC1,n,M1,东\nC2,n,M2,东\nC3,n,M3,西\n";
    let site = Site::judging(&["onsite-share"])
        .with("data/customers.csv", customers)
        .visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let ran = site.run("report --data data --lang zh --format md --branch 东");
    assert!(ran.out.contains("本报告仅含：东"), "{}", ran.out);
    // His own has his name in the title.
    let own = site.run("report --data data --lang zh --format md --manager M1");
    assert!(own.out.starts_with("# 客户经理拜访规范月报 2026-09：M1\n"), "{}", own.out);
}

#[test]
fn violations_are_no_failure_of_the_report_and_rejected_rows_are_told() {
    let ran = site().run("report --data data --format md");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = (1..=40).map(|n| format!("M1,C1,onsite,2026-09-07 {:02}:{:02},,\n", 8 + n / 60, n % 60));
    let rows: String = rows.chain(["M1,C1,onsite,never,,\n".to_owned()]).collect();
    let clean = Site::judging(&["clock"]).customers(1).visits(&rows).run("report --data data --format md");
    assert_eq!(clean.code, 3, "{}", clean.err);
}

/// One report each, of himself alone, in the format of the whole one.
#[test]
fn every_manager_gets_a_report_of_his_own() {
    let customers = "customer_id,name,manager_id,manager_name\nC1,n,M/1,孙赟\nC2,n,m1,甲\nC3,n,M1,乙\n";
    let site = Site::judging(&["onsite-share"])
        .with("data/customers.csv", customers)
        .visits("M/1,C1,onsite,2026-09-30 08:00,,\n");
    let ran = site.run("report --data data --lang zh --per-manager each -o all.md");
    assert_eq!(ran.code, 3, "two have no visits: {}", ran.err);
    let folder = std::fs::read_dir(site.path("each")).unwrap();
    let mut names: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["2026-09 M1 乙.md", "2026-09 M_1 孙赟.md", "2026-09 m1 甲.md"]);
    let own = String::from_utf8(read(&site.path("each/2026-09 M_1 孙赟.md"))).unwrap();
    assert!(own.contains("2026-09：M/1 孙赟\n") && own.contains("100.0%"), "{own}");
    assert!(!own.contains('甲') && !own.contains('乙'), "{own}");
    assert!(site.path("all.md").is_file());
}

#[test]
fn reports_for_managers_alone_leave_stdout_to_others() {
    let site = site();
    let ran = site.run("report --data data --per-manager each");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(site.path("each/2026-09 M1.html").is_file());
    assert_eq!(std::fs::read_dir(site.path("each")).unwrap().count(), 1);
}

#[test]
fn the_same_files_give_the_same_bytes_on_any_number_of_threads() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples/clean");
    let site = Site::bare();
    for format in ["html", "markdown"] {
        let report = |threads: &str| {
            let mut command = site.command(&format!("report --data {samples} --lang zh --format {format}"));
            Ran::of(command.env("RAYON_NUM_THREADS", threads)).out
        };
        let one = report("1");
        assert!(one.len() > 10_000);
        assert_eq!(one, report("4"), "{format}");
    }
}

#[test]
fn a_report_tells_that_it_lists_fewer_findings_than_there_are() {
    let site = Site::judging(&["onsite-share", "must-onsite"]).customers(5).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let report = |findings: &str| {
        let ran =
            site.run(&format!("report --data data --lang en --format md --as-of 2026-09-30 --findings {findings}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    assert!(report("none").contains("This report lists none of the "), "{}", report("none"));
    assert!(!report("all").contains("This report lists"), "{}", report("all"));
}

/// Markdown has no table without a head; whoever listens to a page hears the head with every cell.
#[test]
fn every_table_of_markdown_and_of_a_page_has_heads() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples/clean");
    let report = |options: &str| Site::bare().run(&format!("report --data {samples} --month 2026-09 {options}")).out;
    for lang in ["zh", "en"] {
        let text = report(&format!("--format md --lang {lang}"));
        let lines: Vec<&str> = text.lines().collect();
        let heads = lines.windows(2).filter(|two| two[1].starts_with("| ---")).map(|two| two[0]);
        assert!(heads.clone().count() > 10, "{text}");
        assert_eq!(heads.filter(|head| head.replace(['|', ' '], "").is_empty()).count(), 0, "{lang}");
        let page = report(&format!("--format html --lang {lang}"));
        assert_eq!(page.matches("<table").count(), page.matches("<thead>").count(), "{lang}");
    }
}

/// Nobody's own report is about a group.
#[test]
fn a_report_of_one_gives_verdicts_instead_of_counts() {
    let ran = site().run("report --data data --lang en --format md --as-of 2026-09-30");
    assert!(
        ran.out.contains("| on-site share | 六.3 | violation | ✓ pass | 1 | 0 | 0 | 100.0% | onsite-share |"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("| - not assessed: "), "{}", ran.out);
    assert!(!ran.out.contains("Manager × rule"), "{}", ran.out);
}
