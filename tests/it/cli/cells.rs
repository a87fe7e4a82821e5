//! How a file becomes cells (SPEC §2.2): encodings, delimiters, lines, quotes, guards, empty marks.

use crate::harness::*;

const CUSTOMERS: &str = "客户编码,客户名称,客户经理编号,必须实地\nC1,东街小店,M1,是\nC2,西街小店,M1,否\n";
const MADE: &str =
    "客户经理编号,客户编码,拜访方式,到店时间\nM1,C1,实地,2026-09-07 08:00\nM1,C2,电话,2026-09-07 10:00\n";

/// Whatever the files look like: two customers, one of them to be visited on site, and he was.
fn understood(site: &Site, encoding: &str, delimiter: &str) {
    let json = site.check("");
    assert_eq!(json.verdict("M1", "must-onsite"), "pass 1/0/0", "{encoding} {delimiter}");
    assert_eq!(json.share("M1", "onsite-share"), "1/2", "{encoding} {delimiter}");
    assert_eq!(json.fates("visits.csv"), "used 2");
    let input = json.input("visits.csv");
    assert_eq!((input["encoding"].as_str(), input["delimiter"].as_str()), (Some(encoding), Some(delimiter)));
}

fn site(customers: impl AsRef<[u8]>, visits: impl AsRef<[u8]>) -> Site {
    let site = Site::judging(&["must-onsite", "onsite-share"]);
    site.with("data/customers.csv", customers).with("data/visits.csv", visits)
}

#[test]
fn every_encoding_is_told_from_mark_and_content() {
    understood(&site(CUSTOMERS, MADE), "utf-8", ",");
    understood(&site(format!("\u{feff}{CUSTOMERS}"), format!("\u{feff}{MADE}")), "utf-8", ",");
    understood(&site(utf16(CUSTOMERS, true), utf16(MADE, true)), "utf-16le", ",");
    understood(&site(utf16(CUSTOMERS, false), utf16(MADE, false)), "utf-16be", ",");
    understood(&site(gb18030(CUSTOMERS), gb18030(MADE)), "gb18030", ",");
    // Files of one run need not agree.
    understood(&site(gb18030(CUSTOMERS), utf16(MADE, true)), "utf-16le", ",");
}

#[test]
fn characters_beyond_gbk_are_read_in_gb18030() {
    // A four-byte character, as rare surnames need.
    let customers = gb18030("客户编码,客户名称,客户经理编号,客户经理\nC1,店,M1,㛃𬭳\n");
    let json = site(customers, MADE).check("");
    assert_eq!(json.list("managers")[0]["name"], "㛃𬭳");
}

#[test]
fn an_encoding_that_is_asked_for_is_taken() {
    // Every byte here is ASCII, so only the option can say that the zero bytes are halves of characters.
    let plain = "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-07 08:00\n\
        M1,C2,phone,2026-09-07 10:00\n";
    let little: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let customers: Vec<u8> = CUSTOMERS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let json = site(customers, little).check("--encoding utf-16le");
    assert_eq!((json.fates("visits.csv").as_str(), json.fates("customers.csv").as_str()), ("used 2", "used 2"));
    assert_eq!(json.input("visits.csv")["encoding"], "utf-16le");
    // UTF-8 read as GB18030: the Chinese headers are lost.
    let message = site(CUSTOMERS, MADE).stopped("--encoding gb18030");
    assert!(message.contains("customers.csv"), "{message}");
}

/// One line that means nothing in the encoding of all the others is a rejected row, in either encoding. (The odd number
/// of characters in each note keeps the UTF-8 file from being readable as GB18030.)
#[test]
fn an_undecodable_line_is_a_rejected_row() {
    let lines: String = (1..=30).map(|i| format!("M1,C1,实地,2026-09-07 08:{i:02},好\n")).collect();
    let table = format!("客户经理编号,客户编码,拜访方式,到店时间,备注\n{lines}");
    let in_utf8 = [table.as_bytes(), &gb18030("M1,C2,电话,2026-09-07 10:00,店\n")].concat();
    let in_gb = [&gb18030(&table)[..], b"M1,C2,\xff\xff,2026-09-07 10:00,\n"].concat();
    for (encoding, visits) in [("utf-8", in_utf8), ("gb18030", in_gb)] {
        let json = site(CUSTOMERS, visits).check("");
        assert_eq!(json.fates("visits.csv"), "used 30, rejected 1", "{encoding}");
        assert_eq!(json.rejected("visits.csv"), ["32"]);
        assert_eq!(json.input("visits.csv")["encoding"], encoding);
    }
}

/// A line that neither encoding can read is a tie, and then the file is UTF-8.
#[test]
fn a_tie_of_encodings_is_utf_8() {
    let lines: String = (1..=30).map(|i| format!("M1,C1,onsite,2026-09-07 08:{i:02}\n")).collect();
    let table = format!("manager_id,customer_id,mode,started_at\n{lines}");
    let visits = [table.as_bytes(), b"M1,\xff,onsite,2026-09-07 10:00\n"].concat();
    let json = site(CUSTOMERS, visits).check("");
    assert_eq!(json.input("visits.csv")["encoding"], "utf-8");
    assert_eq!(json.fates("visits.csv"), "used 30, rejected 1");
}

#[test]
fn the_delimiter_is_comma_tab_or_semicolon() {
    for delimiter in [",", "\t", ";"] {
        let turned = |text: &str| text.replace(',', delimiter);
        understood(&site(turned(CUSTOMERS), turned(MADE)), "utf-8", delimiter);
        understood(&site(CUSTOMERS, utf16(&turned(MADE), true)), "utf-16le", delimiter);
    }
    // A header that holds other delimiters in quotes is split by the one that separates its columns.
    let visits = "\"manager_id\";customer_id;mode;started_at;\"note, if any, in words\"\n\
                  M1;C1;onsite;2026-09-07 08:00;a,b\nM1;C2;phone;2026-09-07 10:00;\n";
    understood(&site(CUSTOMERS, visits), "utf-8", ";");
}

#[test]
fn every_line_ending_is_one_line() {
    for ending in ["\r\n", "\n", "\r"] {
        let turned = |text: &str| text.replace('\n', ending);
        understood(&site(turned(CUSTOMERS), turned(MADE)), "utf-8", ",");
        // The last line need not be ended.
        understood(&site(CUSTOMERS, turned(MADE).trim_end()), "utf-8", ",");
        let broken: String = (1..=20).map(|i| format!("M1,C1,实地,2026-09-07 08:{i:02}\n")).collect();
        let json = site(CUSTOMERS, turned(&format!("{MADE}{broken}M1,C1,实地,?\n"))).check("");
        assert_eq!(json.rejected("visits.csv"), ["24 started_at"], "{ending:?}");
    }
}

#[test]
fn quoted_cells_may_hold_delimiters_quotes_and_newlines() {
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 100\n");
    let visits = "manager_id,customer_id,mode,started_at,note\n\
                  M1,C1,onsite,2026-09-07 08:00,\"first, \"\"second\"\"\r\nthird\n\nfourth\"\n\
                  M1,C2,swimming,2026-09-07 10:00,\"\n\"\n\
                  M1,C2,onsite,never,x\n";
    let json = site.customers(2).with("data/visits.csv", visits).check("");
    assert_eq!(json.fates("visits.csv"), "used 1, rejected 2");
    assert_eq!(json.rejected("visits.csv"), ["6 mode", "8 started_at"], "lines as an editor counts them");
    let cells: Vec<String> = json.list("rejected").iter().map(|row| text(&row["cell"])).collect();
    assert_eq!(cells, ["swimming", "never"]);
}

/// Evidence behind a quoted newline points at the line on which its row starts.
#[test]
fn evidence_behind_quoted_newlines_has_the_right_line() {
    let site = Site::ruled(&["field-time"], "");
    let visits = "manager_id,customer_id,mode,started_at,ended_at,note\n\
                  M1,C1,onsite,2026-09-07 08:00,2026-09-07 14:00,\"a\nb\nc\"\n\
                  M1,C1,onsite,2026-09-08 08:00,2026-09-08 08:10,\"d\ne\"\n";
    let json = site.customers(1).with("data/visits.csv", visits).check("");
    let findings = json.findings("field-time");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["evidence"], serde_json::json!([{"file": "visits.csv", "line": 5}]));
}

#[test]
fn guards_and_blanks_around_a_cell_are_no_part_of_it() {
    let seen = ["C1", " C1 ", "\u{3000}C1\u{3000}", "\tC1", "'C1", "=\"C1\"", "\"=\"\"C1\"\"\"", " '\u{3000}C1"];
    let unseen =
        ["C1\u{200b}", "\u{202d}C1\u{202c}", "\u{2060}C1", "C\u{feff}1", "\"C\n1\"", "Ｃ１", "C1\u{3000}\u{200e}"];
    for id in seen.into_iter().chain(unseen) {
        let visits = format!("{VISITS}M1,{id},onsite,2026-09-07 08:00,,\n");
        let json = Site::judging(&["must-onsite"]).customers(1).with("data/visits.csv", visits).check("");
        assert_eq!(json.list("unknown_customers").len(), 0, "{id:?}: {:?}", json.value["unknown_customers"]);
        assert_eq!(json.fates("visits.csv"), "used 1", "{id:?}");
    }
    // Guards hold in headers and times too, and keep the zeros they are there for.
    let visits = "=\"manager_id\",'customer_id,mode,started_at\n\"=\"\"007\"\"\",'0516,onsite,'2026-09-07 08:00\n";
    let json = Site::judging(&["must-onsite"]).customers(1).with("data/visits.csv", visits).check("");
    assert_eq!(json.list("unknown_customers")[..], ["0516"]);
    assert_eq!(json.managers(), ["007", "M1"]);
}

/// Data frames write whole numbers with a point where one of them is missing.
#[test]
fn an_id_of_digits_loses_the_zero_behind_its_point() {
    let site = Site::judging(&["must-onsite"])
        .with("data/customers.csv", "customer_id,name,manager_id,must_onsite\n1001,店,7,是\nA1.0,店,7,\n")
        .with("data/visits.csv", "manager_id,customer_id,mode,started_at\n7.0,1001.0,onsite,2026-09-07 08:00\n");
    let json = site.check("");
    assert_eq!((json.verdict("7", "must-onsite"), json.managers()), ("pass 1/0/0".to_owned(), vec!["7".to_owned()]));
}

/// Ids that would be one but for case or zeros in front are two, and that is said.
#[test]
fn ids_that_differ_by_case_or_leading_zeros_are_remarked() {
    let site = Site::judging(&["must-onsite"]).customers(1);
    let json = site.visits("m1,C1,onsite,2026-09-07 08:00,,\nM1,0C1,onsite,2026-09-07 08:00,,\n").check("");
    let remarks = |kind| json.remarks(kind).iter().map(|remark| remark["ids"].clone()).collect::<Vec<_>>();
    assert_eq!(remarks("letter_case"), [serde_json::json!(["M1", "m1"])]);
    assert_eq!(remarks("leading_zeros"), [serde_json::json!(["0C1", "C1"])]);
}

/// An empty mark in a typed cell is neither a bad cell nor a value; in a key cell it rejects the row.
#[test]
fn empty_marks_are_empty() {
    for mark in ["", "-", "--", "------", "—", "无", "未签退", "NULL", "N/A", "nan", "NaN", "None", "NaT", "\\N"]
    {
        let site = Site::ruled(&["field-time"], "[input]\nmax_rejected_percent = 100\n");
        let visits = format!(
            "{VISITS}M1,C1,onsite,2026-09-07 08:00,{mark},\n\
            M1,C1,onsite,{mark},2026-09-08 10:00,\n"
        );
        let json = site.customers(1).with("data/visits.csv", visits).check("");
        assert_eq!(json.bad_cells("visits.csv"), 0, "{mark:?}");
        assert_eq!(json.by_manager("field-time", "seconds")["M1"], 0, "{mark:?}: length 0");
        assert_eq!(json.rejected("visits.csv"), ["3 started_at"], "{mark:?}");
    }
    let site = Site::judging(&["field-time"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,kein,\n");
    assert_eq!(site.check("").bad_cells("visits.csv"), 1, "any other word is a bad cell");
}

/// A mark is no reason and no tool; in a name it is text.
#[test]
fn marks_are_empty_in_texts_but_not_in_names() {
    let site = Site::judging(&["exception-evidence", "web-proof"])
        .with("data/customers.csv", "customer_id,name,manager_id,manager_name,branch\nC1,店,M1,无,NULL\n")
        .with(
            "data/visits.csv",
            "manager_id,customer_id,mode,started_at,outcome,exception_reason,tool\n\
             M1,C1,onsite,2026-09-07 08:00,absent,无,\nM1,C1,onsite,2026-09-07 09:00,absent,外出,\n\
             M1,C1,web,2026-09-07 10:00,done,,--\nM1,C1,web,2026-09-07 11:00,done,,微信\n",
        );
    let json = site.check("");
    assert_eq!(json.verdict("M1", "exception-evidence"), "fail 2/1/0");
    assert_eq!(json.verdict("M1", "web-proof"), "fail 2/1/0");
    let manager = &json.list("managers")[0];
    assert_eq!((manager["name"].as_str(), manager["branch"].as_str()), (Some("无"), None));
    assert_eq!(json.bad_cells("visits.csv") + json.bad_cells("customers.csv"), 0);
}

/// What a spreadsheet could not show was something: it is no empty cell.
#[test]
fn errors_of_spreadsheets_are_unknown_in_every_cell() {
    for cell in ["#N/A", "#REF!", "##########", "#NAME?"] {
        let site = Site::ruled(&["field-time"], "[input]\nmax_rejected_percent = 100\n");
        let visits = format!(
            "manager_id,customer_id,mode,started_at,ended_at,exception_reason,tool\n\
             M1,C1,onsite,2026-09-07 08:00,{cell},{cell},{cell}\n{cell},C1,onsite,2026-09-07 08:00,,,\n"
        );
        let json = site.customers(1).with("data/visits.csv", visits).check("");
        assert_eq!(json.bad_cells("visits.csv"), 3, "{cell}");
        assert_eq!(json.rejected("visits.csv"), ["3 manager_id"], "{cell}");
    }
}

/// Longitude and latitude may stand in one cell, in either order.
#[test]
fn a_position_may_stand_in_one_cell() {
    for (header, near, far) in [
        ("经纬度", "\"117.2,34.5\"", "\"118.2,34.5\""),
        ("坐标", "\"34.5,117.2\"", "\"34.5,118.2\""),
        ("定位", "117.2 34.5", "118.2 34.5"),
        ("GPS", "（117.2；34.5）", "\"[118.2, 34.5]\""),
    ] {
        let site = Site::judging(&["geofence"])
            .with("data/customers.csv", format!("customer_id,name,manager_id,{header}\nC1,店,M1,{near}\n"))
            .with(
                "data/visits.csv",
                format!(
                    "manager_id,customer_id,mode,started_at,{header}\nM1,C1,onsite,2026-09-07 08:00,{near}\n\
                     M1,C1,onsite,2026-09-07 09:00,{far}\nM1,C1,onsite,2026-09-07 10:00,无\n\
                     M1,C1,onsite,2026-09-07 11:00,0/0\nM1,C1,onsite,2026-09-07 12:00,北门\n"
                ),
            );
        let json = site.check("");
        assert_eq!(json.verdict("M1", "geofence"), "fail 2/1/0", "{header}");
        assert_eq!(json.bad_cells("visits.csv"), 1, "{header}");
    }
}

/// Numbers of the archive in one cell, each by itself, and one that the export hides.
#[test]
fn numbers_are_split_and_masked_ones_are_unknown() {
    for cell in
        ["0516-80055324 13900000000", "\"80055324\n13900000000\"", "(+86)13900000000", "\u{202d}13900000000\u{202c}"]
    {
        let site = Site::judging(&["call-proof"])
            .with("data/customers.csv", format!("customer_id,name,manager_id,phone\nC1,店,M1,{cell}\n"))
            .visits("M1,C1,phone,2026-09-07 08:00,,\n")
            .with("data/calls.csv", "manager_id,number,started_at,seconds\nM1,+86 139-0000-0000,2026-09-07 08:00,40\n");
        let json = site.check("");
        assert_eq!(json.verdict("M1", "call-proof"), "pass 1/0/0", "{cell:?}");
        assert_eq!(json.bad_cells("customers.csv"), 0, "{cell:?}");
    }
    let site = Site::judging(&["call-proof"])
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,店,M1,139****0000\n")
        .visits("M1,C1,phone,2026-09-07 08:00,,\n");
    let lint = site.run("lint --data data --lang en").out;
    let words = lint.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("phone \"139****0000\" × 1 (customers.csv:2): a number with hidden digits"), "{lint}");
}
