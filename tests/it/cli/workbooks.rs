//! How a workbook's cells are understood, and which of its sheets (SPEC §2, §2.2).

use crate::harness::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

const COLUMNS: [&str; 6] = ["visit_id", "manager_id", "customer_id", "mode", "started_at", "ended_at"];

fn header(sheet: &mut Worksheet, row: u32, columns: &[&str]) {
    for (place, name) in (0..).zip(columns) {
        sheet.write_string(row, place, *name).expect("a cell");
    }
}

fn moment(text: &str) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(text).expect("a moment")
}

/// A visit by M1 to C1 on a day of September.
fn visit(sheet: &mut Worksheet, row: u32, id: &str, day: u32) {
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (place, text) in (0..).zip([id, "M1", "C1", "onsite"]) {
        sheet.write_string(row, place, text).expect("a cell");
    }
    for (place, time) in [(4, "08:00:00"), (5, "09:00:00")] {
        let at = moment(&format!("2026-09-{day:02} {time}"));
        sheet.write_datetime_with_format(row, place, at, &format).expect("a cell");
    }
}

fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("memory takes any workbook")
}

/// A sheet with its header in the first row.
fn with_visits(book: &mut Workbook, name: &str, days: &[u32]) {
    let sheet = book.add_worksheet().set_name(name).expect("a name");
    header(sheet, 0, &COLUMNS);
    for (row, day) in (1..).zip(days) {
        visit(sheet, row, &format!("V{day}"), *day);
    }
}

/// Titles, merged cells, empty rows, sums, cells of several lines and cells beside the table: every row is where the
/// sheet has it.
#[test]
fn a_row_of_evidence_is_the_row_of_the_sheet() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("拜访").expect("a name");
    sheet.merge_range(0, 0, 0, 5, "2026年9月拜访记录", &Format::new()).expect("a title");
    sheet.write_string(1, 0, "制表：张某\n审核：李某").expect("a cell");
    header(sheet, 3, &[&COLUMNS[..], &["note"]].concat());
    visit(sheet, 4, "V1", 7);
    sheet.write_string(4, 6, "两行\r\n备注，\"引号\"").expect("a cell");
    visit(sheet, 7, "V2", 8);
    sheet.write_string(7, 3, "by balloon").expect("a cell");
    visit(sheet, 8, "V3", 9);
    sheet.write_string(8, 9, "表外的批注").expect("a cell");
    sheet.write_blank(9, 0, &Format::new().set_bold()).expect("a cell");
    sheet.write_string(10, 0, "合计").expect("a cell");
    sheet.write_number(10, 1, 3).expect("a cell");
    visit(sheet, 11, "V4", 10);
    sheet.write_string(11, 4, "2026-13-01 08:00").expect("a cell");
    sheet.write_blank(30, 0, &Format::new().set_bold()).expect("a cell");
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 70\n").customers(1);
    let site = site.with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!(json.fates("visits.xlsx"), "used 2, blank 3, total 1, rejected 2");
    assert_eq!(json.rejected("visits.xlsx"), ["8 mode", "12 started_at"]);
    let lint = site.run("lint --data data --lang en");
    assert!(lint.out.contains("visits.xlsx: visits, xlsx, sheet \"拜访\", header on line 4"), "{}", lint.out);
    let table = site.run("check --data data --lang en").out;
    assert!(table.contains("xlsx[拜访]") && table.contains("visits.xlsx:8"), "{table}");
}

#[test]
fn numbers_dates_and_times_are_read_as_they_are_stored() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0, &["manager_id", "number", "started_at", "seconds"]);
    let (date, time) = (Format::new().set_num_format("yyyy/m/d h:mm"), Format::new().set_num_format("[h]:mm:ss"));
    let clock = Format::new().set_num_format("mm:ss");
    for row in 1..4 {
        sheet.write_number(row, 0, 2_001).expect("a cell");
        sheet.write_number(row, 1, 13_800_000_001_f64).expect("a cell");
        // A little before the second, as sums of fractions are.
        let started = 46_272.0 + f64::from(row) + (8.0 * 3600.0 + 0.499) / 86_400.0;
        sheet.write_number_with_format(row, 2, started, &date).expect("a cell");
    }
    sheet.write_number(1, 3, 45).expect("a cell");
    sheet.write_number_with_format(2, 3, 45.0 / 86_400.0, &time).expect("a cell");
    sheet.write_number_with_format(3, 3, 45.0 / 86_400.0, &clock).expect("a cell");
    let visits: String = (8..11).map(|d| format!("2001,320301000001,phone,2026-09-{d:02} 08:00:00,,V{d}\n")).collect();
    let customers = "customer_id,name,manager_id,phone\n320301000001,店,2001,13800000001\n";
    let site = Site::judging(&["call-proof"]).with("data/customers.csv", customers).visits(&visits);
    let json = site.with("data/calls.xlsx", bytes(book)).check("");
    assert_eq!(json.fates("calls.xlsx"), "used 3");
    assert_eq!(json.verdict("2001", "call-proof"), "pass 3/0/0");
}

/// A date with a time of its own beside it; a whole day where a moment is needed is no moment, but midnight is one where
/// the format shows a time.
#[test]
fn a_format_tells_a_day_from_its_midnight() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0, &["manager_id", "customer_id", "mode", "date", "started_at"]);
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let formats =
        ["h:mm:ss", "yyyy-mm-dd hh:mm", "yyyy-mm-dd", "General"].map(|code| Format::new().set_num_format(code));
    for (row, value) in (1..).zip([0.25, 46_272.0, 46_272.0, 46_272.25]) {
        for (place, text) in (0..).zip(["M1", "C1", "onsite"]) {
            sheet.write_string(row, place, text).expect("a cell");
        }
        sheet.write_number_with_format(row, 3, 46_272, &day).expect("a cell");
        sheet.write_number_with_format(row, 4, value, &formats[row as usize - 1]).expect("a cell");
    }
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 70\n").customers(1);
    let site = site.with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!(json.rejected("visits.xlsx"), ["4 started_at"]);
    // 06:00 stands there as a time alone and as a serial number.
    assert_eq!(json.fates("visits.xlsx"), "used 3, rejected 1");
}

#[test]
fn the_1904_system_is_read_in_both_formats() {
    for name in ["from-1904.xlsx", "from-1904.xls"] {
        let book = root().join("tests/workbooks").join(name);
        let site = Site::judging(&["visit-upload"]).customers(1).with(&format!("data/visits-{name}"), read(&book));
        let json = site.check("");
        assert_eq!((&json.value["horizon"], json.managers()), (&"2026-09-07".into(), vec!["M1".to_owned()]), "{name}");
    }
}

/// Ids that have lost digits, formulas that fail, and yes and no as a spreadsheet has them.
#[test]
fn what_a_spreadsheet_has_spoilt_is_unreadable_with_its_reason() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    header(sheet, 0, &["manager_id", "customer_id", "mode", "started_at", "visit_id", "lon", "planned"]);
    for row in 1..7 {
        visit(sheet, row, "M1", row + 6);
        for (place, text) in (0..).zip(["M1", "C1", "onsite"]) {
            sheet.write_string(row, place, text).expect("a cell");
        }
        let started = moment(&format!("2026-09-{:02} 08:00:00", row + 6));
        let format = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        sheet.write_datetime_with_format(row, 3, started, &format).expect("a cell");
        sheet.write_number(row, 4, f64::from(row)).expect("a cell");
        sheet.write_number(row, 5, 117.123456).expect("a cell");
        sheet.write_boolean(row, 6, true).expect("a cell");
    }
    let failing = |value: &str| Formula::new("=NA()").set_result(value);
    sheet.write_number(2, 1, 3_203_010_000_000_012_f64).expect("a cell");
    sheet.write_formula(3, 0, failing("#N/A")).expect("a cell");
    sheet.write_formula(4, 5, failing("#REF!")).expect("a cell");
    sheet.write_formula(5, 3, failing("#VALUE!")).expect("a cell");
    sheet.write_formula(6, 2, Formula::new("=A1").set_result("onsite")).expect("a cell");
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 70\n").customers(1);
    let json = site.with("data/visits.xlsx", bytes(book)).check("--lang en");
    assert_eq!(json.rejected("visits.xlsx"), ["3 customer_id", "4 manager_id", "6 started_at"]);
    let reasons: Vec<String> = json.list("rejected").iter().map(|row| text(&row["reason"])).collect();
    let failed = "an error of the spreadsheet in place of a value";
    assert_eq!(reasons, ["scientific notation: digits were lost", failed, failed]);
    assert_eq!((json.fates("visits.xlsx"), json.bad_cells("visits.xlsx")), ("used 3, rejected 3".to_owned(), 1));
}

/// Every visible sheet with the header of a kind is read unless others are asked for, and those left out are named.
#[test]
fn sheets_are_chosen_and_the_others_are_told() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("封面").expect("a name").write_string(0, 0, "本月拜访").expect("a cell");
    with_visits(&mut book, "隐藏", &[1]);
    book.worksheet_from_name("隐藏").expect("the sheet").set_hidden(true);
    with_visits(&mut book, "August", &[2, 3]);
    with_visits(&mut book, "September", &[4, 7, 8]);
    book.add_worksheet().set_name("空").expect("a name");
    let site = Site::judging(&["must-onsite"]).customers(1).with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!(
        (json.fates("visits.xlsx[August]"), json.fates("visits.xlsx[September]")),
        ("used 2".into(), "used 3".into())
    );
    let remarks = json.remarks("unread_sheets");
    assert_eq!(remarks.len(), 1);
    assert_eq!((&remarks[0]["sheets"], &remarks[0]["hidden"]), (&vec!["封面"].into(), &vec!["隐藏"].into()));
    let message = site.stopped("--sheet July");
    assert!(
        message.contains("the workbook has no sheet \"July\" (--sheet); it has: 封面, August, September"),
        "{message}"
    );
    for (asked, used) in [("september", "used 3"), ("隐藏", "used 1")] {
        let ran = site.run(&format!("check --data data --format json --sheet {asked}"));
        let json = ran.json();
        assert_eq!(json.fates("visits.xlsx"), used, "{asked}");
        assert!(json.remarks("unread_sheets").is_empty(), "whoever asks for a sheet knows of the others");
    }
}

/// Workbooks of one sheet need no choice; of several names each workbook takes the one it has, and none may be idle.
#[test]
fn sheets_of_several_workbooks_are_chosen_by_several_names() {
    let (mut one, mut two, mut customers) = (Workbook::new(), Workbook::new(), Workbook::new());
    for (book, names) in [(&mut one, ["July", "August"]), (&mut two, ["Summe", "September"])] {
        for (month, name) in (1..).zip(names) {
            with_visits(book, name, &[month, month + 10]);
        }
    }
    let sheet = customers.add_worksheet();
    header(sheet, 0, &["customer_id", "name", "manager_id"]);
    header(sheet, 1, &["C1", "店", "M1"]);
    let site = Site::judging(&["must-onsite"]).with("data/visits-1.xlsx", bytes(one));
    let site = site.with("data/visits-2.xlsx", bytes(two)).with("data/customers.xlsx", bytes(customers));
    let json = site.check("--sheet August --sheet September");
    let sheets: Vec<String> = json.list("inputs").iter().map(|input| text(&input["sheet"])).collect();
    assert_eq!(sheets, ["Sheet1", "August", "September"]);
    assert!(site.stopped("--sheet August").starts_with("baifang: error: visits-2.xlsx: the workbook has no sheet"));
    let message = site.stopped("--sheet August --sheet September --sheet X");
    assert!(message.contains("--sheet: no sheet \"X\" was read, but: Sheet1, August, September"), "{message}");
}

/// A spreadsheet's own file beside a workbook that is open is none.
#[test]
fn the_lock_of_an_open_workbook_is_passed_over() {
    let mut book = Workbook::new();
    with_visits(&mut book, "Sheet1", &[7]);
    let site = Site::judging(&["must-onsite"]).customers(1).with("data/visits.xlsx", bytes(book));
    let json = site.with("data/~$visits.xlsx", "\u{5}someone").check("");
    assert_eq!((json.list("inputs").len(), json.remarks("unclaimed_file").len()), (2, 0));
}

/// Rejected rows of a workbook and of a packed file come out as text, and go in again once they are corrected.
#[test]
fn rejected_rows_are_text_and_can_be_mended() {
    let mut book = Workbook::new();
    with_visits(&mut book, "Sheet1", &[7, 8, 9]);
    let sheet = book.worksheet_from_index(0).expect("the sheet");
    sheet.write_string(2, 3, "顺路").expect("a cell");
    let packed = {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer
            .write_all(b"manager_id,number,started_at,seconds\nM1,13800000001,2026-09-31 08:00,40\n")
            .expect("packed");
        packer.finish().expect("packed")
    };
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 100\n").customers(1);
    let site = site.with("data/visits.xlsx", bytes(book)).with("data/calls.csv.gz", packed);
    let before = site.check("--rejects out");
    assert_eq!(
        (before.fates("visits.xlsx"), before.fates("calls.csv.gz")),
        ("used 2, rejected 1".into(), "rejected 1".into())
    );
    let rows = String::from_utf8(read(&site.path("out/visits.xlsx.csv"))).expect("UTF-8");
    let header = COLUMNS.join(",");
    assert_eq!(rows, format!("\u{feff}{header}\r\nV8,M1,C1,顺路,2026-09-08 08:00:00,2026-09-08 09:00:00\r\n"));
    let calls = String::from_utf8(read(&site.path("out/calls.csv"))).expect("UTF-8");
    assert!(calls.contains("2026-09-31"), "{calls}");
    let site = site.with("out/visits.xlsx.csv", rows.replace("顺路", "onsite"));
    let site = site.with("out/calls.csv", calls.replace("09-31", "09-30"));
    let after = site.check("--mended out");
    assert_eq!(
        (after.fates("visits.xlsx"), after.fates("out/visits.xlsx.csv")),
        ("used 2, mended 1".into(), "used 1".into())
    );
    assert_eq!((after.fates("calls.csv.gz"), after.fates("out/calls.csv")), ("mended 1".into(), "used 1".into()));
}
