//! What stands in letters, and who gets one.

use super::{days, site};
use crate::harness::Site;

/// The letters of a run as Markdown, by the names of their files.
fn letter(site: &Site, options: &str, name: &str) -> String {
    let ran = site.run(&format!("notice --data data --month 2026-09 --dir out --format md {options}"));
    assert_ne!(ran.code, 2, "{options}: {}", ran.err);
    std::fs::read_to_string(site.path("out").join(name)).unwrap_or_else(|error| panic!("{name}: {error} {}", ran.err))
}

fn holds(letter: &str, parts: &[&str]) {
    for part in parts {
        assert!(letter.contains(part), "{part}: {letter}");
    }
}

#[test]
fn a_notice_tells_what_was_found_what_is_asked_and_until_when() {
    let site = site("", &[(8, &[1]), (9, &[1, 0])]);
    let notice = letter(&site, "--date 2026-10-12 --lang en", "整改-2026-09-M1.md");
    holds(
        &notice,
        &[
            "# Notice of rectification",
            "拜访整改〔2026〕09-1号",
            "东郊 经理1 (M1):",
            "1 finding was made, a repeated one; please put right",
            "(1) field time (六.1, violation) \\[repeated\\]",
            "1 of 10 units failed. Required: ",
            "1\\) 2026-09-01: 1:00:00 in the field, less than 5 h.",
            "Please put this right by 2026-10-26 at the latest",
            "may appeal by 2026-10-14 at the latest on the form for appeals, with the finding's id",
            "Customer-service section",
            "Received by (signature)",
        ],
    );
    let id = site.check("--month 2026-09").list("findings")[0]["id"].as_str().unwrap().to_owned();
    assert!(notice.contains(&id), "{id}: {notice}");
    assert!(!site.path("out/整改-2026-09-M2.md").exists(), "he keeps the rules");
    let blank = letter(&site, "--lang zh", "整改-2026-09-M1.md");
    holds(
        &blank,
        &[
            "# 整改通知单",
            "东郊 经理1（M1）：",
            "发现你存在以下问题，共 1 项，其中 1 项属重复问题，请按期整改。",
            "考核 10 项，不合格 1 项。要求：",
            "1．9月1日：",
            "请于　　　年　　月　　日前（含当日）完成整改",
            "可于2026年10月14日前（含当日）填写申诉表提出申诉",
            "客户服务科",
        ],
    );
}

#[test]
fn long_lists_are_summed_up_in_both_languages() {
    let site = site("", &[(9, &[9])]);
    let en = letter(&site, "--lang en", "整改-2026-09-M1.md");
    holds(
        &en,
        &[
            "9 of 10 units failed; 9 days, e.g. 2026-09-01, 2026-09-02, 2026-09-03. Required",
            "The other 3 stand in the annex.",
        ],
    );
    assert_eq!(en.lines().filter(|line| line.starts_with("| F")).count(), 9, "all of them stand in the annex: {en}");
    let zh = letter(&site, "--lang zh", "整改-2026-09-M1.md");
    holds(&zh, &["考核 10 项，不合格 9 项；9 天，例如 9月1日、9月2日、9月3日。要求", "其余 3 项见附件。"]);
}

#[test]
fn the_circular_tells_how_the_month_went_beside_the_one_before() {
    let site = site("[notice]\nranking = true\nissuer = '西城分公司'\n", &[(8, &[1, 2, 0]), (9, &[3, 0, 0])]);
    let circular = letter(&site, "--date 2026-10-12 --lang en", "通报-2026-09.md");
    holds(
        &circular,
        &[
            "# Circular on how the visiting standard was kept in 2026-09",
            "3 managers were judged by the visiting standard on the data of 2026-09",
            "30 units assessed, 3 failed",
            "Files: customers.csv, visits.csv.",
            "| 90.0% | 90.0% | 0.0 | 2/3 |",
            "(1) field time (六.1, violation)",
            "3 of 30 units failed, of 1 manager: 经理1 (M1) 3.",
            "Before 2 = fixed 1 + repeated 1 + not verifiable 0; now 1 = repeated 1 + new 0",
            "Fixed: field time: 1, of 经理2 (M2) 1.",
            "The oldest have stood since 2026-08.",
            "Rank 1: 经理2 (M2), 100.00.",
            "by 2026-10-26 at the latest",
            "西城分公司",
            "Annex: the managers",
        ],
    );
    let zh = letter(&site, "--lang zh", "通报-2026-09.md");
    holds(
        &zh,
        &[
            "# 关于2026年9月客户经理拜访规范执行情况的通报",
            "一、检查范围",
            "考核 30 项，不合格 3 项，涉及 1 名客户经理：经理1（M1）3 项",
            "六、排名靠前的客户经理",
            "最早的自2026年8月起连续出现",
        ],
    );
}

#[test]
fn a_number_is_the_same_whoever_is_asked_for() {
    let numbered = "[notice]\nnumber = '{year}/{month}/{n}/{manager}'\n";
    let one = site(numbered, &[(9, &[1, 0, 1])]);
    let alone = letter(&one, "--manager M3", "整改-2026-09-M3.md");
    holds(&alone, &["2026/09/2/M3"]);
    assert!(!one.path("out/整改-2026-09-M1.md").exists());
    let unnumbered = letter(&site("[notice]\nnumber = ''\n", &[(9, &[1])]), "", "整改-2026-09-M1.md");
    assert!(!unnumbered.contains('〔'), "{unnumbered}");
    for (terms, found) in [
        ("number = '{day}'", "a quoted number with only {year}, {month}, {manager}, {n} in braces"),
        ("working_days = 0", "[notice] working_days = 0"),
        ("issuers = 'x'", "unknown name [notice] issuers"),
    ] {
        let stopped = site(&format!("[notice]\n{terms}\n"), &[(9, &[1])]).stopped("--month 2026-09");
        assert!(stopped.contains(found), "{stopped}");
    }
}

/// A warning alone brings no notice; one that repeats does. Integrity rules and the section's duties stand in no letter.
#[test]
fn a_notice_goes_to_whom_it_concerns() {
    let rules = ["plan-adherence", "short-visit", "retention"];
    let short = |month: u32| days(month, "M1", 0).replace("14:00", "08:01");
    let plans = |month: u32| {
        let rows = [("M1", 1), ("M2", u32::from(month == 8))];
        let row = |(manager, extra): (&str, u32)| {
            let date = format!("2026-{month:02}-{:02}", if month == 8 { 3 } else { 1 });
            let more = if extra > 0 { format!("{manager},CX,{date}\n") } else { String::new() };
            format!("{manager},C{manager},{date}\n{more}")
        };
        rows.map(row).concat()
    };
    let site = |with_august: bool| {
        let august = if with_august { short(8) + &days(8, "M2", 0) } else { String::new() };
        Site::ruled(&rules, "[calendar]\nholidays = []\nmakeup_workdays = []\n")
            .with("data/customers.csv", "customer_id,name,manager_id\nCM1,店,M1\nCM2,店,M2\nCX,店,M1\n")
            .visits(&(august + &short(9) + &days(9, "M2", 0)))
            .with("data/plans.csv", format!("manager_id,customer_id,date\n{}{}", plans(8), plans(9)))
    };
    let repeating = site(true);
    let notice = letter(&repeating, "--lang en", "整改-2026-09-M1.md");
    assert!(notice.contains("plan adherence") && notice.contains("warning"), "{notice}");
    assert!(!notice.contains("short visit") && !notice.contains("retention"), "{notice}");
    assert!(!repeating.path("out/整改-2026-09-M2.md").exists());
    let circular = letter(&repeating, "--lang en", "通报-2026-09.md");
    assert!(!circular.contains("short visit"), "{circular}");
    let ledger = std::fs::read_to_string(repeating.path("out/台账-2026-09.csv")).unwrap();
    assert!(ledger.contains(",short-visit,"), "it is the section's own list: {ledger}");
    let once = site(false);
    letter(&once, "", "通报-2026-09.md");
    assert!(!once.path("out/整改-2026-09-M1.md").exists(), "nothing repeats");
}

#[test]
fn letters_say_what_points_were_lost_and_where_the_calendar_ends() {
    let points = "[scores]\nmode = \"points\"\n[[points]]\nrule = \"field-time\"\nper_finding = 2\ncap = 5\nveto = 9\n";
    let site = site(points, &[(9, &[2, 9])]);
    let notice = letter(&site, "--lang zh --date 2026-10-12", "整改-2026-09-M1.md");
    holds(&notice, &["本月得分 96.00，扣分情况：", "| 4.00 | 2 | field-time | 市场拜访时间 |"]);
    let vetoed = letter(&site, "--lang zh --date 2026-10-12", "整改-2026-09-M2.md");
    holds(&vetoed, &["本月得分 0.00", "一票否决"]);
    holds(&letter(&site, "--lang zh --date 2026-10-12", "通报-2026-09.md"), &["扣分", "一票否决"]);
    assert!(!notice.contains("放假安排"), "{notice}");
    // Past the time to appeal, and with a deadline in a year whose official days nobody has listed.
    let late = letter(&site, "--lang zh --date 2026-12-28", "整改-2026-09-M1.md");
    holds(&late, &["申诉期限（2026年10月14日）已过", "没有 2027 年的放假安排"]);
    holds(&letter(&site, "--lang en --date 2026-12-28", "通报-2026-09.md"), &["no official days of 2027"]);
}
