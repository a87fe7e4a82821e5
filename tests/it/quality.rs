//! Market checks: what becomes of their rows, the means in the report, proposals, and score sheets that come back.

use crate::harness::{Json, Site, text};
use serde_json::json;

const QUALITY: &str = "month,manager_id,customer_id,item,score,max,checked_on\n";

fn site(rows: &str) -> Site {
    Site::ruled(&["market-check", "service-quality"], "")
        .with("data/customers.csv", "customer_id,name,manager_id,branch\nC1,东店,M1,城东\nC2,西店,M2,城西\n")
        .visits("M1,C1,onsite,2026-09-01 08:00,,\nM2,C2,onsite,2026-09-30 16:00,,\n")
        .with("data/quality-checks.csv", format!("{QUALITY}{rows}"))
}

fn rejected(json: &Json) -> Vec<(u64, String)> {
    let row = |row: &serde_json::Value| (row["line"].as_u64().unwrap_or_default(), text(&row["column"]));
    json.list("rejected").iter().map(row).collect()
}

#[test]
fn every_row_has_its_fate() {
    let rows = "2026-09,M1,C1,明码标价,8,,\n\
                2026-09,M1,C1,明码标价,9,,\n\
                2026-09,M1,C1,明码标价,9,,\n\
                2026-09,M1,C1,陈列维护,,,\n\
                2026-09,M1,C1,擦窗,1,,\n\
                2026-09,M1,C1,擦窗,,,\n\
                2026-09,M1,C1,品牌宣传,8.123,,\n\
                2026-09,M1,C1,品牌宣传,11,,\n\
                2026-09,M1,C1,品牌宣传,8,0,\n\
                ,M1,C1,品牌宣传,8,,\n\
                2026-07,M1,C1,品牌宣传,8,,\n\
                2026-09,M1,,品牌宣传,8,,\n\
                2026-09,M1,C1,,8,,\n\
                合计,,,,8,,\n";
    let json = site(rows).check("");
    assert_eq!(
        json.fates("quality-checks.csv"),
        "used 1, total 1, set_aside 1, repeat 1, superseded 1, other_period 1, rejected 8"
    );
    let told = [
        (6, "max"),
        (7, "max"),
        (8, "score"),
        (9, "score"),
        (10, "max"),
        (11, "checked_on"),
        (13, "customer_id"),
        (14, "item"),
    ];
    assert_eq!(rejected(&json), told.map(|(line, column)| (line, column.to_owned())));
}

#[test]
fn unknown_items_are_used_with_their_own_full_scores_and_listed() {
    let json = site("2026-09,M1,C1,擦窗,4,5,\n2026-09,M2,C2,明码标价,8,,\n").check("");
    assert_eq!(json.share("M1", "service-quality"), "4/5");
    assert_eq!(json.remarks("unknown_items")[0]["items"], json!(["擦窗"]));
    assert_eq!(json.remarks("unknown_items").len(), 1);
}

#[test]
fn the_report_has_means_and_names_who_is_to_be_seen() {
    let rows = "2026-09,M1,C1,明码标价,7.5,,\n2026-09,M2,C2,明码标价,9,,\n2026-09,M2,C2,擦窗,5,5,\n2026-09,M1,C1,陈列维护,4,,\n";
    let told = site(rows).run("report --data data --format markdown --lang zh").out;
    let section = told.split("服务质量检查").nth(1).expect("a section").split("\n## ").next().expect("its text");
    let line = |of: &str| {
        let found = section.lines().find(|line| line.contains(of)).unwrap_or_else(|| panic!("{of}: {section}"));
        found.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<&str>>()
    };
    assert_eq!(line("| 明码标价"), ["明码标价", "五(二)1(3)", "2", "8.25", "82.5%"]);
    assert_eq!(line("| 擦窗")[2..], ["1", "5.00", "100.0%"]);
    assert_eq!(line("| 城东"), ["城东", "2", "5.75", "57.5%"]);
    assert_eq!(line("| M2"), ["M2", "城西", "2", "7.00", "93.3%"]);
    assert!(section.contains("（1 户），建议列为必须实地拜访"), "{section}");
    let proposed = line("| C1");
    assert_eq!(proposed[..3], ["C1", "东店", "M1"]);
    assert!(proposed[3].contains("11.5/20（57.5%）") && proposed[3].contains("陈列维护 4/10"), "{proposed:?}");
    let none = Site::ruled(&["service-quality"], "").customers(1).visits("M1,C1,onsite,2026-09-30 16:00,,\n");
    assert!(!none.run("report --data data --format markdown --lang zh").out.contains("服务质量检查"));
}

/// Who is told to see a customer by the check is told so by who looks ahead, too.
#[test]
fn scores_of_the_month_before_ask_for_visits_ahead() {
    let rules = "[rules.must-onsite]\nfrom_quality = true\n";
    let site = Site::ruled(&["must-onsite", "service-quality"], rules)
        .customers(2)
        .visits("M1,C1,phone,2026-09-01 08:00,,\nM1,C2,phone,2026-09-10 16:00,,\n")
        .with("data/quality-checks.csv", format!("{QUALITY}2026-08,M1,C1,明码标价,7,,\n2026-08,M1,C2,明码标价,8,,\n"));
    let ahead = site.run("outlook --data data --format json").json();
    let units: Vec<(String, String)> = ahead.list("managers")[0]["units"]
        .as_array()
        .expect("units")
        .iter()
        .map(|unit| (text(&unit["rule"]), text(&unit["customer_id"])))
        .collect();
    assert_eq!(units, [("must-onsite".to_owned(), "C1".to_owned())]);
    let checked = site.check("");
    assert_eq!(checked.verdict("M1", "must-onsite"), "pending 0/0/1");
}

#[test]
fn score_sheets_come_back_as_scores() {
    for (lang, name, score, item) in [("en", "quality-checks", "score", "item"), ("zh", "质量检查", "得分", "检查项目")]
    {
        let site = site("");
        let line = "sample --data data --month 2026-09 --quality --seed s --format csv";
        let sheets = site.run(&format!("{line} --lang {lang}"));
        assert_eq!(sheets.code, 0, "{}", sheets.err);
        let mut reader = csv::Reader::from_reader(sheets.out.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let place = |name: &str| header.iter().position(|own| own == name).expect("the column is there");
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).expect("written");
        let mut rows = 0;
        for row in reader.records() {
            let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
            assert!(!row[place(item)].is_empty());
            row[place(score)] = "8".to_owned();
            writer.write_record(&row).expect("written");
            rows += 1;
        }
        assert_eq!(rows, 24, "twelve items at a customer of each manager");
        std::fs::write(site.path("data/quality-checks.csv"), QUALITY).expect("written");
        let back = writer.into_inner().expect("written");
        std::fs::write(site.path(&format!("data/{name}-2026-09.csv")), back).expect("written");
        let json = site.check("--month 2026-09 --as-of 2026-10-31");
        assert_eq!((json.list("rejected").len(), json.remarks("unused_headers").len()), (0, 0));
        for manager in ["M1", "M2"] {
            assert_eq!(json.share(manager, "service-quality"), "96/120");
            assert_eq!(json.verdict(manager, "market-check"), "pass 1/0/0");
        }
        // What nobody has filled in says nothing.
        std::fs::write(site.path(&format!("data/{name}-2026-09.csv")), sheets.out).expect("written");
        assert_eq!(site.check("").fates(&format!("{name}-2026-09.csv")), "set_aside 24");
    }
}

#[test]
fn score_sheets_are_printed_and_keyed_into_workbooks() {
    let site = site("");
    let line = "sample --data data --month 2026-09 --quality --seed s --lang zh";
    for file in ["sheets.pdf", "质量检查.xlsx"] {
        let ran = site.run(&format!("{line} -o {file}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let bytes = std::fs::read(site.path("sheets.pdf")).expect("the sheets");
    assert!(bytes.starts_with(b"%PDF"));
    let back = site.run("check --data data --quality 质量检查.xlsx --format json").json();
    assert_eq!(back.fates("质量检查.xlsx"), "set_aside 24");
}
