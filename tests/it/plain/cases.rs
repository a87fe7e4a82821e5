//! The plain reading on folders small enough to be judged by hand: assessed, failed, pending, in doubt.

use super::compare::{rules, tallies};
use super::month::Month;
use super::params::Params;
use super::world::World;
use super::{Org, Table};

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_string().into_boxed_str())
}

/// `== kind` begins a table, the next line is its header.
fn org(as_of: &str, text: &str) -> Org {
    let mut tables: Vec<Table> = Vec::new();
    let mut header = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        if let Some(kind) = line.strip_prefix("== ") {
            tables.push(Table::new(leaked(kind), &[]));
            header = true;
        } else if header {
            tables.last_mut().unwrap().header = cells.into_iter().map(leaked).collect();
            header = false;
        } else {
            tables.last_mut().unwrap().rows.push(cells.into_iter().map(str::to_string).collect());
        }
    }
    let month = Month::parse("2026-10").unwrap();
    Org { month, as_of: as_of.parse().ok(), params: Params::shipped(), tables }
}

fn says(as_of: &str, text: &str, rule: &str, m: &str) -> [usize; 4] {
    let org = org(as_of, text);
    let world = World::new(&org).unwrap();
    let rules = rules(&world);
    let rule = rules.iter().find(|r| r.name == rule || r.item == rule).unwrap();
    let tallies = tallies(&world, rule).expect("assessed");
    let t = &tallies[m];
    [t.assessed, t.failing.len(), t.pending, t.doubtful.len()]
}

const SHOPS: &str = "== customers
customer_id,name,manager_id,class,status,visit_cycle,phone
C1,a,M1,ordinary,active,monthly,13800000001
C2,b,M1,ordinary,active,monthly,13800000002
";

/// Seven weeks of visits at C9, who is nobody's, so that H is the month's last day.
fn field(from: u32, to: u32, rows: &str) -> String {
    let day =
        |d: u32| format!("M1,C9,onsite,2026-10-{d:02} 09:00:00,2026-10-{d:02} 14:00:00,done,2026-10-{d:02} 15:00\n");
    let days: String = (from..=to).map(day).collect();
    format!("{SHOPS}== visits\nmanager_id,customer_id,mode,started_at,ended_at,outcome,uploaded_at\n{days}{rows}")
}

#[test]
fn a_row_made_after_the_fact_stands_aside() {
    let plans = |created: &str| {
        let rows = format!("M1,C1,2026-10-12,1,{created},\nM1,C9,2026-10-12,2,2026-10-11 16:00,\n");
        format!("{}== plans\nmanager_id,customer_id,date,seq,created_at,rescheduled_from\n{rows}", field(1, 30, ""))
    };
    // C1 is first in the plan and not visited; C9 is visited at nine.
    assert_eq!(says("", &plans("2026-10-11 16:00"), "first-arrival", "M1"), [1, 1, 0, 0]);
    let early = plans("2026-10-12 09:00:01").replace("2026-10-12 09:00:00", "2026-10-12 08:30:59");
    assert_eq!(says("", &early, "first-arrival", "M1"), [1, 0, 0, 0]);
    assert_eq!(says("", &early.replace("08:30:59", "08:31:00"), "first-arrival", "M1"), [1, 1, 0, 0]);
    // Nobody can tell when C1's row was made, or where it stands in the order.
    let unknown = early.replace("2026-10-12 09:00:01", "甲乙");
    assert_eq!(says("", &unknown, "first-arrival", "M1"), [0, 0, 0, 1]);
    let order = plans("2026-10-11 16:00")
        .replace("2026-10-12 09:00:00", "2026-10-12 08:30:59")
        .replace("C9,2026-10-12,2", "C9,2026-10-12,甲乙");
    assert_eq!(says("", &order, "first-arrival", "M1"), [0, 0, 0, 1]);
}

#[test]
fn ends_that_cannot_be_read_may_be_late() {
    let short = "M1,C1,onsite,2026-10-31 09:00:00,2026-10-31 10:00:00,done,\n";
    let plans = "== plans\nmanager_id,customer_id,date\nM1,C1,2026-10-31\n";
    let one = field(8, 30, short) + plans;
    // Eighteen working days, and the Saturday of the plan row.
    assert_eq!(says("", &one, "field-time", "M1"), [19, 1, 0, 0]);
    let unknown = one.replace("2026-10-31 10:00:00", "2026-13-01");
    assert_eq!(says("", &unknown, "field-time", "M1"), [18, 0, 0, 1]);
    // From 19:30 to midnight are not five hours.
    assert_eq!(says("", &unknown.replace("2026-10-31 09", "2026-10-31 19"), "field-time", "M1"), [18, 0, 0, 1]);
    assert_eq!(says("", &unknown.replace("2026-10-31 09:00", "2026-10-31 19:01"), "field-time", "M1"), [19, 1, 0, 0]);
}

#[test]
fn a_rejected_visit_may_mend_its_day_and_its_customer() {
    let late = "M1,C1,甲乙,2026-10-30 14:00:00,2026-10-30 17:00:00,done,2026-10-30 17:00\n";
    let text = field(8, 29, &format!("M1,C9,onsite,2026-10-30 09:00:00,2026-10-30 13:00:00,done,\n{late}"));
    assert_eq!(says("", &text, "field-time", "M1"), [17, 0, 0, 1]);
    assert_eq!(says("", &text, "coverage", "M1"), [1, 1, 0, 1]);
    // Another's row mends the customer, not the day; nobody's row neither.
    let other = text.replace("M1,C1,甲乙", "M2,C1,甲乙");
    assert_eq!(says("", &other, "field-time", "M1"), [18, 1, 0, 0]);
    assert_eq!(says("", &other, "coverage", "M1"), [1, 1, 0, 1]);
    let whoever = text.replace("M1,C1,甲乙", ",,甲乙");
    assert_eq!(says("", &whoever, "field-time", "M1"), [18, 1, 0, 0]);
    assert_eq!(says("", &whoever, "coverage", "M1"), [2, 2, 0, 0]);
    // A row of his that does not say at whom may have been at either.
    assert_eq!(says("", &text.replace("M1,C1,甲乙", "M1,,甲乙"), "coverage", "M1"), [0, 0, 0, 2]);
}

#[test]
fn what_a_cell_may_say_decides() {
    let text = field(8, 31, "M1,C1,onsite,2026-10-12 09:00:00,,done,2026-10-12 15:00\n");
    assert_eq!(says("", &text, "coverage", "M1"), [2, 1, 0, 0]);
    // Weekly is four times: passed with an empty cell, perhaps not with this one.
    assert_eq!(
        says("", &text.replace("C1,a,M1,ordinary,active,monthly", "C1,a,M1,ordinary,active,甲乙"), "coverage", "M1"),
        [1, 1, 0, 1]
    );
    // C2 may be closed, or suspended by its class.
    assert_eq!(
        says("", &text.replace("C2,b,M1,ordinary,active", "C2,b,M1,ordinary,甲乙"), "coverage", "M1"),
        [1, 0, 0, 1]
    );
    assert_eq!(says("", &text.replace("C2,b,M1,ordinary", "C2,b,M1,甲乙"), "coverage", "M1"), [1, 0, 0, 1]);
    // Of two customers one is seen: enough. Of three it is not, unless one of them may be closed.
    assert_eq!(says("", &text, "onsite-share", "M1"), [1, 0, 0, 0]);
    let three = text.replace("C2,b,M1", "C3,c,M1,ordinary,active,monthly,\nC2,b,M1");
    assert_eq!(says("", &three, "onsite-share", "M1"), [1, 1, 0, 0]);
    assert_eq!(
        says("", &three.replace("C2,b,M1,ordinary,active", "C2,b,M1,ordinary,甲乙"), "onsite-share", "M1"),
        [0, 0, 0, 1]
    );
    // The upload cannot be read, or the row is late by a minute.
    let upload = |cell: &str| text.replace("done,2026-10-09 15:00", &format!("done,{cell}"));
    assert_eq!(says("", &upload("26-1-1"), "visit-upload", "M1"), [24, 0, 0, 1]);
    assert_eq!(says("", &upload("2026-10-09 17:30:59"), "visit-upload", "M1"), [25, 0, 0, 0]);
    assert_eq!(says("", &upload("2026-10-09 17:31"), "visit-upload", "M1"), [25, 1, 0, 0]);
}

#[test]
fn a_status_that_cannot_be_read_takes_the_day_out_or_not() {
    let days = |status: &str| {
        let rows = format!("M1,2026-10-12,{status},,,\nM1,2026-10-08,field,,,\nM1,2026-10-31,field,,,\n");
        format!(
            "{}== days\nmanager_id,date,status,part,synced_at,summary_at\n{rows}",
            field(8, 31, "").replace(
                "M1,C9,onsite,2026-10-12 09:00:00,2026-10-12 14",
                "M1,C9,onsite,2026-10-12 09:00:00,2026-10-12 13"
            )
        )
    };
    assert_eq!(says("", &days("field"), "field-time", "M1"), [18, 1, 0, 0]);
    assert_eq!(says("", &days("甲乙"), "field-time", "M1"), [17, 0, 0, 1]);
    // Whatever it says, a summary that nobody made stays missing; but the device may have failed.
    assert_eq!(says("", &days("甲乙"), "daily-summary", "M1"), [23, 23, 0, 1]);
    // A rejected day record of that date may be the excuse.
    let rejected = days("field") + "M1,甲乙,leave,,2026-10-12 08:00,\n";
    assert_eq!(says("", &rejected, "field-time", "M1"), [17, 0, 0, 1]);
    assert_eq!(says("", &(days("field") + "M1,甲乙,field,,2026-10-12 08:00,\n"), "field-time", "M1"), [18, 1, 0, 0]);
    // Without any date it may be of any, but of ten at most: here all but the one pass.
    assert_eq!(says("", &(days("field") + "M1,甲乙,leave,,,\n"), "field-time", "M1"), [17, 0, 0, 1]);
    assert_eq!(says("", &(days("field") + "M1,甲乙,device_failure,,,\n"), "daily-summary", "M1"), [24, 24, 0, 0]);
}

#[test]
fn calls_that_cannot_be_read_may_prove() {
    let phone = "M1,C1,phone,2026-10-12 10:00:00,,done,2026-10-12 15:00\n";
    let calls = |row: &str| {
        format!(
            "{}== calls\nmanager_id,number,started_at,seconds,direction\nM1,13800000003,2026-10-08 10:00:00,40,\n{row}\nM1,13800000003,2026-10-31 10:00:00,40,\n",
            field(8, 31, phone)
        )
    };
    assert_eq!(says("", &calls("M1,13800000001,2026-10-12 10:10:00,30,in"), "call-proof", "M1"), [1, 0, 0, 0]);
    assert_eq!(says("", &calls("M1,13800000002,2026-10-12 10:10:00,30,in"), "call-proof", "M1"), [1, 1, 0, 0]);
    assert_eq!(says("", &calls("M1,138****1234,2026-10-12 10:10:00,30,in"), "call-proof", "M1"), [0, 0, 0, 1]);
    assert_eq!(says("", &calls("M1,138****1234,2026-10-12 10:10:01,30,in"), "call-proof", "M1"), [1, 1, 0, 0]);
    assert_eq!(says("", &calls("M2,138****1234,2026-10-12 10:10:00,30,in"), "call-proof", "M1"), [1, 1, 0, 0]);
    let unknown_number =
        calls("M1,13800000002,2026-10-12 10:10:00,30,in").replace("monthly,13800000001", "monthly,138****1234");
    // Nobody knows the number he called.
    assert_eq!(says("", &unknown_number, "call-proof", "M1"), [0, 0, 0, 0]);
    let second = unknown_number
        .replace("visit_cycle,phone", "visit_cycle,phone2,phone")
        .replace("monthly,138", "monthly,13800000003,138");
    assert_eq!(says("", &second, "call-proof", "M1"), [0, 0, 0, 1]);
    let asked = calls("") + "== checks\nmonth,manager_id,customer_id,checked_on,result\n2026-10,M1,C1,2026-11-02,";
    assert_eq!(says("", &(asked.clone() + "pass"), "call-proof", "M1"), [1, 0, 0, 0]);
    assert_eq!(says("", &(asked.clone() + "fail"), "call-proof", "M1"), [1, 1, 0, 0]);
    assert_eq!(says("", &(asked.clone() + "甲乙"), "call-proof", "M1"), [0, 0, 0, 1]);
}

#[test]
fn a_colleague_makes_up_and_the_second_working_day_is_always_left() {
    let leave = "== days\nmanager_id,date,status,part,synced_at,summary_at\nM1,2026-10-12,meeting,am,,\nM1,2026-10-31,field,,,\n";
    let plans = |row: &str| {
        format!(
            "{leave}== plans\nmanager_id,customer_id,date,created_at,rescheduled_from\nM1,C1,2026-10-12,2026-10-09,\n{row}\n"
        )
    };
    let visit = |m: &str, d: u32| format!("{m},C1,onsite,2026-10-{d} 09:00:00,,done,\n");
    let unmet = field(8, 31, &visit("M2", 15)) + &plans("");
    assert_eq!(says("", &unmet, "reschedule", "M1"), [1, 1, 0, 0]);
    let met = field(8, 31, &visit("M2", 15)) + &plans("M2,C1,2026-10-15,2026-10-12 08:00,");
    assert_eq!(says("", &met, "reschedule", "M1"), [1, 0, 0, 0]);
    // Made before the day it says nothing of it, unless it names it.
    assert_eq!(says("", &met.replace("2026-10-12 08:00", "2026-10-11 08:00"), "reschedule", "M1"), [1, 1, 0, 0]);
    assert_eq!(
        says("", &met.replace("2026-10-12 08:00,", "2026-10-11 08:00,2026-10-12"), "reschedule", "M1"),
        [1, 0, 0, 0]
    );
    assert_eq!(
        says("", &met.replace("2026-10-12 08:00,", "2026-10-11 08:00,2026-13-01"), "reschedule", "M1"),
        [0, 0, 0, 1]
    );
    assert_eq!(
        says(
            "",
            &met.replace("M2,C1,2026-10-15,2026-10-12 08:00", "M1,C1,2026-10-15,2026-10-12 08:00"),
            "reschedule",
            "M1"
        ),
        [1, 1, 0, 0]
    );
    assert_eq!(says("2026-10-18", &unmet, "reschedule", "M1"), [0, 0, 1, 0]);
}

#[test]
fn services_in_grace_or_that_cannot_be_read() {
    let services =
        |rows: &str| format!("{}== services\nmanager_id,item,customer_id,done_on,period\n{rows}", field(1, 31, ""));
    let report = "operations-report";
    assert_eq!(says("", &services("M2,operations-report,,2026-09-30,\n"), report, "M1"), [1, 1, 0, 0]);
    assert_eq!(says("", &services("M2,operations-report,,2026-08-31,\n"), report, "M1"), [0, 0, 0, 0]);
    assert_eq!(says("", &services("M1,operations-report,,2026-11-01,2026-10\n"), report, "M1"), [1, 0, 0, 0]);
    assert_eq!(
        says("", &services("M1,operations-report,,2026-11-01,甲乙\nM1,operations-report,,2026-09-01,\n"), report, "M1"),
        [0, 0, 0, 1]
    );
    assert_eq!(
        says("", &services("M1,,,2026-10-10,\nM1,operations-report,,2026-09-01,\n"), report, "M1"),
        [0, 0, 0, 1]
    );
    assert_eq!(says("", &services(",,,2026-10-10,\nM1,operations-report,,2026-09-01,\n"), report, "M1"), [1, 1, 0, 0]);
    // C1's class cannot be read: in doubt if unserved, else no unit.
    let unclear = |rows: &str| services(rows).replace("C1,a,M1,ordinary", "C1,a,M1,甲乙");
    assert_eq!(says("", &unclear("M2,customer-analysis,C7,2026-10-10,\n"), "customer-analysis", "M1"), [0, 0, 0, 1]);
    assert_eq!(says("", &unclear("M1,customer-analysis,C1,2026-10-10,\n"), "customer-analysis", "M1"), [0, 0, 0, 0]);
}

#[test]
fn branches_end_where_their_exports_end() {
    let managers = "== managers\nmanager_id,branch\nM1,east\nM2,west\n";
    let west = |d: u32| {
        field(8, 31, &format!("M2,C9,onsite,2026-10-{d:02} 09:00:00,2026-10-{d:02} 14:00:00,done,\n")) + managers
    };
    // Six working days lie after the 23rd, two after the 28th.
    assert_eq!(says("", &west(23), "field-time", "M2"), [1, 0, 0, 0]);
    assert_eq!(says("", &west(28), "field-time", "M2"), [1, 0, 0, 0]);
    let days = "== days\nmanager_id,date,status\nM1,2026-10-08,field\nM1,2026-10-31,field\nM2,2026-10-23,field\nM2,2026-10-30,field\n";
    assert_eq!(says("", &(west(23) + days), "field-time", "M2"), [6, 5, 0, 0]);
    assert_eq!(says("2026-10-31", &west(23), "onsite-share", "M1"), [1, 1, 0, 0]);
}

#[test]
fn stray_rows_move_nothing() {
    let far = "M1,C9,onsite,2027-10-01 09:00:00,2027-10-01 14:00:00,done,\n";
    assert_eq!(says("", &field(8, 31, far), "field-time", "M1"), [18, 0, 0, 0]);
    let back = far.replace("2027", "2016");
    assert_eq!(says("", &field(8, 31, &back), "coverage", "M1"), [2, 2, 0, 0]);
}

#[test]
fn a_month_without_visits_of_his_convicts_nobody() {
    let shops = field(8, 31, "").replace("C2,b,M1", "C2,b,M2");
    let text = shops.clone() + "== days\nmanager_id,date,status\nM2,2026-10-08,leave\nM2,2026-10-31,leave\n";
    assert_eq!(says("", &text, "coverage", "M2"), [0, 0, 0, 0]);
    assert_eq!(says("", &text.replace("2026-10-31,leave", "2026-10-31,office"), "coverage", "M2"), [1, 1, 0, 0]);
    assert_eq!(says("", &text.replace("2026-10-31,leave", "2026-10-31,甲乙"), "coverage", "M2"), [0, 0, 0, 0]);
    assert_eq!(says("", &text, "retention", "M2"), [0, 0, 0, 0]);
}

#[test]
fn complaints_count_what_may_be_one() {
    let inquiries = |row: &str| {
        format!(
            "{}== inquiries\ninquiry_id,manager_id,customer_id,kind,received_at,replied_at,upheld,duty\n{row}\n",
            field(8, 31, "")
        )
    };
    assert_eq!(
        says("", &inquiries("1,M1,C1,complaint,2026-10-12,2026-10-12,yes,yes"), "complaints", "M1"),
        [1, 1, 0, 0]
    );
    assert_eq!(
        says("", &inquiries("1,M1,C1,complaint,2026-10-12,2026-10-12,yes,甲乙"), "complaints", "M1"),
        [0, 0, 0, 1]
    );
    assert_eq!(
        says("", &inquiries("1,M1,C1,complaint,2026-10-12,2026-10-12,no,甲乙"), "complaints", "M1"),
        [1, 0, 0, 0]
    );
    assert_eq!(says("2026-10-20", &inquiries("1,M1,C1,,2026-10-12,,no,"), "complaints", "M1"), [0, 0, 1, 0]);
    assert_eq!(says("", &inquiries("1,M1,C1,,2026-10-12,甲乙,no,"), "inquiry-reply", "M1"), [0, 0, 0, 1]);
}
