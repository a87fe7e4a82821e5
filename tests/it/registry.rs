//! What must stand together: a rule's table, words and fixtures; the page with the table of rules.

use crate::harness::{golden, root};
use baifang::lang::{Lang, Words};
use baifang::report::explain;
use baifang::rules::ALL;
use baifang::rules::config::{BUILT_IN, Ruleset};
use std::collections::BTreeSet;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn ids() -> BTreeSet<&'static str> {
    ALL.iter().map(|rule| rule.meta().id).collect()
}

#[test]
fn every_rule_has_its_table_and_every_table_its_rule() {
    let shipped: toml::Table = BUILT_IN.parse().unwrap();
    let tables: BTreeSet<&str> = shipped["rules"].as_table().unwrap().keys().map(String::as_str).collect();
    assert_eq!(tables, ids());
    let ruleset = Ruleset::built_in();
    for (id, parameters) in ruleset.parameters() {
        let written: BTreeSet<&String> = shipped["rules"][&id].as_table().unwrap().keys().collect();
        let known: BTreeSet<&String> = parameters.as_object().unwrap().keys().filter(|key| *key != "entries").collect();
        assert_eq!(written, known, "the parameters of {id} and its table in rules.toml");
    }
}

/// The comments of rules.toml cite clauses too; the table of a rule of integrity cites none.
#[test]
fn rules_toml_cites_the_clause_of_each_rule() {
    for rule in ALL {
        let (id, clause) = (rule.meta().id, rule.meta().clause);
        let head = format!("[rules.{id}]");
        let line = BUILT_IN.lines().find(|line| line.starts_with(&head)).unwrap();
        let comment = line.split_once('#').unwrap().1.trim();
        let cites = comment.split("  ").next() == Some(clause);
        assert!(cites || (clause == "integrity" && !comment.contains("  ")), "{id} is of {clause}: {line}");
    }
}

#[test]
fn every_rule_has_fixtures_and_every_fixture_its_rule() {
    let folders = std::fs::read_dir(root().join("tests/rules")).unwrap();
    let folders: BTreeSet<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(folders.iter().map(String::as_str).collect::<BTreeSet<_>>(), ids());
}

#[test]
fn every_rule_speaks_both_languages() {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for rule in ALL {
        let meta = rule.meta();
        let needs: Vec<Words> = meta.needs.iter().map(|need| need.words()).collect();
        let texts = [&meta.title, &meta.assessed, &meta.fails, &meta.remedy, &meta.example, &meta.nothing];
        for words in texts.into_iter().chain(&needs) {
            assert!(chinese(words.get(Lang::Zh)), "{}: {:?}", meta.id, words);
            assert!(!words.get(Lang::En).is_empty() && !chinese(words.get(Lang::En)), "{}: {:?}", meta.id, words);
        }
    }
}

#[test]
fn every_clause_of_the_contract_is_reached() {
    let reached: Vec<&str> = ALL.iter().map(|rule| rule.meta().clause).collect();
    let clauses = [
        "六.1",
        "六.2",
        "六.3",
        "六.4",
        "六.5",
        "六.6",
        "五(一).1",
        "五(一).2",
        "五(一).3",
        "五(一).4",
        "五(一).5–11, 五(二)",
        "五(二)1(3)",
        "五(二)1(4)",
        "七",
        "七.1",
        "七.2(1)",
        "七.2(2)",
        "七.2(1), 五(二)3",
        "七.4",
        "integrity",
    ];
    for clause in clauses {
        assert!(reached.contains(&clause), "{clause}");
    }
}

/// A blessing puts the table into its place.
#[test]
fn the_page_of_rules_has_the_table_that_the_rules_themselves_give() {
    let table = explain::markdown::table(&explain::all(&Ruleset::built_in(), None), Lang::En);
    let page = read("docs/rules.md");
    let head = table.lines().next().expect("a header");
    let (before, rest) = page.split_once(head).expect("the page has a table with this header");
    let after = rest.find("\n\n").map_or("", |end| &rest[end + 1..]);
    golden::same(&root().join("docs/rules.md"), &format!("{before}{table}{after}"));
}

/// What a report or a command needs to know of a rule the rule says of itself.
#[test]
fn only_the_rules_know_a_rule_by_its_id() {
    for module in
        ["measures", "judge", "judgement", "ranking", "sample", "sheet", "report", "document", "render", "cli"]
    {
        for (file, text) in sources(module) {
            let named: Vec<&str> = ids().into_iter().filter(|id| text.contains(&format!("\"{id}\""))).collect();
            assert!(named.is_empty(), "{file} knows {named:?}");
        }
    }
}

/// The source files of a module, with their names.
fn sources(module: &str) -> Vec<(String, String)> {
    let single = root().join(format!("src/{module}.rs"));
    if single.is_file() {
        return vec![(format!("src/{module}.rs"), std::fs::read_to_string(single).unwrap())];
    }
    let mut found = Vec::new();
    let mut folders = vec![root().join("src").join(module)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => folders.push(path),
                false => found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap())),
            }
        }
    }
    found
}
