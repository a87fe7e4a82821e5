//! The list that comes back: read as checks and judged, and compared with the draw.

use super::{drawn, sampled, site, visits_to};
use crate::harness::{Site, read, text};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

/// Fills in a CSV of the draw: the result of each row in turn.
fn filled(csv: &str, results: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|own| own == name).expect("the column is there");
    let (checked_on, result) = (place("checked_on"), place("result"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).expect("written");
    for (row, found) in reader.records().zip(results) {
        let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        row[result] = (*found).to_owned();
        row[checked_on] = if found.is_empty() { String::new() } else { "2026-10-08".to_owned() };
        writer.write_record(&row).expect("written");
    }
    String::from_utf8(writer.into_inner().expect("written")).expect("UTF-8")
}

/// Draw, check, return: the file filled in is read as checks and judged.
#[test]
fn the_file_comes_back_as_checks() {
    let site = site(120);
    let line = "sample --data data --month 2026-09 --seed s --spares 1 --format csv";
    let csv = site.run(line).out;
    assert_eq!(csv.lines().count(), 5, "three drawn and a spare");
    for (results, size, result) in [
        (["pass", "fail", "unable", "pass"], "pass 1/0/0", "fail 3/1/0"),
        (["pass", "pass", "pass", ""], "pass 1/0/0", "pass 3/0/0"),
        (["pass", "pass", "unable", ""], "fail 1/1/0", "pass 2/0/0"),
    ] {
        let back = filled(&csv, &results);
        std::fs::write(site.path("data/checks-2026-09.csv"), back).expect("written");
        let json = site.check("--month 2026-09 --as-of 2026-10-31");
        assert_eq!(json.verdict("M1", "spot-check-size"), size, "{results:?}");
        assert_eq!(json.verdict("M1", "spot-check-result"), result, "{results:?}");
        assert_eq!(json.list("rejected").len(), 0);
        assert_eq!(json.remarks("unused_headers").len(), 0, "no header of the list is taken for another column");
    }
    // With Chinese headers it is read just so.
    let zh = site.run(&format!("{line} --lang zh")).out;
    let mut lines = zh.lines();
    let header = lines.next().expect("a header").replace("抽查日期", "checked_on").replace("抽查结果", "result");
    let back = filled(&format!("{header}\n{}\n", lines.collect::<Vec<_>>().join("\n")), &["合格", "合格", "合格", ""]);
    let back = back.replacen("checked_on", "抽查日期", 1).replacen("result", "抽查结果", 1);
    std::fs::write(site.path("data/checks-2026-09.csv"), back).expect("written");
    let json = site.check("--month 2026-09 --as-of 2026-10-31");
    assert_eq!(json.verdict("M1", "spot-check-result"), "pass 3/0/0");
}

/// A workbook as a spreadsheet program saves it again: a result in words, the date as a date.
#[test]
fn a_workbook_filled_in_comes_back() {
    let site = site(120);
    let line = "sample --data data --month 2026-09 --seed s --lang zh";
    assert_eq!(site.run(&format!("{line} -o drawn.xlsx")).code, 0);
    let mut drawn: Xlsx<_> = Xlsx::new(std::io::Cursor::new(read(&site.path("drawn.xlsx")))).expect("a workbook");
    let range = drawn.worksheet_range("抽查").expect("its sheet");
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 10, 8).expect("a date");
    let as_date = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
    for (row, column, cell) in range.cells() {
        let head = range.get_value((0, column as u32)).map(Data::to_string).unwrap_or_default();
        let (row, column) = (row as u32, column as u16);
        let written = match (head.as_str(), row, cell) {
            ("抽查日期", 1.., _) => page.write_datetime_with_format(row, column, &date, &as_date),
            ("抽查结果", 1.., _) => page.write_string(row, column, "合格"),
            (_, _, Data::Float(number)) => page.write_number(row, column, *number),
            (_, _, cell) => page.write_string(row, column, cell.to_string()),
        };
        written.expect("written");
    }
    book.save(site.path("data/抽查-2026-09.xlsx")).expect("saved");
    let json = site.check("--month 2026-09 --as-of 2026-10-31");
    assert_eq!(json.verdict("M1", "spot-check-size"), "pass 1/0/0");
    assert_eq!(json.verdict("M1", "spot-check-result"), "pass 3/0/0");
    assert_eq!(json.list("rejected").len(), 0);
    assert_eq!(json.bad_cells("抽查-2026-09.xlsx"), 0);
    let verified = site.run(&format!("{line} --verify data/抽查-2026-09.xlsx --format json"));
    assert_eq!((verified.code, &verified.json().value["complete"]), (0, &json!(true)), "{}", verified.err);
}

fn verified(site: &Site, list: &str) -> (i32, Value) {
    std::fs::write(site.path("returned.csv"), list).expect("written");
    let line = "sample --data data --month 2026-09 --seed s --verify returned.csv";
    let ran = site.run(&format!("{line} --format json"));
    let people = site.run(&format!("{line} --lang zh"));
    assert_eq!(people.code, ran.code, "{}", people.err);
    assert_eq!(people.out.contains("与抽签不一致"), ran.code == 1, "{}", people.out);
    (ran.code, ran.json().value)
}

fn faults(value: &Value) -> Vec<(String, Value)> {
    let faults = value["managers"][0]["faults"].as_array().expect("a list");
    faults.iter().map(|fault| (text(&fault["kind"]), fault["place"].clone())).collect()
}

#[test]
fn a_list_that_came_back_is_the_draw_or_is_not() {
    let site = site(120);
    let csv = site.run("sample --data data --month 2026-09 --seed s --spares 2 --format csv").out;
    let order = drawn(&sampled(&site, "--percent 100"));
    let (code, honest) = verified(&site, &filled(&csv, &["pass", "unable", "pass", "pass", ""]));
    assert_eq!((code, &honest["honest"], &honest["complete"]), (0, &json!(true), &json!(true)), "{honest}");
    assert_eq!(honest["managers"][0]["replaced"], json!([{"customer_id": order[1], "spare": order[3]}]));
    // Not all is checked yet; a spare that nobody calls for may be left off.
    let begun = filled(&csv, &["pass", "", "pass", "", ""]);
    let without_spares: String = begun.lines().take(4).map(|line| format!("{line}\n")).collect();
    for list in [&begun, &without_spares] {
        let (code, open) = verified(&site, list);
        assert_eq!((code, &open["complete"]), (0, &json!(false)));
        assert_eq!(open["managers"][0]["open"], json!([order[1]]));
    }
    // One swapped for another that the manager did visit.
    let swap = begun.replacen(&format!(",{},", order[2]), &format!(",{},", order[40]), 1);
    let (code, swapped) = verified(&site, &swap);
    assert_eq!(code, 1);
    let expected = [("left_out", json!(3)), ("not_drawn", json!(41))];
    assert_eq!(faults(&swapped), expected.map(|(kind, place)| (kind.to_owned(), place)));
    // One added, whom nobody visited; and one left out.
    let row = begun.lines().nth(1).expect("a row").replacen(&order[0], "C999", 1);
    let (code, added) = verified(&site, &format!("{begun}{row}\n"));
    assert_eq!((code, faults(&added)), (1, vec![("not_drawn".to_owned(), Value::Null)]));
    let fewer: String = begun.lines().take(3).map(|line| format!("{line}\n")).collect();
    let (code, fewer) = verified(&site, &fewer);
    assert_eq!((code, faults(&fewer)), (1, vec![("left_out".to_owned(), json!(3))]));
    // A spare checked though nobody called for it.
    let (code, needless) = verified(&site, &filled(&csv, &["pass", "pass", "pass", "pass", ""]));
    assert_eq!((code, faults(&needless)), (1, vec![("needless".to_owned(), json!(4))]));
    // Another seed is another draw.
    let other = site.run("sample --data data --month 2026-09 --seed t --verify returned.csv --lang en");
    let first = other.out.lines().nth(3).unwrap_or_default();
    assert!(first.starts_with("Most of the list is not what the seed \"t\" draws"), "first of all: {}", other.out);
    let right = site.run("sample --data data --month 2026-09 --seed s --verify returned.csv --lang en");
    assert!(!right.out.contains("another seed"), "{}", right.out);
    let other = site.run("sample --data data --month 2026-09 --seed t --verify returned.csv --format json");
    assert_eq!(other.code, 1);
}

/// A returned list names the manager too: one whom the month does not have cannot have been drawn of.
#[test]
fn a_manager_whom_the_month_does_not_have_is_no_part_of_the_draw() {
    let site = site(10);
    let csv = site.run("sample --data data --month 2026-09 --seed s --format csv").out;
    let row = csv.lines().nth(1).expect("a row").replacen(",M1,", ",M7,", 1);
    let (code, value) = verified(&site, &format!("{csv}{row}\n"));
    assert_eq!((code, &value["strangers"]), (1, &json!(["M7"])));
}

/// What a returned list is compared with is the list alone, whatever checks lie in the data folder.
#[test]
fn the_checks_in_the_data_are_no_part_of_the_list() {
    let site = site(10).with("data/checks.csv", "month,manager_id,customer_id,result\n2026-09,M1,C3,pass\n");
    let csv = site.run("sample --data data --month 2026-09 --seed s --format csv").out;
    assert_eq!(verified(&site, &csv).0, 0);
}

/// A draw of the month's first half is compared with the visits it was made of, though it was checked after them.
#[test]
fn a_draw_made_before_the_month_was_over_is_compared_as_of_its_day() {
    let site = site(120);
    let rows = visits_to((1..=120).map(|n| format!("C{n}")));
    let later = rows.replace("2026-09-07", "2026-09-21").replace(",C", ",D");
    let site = site.visits(&format!("{rows}{later}"));
    let line = "sample --data data --month 2026-09 --as-of 2026-09-15 --seed s";
    let csv = site.run(&format!("{line} --format csv")).out;
    std::fs::write(site.path("returned.csv"), filled(&csv, &["pass", "pass", "pass"])).expect("written");
    let ran = site.run(&format!("{line} --verify returned.csv --format json"));
    let value = ran.json().value;
    assert_eq!((ran.code, &value["complete"]), (0, &json!(true)), "{value}");
    assert_eq!(value["managers"][0]["population"], json!(120));
}
