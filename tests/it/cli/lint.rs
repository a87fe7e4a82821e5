//! `lint`: the data's quality, without verdicts; every sort of trouble is found, in both formats and both languages.

use crate::harness::*;
use serde_json::{Value, json};

const RULES: &str = "[input]\nmax_rejected_percent = 50\n[calendar]\nyears = [2026]\nholidays = [\"2026-09-03\"]\n\
                     makeup_workdays = [\"2026-09-05\"]\n";

/// One of everything that can be odd.
fn odd() -> Site {
    let visits = "拜访记录,,,,,,,,,,\n\
        manager_id,customer_id,mode,started_at,ended_at,visit_id,uploaded_at,lon,lat,工号,档位\n\
        M1,C1,onsite,2026-09-01 08:00,2026-09-01 07:00,V1,2026-08-31 20:00,117.1,34.2,,\n\
        M1,C2,onsite,2026-09-04 08:00,2026-09-05 08:30,V2,,,,,\n\
        M1,C1,onsite,2026-09-08 08:00,2026-09-08 07:30,V3,2026-09-08 12:00,0,0,,\n\
        M1,C1,swimming,2026-09-08 08:00,,,,,,,\n\
        M1,C9,phone,2026-09-08 09:00,soon,V4,,0.0,-0,,\n\
        M1,C1,onsite,2026-09-08 08:00,2026-09-08 08:30,V3,2026-09-08 17:00,200,10,,\n\
        M1,C1,onsite,2036-09-08 08:00,,V9,,,,,\n\
        M1,C1,onsite,2026-05-04 08:00,soon,V5,,,,,\n";
    let customers = "customer_id,name,manager_id,lon,lat,opened_on,closed_on,updated_on\n\
        C1,店,M1,117.1,34.2,2025-01-01,,2026-01-01\n\
        C2,店,M1,0,0,2026-01-02,2026-01-01,\n\
        07,店,M1,,,,,\n7,店,M1,,,,,\n\
        C1,旧店,M1,,,,,2025-01-01\n";
    let inquiries = "manager_id,received_at,replied_at\n\
        M1,2026-09-01 14:00,2026-09-01\nM1,2026-09-01 14:00,2026-08-31\nM1,2026-09-01 14:00,2026-09-02\n";
    Site::ruled(&[], RULES)
        .with("data/visits.csv", visits)
        .with("data/customers.csv", customers)
        .with("data/inquiries.csv", inquiries)
        .with("data/managers.csv", "manager_id,joined_on,left_on\nM1,2026-01-02,2026-01-01\n")
        .with(
            "data/calls.csv",
            "manager_id,number,started_at,seconds\nM1,13800000000,2026-09-01 08:00,86401\n\
                                 M8,13800000000,2026-09-01 08:00,86400\n",
        )
        .with("data/会议纪要.csv", "x\n")
}

fn lint(site: &Site, options: &str) -> Json {
    site.run(&format!("lint --data data --format json {options}")).json()
}

/// As `visits.csv:3`.
fn place(value: &Value) -> String {
    format!("{}:{}", text(&value["file"]), value["line"])
}

#[test]
fn every_file_is_described() {
    let found = lint(&odd(), "");
    let visits = found.input("visits.csv");
    assert_eq!((&visits["kind"], &visits["encoding"]), (&json!("visits"), &json!("utf-8")));
    assert_eq!((&visits["delimiter"], &visits["header_line"]), (&json!(","), &json!(2)));
    let columns =
        ["visit_id", "manager_id", "customer_id", "mode", "started_at", "ended_at", "uploaded_at", "lon", "lat"];
    assert_eq!(visits["columns"], json!(columns));
    let missing = [
        "date",
        "minutes",
        "planned",
        "outcome",
        "exception_reason",
        "photo",
        "phone",
        "tool",
        "items",
        "source",
        "note",
    ];
    assert_eq!(visits["missing"], json!(missing));
    assert_eq!((&visits["unused"], &visits["unknown"]), (&json!(["工号"]), &json!(["档位"])));
    assert_eq!(found.fates("visits.csv"), "used 4, set_aside 2, superseded 1, rejected 1");
    assert_eq!(found.fates("customers.csv"), "used 4, superseded 1");
    assert_eq!(found.bad_cells("visits.csv"), 2, "all months are looked at");
    assert_eq!(visits["sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn every_sort_of_trouble_is_found() {
    let found = lint(&odd(), "");
    assert_eq!(found.code, 3);
    assert_eq!(found.rejected("visits.csv"), ["6 mode"]);
    let bad = found.list("bad_cells");
    assert_eq!((bad.len(), &bad[0]["column"], &bad[0]["count"]), (1, &json!("ended_at"), &json!(2)));
    assert_eq!((&bad[0]["cell"], place(&bad[0]["first"])), (&json!("soon"), "visits.csv:7".to_owned()));
    assert_eq!(found.value["gaps"], json!(["2026-09-02", "2026-09-05", "2026-09-07"]), "to the horizon");
    let impossible = found.list("impossible").iter().map(|group| {
        let rows: Vec<String> = group["rows"].as_array().expect("rows").iter().map(place).collect();
        assert_eq!(group["count"], json!(rows.len()));
        format!("{} {}", text(&group["what"]), rows.join(" "))
    });
    let expected = [
        "visit-ends-before-start visits.csv:3",
        "visit-ends-on-another-date visits.csv:4",
        "visit-uploaded-before-start visits.csv:3",
        "call-longer-than-day calls.csv:2",
        "replied-before-received inquiries.csv:3",
        "closed-before-opened customers.csv:3",
        "left-before-joined managers.csv:2",
    ];
    assert_eq!(impossible.collect::<Vec<_>>(), expected, "what is not used is not looked at");
    assert_eq!(found.value["unknown_customers"], json!(["C9"]));
    assert_eq!(found.remarks("unknown_manager")[0]["manager_id"], "M8");
    assert_eq!(found.remarks("stray")[0]["dates"], json!(["2026-05-04", "2036-09-08"]));
    assert_eq!(found.remarks("leading_zeros")[0]["ids"], json!(["07", "7"]));
    assert_eq!(found.remarks("unclaimed_file")[0]["file"], "会议纪要.csv");
    assert_eq!(found.remarks("unused_headers")[0]["headers"], json!(["工号"]));
    let nowhere = found.list("nowhere").iter();
    let nowhere: Vec<String> = nowhere.map(|file| format!("{} {}", file["count"], place(&file["first"]))).collect();
    assert_eq!(nowhere, ["1 customers.csv:3", "3 visits.csv:5"]);
    let pairs = found.list("superseded").iter();
    let pairs: Vec<String> =
        pairs.map(|pair| format!("{} {}", place(&pair["loser"]), place(&pair["winner"]))).collect();
    assert_eq!(pairs, ["customers.csv:6 customers.csv:2", "visits.csv:5 visits.csv:8"]);
}

#[test]
fn years_without_official_days_are_remarked() {
    let site = Site::ruled(&[], RULES).customers(1).visits("M1,C1,onsite,2031-03-03 08:00,,\n");
    let found = lint(&site, "");
    assert_eq!(found.remarks("calendar_years")[0]["years"], json!([2031]));
    assert!(site.run("lint --data data --lang en").out.contains("no official days of 2031"));
}

/// Of the competing rows the latest is named as the one that is used, also for those that lost before it came.
#[test]
fn what_stands_for_a_row_is_the_row_that_is_used() {
    let row = |day, id| format!("M1,C1,onsite,2026-09-0{day} 08:00,,{id}\n");
    let site = Site::ruled(&[], RULES).customers(1).visits(&[row(1, "V1"), row(2, "V1"), row(4, "V1")].concat());
    let found = lint(&site, "");
    let winners: Vec<String> = found.list("superseded").iter().map(|pair| place(&pair["winner"])).collect();
    assert_eq!(winners, ["visits.csv:4", "visits.csv:4"]);
}

#[test]
fn the_table_tells_all_of_it_in_both_languages() {
    let site = odd();
    let both = ["visits.csv:6", "swimming", "soon", "2026-09-02, 2026-09-05, 2026-09-07", "2036-09-08", "C9", "M8"];
    let more = ["07", "会议纪要.csv", "工号", "档位", "exception_reason", "visits.csv:8", "SHA-256", "rules.toml"];
    let zh = ["离店早于到店", "离店与到店不在同一天", "上传早于到店", "超过 24 小时", "答复早于受理", "停业早于入网"];
    let en = ["visit ends before it starts", "another date", "uploaded before", "24 hours", "replied before", "opened"];
    for (lang, own, end) in
        [("zh", zh, "这些数据可以用来考核 2026-09，但请注意："), ("en", en, "can be judged for 2026-09, but mind:")]
    {
        let ran = site.run(&format!("lint --data data --lang {lang}"));
        assert_eq!((ran.code, ran.err.as_str()), (3, ""), "{lang}");
        for told in both.iter().chain(&more).chain(&own) {
            assert!(ran.out.contains(told), "{told} in {}", ran.out);
        }
        let wide: Vec<&str> = ran.out.lines().filter(|line| width(line) > 80).collect();
        assert!(wide.is_empty(), "{wide:#?}");
        assert!(ran.out.contains(end), "{}", ran.out);
        assert!(!ran.out.contains("nothing") && !ran.out.contains('\u{1b}'), "{}", ran.out);
    }
}

#[test]
fn clean_data_have_nothing_to_tell() {
    let site = Site::ruled(&[], RULES).customers(1).visits("M1,C1,onsite,2026-09-01 15:00,2026-09-01 16:00,\n");
    let found = lint(&site, "");
    assert_eq!((found.code, &found.value["schema"]), (0, &json!("baifang.lint/1")));
    assert_eq!((&found.value["month"], &found.value["horizon"]), (&json!("2026-09"), &json!("2026-09-01")));
    for key in [
        "columns",
        "rejected",
        "bad_cells",
        "gaps",
        "impossible",
        "unknown_customers",
        "remarks",
        "nowhere",
        "superseded",
        "obstacles",
    ] {
        assert_eq!(found.value[key], json!([]), "{key}");
    }
    assert_eq!(found.value["rules"]["path"], "rules.toml");
    for (lang, told) in [("en", "nothing was found that stands in the way"), ("zh", "没有发现妨碍判断的问题")]
    {
        let ran = site.run(&format!("lint --data data --lang {lang}"));
        assert!(ran.code == 0 && ran.out.contains(told), "{}", ran.out);
    }
}

#[test]
fn a_month_that_was_only_planned_cannot_be_judged() {
    let site = Site::ruled(&[], RULES)
        .customers(1)
        .visits("M1,C1,onsite,2026-08-31 08:00,,\n")
        .with("data/plans.csv", "manager_id,customer_id,date\nM1,C1,2026-09-08\n");
    let found = lint(&site, "--month 2026-09");
    assert_eq!((found.code, &found.value["has_visits"], &found.value["gaps"]), (0, &json!(false), &json!([])));
    let ran = site.run("lint --data data --month 2026-09 --lang en");
    assert!(ran.out.contains("cannot be judged for 2026-09"), "{}", ran.out);
}

#[test]
fn it_ends_as_check_does_where_it_cannot_run() {
    let site = odd();
    let code = |options: &str| site.run(&format!("lint --data data {options}")).code;
    assert_eq!(code(""), 3);
    for wrong in [
        "--month 2020-01",
        "--month 2026-05",
        "--month x",
        "--strict",
        "--as-of 2020-01-01",
        "--format csv",
        "--manager M1",
    ] {
        let ran = site.run(&format!("lint --data data {wrong}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong}");
    }
    assert_eq!(Site::bare().customers(1).run("lint --data data").code, 2, "no visits");
}

#[test]
fn rows_after_a_given_horizon_are_not_read() {
    let found = lint(&odd(), "--as-of 2026-09-04");
    assert_eq!(found.fates("visits.csv"), "used 2, set_aside 1, other_period 4, rejected 1");
    assert_eq!((&found.value["horizon"], &found.value["gaps"]), (&json!("2026-09-04"), &json!(["2026-09-02"])));
    assert_eq!(found.remarks("stray")[0]["dates"], json!(["2026-05-04"]));
}

#[test]
fn it_writes_files_and_rejected_rows() {
    let site = odd();
    let ran = site.run("lint --data data -o out.json --rejects rejects");
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert_eq!(read(&site.path("out.json")), site.run("lint --data data --format json").out.into_bytes());
    let rejects = String::from_utf8(read(&site.path("rejects/visits.csv"))).expect("UTF-8");
    assert!(rejects.contains("swimming") && !rejects.contains("V1"), "{rejects}");
    let zh = lint(&site, "--lang zh").list("rejected")[0]["reason"].clone();
    assert_eq!(
        (zh, &lint(&site, "").list("rejected")[0]["reason"]),
        (json!("未知的取值"), &json!("not one of the known values"))
    );
}

/// The samples, as an office exports them and as they should be, from the repository's root.
#[test]
fn the_samples_can_be_judged() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples");
    for (folder, code) in [("clean", 0), ("office", 3)] {
        for lang in ["zh", "en"] {
            let ran = Site::bare().run(&format!("lint --data {samples}/{folder} --lang {lang}"));
            let told =
                if lang == "zh" { "这些数据可以用来考核 2026-09" } else { "can be judged for 2026-09" };
            assert!(ran.code == code && ran.out.contains(told), "{folder}: {}{}", ran.out, ran.err);
            assert!(ran.out.lines().all(|line| width(line) <= 80), "{}", ran.out);
        }
    }
}
