//! The form to file appeals on.

use super::{data, ids, site, states};
use crate::harness::{Site, read};
use calamine::{Data, Reader, Xlsx};
use std::io::Read as _;

/// The form as CSV, row by row.
fn rows(site: &Site, line: &str) -> Vec<Vec<String>> {
    let ran = site.run(&format!("appeals --data data --month 2026-09 {line}"));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let name = line.split_whitespace().nth(1).expect("a file");
    let bytes = read(&site.path(name));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write(site: &Site, name: &str, rows: &[Vec<String>]) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    std::fs::write(data(site).join(name), writer.into_inner().unwrap()).unwrap();
}

fn set(rows: &mut [Vec<String>], row: usize, header: &str, value: &str) {
    let column = rows[0].iter().position(|name| name == header).unwrap_or_else(|| panic!("no {header}"));
    rows[row][column] = value.to_owned();
}

fn get<'r>(rows: &'r [Vec<String>], row: usize, header: &str) -> &'r str {
    &rows[row][rows[0].iter().position(|name| name == header).unwrap()]
}

#[test]
fn filled_in_it_is_the_input_and_what_was_filed_stands_in_the_next() {
    for (lang, names) in [
        ("en", ["reason_code", "filed_on", "decision", "decided_by", "measured", "finding_id"]),
        ("zh", ["原因代码", "申诉日期", "审批结果", "审批人", "实测", "结论编号"]),
    ] {
        let site = site("");
        let [code, filed, decision, by, measured, id] = names;
        let mut form = rows(&site, &format!("--form form.csv --lang {lang}"));
        assert_eq!(form.len(), 4, "a row for each finding");
        assert_eq!(form[1..].iter().map(|row| row[0].clone()).collect::<Vec<_>>(), ids(&site));
        assert_eq!((get(&form, 1, measured), get(&form, 1, id)), ("1:00:00", ids(&site)[0].as_str()));
        for (header, value) in [(code, "设备故障"), (filed, "2026-10-09"), (decision, "通过"), (by, "王科长")]
        {
            set(&mut form, 2, header, value);
        }
        set(&mut form, 3, decision, "再议");
        write(&site, "申诉.csv", &form);
        let checked = site.check("--month 2026-09");
        assert_eq!(states(&checked), ["waived", "not_counting: the decision cannot be read"]);
        assert_eq!((checked.fates("申诉.csv"), checked.bad_cells("申诉.csv")), ("used 2, set_aside 1".into(), 1));
        // What is waived, and a cell that cannot be read, stay in the form.
        let again = rows(&site, &format!("--form again.csv --lang {lang}"));
        assert_eq!(again.len(), 4);
        assert_eq!(
            (get(&again, 2, by), get(&again, 2, filed), get(&again, 3, decision)),
            ("王科长", "2026-10-09", "再议")
        );
        std::fs::remove_file(data(&site).join("申诉.csv")).unwrap();
        write(&site, "appeals-2.csv", &again);
        assert_eq!(states(&site.check("--month 2026-09")), states(&checked));
    }
}

#[test]
fn a_stale_appeal_does_not_come_to_count_by_writing_the_form_anew() {
    let site = site("");
    let row = format!("{},,2:00:00,,x,2026-10-09,通过,王科长,\n", ids(&site)[0]);
    let site = super::appealed(site, &row);
    let form = rows(&site, "--form form.csv");
    assert_eq!(get(&form, 1, "measured"), "2:00:00");
    write(&site, "appeals.csv", &form);
    assert_eq!(states(&site.check("--month 2026-09")), ["not_counting: the finding has changed"]);
}

#[test]
fn the_workbook_protects_ids_offers_lists_and_is_read_without_complaint() {
    let long: Vec<String> = (0..60).map(|n| format!("'原因, 第 {n} 种'")).collect();
    for codes in ["".to_owned(), "['设备故障', 'x']".to_owned(), format!("[{}]", long.join(", "))] {
        let more = if codes.is_empty() { String::new() } else { format!("[appeals]\ncodes = {codes}\n") };
        let site = site(&more);
        let ran = site.run("appeals --data data --month 2026-09 --form data/申诉表.xlsx --lang zh --manager M1");
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        let bytes = read(&data(&site).join("申诉表.xlsx"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut page = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut page).unwrap();
        assert!(page.contains("<sheetProtection ") && page.contains("通过,驳回"), "{page}");
        assert_eq!(page.contains("errorStyle=\"information\""), codes.is_empty(), "own codes are the only ones");
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names().len(), if codes.contains("第") { 2 } else { 1 });
        let read = book.worksheet_range("申诉").unwrap();
        assert_eq!(read.get_value((0, 0)), Some(&Data::String("结论编号".into())));
        let checked = site.check("--month 2026-09 --strict");
        assert_eq!(checked.fates("申诉表.xlsx"), "set_aside 3");
        assert_eq!(checked.value["appeals"], serde_json::json!([]));
    }
}

#[test]
fn the_form_lands_on_no_input_and_has_a_format() {
    let site = super::appealed(site(""), "");
    for (line, told) in [("--form data/appeals.csv", "data/appeals.csv"), ("--form f.pdf", "f.pdf")] {
        let ran = site.run(&format!("appeals --data data --month 2026-09 {line}"));
        assert!(ran.code == 2 && ran.err.contains(told), "{line}: {}", ran.err);
    }
    let both = site.run("appeals --data data --month 2026-09 --form f.csv --format json");
    assert_eq!((both.code, both.json().list("appeals").len(), site.path("f.csv").is_file()), (0, 0, true));
}

#[test]
fn a_form_that_may_have_been_filled_in_is_kept() {
    let site = site("");
    let ask = || site.run("appeals --data data --month 2026-09 --form form.csv");
    assert_eq!(ask().code, 0);
    assert_eq!(ask().code, 0, "nobody has touched it");
    let filled = [read(&site.path("form.csv")), b"more\n".to_vec()].concat();
    std::fs::write(site.path("form.csv"), &filled).unwrap();
    let ran = ask();
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("somebody may have filled it in") && !ran.err.contains("the form form.csv"),
        "{}",
        ran.err
    );
    assert_eq!(read(&site.path("form.csv")), filled);
}
