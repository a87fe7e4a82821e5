//! Which month is checked, up to which day, and of whom (SPEC §1, §4).

use crate::harness::*;

fn visits(dates: &[&str]) -> String {
    dates.iter().map(|date| format!("M1,C1,onsite,{date} 08:00,,\n")).collect()
}

fn site(dates: &[&str]) -> Site {
    Site::judging(&["must-onsite", "onsite-share", "field-time"]).customers(1).visits(&visits(dates))
}

fn month_and_horizon(json: &Json) -> [String; 2] {
    [text(&json.value["month"]), text(&json.value["horizon"])]
}

#[test]
fn the_horizon_is_the_latest_date_that_is_not_far_behind_the_one_before() {
    let horizon = |dates: &[&str]| month_and_horizon(&site(dates).check(""));
    assert_eq!(horizon(&["2026-09-07"]), ["2026-09", "2026-09-07"]);
    assert_eq!(horizon(&["2026-09-08", "2026-09-07"]), ["2026-09", "2026-09-08"]);
    assert_eq!(horizon(&["2026-08-31", "2026-10-01"]), ["2026-10", "2026-10-01"], "31 days behind");
    assert_eq!(horizon(&["2026-08-30", "2026-08-31", "2026-10-02"]), ["2026-08", "2026-08-31"], "32 days behind");
    // A mistyped year, on either side.
    assert_eq!(horizon(&["2026-09-07", "2026-09-08", "2062-09-08"]), ["2026-09", "2026-09-08"]);
    assert_eq!(horizon(&["2006-09-07", "2026-09-07", "2026-09-08"]), ["2026-09", "2026-09-08"]);
    // The latest of several stretches counts.
    assert_eq!(horizon(&["2026-05-07", "2026-05-08", "2026-09-07", "2026-09-08"]), ["2026-09", "2026-09-08"]);
}

/// Rows that say nobody was visited do not show that the data reach so far.
#[test]
fn visits_not_made_do_not_move_the_horizon() {
    let visits = "manager_id,customer_id,mode,started_at,outcome\nM1,C1,onsite,2026-09-07 08:00,\n\
        M1,C1,onsite,2026-09-08 08:00,not_visited\n";
    let json = site(&[]).with("data/visits.csv", visits).check("");
    assert_eq!(json.value["horizon"], "2026-09-07");
}

/// Nor does a row that a later upload of the same visit has put right.
#[test]
fn superseded_visits_do_not_move_the_horizon() {
    let visits = "manager_id,customer_id,mode,started_at,visit_id,uploaded_at\n\
                  M1,C1,onsite,2026-09-07 08:00,V1,\n\
                  M1,C1,onsite,2026-09-30 08:00,V2,2026-09-08 17:00\n\
                  M1,C1,onsite,2026-09-08 08:00,V2,2026-09-08 18:00\n";
    let json = site(&[]).with("data/visits.csv", visits).check("");
    assert_eq!(json.value["horizon"], "2026-09-08");
    assert_eq!(json.fates("visits.csv"), "used 2, superseded 1");
}

#[test]
fn visits_after_the_horizon_are_stray() {
    let json = site(&["2026-09-07", "2026-09-08", "2062-09-08", "2026-12-01"]).check("");
    assert_eq!(json.fates("visits.csv"), "used 2, set_aside 2");
    let remarks = json.remarks("stray");
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0]["manager_id"], "M1");
    assert_eq!(remarks[0]["dates"], serde_json::json!(["2026-12-01", "2062-09-08"]));
    let shown = site(&["2026-09-07", "2062-09-08", "2026-09-08"]).run("check --data data --lang en").out;
    assert!(shown.contains("2062-09-08"), "{shown}");
}

#[test]
fn as_of_sets_the_horizon_and_what_lies_after_it_is_not_read() {
    let site = site(&["2026-09-07", "2026-09-08", "2026-09-09"]);
    let site = site.with("data/plans.csv", "manager_id,customer_id,date\nM1,C1,2026-09-07\nM1,C1,2026-09-29\n");
    let json = site.check("--as-of 2026-09-08");
    assert_eq!(month_and_horizon(&json), ["2026-09", "2026-09-08"]);
    assert_eq!(json.fates("visits.csv"), "used 2, other_period 1");
    assert_eq!(json.fates("plans.csv"), "used 2", "plan rows are read");
    assert_eq!(json.verdict("M1", "field-time"), "fail 2/2/0");
    // A later day can be said to be finished, though nobody was out on it.
    let json = site.check("--as-of 2026-09-30");
    assert_eq!(month_and_horizon(&json), ["2026-09", "2026-09-30"]);
    // Without --as-of the mistyped year is stray; with it, it is not read.
    let site = site.visits(&visits(&["2026-09-07", "2062-09-07"]));
    let json = site.check("--as-of 2026-09-08");
    assert_eq!((json.fates("visits.csv").as_str(), json.remarks("stray").len()), ("used 1, other_period 1", 0));
}

#[test]
fn the_month_is_that_of_the_horizon_unless_given() {
    let site = site(&["2026-08-31", "2026-09-01", "2026-09-15"]);
    let month = |options: &str| text(&site.check(options).value["month"]);
    assert_eq!(month(""), "2026-09");
    assert_eq!(month("--month 2026-08"), "2026-08");
    assert_eq!(month("--month=2026-09"), "2026-09");
    assert_eq!(month("--as-of 2026-08-31"), "2026-08");
    // The last month that is over in the data.
    assert_eq!(month("--month last"), "2026-08");
    assert_eq!(month("--month last --as-of 2026-09-30"), "2026-09");
    // 2026-10-31 is a Saturday: with the 30th all working days are over.
    let site = self::site(&["2026-09-15", "2026-10-09"]);
    let month = |options: &str| text(&site.check(options).value["month"]);
    assert_eq!(month("--month last --as-of 2026-10-30"), "2026-10");
    assert_eq!(month("--month last --as-of 2026-10-29"), "2026-09");
}

#[test]
fn a_month_with_nothing_in_it_is_refused() {
    let site = site(&["2026-09-01", "2026-09-15"]);
    let message = site.stopped("--month 2026-07 --lang en");
    assert!(
        message.contains("2026-07") && message.contains("2026-09-01") && message.contains("2026-09-15"),
        "{message}"
    );
    site.stopped("--month 2062-09");
}

/// Months that are not over leave open what can still turn out well.
#[test]
fn a_month_that_is_not_over_is_pending() {
    let customers = "customer_id,name,manager_id,must_onsite\nC1,店,M1,yes\nC2,店,M1,yes\n";
    let site = site(&["2026-09-01", "2026-09-15"]).with("data/customers.csv", customers);
    assert_eq!(site.check("").verdict("M1", "must-onsite"), "pass 1/0/1");
    assert_eq!(site.check("--as-of 2026-09-29").verdict("M1", "must-onsite"), "pass 1/0/1");
    assert_eq!(site.check("--as-of 2026-09-30").verdict("M1", "must-onsite"), "fail 2/1/0");
}

#[test]
fn managers_are_who_owns_visits_plans_or_stands_in_the_list() {
    let customers = "customer_id,name,manager_id,status,opened_on,closed_on\nC1,店,M1,,,\n\
        C2,店,M2,closed,,\nC3,店,M3,,,2026-08-31\nC4,店,M4,,2026-10-01,\nC5,店,M5,closed,,2026-10-01\n";
    let json = site(&[])
        .with("data/customers.csv", customers)
        .visits("M6,C1,onsite,2026-09-07 08:00,,\nM7,C1,onsite,2026-08-31 08:00,,\n");
    let plans = "manager_id,customer_id,date\nM8,C1,2026-09-30\nM7,C1,2026-08-30\n";
    let managers =
        "manager_id,joined_on,left_on\nN1,,\nN2,2026-09-30,\nN3,2026-10-01,\nN4,,2026-09-01\nN5,,2026-08-31\n";
    let site = json.with("data/plans.csv", plans).with("data/managers.csv", managers);
    assert_eq!(site.check("").managers(), ["M1", "M5", "M6", "M8", "N1", "N2", "N4"]);
}

#[test]
fn ignored_managers_are_not_judged() {
    let rules = |ids: &str| format!("[managers]\nignore = [{ids}]\n");
    let site = Site::ruled(&["field-time"], &rules("\"M0\", \"M2\"")).customers(1);
    let site = site.visits(
        "M0,C1,onsite,2026-09-07 08:00,,\nM1,C1,onsite,2026-09-07 08:00,,\n\
            M2,C1,web,2026-09-07 08:00,,\n",
    );
    let json = site.check("");
    assert_eq!(json.managers(), ["M1"]);
    assert_eq!(json.findings("field-time").len(), 1);
    assert_eq!(json.fates("visits.csv"), "used 3", "their rows are read all the same");
}

/// Ids that only inquiries or checks name.
#[test]
fn unknown_managers_are_listed() {
    let site = site(&["2026-09-07"])
        .with("data/inquiries.csv", "manager_id,received_at\nX1,2026-09-07 08:00\nM1,2026-09-07 08:00\n")
        .with("data/checks.csv", "month,manager_id,customer_id,checked_on,result\n2026-09,X2,C1,2026-09-08,pass\n");
    let json = site.check("");
    assert_eq!(json.managers(), ["M1"]);
    let unknown: Vec<_> = json.remarks("unknown_manager").iter().map(|remark| text(&remark["manager_id"])).collect();
    assert_eq!(unknown, ["X1", "X2"]);
}

#[test]
fn managers_and_branches_are_chosen() {
    let customers = "customer_id,name,manager_id,branch,manager_name\nC1,店,M1,东,王\nC2,店,M2,西,赵\n\
        C3,店,M3,西,钱\nC4,店,M4,南,孙\nC5,店,M4,西,孙\n";
    let site = site(&["2026-09-07"]).with("data/customers.csv", customers);
    let managers = |options: &str| site.check(options).managers();
    assert_eq!(managers("--manager M2"), ["M2"]);
    assert_eq!(managers("--manager M3 M1"), ["M1", "M3"]);
    assert_eq!(managers("--manager M3 --manager M1"), ["M1", "M3"]);
    assert_eq!(managers("--branch 西"), ["M2", "M3"]);
    assert_eq!(managers("--branch 西 东"), ["M1", "M2", "M3"]);
    assert_eq!(managers("--branch 西 --manager M2"), ["M2"]);
    // A tie of branches goes to the first by name; the managers file goes before the customers.
    assert_eq!(managers("--branch 南"), ["M4"]);
    let site = site.with("data/managers.csv", "manager_id,name,branch\nM1,王一,西\n");
    let json = site.check("--branch 西");
    assert_eq!(json.managers(), ["M1", "M2", "M3"]);
    let names: Vec<_> = json.list("managers").iter().map(|manager| text(&manager["name"])).collect();
    assert_eq!(names, ["王一", "赵", "钱"]);
}

/// Choosing managers changes nothing about those who are chosen.
#[test]
fn a_chosen_manager_is_judged_as_in_the_whole() {
    let rows = "M1,C1,onsite,2026-09-07 08:00,,\nM2,C1,onsite,2026-09-08 08:00,2026-09-08 10:00,\n";
    let site = site(&[]).visits(rows);
    let (all, one) = (site.check(""), site.check("--manager M2"));
    assert_eq!(one.value["horizon"], all.value["horizon"]);
    let of_m2: Vec<_> = all.list("findings").iter().filter(|finding| finding["manager_id"] == "M2").collect();
    assert!(!of_m2.is_empty());
    assert_eq!(one.list("findings").iter().collect::<Vec<_>>(), of_m2);
}

#[test]
fn years_without_an_official_calendar_are_said_on_every_output() {
    let known = site(&["2026-09-07"]).check("");
    assert!(known.remarks("calendar_years").is_empty());
    let site = site(&["2031-09-08"]);
    let json = site.check("");
    assert_eq!(json.remarks("calendar_years")[0]["years"], serde_json::json!([2031]));
    for lang in ["en", "zh"] {
        let shown = site.run(&format!("check --data data --lang {lang}"));
        assert!(shown.out.contains("2031"), "{}", shown.out);
    }
    let csv = site.run("check --data data --format csv").out;
    let told = csv.split(['"', ',', ';']).any(|cell| cell.contains("2031") && !cell.contains("2031-"));
    assert!(told, "{csv}");
    // A plain weekday is assessed, a Sunday is not; the calendar of rules.toml changes both.
    assert_eq!(json.verdict("M1", "field-time"), "fail 1/1/0");
    let turned = "[calendar]\nyears = [2031]\nholidays = [2031-09-08]\nmakeup_workdays = [2031-09-07]\n";
    let site = Site::ruled(&["field-time"], turned).customers(1).visits(&visits(&["2031-09-07", "2031-09-08"]));
    let json = site.check("");
    assert_eq!(json.by_manager("field-time", "date")["M1"], "2031-09-07");
    assert_eq!((json.verdict("M1", "field-time"), json.remarks("calendar_years").len()), ("fail 1/1/0".to_owned(), 0));
}

/// Dates without any visit are listed, not judged.
#[test]
fn unrecorded_dates_are_listed_per_manager() {
    let site = site(&["2026-09-07", "2026-09-09"]);
    let json = site.check("");
    let remarks = json.remarks("unrecorded");
    assert_eq!((remarks.len(), &remarks[0]["manager_id"]), (1, &serde_json::json!("M1")));
    assert!(remarks[0]["dates"].as_array().expect("dates").contains(&serde_json::json!("2026-09-08")));
    assert_eq!(json.verdict("M1", "field-time"), "fail 2/2/0");
    // With a day record it is a day in the field without a visit.
    let days = "manager_id,date\nM1,2026-09-07\nM1,2026-09-08\nM1,2026-09-09\n";
    let json = site.with("data/days.csv", days).check("");
    assert_eq!(json.verdict("M1", "field-time"), "fail 3/3/0");
}

/// A month is over when nobody has a working day left in it: who is on leave to its end has none, and a row of somebody's plan
/// keeps it open (plans of free days are in the contract's *complete*; here the last of September is a working day).
#[test]
fn the_last_month_is_complete_for_every_manager() {
    let leave = |managers: &[&str]| {
        let rows: String = managers.iter().map(|id| format!("{id},2026-09-30,leave\n")).collect();
        format!("manager_id,date,status\n{rows}")
    };
    let month = |on_leave: &[&str]| {
        let site = Site::judging(&["must-onsite"])
            .with("data/customers.csv", "customer_id,name,manager_id\nC1,店,M1\nC2,店,M2\n")
            .visits(
                "M1,C1,onsite,2026-08-31 15:00,,\nM2,C2,onsite,2026-08-31 15:00,,\nM1,C1,onsite,2026-09-29 15:00,,\n",
            )
            .with("data/days.csv", leave(on_leave));
        text(&site.check("--month last").value["month"])
    };
    assert_eq!(month(&["M1", "M2"]), "2026-09");
    assert_eq!(month(&["M1"]), "2026-08");
    assert_eq!(month(&[]), "2026-08");
}

/// What is printed of a month that is over says nothing of what is open.
#[test]
fn a_month_that_ends_on_a_weekend_is_over_on_its_last_friday() {
    let told = |day: &str| site(&[day]).run("check --data data --lang en").out.contains("not over in the data");
    assert!(told("2026-10-29") && !told("2026-10-30"), "31 October 2026 is a Saturday");
}

#[test]
fn a_manager_is_called_by_name_where_only_one_has_it() {
    let customers = "customer_id,name,manager_id,manager_name\nC1,店,M1,孙赟\nC2,店,M2,赵永\nC3,店,M3,赵永\n";
    let site = site(&["2026-09-07"]).with("data/customers.csv", customers);
    assert_eq!(site.check("--manager 孙赟").managers(), ["M1"]);
    assert_eq!(site.check("--manager M3 孙赟").managers(), ["M1", "M3"]);
    let told = site.stopped("--manager 赵永 --lang en");
    assert!(told.contains("2 are called 赵永: M2, M3"), "{told}");
}

/// An export made at noon has half of its last day.
#[test]
fn a_last_day_that_ends_before_the_afternoon_is_remarked() {
    let remarked = |visits: &str| {
        let json = Site::judging(&["must-onsite"]).customers(1).visits(visits).check("");
        json.remarks("early_end").into_iter().cloned().collect::<Vec<_>>()
    };
    let found = remarked("M1,C1,onsite,2026-09-07 14:00,,\nM1,C1,onsite,2026-09-08 14:59:59,,\n");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["dates"], &found[0]["last_start"]),
        (&serde_json::json!(["2026-09-08"]), &serde_json::json!("14:59:59"))
    );
    assert!(remarked("M1,C1,onsite,2026-09-07 09:00,,\nM1,C1,onsite,2026-09-08 15:00,,\n").is_empty());
}

/// A word in a columns.toml can turn a verdict: who made it must be seen in everything that is put out.
#[test]
fn columns_toml_stands_in_every_output_with_its_digest() {
    let columns = "[values.visits.mode]\nonsite = [\"到店\"]\n";
    let site = site(&["2026-09-07"]).with("data/columns.toml", columns);
    // SHA-256 of that text, computed apart from the program.
    let digest = "86022d41e8611c811e1b1c0916e137099bb544da7a2fa23de5658b360c715691";
    for line in [
        "check --data data --format json",
        "check --data data --format csv",
        "lint --data data --format json",
        "rank --data data --month 2026-09 --format json",
        "rank --data data --month 2026-09 --format csv",
        "sample --data data --seed 1 --format json",
        "sample --data data --seed 1 --format csv",
        "report --data data --format html",
        "explain --data data --format json",
    ] {
        let ran = site.run(line);
        assert!(ran.out.contains("columns.toml") && ran.out.contains(digest), "{line}: {}{}", ran.out, ran.err);
    }
    for line in [
        "check --data data",
        "lint --data data",
        "rank --data data --month 2026-09",
        "sample --data data --seed 1",
        "report --data data --format md",
        "sheet --data data --date 2026-09-08 --format html",
    ] {
        let ran = site.run(line);
        let named = ran.out.contains("columns.toml") || ran.out.contains("columns\\.toml");
        assert!(named && ran.out.contains(&digest[..12]), "{line}: {}{}", ran.out, ran.err);
    }
    let none = self::site(&["2026-09-07"]).check("");
    assert_eq!(none.value["columns"], serde_json::json!([]));
}
