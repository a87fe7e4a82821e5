//! Phone numbers, durations and ids (SPEC §2.2), told by which calls prove which visits.

use crate::harness::*;

/// A case: the customer's `phone` cell, the cells `number,seconds,direction` of the one call, and whether it proves the
/// visit.
type Case = (&'static str, &'static str, bool);

/// Each case has a manager and a customer of its own, so that no call can prove the visit of another case.
fn assert_proofs(cases: &[Case], more: &str) -> Json {
    let mut customers = "customer_id,name,manager_id,phone\n".to_owned();
    let mut visits = VISITS.to_owned();
    let mut calls = "manager_id,started_at,number,seconds,direction\n".to_owned();
    for (i, (phone, call, _)) in cases.iter().enumerate() {
        customers += &format!("C{i},店,V{i},{phone}\n");
        visits += &format!("V{i},C{i},phone,2026-09-07 08:00:00,,\n");
        calls += &format!("V{i},2026-09-07 08:01:00,{call}\n");
    }
    let site = Site::ruled(&["call-proof"], &format!("[input]\nmax_rejected_percent = 100\n{more}"));
    let site = site.with("data/customers.csv", customers).with("data/visits.csv", visits);
    let json = site.with("data/calls.csv", calls).check("");
    for (i, (phone, call, proves)) in cases.iter().enumerate() {
        // A rejected call may be the one that would prove the visit.
        let line = format!("{} ", i + 2);
        let is_rejected = json.rejected("calls.csv").iter().any(|row| row.starts_with(&line));
        let expected = match (proves, is_rejected) {
            (true, _) => "pass 1/0/0",
            (false, true) => "doubtful 0/0/0",
            (false, false) => "fail 1/1/0",
        };
        assert_eq!(json.verdict(&format!("V{i}"), "call-proof"), expected, "{phone} by {call}");
    }
    json
}

#[test]
fn one_mobile_number_in_all_its_forms() {
    let forms = [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "(138)00000001",
        "（138）0000-0001",
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        "8613800000001",
        "86 13800000001",
        "013800000001",
        "+86-013800000001",
        "\"=\"\"13800000001\"\"\"",
        "'13800000001",
        "13800000001转8",
        "13800000001#12",
    ];
    let calls: Vec<String> = forms.iter().map(|form| format!("{form},40,out")).collect();
    let into: Vec<Case> = forms.iter().map(|form| (*form, "13800000001,40,out", true)).collect();
    assert_proofs(&into, "");
    let back: Vec<Case> =
        calls.into_iter().map(|call| ("13800000001", &*Box::leak(call.into_boxed_str()), true)).collect();
    assert_proofs(&back, "");
    assert_proofs(&[("13800000001", "13800000002,40,out", false), ("13800000001", "1380000000,40,out", false)], "");
}

#[test]
fn landlines_have_area_codes_and_extensions() {
    let landline = "051683900001,40,out";
    let same = [
        "051683900001",
        "0516-83900001",
        "(0516)83900001",
        "0516 8390 0001",
        "83900001",
        "8390-0001",
        "+8651683900001",
        "+86 516 83900001",
        "0086-516-83900001",
        "8651683900001",
        "86 0516 83900001",
        "0516-83900001-801",
        "83900001-8",
        "83900001转801",
        "+86 516 83900001-801",
        "86 516 83900001-801",
        "0516-83900001ext801",
        "0516-83900001 ext 801",
        "0516-83900001#801",
        "0516-83900001-12345",
    ];
    let cases: Vec<Case> = same.iter().map(|form| (*form, landline, true)).collect();
    assert_proofs(&cases, "");
    // Seven digits get the area code too; another one stands for itself.
    assert_proofs(&[("3900001", "0516-3900001,40,out", true), ("0517-83900001", landline, false)], "");
    // 86 is a country code only where enough digits stand behind it.
    assert_proofs(&[("86123456", "0516-86123456,40,out", true), ("8612345678", "12345678,40,out", false)], "");
    let elsewhere = "[phone]\narea_code = \"0517\"\n";
    assert_proofs(&[("83900001", landline, false), ("83900001", "0517-83900001,40,out", true)], elsewhere);
    let none = "[phone]\narea_code = \"\"\n";
    assert_proofs(&[("83900001", landline, false), ("83900001", "8390 0001,40,out", true)], none);
}

#[test]
fn a_cell_may_hold_several_numbers() {
    let cells = [
        "13800000001/13900000002",
        "13800000001、13900000002",
        "13800000001;13900000002",
        "13800000001；13900000002",
        "13800000001，13900000002",
    ];
    let cases: Vec<Case> = cells
        .iter()
        .flat_map(|cell| {
            [
                (*cell, "13800000001,40,out", true),
                (*cell, "13900000002,40,out", true),
                (*cell, "13700000003,40,out", false),
            ]
        })
        .collect();
    assert_proofs(&cases, "");
    assert_proofs(&[("0516-83900001-801/138-0000-0001", "83900001,40,out", true)], "");
    assert_proofs(&[("0516-83900001-801、138-0000-0001", "013800000001,40,out", true)], "");
}

#[test]
fn every_length_of_a_call_is_read() {
    let long = [
        "30",
        "0:30",
        "00:30",
        "00:00:30",
        "30秒",
        "1分",
        "0分30秒",
        "1:00",
        "1小时2分3秒",
        "1分6秒",
        "2小时",
        "01:02:03",
        "'45",
        "=\"45\"",
    ];
    let short = ["29", "0:29", "00:00:29", "29秒", "0分29秒", "0"];
    let cells = long.iter().map(|cell| (*cell, true)).chain(short.iter().map(|cell| (*cell, false)));
    let calls: Vec<(String, bool)> = cells.map(|(cell, proves)| (format!("13800000001,{cell},out"), proves)).collect();
    let cases: Vec<Case> =
        calls.into_iter().map(|(call, proves)| ("13800000001", &*Box::leak(call.into_boxed_str()), proves)).collect();
    let json = assert_proofs(&cases, "");
    assert_eq!(json.fates("calls.csv"), format!("used {}", cases.len()));
    // The length itself shows where the limit is just above it: 5分32秒 are 332 seconds.
    let limits = |seconds: u32| format!("[rules.call-proof]\nmin_seconds = {seconds}\n");
    for (cell, seconds) in [("5分32秒", 332), ("1小时2分3秒", 3723), ("01:02:03", 3723), ("12:34", 754)] {
        let call: &str = Box::leak(format!("13800000001,{cell},out").into_boxed_str());
        assert_proofs(&[("13800000001", call, true)], &limits(seconds));
        if seconds < 3600 {
            assert_proofs(&[("13800000001", call, false)], &limits(seconds + 1));
        }
    }
}

/// `seconds` is a key cell: what cannot be read rejects the call.
#[test]
fn unreadable_lengths_and_numbers_reject_the_call() {
    let json = assert_proofs(
        &[
            ("13800000001", "13800000001,,out", false),
            ("13800000001", "13800000001,30.5,out", false),
            ("13800000001", "13800000001,-30,out", false),
            ("13800000001", "13800000001,lang,out", false),
            ("13800000001", "13800000001,1:2:3:4,out", false),
            ("13800000001", "1.38E+10,40,out", false),
            ("13800000001", ",40,out", false),
            ("13800000001", "13800000001,40,out", true),
        ],
        "",
    );
    let seconds = ["2 seconds", "3 seconds", "4 seconds", "5 seconds", "6 seconds", "7 number", "8 number"];
    assert_eq!(json.rejected("calls.csv"), seconds);
}

#[test]
fn directions_are_out_and_in() {
    let out = ["out", "主叫", "呼出", ""];
    let inward = ["in", "被叫", "呼入"];
    let call = |cell: &&str| -> &'static str { Box::leak(format!("13800000001,40,{cell}").into_boxed_str()) };
    let cases: Vec<Case> = out
        .iter()
        .map(|cell| ("13800000001", call(cell), true))
        .chain(inward.iter().map(|cell| ("13800000001", call(cell), false)))
        .collect();
    assert_proofs(&cases, "[rules.call-proof]\ndirections = [\"out\"]\n");
    let both: Vec<Case> = cases.iter().map(|(phone, call, _)| (*phone, *call, true)).collect();
    assert_proofs(&both, "");
}

/// A spreadsheet that wrote 1.38E+10 has lost digits: no number in the archive, no row in a key cell.
#[test]
fn scientific_notation_is_unreadable() {
    let customers =
        "customer_id,name,manager_id,phone,phone2\nC1,店,M1,1.38E+10,\nC2,店,M1,,1.38e+10\n3.2E+11,店,M1,,\n";
    let site =
        Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 50\n").with("data/customers.csv", customers);
    let rows = "M1,C1,onsite,2026-09-07 08:00,,\n1E+05,C1,onsite,2026-09-07 08:00,,\n\
        M1,3.20E+11,onsite,2026-09-07 08:00,,\nM1,C2,web,2026-09-07 08:00,,\n";
    let json = site.visits(rows).check("");
    assert_eq!((json.fates("customers.csv").as_str(), json.bad_cells("customers.csv")), ("used 2, rejected 1", 2));
    assert_eq!(json.rejected("customers.csv"), ["4 customer_id"]);
    assert_eq!(json.rejected("visits.csv"), ["3 manager_id", "4 customer_id"]);
}

/// Ids are text: no zero is dropped, letters keep their case, and a remark tells where only zeros differ.
#[test]
fn ids_are_compared_as_text() {
    let customers = "customer_id,name,manager_id\n007,店,M1\nc1,店,M1\nD1,店,012\n";
    let rows = "M1,7,onsite,2026-09-07 08:00,,\nM1,C1,onsite,2026-09-07 09:00,,\n12,D1,onsite,2026-09-07 09:00,,\n";
    let json = Site::judging(&["must-onsite"]).with("data/customers.csv", customers).visits(rows).check("");
    assert_eq!(json.list("unknown_customers")[..], ["7", "C1"]);
    assert_eq!(json.managers(), ["012", "12", "M1"]);
    let remarks = json.remarks("leading_zeros");
    let ids: Vec<_> = remarks.iter().map(|remark| (text(&remark["column"]), remark["ids"].clone())).collect();
    let expected = [("manager_id", ["012", "12"]), ("customer_id", ["007", "7"])];
    assert_eq!(ids, expected.map(|(column, ids)| (column.to_owned(), serde_json::json!(ids))));
}
