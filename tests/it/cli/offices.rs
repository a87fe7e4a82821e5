//! Exports as offices have them: headers with marks and in other script, what stands behind the rows and beside the files.

use crate::harness::*;

const ROW: &str = "M1,C1,实地,2026-09-07 08:00\n";

fn not_read(json: &Json) -> Vec<String> {
    let obstacles = json.list("obstacles").iter().filter(|one| one["kind"] == "not_read");
    obstacles.map(|one| text(&one["message"])).collect()
}

#[test]
fn headers_in_traditional_characters_and_with_marks_are_read() {
    for header in [
        "客戶經理編號,客戶編碼,拜訪方式,到店時間\n",
        "*客户经理编号,客户编码*,拜访方式：,到店时间（必填）\n",
        "(必填)工号,客户编码＊,【必填】拜访方式,到店时间(required)\n",
    ] {
        let site = Site::judging(&["must-onsite"]).customers(1).with("data/visits.csv", [header, ROW].concat());
        assert_eq!(site.check("").fates("visits.csv"), "used 1", "{header}");
    }
    let site = Site::judging(&["must-onsite"]).customers(1);
    let site = site.with("data/columns.toml", "[columns.visits]\nstarted_at = '踩點時間'\n");
    let json = site.with("data/visits.csv", ["工号,客户编码,拜访方式,踩点时间\n", ROW].concat()).check("");
    assert_eq!(json.fates("visits.csv"), "used 1", "columns.toml is compared likewise");
}

#[test]
fn words_in_traditional_characters_are_read() {
    let site = Site::judging(&["must-onsite"]).customers(1);
    let json = site.visits("M1,C1,實地拜訪,2026-09-07 08:00,,\nM1,C1,電話,2026-09-07 09:00,,\n").check("");
    assert_eq!((json.fates("visits.csv"), json.bad_cells("visits.csv")), ("used 2".to_owned(), 0));
}

#[test]
fn what_stands_behind_the_last_row_is_nobody() {
    let rows = "manager_id,name,phone\nM1,甲,13800000001\nM2,乙,13800000002\n";
    for footer in [
        "人数合计,6,\n",
        "Total,2,\n",
        "Grand Total:,,2\n",
        "END OF REPORT\n",
        "END,,\n",
        "制表人,张某,\n",
        "Prepared by: Ann,,\n",
        "(2 rows),,\n",
        "共2条记录,,\n合计人数,2,\n制表：张某,,\n\n",
        "總計,2,\n",
    ] {
        let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
        let json = site.with("data/managers.csv", [rows, footer].concat()).check("");
        assert_eq!(json.managers(), ["M1", "M2"], "{footer}");
        assert!(json.rejected("managers.csv").is_empty(), "{footer}");
    }
    // In the midst of the rows it is a row, as is whoever is called so.
    let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let json = site.with("data/managers.csv", "manager_id,name\nEND,甲\nM1,乙\nTOTAL1,丙\n").check("");
    assert_eq!(json.managers(), ["END", "M1", "TOTAL1"]);
}

#[test]
fn a_matrix_that_is_called_as_days_stops_nothing() {
    let days: Vec<String> = (1..=30).map(|day| day.to_string()).collect();
    let matrix = format!("9月考勤\n姓名,工号,{}\n甲,M1,{}\n", days.join(","), ["√"; 30].join(","));
    let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let json = site.with("data/考勤.csv", matrix).check("");
    assert_eq!(
        not_read(&json),
        ["考勤.csv: a matrix with a column a day (1 to 30), by its name one of days; it was not read"]
    );
}

#[test]
fn tables_in_folders_are_named() {
    let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let site = site.with("data/八月/旧/visits.csv", "x").with("data/八月/a.xlsx", "x").with("data/八月/a.docx", "x");
    let site = site.with("data/图/a.png", "x");
    let json = site.check("");
    let remarks = json.remarks("unread_folder");
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    assert_eq!(
        (text(&remarks[0]["folder"]), remarks[0]["tables"].to_string()),
        ("八月".to_owned(), "[\"a.xlsx\",\"旧/visits.csv\"]".to_owned())
    );
    let said = site.run("init --from data --lang zh").err;
    assert!(said.contains("文件夹 八月 不会读取，其中有 2 个表格"), "{said}");
    let stopped = Site::judging(&["must-onsite"]).customers(1).with("data/九月/visits.csv", "x").stopped("");
    assert!(stopped.contains("九月/visits.csv"), "{stopped}");
}

#[test]
fn headers_of_three_rows_are_one() {
    for header in [
        "拜访记录,,,\n人员,客户,拜访,,\n,,方式,时间,\n工号,客户编码,拜访方式,到店,离店\n",
        "基本信息,,拜访信息,,\n工号,客户编码,拜访方式,拜访时间,\n,,,到店时间,离店时间\n",
        "人员,,拜访,,\n编号,客户,方式,时间,\n工号,客户编码,拜访方式,到店,离店\n",
    ] {
        let site = Site::judging(&["must-onsite"]).customers(1);
        let row = "M1,C1,实地,2026-09-07 08:00,2026-09-07 08:30\n";
        let json = site.with("data/visits.csv", [header, row].concat()).check("");
        assert_eq!(json.fates("visits.csv"), "used 1", "{header}");
    }
}

#[test]
fn a_web_page_in_utf_16_is_read() {
    let page = "<html><meta charset=utf-16><table><tr><td>工号<td>客户编码<td>拜访方式<td>到店时间\
                <tr><td>M1<td>C1<td>实地<td>2026-09-07 08:00</table></html>";
    for little in [true, false] {
        let site = Site::judging(&["must-onsite"]).customers(1).with("data/visits.xls", utf16(page, little));
        assert_eq!(site.check("").fates("visits.xls"), "used 1");
    }
}

#[test]
fn nothing_is_proposed_for_a_file_without_a_header() {
    let rows = "M1,C1,phone,2026-09-07 08:00,phone\nM1,C1,onsite,2026-09-07 09:00,x\n";
    let site = Site::judging(&["must-onsite"]).customers(1).with("data/visits.csv", rows);
    let stopped = site.stopped("");
    assert!(stopped.contains("the first row looks like data") && !stopped.contains("columns.toml"), "{stopped}");
    let said = site.run("init --from data --lang en").err;
    assert!(said.contains("it has no header, its first row is data"), "{said}");
    let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
    assert!(!columns.contains("[columns.visits]"), "{columns}");
}

#[test]
fn what_is_called_otherwise_is_told_as_init_tells_it() {
    let rows = "工号,客户编码,拜访日期,进店时刻,方式\nM1,C1,2026-09-07,08:00,实地\nM1,C1,2026-09-08,09:00,电话\n";
    let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let json = site.with("data/九月外勤.csv", rows).check("");
    assert_eq!(not_read(&json), ["九月外勤.csv: by its name or its header one of visits, but it was not read"]);
}
