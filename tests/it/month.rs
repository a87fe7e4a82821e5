//! `baifang month`: each file is what the single command gives, and what is not its own it leaves alone.

use crate::harness::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn site() -> Site {
    Site::ruled(&["onsite-share"], "[input]\nmax_rejected_percent = 100\n")
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,店,M1,13800000001\nC2,铺,M2,13800000002\n")
        .visits(
            "M1,C1,onsite,2026-09-07 08:00,,V1\nM1,C1,phone,2026-09-30 08:00,,V2\nM2,C2,phone,2026-09-30 09:00,,V3\n",
        )
}

/// All files below a folder, with their bytes.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for path in fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                left.push(path);
            } else {
                found.insert(path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned(), read(&path));
            }
        }
    }
    found
}

#[test]
fn each_file_has_the_bytes_of_the_single_command() {
    for lang in ["", " --lang zh"] {
        same_as_single_commands(lang);
    }
}

fn same_as_single_commands(lang: &str) {
    let site = site();
    let ran = site.run(&format!("month --data data --dir out --month 2026-09 --quiet{lang}"));
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "", ""), "as check ends");
    let made = all(&site.path("out/2026-09"));
    let single = |line: &str| {
        let ran = site.run(&format!("{line} --quiet{lang}"));
        assert_ne!(ran.code, 2, "{line}: {}", ran.err);
    };
    fs::create_dir(site.path("one")).expect("a folder");
    for line in [
        "check --data data --month 2026-09 -o one/check.txt",
        "check --data data --month 2026-09 -o one/check.json",
        "check --data data --month 2026-09 -o one/findings.csv",
        "report --data data --month 2026-09 -o one/report.html --per-manager one/managers",
        "report --data data --month 2026-09 -o one/report.xlsx",
        "report --data data --month 2026-09 -o one/report.pdf",
        "appeals --data data --month 2026-09 --form one/appeals-form.xlsx",
        "rank --data data --quarter 2026Q3 -o one/ranking.html",
    ] {
        single(line);
    }
    let one = all(&site.path("one"));
    let own = |name: &String| name != "index.html" && name != ".made-by-baifang" && !name.starts_with("notices");
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().filter(|name| own(name)).cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&one));
    for (name, bytes) in &one {
        assert!(&made[name] == bytes, "{name} differs");
    }
}

#[test]
fn the_ranking_and_rejected_rows_are_there_when_there_are_any() {
    let august: String = (3..=31).map(|day| format!("M1,C1,onsite,2026-08-{day:02} 08:00\n")).collect();
    let august = format!("manager_id,customer_id,mode,started_at\n{august}M1,C1,onsite,soon\n");
    let site = site().with("data/visits-2.csv", august);
    assert_ne!(site.run("month --data data --dir out --month 2026-08").code, 2);
    let made = all(&site.path("out/2026-08"));
    assert!(!made.contains_key("ranking.html"), "August ends no quarter");
    assert!(made.contains_key("rejects/reasons.csv") && made.contains_key("rejects/visits-2.csv"), "{:?}", made.keys());
    let index = String::from_utf8(made["index.html"].clone()).expect("UTF-8");
    assert!(index.contains("href=\"rejects/reasons.csv\"") && index.contains("href=\"report.html\""), "{index}");
    assert!(index.contains("managers/2026-08%20M1"), "{index}");
}

#[test]
fn another_run_replaces_what_the_first_made_and_nothing_else() {
    let site = site();
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --quiet").code, 1);
    let note = site.path("out/2026-09/managers/note.txt");
    fs::write(&note, "mine").expect("written");
    let before = all(&site.path("out"));
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --quiet").code, 1);
    assert!(all(&site.path("out")) == before, "the same files, and the note");
    // Without M2 there is no page of his any more.
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --manager M1 --quiet").code, 0);
    let after = all(&site.path("out/2026-09"));
    assert_eq!(fs::read_to_string(&note).expect("still there"), "mine");
    let pages = |files: &BTreeMap<String, Vec<u8>>| files.keys().filter(|name| name.ends_with("M2.html")).count();
    assert_eq!((pages(&before), pages(&after)), (1, 0));
}

#[test]
fn what_was_changed_since_or_is_not_its_own_stops_it_before_anything_is_touched() {
    let site = site();
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --quiet").code, 1);
    fs::write(site.path("out/2026-09/appeals-form.xlsx"), "filled in").expect("written");
    let before = all(&site.path("out"));
    let ran = site.run("month --data data --dir out --month 2026-09 --lang en");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("appeals-form.xlsx") && ran.err.contains("changed since"), "{}", ran.err);
    assert!(all(&site.path("out")) == before, "nothing was touched, nothing left behind");

    let other = self::site().with("out/2026-09/report.html", "mine");
    let ran = other.run("month --data data --dir out --month 2026-09 --lang en");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did not make it"), "{}", ran.err);
    assert_eq!(all(&other.path("out")).keys().collect::<Vec<_>>(), ["2026-09/report.html"]);
}

#[test]
fn what_stood_there_stays_where_the_run_fails() {
    let site = site();
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --quiet").code, 1);
    let before = all(&site.path("out"));
    fs::write(site.path("data/visits.csv"), "manager_id,customer_id\nM1,C1\n").expect("written");
    assert_eq!(site.run("month --data data --dir out --month 2026-09").code, 2);
    assert!(all(&site.path("out")) == before);
    // A run that was killed between two steps is made good by the next.
    fs::rename(site.path("out/2026-09"), site.path("out/.2026-09.before")).expect("moved");
    fs::write(site.path("data/visits.csv"), "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-30 08:00\n")
        .expect("written");
    fs::write(site.path("out/.2026-09.before/note.txt"), "mine").expect("written");
    assert_ne!(site.run("month --data data --dir out --month 2026-09 --quiet").code, 2);
    assert!(site.path("out/2026-09/note.txt").is_file() && !site.path("out/.2026-09.before").exists());
}

#[test]
fn a_folder_alone_gets_its_pages_beside_it() {
    let site = site();
    let ran = site.run("data");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(site.path("data-月报/2026-09/index.html").is_file());
    assert!(ran.err.contains("index.html"), "it says where: {}", ran.err);
    assert_eq!(site.run("nowhere").code, 2, "neither a command nor a folder");
}

#[test]
fn a_summary_to_mail_is_short_and_speaks_as_rules_toml_says_where_nothing_else_does() {
    let site = Site::ruled(&["onsite-share"], "[output]\nlang = \"zh\"\n")
        .with("data/customers.csv", "customer_id,name,manager_id\nC1,店,M1\n")
        .visits("M1,C1,onsite,2026-09-07 08:00,,V1\nM1,C1,phone,2026-09-30 08:00,,V2\n");
    let line = "month --data data --dir out --month 2026-09 --mail-summary";
    let without_locale = Ran::of(site.command(line).env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES"));
    assert!(without_locale.out.contains("2026-09 拜访规范执行情况"), "{}", without_locale.out);
    assert!(without_locale.out.lines().count() <= 12, "{}", without_locale.out);
    let english = Ran::of(site.command(line).env("LC_ALL", "en_GB.UTF-8"));
    assert!(english.out.starts_with("Visiting standard: 2026-09\n"), "{}", english.out);
    assert!(english.out.contains("index.html"), "{}", english.out);
}

/// From the folder's first page two clicks lead to the gravest thing, whose it is, and the evidence.
#[test]
fn the_first_page_leads_to_findings_of_the_report() {
    let data = root().join("data-samples/clean");
    let site = Site::bare();
    let ran = site.run(&format!("month --data {} --dir out --month 2026-09 --lang zh --quiet", data.display()));
    assert_eq!(ran.code, 1, "{}", ran.err);
    let page = |name: &str| String::from_utf8(read(&site.path(&format!("out/2026-09/{name}")))).expect("UTF-8");
    let (index, report) = (page("index.html"), page("report.html"));
    let said =
        "<a href=\"report.html#rule=call-proof&#38;manager=m-M005\">通话佐证的 36 项不合格全部在 M005 张堃国</a>";
    assert!(index.contains(said), "{index}");
    let paragraphs = index.split("<p>").skip(1).filter(|part| part.contains("</p>")).count();
    assert!((3..=7).contains(&paragraphs), "{paragraphs}");
    for link in index.split("<a href=\"report.html#m-").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(report.contains(&format!("id=\"m-{link}\"")), "{link}");
    }
    assert!(report.contains("<td class=\"lines\">visits.csv:3833"), "the evidence");
}

/// A path as links have it.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let of_byte = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(of_byte).collect()
}

/// Whoever opens the folder finds all of it on the first page, by what it is and not by the names of files.
#[test]
fn the_first_page_leads_to_every_file_in_words() {
    let site = site().with("data/visits-2.csv", "manager_id,customer_id,mode,started_at\nM1,C1,onsite,soon\n");
    assert_eq!(site.run("month --data data --dir out --month 2026-09 --lang en --quiet").code, 1);
    let made = all(&site.path("out/2026-09"));
    let index = String::from_utf8(made["index.html"].clone()).expect("UTF-8");
    for path in made.keys().filter(|path| !matches!(&***path, "index.html" | ".made-by-baifang")) {
        assert_eq!(index.matches(&format!("href=\"{}\"", encoded(path))).count(), 1, "{path}: {index}");
    }
    for what in [">The circular</a>", ">The ledger</a>", ">M2</a>", ">notice</a>"] {
        assert!(index.contains(what), "{what}: {index}");
    }
    for name in ["通报", "整改", "台账"] {
        assert!(!index.contains(name), "{name}: {index}");
    }
    let at = |what: &str| index.find(what).unwrap_or_else(|| panic!("{what}: {index}"));
    assert!(at("Rejected rows") < at("The managers"), "what is to be done before what is looked up");
}
