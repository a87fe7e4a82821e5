//! Random organisations: the outlook is that of trying everything, what is covered passes when it is carried out, and a plan
//! covers what was possible.

use super::{new_rows, number};
use crate::harness::{Json, Site};
use crate::plain::ahead::{Ahead, rows_ahead};
use crate::plain::compare::{list, text};
use crate::plain::draw::Draw;
use crate::plain::program::{self, Style, folder_text};
use crate::plain::records::Plan;
use crate::plain::world::{World, standing};
use crate::plain::{Date, Org, Table, org, variants};
use chrono::{Datelike, Duration};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many organisations are tried: `BAIFANG_CASES` asks for more.
fn cases(share: u64) -> std::ops::Range<u64> {
    let asked = std::env::var("BAIFANG_CASES").ok().and_then(|n| n.parse::<u64>().ok());
    0..(asked.unwrap_or(300) / share).max(1)
}

/// A random organisation seen so many days before its month ends, as if nothing later had been exported.
fn some_days_before_the_end(seed: u64, days: i64) -> Org {
    let mut org = variants::without_ties(&org::random(seed));
    let last = org.month.last();
    org.as_of = Some(last - Duration::days(days));
    // What is planned for the days left is what the outlook is about.
    let plans: Vec<Plan> = World::new(&org).map(|w| w.plans.clone()).unwrap_or_default();
    let mut draw = Draw::new(seed);
    if let Some(table) = org.tables.iter_mut().find(|table| table.kind == "plans") {
        for plan in plans.iter().filter(|p| p.date.month() == last.month()) {
            if !draw.percent(15) {
                continue;
            }
            let date = (last - Duration::days(draw.below(days.max(1) as usize) as i64)).to_string();
            let mode = draw.pick(&["onsite", "phone", ""]);
            push(
                table,
                &[("manager_id", &plan.manager), ("customer_id", &plan.customer), ("date", &date), ("mode", mode)],
            );
        }
    }
    variants::cut(&org)
}

/// A row more, in the columns that the table has.
fn push(table: &mut Table, cells: &[(&str, &str)]) {
    table.rows.push(vec![String::new(); table.header.len()]);
    let row = table.rows.len() - 1;
    cells.iter().for_each(|(name, cell)| table.set(row, name, cell));
}

/// The organisation's folder, with so many customers a day.
fn site(org: &Org, (all, onsite): (usize, usize)) -> Site {
    let site = Site::bare();
    program::write_folder(org, Style::default(), &site.path("data"));
    let rules = format!("{}\n[outlook]\nper_day = {all}\nonsite_per_day = {onsite}\n", org.params.toml());
    site.with("rules.toml", rules)
}

fn options(org: &Org) -> String {
    format!("--data data --month {} --as-of {}", org.month, org.as_of.unwrap())
}

/// The outlook of an organisation of which something can be asked.
fn outlook(site: &Site, org: &Org) -> Option<Json> {
    let ran = site.run(&format!("outlook {} --format json", options(org)));
    let over = ["is over: use check", "nothing can be checked", "lies too far ahead"];
    if ran.code == 2 && over.iter().any(|said| ran.err.contains(said)) {
        return None;
    }
    assert_ne!(ran.code, 2, "{}\n{}", ran.err, folder_text(org));
    Some(ran.json())
}

fn dates(value: &Value, key: &str) -> Vec<Date> {
    list(value, key).iter().map(|date| date.as_str().unwrap().parse().unwrap()).collect()
}

/// What differs for a manager between the program and the plain reading.
fn differences(w: &World, m: &str, told: &Value, room: (usize, usize)) -> Vec<String> {
    let ahead = Ahead::of(w, m);
    let mut out = Vec::new();
    let mut same = |what: &str, program: String, plain: String| {
        if program != plain {
            out.push(format!("{m} {what}: program {program}, plain {plain}"));
        }
    };
    same("days_left", format!("{:?}", dates(told, "days_left")), format!("{:?}", ahead.left));
    let share = told["share"].as_object().map(|share| ["count", "of", "short"].map(|key| share[key].as_u64().unwrap()));
    let plain = ahead.share.map(|(count, of, short)| [count as u64, of as u64, short as u64]);
    same("share", format!("{share:?}"), format!("{plain:?}"));
    let unit = |unit: &Value| format!("{} {} {}", text(unit, "rule"), text(unit, "customer_id"), text(unit, "state"));
    let mut units: Vec<String> = list(told, "units").iter().map(unit).collect();
    let mut plain: Vec<String> =
        ahead.states.iter().map(|((rule, customer, _), state)| format!("{rule} {customer} {state}")).collect();
    units.sort();
    plain.sort();
    same("units", format!("{units:?}"), format!("{plain:?}"));
    let to_see: BTreeSet<&str> = list(told, "customers").iter().map(|customer| text(customer, "customer_id")).collect();
    let plain: BTreeSet<&str> = ahead.needs.keys().map(String::as_str).collect();
    same("customers", format!("{to_see:?}"), format!("{plain:?}"));
    for customer in list(told, "customers") {
        let id = text(customer, "customer_id");
        let Some(needs) = ahead.needs.get(id) else { continue };
        if let Some(least) = ahead.least_dates(id) {
            same(&format!("dates of {id}"), number(customer, "dates").to_string(), least.to_string());
        }
        let onsite = needs.iter().any(|need| need.onsite);
        same(&format!("on site {id}"), customer["onsite"].to_string(), onsite.to_string());
    }
    let possible = |with_rows| ahead.possible(w, m, room, with_rows);
    let together = text(told, "together");
    match together {
        "yes" => same("together", "yes".into(), if possible(true) { "yes" } else { "no" }.into()),
        "no" => same("together", "no".into(), if possible(true) || possible(false) { "yes" } else { "no" }.into()),
        _ => same("together", together.into(), if possible(true) { "yes" } else { "without_plan" }.into()),
    }
    out
}

#[test]
fn the_outlook_is_that_of_trying_everything() {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for seed in cases(3) {
        let org = some_days_before_the_end(seed, 1 + (seed % 7) as i64);
        let Some(w) = World::new(&org) else { continue };
        let room = (1 + (seed / 7 % 3) as usize, 1 + (seed / 21 % 2) as usize);
        let site = site(&org, room);
        let Some(json) = outlook(&site, &org) else { continue };
        let kinds: BTreeSet<&str> = list(&json.value, "obstacles").iter().map(|o| text(o, "kind")).collect();
        if kinds.contains("ids_do_not_join") {
            continue;
        }
        for told in list(&json.value, "managers") {
            let m = text(told, "manager_id");
            // A month that nothing tells of is no matter to who looks ahead, but the plain reading judges by it.
            let months = (0..3).map(|back| w.month.plus(-back));
            if months.into_iter().any(|month| w.unrecorded_month(m, month)) || Ahead::of(&w, m).left.len() > 6 {
                continue;
            }
            let wrong = differences(&w, m, told, room);
            assert!(wrong.is_empty(), "seed {seed}, room {room:?}\n{}\n{}", wrong.join("\n"), folder_text(&org));
            *met.entry(text(told, "together").to_string()).or_default() += 1;
            for unit in list(told, "units") {
                *met.entry(text(unit, "state").to_string()).or_default() += 1;
            }
        }
    }
    for what in ["yes", "no", "without_plan", "met", "covered", "open", "lost"] {
        assert!(met.contains_key(what), "never {what}: {met:?}");
    }
}

/// The organisation at the end of its month, when these rows have been carried out in their mode.
fn carried_out(org: &Org, rows: &[Plan]) -> Org {
    let mut after = org.clone();
    after.as_of = Some(org.month.last());
    let visits = after.tables.iter_mut().find(|table| table.kind == "visits").unwrap();
    for (number, row) in rows.iter().enumerate() {
        let start = format!("{} {:02}:{:02}:00", row.date, 8 + number / 60 % 12, number % 60);
        let mode = if row.mode.is_empty() { "onsite" } else { &row.mode };
        let cells =
            [("manager_id", &*row.manager), ("customer_id", &row.customer), ("mode", mode), ("started_at", &start)];
        push(visits, &cells);
    }
    after
}

/// Counted findings: rule, manager, customer, date or period.
fn findings(site: &Site, org: &Org) -> BTreeSet<[String; 4]> {
    let json = site.check(&format!("--month {} --as-of {} --findings all", org.month, org.as_of.unwrap()));
    let finding = |f: &Value| {
        let when = format!("{}{}", text(f, "date"), text(f, "period"));
        [text(f, "rule").to_string(), text(f, "manager_id").to_string(), text(f, "customer_id").to_string(), when]
    };
    json.list("findings").iter().filter(|f| f["state"] == "counted").map(finding).collect()
}

/// The units of a state: rule, manager, customer.
fn units(json: &Json, managers: &dyn Fn(&Value) -> bool, state: &str) -> BTreeSet<[String; 3]> {
    let mut units = BTreeSet::new();
    for manager in json.list("managers").iter().filter(|manager| managers(manager)) {
        for unit in list(manager, "units").iter().filter(|unit| unit["state"] == state) {
            let customer = text(unit, "customer_id");
            units.insert([text(unit, "rule"), text(manager, "manager_id"), customer].map(str::to_string));
        }
    }
    units
}

/// None of these units is found fault with.
fn none_fails(units: &BTreeSet<[String; 3]>, found: &BTreeSet<[String; 4]>, about: &str) {
    let failed: Vec<_> = found.iter().filter(|f| units.contains(&f[..3])).collect();
    assert!(failed.is_empty(), "{failed:?}\n{about}");
}

#[test]
fn what_is_covered_passes_when_it_is_carried_out() {
    let mut covered = 0;
    for seed in cases(6) {
        let org = some_days_before_the_end(seed + 1000, 1 + (seed % 20) as i64);
        let Some(w) = World::new(&org) else { continue };
        let before = site(&org, (3, 2));
        let Some(json) = outlook(&before, &org) else { continue };
        let units = units(&json, &|_| true, "covered");
        // Where nothing at all is told of the month, there is nothing to check.
        if units.is_empty() {
            continue;
        }
        let after = carried_out(&org, &rows_ahead(&w));
        let found = findings(&site(&after, (3, 2)), &after);
        none_fails(&units, &found, &format!("seed {seed}\n{}", folder_text(&org)));
        covered += units.len();
    }
    assert!(covered > 30, "{covered} covered");
}

/// Never more than the day holds, nor a customer twice, nor one who cannot be visited, nor a day that is none.
fn keeps_the_limits(w: &World, rows: &[Plan], all: usize, about: &str) {
    for m in w.manager_ids() {
        let ahead = Ahead::of(w, &m);
        for row in rows.iter().filter(|row| row.manager == m) {
            let here = format!("{row:?}\n{about}");
            assert!(ahead.left.contains(&row.date), "no day left: {here}");
            let standing = standing(&w.plans, &m, row.date);
            let of_day: Vec<&str> = standing
                .iter()
                .map(|p| p.customer.as_str())
                .chain(rows.iter().filter(|p| p.manager == m && p.date == row.date).map(|p| p.customer.as_str()))
                .collect();
            assert_eq!(of_day.iter().filter(|c| **c == row.customer).count(), 1, "twice a day: {here}");
            let most = if w.excused_at_all(&m, row.date) { all.div_ceil(2) } else { all };
            assert!(of_day.iter().collect::<BTreeSet<_>>().len() <= most, "over {most}: {here}");
            let moved =
                w.plans.iter().any(|p| p.manager == m && p.customer == row.customer && p.moves() == Some(row.date));
            assert!(!moved, "moved away: {here}");
            let customer = w.customer(&row.customer).expect("a known customer");
            let open = w.open(customer) && customer.opened_on.is_none_or(|opened| opened <= row.date);
            assert!(open && !w.left_alone(customer), "{here}");
        }
    }
}

#[test]
fn a_plan_read_back_covers_what_was_possible_and_passes_when_it_is_carried_out() {
    let (mut planned, mut possible) = (0, 0);
    for seed in cases(6) {
        let org = some_days_before_the_end(seed + 2000, 1 + (seed % 25) as i64);
        let Some(w) = World::new(&org) else { continue };
        let about = format!("seed {seed}\n{}", folder_text(&org));
        let room = (2 + (seed % 3) as usize, 1 + (seed % 2) as usize);
        let planning = site(&org, room);
        let Some(before) = outlook(&planning, &org) else { continue };
        let ran = planning.run(&format!("plan {} --quiet -o data/plans-new.csv", options(&org)));
        let able = |manager: &Value| manager["together"] == "yes";
        let all_able = before.list("managers").iter().all(able) && units(&before, &|_| true, "lost").is_empty();
        assert_eq!(ran.code == 1, !all_able, "{}: {}\n{about}", ran.code, ran.err);
        let rows = new_rows(&planning);
        keeps_the_limits(&w, &rows, room.0, &about);
        let ids: BTreeSet<&str> =
            before.list("managers").iter().filter(|m| able(m)).map(|m| text(m, "manager_id")).collect();
        let of_able = |manager: &Value| ids.contains(text(manager, "manager_id"));
        let asked = &units(&before, &of_able, "open") | &units(&before, &of_able, "covered");
        let after = outlook(&planning, &org).unwrap();
        let open = units(&after, &of_able, "open");
        assert!(open.is_empty(), "not covered: {open:?}\n{rows:#?}\n{about}");
        // Nothing is planned twice.
        let again = planning.run(&format!("plan {} --quiet --format csv", options(&org)));
        let of_able_again =
            again.out.lines().skip(1).filter(|line| ids.contains(line.split(',').next().unwrap())).count();
        assert_eq!(of_able_again, 0, "{}\n{about}", again.out);

        let done = carried_out(&org, &[rows_ahead(&w), rows.clone()].concat());
        let carried = site(&done, room);
        std::fs::copy(planning.path("data/plans-new.csv"), carried.path("data/plans-new.csv")).unwrap();
        let found = findings(&carried, &done);
        none_fails(&asked, &found, &about);
        let is_new = |f: &[String; 4]| rows.iter().any(|row| row.manager == f[1] && row.date.to_string() == f[3]);
        // Rows that say they were made on the day itself may count as made after the fact.
        let late = |f: &[String; 4]| {
            let made_late = |p: &Plan| p.created.is_some_and(|at| at.date() >= p.date);
            w.plans.iter().any(|p| p.manager == f[1] && p.date.to_string() == f[3] && made_late(p))
        };
        let of_day =
            |f: &&[String; 4]| ["plan-adherence", "unplanned-cap"].contains(&f[0].as_str()) && is_new(f) && !late(f);
        let of_row = |f: &&[String; 4]| {
            let is_row = |row: &Plan| row.manager == f[1] && row.customer == f[2] && row.date.to_string() == f[3];
            ["plan-ahead", "plan-contact"].contains(&f[0].as_str()) && rows.iter().any(is_row)
        };
        let failed: Vec<_> = found.iter().filter(|f| of_day(f) || of_row(f)).collect();
        assert!(failed.is_empty(), "{failed:?}\n{about}");
        planned += rows.len();
        possible += asked.len();
    }
    assert!(planned > 50 && possible > 50, "{planned} planned, {possible} possible");
}
