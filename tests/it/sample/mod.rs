//! The spot check's draw: anyone can draw again, nobody can steer it, and the list that comes back is judged.

mod returned;

use crate::harness::trials::Outcome;
use crate::harness::{self, Ran, Site, VISITS, read, root, tools};
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Visits of M1 to customers of these ids, in September, one each.
fn visits_to(ids: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    ids.into_iter().map(|id| format!("M1,{id},onsite,2026-09-07 08:00,2026-09-07 08:20,\n")).collect()
}

/// M1 with so many visited customers C1, C2 …
fn site(customers: usize) -> Site {
    let ids: Vec<String> = (1..=customers).map(|n| format!("C{n}")).collect();
    Site::judging(&["spot-check-size", "spot-check-result"]).customers(customers).visits(&visits_to(ids))
}

fn sampled(site: &Site, options: &str) -> Value {
    let ran = site.run(&format!("sample --data data --month 2026-09 --seed s --format json {options}"));
    assert_eq!(ran.code, 0, "{options}: {}", ran.err);
    ran.json().value
}

/// The ids drawn of the first manager, spares among them.
fn drawn(sample: &Value) -> Vec<String> {
    let picks = sample["managers"][0]["drawn"].as_array().expect("a list");
    picks.iter().map(|pick| harness::text(&pick["customer_id"])).collect()
}

fn script(python: &Path, name: &str, arguments: &[&Path]) -> Ran {
    let mut command = Command::new(python);
    command.arg(root().join("tests/python").join(name)).args(arguments);
    Ran::of(&mut command)
}

/// The sample data's draw, done again apart from the program from what its output says.
#[test]
fn the_draw_is_done_again_outside_the_program() -> Outcome {
    let python = tools::python("import hashlib")?;
    let site = Site::bare();
    let clean = root().join("data-samples/clean");
    for options in ["--seed 314159", "--seed 种子 --percent 7.5 --spares 2", "--min 3 --quiet"] {
        let line = format!("sample --data {} --month 2026-09 {options} -o sample.json", clean.display());
        let ran = site.run(&line);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let again = script(&python, "redraw.py", &[&site.path("sample.json"), &clean.join("visits.csv")]);
        assert!(again.code == 0 && again.out.starts_with("6 managers"), "{options}: {}{}", again.out, again.err);
    }
    Ok(())
}

#[test]
fn ten_thousand_tickets_are_those_of_the_published_package() -> Outcome {
    let python = tools::python("import consistent_sampler")?;
    let ids = (1..=10_000).map(|n| format!("{n:05}"));
    let customers: String = ids.clone().map(|id| format!("{id},店,M1\n")).collect();
    let site = Site::bare()
        .with("data/customers.csv", format!("customer_id,name,manager_id\n{customers}"))
        .visits(&visits_to(ids));
    let ran = site.run("sample --data data --month 2026-09 --seed 314159 --percent 100 -o sample.json");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let compared = script(&python, "published.py", &[&site.path("sample.json")]);
    assert_eq!((compared.code, compared.out.as_str()), (0, "10000 tickets\n"), "{}", compared.err);
    Ok(())
}

/// The sizes at the boundary, and what is drawn of few.
#[test]
fn two_percent_are_rounded_up_and_one_is_the_least() {
    for (customers, options, size) in [
        (50, "", 1),
        (51, "", 2),
        (1, "", 1),
        (51, "--percent 0", 1),
        (51, "--percent 0 --min 0", 0),
        (3, "--min 9", 3),
        (40, "--percent 2.5", 1),
        (40, "--percent 2.51", 2),
    ] {
        let sample = sampled(&site(customers), options);
        let manager = &sample["managers"][0];
        assert_eq!((&manager["population"], &manager["size"]), (&json!(customers), &json!(size)), "{options}");
        assert_eq!(drawn(&sample).len(), size, "{customers} {options}");
    }
}

/// The percentage is that of the rule where the command line gives none, also where the rule is off.
#[test]
fn the_percentage_is_that_of_the_rules() {
    let site = site(60).with("rules.toml", "[rules.spot-check-size]\npercent = 10\n");
    assert_eq!(sampled(&site, "")["managers"][0]["size"], 6);
    let site = site.with("rules.toml", "[rules.spot-check-size]\nseverity = \"off\"\n");
    assert_eq!(sampled(&site, "")["managers"][0]["size"], 2);
}

#[test]
fn a_larger_draw_begins_with_the_smaller_and_months_differ() {
    let site = site(200);
    let two = drawn(&sampled(&site, "--percent 2"));
    let three = drawn(&sampled(&site, "--percent 3"));
    let spares = sampled(&site, "--percent 2 --spares 2");
    assert_eq!((two.len(), three.len()), (4, 6));
    assert_eq!(two, three[..4]);
    assert_eq!(three, drawn(&spares), "spares are the next in the same order");
    let kinds = spares["managers"][0]["drawn"].as_array().expect("a list").iter().map(|pick| &pick["draw"]);
    assert!(kinds.eq(["draw", "draw", "draw", "draw", "spare", "spare"]), "{spares}");
    let rows = visits_to((1..=200).map(|n| format!("C{n}"))).replace("2026-09-07", "2026-08-07");
    let both = site.with("data/visits-08.csv", format!("{VISITS}{rows}"));
    let line = "sample --data data --month 2026-08 --seed s --format json";
    assert_ne!(drawn(&both.run(line).json().value), two);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Neither the order of rows nor the number of threads, nor who else was visited, moves a ticket.
    #[test]
    fn rows_threads_and_others_do_not_move_tickets(
        order in Just((1..=30).collect::<Vec<usize>>()).prop_shuffle(),
        threads in 1..5usize,
        left_out in 1..=30usize,
    ) {
        let ids = |numbers: &[usize]| visits_to(numbers.iter().map(|n| format!("C{n}")));
        let line = "sample --data data --month 2026-09 --seed s --percent 100 --format json";
        let all = Site::bare().customers(30).visits(&ids(&order));
        let mut command = all.command(line);
        command.env("RAYON_NUM_THREADS", threads.to_string());
        let shuffled = Ran::of(&mut command).json().value;
        let plain = Site::bare().customers(30).visits(&ids(&(1..=30).collect::<Vec<_>>())).run(line).json().value;
        prop_assert_eq!(drawn(&shuffled), drawn(&plain));
        prop_assert_eq!(&shuffled["managers"][0]["frame_sha256"], &plain["managers"][0]["frame_sha256"]);
        let fewer: Vec<usize> = (1..=30).filter(|n| *n != left_out).collect();
        let fewer = Site::bare().customers(30).visits(&ids(&fewer)).run(line).json().value;
        let expected: Vec<String> = drawn(&plain).into_iter().filter(|id| *id != format!("C{left_out}")).collect();
        prop_assert_eq!(drawn(&fewer), expected);
    }
}

#[test]
fn a_fresh_seed_is_shown_and_recorded() {
    let site = site(60);
    let line = "sample --data data --month 2026-09 --format json";
    let (one, two) = (site.run(line), site.run(line));
    let seed = harness::text(&one.json().value["seed"]);
    assert_eq!(one.err, format!("seed of the draw: {seed}\n"));
    assert!(seed.len() == 20 && seed.bytes().all(|byte| byte.is_ascii_digit()), "{seed}");
    assert_ne!(one.err, two.err);
    assert_eq!(site.run(&format!("{line} --seed {seed}")).out, one.out);
    assert_eq!(site.run(&format!("{line} --quiet")).err, "");
}

/// How each visit is checked: the handbook, the call that proves it or none, the web record.
#[test]
fn every_visit_of_a_drawn_customer_says_how_it_is_checked() {
    let visits = "M1,C1,onsite,2026-09-07 08:00,2026-09-07 08:20,V1\nM1,C1,phone,2026-09-08 09:00,,V2\n\
                  M1,C1,phone,2026-09-09 09:00,,V3\nM1,C1,web,2026-09-10 09:00,,V4\nM1,C1,phone,2026-09-11 09:00,,V5\n\
                  M1,C1,onsite,2026-09-30 09:00,,V6\n";
    let calls = "manager_id,number,started_at,seconds\nM1,13800000001,2026-09-08 09:05,45\n\
                 M1,13800000001,2026-09-09 09:05,12\nM1,13800000009,2026-09-30 09:05,12\n";
    let site = Site::bare()
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,东街小店,M1,13800000001\n")
        .visits(visits)
        .with("data/calls.csv", calls);
    let sample = sampled(&site, "");
    let told = |visit: &Value| {
        [&visit["visit_id"], &visit["mode"], &visit["proof"]].map(|v| v.as_str().unwrap_or("-").to_owned())
    };
    let visits = sample["managers"][0]["drawn"][0]["visits"].as_array().expect("a list");
    let found: Vec<[String; 3]> = visits.iter().map(told).collect();
    let expected = [
        ["V1", "onsite", "-"],
        ["V2", "phone", "proven"],
        ["V3", "phone", "too_short"],
        ["V4", "web", "-"],
        ["V5", "phone", "no_call"],
        ["V6", "onsite", "-"],
    ];
    assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    assert_eq!(visits[1]["call"], json!({"started_at": "2026-09-08 09:05:00", "number": "13800000001", "seconds": 45}));
    assert_eq!((&visits[0]["file"], &visits[0]["line"]), (&json!("visits.csv"), &json!(2)));
    let table = site.run("sample --data data --month 2026-09 --seed s --lang en").out;
    for words in ["service handbook", "call 09:05:00, 45 s: proves it", "12 s: too short; ask the", "web record"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let table = site.run("sample --data data --month 2026-09 --seed s --lang zh").out;
    assert!(table.contains("查看服务手册签字") && table.contains("通话 09:05:00 45 秒，可佐证"), "{table}");
}

#[test]
fn a_workbook_keeps_ids_as_text_and_is_the_same_every_time() {
    let site = Site::bare()
        .with("data/customers.csv", "customer_id,name,manager_id\n00420,东街小店,M1\n")
        .visits(&visits_to(["00420"]));
    for (name, lang, sheet, column) in [("a.xlsx", "en", "checks", "customer_id"), ("b.xlsx", "zh", "抽查", "客户编码")]
    {
        let line = format!("sample --data data --month 2026-09 --seed 007 --lang {lang} -o");
        assert_eq!(site.run(&format!("{line} {name}")).code, 0);
        assert_eq!(site.run(&format!("{line} again.xlsx")).code, 0);
        let bytes = read(&site.path(name));
        assert_eq!(bytes, read(&site.path("again.xlsx")));
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("its sheet");
        let header: Vec<String> = range.rows().next().expect("a header").iter().map(Data::to_string).collect();
        let place = header.iter().position(|head| head == column).expect("the column is there") as u32;
        assert_eq!(range.get_value((1, place)), Some(&Data::String("00420".into())));
        assert!(range.rows().nth(1).expect("a row").contains(&Data::String("007".into())), "the seed stays text");
    }
}

/// A page a branch at least, every customer on it, and the same bytes every time.
#[test]
fn check_sheets_are_printed() -> Outcome {
    let site = Site::bare();
    let line = format!("sample --data {} --month 2026-09 --seed 314159", root().join("data-samples/clean").display());
    for (lang, words) in [
        ("zh", ["客户拜访抽查表 2026-09", "☐ 无法核查", "抽查人签名"]),
        ("en", ["Spot check of visits, 2026-09", "unable", "Checker's signature"]),
    ] {
        let ran = site.run(&format!("{line} --lang {lang} -o a.pdf"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert_eq!(site.run(&format!("{line} --lang {lang} -o b.pdf")).code, 0);
        let bytes = read(&site.path("a.pdf"));
        assert!(bytes.starts_with(b"%PDF-") && bytes == read(&site.path("b.pdf")));
        let text = tools::poppler("pdftotext", &[], &site.path("a.pdf"))?;
        let drawn = site.run(&format!("{line} --format csv")).out;
        let mut rows = csv::Reader::from_reader(drawn.as_bytes());
        for row in rows.records().map(|row| row.expect("a row")) {
            assert!(text.contains(&row[4]) && text.contains(&row[19]), "{}: {text}", &row[4]);
        }
        for words in words {
            // The boxes are drawn, not set.
            assert!(text.contains(words.trim_start_matches("☐ ")), "{words}: {text}");
        }
    }
    Ok(())
}

#[test]
fn rejected_rows_are_told_by_the_exit_code() {
    let site = site(30);
    let rows = visits_to((1..=30).map(|n| format!("C{n}"))) + "M1,,onsite,2026-09-08 08:00,,\n";
    let site = site.visits(&rows);
    assert_eq!(site.run("sample --data data --month 2026-09 --seed s").code, 3);
}
