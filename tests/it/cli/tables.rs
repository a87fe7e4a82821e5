//! What holds tables besides plain texts, and where in them the tables are (SPEC §2, §2.3).

use crate::harness::*;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use std::io::Write;

/// Writes lines of cells, from a row on.
fn fill(sheet: &mut Worksheet, from: u32, lines: &[&str]) {
    for (row, line) in (from..).zip(lines) {
        for (column, cell) in (0..).zip(line.split(',')).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
}

pub(super) fn sheet<'b>(book: &'b mut Workbook, name: &str, lines: &[&str]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).expect("a name");
    fill(sheet, 0, lines);
    sheet
}

pub(super) fn bytes(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("memory takes any workbook")
}

/// Cells that are one, with what stands in their corner.
fn merge(sheet: &mut Worksheet, (top, left): (u32, u16), (bottom, right): (u32, u16), text: &str) {
    sheet.merge_range(top, left, bottom, right, text, &Format::new()).expect("cells to merge");
}

pub(super) const CUSTOMERS: &str = "customer_id,name,manager_id,branch\nC1,好店,M1,东城\nC2,美店,M2,西城\n";
pub(super) const HEADER: &str = "客户经理编号,客户编码,拜访方式,到店时间,离店时间";

pub(super) fn visit(manager: &str, customer: &str, day: u32) -> String {
    format!("{manager},{customer},实地,2026-09-{day:02} 08:05,2026-09-{day:02} 08:45")
}

/// Sheets of one header are files of one kind, those of another are another's, whatever the workbook is called.
#[test]
pub(super) fn sheets_are_told_by_their_headers() {
    let mut book = Workbook::new();
    sheet(&mut book, "说明", &["本表由系统导出，请勿修改。", "", "2026年9月"]);
    sheet(&mut book, "店", &["某市客户", "", CUSTOMERS.lines().next().unwrap(), "C1,好店,M1,东城", "C2,美店,M2,西城"]);
    sheet(&mut book, "东城", &[HEADER, &visit("M1", "C1", 7), &visit("M1", "C1", 8)]);
    sheet(&mut book, "西城", &[HEADER, &visit("M2", "C2", 7)]);
    let site = Site::judging(&["must-onsite"]).with("data/9月.xlsx", bytes(book));
    let json = site.check("");
    let fates = ["店", "东城", "西城"].map(|name| json.fates(&format!("9月.xlsx[{name}]")));
    assert_eq!(fates, ["used 2", "used 2", "used 1"]);
    assert_eq!(json.managers(), ["M1", "M2"]);
    let passed = json.remarks("unread_sheets");
    assert_eq!((&passed[0]["file"], &passed[0]["sheets"]), (&"9月.xlsx".into(), &vec!["说明"].into()));
    // As named files, too, and only as what they are named.
    let named = site.run("check --visits data/9月.xlsx --customers data/9月.xlsx --format json");
    assert_eq!(named.json().list("inputs").len(), 3, "{}", named.err);
}

/// One sheet of several has lost a column: it is not passed over without a word.
#[test]
fn a_sheet_that_nearly_is_one_is_an_obstacle() {
    let mut book = Workbook::new();
    sheet(&mut book, "东城", &[HEADER, &visit("M1", "C1", 7)]);
    sheet(&mut book, "西城", &["客户经理编号,客户编码,方法,到店时间", "M2,C2,实地,2026-09-07 08:00"]);
    sheet(&mut book, "备查", &["金额,数量", "1,2"]);
    let site = Site::bare().with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", bytes(book));
    let site = site.with("data/出店明细.csv", format!("{HEADER}\n{}\n", visit("M1", "C1", 9)));
    let json = site.run("check --data data --format json").json();
    let obstacles: Vec<String> =
        json.list("obstacles").iter().filter(|one| one["kind"] == "not_read").map(|one| text(&one["where"])).collect();
    assert_eq!(obstacles, ["visits.xlsx[西城]", "出店明细.csv"]);
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let mut book = Workbook::new();
    let rows = [
        "拜访明细,,,,",
        HEADER,
        ",C1,实地,2026-09-07 08:05,2026-09-07 08:45",
        ",C1,实地,2026-09-08 08:05,2026-09-08 08:45",
        ",C1,实地,2026-09-09 08:05,2026-09-09 08:45",
        "M2,C2,实地,2026-09-07 08:05,2026-09-07 08:45",
    ];
    let visits = sheet(&mut book, "明细", &rows);
    merge(visits, (0, 0), (0, 4), "拜访明细");
    merge(visits, (2, 0), (4, 0), "M1");
    merge(visits, (6, 0), (6, 2), "制表人：李娟");
    let site =
        Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!(json.fates("visits.xlsx"), "used 4, total 1");
    assert_eq!(json.managers(), ["M1", "M2"]);
}

/// Groups over columns, merged or as an export flattens them, over two rows or three.
#[test]
fn headers_of_several_rows_are_one() {
    let flat = "明细,,,,,,\n客户经理编号,客户编码,方式,,时间,,备注\n,,,拜访方式,到店,离店,\nM1,C1,,实地,2026-09-07 08:05,2026-09-07 08:45,x\nM1,C1,,实地,2026-09-08 08:05,,\n";
    let deep = "客户经理编号,客户编码,拜访,,,\n,,拜访方式,时间,,\n,,,到店,离店,\nM1,C1,实地,2026-09-07 08:05,2026-09-07 08:45,\n";
    let mut book = Workbook::new();
    let merged = sheet(&mut book, "一", &["", ",,拜访方式,到店,离店", "M1,C1,实地,2026-09-07 08:05,2026-09-07 08:45"]);
    for (column, name) in [(0, "客户经理编号"), (1, "客户编码")] {
        merge(merged, (0, column), (1, column), name);
    }
    merged.write_string(0, 2, "怎样").expect("a cell");
    merge(merged, (0, 3), (0, 4), "时间");
    let merged = bytes(book);
    for (name, content, used) in
        [("v1.csv", flat.as_bytes(), 2), ("v2.csv", deep.as_bytes(), 1), ("v3.xlsx", &merged[..], 1)]
    {
        let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
        let name = format!("visits-{name}");
        let json = site.with(&format!("data/{name}"), content).check("");
        assert_eq!(json.fates(&name), format!("used {used}"));
    }
    // What a group says was planned is no time of arrival.
    let planned = "客户经理编号,客户编码,拜访方式,计划,,实际,\n,,,到店时间,离店时间,开始,离开时间\nM1,C1,实地,2026-09-07 08:05,2026-09-07 08:45,2026-09-07 09:05,2026-09-07 09:45\n";
    let site = Site::bare().with("data/customers.csv", CUSTOMERS).with("data/visits.csv", planned);
    let stopped = site.run("check --data data --lang en");
    assert!(stopped.code == 2 && stopped.err.contains("no column for started_at"), "{}", stopped.err);
}

/// A formula that a program wrote and nobody has worked out is unknown, and stands in the way of judging.
#[test]
fn formulas_without_results_are_an_obstacle() {
    let mut book = Workbook::new();
    let rows = [HEADER, "M1,C1,实地,2026-09-07 08:05,", "M1,C1,实地,2026-09-08 08:05,"];
    let visits = sheet(&mut book, "明细", &rows);
    for row in 1..3 {
        visits.write_formula(row, 4, Formula::new("=D2+0.02").set_result("")).expect("a formula");
    }
    let site =
        Site::judging(&["field-time"]).with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!((json.fates("visits.xlsx"), json.bad_cells("visits.xlsx")), ("used 2".into(), 2));
    let obstacle = &json.list("obstacles")[0];
    assert_eq!((&obstacle["kind"], &obstacle["where"]), (&"formula_without_value".into(), &"visits.ended_at".into()));
    assert!(json.findings("field-time").iter().all(|finding| finding["state"] != "counted"));
}

#[test]
fn hidden_rows_are_read_and_told() {
    let mut book = Workbook::new();
    let visits = sheet(&mut book, "明细", &[HEADER, &visit("M1", "C1", 7), &visit("M1", "C1", 8)]);
    visits.set_row_hidden(2).expect("a row");
    let site =
        Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", bytes(book));
    let json = site.check("");
    assert_eq!(json.fates("visits.xlsx"), "used 2");
    assert_eq!(json.remarks("hidden_rows")[0]["rows"], 1);
}

/// What a file is its content tells: a page called .xls, an XML workbook, archives of them, whatever their endings.
#[test]
fn pages_xml_and_archives_are_read_as_what_they_are() {
    let rows = [visit("M1", "C1", 7), visit("M2", "C2", 8)];
    let cells =
        |tag: &str, line: &str| -> String { line.split(',').map(|cell| format!("<{tag}>{cell}</{tag}>")).collect() };
    let body: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
    let page = format!(
        "<meta charset=gb2312><table border=1><tr><td colspan=5>详单</td></tr><tr>{}</tr>{body}</table>",
        cells("th", HEADER)
    );
    let data = |line: &str| -> String {
        line.split(',').map(|cell| format!("<Cell><Data ss:Type=\"String\">{cell}</Data></Cell>")).collect()
    };
    let lines: String =
        [HEADER.to_owned()].iter().chain(&rows).map(|line| format!("<Row>{}</Row>", data(line))).collect();
    let xml = format!(
        "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"明细\"><Table>{lines}</Table></Worksheet></Workbook>"
    );
    let csv = format!("{HEADER}\n{}\n{}\n", rows[0], rows[1]);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in
        [("九月/明细.xls", xml.as_bytes()), ("__MACOSX/._明细.xls", b"x"), ("九月/拜访记录.csv", csv.as_bytes())]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(content).expect("its bytes");
    }
    let zip = zip.finish().expect("an archive").into_inner();
    for (name, content, input, encoding, used) in [
        ("走访.xls", gb18030(&page), "走访.xls", "html", "used 2"),
        ("走访.htm", gb18030(&page), "走访.htm", "html", "used 2"),
        ("visits.csv", gb18030(&page), "visits.csv", "html", "used 2"),
        ("走访.et", xml.clone().into_bytes(), "走访.et", "xml", "used 2"),
        ("导出.zip", zip.clone(), "导出.zip/九月/拜访记录.csv", "utf-8", "used 2"),
        ("导出.zip", zip.clone(), "导出.zip/九月/明细.xls", "xml", "repeat 2"),
    ] {
        let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
        let json = site.with(&format!("data/{name}"), content).check("");
        assert_eq!(json.fates(input), used, "{name}");
        assert_eq!(json.input(input)["encoding"], encoding, "{name}");
    }
}

/// Footers are known as such, wherever a table has its first cell, and stop no small file.
#[test]
fn notes_behind_the_last_row_are_no_rows() {
    for note in ["共2条记录", "总条数：2", "制表人：李娟,,,审核人：", "第1页 共1页", "总 计", "填表说明：略"]
    {
        for lead in [false, true] {
            let head = if lead { "序号," } else { "" };
            let row =
                |n: u32| format!("{}{}", if lead { format!("{n},") } else { String::new() }, visit("M1", "C1", n));
            let text = format!("{head}{HEADER}\n{}\n{}\n{note}\n", row(7), row(8));
            let site =
                Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS).with("data/visits.csv", text);
            assert_eq!(site.check("").fates("visits.csv"), "used 2, total 1", "{note} {lead}");
        }
    }
}

/// A cell of a bill that holds several numbers: any of them may have been called.
#[test]
fn a_call_is_to_any_of_its_numbers() {
    let visits: String = (7..10).map(|day| format!("M1,C1,phone,2026-09-{day:02} 08:00:00,,V{day}\n")).collect();
    let calls = "manager_id,number,started_at,seconds\nM1,0516-83801234/13800000001,2026-09-07 08:00:30,60\n\
        M1,138****1234；13800000001,2026-09-08 08:00:30,60\nM1,13900000001 13900000002,2026-09-09 08:00:30,60\n";
    let customers = "customer_id,name,manager_id,phone\nC1,店,M1,13800000001\n";
    let site = Site::judging(&["call-proof"]).with("data/customers.csv", customers).visits(&visits);
    let json = site.with("data/calls.csv", calls).check("");
    assert_eq!((json.fates("calls.csv"), json.verdict("M1", "call-proof")), ("used 3".into(), "fail 3/1/0".into()));
}

/// Workbooks of other makes: sheets, merged cells, hidden rows and sheets, formulas that nobody has worked out.
#[test]
fn workbooks_of_any_make_say_the_same() {
    for (name, sheets, hidden_rows, bad) in [
        ("sheets.xlsb", &["东城"][..], 1, 0),
        ("sheets.ods", &["东城", "西城"][..], 2, 0),
        ("sheets.xls", &["东城", "西城"][..], 2, 6),
    ] {
        let book = read(&root().join("tests/workbooks").join(name));
        let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
        let json = site.with(&format!("data/{name}"), book).check("");
        let inputs = sheets.iter().map(|sheet| format!("{name}[{sheet}]"));
        let (mut used, mut unknown) = (0, 0);
        for input in inputs {
            used += json.input(&input)["rows"]["used"].as_u64().expect("a number");
            unknown += json.bad_cells(&input);
        }
        assert_eq!((used, unknown), (3 * sheets.len() as u64, bad), "{name}");
        assert_eq!(json.remarks("hidden_rows").len(), hidden_rows, "{name}");
        let hidden = json.remarks("unread_sheets").iter().filter(|one| one["hidden"][0] == "旧").count();
        assert_eq!(hidden, usize::from(bad == 0), "{name}");
    }
}
