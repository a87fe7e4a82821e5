//! Which sheets and packed files are read, and what is said of the others (SPEC §1.2, §2).

use super::tables::{CUSTOMERS, HEADER, bytes, sheet, visit};
use crate::harness::*;
use rust_xlsxwriter::Workbook;

/// The tables that were not read: where, and what is said to do.
fn unread(json: &Json) -> Vec<(String, String)> {
    let obstacles = json.list("obstacles").iter().filter(|one| one["kind"] == "not_read");
    obstacles.map(|one| (text(&one["where"]), text(&one["remedy"]))).collect()
}

/// What a folder with these visits comes to.
fn checked(name: &str, content: impl AsRef<[u8]>, options: &str) -> Json {
    let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
    site.with(&format!("data/{name}"), content).check(options)
}

/// A workbook of visits with a second sheet.
fn with_second(name: &str, rows: &[&str]) -> Workbook {
    let mut book = Workbook::new();
    sheet(&mut book, "明细", &[HEADER, &visit("M1", "C1", 7), &visit("M1", "C1", 8)]);
    sheet(&mut book, name, rows);
    book
}

#[test]
fn a_hidden_sheet_of_a_kind_is_an_obstacle_until_it_is_asked_for() {
    let hidden = |rows: &[&str]| {
        let mut book = with_second("西关", rows);
        book.worksheet_from_name("西关").expect("the sheet").set_hidden(true);
        bytes(book)
    };
    let visits = hidden(&[HEADER, &visit("M2", "C2", 7)]);
    let json = checked("visits.xlsx", &visits, "--lang en");
    let found = unread(&json);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "visits.xlsx[西关]");
    assert!(found[0].1.contains("unhide it in the workbook, or give --sheet \"西关\""), "{}", found[0].1);
    let asked = checked("visits.xlsx", &visits, "--sheet 明细 --sheet 西关");
    assert_eq!((asked.list("inputs").len(), unread(&asked).len()), (3, 0), "the remedy helps");
    // Lists behind the cells of a form, and notes, are nobody's visits.
    for rows in [&["实地", "电话", "网络"][..], &["说明,本表为九月导出"], &[]] {
        let json = checked("visits.xlsx", hidden(rows), "");
        assert!(unread(&json).is_empty(), "{rows:?}");
        assert_eq!(json.remarks("unread_sheets")[0]["hidden"], serde_json::json!(["西关"]));
    }
}

/// Without its header a sheet goes on as the one that is read; sums and notes do not.
#[test]
fn a_sheet_without_a_header_is_told_by_its_rows() {
    let two = [visit("M2", "C2", 7), visit("M2", "C2", 8)];
    let json = checked("visits.xlsx", bytes(with_second("西关", &[&two[0], &two[1]])), "--lang en");
    let found = unread(&json);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.starts_with("put a row of column names on top of it"), "{}", found[0].1);
    let with_header = checked("visits.xlsx", bytes(with_second("西关", &[HEADER, &two[0], &two[1]])), "");
    assert_eq!((with_header.list("inputs").len(), unread(&with_header).len()), (3, 0), "the remedy helps");
    for rows in [&["张三,20,户,2026-09", "李四,18,户,2026-09"][..], &["共2行"], &["2026,9,7,8", "2026,9,8,8"]] {
        let json = checked("visits.xlsx", bytes(with_second("西关", rows)), "");
        assert!(unread(&json).is_empty(), "{rows:?}");
    }
}

/// The name of the file counts before the columns that another kind must have.
#[test]
fn a_sheet_that_lacks_a_column_is_not_taken_for_another_kind() {
    let header = "客户经理编号,客户编码,拜访方式,拜访日期,进店打卡,离店时间,备注";
    let rows = [
        header,
        "M2,C2,实地,2026-09-07,2026-09-07 08:05,2026-09-07 08:45,甲",
        "M2,C2,实地,2026-09-08,2026-09-08 08:05,2026-09-08 08:45,乙",
    ];
    let book = bytes(with_second("西关", &rows));
    let json = checked("visits.xlsx", &book, "--lang en");
    assert_eq!(json.list("inputs").len(), 2, "customers and the one sheet");
    let found = unread(&json);
    assert_eq!(found.len(), 1);
    assert!(found[0].1.contains("started_at = \"进店打卡\""), "{}", found[0].1);
    let obstacles = json.list("obstacles");
    let message = obstacles.iter().map(|one| text(&one["message"])).find(|one| one.starts_with("visits.xlsx[西关]"));
    assert!(message.as_ref().is_some_and(|one| one.ends_with("no column for started_at")), "{message:?}");
    let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", &book);
    let told = site.with("data/columns.toml", "[columns.visits]\nstarted_at = \"进店打卡\"\n").check("");
    assert_eq!((told.list("inputs").len(), unread(&told).len()), (3, 0), "the remedy helps");
    // A workbook whose name tells no kind is read by its headers alone.
    let json = checked("导出.xlsx", &book, "");
    assert_eq!(json.input("导出.xlsx[西关]")["kind"], "plans");
}

/// Sums have the few columns that another kind must have, and are none of it; sheets that say what they are, are.
#[test]
fn sums_in_a_workbook_of_visits_are_passed_over_and_listed() {
    let sums: [&[&str]; 5] = [
        &["客户经理编号,客户编码,拜访日期,次数", "M1,C1,2026-09-07,1"],
        &["客户经理编号,姓名,拜访户数", "M1,张三,2"],
        &["客户编码,客户名称,客户经理编号,拜访次数", "C1,甲店,M1,2"],
        &["客户经理编号,日期,户数", "M1,2026-09-07,2"],
        &["客户经理编号,姓名,分公司,拜访户数", "M1,张三,东城,2"],
    ];
    for (rows, kind) in sums.into_iter().zip(["plans", "managers", "customers", "days", "managers"]) {
        let json = checked("拜访记录.xlsx", bytes(with_second("汇总", rows)), "");
        assert_eq!(json.list("inputs").len(), 2, "{rows:?}");
        assert_eq!(json.remarks("unread_sheets")[0]["unclear"], serde_json::json!(["汇总"]), "{rows:?}");
        assert!(unread(&json).is_empty(), "{rows:?}");
        // columns.toml says what it is, and so may its name.
        let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
        let site = site.with("data/拜访记录.xlsx", bytes(with_second("汇总", rows)));
        let json = site.with("data/columns.toml", format!("[sheets]\n{kind} = [\"汇总\"]\n")).check("");
        assert_eq!(json.input("拜访记录.xlsx[汇总]")["kind"], kind);
        let json = checked("拜访记录.xlsx", bytes(with_second(kind, rows)), "");
        assert_eq!(json.input(&format!("拜访记录.xlsx[{kind}]"))["kind"], kind);
    }
    // With more of its columns a sheet is of its kind whatever the workbook is called.
    let plans = ["客户经理编号,客户编码,计划日期,序号,拜访方式", "M1,C1,2026-09-07,1,实地"];
    let json = checked("拜访记录.xlsx", bytes(with_second("九月", &plans)), "");
    assert_eq!(json.input("拜访记录.xlsx[九月]")["kind"], "plans");
}

/// What an archive's name tells, it tells of the files in it whose own names tell nothing.
#[test]
fn files_of_an_archive_are_of_its_kind() {
    let one = |manager: &str, customer: &str| format!("{HEADER}\n{}\n", visit(manager, customer, 7));
    let (east, west) = (one("M1", "C1"), one("M2", "C2"));
    let both = [("九月/东郊.csv", &*east), ("九月/西关.csv", &*west), ("九月/readme.txt", "见附件")];
    let json = checked("拜访记录.zip", zipped(&both), "");
    let inputs: Vec<String> = json.list("inputs").iter().map(|input| text(&input["path"])).collect();
    assert_eq!(inputs, ["customers.csv", "拜访记录.zip/九月/东郊.csv", "拜访记录.zip/九月/西关.csv"]);
    assert_eq!(json.remarks("unclaimed_file")[0]["file"], "拜访记录.zip/九月/readme.txt");
    // One of them lacks a column.
    let lacking = west.replace("到店时间", "进店打卡");
    let json = checked("拜访记录.zip", zipped(&[both[0], ("西关.csv", &lacking)]), "--lang en");
    let found = unread(&json);
    assert_eq!((found.len(), &*found[0].0), (1, "拜访记录.zip/西关.csv"));
    assert!(found[0].1.contains("started_at = \"进店打卡\""), "{}", found[0].1);
    // Where none is, the run stops at what is lacking.
    let site = Site::bare().with("data/customers.csv", CUSTOMERS);
    let site = site.with("data/拜访记录.zip", zipped(&[("a.csv", "x,y\n1,2\n"), ("b.csv", "x,y\n1,2\n")]));
    assert!(site.stopped("").contains("拜访记录.zip/a.csv:1: no column for"), "{}", site.stopped(""));
}

/// An archive may hold two files of one name, of which a reader by names sees one.
#[test]
fn two_files_of_one_name_in_an_archive_stop_the_run() {
    let rows = format!("{HEADER}\n{}\n", visit("M1", "C1", 7));
    // The writer refuses what it would not be able to read, so a name is changed behind its back, to one of the same length.
    let mut twice = zipped(&[("东郊.csv", &rows), ("西关.csv", &rows)]);
    let (from, to) = ("西关.csv".as_bytes(), "东郊.csv".as_bytes());
    let places: Vec<usize> = (0..twice.len() - from.len()).filter(|at| twice[*at..].starts_with(from)).collect();
    assert_eq!(places.len(), 2, "beside the file and in the directory");
    places.into_iter().for_each(|at| twice[at..at + to.len()].copy_from_slice(to));
    let site = Site::bare().with("data/customers.csv", CUSTOMERS).with("data/拜访记录.zip", twice);
    let said = site.stopped("");
    assert!(said.contains("拜访记录.zip/东郊.csv: the archive holds two files of this name"), "{said}");
}
